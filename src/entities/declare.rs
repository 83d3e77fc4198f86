//! How entities are declared: once, for both Rust and TypeScript.

/// Declares entities, in a syntax similar to that of the resulting TypeScript.
///
/// `name: T` is in every response, `name?: T` may be absent, and `Option<T>` may be `null`. A field that may
/// be absent is an `Option` in Rust too, so `name?: Option<T>` becomes `Option<Option<T>>`. Its three states
/// remain distinct, and writing what was read results in the same JSON.
///
/// Reading is strict: a missing key, a `null` or a type that the declaration does not allow is an error.
/// Undeclared keys are kept in `other`, and written again. The npm package never reads an entity: it returns
/// the server's JSON unchanged.
///
/// `secret` before a name hides the value from `Debug`, and also the values of `other`: fields that a fork
/// adds to a secret may be secret too.
macro_rules! entity {
    ($(
        $(#[$($outer:tt)*])*
        pub struct $name:ident { $($fields:tt)* }
    )+) => { $(
        $crate::entities::declare::entity! { @fields
            [$(#[$($outer)*])* pub struct $name] [] [] $($fields)*
        }
    )+ };

    // Declared by the entity: it is in the TypeScript too.
    (@fields $head:tt [$($done:tt)*] $shown:tt $(#[$($meta:tt)*])* other: JsonObject,) => {
        $crate::entities::declare::entity! { @done $head [$($done)*
            $(#[$($meta)*])*
            pub other: JsonObject,
        ] $shown }
    };
    (@fields $head:tt $done:tt [$($shown:tt)*]
        $(#[$($meta:tt)*])* secret $field:ident $($rest:tt)*
    ) => {
        $crate::entities::declare::entity! { @fields $head $done [$($shown)* secret]
            $(#[$($meta)*])* $field $($rest)*
        }
    };
    (@fields $head:tt [$($done:tt)*] [$($shown:tt)*]
        $(#[$($meta:tt)*])* $field:ident ?: $type:ty, $($rest:tt)*
    ) => {
        $crate::entities::declare::entity! { @fields $head [$($done)*
            $(#[$($meta)*])*
            #[serde(
                default,
                deserialize_with = "crate::entities::declare::present",
                skip_serializing_if = "Option::is_none"
            )]
            pub $field: Option<$type>,
        ] [$($shown)* $field,] $($rest)* }
    };
    (@fields $head:tt [$($done:tt)*] [$($shown:tt)*]
        $(#[$($meta:tt)*])* $field:ident : $type:ty, $($rest:tt)*
    ) => {
        $crate::entities::declare::entity! { @fields $head [$($done)*
            $(#[$($meta)*])*
            #[serde(deserialize_with = "serde::Deserialize::deserialize")]
            pub $field: $type,
        ] [$($shown)* $field,] $($rest)* }
    };
    (@fields [$($head:tt)*] [$($done:tt)*] $shown:tt) => {
        $crate::entities::declare::entity! { @done [$($head)*] [$($done)*
            /// Undeclared fields that the server sent: those of a fork, or of a newer version.
            #[cfg(feature = "typed")]
            #[serde(flatten)]
            pub other: $crate::entities::JsonObject,
        ] $shown }
    };
    (@done $head:tt $done:tt [$($shown:ident,)*]) => {
        $crate::entities::declare::entity! { @struct [#[derive(Debug)]] $head $done }
    };
    (@done [$(#[$($outer:tt)*])* pub struct $name:ident] $done:tt [$($shown:tt)*]) => {
        $crate::entities::declare::entity! { @struct []
            [$(#[$($outer)*])* pub struct $name] $done
        }
        impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let mut shown = formatter.debug_struct(stringify!($name));
                $crate::entities::declare::entity! { @debug self shown $($shown)* }
                #[cfg(feature = "typed")]
                shown.field("other", &$crate::entities::declare::names_of(&self.other));
                shown.finish()
            }
        }
    };
    (@debug $self:ident $shown:ident secret $field:ident, $($rest:tt)*) => {
        $shown.field(stringify!($field), &$crate::entities::declare::Secret);
        $crate::entities::declare::entity! { @debug $self $shown $($rest)* }
    };
    (@debug $self:ident $shown:ident $field:ident, $($rest:tt)*) => {
        $shown.field(stringify!($field), &$self.$field);
        $crate::entities::declare::entity! { @debug $self $shown $($rest)* }
    };
    (@debug $self:ident $shown:ident) => {};
    (@struct [$($debug:tt)*] [$($head:tt)*] [$($done:tt)*]) => {
        $($debug)*
        #[derive(Clone, Default, PartialEq)]
        #[cfg_attr(feature = "typed", derive(serde::Deserialize, serde::Serialize))]
        #[cfg_attr(feature = "npm", derive(tsify::Tsify))]
        #[allow(clippy::option_option, clippy::struct_excessive_bools)]
        $($head)* { $($done)* }
    };
}
pub(crate) use entity;

/// Declares a union of entities that differ in their fields. The first that matches is used.
macro_rules! one_of {
    (
        $(#[$($outer:tt)*])*
        pub enum $name:ident {
            $(#[$($first_meta:tt)*])* $first:ident($first_type:ty),
            $($(#[$($meta:tt)*])* $variant:ident($type:ty),)+
        }
    ) => {
        $(#[$($outer)*])*
        #[derive(Clone, Debug, PartialEq)]
        #[cfg_attr(feature = "typed", derive(serde::Deserialize, serde::Serialize))]
        #[cfg_attr(feature = "npm", derive(tsify::Tsify))]
        #[serde(untagged)]
        #[allow(clippy::large_enum_variant, reason = "what servers send is mostly the large one")]
        pub enum $name {
            $(#[$($first_meta)*])* $first($first_type),
            $($(#[$($meta)*])* $variant($type),)+
        }

        impl Default for $name {
            fn default() -> Self {
                Self::$first(Default::default())
            }
        }
    };
}
pub(crate) use one_of;

/// Declares the known values of a field as an open union, because servers add values in new versions.
/// TypeScript accepts any other string too, and Rust keeps it in `Other`. The first value is the default.
macro_rules! open_enum {
    ($(
        $(#[doc = $outer:literal])*
        pub enum $name:ident {
            $(#[doc = $first_doc:literal])* $first:ident = $first_wire:literal,
            $($(#[doc = $doc:literal])* $variant:ident = $wire:literal,)*
        }
    )+) => { $(
        $(#[doc = $outer])*
        #[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
        pub enum $name {
            $(#[doc = $first_doc])*
            #[default]
            $first,
            $($(#[doc = $doc])* $variant,)*
            /// A name that this version of the package does not know.
            Other(String),
        }

        impl $name {
            /// The known names, as they are in JSON.
            pub const NAMES: &'static [&'static str] = &[$first_wire, $($wire,)*];

            /// The name as it is in JSON.
            pub fn as_str(&self) -> &str {
                match self {
                    Self::$first => $first_wire,
                    $(Self::$variant => $wire,)*
                    Self::Other(name) => name,
                }
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                match name {
                    $first_wire => Self::$first,
                    $($wire => Self::$variant,)*
                    _ => Self::Other(name.to_owned()),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        #[cfg(feature = "typed")]
        impl From<$name> for $crate::value::Value {
            fn from(name: $name) -> Self {
                Self::from(name.as_str())
            }
        }

        #[cfg(feature = "typed")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "typed")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(|name| Self::from(name.as_str()))
            }
        }

        #[cfg(feature = "npm")]
        const _: () = {
            use wasm_bindgen::prelude::wasm_bindgen;

            #[wasm_bindgen(typescript_custom_section)]
            const DECLARATION: &'static str = concat!(
                "/**\n",
                $(" *", $outer, "\n",)*
                " *\n * - `", $first_wire, "`:", $($first_doc,)* "\n",
                $(" * - `", $wire, "`:", $($doc,)* "\n",)*
                " */\nexport type ", stringify!($name), " = \"", $first_wire, "\"",
                $(" | \"", $wire, "\"",)*
                " | (string & {});"
            );
        };
    )+ };
}
pub(crate) use open_enum;

/// What `Debug` prints instead of a secret.
pub(crate) struct Secret;

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("…")
    }
}

/// The keys of an object, for `Debug`.
#[cfg(feature = "typed")]
pub(crate) fn names_of(object: &super::JsonObject) -> std::collections::BTreeSet<&str> {
    object.keys().map(String::as_str).collect()
}

/// Reads the value of a present key. Without this function, serde treats `null` like an absent key.
#[cfg(feature = "typed")]
pub(crate) fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// Declares a type for TypeScript only, such as a narrower form of an entity.
macro_rules! typescript {
    ($name:ident = $declaration:literal) => {
        #[cfg(feature = "npm")]
        #[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
        const $name: &'static str = $declaration;
    };
}
pub(crate) use typescript;

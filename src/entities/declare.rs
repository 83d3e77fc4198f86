//! How an entity is declared: once, for Rust and for TypeScript.

/// Declares entities in a form close to the TypeScript that comes of it.
///
/// `name: T` is there in every answer, `name?: T` may be left out by a server, and `Option<T>` may
/// be `null`. What a server leaves out is an `Option` in Rust too, so `name?: Option<T>` is an
/// `Option<Option<T>>` there: the three states of such a field are three values, and what was read
/// is written again as it was.
///
/// Reading is strict: a missing key, a `null` or a type that the declaration does not allow is an
/// error. Keys that it does not name are kept in `other`, and written again. The npm package never
/// reads an entity, it hands the server's JSON through.
///
/// `secret` in front of a name keeps the value out of `Debug`, and with it the values of `other`: what
/// a fork puts beside a secret may be another.
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
            /// What the server sent beside these: the fields of a fork, or of a newer version.
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

/// Declares an entity that is one of several others, told apart by their fields. The first that
/// fits is taken.
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

/// Declares the names that a field can take, as a union that stays open: servers add names with
/// every release, so TypeScript accepts any string beside the known ones, and Rust keeps an unknown
/// one in `Other`. The first name is the default.
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

/// What `Debug` shows of a secret.
pub(crate) struct Secret;

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("…")
    }
}

/// The names of an object, for `Debug`.
#[cfg(feature = "typed")]
pub(crate) fn names_of(object: &super::JsonObject) -> std::collections::BTreeSet<&str> {
    object.keys().map(String::as_str).collect()
}

/// Reads the value of a key that is there. Without it, serde takes `null` for an absent key.
#[cfg(feature = "typed")]
pub(crate) fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// Declares a type for TypeScript alone: what an entity narrows to in some place.
macro_rules! typescript {
    ($name:ident = $declaration:literal) => {
        #[cfg(feature = "npm")]
        #[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
        const $name: &'static str = $declaration;
    };
}
pub(crate) use typescript;

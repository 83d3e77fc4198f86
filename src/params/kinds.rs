//! The types of parameters: one Rust type for each TypeScript type that a parameter can have.

use super::Kind;

/// A type that a parameter can have.
pub trait Argument {
    /// How a value is checked and encoded.
    const KIND: Kind;
}

impl Argument for bool {
    const KIND: Kind = Kind::Bool;
}
impl Argument for u32 {
    const KIND: Kind = Kind::Int;
}
impl Argument for f64 {
    const KIND: Kind = Kind::Float;
}
impl Argument for String {
    const KIND: Kind = Kind::Text;
}
impl Argument for Vec<String> {
    const KIND: Kind = Kind::Texts;
}
impl Argument for Vec<u32> {
    const KIND: Kind = Kind::Ints;
}

/// Declares a parameter type. `Text: "string"` uses an existing TypeScript type; `Id: "Id" = "string | …"`
/// also declares one. In Rust, it is a type that other types convert into.
macro_rules! argument {
    ($($(#[doc = $doc:literal])* $name:ident : $ts:literal $(= $alias:expr)? => $kind:expr;)*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Debug)]
        pub struct $name {
            #[cfg(feature = "typed")]
            pub(crate) value: $crate::value::Value,
        }
        #[cfg(feature = "typed")]
        impl From<$name> for $crate::value::Value {
            fn from(argument: $name) -> Self {
                argument.value
            }
        }
        $crate::params::argument!(@kind $name $ts ($($alias)?) $kind; $($doc)*);
    )*};
    (@kind $name:ident $ts:literal ($($alias:expr)?) $kind:expr; $($doc:literal)*) => {
        #[cfg(feature = "npm")]
        const _: () = {
            $crate::params::argument!(@declare $ts ($($alias)?) $($doc)*);
            #[wasm_bindgen::prelude::wasm_bindgen]
            extern "C" {
                #[wasm_bindgen(typescript_type = $ts)]
                pub type Js;
            }
            impl tsify::Tsify for $name {
                type JsType = Js;
                const DECL: &'static str = "";
            }
        };
        impl $crate::params::Argument for $name {
            const KIND: $crate::params::Kind = $kind;
        }
    };
    (@declare $ts:literal () $($doc:literal)*) => {};
    (@declare $ts:literal ($alias:expr) $($doc:literal)*) => {
        #[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
        const DECLARATION: &str = concat!("/**", $("\n *", $doc,)* "\n */\nexport type ", $ts, " = ", $alias, ";\n");
    };
}
pub(crate) use argument;

/// Declares a fixed set of strings of this package, for Rust and TypeScript.
macro_rules! closed {
    ($($(#[doc = $doc:literal])* $name:ident : $ts:literal =
        $first_variant:ident $first:literal $(| $variant:ident $value:literal)*;
    )*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, Eq, PartialEq)]
        #[cfg_attr(not(feature = "typed"), allow(dead_code, reason = "JavaScript has its texts"))]
        pub enum $name {
            #[doc = concat!("`", $first, "`")]
            $first_variant,
            $(
                #[doc = concat!("`", $value, "`")]
                $variant,
            )*
        }
        #[cfg(feature = "typed")]
        impl From<$name> for $crate::value::Value {
            fn from(argument: $name) -> Self {
                Self::from(match argument {
                    $name::$first_variant => $first,
                    $($name::$variant => $value,)*
                })
            }
        }
        $crate::params::argument! {
            @kind $name $ts (concat!("\"", $first, "\"", $(" | \"", $value, "\"",)*))
                $crate::params::Kind::Closed(&[$first, $($value,)*]); $($doc)*
        }
    )*};
}
pub(crate) use closed;

/// Declares a set of strings that servers may extend, for Rust and TypeScript. A misspelled known name is
/// rejected; any other name is sent.
macro_rules! open {
    ($($(#[doc = $doc:literal])* $name:ident : $ts:literal =
        $first_variant:ident $first:literal $(| $variant:ident $value:literal)*;
    )*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Debug, Eq, PartialEq)]
        pub enum $name {
            #[doc = concat!("`", $first, "`")]
            $first_variant,
            $(
                #[doc = concat!("`", $value, "`")]
                $variant,
            )*
            /// Any other name, for servers that have more of them.
            Other(String),
        }
        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                match name {
                    $first => Self::$first_variant,
                    $($value => Self::$variant,)*
                    _ => Self::Other(name.to_owned()),
                }
            }
        }
        #[cfg(feature = "typed")]
        impl From<$name> for $crate::value::Value {
            fn from(argument: $name) -> Self {
                match argument {
                    $name::$first_variant => Self::from($first),
                    $($name::$variant => Self::from($value),)*
                    $name::Other(name) => Self::Text(name),
                }
            }
        }
        $crate::params::argument! {
            @kind $name $ts (concat!("\"", $first, "\"", $(" | \"", $value, "\"",)* " | (string & {})"))
                $crate::params::Kind::Open(&[$first, $($value,)*]); $($doc)*
        }
    )*};
}
pub(crate) use open;

argument! {
    /// A string.
    Text: "string" => Kind::Text;
    /// A hashtag, without its `#`.
    Hashtag: "string" => Kind::Hashtag;
    /// Several strings.
    Texts: "string[]" => Kind::Texts;
    /// An integer.
    Int: "number" => Kind::Int;
    /// Several integers.
    Ints: "number[]" => Kind::Ints;
    /// `true` or `false`.
    Flag: "boolean" => Kind::Bool;
    /// An id: a string as the server sent it, or an object that has one. A number must be a safe integer; ids
    /// of most servers are larger.
    Id: "Id" = "string | number | bigint | { id: string | number }" => Kind::Id;
    /// Several ids, or one.
    Ids: "Ids" = "Id | readonly Id[]" => Kind::Ids;
    /// A position in a timeline: an id, or a `Date` for the first id at that time.
    TimelineId: "TimelineId" = "Id | Date" => Kind::TimelineId;
    /// A time: a `Date`, or a string in ISO 8601.
    Timestamp: "Timestamp" = "Date | string" => Kind::Time;
    /// A calendar day: a `Date`, or a string that starts with year, month and day (`2026-01-31`).
    Day: "Day" = "Date | string" => Kind::Day;
    /// A file to upload: a `Blob` or `File`, or its bytes.
    Upload: "Upload" = "Blob | ArrayBuffer | ArrayBufferView" => Kind::File;
    /// The point of an image that stays visible when it is cropped: x from -1 (left) to 1 (right), y from -1
    /// (bottom) to 1 (top).
    FocalPoint: "FocalPoint" = "readonly [x: number, y: number]" => Kind::Floats;
    /// A width and a height.
    Size: "Size" = "readonly [width: number, height: number]" => Kind::Floats;
    /// The fields of a profile: name and value.
    ProfileFields: "ProfileFields" = "ReadonlyArray<readonly [name: string, value: string]>" => Kind::Pairs;
    /// A number of seconds, finite and above 0.
    Seconds: "Seconds" = "number" => Kind::Seconds;
    /// A domain, such as `example.org`. Of a URL, its host is used.
    Domain: "Domain" = "string" => Kind::Domain;
    /// More parameters. They are sent as they are, with these names.
    Extra: "Extra" = "Record<string, unknown>" => Kind::Object;
}

/// An option that may be `null`, which is sent.
#[derive(Debug)]
pub struct Nullable<T>(std::marker::PhantomData<T>);
impl<T: Argument> Argument for Nullable<T> {
    const KIND: Kind = Kind::Nullable(&T::KIND);
}

impl Argument for web_sys::AbortSignal {
    const KIND: Kind = Kind::Signal;
}

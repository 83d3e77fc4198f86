//! What a caller passes: checked along tables before anything is sent.
//!
//! Every parameter is a [`Param`]: its name in JavaScript, its name on the wire and a [`Kind`] that says
//! what is accepted and how it is written. Tables of them are made at compile time by `options!`, from
//! the declaration that also gives the TypeScript, and packed into text ([`table`]). One function walks
//! what the caller passed ([`check`]), so that an options type costs data and no code.

pub mod check;
pub mod encode;
mod kinds;
mod options;
#[cfg(feature = "typed")]
mod rust;
pub mod suggest;
pub mod table;
pub mod upload;

pub use kinds::*;
pub use options::*;
#[cfg(feature = "typed")]
pub(crate) use rust::{argument_type, argument_value};

/// One parameter of a method.
#[derive(Debug)]
pub struct Param {
    /// The name in JavaScript.
    pub name: &'static str,
    /// The name in the request; empty where the parameter is for this library alone.
    pub wire: &'static str,
    /// What is accepted.
    pub kind: Kind,
}

/// What a parameter accepts. A list takes one item as well.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A single value.
    One(Scalar),
    /// A list of such values.
    Many(Scalar),
    /// One of a set that servers extend: a near miss of a known name is refused as a typing error, any
    /// other name is sent.
    Open(&'static [&'static str]),
    /// Several of such a set.
    ManyOpen(&'static [&'static str]),
    /// One of a set that is this library's own.
    Closed(&'static [&'static str]),
    /// An object with a table of its own.
    Record(&'static [Param]),
    /// A list of such objects.
    Records(&'static [Param]),
    /// The same, and `null` is sent as it is: it takes away what is there.
    Nullable(&'static Kind),
}

/// A value by itself: how it is read is in [`check`].
macro_rules! scalars {
    ($($(#[doc = $doc:literal])* $name:ident = $expected:literal,)*) => {
        /// A value by itself.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Scalar { $($(#[doc = $doc])* $name,)* }

        impl Scalar {
            const ALL: &'static [(Scalar, &'static str)] = &[$((Scalar::$name, $expected),)*];
        }

        // For the tables: a kind by the name of its value.
        #[allow(non_upper_case_globals, missing_docs, reason = "they read like the variants of an enum")]
        impl Kind {
            $(pub const $name: Kind = Kind::One(Scalar::$name);)*
            pub const Ids: Kind = Kind::Many(Scalar::Id);
            pub const Texts: Kind = Kind::Many(Scalar::Text);
            pub const Ints: Kind = Kind::Many(Scalar::Int);
        }
    };
}

scalars! {
    /// An id, or an entity that has one.
    Id = "an id: a string that is not empty, a safe integer, or something with an `id`",
    /// An id, or a `Date` that becomes one.
    TimelineId = "an id: a string that is not empty, a safe integer, or something with an `id`; or a valid Date",
    /// A hashtag, without its sign.
    Hashtag = "a hashtag without its #",
    /// A string, which may be empty.
    Text = "a string",
    /// A whole number, 0 or more.
    Int = "a whole number, 0 or more",
    /// A finite number.
    Float = "a finite number",
    /// Two finite numbers.
    Floats = "a pair of finite numbers",
    /// `true` or `false`.
    Bool = "true or false",
    /// An instant: a `Date` or ISO 8601.
    Time = "a Date or a string in ISO 8601",
    /// A calendar day: a `Date` or ISO 8601.
    Day = "a Date or a string like 2026-01-31",
    /// A file: `Blob`, `File`, `ArrayBuffer` or a view of one.
    File = "a Blob, File, ArrayBuffer or typed array",
    /// Name and value pairs.
    Pairs = "a list of [name, value]",
    /// A domain name; one that comes as an address is cut down to it.
    Domain = "a domain such as \"example.org\"",
    /// An `AbortSignal`.
    Signal = "an AbortSignal",
    /// A number of seconds above 0.
    Seconds = "a number of seconds, finite and above 0",
    /// A number above 0.
    Factor = "a number, finite and above 0",
    /// A function.
    Function = "a function",
    /// Any object or function; the method looks into it.
    Object = "an object",
    /// Anything; the method looks into it.
    Anything = "",
}

impl Scalar {
    /// The letter in the tables.
    const fn letter(self) -> u8 {
        b'A' + self as u8
    }

    /// The kind of a letter.
    pub fn of_letter(letter: u8) -> Option<Self> {
        let known = Self::ALL.get(usize::from(letter.wrapping_sub(b'A')))?;
        Some(known.0)
    }

    /// What it is called in an error.
    pub fn expected(self) -> &'static str {
        let known = Self::ALL.get(self as usize);
        known.map_or("", |(_, expected)| expected)
    }
}

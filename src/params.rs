//! Arguments: checked against tables before anything is sent.
//!
//! Every parameter is a [`Param`]: its name in JavaScript, its name on the wire, and a [`Kind`] for how it is
//! checked and encoded. `options!` makes tables of them at compile time, from the declaration that also gives
//! the TypeScript. They are packed into text ([`table`]). One function checks all arguments ([`check`]), so
//! that an options type adds data, but no code.

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
    /// The name in the request; empty if the parameter is not sent.
    pub wire: &'static str,
    /// What is accepted.
    pub kind: Kind,
}

/// What a parameter accepts. For a list, a single item is accepted too.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A single value.
    One(Scalar),
    /// A list of values.
    Many(Scalar),
    /// One of a set of names that servers may extend. A misspelled known name is rejected; any other name is
    /// sent.
    Open(&'static [&'static str]),
    /// Several names of such a set.
    ManyOpen(&'static [&'static str]),
    /// One of a fixed set of names, defined by this package.
    Closed(&'static [&'static str]),
    /// An object with its own table.
    Record(&'static [Param]),
    /// A list of such objects.
    Records(&'static [Param]),
    /// Like the inner kind, but `null` is sent too: it removes the old value.
    Nullable(&'static Kind),
}

/// A single value. [`check`] reads it.
macro_rules! scalars {
    ($($(#[doc = $doc:literal])* $name:ident = $expected:literal,)*) => {
        /// A single value.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Scalar { $($(#[doc = $doc])* $name,)* }

        impl Scalar {
            const ALL: &'static [(Scalar, &'static str)] = &[$((Scalar::$name, $expected),)*];
        }

        // Constants for the tables: each kind has the name of its value.
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
    /// A hashtag without its `#`.
    Hashtag = "a hashtag without its #",
    /// A string, which may be empty.
    Text = "a string",
    /// An integer, 0 or more.
    Int = "a whole number, 0 or more",
    /// A finite number.
    Float = "a finite number",
    /// Two finite numbers.
    Floats = "a pair of finite numbers",
    /// `true` or `false`.
    Bool = "true or false",
    /// A time: a `Date` or ISO 8601.
    Time = "a Date or a string in ISO 8601",
    /// A calendar day: a `Date` or ISO 8601.
    Day = "a Date or a string like 2026-01-31",
    /// A file: `Blob`, `File`, `ArrayBuffer` or a typed array.
    File = "a Blob, File, ArrayBuffer or typed array",
    /// A list of name and value pairs.
    Pairs = "a list of [name, value]",
    /// A domain name. Of a URL, its host is used.
    Domain = "a domain such as \"example.org\"",
    /// An `AbortSignal`.
    Signal = "an AbortSignal",
    /// A number of seconds above 0.
    Seconds = "a number of seconds, finite and above 0",
    /// A number above 0.
    Factor = "a number, finite and above 0",
    /// A function.
    Function = "a function",
    /// Any object or function. The method reads it.
    Object = "an object",
    /// Anything. The method reads it.
    Anything = "",
}

impl Scalar {
    /// The letter in the tables.
    const fn letter(self) -> u8 {
        b'A' + self as u8
    }

    /// The kind with this letter.
    pub fn of_letter(letter: u8) -> Option<Self> {
        let known = Self::ALL.get(usize::from(letter.wrapping_sub(b'A')))?;
        Some(known.0)
    }

    /// Its description in an error.
    pub fn expected(self) -> &'static str {
        let known = Self::ALL.get(self as usize);
        known.map_or("", |(_, expected)| expected)
    }
}

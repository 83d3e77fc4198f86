//! What a caller passes: checked against tables before anything is sent.
//!
//! Every parameter is a [`Param`]: its name in JavaScript, its name on the wire and a [`Kind`] that
//! says what is accepted and how it is written. Tables of them are made at compile time by
//! [`options!`], from the declaration that also gives the TypeScript, and packed into text
//! ([`table`]). One shared function (check.js) walks the caller's object along what is read of such a text,
//! so that an options type costs data and no code.

mod bridge;
mod kinds;
mod options;
pub mod suggest;
pub mod table;

pub use bridge::{nearest, parameters};
pub use kinds::*;
pub use options::*;

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
    /// An id, or an entity that has one.
    Id,
    /// An id, or a `Date` that becomes one.
    TimelineId,
    /// A list of ids.
    Ids,
    /// A hashtag, without its sign.
    Hashtag,
    /// A string, which may be empty.
    Text,
    /// A list of strings.
    Texts,
    /// A whole number, 0 or more.
    Int,
    /// A list of whole numbers.
    Ints,
    /// A finite number.
    Float,
    /// Two finite numbers.
    Floats,
    /// `true` or `false`.
    Bool,
    /// An instant: a `Date` or ISO 8601.
    Time,
    /// A calendar day: a `Date` or ISO 8601.
    Day,
    /// A file: `Blob`, `File`, `ArrayBuffer` or a view of one.
    File,
    /// Name and value pairs.
    Pairs,
    /// One of a closed set.
    OneOf(&'static [&'static str]),
    /// Several of a closed set.
    ManyOf(&'static [&'static str]),
    /// An object with a table of its own.
    Record(&'static [Param]),
    /// A list of such objects.
    Records(&'static [Param]),
    /// An `AbortSignal`.
    Signal,
    /// A number of seconds above 0.
    Seconds,
    /// A function.
    Function,
    /// Any object or function; the method looks into it.
    Object,
    /// Anything; the method looks into it.
    Anything,
}

//! JSON values of variable type.

use super::declare::{one_of, typescript};

/// An object with any fields.
#[cfg(feature = "typed")]
pub type JsonObject = serde_json::Map<String, serde_json::Value>;

/// An object with any fields. In the npm package it is only a name in declarations.
#[cfg(not(feature = "typed"))]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JsonObject;

typescript! {
    JSON_OBJECT = r"
/** An object with any fields. */
export type JsonObject = Record<string, unknown>;
"
}

one_of! {
    /// A number, or the same number as a string.
    pub enum NumberOrString {
        /// A number.
        Number(u64),
        /// A string of digits.
        String(String),
    }
}

impl From<u64> for NumberOrString {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<String> for NumberOrString {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

one_of! {
    /// A boolean, or the same as a string: `true` or `1`, `false` or `0`.
    pub enum BooleanOrString {
        /// A boolean.
        Boolean(bool),
        /// A string.
        String(String),
    }
}

//! The one place that turns a failure into an error of the hierarchy.
//!
//! The classes are JavaScript's (error.js), since only there a class can extend `Error`; what an
//! answer's status means is decided there as well, beside the reading of answers (http.js).

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/error.js")]
extern "C" {
    fn create(kind: u8, message: &str, cause: &JsValue) -> JsValue;
    /// The error for an argument that is not what was expected.
    pub fn refused(method: &str, name: &str, expected: &str, value: &JsValue) -> JsValue;
}

/// The classes that Rust makes errors of, by their place in `classes` of error.js.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// `MastodonError`
    Base = 0,
    /// `MastodonVersionError`
    Version = 1,
    /// `MastodonIllegalArgumentError`
    IllegalArgument = 2,
    /// `MastodonNetworkError`
    Network = 3,
    /// `MastodonReadTimeout`
    ReadTimeout = 4,
    /// `MastodonAPIError`
    Api = 5,
    /// `MastodonNotFoundError`
    NotFound = 11,
    /// `MastodonUnauthorizedError`
    Unauthorized = 12,
    /// `MastodonRatelimitError`
    Ratelimit = 13,
    /// `MastodonMalformedEventError`
    MalformedEvent = 14,
}

/// An error with a message.
pub fn error(kind: Kind, message: &str) -> JsValue {
    create(kind as u8, message, &JsValue::UNDEFINED)
}

/// An error that another one led to.
pub fn with_cause(kind: Kind, message: &str, cause: &JsValue) -> JsValue {
    create(kind as u8, message, cause)
}

/// A bad argument that no table describes.
pub fn illegal(method: &str, message: &str) -> JsValue {
    error(Kind::IllegalArgument, &[method, ": ", message].concat())
}

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = include_str!("error.d.ts");

//! The error type of the client for Rust.

use crate::error::{Class, Error as CoreError};
use crate::js;
use crate::value::json_of;
use std::collections::BTreeMap;
use std::fmt;
use wasm_bindgen::prelude::*;

/// Why a call failed. [`Error::response`] has the details. No field contains a secret.
#[derive(Clone)]
pub struct Error(Box<Failure>);

#[derive(Clone, Debug)]
struct Failure {
    kind: Class,
    message: String,
    cause: Option<String>,
    reason: Option<String>,
    response: Option<Response>,
}

/// The request that failed, and its response.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Response {
    /// The status code; `None` if there was no response.
    pub status: Option<u16>,
    /// The HTTP verb.
    pub method: String,
    /// The path, without its query.
    pub path: String,
    /// The server's error message.
    pub error: Option<String>,
    /// The server's description of the error.
    pub error_description: Option<String>,
    /// The errors by field; null if the server sent none.
    pub details: serde_json::Value,
    /// The body as text, truncated to 64 KiB.
    pub body: String,
    /// The headers, with lowercase names. In a page, only those that CORS allows.
    pub headers: BTreeMap<String, String>,
}

impl Error {
    /// The kind of error.
    pub fn kind(&self) -> Class {
        self.0.kind
    }

    /// The status code of the response, if there was one.
    pub fn status(&self) -> Option<u16> {
        self.0.response.as_ref()?.status
    }

    /// The request and its response, if a request failed.
    pub fn response(&self) -> Option<&Response> {
        self.0.response.as_ref()
    }

    /// Why a login failed: `"access_denied"`, `"wrong_state"` and the like.
    pub fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// The cause, as text.
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }

    /// Whether the server rejected the token, or requires one.
    pub fn is_unauthorized(&self) -> bool {
        self.kind() == Class::Unauthorized
    }

    /// Whether the server did not find what was requested.
    pub fn is_not_found(&self) -> bool {
        self.kind() == Class::NotFound
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl std::error::Error for Error {}

/// What JavaScript threw, as text.
fn words(thrown: &JsValue) -> Option<String> {
    if js::is_nothing(thrown) {
        return None;
    }
    let message = js::caller_get(thrown, "message").ok()?.as_string();
    message.or_else(|| {
        let text = js::primitive_text(thrown);
        (!text.is_empty()).then_some(text)
    })
}

impl From<CoreError> for Error {
    fn from(error: CoreError) -> Self {
        let failure = match error {
            CoreError::Thrown(thrown) => return Self(Box::new(thrown_failure(&thrown))),
            CoreError::Mastodon(failure) => *failure,
        };
        let response = failure.response.map(|response| Response {
            status: Some(response.status).filter(|status| *status > 0),
            method: response.method.to_owned(),
            path: response.path,
            error: response.error,
            error_description: response.error_description,
            details: json_of(&response.details),
            body: response.body,
            headers: serde_json::from_value(json_of(&response.headers)).unwrap_or_default(),
        });
        Self(Box::new(Failure {
            kind: failure.class,
            message: failure.message,
            cause: words(&failure.cause)
                .map(|words| crate::redact::redact(&words, &failure.secrets)),
            reason: Some(failure.reason.to_owned()).filter(|reason| !reason.is_empty()),
            response,
        }))
    }
}

/// Converts what JavaScript threw: an error of this crate, the reason of an abort, or any other value.
fn thrown_failure(thrown: &JsValue) -> Failure {
    let part = |name| js::caller_get(thrown, name).unwrap_or_default();
    let text = |name| part(name).as_string();
    let own = text("name").and_then(|name| Class::of_name(&name));
    let words = words(thrown);
    let message = words
        .clone()
        .unwrap_or_else(|| "the call was ended".to_owned());
    let Some(kind) = own else {
        return Failure {
            kind: Class::Aborted,
            message,
            cause: words,
            reason: None,
            response: None,
        };
    };
    let response = text("path").map(|path| Response {
        status: part("status").as_f64().map(|status| status as u16),
        method: text("method").unwrap_or_default(),
        path,
        error: text("error"),
        error_description: text("error_description"),
        details: json_of(&part("details")),
        body: text("body").unwrap_or_default(),
        headers: serde_json::from_value(json_of(&part("headers"))).unwrap_or_default(),
    });
    Failure {
        kind,
        message,
        cause: None,
        reason: text("reason"),
        response,
    }
}

//! The one place that turns a failure into an error of the hierarchy.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/error.js")]
extern "C" {
    fn create(kind: u8, message: &str, cause: &JsValue, fields: &JsValue) -> JsValue;
}

/// The classes, in the order of `classes` in error.js.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// `MastodonError`
    Base,
    /// `MastodonVersionError`
    Version,
    /// `MastodonIllegalArgumentError`
    IllegalArgument,
    /// `MastodonNetworkError`
    Network,
    /// `MastodonReadTimeout`
    ReadTimeout,
    /// `MastodonAPIError`
    Api,
    /// `MastodonServerError`
    Server,
    /// `MastodonInternalServerError`
    InternalServer,
    /// `MastodonBadGatewayError`
    BadGateway,
    /// `MastodonServiceUnavailableError`
    ServiceUnavailable,
    /// `MastodonGatewayTimeoutError`
    GatewayTimeout,
    /// `MastodonNotFoundError`
    NotFound,
    /// `MastodonUnauthorizedError`
    Unauthorized,
    /// `MastodonRatelimitError`
    Ratelimit,
    /// `MastodonMalformedEventError`
    MalformedEvent,
}

impl Kind {
    /// The class for a status; messages are localised and tell nothing.
    pub fn of_status(status: u16) -> Self {
        match status {
            401 => Self::Unauthorized,
            404 => Self::NotFound,
            429 => Self::Ratelimit,
            500 => Self::InternalServer,
            502 => Self::BadGateway,
            503 => Self::ServiceUnavailable,
            504 => Self::GatewayTimeout,
            501..=599 => Self::Server,
            _ => Self::Api,
        }
    }
}

/// An error with a message.
pub fn error(kind: Kind, message: &str) -> JsValue {
    create(
        kind as u8,
        message,
        &JsValue::UNDEFINED,
        &JsValue::UNDEFINED,
    )
}

/// An error that another one led to.
pub fn with_cause(kind: Kind, message: &str, cause: &JsValue) -> JsValue {
    create(kind as u8, message, cause, &JsValue::UNDEFINED)
}

/// An error with properties of its own.
pub fn with_fields(kind: Kind, message: &str, cause: &JsValue, fields: &JsValue) -> JsValue {
    create(kind as u8, message, cause, fields)
}

/// A bad argument that no table describes.
pub fn illegal(method: &str, message: &str) -> JsValue {
    error(Kind::IllegalArgument, &[method, ": ", message].concat())
}

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = include_str!("error.d.ts");

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn a_status_has_one_class() {
        for (status, kind) in [
            (400, Kind::Api),
            (401, Kind::Unauthorized),
            (403, Kind::Api),
            (404, Kind::NotFound),
            (422, Kind::Api),
            (429, Kind::Ratelimit),
            (500, Kind::InternalServer),
            (501, Kind::Server),
            (502, Kind::BadGateway),
            (503, Kind::ServiceUnavailable),
            (504, Kind::GatewayTimeout),
            (521, Kind::Server),
            (302, Kind::Api),
            (0, Kind::Api),
        ] {
            assert_eq!(Kind::of_status(status), kind, "{status}");
        }
    }
}

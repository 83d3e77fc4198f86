//! Errors. Rust code has one type; the JavaScript classes (js/errors.js) are created when an error leaves the
//! module.

use crate::js;
use crate::text;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/errors.js")]
extern "C" {
    #[wasm_bindgen(js_name = createError)]
    fn create_error(class: &str, message: &str, cause: &JsValue, fields: &JsValue) -> JsValue;
}

#[cfg(feature = "npm")]
#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = include_str!("error.d.ts");

/// The class of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Class {
    /// The base class, also used for errors that have no class of their own.
    Mastodon,
    /// The server is too old for the method.
    Version,
    /// An argument is wrong; nothing was sent.
    IllegalArgument,
    /// No response, or only a part of it.
    Network,
    /// The timeout has passed.
    ReadTimeout,
    /// The server returned an error, or a response that cannot be read.
    Api,
    /// Any other status 5xx.
    Server,
    /// 500
    InternalServer,
    /// 502
    BadGateway,
    /// 503
    ServiceUnavailable,
    /// 504
    GatewayTimeout,
    /// 404
    NotFound,
    /// 401
    Unauthorized,
    /// 429
    Ratelimit,
    /// A message of a stream could not be read.
    MalformedEvent,
    /// A login failed.
    Login,
    /// The caller aborted the call, or the caller's code threw.
    #[cfg(feature = "typed")]
    Aborted,
}

impl Class {
    /// The class for a status. Messages do not count, because they are localized.
    pub fn of_status(status: u16) -> Self {
        match status {
            401 => Self::Unauthorized,
            404 => Self::NotFound,
            429 => Self::Ratelimit,
            500 => Self::InternalServer,
            502 => Self::BadGateway,
            503 => Self::ServiceUnavailable,
            504 => Self::GatewayTimeout,
            501.. => Self::Server,
            _ => Self::Api,
        }
    }

    /// The class with this name.
    #[cfg(feature = "typed")]
    pub fn of_name(name: &str) -> Option<Self> {
        const ALL: [Class; 16] = [
            Class::Mastodon,
            Class::Version,
            Class::IllegalArgument,
            Class::Network,
            Class::ReadTimeout,
            Class::Api,
            Class::Server,
            Class::InternalServer,
            Class::BadGateway,
            Class::ServiceUnavailable,
            Class::GatewayTimeout,
            Class::NotFound,
            Class::Unauthorized,
            Class::Ratelimit,
            Class::MalformedEvent,
            Class::Login,
        ];
        ALL.into_iter().find(|class| class.name() == name)
    }

    /// The name of the JavaScript class.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mastodon => "MastodonError",
            Self::Version => "MastodonVersionError",
            Self::IllegalArgument => "MastodonIllegalArgumentError",
            Self::Network => "MastodonNetworkError",
            Self::ReadTimeout => "MastodonReadTimeout",
            Self::Api => "MastodonAPIError",
            Self::Server => "MastodonServerError",
            Self::InternalServer => "MastodonInternalServerError",
            Self::BadGateway => "MastodonBadGatewayError",
            Self::ServiceUnavailable => "MastodonServiceUnavailableError",
            Self::GatewayTimeout => "MastodonGatewayTimeoutError",
            Self::NotFound => "MastodonNotFoundError",
            Self::Unauthorized => "MastodonUnauthorizedError",
            Self::Ratelimit => "MastodonRatelimitError",
            Self::MalformedEvent => "MastodonMalformedEventError",
            Self::Login => "MastodonLoginError",
            #[cfg(feature = "typed")]
            Self::Aborted => "AbortError",
        }
    }
}

/// Why a call failed.
#[derive(Clone, Debug)]
pub enum Error {
    /// An error that the caller's code threw, or the reason of an abort: it is returned unchanged.
    Thrown(JsValue),
    /// An error of this package.
    Mastodon(Box<Failure>),
}

/// An error of this package.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Its class.
    pub class: Class,
    /// What happened and how to fix it, without secrets.
    pub message: String,
    /// The cause; `undefined` if there is none.
    pub cause: JsValue,
    /// The response, if there was one.
    pub response: Option<Box<ErrorResponse>>,
    /// Why a login failed; empty otherwise.
    pub reason: &'static str,
    /// Secrets to redact in the stack trace too, because it contains the page's URL.
    pub secrets: Vec<String>,
}

/// What an error knows about the request and its response.
#[derive(Clone, Debug, Default)]
pub struct ErrorResponse {
    /// The status; 0 if there was no response.
    pub status: u16,
    /// The HTTP verb.
    pub method: &'static str,
    /// The path, without the query.
    pub path: String,
    /// The server's message.
    pub error: Option<String>,
    /// The server's longer message.
    pub error_description: Option<String>,
    /// What is wrong with each field, or null.
    pub details: JsValue,
    /// The body as text, cut at 64 KiB.
    pub body: String,
    /// The headers, as an object.
    pub headers: JsValue,
}

impl Error {
    /// An error of this class.
    #[inline(never)]
    pub fn new(class: Class, message: &[&str]) -> Self {
        Self::Mastodon(Box::new(Failure {
            class,
            message: plain(&message.concat()),
            cause: JsValue::UNDEFINED,
            response: None,
            reason: "",
            secrets: Vec::new(),
        }))
    }

    /// The error for a wrong argument.
    #[inline(never)]
    pub fn illegal(method: &str, message: &[&str]) -> Self {
        Self::new(Class::IllegalArgument, &[&[method, ": "], message].concat())
    }

    /// The error for an argument of the wrong type or value.
    #[inline(never)]
    pub fn invalid_argument(method: &str, name: &str, expected: &str, got: &JsValue) -> Self {
        Self::illegal(
            method,
            &["`", name, "` must be ", expected, ", got ", &show(got)],
        )
    }

    /// The error for an argument whose getter or proxy threw.
    #[inline(never)]
    pub fn unreadable(method: &str, name: &str, cause: JsValue) -> Self {
        Self::illegal(
            method,
            &["`", name, "` could not be read: an accessor of it threw"],
        )
        .with_cause(cause)
    }

    /// Adds a cause.
    pub fn with_cause(mut self, cause: JsValue) -> Self {
        if let Self::Mastodon(failure) = &mut self {
            failure.cause = cause;
        }
        self
    }

    /// Adds the response.
    pub fn with_response(mut self, response: ErrorResponse) -> Self {
        if let Self::Mastodon(failure) = &mut self {
            failure.response = Some(Box::new(response));
        }
        self
    }

    /// Adds the reason of a failed login.
    pub fn with_reason(mut self, reason: &'static str) -> Self {
        if let Self::Mastodon(failure) = &mut self {
            failure.reason = reason;
        }
        self
    }

    /// The error's data, if it is an error of this package.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Mastodon(failure) => Some(failure),
            Self::Thrown(_) => None,
        }
    }

    /// The class, if it is an error of this package.
    pub fn class(&self) -> Option<Class> {
        self.failure().map(|failure| failure.class)
    }

    /// The response.
    pub fn response(&self) -> Option<&ErrorResponse> {
        self.failure()?.response.as_deref()
    }

    /// The status of the response.
    pub fn status(&self) -> Option<u16> {
        self.response()
            .map(|response| response.status)
            .filter(|status| *status > 0)
    }
}

/// Errors that JavaScript code throws stay unchanged.
impl From<JsValue> for Error {
    fn from(thrown: JsValue) -> Self {
        Self::Thrown(thrown)
    }
}

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        match error {
            Error::Thrown(value) => value,
            Error::Mastodon(failure) => into_js(*failure),
        }
    }
}

fn into_js(failure: Failure) -> JsValue {
    let fields = js_sys::Object::new();
    if let Some(response) = failure.response {
        let text = |value: Option<String>| value.map_or(JsValue::NULL, JsValue::from);
        if response.status > 0 {
            js::set(&fields, js::Name::Status, &response.status.into());
        }
        js::set(&fields, js::Name::Method, &response.method.into());
        js::set(&fields, js::Name::Path, &response.path.into());
        // Without a response, these fields do not exist.
        if !matches!(failure.class, Class::Network | Class::ReadTimeout) {
            js::set(&fields, "error", &text(response.error));
            js::set(
                &fields,
                "error_description",
                &text(response.error_description),
            );
            let details = if response.details.is_undefined() {
                JsValue::NULL
            } else {
                response.details
            };
            js::set(&fields, "details", &details);
            js::set(&fields, js::Name::Body, &response.body.into());
            let headers = response.headers;
            let headers = if headers.is_object() {
                headers
            } else {
                js_sys::Object::new().into()
            };
            js::set(&fields, js::Name::Headers, &headers);
        }
    }
    if !failure.reason.is_empty() {
        js::set(&fields, "reason", &failure.reason.into());
    }
    let error = create_error(
        failure.class.name(),
        &failure.message,
        &failure.cause,
        &fields,
    );
    if !failure.secrets.is_empty()
        && let Some(stack) = js::text_of(&error, "stack")
    {
        // Not assigned: in Firefox, `stack` would become enumerable.
        js::define_hidden(
            &error,
            "stack",
            &crate::redact::redact(&stack, &failure.secrets).into(),
        );
    }
    error
}

/// Removes characters that control a terminal or the text direction: messages appear in logs, and servers
/// choose their text.
pub(crate) fn plain(text: &str) -> String {
    let steers = |letter: &char| {
        letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().filter(|letter| !steers(letter)).collect()
}

/// The longest part of a caller's text that appears in a message.
const SHOWN: usize = 40;

/// A short form of a value for a message. None of the caller's code runs.
fn show(value: &JsValue) -> String {
    if value.is_string() {
        let hidden = value
            .as_string()
            .and_then(|text| without_user_info(&text))
            .map(|text| JsValue::from_str(&text));
        let text = hidden.as_ref().unwrap_or(value);
        let text = text.unchecked_ref::<js_sys::JsString>();
        let shown = if text.length() as usize > SHOWN {
            text.slice(0, SHOWN as u32).concat(&"…".into())
        } else {
            text.clone()
        };
        return js::print_json(&shown).map(String::from).unwrap_or_default();
    }
    if value.is_symbol() {
        return "a symbol".to_owned();
    }
    if value.is_function() {
        return "a function".to_owned();
    }
    if value.is_object() {
        return if js::caller_is_array(value) == Ok(true) {
            "an array"
        } else {
            "an object"
        }
        .to_owned();
    }
    js::primitive_text(value)
}

/// Replaces the user info of an address, which may contain a password. `None` if there is nothing to hide.
pub(crate) fn without_user_info(text: &str) -> Option<String> {
    let at = text.bytes().rposition(|byte| byte == b'@')?;
    let scheme = text::find(text, b':')
        .map(|colon| colon + "://".len())
        .filter(|end| text.get(end - 3..*end) == Some("://"));
    let before = text.get(scheme.unwrap_or_default()..at)?;
    let in_authority = scheme.is_some() && text::find(before, b'/').is_none();
    (in_authority || text::find(before, b':').is_some()).then(|| {
        let scheme = text.get(..scheme.unwrap_or_default());
        let rest = text.get(at..);
        [scheme.unwrap_or_default(), "…", rest.unwrap_or_default()].concat()
    })
}

#[cfg(test)]
mod tests {
    use super::{plain, without_user_info};

    #[test]
    fn messages_steer_no_terminal() {
        assert_eq!(
            plain("\u{1b}[2J\u{9b}31ma\r\nb\u{7f}\u{202e}c"),
            "[2J31mabc"
        );
        assert_eq!(plain("é 🦣 \u{200d}"), "é 🦣 \u{200d}");
    }

    #[test]
    fn user_info_is_hidden_and_a_handle_is_none() {
        for (text, shown) in [
            ("https://ada:pw@elm.example", Some("https://…@elm.example")),
            ("https://ada@elm.example/x", Some("https://…@elm.example/x")),
            (
                "https://ada:p/w#@elm.example",
                Some("https://…@elm.example"),
            ),
            ("ada:pw@elm.example", Some("…@elm.example")),
            ("@ada@elm.example", None),
            ("https://elm.example/@ada", None),
            ("elm.example", None),
        ] {
            assert_eq!(without_user_info(text).as_deref(), shown, "{text}");
        }
    }
}

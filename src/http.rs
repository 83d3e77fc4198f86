//! Responses, turned into values or errors. This module knows no endpoints.

use crate::error::{Class, Error, ErrorResponse};
use crate::js::{self, Name};
use crate::redact::{Forms, redact};
use crate::text;
use js_sys::{Array, JsString, Object, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/body.js")]
extern "C" {
    /// A new container for the part of a body that has arrived.
    #[wasm_bindgen(js_name = emptyBody)]
    pub fn empty_body() -> JsValue;
    /// Collects a body in such a container. Resolves to whether the body is complete.
    #[wasm_bindgen(js_name = readBody)]
    pub fn read_body(response: &JsValue, limit: f64, arrived: &JsValue) -> Promise;
    /// The text of what has arrived.
    #[wasm_bindgen(js_name = bodyText)]
    pub fn body_text(arrived: &JsValue, complete: bool) -> JsValue;
    /// A form with files as `[bytes, type]`.
    #[wasm_bindgen(js_name = formBytes)]
    pub fn form_bytes(form: &JsValue) -> Promise;
}

#[wasm_bindgen]
extern "C" {
    /// The result of `fetch`.
    pub type Response;
    /// The status.
    #[wasm_bindgen(method, getter, structural, catch)]
    pub fn status(this: &Response) -> Result<JsValue, JsValue>;
    /// The headers.
    #[wasm_bindgen(method, getter, structural, catch)]
    pub fn headers(this: &Response) -> Result<JsValue, JsValue>;
    /// The kind of response, which shows a redirect whose status the browser hides.
    #[wasm_bindgen(method, getter, structural, js_name = type)]
    pub fn kind(this: &Response) -> JsValue;

    type Headers;
    #[wasm_bindgen(method, structural, catch)]
    fn get(this: &Headers, name: &JsValue) -> Result<JsValue, JsValue>;
}

/// How many bytes of an error's body are read.
pub const ERROR_BODY_LIMIT: f64 = 65_536.0;

/// The longest header that is read: servers and proxies have lower limits.
const LONGEST_HEADER: usize = 65_536;

/// The body of a response.
#[derive(Debug)]
pub enum Body {
    /// The complete body.
    Complete(JsValue),
    /// The part of the body up to the limit.
    Cut(JsValue),
    /// The part of the body before the connection was lost, and the error.
    Broken(JsValue, JsValue),
}

/// A response.
#[derive(Debug)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// Whether it is a redirect that was not followed. Browsers hide its status, other platforms do not.
    pub redirect: bool,
    /// The headers: those of the platform, or of a custom `fetch`.
    pub headers: JsValue,
    /// The body, as text.
    pub body: Body,
}

impl Reply {
    /// A header.
    #[inline(never)]
    pub fn header_value(&self, name: &JsValue) -> JsValue {
        self.headers
            .unchecked_ref::<Headers>()
            .get(name)
            .unwrap_or_default()
    }

    /// A header as text; `None` if it is too long.
    pub fn header(&self, name: Name) -> Option<String> {
        let value = self.header_value(name.js()).as_string();
        value.filter(|text| text.len() <= LONGEST_HEADER)
    }

    /// The part of the body that has arrived.
    pub fn text(&self) -> &JsValue {
        match &self.body {
            Body::Complete(text) | Body::Cut(text) | Body::Broken(text, _) => text,
        }
    }

    /// The beginning of the body, up to the limit for errors.
    pub fn beginning(&self) -> String {
        let text: &JsString = self.text().unchecked_ref();
        text.slice(0, ERROR_BODY_LIMIT as u32).into()
    }

    /// Whether the status means success.
    pub fn is_success(&self) -> bool {
        !self.redirect && (200..400).contains(&self.status)
    }
}

/// What errors need to know about the request.
#[derive(Debug)]
pub struct Context<'a> {
    /// The HTTP verb.
    pub verb: &'static str,
    /// The server.
    pub origin: &'a str,
    /// The path, without the query.
    pub path: &'a str,
    /// The secrets to redact.
    pub secrets: Vec<String>,
    /// Whether the response contains a secret. Then errors keep neither the body nor the cause.
    pub confidential: bool,
}

/// The JSON of a response, or undefined if the method returns nothing.
///
/// # Errors
/// The error for the response.
pub fn read(reply: &Reply, nothing: bool, context: &Context<'_>) -> Result<JsValue, Error> {
    let mut why = "";
    if reply.redirect {
        why = ": a redirect, which is not followed";
    } else if reply.is_success() {
        match &reply.body {
            Body::Cut(_) => return Err(too_large(reply.status, context)),
            Body::Broken(_, cause) => return Err(broken_off(reply.status, cause, context)),
            Body::Complete(_) if nothing => return Ok(JsValue::UNDEFINED),
            // The engine's error is not used: it would quote the text, including secrets.
            Body::Complete(text) => {
                if let Ok(value) = js::parse_json(text) {
                    return Ok(value);
                }
            }
        }
        why = unreadable(reply);
    }
    Err(to_error(reply, why, context))
}

/// Why the body cannot be read as JSON.
fn unreadable(reply: &Reply) -> &'static str {
    let html = reply
        .header(Name::ContentType)
        .is_some_and(|kind| text::has(&kind.to_ascii_lowercase(), "html"));
    let blank = reply.beginning().trim_ascii().is_empty();
    if html {
        ": a web page instead of JSON"
    } else if blank {
        ": an empty body instead of JSON"
    } else {
        ": a body that is not JSON"
    }
}

/// The error for a response.
fn to_error(reply: &Reply, why: &str, context: &Context<'_>) -> Error {
    let secrets = Forms::of(&context.secrets);
    let hide = |text: &str| secrets.hide(text);
    let parsed = js::parse_json(reply.text()).ok();
    let body: String = if context.confidential {
        String::new()
    } else {
        secrets.hide_cut(&reply.beginning())
    };
    let words = words(parsed.as_ref(), &body, reply, context.confidential);
    let error = words.error.as_deref().map(hide);
    let error_description = words.description.as_deref().map(hide);
    let path = hide(context.path);
    let status = js::integer_text(u32::from(reply.status));
    let part = |text: &Option<String>| match text {
        Some(text) => [": ", shown(text)].concat(),
        None => String::new(),
    };
    let (first, mut second) = (part(&error), part(&error_description));
    if first == second {
        second.clear();
    }
    let message = [
        context.verb,
        " ",
        &path,
        " returned ",
        &status,
        why,
        &first,
        &second,
    ];
    let details = parsed
        .as_ref()
        .map(|value| js::get(value, "details"))
        .filter(JsValue::is_object);
    let response = ErrorResponse {
        status: reply.status,
        method: context.verb,
        path: path.clone(),
        error,
        error_description,
        details: details.map_or(JsValue::NULL, |details| {
            hide_json(&details, &secrets, DEPTH)
        }),
        body,
        headers: headers(&reply.headers, &secrets),
    };
    let result = Error::new(Class::of_status(reply.status), &message).with_response(response);
    with_secrets(result, context)
}

fn with_secrets(mut error: Error, context: &Context<'_>) -> Error {
    if let Error::Mastodon(failure) = &mut error {
        failure.secrets.extend_from_slice(&context.secrets);
    }
    error
}

/// The longest part of a server's message that an error repeats.
const WORDS_SHOWN: usize = 500;

pub(crate) fn shown(text: &str) -> &str {
    let mut end = WORDS_SHOWN.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// The server's own error message.
#[derive(Debug, Default)]
struct Words {
    error: Option<String>,
    description: Option<String>,
}

/// Finds the server's message in all forms that servers use: `error`, `error.message`, `message`, `detail`,
/// `errors`, `title` (RFC 9457), or a short plain text.
fn words(parsed: Option<&JsValue>, body: &str, reply: &Reply, confidential: bool) -> Words {
    let said = |of: &JsValue, name: &str| {
        js::text_of(of, name).filter(|text| !text.trim_ascii().is_empty())
    };
    let Some(value) = parsed.filter(|value| value.is_object()) else {
        // JSON that is only a string counts as plain text too.
        let quoted = parsed.and_then(JsValue::as_string);
        let body = quoted.as_deref().unwrap_or(body);
        let plain = quoted.is_some()
            || reply
                .header(Name::ContentType)
                .is_some_and(|kind| text::has(&kind, "text/plain"));
        let text = body.trim_ascii();
        let short = plain && !confidential && !text.is_empty() && text.len() <= 300;
        return Words {
            error: short.then(|| text.to_owned()),
            description: None,
        };
    };
    let error = js::get(value, "error");
    let inner = said(&error, "message").or_else(|| said(&error, "description"));
    let errors = js::get(value, "errors");
    let first = said(value, "error")
        .or(inner)
        .or_else(|| said(value, "message"))
        .or_else(|| said(value, "detail"))
        .or_else(|| first_text(&errors, 3))
        .or_else(|| first_text(&error, 3))
        .or_else(|| first_text(&js::get(value, "detail"), 3))
        .or_else(|| said(value, "title"))
        .or_else(|| {
            Array::is_array(value)
                .then(|| first_text(value, 2))
                .flatten()
        });
    let description = said(value, "error_description").or_else(|| {
        let more = said(value, "detail").or_else(|| said(value, "message"));
        more.filter(|more| Some(more) != first.as_ref())
    });
    Words {
        description: description.filter(|description| Some(description) != first.as_ref()),
        error: first,
    }
}

/// The first text in a list or an object of messages.
fn first_text(value: &JsValue, depth: u32) -> Option<String> {
    if let Some(text) = value.as_string() {
        return Some(text).filter(|text| !text.trim_ascii().is_empty());
    }
    if depth == 0 || !value.is_object() {
        return None;
    }
    let message = js::text_of(value, "message").or_else(|| js::text_of(value, "msg"));
    message.or_else(|| {
        Object::values(value.unchecked_ref::<Object>())
            .iter()
            .take(20)
            .find_map(|part| first_text(&part, depth - 1))
    })
}

/// JSON with the secrets redacted in each string. In the JSON text, a secret could have two encodings at
/// once. Values nested deeper than `depth` are left out.
fn hide_json(value: &JsValue, secrets: &Forms, depth: u32) -> JsValue {
    if let Some(text) = value.as_string() {
        return secrets.hide(&text).into();
    }
    if !value.is_object() {
        return value.clone();
    }
    if depth == 0 {
        return JsValue::NULL;
    }
    if Array::is_array(value) {
        let list = js::list(value);
        let hidden = list.iter().map(|part| hide_json(&part, secrets, depth - 1));
        return hidden.collect::<Array>().into();
    }
    let hidden = Object::new();
    for entry in Object::entries(value.unchecked_ref::<Object>()).iter() {
        let entry: &Array = entry.unchecked_ref();
        let name = hide_json(&entry.get(0), secrets, 0);
        js::define(
            &hidden,
            &name,
            &hide_json(&entry.get(1), secrets, depth - 1),
        );
    }
    hidden.into()
}

/// The maximum depth of the server's details for each field.
const DEPTH: u32 = 16;

/// Headers as a plain object, without secrets.
fn headers(headers: &JsValue, secrets: &Forms) -> JsValue {
    match Object::from_entries(headers) {
        Ok(object) => hide_json(&object, secrets, DEPTH),
        Err(_) => Object::new().into(),
    }
}

fn network(message: &[&str], status: u16, cause: &JsValue, context: &Context<'_>) -> Error {
    let response = ErrorResponse {
        status,
        method: context.verb,
        path: redact(context.path, &context.secrets),
        ..ErrorResponse::default()
    };
    let error = Error::new(
        Class::Network,
        &[&redact(&message.concat(), &context.secrets)],
    )
    .with_response(response);
    let error = if context.confidential {
        error
    } else {
        error.with_cause(cause.clone())
    };
    with_secrets(error, context)
}

fn broken_off(status: u16, cause: &JsValue, context: &Context<'_>) -> Error {
    let message = [
        context.verb,
        " ",
        context.origin,
        context.path,
        " returned ",
        &js::integer_text(u32::from(status)),
        ", but the connection was lost before the body was complete",
    ];
    network(&message, status, cause, context)
}

fn too_large(status: u16, context: &Context<'_>) -> Error {
    let message = [
        context.verb,
        " ",
        context.origin,
        context.path,
        " returned a body larger than `max_response_size`",
    ];
    network(&message, status, &JsValue::UNDEFINED, context)
}

/// The error for too many redirects.
pub fn too_many_redirects(context: &Context<'_>) -> Error {
    let message = [
        context.verb,
        " ",
        context.origin,
        context.path,
        " was redirected too many times",
    ];
    network(&message, 0, &JsValue::UNDEFINED, context)
}

/// The error for a request without a response. A page is not told the reason, so the message lists the usual
/// ones.
pub fn unreachable(cause: &JsValue, page: bool, maybe_done: bool, context: &Context<'_>) -> Error {
    let cors = if page {
        ", or the server's CORS headers do not allow this page"
    } else {
        ""
    };
    let done = if maybe_done {
        ". The server may have processed it: check before you send it again"
    } else {
        ""
    };
    let message = [
        context.verb,
        " ",
        context.origin,
        context.path,
        " got no response: the connection was refused or dropped",
        cors,
        ". Check the address and whether the server is running",
        done,
    ];
    network(&message, 0, cause, context)
}

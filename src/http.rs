//! `fetch` → response → JSON value or error. Knows no endpoint.

use crate::error::{Kind, with_fields};
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::RequestInit;

#[wasm_bindgen(module = "/src/http.js")]
extern "C" {
    fn exchange(fetch: &Function, url: &str, init: &RequestInit) -> Promise;
}

#[wasm_bindgen]
extern "C" {
    /// The answer that `exchange` makes.
    #[derive(Debug, Clone)]
    pub type Reply;
    /// Its status.
    #[wasm_bindgen(method, getter, structural)]
    pub fn status(this: &Reply) -> u16;
    #[wasm_bindgen(method, getter, structural)]
    fn redirect(this: &Reply) -> bool;
    /// Its headers, names in lower case.
    #[wasm_bindgen(method, getter, structural)]
    pub fn headers(this: &Reply) -> Object;
    /// Its body, a string.
    #[wasm_bindgen(method, getter, structural)]
    pub fn text(this: &Reply) -> JsValue;
    #[wasm_bindgen(method, getter, structural)]
    fn broken(this: &Reply) -> JsValue;

    #[wasm_bindgen(catch, js_namespace = JSON, js_name = parse)]
    fn parse(text: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = JSON, js_name = stringify)]
    fn stringify(value: &JsValue) -> String;
}

impl Reply {
    /// A header by its lower-case name.
    pub fn header(&self, name: &str) -> Option<String> {
        Reflect::get(&self.headers(), &name.into())
            .ok()?
            .as_string()
    }
}

/// What an error says about the request it came from.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The HTTP verb.
    pub verb: &'a str,
    /// The server.
    pub origin: &'a str,
    /// The path, without the query.
    pub path: &'a str,
    /// What must not be seen in an error: tokens, passwords, codes.
    pub secrets: &'a [String],
}

/// Sends one request. An error here means that there was no answer at all.
pub async fn send(fetch: &Function, url: &str, init: &RequestInit) -> Result<Reply, JsValue> {
    JsFuture::from(exchange(fetch, url, init))
        .await
        .map(JsCast::unchecked_into)
}

/// The error for a request without an answer. A page is not told why; the usual reasons are.
pub fn unreachable(place: Place, cause: &JsValue) -> JsValue {
    let message = [
        place.verb,
        " ",
        place.origin,
        place.path,
        " got no answer: the connection was refused or dropped, or the server's CORS headers do not allow this page. \
         Check the address, and that the server is up",
    ]
    .concat();
    failure(Kind::Network, &message, place, cause, &[])
}

/// The JSON of an answer, or the error that it stands for.
pub fn value(reply: &Reply, place: Place) -> Result<JsValue, JsValue> {
    checked(reply, place)?;
    let text = reply.text();
    match parse(&text) {
        Ok(value) => Ok(value),
        Err(cause) => {
            let html = reply
                .header("content-type")
                .is_some_and(|kind| kind.contains("html"));
            let why = if text.as_string().is_none_or(|text| text.trim().is_empty()) {
                "an empty body where JSON was due"
            } else if html {
                "a web page where JSON was due"
            } else {
                "a body that is no JSON"
            };
            Err(refused(reply, place, Some(why), &cause))
        }
    }
}

/// Whether an answer is a good one, whatever is in it.
pub fn checked(reply: &Reply, place: Place) -> Result<(), JsValue> {
    let broken = reply.broken();
    if reply.redirect() {
        return Err(refused(
            reply,
            place,
            Some("a redirect, which is not followed"),
            &JsValue::UNDEFINED,
        ));
    }
    if reply.status() >= 400 || reply.status() < 200 {
        return Err(refused(reply, place, None, &broken));
    }
    if broken.is_undefined() {
        return Ok(());
    }
    let message = [
        place.verb,
        " ",
        place.origin,
        place.path,
        " was answered, but the answer broke off",
    ]
    .concat();
    Err(failure(
        Kind::Network,
        &message,
        place,
        &broken,
        &[("status", reply.status().into())],
    ))
}

/// The error for an answer that is not what was asked for.
fn refused(reply: &Reply, place: Place, why: Option<&str>, cause: &JsValue) -> JsValue {
    let status = reply.status();
    let text = reply.text().as_string().unwrap_or_default();
    // A server may write a secret with escapes of JSON; printed anew there is one spelling.
    let parsed = parse(&reply.text()).ok().filter(JsValue::is_object);
    let text = blank(&parsed.as_ref().map_or(text, stringify), place.secrets);
    let parsed = parsed
        .and_then(|_| parse(&JsValue::from_str(&text)).ok())
        .unwrap_or_default();
    let field = |name: &str| Reflect::get(&parsed, &name.into()).unwrap_or_default();
    let words = |name: &str| {
        Some(field(name))
            .filter(JsValue::is_string)
            .unwrap_or(JsValue::NULL)
    };
    let details = Some(field("details"))
        .filter(JsValue::is_object)
        .unwrap_or(JsValue::NULL);
    let (said, description) = (words("error"), words("error_description"));

    let mut message = [
        place.verb,
        " ",
        place.path,
        " was answered with ",
        &print_status(status),
    ]
    .concat();
    for part in [
        why.map(str::to_owned),
        said.as_string(),
        description.as_string(),
    ]
    .into_iter()
    .flatten()
    {
        message.push_str(": ");
        message.push_str(&part);
    }
    let headers = parse(&JsValue::from_str(&blank(
        &stringify(&reply.headers()),
        place.secrets,
    )))
    .unwrap_or_default();
    let body = text
        .char_indices()
        .nth(LONGEST_BODY)
        .and_then(|(end, _)| text.get(..end))
        .unwrap_or(&text);
    failure(
        Kind::of_status(status),
        &message,
        place,
        cause,
        &[
            ("status", status.into()),
            ("error", said),
            ("error_description", description),
            ("details", details),
            ("body", body.into()),
            ("headers", headers),
        ],
    )
}

/// Characters of a body that an error keeps.
const LONGEST_BODY: usize = 65_536;

fn failure(
    kind: Kind,
    message: &str,
    place: Place,
    cause: &JsValue,
    more: &[(&str, JsValue)],
) -> JsValue {
    let fields = Object::new();
    let own = [
        ("method", place.verb.into()),
        ("path", blank(place.path, place.secrets).into()),
    ];
    for (name, value) in own.iter().chain(more) {
        let _ = Reflect::set(&fields, &(*name).into(), value);
    }
    with_fields(kind, &blank(message, place.secrets), cause, &fields)
}

/// Text without secrets.
fn blank(text: &str, secrets: &[String]) -> String {
    let known = secrets.iter().filter(|secret| !secret.is_empty());
    known.fold(text.to_owned(), |text, secret| {
        if text.contains(secret) {
            text.replace(secret, "***")
        } else {
            text
        }
    })
}

fn print_status(status: u16) -> String {
    let digit = |unit: u16| char::from(b'0' + (status / unit % 10) as u8);
    [digit(100), digit(10), digit(1)].iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_blanked() {
        let secrets = ["s3cret".to_owned(), String::new(), "hunter2".to_owned()];
        assert_eq!(
            blank("token s3cret, s3cret; hunter2", &secrets),
            "token ***, ***; ***"
        );
        assert_eq!(blank("nothing", &secrets), "nothing");
    }

    #[test]
    fn a_status_prints_as_three_digits() {
        assert_eq!(print_status(404), "404");
        assert_eq!(print_status(0), "000");
    }
}

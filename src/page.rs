//! Pages: from the `Link` header to the next request.
//!
//! A page is what the server sent, with one property that does not show: `pagination`. It holds the
//! next and the previous request as plain JSON, so that it can be stored and taken up by another
//! client on another day.

use crate::client::endpoint::Answer;
use crate::client::{Client, Request, Scope};
use crate::error::{Kind, error, illegal, refused};
use crate::params::Value;
use crate::params::encode::{flatten, plain};
use js_sys::{Array, Reflect};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/page.js")]
extern "C" {
    /// Sets a property that does not show.
    pub fn hide(value: &JsValue, name: &str, property: &JsValue);
    #[wasm_bindgen(js_name = stored)]
    fn store(method: &str, path: &str, flat: &Array) -> JsValue;
    #[wasm_bindgen(js_name = attach)]
    fn attach_to(
        page: &JsValue,
        next: Option<&str>,
        prev: Option<&str>,
        method: &str,
        path: &str,
        flat: &Array,
        origin: &str,
        counted: bool,
    );
    #[wasm_bindgen(catch)]
    fn find(page: &JsValue, direction: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = flatten)]
    fn parameters(info: &JsValue) -> Array;
    fn rename(page: &JsValue, method: &JsValue);
}

/// The targets of a `Link` header.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Links<'a> {
    /// `rel="next"`
    pub next: Option<&'a str>,
    /// `rel="prev"`
    pub prev: Option<&'a str>,
}

/// Reads a `Link` header: `<https://…?max_id=1>; rel="next", <…>; rel="prev"`.
pub fn parse_link(header: &str) -> Links<'_> {
    let mut links = Links::default();
    // A comma may stand inside a target, so links are told apart by their opening brackets.
    for link in header.split('<').skip(1) {
        let Some((target, attributes)) = link.split_once('>') else {
            continue;
        };
        for attribute in attributes.split([';', ',']) {
            let Some((name, value)) = attribute.split_once('=') else {
                continue;
            };
            if !name.trim().eq_ignore_ascii_case("rel") {
                continue;
            }
            for relation in value.trim().trim_matches('"').split_ascii_whitespace() {
                let slot = match relation.to_ascii_lowercase().as_str() {
                    "next" => &mut links.next,
                    "prev" | "previous" => &mut links.prev,
                    _ => continue,
                };
                slot.get_or_insert(target.trim());
            }
        }
    }
    links
}

/// Puts `pagination` on an answer: read from its `Link` header, else counted by `offset`.
pub fn attach(value: &JsValue, link: Option<&str>, request: &Request, origin: &str) {
    let links = parse_link(link.unwrap_or_default());
    let counted = request.answer == Answer::OffsetPage;
    attach_to(
        value,
        links.next,
        links.prev,
        request.name,
        &request.path,
        &flat(request),
        origin,
        counted,
    );
}

/// The stored form of a request as it is, to be made once more.
pub fn repeat(request: &Request) -> JsValue {
    store(request.name, &request.path, &flat(request))
}

/// A request's parameters, as they would stand in a query.
fn flat(request: &Request) -> Array {
    let flat = Array::new();
    for (name, value) in &request.pairs {
        flatten(name, value, &mut |name, leaf| {
            flat.push(&name.into());
            flat.push(&plain(leaf).into());
        });
    }
    flat
}

/// The stored request that continues a page in a direction (`"next"` or `"prev"`), or null.
pub fn info_of(method: &str, page: &JsValue, direction: &str) -> Result<JsValue, JsValue> {
    let info = find(page, direction)?;
    if info.is_undefined() {
        return Err(refused(method, "page", "a page or its `pagination`", page));
    }
    Ok(info)
}

/// The request that a stored one stands for.
pub fn request_of(method: &'static str, info: &JsValue) -> Result<Request, JsValue> {
    let text = |name: &str| {
        Reflect::get(info, &name.into())
            .ok()
            .and_then(|text| text.as_string())
    };
    if let Some(origin) = text("origin") {
        let message = [
            method,
            ": the page continues at ",
            &origin,
            ", which is not this client's server; its token is not sent there",
        ];
        return Err(error(Kind::Base, &message.concat()));
    }
    let Some(path) =
        text("path").filter(|path| path.starts_with('/') && !path.contains(['?', '#', '\\']))
    else {
        return Err(illegal(method, "this `pagination` has no usable path"));
    };
    let mut request = Request::get(method, &path);
    let mut parts = parameters(info)
        .into_iter()
        .filter_map(|part| part.as_string());
    request.answer = Answer::Page;
    while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
        if name == "offset" {
            request.answer = Answer::OffsetPage;
        }
        request.pairs.push((name, Value::Text(value)));
    }
    Ok(request)
}

/// The page of a stored request.
pub async fn follow(
    client: &Rc<Client>,
    scope: &Scope,
    method: &'static str,
    info: JsValue,
) -> Result<JsValue, JsValue> {
    if info.is_null() {
        return Ok(info);
    }
    let page = client.send(scope, request_of(method, &info)?).await?;
    rename(&page, &Reflect::get(&info, &"method".into())?);
    Ok(page)
}

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = include_str!("page.d.ts");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_links() {
        let next = Some("https://a.example/api/v1/timelines/home?limit=2&max_id=1");
        let prev = Some("https://a.example/api/v1/timelines/home?limit=2&min_id=9");
        for header in [
            "<https://a.example/api/v1/timelines/home?limit=2&max_id=1>; rel=\"next\", <https://a.example/api/v1/timelines/home?limit=2&min_id=9>; rel=\"prev\"",
            "<https://a.example/api/v1/timelines/home?limit=2&max_id=1>;rel=next,<https://a.example/api/v1/timelines/home?limit=2&min_id=9>;REL=\"Prev\"",
            "<https://a.example/api/v1/timelines/home?limit=2&max_id=1>; title=\"x\"; rel=\"start next\" , <https://a.example/api/v1/timelines/home?limit=2&min_id=9>; rel=previous; foo",
        ] {
            assert_eq!(parse_link(header), Links { next, prev }, "{header}");
        }
    }

    #[test]
    fn a_comma_may_stand_in_a_target() {
        assert_eq!(
            parse_link("</x?ids=1,2>; rel=\"next\"").next,
            Some("/x?ids=1,2")
        );
    }

    #[test]
    fn nonsense_gives_nothing() {
        for header in [
            "",
            "<",
            ">",
            "<>",
            "rel=next",
            "<https://x> rel next",
            "<https://x>; rel=last",
            "<https://x; rel=\"next\"",
            ",;=<<>>\"\"",
        ] {
            assert_eq!(parse_link(header), Links::default(), "{header}");
        }
    }

    #[test]
    fn the_first_of_two_counts() {
        assert_eq!(parse_link("<a>; rel=next, <b>; rel=next").next, Some("a"));
    }
}

//! Pages: from the `Link` header to the next request.
//!
//! A page is what the server sent, with one property that does not show: `pagination`. It holds the
//! next and the previous request as plain JSON, so that it can be stored and taken up by another
//! client on another day.

use crate::client::endpoint::Answer;
use crate::client::{Client, Request, Scope, Verb};
use crate::error::{Kind, error, illegal};
use crate::params::encode::{Pair, flatten, plain};
use crate::params::{Value, print, show};
use js_sys::{Array, Object, Reflect};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::Url;

/// The cursors of pages. The server's replace the caller's: the same one twice is an error.
const CURSORS: [&str; 4] = ["max_id", "min_id", "since_id", "offset"];
/// Some servers send empty pages that have a next one; this many in a row are the end.
const EMPTY_PAGES: u32 = 3;

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

/// Which way to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To what is older.
    Next,
    /// To what is newer.
    Previous,
}

impl Direction {
    fn key(self) -> JsValue {
        JsValue::from_str(if self == Self::Next { "next" } else { "prev" })
    }

    /// Reads `"next"` or `"previous"`.
    pub fn from_text(text: &str) -> Self {
        if text == "previous" {
            Self::Previous
        } else {
            Self::Next
        }
    }
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or_default()
}

fn set(object: &Object, key: &str, value: &JsValue) {
    let _ = Reflect::set(object, &key.into(), value);
}

/// Puts `pagination` on an answer: read from its `Link` header, else counted by `offset`.
pub fn attach(value: &JsValue, link: Option<&str>, request: &Request, origin: &str) {
    if !value.is_object() {
        return;
    }
    let links = parse_link(link.unwrap_or_default());
    let pagination = Object::new();
    for (key, target) in [("next", links.next), ("prev", links.prev)] {
        let info = target
            .and_then(|target| from_link(target, request, origin))
            .map_or(JsValue::NULL, JsValue::from);
        set(&pagination, key, &info);
    }
    if request.answer == Answer::OffsetPage && links == Links::default() {
        count(&pagination, value, request);
    }
    hide(value, "pagination", &pagination);
}

/// Sets a property that does not show.
pub fn hide(value: &JsValue, name: &str, property: &JsValue) {
    let descriptor = Object::new();
    set(&descriptor, "value", property);
    Object::define_property(value.unchecked_ref::<Object>(), &name.into(), &descriptor);
}

/// The stored form of a request as it is, to be made once more.
pub fn repeat(request: &Request) -> Object {
    let params = Object::new();
    for (name, value) in &request.pairs {
        flatten(name, value, &mut |name, leaf| {
            add(&params, name, plain(leaf));
        });
    }
    info(request, &request.path, &params)
}

/// The stored form of a link's request: the original parameters with the link's own over them.
fn from_link(target: &str, request: &Request, origin: &str) -> Option<Object> {
    let url = Url::new_with_base(target, &[origin, &request.path].concat()).ok()?;
    let params = Object::new();
    each_original(request, &mut |name, value| add(&params, name, value));
    let own = Object::new();
    for pair in Array::from(&url.search_params()).iter() {
        let pair = Array::from(&pair);
        if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
            add(&own, &name, &value);
        }
    }
    let info = info(request, &url.pathname(), &Object::assign(&params, &own));
    if url.origin() != origin {
        // Kept, so that following it can be refused by name.
        set(&info, "origin", &url.origin().into());
    }
    Some(info)
}

fn count(pagination: &Object, value: &JsValue, request: &Request) {
    let number = |name: &str| {
        request
            .pairs
            .iter()
            .find(|(key, _)| key == name)
            .and_then(|(_, value)| value.text()?.parse::<u32>().ok())
    };
    let here = number("offset").unwrap_or(0);
    let length = longest_list(value);
    for (key, offset) in [
        ("next", (length > 0).then(|| here.saturating_add(length))),
        (
            "prev",
            (here > 0).then(|| here.saturating_sub(number("limit").unwrap_or(length))),
        ),
    ] {
        let Some(offset) = offset else { continue };
        let params = Object::new();
        each_original(request, &mut |name, value| add(&params, name, value));
        set(&params, "offset", &print(&offset.into()).into());
        set(pagination, key, &info(request, &request.path, &params));
    }
}

/// How many entries an answer has: a list's, or the longest of the lists in it (search has three).
fn longest_list(value: &JsValue) -> u32 {
    match value.dyn_ref::<Array>() {
        Some(list) => list.length(),
        None => Object::values(value.unchecked_ref::<Object>())
            .iter()
            .filter_map(|inner: JsValue| inner.dyn_into::<Array>().ok())
            .map(|list| list.length())
            .max()
            .unwrap_or(0),
    }
}

fn info(request: &Request, path: &str, params: &Object) -> Object {
    let info = Object::new();
    set(&info, "method", &request.name.into());
    set(&info, "path", &path.into());
    set(&info, "params", params);
    info
}

/// The parameters of a request that its next page has too.
fn each_original(request: &Request, each: &mut dyn FnMut(&str, &str)) {
    for (name, value) in &request.pairs {
        if !CURSORS.contains(&name.as_str()) {
            flatten(name, value, &mut |name, leaf| each(name, plain(leaf)));
        }
    }
}

fn add(params: &Object, name: &str, value: &str) {
    let old = get(params, name);
    if old.is_undefined() {
        set(params, name, &value.into());
    } else {
        set(params, name, &Array::of2(&old, &value.into()).flat(1));
    }
}

/// The stored request of a page, of its `pagination`, or of one direction of it.
fn stored(method: &str, page: &JsValue, direction: Direction) -> Result<Option<Object>, JsValue> {
    let refuse = || {
        Err(illegal(
            method,
            &["expected a page or its `pagination`, got ", &show(page)].concat(),
        ))
    };
    if !page.is_object() {
        return refuse();
    }
    let own = get(page, "pagination");
    let pagination = if own.is_object() { &own } else { page };
    if get(pagination, "path").is_string() {
        return Ok(Some(pagination.clone().unchecked_into()));
    }
    let info = Reflect::get(pagination, &direction.key()).unwrap_or_default();
    if info.is_null() || (info.is_undefined() && Array::is_array(page)) {
        return Ok(None);
    }
    if !get(&info, "path").is_string() {
        return refuse();
    }
    Ok(Some(info.unchecked_into()))
}

fn to_request(method: &'static str, info: &Object) -> Result<Request, JsValue> {
    if let Some(origin) = get(info, "origin").as_string() {
        let message = [
            method,
            ": the page continues at ",
            &origin,
            ", which is not this client's server; its token is not sent there",
        ]
        .concat();
        return Err(error(Kind::Base, &message));
    }
    let path = get(info, "path").as_string().filter(|path| {
        path.starts_with('/') && !path.contains(['?', '#', '\\']) && !path.starts_with("//")
    });
    let Some(path) = path else {
        return Err(illegal(method, "this `pagination` has no usable path"));
    };
    let mut request = Request::get(method, &path);
    let params = get(info, "params");
    if params.is_object() {
        for entry in Object::entries(params.unchecked_ref()).iter() {
            let entry = Array::from(&entry);
            let Some(name) = entry.get(0).as_string() else {
                continue;
            };
            for value in Array::of1(&entry.get(1)).flat(1).iter() {
                if let Some(value) = value.as_string() {
                    request = request.with(&name, &value);
                }
            }
        }
    }
    request.answer = if get(&params, "offset").is_undefined() {
        Answer::Page
    } else {
        Answer::OffsetPage
    };
    request.verb = Verb::Get;
    Ok(request)
}

/// The page in a direction, or null where there is none.
pub async fn follow(
    client: &Rc<Client>,
    scope: &Scope,
    method: &'static str,
    page: &JsValue,
    direction: Direction,
) -> Result<JsValue, JsValue> {
    match stored(method, page, direction)? {
        None => Ok(JsValue::NULL),
        Some(info) => {
            let request = to_request(method, &info)?;
            // The name in the pages that follow stays that of the first call.
            client
                .send(scope, request)
                .await
                .inspect(|value| rename(value, &get(&info, "method")))
        }
    }
}

fn rename(value: &JsValue, method: &JsValue) {
    let pagination = get(value, "pagination");
    for key in ["next", "prev"] {
        let info = get(&pagination, key);
        if info.is_object() && method.is_string() {
            set(info.unchecked_ref(), "method", method);
        }
    }
}

/// What `getPaginationInfo` gives: one direction of a page's `pagination`, or null.
pub fn info_of(method: &str, page: &JsValue, direction: Direction) -> Result<JsValue, JsValue> {
    Ok(stored(method, page, direction)?.map_or(JsValue::NULL, JsValue::from))
}

/// Walks pages until there are no more.
#[derive(Debug)]
pub struct Walk {
    direction: Direction,
    /// The page to give next, where it is here already.
    here: Option<JsValue>,
    /// What continues it.
    next: Option<Object>,
    empty: u32,
}

impl Walk {
    /// Starts with a page, or behind a stored one.
    pub fn new(method: &str, start: &JsValue, direction: Direction) -> Result<Self, JsValue> {
        let next = stored(method, start, direction)?;
        let is_page = Array::is_array(start) || get(start, "pagination").is_object();
        Ok(Self {
            direction,
            here: is_page.then(|| start.clone()),
            next,
            empty: 0,
        })
    }

    /// The next page.
    pub async fn next(
        &mut self,
        client: &Rc<Client>,
        scope: &Scope,
        method: &'static str,
    ) -> Result<Option<JsValue>, JsValue> {
        if let Some(page) = self.here.take() {
            return Ok(Some(page));
        }
        let Some(info) = self.next.take() else {
            return Ok(None);
        };
        let page = follow(client, scope, method, &info, self.direction).await?;
        if page.is_null() {
            return Ok(None);
        }
        self.empty = if longest_list(&page) == 0 {
            self.empty + 1
        } else {
            0
        };
        let next = stored(method, &page, self.direction)?;
        self.next = next.filter(|next| {
            self.empty < EMPTY_PAGES
                && js_sys::JSON::stringify(next).ok() != js_sys::JSON::stringify(&info).ok()
        });
        Ok(Some(page))
    }
}

/// A parameter for [`Request::pairs`].
pub fn pair(name: &str, value: &str) -> Pair {
    (name.to_owned(), Value::Text(value.to_owned()))
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

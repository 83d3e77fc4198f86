//! Pages: from the `Link` header to the next request. A page is what the server sent, with a hidden property
//! `pagination`. It holds the next and the previous request as plain JSON. So it can be stored, and continued
//! later by another client.

use crate::endpoint::Answer;
use crate::endpoint::request::{Continued, Request};
use crate::error::{Class, Error};
use crate::js::{self, Name};
use crate::params::encode::{Pairs, flatten};
use crate::text;
use crate::url::{self, query_pairs};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

/// The cursor parameters of pages. A link's cursor replaces the caller's, because servers reject a repeated
/// one.
const CURSORS: [&str; 4] = ["max_id", "min_id", "since_id", "offset"];

/// Properties of a stored request, for pages by offset: the number of entries per page, and the offset of the
/// page before.
const SIZE: &str = "size";
const FROM: &str = "from";

/// The direction in which a page continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To older entries.
    Next,
    /// To newer ones.
    Previous,
}

impl Direction {
    /// The property of `pagination` for this direction.
    pub fn key(self) -> Name {
        match self {
            Self::Next => Name::Next,
            Self::Previous => Name::Prev,
        }
    }

    /// The direction of this name: `"previous"`, otherwise forwards.
    pub fn of_name(name: Option<&str>) -> Self {
        if name == Some("previous") {
            Self::Previous
        } else {
            Self::Next
        }
    }
}

/// A form for comparison, in which `types[0]` and `types[]` are the same parameter.
pub(crate) fn canonical(name: &str) -> String {
    let mut out = String::new();
    for (at, part) in text::parts(name, b'[').enumerate() {
        if at > 0 {
            out.push('[');
            if part
                .strip_suffix(']')
                .is_some_and(|index| !index.is_empty() && text::is_digits(index))
            {
                out.push(']');
                continue;
            }
        }
        out.push_str(part);
    }
    out
}

/// Parameters by name. A repeated one becomes a list.
#[derive(Debug)]
struct Params(Object);

impl Params {
    fn add(&self, name: &str, value: &JsValue) {
        let value: JsValue = if value.is_string() {
            value.clone()
        } else {
            js::primitive_text(value).into()
        };
        let key = JsValue::from(name);
        let before = if js::has_own(&self.0, name) {
            js::get(&self.0, &key)
        } else {
            JsValue::UNDEFINED
        };
        if before.is_undefined() {
            js::define(&self.0, &key, &value);
        } else if Array::is_array(&before) {
            before.unchecked_ref::<Array>().push(&value);
        } else {
            js::define(&self.0, &key, &Array::of2(&before, &value));
        }
    }

    /// The parameters of a request, except those in `without`.
    fn of(request: &Request, without: &[&str]) -> Self {
        let params = Self(Object::new());
        flatten(&request.pairs, &mut |name, value| {
            let name = name.as_string().unwrap_or_default();
            if !without.contains(&name.as_str()) {
                params.add(&name, value);
            }
        });
        params
    }

    /// Sets the parameters of a link, which replace those with the same names.
    fn replace(&self, pairs: &[(JsValue, JsValue)]) {
        let names: Vec<String> = pairs
            .iter()
            .map(|(name, _)| canonical(&name.as_string().unwrap_or_default()))
            .collect();
        for name in &names {
            let _ = Reflect::delete_property(&self.0, &name.into());
        }
        for (name, (_, value)) in names.iter().zip(pairs) {
            self.add(name, value);
        }
    }

    fn number(&self, name: &str) -> u32 {
        js::text_of(&self.0, name)
            .and_then(|text| text.parse().ok())
            .unwrap_or(0)
    }
}

fn info(method: &str, path: &str, params: &Params) -> Object {
    let info = Object::new();
    js::set(&info, Name::Method, &method.into());
    js::set(&info, Name::Path, &path.into());
    js::set(&info, Name::Params, &params.0);
    info
}

/// A request in the form that `pagination` stores.
pub fn stored(request: &Request) -> Object {
    info(request.method, &request.path, &Params::of(request, &[]))
}

/// The URLs in a `Link` header: `<https://…?max_id=1>; rel="next", <…>; rel="prev"`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Links<'a> {
    /// Older entries.
    pub next: Option<&'a str>,
    /// Newer ones.
    pub prev: Option<&'a str>,
}

/// Parses a `Link` header. A URL may contain commas, so links are split at their brackets.
pub fn links(header: &str) -> Links<'_> {
    let mut links = Links::default();
    for link in text::parts(header, b'<').skip(1) {
        let Some((target, attributes)) = text::cut(link, b'>') else {
            continue;
        };
        let target = target.trim_ascii();
        if target.is_empty() {
            continue;
        }
        for attribute in text::parts(attributes, b';').flat_map(|part| text::parts(part, b',')) {
            let Some((name, value)) = text::cut(attribute, b'=') else {
                continue;
            };
            if !name.trim_ascii().eq_ignore_ascii_case("rel") {
                continue;
            }
            for relation in text::parts(text::unquote(value.trim_ascii()), b' ') {
                if relation.eq_ignore_ascii_case("next") {
                    links.next.get_or_insert(target);
                } else if relation.eq_ignore_ascii_case("prev")
                    || relation.eq_ignore_ascii_case("previous")
                {
                    links.prev.get_or_insert(target);
                }
            }
        }
    }
    links
}

/// The number of entries in a response: of a list, or of the longest list in it (search has three).
pub fn entry_count(page: &JsValue) -> u32 {
    let length = |value: &JsValue| {
        if Array::is_array(value) {
            value.unchecked_ref::<Array>().length()
        } else {
            0
        }
    };
    if !page.is_object() {
        return 0;
    }
    if Array::is_array(page) {
        return length(page);
    }
    Object::values(page.unchecked_ref::<Object>())
        .iter()
        .map(|part| length(&part))
        .max()
        .unwrap_or(0)
}

/// Whether the entries of a page have ids that are not numbers.
pub fn ids_are_texts(page: &JsValue) -> bool {
    Array::is_array(page)
        && js::text_of(&page.unchecked_ref::<Array>().get(0), Name::Id)
            .is_some_and(|id| !text::is_digits(&id))
}

/// Adds `pagination` to a response: the request's parameters, overridden by those of the links. Without
/// links, a page by offset gets the next and the previous offset.
pub fn attach(page: &JsValue, header: Option<&str>, request: &Request, origin: &str) {
    if !page.is_object() {
        return;
    }
    let links = links(header.unwrap_or_default());
    let pagination = Object::new();
    let bound = links.next.and_then(|_| bound(request, links.prev));
    let next = follow_link(links.next, request, bound, origin);
    let prev = follow_link(links.prev, request, None, origin);
    js::set(&pagination, Name::Next, &next);
    js::set(&pagination, Name::Prev, &prev);
    if request.answer == Answer::OffsetPage && links.next.is_none() && links.prev.is_none() {
        let (here, own) = (Params::of(request, &[]), entry_count(page));
        let (offset, limit) = (here.number("offset"), here.number("limit"));
        let known = request.continues.unwrap_or_default();
        // The last page has fewer entries than the others.
        let size = known.size.max(own);
        let at = |offset: u32| {
            let params = Params::of(request, &["offset"]);
            params.add("offset", &js::integer_text(offset).into());
            let info = info(request.method, &request.path, &params);
            js::set(&info, SIZE, &size.into());
            info
        };
        if own > 0 {
            let next = at(offset.saturating_add(own));
            js::set(&next, FROM, &offset.into());
            js::set(&pagination, Name::Next, &next);
        }
        if offset > 0 {
            let step = [known.size, limit].into_iter().find(|step| *step > 0);
            let from = known.from.filter(|from| *from < offset);
            let prev = at(from.unwrap_or(offset.saturating_sub(step.unwrap_or(own))));
            js::set(&pagination, Name::Prev, &prev);
        }
    }
    js::define_hidden(page, Name::Pagination, &pagination);
}

/// The caller's limit for old entries, at which the following pages must end too. Servers accept `since_id`
/// together with the cursor of a page.
fn bound(request: &Request, prev: Option<&str>) -> Option<JsValue> {
    let params = Params::of(request, &[]);
    let named = |name: &str| Some(js::get(&params.0, name)).filter(JsValue::is_string);
    if request.continues.is_none() {
        return named("since_id").or_else(|| named("min_id"));
    }
    // Some servers use `since_id` as the cursor of newer pages, without `max_id`. Then it is not the caller's
    // limit.
    let is_cursor = prev.is_some_and(|prev| text::has(prev, "since_id="));
    named("since_id").filter(|_| js::has_own(&params.0, "max_id") || !is_cursor)
}

/// The request of a link, in stored form, or null.
fn follow_link(
    target: Option<&str>,
    request: &Request,
    bound: Option<JsValue>,
    origin: &str,
) -> JsValue {
    let Some(target) = target else {
        return JsValue::NULL;
    };
    let params = Params::of(request, &CURSORS);
    if let Some(bound) = bound {
        params.add("since_id", &bound);
    }
    match url::continuation(origin, target, &request.path) {
        Ok(url) => {
            let pairs = query_pairs(&url.search_params());
            // A cursor without a value would lead to the first page again.
            let empty = pairs.iter().any(|(name, value)| {
                value.as_string().as_deref() == Some("")
                    && name
                        .as_string()
                        .is_some_and(|name| CURSORS.contains(&name.as_str()))
            });
            if empty {
                return JsValue::NULL;
            }
            params.replace(&pairs);
            info(request.method, &url.pathname(), &params).into()
        }
        // Stored, so that the error can name the other server.
        Err(origin) if !origin.is_empty() => {
            let info = info(request.method, "/", &params);
            js::set(&info, "origin", &origin.into());
            info.into()
        }
        Err(_) => JsValue::NULL,
    }
}

/// The stored request that continues a page in this direction, or null if it is the last page.
///
/// # Errors
/// The value is not a page: copies of a page have no `pagination`.
pub fn info_of(
    method: &str,
    name: &str,
    page: &JsValue,
    direction: Direction,
) -> Result<JsValue, Error> {
    let read = || -> Result<Option<JsValue>, JsValue> {
        let inner = js::caller_get(page, "pagination")?;
        let pagination = if js::is_nothing(&inner) {
            page.clone()
        } else {
            inner
        };
        let info = if js::caller_get(&pagination, "path")?.is_string() {
            pagination
        } else {
            let key = direction.key().js().as_string().unwrap_or_default();
            js::caller_get(&pagination, &key)?
        };
        if info.is_null() {
            return Ok(Some(info));
        }
        if !js::caller_get(&info, "path")?.is_string() {
            return Ok(None);
        }
        // Copied, because the caller may change the object while the page is requested.
        Ok(Some(js::parse_json(js::print_json(&info)?.as_ref())?))
    };
    match read() {
        Err(cause) => Err(Error::unreadable(method, name, cause)),
        Ok(Some(info)) => Ok(info),
        Ok(None) if js::caller_is_array(page) == Ok(true) => Err(Error::illegal(
            method,
            &[
                "`",
                name,
                "` is a list without `pagination`: a copy of a page (`filter`, spread, JSON) loses it. Pass the page itself, or keep its `pagination` and pass that",
            ],
        )),
        Ok(None) => Err(Error::invalid_argument(
            method,
            name,
            "a page or its `pagination`",
            page,
        )),
    }
}

/// Sets parameters of a stored request, which replace those with the same names.
pub fn add_params(info: &JsValue, pairs: &Pairs) {
    let params = js::get(info, Name::Params);
    if !params.is_object() {
        return;
    }
    let mut flat = Vec::new();
    flatten(pairs, &mut |name, value| {
        flat.push((name.clone(), value.clone()));
    });
    Params(params.unchecked_into()).replace(&flat);
}

/// The request for a stored one.
///
/// # Errors
/// It leads to another server, or is not valid.
pub fn request_of(method: &'static str, info: &JsValue) -> Result<Request, Error> {
    if let Some(origin) = js::text_of(info, "origin") {
        return Err(Error::new(
            Class::Mastodon,
            &[
                method,
                ": the page continues at ",
                &origin,
                ", which is another server. The token is not sent there",
            ],
        ));
    }
    let path = js::text_of(info, Name::Path).unwrap_or_default();
    if !path.starts_with('/')
        || path.bytes().any(|byte| b"?#\\".contains(&byte))
        || text::has(&path, "/../")
        || text::has(&path, "/./")
    {
        return Err(Error::illegal(
            method,
            &["this `pagination` has no valid path"],
        ));
    }
    let mut request = Request::get(method, &path);
    request.answer = Answer::Page;
    let count = |name: &str| js::get(info, name).as_f64().map(|count| count as u32);
    request.continues = Some(Continued {
        from: count(FROM),
        size: count(SIZE).unwrap_or(0),
    });
    let params = js::get(info, Name::Params);
    if js::is_record(&params) {
        for entry in Object::entries(params.unchecked_ref::<Object>()).iter() {
            let entry: &Array = entry.unchecked_ref();
            let (name, value) = (entry.get(0), entry.get(1));
            if name.as_string().as_deref() == Some("offset") {
                request.answer = Answer::OffsetPage;
            }
            let values = if Array::is_array(&value) {
                value.unchecked_into()
            } else {
                Array::of1(&value)
            };
            for value in values.iter().filter(|value| !value.is_object()) {
                request
                    .pairs
                    .push((name.clone(), js::primitive_text(&value).into()));
            }
        }
    }
    Ok(request)
}

/// A text that identifies the content of a page: the ids of its entries, or all its JSON if they have no ids.
pub fn signature(page: &JsValue) -> Option<String> {
    if entry_count(page) == 0 {
        return None;
    }
    let list = js::list(page);
    let ids: Vec<String> = list
        .iter()
        .map_while(|entry| js::id_text(&js::get(&entry, Name::Id)))
        .collect();
    if !ids.is_empty() && ids.len() as u32 == list.length() {
        return Some(text::join(&ids, " "));
    }
    js::print_json(page).ok().map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_header_names_next_and_prev() {
        let header = r#"<https://a.example/api?max_id=1,2>; rel="next", <https://a.example/api?min_id=9>; rel="prev""#;
        let expected = Links {
            next: Some("https://a.example/api?max_id=1,2"),
            prev: Some("https://a.example/api?min_id=9"),
        };
        assert_eq!(links(header), expected);
    }

    #[test]
    fn relations_are_read_in_every_spelling() {
        for (header, next, prev) in [
            ("<a>;rel=next", Some("a"), None),
            ("<a>; REL=\"NEXT\"", Some("a"), None),
            ("<a>; title=\"x\"; rel=previous", None, Some("a")),
            ("<a>; rel=\"first next\"", Some("a"), None),
            ("<a>; rel=next, <b>; rel=next", Some("a"), None),
            ("< a >; rel=next", Some("a"), None),
            ("<>; rel=next", None, None),
            ("<a; rel=next", None, None),
            ("a; rel=next", None, None),
            ("<a>; rel=last", None, None),
            ("", None, None),
        ] {
            assert_eq!(links(header), Links { next, prev }, "{header}");
        }
    }

    #[test]
    fn an_index_in_brackets_is_none() {
        assert_eq!(canonical("types[0]"), "types[]");
        assert_eq!(canonical("types[]"), "types[]");
        assert_eq!(canonical("a[b][12]"), "a[b][]");
        assert_eq!(canonical("limit"), "limit");
        assert_eq!(canonical("a[b]"), "a[b]");
    }

    #[test]
    fn a_header_of_nothing_but_brackets_takes_no_longer_than_it_is_long() {
        for part in ["<", ">", "<>", ";", "rel=", "\""] {
            let header = part.repeat(200_000);
            let start = std::time::Instant::now();
            links(&header);
            assert!(start.elapsed().as_secs() < 2, "{part}");
        }
    }
}

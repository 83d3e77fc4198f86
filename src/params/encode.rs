//! Encodes checked values: as a query or form, as multipart, or as JSON.

use super::check::is_file;
use super::upload::to_file;
use crate::js;
use crate::text;
use js_sys::{Array, JsString, Object};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type URLSearchParams;
    #[wasm_bindgen(constructor)]
    fn new() -> URLSearchParams;
    #[wasm_bindgen(method)]
    fn append(this: &URLSearchParams, name: &JsValue, value: &JsValue);
    #[wasm_bindgen(method, js_name = toString)]
    fn text(this: &URLSearchParams) -> JsString;

    type FormData;
    #[wasm_bindgen(constructor)]
    fn new() -> FormData;
    #[wasm_bindgen(method, catch)]
    fn append(this: &FormData, name: &JsValue, value: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(js_namespace = Object, js_name = create)]
    fn object_create(prototype: &JsValue) -> JsValue;
}

/// How parameters are encoded into a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// `application/json`, or multipart if there is a file.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
}

/// Names on the wire with their values.
pub type Pairs = [(JsValue, JsValue)];

/// Calls `each` with every value and its full name, in the syntax of Rails: `a[]` for list items, `a[b]` for
/// fields of an object. An empty list is `a[]` with an empty value, because a form cannot express it
/// otherwise.
pub fn flatten(pairs: &Pairs, each: &mut dyn FnMut(&JsValue, &JsValue)) {
    for (name, value) in pairs {
        flatten_value(name, value, each);
    }
}

fn flatten_value(name: &JsValue, value: &JsValue, each: &mut dyn FnMut(&JsValue, &JsValue)) {
    if Array::is_array(value) {
        let name = name.unchecked_ref::<JsString>().concat(&"[]".into());
        let list: &Array = value.unchecked_ref();
        if list.length() == 0 {
            each(&name, &"".into());
        }
        for item in list.iter() {
            flatten_value(&name, &item, each);
        }
    } else if value.is_object() && !is_file(value) {
        for key in Object::keys(value.unchecked_ref::<Object>()).iter() {
            let part = js::get(value, &key);
            let name = name
                .unchecked_ref::<JsString>()
                .concat(&"[".into())
                .concat(&key)
                .concat(&"]".into());
            flatten_value(&name, &part, each);
        }
    } else if value.is_null() {
        each(name, &"".into());
    } else if !value.is_undefined() {
        each(name, value);
    }
}

/// A query: `a=1&b%5B%5D=2`.
pub fn form(pairs: &Pairs) -> JsString {
    let params = URLSearchParams::new();
    flatten(pairs, &mut |name, value| params.append(name, value));
    params.text()
}

/// A JSON object. Brackets in names create inner objects (`data[alerts][follow]`). These objects have no
/// prototype, so `__proto__` is a name like any other.
fn json(pairs: &Pairs) -> Result<JsValue, JsValue> {
    let tree = object_create(&JsValue::NULL);
    for (name, value) in pairs {
        let name = name.as_string().unwrap_or_default();
        // `a[]` is how forms write a list.
        let (name, value) = match name.strip_suffix("[]") {
            Some(name) if Array::is_array(value) => (name, value.clone()),
            Some(name) => (name, Array::of1(value).into()),
            None => (name.as_str(), value.clone()),
        };
        let mut inner = tree.clone();
        let mut parts = text::parts(name, b'[')
            .map(|part| part.strip_suffix(']').unwrap_or(part))
            .peekable();
        while let Some(part) = parts.next() {
            if parts.peek().is_none() {
                js::set(&inner, part, &value);
                break;
            }
            let mut next = js::get(&inner, part);
            if !next.is_object() {
                next = object_create(&JsValue::NULL);
                js::set(&inner, part, &next);
            }
            inner = next;
        }
    }
    js::print_json(&tree).map(Into::into)
}

/// The body of a request.
#[derive(Debug)]
pub enum Body {
    /// No body. Some servers reject a content type with an empty body.
    Empty,
    /// JSON.
    Json(JsValue),
    /// A form.
    Form(JsValue),
    /// A form with files. Its content type contains the boundary.
    Multipart(JsValue),
}

/// Whether [`Encoding::Json`] writes these as JSON.
pub fn is_json(pairs: &Pairs) -> bool {
    !pairs.is_empty() && !has_file(pairs)
}

fn has_file(pairs: &Pairs) -> bool {
    let mut has_file = false;
    flatten(pairs, &mut |_, value| has_file |= is_file(value));
    has_file
}

/// Encodes a body.
///
/// # Errors
/// A value cannot be encoded: the buffer of a file was detached, or `extra` contains a `BigInt`.
pub fn body(pairs: &Pairs, encoding: Encoding) -> Result<Body, JsValue> {
    if pairs.is_empty() {
        return Ok(Body::Empty);
    }
    if has_file(pairs) {
        let data = FormData::new();
        let mut result = Ok(());
        flatten(pairs, &mut |name, value| {
            let part = if is_file(value) {
                to_file(value, None, None)
            } else {
                Ok(value.clone())
            };
            if let Err(cause) = part.and_then(|part| data.append(name, &part)) {
                result = Err(cause);
            }
        });
        return result.map(|()| Body::Multipart(data.into()));
    }
    match encoding {
        Encoding::Json => json(pairs).map(Body::Json),
        Encoding::Form => Ok(Body::Form(form(pairs).into())),
    }
}

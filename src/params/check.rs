//! The one function that looks into what a caller passed.
//!
//! What a single value means is the platform's to say, and stands in check.js: dates, files, big
//! numbers. Here is what there must be: names, lists, objects, closed sets. Texts cross the border between
//! the two only where they must, since each costs as much as all the rest: refusals are worded in
//! JavaScript, which knows the method.

use super::suggest::nearest;
use super::table::{ONE_OF, RECORD, Row, rows};
use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/params/check.js")]
extern "C" {
    // Getters and proxies are the caller's code: what they throw must be caught.
    /// Names and values of an object, one after the other.
    #[wasm_bindgen(catch)]
    fn entries(object: &JsValue, optional: bool) -> Result<Array, JsValue>;
    /// A value of a kind as it goes into the request.
    #[wasm_bindgen(catch)]
    fn convert(kind: u8, value: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    fn list(value: &JsValue) -> Result<Array, JsValue>;
    /// An object of names, names on the wire and values, one after the other.
    fn record(flat: &Array) -> JsValue;
    #[wasm_bindgen(js_name = noneOf)]
    fn none_of(allowed: &str, value: &JsValue) -> JsValue;
    fn unknown(name: &JsValue, near: Option<&str>) -> JsValue;
    /// Says of a refusal which parameter it is about.
    fn blame(refusal: JsValue, name: &str) -> JsValue;
}

/// Checks the arguments of a call: `values` are the positional ones and the options object. Gives what
/// was passed: name, name on the wire where that is another one, and value, one after the other. What is
/// `undefined` or `null` was not given. `loose`: a name that is unknown and not nearly one of ours belongs
/// to somebody else.
pub fn check(required: &str, options: &str, loose: bool, values: &Array) -> Result<Array, JsValue> {
    let out = Array::new();
    let mut at = 0;
    for row in rows(required, ' ') {
        one(&row, &row.name.into(), &values.get(at), &out)?;
        at += 1;
    }
    each(options, ' ', loose, &values.get(at), &out)?;
    Ok(out)
}

fn each(
    table: &str,
    between: char,
    loose: bool,
    object: &JsValue,
    out: &Array,
) -> Result<(), JsValue> {
    let entries = entries(object, between == ' ')?;
    let mut at = 0;
    while at < entries.length() {
        let key = entries.get(at);
        let value = entries.get(at + 1);
        at += 2;
        let name = key.as_string().unwrap_or_default();
        let mut known = rows(table, between);
        if let Some(row) = known.find(|row| row.name == name) {
            one(&row, &key, &value, out)?;
            continue;
        }
        let near = nearest(&name, rows(table, between).map(|row| row.name));
        if near.is_some() || !loose {
            return Err(unknown(&key, near));
        }
    }
    Ok(())
}

fn one(row: &Row<'_>, name: &JsValue, value: &JsValue, out: &Array) -> Result<(), JsValue> {
    let value = converted(row, value).map_err(|refusal| blame(refusal, row.name))?;
    out.push(name);
    if row.wire == row.name {
        out.push(&JsValue::UNDEFINED);
    } else {
        out.push(&row.wire.into());
    }
    out.push(&value);
    Ok(())
}

fn converted(row: &Row<'_>, value: &JsValue) -> Result<JsValue, JsValue> {
    if !row.list {
        return convert_one(row, value);
    }
    let items = Array::new();
    for item in list(value)?.iter() {
        items.push(&convert_one(row, &item)?);
    }
    Ok(items.into())
}

fn convert_one(row: &Row<'_>, value: &JsValue) -> Result<JsValue, JsValue> {
    if row.kind == ONE_OF {
        let text = value.as_string().unwrap_or_default();
        return if row.inner.split(',').any(|allowed| allowed == text) {
            Ok(value.clone())
        } else {
            Err(none_of(row.inner, value))
        };
    }
    if row.kind == RECORD {
        let flat = Array::new();
        each(row.inner, ',', false, value, &flat)?;
        return Ok(record(&flat));
    }
    convert(row.kind, value)
}

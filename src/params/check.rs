//! The one function that looks into what a caller passed.
//!
//! What a single value means is the platform's to say, and stands in check.js: dates, files, big
//! numbers. Here is what there must be: names, lists, objects, closed sets.

use super::suggest::nearest;
use super::table::{ONE_OF, RECORD, Row, rows};
use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/params/check.js")]
extern "C" {
    // Getters and proxies are the caller's code: what they throw must be caught.
    #[wasm_bindgen(catch)]
    fn entries(
        method: &str,
        name: &str,
        object: &JsValue,
        optional: bool,
    ) -> Result<Array, JsValue>;
    /// A value of a kind as it goes into the request, or the error.
    #[wasm_bindgen(catch)]
    fn convert(method: &str, name: &str, kind: u8, value: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    fn list(method: &str, name: &str, value: &JsValue) -> Result<Array, JsValue>;
    /// An object of names and values, one after the other.
    fn record(flat: &Array) -> JsValue;
}

#[wasm_bindgen(module = "/src/error.js")]
extern "C" {
    #[wasm_bindgen(js_name = noneOf)]
    fn none_of(method: &str, name: &str, allowed: &str, value: &JsValue) -> JsValue;
    fn unknown(method: &str, name: &str, near: Option<&str>) -> JsValue;
}

/// Checks the arguments of a call: `values` are the positional ones and the options object. Gives what
/// was passed, as name, name on the wire and value, one after the other. What is `undefined` or `null`
/// was not given. `loose`: a name that is unknown and not nearly one of ours belongs to somebody else.
#[wasm_bindgen(skip_typescript)]
pub fn check(
    method: &str,
    required: &str,
    options: &str,
    loose: bool,
    values: &Array,
) -> Result<Array, JsValue> {
    let out = Array::new();
    let mut at = 0;
    for row in rows(required, ' ') {
        one(method, &row, &values.get(at), &mut |part| {
            out.push(part);
        })?;
        at += 1;
    }
    let call = Names {
        method,
        name: "options",
        between: ' ',
        loose,
    };
    each(&call, options, &values.get(at), &mut |part| {
        out.push(part);
    })?;
    Ok(out)
}

/// Where names are looked up, and what it is called in messages.
struct Names<'a> {
    method: &'a str,
    name: &'a str,
    between: char,
    loose: bool,
}

fn each(
    names: &Names<'_>,
    table: &str,
    object: &JsValue,
    out: &mut dyn FnMut(&JsValue),
) -> Result<(), JsValue> {
    let entries = entries(names.method, names.name, object, names.between == ' ')?;
    let mut at = 0;
    while at < entries.length() {
        let key = entries.get(at).as_string().unwrap_or_default();
        let value = entries.get(at + 1);
        at += 2;
        let mut known = rows(table, names.between);
        if let Some(row) = known.find(|row| row.name == key) {
            one(names.method, &row, &value, out)?;
            continue;
        }
        let near = nearest(&key, rows(table, names.between).map(|row| row.name));
        if near.is_some() || !names.loose {
            return Err(unknown(names.method, &key, near));
        }
    }
    Ok(())
}

fn one(
    method: &str,
    row: &Row<'_>,
    value: &JsValue,
    out: &mut dyn FnMut(&JsValue),
) -> Result<(), JsValue> {
    let value = if row.list {
        let items = Array::new();
        for item in list(method, row.name, value)?.iter() {
            items.push(&convert_one(method, row, &item)?);
        }
        items.into()
    } else {
        convert_one(method, row, value)?
    };
    out(&row.name.into());
    out(&row.wire.into());
    out(&value);
    Ok(())
}

fn convert_one(method: &str, row: &Row<'_>, value: &JsValue) -> Result<JsValue, JsValue> {
    if row.kind == ONE_OF {
        let text = value.as_string().unwrap_or_default();
        return if row.inner.split(',').any(|allowed| allowed == text) {
            Ok(value.clone())
        } else {
            Err(none_of(method, row.name, row.inner, value))
        };
    }
    if row.kind == RECORD {
        let flat = Array::new();
        let names = Names {
            method: &[method, "'s `", row.name, "`"].concat(),
            name: row.name,
            between: ',',
            loose: false,
        };
        each(&names, row.inner, value, &mut |part| {
            flat.push(part);
        })?;
        return Ok(record(&flat));
    }
    convert(method, row.name, row.kind, value)
}

//! What JavaScript asks of the tables. It walks what a caller passed by itself (check.js): texts that
//! cross the border cost more than all the rest, so each table crosses once, when its method is first
//! called.

use super::suggest;
use super::table::{ONE_OF, RECORD, Row, rows};
use js_sys::Array;
use wasm_bindgen::prelude::*;

/// The parameters of a table, five items each: name, name on the wire, whether it is a list, letter of
/// the kind, and what belongs to the kind: the texts of a closed set, or the parameters of an object.
#[wasm_bindgen(skip_typescript)]
pub fn parameters(table: &str) -> Array {
    read(table, ' ')
}

fn read(table: &str, between: char) -> Array {
    let out = Array::new();
    for row in rows(table, between) {
        out.push(&row.name.into());
        out.push(&row.wire.into());
        out.push(&row.list.into());
        out.push(&row.kind.into());
        out.push(&inner(&row));
    }
    out
}

fn inner(row: &Row<'_>) -> JsValue {
    match row.kind {
        ONE_OF => row
            .inner
            .split(',')
            .map(JsValue::from)
            .collect::<Array>()
            .into(),
        RECORD => read(row.inner, ',').into(),
        _ => JsValue::UNDEFINED,
    }
}

/// The name of a list, with spaces between, that somebody meant.
#[wasm_bindgen(skip_typescript)]
pub fn nearest(typed: &str, names: &str) -> Option<String> {
    suggest::nearest(typed, names.split(' ')).map(str::to_owned)
}

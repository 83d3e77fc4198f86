//! Files: what a caller has, as something that a form can carry.

use super::{Arguments, Value};
use wasm_bindgen::prelude::*;
use web_sys::File;

#[wasm_bindgen(module = "/src/params/upload.js")]
extern "C" {
    /// A `File` with a name and a type: those given, else those that it has, else what its bytes say.
    #[wasm_bindgen(catch, js_name = toFile)]
    pub fn to_file(
        value: &JsValue,
        name: Option<&str>,
        kind: Option<&str>,
    ) -> Result<File, JsValue>;
}

/// Turns a file among the arguments into a `File`, by the name and the type that were given beside it.
/// Its bytes are copied: by the time they are read, they may be the caller's to overwrite.
pub fn complete(
    arguments: &mut Arguments,
    (file, wire): (&'static str, &'static str),
    name: &str,
    kind: &str,
) -> Result<(), JsValue> {
    let (name, kind) = (arguments.take_text(name), arguments.take_text(kind));
    if let Some(value) = arguments.take_js(file) {
        let value = to_file(&value, name.as_deref(), kind.as_deref())?;
        arguments.push(file, wire, Value::Js(value.into()));
    }
    Ok(())
}

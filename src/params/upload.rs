//! Files: what a caller has, as something that a form can carry.

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

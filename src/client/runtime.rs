//! The kind of runtime, which the package's entries set (js/runtime.js).

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/runtime.js")]
extern "C" {
    /// Whether this is a server runtime or an edge worker, not a browser.
    #[wasm_bindgen(js_name = isServer)]
    pub fn is_server() -> bool;
    /// Whether this is a page.
    #[wasm_bindgen(js_name = isPage)]
    pub fn is_page() -> bool;
}

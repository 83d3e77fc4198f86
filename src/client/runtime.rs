//! What kind of runtime this is: the package's entries say it (js/runtime.js).

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/runtime.js")]
extern "C" {
    /// Whether this is a server's runtime, or a worker on the edge, and not a browser's.
    #[wasm_bindgen(js_name = isServer)]
    pub fn is_server() -> bool;
    /// Whether this is a page.
    #[wasm_bindgen(js_name = isPage)]
    pub fn is_page() -> bool;
}

//! `fetch` → response → JSON value or error. Knows no endpoint.
//!
//! What only moves JavaScript values about is written in http.js: there it takes a tenth of the bytes.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

#[wasm_bindgen(module = "/src/http.js")]
extern "C" {
    /// The answer that [`exchange`] resolves to.
    #[derive(Debug, Clone)]
    pub type Reply;
    /// Its status.
    #[wasm_bindgen(method, getter, structural)]
    pub fn status(this: &Reply) -> u16;
    /// Its body.
    #[wasm_bindgen(method, getter, structural)]
    pub fn text(this: &Reply) -> String;

    /// Calls `fetch`. Rejects only where there was no answer at all. `manual`: redirects are not
    /// followed.
    pub fn exchange(
        fetch: &Function,
        url: &str,
        verb: &str,
        signal: &AbortSignal,
        token: Option<&str>,
        agent: Option<&str>,
        idempotency_key: Option<&str>,
        content_type: Option<&str>,
        body: &JsValue,
        manual: bool,
    ) -> Promise;

    /// A header by its lower-case name.
    pub fn header(reply: &Reply, name: &str) -> Option<String>;

    /// A date as milliseconds since 1970, or NaN.
    pub fn date(text: &str) -> f64;

    /// The JSON of an answer, undefined where nothing is due, or the error that it stands for.
    #[wasm_bindgen(catch)]
    pub fn read(
        reply: &Reply,
        nothing: bool,
        verb: &str,
        origin: &str,
        path: &str,
        secrets: &Array,
    ) -> Result<JsValue, JsValue>;

    /// The error for a request without an answer.
    pub fn unreachable(
        verb: &str,
        origin: &str,
        path: &str,
        secrets: &Array,
        cause: &JsValue,
    ) -> JsValue;
}

//! The class for JavaScript, beside the methods that rows give it.

use super::perform::perform_with;
use super::request::request;
use crate::client::Mastodon;
use crate::client::call::{Work, promise};
use crate::{js, login};
use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
impl Mastodon {
    /// Makes a client. Nothing is sent.
    ///
    /// # Errors
    /// An option is wrong.
    #[wasm_bindgen(constructor)]
    pub fn new(options: JsValue) -> Result<Mastodon, JsValue> {
        login::client("Mastodon", &options)
            .map(Self::from)
            .map_err(JsValue::from)
    }

    /// The same, as a promise; the loader brings the module first.
    #[wasm_bindgen(skip_typescript)]
    pub fn connect(options: JsValue) -> js_sys::Promise {
        let client = login::client("connect", &options).map(|client| Self::from(client).into());
        promise(client.map(|client| Box::pin(std::future::ready(Ok(client))) as Work))
    }

    /// The server's address.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn api_base_url(&self) -> String {
        self.client.origin.clone()
    }

    /// The rate limit as the server last told it.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn ratelimit(&self) -> JsValue {
        self.client.ratelimit_value()
    }

    /// The scopes that were granted.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn scopes(&self) -> JsValue {
        let scopes = self.client.scopes.borrow();
        let Some(scopes) = &*scopes else {
            return JsValue::NULL;
        };
        let list = Array::new();
        for scope in crate::text::parts(scopes, b' ') {
            list.push(&scope.into());
        }
        list.into()
    }

    /// Any request.
    #[wasm_bindgen(skip_typescript)]
    pub fn request(
        &self,
        verb: JsValue,
        path: JsValue,
        params: JsValue,
        options: JsValue,
    ) -> js_sys::Promise {
        let values = Array::of1(&options);
        perform_with(
            &self.client,
            const { super::index_of("request") },
            &values,
            move |call| request(call, &verb, &path, &params),
        )
    }

    /// Ends the client.
    #[wasm_bindgen(skip_typescript)]
    pub fn close(&self) {
        self.client.close();
    }

    /// Shows no secret.
    #[wasm_bindgen(js_name = toString, skip_typescript)]
    pub fn to_text(&self) -> String {
        ["[Mastodon ", &self.client.origin, "]"].concat()
    }

    /// Shows no secret.
    #[wasm_bindgen(js_name = toJSON, skip_typescript)]
    pub fn to_json(&self) -> JsValue {
        js::object(&[("api_base_url", self.client.origin.as_str().into())]).into()
    }
}

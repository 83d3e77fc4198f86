//! URLs, parsed by the platform.

use wasm_bindgen::prelude::*;
use web_sys::UrlSearchParams;

#[wasm_bindgen]
extern "C" {
    /// A URL, parsed by the platform.
    #[wasm_bindgen(js_name = URL)]
    #[derive(Clone, Debug)]
    pub type Url;
    #[wasm_bindgen(constructor, js_class = "URL", catch)]
    fn parse(address: &str, base: &JsValue) -> Result<Url, JsValue>;
    // One import for all parts, because each import adds to the size.
    #[wasm_bindgen(method, structural, indexing_getter)]
    fn part(this: &Url, name: &str) -> String;
}

/// The parts of a URL, by name.
macro_rules! parts {
    ($($(#[doc = $doc:literal])* $part:ident,)*) => {
        impl Url {
            $(
                $(#[doc = $doc])*
                pub fn $part(&self) -> String {
                    self.part(stringify!($part))
                }
            )*
        }
    };
}
parts! {
    /// The whole URL.
    href,
    /// Scheme, host and port.
    origin,
    /// The scheme, with its colon.
    protocol,
    /// The user name.
    username,
    /// The password.
    password,
    /// The host's name and port.
    host,
    /// The host's name.
    hostname,
    /// The path.
    pathname,
    /// The query, with its question mark.
    search,
    /// The fragment, with its hash sign.
    hash,
}

impl Url {
    /// Parses a URL.
    ///
    /// # Errors
    /// The text is not a URL.
    pub fn new(address: &str) -> Result<Self, JsValue> {
        Self::parse(address, &JsValue::UNDEFINED)
    }

    /// Parses a URL that may be relative to another.
    ///
    /// # Errors
    /// One of the texts is not a URL.
    pub fn new_with_base(address: &str, base: &str) -> Result<Self, JsValue> {
        Self::parse(address, &base.into())
    }

    /// The query's parameters.
    pub fn search_params(&self) -> UrlSearchParams {
        super::get(self, "searchParams").unchecked_into()
    }
}

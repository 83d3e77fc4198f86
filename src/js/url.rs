//! Addresses, as the platform reads them.

use wasm_bindgen::prelude::*;
use web_sys::UrlSearchParams;

#[wasm_bindgen]
extern "C" {
    /// An address, as the platform reads it.
    #[wasm_bindgen(js_name = URL)]
    #[derive(Clone, Debug)]
    pub type Url;
    #[wasm_bindgen(constructor, js_class = "URL", catch)]
    fn parse(address: &str, base: &JsValue) -> Result<Url, JsValue>;
    // One import for all parts: each further one costs as much as this.
    #[wasm_bindgen(method, structural, indexing_getter)]
    fn part(this: &Url, name: &str) -> String;
}

/// The texts of an address by their names.
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
    /// All of it.
    href,
    /// Scheme, host and port.
    origin,
    /// The scheme, with its colon.
    protocol,
    /// The user's name.
    username,
    /// Their password.
    password,
    /// Name and port of the host.
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
    /// Reads an address.
    ///
    /// # Errors
    /// It is none.
    pub fn new(address: &str) -> Result<Self, JsValue> {
        Self::parse(address, &JsValue::UNDEFINED)
    }

    /// Reads an address that may be relative to another.
    ///
    /// # Errors
    /// It is none, or the other is none.
    pub fn new_with_base(address: &str, base: &str) -> Result<Self, JsValue> {
        Self::parse(address, &base.into())
    }

    /// The query's parameters.
    pub fn search_params(&self) -> UrlSearchParams {
        super::get(self, "searchParams").unchecked_into()
    }
}

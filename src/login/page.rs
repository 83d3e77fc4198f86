//! The page that starts a login and that the user returns to: its URL and its history.

use crate::js::{self, Url};
use js_sys::Function;
use wasm_bindgen::prelude::*;

/// The current page.
#[derive(Debug)]
pub struct Page {
    location: JsValue,
}

impl Page {
    /// The current page; `None` if there is no page (in a worker or Node).
    pub fn current() -> Option<Self> {
        let location = js::global("location");
        (js::global("document").is_object() && location.is_object()).then_some(Self { location })
    }

    fn part(&self, name: &str) -> String {
        js::text_of(&self.location, name).unwrap_or_default()
    }

    /// `https://app.example`
    pub fn origin(&self) -> String {
        self.part("origin")
    }

    /// The query, with its question mark.
    pub fn query(&self) -> String {
        self.part("search")
    }

    /// The URL without query and fragment.
    pub fn address(&self) -> String {
        [self.origin(), self.part("pathname")].concat()
    }

    /// Whether a URL, without its query, is the URL of this page.
    pub fn is_at(&self, address: &str) -> bool {
        crate::text::before(address, b'?').0 == self.address()
    }

    /// Parses a URL, which must have this page's origin.
    pub fn own(&self, given: &str) -> Option<Url> {
        let url = Url::new_with_base(given, &self.part("href")).ok()?;
        // If the origin is opaque (file:), `javascript:` URLs have the same one.
        (url.origin() == self.origin() && url.protocol() == self.part("protocol")).then_some(url)
    }

    /// Replaces the query of the URL, without loading the page again.
    pub fn replace_query(&self, query: &str) {
        replace_address(&[&self.part("pathname"), query, &self.part("hash")].concat());
    }

    /// Goes to another page; the back button returns to this one.
    pub fn leave(&self, url: &str) {
        call(&self.location, "assign", &[url.into()]);
    }

    /// Goes to a URL: without loading if only the query or the fragment differs.
    pub fn go_on(&self, target: &Url) {
        if target.pathname() == self.part("pathname") {
            replace_address(&target.href());
        } else {
            call(&self.location, "replace", &[target.href().into()]);
        }
    }
}

fn replace_address(address: &str) {
    let history = js::global("history");
    let state = js::get(&history, "state");
    call(
        &history,
        "replaceState",
        &[state, "".into(), address.into()],
    );
}

/// Calls a method of a platform object, if it exists. Errors are ignored: a page that cannot leave stays.
pub fn call(object: &JsValue, name: &str, values: &[JsValue]) -> JsValue {
    match js::get(object, name).dyn_into::<Function>() {
        Ok(method) => js::call(&method, object, values).unwrap_or_default(),
        Err(_) => JsValue::UNDEFINED,
    }
}

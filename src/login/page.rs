//! The page that a login leaves and comes back to: its address and its history.

use crate::js::{self, Url};
use js_sys::Function;
use wasm_bindgen::prelude::*;

/// The page that this runs in.
#[derive(Debug)]
pub struct Page {
    location: JsValue,
}

impl Page {
    /// None where there is no page: in a worker, in Node.
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

    /// The address without query and fragment.
    pub fn address(&self) -> String {
        [self.origin(), self.part("pathname")].concat()
    }

    /// Whether this is the page of an address, whatever its query.
    pub fn is_at(&self, address: &str) -> bool {
        crate::text::before(address, b'?').0 == self.address()
    }

    /// A page of this origin.
    pub fn own(&self, given: &str) -> Option<Url> {
        let url = Url::new_with_base(given, &self.part("href")).ok()?;
        // Where an origin is opaque (file:), `javascript:` has the same.
        (url.origin() == self.origin() && url.protocol() == self.part("protocol")).then_some(url)
    }

    /// Puts another query into the address, without loading anything.
    pub fn replace_query(&self, query: &str) {
        replace_address(&[&self.part("pathname"), query, &self.part("hash")].concat());
    }

    /// Leaves for another page; the browser's back button leads here.
    pub fn leave(&self, url: &str) {
        call(&self.location, "assign", &[url.into()]);
    }

    /// Goes on: within the page where only query or fragment differ, else to another one.
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

/// Calls a method of an object of the platform, where it is there. What it throws is of no use: a page that
/// cannot leave stays.
pub fn call(object: &JsValue, name: &str, values: &[JsValue]) -> JsValue {
    match js::get(object, name).dyn_into::<Function>() {
        Ok(method) => js::call(&method, object, values).unwrap_or_default(),
        Err(_) => JsValue::UNDEFINED,
    }
}

//! From one page to the others.

use crate::client::{Client, Endpoint, Mastodon, Scope, promise};
use crate::page;
use crate::params::{Kind, Options, RequestOptions, check, closed, options};
use js_sys::Promise;
use std::rc::Rc;
use tsify::Ts;
use wasm_bindgen::prelude::*;

closed! {
    /// Which way to go: `"next"` to what is older, `"previous"` to what is newer.
    PaginationDirection: "PaginationDirection" = "next" | "previous";
}

options! {
    /// Options of `paginationIterator` and `paginationPageIterator`.
    get PaginationIteratorOptions {
        /// Which way to go; `"next"` when it is not said.
        direction: PaginationDirection => "",
        /// Gives pairs: what is iterated over, and the stored form of the request that continues the
        /// page it is from (null on the last page).
        return_pagination_info: bool => "",
    }
}

#[wasm_bindgen(module = "/src/page.js")]
extern "C" {
    fn iterate(steps: Steps, start: &JsValue, direction: &str, flat: bool, info: bool) -> JsValue;
    fn gather(steps: Steps, start: &JsValue) -> Promise;
}

/// What walks from page to page: the call under an async iterator.
#[wasm_bindgen(skip_typescript)]
pub struct Steps {
    client: Rc<Client>,
    scope: Rc<Scope>,
    method: &'static str,
}

#[wasm_bindgen]
impl Steps {
    /// The page of a stored request.
    #[wasm_bindgen(skip_typescript)]
    pub fn follow(&self, info: JsValue) -> Promise {
        let (client, scope, method) = (self.client.clone(), self.scope.clone(), self.method);
        promise(async move { page::follow(&client, &scope, method, info).await })
    }
}

fn key(direction: Option<&str>) -> &'static str {
    if direction == Some("previous") {
        "prev"
    } else {
        "next"
    }
}

// The methods are documented, with their generic types, in pagination.d.ts.
#[wasm_bindgen]
impl Mastodon {
    /// The page after a page.
    #[wasm_bindgen(js_name = fetchNext, skip_typescript)]
    pub fn fetch_next(
        &self,
        previous_page: JsValue,
        options: Option<Ts<RequestOptions>>,
    ) -> Promise {
        self.follow("fetchNext", &previous_page, options, "next")
    }

    /// The page before a page.
    #[wasm_bindgen(js_name = fetchPrevious, skip_typescript)]
    pub fn fetch_previous(
        &self,
        next_page: JsValue,
        options: Option<Ts<RequestOptions>>,
    ) -> Promise {
        self.follow("fetchPrevious", &next_page, options, "prev")
    }

    /// All entries from a page on.
    #[wasm_bindgen(js_name = fetchRemaining, skip_typescript)]
    pub fn fetch_remaining(
        &self,
        first_page: JsValue,
        options: Option<Ts<RequestOptions>>,
    ) -> Promise {
        let found = page::info_of("fetchRemaining", &first_page, "next");
        match found.and_then(|_| self.steps("fetchRemaining", options)) {
            Ok((steps, ..)) => gather(steps, &first_page),
            Err(error) => Promise::reject(&error),
        }
    }

    /// One direction of a page.
    #[wasm_bindgen(js_name = getPaginationInfo, skip_typescript)]
    pub fn get_pagination_info(&self, page: JsValue, pagination_direction: JsValue) -> Promise {
        const METHOD: &str = "getPaginationInfo";
        let kind = Kind::OneOf(&["next", "previous"]);
        let direction = check(METHOD, "pagination_direction", &kind, &pagination_direction);
        promise(async move { page::info_of(METHOD, &page, key(direction?.text())) })
    }

    /// Entries, page after page.
    #[wasm_bindgen(js_name = paginationIterator, skip_typescript)]
    pub fn pagination_iterator(
        &self,
        start_page: JsValue,
        options: Option<Ts<PaginationIteratorOptions>>,
    ) -> Result<JsValue, JsValue> {
        self.iterate("paginationIterator", &start_page, options, true)
    }

    /// Page after page.
    #[wasm_bindgen(js_name = paginationPageIterator, skip_typescript)]
    pub fn pagination_page_iterator(
        &self,
        start_page: JsValue,
        options: Option<Ts<PaginationIteratorOptions>>,
    ) -> Result<JsValue, JsValue> {
        self.iterate("paginationPageIterator", &start_page, options, false)
    }
}

impl Mastodon {
    fn steps<O: Options>(
        &self,
        method: &'static str,
        options: Option<Ts<O>>,
    ) -> Result<(Steps, &'static str, bool), JsValue> {
        let mut call = self.prepare(&Endpoint::get(method, ""), &[], options)?;
        let direction = key(call.arguments.take_text("direction").as_deref());
        let info = call.arguments.take_flag("return_pagination_info");
        let steps = Steps {
            client: self.client(),
            scope: Rc::new(call.scope),
            method,
        };
        Ok((steps, direction, info))
    }

    fn follow(
        &self,
        method: &'static str,
        page: &JsValue,
        options: Option<Ts<RequestOptions>>,
        direction: &'static str,
    ) -> Promise {
        let info = page::info_of(method, page, direction);
        let steps = self.steps(method, options);
        promise(async move {
            let (steps, ..) = steps?;
            page::follow(&steps.client, &steps.scope, method, info?).await
        })
    }

    fn iterate(
        &self,
        method: &'static str,
        start: &JsValue,
        options: Option<Ts<PaginationIteratorOptions>>,
        flat: bool,
    ) -> Result<JsValue, JsValue> {
        page::info_of(method, start, "next")?;
        let (steps, direction, info) = self.steps(method, options)?;
        Ok(iterate(steps, start, direction, flat, info))
    }
}

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = include_str!("pagination.d.ts");

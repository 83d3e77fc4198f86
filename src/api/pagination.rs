//! From one page to the others.

use crate::client::{Client, Endpoint, Mastodon, Scope, arg, promise};
use crate::error::illegal;
use crate::page::{self, Direction, Walk};
use crate::params::{RequestOptions, closed, options};
use js_sys::{Array, Promise};
use std::cell::RefCell;
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
    fn iterate(walk: Pages, flat: bool, info: bool) -> JsValue;
}

/// The walk under an async iterator.
#[wasm_bindgen(skip_typescript)]
pub struct Pages {
    client: Rc<Client>,
    method: &'static str,
    walk: Rc<RefCell<Option<Walk>>>,
    scope: Rc<Scope>,
    direction: Direction,
    last: Rc<RefCell<JsValue>>,
}

#[wasm_bindgen]
impl Pages {
    /// The next page, or undefined.
    #[wasm_bindgen(skip_typescript)]
    pub fn next(&self) -> Promise {
        let (client, walk, scope, last, method) = (
            self.client.clone(),
            self.walk.clone(),
            self.scope.clone(),
            self.last.clone(),
            self.method,
        );
        promise(async move {
            // Taken out while it is waited for: an iterator asks for one page at a time.
            let Some(mut steps) = walk.take() else {
                return Ok(JsValue::UNDEFINED);
            };
            let page = steps.next(&client, &scope, method).await?;
            walk.replace(Some(steps));
            last.replace(page.clone().unwrap_or_default());
            Ok(page.unwrap_or_default())
        })
    }

    /// What continues the last page.
    #[wasm_bindgen(skip_typescript)]
    pub fn info(&self) -> JsValue {
        let page = self.last.borrow().clone();
        page::info_of(self.method, &page, self.direction).unwrap_or(JsValue::NULL)
    }
}

#[wasm_bindgen]
impl Mastodon {
    /// The page after a page. Documented, with its generic type, in pagination.d.ts, as are the others.
    #[wasm_bindgen(js_name = fetchNext, skip_typescript)]
    pub fn fetch_next(
        &self,
        previous_page: JsValue,
        options: Option<Ts<RequestOptions>>,
    ) -> Promise {
        self.follow("fetchNext", previous_page, options, Direction::Next)
    }

    /// The page before a page.
    #[wasm_bindgen(js_name = fetchPrevious, skip_typescript)]
    pub fn fetch_previous(
        &self,
        next_page: JsValue,
        options: Option<Ts<RequestOptions>>,
    ) -> Promise {
        self.follow("fetchPrevious", next_page, options, Direction::Previous)
    }

    /// All entries from a page on.
    #[wasm_bindgen(js_name = fetchRemaining, skip_typescript)]
    pub fn fetch_remaining(
        &self,
        first_page: JsValue,
        options: Option<Ts<RequestOptions>>,
    ) -> Promise {
        const METHOD: &str = "fetchRemaining";
        let (client, call) = (
            self.client(),
            self.prepare(&Endpoint::get(METHOD, ""), &[], options),
        );
        promise(async move {
            let scope = call?.scope;
            let mut walk = Walk::new(METHOD, &first_page, Direction::Next)?;
            let all = Array::new();
            while let Some(page) = walk.next(&client, &scope, METHOD).await? {
                let Some(page) = page.dyn_ref::<Array>() else {
                    return Err(illegal(METHOD, "only lists can be put together"));
                };
                page.for_each(&mut |entry, _, _| {
                    all.push(&entry);
                });
            }
            Ok(all.into())
        })
    }

    /// One direction of a page.
    #[wasm_bindgen(js_name = getPaginationInfo, skip_typescript)]
    pub fn get_pagination_info(
        &self,
        page: JsValue,
        pagination_direction: Ts<PaginationDirection>,
    ) -> Promise {
        const METHOD: &str = "getPaginationInfo";
        let direction = arg("pagination_direction", pagination_direction);
        let checked =
            crate::params::check(METHOD, &[direction.name], &direction.kind, &direction.value);
        promise(async move {
            page::info_of(
                METHOD,
                &page,
                Direction::from_text(checked?.text().unwrap_or_default()),
            )
        })
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
    fn follow(
        &self,
        method: &'static str,
        page: JsValue,
        options: Option<Ts<RequestOptions>>,
        direction: Direction,
    ) -> Promise {
        let (client, call) = (
            self.client(),
            self.prepare(&Endpoint::get(method, ""), &[], options),
        );
        promise(async move { page::follow(&client, &call?.scope, method, &page, direction).await })
    }

    fn iterate(
        &self,
        method: &'static str,
        start: &JsValue,
        options: Option<Ts<PaginationIteratorOptions>>,
        flat: bool,
    ) -> Result<JsValue, JsValue> {
        let mut call = self.prepare(&Endpoint::get(method, ""), &[], options)?;
        let direction =
            Direction::from_text(&call.arguments.take_text("direction").unwrap_or_default());
        let info = call.arguments.take_flag("return_pagination_info");
        let walk = Walk::new(method, start, direction)?;
        let pages = Pages {
            client: self.client(),
            method,
            walk: Rc::new(RefCell::new(Some(walk))),
            scope: Rc::new(call.scope),
            direction,
            last: Rc::default(),
        };
        Ok(iterate(pages, flat, info))
    }
}

// Generic methods, which wasm-bindgen has no words for, are declared here and merge with the class.
#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = include_str!("pagination.d.ts");

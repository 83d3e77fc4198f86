//! Walks from page to page: the requests that continue one, and the iterators over pages and entries.

use crate::client::Client;
use crate::client::call::JsWork;
use crate::client::scope::Scope;
use crate::client::send::send;
use crate::error::{Class, Error};
use crate::js::{self, Name};
use crate::page::{Direction, entry_count, info_of, request_of, signature};
use js_sys::{Array, Promise};
use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

#[wasm_bindgen(module = "/js/pages.js")]
extern "C" {
    fn generate(next: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = makeIterable)]
    fn make_iterable(promise: &Promise, iterate: &JsValue, client: u32);
}

/// The page of a stored request, or null where there is none.
///
/// # Errors
/// The request failed, or cannot be made.
pub async fn follow(scope: &Scope, method: &'static str, info: &JsValue) -> Result<JsValue, Error> {
    if js::is_nothing(info) {
        return Ok(JsValue::NULL);
    }
    let page = send(scope, request_of(method, info)?).await?;
    // The first method's name stays that of all pages.
    let (pagination, first) = (
        js::get(&page, Name::Pagination),
        js::get(info, Name::Method),
    );
    for direction in [Name::Next, Name::Prev] {
        let other = js::get(&pagination, direction);
        if other.is_object() && first.is_string() {
            js::set(&other, Name::Method, &first);
        }
    }
    Ok(page)
}

/// Some servers send empty pages that have a next one; this many in a row are the end.
const EMPTY_PAGES: u32 = 10;

/// A walk from page to page.
#[derive(Debug)]
pub struct Walk {
    method: &'static str,
    direction: Direction,
    /// The page that is there already.
    first: Option<JsValue>,
    /// What comes next.
    info: JsValue,
    /// Digests of the requests that were made: one that would be made again is the end.
    made: Vec<u64>,
    /// What the last page held, where pages are counted: one that repeats it is the end.
    last: Option<String>,
    empty: u32,
}

impl Walk {
    /// From a page on, or from a stored request.
    ///
    /// # Errors
    /// What was passed is no page.
    pub fn new(
        method: &'static str,
        name: &str,
        start: &JsValue,
        direction: Direction,
    ) -> Result<Self, Error> {
        let info = info_of(method, name, start, direction)?;
        let pagination = js::caller_get(start, "pagination").unwrap_or_default();
        let is_page = !js::is_nothing(&pagination);
        Ok(Self {
            method,
            direction,
            first: is_page.then(|| start.clone()),
            info,
            made: Vec::new(),
            last: None,
            empty: 0,
        })
    }

    /// From a page on that was read already: `last` tells it from others.
    #[cfg(feature = "typed")]
    pub fn going_on(
        method: &'static str,
        info: JsValue,
        direction: Direction,
        last: Option<String>,
    ) -> Self {
        Self {
            method,
            direction,
            first: None,
            info,
            made: Vec::new(),
            last,
            empty: 0,
        }
    }

    /// The next page, with the stored request that continues it.
    ///
    /// # Errors
    /// A request failed.
    pub async fn next(&mut self, scope: &Scope) -> Result<Option<(JsValue, JsValue)>, Error> {
        if let Some(page) = self.first.take() {
            self.last = signature(&page);
            return Ok(Some((page, self.info.clone())));
        }
        if js::is_nothing(&self.info) || self.empty >= EMPTY_PAGES {
            return Ok(None);
        }
        let request = js::print_json(&Array::of2(
            &js::get(&self.info, Name::Path),
            &js::get(&self.info, Name::Params),
        ));
        let request = digest(&request.map(String::from).unwrap_or_default());
        if self.made.contains(&request) {
            return Ok(None);
        }
        self.made.push(request);
        let counted = js::has_own(&js::get(&self.info, Name::Params), "offset");
        let page = follow(scope, self.method, &self.info).await?;
        let signature = signature(&page);
        let repeated = counted && signature.is_some() && signature == self.last;
        self.last = signature;
        if js::is_nothing(&page) || repeated {
            self.info = JsValue::NULL;
            return Ok(None);
        }
        self.empty = if entry_count(&page) > 0 {
            0
        } else {
            self.empty + 1
        };
        self.info = js::get(&js::get(&page, Name::Pagination), self.direction.key());
        Ok(Some((page, self.info.clone())))
    }
}

/// FNV-1a. A server decides how long its links are, and how many: they are not kept themselves.
fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |digest, byte| {
        (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The entries of a page.
///
/// # Errors
/// The server sent something else than a list.
pub fn entries_of(method: &'static str, page: &JsValue) -> Result<Array, Error> {
    if Array::is_array(page) {
        return Ok(page.clone().unchecked_into());
    }
    Err(Error::new(
        Class::Api,
        &[
            method,
            ": the server sent a page that is no list, so that its entries cannot be told apart",
        ],
    ))
}

/// What an iterator gives.
#[derive(Clone, Copy, Debug)]
pub struct Steps {
    /// The entries of the pages, and not the pages.
    pub entries: bool,
    /// Each with what continues its page.
    pub with_info: bool,
}

/// Gives the scope and the walk of an iterator.
pub type Opening = Pin<Box<dyn Future<Output = Result<(Scope, Walk), Error>>>>;

/// An async iterator over pages or their entries. It is opened with the first step, since it may never be
/// taken up.
pub fn iterator(method: &'static str, steps: Steps, opening: Opening) -> JsValue {
    let mut opening = Some(opening);
    let state: Rc<RefCell<Option<(Scope, Walk)>>> = Rc::default();
    let next = Closure::<dyn FnMut() -> Promise>::new(move || {
        let (state, opening) = (state.clone(), opening.take());
        let step: JsWork = Box::pin(async move {
            let step = async {
                if let Some(opening) = opening {
                    let opened = opening.await?;
                    state.replace(Some(opened));
                }
                let Some((scope, mut walk)) = state.take() else {
                    return Ok(JsValue::UNDEFINED);
                };
                let Some((page, info)) = walk.next(&scope).await? else {
                    return Ok(JsValue::UNDEFINED);
                };
                state.replace(Some((scope, walk)));
                let values = if steps.entries {
                    entries_of(method, &page)?
                } else {
                    Array::of1(&page)
                };
                if !steps.with_info {
                    return Ok(values.into());
                }
                Ok(values
                    .iter()
                    .map(|value| Array::of2(&value, &info))
                    .collect::<Array>()
                    .into())
            };
            step.await.map_err(|error: Error| error.into())
        });
        future_to_promise(step)
    });
    generate(&next.into_js_value())
}

thread_local! {
    static ITERATE: JsValue = Closure::<dyn FnMut(u32, Promise) -> JsValue>::new(|client: u32, page: Promise| {
        const METHOD: &str = "paginationIterator";
        iterator(METHOD, Steps { entries: true, with_info: false }, Box::pin(async move {
            let page = JsFuture::from(page).await?;
            let client = Client::find(client).ok_or_else(|| Error::new(Class::Mastodon, &["the client of this page is gone"]))?;
            entries_of(METHOD, &page)?;
            let scope = Scope::new(&client, METHOD, JsValue::UNDEFINED, None)?;
            Ok((scope, Walk::new(METHOD, "page", &page, Direction::Next)?))
        }))
    })
    .into_js_value();
}

/// Lets the promise of a page be iterated over all pages, too.
pub fn iterable(promise: Promise, client: &Client) -> Promise {
    ITERATE.with(|iterate| make_iterable(&promise, iterate, client.id));
    promise
}

//! Pagination: the requests that continue a page, and the iterators over pages and entries.

use crate::client::call::JsWork;
use crate::client::scope::{Scope, Until};
use crate::client::send::send;
use crate::client::{Client, ended};
use crate::error::{Class, Error};
use crate::js::{self, Name};
use crate::page::{Direction, add_params, entry_count, info_of, request_of, signature};
use crate::params::encode::Pairs;
use crate::text;
use js_sys::{Array, Function, Object, Promise};
use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

#[wasm_bindgen(module = "/js/pages.js")]
extern "C" {
    fn generate(next: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = makeIterable)]
    fn make_iterable(
        promise: &Promise,
        iterate: &JsValue,
        signal: &JsValue,
        deadline: f64,
        newer: bool,
    );
}

#[wasm_bindgen]
extern "C" {
    type WeakRef;
    #[wasm_bindgen(constructor, catch)]
    fn new(target: &JsValue) -> Result<WeakRef, JsValue>;
    #[wasm_bindgen(method)]
    fn deref(this: &WeakRef) -> JsValue;
}

/// The page of a stored request, or null if there is none.
///
/// # Errors
/// The request failed, or is not valid.
pub async fn follow(scope: &Scope, method: &'static str, info: &JsValue) -> Result<JsValue, Error> {
    if js::is_nothing(info) {
        return Ok(JsValue::NULL);
    }
    let page = send(scope, request_of(method, info)?).await?;
    // All pages keep the name of the first method.
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

/// Some servers send empty pages with a next one. After this many in a row, iteration ends.
const EMPTY_PAGES: u32 = 10;

/// An iteration over pages.
#[derive(Debug)]
pub struct Walk {
    method: &'static str,
    direction: Direction,
    /// The first page, which was already requested.
    first: Option<JsValue>,
    /// The stored request for the next page.
    info: JsValue,
    /// Digests of the requests that were sent. If one would repeat, iteration ends.
    made: Vec<u64>,
    /// The signature of the last page, if pages use offsets. If a page repeats it, iteration ends.
    last: Option<String>,
    empty: u32,
}

impl Walk {
    /// Starts with a page, or with a stored request.
    ///
    /// # Errors
    /// The value is not a page.
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

    /// Adds the caller's `extra` to the stored parameters.
    pub fn with_extra(self, extra: &Pairs) -> Self {
        add_params(&self.info, extra);
        self
    }

    /// Continues after a page that was already read. `last` is the signature of that page.
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

/// FNV-1a. The links are not stored, because the server determines their number and length.
fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |digest, byte| {
        (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The entries of a page. PHP encodes a list with gaps as an object whose keys are the indexes.
///
/// # Errors
/// The server did not send a list.
pub fn entries_of(method: &'static str, page: &JsValue) -> Result<Array, Error> {
    if Array::is_array(page) {
        return Ok(page.clone().unchecked_into());
    }
    if js::is_record(page) {
        let page = page.unchecked_ref::<Object>();
        let indices = js::texts(&Object::keys(page));
        if indices.iter().all(|index| text::is_digits(index)) {
            return Ok(Object::values(page));
        }
        let pagination = js::get(page, Name::Pagination);
        let goes_on = |name| js::get(&pagination, name).is_object();
        if goes_on(Name::Next) || goes_on(Name::Prev) {
            return Err(Error::illegal(
                method,
                &["this page is an object, not a list: use `paginationPageIterator`"],
            ));
        }
    }
    Err(Error::new(
        Class::Api,
        &[
            method,
            ": the server sent a page that is not a list, so its entries are unknown",
        ],
    ))
}

/// What an iterator yields.
#[derive(Clone, Copy, Debug)]
pub struct Steps {
    /// Yields entries, not pages.
    pub entries: bool,
    /// Yields each with the stored request that continues its page.
    pub with_info: bool,
    /// Yields the last entry of a page first.
    pub reversed: bool,
}

/// Resolves to the scope and the pages of an iterator.
pub type Opening = Pin<Box<dyn Future<Output = Result<(Scope, Walk), Error>>>>;

/// An async iterator over pages or entries. `opening` starts with the first step, because an iterator may
/// never be used.
pub fn iterator(method: &'static str, steps: Steps, opening: Opening) -> JsValue {
    let mut opening = Some(opening);
    let state: Rc<RefCell<Option<(Scope, Walk)>>> = Rc::default();
    let next = Closure::<dyn FnMut(bool) -> Promise>::new(move |end: bool| {
        let (state, opening) = (state.clone(), opening.take());
        if end {
            // Dropped, because the scope listens to a signal and has a timer.
            state.take();
            return Promise::resolve(&JsValue::UNDEFINED);
        }
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
                let values = if steps.reversed {
                    Array::from(&values).reverse()
                } else {
                    values
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

/// Makes the promise of a page iterable over all pages. `until` ends the loop too, like the call. With
/// `newer`, the page is the oldest one of those to come: the loop goes on to newer pages, in order of time.
pub fn iterable(promise: Promise, client: &Rc<Client>, until: &Until, newer: bool) -> Promise {
    let iterate = iterate(client);
    make_iterable(&promise, &iterate, &until.signal, until.deadline, newer);
    promise
}

/// The function that creates iterators over the pages of a client. Promises of pages refer to the function,
/// and the function to the client: a loop may begin when nothing else refers to the client any more. The
/// client has only a weak reference to it, because a cycle would never be collected.
fn iterate(client: &Rc<Client>) -> JsValue {
    let known = client.iterate.borrow().clone();
    let known = match known.dyn_ref::<Function>() {
        Some(known) => known.into(),
        None if known.is_undefined() => known,
        None => known.unchecked_ref::<WeakRef>().deref(),
    };
    if !known.is_undefined() {
        return known;
    }
    let holder = client.clone();
    let iterate = move |page: Promise, signal: JsValue, deadline: f64, newer: bool| {
        const METHOD: &str = "paginationIterator";
        let client = holder.clone();
        let steps = Steps {
            entries: true,
            with_info: false,
            reversed: newer,
        };
        let opening = async move {
            let page = JsFuture::from(page).await?;
            if client.is_closed() {
                return Err(ended(METHOD));
            }
            entries_of(METHOD, &page)?;
            let scope = Scope::of(&client, METHOD, Until { signal, deadline })?;
            let direction = if newer {
                Direction::Previous
            } else {
                Direction::Next
            };
            Ok((scope, Walk::new(METHOD, "page", &page, direction)?))
        };
        iterator(METHOD, steps, Box::pin(opening))
    };
    let iterate = Closure::<dyn FnMut(Promise, JsValue, f64, bool) -> JsValue>::new(iterate);
    let iterate = iterate.into_js_value();
    // Without weak references, the function and the client are never collected.
    let weak = WeakRef::new(&iterate).map_or_else(|_| iterate.clone(), JsValue::from);
    client.iterate.replace(weak);
    iterate
}

//! Pages: their entries, and the requests for the pages next to them.

use super::Mastodon;
use super::call::{Answer, unreadable};
use super::error::Error;
use crate::api::options::PaginationDirection;
use crate::client::scope::Scope;
use crate::entities::JsonObject;
use crate::error::{Class, Error as CoreError};
use crate::js::{self, Name};
use crate::page::{Direction, signature};
use crate::value::Value;
use crate::value::json_of;
use crate::walk::{Walk, follow};
use futures_core::Stream;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::ops::Deref;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use wasm_bindgen::prelude::*;

/// The requests for the pages next to a page. They can be stored with serde, and used later by another client
/// of the same server.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pagination {
    /// The request for older entries.
    pub next: Option<PageRequest>,
    /// The request for newer entries.
    pub prev: Option<PageRequest>,
}

/// The request for a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PageRequest(JsonObject);

impl PageRequest {
    fn to_js(&self) -> JsValue {
        Value::from(self.0.clone()).to_js()
    }
}

/// An entry of a page that could not be read, for example because a fork or a newer server sent it.
#[derive(Clone, Debug, PartialEq)]
pub struct BrokenEntry {
    /// Its index in the server's list.
    pub index: usize,
    /// Why it could not be read.
    pub error: String,
    /// The entry as the server sent it.
    pub json: serde_json::Value,
}

/// A page of a list. It derefs to its entries.
#[derive(Clone, Debug)]
pub struct Page<T> {
    entries: Vec<T>,
    /// The entries that could not be read. The others are in the page as usual.
    pub broken: Vec<BrokenEntry>,
    /// The requests for the next and the previous page.
    pub pagination: Pagination,
    /// A signature, to recognize a repeated page.
    signature: Option<String>,
}

impl<T> Deref for Page<T> {
    type Target = Vec<T>;
    fn deref(&self) -> &Vec<T> {
        &self.entries
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;
    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Page<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter()
    }
}

impl<T> Page<T> {
    /// Its entries, as a `Vec`.
    pub fn into_entries(self) -> Vec<T> {
        self.entries
    }
}

impl<T: DeserializeOwned> Page<T> {
    /// The next page: older entries. `None` if this is the last page.
    ///
    /// # Errors
    /// The request failed, or the next page is on another server, which gets no token.
    pub async fn next(&self, client: &Mastodon) -> Result<Option<Self>, Error> {
        followed(client, self.pagination.next.as_ref(), read_page).await
    }

    /// The previous page: newer entries. `None` if there is none.
    ///
    /// # Errors
    /// Like [`Page::next`].
    pub async fn prev(&self, client: &Mastodon) -> Result<Option<Self>, Error> {
        followed(client, self.pagination.prev.as_ref(), read_page).await
    }

    /// Every entry of this page and of all pages after it. Each page is requested when the stream reaches it.
    /// The stream ends after the last page, before a request that would repeat an earlier one, and after ten
    /// empty pages in a row. An entry that cannot be read is an error at its position; the entries after it
    /// follow.
    pub fn into_stream(self, client: &Mastodon) -> Entries<T> {
        self.into_stream_towards(client, PaginationDirection::Next)
    }

    /// Like [`Page::into_stream`], in the given direction.
    pub fn into_stream_towards(
        self,
        client: &Mastodon,
        direction: PaginationDirection,
    ) -> Entries<T> {
        Entries {
            unread: VecDeque::new(),
            pages: self.into_pages_towards(client, direction),
        }
    }

    /// This page and all pages after it. The stream ends like that of [`Page::into_stream`].
    pub fn into_pages(self, client: &Mastodon) -> Pages<Self> {
        self.into_pages_towards(client, PaginationDirection::Next)
    }

    /// Like [`Page::into_pages`], in the given direction.
    pub fn into_pages_towards(
        self,
        client: &Mastodon,
        direction: PaginationDirection,
    ) -> Pages<Self> {
        let walk = walk(&self.pagination, direction, self.signature.clone());
        Pages::new(client, self, walk, read_page)
    }

    /// Entries and errors, in the server's order.
    fn into_results(self) -> VecDeque<Result<T, Error>> {
        let mut results = VecDeque::with_capacity(self.entries.len() + self.broken.len());
        let mut entries = self.entries.into_iter();
        for broken in &self.broken {
            let before = broken.index.saturating_sub(results.len());
            results.extend(entries.by_ref().take(before).map(Ok));
            results.push_back(Err(broken_entry(broken)));
        }
        results.extend(entries.map(Ok));
        results
    }
}

/// The walk that starts after a page.
fn walk(
    pagination: &Pagination,
    direction: PaginationDirection,
    signature: Option<String>,
) -> Walk {
    let (request, direction) = match direction {
        PaginationDirection::Next => (&pagination.next, Direction::Next),
        PaginationDirection::Previous => (&pagination.prev, Direction::Previous),
    };
    let info = request.as_ref().map_or(JsValue::NULL, PageRequest::to_js);
    Walk::going_on("paginationIterator", info, direction, signature)
}

/// The error for a broken entry in a stream of entries.
fn broken_entry(broken: &BrokenEntry) -> Error {
    let index = js::integer_text(u32::try_from(broken.index).unwrap_or(u32::MAX));
    let message = [
        "entry ",
        &index,
        " of the page cannot be read: ",
        &broken.error,
    ];
    CoreError::new(Class::Api, &message).into()
}

/// Fetches the page of a stored request, and reads it with `read`.
async fn followed<P>(
    client: &Mastodon,
    request: Option<&PageRequest>,
    read: fn(&Answer) -> Result<P, Error>,
) -> Result<Option<P>, Error> {
    const METHOD: &str = "fetchNext";
    let Some(request) = request else {
        return Ok(None);
    };
    client.check_open(METHOD)?;
    let scope = Scope::new(client.core(), METHOD, JsValue::UNDEFINED, None)?;
    let value = follow(&scope, METHOD, &request.to_js()).await?;
    read(&Answer {
        method: METHOD,
        value,
    })
    .map(Some)
}

impl Mastodon {
    /// Fetches the page of a stored request, from the `pagination` of another page.
    ///
    /// # Errors
    /// The request failed, or its URL is on another server, which gets no token.
    pub async fn fetch_page<T: DeserializeOwned>(
        &self,
        request: &PageRequest,
    ) -> Result<Page<T>, Error> {
        let page = followed(self, Some(request), read_page).await?;
        page.ok_or_else(|| CoreError::new(Class::Mastodon, &["there is no page there"]).into())
    }
}

fn pagination_of(value: &JsValue) -> Pagination {
    Pagination::deserialize(json_of(&js::get(value, Name::Pagination))).unwrap_or_default()
}

/// Reads a page: a list, or the single entity that is returned if an id was passed.
pub(crate) fn read_page<T: DeserializeOwned>(answer: &Answer) -> Result<Page<T>, Error> {
    let list = match json_of(&answer.value) {
        serde_json::Value::Array(list) => list,
        entity @ serde_json::Value::Object(_) => vec![entity],
        _ => {
            let message = [answer.method, ": the server sent a page that is not a list"];
            return Err(CoreError::new(Class::Api, &message).into());
        }
    };
    let mut page = Page {
        entries: Vec::with_capacity(list.len()),
        broken: Vec::new(),
        pagination: pagination_of(&answer.value),
        signature: signature(&answer.value),
    };
    for (index, json) in list.into_iter().enumerate() {
        match T::deserialize(&json) {
            Ok(entry) => page.entries.push(entry),
            Err(error) => page.broken.push(BrokenEntry {
                index,
                error: error.to_string(),
                json,
            }),
        }
    }
    Ok(page)
}

/// A paginated response that is not a list, such as search results or grouped notifications. It derefs to
/// what the server sent.
#[derive(Clone, Debug)]
pub struct Paginated<T> {
    value: T,
    /// The requests for the next and the previous page.
    pub pagination: Pagination,
    /// A signature, to recognize a repeated page.
    signature: Option<String>,
}

impl<T> Deref for Paginated<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> Paginated<T> {
    /// What the server sent.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T: DeserializeOwned> Paginated<T> {
    /// The next page. `None` if this is the last page.
    ///
    /// # Errors
    /// Like [`Page::next`].
    pub async fn next(&self, client: &Mastodon) -> Result<Option<Self>, Error> {
        followed(client, self.pagination.next.as_ref(), read_paginated).await
    }

    /// The previous page. `None` if there is none.
    ///
    /// # Errors
    /// Like [`Page::next`].
    pub async fn prev(&self, client: &Mastodon) -> Result<Option<Self>, Error> {
        followed(client, self.pagination.prev.as_ref(), read_paginated).await
    }

    /// This page and all pages after it. The stream ends like that of [`Page::into_stream`].
    pub fn into_pages(self, client: &Mastodon) -> Pages<Self> {
        let signature = self.signature.clone();
        let walk = walk(&self.pagination, PaginationDirection::Next, signature);
        Pages::new(client, self, walk, read_paginated)
    }
}

/// Reads a paginated response that is not a list.
pub(crate) fn read_paginated<T: DeserializeOwned>(answer: &Answer) -> Result<Paginated<T>, Error> {
    let value = T::deserialize(&json_of(&answer.value))
        .map_err(|cause| unreadable(answer.method, &cause))?;
    Ok(Paginated {
        value,
        pagination: pagination_of(&answer.value),
        signature: signature(&answer.value),
    })
}

type Step = Pin<Box<dyn Future<Output = (Walk, Result<Option<JsValue>, CoreError>)>>>;

/// A page and all pages after it: see [`Page::into_pages`].
pub struct Pages<P> {
    client: Mastodon,
    /// The first page, which needs no request.
    first: Option<P>,
    walk: Option<Walk>,
    step: Option<Step>,
    read: fn(&Answer) -> Result<P, Error>,
}

impl<P> Pages<P> {
    fn new(client: &Mastodon, first: P, walk: Walk, read: fn(&Answer) -> Result<P, Error>) -> Self {
        Self {
            client: client.clone(),
            first: Some(first),
            walk: Some(walk),
            step: None,
            read,
        }
    }
}

impl<P> std::fmt::Debug for Pages<P> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Pages")
    }
}

impl<P> Unpin for Pages<P> {}

impl<P> Stream for Pages<P> {
    type Item = Result<P, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        const METHOD: &str = "paginationIterator";
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(first)));
        }
        if self.step.is_none() {
            let Some(mut walk) = self.walk.take() else {
                return Poll::Ready(None);
            };
            let client = self.client.clone();
            self.step = Some(Box::pin(async move {
                let step = async {
                    client.check_open(METHOD)?;
                    let scope = Scope::new(client.core(), METHOD, JsValue::UNDEFINED, None)?;
                    walk.next(&scope).await
                };
                let page = step.await.map(|page| page.map(|(page, _)| page));
                (walk, page)
            }));
        }
        let Some(step) = self.step.as_mut() else {
            return Poll::Ready(None);
        };
        let (walk, result) = ready!(step.as_mut().poll(context));
        self.step = None;
        let page = match result {
            Ok(Some(value)) => (self.read)(&Answer {
                method: METHOD,
                value,
            }),
            Ok(None) => return Poll::Ready(None),
            Err(error) => Err(error.into()),
        };
        // After an error there is nothing more: the walk was in the middle of a step.
        if page.is_ok() {
            self.walk = Some(walk);
        }
        Poll::Ready(Some(page))
    }
}

/// The entries of a page and of all pages after it: see [`Page::into_stream`].
pub struct Entries<T> {
    unread: VecDeque<Result<T, Error>>,
    pages: Pages<Page<T>>,
}

impl<T> std::fmt::Debug for Entries<T> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Entries")
    }
}

impl<T> Unpin for Entries<T> {}

impl<T: DeserializeOwned> Stream for Entries<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(entry) = self.unread.pop_front() {
                return Poll::Ready(Some(entry));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.unread = page.into_results(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

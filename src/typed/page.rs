//! Pages: what the server sent, and where it goes on.

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

/// Where a page goes on. It can be stored with serde, and be taken up by another client of the same
/// server on another day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pagination {
    /// To older entries.
    pub next: Option<PageRequest>,
    /// To newer ones.
    pub prev: Option<PageRequest>,
}

/// The request of a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PageRequest(JsonObject);

impl PageRequest {
    fn to_js(&self) -> JsValue {
        Value::from(self.0.clone()).to_js()
    }
}

/// An entry of a page that is not what it should be: what a fork sent, say, or a newer server.
#[derive(Clone, Debug, PartialEq)]
pub struct BrokenEntry {
    /// Which entry of the server's list it is.
    pub index: usize,
    /// What is wrong with it.
    pub error: String,
    /// The entry as the server sent it.
    pub json: serde_json::Value,
}

/// A page of a list. It derefs to its entries.
#[derive(Clone, Debug)]
pub struct Page<T> {
    entries: Vec<T>,
    /// The entries that could not be read. The others are there all the same.
    pub broken: Vec<BrokenEntry>,
    /// Where it goes on.
    pub pagination: Pagination,
    /// What tells it from another page.
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
    /// Its entries alone.
    pub fn into_entries(self) -> Vec<T> {
        self.entries
    }
}

impl<T: DeserializeOwned> Page<T> {
    /// The next page: older entries. `None` where this is the last one.
    ///
    /// # Errors
    /// The request failed, or the page goes on at another server, which gets no token.
    pub async fn next(&self, client: &Mastodon) -> Result<Option<Self>, Error> {
        followed(client, self.pagination.next.as_ref(), read_page).await
    }

    /// The previous page: newer entries. `None` where there is none.
    ///
    /// # Errors
    /// As of [`Page::next`].
    pub async fn prev(&self, client: &Mastodon) -> Result<Option<Self>, Error> {
        followed(client, self.pagination.prev.as_ref(), read_page).await
    }

    /// Every entry from this page on, page after page; pages are requested when they are reached. It
    /// ends after the last page, where a request would repeat an earlier one, and after ten empty pages
    /// in a row. An entry that cannot be read is an error in its place, and the entries after it follow.
    pub fn into_stream(self, client: &Mastodon) -> Entries<T> {
        self.into_stream_towards(client, PaginationDirection::Next)
    }

    /// The same in a direction: towards newer entries, say.
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

    /// Every page from this one on, itself included. It ends where [`Page::into_stream`] does.
    pub fn into_pages(self, client: &Mastodon) -> Pages<Self> {
        self.into_pages_towards(client, PaginationDirection::Next)
    }

    /// The same in a direction: towards newer pages, say.
    pub fn into_pages_towards(
        self,
        client: &Mastodon,
        direction: PaginationDirection,
    ) -> Pages<Self> {
        let walk = walk(&self.pagination, direction, self.signature.clone());
        Pages::new(client, self, walk, read_page)
    }

    /// What there is to read, in the server's order.
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

/// The way from a page on.
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

/// The error for an entry in a stream of them.
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

/// What a stored request leads to, read by `read`.
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
    /// The page of a stored request, as `pagination` of a page holds them.
    ///
    /// # Errors
    /// The request failed, or it leads to another server, which gets no token.
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

/// Reads a page: a list, or the one entity that is there in its place where an id was given.
pub(crate) fn read_page<T: DeserializeOwned>(answer: &Answer) -> Result<Page<T>, Error> {
    let list = match json_of(&answer.value) {
        serde_json::Value::Array(list) => list,
        entity @ serde_json::Value::Object(_) => vec![entity],
        _ => {
            let message = [answer.method, ": the server sent a page that is no list"];
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

/// An answer that holds lists and goes on: what a search found, grouped notifications. It derefs to what
/// the server sent.
#[derive(Clone, Debug)]
pub struct Paginated<T> {
    value: T,
    /// Where it goes on.
    pub pagination: Pagination,
    /// What tells it from another page.
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
    /// What comes next. `None` where this is the end.
    ///
    /// # Errors
    /// As of [`Page::next`].
    pub async fn next(&self, client: &Mastodon) -> Result<Option<Self>, Error> {
        followed(client, self.pagination.next.as_ref(), read_paginated).await
    }

    /// What came before. `None` where there is nothing.
    ///
    /// # Errors
    /// As of [`Page::next`].
    pub async fn prev(&self, client: &Mastodon) -> Result<Option<Self>, Error> {
        followed(client, self.pagination.prev.as_ref(), read_paginated).await
    }

    /// Every page from this one on, itself included. It ends where [`Page::into_stream`] does.
    pub fn into_pages(self, client: &Mastodon) -> Pages<Self> {
        let signature = self.signature.clone();
        let walk = walk(&self.pagination, PaginationDirection::Next, signature);
        Pages::new(client, self, walk, read_paginated)
    }
}

/// Reads an answer that goes on.
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
    /// The page that is there already.
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

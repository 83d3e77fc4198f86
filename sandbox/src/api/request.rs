//! What the handlers of all areas share: the id in the path, and pagination.

use std::sync::Arc;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::Uri;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

use crate::behaviour::LastPage;
use crate::error::ApiError;
use crate::id::Id;
use crate::instance::Instance;
use crate::page::{Page, PageRequest, Style, Window};
use crate::params::Params;
use crate::store::{Edge, Status, Store};

/// The id in the path. If it is not an id, the response is 404.
#[derive(Clone, Copy, Debug)]
pub struct At(pub Id);

impl FromRequestParts<Arc<Instance>> for At {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        instance: &Arc<Instance>,
    ) -> Result<Self, Response> {
        let params = RawPathParams::from_request_parts(parts, instance)
            .await
            .map_err(IntoResponse::into_response)?;
        let id = params
            .iter()
            .next()
            .and_then(|(_, value)| value.parse().ok());
        id.map(Self)
            .ok_or_else(|| ApiError::not_found().into_response())
    }
}

fn ends<R>(rows: &[R], cursor: impl Fn(&R) -> Id) -> Option<(Id, Id)> {
    let (first, last) = rows.first().zip(rows.last())?;
    Some((cursor(first), cursor(last)))
}

/// The part of a list selected by `offset` and `limit`.
pub fn part<T>(
    all: impl IntoIterator<Item = T>,
    params: &Params,
    default: usize,
    most: usize,
) -> Vec<T> {
    let number = |name: &str| {
        let number = params.get(name).int();
        number.and_then(|number| usize::try_from(number).ok())
    };
    let limit = number("limit").unwrap_or(default).clamp(1, most);
    all.into_iter()
        .skip(number("offset").unwrap_or(0))
        .take(limit)
        .collect()
}

/// A list of which a request gets one page.
#[derive(Debug)]
pub struct Listing<'a> {
    instance: &'a Instance,
    uri: &'a Uri,
    params: &'a Params,
    window: Window,
    style: Style,
}

impl<'a> Listing<'a> {
    pub fn timeline(instance: &'a Instance, uri: &'a Uri, params: &'a Params) -> Self {
        Self {
            instance,
            uri,
            params,
            window: Window::of(params, 20, 40),
            style: Style::Timeline,
        }
    }

    pub fn statuses(instance: &'a Instance, uri: &'a Uri, params: &'a Params) -> Self {
        Self {
            style: Style::Statuses,
            ..Self::timeline(instance, uri, params)
        }
    }

    pub fn people(instance: &'a Instance, uri: &'a Uri, params: &'a Params) -> Self {
        Self {
            window: Window::of(params, 40, 80),
            style: Style::People,
            ..Self::timeline(instance, uri, params)
        }
    }

    pub fn limits(mut self, default: usize, most: usize) -> Self {
        self.window = Window::of(self.params, default, most);
        self
    }

    /// A page of rows, which are in order from the newest to the oldest.
    pub fn page<R, T>(
        &self,
        newest_first: impl DoubleEndedIterator<Item = R>,
        cursor: impl Fn(&R) -> Id,
        mut render: impl FnMut(&R) -> T,
    ) -> Page<T> {
        let rows = self.window.take(newest_first, &cursor);
        let ends = ends(&rows, cursor);
        self.made(rows.iter().map(&mut render).collect(), ends)
    }

    /// The rows of a page. `limit` counts groups instead of rows.
    pub fn groups<R>(
        &self,
        newest_first: impl DoubleEndedIterator<Item = R>,
        cursor: impl Fn(&R) -> Id,
        group: impl Fn(&R) -> String,
    ) -> Page<R> {
        let rows = self.window.take_groups(newest_first, &cursor, group);
        let ends = ends(&rows, cursor);
        self.made(rows, ends)
    }

    fn made<T>(&self, items: Vec<T>, ends: Option<(Id, Id)>) -> Page<T> {
        let endless = self.instance.behaviour().last_page == LastPage::EmptyWithNext;
        // An empty page that still has a `next` links to itself.
        let ends = ends.or_else(|| {
            endless
                .then(|| self.params.get("max_id").id().map(|id| (id, id)))
                .flatten()
        });
        let request = PageRequest {
            base: &self.instance.base,
            path: self.uri.path(),
            params: self.params,
            style: self.style,
            limit: self.window.limit,
            endless,
        };
        Page::new(items, ends, &request)
    }

    /// A page of statuses as the viewer sees them.
    pub fn of_statuses<'s>(
        &self,
        store: &Store,
        rows: impl DoubleEndedIterator<Item = &'s Status>,
        viewer: Option<Id>,
    ) -> Page<mastodon_wasm::entities::Status> {
        self.page(rows, |row| row.id, |row| store.render_status(row, viewer))
    }

    /// A page of accounts from relations. The cursors are ids of the relations.
    pub fn of_accounts<'s, T: 's>(
        &self,
        store: &Store,
        edges: impl DoubleEndedIterator<Item = &'s Edge<T>>,
        end: impl Fn(&Edge<T>) -> Id,
    ) -> Page<mastodon_wasm::entities::Account> {
        self.page(edges, |edge| edge.id, |edge| store.account(end(edge)))
    }
}

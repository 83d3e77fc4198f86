//! Pagination: which part of a list a request gets, and the `Link` header.

use axum::Json;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::error::ApiError;
use crate::id::Id;
use crate::params::Params;

const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
const CURSORS: [&str; 4] = ["max_id", "min_id", "since_id", "offset"];

/// The part of a list between two cursors.
#[derive(Clone, Debug)]
pub struct Window {
    max: Option<Id>,
    since: Option<Id>,
    min: Option<Id>,
    pub limit: usize,
}

/// When a list has a `next`, and which cursor its `prev` has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// Timelines and notifications: every page with entries has a `next`; `prev` has `min_id`.
    Timeline,
    /// Statuses of one user: only a full page has a `next`; `prev` has `min_id`.
    Statuses,
    /// Accounts and tags: only a full page has a `next`; `prev` has `since_id`.
    People,
}

impl Window {
    pub fn of(params: &Params, default: usize, most: usize) -> Self {
        let limit = params.get("limit").int().map_or(default, |limit| {
            usize::try_from(limit).unwrap_or(1).clamp(1, most)
        });
        Self {
            max: params.get("max_id").id(),
            since: params.get("since_id").id(),
            min: params.get("min_id").id(),
            limit,
        }
    }

    fn has(&self, id: Id) -> bool {
        self.max.is_none_or(|max| id < max) && self.since.or(self.min).is_none_or(|min| id > min)
    }

    /// Like `take`, but the limit counts groups.
    pub fn take_groups<T>(
        &self,
        newest_first: impl DoubleEndedIterator<Item = T>,
        id: impl Fn(&T) -> Id,
        group: impl Fn(&T) -> String,
    ) -> Vec<T> {
        let mut groups: Vec<String> = Vec::new();
        let fits = |item: &T| {
            let group = group(item);
            if !groups.contains(&group) {
                groups.push(group);
            }
            groups.len() <= self.limit
        };
        let inside = newest_first.filter(|item| self.has(id(item)));
        if self.min.is_some() {
            let mut page: Vec<T> = inside.rev().take_while(fits).collect();
            page.reverse();
            page
        } else {
            inside.take_while(fits).collect()
        }
    }

    /// A page of a list that is in order from the newest to the oldest. `min_id` asks for the entries
    /// directly above it, so these are taken from the other end.
    pub fn take<T>(
        &self,
        newest_first: impl DoubleEndedIterator<Item = T>,
        id: impl Fn(&T) -> Id,
    ) -> Vec<T> {
        let inside = newest_first.filter(|item| self.has(id(item)));
        if self.min.is_some() {
            let mut page: Vec<T> = inside.rev().take(self.limit).collect();
            page.reverse();
            page
        } else {
            inside.take(self.limit).collect()
        }
    }
}

/// A page of a response: the entities, and the `Link` header.
#[derive(Debug)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub link: Option<String>,
}

impl<T> Page<T> {
    /// `cursors` belong to the rows from which `items` were made, and can differ from the ids of `items`.
    pub fn new(items: Vec<T>, cursors: Option<(Id, Id)>, request: &PageRequest<'_>) -> Self {
        let link = cursors
            .map(|(first, last)| request.link(first, last, items.len()))
            .filter(|link| !link.is_empty());
        Self { items, link }
    }
}

/// What is needed to build the `Link` header of a page.
#[derive(Debug)]
pub struct PageRequest<'a> {
    pub base: &'a str,
    pub path: &'a str,
    pub params: &'a Params,
    pub style: Style,
    pub limit: usize,
    /// A switch of the behavior: every page has a `next`.
    pub endless: bool,
}

impl PageRequest<'_> {
    fn link(&self, first: Id, last: Id, count: usize) -> String {
        let mut links = Vec::new();
        if self.endless || self.style == Style::Timeline || count >= self.limit {
            links.push(format!("<{}>; rel=\"next\"", self.url("max_id", last)));
        }
        if count > 0 {
            let back = if self.style == Style::People {
                "since_id"
            } else {
                "min_id"
            };
            links.push(format!("<{}>; rel=\"prev\"", self.url(back, first)));
        }
        links.join(", ")
    }

    fn url(&self, cursor: &str, id: Id) -> String {
        let own = self
            .params
            .query()
            .iter()
            .filter(|(name, _)| !CURSORS.contains(&name.as_str()) && name != "access_token");
        let mut query: Vec<(&str, String)> = own
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        query.push((cursor, id.to_string()));
        query.sort_by(|a, b| a.0.cmp(b.0));
        let query: Vec<String> = query
            .iter()
            .map(|(name, value)| {
                format!(
                    "{}={}",
                    utf8_percent_encode(name, QUERY),
                    utf8_percent_encode(value, QUERY)
                )
            })
            .collect();
        format!(
            "{}{}?{}",
            self.base,
            self.path.trim_end_matches('/'),
            query.join("&")
        )
    }
}

impl<T: Serialize> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        linked(Json(self.items).into_response(), self.link)
    }
}

/// Adds the `Link` header to a response.
pub fn linked(mut response: Response, link: Option<String>) -> Response {
    if let Some(link) = link.and_then(|link| HeaderValue::from_str(&link).ok()) {
        response.headers_mut().insert(header::LINK, link);
    }
    response
}

pub type PageAnswer<T> = Result<Page<T>, ApiError>;

#[cfg(test)]
mod tests {
    use super::*;

    fn page(query: &str) -> Vec<u64> {
        let window = Window::of(&Params::from_query(query), 3, 5);
        window
            .take((1..=10).rev().map(Id), |id| *id)
            .into_iter()
            .map(|id| id.0)
            .collect()
    }

    #[test]
    fn windows() {
        assert_eq!(page(""), [10, 9, 8]);
        assert_eq!(page("limit=99"), [10, 9, 8, 7, 6]);
        assert_eq!(page("max_id=8"), [7, 6, 5]);
        assert_eq!(page("since_id=2"), [10, 9, 8]);
        assert_eq!(page("since_id=9"), [10]);
        assert_eq!(page("min_id=2"), [5, 4, 3]);
        assert_eq!(page("min_id=2&max_id=4"), [3]);
        assert_eq!(page("max_id=1"), Vec::<u64>::new());
    }

    #[test]
    fn links_repeat_the_filters_but_no_cursor() {
        let params = Params::from_query("types[]=mention&max_id=9&limit=2");
        let mut request = PageRequest {
            base: "http://h",
            path: "/api/v1/notifications",
            params: &params,
            style: Style::Timeline,
            limit: 2,
            endless: false,
        };
        assert_eq!(
            request.link(Id(8), Id(7), 1),
            "<http://h/api/v1/notifications?limit=2&max_id=7&types%5B%5D=mention>; rel=\"next\", \
             <http://h/api/v1/notifications?limit=2&min_id=8&types%5B%5D=mention>; rel=\"prev\""
        );
        request.style = Style::People;
        assert_eq!(
            request.link(Id(8), Id(7), 1),
            "<http://h/api/v1/notifications?limit=2&since_id=8&types%5B%5D=mention>; rel=\"prev\""
        );
    }
}

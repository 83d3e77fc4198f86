//! The machine's REST requests: lists, statuses, and checks of the server and the token.

use super::connection::Probe;
use super::event::Entry;
use super::event::Source;
use super::frame;
use super::input::Failure;
use super::output::{Fetch, ListOf, Query};
use super::stream_key::StreamKey;
use crate::client::Client;
use crate::client::scope::Scope;
use crate::client::send::send;
use crate::endpoint::Answer;
use crate::endpoint::request::{Request, fill};
use crate::endpoint::table::Row;
use crate::error::{Class, Error};
use crate::js::{self, Name};
use crate::text;
use js_sys::{Array, Object};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// Milliseconds to wait after a 429 that does not say how long.
const LIMITED: f64 = 60_000.0;

/// How many entries of a response are read.
const MOST_ENTRIES: usize = 400;

/// The endpoints that streams use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Route {
    Instance,
    Account,
    Notifications,
    Conversations,
    Home,
    List,
    Hashtag,
    Public,
    Statuses,
}

/// Returns the row of an endpoint. The rows are in `api`, a layer above this one.
pub type Routes = fn(Route) -> Option<Rc<Row>>;

/// The request of an endpoint.
pub fn request(routes: Routes, route: Route) -> Option<Request> {
    routes(route).map(|row| Request::of_row(&row))
}

/// The request for a page of a stream's list.
fn list(routes: Routes, key: &StreamKey, source: Source, limit: u32) -> Option<Request> {
    let route = match (source, key.name.as_str()) {
        (Source::Notifications, _) => Route::Notifications,
        (Source::Conversations, _) => Route::Conversations,
        (Source::Statuses, "user") => Route::Home,
        (Source::Statuses, "list") => Route::List,
        (Source::Statuses, name) if name.starts_with("hashtag") => Route::Hashtag,
        (Source::Statuses, _) => Route::Public,
    };
    let mut request = request(routes, route)?;
    // Delivered events have no `pagination`.
    request.answer = Answer::Json;
    request.path = fill(&request.path, |_, path| {
        path.push_str(&js::encode_uri_component(&key.param));
    });
    request.pair("limit", limit);
    if source == Source::Statuses {
        for filter in text::parts(&key.name, b':').skip(1) {
            request.pair(
                if filter == "media" {
                    "only_media"
                } else {
                    filter
                },
                true,
            );
        }
    }
    Some(request)
}

/// Fetches a page of a list, or statuses.
pub async fn fetch(
    scope: &Scope,
    routes: Routes,
    fetch: &Fetch,
) -> Result<Vec<Entry<JsValue>>, Failure<JsValue>> {
    let (request, source) = match &fetch.query {
        Query::Page {
            source,
            limit,
            after,
            before,
        } => {
            let mut request = list(routes, &fetch.key, *source, *limit);
            if let Some(request) = &mut request {
                for (name, id) in [("min_id", after), ("max_id", before)] {
                    if let Some(id) = id {
                        request.pair(name, id.as_str());
                    }
                }
            }
            (request, *source)
        }
        Query::Statuses(ids) => {
            let mut request = request(routes, Route::Statuses);
            if let Some(request) = &mut request {
                let ids: Array = ids.iter().map(|id| JsValue::from(id.as_str())).collect();
                request.pair("id", ids);
            }
            (request, Source::Statuses)
        }
    };
    let Some(request) = request else {
        return Err(Failure::Lasting);
    };
    let response = send(scope, request)
        .await
        .map_err(|error| failure(&scope.client, error))?;
    // PHP encodes a list with gaps as an object.
    let entities = if js::is_record(&response) {
        Object::values(response.unchecked_ref::<Object>())
    } else if Array::is_array(&response) {
        response.unchecked_into()
    } else {
        return Err(Failure::Lasting);
    };
    Ok(entities
        .iter()
        .take(MOST_ENTRIES)
        .filter_map(|payload| frame::entry(source, payload))
        .collect())
}

fn failure(client: &Client, error: Error) -> Failure<JsValue> {
    match error.status() {
        Some(429) => {
            let left = client
                .ratelimit_reset()
                .map_or(0.0, |reset| reset - js::now());
            Failure::Limited(if left > 0.0 { left } else { LIMITED })
        }
        Some(401) => Failure::Unauthorized(error.into()),
        Some(404) => Failure::NotFound,
        Some(..500) => Failure::Lasting,
        None if error.class() == Some(Class::Version) => Failure::Lasting,
        _ => Failure::Passing,
    }
}

/// Checks the server and the token: with the account, with the instance if there is no token, or with a list.
pub async fn probe(scope: &Scope, routes: Routes, of: Option<ListOf>) -> Probe<JsValue> {
    let client = &scope.client;
    let token = client
        .access_token
        .borrow()
        .as_ref()
        .is_some_and(|token| !token.is_empty());
    let request = match &of {
        Some((key, source)) => list(routes, key, *source, 1),
        None if token => request(routes, Route::Account),
        None => request(routes, Route::Instance),
    };
    let Some(request) = request else {
        return Probe::Unreachable;
    };
    let Err(error) = send(scope, request).await else {
        return Probe::Good;
    };
    match error.status() {
        Some(401) if token => Probe::Unauthorized(error.into()),
        Some(400 | 422) if token => Probe::Doubtful(error.into()),
        None | Some(429 | 500..) => Probe::Unreachable,
        Some(_) => Probe::Good,
    }
}

/// The message that subscribes to a stream, or unsubscribes from it.
pub fn message(kind: &str, name: &str, key: Option<&StreamKey>) -> Option<JsValue> {
    let message = js::object(&[("type", kind.into())]);
    js::set(&message, Name::Stream, &name.into());
    if let Some(key) = key.filter(|key| !key.param.is_empty()) {
        js::set(
            &message,
            key.param_name().unwrap_or("tag"),
            &key.param.as_str().into(),
        );
    }
    js::print_json(&message).ok().map(JsValue::from)
}

//! `/api/v2/search` and version 1.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use mastodon_wasm::entities::{Search, SearchV2};

use crate::caller::Caller;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::params::Params;
use crate::store::{Status, Store, Visibility};

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/search", get(v1))
        .route("/api/v2/search", get(v2))
}

#[derive(Default)]
struct Found {
    accounts: Vec<Id>,
    statuses: Vec<Id>,
    tags: Vec<String>,
}

async fn v1(State(app): App, caller: Caller, params: Params) -> Answer<Search> {
    let viewer = caller.person("read:search")?;
    let store = app.store();
    let found = find(&store, Some(viewer), &params)?;
    let rows = found
        .statuses
        .iter()
        .filter_map(|id| store.statuses.get(id));
    Ok(Json(Search {
        accounts: store.accounts_of(found.accounts),
        statuses: store.statuses_of(rows, Some(viewer)),
        hashtags: found.tags,
        other: serde_json::Map::new(),
    }))
}

async fn v2(State(app): App, caller: Caller, params: Params) -> Answer<SearchV2> {
    let viewer = caller.viewer("read:search")?;
    if viewer.is_none()
        && (params.get("resolve").is_true()
            || params.get("offset").int().is_some_and(|offset| offset > 0))
    {
        return Err(ApiError::unauthorized(
            "Search queries that resolve remote resources or paginate require login",
        ));
    }
    let store = app.store();
    let found = find(&store, viewer, &params)?;
    let rows = found
        .statuses
        .iter()
        .filter_map(|id| store.statuses.get(id));
    Ok(Json(SearchV2 {
        accounts: store.accounts_of(found.accounts),
        statuses: store.statuses_of(rows, viewer),
        hashtags: found
            .tags
            .iter()
            .map(|name| store.render_tag(name, viewer))
            .collect(),
        collections: Some(Vec::new()),
        other: serde_json::Map::new(),
    }))
}

fn find(store: &Store, viewer: Option<Id>, params: &Params) -> Result<Found, ApiError> {
    let query = params.get("q").text().unwrap_or_default();
    let query = query.trim();
    if query.is_empty() {
        return Err(ApiError::bad_request(
            "param is missing or the value is empty or invalid: q",
        ));
    }
    let kind = params.get("type").presence();
    let wants = |name: &str| kind.as_deref().is_none_or(|kind| kind == name);
    let number = |name: &str| {
        params
            .get(name)
            .int()
            .and_then(|number| usize::try_from(number).ok())
    };
    let limit = number("limit").unwrap_or(20).clamp(1, 40);
    // Without a type, the result has several lists, and one offset cannot page them all.
    let offset = if kind.is_some() {
        number("offset").unwrap_or(0)
    } else {
        0
    };
    if let Some(status) = by_address(store, viewer, query) {
        return Ok(Found {
            statuses: vec![status],
            ..Found::default()
        });
    }
    let mut found = Found::default();
    if wants("accounts") && !query.starts_with('#') {
        let following = params.get("following").is_true();
        found.accounts = page(
            store.search_accounts(query, viewer, following),
            offset,
            limit,
        );
    }
    if wants("statuses") && !query.starts_with('#') && !query.starts_with('@') {
        found.statuses = page(statuses(store, viewer, query, params), offset, limit);
    }
    if wants("hashtags") && !query.starts_with('@') {
        found.tags = page(tags(store, query), offset, limit);
    }
    Ok(found)
}

fn page<T>(all: Vec<T>, offset: usize, limit: usize) -> Vec<T> {
    all.into_iter().skip(offset).take(limit).collect()
}

/// The status whose URL is the query.
fn by_address(store: &Store, viewer: Option<Id>, query: &str) -> Option<Id> {
    let path = query.strip_prefix(&store.base)?;
    let id = path
        .trim_end_matches('/')
        .rsplit('/')
        .next()?
        .parse()
        .ok()?;
    store.status_for(viewer, id).map(|status| status.id)
}

/// Like Mastodon: public statuses of indexable accounts, and all that the user wrote or interacted with.
fn statuses(store: &Store, viewer: Option<Id>, query: &str, params: &Params) -> Vec<Id> {
    let Some(me) = viewer else { return Vec::new() };
    let author = params.get("account_id").id();
    let (min, max) = (params.get("min_id").id(), params.get("max_id").id());
    let mut words: Vec<String> = query
        .to_lowercase()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let mut from = author;
    words.retain(|word| match word.strip_prefix("from:") {
        Some("me") => {
            from = Some(me);
            false
        }
        Some(name) => {
            from = store
                .account_by_acct(name)
                .map(|account| account.id)
                .or(Some(Id(0)));
            false
        }
        None => true,
    });
    let mine = |status: &Status| {
        status.account == me
            || status.mentions.contains(&me)
            || store.favourites.has(me, status.id)
            || store.bookmarks.has(me, status.id)
            || store.reblogs.has(me, status.id)
    };
    let open = |status: &Status| {
        status.visibility == Visibility::Public
            && store
                .accounts
                .get(&status.account)
                .is_some_and(|account| account.indexable)
    };
    store
        .statuses
        .values()
        .rev()
        .filter(|status| {
            status.reblog_of.is_none()
                && store.visible(viewer, status)
                && !store.hides(me, status.account)
        })
        .filter(|status| mine(status) || open(status))
        .filter(|status| from.is_none_or(|from| status.account == from))
        .filter(|status| {
            min.is_none_or(|min| status.id > min) && max.is_none_or(|max| status.id < max)
        })
        .filter(|status| {
            let text = store.searchable(status);
            words
                .iter()
                .all(|word| text.contains(word.trim_matches('"')))
        })
        .map(|status| status.id)
        .collect()
}

fn tags(store: &Store, query: &str) -> Vec<String> {
    let query = query.trim_start_matches('#').to_lowercase();
    let mut found: Vec<(usize, &str)> = store
        .tags
        .values()
        .filter(|tag| tag.name.starts_with(&query))
        .map(|tag| (store.public_with_tag(&tag.name).count(), tag.name.as_str()))
        .collect();
    found.sort_by(|a, b| {
        (a.1 != query)
            .cmp(&(b.1 != query))
            .then(b.0.cmp(&a.0))
            .then(a.1.cmp(b.1))
    });
    found.into_iter().map(|(_, name)| name.to_owned()).collect()
}

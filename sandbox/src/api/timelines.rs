//! `/api/v1/timelines`

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::routing::get;
use mastodon_wasm::entities::Status;

use super::request::{At, Listing};
use crate::caller::Caller;
use crate::error::ApiError;
use crate::instance::{App, Instance};
use crate::page::PageAnswer;
use crate::params::Params;
use crate::store::{Feed, Reach};

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/timelines/home", get(home))
        .route("/api/v1/timelines/public", get(public))
        .route("/api/v1/timelines/tag/{tag}", get(tag))
        .route("/api/v1/timelines/list/{id}", get(list))
        .route("/api/v1/timelines/link", get(link))
}

async fn home(State(app): App, caller: Caller, uri: Uri, params: Params) -> PageAnswer<Status> {
    let me = caller.person("read:statuses")?;
    let store = app.store();
    let feed = Feed::Home(me);
    let page = Listing::timeline(&app, &uri, &params).of_statuses(
        &store,
        store.feed(&feed, Some(me)),
        Some(me),
    );
    Ok(page)
}

async fn public(State(app): App, caller: Caller, uri: Uri, params: Params) -> PageAnswer<Status> {
    let viewer = caller.viewer("read:statuses")?;
    let store = app.store();
    let feed = Feed::Public {
        reach: reach(&params),
        only_media: params.get("only_media").is_true(),
    };
    let page = Listing::timeline(&app, &uri, &params).of_statuses(
        &store,
        store.feed(&feed, viewer),
        viewer,
    );
    Ok(page)
}

async fn tag(
    State(app): App,
    caller: Caller,
    uri: Uri,
    Path(tag): Path<String>,
    params: Params,
) -> PageAnswer<Status> {
    let viewer = caller.viewer("read:statuses")?;
    let lower = |name: &str| {
        params
            .get(name)
            .texts()
            .iter()
            .map(|tag| tag.to_lowercase())
            .collect::<Vec<_>>()
    };
    let mut any = lower("any");
    any.push(tag.to_lowercase());
    let feed = Feed::Tag {
        any,
        all: lower("all"),
        none: lower("none"),
        reach: reach(&params),
        only_media: params.get("only_media").is_true(),
    };
    let store = app.store();
    let page = Listing::timeline(&app, &uri, &params).of_statuses(
        &store,
        store.feed(&feed, viewer),
        viewer,
    );
    Ok(page)
}

async fn list(
    State(app): App,
    caller: Caller,
    uri: Uri,
    At(id): At,
    params: Params,
) -> PageAnswer<Status> {
    let me = caller.person("read:lists")?;
    let store = app.store();
    store
        .lists
        .get(&id)
        .filter(|list| list.account == me)
        .ok_or_else(ApiError::not_found)?;
    let feed = Feed::List(id);
    let page = Listing::timeline(&app, &uri, &params).of_statuses(
        &store,
        store.feed(&feed, Some(me)),
        Some(me),
    );
    Ok(page)
}

async fn link(State(app): App, caller: Caller, uri: Uri, params: Params) -> PageAnswer<Status> {
    let viewer = caller.viewer("read:statuses")?;
    let url = params.get("url").text().unwrap_or_default();
    let store = app.store();
    let known = store
        .statuses
        .values()
        .any(|status| status.card.as_ref().is_some_and(|card| card.url == url));
    if !known {
        return Err(ApiError::not_found());
    }
    let feed = Feed::Link(url);
    let page = Listing::timeline(&app, &uri, &params).of_statuses(
        &store,
        store.feed(&feed, viewer),
        viewer,
    );
    Ok(page)
}

fn reach(params: &Params) -> Reach {
    match (
        params.get("local").is_true(),
        params.get("remote").is_true(),
    ) {
        (true, false) => Reach::Local,
        (false, true) => Reach::Remote,
        _ => Reach::All,
    }
}

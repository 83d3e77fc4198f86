//! `/api/v1/admin/trends`: the public trends, and those that a moderator rejected.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::Uri;
use axum::routing::{get, post};
use axum::{Json, Router};
use mastodon_wasm::entities::{PreviewCard, Status, Tag};

use super::moderator;
use crate::api::request::{At, Listing, part};
use crate::caller::Caller;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::page::PageAnswer;
use crate::params::Params;
use crate::store::{Store, Trend};

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/admin/tags", get(all_tags))
        .route("/api/v1/admin/tags/{id}", get(one_tag).put(update_tag))
        .route("/api/v1/admin/trends/tags", get(tags))
        .route("/api/v1/admin/trends/tags/{id}/{verdict}", post(tag))
        .route("/api/v1/admin/trends/statuses", get(statuses))
        .route("/api/v1/admin/trends/statuses/{id}/{verdict}", post(status))
        .route("/api/v1/admin/trends/links", get(links))
        .route("/api/v1/admin/trends/links/{id}/{verdict}", post(link))
}

const READ: &str = "admin:read";
const WRITE: &str = "admin:write";

async fn tags(State(app): App, caller: Caller, params: Params) -> Answer<Vec<Tag>> {
    let store = app.store();
    let me = moderator(&store, &caller, READ)?;
    let names = part(store.tags_by_use(), &params, 10, 20);
    let all = names.iter().map(|name| store.render_tag(name, Some(me)));
    Ok(Json(all.collect()))
}

async fn statuses(State(app): App, caller: Caller, params: Params) -> Answer<Vec<Status>> {
    let store = app.store();
    let me = moderator(&store, &caller, READ)?;
    let rows = part(store.statuses_by_warmth(), &params, 20, 40);
    Ok(Json(store.statuses_of(rows, Some(me))))
}

async fn links(State(app): App, caller: Caller, params: Params) -> Answer<Vec<PreviewCard>> {
    let store = app.store();
    moderator(&store, &caller, READ)?;
    Ok(Json(part(store.links(), &params, 10, 20)))
}

fn judge(store: &mut Store, verdict: &str, trend: Trend) -> Result<(), ApiError> {
    match verdict {
        "approve" => store.rejected_trends.remove(&trend),
        "reject" => store.rejected_trends.insert(trend),
        _ => return Err(ApiError::not_found()),
    };
    Ok(())
}

async fn tag(
    State(app): App,
    caller: Caller,
    Path((id, verdict)): Path<(u64, String)>,
) -> Answer<Tag> {
    let mut store = app.store();
    let me = moderator(&store, &caller, WRITE)?;
    let tag = store.tags.get(&Id(id)).ok_or_else(ApiError::not_found)?;
    let name = tag.name.clone();
    judge(&mut store, &verdict, Trend::Tag(Id(id)))?;
    Ok(Json(store.render_tag(&name, Some(me))))
}

async fn status(
    State(app): App,
    caller: Caller,
    Path((id, verdict)): Path<(u64, String)>,
) -> Answer<Status> {
    let mut store = app.store();
    let me = moderator(&store, &caller, WRITE)?;
    if !store.statuses.contains_key(&Id(id)) {
        return Err(ApiError::not_found());
    }
    judge(&mut store, &verdict, Trend::Status(Id(id)))?;
    let row = store.statuses.get(&Id(id));
    let row = row.ok_or_else(ApiError::not_found)?;
    Ok(Json(store.render_status(row, Some(me))))
}

async fn link(
    State(app): App,
    caller: Caller,
    Path((id, verdict)): Path<(u64, String)>,
) -> Answer<PreviewCard> {
    let mut store = app.store();
    moderator(&store, &caller, WRITE)?;
    let card = store.links().find(|card| card.id == Some(id));
    let card = card.ok_or_else(ApiError::not_found)?;
    judge(&mut store, &verdict, Trend::Link(card.url.clone()))?;
    Ok(Json(card))
}

async fn all_tags(State(app): App, caller: Caller, uri: Uri, params: Params) -> PageAnswer<Tag> {
    let store = app.store();
    let me = moderator(&store, &caller, READ)?;
    let listing = Listing::people(&app, &uri, &params).limits(100, 200);
    let rows = store.tags.values().rev();
    let page = listing.page(rows, |row| row.id, |row| admin_tag(&store, row.id, me));
    Ok(page)
}

fn admin_tag(store: &Store, id: Id, me: Id) -> Tag {
    let name = store.tags.get(&id).map(|tag| tag.name.clone());
    Tag {
        trendable: Some(!store.rejected_trends.contains(&Trend::Tag(id))),
        usable: Some(true),
        requires_review: Some(false),
        ..store.render_tag(&name.unwrap_or_default(), Some(me))
    }
}

async fn one_tag(State(app): App, caller: Caller, At(id): At) -> Answer<Tag> {
    let store = app.store();
    let me = moderator(&store, &caller, READ)?;
    store.tags.get(&id).ok_or_else(ApiError::not_found)?;
    Ok(Json(admin_tag(&store, id, me)))
}

async fn update_tag(State(app): App, caller: Caller, At(id): At, params: Params) -> Answer<Tag> {
    let mut store = app.store();
    let me = moderator(&store, &caller, WRITE)?;
    store.tags.get(&id).ok_or_else(ApiError::not_found)?;
    match params.get("trendable").flag() {
        Some(true) => judge(&mut store, "approve", Trend::Tag(id))?,
        Some(false) => judge(&mut store, "reject", Trend::Tag(id))?,
        None => {}
    }
    Ok(Json(admin_tag(&store, id, me)))
}

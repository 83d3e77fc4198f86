//! `/api/v1/scheduled_statuses`

use std::sync::Arc;

use axum::extract::State;
use axum::http::Uri;
use axum::routing::get;
use axum::{Json, Router};
use mastodon_wasm::entities::ScheduledStatus;
use serde_json::{Value, json};

use super::request::{At, Listing};
use crate::caller::Caller;
use crate::clock;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::page::PageAnswer;
use crate::params::Params;
use crate::store::{self, Store};

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/scheduled_statuses", get(many))
        .route(
            "/api/v1/scheduled_statuses/{id}",
            get(one).put(update).delete(cancel),
        )
}

fn own(store: &Store, me: Id, id: Id) -> Result<&store::ScheduledStatus, ApiError> {
    store
        .scheduled
        .get(&id)
        .filter(|scheduled| scheduled.account == me)
        .ok_or_else(ApiError::not_found)
}

async fn many(
    State(app): App,
    caller: Caller,
    uri: Uri,
    params: Params,
) -> PageAnswer<ScheduledStatus> {
    let me = caller.person("read:statuses")?;
    let store = app.store();
    let rows = store
        .scheduled
        .values()
        .rev()
        .filter(|scheduled| scheduled.account == me);
    let page = Listing::statuses(&app, &uri, &params).page(
        rows,
        |row| row.id,
        |row| store.render_scheduled(row),
    );
    Ok(page)
}

async fn one(State(app): App, caller: Caller, At(id): At) -> Answer<ScheduledStatus> {
    let me = caller.person("read:statuses")?;
    let store = app.store();
    Ok(Json(store.render_scheduled(own(&store, me, id)?)))
}

async fn update(
    State(app): App,
    caller: Caller,
    At(id): At,
    params: Params,
) -> Answer<ScheduledStatus> {
    let me = caller.person("write:statuses")?;
    let mut store = app.store();
    own(&store, me, id)?;
    let at = params
        .get("scheduled_at")
        .time()
        .filter(|at| *at > clock::after(store.clock.now(), 300));
    let at = at.ok_or_else(|| ApiError::invalid("Scheduled at must be in the future"))?;
    if let Some(scheduled) = store.scheduled.get_mut(&id) {
        scheduled.at = at;
    }
    Ok(Json(store.render_scheduled(own(&store, me, id)?)))
}

async fn cancel(State(app): App, caller: Caller, At(id): At) -> Answer<Value> {
    let me = caller.person("write:statuses")?;
    let mut store = app.store();
    own(&store, me, id)?;
    store.scheduled.remove(&id);
    Ok(Json(json!({})))
}

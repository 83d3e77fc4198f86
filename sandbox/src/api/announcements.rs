//! `/api/v1/announcements`

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use mastodon_wasm::entities::Announcement;
use serde_json::{Value, json};

use super::request::At;
use crate::caller::Caller;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::params::Params;
use crate::store::Event;

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/announcements", get(many))
        .route("/api/v1/announcements/{id}/dismiss", post(dismiss))
        .route(
            "/api/v1/announcements/{id}/reactions/{name}",
            put(react).delete(unreact),
        )
}

/// Without `with_dismissed`, announcements that were read are left out.
async fn many(State(app): App, caller: Caller, params: Params) -> Answer<Vec<Announcement>> {
    let me = caller.person("read")?;
    let store = app.store();
    let all = params.get("with_dismissed").is_true();
    let rows = store
        .announcements
        .values()
        .filter(|row| all || !row.read_by.contains(&me));
    Ok(Json(
        rows.filter_map(|row| store.announcement(row.id, me))
            .collect(),
    ))
}

async fn dismiss(State(app): App, caller: Caller, At(id): At) -> Answer<Value> {
    let me = caller.person("write:accounts")?;
    let mut store = app.store();
    let row = store
        .announcements
        .get_mut(&id)
        .ok_or_else(ApiError::not_found)?;
    if !row.read_by.contains(&me) {
        row.read_by.push(me);
    }
    Ok(Json(json!({})))
}

fn change(app: &Instance, caller: &Caller, id: &str, name: String, add: bool) -> Answer<Value> {
    let me = caller.person("write:favourites")?;
    let id: Id = id.parse().map_err(|_| ApiError::not_found())?;
    let mut store = app.store();
    let custom = store.emojis.iter().any(|emoji| emoji.shortcode == name);
    if !custom && name.is_ascii() {
        return Err(ApiError::invalid("Name is not a recognized emoji"));
    }
    let row = store
        .announcements
        .get_mut(&id)
        .ok_or_else(ApiError::not_found)?;
    row.reactions
        .retain(|(who, what)| !(*who == me && *what == name));
    if add {
        row.reactions.push((me, name.clone()));
    }
    store.emit(Event::AnnouncementReacted(id, name));
    Ok(Json(json!({})))
}

async fn react(
    State(app): App,
    caller: Caller,
    Path((id, name)): Path<(String, String)>,
) -> Answer<Value> {
    change(&app, &caller, &id, name, true)
}

async fn unreact(
    State(app): App,
    caller: Caller,
    Path((id, name)): Path<(String, String)>,
) -> Answer<Value> {
    change(&app, &caller, &id, name, false)
}

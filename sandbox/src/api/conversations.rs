//! `/api/v1/conversations`: direct messages.

use std::sync::Arc;

use axum::extract::State;
use axum::http::Uri;
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use mastodon_wasm::entities::Conversation;
use serde_json::{Value, json};

use super::request::{At, Listing};
use crate::caller::Caller;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::page::PageAnswer;
use crate::params::Params;
use crate::store::{self, Store};

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/conversations", get(many))
        .route("/api/v1/conversations/{id}", delete(remove))
        .route("/api/v1/conversations/{id}/read", post(read))
        .route("/api/v1/conversations/{id}/unread", post(unread))
}

fn own(store: &mut Store, me: Id, id: Id) -> Result<&mut store::Conversation, ApiError> {
    store
        .conversations
        .get_mut(&id)
        .filter(|row| row.account == me)
        .ok_or_else(ApiError::not_found)
}

/// The cursor is the last message, so a conversation moves up with each new message.
async fn many(
    State(app): App,
    caller: Caller,
    uri: Uri,
    params: Params,
) -> PageAnswer<Conversation> {
    let me = caller.person("read:statuses")?;
    let store = app.store();
    let mut rows: Vec<(Id, Id)> = store
        .conversations
        .values()
        .filter(|row| row.account == me)
        .filter_map(|row| Some((*row.statuses.last()?, row.id)))
        .collect();
    rows.sort_unstable_by(|a, b| b.cmp(a));
    let page = Listing::statuses(&app, &uri, &params).page(
        rows.into_iter(),
        |(last, _)| *last,
        |(_, id)| store.conversation(*id).unwrap_or_default(),
    );
    Ok(page)
}

fn mark(app: &Instance, caller: &Caller, id: Id, unread: bool) -> Answer<Conversation> {
    let me = caller.person("write:conversations")?;
    let mut store = app.store();
    own(&mut store, me, id)?.unread = unread;
    store
        .conversation(id)
        .map(Json)
        .ok_or_else(ApiError::not_found)
}

async fn read(State(app): App, caller: Caller, At(id): At) -> Answer<Conversation> {
    mark(&app, &caller, id, false)
}

async fn unread(State(app): App, caller: Caller, At(id): At) -> Answer<Conversation> {
    mark(&app, &caller, id, true)
}

async fn remove(State(app): App, caller: Caller, At(id): At) -> Answer<Value> {
    let me = caller.person("write:conversations")?;
    let mut store = app.store();
    own(&mut store, me, id)?;
    store.conversations.remove(&id);
    Ok(Json(json!({})))
}

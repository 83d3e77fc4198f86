//! Finding accounts: the directory and the suggestions.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::routing::{delete, get};
use axum::{Json, Router};
use mastodon_wasm::entities::{Account, Suggestion, SuggestionReason, SuggestionSource};
use serde_json::{Value, json};

use crate::caller::Caller;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::params::Params;
use crate::store::Store;

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/directory", get(directory))
        .route("/api/v1/suggestions", get(suggestions_v1))
        .route("/api/v2/suggestions", get(suggestions))
        .route("/api/v1/suggestions/{id}", delete(dismiss))
}

fn number(params: &Params, name: &str) -> Option<usize> {
    params
        .get(name)
        .int()
        .and_then(|number| usize::try_from(number).ok())
}

async fn directory(State(app): App, caller: Caller, params: Params) -> Answer<Vec<Account>> {
    let viewer = caller.viewer("read")?;
    let store = app.store();
    let local = params.get("local").is_true();
    let mut found: Vec<Id> = store
        .accounts
        .values()
        .filter(|account| account.discoverable == Some(true) && (!local || account.is_local()))
        .filter(|account| viewer.is_none_or(|me| !store.hides(me, account.id)))
        .map(|account| account.id)
        .collect();
    if params.get("order").text().as_deref() == Some("new") {
        found.reverse();
    } else {
        let last = |id: &Id| {
            store
                .statuses
                .values()
                .rev()
                .find(|status| status.account == *id)
                .map(|status| status.id)
        };
        found.sort_by_key(|id| std::cmp::Reverse(last(id)));
    }
    let limit = number(&params, "limit").unwrap_or(40).clamp(1, 80);
    Ok(Json(
        store.accounts_of(
            found
                .into_iter()
                .skip(number(&params, "offset").unwrap_or(0))
                .take(limit),
        ),
    ))
}

/// Discoverable accounts that the user does not follow, those with the most followers first.
fn suggested(store: &Store, me: Id, params: &Params) -> Vec<Id> {
    let mut found: Vec<Id> = store
        .accounts
        .values()
        .filter(|account| account.discoverable == Some(true) && account.id != me)
        .filter(|account| {
            !store.follows.has(me, account.id) && !store.follow_requests.has(me, account.id)
        })
        .filter(|account| {
            !store.hides(me, account.id) && !store.unsuggested.contains(&(me, account.id))
        })
        .map(|account| account.id)
        .collect();
    found.sort_by_key(|id| std::cmp::Reverse(store.follows.count_to(*id)));
    found.truncate(number(params, "limit").unwrap_or(40).clamp(1, 80));
    found
}

async fn suggestions_v1(State(app): App, caller: Caller, params: Params) -> Answer<Vec<Account>> {
    let me = caller.person("read")?;
    let store = app.store();
    Ok(Json(store.accounts_of(suggested(&store, me, &params))))
}

async fn suggestions(State(app): App, caller: Caller, params: Params) -> Answer<Vec<Suggestion>> {
    let me = caller.person("read")?;
    let store = app.store();
    let found = suggested(&store, me, &params)
        .into_iter()
        .map(|id| Suggestion {
            source: SuggestionSource::Global,
            sources: Some(vec![SuggestionReason::MostFollowed]),
            account: store.account(id),
            other: serde_json::Map::new(),
        });
    Ok(Json(found.collect()))
}

async fn dismiss(State(app): App, caller: Caller, Path(id): Path<String>) -> Answer<Value> {
    let me = caller.person("read")?;
    let id: Id = id.parse().map_err(|_| ApiError::not_found())?;
    app.store().unsuggested.insert((me, id));
    Ok(Json(json!({})))
}

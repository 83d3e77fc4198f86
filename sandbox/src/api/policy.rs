//! `/api/v2/notifications/policy` and `/api/v1/notifications/requests`: whose notifications are filtered.

use std::sync::Arc;

use axum::extract::State;
use axum::http::Uri;
use axum::routing::{get, post};
use axum::{Json, Router};
use mastodon_wasm::entities::{NotificationPolicy, NotificationPolicySummary, NotificationRequest};
use serde_json::{Value, json};

use super::request::{At, Listing};
use crate::caller::Caller;
use crate::clock;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::page::PageAnswer;
use crate::params::{Field, Params};
use crate::store::{Edge, Filtering, Store};

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route(
            "/api/v2/notifications/policy",
            get(show).patch(update).put(update),
        )
        .route("/api/v1/notifications/requests", get(many))
        .route("/api/v1/notifications/requests/merged", get(merged))
        .route("/api/v1/notifications/requests/accept", post(accept_many))
        .route("/api/v1/notifications/requests/dismiss", post(dismiss_many))
        .route("/api/v1/notifications/requests/{id}", get(one))
        .route("/api/v1/notifications/requests/{id}/accept", post(accept))
        .route("/api/v1/notifications/requests/{id}/dismiss", post(dismiss))
}

fn render(store: &Store, me: Id) -> NotificationPolicy {
    let policy = store.policy_of(me);
    let waiting = store
        .notification_requests
        .from(me)
        .map(|request| store.waiting(request).count());
    let waiting: Vec<usize> = waiting.collect();
    let name = |filtering: Filtering| filtering.as_str().into();
    NotificationPolicy {
        for_not_following: name(policy.not_following),
        for_not_followers: name(policy.not_followers),
        for_new_accounts: name(policy.new_accounts),
        for_private_mentions: name(policy.private_mentions),
        for_limited_accounts: name(policy.limited_accounts),
        for_bots: Some(name(policy.bots)),
        summary: NotificationPolicySummary {
            pending_requests_count: waiting.len() as u64,
            pending_notifications_count: waiting.iter().sum::<usize>() as u64,
            other: serde_json::Map::new(),
        },
        other: serde_json::Map::new(),
    }
}

async fn show(State(app): App, caller: Caller) -> Answer<NotificationPolicy> {
    let me = caller.person("read:notifications")?;
    Ok(Json(render(&app.store(), me)))
}

async fn update(State(app): App, caller: Caller, params: Params) -> Answer<NotificationPolicy> {
    let me = caller.person("write:notifications")?;
    let mut store = app.store();
    let mut policy = store.policy_of(me);
    for (name, filtering) in [
        ("for_not_following", &mut policy.not_following),
        ("for_not_followers", &mut policy.not_followers),
        ("for_new_accounts", &mut policy.new_accounts),
        ("for_private_mentions", &mut policy.private_mentions),
        ("for_limited_accounts", &mut policy.limited_accounts),
        ("for_bots", &mut policy.bots),
    ] {
        if let Some(wanted) = params.get(name).presence() {
            *filtering = Filtering::parse(&wanted).ok_or_else(|| {
                ApiError::unprocessable(&format!("'{wanted}' is not a valid {name}"))
            })?;
        }
    }
    store.policies.insert(me, policy);
    Ok(Json(render(&store, me)))
}

fn render_request(store: &Store, request: &Edge<()>) -> NotificationRequest {
    let rows: Vec<_> = store.waiting(request).collect();
    let at = |row: Option<&&crate::store::Notification>| {
        clock::iso(row.map_or_else(|| store.now(), |row| row.at))
    };
    let last = rows.iter().rev().find_map(|row| row.status);
    let last = last.and_then(|id| store.status_for(Some(request.from), id));
    NotificationRequest {
        id: request.id.to_string(),
        created_at: at(rows.first()),
        updated_at: at(rows.last()),
        account: store.account(request.to),
        notifications_count: rows.len().to_string(),
        last_status: Some(last.map(|status| store.render_status(status, Some(request.from)))),
        other: serde_json::Map::new(),
    }
}

fn own(store: &Store, me: Id, id: Id) -> Result<&Edge<()>, ApiError> {
    store
        .notification_requests
        .from(me)
        .find(|request| request.id == id)
        .ok_or_else(ApiError::not_found)
}

async fn many(
    State(app): App,
    caller: Caller,
    uri: Uri,
    params: Params,
) -> PageAnswer<NotificationRequest> {
    let me = caller.person("read:notifications")?;
    let store = app.store();
    let page = Listing::people(&app, &uri, &params).page(
        store.notification_requests.from(me),
        |request| request.id,
        |request| render_request(&store, request),
    );
    Ok(page)
}

async fn one(State(app): App, caller: Caller, At(id): At) -> Answer<NotificationRequest> {
    let me = caller.person("read:notifications")?;
    let store = app.store();
    Ok(Json(render_request(&store, own(&store, me, id)?)))
}

/// Accepted notifications are merged at once, without a queue.
async fn merged(caller: Caller) -> Answer<Value> {
    caller.person("read:notifications")?;
    Ok(Json(json!({ "merged": true })))
}

fn decide(
    app: &Instance,
    caller: &Caller,
    ids: &[Id],
    what: fn(&mut Store, Id, Id),
) -> Answer<Value> {
    let me = caller.person("write:notifications")?;
    let mut store = app.store();
    for id in ids {
        let from = own(&store, me, *id)?.to;
        what(&mut store, me, from);
    }
    Ok(Json(json!({})))
}

async fn accept(State(app): App, caller: Caller, At(id): At) -> Answer<Value> {
    decide(&app, &caller, &[id], Store::welcome)
}

async fn dismiss(State(app): App, caller: Caller, At(id): At) -> Answer<Value> {
    decide(&app, &caller, &[id], Store::turn_away)
}

/// Mastodon's documentation has `id[]`. Some clients send `id[][]`, which Rails reads as nested lists.
fn ids(params: &Params) -> Vec<Id> {
    let all = params.get("id").items();
    all.into_iter().flat_map(Field::ids).collect()
}

async fn accept_many(State(app): App, caller: Caller, params: Params) -> Answer<Value> {
    decide(&app, &caller, &ids(&params), Store::welcome)
}

async fn dismiss_many(State(app): App, caller: Caller, params: Params) -> Answer<Value> {
    decide(&app, &caller, &ids(&params), Store::turn_away)
}

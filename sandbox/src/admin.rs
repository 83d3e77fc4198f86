//! `/sandbox`: the endpoints that control the sandbox in tests. Only loopback may use them.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use axum::{Extension, Json, Router};
use mastodon_wasm::entities::{Announcement, Token};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::behaviour::Behaviour;
use crate::error::{Answer, ApiError};
use crate::faults::Fault;
use crate::front::Peer;
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::life::Deed;
use crate::oauth::{origin_of, render_token};
use crate::store::{self, Event};

pub fn routes(instance: &Arc<Instance>) -> Router<Arc<Instance>> {
    Router::new()
        .route(
            "/sandbox/faults",
            get(faults).post(add_fault).delete(clear_faults),
        )
        .route("/sandbox/faults/{id}", delete(remove_fault))
        .route(
            "/sandbox/behaviour",
            get(behaviour).post(behave).delete(behave_well),
        )
        .route(
            "/sandbox/streaming",
            post(hurt_streaming).delete(heal_streaming),
        )
        .route("/sandbox/rate_limit", post(limit).delete(unlimit))
        .route("/sandbox/tokens", post(token))
        .route("/sandbox/revoke", post(revoke))
        .route("/sandbox/life", post(life))
        .route("/sandbox/announcements", post(announce))
        .route("/sandbox/announcements/{id}", delete(take_back))
        .route("/sandbox/reset", post(reset))
        .route(
            "/sandbox/snapshot",
            get(snapshot)
                .put(restore)
                .layer(DefaultBodyLimit::disable()),
        )
        .route("/sandbox/state", get(state))
        .route("/sandbox/requests", delete(forget_requests))
        .layer(middleware::from_fn_with_state(
            Arc::clone(instance),
            loopback_only,
        ))
}

async fn loopback_only(
    State(app): App,
    Extension(peer): Extension<Peer>,
    request: Request,
    next: Next,
) -> Response {
    // A web page can also make a browser on this machine send requests.
    let foreign = request
        .headers()
        .get(header::ORIGIN)
        .is_some_and(|origin| origin != origin_of(&app.base).as_str());
    if peer.address.to_canonical().is_loopback() && !foreign {
        next.run(request).await
    } else {
        ApiError::forbidden("Only loopback may do this").into_response()
    }
}

/// The body, whatever its content type. An empty body is `{}`.
fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, ApiError> {
    let text = if body.is_empty() {
        b"{}".as_slice()
    } else {
        body
    };
    serde_json::from_slice(text).map_err(|error| ApiError::bad_request(&error.to_string()))
}

async fn faults(State(app): App) -> Json<Vec<Fault>> {
    Json(app.faults.all())
}

async fn add_fault(State(app): App, body: Bytes) -> Answer<Fault> {
    app.faults
        .add(read(&body)?)
        .map(Json)
        .map_err(|error| ApiError::bad_request(&error))
}

async fn clear_faults(State(app): App) -> Json<Value> {
    app.faults.clear();
    Json(json!({}))
}

async fn remove_fault(State(app): App, Path(id): Path<u64>) -> Answer<Value> {
    if app.faults.remove(id) {
        Ok(Json(json!({})))
    } else {
        Err(ApiError::not_found())
    }
}

async fn behaviour(State(app): App) -> Json<Behaviour> {
    Json(app.behaviour())
}

async fn behave(State(app): App, body: Bytes) -> Answer<Behaviour> {
    let changed = app
        .behaviour()
        .with(read(&body)?)
        .map_err(|error| ApiError::bad_request(&error))?;
    app.set_behaviour(changed.clone());
    Ok(Json(changed))
}

async fn behave_well(State(app): App) -> Json<Behaviour> {
    app.behave_well();
    Json(app.behaviour())
}

async fn hurt_streaming(State(app): App, body: Bytes) -> Answer<Value> {
    let open = app
        .hub
        .hurt(&read(&body)?, app.clock.now())
        .map_err(|error| ApiError::bad_request(&error))?;
    Ok(Json(json!({ "sockets": open })))
}

async fn heal_streaming(State(app): App) -> Json<Value> {
    app.hub.heal();
    Json(json!({ "sockets": app.hub.count() }))
}

async fn limit(State(app): App, body: Bytes) -> Answer<Value> {
    let wanted: Value = read(&body)?;
    let limit = wanted["limit"]
        .as_u64()
        .ok_or_else(|| ApiError::bad_request("limit is missing"))?;
    app.limiter
        .set(limit, wanted["window_ms"].as_u64(), app.clock.now());
    Ok(Json(json!({})))
}

async fn unlimit(State(app): App) -> Json<Value> {
    app.limiter.reset();
    Json(json!({}))
}

async fn token(State(app): App, body: Bytes) -> Answer<Token> {
    let wanted: Value = read(&body)?;
    let mut store = app.store();
    let account = match wanted["username"].as_str() {
        Some(name) => Some(
            store
                .account_by_acct(name)
                .map(|account| account.id)
                .ok_or_else(ApiError::not_found)?,
        ),
        None => None,
    };
    let scopes = wanted["scopes"]
        .as_str()
        .unwrap_or("read write follow push profile");
    let scopes = scopes.split_whitespace().map(str::to_owned).collect();
    let client = store
        .app_by_client_id(crate::seed::CLIENT_ID)
        .map(|app| app.id)
        .ok_or_else(ApiError::not_found)?;
    let mut token = store.add_token(client, account, scopes);
    if let Some(seconds) = app.behaviour().token_lifetime_s {
        store.limit_token(&mut token, seconds);
    }
    Ok(Json(render_token(&token)))
}

async fn revoke(State(app): App, body: Bytes) -> Answer<Value> {
    let wanted: Value = read(&body)?;
    let revoked = app
        .store()
        .revoke(wanted["token"].as_str().unwrap_or_default());
    if revoked {
        Ok(Json(json!({})))
    } else {
        Err(ApiError::not_found())
    }
}

async fn life(State(app): App, body: Bytes) -> Answer<Value> {
    let wanted: Value = read(&body)?;
    if let Some(name) = wanted["once"].as_str() {
        let deed = Deed::parse(name).ok_or_else(|| ApiError::bad_request("once is no deed"))?;
        let to = wanted["to"].as_str().unwrap_or("mina");
        let to = app
            .store()
            .account_by_acct(to)
            .map(|account| account.id)
            .ok_or_else(ApiError::not_found)?;
        let done = app.life.once(&mut app.store(), deed, to);
        return Ok(Json(json!({ "id": done.map(|id| id.to_string()) })));
    }
    app.life
        .set(wanted["on"].as_bool(), wanted["every_ms"].as_u64());
    Ok(Json(json!({})))
}

async fn announce(State(app): App, body: Bytes) -> Answer<Announcement> {
    let wanted: Value = read(&body)?;
    let text = wanted["text"]
        .as_str()
        .unwrap_or("The lanterns will be lit at dusk.")
        .to_owned();
    let mut store = app.store();
    let id = store.counters.announcements.next();
    let row = store::Announcement {
        id,
        text,
        at: store.clock.now(),
        read_by: Vec::new(),
        reactions: Vec::new(),
    };
    store.announcements.insert(id, row);
    store.emit(Event::AnnouncementPublished(id));
    store
        .announcement(id, Id::default())
        .map(Json)
        .ok_or_else(ApiError::not_found)
}

async fn take_back(State(app): App, Path(id): Path<u64>) -> Answer<Value> {
    let mut store = app.store();
    store
        .announcements
        .remove(&Id(id))
        .ok_or_else(ApiError::not_found)?;
    store.emit(Event::AnnouncementDeleted(Id(id)));
    Ok(Json(json!({})))
}

async fn reset(State(app): App) -> Response {
    app.reset();
    (StatusCode::OK, Json(json!({}))).into_response()
}

async fn snapshot(State(app): App) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/octet-stream")];
    (kind, app.snapshot()).into_response()
}

async fn restore(State(app): App, body: Bytes) -> Answer<Value> {
    app.restore(&body)
        .map_err(|error| ApiError::bad_request(&error.to_string()))?;
    Ok(Json(json!({})))
}

async fn state(State(app): App) -> Json<Value> {
    let store = app.store();
    Json(json!({
        "url": app.base,
        "accounts": crate::seed::people(&store),
        "requests": app.log.json(),
        "requests_total": app.log.total(),
        "sockets": app.hub.json(&store),
        "connections": app.connections.load(Ordering::Relaxed),
    }))
}

async fn forget_requests(State(app): App) -> Json<Value> {
    app.log.clear();
    Json(json!({}))
}

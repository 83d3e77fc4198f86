//! `/api/v1/push/subscription`: which notifications are pushed, and to which endpoint. Only a sandbox in the
//! caller's process can send them.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use mastodon_wasm::entities::WebPushSubscription;
use serde_json::{Map, Value, json};

use crate::caller::Caller;
use crate::error::{Answer, ApiError};
use crate::instance::{App, Instance};
use crate::params::{Field, Params};
use crate::push::VAPID_KEY;
use crate::store::PushSubscription;

const PATH: &str = "/api/v1/push/subscription";
const ALERTS: [&str; 9] = [
    "follow",
    "follow_request",
    "favourite",
    "reblog",
    "mention",
    "poll",
    "status",
    "update",
    "quote",
];

pub fn routes() -> Router<Arc<Instance>> {
    Router::new().route(PATH, get(show).post(create).put(update).delete(remove))
}

fn render(row: &PushSubscription) -> Result<WebPushSubscription, ApiError> {
    let alerts = serde_json::from_value(Value::Object(row.alerts.clone()))
        .map_err(|error| ApiError::bad_request(&error.to_string()))?;
    Ok(WebPushSubscription {
        id: row.id.0.into(),
        endpoint: row.endpoint.clone(),
        standard: Some(row.standard),
        server_key: VAPID_KEY.to_owned(),
        alerts,
        policy: Some(row.policy.as_str().into()),
        other: serde_json::Map::new(),
    })
}

fn alerts(data: Field<'_>) -> Map<String, Value> {
    let wanted = data.get("alerts");
    ALERTS
        .into_iter()
        .map(|name| (name.to_owned(), json!(wanted.get(name).is_true())))
        .collect()
}

fn policy(data: Field<'_>) -> String {
    data.get("policy")
        .presence()
        .unwrap_or_else(|| "all".to_owned())
}

async fn show(State(app): App, caller: Caller) -> Answer<WebPushSubscription> {
    let token = caller.token("push")?;
    let store = app.store();
    let row = store
        .push
        .get(&token.text)
        .ok_or_else(ApiError::not_found)?;
    render(row).map(Json)
}

async fn create(State(app): App, caller: Caller, params: Params) -> Answer<WebPushSubscription> {
    let token = caller.token("push")?;
    let subscription = params.get("subscription");
    let endpoint = subscription.get("endpoint").presence();
    let endpoint = endpoint.ok_or_else(|| ApiError::invalid("Endpoint can't be blank"))?;
    let key = subscription.get("keys").get("p256dh").presence();
    let p256dh = key.ok_or_else(|| ApiError::invalid("Key p256dh can't be blank"))?;
    let auth = subscription.get("keys").get("auth").presence();
    let auth = auth.ok_or_else(|| ApiError::invalid("Key auth can't be blank"))?;
    let data = params.get("data");
    let mut store = app.store();
    let row = PushSubscription {
        id: store.counters.push.next(),
        endpoint,
        p256dh,
        auth,
        standard: subscription.get("standard").is_true(),
        alerts: alerts(data),
        policy: policy(data),
    };
    let answer = render(&row)?;
    store.push.insert(token.text.clone(), row);
    Ok(Json(answer))
}

async fn update(State(app): App, caller: Caller, params: Params) -> Answer<WebPushSubscription> {
    let token = caller.token("push")?;
    let data = params.get("data");
    let mut store = app.store();
    let row = store
        .push
        .get_mut(&token.text)
        .ok_or_else(ApiError::not_found)?;
    row.alerts = alerts(data);
    row.policy = policy(data);
    render(row).map(Json)
}

async fn remove(State(app): App, caller: Caller) -> Answer<Value> {
    let token = caller.token("push")?;
    app.store().push.remove(&token.text);
    Ok(Json(json!({})))
}

//! `/api/v1/push/subscription`: what is to be pushed and where to. Whoever runs the instance in a process of
//! its own may send it.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use mastodon_wasm::entities::WebPushSubscription;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::instance::EMAIL;
use crate::caller::Caller;
use crate::clock;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::oauth::{VAPID_KEY, VAPID_PRIVATE_KEY};
use crate::params::{Field, Params};
use crate::store::{self, NotificationKind, PushSubscription, Store};

const PATH: &str = "/api/v1/push/subscription";
/// How long the signature of a message is good.
const SIGNED_FOR_S: i64 = 24 * 60 * 60;
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

/// A message on its way to a push service.
#[derive(Clone, Debug, Serialize)]
pub struct Push {
    /// Where it goes.
    pub endpoint: String,
    /// The key that it is encrypted for.
    pub p256dh: String,
    /// The secret that it is encrypted with, beside.
    pub auth: String,
    /// Whether as RFC 8291 has it, or as the draft before.
    pub standard: bool,
    /// The key of the instance.
    pub server_key: &'static str,
    /// Its private half: the request is signed with it (RFC 8292).
    pub private_key: &'static str,
    /// Whom the push service may write to.
    pub subject: String,
    /// Until when the signature is good, in seconds since 1970.
    pub expires: i64,
    /// What it says.
    pub payload: Value,
}

impl Store {
    /// The messages that tell of a notification.
    pub fn pushes_of(&self, notification: Id) -> Vec<Push> {
        let Some(row) = self.notifications.get(&notification) else {
            return Vec::new();
        };
        let now = self.clock.now();
        let wanted = self.push.iter().filter(|(token, subscription)| {
            let token = self.tokens.get(*token);
            let own =
                token.is_some_and(|token| token.account == Some(row.to) && token.is_good(now));
            let alert = subscription.alerts.get(row.kind.as_str());
            let from = match subscription.policy.as_str() {
                "followed" => self.follows.has(row.to, row.from),
                "follower" => self.follows.has(row.from, row.to),
                "none" => false,
                _ => true,
            };
            own && from && alert == Some(&Value::Bool(true))
        });
        wanted
            .map(|(token, subscription)| Push {
                endpoint: subscription.endpoint.clone(),
                p256dh: subscription.p256dh.clone(),
                auth: subscription.auth.clone(),
                standard: subscription.standard,
                server_key: VAPID_KEY,
                private_key: VAPID_PRIVATE_KEY,
                subject: format!("mailto:{EMAIL}"),
                expires: clock::after(now, SIGNED_FOR_S).as_second(),
                payload: self.push_payload(row, token),
            })
            .collect()
    }

    fn push_payload(&self, row: &store::Notification, token: &str) -> Value {
        let from = self.accounts.get(&row.from);
        let name = from.map_or("", |from| {
            if from.display_name.is_empty() {
                &from.username
            } else {
                &from.display_name
            }
        });
        let title = match row.kind {
            NotificationKind::Mention => format!("You were mentioned by {name}"),
            NotificationKind::Status => format!("{name} just posted"),
            NotificationKind::Reblog => format!("{name} boosted your post"),
            NotificationKind::Favourite => format!("{name} favorited your post"),
            NotificationKind::Follow => format!("{name} is now following you"),
            NotificationKind::FollowRequest => format!("{name} has requested to follow you"),
            NotificationKind::Poll => format!("A poll by {name} has ended"),
            NotificationKind::Update => format!("{name} edited a post"),
            NotificationKind::Quote => format!("{name} quoted your post"),
            NotificationKind::QuotedUpdate => format!("{name} edited a post you have quoted"),
            NotificationKind::SignUp => format!("{name} signed up"),
            NotificationKind::Report => format!("{name} submitted a report"),
        };
        let status = row.status.and_then(|id| self.statuses.get(&id));
        let body = status.map(|status| {
            let warned = !status.spoiler_text.is_empty();
            if warned {
                status.spoiler_text.as_str()
            } else {
                status.text.as_str()
            }
        });
        let body = body.or_else(|| from.map(|from| from.note.as_str()));
        let icon = from.map(|from| self.url(&from.avatar));
        json!({
            "access_token": token,
            "preferred_locale": "en",
            "notification_id": row.id.0,
            "notification_type": row.kind.as_str(),
            "icon": icon,
            "title": title,
            "body": body.unwrap_or_default(),
        })
    }
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

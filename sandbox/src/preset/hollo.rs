//! Hollo 0.10.0: ids are UUIDs. Those of notifications begin with a time and a type. Some routes accept only
//! JSON.

use axum::http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};

use super::shape::{Entity, Shape};
use super::{Asked, Ids, Preset, Said, ids, reword};
use crate::behaviour::{Behaviour, RatelimitReset};

pub static PRESET: Preset = Preset {
    name: "hollo",
    behaviour: || Behaviour {
        version: "4.4.0 (compatible; Hollo 0.10.0)".to_owned(),
        ratelimit_reset: RatelimitReset::RetryAfter,
        streaming: false,
        ..Behaviour::default()
    },
    ids: Ids::Uuid,
    shapes: &[
        Shape {
            of: Entity::Account,
            absent: &[],
            null: &["role"],
        },
        Shape {
            of: Entity::Status,
            absent: &[],
            null: &["filtered"],
        },
        Shape {
            of: Entity::Poll,
            absent: &[],
            null: &["voted", "own_votes"],
        },
        Shape {
            of: Entity::InstanceV2,
            absent: &["configuration.urls.streaming", "api_versions"],
            null: &[],
        },
    ],
    missing: &["GET /api/v1/streaming/health"],
    no_route: || {
        Said::text(
            StatusCode::NOT_FOUND,
            "text/plain; charset=utf-8",
            "404 Not Found",
        )
    },
    enter,
    leave,
};

const JSON_ALONE: &[&str] = &[
    "POST /api/v1/polls/*/votes",
    "POST /api/v1/lists",
    "POST /api/v1/featured_tags",
    "POST /api/v1/reports",
];

fn enter(asked: &mut Asked) -> Option<Said> {
    if asked.is_one_of(JSON_ALONE) && asked.has_form() {
        return Some(refusal(
            StatusCode::BAD_REQUEST,
            "Malformed JSON in request body",
        ));
    }
    if asked.path.starts_with("/api/v1/notifications/") {
        let last = asked.last_segment();
        if let Some((_, uuid)) = last.rsplit_once('/') {
            asked.path = format!("/api/v1/notifications/{uuid}");
        }
    }
    for (name, value) in &mut asked.query {
        if !ids::is_cursor(name) {
            continue;
        }
        let uuid = value.rsplit('/').next().unwrap_or_default().to_owned();
        if Ids::Uuid.read(&uuid).is_none() {
            return Some(refusal(StatusCode::BAD_REQUEST, "Invalid UUID"));
        }
        *value = uuid;
    }
    None
}

fn refusal(status: StatusCode, words: &str) -> Said {
    Said::json(
        status,
        json!({ "success": false, "error": { "message": words } }),
    )
}

fn leave(asked: &Asked, said: &mut Said) {
    if asked.path.starts_with("/oauth/authorize") {
        without_state(said);
        return;
    }
    if !asked.path.starts_with("/oauth/") {
        reword(
            said,
            |words| json!({ "success": false, "error": { "message": words } }),
        );
    }
    let notifications = asked.path.starts_with("/api/v1/notifications");
    if let Some(content) = said.value().filter(|_| notifications) {
        with_time_and_type(content);
    }
}

fn with_time_and_type(content: &mut Value) {
    match content {
        Value::Array(items) => items.iter_mut().for_each(with_time_and_type),
        Value::Object(fields) => {
            let text = |name: &str| fields.get(name).and_then(Value::as_str);
            if let (Some(time), Some(kind), Some(id)) =
                (text("created_at"), text("type"), text("id"))
            {
                let id = format!("{time}/{kind}/{id}");
                fields.insert("id".to_owned(), json!(id));
            }
        }
        _ => {}
    }
}

/// If the user denies, the redirect has no `state`.
fn without_state(said: &mut Said) {
    let location = said.headers.get(header::LOCATION);
    let kept = location
        .and_then(|location| location.to_str().ok())
        .filter(|location| location.contains("error="))
        .and_then(|location| location.split_once("&state="))
        .map(|(start, _)| start.to_owned());
    if let Some(location) = kept.and_then(|location| HeaderValue::from_str(&location).ok()) {
        said.headers.insert(header::LOCATION, location);
    }
}

//! snac 2.94: one small C program. Most lists have no `Link`, polls are read only from forms. No version 2 of
//! the instance endpoint, and no streaming.

use axum::http::{StatusCode, header};
use serde_json::{Value, json};

use super::{Asked, Ids, Preset, Said, ids};
use crate::behaviour::{Behaviour, Idempotency, MediaResult, Pkce, RatelimitReset};

pub static PRESET: Preset = Preset {
    name: "snac",
    behaviour: || Behaviour {
        version: "4.0.0 (not true; really snac/2.94)".to_owned(),
        ratelimit_reset: RatelimitReset::RetryAfter,
        streaming: false,
        oauth_metadata: false,
        pkce: Pkce::Ignore,
        idempotency: Idempotency::Ignore,
        instance_v2: false,
        cors_patch: false,
        drop_read_in: Some(20),
        media_result: MediaResult::Sync,
        ..Behaviour::default()
    },
    ids: Ids::Snowflake,
    shapes: &[],
    missing: &["GET /api/v2/instance", "GET /api/v1/streaming/health"],
    no_route: not_found,
    enter,
    leave,
};

/// The lists that have a `Link`.
const LINKED: &[&str] = &["GET /api/v1/timelines/home", "GET /api/v1/timelines/public"];

fn not_found() -> Said {
    Said::text(
        StatusCode::NOT_FOUND,
        "text/html; charset=utf-8",
        "<h1>404 Not Found</h1>",
    )
}

fn enter(asked: &mut Asked) -> Option<Said> {
    if asked.method == "GET" && asked.in_query("min_id") == Some("0") {
        return Some(Said::json(StatusCode::OK, json!([])));
    }
    if let Some(mut status) = asked.json().filter(|_| asked.is("POST /api/v1/statuses"))
        && let Value::Object(fields) = &mut status
        && fields.remove("poll").is_some()
    {
        asked.set_json(&status);
    }
    if asked.path == "/api/v1/push/subscription"
        && let Some(mut form) = asked.form()
    {
        form.retain(|(name, _)| !name.starts_with("data[alerts]"));
        asked.set_form(&form);
    }
    None
}

fn leave(asked: &Asked, said: &mut Said) {
    if said.status == StatusCode::UNAUTHORIZED
        && asked.is("GET /api/v1/accounts/verify_credentials")
        && asked.token.is_some()
    {
        said.status = StatusCode::UNPROCESSABLE_ENTITY;
    }
    if !asked.is_one_of(LINKED) || asked.query.iter().any(|(name, _)| ids::is_cursor(name)) {
        said.headers.remove(header::LINK);
    }
}

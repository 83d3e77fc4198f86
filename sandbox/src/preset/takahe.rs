//! Takahē 0.11.0: a Django application. Its errors are HTML pages, it has only broad scopes, and a new status
//! takes some seconds to appear in home timelines.

use axum::http::{HeaderValue, StatusCode, header};
use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::shape::{Entity, Shape};
use super::{Asked, Ids, Preset, Said, keep_scopes, reword};
use crate::behaviour::{Behaviour, Idempotency, MediaResult, Pkce, RatelimitReset};
use crate::id::Id;

pub static PRESET: Preset = Preset {
    name: "takahe",
    behaviour: || Behaviour {
        version: "takahe/0.11.0".to_owned(),
        ratelimit_reset: RatelimitReset::RetryAfter,
        streaming: false,
        oauth_metadata: false,
        pkce: Pkce::Ignore,
        idempotency: Idempotency::Ignore,
        media_result: MediaResult::Sync,
        ..Behaviour::default()
    },
    ids: Ids::Snowflake,
    shapes: &[
        Shape {
            of: Entity::InstanceV2,
            absent: &[
                "api_versions",
                "icon",
                "configuration.urls.streaming",
                "configuration.vapid",
            ],
            null: &[],
        },
        Shape {
            of: Entity::InstanceV1,
            absent: &["urls.streaming_api", "configuration.accounts"],
            null: &["contact_account"],
        },
        Shape {
            of: Entity::Account,
            absent: &["uri", "role", "roles", "noindex"],
            null: &[],
        },
        Shape {
            of: Entity::Status,
            absent: &[
                "application",
                "filtered",
                "quote",
                "quotes_count",
                "quote_approval",
            ],
            null: &["card", "language"],
        },
    ],
    missing: &[
        "GET /api/v1/instance/rules",
        "GET /api/v1/instance/domain_blocks",
        "GET /api/v1/instance/extended_description",
        "GET /api/v1/instance/privacy_policy",
        "GET /api/v1/instance/terms_of_service",
        "GET /api/v1/instance/translation_languages",
        "GET /api/v1/instance/languages",
        "GET /health",
        "GET /api/v1/streaming/health",
        "GET /api/v1/directory",
        "GET /api/oembed",
        "GET /api/v1/accounts",
        "* /api/v1/profile",
        "GET /api/v1/accounts/*/lists",
        "GET /api/v1/accounts/*/endorsements",
        "POST /api/v1/accounts/*/note",
        "POST /api/v1/accounts/*/endorse",
        "POST /api/v1/accounts/*/pin",
        "POST /api/v1/accounts/*/unendorse",
        "POST /api/v1/accounts/*/unpin",
        "POST /api/v1/accounts/*/remove_from_followers",
        "GET /api/v1/endorsements",
        "GET /api/v1/mutes",
        "GET /api/v1/blocks",
        "* /api/v1/domain_blocks",
        "GET /api/v1/suggestions",
        "GET /api/v1/statuses/*/history",
        "GET /api/v1/statuses/*/card",
        "POST /api/v1/statuses/*/mute",
        "POST /api/v1/statuses/*/unmute",
        "POST /api/v1/statuses/*/translate",
        "GET /api/v1/statuses/*/quotes",
        "PUT /api/v1/statuses/*/interaction_policy",
        "GET /api/v1/scheduled_statuses",
        "GET /api/v1/timelines/link",
        "POST /api/v1/tags/*/feature",
        "POST /api/v1/tags/*/unfeature",
        "* /api/v1/featured_tags",
        "GET /api/v1/featured_tags/suggestions",
        "* /api/v1/lists/*",
        "* /api/v1/filters/*",
        "* /api/v2/filters/*",
        "GET /api/v2/notifications",
        "GET /api/v2/notifications/unread_count",
        "* /api/v2/notifications/policy",
        "GET /api/v1/notifications/requests/merged",
        "* /api/v1/markers",
        "GET /api/v1/push/subscription",
        "POST /api/v1/push/subscription",
        "* /api/v1/reports",
        "GET /api/v1/annual_reports",
        "POST /api/v1/emails/confirmations",
        "POST /oauth/revoke",
    ],
    no_route: page_not_found,
    enter,
    leave,
};

/// The token that every application gets for itself.
const APP_TOKEN: &str = "__app__";
const BROAD: &[&str] = &["read", "write", "follow", "push"];
const NO_METHOD: &[&str] = &[
    "GET /api/v1/statuses",
    "DELETE /api/v1/media/*",
    "POST /api/v1/lists",
    "POST /api/v1/filters",
    "POST /api/v2/filters",
    "POST /api/v1/notifications/dismiss",
];
/// Routes whose last word it tries to read as a number.
const NO_NUMBER: &[&str] = &[
    "GET /api/v1/notifications/unread_count",
    "GET /api/v1/notifications/requests",
];
const NOT_FOR_STRANGERS: &[&str] = &[
    "GET /api/v1/accounts/*",
    "GET /api/v1/accounts/*/statuses",
    "GET /api/v1/statuses/*",
    "GET /api/v1/statuses/*/context",
];
/// How long a new status takes to appear in home timelines.
const FANOUT_MS: i64 = 1500;
const HTML: &str = "text/html; charset=utf-8";
const NOT_FOUND: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n    <head>\n        <title>Page Not Found - Takahē</title>\n    </head>\n    <body><h1>Page Not Found</h1></body>\n</html>\n";
const FAILED: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n    <head>\n        <title>Internal Error</title>\n    </head>\n    <body></body>\n</html>\n";

fn page_not_found() -> Said {
    Said::text(StatusCode::NOT_FOUND, HTML, NOT_FOUND)
}

fn enter(asked: &mut Asked) -> Option<Said> {
    if asked.is_one_of(NO_METHOD) {
        return Some(Said::text(StatusCode::METHOD_NOT_ALLOWED, HTML, ""));
    }
    if asked.is_one_of(NO_NUMBER) {
        return Some(Said::text(StatusCode::INTERNAL_SERVER_ERROR, HTML, FAILED));
    }
    if asked.token.is_none() && asked.is_one_of(NOT_FOR_STRANGERS) {
        let body = json!({ "error": "identity_token_required" });
        return Some(Said::json(StatusCode::UNAUTHORIZED, body));
    }
    if asked.path.starts_with("/oauth/") {
        keep_scopes(asked, BROAD);
    }
    if asked.is("GET /api/v1/timelines/home") && asked.text("max_id").is_none() {
        let arrived = asked.now.as_millisecond() - FANOUT_MS;
        let end = Id::beginning_of(Timestamp::from_millisecond(arrived).unwrap_or_default());
        asked.query.push(("max_id".to_owned(), end.to_string()));
    }
    None
}

fn leave(asked: &Asked, said: &mut Said) {
    if asked.path.starts_with("/oauth/authorize") {
        unescape_state(said);
    }
    if asked.is("POST /oauth/token") {
        if asked.text("grant_type").as_deref() == Some("client_credentials")
            && let Some(token) = said.value().and_then(|token| token.get_mut("access_token"))
        {
            *token = json!(APP_TOKEN);
        }
        return;
    }
    match said.status {
        StatusCode::NOT_FOUND => *said = page_not_found(),
        StatusCode::UNAUTHORIZED if asked.token.is_some() => {
            said.status = StatusCode::BAD_REQUEST;
            said.set_text(HTML, "Invalid Bearer token");
        }
        StatusCode::UNAUTHORIZED => said.set_json(json!({ "error": "identity_token_required" })),
        StatusCode::FORBIDDEN => {
            said.status = StatusCode::UNAUTHORIZED;
            said.set_json(json!({ "error": "Not the author of this status" }));
        }
        StatusCode::UNPROCESSABLE_ENTITY => {
            said.status = StatusCode::BAD_REQUEST;
            reword(said, |words| json!({ "detail": words }));
        }
        _ => {}
    }
    let own = asked.is("GET /api/v1/accounts/verify_credentials");
    let Some(content) = said.value() else {
        return;
    };
    if !own {
        without_source(content);
    }
}

/// Other accounts have `source: null`.
fn without_source(content: &mut Value) {
    match content {
        Value::Array(items) => items.iter_mut().for_each(without_source),
        Value::Object(fields) => {
            if fields.contains_key("acct") && fields.contains_key("note") {
                fields.insert("source".to_owned(), Value::Null);
            }
            fields.values_mut().for_each(without_source);
        }
        _ => {}
    }
}

/// `state` is returned as it was, without percent-encoding.
fn unescape_state(said: &mut Said) {
    let location = said.headers.get(header::LOCATION);
    let Some((start, state)) = location
        .and_then(|location| location.to_str().ok())
        .and_then(|location| location.split_once("state="))
    else {
        return;
    };
    let plain = percent_decode_str(state).decode_utf8_lossy();
    if let Ok(location) = HeaderValue::from_str(&format!("{start}state={plain}")) {
        said.headers.insert(header::LOCATION, location);
    }
}

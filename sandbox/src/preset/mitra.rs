//! Mitra 5.9.2: strict about the types of bodies and ids; always grants the same scopes.

use axum::http::{StatusCode, header};
use serde_json::{Value, json};

use super::shape::{Entity, Shape};
use super::{Asked, Ids, Preset, Said, ids, keep_scopes};
use crate::behaviour::{Behaviour, Idempotency, MediaResult, Pkce, RatelimitReset};

pub static PRESET: Preset = Preset {
    name: "mitra",
    behaviour: || Behaviour {
        version: "4.0.0 (compatible; Mitra 5.9.2-dev)".to_owned(),
        ratelimit_reset: RatelimitReset::RetryAfter,
        streaming: false,
        oauth_metadata: false,
        pkce: Pkce::Ignore,
        idempotency: Idempotency::Ignore,
        media_result: MediaResult::Sync,
        ..Behaviour::default()
    },
    ids: Ids::Uuid,
    shapes: &[
        Shape {
            of: Entity::InstanceV2,
            absent: &[
                "api_versions",
                "thumbnail",
                "languages",
                "rules",
                "icon",
                "configuration.urls",
                "configuration.vapid",
                "configuration.translation",
            ],
            null: &[],
        },
        Shape {
            of: Entity::InstanceV1,
            absent: &["urls", "email", "thumbnail", "languages", "rules"],
            null: &[],
        },
        Shape {
            of: Entity::Account,
            absent: &["group", "last_status_at", "uri", "roles", "noindex"],
            null: &[],
        },
        Shape {
            of: Entity::Status,
            absent: &[
                "card",
                "muted",
                "application",
                "filtered",
                "quotes_count",
                "quote_approval",
            ],
            null: &[],
        },
        Shape {
            of: Entity::MediaAttachment,
            absent: &["remote_url", "text_url", "blurhash", "meta"],
            null: &[],
        },
    ],
    missing: &[
        "GET /api/v1/instance/activity",
        "GET /api/v1/instance/rules",
        "GET /api/v1/instance/extended_description",
        "GET /api/v1/instance/privacy_policy",
        "GET /api/v1/instance/terms_of_service",
        "GET /api/v1/instance/translation_languages",
        "GET /api/v1/instance/languages",
        "GET /health",
        "GET /api/v1/streaming/health",
        "GET /api/v1/announcements",
        "GET /api/v1/trends",
        "GET /api/v1/trends/*",
        "GET /api/oembed",
        "* /api/v1/profile",
        "GET /api/v1/accounts/*/featured_tags",
        "GET /api/v1/accounts/*/endorsements",
        "POST /api/v1/accounts/*/note",
        "POST /api/v1/accounts/*/endorse",
        "POST /api/v1/accounts/*/pin",
        "POST /api/v1/accounts/*/unendorse",
        "POST /api/v1/accounts/*/unpin",
        "GET /api/v1/endorsements",
        "* /api/v1/domain_blocks",
        "GET /api/v1/suggestions",
        "GET /api/v2/suggestions",
        "DELETE /api/v1/media/*",
        "GET /api/v1/polls/*",
        "GET /api/v1/statuses/*/history",
        "POST /api/v1/statuses/*/mute",
        "POST /api/v1/statuses/*/unmute",
        "POST /api/v1/statuses/*/translate",
        "GET /api/v1/statuses/*/quotes",
        "PUT /api/v1/statuses/*/interaction_policy",
        "GET /api/v1/scheduled_statuses",
        "GET /api/v1/timelines/link",
        "GET /api/v1/tags/*",
        "POST /api/v1/tags/*/follow",
        "POST /api/v1/tags/*/unfollow",
        "POST /api/v1/tags/*/feature",
        "POST /api/v1/tags/*/unfeature",
        "GET /api/v1/followed_tags",
        "* /api/v1/featured_tags",
        "GET /api/v1/featured_tags/suggestions",
        "* /api/v1/filters",
        "POST /api/v2/filters",
        "* /api/v2/filters/*",
        "GET /api/v1/notifications/*",
        "GET /api/v1/notifications/requests/merged",
        "POST /api/v1/notifications/*/dismiss",
        "GET /api/v2/notifications",
        "GET /api/v2/notifications/unread_count",
        "PATCH /api/v2/notifications/policy",
        "GET /api/v1/search",
        "POST /api/v1/conversations/*/read",
        "POST /api/v1/conversations/*/unread",
        "DELETE /api/v1/conversations/*",
        "* /api/v1/push/subscription",
        "POST /api/v1/reports",
        "GET /api/v1/apps/verify_credentials",
        "GET /api/v1/annual_reports",
        "POST /api/v1/emails/confirmations",
    ],
    no_route: || Said::empty(StatusCode::NOT_FOUND),
    enter,
    leave,
};

const GRANTED: &[&str] = &["read", "write", "follow"];
/// These routes reject forms with 400.
const JSON_ALONE: &[&str] = &[
    "PUT /api/v1/media/*",
    "POST /api/v1/polls/*/votes",
    "PUT /api/v1/lists/*",
];
/// Lists with a `Link` header. The other lists have only one page.
const LINKED: &[&str] = &[
    "GET /api/v1/timelines/home",
    "GET /api/v1/timelines/public",
    "GET /api/v1/timelines/tag/*",
    "GET /api/v1/timelines/list/*",
    "GET /api/v1/notifications",
    "GET /api/v1/accounts/*/statuses",
];
const OF_AN_ID: &[&str] = &[
    "* /api/v1/accounts/*",
    "* /api/v1/accounts/*/*",
    "* /api/v1/statuses/*",
    "* /api/v1/statuses/*/*",
    "* /api/v1/media/*",
];
const WORDS: &[&str] = &[
    "verify_credentials",
    "update_credentials",
    "relationships",
    "lookup",
    "search",
    "familiar_followers",
];

fn both(status: StatusCode, words: &str) -> Said {
    Said::json(
        status,
        json!({ "error": words, "error_description": words }),
    )
}

fn enter(asked: &mut Asked) -> Option<Said> {
    if asked.is("PATCH /api/v1/accounts/update_credentials") && asked.has_form() {
        return Some(Said::text(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "text/plain; charset=utf-8",
            "ContentTypeIncompatible",
        ));
    }
    if asked.is_one_of(JSON_ALONE) && asked.has_form() {
        return Some(both(StatusCode::BAD_REQUEST, "Content type error"));
    }
    if asked.is("GET /api/v1/accounts") {
        return Some(Said::empty(StatusCode::METHOD_NOT_ALLOWED));
    }
    // A token can only be revoked by a request with this token.
    if asked.is("POST /oauth/revoke") && asked.token.is_none() {
        return Some(both(StatusCode::UNAUTHORIZED, "access token is invalid"));
    }
    if asked.is("GET /api/v1/timelines/public") && asked.token.is_none() {
        return Some(both(StatusCode::UNAUTHORIZED, "authentication required"));
    }
    if asked.is("POST /api/v1/apps") && several_redirects(asked) {
        return Some(both(StatusCode::BAD_REQUEST, "invalid redirect URI"));
    }
    if asked.path.starts_with("/oauth/") {
        keep_scopes(asked, GRANTED);
    }
    if asked.method == "DELETE" {
        // Only the query is read.
        asked.body = axum::body::Bytes::new();
        asked.headers.remove(header::CONTENT_TYPE);
        if asked.is("DELETE /api/v1/lists/*/accounts") && asked.in_query("account_ids[]").is_none()
        {
            return Some(both(StatusCode::BAD_REQUEST, "missing field `account_ids`"));
        }
    }
    let segment = asked.path.split('/').nth(4).unwrap_or_default();
    if asked.is_one_of(OF_AN_ID) && !WORDS.contains(&segment) && Ids::Uuid.read(segment).is_none() {
        return Some(both(
            StatusCode::BAD_REQUEST,
            "Path deserialize error: UUID parsing failed",
        ));
    }
    let wrong =
        |(name, value): &(String, String)| ids::is_cursor(name) && Ids::Uuid.read(value).is_none();
    asked.query.iter().any(wrong).then(|| {
        both(
            StatusCode::BAD_REQUEST,
            "Query deserialize error: UUID parsing failed",
        )
    })
}

fn several_redirects(asked: &Asked) -> bool {
    let uris = asked
        .json()
        .and_then(|body| body.get("redirect_uris").cloned());
    match uris {
        Some(Value::Array(uris)) => uris.len() > 1,
        Some(Value::String(uris)) => uris.split_whitespace().count() > 1,
        _ => asked
            .text("redirect_uris")
            .is_some_and(|uris| uris.split_whitespace().count() > 1),
    }
}

fn leave(asked: &Asked, said: &mut Said) {
    if asked.is("POST /oauth/token")
        && let Some(scope) = said.value().and_then(|token| token.get_mut("scope"))
    {
        *scope = json!(GRANTED.join(" "));
    }
    if said.status == StatusCode::UNPROCESSABLE_ENTITY {
        said.status = StatusCode::BAD_REQUEST;
    }
    let words = said
        .error()
        .map(|words| match (said.status, words.as_str()) {
            (StatusCode::UNAUTHORIZED, _) if asked.token.is_none() => {
                "auth header is not present".to_owned()
            }
            (StatusCode::UNAUTHORIZED, _) => "access token is invalid".to_owned(),
            (StatusCode::FORBIDDEN, _) => "permission error".to_owned(),
            (_, "Record not found") if asked.path.contains("/statuses") => {
                "post not found".to_owned()
            }
            (_, "Record not found") if asked.path.contains("/lists") => {
                "custom feed not found".to_owned()
            }
            (_, "Record not found") => "profile not found".to_owned(),
            _ => words,
        });
    if let Some(words) = words {
        said.set_json(json!({ "error": words, "error_description": words }));
    }
    if !asked.is_one_of(LINKED) {
        said.headers.remove(header::LINK);
    }
}

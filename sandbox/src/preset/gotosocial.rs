//! `GoToSocial` 0.20.1. Its tokens need a redirect URI, its ids are ULIDs, and nothing is public.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::shape::{Entity, Shape};
use super::{Asked, Ids, Preset, Said, error, ids, reword};
use crate::behaviour::{
    AllowedHeaders, Behaviour, Idempotency, ListLabel, MediaResult, Pkce, Refusals, SharedEvents,
};

pub static PRESET: Preset = Preset {
    name: "gotosocial",
    behaviour: || Behaviour {
        version: "0.20.1+git-57cb4fe".to_owned(),
        hashtag_streams: false,
        list_label: ListLabel::Joined,
        refused_subscriptions: Refusals::Silent,
        malformed_frames_close: true,
        shared_events: SharedEvents::Once,
        require_user_agent: true,
        reject_empty_json: true,
        allowed_headers: AllowedHeaders::Few,
        oauth_metadata: false,
        pkce: Pkce::Ignore,
        idempotency: Idempotency::Ignore,
        media_result: MediaResult::Sync,
        ..Behaviour::default()
    },
    ids: Ids::Ulid,
    shapes: &[
        Shape {
            of: Entity::InstanceV2,
            absent: &["api_versions", "contact.account", "icon"],
            null: &[],
        },
        Shape {
            of: Entity::InstanceV1,
            absent: &["contact_account"],
            null: &[],
        },
        Shape {
            of: Entity::Account,
            absent: &["uri", "noindex", "indexable"],
            null: &[],
        },
        Shape {
            of: Entity::Status,
            absent: &["filtered", "quote", "quotes_count", "quote_approval"],
            null: &[],
        },
    ],
    missing: &[
        "GET /api/v1/instance/activity",
        "GET /api/v1/instance/extended_description",
        "GET /api/v1/instance/privacy_policy",
        "GET /api/v1/instance/terms_of_service",
        "GET /api/v1/instance/translation_languages",
        "GET /api/v1/instance/languages",
        "GET /health",
        "GET /api/v1/streaming/health",
        "GET /api/v1/directory",
        "GET /api/oembed",
        "* /api/v1/profile",
        "GET /api/v1/accounts/familiar_followers",
        "GET /api/v1/accounts/*/endorsements",
        "POST /api/v1/accounts/*/endorse",
        "POST /api/v1/accounts/*/pin",
        "POST /api/v1/accounts/*/unendorse",
        "POST /api/v1/accounts/*/unpin",
        "POST /api/v1/accounts/*/remove_from_followers",
        "GET /api/v1/endorsements",
        "* /api/v1/domain_blocks",
        "GET /api/v1/suggestions",
        "POST /api/v1/statuses/*/mute",
        "POST /api/v1/statuses/*/unmute",
        "POST /api/v1/statuses/*/translate",
        "GET /api/v1/statuses/*/quotes",
        "PUT /api/v1/statuses/*/interaction_policy",
        "GET /api/v1/timelines/link",
        "POST /api/v1/tags/*/feature",
        "POST /api/v1/tags/*/unfeature",
        "GET /api/v1/featured_tags/suggestions",
        "GET /api/v1/notifications/unread_count",
        "GET /api/v1/notifications/requests",
        "GET /api/v1/notifications/requests/merged",
        "POST /api/v1/notifications/*/dismiss",
        "GET /api/v2/notifications",
        "GET /api/v2/notifications/unread_count",
        "* /api/v2/notifications/policy",
        "POST /api/v1/conversations/*/unread",
        "GET /api/v1/annual_reports",
        "POST /api/v1/emails/confirmations",
    ],
    no_route: || error(404, "Not Found"),
    enter,
    leave,
};

const NO_METHOD: &[&str] = &[
    "GET /api/v1/accounts",
    "GET /api/v1/statuses",
    "DELETE /api/v1/media/*",
    "POST /api/v1/featured_tags",
];

const NOT_FOR_STRANGERS: &[&str] = &[
    "GET /api/v1/accounts/*",
    "GET /api/v1/accounts/*/statuses",
    "GET /api/v1/statuses/*",
    "GET /api/v1/statuses/*/context",
    "GET /api/v1/timelines/public",
    "GET /api/v1/timelines/tag/*",
];

fn enter(asked: &mut Asked) -> Option<Said> {
    if asked.is_one_of(NO_METHOD) {
        let status = StatusCode::METHOD_NOT_ALLOWED;
        return Some(Said::text(status, "text/plain", "405 method not allowed"));
    }
    if asked.token.is_none() && asked.is_one_of(NOT_FOR_STRANGERS) {
        return Some(error(401, "Unauthorized: token not supplied"));
    }
    if asked.is("GET /api/v1/apps/verify_credentials") {
        return Some(if asked.by_app {
            error(401, "Unauthorized: token has no user")
        } else {
            error(404, "Not Found")
        });
    }
    if asked.is("POST /oauth/token") && asked.text("redirect_uri").is_none() {
        let words = "redirect_uri must be set in the token request form";
        return Some(Said::json(
            StatusCode::BAD_REQUEST,
            json!({ "error": "invalid_request", "error_description": format!("Bad Request: {words}") }),
        ));
    }
    None
}

fn leave(asked: &Asked, said: &mut Said) {
    if said.status == StatusCode::UNPROCESSABLE_ENTITY && !asked.path.contains("/media") {
        said.status = StatusCode::BAD_REQUEST;
    }
    let (status, path) = (said.status, asked.path.as_str());
    if !path.starts_with("/oauth/") {
        reword(said, |words| {
            let reason = status.canonical_reason().unwrap_or_default();
            let words = match words {
                _ if asked.token.is_none() && status == StatusCode::UNAUTHORIZED => {
                    "token not supplied"
                }
                "Record not found" if path.contains("/statuses/") => "target status not found",
                "Record not found" if path.contains("/lists/") => "list not found",
                "Record not found" | "This action is not allowed" => "",
                words => words,
            };
            let separator = if words.is_empty() { "" } else { ": " };
            json!({ "error": format!("{reason}{separator}{words}") })
        });
    }
    if !said.status.is_success() {
        return;
    }
    let home = asked.is("GET /api/v1/timelines/home");
    let unseen_tag = asked.is("GET /api/v1/timelines/tag/*")
        && !asked.query.iter().any(|(name, _)| ids::is_cursor(name));
    let Some(content) = said.value() else {
        return;
    };
    if asked.is_one_of(&["GET /api/v1/instance", "GET /api/v2/instance"]) {
        // `wss://` even if the server is reached over http.
        for (inside, name) in [
            ("/configuration/urls", "streaming"),
            ("/urls", "streaming_api"),
        ] {
            if let Some(Value::Object(urls)) = content.pointer_mut(inside)
                && let Some(Value::String(url)) = urls.get_mut(name)
            {
                *url = url.replacen("ws://", "wss://", 1);
            }
        }
    } else if asked.is("POST /api/v1/statuses/*/unreblog") {
        content["reblogged"] = json!(true);
    } else if home && let Value::Array(entries) = content {
        // The timeline can repeat an entry.
        if let Some(last) = entries.last().cloned() {
            entries.push(last);
        }
    } else if path.starts_with("/api/v1/push/subscription") {
        if let Some(id) = content.get_mut("id") {
            *id = json!(Ids::Ulid.write(id.as_u64().unwrap_or_default()));
        }
    } else if unseen_tag && content.as_array().is_some_and(Vec::is_empty) {
        *said = error(404, "Not Found: tag not found");
        return;
    }
    let schedules =
        path.starts_with("/api/v1/scheduled_statuses") || asked.is("POST /api/v1/statuses");
    if let Some(content) = said.value().filter(|_| schedules) {
        scheduled(content);
    }
}

/// The id of an application is a ULID, too.
fn scheduled(content: &mut Value) {
    match content {
        Value::Array(items) => items.iter_mut().for_each(scheduled),
        Value::Object(fields) => {
            if let Some(id) = fields
                .get_mut("params")
                .and_then(|params| params.get_mut("application_id"))
            {
                *id = json!(Ids::Ulid.write(id.as_u64().unwrap_or_default()));
            }
        }
        _ => {}
    }
}

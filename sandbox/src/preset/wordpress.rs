//! WordPress with the plugin Enable Mastodon Apps: no push, few pagination headers, and tokens expire.

use axum::http::StatusCode;
use serde_json::json;

use super::{Asked, Ids, Preset, Said, keep_scopes, reword};
use crate::behaviour::{AllowedHeaders, Behaviour, Idempotency, MediaResult, Pkce, RatelimitReset};

pub static PRESET: Preset = Preset {
    name: "wordpress",
    behaviour: || Behaviour {
        version: "4.3.0 (compatible; Enable Mastodon Apps)".to_owned(),
        ratelimit_reset: RatelimitReset::RetryAfter,
        streaming: false,
        allowed_headers: AllowedHeaders::Two,
        oauth_metadata: false,
        pkce: Pkce::Ignore,
        idempotency: Idempotency::Ignore,
        media_result: MediaResult::Sync,
        token_lifetime_s: Some(3600),
        ..Behaviour::default()
    },
    ids: Ids::Snowflake,
    shapes: &[],
    missing: &[
        "GET /api/v1/streaming/health",
        "* /api/v1/push/subscription",
    ],
    no_route: || {
        refusal(
            StatusCode::NOT_FOUND,
            "rest_no_route",
            "No route was found matching the URL and request method.",
        )
    },
    enter,
    leave,
};

const GRANTED: &[&str] = &["read", "write", "follow"];

fn refusal(status: StatusCode, code: &str, words: &str) -> Said {
    Said::json(
        status,
        json!({ "code": code, "message": words, "data": { "status": status.as_u16() } }),
    )
}

fn enter(asked: &mut Asked) -> Option<Said> {
    if asked.is("POST /oauth/revoke") {
        return Some(refusal(
            StatusCode::NOT_IMPLEMENTED,
            "not_implemented",
            "Not implemented",
        ));
    }
    if asked.path.starts_with("/oauth/") {
        keep_scopes(asked, GRANTED);
    }
    None
}

fn leave(asked: &Asked, said: &mut Said) {
    let status = said.status;
    if !asked.path.starts_with("/oauth/") {
        reword(
            said,
            |words| json!({ "code": "mastodon_api", "message": words, "data": { "status": status.as_u16() } }),
        );
    }
}

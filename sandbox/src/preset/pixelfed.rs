//! Pixelfed 0.12.6: a Laravel application. Errors are redirects unless the request accepts JSON, lists can be
//! objects, and tokens expire.

use axum::http::{HeaderValue, StatusCode, header};
use serde_json::{Map, Value, json};

use super::{Asked, Ids, Preset, Said, reword};
use crate::behaviour::{Behaviour, Idempotency, MediaResult, Pkce, RatelimitReset};

pub static PRESET: Preset = Preset {
    name: "pixelfed",
    behaviour: || Behaviour {
        version: "3.5.3 (compatible; Pixelfed 0.12.6)".to_owned(),
        ratelimit_reset: RatelimitReset::RetryAfter,
        streaming: false,
        oauth_metadata: false,
        oauth_cors: false,
        pkce: Pkce::Ignore,
        idempotency: Idempotency::Ignore,
        media_result: MediaResult::Sync,
        token_lifetime_s: Some(31_536_000),
        ..Behaviour::default()
    },
    ids: Ids::Snowflake,
    shapes: &[],
    missing: &["GET /api/v1/streaming/health", "POST /oauth/revoke"],
    no_route: || {
        Said::json(
            StatusCode::NOT_FOUND,
            json!({ "message": "The route could not be found." }),
        )
    },
    enter: |_| None,
    leave,
};

fn leave(asked: &Asked, said: &mut Said) {
    if said.status.is_client_error() && !asked.accepts_json() && !asked.path.starts_with("/oauth/")
    {
        let to = if said.status == StatusCode::UNAUTHORIZED {
            "/login"
        } else {
            "/"
        };
        *said = Said::text(StatusCode::FOUND, "text/html; charset=utf-8", "Redirecting");
        said.headers
            .insert(header::LOCATION, HeaderValue::from_static(to));
        return;
    }
    match said.status {
        StatusCode::UNAUTHORIZED => said.set_json(json!({ "message": "Unauthenticated." })),
        StatusCode::UNPROCESSABLE_ENTITY => reword(
            said,
            |words| json!({ "message": words, "errors": { "status": [words] } }),
        ),
        _ if !asked.path.starts_with("/oauth/") => {
            reword(said, |words| json!({ "message": words }));
        }
        _ => {}
    }
    // The form in which PHP writes lists into URLs.
    let link = said
        .headers
        .get(header::LINK)
        .and_then(|link| link.to_str().ok());
    let numbered = link.map(|link| link.replacen("types%5B%5D", "types%5B0%5D", 1));
    if let Some(numbered) = numbered.and_then(|link| HeaderValue::from_str(&link).ok()) {
        said.headers.insert(header::LINK, numbered);
    }
    if asked.is("GET /api/v1/instance") {
        if let Some(instance) = said.value() {
            instance["urls"] = json!({ "streaming_api": Value::Null });
        }
    } else if asked.is("POST /api/v1/apps") {
        if let Some(id) = said.value().and_then(|app| app.get_mut("id")) {
            numeric(id);
        }
    } else if asked.is("GET /api/v1/conversations") {
        if let Some(Value::Array(rows)) = said.value() {
            rows.iter_mut()
                .filter_map(|row| row.get_mut("id"))
                .for_each(numeric);
        }
    } else if asked.is("GET /api/v1/accounts/relationships")
        && let Some(content) = said.value()
    {
        with_gaps(content);
    }
}

fn numeric(id: &mut Value) {
    if let Some(number) = id.as_str().and_then(|id| id.parse::<u64>().ok()) {
        *id = json!(number);
    }
}

/// If PHP filters a list, its indexes have gaps, and it becomes an object in JSON.
fn with_gaps(content: &mut Value) {
    if let Value::Array(rows) = content
        && rows.len() > 1
    {
        let kept: Map<String, Value> = rows
            .drain(..)
            .enumerate()
            .map(|(index, row)| ((2 * index).to_string(), row))
            .collect();
        *content = Value::Object(kept);
    }
}

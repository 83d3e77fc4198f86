//! Akkoma 3.13.2: sockets need the stream in their URL, tokens expire.

use axum::http::StatusCode;

use super::shape::{Entity, Shape};
use super::{Asked, Ids, Preset, Said, error};
use crate::behaviour::{Behaviour, Idempotency, MediaResult, Pkce, RatelimitReset};

pub static PRESET: Preset = Preset {
    name: "akkoma",
    behaviour: || Behaviour {
        version: "2.7.2 (compatible; Akkoma 3.13.2)".to_owned(),
        ratelimit_reset: RatelimitReset::RetryAfter,
        heed_subscribe: false,
        frame_labels: false,
        oauth_metadata: false,
        pkce: Pkce::Ignore,
        idempotency: Idempotency::Ignore,
        media_result: MediaResult::Sync,
        token_lifetime_s: Some(600),
        ..Behaviour::default()
    },
    ids: Ids::Flake,
    shapes: &[Shape {
        of: Entity::InstanceV2,
        absent: &["configuration.urls.streaming", "api_versions"],
        null: &[],
    }],
    missing: &["GET /api/v1/streaming/health"],
    no_route: || error(404, "Not implemented"),
    enter,
    leave: |_, _| {},
};

fn enter(asked: &mut Asked) -> Option<Said> {
    let socket = asked.is("GET /api/v1/streaming");
    (socket && asked.in_query("stream").is_none()).then(|| Said::empty(StatusCode::NOT_FOUND))
}

//! The switches that make this instance behave like another kind of server.

use serde::{Deserialize, Serialize};

/// The preset with the default switches.
pub const MASTODON: &str = "mastodon";

/// The version that the sandbox reports: it was written after the behavior of this one.
pub const VERSION: &str = "4.6.4";

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools)]
pub struct Behaviour {
    /// The kind of server. What differs beyond the switches is in its module.
    pub preset: String,
    pub version: String,
    pub ratelimit_reset: RatelimitReset,
    pub echo_subprotocol: bool,
    pub streaming_url: Option<String>,
    pub hashtag_streams: bool,
    pub list_label: ListLabel,
    /// Whether the server has streaming.
    pub streaming: bool,
    /// Whether a socket accepts `subscribe`. Otherwise it only has the stream in its URL.
    pub heed_subscribe: bool,
    /// Whether frames name their stream.
    pub frame_labels: bool,
    pub refused_subscriptions: Refusals,
    pub malformed_frames_close: bool,
    pub shared_events: SharedEvents,
    pub require_user_agent: bool,
    pub reject_empty_json: bool,
    pub allowed_headers: AllowedHeaders,
    pub cors_patch: bool,
    /// Of every so many requests, one is dropped if it is a GET or HEAD request.
    pub drop_read_in: Option<u32>,
    pub oauth_metadata: bool,
    pub oauth_cors: bool,
    /// How long a token is valid, in seconds; `null`: until it is revoked.
    pub token_lifetime_s: Option<i64>,
    pub pkce: Pkce,
    pub idempotency: Idempotency,
    pub instance_v2: bool,
    pub last_page: LastPage,
    pub media_processing_ms: u64,
    pub media_result: MediaResult,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RatelimitReset {
    Iso,
    Epoch,
    Invalid,
    Absent,
    /// No rate limit headers; a 429 has `Retry-After` instead.
    RetryAfter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListLabel {
    Pair,
    Joined,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AllowedHeaders {
    Any,
    Few,
    /// Only `Content-Type` and `Authorization`.
    Two,
}

/// What happens to a subscription that Mastodon rejects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusals {
    Told,
    Silent,
}

/// Whether a notification or a deletion is sent to each matching subscription of a socket, or only to the
/// first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SharedEvents {
    Each,
    Once,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pkce {
    Verify,
    Ignore,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Idempotency {
    Honour,
    Ignore,
    Error,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LastPage {
    NoNext,
    EmptyWithNext,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaResult {
    Ready,
    Fails,
    Sync,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            preset: MASTODON.to_owned(),
            version: VERSION.to_owned(),
            ratelimit_reset: RatelimitReset::Iso,
            echo_subprotocol: true,
            streaming_url: None,
            hashtag_streams: true,
            list_label: ListLabel::Pair,
            streaming: true,
            heed_subscribe: true,
            frame_labels: true,
            refused_subscriptions: Refusals::Told,
            malformed_frames_close: false,
            shared_events: SharedEvents::Each,
            require_user_agent: false,
            reject_empty_json: false,
            allowed_headers: AllowedHeaders::Any,
            cors_patch: true,
            drop_read_in: None,
            oauth_metadata: true,
            oauth_cors: true,
            token_lifetime_s: None,
            pkce: Pkce::Verify,
            idempotency: Idempotency::Honour,
            instance_v2: true,
            last_page: LastPage::NoNext,
            media_processing_ms: 400,
            media_result: MediaResult::Ready,
        }
    }
}

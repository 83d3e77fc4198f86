//! The switches that make this instance answer like another kind of server.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The version that the sandbox claims: the one whose behaviour it was written after.
pub const VERSION: &str = "4.6.4";

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools)]
pub struct Behaviour {
    pub version: String,
    pub ratelimit_reset: RatelimitReset,
    pub echo_subprotocol: bool,
    pub streaming_url: Option<String>,
    pub hashtag_streams: bool,
    pub list_label: ListLabel,
    pub require_user_agent: bool,
    pub reject_empty_json: bool,
    pub allowed_headers: AllowedHeaders,
    pub oauth_metadata: bool,
    pub oauth_cors: bool,
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
            version: VERSION.to_owned(),
            ratelimit_reset: RatelimitReset::Iso,
            echo_subprotocol: true,
            streaming_url: None,
            hashtag_streams: true,
            list_label: ListLabel::Pair,
            require_user_agent: false,
            reject_empty_json: false,
            allowed_headers: AllowedHeaders::Any,
            oauth_metadata: true,
            oauth_cors: true,
            pkce: Pkce::Verify,
            idempotency: Idempotency::Honour,
            instance_v2: true,
            last_page: LastPage::NoNext,
            media_processing_ms: 400,
            media_result: MediaResult::Ready,
        }
    }
}

impl Behaviour {
    fn gotosocial() -> Self {
        Self {
            version: "0.20.1+git-57cb4fe".to_owned(),
            ratelimit_reset: RatelimitReset::Epoch,
            hashtag_streams: false,
            list_label: ListLabel::Joined,
            require_user_agent: true,
            reject_empty_json: true,
            allowed_headers: AllowedHeaders::Few,
            oauth_metadata: false,
            pkce: Pkce::Ignore,
            idempotency: Idempotency::Ignore,
            ..Self::default()
        }
    }

    /// These switches with those of `change` set on top.
    pub fn with(&self, change: Value) -> Result<Self, String> {
        let Value::Object(mut change) = change else {
            return Err("an object of switches is expected".to_owned());
        };
        let start = match change.remove("preset") {
            None => self.clone(),
            Some(Value::String(name)) if name == "mastodon" => Self::default(),
            Some(Value::String(name)) if name == "gotosocial" => Self::gotosocial(),
            Some(other) => return Err(format!("unknown preset {other}")),
        };
        let mut all = json!(start);
        for (name, value) in change {
            all[name] = value;
        }
        serde_json::from_value(all).map_err(|error| error.to_string())
    }

    pub fn joined_list_label(&self) -> bool {
        self.list_label == ListLabel::Joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn switches_are_set_one_by_one() {
        let one = Behaviour::default()
            .with(json!({"pkce": "ignore"}))
            .unwrap();
        assert_eq!(one.pkce, Pkce::Ignore);
        let two = one.with(json!({"version": ""})).unwrap();
        assert_eq!((two.pkce, two.version.as_str()), (Pkce::Ignore, ""));
        assert!(
            one.with(json!({"pkcee": "ignore"}))
                .unwrap_err()
                .contains("pkcee")
        );
        let gts = one
            .with(json!({"preset": "gotosocial", "pkce": "verify"}))
            .unwrap();
        assert!(gts.require_user_agent && gts.pkce == Pkce::Verify);
    }
}

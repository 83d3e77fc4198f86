//! Identifies a stream: its name, and its tag or list.

use super::event::{EventKind, Source};
use crate::js;

/// The key of a stream on the wire: `user`, `hashtag` with a tag, or `list` with an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamKey {
    /// The name.
    pub name: String,
    /// The tag in lower case, or the list's id; empty if there is none.
    pub param: String,
}

/// The names of Mastodon's streams.
pub const NAMES: [&str; 12] = [
    "user",
    "user:notification",
    "direct",
    "list",
    "hashtag",
    "hashtag:local",
    "public",
    "public:media",
    "public:local",
    "public:local:media",
    "public:remote",
    "public:remote:media",
];

impl StreamKey {
    /// A key. Tags are compared without case.
    pub fn new(name: &str, param: &str) -> Self {
        let mut key = Self {
            name: name.to_owned(),
            param: param.to_owned(),
        };
        if !key.is_list() {
            key.param = js::lower_case(&key.param);
        }
        key
    }

    /// The key for a message's label. GoToSocial puts `list` and the id into one text.
    pub fn from_label(name: &str, param: Option<&str>) -> Self {
        match (param, name.strip_prefix("list:")) {
            (None, Some(id)) => Self::new("list", id),
            (param, _) => Self::new(name, param.unwrap_or_default()),
        }
    }

    /// The name of its parameter; `None` if it has none.
    pub fn param_name(&self) -> Option<&'static str> {
        match self.name.as_str() {
            "list" => Some("list"),
            "hashtag" | "hashtag:local" => Some("tag"),
            _ => None,
        }
    }

    /// Whether it is a stream of a list.
    pub fn is_list(&self) -> bool {
        self.name == "list"
    }

    /// Whether Mastodon documents a stream with this name. Those have lists in the REST API.
    pub fn is_known(&self) -> bool {
        !self.sources().is_empty()
    }

    /// The lists that contain the same entities as its events.
    pub fn sources(&self) -> &'static [Source] {
        match self.name.as_str() {
            "user" => &[Source::Statuses, Source::Notifications],
            "user:notification" => &[Source::Notifications],
            "direct" => &[Source::Conversations],
            name if NAMES.contains(&name) => &[Source::Statuses],
            _ => &[],
        }
    }

    /// Whether an event for another key belongs to this stream too: GoToSocial labels notifications only as
    /// `user`.
    pub fn also_gets(&self, kind: &EventKind, from: &Self) -> bool {
        *kind == EventKind::Notification && from.name == "user" && self.name == "user:notification"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_as_servers_write_them() {
        let list = StreamKey::new("list", "501");
        assert_eq!(StreamKey::from_label("list", Some("501")), list);
        assert_eq!(StreamKey::from_label("list:501", None), list);
        assert_eq!(
            StreamKey::from_label("hashtag", Some("Rust")),
            StreamKey::new("hashtag", "rust")
        );
        assert_eq!(StreamKey::from_label("public:local", None).param, "");
    }

    #[test]
    fn ids_of_lists_keep_their_capitals() {
        assert_eq!(StreamKey::new("list", "01JD").param, "01JD");
    }

    #[test]
    fn a_notification_of_the_account_is_one_of_its_notifications() {
        let (user, own) = (
            StreamKey::new("user", ""),
            StreamKey::new("user:notification", ""),
        );
        assert!(own.also_gets(&EventKind::Notification, &user));
        assert!(!own.also_gets(&EventKind::Update, &user));
        assert!(!user.also_gets(&EventKind::Notification, &own));
    }
}

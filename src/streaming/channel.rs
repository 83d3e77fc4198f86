//! Which stream: its name, its parameter, its messages, and where its events can be read again.

use super::message::Message;

/// One thing to subscribe to: `user`, or `hashtag` with its tag, or `list` with its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    name: Box<str>,
    param: Option<Box<str>>,
}

/// A numbering that events of a stream belong to, with the place over REST that lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Statuses: `update` events, and a timeline.
    Statuses,
    /// Notifications: `notification` events, and `GET /api/v1/notifications`.
    Notifications,
    /// Conversations, numbered by their last status: `conversation` events, and
    /// `GET /api/v1/conversations`.
    Conversations,
}

/// Where over REST to read a source of a channel.
#[derive(Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The path, up to the last segment where that is a tag or an id.
    pub path: &'static str,
    /// The last segment, not yet encoded.
    pub segment: Option<&'a str>,
    /// Of `local`, `remote` and `only_media` those that are to be true.
    pub filters: &'static [&'static str],
}

impl Channel {
    /// A channel by the name that Mastodon gives it, with its tag or list id.
    pub fn new(name: &str, param: Option<&str>) -> Self {
        Self {
            name: name.into(),
            param: param.map(Into::into),
        }
    }

    /// The stream's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The tag or the list's id.
    pub fn param(&self) -> Option<&str> {
        self.param.as_deref()
    }

    /// What the parameter is called in messages.
    pub fn param_name(name: &str) -> Option<&'static str> {
        match name {
            "list" => Some("list"),
            "hashtag" | "hashtag:local" => Some("tag"),
            _ => None,
        }
    }

    /// Whether Mastodon documents a stream of this name.
    pub fn is_known(&self) -> bool {
        !self.sources().is_empty()
    }

    /// Whether an envelope's label (`["list","501"]`, and GoToSocial's `["list:501"]`) is of this
    /// channel. Tags are the same in either case.
    pub fn matches(&self, label: &str, param: Option<&str>) -> bool {
        match (self.param(), param) {
            (None, _) => label == self.name(),
            (Some(own), Some(given)) => label == self.name() && own.eq_ignore_ascii_case(given),
            (Some(own), None) => {
                let rest = label.strip_prefix(self.name());
                rest.and_then(|rest| rest.strip_prefix(':'))
                    .is_some_and(|given| own.eq_ignore_ascii_case(given))
            }
        }
    }

    /// The message that subscribes.
    pub fn subscribe(&self) -> String {
        self.message("subscribe")
    }

    /// The message that unsubscribes.
    pub fn unsubscribe(&self) -> String {
        self.message("unsubscribe")
    }

    fn message(&self, kind: &str) -> String {
        let mut message = Message::new(kind, self.name());
        if let Some(param) = self.param() {
            // A stream that we do not know can only be one with the parameter of a list or a tag.
            message.field(Self::param_name(&self.name).unwrap_or("tag"), param);
        }
        message.finish()
    }

    /// The numberings whose events arrive on this channel and can be read again over REST.
    pub fn sources(&self) -> &'static [Source] {
        match self.name() {
            "user" => &[Source::Statuses, Source::Notifications],
            "user:notification" => &[Source::Notifications],
            "direct" => &[Source::Conversations],
            "list"
            | "hashtag"
            | "hashtag:local"
            | "public"
            | "public:media"
            | "public:local"
            | "public:local:media"
            | "public:remote"
            | "public:remote:media" => &[Source::Statuses],
            _ => &[],
        }
    }

    /// Where to read a source of this channel.
    pub fn place(&self, source: Source) -> Place<'_> {
        let (path, filters): (_, &[&str]) = match (source, self.name()) {
            (Source::Notifications, _) => ("/api/v1/notifications", &[]),
            (Source::Conversations, _) => ("/api/v1/conversations", &[]),
            (_, "list") => ("/api/v1/timelines/list/", &[]),
            (_, "hashtag") => ("/api/v1/timelines/tag/", &[]),
            (_, "hashtag:local") => ("/api/v1/timelines/tag/", &["local"]),
            (_, "public") => (PUBLIC, &[]),
            (_, "public:media") => (PUBLIC, &["only_media"]),
            (_, "public:local") => (PUBLIC, &["local"]),
            (_, "public:local:media") => (PUBLIC, &["local", "only_media"]),
            (_, "public:remote") => (PUBLIC, &["remote"]),
            (_, "public:remote:media") => (PUBLIC, &["remote", "only_media"]),
            _ => ("/api/v1/timelines/home", &[]),
        };
        Place {
            path,
            segment: self.param(),
            filters,
        }
    }
}

const PUBLIC: &str = "/api/v1/timelines/public";

#[cfg(test)]
mod tests {
    use super::*;

    const TWELVE: [&str; 12] = [
        "user",
        "user:notification",
        "public",
        "public:media",
        "public:local",
        "public:local:media",
        "public:remote",
        "public:remote:media",
        "hashtag",
        "hashtag:local",
        "list",
        "direct",
    ];

    #[test]
    fn all_twelve_are_known_and_no_other() {
        for name in TWELVE {
            assert!(Channel::new(name, None).is_known(), "{name}");
        }
        assert!(!Channel::new("user:secret", None).is_known());
    }

    #[test]
    fn subscribing_names_the_parameter() {
        assert_eq!(
            Channel::new("user", None).subscribe(),
            r#"{"type":"subscribe","stream":"user"}"#
        );
        assert_eq!(
            Channel::new("list", Some("501")).subscribe(),
            r#"{"type":"subscribe","stream":"list","list":"501"}"#
        );
        assert_eq!(
            Channel::new("hashtag:local", Some("rust")).unsubscribe(),
            r#"{"type":"unsubscribe","stream":"hashtag:local","tag":"rust"}"#
        );
    }

    #[test]
    fn labels_of_both_servers_find_their_channel() {
        let list = Channel::new("list", Some("501"));
        assert!(list.matches("list", Some("501")));
        assert!(list.matches("list:501", None));
        assert!(!list.matches("list", Some("502")));
        assert!(!list.matches("list:5010", None));
        assert!(!list.matches("list", None));

        let tag = Channel::new("hashtag", Some("rust"));
        assert!(tag.matches("hashtag", Some("Rust")));
        assert!(!tag.matches("hashtag:local", Some("rust")));
        // `hashtag:local` with a tag is another stream than `hashtag` with the tag "local".
        assert!(!Channel::new("hashtag:local", Some("rust")).matches("hashtag", Some("rust")));

        let user = Channel::new("user", None);
        assert!(user.matches("user", None));
        assert!(!user.matches("user:notification", None));
    }

    #[test]
    fn every_channel_says_where_its_events_can_be_read_again() {
        let place = |name, param, source| {
            let channel = Channel::new(name, param);
            let place = channel.place(source);
            (
                place.path,
                place.segment.map(str::to_owned),
                place.filters.join("+"),
            )
        };
        let at = |path, filters: &str| (path, None, filters.to_owned());
        assert_eq!(
            place("user", None, Source::Statuses),
            at("/api/v1/timelines/home", "")
        );
        assert_eq!(
            place("user", None, Source::Notifications),
            at("/api/v1/notifications", "")
        );
        assert_eq!(
            place("direct", None, Source::Conversations),
            at("/api/v1/conversations", "")
        );
        assert_eq!(
            place("public:remote:media", None, Source::Statuses),
            at("/api/v1/timelines/public", "remote+only_media")
        );
        assert_eq!(
            place("hashtag:local", Some("rust"), Source::Statuses),
            (
                "/api/v1/timelines/tag/",
                Some("rust".to_owned()),
                "local".to_owned()
            )
        );
        assert_eq!(
            place("list", Some("7"), Source::Statuses),
            (
                "/api/v1/timelines/list/",
                Some("7".to_owned()),
                String::new()
            )
        );
    }
}

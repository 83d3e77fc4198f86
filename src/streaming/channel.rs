//! Which stream: a key, and what is to be known of it.

/// One thing to subscribe to: `user`, or `hashtag` with its tag, or `list` with its id.
///
/// Names, tags and ids are JavaScript's to read and write (driver.js); here they are one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    key: Box<str>,
    traits: u32,
}

/// A numbering that events of a stream belong to, with a place over REST that lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Source {
    /// Statuses: `update` events, and a timeline.
    Statuses = 1,
    /// Notifications: `notification` events, and `GET /api/v1/notifications`.
    Notifications = 2,
    /// Conversations, numbered by their last status: `conversation` events, and
    /// `GET /api/v1/conversations`.
    Conversations = 4,
}

/// The trait of lists, beside those of the sources.
pub const LIST: u32 = 8;

impl Channel {
    /// A channel by its key and traits: its sources, added up, and [`LIST`].
    pub fn new(key: &str, traits: u32) -> Self {
        Self {
            key: key.into(),
            traits,
        }
    }

    /// The key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether it is a list.
    pub fn is_list(&self) -> bool {
        self.traits & LIST != 0
    }

    /// Whether Mastodon documents a stream of this name: those have a source.
    pub fn is_known(&self) -> bool {
        self.traits != 0
    }

    /// The numberings whose events arrive on this channel and can be read again over REST.
    pub fn sources(&self) -> impl Iterator<Item = Source> {
        const ALL: [Source; 3] = [
            Source::Statuses,
            Source::Notifications,
            Source::Conversations,
        ];
        let traits = self.traits;
        ALL.into_iter()
            .filter(move |source| traits & *source as u32 != 0)
    }
}

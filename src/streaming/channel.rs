//! Which stream: a number, and what is to be known of it.

/// One thing to subscribe to: `user`, or `hashtag` with its tag, or `list` with its id.
///
/// Names, tags and ids are driver.js's to read and write; it numbers them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Channel {
    /// Its number.
    pub number: u32,
    /// The sources of its events, added up, and [`LIST`].
    pub traits: u32,
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

impl Source {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Statuses, Self::Notifications, Self::Conversations];
}

impl Channel {
    /// Whether it is a list.
    pub fn is_list(self) -> bool {
        self.traits & LIST != 0
    }

    /// Whether Mastodon documents a stream of this name: those have a source.
    pub fn is_known(self) -> bool {
        self.traits != 0
    }

    /// Whether events of this numbering arrive on it.
    pub fn has(self, source: Source) -> bool {
        self.traits & source as u32 != 0
    }
}

//! Which stream: a number, and what is to be known of it.

/// One thing to subscribe to: `user`, or `hashtag` with its tag, or `list` with its id.
///
/// Names, tags and ids are driver.js's to read and write; it numbers them from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Channel {
    /// Its number.
    pub number: u32,
    /// The numberings that its events belong to, added up, and [`LIST`].
    pub traits: u32,
}

/// Statuses: `update` events, and a timeline.
pub const STATUSES: u32 = 1;
/// Notifications: `notification` events, and `GET /api/v1/notifications`.
pub const NOTIFICATIONS: u32 = 2;
/// Conversations, numbered by their last status: `conversation` events, and
/// `GET /api/v1/conversations`.
pub const CONVERSATIONS: u32 = 4;
/// The trait of lists, beside those numberings.
pub const LIST: u32 = 8;

impl Channel {
    /// Whether it is a list.
    pub fn is_list(self) -> bool {
        self.traits & LIST != 0
    }

    /// Whether Mastodon documents a stream of this name: those have a numbering.
    pub fn is_known(self) -> bool {
        self.traits != 0
    }
}

//! Announcements of the server's moderators to its users.

use super::declare::{entity, one_of};
use super::{CustomEmoji, Status, Tag};

one_of! {
    /// A status that an announcement links to: the whole status, or its id and URL before 4.3.0.
    pub enum AnyAnnouncementStatus {
        /// The whole status.
        Status(Box<Status>),
        /// Its id and URL.
        AnnouncementStatus(AnnouncementStatus),
    }
}

entity! {
    /// An announcement of the server's moderators.
    ///
    /// See <https://docs.joinmastodon.org/entities/Announcement/>
    pub struct Announcement {
        /// Identifies the announcement.
        id: String,
        /// The content, as HTML.
        content: String,
        /// When the announced event begins, ISO 8601; `null` when no time was set.
        starts_at: Option<String>,
        /// When the announced event ends, ISO 8601; `null` when no time was set.
        ends_at: Option<String>,
        /// Whether `starts_at` and `ends_at` are whole days.
        all_day: bool,
        /// When it was published, ISO 8601 in UTC.
        published_at: String,
        /// When it was last changed, ISO 8601 in UTC.
        updated_at: String,
        /// Whether you have dismissed it. Absent without a token.
        read?: bool,
        /// The accounts that it mentions.
        mentions: Vec<AnnouncementAccount>,
        /// The statuses that it links to.
        statuses: Vec<AnyAnnouncementStatus>,
        /// The hashtags in it.
        tags: Vec<Tag>,
        /// The custom emoji used in it.
        emojis: Vec<CustomEmoji>,
        /// The reactions to it, by emoji.
        reactions: Vec<Reaction>,
    }

    /// An account that an announcement mentions.
    ///
    /// See <https://docs.joinmastodon.org/entities/Announcement/#Account>
    pub struct AnnouncementAccount {
        /// The id of the account.
        id: String,
        /// The user name, without the domain.
        username: String,
        /// URL of the account's profile page.
        url: String,
        /// The handle: `name` for a local account, `name@domain` for a remote one.
        acct: String,
    }

    /// A status that an announcement links to, before 4.3.0.
    ///
    /// See <https://docs.joinmastodon.org/entities/Announcement/#Status>
    pub struct AnnouncementStatus {
        /// The id of the status.
        id: String,
        /// URL of the status's page.
        url: String,
    }

    /// The reactions to an announcement with one emoji.
    ///
    /// See <https://docs.joinmastodon.org/entities/Reaction/>
    pub struct Reaction {
        /// The emoji, or the shortcode of a custom emoji without colons.
        name: String,
        /// How many users reacted with it.
        count: u64,
        /// Whether you reacted with it. Absent without a token.
        me?: bool,
        /// URL of the image of a custom emoji. Absent or `null` for other emoji.
        url?: Option<String>,
        /// URL of the still image of a custom emoji. Absent or `null` for other emoji.
        static_url?: Option<String>,
    }
}

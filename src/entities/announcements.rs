//! What the server's moderators announce to its people.

use super::declare::{entity, one_of};
use super::{CustomEmoji, Status, Tag};

one_of! {
    /// A status that an announcement links to: the whole status since 4.3.0, id and page before.
    pub enum AnyAnnouncementStatus {
        /// The whole status.
        Status(Box<Status>),
        /// Its id and page.
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
        /// When what it announces begins, ISO 8601; `null` when it names no time.
        starts_at: Option<String>,
        /// When what it announces ends, ISO 8601; `null` when it names no time.
        ends_at: Option<String>,
        /// Whether begin and end mean whole days.
        all_day: bool,
        /// When it was published, ISO 8601 in UTC.
        published_at: String,
        /// When it was last changed, ISO 8601 in UTC.
        updated_at: String,
        /// Whether you have dismissed it. Absent without a token.
        read?: bool,
        /// The people whom it mentions.
        mentions: Vec<AnnouncementAccount>,
        /// The posts that it links to.
        statuses: Vec<AnyAnnouncementStatus>,
        /// The hashtags in it.
        tags: Vec<Tag>,
        /// The custom emoji used in it.
        emojis: Vec<CustomEmoji>,
        /// The emoji with which people have reacted to it.
        reactions: Vec<Reaction>,
    }

    /// An account that an announcement mentions.
    ///
    /// See <https://docs.joinmastodon.org/entities/Announcement/#Account>
    pub struct AnnouncementAccount {
        /// The id of the account.
        id: String,
        /// The name without the server.
        username: String,
        /// The profile page of the account.
        url: String,
        /// The handle: `name` for an account of this server, `name@host` for anyone else.
        acct: String,
    }

    /// A post that an announcement links to, in servers before 4.3.0.
    ///
    /// See <https://docs.joinmastodon.org/entities/Announcement/#Status>
    pub struct AnnouncementStatus {
        /// The id of the post.
        id: String,
        /// The post's page.
        url: String,
    }

    /// An emoji with which people have reacted to an announcement.
    ///
    /// See <https://docs.joinmastodon.org/entities/Reaction/>
    pub struct Reaction {
        /// The emoji, or the shortcode of a custom one, without colons.
        name: String,
        /// How many people reacted with it.
        count: u64,
        /// Whether you did. Absent without a token.
        me?: bool,
        /// Address of the picture of a custom emoji. Absent for others.
        url?: Option<String>,
        /// Address of its picture as a still image. Absent for others.
        static_url?: Option<String>,
    }
}

//! Hashtags.

use super::declare::entity;

entity! {
    /// A hashtag. In a status, it has only `name` and `url`. Requested by itself, it also has its history,
    /// and whether you follow or feature it.
    ///
    /// See <https://docs.joinmastodon.org/entities/Tag/>
    pub struct Tag {
        /// The name, without `#`.
        name: String,
        /// URL of the hashtag's page on the server that sent it.
        url: String,
        /// Its use in the last days, today first. Absent in statuses.
        history?: Vec<TagHistory>,
        /// Whether you follow it. Absent in statuses, without a token and before 4.0.0.
        following?: bool,
        /// Identifies the hashtag for moderators. Absent in statuses and before 3.5.0.
        id?: String,
        /// Whether it may trend. Only for moderators.
        trendable?: bool,
        /// Whether statuses with it are listed under it. Only for moderators.
        usable?: bool,
        /// Whether it is listed in search and suggestions. Only for moderators.
        listable?: bool,
        /// Whether it waits for a moderator's decision. Only for moderators.
        requires_review?: bool,
        /// Whether you feature it on your profile. Absent in statuses, without a token and before
        /// 4.4.0.
        featuring?: bool,
    }

    /// The use of a hashtag on one day.
    ///
    /// See <https://docs.joinmastodon.org/entities/Tag/#history>
    pub struct TagHistory {
        /// Midnight (UTC) of the day, in seconds since 1970, as a string.
        day: String,
        /// How many statuses used it, as a number in a string.
        uses: String,
        /// How many accounts used it, as a number in a string.
        accounts: String,
    }

    /// A hashtag with only its name and URL.
    ///
    /// See <https://docs.joinmastodon.org/entities/ShallowTag/>
    pub struct ShallowTag {
        /// The name, without `#`.
        name: String,
        /// URL of the hashtag's page on the server that sent it.
        url: String,
    }

    /// A hashtag that someone features on their profile.
    ///
    /// See <https://docs.joinmastodon.org/entities/FeaturedTag/>
    pub struct FeaturedTag {
        /// Identifies the entry, not the hashtag.
        id: String,
        /// The name, without `#`.
        name: String,
        /// How many of the user's statuses have it, as a number in a string.
        statuses_count: String,
        /// The day of the latest of these statuses (`2026-08-01`); `null` when there is none.
        last_status_at: Option<String>,
        /// URL of the page with the user's statuses that have it. Absent before 3.3.0.
        url?: String,
    }
}

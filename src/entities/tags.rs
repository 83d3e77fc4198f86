//! Hashtags.

use super::declare::entity;

entity! {
    /// A hashtag. In a status it is its name and address; asked for by itself, it has a history and
    /// what you do with it.
    ///
    /// See <https://docs.joinmastodon.org/entities/Tag/>
    pub struct Tag {
        /// The name, without `#`.
        name: String,
        /// The page of the hashtag on the server that sent it.
        url: String,
        /// Its use in the last days, today first. Absent in statuses.
        history?: Vec<TagHistory>,
        /// Whether you follow it. Absent in statuses, without a token and before 4.0.0.
        following?: bool,
        /// Identifies the hashtag for moderators. Absent in statuses and before 3.5.0.
        id?: String,
        /// Whether it may trend. Only for moderators.
        trendable?: bool,
        /// Whether posts with it are listed under it. Only for moderators.
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
        /// Midnight (UTC) of the day, as seconds since 1970 in a string.
        day: String,
        /// How many posts had it, as a number in a string.
        uses: String,
        /// How many people used it, as a number in a string.
        accounts: String,
    }

    /// A hashtag where nothing but its name and address matters.
    ///
    /// See <https://docs.joinmastodon.org/entities/ShallowTag/>
    pub struct ShallowTag {
        /// The name, without `#`.
        name: String,
        /// The page of the hashtag on the server that sent it.
        url: String,
    }

    /// A hashtag that somebody features on their profile.
    ///
    /// See <https://docs.joinmastodon.org/entities/FeaturedTag/>
    pub struct FeaturedTag {
        /// Identifies the feature, not the hashtag.
        id: String,
        /// The name, without `#`.
        name: String,
        /// How many of the user's posts have it, as a number in a string.
        statuses_count: String,
        /// The day of the latest of them (`2026-08-01`); `null` when there is none.
        last_status_at: Option<String>,
        /// The page with the user's posts that have it. Absent before 3.3.0.
        url?: String,
    }
}

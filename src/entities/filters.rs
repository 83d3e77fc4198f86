//! Filters that keep posts out of your sight.

use super::declare::{entity, open_enum};

open_enum! {
    /// Where a filter applies.
    pub enum FilterContext {
        /// In the home timeline and in lists.
        Home = "home",
        /// In notifications.
        Notifications = "notifications",
        /// In public timelines.
        Public = "public",
        /// In threads.
        Thread = "thread",
        /// On profiles.
        Account = "account",
    }

    /// What a filter does with a post that it matches.
    pub enum FilterAction {
        /// It stands behind a warning that names the filter.
        Warn = "warn",
        /// It is not shown at all.
        Hide = "hide",
        /// Its media are blurred.
        Blur = "blur",
    }
}

entity! {
    /// A filter of the first version: one phrase.
    ///
    /// See <https://docs.joinmastodon.org/entities/V1_Filter/>
    ///
    /// @deprecated since 4.0.0: see `FilterV2`.
    pub struct Filter {
        /// Identifies the filter.
        id: String,
        /// What it looks for.
        phrase: String,
        /// Where it applies.
        context: Vec<FilterContext>,
        /// Whether it matches whole words only.
        whole_word: bool,
        /// When it expires, ISO 8601; `null` for never.
        expires_at: Option<String>,
        /// Whether the server drops what matches permanently, even after the filter has expired.
        irreversible: bool,
    }

    /// A filter: words and posts, and what to do with what matches.
    ///
    /// See <https://docs.joinmastodon.org/entities/Filter/>
    pub struct FilterV2 {
        /// Identifies the filter.
        id: String,
        /// What you called it.
        title: String,
        /// Where it applies.
        context: Vec<FilterContext>,
        /// When it expires, ISO 8601; `null` for never.
        expires_at: Option<String>,
        /// What to do with what matches.
        filter_action: FilterAction,
        /// The words that it looks for. Absent in a `FilterResult`.
        keywords?: Vec<FilterKeyword>,
        /// The posts that it matches. Absent in a `FilterResult`.
        statuses?: Vec<FilterStatus>,
    }

    /// A word or phrase that a filter looks for.
    ///
    /// See <https://docs.joinmastodon.org/entities/FilterKeyword/>
    pub struct FilterKeyword {
        /// Identifies the keyword.
        id: String,
        /// The word or phrase.
        keyword: String,
        /// Whether it must stand as a whole word.
        whole_word: bool,
    }

    /// A post that a filter matches.
    ///
    /// See <https://docs.joinmastodon.org/entities/FilterStatus/>
    pub struct FilterStatus {
        /// Identifies the entry in the filter, not the post.
        id: String,
        /// The id of the post.
        status_id: String,
    }

    /// What one of your filters found in a post.
    ///
    /// See <https://docs.joinmastodon.org/entities/FilterResult/>
    pub struct FilterResult {
        /// The filter, without its words and posts.
        filter: FilterV2,
        /// The keywords found; `null` when none was.
        keyword_matches: Option<Vec<String>>,
        /// The id of the post, when the filter names it; `null` when it does not.
        status_matches: Option<Vec<String>>,
    }
}

//! Filters, which hide statuses or put a warning before them.

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

    /// What a filter does with a status that it matches.
    pub enum FilterAction {
        /// It is hidden behind a warning with the filter's title.
        Warn = "warn",
        /// It is not shown at all.
        Hide = "hide",
        /// Its media are blurred.
        Blur = "blur",
    }
}

entity! {
    /// A filter of the first version, with one phrase.
    ///
    /// See <https://docs.joinmastodon.org/entities/V1_Filter/>
    ///
    /// @deprecated since 4.0.0: see `FilterV2`.
    pub struct Filter {
        /// Identifies the filter.
        id: String,
        /// The word or phrase to match.
        phrase: String,
        /// Where it applies.
        context: Vec<FilterContext>,
        /// Whether to match whole words only.
        whole_word: bool,
        /// When it expires, ISO 8601; `null` for never.
        expires_at: Option<String>,
        /// Whether the server drops matching statuses permanently, even if the filter expires later.
        irreversible: bool,
    }

    /// A filter: its keywords and statuses, and what to do when one matches.
    ///
    /// See <https://docs.joinmastodon.org/entities/Filter/>
    pub struct FilterV2 {
        /// Identifies the filter.
        id: String,
        /// The title that you gave it.
        title: String,
        /// Where it applies.
        context: Vec<FilterContext>,
        /// When it expires, ISO 8601; `null` for never.
        expires_at: Option<String>,
        /// What to do with statuses that match.
        filter_action: FilterAction,
        /// The keywords. Absent in a `FilterResult`.
        keywords?: Vec<FilterKeyword>,
        /// The single statuses in the filter. Absent in a `FilterResult`.
        statuses?: Vec<FilterStatus>,
    }

    /// A keyword of a filter.
    ///
    /// See <https://docs.joinmastodon.org/entities/FilterKeyword/>
    pub struct FilterKeyword {
        /// Identifies the keyword.
        id: String,
        /// The word or phrase.
        keyword: String,
        /// Whether to match whole words only.
        whole_word: bool,
    }

    /// A single status in a filter.
    ///
    /// See <https://docs.joinmastodon.org/entities/FilterStatus/>
    pub struct FilterStatus {
        /// Identifies the entry in the filter, not the status.
        id: String,
        /// The id of the status.
        status_id: String,
    }

    /// What one of your filters matched in a status.
    ///
    /// See <https://docs.joinmastodon.org/entities/FilterResult/>
    pub struct FilterResult {
        /// The filter, without `keywords` and `statuses`.
        filter: FilterV2,
        /// The keywords that matched; `null` when there are none.
        keyword_matches: Option<Vec<String>>,
        /// The id of the status, when the filter contains it; `null` when it does not.
        status_matches: Option<Vec<String>>,
    }
}

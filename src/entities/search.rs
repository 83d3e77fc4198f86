//! Results of a search.

use super::declare::{entity, one_of};
use super::{Account, Collection, Status, Tag};

one_of! {
    /// Results of a search, in the second or the first version.
    pub enum AnySearch {
        /// The second version: hashtags are entities.
        SearchV2(SearchV2),
        /// The first version: hashtags are names.
        Search(Search),
    }
}

entity! {
    /// Results of the first version of search, which servers no longer have since 3.0.0.
    ///
    /// See <https://docs.joinmastodon.org/methods/search/#v1>
    ///
    /// @deprecated since 3.0.0: see `SearchV2`.
    pub struct Search {
        /// The accounts found.
        accounts: Vec<Account>,
        /// The statuses found.
        statuses: Vec<Status>,
        /// The names of the hashtags found, without `#`.
        hashtags: Vec<String>,
    }

    /// Results of a search.
    ///
    /// See <https://docs.joinmastodon.org/entities/Search/>
    pub struct SearchV2 {
        /// The accounts found.
        accounts: Vec<Account>,
        /// The statuses found.
        statuses: Vec<Status>,
        /// The hashtags found.
        hashtags: Vec<Tag>,
        /// The collections found. Absent before 4.6.0.
        collections?: Vec<Collection>,
    }
}

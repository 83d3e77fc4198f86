//! Lists of accounts with a timeline of their own.

use super::declare::{entity, open_enum};

open_enum! {
    /// Which replies of its members a list shows.
    pub enum ListRepliesPolicy {
        /// Those to anyone whom you follow.
        Followed = "followed",
        /// Those to members of the list.
        List = "list",
        /// None.
        None = "none",
    }
}

entity! {
    /// A list of accounts, called `List` in Mastodon's documentation.
    ///
    /// See <https://docs.joinmastodon.org/entities/List/>
    pub struct UserList {
        /// Identifies the list.
        id: String,
        /// What you called it.
        title: String,
        /// Which replies it shows. Absent before 3.3.0.
        replies_policy?: ListRepliesPolicy,
        /// Whether posts of its members stay out of your home timeline. Absent before 4.2.0.
        exclusive?: bool,
    }
}

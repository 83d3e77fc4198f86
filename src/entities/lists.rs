//! Lists of accounts, each with its own timeline.

use super::declare::{entity, open_enum};

open_enum! {
    /// Which replies of its members a list shows.
    pub enum ListRepliesPolicy {
        /// Replies to accounts that you follow.
        Followed = "followed",
        /// Replies to members of the list.
        List = "list",
        /// No replies.
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
        /// The title that you gave it.
        title: String,
        /// Which replies it shows. Absent before 3.3.0.
        replies_policy?: ListRepliesPolicy,
        /// Whether statuses of its members stay out of your home timeline. Absent before 4.2.0.
        exclusive?: bool,
    }
}

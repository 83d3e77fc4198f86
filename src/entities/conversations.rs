//! Direct messages.

use super::declare::entity;
use super::{Account, NumberOrString, Status};

entity! {
    /// A thread of direct messages.
    ///
    /// See <https://docs.joinmastodon.org/entities/Conversation/>
    pub struct Conversation {
        /// Identifies the conversation. A number on some servers.
        id: NumberOrString,
        /// Whether it has statuses that you have not read.
        unread: bool,
        /// The other participants.
        accounts: Vec<Account>,
        /// The latest status; `null` when it was deleted.
        last_status: Option<Status>,
    }
}

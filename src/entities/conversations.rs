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
        /// Whether something in it is new to you.
        unread: bool,
        /// The other participants.
        accounts: Vec<Account>,
        /// The latest message; `null` when it was deleted.
        last_status: Option<Status>,
    }
}

//! Conversations: threads of direct messages.

use crate::api::declare::methods;
use crate::endpoint::{delete, get, post};
use crate::entities::Conversation;
use crate::params::{Id, PageOptions, WriteOptions};

methods! {
    /// The user's conversations, each with its last status, the latest first.
    ///
    /// `GET /api/v1/conversations` · scope `read:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/conversations/#get)
    ///
    /// `limit`: 20 by default, at most 40. The cursors are ids of statuses, not of conversations:
    /// take them from `pagination`.
    conversations as conversations(; PageOptions) -> Page<Conversation> =
        get("/api/v1/conversations").since([2, 6, 0], [2, 6, 0]).page();

    /// Marks a conversation as read.
    ///
    /// `POST /api/v1/conversations/{id}/read` · scope `write:conversations` ·
    /// [documentation](https://docs.joinmastodon.org/methods/conversations/#read)
    conversations_read as conversationsRead(id: Id; WriteOptions) -> Conversation =
        post("/api/v1/conversations/{id}/read").since([2, 6, 0], [2, 6, 0]);

    /// Marks a conversation as unread.
    ///
    /// `POST /api/v1/conversations/{id}/unread` · scope `write:conversations` ·
    /// [documentation](https://docs.joinmastodon.org/methods/conversations/)
    ///
    /// Not in Mastodon's documentation; other servers may not have it.
    conversations_unread as conversationsUnread(id: Id; WriteOptions) -> Conversation =
        post("/api/v1/conversations/{id}/unread").since([4, 2, 0], [4, 2, 0]);

    /// Removes a conversation from the list. Its statuses stay.
    ///
    /// `DELETE /api/v1/conversations/{id}` · scope `write:conversations` ·
    /// [documentation](https://docs.joinmastodon.org/methods/conversations/#delete)
    conversations_delete as conversationsDelete(id: Id; WriteOptions) -> Nothing =
        delete("/api/v1/conversations/{id}").since([2, 6, 0], [2, 6, 0]).nothing();
}

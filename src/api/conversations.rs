//! Conversations: threads that are for those mentioned alone.

use crate::api::declare::methods;
use crate::api::endpoint::{delete, get, post};
use crate::params::{Id, PageOptions, WriteOptions};

methods! {
    /// The account's conversations, each with the last status of it, the latest first.
    ///
    /// `GET /api/v1/conversations` · scope `read:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/conversations/#get)
    ///
    /// At most 40, 20 when it is not said. The cursors are ids of statuses, not of conversations:
    /// take them from `pagination`.
    conversations(; PageOptions) -> "Page<Conversation>" =
        get("/api/v1/conversations").since([2, 6, 0], [2, 6, 0]).page();

    /// Marks a conversation as read.
    ///
    /// `POST /api/v1/conversations/{id}/read` · scope `write:conversations` ·
    /// [documentation](https://docs.joinmastodon.org/methods/conversations/#read)
    conversationsRead(id: Id; WriteOptions) -> "Conversation" =
        post("/api/v1/conversations/{id}/read").since([2, 6, 0], [2, 6, 0]);

    /// Marks a conversation as unread.
    ///
    /// `POST /api/v1/conversations/{id}/unread` · scope `write:conversations` ·
    /// [documentation](https://docs.joinmastodon.org/methods/conversations/)
    ///
    /// Mastodon has it without describing it; other servers may not.
    conversationsUnread(id: Id; WriteOptions) -> "Conversation" =
        post("/api/v1/conversations/{id}/unread").since([4, 2, 0], [4, 2, 0]);

    /// Takes a conversation out of the list. Its statuses stay.
    ///
    /// `DELETE /api/v1/conversations/{id}` · scope `write:conversations` ·
    /// [documentation](https://docs.joinmastodon.org/methods/conversations/#delete)
    conversationsDelete(id: Id; WriteOptions) -> "void" =
        delete("/api/v1/conversations/{id}").since([2, 6, 0], [2, 6, 0]).nothing();
}

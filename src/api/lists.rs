//! Lists: timelines of some of those whom the account follows.

use crate::api::declare::methods;
use crate::api::endpoint::{delete, get, post, put};
use crate::params::{Id, Ids, PageOptions, RequestOptions, Text, WriteOptions, argument, options};

argument! {
    /// Which replies a list shows: those to anyone whom the account follows, to members of the list
    /// alone, or none.
    RepliesPolicy: "RepliesPolicy" = r#""followed" | "list" | "none" | (string & {})"# => crate::params::Kind::Text;
}

options! {
    /// Options of `listCreate` and `listUpdate`.
    post ListOptions {
        /// Which replies the list shows; `"list"` when a new list does not say.
        replies_policy: RepliesPolicy,
        /// Whether what the list shows is left out of the home timeline.
        exclusive: bool,
    }
}

methods! {
    /// All lists of the account. They are few, so there are no pages.
    ///
    /// `GET /api/v1/lists` · scope `read:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#get)
    lists(; RequestOptions) -> "UserList[]" = get("/api/v1/lists").since([2, 1, 0], [2, 1, 0]);

    /// One list.
    ///
    /// `GET /api/v1/lists/{id}` · scope `read:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#get-one)
    list(id: Id; RequestOptions) -> "UserList" = get("/api/v1/lists/{id}").since([2, 1, 0], [2, 1, 0]);

    /// The members of a list.
    ///
    /// `GET /api/v1/lists/{id}/accounts` · scope `read:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#accounts)
    ///
    /// At most 80, 40 when it is not said. A `limit` of 0 gives all members at once. The cursors
    /// are not ids of accounts: take them from `pagination`.
    listAccounts(id: Id; PageOptions) -> "Page<Account>" =
        get("/api/v1/lists/{id}/accounts").since([2, 1, 0], [2, 6, 0]).page();

    /// Makes a list without members.
    ///
    /// `POST /api/v1/lists` · scope `write:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#create)
    ///
    /// A title that is empty is a `MastodonAPIError` with status 422.
    listCreate(title: Text; ListOptions) -> "UserList" = post("/api/v1/lists").since([2, 1, 0], [4, 2, 0]);

    /// Changes a list's title and settings. What is not given stays as it is; the title is always
    /// given.
    ///
    /// `PUT /api/v1/lists/{id}` · scope `write:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#update)
    listUpdate(id: Id, title: Text; ListOptions) -> "UserList" =
        put("/api/v1/lists/{id}").since([2, 1, 0], [4, 2, 0]);

    /// Deletes a list. Its members stay followed.
    ///
    /// `DELETE /api/v1/lists/{id}` · scope `write:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#delete)
    listDelete(id: Id; WriteOptions) -> "void" =
        delete("/api/v1/lists/{id}").since([2, 1, 0], [2, 1, 0]).nothing();

    /// Adds accounts to a list.
    ///
    /// `POST /api/v1/lists/{id}/accounts` · scope `write:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#accounts-add)
    ///
    /// The account must follow all of them, and none may be on the list already: else none is
    /// added, and the error has status 404 or 422.
    listAccountsAdd(id: Id, account_ids: Ids; WriteOptions) -> "void" =
        post("/api/v1/lists/{id}/accounts").since([2, 1, 0], [2, 1, 0]).nothing();

    /// Takes accounts off a list. They stay followed.
    ///
    /// `DELETE /api/v1/lists/{id}/accounts` · scope `write:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#accounts-remove)
    listAccountsDelete(id: Id, account_ids: Ids; WriteOptions) -> "void" =
        delete("/api/v1/lists/{id}/accounts").since([2, 1, 0], [2, 1, 0]).nothing();
}

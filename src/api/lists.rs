//! Lists: timelines of some of the accounts that the user follows.

use crate::api::declare::methods;
use crate::endpoint::{delete, get, post, put};
use crate::entities::{Account, UserList};
use crate::params::{Id, Ids, PageOptions, RequestOptions, Text, WriteOptions, open, options};

open! {
    /// Which replies a list shows: those to any followed account, to members of the list only, or none.
    RepliesPolicy: "RepliesPolicy" = Followed "followed" | List "list" | None "none";
}

options! {
    /// Options of `listCreate` and `listUpdate`.
    post ListOptions {
        /// Which replies the list shows. Default for a new list: `"list"`.
        replies_policy: RepliesPolicy,
        /// Whether statuses of the list's members are left out of the home timeline.
        exclusive: bool,
    }
}

methods! {
    /// The user's lists, all at once.
    ///
    /// `GET /api/v1/lists` · scope `read:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#get)
    lists as lists(; RequestOptions) -> Vec<UserList> = get("/api/v1/lists").since([2, 1, 0], [2, 1, 0]);

    /// One list.
    ///
    /// `GET /api/v1/lists/{id}` · scope `read:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#get-one)
    list as list(id: Id; RequestOptions) -> UserList = get("/api/v1/lists/{id}").since([2, 1, 0], [2, 1, 0]);

    /// The members of a list.
    ///
    /// `GET /api/v1/lists/{id}/accounts` · scope `read:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#accounts)
    ///
    /// `limit`: 40 by default, at most 80; 0 gives all members at once. The cursors are not ids of
    /// accounts: take them from `pagination`.
    list_accounts as listAccounts(id: Id; PageOptions) -> Page<Account> =
        get("/api/v1/lists/{id}/accounts").since([2, 1, 0], [2, 6, 0]).page();

    /// Creates an empty list.
    ///
    /// `POST /api/v1/lists` · scope `write:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#create)
    ///
    /// An empty title is a `MastodonAPIError` with status 422.
    list_create as listCreate(title: Text; ListOptions) -> UserList = post("/api/v1/lists").since([2, 1, 0], [4, 2, 0]);

    /// Updates a list. Options that are not given stay as they are; the title is required.
    ///
    /// `PUT /api/v1/lists/{id}` · scope `write:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#update)
    list_update as listUpdate(id: Id, title: Text; ListOptions) -> UserList =
        put("/api/v1/lists/{id}").since([2, 1, 0], [4, 2, 0]);

    /// Deletes a list. Its members stay followed.
    ///
    /// `DELETE /api/v1/lists/{id}` · scope `write:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#delete)
    list_delete as listDelete(id: Id; WriteOptions) -> Nothing =
        delete("/api/v1/lists/{id}").since([2, 1, 0], [2, 1, 0]).nothing();

    /// Adds accounts to a list.
    ///
    /// `POST /api/v1/lists/{id}/accounts` · scope `write:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#accounts-add)
    ///
    /// The user must follow all of them, and none may be on the list already: otherwise none is
    /// added, and the error has status 404 or 422.
    list_accounts_add as listAccountsAdd(id: Id, account_ids: Ids; WriteOptions) -> Nothing =
        post("/api/v1/lists/{id}/accounts").since([2, 1, 0], [2, 1, 0]).nothing();

    /// Removes accounts from a list. They stay followed.
    ///
    /// `DELETE /api/v1/lists/{id}/accounts` · scope `write:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#accounts-remove)
    list_accounts_delete as listAccountsDelete(id: Id, account_ids: Ids; WriteOptions) -> Nothing =
        delete("/api/v1/lists/{id}/accounts").since([2, 1, 0], [2, 1, 0]).nothing();
}

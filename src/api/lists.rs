//! Lists: timelines of some of those whom the account follows.

use crate::client::{Endpoint, Mastodon, arg};
use crate::params::{Id, Ids, PageOptions, RequestOptions, Text, WriteOptions, argument, options};
use js_sys::Promise;
use tsify::Ts;
use wasm_bindgen::prelude::*;

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

#[wasm_bindgen]
impl Mastodon {
    /// All lists of the account. They are few, so there are no pages.
    ///
    /// `GET /api/v1/lists` · scope `read:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#get)
    #[wasm_bindgen(unchecked_return_type = "Promise<UserList[]>")]
    pub fn lists(&self, options: Option<Ts<RequestOptions>>) -> Promise {
        const LISTS: Endpoint = Endpoint::get("lists", "/api/v1/lists").since([2, 1, 0], [2, 1, 0]);
        self.call(&LISTS, &[], options)
    }

    /// One list.
    ///
    /// `GET /api/v1/lists/{id}` · scope `read:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#get-one)
    #[wasm_bindgen(unchecked_return_type = "Promise<UserList>")]
    pub fn list(&self, id: Ts<Id>, options: Option<Ts<RequestOptions>>) -> Promise {
        const LIST: Endpoint =
            Endpoint::get("list", "/api/v1/lists/{id}").since([2, 1, 0], [2, 1, 0]);
        self.call(&LIST, &[arg("id", id)], options)
    }

    /// The members of a list.
    ///
    /// `GET /api/v1/lists/{id}/accounts` · scope `read:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#accounts)
    ///
    /// At most 80, 40 when it is not said. A `limit` of 0 gives all members at once. The cursors
    /// are not ids of accounts: take them from `pagination`.
    #[wasm_bindgen(js_name = listAccounts, unchecked_return_type = "Promise<Page<Account>>")]
    pub fn list_accounts(&self, id: Ts<Id>, options: Option<Ts<PageOptions>>) -> Promise {
        const LIST_ACCOUNTS: Endpoint =
            Endpoint::get("listAccounts", "/api/v1/lists/{id}/accounts")
                .since([2, 1, 0], [2, 6, 0])
                .page();
        self.call(&LIST_ACCOUNTS, &[arg("id", id)], options)
    }

    /// Makes a list without members.
    ///
    /// `POST /api/v1/lists` · scope `write:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#create)
    ///
    /// A title that is empty is a `MastodonAPIError` with status 422.
    #[wasm_bindgen(js_name = listCreate, unchecked_return_type = "Promise<UserList>")]
    pub fn list_create(&self, title: Ts<Text>, options: Option<Ts<ListOptions>>) -> Promise {
        const LIST_CREATE: Endpoint =
            Endpoint::post("listCreate", "/api/v1/lists").since([2, 1, 0], [4, 2, 0]);
        self.call(&LIST_CREATE, &[arg("title", title)], options)
    }

    /// Changes a list's title and settings. What is not given stays as it is; the title is always
    /// given.
    ///
    /// `PUT /api/v1/lists/{id}` · scope `write:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#update)
    #[wasm_bindgen(js_name = listUpdate, unchecked_return_type = "Promise<UserList>")]
    pub fn list_update(
        &self,
        id: Ts<Id>,
        title: Ts<Text>,
        options: Option<Ts<ListOptions>>,
    ) -> Promise {
        const LIST_UPDATE: Endpoint =
            Endpoint::put("listUpdate", "/api/v1/lists/{id}").since([2, 1, 0], [4, 2, 0]);
        self.call(&LIST_UPDATE, &[arg("id", id), arg("title", title)], options)
    }

    /// Deletes a list. Its members stay followed.
    ///
    /// `DELETE /api/v1/lists/{id}` · scope `write:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#delete)
    #[wasm_bindgen(js_name = listDelete, unchecked_return_type = "Promise<void>")]
    pub fn list_delete(&self, id: Ts<Id>, options: Option<Ts<WriteOptions>>) -> Promise {
        const LIST_DELETE: Endpoint = Endpoint::delete("listDelete", "/api/v1/lists/{id}")
            .since([2, 1, 0], [2, 1, 0])
            .nothing();
        self.call(&LIST_DELETE, &[arg("id", id)], options)
    }

    /// Adds accounts to a list.
    ///
    /// `POST /api/v1/lists/{id}/accounts` · scope `write:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#accounts-add)
    ///
    /// The account must follow all of them, and none may be on the list already: else none is
    /// added, and the error has status 404 or 422.
    #[wasm_bindgen(js_name = listAccountsAdd, unchecked_return_type = "Promise<void>")]
    pub fn list_accounts_add(
        &self,
        id: Ts<Id>,
        account_ids: Ts<Ids>,
        options: Option<Ts<WriteOptions>>,
    ) -> Promise {
        const LIST_ACCOUNTS_ADD: Endpoint =
            Endpoint::post("listAccountsAdd", "/api/v1/lists/{id}/accounts")
                .since([2, 1, 0], [2, 1, 0])
                .nothing();
        self.call(
            &LIST_ACCOUNTS_ADD,
            &[arg("id", id), arg("account_ids", account_ids)],
            options,
        )
    }

    /// Takes accounts off a list. They stay followed.
    ///
    /// `DELETE /api/v1/lists/{id}/accounts` · scope `write:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/lists/#accounts-remove)
    #[wasm_bindgen(js_name = listAccountsDelete, unchecked_return_type = "Promise<void>")]
    pub fn list_accounts_delete(
        &self,
        id: Ts<Id>,
        account_ids: Ts<Ids>,
        options: Option<Ts<WriteOptions>>,
    ) -> Promise {
        const LIST_ACCOUNTS_DELETE: Endpoint =
            Endpoint::delete("listAccountsDelete", "/api/v1/lists/{id}/accounts")
                .since([2, 1, 0], [2, 1, 0])
                .nothing();
        self.call(
            &LIST_ACCOUNTS_DELETE,
            &[arg("id", id), arg("account_ids", account_ids)],
            options,
        )
    }
}

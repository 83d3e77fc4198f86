//! Accounts that the user might want to follow.

use crate::api::declare::methods;
use crate::client::call::{Call, Work};
use crate::endpoint::{delete, get};
use crate::entities::{Account, Suggestion};
use crate::error::Error;
use crate::js;
use crate::params::{Id, WriteOptions, options};
use js_sys::Array;

options! {
    /// Options of `suggestions`, `suggestionsV1` and `suggestionsV2`.
    get SuggestionsOptions {
        /// How many. Default: 40, at most 80.
        limit: u32,
        /// How many to skip. Since 4.3.0.
        offset: u32,
    }
}

methods! {
    /// Accounts that the user might want to follow, and why each is suggested.
    ///
    /// `GET /api/v2/suggestions` · scope `read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/suggestions/#v2)
    suggestions_v2 as suggestionsV2(; SuggestionsOptions) -> Vec<Suggestion> =
        get("/api/v2/suggestions").since([3, 4, 0], [3, 4, 0]);

    /// Accounts that the user might want to follow, in the form of servers before 3.4.0: those that
    /// the user interacted with.
    ///
    /// `GET /api/v1/suggestions` · scope `read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/suggestions/#v1)
    suggestions_v1 as suggestionsV1(; SuggestionsOptions) -> Vec<Account> =
        get("/api/v1/suggestions").since([2, 4, 3], [2, 4, 3]);

    /// Removes an account from the suggestions for good.
    ///
    /// `DELETE /api/v1/suggestions/{account_id}` · scope `read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/suggestions/#remove)
    suggestion_delete as suggestionDelete(account_id: Id; WriteOptions) -> Nothing =
        delete("/api/v1/suggestions/{account_id}").since([2, 4, 3], [2, 4, 3]).nothing();

    /// Accounts that the user might want to follow.
    ///
    /// `GET /api/v2/suggestions` · scope `read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/suggestions/#v2)
    ///
    /// `suggestionsV2` also has the reason for each. Servers before 3.4.0 have only the older form.
    suggestions as suggestions(; SuggestionsOptions) -> Vec<Account> =
        get("/api/v2/suggestions").since([2, 4, 3], [3, 4, 0]).legacy_path([3, 4, 0], "/api/v1/suggestions")
            => run(suggestions);
}

/// Newer servers send a reason with each account; this is the account only.
fn suggestions(call: Call) -> Result<Work, Error> {
    Ok(Box::pin(async move {
        let found = call.send().await?;
        let accounts = Array::new();
        for each in js::list(&found).iter() {
            let account = js::get(&each, "account");
            accounts.push(if js::is_nothing(&account) {
                &each
            } else {
                &account
            });
        }
        Ok(accounts.into())
    }))
}

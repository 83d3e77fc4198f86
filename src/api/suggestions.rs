//! Accounts that the account might want to follow.

use crate::api::declare::methods;
use crate::api::endpoint::{delete, get};
use crate::params::{Id, WriteOptions, options};

options! {
    /// Options of `suggestions`, `suggestionsV1` and `suggestionsV2`.
    get SuggestionsOptions {
        /// How many: at most 80, 40 when it is not said. (Declared in pkg-template/index.d.ts.)
        #[serde(skip)]
        limit: u32,
    }
}

methods! {
    /// Accounts that the account might want to follow, and why each is suggested.
    ///
    /// `GET /api/v2/suggestions` · scope `read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/suggestions/#v2)
    suggestionsV2(; SuggestionsOptions) -> "Suggestion[]" =
        get("/api/v2/suggestions").since([3, 4, 0], [3, 4, 0]);

    /// Accounts that the account might want to follow, in the form of servers before 3.4.0: those
    /// with which it has had to do.
    ///
    /// `GET /api/v1/suggestions` · scope `read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/suggestions/#v1)
    suggestionsV1(; SuggestionsOptions) -> "Account[]" =
        get("/api/v1/suggestions").since([2, 4, 3], [2, 4, 3]);

    /// Takes somebody off the suggestions for good.
    ///
    /// `DELETE /api/v1/suggestions/{account_id}` · scope `read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/suggestions/#remove)
    suggestionDelete(account_id: Id; WriteOptions) -> "void" =
        delete("/api/v1/suggestions/{account_id}").since([2, 4, 3], [2, 4, 3]).nothing();

    /// Accounts that the account might want to follow.
    ///
    /// `GET /api/v2/suggestions` · scope `read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/suggestions/#v2)
    ///
    /// `suggestionsV2` says also why each is suggested. Servers before 3.4.0 are asked in the older
    /// form.
    suggestions(; SuggestionsOptions) -> "Account[]" =
        get("/api/v2/suggestions").since([2, 4, 3], [3, 4, 0]).before([3, 4, 0], "/api/v1/suggestions");
}

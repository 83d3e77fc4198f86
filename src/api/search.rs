//! Search: <https://docs.joinmastodon.org/methods/search/>

use crate::api::declare::methods;
use crate::api::endpoint::get;
use crate::params::{Id, Text, closed, options};

closed! {
    /// What to search for.
    SearchType: "SearchType" = "accounts" | "hashtags" | "statuses";
}

options! {
    /// Options of `search` and `searchV2`.
    get SearchOptions {
        /// Whether the server asks other servers about a handle or an address that it does not know;
        /// it does when it is not said. That needs the token of a user: without one, say `false`.
        resolve: bool,
        /// Search for one kind of thing alone. Only then can the results be paged through.
        result_type: SearchType => "type",
        /// Only statuses by this account.
        account_id: Id,
        /// How many results to skip; needs `result_type`.
        offset: u32,
        /// Only results newer than this one.
        min_id: Id,
        /// Only results older than this one.
        max_id: Id,
        /// Whether hashtags that no moderator has looked at are left out; they are when it is not said.
        exclude_unreviewed: bool,
        /// How many results of each kind: at most 40, 20 when it is not said.
        limit: u32,
        /// Only accounts that the account follows. (Declared in pkg-template/index.d.ts.)
        #[serde(skip)]
        following: bool,
    }
    /// Options of `searchV1`.
    get SearchV1Options {
        /// Whether the server asks other servers about a handle or an address that it does not know.
        resolve: bool,
    }
}

const DEFAULTS: &[(&str, &str)] = &[("resolve", "true"), ("exclude_unreviewed", "true")];

methods! {
    /// Searches on servers before 3.0.0, in the form of their time: hashtags are plain names.
    ///
    /// `GET /api/v1/search` · scope `read:search` ·
    /// [documentation](https://docs.joinmastodon.org/methods/search/#v1)
    ///
    /// Current servers have it no more and answer `MastodonNotFoundError`; use `search`.
    searchV1(q: Text; SearchV1Options) -> "Search" = get("/api/v1/search").since([1, 1, 0], [2, 1, 0]);

    /// Searches for accounts, statuses and hashtags. A handle or the address of a post or profile
    /// finds just that.
    ///
    /// `GET /api/v2/search` · public, or scope `read:search` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/search/#v2)
    ///
    /// Statuses are found where the server has a full-text search: the account's own, those it has
    /// something to do with, and those whose authors allow it. With a `result_type`, the answer's
    /// `pagination` has the pages that follow; without one it has none.
    ///
    /// Servers before 2.4.1 answer in an older form: hashtags are plain names there, and all
    /// options but `resolve` are ignored. `MastodonVersionError` where the server is known to be
    /// too old for `account_id`, `offset`, `min_id` or `max_id`.
    search(q: Text; SearchOptions) -> "(Search | SearchV2) & Paginated" =
        get("/api/v2/search").since([1, 1, 0], [2, 8, 0]).before([2, 4, 1], "/api/v1/search")
            .default(DEFAULTS).page();

    /// What `search` does, without the older form: hashtags are always entities.
    ///
    /// `GET /api/v2/search` · public, or scope `read:search` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/search/#v2)
    ///
    /// With a `result_type`, the answer's `pagination` has the pages that follow; without one it
    /// has none.
    searchV2(q: Text; SearchOptions) -> "SearchV2 & Paginated" =
        get("/api/v2/search").since([2, 4, 1], [2, 8, 0]).default(DEFAULTS).page();
}

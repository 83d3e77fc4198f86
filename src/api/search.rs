//! Search: <https://docs.joinmastodon.org/methods/search/>

use crate::api::declare::methods;
use crate::client::call::Call;
use crate::client::send::too_old;
use crate::endpoint::{Answer, get};
use crate::entities::{AnySearch, Search, SearchV2};
use crate::error::Error;
use crate::params::{Id, Text, open, options};
use crate::version::Version;

open! {
    /// What to search for. Collections since 4.6.0 (API version 10).
    SearchType: "SearchType" = Accounts "accounts" | Hashtags "hashtags" | Statuses "statuses" | Collections "collections";
}

options! {
    /// Options of `search` and `searchV2`.
    get SearchOptions {
        /// Whether to look up unknown handles and URLs on other servers.
        /// It needs a token. Default: `true` with a token.
        resolve: bool,
        /// Search for one kind of results only. Only then can the results be paginated.
        result_type: SearchType => "type",
        /// The same as `result_type`, under Mastodon's own name.
        r#type: SearchType,
        /// Only statuses by this account.
        account_id: Id,
        /// How many results to skip; needs `result_type`.
        offset: u32,
        /// Only results newer than this one.
        min_id: Id,
        /// Only results older than this one.
        max_id: Id,
        /// Whether to leave out hashtags that no moderator has reviewed. Default: `true`.
        exclude_unreviewed: bool,
        /// How many results of each kind. Default: 20, at most 40.
        limit: u32,
        /// Only accounts that the user follows.
        following: bool,
    }
    /// Options of `searchV1`.
    get SearchV1Options {
        /// Whether to look up unknown handles and URLs on other servers.
        resolve: bool,
    }
}

const DEFAULTS: &[(&str, &str)] = &[("exclude_unreviewed", "true")];

methods! {
    /// Searches on servers before 3.0.0, with results in the older form: hashtags are plain names.
    ///
    /// `GET /api/v1/search` · scope `read:search` ·
    /// [documentation](https://docs.joinmastodon.org/methods/search/#v1)
    ///
    /// `MastodonNotFoundError` from newer servers; use `search`.
    search_v1 as searchV1(q: Text; SearchV1Options) -> Search = get("/api/v1/search").since([1, 1, 0], [2, 1, 0]);

    /// Searches for accounts, statuses and hashtags. A handle or the URL of a status or profile finds
    /// only that.
    ///
    /// `GET /api/v2/search` · public, or scope `read:search` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/search/#v2)
    ///
    /// Statuses are found if the server has a full-text search: the user's own, those the user
    /// interacted with, and those whose authors allow it. With a `result_type`, the results are
    /// paginated by `offset`.
    ///
    /// Servers before 2.4.1 have an older form: hashtags are plain names there, and all options but
    /// `resolve` are ignored. `MastodonVersionError` if the server is known to be too old for
    /// `account_id`, `offset`, `min_id` or `max_id`.
    search as search(q: Text; SearchOptions) -> AnySearch
        where ["(q: string, options?: SearchOptions | null): Promise<AnySearch & Paginated>"] =
        get("/api/v2/search").since([1, 1, 0], [2, 8, 0]).legacy_path([2, 4, 1], "/api/v1/search")
            .default(DEFAULTS).page() => prepare(search);

    /// The same as `search`, without the older form: hashtags are always entities.
    ///
    /// `GET /api/v2/search` · public, or scope `read:search` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/search/#v2)
    ///
    /// With a `result_type`, the results are paginated by `offset`.
    search_v2 as searchV2(q: Text; SearchOptions) -> SearchV2
        where ["(q: string, options?: SearchOptions | null): Promise<SearchV2 & Paginated>"] =
        get("/api/v2/search").since([2, 4, 1], [2, 8, 0]).default(DEFAULTS).page() => prepare(search);
}

/// Servers before this version ignore these options.
const ADVANCED: Version = Version::new(2, 8, 0);
const ADVANCED_OPTIONS: [&str; 4] = ["account_id", "offset", "min_id", "max_id"];

fn search(call: &mut Call) -> Result<(), Error> {
    if ADVANCED_OPTIONS.iter().any(|name| call.has(name))
        && let Some(have) = call.client().too_old_for(ADVANCED)
    {
        return Err(too_old(call.name(), ADVANCED, have));
    }
    if call.has("result_type") {
        call.take("type");
    }
    if call.has("result_type") || call.has("type") {
        call.request.answer = Answer::OffsetPage;
    }
    // Servers reject `resolve` without a token.
    if !call.has("resolve") && call.client().access_token.borrow().is_some() {
        call.set("resolve", true.into());
    }
    Ok(())
}

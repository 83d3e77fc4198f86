//! The accounts that the user features on the profile.

use crate::api::declare::methods;
use crate::endpoint::get;
use crate::entities::Account;
use crate::params::{Id, options};

options! {
    /// Options of lists of accounts that have no `min_id`.
    get AccountPageOptions {
        /// Only entries older than this one.
        max_id: Id,
        /// Only entries newer than this one, beginning with the newest.
        since_id: Id,
        /// How many accounts. Default: 40, at most 80.
        limit: u32,
    }
}

methods! {
    /// The accounts that the user features on the profile.
    ///
    /// `GET /api/v1/endorsements` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/endorsements/#get)
    ///
    /// `accountEndorse` adds one; `accountEndorsements` is for other accounts.
    endorsements as endorsements(; AccountPageOptions) -> Page<Account> =
        get("/api/v1/endorsements").since([2, 5, 0], [2, 5, 0]).page();
}

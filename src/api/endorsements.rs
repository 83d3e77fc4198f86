//! The accounts that the account recommends on its profile.

use crate::api::declare::methods;
use crate::api::endpoint::get;
use crate::params::RequestOptions;

methods! {
    /// The accounts that the account recommends on its profile.
    ///
    /// `GET /api/v1/endorsements` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/endorsements/#get)
    ///
    /// Forty a page; the pages that follow are in `pagination`. `accountEndorse` adds one,
    /// `accountEndorsements` asks about somebody else.
    endorsements(; RequestOptions) -> "Page<Account>" =
        get("/api/v1/endorsements").since([2, 5, 0], [2, 5, 0]).page();
}

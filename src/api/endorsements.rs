//! The accounts that the account recommends on its profile.

use crate::api::declare::methods;
use crate::api::endpoint::get;
use crate::params::{Id, options};

options! {
    /// Options of `endorsements`.
    get EndorsementsOptions {
        /// Only those before this one. (Declared in pkg-template/index.d.ts.)
        #[serde(skip)]
        max_id: Id,
        /// Only those after this one, beginning with the newest. (Declared in pkg-template/index.d.ts.)
        #[serde(skip)]
        since_id: Id,
        /// How many a page: at most 80, 40 when it is not said. (Declared in pkg-template/index.d.ts.)
        #[serde(skip)]
        limit: u32,
    }
}

methods! {
    /// The accounts that the account recommends on its profile.
    ///
    /// `GET /api/v1/endorsements` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/endorsements/#get)
    ///
    /// Forty a page; the pages that follow are in `pagination`. `accountEndorse` adds one,
    /// `accountEndorsements` asks about somebody else.
    endorsements(; EndorsementsOptions) -> "Page<Account>" =
        get("/api/v1/endorsements").since([2, 5, 0], [2, 5, 0]).page();
}

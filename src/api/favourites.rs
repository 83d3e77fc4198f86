//! What the account has kept for itself: favourites and bookmarks.

use crate::client::{Endpoint, Mastodon};
use crate::params::PageOptions;
use js_sys::Promise;
use tsify::Ts;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
impl Mastodon {
    /// The statuses that the account has favourited, the latest favourite first.
    ///
    /// `GET /api/v1/favourites` · scope `read:favourites` ·
    /// [documentation](https://docs.joinmastodon.org/methods/favourites/#get)
    ///
    /// The cursors are those of the favourites, not ids of statuses: take them from `pagination`.
    /// At most 40, 20 when it is not said.
    #[wasm_bindgen(unchecked_return_type = "Promise<Page<Status>>")]
    pub fn favourites(&self, options: Option<Ts<PageOptions>>) -> Promise {
        const FAVOURITES: Endpoint = Endpoint::get("favourites", "/api/v1/favourites")
            .since([1, 0, 0], [2, 6, 0])
            .page();
        self.call(&FAVOURITES, &[], options)
    }

    /// The statuses that the account has bookmarked, the latest bookmark first. Nobody else can see
    /// them.
    ///
    /// `GET /api/v1/bookmarks` · scope `read:bookmarks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/bookmarks/#get)
    ///
    /// The cursors are those of the bookmarks, not ids of statuses: take them from `pagination`. At
    /// most 40, 20 when it is not said.
    #[wasm_bindgen(unchecked_return_type = "Promise<Page<Status>>")]
    pub fn bookmarks(&self, options: Option<Ts<PageOptions>>) -> Promise {
        const BOOKMARKS: Endpoint = Endpoint::get("bookmarks", "/api/v1/bookmarks")
            .since([3, 1, 0], [3, 1, 0])
            .page();
        self.call(&BOOKMARKS, &[], options)
    }
}

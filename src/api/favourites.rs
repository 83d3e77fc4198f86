//! The user's favourites and bookmarks.

use crate::api::declare::methods;
use crate::endpoint::get;
use crate::entities::Status;
use crate::params::PageOptions;

methods! {
    /// The statuses that the user favourited, the latest favourite first.
    ///
    /// `GET /api/v1/favourites` · scope `read:favourites` ·
    /// [documentation](https://docs.joinmastodon.org/methods/favourites/#get)
    ///
    /// The cursors are those of the favourites, not ids of statuses: take them from `pagination`.
    /// `limit`: 20 by default, at most 40.
    favourites as favourites(; PageOptions) -> Page<Status> =
        get("/api/v1/favourites").since([1, 0, 0], [2, 6, 0]).page();

    /// The statuses that the user bookmarked, the latest bookmark first. Bookmarks are private.
    ///
    /// `GET /api/v1/bookmarks` · scope `read:bookmarks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/bookmarks/#get)
    ///
    /// The cursors are those of the bookmarks, not ids of statuses: take them from `pagination`. `limit`:
    /// 20 by default, at most 40.
    bookmarks as bookmarks(; PageOptions) -> Page<Status> = get("/api/v1/bookmarks").since([3, 1, 0], [3, 1, 0]).page();
}

//! Trends, for moderators: <https://docs.joinmastodon.org/methods/admin/trends/>

use crate::api::declare::methods;
use crate::api::endpoint::{get, post};
use crate::params::{Id, PageOptions, RequestOptions, WriteOptions, options};

options! {
    /// Options of `adminTrendingTags`.
    get AdminTrendingTagsOptions {
        /// How many: at most 20, 10 when it is not said.
        limit: u32,
    }
}

methods! {
    /// The tags that would trend, those as well that nobody looked at yet.
    ///
    /// `GET /api/v1/admin/trends/tags` · scope `admin:read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/trends/#tags)
    adminTrendingTags(; AdminTrendingTagsOptions) -> "Tag[]" =
        get("/api/v1/admin/trends/tags").since([3, 5, 0], [3, 5, 0]);

    /// Lets a tag trend.
    ///
    /// `POST /api/v1/admin/trends/tags/{id}/approve` · scope `admin:write` ·
    /// not in Mastodon's documentation
    adminApproveTrendingTag(id: Id; WriteOptions) -> "Tag" =
        post("/api/v1/admin/trends/tags/{id}/approve").since([4, 2, 0], [4, 2, 0]);

    /// Keeps a tag from trending.
    ///
    /// `POST /api/v1/admin/trends/tags/{id}/reject` · scope `admin:write` ·
    /// not in Mastodon's documentation
    adminRejectTrendingTag(id: Id; WriteOptions) -> "Tag" =
        post("/api/v1/admin/trends/tags/{id}/reject").since([4, 2, 0], [4, 2, 0]);

    /// The statuses that would trend, those as well that nobody looked at yet.
    ///
    /// `GET /api/v1/admin/trends/statuses` · scope `admin:read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/trends/#statuses)
    adminTrendingStatuses(; RequestOptions) -> "Status[]" =
        get("/api/v1/admin/trends/statuses").since([3, 5, 0], [3, 5, 0]);

    /// Lets a status trend.
    ///
    /// `POST /api/v1/admin/trends/statuses/{id}/approve` · scope `admin:write` ·
    /// not in Mastodon's documentation
    adminApproveTrendingStatus(id: Id; WriteOptions) -> "Status" =
        post("/api/v1/admin/trends/statuses/{id}/approve").since([4, 2, 0], [4, 2, 0]);

    /// Keeps a status from trending.
    ///
    /// `POST /api/v1/admin/trends/statuses/{id}/reject` · scope `admin:write` ·
    /// not in Mastodon's documentation
    adminRejectTrendingStatus(id: Id; WriteOptions) -> "Status" =
        post("/api/v1/admin/trends/statuses/{id}/reject").since([4, 2, 0], [4, 2, 0]);

    /// The links that would trend, those as well that nobody looked at yet.
    ///
    /// `GET /api/v1/admin/trends/links` · scope `admin:read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/trends/#links)
    adminTrendingLinks(; RequestOptions) -> "PreviewCard[]" =
        get("/api/v1/admin/trends/links").since([3, 5, 0], [3, 5, 0]);

    /// Lets a link trend, by the id of its card.
    ///
    /// `POST /api/v1/admin/trends/links/{id}/approve` · scope `admin:write` ·
    /// not in Mastodon's documentation
    adminApproveTrendingLink(id: Id; WriteOptions) -> "PreviewCard" =
        post("/api/v1/admin/trends/links/{id}/approve").since([4, 2, 0], [4, 2, 0]);

    /// Keeps a link from trending, by the id of its card.
    ///
    /// `POST /api/v1/admin/trends/links/{id}/reject` · scope `admin:write` ·
    /// not in Mastodon's documentation
    adminRejectTrendingLink(id: Id; WriteOptions) -> "PreviewCard" =
        post("/api/v1/admin/trends/links/{id}/reject").since([4, 2, 0], [4, 2, 0]);

    /// The sites whose links would trend, those as well that nobody looked at yet.
    ///
    /// `GET /api/v1/admin/trends/links/publishers` · scope `admin:read` ·
    /// not in Mastodon's documentation
    adminTrendingLinkPublishers(; PageOptions) -> "Page<AdminTrendingLinkPublisher>" =
        get("/api/v1/admin/trends/links/publishers").since([4, 2, 0], [4, 2, 0]).page();

    /// Lets links to a site trend.
    ///
    /// `POST /api/v1/admin/trends/links/publishers/{id}/approve` · scope `admin:write` ·
    /// not in Mastodon's documentation
    adminApproveTrendingLinkPublisher(id: Id; WriteOptions) -> "AdminTrendingLinkPublisher" =
        post("/api/v1/admin/trends/links/publishers/{id}/approve").since([4, 2, 0], [4, 2, 0]);

    /// Keeps links to a site from trending.
    ///
    /// `POST /api/v1/admin/trends/links/publishers/{id}/reject` · scope `admin:write` ·
    /// not in Mastodon's documentation
    adminRejectTrendingLinkPublisher(id: Id; WriteOptions) -> "AdminTrendingLinkPublisher" =
        post("/api/v1/admin/trends/links/publishers/{id}/reject").since([4, 2, 0], [4, 2, 0]);
}

//! Trends, for moderators: <https://docs.joinmastodon.org/methods/admin/trends/>

use crate::api::declare::methods;
use crate::endpoint::{get, post, put};
use crate::entities::{AdminTrendingLinkPublisher, PreviewCard, Status, Tag};
use crate::params::{Id, PageOptions, RequestOptions, WriteOptions, options};

options! {
    /// Options of `adminTrendingTags`, `adminTrendingStatuses` and `adminTrendingLinks`.
    get AdminTrendsOptions {
        /// How many. Default: 10 hashtags, at most 20; 20 statuses or links, at most 40.
        limit: u32,
        /// How many to skip.
        offset: u32,
    }

    /// Options of `adminTags`.
    get AdminTagsOptions {
        /// Only hashtags with an older id than this one.
        max_id: Id,
        /// Only hashtags with a newer id than this one, beginning right after it.
        min_id: Id,
        /// Only hashtags with a newer id than this one, beginning with the newest.
        since_id: Id,
        /// How many. Default: 100, at most 200.
        limit: u32,
    }

    /// Options of `adminTagUpdate`. Fields that are left out stay as they are.
    post AdminTagUpdateOptions {
        /// The spelling that is shown. It may differ from the name in case only.
        display_name: String,
        /// Whether it is listed in search and suggestions.
        listable: bool,
        /// Whether it may trend.
        trendable: bool,
        /// Whether statuses may use it.
        usable: bool,
    }
}

methods! {
    /// The trending hashtags, including those that await review.
    ///
    /// `GET /api/v1/admin/trends/tags` · scope `admin:read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/trends/#tags)
    ///
    /// Paginated by `offset`.
    admin_trending_tags as adminTrendingTags(; AdminTrendsOptions) -> Page<Tag> =
        get("/api/v1/admin/trends/tags").since([3, 5, 0], [3, 5, 0]).offset_page();

    /// Approves a hashtag to trend.
    ///
    /// `POST /api/v1/admin/trends/tags/{id}/approve` · scope `admin:write` ·
    /// not in Mastodon's documentation
    admin_approve_trending_tag as adminApproveTrendingTag(id: Id; WriteOptions) -> Tag =
        post("/api/v1/admin/trends/tags/{id}/approve").since([4, 2, 0], [4, 2, 0]);

    /// Rejects a hashtag from trending.
    ///
    /// `POST /api/v1/admin/trends/tags/{id}/reject` · scope `admin:write` ·
    /// not in Mastodon's documentation
    admin_reject_trending_tag as adminRejectTrendingTag(id: Id; WriteOptions) -> Tag =
        post("/api/v1/admin/trends/tags/{id}/reject").since([4, 2, 0], [4, 2, 0]);

    /// The trending statuses, including those that await review.
    ///
    /// `GET /api/v1/admin/trends/statuses` · scope `admin:read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/trends/#statuses)
    ///
    /// Paginated by `offset`.
    admin_trending_statuses as adminTrendingStatuses(; AdminTrendsOptions) -> Page<Status> =
        get("/api/v1/admin/trends/statuses").since([3, 5, 0], [3, 5, 0]).offset_page();

    /// Approves a status to trend.
    ///
    /// `POST /api/v1/admin/trends/statuses/{id}/approve` · scope `admin:write` ·
    /// not in Mastodon's documentation
    admin_approve_trending_status as adminApproveTrendingStatus(id: Id; WriteOptions) -> Status =
        post("/api/v1/admin/trends/statuses/{id}/approve").since([4, 2, 0], [4, 2, 0]);

    /// Rejects a status from trending.
    ///
    /// `POST /api/v1/admin/trends/statuses/{id}/reject` · scope `admin:write` ·
    /// not in Mastodon's documentation
    admin_reject_trending_status as adminRejectTrendingStatus(id: Id; WriteOptions) -> Status =
        post("/api/v1/admin/trends/statuses/{id}/reject").since([4, 2, 0], [4, 2, 0]);

    /// The trending links, including those that await review.
    ///
    /// `GET /api/v1/admin/trends/links` · scope `admin:read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/trends/#links)
    ///
    /// Paginated by `offset`. The `id` of a card is what `adminApproveTrendingLink` takes.
    admin_trending_links as adminTrendingLinks(; AdminTrendsOptions) -> Page<PreviewCard> =
        get("/api/v1/admin/trends/links").since([3, 5, 0], [3, 5, 0]).offset_page();

    /// Approves a link to trend, by the id of its card.
    ///
    /// `POST /api/v1/admin/trends/links/{id}/approve` · scope `admin:write` ·
    /// not in Mastodon's documentation
    admin_approve_trending_link as adminApproveTrendingLink(id: Id; WriteOptions) -> PreviewCard =
        post("/api/v1/admin/trends/links/{id}/approve").since([4, 2, 0], [4, 2, 0]);

    /// Rejects a link from trending, by the id of its card.
    ///
    /// `POST /api/v1/admin/trends/links/{id}/reject` · scope `admin:write` ·
    /// not in Mastodon's documentation
    admin_reject_trending_link as adminRejectTrendingLink(id: Id; WriteOptions) -> PreviewCard =
        post("/api/v1/admin/trends/links/{id}/reject").since([4, 2, 0], [4, 2, 0]);

    /// The publishers of trending links, including those that await review.
    ///
    /// `GET /api/v1/admin/trends/links/publishers` · scope `admin:read` ·
    /// not in Mastodon's documentation
    admin_trending_link_publishers as adminTrendingLinkPublishers(; PageOptions) -> Page<AdminTrendingLinkPublisher> =
        get("/api/v1/admin/trends/links/publishers").since([4, 2, 0], [4, 2, 0]).page();

    /// Approves the links of a publisher to trend.
    ///
    /// `POST /api/v1/admin/trends/links/publishers/{id}/approve` · scope `admin:write` ·
    /// not in Mastodon's documentation
    admin_approve_trending_link_publisher as adminApproveTrendingLinkPublisher(id: Id; WriteOptions) -> AdminTrendingLinkPublisher =
        post("/api/v1/admin/trends/links/publishers/{id}/approve").since([4, 2, 0], [4, 2, 0]);

    /// Rejects the links of a publisher from trending.
    ///
    /// `POST /api/v1/admin/trends/links/publishers/{id}/reject` · scope `admin:write` ·
    /// not in Mastodon's documentation
    admin_reject_trending_link_publisher as adminRejectTrendingLinkPublisher(id: Id; WriteOptions) -> AdminTrendingLinkPublisher =
        post("/api/v1/admin/trends/links/publishers/{id}/reject").since([4, 2, 0], [4, 2, 0]);

    /// The hashtags that the server knows, with the data for moderators.
    ///
    /// `GET /api/v1/admin/tags` · scope `admin:read` · not in Mastodon's documentation
    admin_tags as adminTags(; AdminTagsOptions) -> Page<Tag> =
        get("/api/v1/admin/tags").since([4, 2, 0], [4, 2, 0]).page();

    /// One hashtag, with the data for moderators.
    ///
    /// `GET /api/v1/admin/tags/{id}` · scope `admin:read` · not in Mastodon's documentation
    admin_tag as adminTag(id: Id; RequestOptions) -> Tag =
        get("/api/v1/admin/tags/{id}").since([4, 2, 0], [4, 2, 0]);

    /// Updates a hashtag, and marks it as reviewed.
    ///
    /// `PUT /api/v1/admin/tags/{id}` · scope `admin:write` · not in Mastodon's documentation
    admin_tag_update as adminTagUpdate(id: Id; AdminTagUpdateOptions) -> Tag =
        put("/api/v1/admin/tags/{id}").since([4, 2, 0], [4, 2, 0]);
}

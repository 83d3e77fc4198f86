//! Trends: <https://docs.joinmastodon.org/methods/trends/>

use crate::api::declare::methods;
use crate::endpoint::get;
use crate::entities::{PreviewCard, Status, Tag};
use crate::params::options;

options! {
    /// Options of `trendingTags`, `trendingStatuses` and `trendingLinks`.
    get TrendsOptions {
        /// How many. Default: 10 tags, at most 20; 20 statuses or links, at most 40.
        limit: u32,
        /// How many to skip.
        offset: u32,
        /// The preferred language: ISO 639-1. Default: that of the client.
        lang: String,
    }
    /// Options of `trends`.
    get PlainTrendsOptions {
        /// How many tags. Default: 10, at most 20.
        limit: u32,
    }
}

methods! {
    /// The trending hashtags, the most used first.
    ///
    /// `GET /api/v1/trends/tags` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/trends/#tags)
    ///
    /// Paginated by `offset`. Servers before 3.5.0 have `GET /api/v1/trends` instead.
    trending_tags as trendingTags(; TrendsOptions) -> Page<Tag> =
        get("/api/v1/trends/tags").since([2, 4, 3], [3, 5, 0]).legacy_path([3, 5, 0], "/api/v1/trends").offset_page();

    /// The same as `trendingTags`, without pagination.
    ///
    /// `GET /api/v1/trends/tags` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/trends/#tags)
    trends as trends(; PlainTrendsOptions) -> Vec<Tag> =
        get("/api/v1/trends/tags").since([2, 4, 3], [3, 5, 0]).legacy_path([3, 5, 0], "/api/v1/trends");

    /// The trending statuses, the most popular first.
    ///
    /// `GET /api/v1/trends/statuses` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/trends/#statuses)
    ///
    /// Paginated by `offset`.
    trending_statuses as trendingStatuses(; TrendsOptions) -> Page<Status> =
        get("/api/v1/trends/statuses").since([3, 5, 0], [3, 5, 0]).offset_page();

    /// The trending articles, the most shared first.
    ///
    /// `GET /api/v1/trends/links` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/trends/#links)
    ///
    /// Paginated by `offset`. `timelineLink` has the statuses that share one of them.
    trending_links as trendingLinks(; TrendsOptions) -> Page<PreviewCard> =
        get("/api/v1/trends/links").since([3, 5, 0], [3, 5, 0]).offset_page();
}

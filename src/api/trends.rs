//! What many are talking about: <https://docs.joinmastodon.org/methods/trends/>

use crate::api::declare::methods;
use crate::api::endpoint::get;
use crate::params::options;

options! {
    /// Options of `trendingTags`, `trendingStatuses` and `trendingLinks`.
    get TrendsOptions {
        /// How many: at most 20 tags, 10 when it is not said; at most 40 statuses or links, 20 when it is
        /// not said.
        limit: u32,
        /// How many to skip.
        offset: u32,
        /// The language of the reader, where it is not that of the client: ISO 639-1. What is in it comes first.
        lang: String,
    }
    /// Options of `trends`.
    get PlainTrendsOptions {
        /// How many tags: at most 20, 10 when it is not said.
        limit: u32,
    }
}

methods! {
    /// The hashtags used much of late, the most used first.
    ///
    /// `GET /api/v1/trends/tags` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/trends/#tags)
    ///
    /// The answer is paged by `offset`. Servers before 3.5.0 are asked in the older form.
    trendingTags(; TrendsOptions) -> "Page<Tag>" =
        get("/api/v1/trends/tags").since([2, 4, 3], [3, 5, 0]).before([3, 5, 0], "/api/v1/trends").offset_page();

    /// Another name of `trendingTags`, without its pages.
    ///
    /// `GET /api/v1/trends/tags` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/trends/#tags)
    trends(; PlainTrendsOptions) -> "Tag[]" =
        get("/api/v1/trends/tags").since([2, 4, 3], [3, 5, 0]).before([3, 5, 0], "/api/v1/trends");

    /// The statuses shared and favourited much of late, the most popular first.
    ///
    /// `GET /api/v1/trends/statuses` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/trends/#statuses)
    ///
    /// The answer is paged by `offset`.
    trendingStatuses(; TrendsOptions) -> "Page<Status>" =
        get("/api/v1/trends/statuses").since([3, 5, 0], [3, 5, 0]).offset_page();

    /// The articles shared much of late, the most shared first.
    ///
    /// `GET /api/v1/trends/links` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/trends/#links)
    ///
    /// The answer is paged by `offset`. `timelineLink` has the statuses that share one of them.
    trendingLinks(; TrendsOptions) -> "Page<PreviewCard>" =
        get("/api/v1/trends/links").since([3, 5, 0], [3, 5, 0]).offset_page();
}

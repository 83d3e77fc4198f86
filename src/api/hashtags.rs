//! Hashtags: following them, and featuring them on the profile.

use crate::api::declare::methods;
use crate::api::endpoint::{delete, get, post};
use crate::params::{Hashtag, Id, RequestOptions, Text, TimelineId, WriteOptions, options};

options! {
    /// Options of `followedTags`.
    get FollowedTagsOptions {
        /// Only tags followed before this one. The ids are those of the follows: take them from `pagination`.
        max_id: TimelineId,
        /// Only tags followed after this one, beginning right after it.
        min_id: TimelineId,
        /// Only tags followed after this one, beginning with the latest.
        since_id: TimelineId,
        /// How many tags: at most 200, 100 when it is not said.
        limit: u32,
    }
}

methods! {
    /// The hashtags that the account follows, the latest first. Posts with them are in its home
    /// timeline.
    ///
    /// `GET /api/v1/followed_tags` · scope `read:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/followed_tags/#get)
    followedTags(; FollowedTagsOptions) -> "Page<Tag>" =
        get("/api/v1/followed_tags").since([4, 0, 0], [4, 0, 0]).page();

    /// The hashtags that the account shows on its profile.
    ///
    /// `GET /api/v1/featured_tags` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/featured_tags/#get)
    featuredTags(; RequestOptions) -> "FeaturedTag[]" =
        get("/api/v1/featured_tags").since([3, 0, 0], [3, 0, 0]);

    /// The hashtags that the account uses most and does not show on its profile: up to 10.
    ///
    /// `GET /api/v1/featured_tags/suggestions` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/featured_tags/#suggestions)
    featuredTagSuggestions(; RequestOptions) -> "Tag[]" =
        get("/api/v1/featured_tags/suggestions").since([3, 0, 0], [3, 0, 0]);

    /// Shows a hashtag on the account's profile. Newer servers have `tagFeature` for it.
    ///
    /// `POST /api/v1/featured_tags` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/featured_tags/#feature)
    ///
    /// The name may have its `#` here. More than 10 are a `MastodonAPIError` with status 422.
    featuredTagCreate(name: Text; WriteOptions) -> "FeaturedTag" =
        post("/api/v1/featured_tags").since([3, 0, 0], [3, 0, 0]);

    /// Takes a hashtag off the account's profile. `id` is the id of the featured tag. Newer servers
    /// have `tagUnfeature` for it.
    ///
    /// `DELETE /api/v1/featured_tags/{id}` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/featured_tags/#unfeature)
    featuredTagDelete(id: Id; WriteOptions) -> "void" =
        delete("/api/v1/featured_tags/{id}").since([3, 0, 0], [3, 0, 0]).nothing();

    /// What the server knows of a hashtag: how much it was used of late, and whether the account
    /// follows it.
    ///
    /// `GET /api/v1/tags/{hashtag}` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/tags/#get)
    ///
    /// The name is written without `#`; one that starts with it is refused.
    tag(hashtag: Hashtag; RequestOptions) -> "Tag" = get("/api/v1/tags/{hashtag}").since([4, 0, 0], [4, 0, 0]);

    /// Follows a hashtag: public posts with it appear in the home timeline.
    ///
    /// `POST /api/v1/tags/{hashtag}/follow` · scope `write:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/tags/#follow)
    ///
    /// The name is written without `#`.
    tagFollow(hashtag: Hashtag; WriteOptions) -> "Tag" =
        post("/api/v1/tags/{hashtag}/follow").since([4, 0, 0], [4, 0, 0]);

    /// Stops following a hashtag.
    ///
    /// `POST /api/v1/tags/{hashtag}/unfollow` · scope `write:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/tags/#unfollow)
    ///
    /// The name is written without `#`.
    tagUnfollow(hashtag: Hashtag; WriteOptions) -> "Tag" =
        post("/api/v1/tags/{hashtag}/unfollow").since([4, 0, 0], [4, 0, 0]);

    /// Shows a hashtag on the account's profile.
    ///
    /// `POST /api/v1/tags/{name}/feature` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/tags/#feature)
    ///
    /// The name is written without `#`. More than 10 are a `MastodonAPIError` with status 422.
    tagFeature(name: Hashtag; WriteOptions) -> "Tag" =
        post("/api/v1/tags/{name}/feature").since([4, 4, 0], [4, 4, 0]);

    /// Takes a hashtag off the account's profile.
    ///
    /// `POST /api/v1/tags/{name}/unfeature` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/tags/#unfeature)
    ///
    /// The name is written without `#`.
    tagUnfeature(name: Hashtag; WriteOptions) -> "Tag" =
        post("/api/v1/tags/{name}/unfeature").since([4, 4, 0], [4, 4, 0]);
}

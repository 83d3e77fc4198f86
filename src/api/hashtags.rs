//! Hashtags: following them, and featuring them on the profile.

use crate::api::declare::methods;
use crate::endpoint::{delete, get, post};
use crate::entities::{FeaturedTag, Tag};
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
        /// How many tags. Default: 100, at most 200.
        limit: u32,
    }
}

methods! {
    /// The hashtags that the user follows, the latest first. Statuses with them appear in the home
    /// timeline.
    ///
    /// `GET /api/v1/followed_tags` · scope `read:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/followed_tags/#get)
    followed_tags as followedTags(; FollowedTagsOptions) -> Page<Tag> =
        get("/api/v1/followed_tags").since([4, 0, 0], [4, 0, 0]).page();

    /// The hashtags that the user features on the profile.
    ///
    /// `GET /api/v1/featured_tags` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/featured_tags/#get)
    featured_tags as featuredTags(; RequestOptions) -> Vec<FeaturedTag> =
        get("/api/v1/featured_tags").since([3, 0, 0], [3, 0, 0]);

    /// The hashtags that the user uses most and does not feature: up to 10.
    ///
    /// `GET /api/v1/featured_tags/suggestions` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/featured_tags/#suggestions)
    featured_tag_suggestions as featuredTagSuggestions(; RequestOptions) -> Vec<Tag> =
        get("/api/v1/featured_tags/suggestions").since([3, 0, 0], [3, 0, 0]);

    /// Features a hashtag on the user's profile. Newer servers have `tagFeature` for it.
    ///
    /// `POST /api/v1/featured_tags` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/featured_tags/#feature)
    ///
    /// The name may have its `#` here. More than 10 are a `MastodonAPIError` with status 422.
    featured_tag_create as featuredTagCreate(name: Text; WriteOptions) -> FeaturedTag =
        post("/api/v1/featured_tags").since([3, 0, 0], [3, 0, 0]);

    /// Removes a hashtag from the user's profile. `id` is the id of the featured tag. Newer servers
    /// have `tagUnfeature` for it.
    ///
    /// `DELETE /api/v1/featured_tags/{id}` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/featured_tags/#unfeature)
    featured_tag_delete as featuredTagDelete(id: Id; WriteOptions) -> Nothing =
        delete("/api/v1/featured_tags/{id}").since([3, 0, 0], [3, 0, 0]).nothing();

    /// A hashtag: its recent use, and whether the user follows it.
    ///
    /// `GET /api/v1/tags/{hashtag}` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/tags/#get)
    ///
    /// The name is written without `#`; one that starts with it is rejected.
    tag as tag(hashtag: Hashtag; RequestOptions) -> Tag = get("/api/v1/tags/{hashtag}").since([4, 0, 0], [4, 0, 0]);

    /// Follows a hashtag: public statuses with it appear in the home timeline.
    ///
    /// `POST /api/v1/tags/{hashtag}/follow` · scope `write:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/tags/#follow)
    ///
    /// The name is written without `#`.
    tag_follow as tagFollow(hashtag: Hashtag; WriteOptions) -> Tag =
        post("/api/v1/tags/{hashtag}/follow").since([4, 0, 0], [4, 0, 0]);

    /// Unfollows a hashtag.
    ///
    /// `POST /api/v1/tags/{hashtag}/unfollow` · scope `write:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/tags/#unfollow)
    ///
    /// The name is written without `#`.
    tag_unfollow as tagUnfollow(hashtag: Hashtag; WriteOptions) -> Tag =
        post("/api/v1/tags/{hashtag}/unfollow").since([4, 0, 0], [4, 0, 0]);

    /// Features a hashtag on the user's profile.
    ///
    /// `POST /api/v1/tags/{name}/feature` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/tags/#feature)
    ///
    /// The name is written without `#`. More than 10 are a `MastodonAPIError` with status 422.
    tag_feature as tagFeature(name: Hashtag; WriteOptions) -> Tag =
        post("/api/v1/tags/{name}/feature").since([4, 4, 0], [4, 4, 0]);

    /// Removes a hashtag from the user's profile.
    ///
    /// `POST /api/v1/tags/{name}/unfeature` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/tags/#unfeature)
    ///
    /// The name is written without `#`.
    tag_unfeature as tagUnfeature(name: Hashtag; WriteOptions) -> Tag =
        post("/api/v1/tags/{name}/unfeature").since([4, 4, 0], [4, 4, 0]);
}

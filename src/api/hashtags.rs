//! Hashtags: following them, and featuring them on the profile.

use crate::api::declare::methods;
use crate::client::{Arg, Call, Endpoint, Mastodon, arg, delete, get, post};
use crate::error::illegal;
use crate::params::{Id, Options, RequestOptions, Text, TimelineId, Value, WriteOptions, options};
use js_sys::Promise;
use tsify::Ts;
use wasm_bindgen::prelude::*;

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
}

#[wasm_bindgen]
impl Mastodon {
    /// What the server knows of a hashtag: how much it was used of late, and whether the account
    /// follows it.
    ///
    /// `GET /api/v1/tags/{hashtag}` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/tags/#get)
    ///
    /// The name is written without `#`; one that starts with it is refused.
    #[wasm_bindgen(unchecked_return_type = "Promise<Tag>")]
    pub fn tag(&self, hashtag: Ts<Text>, options: Option<Ts<RequestOptions>>) -> Promise {
        const TAG: Endpoint =
            Endpoint::get("tag", "/api/v1/tags/{hashtag}").since([4, 0, 0], [4, 0, 0]);
        self.call_with_tag(&TAG, arg("hashtag", hashtag), options)
    }

    /// Follows a hashtag: public posts with it appear in the home timeline.
    ///
    /// `POST /api/v1/tags/{hashtag}/follow` · scope `write:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/tags/#follow)
    ///
    /// The name is written without `#`.
    #[wasm_bindgen(js_name = tagFollow, unchecked_return_type = "Promise<Tag>")]
    pub fn tag_follow(&self, hashtag: Ts<Text>, options: Option<Ts<WriteOptions>>) -> Promise {
        const TAG_FOLLOW: Endpoint = Endpoint::post("tagFollow", "/api/v1/tags/{hashtag}/follow")
            .since([4, 0, 0], [4, 0, 0]);
        self.call_with_tag(&TAG_FOLLOW, arg("hashtag", hashtag), options)
    }

    /// Stops following a hashtag.
    ///
    /// `POST /api/v1/tags/{hashtag}/unfollow` · scope `write:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/tags/#unfollow)
    ///
    /// The name is written without `#`.
    #[wasm_bindgen(js_name = tagUnfollow, unchecked_return_type = "Promise<Tag>")]
    pub fn tag_unfollow(&self, hashtag: Ts<Text>, options: Option<Ts<WriteOptions>>) -> Promise {
        const TAG_UNFOLLOW: Endpoint =
            Endpoint::post("tagUnfollow", "/api/v1/tags/{hashtag}/unfollow")
                .since([4, 0, 0], [4, 0, 0]);
        self.call_with_tag(&TAG_UNFOLLOW, arg("hashtag", hashtag), options)
    }

    /// Shows a hashtag on the account's profile.
    ///
    /// `POST /api/v1/tags/{name}/feature` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/tags/#feature)
    ///
    /// The name is written without `#`. More than 10 are a `MastodonAPIError` with status 422.
    #[wasm_bindgen(js_name = tagFeature, unchecked_return_type = "Promise<Tag>")]
    pub fn tag_feature(&self, name: Ts<Text>, options: Option<Ts<WriteOptions>>) -> Promise {
        const TAG_FEATURE: Endpoint =
            Endpoint::post("tagFeature", "/api/v1/tags/{name}/feature").since([4, 4, 0], [4, 4, 0]);
        self.call_with_tag(&TAG_FEATURE, arg("name", name), options)
    }

    /// Takes a hashtag off the account's profile.
    ///
    /// `POST /api/v1/tags/{name}/unfeature` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/tags/#unfeature)
    ///
    /// The name is written without `#`.
    #[wasm_bindgen(js_name = tagUnfeature, unchecked_return_type = "Promise<Tag>")]
    pub fn tag_unfeature(&self, name: Ts<Text>, options: Option<Ts<WriteOptions>>) -> Promise {
        const TAG_UNFEATURE: Endpoint =
            Endpoint::post("tagUnfeature", "/api/v1/tags/{name}/unfeature")
                .since([4, 4, 0], [4, 4, 0]);
        self.call_with_tag(&TAG_UNFEATURE, arg("name", name), options)
    }
}

impl Mastodon {
    fn call_with_tag<O: Options>(
        &self,
        endpoint: &Endpoint,
        tag: Arg,
        options: Option<Ts<O>>,
    ) -> Promise {
        let name = tag.name;
        self.run(
            self.prepare(endpoint, &[tag], options)
                .and_then(|call| without_hash(call, name)),
        )
    }
}

/// Refuses a hashtag that starts with `#`: servers take the sign for a part of the name.
pub(super) fn without_hash(call: Call, name: &str) -> Result<Call, JsValue> {
    let tag = call.arguments.get(name).and_then(Value::text);
    if tag.is_some_and(|tag| tag.starts_with('#')) {
        let message = ["`", name, "` must be a hashtag without its #"].concat();
        return Err(illegal(call.request.name, &message));
    }
    Ok(call)
}

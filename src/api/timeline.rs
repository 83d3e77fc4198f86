//! Timelines: <https://docs.joinmastodon.org/methods/timelines/>

use crate::client::{Endpoint, Mastodon};
use crate::params::{TimelineId, options};
use js_sys::Promise;
use tsify::Ts;
use wasm_bindgen::prelude::*;

options! {
    /// Options of `timelineHome`.
    get TimelineHomeOptions {
        /// Only statuses older than this one.
        max_id: TimelineId,
        /// Only statuses newer than this one, beginning right after it.
        min_id: TimelineId,
        /// Only statuses newer than this one, beginning with the newest.
        since_id: TimelineId,
        /// How many statuses: at most 40, 20 when it is not said.
        limit: u32,
        /// Only statuses with pictures, sound or video.
        only_media: bool,
        /// Only statuses from this server.
        local: bool,
        /// Only statuses from other servers.
        remote: bool,
    }
}

#[wasm_bindgen]
impl Mastodon {
    /// The statuses of the people and tags that the account follows, newest first.
    ///
    /// `GET /api/v1/timelines/home` · scope `read:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/timelines/#home)
    ///
    /// Rejects with `MastodonUnauthorizedError` without a token of a user. Answers 206 (which is no
    /// error) while the server is still putting the timeline together.
    #[wasm_bindgen(js_name = timelineHome, unchecked_return_type = "Promise<Page<Status>>")]
    pub fn timeline_home(&self, options: Option<Ts<TimelineHomeOptions>>) -> Promise {
        const HOME: Endpoint = Endpoint::get("timelineHome", "/api/v1/timelines/home")
            .since([1, 0, 0], [3, 1, 4])
            .page();
        self.call(&HOME, &[], options)
    }
}

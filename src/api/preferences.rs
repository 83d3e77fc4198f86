//! What the account has set, and how far it has read.

use crate::api::declare::methods;
use crate::api::endpoint::{get, post};
use crate::params::{Ids, RequestOptions, WriteOptions, argument, options};
use wasm_bindgen::prelude::*;

argument! {
    /// One timeline that a place can be kept in, or several.
    MarkerTimelines: "MarkerTimelines" = r"MarkerTimeline | readonly MarkerTimeline[]" => crate::params::Kind::Texts;
}

#[wasm_bindgen(typescript_custom_section)]
const MARKER_TIMELINE: &str = r#"
/** A timeline that a place can be kept in: the home timeline, or notifications. */
export type MarkerTimeline = "home" | "notifications" | (string & {});
"#;

options! {
    /// Options of `markersGet`.
    get MarkersGetOptions {
        /// Which places; both when it is not said.
        timeline: MarkerTimelines,
    }
}

methods! {
    /// What the account has set about writing and reading. The names have colons in them:
    /// `preferences["posting:default:visibility"]`.
    ///
    /// `GET /api/v1/preferences` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/preferences/#get)
    ///
    /// It is what the account's own web pages go by. `accountUpdateCredentials` changes what is
    /// about writing.
    preferences(; RequestOptions) -> "Preferences" =
        get("/api/v1/preferences").since([2, 8, 0], [2, 8, 0]);

    /// How far the account has read, in the home timeline and in the notifications. A place that
    /// was never kept is missing.
    ///
    /// `GET /api/v1/markers` · scope `read:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/markers/#get)
    markersGet(; MarkersGetOptions) -> "Partial<Record<MarkerTimeline, Marker>>" =
        get("/api/v1/markers").since([3, 0, 0], [3, 0, 0]);

    /// Keeps how far the account has read: in each of the timelines, the id that stands at the same
    /// place of the other list.
    ///
    /// `POST /api/v1/markers` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/markers/#create)
    ///
    /// The answer has the places that were set. `MastodonIllegalArgumentError` where the lists
    /// differ in length; a `MastodonAPIError` with status 409 where another client has just set the
    /// same place.
    ///
    /// @example
    /// await m.markersSet("home", lastStatus);
    markersSet(timelines: MarkerTimelines => "", last_read_ids: Ids => ""; WriteOptions)
        -> "Partial<Record<MarkerTimeline, Marker>>" =
        post("/api/v1/markers").since([3, 0, 0], [3, 0, 0]).json();
}

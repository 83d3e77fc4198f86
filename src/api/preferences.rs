//! The user's preferences and reading positions.

use crate::api::declare::methods;
use crate::client::call::Call;
use crate::endpoint::{get, post};
use crate::entities::{MarkerTimeline, Markers, Preferences};
use crate::error::Error;
use crate::js;
use crate::params::{Ids, Kind, RequestOptions, WriteOptions, argument, options};
use wasm_bindgen::prelude::*;

argument! {
    /// One timeline that has a marker, or several.
    MarkerTimelines: "MarkerTimelines" = "MarkerTimeline | readonly MarkerTimeline[]" => Kind::ManyOpen(MarkerTimeline::NAMES);
}

options! {
    /// Options of `markersGet`.
    get MarkersGetOptions {
        /// Which timelines. Default: both.
        timeline: MarkerTimelines,
    }
}

methods! {
    /// The user's preferences for writing and reading. The names contain colons:
    /// `preferences["posting:default:visibility"]`.
    ///
    /// `GET /api/v1/preferences` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/preferences/#get)
    ///
    /// `accountUpdateCredentials` changes those for writing.
    preferences as preferences(; RequestOptions) -> Preferences =
        get("/api/v1/preferences").since([2, 8, 0], [2, 8, 0]);

    /// How far the user has read the home timeline and the notifications. A marker that was never
    /// set is missing.
    ///
    /// `GET /api/v1/markers` · scope `read:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/markers/#get)
    markers_get as markersGet(; MarkersGetOptions) -> Markers =
        get("/api/v1/markers").since([3, 0, 0], [3, 0, 0]) => prepare(both_timelines);

    /// Sets how far the user has read: for each of the timelines, the id at the same index of the
    /// other list.
    ///
    /// `POST /api/v1/markers` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/markers/#create)
    ///
    /// The result has the markers that were set. `MastodonIllegalArgumentError` if the lists differ in
    /// length; `MastodonAPIError` with status 409 if another client has just set the same marker.
    ///
    /// @example
    /// await m.markersSet("home", lastStatus);
    markers_set as markersSet(timelines: MarkerTimelines => "", last_read_ids: Ids => ""; WriteOptions) -> Markers =
        post("/api/v1/markers").since([3, 0, 0], [3, 0, 0]) => prepare(by_timeline);
}

fn both_timelines(call: &mut Call) -> Result<(), Error> {
    if !call.has("timeline") {
        let both: js_sys::Array = MarkerTimeline::NAMES
            .iter()
            .map(|name| JsValue::from(*name))
            .collect();
        call.set("timeline", both.into());
    }
    Ok(())
}

/// Each timeline is a parameter of its own.
fn by_timeline(call: &mut Call) -> Result<(), Error> {
    let timelines = js::list(&call.take("timelines"));
    let ids = js::list(&call.take("last_read_ids"));
    if timelines.length() != ids.length() {
        return Err(call.illegal(&["`timelines` and `last_read_ids` must have the same length"]));
    }
    for (timeline, id) in timelines.iter().zip(ids.iter()) {
        let marker = js::object(&[("last_read_id", id)]);
        call.request.pairs.push((timeline, marker.into()));
    }
    Ok(())
}

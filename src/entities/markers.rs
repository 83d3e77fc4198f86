//! How far you have read.

use super::declare::{entity, open_enum, typescript};
use std::collections::BTreeMap;

open_enum! {
    /// A timeline that has a marker.
    pub enum MarkerTimeline {
        /// The home timeline.
        Home = "home",
        /// The notifications.
        Notifications = "notifications",
    }
}

/// Markers by timeline.
pub type Markers = BTreeMap<String, Marker>;

typescript! {
    MARKERS = r"
/** Markers by timeline. */
export type Markers = Partial<Record<MarkerTimeline, Marker>>;
"
}

entity! {
    /// How far you have read in a timeline.
    ///
    /// See <https://docs.joinmastodon.org/entities/Marker/>
    pub struct Marker {
        /// The id of the last status or notification that you have read.
        last_read_id: String,
        /// How often the marker was set. The server uses it to detect conflicting updates.
        version: u64,
        /// When it was last set, ISO 8601 in UTC.
        updated_at: String,
    }
}

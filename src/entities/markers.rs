//! How far you have read.

use super::declare::entity;

entity! {
    /// How far you have read in a timeline.
    ///
    /// See <https://docs.joinmastodon.org/entities/Marker/>
    pub struct Marker {
        /// The id of the last post or notification that you have read.
        last_read_id: String,
        /// How often the marker was set; it keeps two clients from undoing each other's.
        version: u64,
        /// When it was last set, ISO 8601 in UTC.
        updated_at: String,
    }
}

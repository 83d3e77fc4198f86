//! Reports on somebody's year.

use super::declare::entity;

entity! {
    /// Says that the report on a year is there.
    ///
    /// See <https://docs.joinmastodon.org/entities/NotificationGroup/>
    pub struct AnnualReportEvent {
        /// The year, as a number in a string.
        year: String,
    }
}

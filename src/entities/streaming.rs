//! Entities that only streams deliver.

use super::declare::entity;

entity! {
    /// How many users have reacted to an announcement with one emoji. Sent whenever this changes.
    ///
    /// See <https://docs.joinmastodon.org/methods/streaming/#events>
    pub struct StreamReaction {
        /// The emoji, or the shortcode of a custom emoji without colons.
        name: String,
        /// How many users have reacted with it.
        count: u64,
        /// The id of the announcement.
        announcement_id: String,
    }
}

//! What comes over a stream and nowhere else.

use super::declare::entity;

entity! {
    /// How often people have reacted to an announcement with some emoji, sent when it changes.
    ///
    /// See <https://docs.joinmastodon.org/methods/streaming/#events>
    pub struct StreamReaction {
        /// The emoji, or the shortcode of a custom one, without colons.
        name: String,
        /// How many people have reacted with it.
        count: u64,
        /// The id of the announcement.
        announcement_id: String,
    }
}

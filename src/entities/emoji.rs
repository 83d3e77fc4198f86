//! Custom emoji.

use super::declare::entity;

entity! {
    /// An image that replaces a `:shortcode:` in text.
    ///
    /// See <https://docs.joinmastodon.org/entities/CustomEmoji/>
    pub struct CustomEmoji {
        /// The shortcode, without colons.
        shortcode: String,
        /// URL of the image, which may be animated.
        url: String,
        /// URL of the still image.
        static_url: String,
        /// Whether emoji pickers should show it.
        visible_in_picker: bool,
        /// The category in an emoji picker. Absent or `null` when there is none.
        category?: Option<String>,
        /// Whether emoji pickers should show it first. Absent before 4.6.0.
        featured?: bool,
    }
}

//! Custom emoji.

use super::declare::entity;

entity! {
    /// A picture that stands for a `:shortcode:` in text.
    ///
    /// See <https://docs.joinmastodon.org/entities/CustomEmoji/>
    pub struct CustomEmoji {
        /// The name, without the colons.
        shortcode: String,
        /// Address of the picture, which may move.
        url: String,
        /// Address of the picture as a still image.
        static_url: String,
        /// Whether it is offered when writing.
        visible_in_picker: bool,
        /// The category in an emoji picker; `null` or absent for none.
        category?: Option<String>,
        /// Whether it is offered first. Absent before 4.6.0.
        featured?: bool,
    }
}

//! Converts the rows of the store to entities: the types that the client declares.

mod accounts;
mod announcements;
mod filters;
mod media;
mod moderation;
mod notifications;
mod rules;
mod statuses;
mod tags;
mod trends;

pub use notifications::group_key;
pub use rules::rules;

use mastodon_wasm::entities::{CustomEmoji, StatusVisibility};

use crate::store::{Store, Visibility};
use crate::text;

impl From<Visibility> for StatusVisibility {
    fn from(visibility: Visibility) -> Self {
        visibility.as_str().into()
    }
}

impl Store {
    pub fn custom_emojis(&self) -> Vec<CustomEmoji> {
        self.emojis
            .iter()
            .map(|emoji| CustomEmoji {
                shortcode: emoji.shortcode.clone(),
                url: self.url(&emoji.path),
                static_url: self.url(&emoji.path),
                visible_in_picker: true,
                category: emoji.category.clone().map(Some),
                featured: None,
                other: serde_json::Map::new(),
            })
            .collect()
    }

    /// The custom emoji in these texts, each once.
    fn emojis_in(&self, texts: &[&str]) -> Vec<CustomEmoji> {
        let mut found = self.custom_emojis();
        found.retain(|emoji| {
            texts
                .iter()
                .any(|text| text::shortcodes(text).any(|code| code == emoji.shortcode))
        });
        found
    }
}

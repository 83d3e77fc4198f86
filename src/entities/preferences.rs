//! What you have set for all your clients.

use super::declare::{entity, open_enum};
use super::{QuotePolicy, StatusVisibility};

open_enum! {
    /// Which media are shown at once.
    pub enum MediaExpansion {
        /// Those that are not marked sensitive.
        Default = "default",
        /// All.
        ShowAll = "show_all",
        /// None.
        HideAll = "hide_all",
    }
}

entity! {
    /// What you have set on the server for all your clients.
    ///
    /// See <https://docs.joinmastodon.org/entities/Preferences/>
    pub struct Preferences {
        /// The visibility that new posts start with.
        #[serde(rename = "posting:default:visibility")]
        posting_default_visibility: StatusVisibility,
        /// Whether the media of new posts are marked sensitive.
        #[serde(rename = "posting:default:sensitive")]
        posting_default_sensitive: bool,
        /// The language of new posts, as ISO 639-1 code; `null` for that of the interface.
        #[serde(rename = "posting:default:language")]
        posting_default_language: Option<String>,
        /// Who may quote your new posts. Absent before 4.5.0.
        #[serde(rename = "posting:default:quote_policy")]
        posting_default_quote_policy?: QuotePolicy,
        /// Which media are shown at once.
        #[serde(rename = "reading:expand:media")]
        reading_expand_media: MediaExpansion,
        /// Whether posts with a content warning are shown at once.
        #[serde(rename = "reading:expand:spoilers")]
        reading_expand_spoilers: bool,
        /// Whether animated pictures play automatically. Absent in older servers.
        #[serde(rename = "reading:autoplay:gifs")]
        reading_autoplay_gifs?: bool,
    }
}

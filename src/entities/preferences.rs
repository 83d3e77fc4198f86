//! Your preferences, which apply to all your clients.

use super::declare::{entity, open_enum};
use super::{QuotePolicy, StatusVisibility};

open_enum! {
    /// Which media are shown without a click.
    pub enum MediaExpansion {
        /// Media that are not marked sensitive.
        Default = "default",
        /// All media.
        ShowAll = "show_all",
        /// No media.
        HideAll = "hide_all",
    }
}

entity! {
    /// Your preferences on the server, which apply to all your clients.
    ///
    /// See <https://docs.joinmastodon.org/entities/Preferences/>
    pub struct Preferences {
        /// The default visibility of new statuses.
        #[serde(rename = "posting:default:visibility")]
        posting_default_visibility: StatusVisibility,
        /// Whether the media of new statuses are marked sensitive by default.
        #[serde(rename = "posting:default:sensitive")]
        posting_default_sensitive: bool,
        /// The default language of new statuses, as an ISO 639-1 code; `null` for the language of the
        /// interface.
        #[serde(rename = "posting:default:language")]
        posting_default_language: Option<String>,
        /// Who may quote your new statuses. Absent before 4.5.0.
        #[serde(rename = "posting:default:quote_policy")]
        posting_default_quote_policy?: QuotePolicy,
        /// Which media are shown without a click.
        #[serde(rename = "reading:expand:media")]
        reading_expand_media: MediaExpansion,
        /// Whether statuses with a content warning are shown without a click.
        #[serde(rename = "reading:expand:spoilers")]
        reading_expand_spoilers: bool,
        /// Whether animated images play automatically. Absent on older servers.
        #[serde(rename = "reading:autoplay:gifs")]
        reading_autoplay_gifs?: bool,
    }
}

//! The user's profile in its source form. Since Mastodon 4.6 (API version 10).

use super::accounts::pictures;
use crate::api::declare::methods;
use crate::endpoint::{get, patch};
use crate::entities::Profile;
use crate::params::{ProfileFields, RequestOptions, Upload, options};

options! {
    /// Options of `profileUpdate`. Fields that are left out stay as they are.
    post ProfileUpdateOptions {
        /// The name that is shown.
        display_name: String,
        /// The text of the profile, plain.
        note: String,
        /// The profile picture: PNG, GIF or JPEG, or what else the server accepts.
        avatar: Upload,
        /// The picture's MIME type. Default: that of the file, or detected from its first bytes.
        avatar_mime_type: String => "",
        /// The banner.
        header: Upload,
        /// The banner's MIME type. Default: that of the file, or detected from its first bytes.
        header_mime_type: String => "",
        /// Whether follow requests need approval.
        locked: bool,
        /// Whether the account is a bot.
        bot: bool,
        /// Whether the account may be suggested to others and appear in the directory.
        discoverable: bool,
        /// Whether to hide whom the account follows and who follows it.
        hide_collections: bool,
        /// Whether public statuses may be found by anyone's search.
        indexable: bool,
        /// Whether the profile has a tab for media.
        show_media: bool,
        /// Whether that tab includes media of replies.
        show_media_replies: bool,
        /// Whether the profile has a tab for featured accounts and hashtags.
        show_featured: bool,
        /// Web sites that may name the account as an author, as domain names. They replace all others;
        /// an empty list removes them.
        attribution_domains: Vec<String>,
        /// The rows of the profile's table, at most four on most servers. They replace all rows; an
        /// empty list removes them.
        fields: ProfileFields => "fields_attributes",
        /// The alternative text of the profile picture. Since API version 11.
        avatar_description: String,
        /// The alternative text of the banner. Since API version 11.
        header_description: String,
    }
}

methods! {
    /// The user's profile, with its texts in their source form rather than as HTML.
    ///
    /// `GET /api/v1/profile` · scope `profile` or `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/profile/)
    ///
    /// `MastodonNotFoundError` from servers before 4.6.0 and from most other software;
    /// `accountVerifyCredentials` has most of it in `source`.
    profile as profile(; RequestOptions) -> Profile = get("/api/v1/profile").since([4, 6, 0], [4, 6, 0]).api_version(10);

    /// Updates the user's profile.
    ///
    /// `PATCH /api/v1/profile` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/profile/)
    ///
    /// Invalid values (a text too long, a row too many) are a `MastodonAPIError` with status 422 and
    /// `details`. Servers before 4.6.0 have only `accountUpdateCredentials`.
    profile_update as profileUpdate(; ProfileUpdateOptions) -> Profile =
        patch("/api/v1/profile").since([4, 6, 0], [4, 6, 0]).api_version(10) => prepare(pictures);
}

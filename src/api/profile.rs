//! The account's own profile, as it was written. New in Mastodon 4.6.

use crate::api::declare::methods;
use crate::api::endpoint::{get, patch};
use crate::params::{ProfileFields, RequestOptions, Upload, options};

options! {
    /// Options of `profileUpdate`.
    post ProfileUpdateOptions {
        /// The name that is shown.
        display_name: String,
        /// The text of the profile, plain.
        note: String,
        /// The profile picture: PNG, GIF or JPEG, or what else the server takes.
        avatar: Upload,
        /// The picture's type, where neither the file nor its bytes tell it.
        avatar_mime_type: String => "",
        /// The banner.
        header: Upload,
        /// The banner's type, where neither the file nor its bytes tell it.
        header_mime_type: String => "",
        /// Whether followers have to be accepted.
        locked: bool,
        /// Whether the account is a bot.
        bot: bool,
        /// Whether the account may be suggested to others and appear in the directory.
        discoverable: bool,
        /// Whether nobody sees whom the account follows and who follows it.
        hide_collections: bool,
        /// Whether public statuses may be found by anyone's search.
        indexable: bool,
        /// Whether the profile has a tab of media.
        show_media: bool,
        /// Whether that tab has the media of replies too.
        show_media_replies: bool,
        /// Whether the profile has a tab of what it features.
        show_featured: bool,
        /// Web sites that may name the account as an author, as domain names. They replace all others.
        attribution_domains: Vec<String>,
        /// The rows of the profile's table: four at most, unless the server says otherwise. They replace all rows.
        fields: ProfileFields => "fields_attributes",
        /// What the profile picture shows, for those who cannot see it.
        avatar_description: String,
        /// What the banner shows, for those who cannot see it.
        header_description: String,
    }
}

methods! {
    /// The account's own profile, with its texts as they were written rather than as HTML.
    ///
    /// `GET /api/v1/profile` · scope `profile` or `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/profile/)
    ///
    /// `MastodonNotFoundError` on servers before 4.6.0, and on others that call themselves
    /// compatible; `accountVerifyCredentials` has most of it in `source`.
    profile(; RequestOptions) -> "Profile" = get("/api/v1/profile").since([4, 6, 0], [4, 6, 0]);

    /// Changes the account's own profile. What is not given stays as it is.
    ///
    /// `PATCH /api/v1/profile` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/profile/)
    ///
    /// What the server refuses (a text too long, a row too many) is a `MastodonAPIError` with
    /// status 422 and `details`. Servers before 4.6.0 have `accountUpdateCredentials` alone.
    profileUpdate(; ProfileUpdateOptions) -> "Profile" =
        patch("/api/v1/profile").since([4, 6, 0], [4, 6, 0]);
}

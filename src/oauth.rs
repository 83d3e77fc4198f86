//! OAuth 2 (RFC 6749): requests that get, refresh and revoke tokens, and the endpoints and scopes. Uses no
//! page and no storage: `authRequestUrl`, `logIn` and the login of a page all use it.

pub mod metadata;
pub mod pkce;
pub mod token;

use crate::params::{Kind, argument};

argument! {
    /// One redirect URI, or several.
    RedirectUris: "RedirectUris" = "string | readonly string[]" => Kind::Texts;
}

/// The redirect URI for an application without a page: the server shows the code to the user instead.
pub const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";

//! OAuth 2 (RFC 6749): the requests that give and take tokens, where they go, and what they grant. No
//! page and no storage: programs use it by `authRequestUrl` and `logIn`, and the login of a page too.

pub mod metadata;
pub mod pkce;
pub mod token;

use crate::params::{Kind, argument};

argument! {
    /// One address or several.
    RedirectUris: "RedirectUris" = "string | readonly string[]" => Kind::Texts;
}

/// Where a server sends a user whose application has no page: it shows the code instead.
pub const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";

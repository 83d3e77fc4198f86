//! Scopes: what a token may do, as a list in one text.

use crate::params::{Kind, argument};
use crate::text;

#[cfg(feature = "npm")]
#[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
const OAUTH_SCOPE: &str = r#"/** A scope: something that a token may do. Servers may have others. */
export type OAuthScope =
  | "read"
  | "read:accounts"
  | "read:blocks"
  | "read:bookmarks"
  | "read:collections"
  | "read:favourites"
  | "read:filters"
  | "read:follows"
  | "read:lists"
  | "read:mutes"
  | "read:notifications"
  | "read:search"
  | "read:statuses"
  | "write"
  | "write:accounts"
  | "write:blocks"
  | "write:bookmarks"
  | "write:collections"
  | "write:conversations"
  | "write:favourites"
  | "write:filters"
  | "write:follows"
  | "write:lists"
  | "write:media"
  | "write:mutes"
  | "write:notifications"
  | "write:reports"
  | "write:statuses"
  | "follow"
  | "push"
  | "profile"
  | "admin:read"
  | "admin:read:accounts"
  | "admin:read:reports"
  | "admin:read:domain_allows"
  | "admin:read:domain_blocks"
  | "admin:read:ip_blocks"
  | "admin:read:email_domain_blocks"
  | "admin:read:canonical_email_blocks"
  | "admin:write"
  | "admin:write:accounts"
  | "admin:write:reports"
  | "admin:write:domain_allows"
  | "admin:write:domain_blocks"
  | "admin:write:ip_blocks"
  | "admin:write:email_domain_blocks"
  | "admin:write:canonical_email_blocks"
  | (string & {});
"#;

argument! {
    /// One scope, or several.
    OAuthScopes: "OAuthScopes" = "OAuthScope | readonly OAuthScope[]" => Kind::Texts;
    /// The same, as returned by a server.
    KnownScopes: "KnownScopes" = "OAuthScopes" => Kind::Texts;
}

/// The scopes to request if the caller gives none.
pub const DEFAULT: &str = "read write follow push";

/// Scopes as one text; [`DEFAULT`] if there are none.
pub fn join(scopes: Vec<String>) -> String {
    if scopes.is_empty() {
        DEFAULT.to_owned()
    } else {
        text::join(&scopes, " ")
    }
}

/// The scopes that a token response grants, separated by single spaces. The standard separates them by spaces
/// (RFC 6749, 3.3); some servers use commas. If the response has none, the requested ones were granted (RFC
/// 6749, 5.1).
pub fn granted(response: &str, asked: &str) -> String {
    let scopes = normalized(response);
    if scopes.is_empty() {
        normalized(asked)
    } else {
        scopes
    }
}

/// A list with single spaces between its scopes.
fn normalized(list: &str) -> String {
    let mut out = String::with_capacity(list.len());
    let mut gap = false;
    for letter in list.chars() {
        if letter == ',' || letter.is_ascii_whitespace() {
            gap = !out.is_empty();
        } else {
            if gap {
                out.push(' ');
                gap = false;
            }
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::granted;

    #[test]
    fn reads_lists_in_every_form_that_servers_write() {
        for (response, expected) in [
            ("read write follow", "read write follow"),
            ("read,write,follow,push", "read write follow push"),
            ("read, write", "read write"),
            ("read  write\tfollow ", "read write follow"),
            (" ,read", "read"),
            ("read:accounts", "read:accounts"),
        ] {
            assert_eq!(granted(response, "asked"), expected, "{response:?}");
        }
    }

    #[test]
    fn takes_what_was_asked_for_where_the_server_names_nothing() {
        for response in ["", " ", ", ,"] {
            assert_eq!(
                granted(response, "read write"),
                "read write",
                "{response:?}"
            );
        }
        assert_eq!(granted("", ""), "");
    }
}

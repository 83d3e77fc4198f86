//! Addresses: the one that a caller names, and those that servers name.

use crate::error::Error;
use crate::js::{self, Url};
use crate::text;
use wasm_bindgen::prelude::*;

/// Whether a host is this machine: what is sent there needs no encryption.
pub fn is_loopback(host: &str) -> bool {
    if host.eq_ignore_ascii_case("localhost") || host == "[::1]" {
        return true;
    }
    let under_localhost = host.len() > ".localhost".len()
        && host
            .get(host.len() - ".localhost".len()..)
            .is_some_and(|end| end.eq_ignore_ascii_case(".localhost"));
    let octets = text::parts(host, b'.')
        .filter(|part| !part.is_empty() && part.len() <= 3 && text::is_digits(part));
    under_localhost
        || (host.starts_with("127.") && text::parts(host, b'.').count() == 4 && octets.count() == 4)
}

/// The address that a server named, if it is one that anything may be sent to: https, or http on this
/// very machine; `wss` and `ws` alike. User info is none of a server's business.
///
/// Every address that a server names (Link, nodeinfo, streaming, metadata, redirects) comes through here.
pub fn server_url(named: &str, base: &str) -> Option<Url> {
    let url = Url::new_with_base(named, base).ok()?;
    let allowed = match url.protocol().as_str() {
        "https:" | "wss:" => true,
        // A page of the internet that points to this machine is not to be followed.
        "http:" | "ws:" => is_loopback(&url.hostname()) && is_loopback(&host_of(base)),
        _ => false,
    };
    (allowed && url.username().is_empty() && url.password().is_empty() && !url.host().is_empty())
        .then_some(url)
}

/// The host name in an address of ours.
fn host_of(address: &str) -> String {
    Url::new(address)
        .map(|url| url.hostname())
        .unwrap_or_default()
}

/// Path and query of an address of the web. What other schemes call a path need not begin with a slash:
/// behind an origin it would make another host of it.
pub fn path_of(url: &Url) -> Option<String> {
    let path = url.pathname();
    let web = matches!(url.protocol().as_str(), "https:" | "http:") && path.starts_with('/');
    web.then(|| [path, url.search()].concat())
}

/// Path and query of an address that a server named, if that is on an origin of ours.
pub fn same_origin_path(origin: &str, named: &str, base: &str) -> Option<String> {
    let url = Url::new_with_base(named, base).ok()?;
    let own = url.origin() == origin && url.username().is_empty() && url.password().is_empty();
    path_of(&url).filter(|_| own)
}

/// The same for the continuation of a page. A proxy in front of a server may make the server write
/// another scheme or an inner port, or the name that this machine has for it: path and query count.
pub fn continuation(origin: &str, named: &str, path: &str) -> Result<Url, String> {
    let refused = |origin: String| Err(origin);
    let Ok(url) = Url::new_with_base(named, &[origin, path].concat()) else {
        return refused(String::new());
    };
    let same_host = url.hostname() == host_of(origin) || is_loopback(&url.hostname());
    let web = matches!(url.protocol().as_str(), "https:" | "http:");
    if web && same_host && url.username().is_empty() && url.password().is_empty() {
        return Ok(url);
    }
    let origin = url.origin();
    refused(if origin == "null" {
        url.protocol()
    } else {
        origin
    })
}

/// The origin that an `api_base_url` means. A scheme is added where there is none; the platform's URL
/// lower-cases the host and encodes international names. An origin is all that it may be: a path, a
/// query or a user name in it would end up somewhere.
///
/// # Errors
/// It is none, or one that would be read on the way.
pub fn origin_of(method: &str, value: &JsValue, allow_http: bool) -> Result<String, Error> {
    const NAME: &str = "api_base_url";
    let text = if value.is_instance_of::<Url>() {
        js::caller_get(value, "href")
            .map_err(|cause| Error::unreadable(method, NAME, cause))?
            .as_string()
    } else {
        value.as_string()
    };
    let text = text.unwrap_or_default();
    let text = text.trim();
    // A password may stand in front of an `@`, a token behind a question mark: neither is repeated.
    let shown = if text.bytes().any(|byte| b"@?#".contains(&byte)) {
        &"…".into()
    } else {
        value
    };
    let refuse = |expected: &str| Err(Error::invalid_argument(method, NAME, expected, shown));
    if text.is_empty() {
        return refuse("the address of a server, such as \"https://mastodon.social\"");
    }
    let whole = if text::has(text, "://") {
        text.to_owned()
    } else {
        ["https://", text].concat()
    };
    let Ok(url) = Url::new(&whole) else {
        return refuse("a URL");
    };
    // Chromium lets a space in a host pass, as %20.
    if text::find(&url.host(), b'%').is_some() {
        return refuse("a URL");
    }
    let protocol = url.protocol();
    if protocol != "https:" && protocol != "http:" {
        return refuse("https");
    }
    let origin = url.origin();
    // All that is not the origin shows as a difference here, an empty query included.
    if url.href() != [&origin, "/"].concat() {
        return refuse("a server's address alone, without user, path, query or fragment");
    }
    if protocol == "https:" || allow_http || is_loopback(&url.hostname()) {
        return Ok(origin);
    }
    refuse("https (or pass `allow_http: true`)")
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn this_machine_has_a_few_names() {
        for host in [
            "localhost",
            "LOCALHOST",
            "a.localhost",
            "127.0.0.1",
            "127.8.9.255",
            "[::1]",
        ] {
            assert!(is_loopback(host), "{host}");
        }
    }

    #[test]
    fn names_that_look_like_it_are_others() {
        for host in [
            "127.evil.example",
            "127.0.0.1.evil.example",
            "127.0.0",
            "127.0.0.1.",
            "127.0.0.a",
            "localhost.evil.example",
            ".localhost",
            "evillocalhost",
            "[::2]",
            "",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}

//! URLs that a caller or a server gives.

use crate::error::Error;
use crate::js::{self, Url};
use crate::text;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::UrlSearchParams;

/// Whether a host is this machine, where encryption is not needed.
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

/// A URL that a server gave, if it is safe to use: https, or http on this machine; the same for `wss` and
/// `ws`. It must not contain user info.
///
/// Every URL that a server gives (Link, nodeinfo, streaming, metadata, redirects) must pass through here.
pub fn server_url(named: &str, base: &str) -> Option<Url> {
    let url = Url::new_with_base(named, base).ok()?;
    let allowed = match url.protocol().as_str() {
        "https:" | "wss:" => true,
        // A server on the internet must not redirect to this machine.
        "http:" | "ws:" => is_loopback(&url.hostname()) && is_loopback(&host_of(base)),
        _ => false,
    };
    (allowed && url.username().is_empty() && url.password().is_empty() && !url.host().is_empty())
        .then_some(url)
}

/// The host name in a URL of this package.
fn host_of(address: &str) -> String {
    Url::new(address)
        .map(|url| url.hostname())
        .unwrap_or_default()
}

/// The path and query of a web URL. In other schemes, a path may not begin with a slash: appended to an
/// origin, it would change the host.
pub fn path_of(url: &Url) -> Option<String> {
    let path = url.pathname();
    let web = matches!(url.protocol().as_str(), "https:" | "http:") && path.starts_with('/');
    web.then(|| [path, url.search()].concat())
}

/// The path and query of a URL that a server gave, if it has this origin.
pub fn same_origin_path(origin: &str, named: &str, base: &str) -> Option<String> {
    let url = Url::new_with_base(named, base).ok()?;
    let own = url.origin() == origin && url.username().is_empty() && url.password().is_empty();
    path_of(&url).filter(|_| own)
}

/// The names and values of a URL's query.
pub fn query_pairs(query: &UrlSearchParams) -> Vec<(JsValue, JsValue)> {
    let entries = Array::from(query);
    entries
        .iter()
        .map(|pair| {
            let pair: &Array = pair.unchecked_ref();
            (pair.get(0), pair.get(1))
        })
        .collect()
}

/// A path without its query, and the query's names and values.
pub fn split_query(path: &str) -> (&str, Vec<(JsValue, JsValue)>) {
    let Some((path, query)) = text::cut(path, b'?') else {
        return (path, Vec::new());
    };
    let pairs = UrlSearchParams::new_with_str(query).map(|params| query_pairs(&params));
    (path, pairs.unwrap_or_default())
}

/// The URL that continues a page. Behind a proxy, a server may write another scheme, an internal port, or an
/// internal name of this machine. Only path and query are used.
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

/// The origin of an `api_base_url`. A missing scheme is added. The platform's URL converts the host to lower
/// case and encodes international names. It must be only an origin, because a path, query or user name would
/// end up in requests.
///
/// # Errors
/// It is not a URL, or not encrypted.
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
    // There may be a password before an `@`, or a token in the query: these are not shown.
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
    // Chromium accepts a space in a host, as %20.
    if text::find(&url.host(), b'%').is_some() {
        return refuse("a URL");
    }
    let protocol = url.protocol();
    if protocol != "https:" && protocol != "http:" {
        return refuse("https");
    }
    let origin = url.origin();
    // Everything besides the origin is a difference here, even an empty query.
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

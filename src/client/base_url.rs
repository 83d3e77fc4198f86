//! The address of a server, as people type it.

use crate::error::{Kind, error};
use crate::params::show;
use wasm_bindgen::prelude::*;
use web_sys::Url;

/// Hosts that need no encryption: what is sent there does not leave the machine.
pub fn is_loopback(host: &str) -> bool {
    let octets: Vec<&str> = host.split('.').collect();
    host == "localhost"
        || host.ends_with(".localhost")
        || host == "[::1]"
        || (octets.len() == 4
            && octets.first() == Some(&"127")
            && octets
                .iter()
                .all(|part| part.bytes().all(|b| b.is_ascii_digit())))
}

/// The origin that an `api_base_url` means. A scheme is added where there is none; the platform's
/// URL lower-cases the host and encodes international names. An origin is all that it may be: a
/// path, a query or a user name in it would end up somewhere.
pub fn origin(method: &str, value: &JsValue, allow_http: bool) -> Result<String, JsValue> {
    let refuse = |why: &str| {
        let message = [method, ": `api_base_url` ", why, ", got ", &show(value)].concat();
        Err(error(Kind::IllegalArgument, &message))
    };
    let text = match value.as_string() {
        Some(text) => text,
        None => match value.dyn_ref::<Url>() {
            Some(url) => url.href(),
            None => {
                return refuse(
                    "must be the address of a server, such as \"https://mastodon.social\"",
                );
            }
        },
    };
    let text = text.trim();
    let text = if text.contains("://") {
        text.to_owned()
    } else {
        ["https://", text].concat()
    };
    let Ok(url) = Url::new(&text) else {
        return refuse("is no URL");
    };
    let secure = url.protocol() == "https:";
    if !secure && url.protocol() != "http:" {
        return refuse("must be https");
    }
    // All that is not the origin shows as a difference here, an empty query included.
    if url.href().strip_suffix('/') != Some(&url.origin()) {
        return refuse("must be a server's address alone, without user, path, query or fragment");
    }
    if !secure && !allow_http && !is_loopback(&url.hostname()) {
        return refuse("must be https (or pass `allow_http: true`)");
    }
    Ok(url.origin())
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_this_machine_is_loopback() {
        for host in [
            "localhost",
            "127.0.0.1",
            "127.1.2.3",
            "[::1]",
            "app.localhost",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "127.0.0.1.example.org",
            "localhost.example.org",
            "10.0.0.1",
            "[::2]",
            "notlocalhost",
            "127.0.0.a",
            "127.0.0",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}

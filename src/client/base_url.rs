//! The address of a server, as people type it.

use crate::error::refused;
use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/client/base_url.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn parse(value: &JsValue) -> Result<JsValue, JsValue>;
}

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
    let parsed = parse(value)?;
    let refuse = |why: &str| Err(refused(method, "api_base_url", why, value));
    if let Some(why) = parsed.as_string() {
        return refuse(&why);
    }
    let part = |at| Array::from(&parsed).get(at).as_string().unwrap_or_default();
    if part(1) == "https:" || allow_http || is_loopback(&part(2)) {
        return Ok(part(0));
    }
    refuse("https (or pass `allow_http: true`)")
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

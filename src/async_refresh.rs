//! Answers that the server is still working on: the `Mastodon-Async-Refresh` header.

use crate::client::Request;
use crate::page;
use js_sys::Reflect;
use wasm_bindgen::prelude::*;

/// What the header says: `id="…", retry=3, result_count=12`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AsyncRefresh<'a> {
    /// What to ask the server about.
    pub id: &'a str,
    /// Seconds to wait before asking.
    pub retry: Option<u32>,
    /// How many results there are so far.
    pub result_count: Option<u32>,
}

/// Reads the header. `None` where it names no id.
pub fn parse(header: &str) -> Option<AsyncRefresh<'_>> {
    let mut refresh = AsyncRefresh::default();
    for part in header.split([',', ';']) {
        let Some((name, value)) = part.split_once('=') else {
            continue;
        };
        let value = value.trim().trim_matches('"');
        match name.trim() {
            "id" => refresh.id = value,
            "retry" => refresh.retry = value.parse().ok(),
            "result_count" => refresh.result_count = value.parse().ok(),
            _ => {}
        }
    }
    (!refresh.id.is_empty()).then_some(refresh)
}

/// Puts `async_refresh` on an answer, not enumerable: what the header says, and the request to repeat.
pub fn attach(value: &JsValue, header: &str, request: &Request) {
    let Some(refresh) = parse(header).filter(|_| value.is_object()) else {
        return;
    };
    let shown = page::repeat(request);
    for (name, part) in [
        ("id", refresh.id.into()),
        ("retry", refresh.retry.into()),
        ("result_count", refresh.result_count.into()),
    ] {
        let _ = Reflect::set(&shown, &name.into(), &part);
    }
    page::hide(value, "async_refresh", &shown);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_header() {
        let refresh = AsyncRefresh {
            id: "ImNvbnRleHQ6MTEz==--abc",
            retry: Some(3),
            result_count: Some(2),
        };
        assert_eq!(
            parse("id=\"ImNvbnRleHQ6MTEz==--abc\", retry=3, result_count=2"),
            Some(refresh)
        );
        assert_eq!(
            parse("id=\"x\""),
            Some(AsyncRefresh {
                id: "x",
                ..AsyncRefresh::default()
            })
        );
        assert_eq!(parse("retry=3"), None);
        assert_eq!(parse(""), None);
    }
}

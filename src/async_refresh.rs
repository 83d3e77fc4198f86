//! Responses that the server is still working on: the `Mastodon-Async-Refresh` header.

use crate::endpoint::request::Request;
use crate::js;
use crate::page::stored;
use crate::text;
use wasm_bindgen::prelude::*;

/// The content of the header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AsyncRefresh {
    /// The id of the refresh.
    pub id: String,
    /// Seconds to wait before the next request, as the server asks.
    pub retry: Option<u32>,
    /// How many results there are so far.
    pub result_count: Option<u32>,
}

/// Reads `id="…", retry=3, result_count=12`; `None` if there is no id.
pub fn parse(header: &str) -> Option<AsyncRefresh> {
    let mut refresh = AsyncRefresh::default();
    for part in text::parts(header, b',').flat_map(|part| text::parts(part, b';')) {
        let Some((name, value)) = text::cut(part, b'=') else {
            continue;
        };
        let value = text::unquote(value.trim_ascii());
        match name.trim_ascii() {
            "id" => value.clone_into(&mut refresh.id),
            "retry" => refresh.retry = value.parse().ok(),
            "result_count" => refresh.result_count = value.parse().ok(),
            _ => {}
        }
    }
    (!refresh.id.is_empty()).then_some(refresh)
}

/// Adds `async_refresh` to a response, as a property that is not enumerable: the header's content, and the
/// request to repeat.
pub fn attach(value: &JsValue, header: &str, request: &Request) {
    let Some(refresh) = parse(header).filter(|_| value.is_object()) else {
        return;
    };
    let number = |number: Option<u32>| number.map_or(JsValue::UNDEFINED, JsValue::from);
    let info = stored(request);
    js::set(&info, "id", &refresh.id.into());
    js::set(&info, "retry", &number(refresh.retry));
    js::set(&info, "result_count", &number(refresh.result_count));
    js::define_hidden(value, "async_refresh", &info);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_read_in_every_spelling() {
        let refresh = AsyncRefresh {
            id: "abc".to_owned(),
            retry: Some(3),
            result_count: Some(12),
        };
        assert_eq!(
            parse("id=\"abc\", retry=3, result_count=12"),
            Some(refresh.clone())
        );
        assert_eq!(
            parse(" result_count = 12 ;retry=\"3\";id=abc"),
            Some(refresh)
        );
        assert_eq!(
            parse("id=abc, retry=soon"),
            Some(AsyncRefresh {
                id: "abc".to_owned(),
                ..AsyncRefresh::default()
            })
        );
        for header in ["", "retry=3", "id=", "id", "=", ",,;"] {
            assert_eq!(parse(header), None, "{header}");
        }
    }

    #[test]
    fn a_long_header_takes_no_longer_than_it_is_long() {
        for part in [",", ";", "=", "id=\"", " ", "\""] {
            let start = std::time::Instant::now();
            let _ = parse(&part.repeat(500_000));
            assert!(start.elapsed().as_secs() < 2, "{part}");
        }
    }
}

//! The address of the streaming server.

/// Where Mastodon's streaming answers.
const PATH: &str = "/api/v1/streaming";

/// The WebSocket URL, made of the instance's own address and of the streaming address that it
/// names, if it names one that can be used.
///
/// A server that is itself reached in the clear, on this machine, cannot have a certificate: GoToSocial
/// says `wss` there all the same. The other way round the token would leave an encrypted
/// connection, so `ws` counts as `wss` wherever the instance is https.
pub fn url(base: &str, named: Option<&str>) -> String {
    let secure = base.starts_with("https:");
    let named = named.and_then(|url| Some((url, host(url)?)));
    let (url, host) = match named {
        Some(named) => named,
        None => (base, host(base).unwrap_or_default()),
    };
    let encrypted = url.starts_with("wss:") || url.starts_with("https:");
    let scheme = if secure || (encrypted && !is_loopback(host)) {
        "wss://"
    } else {
        "ws://"
    };
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.trim_end_matches('/');
    let path = if rest.ends_with(PATH) { "" } else { PATH };
    [scheme, rest, path].concat()
}

/// The host of a URL of one of the four schemes that will do, with neither user nor query.
fn host(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    let usable = matches!(scheme, "ws" | "wss" | "http" | "https")
        && !rest.contains(['@', '?', '#', ' ', '\\']);
    let authority = rest.split('/').next()?;
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => host,
        _ => authority,
    };
    (usable && !host.is_empty()).then_some(host)
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host == "[::1]"
        || host.starts_with("127.")
        || host.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::url;

    #[test]
    fn the_instance_names_its_streaming_server() {
        assert_eq!(
            url(
                "https://mastodon.social",
                Some("wss://streaming.mastodon.social")
            ),
            "wss://streaming.mastodon.social/api/v1/streaming"
        );
        assert_eq!(
            url("https://a.example", Some("https://a.example/")),
            "wss://a.example/api/v1/streaming"
        );
        assert_eq!(
            url(
                "https://a.example",
                Some("wss://a.example/api/v1/streaming/")
            ),
            "wss://a.example/api/v1/streaming"
        );
    }

    #[test]
    fn without_a_usable_name_the_base_url_is_tried() {
        for named in [
            None,
            Some(""),
            Some("streaming"),
            Some("ftp://x"),
            Some("wss://u@x"),
        ] {
            assert_eq!(
                url("https://a.example", named),
                "wss://a.example/api/v1/streaming"
            );
        }
    }

    #[test]
    fn a_loopback_server_in_the_clear_has_no_certificate() {
        for host in ["127.0.0.1:8080", "localhost:3000", "[::1]:8080"] {
            assert_eq!(
                url(&format!("http://{host}"), Some(&format!("wss://{host}"))),
                format!("ws://{host}/api/v1/streaming")
            );
        }
        assert_eq!(
            url("http://lan.example", Some("wss://lan.example")),
            "wss://lan.example/api/v1/streaming"
        );
        assert_eq!(
            url("http://lan.example", Some("ws://lan.example")),
            "ws://lan.example/api/v1/streaming"
        );
    }

    #[test]
    fn the_token_never_leaves_encryption() {
        assert_eq!(
            url("https://a.example", Some("ws://stream.a.example")),
            "wss://stream.a.example/api/v1/streaming"
        );
    }
}

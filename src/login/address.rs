//! The server that a user types: a domain, a handle, or a link to a profile.

/// The server that a user means.
#[derive(Debug, PartialEq, Eq)]
pub struct Address {
    /// The scheme (if one was typed) and the host, as an `api_base_url`.
    pub server: String,
    /// The name in front of the host, if a handle was typed.
    pub user: Option<String>,
}

/// Finds the server in what the user typed; `None` if there is none, as in `@me`.
pub fn parse(text: &str) -> Option<Address> {
    let text = text.trim_ascii();
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (scheme, rest) = match text.split_at_checked(letters) {
        Some((scheme, rest)) if letters > 0 => match rest.strip_prefix("://") {
            Some(rest) => (text.get(..scheme.len() + 3)?, rest),
            None => ("", text),
        },
        _ => ("", text),
    };
    let rest = match rest.split_at_checked(5) {
        Some((prefix, rest)) if prefix.eq_ignore_ascii_case("acct:") => rest,
        _ => rest,
    };
    let end = rest.bytes().position(|byte| b"/\\?#".contains(&byte));
    let rest = end.map_or(Some(rest), |end| rest.get(..end))?;
    // The last `@`: whatever is in front of it is not the host.
    let at = rest.bytes().rposition(|byte| byte == b'@');
    let (user, mut host) = match at {
        Some(at) => (rest.get(..at)?, rest.get(at + 1..)?),
        None => ("", rest),
    };
    while let Some(shorter) = host.strip_suffix('.') {
        host = shorter;
    }
    if host.is_empty() || (at == Some(0) && scheme.is_empty()) {
        return None;
    }
    let user = user.strip_prefix('@').unwrap_or(user);
    Some(Address {
        server: [scheme, host].concat(),
        user: (scheme.is_empty() && !user.is_empty()).then(|| user.to_owned()),
    })
}

/// The URL that a host-meta document (RFC 6415, XML or JSON) gives for WebFinger. It shows where the server
/// of a domain is: `social.fern.example` may have the handles of `fern.example`.
pub fn webfinger_template(host_meta: &str) -> Option<String> {
    const NAME: &[u8] = b"template";
    // After the name come quotes, a colon or an equals sign, and spaces.
    const GAP: usize = 16;
    let bytes = host_meta.as_bytes();
    let mut from = 0;
    while let Some(at) = bytes
        .get(from..)?
        .windows(NAME.len())
        .position(|part| part == NAME)
    {
        from += at + NAME.len();
        let rest = bytes.get(from..)?;
        let gap = rest.iter().take(GAP).position(|byte| *byte == b'h');
        let Some(url) = gap.and_then(|gap| rest.get(gap..)) else {
            continue;
        };
        let end = url.iter().position(|byte| b"\"'<> \n".contains(byte))?;
        // JSON may escape its slashes.
        let url: Vec<u8> = url
            .iter()
            .take(end)
            .filter(|byte| **byte != b'\\')
            .copied()
            .collect();
        if url.starts_with(b"http") {
            return String::from_utf8(url).ok();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_server_in_what_users_type() {
        for (text, server, user) in [
            ("mastodon.social", "mastodon.social", None),
            ("  Mastodon.Social/ ", "Mastodon.Social", None),
            ("mastodon.social.", "mastodon.social", None),
            ("mastodon.social/@me", "mastodon.social", None),
            ("@me@mastodon.social", "mastodon.social", Some("me")),
            ("me@mastodon.social", "mastodon.social", Some("me")),
            ("acct:me@mastodon.social", "mastodon.social", Some("me")),
            ("ACCT:me@mastodon.social", "mastodon.social", Some("me")),
            ("https://mastodon.social", "https://mastodon.social", None),
            (
                "HTTPS://mastodon.social/@me",
                "HTTPS://mastodon.social",
                None,
            ),
            (
                "https://mastodon.social/@you@other.example?x=1#top",
                "https://mastodon.social",
                None,
            ),
            (
                "https://user:word@mastodon.social/",
                "https://mastodon.social",
                None,
            ),
            ("http://127.0.0.1:4100/@mina", "http://127.0.0.1:4100", None),
            ("http://[::1]:3000", "http://[::1]:3000", None),
            ("localhost:3000", "localhost:3000", None),
            ("münchen.social", "münchen.social", None),
            ("mastodon.social\\@evil.example", "mastodon.social", None),
            (
                "https://mastodon.social#@evil.example",
                "https://mastodon.social",
                None,
            ),
            ("é://mastodon.social", "é:", None),
        ] {
            let address = Address {
                server: server.to_owned(),
                user: user.map(str::to_owned),
            };
            assert_eq!(parse(text), Some(address), "{text}");
        }
    }

    #[test]
    fn finds_no_server_in_a_name_alone() {
        for text in [
            "", "  ", "@me", "@", "@@", "me@", "https://", "/@me", "acct:", "?", "#a", "...",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn finds_the_webfinger_address_of_host_meta() {
        let url = "https://social.fern.example/.well-known/webfinger?resource={uri}";
        for document in [
            format!(r#"<?xml version="1.0"?><XRD><Link rel="lrdd" template="{url}"/></XRD>"#),
            format!(r"<XRD><Link rel='lrdd' template = '{url}'/></XRD>"),
            format!(r#"{{"links":[{{"rel":"lrdd","template":"{url}"}}]}}"#),
            format!(
                r#"{{"links":[{{"template": "{}"}}]}}"#,
                url.replace('/', r"\/")
            ),
            format!(r#"<template></template><Link template="{url}">"#),
        ] {
            assert_eq!(
                webfinger_template(&document).as_deref(),
                Some(url),
                "{document}"
            );
        }
        for document in [
            "",
            "<html>",
            "template",
            "template=\"",
            "template=\"ftp://a\"",
            "template=\"http://a",
        ] {
            assert_eq!(webfinger_template(document), None, "{document}");
        }
    }

    #[test]
    fn reads_long_texts_in_one_pass() {
        for text in ["template", "template=\"h", "@", ".", "a", "\\", "https://"] {
            let long = text.repeat(1_000_000 / text.len());
            let limit = crate::text::linear_time(&long);
            let start = std::time::Instant::now();
            let _ = (parse(&long), webfinger_template(&long));
            assert!(start.elapsed() < limit, "{text}");
        }
    }
}

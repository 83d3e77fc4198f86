//! What servers send in headers and in the bodies of errors.

use super::Input;
use crate::client::ratelimit::{Headers, Kind, Limits, Mode, Waiting};
use crate::page::{Links, canonical, links};
use crate::version::Version;
use crate::{error, http, text};

/// The `Link` header: agrees with a simple parser that uses the standard library, and parses again after
/// being written.
pub fn link_header(data: &[u8]) {
    let header = Input(data).text();
    let found = links(&header);
    assert_eq!(found, simple_links(&header));
    let written = [(found.next, "next"), (found.prev, "prev")].map(|(target, relation)| {
        let target = target.unwrap_or_default();
        assert!(target == target.trim_ascii() && !target.contains(['<', '>']));
        format!("<{target}>; rel=\"{relation}\"")
    });
    assert!(found.next != Some("") && found.prev != Some(""));
    assert_eq!(links(&written.join(", ")), found);
    let name = canonical(&header);
    assert!(name.len() <= header.len());
    assert_eq!(canonical(&name), name);
}

fn simple_links(header: &str) -> Links<'_> {
    let mut found = Links::default();
    let whole = header.split('<').skip(1);
    for (target, attributes) in whole.filter_map(|link| link.split_once('>')) {
        let target = target.trim_ascii();
        for (name, value) in attributes
            .split([';', ','])
            .filter_map(|attribute| attribute.split_once('='))
        {
            let value = value.trim_ascii();
            let value = value
                .strip_prefix('"')
                .and_then(|v| v.strip_suffix('"'))
                .unwrap_or(value);
            if target.is_empty() || !name.trim_ascii().eq_ignore_ascii_case("rel") {
                continue;
            }
            for relation in value.split(' ') {
                match relation.to_ascii_lowercase().as_str() {
                    "next" => _ = found.next.get_or_insert(target),
                    "prev" | "previous" => _ = found.prev.get_or_insert(target),
                    _ => {}
                }
            }
        }
    }
    found
}

/// Versions: parse again after being written, are not changed by suffixes of forks, and compare like their
/// numbers.
pub fn version(data: &[u8]) {
    let mut input = Input(data);
    let numbers = [0; 6].map(|_| input.short() % 1000);
    let [a, b] = [&numbers[..3], &numbers[3..]].map(|n| Version::new(n[0], n[1], n[2]));
    assert_eq!(a.cmp(&b), numbers[..3].cmp(&numbers[3..]));
    let text = input.text();
    let own = Version::numbers(&text);
    let known = own >= Version::new(1, 0, 0);
    assert_eq!(Version::parse(&text), known.then_some(own));
    for version in [a, b, own] {
        let written = version.to_text();
        for more in [
            "",
            " (compatible; Pleroma 2.5.0)",
            "-beta.1+glitch",
            "rc1",
            "+git-57cb4fe",
        ] {
            assert_eq!(Version::numbers(&(written.clone() + more)), version);
            assert_eq!(Version::numbers(&format!("v{written}{more}")), version);
        }
    }
    if !text.contains(['+', ' ']) {
        let text = text.trim_ascii();
        assert_eq!(
            Version::numbers(&format!("{text} (compatible; {text})")),
            own
        );
    }
}

/// Rate limits: whatever the headers say, a call waits for a limited time in total and retries a limited
/// number of times.
pub fn rate_limit(data: &[u8]) {
    const CEILING: f64 = 600_000.0;
    let mut input = Input(data);
    let mut now = 1_800_000_000_000.0;
    let mut limits = Limits::default();
    let mut call = Waiting::new(CEILING);
    let mode = [Mode::Wait, Mode::Throw, Mode::Pace][usize::from(input.byte() % 3)];
    let factor = f64::from(1 + input.byte() % 30) / 10.0;
    let (mut waited, mut refusals) = (0.0, 0);
    while !input.is_empty() {
        let choice = input.byte();
        let verb = ["GET", "POST", "DELETE", "PUT"][usize::from(choice % 4)];
        let path = input.text();
        let kind = Kind::of(verb, &path);
        assert_eq!(
            Kind::of(verb, &format!("{}?{path}", text::before(&path, b'?').0)),
            kind
        );
        let before = limits.before_request(kind, mode, factor, now, &mut call);
        assert!(before >= 0.0 && before.is_finite());
        waited += before;
        now += before;
        limits.reserve(kind, now, now);
        let headers = [0; 5].map(|_| input.text());
        let header = |at: usize| Some(headers[at].as_str()).filter(|header| *header != "-");
        let headers = Headers {
            limit: header(0),
            remaining: header(1),
            reset: header(2),
            retry_after: header(3),
            date: header(4),
        };
        let told = headers.read(now, parse_date);
        if let Some(limit) = told.limit {
            let numbers = [limit.limit, limit.remaining];
            assert!(
                numbers
                    .iter()
                    .all(|n| n.is_finite() && *n >= 0.0 && n.fract() == 0.0)
            );
            assert!(limit.reset.is_finite());
        }
        assert!(told.again.is_none_or(f64::is_finite));
        assert!(told.retry_after.is_none() || told.retry_after == told.again);
        let status = [200, 429, 503][usize::from(choice / 4 % 3)];
        limits.received(kind, status, &told);
        let wait = match status {
            429 => call.after_429(mode, told.again, now),
            503 => call.after_503(mode, told.retry_after, now),
            _ => continue,
        };
        if let Some(wait) = wait {
            assert!(wait > 0.0 && wait.is_finite());
            assert!(mode != Mode::Throw);
            refusals += 1;
            waited += wait;
            now += wait;
        }
    }
    assert!(
        waited <= CEILING + 1.0 && refusals <= 20,
        "{waited} ms, {refusals} refusals"
    );
}

/// Parses dates like the platform: returns a finite number or NaN.
fn parse_date(text: &str) -> f64 {
    let digits: String = text.chars().filter(char::is_ascii_digit).take(15).collect();
    digits.parse().unwrap_or(f64::NAN)
}

/// Error messages: contain no terminal control characters, are cut between characters, and never show the
/// password in an address.
pub fn error_text(data: &[u8]) {
    let mut input = Input(data);
    let text = input.text();
    let plain = error::plain(&text);
    assert!(!plain.chars().any(|letter| letter.is_control()
        || ('\u{202a}'..='\u{202e}').contains(&letter)
        || ('\u{2066}'..='\u{2069}').contains(&letter)));
    assert_eq!(error::plain(&plain), plain);
    let shown = http::shown(&text);
    assert!(text.starts_with(shown) && shown.len() <= 500);
    assert!(shown == text || shown.len() > 496);
    // User info in front of a host.
    let secret: String = input
        .text()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let host: String = text
        .chars()
        .filter(|c| !matches!(c, '@' | '/' | ':'))
        .collect();
    if secret.len() > 8 && !host.contains(&secret) {
        for address in [
            format!("https://user:{secret}@{host}"),
            format!("https://{secret}@{host}"),
            format!("user:{secret}@{host}"),
        ] {
            let hidden = error::without_user_info(&address).expect("there is a user");
            assert!(!hidden.contains(&secret), "{hidden}");
            assert!(hidden.ends_with(&host));
        }
    }
    if let Some(hidden) = error::without_user_info(&text) {
        let at = text.rfind('@').expect("there is an @");
        assert!(hidden.ends_with(&text[at..]) && hidden.len() <= text.len() + "…".len());
    }
}

//! What users and servers enter during a login.

use super::Input;
use crate::login::address::{parse, webfinger_template};
use crate::login::callback::{Callback, Expected, without_response};
use crate::params::suggest::nearest;
use crate::scopes::granted;
use crate::url::is_loopback;
use std::net::Ipv4Addr;

/// The address that a user types, and the one in a host-meta document.
pub fn address(data: &[u8]) {
    let text = Input(data).text();
    if let Some(address) = parse(&text) {
        let host = address
            .server
            .split_once("://")
            .map_or(address.server.as_str(), |(_, host)| host);
        assert!(!host.is_empty() && !host.ends_with('.'));
        assert!(!host.contains(['/', '\\', '?', '#', '@']), "{host}");
        assert!(address.server.len() <= text.len());
        if let Some(user) = &address.user {
            assert!(
                !user.is_empty()
                    && !user.contains(['/', '\\', '?', '#'])
                    && text.contains(user.as_str())
            );
        }
        // Not an address of a server: the host begins with `acct:`, or contains spaces.
        if !host.to_ascii_lowercase().starts_with("acct:") && !host.contains(char::is_whitespace) {
            let again = parse(&address.server).expect("the server is an address");
            assert_eq!((&again.server, again.user), (&address.server, None));
        }
    }
    if let Some(template) = webfinger_template(&text) {
        assert!(
            template.starts_with("http")
                && !template.contains(['\\', '"', '\'', '<', '>', ' ', '\n'])
        );
    }
    let template = format!(
        "https://{}/.well-known/webfinger?resource={{uri}}",
        text.len()
    );
    let xml = format!("<XRD><Link rel='lrdd' template='{template}'/></XRD>");
    let json = format!(
        "{{\"links\":[{{\"template\": \"{}\"}}]}}",
        template.replace('/', "\\/")
    );
    for document in [xml, json] {
        assert_eq!(webfinger_template(&document), Some(template.clone()));
    }
    if let Ok(ip) = text.parse::<Ipv4Addr>() {
        assert_eq!(is_loopback(&text), ip.is_loopback());
    } else if is_loopback(&text) {
        let lower = text.to_ascii_lowercase();
        let numbers =
            lower.starts_with("127.") && lower.bytes().all(|b| b == b'.' || b.is_ascii_digit());
        assert!(
            lower == "localhost" || lower.ends_with(".localhost") || lower == "[::1]" || numbers,
            "{text}"
        );
    }
}

/// The parameters of an authorization response: agree with a parser that uses the standard library. The
/// server's parameters are removed, and all others stay.
pub fn callback(data: &[u8]) {
    const OURS: [&str; 6] = [
        "code",
        "state",
        "error",
        "error_description",
        "iss",
        "error_uri",
    ];
    let mut input = Input(data);
    let (query, code, state) = (input.text(), input.text(), input.text());
    let pairs: Vec<(String, String, &str)> = query
        .strip_prefix('?')
        .unwrap_or(&query)
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value), pair)
        })
        .collect();
    let first = |name: &str| {
        pairs
            .iter()
            .find(|pair| pair.0 == name && !pair.1.is_empty())
            .map(|pair| pair.1.clone())
    };
    let own = Callback::parse(&query);
    assert_eq!(
        [&own.code, &own.state, &own.error],
        [&first("code"), &first("state"), &first("error")]
    );
    let rest = without_response(&query);
    let kept: Vec<&str> = pairs
        .iter()
        .filter(|pair| !OURS.contains(&pair.0.as_str()))
        .map(|pair| pair.2)
        .collect();
    let wanted = if kept.is_empty() {
        String::new()
    } else {
        format!("?{}", kept.join("&"))
    };
    assert_eq!(rest, wanted);
    assert_eq!(without_response(&rest), rest);
    assert!(!Callback::parse(&rest).is_response());
    // A server's response, appended to the page's own query.
    let answered = format!("{rest}&code={}&state={}", encode(&code), encode(&state));
    let callback = Callback::parse(&answered);
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    assert_eq!(
        (&callback.code, &callback.state),
        (&some(&code), &some(&state))
    );
    assert_eq!(without_response(&answered), rest);
    let whole = !code.is_empty() && !state.is_empty();
    assert_eq!(
        callback.code_for(&login(&state)).ok(),
        whole.then_some(code.as_str())
    );
    assert!(callback.code_for(&login(&format!("{state}x"))).is_err());
    assert!(
        callback
            .code_for(&Expected {
                issuer_promised: true,
                ..login(&state)
            })
            .is_err()
    );
}

/// A login that waits for its response.
fn login(state: &str) -> Expected<'_> {
    Expected {
        state,
        issuer: "https://mastodon.example",
        issuer_promised: false,
    }
}

fn encode(text: &str) -> String {
    let bytes: Vec<String> = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    bytes.concat()
}

fn decode(text: &str) -> String {
    let text = text.replace('+', " ");
    let mut parts = text.split('%');
    let mut out = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let digits = part
            .get(..2)
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            out.push(byte);
            out.extend_from_slice(&part.as_bytes()[2..]);
        } else {
            out.push(b'%');
            out.extend_from_slice(part.as_bytes());
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Lists of scopes; and the suggested name, compared with the definition of the distance.
pub fn scopes(data: &[u8]) {
    let mut input = Input(data);
    let (response, asked) = (input.text(), input.text());
    let scopes = granted(&response, &asked);
    assert_eq!(granted(&scopes, ""), scopes);
    let list = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| c == ',' || c.is_ascii_whitespace());
        parts
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let own = list(&response);
    let wanted = if own.is_empty() { list(&asked) } else { own };
    assert_eq!(scopes, wanted.join(" "));

    let (typed, names) = (response, [asked, input.text()]);
    if typed.len() > 64 || names.iter().any(|name| name.len() > 64) {
        return;
    }
    let bound = typed.len().min(60) / 3 + 1;
    let best = names
        .iter()
        .map(|name| distance(&fold(&typed), &fold(name)))
        .min()
        .expect("two names");
    match nearest(&typed, &mut names.iter().map(String::as_str)) {
        Some(name) => assert_eq!(distance(&fold(&typed), &fold(name)), best),
        None => assert!(best >= bound),
    }
}

fn fold(name: &str) -> Vec<u8> {
    let name = name.to_ascii_lowercase();
    name.bytes().filter(|byte| !b"_-".contains(byte)).collect()
}

/// The Levenshtein distance, with the complete table.
#[allow(clippy::needless_range_loop, reason = "so it is defined")]
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = match (i, j) {
                (0, _) => j,
                (_, 0) => i,
                _ => (table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]))
                    .min(table[i - 1][j] + 1)
                    .min(table[i][j - 1] + 1),
            };
        }
    }
    table[a.len()][b.len()]
}

//! Redaction of secrets, and base64.

use super::Input;
use crate::base64::{decode, encode};
use crate::redact;

/// Base64: agrees with its definition.
pub fn base64(data: &[u8]) {
    let text = encode(data);
    assert_eq!(text.len(), (data.len() * 4).div_ceil(3));
    assert!(
        text.bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    );
    assert_eq!(decode(&text).as_deref(), Some(data));
    let standard = text.replace('-', "+").replace('_', "/");
    let padded = format!(" {standard}{}\n", "=".repeat((4 - text.len() % 4) % 4));
    assert_eq!(decode(&padded).as_deref(), Some(data));
    // Any text: encoding the decoded bytes and decoding again gives the same bytes, and each digit has six
    // bits.
    let text = Input(data).text();
    let digits = text.trim_ascii().trim_end_matches('=');
    match decode(&text) {
        Some(bytes) => {
            assert_eq!(bytes.len(), digits.len() * 6 / 8);
            assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }
        None => assert!(
            digits.len() % 4 == 1
                || digits
                    .bytes()
                    .any(|b| !b.is_ascii_alphanumeric() && !b"-_+/".contains(&b))
        ),
    }
}

/// A text that contains secrets in all encodings: none is left, the text does not grow, and a second
/// redaction changes nothing.
pub fn redact(data: &[u8]) {
    let mut input = Input(data);
    let secrets: Vec<String> = [input.text(), input.text()]
        .into_iter()
        // Excluded: next to the stars that replace another secret, a secret made of stars could appear.
        .filter(|secret| !secret.contains('*') && !secret.contains(char::is_control))
        .filter(|secret| secret.len() <= 256)
        .collect();
    let (before, after) = (input.text(), input.text());
    for secret in &secrets {
        for written in forms(secret) {
            let text = format!("{before}{written}{after}");
            let hidden = redact::redact(&text, &secrets);
            assert!(hidden.len() <= text.len() || secret.len() < 4);
            if secret.len() >= 4 {
                assert!(!hidden.contains(secret.as_str()), "{hidden}");
                assert!(hidden.contains("***"), "{hidden}");
            }
            assert_eq!(redact::redact(&hidden, &secrets), hidden);
        }
    }
    let text = format!("{before}{after}");
    let hidden = redact::redact(&text, &secrets);
    for secret in secrets.iter().filter(|secret| secret.len() >= 4) {
        for written in forms(secret) {
            assert!(!hidden.contains(&written), "{written} in {hidden}");
        }
        // A text that was cut within a secret.
        let end = (4..secret.len()).find(|end| secret.is_char_boundary(*end));
        if let Some(begun) = end.map(|end| &secret[..end]) {
            let text = format!("{text}{begun}");
            // Except if another secret includes the beginning of this one.
            if redact::redact(&text, &secrets).ends_with(begun) {
                let cut = redact::redact_cut(&text, &secrets);
                assert!(cut.ends_with("***"), "{cut}");
            }
        }
    }
    assert_eq!(redact::redact(&text, &[]), text);
}

/// A secret unchanged, percent-encoded, and escaped for JSON and HTML.
fn forms(secret: &str) -> [String; 5] {
    let percent: Vec<String> = secret.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let json = serde_json::to_string(secret).expect("a text is JSON");
    let units: Vec<String> = secret
        .encode_utf16()
        .map(|unit| format!("\\u{unit:04X}"))
        .collect();
    let html: Vec<String> = secret
        .chars()
        .map(|c| format!("&#{};", u32::from(c)))
        .collect();
    [
        secret.to_owned(),
        percent.concat(),
        json[1..json.len() - 1].to_owned(),
        units.concat(),
        html.concat(),
    ]
}

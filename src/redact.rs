//! Secrets out of texts: whatever an error shows of a request or a response, it shows without the token.

/// Shorter texts are no secrets, and would blank half of every sentence.
const SHORTEST: usize = 4;

const STARS: &str = "***";

/// A text without these secrets, in any of the forms in which a server may write them back: as they are,
/// percent-encoded, form-encoded, with JSON's escapes, in base64.
pub fn redact(text: &str, secrets: &[String]) -> String {
    let mut rest = text.to_owned();
    for secret in secrets {
        if secret.len() < SHORTEST {
            continue;
        }
        for form in forms(secret) {
            rest = replace(&rest, &form);
        }
    }
    rest
}

/// A text with stars for each place of a part.
fn replace(text: &str, part: &str) -> String {
    let (bytes, part) = (text.as_bytes(), part.as_bytes());
    if part.len() < SHORTEST || bytes.len() < part.len() {
        return text.to_owned();
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.len() >= part.len()
            && rest
                .iter()
                .zip(part)
                .all(|(a, b)| a.eq_ignore_ascii_case(b))
        {
            out.extend_from_slice(STARS.as_bytes());
            at += part.len();
        } else {
            out.extend_from_slice(rest.get(..1).unwrap_or_default());
            at += 1;
        }
    }
    // What was replaced were whole characters: what is left is as well-formed as it was.
    String::from_utf8(out).unwrap_or_default()
}

/// The forms of a secret. Upper and lower case of the digits of an escape are compared as equal.
fn forms(secret: &str) -> Vec<String> {
    let mut forms = vec![
        secret.to_owned(),
        percent(secret, false),
        percent(secret, true),
        json(secret),
    ];
    forms.extend(base64_forms(secret));
    forms.dedup();
    forms
}

const DIGITS: &[u8; 16] = b"0123456789abcdef";

fn hex(value: u32, length: u32, out: &mut String) {
    for place in (0..length).rev() {
        let digit = DIGITS.get((value >> (4 * place)) as usize & 15);
        out.push(char::from(digit.copied().unwrap_or(b'0')));
    }
}

fn percent(secret: &str, form: bool) -> String {
    let mut out = String::new();
    for byte in secret.bytes() {
        if byte.is_ascii_alphanumeric()
            || matches!(byte, b'-' | b'_' | b'.')
            || (!form && b"!~*'()".contains(&byte))
            || (form && byte == b'*')
        {
            out.push(char::from(byte));
        } else if form && byte == b' ' {
            out.push('+');
        } else {
            out.push('%');
            hex(u32::from(byte), 2, &mut out);
        }
    }
    out
}

/// As the most careful writers of JSON do it: `\/`, and escapes for all that is not ASCII.
fn json(secret: &str) -> String {
    let mut out = String::new();
    for unit in secret.encode_utf16() {
        match u8::try_from(unit) {
            Ok(byte @ (b'"' | b'\\' | b'/')) => {
                out.push('\\');
                out.push(char::from(byte));
            }
            Ok(byte) if (32..127).contains(&byte) && !b"<>&'".contains(&byte) => {
                out.push(char::from(byte));
            }
            _ => {
                out.push_str("\\u");
                hex(u32::from(unit), 4, &mut out);
            }
        }
    }
    out
}

/// What base64 makes of a secret wherever it stands in what was encoded: without the characters that its
/// neighbors share.
fn base64_forms(secret: &str) -> Vec<String> {
    let mut out = Vec::new();
    for lead in 0..3_usize {
        let mut bytes = vec![0; lead];
        bytes.extend_from_slice(secret.as_bytes());
        let whole = bytes.len() / 3 * 3;
        let standard = base64(bytes.get(..whole).unwrap_or_default());
        let from = if lead == 0 { 0 } else { lead + 1 };
        if let Some(own) = standard.get(from..)
            && own.len() >= 2 * SHORTEST
        {
            let url: String = own
                .chars()
                .map(|c| match c {
                    '+' => '-',
                    '/' => '_',
                    _ => c,
                })
                .collect();
            out.push(own.to_owned());
            out.push(url);
        }
    }
    out
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 of whole groups of three bytes.
fn base64(bytes: &[u8]) -> String {
    let mut out = String::new();
    for group in bytes.chunks_exact(3) {
        let bits = group
            .iter()
            .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        for place in (0..4).rev() {
            let digit = BASE64.get((bits >> (6 * place)) as usize & 63);
            out.push(char::from(digit.copied().unwrap_or(b'A')));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(text: &str, secret: &str) -> String {
        redact(text, &[secret.to_owned()])
    }

    #[test]
    fn every_form_of_a_secret_is_blanked() {
        let secret = "tök/en \"+&1234";
        for text in [
            "tök/en \"+&1234",
            "t%C3%B6k%2Fen%20%22%2B%261234",
            "t%c3%b6k%2fen%20%22%2b%261234",
            "t%C3%B6k%2Fen+%22%2B%261234",
            r#"t\u00f6k\/en \"+\u00261234"#,
            r#"t\u00F6k\/en \"+\u00261234"#,
        ] {
            assert_eq!(
                hidden(&["a ", text, " z"].concat(), secret),
                "a *** z",
                "{text}"
            );
        }
    }

    #[test]
    fn base64_is_blanked_wherever_the_secret_stands_in_it() {
        // btoa("id:s3cret-token"), btoa("s3cret-token"), btoa("u:s3cret-token:x")
        for text in [
            "aWQ6czNjcmV0LXRva2Vu",
            "czNjcmV0LXRva2Vu",
            "dTpzM2NyZXQtdG9rZW46eA==",
        ] {
            let shown = hidden(text, "s3cret-token");
            assert!(shown.contains("***"), "{text}: {shown}");
        }
    }

    #[test]
    fn other_texts_stay_as_they_are() {
        assert_eq!(
            hidden("the token is missing: é", "another-token"),
            "the token is missing: é"
        );
        assert_eq!(hidden("abc", "abc"), "abc");
        assert_eq!(hidden("", "secret"), "");
    }

    #[test]
    fn a_long_text_takes_no_longer_than_it_is_long() {
        let text = "s3cret-toke".repeat(100_000);
        let start = std::time::Instant::now();
        assert_eq!(hidden(&text, "s3cret-token"), text);
        assert!(start.elapsed().as_secs() < 5);
    }
}

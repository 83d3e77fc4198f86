//! Redacts secrets: whatever an error shows of a request or a response, it contains no token.

/// Shorter texts are not redacted: they would match ordinary words.
const SHORTEST: usize = 4;

const STARS: &str = "***";

/// Redacts these secrets in a text, in all forms in which a server may return them: plain, percent-encoded,
/// as a form, escaped for JSON or HTML, and in base64.
pub fn redact(text: &str, secrets: &[String]) -> String {
    Forms::of(secrets).hide(text)
}

/// The same for a text that may have been truncated: a prefix of a secret at its end is redacted too.
pub fn redact_cut(text: &str, secrets: &[String]) -> String {
    Forms::of(secrets).hide_cut(text)
}

/// Secrets, prepared for searching many texts.
#[derive(Debug)]
pub struct Forms {
    forms: Vec<(String, Escape)>,
    /// The bytes that can begin a secret. All others are skipped.
    begins: [bool; 256],
}

impl Forms {
    /// Prepares these secrets.
    pub fn of(secrets: &[String]) -> Self {
        let mut forms = Vec::new();
        for secret in secrets.iter().filter(|secret| secret.len() >= SHORTEST) {
            forms.extend(Escape::ALL.map(|escape| (secret.clone(), escape)));
            forms.extend(
                base64_forms(secret)
                    .into_iter()
                    .map(|form| (form, Escape::None)),
            );
        }
        let mut begins = [false; 256];
        for byte in forms.iter().filter_map(|(form, _)| form.bytes().next()) {
            for byte in [byte, b'%', b'+', b'\\', b'&'] {
                if let Some(begins) = begins.get_mut(usize::from(byte)) {
                    *begins = true;
                }
            }
        }
        Self { forms, begins }
    }

    /// Redacts the secrets in a text.
    pub fn hide(&self, text: &str) -> String {
        self.without(text, false)
    }

    /// Redacts the secrets in a text that may have been truncated.
    pub fn hide_cut(&self, text: &str) -> String {
        self.without(text, true)
    }

    fn may_begin(&self, byte: u8) -> bool {
        self.begins.get(usize::from(byte)) == Some(&true)
    }

    fn without(&self, text: &str, cut: bool) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while !rest.is_empty() {
            let found = self
                .forms
                .iter()
                .filter_map(|(secret, escape)| escape.length_of(rest, secret.as_bytes(), cut))
                .max();
            // Skips to the next byte that may begin a secret. The first character was already checked.
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let length = found.unwrap_or_else(|| {
                let next = rest.bytes().skip(first).position(|b| self.may_begin(b));
                next.map_or(rest.len(), |next| first + next)
            });
            out.push_str(if found.is_some() {
                STARS
            } else {
                rest.get(..length).unwrap_or_default()
            });
            rest = rest.get(length..).unwrap_or_default();
        }
        out
    }
}

/// How a text may be escaped. Escapes are decoded one by one, because servers differ in which characters they
/// escape.
#[derive(Clone, Copy, Debug)]
enum Escape {
    None,
    Percent,
    Json,
    Html,
}

impl Escape {
    const ALL: [Self; 4] = [Self::None, Self::Percent, Self::Json, Self::Html];

    /// The length of the secret at the beginning of a text, if it is there.
    fn length_of(self, text: &str, secret: &[u8], cut: bool) -> Option<usize> {
        let (mut rest, mut left) = (text, secret);
        while !left.is_empty() {
            let Some(first) = rest.chars().next() else {
                let begun = secret.len() - left.len() >= SHORTEST;
                return (cut && begun).then_some(text.len());
            };
            let (code, length) = self
                .read(rest)
                .unwrap_or((u32::from(first), first.len_utf8()));
            if matches!(self, Self::Percent) && length == 3 && first == '%' {
                // A byte, not a character.
                let (byte, others) = left.split_first()?;
                left = (u32::from(*byte) == code).then_some(others)?;
            } else if matches!(self, Self::Percent) && first == '+' && left.first() == Some(&b' ') {
                left = left.get(1..)?;
            } else {
                let mut bytes = [0; 4];
                left =
                    left.strip_prefix(char::from_u32(code)?.encode_utf8(&mut bytes).as_bytes())?;
            }
            rest = rest.get(length..)?;
        }
        Some(text.len() - rest.len())
    }

    /// The character of the escape at the beginning of a text, and the escape's length.
    fn read(self, text: &str) -> Option<(u32, usize)> {
        match self {
            Self::None => None,
            Self::Percent => Some((hex(text.strip_prefix('%')?, 2)?, 3)),
            Self::Json => {
                let escape = text.strip_prefix('\\')?;
                let Some(digits) = escape.strip_prefix('u') else {
                    return Some((u32::from(escape.chars().next()?), 2));
                };
                let high = hex(digits, 4)?;
                let low = digits
                    .get(4..)
                    .and_then(|rest| rest.strip_prefix("\\u"))
                    .and_then(|digits| hex(digits, 4));
                match (high, low) {
                    (0xd800..0xdc00, Some(low @ 0xdc00..0xe000)) => {
                        Some((0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00), 12))
                    }
                    _ => Some((high, 6)),
                }
            }
            Self::Html => {
                // Limited, because a text may have many ampersands.
                let end = text.bytes().take(12).position(|byte| byte == b';')?;
                let name = text.get(..end)?.strip_prefix('&')?;
                let code = match name {
                    "amp" => 38,
                    "lt" => 60,
                    "gt" => 62,
                    "quot" => 34,
                    "apos" => 39,
                    _ => {
                        let number = name.strip_prefix('#').filter(|number| number.len() < 8)?;
                        match number.strip_prefix(['x', 'X']) {
                            Some(digits) => hex(digits, digits.len())?,
                            None => number.parse().ok()?,
                        }
                    }
                };
                Some((code, name.len() + 2))
            }
        }
    }
}

/// The number in the first `length` hexadecimal digits of a text.
fn hex(text: &str, length: usize) -> Option<u32> {
    let digits = text.get(..length)?;
    digits
        .chars()
        .try_fold(0, |number, digit| Some(number << 4 | digit.to_digit(16)?))
}

/// The base64 forms of a secret at any position in the encoded data, without the characters that also depend
/// on adjacent bytes.
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

/// Base64 of complete groups of three bytes.
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
            r#"tök/en \"+&1234"#,
            r"tök\/en \u0022+&1234",
            "tök/en &quot;+&amp;1234",
            "t&#246;k&#x2F;en &#34;&#x2b;&amp;1234",
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
    fn a_secret_that_was_cut_is_blanked_as_far_as_it_came() {
        let cut = |text: &str| redact_cut(text, &["s3cret-token".to_owned()]);
        assert_eq!(cut("a s3cret-to"), "a ***");
        assert_eq!(cut("a s3cr"), "a ***");
        assert_eq!(cut("a czNjcmV0LXRv"), "a ***");
        assert_eq!(cut("a s3c"), "a s3c");
        assert_eq!(cut("a"), "a");
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
        for part in ["s3cret-toke", "%", "\\u", "&", "&#", "\\", "czNjcmV0LXRva2"] {
            let text = part.repeat(500_000 / part.len());
            let limit = crate::text::linear_time(&text);
            let start = std::time::Instant::now();
            assert_eq!(hidden(&text, "s3cret-token"), text);
            assert!(start.elapsed() < limit, "{part}");
        }
    }
}

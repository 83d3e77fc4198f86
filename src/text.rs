//! Splits texts at ASCII bytes.
//!
//! The standard library's `split`, `find` and `contains` compile a searcher for each kind of pattern,
//! which costs the module 2.5 KB (docs/decisions.md).

/// The position of the first such byte.
#[inline(never)]
pub fn find(text: &str, byte: u8) -> Option<usize> {
    text.as_bytes().iter().position(|own| *own == byte)
}

/// The parts before and after the first such byte, which must be ASCII.
#[inline(never)]
pub fn cut(text: &str, byte: u8) -> Option<(&str, &str)> {
    let at = find(text, byte)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The same; if the text has no such byte, all of it is the first part.
#[inline(never)]
pub fn before(text: &str, byte: u8) -> (&str, &str) {
    cut(text, byte).unwrap_or((text, ""))
}

/// The parts of a text between separators.
#[derive(Debug)]
pub struct Parts<'a> {
    rest: Option<&'a str>,
    byte: u8,
}

/// The parts of a text between separators. An empty text has one empty part.
pub fn parts(text: &str, byte: u8) -> Parts<'_> {
    Parts {
        rest: Some(text),
        byte,
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = &'a str;

    #[inline(never)]
    fn next(&mut self) -> Option<&'a str> {
        let text = self.rest?;
        if let Some((first, rest)) = cut(text, self.byte) {
            self.rest = Some(rest);
            Some(first)
        } else {
            self.rest.take()
        }
    }
}

/// Joins texts with a separator.
#[inline(never)]
pub fn join(texts: &[String], between: &str) -> String {
    let mut out = String::new();
    for (at, text) in texts.iter().enumerate() {
        if at > 0 {
            out.push_str(between);
        }
        out.push_str(text);
    }
    out
}

/// Whether a text has only digits.
pub fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text contains another.
#[inline(never)]
pub fn has(text: &str, part: &str) -> bool {
    part.is_empty()
        || text
            .as_bytes()
            .windows(part.len())
            .any(|own| own == part.as_bytes())
}

/// Removes the quotes around a text.
#[inline(never)]
pub fn unquote(text: &str) -> &str {
    text.strip_prefix("\"")
        .and_then(|text| text.strip_suffix("\""))
        .unwrap_or(text)
}

/// The time limit of a parser in a test. It is many times what one pass over the text takes now, on this busy
/// machine. A quadratic parser would need thousands of times as long.
#[cfg(test)]
pub(crate) fn linear_time(text: &str) -> std::time::Duration {
    let start = std::time::Instant::now();
    assert!(text.chars().filter(|c| c.is_whitespace()).count() <= text.len());
    start.elapsed() * 500 + std::time::Duration::from_secs(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_the_first() {
        assert_eq!(cut("a=b=c", b'='), Some(("a", "b=c")));
        assert_eq!(cut("abc", b'='), None);
        assert_eq!(before("abc", b'='), ("abc", ""));
        assert_eq!(find("é=", b'='), Some(2));
    }

    #[test]
    fn gives_every_part() {
        assert_eq!(parts("a,,b", b',').collect::<Vec<_>>(), ["a", "", "b"]);
        assert_eq!(parts("", b',').collect::<Vec<_>>(), [""]);
        assert_eq!(parts("a,", b',').collect::<Vec<_>>(), ["a", ""]);
    }

    #[test]
    fn puts_texts_together() {
        let texts = ["a", "", "b"].map(str::to_owned);
        assert_eq!(join(&texts, ", "), "a, , b");
        assert_eq!(join(&[], ", "), "");
    }

    #[test]
    fn finds_texts_in_texts() {
        assert!(has("text/html; charset=utf-8", "html"));
        assert!(has("html", "html"));
        assert!(!has("htm", "html"));
        assert!(has("anything", ""));
    }

    #[test]
    fn takes_a_pair_of_quotes_away() {
        assert_eq!(unquote("\"a\""), "a");
        assert_eq!(unquote("\"a"), "\"a");
        assert_eq!(unquote("\""), "\"");
    }
}

//! The length of a status, as Mastodon counts it: a link counts as 23, a mention without its server, and each
//! visible character (grapheme) as one.
//!
//! Finds the same links and mentions as Mastodon's (and Twitter's) regular expressions, in one pass each. Two
//! things differ. There is no list of top-level domains, which is longer than this package: two letters are
//! enough. The query of a link contains only ASCII, as in the counter of Mastodon's web page. Where the
//! server differs from that counter, this is the larger number.

use crate::word::{is_letter, is_mark, is_word};

/// The length of every link.
const LINK: usize = 23;

/// The schemes of links, without `://`.
const SCHEMES: [&str; 9] = [
    "https", "http", "dat", "dweb", "ipfs", "ipns", "ssb", "gopher", "gemini",
];

/// The longest server name in a mention.
const LONGEST_SERVER: usize = 253;

/// The length of a status. `graphemes` counts visible characters; it is called only for text in which
/// characters may combine.
pub fn status_length(text: &str, spoiler_text: &str, graphemes: impl Fn(&str) -> usize) -> usize {
    // Counted together, like the server does: the text may begin with a combining accent.
    let mut counted: Vec<char> = Vec::new();
    let mut before = '\0';
    for c in spoiler_text
        .chars()
        .chain(without_servers(&without_links(text)))
    {
        // A line break of two characters counts as one, and both kinds become the same.
        if (before, c) != ('\r', '\n') {
            counted.push(if c == '\r' { '\n' } else { c });
        }
        before = c;
    }
    characters(&counted, graphemes)
}

type Class = fn(char) -> bool;

fn is(text: &[char], at: usize, class: Class) -> bool {
    text.get(at).is_some_and(|c| class(*c))
}

/// The end of the characters of a class that begin at `from`.
fn run(text: &[char], from: usize, class: Class) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    from + rest.iter().take_while(|c| class(**c)).count()
}

fn slice(text: &[char], from: usize, to: usize) -> &[char] {
    text.get(from..to).unwrap_or_default()
}

fn ends_with(text: &[char], end: &str) -> bool {
    let start = text.len().wrapping_sub(end.len());
    text.get(start..).is_some_and(|own| {
        own.iter()
            .zip(end.bytes())
            .all(|(a, b)| a.eq_ignore_ascii_case(&char::from(b)))
    })
}

/// Replaces each link by as many characters as it counts.
fn without_links(text: &str) -> Vec<char> {
    let text: Vec<char> = text.chars().collect();
    let mut out = Vec::with_capacity(text.len());
    // How far the text was copied to `out`, and how far it was searched.
    let (mut copied, mut at) = (0, 0);
    while let Some(colon) = text
        .get(at..)
        .and_then(|rest| rest.iter().position(|c| *c == ':'))
    {
        at += colon;
        if is(&text, at + 1, |c| c == '/')
            && is(&text, at + 2, |c| c == '/')
            && let Some(start) = scheme(&text, copied, at)
            && let Some(end) = link(&text, at + 3)
        {
            out.extend_from_slice(slice(&text, copied, start));
            out.extend([PLACEHOLDER; LINK]);
            (copied, at) = (end, end);
        } else {
            at += 1;
        }
    }
    out.extend_from_slice(slice(&text, copied, text.len()));
    out
}

const PLACEHOLDER: char = 'x';

/// The start of the scheme in front of this colon, if a link may begin there. `from` is the end of the
/// previous link.
fn scheme(text: &[char], from: usize, colon: usize) -> Option<usize> {
    let front = slice(text, from, colon);
    let scheme = SCHEMES
        .into_iter()
        .find(|scheme| ends_with(front, scheme))?;
    let start = colon - scheme.len();
    let before = |c: char| {
        !(c.is_ascii_alphanumeric()
            || matches!(
                c,
                '@' | '\u{ff20}' | '$' | '#' | '\u{ff03}' | '\u{fffe}' | '\u{feff}' | '\u{ffff}'
            ))
    };
    let begins = start == 0 || (start > from && is(text, start - 1, before));
    begins.then_some(start)
}

/// The end of the link whose host begins at this position.
fn link(text: &[char], host: usize) -> Option<usize> {
    let mut end = host_end(text, host)?;
    if is(text, end, |c| c == ':') {
        let port = run(text, end + 1, |c| c.is_ascii_digit());
        if port > end + 1 {
            end = port;
        }
    }
    if is(text, end, |c| c == '/') {
        end = path_end(text, end + 1);
    }
    if is(text, end, |c| c == '?') {
        let all = run(text, end + 1, is_query);
        // Punctuation at the end belongs to the sentence.
        let last = slice(text, end + 1, all)
            .iter()
            .rposition(|c| ends_query(*c));
        end = last.map_or(end, |last| end + last + 2);
    }
    Some(end)
}

fn is_query(c: char) -> bool {
    c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '`' | '{' | '}')
}

fn ends_query(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '&' | '=' | '#' | '/' | '-')
}

/// The end of the longest host with a top-level domain that begins at `at`.
fn host_end(text: &[char], mut at: usize) -> Option<usize> {
    let is_label: Class = |c| is_word(c) || c == '-';
    let is_edge: Class = |c| c.is_alphanumeric() || is_mark(c);
    let mut end = None;
    loop {
        let dot = run(text, at, is_label);
        let whole = is(text, at, is_edge) && is(text, dot.wrapping_sub(1), is_edge);
        if !whole || !is(text, dot, |c| c == '.') {
            return end;
        }
        at = dot + 1;
        end = top_level(text, at).or(end);
    }
}

/// The end of the top-level domain that begins at `start`.
fn top_level(text: &[char], start: usize) -> Option<usize> {
    let ends = |at| {
        !is(text, at, |c| {
            c.is_ascii_alphanumeric() || matches!(c, '@' | '+' | '-')
        })
    };
    let punycode = slice(text, start, start + 4);
    if punycode.len() == 4 && ends_with(punycode, "xn--") {
        let end = run(text, start + 4, |c| c.is_ascii_alphanumeric() || c == '-');
        return (end > start + 4 && ends(end)).then_some(end);
    }
    // Japanese text may follow `.com` without a space.
    let letters: Class = if is(text, start, |c| c.is_ascii()) {
        |c| c.is_ascii_alphabetic()
    } else {
        is_letter
    };
    let end = run(text, start, letters);
    (end >= start + 2 && ends(end)).then_some(end)
}

/// The end of the path that begins at `start`, after its slash.
fn path_end(text: &[char], start: usize) -> usize {
    let mut at = start;
    let mut end = start;
    while let Some(c) = text.get(at) {
        if *c == '(' {
            let Some(behind) = pair_end(text, at) else {
                break;
            };
            (at, end) = (behind, behind);
        } else if is_path(*c) {
            at += 1;
            if ends_path(*c) {
                end = at;
            }
        } else {
            break;
        }
    }
    end
}

fn is_path(c: char) -> bool {
    !(c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '?'))
}

/// Punctuation at the end belongs to the sentence.
fn ends_path(c: char) -> bool {
    !matches!(
        c,
        '!' | '*'
            | '"'
            | '\''
            | '「'
            | '」'
            | ';'
            | ':'
            | '='
            | ','
            | '.'
            | '$'
            | '%'
            | '['
            | ']'
            | '~'
            | '&'
            | '|'
            | '@'
    )
}

/// The end of a pair of parentheses, which may contain one more pair.
fn pair_end(text: &[char], open: usize) -> Option<usize> {
    let mut at = run(text, open + 1, is_path);
    let mut filled = at > open + 1;
    if is(text, at, |c| c == '(') {
        let inner = run(text, at + 1, is_path);
        if inner == at + 1 || !is(text, inner, |c| c == ')') {
            return None;
        }
        at = run(text, inner + 1, is_path);
        filled = true;
    }
    (filled && is(text, at, |c| c == ')')).then_some(at + 1)
}

/// Removes the servers from mentions.
fn without_servers(text: &[char]) -> Vec<char> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(sign) = text
        .get(at..)
        .and_then(|rest| rest.iter().position(|c| *c == '@'))
    {
        let sign = at + sign;
        if let Some((name_end, end)) = mention(text, sign) {
            out.extend_from_slice(slice(text, at, name_end));
            at = end;
        } else {
            out.extend_from_slice(slice(text, at, sign + 1));
            at = sign + 1;
        }
    }
    out.extend_from_slice(slice(text, at, text.len()));
    out
}

/// The end of the name and the end of the server in the mention whose `@` is at `sign`.
fn mention(text: &[char], sign: usize) -> Option<(usize, usize)> {
    let is_name: Class = |c| c.is_ascii_alphanumeric() || c == '_';
    let begins = sign == 0 || is(text, sign - 1, |c| !is_word(c) && c != '=' && c != '/');
    let name_end = run(text, sign + 1, |c| {
        c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')
    });
    let whole = is(text, sign + 1, is_name) && is(text, name_end - 1, is_name);
    if !begins || !whole || !is(text, name_end, |c| c == '@') {
        return None;
    }
    let server = name_end + 1;
    let all = run(text, server, |c| is_word(c) || matches!(c, '.' | '-'));
    let last = slice(text, server, all).iter().rposition(|c| is_word(*c))?;
    let end = server + last + 1;
    let is_address = slice(text, end, end + 3) == [':', '/', '/'];
    let goes_on = is_address || is(text, end, |c| matches!(c, '@' | '\u{ff20}'));
    (!goes_on && (1..LONGEST_SERVER).contains(&last)).then_some((name_end, end))
}

/// Characters that never combine with each other: Latin, Cyrillic, Japanese and Chinese ones.
fn stands_alone(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{7f}'
            | '\u{c0}'..='\u{2ff}'
            | '\u{400}'..='\u{481}'
            | '\u{3041}'..='\u{3096}'
            | '\u{30a1}'..='\u{30fa}'
            | '\u{4e00}'..='\u{9fff}'
    )
}

/// The number of visible characters.
fn characters(text: &[char], graphemes: impl Fn(&str) -> usize) -> usize {
    // Segmenting takes microseconds per character, and most text needs none. A combining mark may follow even
    // a character that stands alone.
    let mut combining = String::new();
    let mut count = 0;
    for (at, c) in text.iter().enumerate() {
        let beside = |at: usize| is(text, at, |c| !stands_alone(c));
        if !stands_alone(*c) || beside(at.wrapping_sub(1)) || beside(at + 1) {
            combining.push(*c);
        } else {
            count += 1;
        }
    }
    if combining.is_empty() {
        count
    } else {
        count + graphemes(&combining)
    }
}

/// Approximate number of visible characters, for platforms that cannot segment text.
pub fn nearly(text: &str) -> usize {
    let is_flag = |c: char| matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
    let is_picture = |c: char| matches!(c, '\u{2190}'..='\u{3299}' | '\u{1f000}'..='\u{1faff}');
    let extends = |c: char| {
        is_mark(c)
            || matches!(c, '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
    };
    let mut count = 0;
    let mut before = '\n';
    let mut half_flag = false;
    for c in text.chars() {
        let second = half_flag && is_flag(c);
        let joined = before == '\u{200d}' && is_picture(c);
        let line = before == '\r' && c == '\n';
        if count == 0 || !(second || joined || line || extends(c)) {
            count += 1;
        }
        half_flag = is_flag(c) && !second;
        before = c;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::{nearly, status_length};
    use crate::text::linear_time;
    use std::time::Instant;

    fn count(text: &str) -> usize {
        status_length(text, "", nearly)
    }

    #[test]
    fn a_link_is_23() {
        for link in [
            "https://e.co",
            "HTTPS://EXAMPLE.COM",
            "https://example.com/path_(with)_pairs",
            "https://example.com/path_(with_(nested))_pairs",
            "https://example.com/a-b_c~d?e=f#g",
            "https://example.com?x=1&y=%20",
            "https://example.com:8080/",
            "http://例え.jp/あ",
            "https://пример.испытание/путь",
            "https://xn--e1afmkfd.xn--80akhbyknj4f",
            "https://example.com/@user@host.example",
            "gemini://example.org/a",
            "https://a_b.example.com/",
            &["https://", &"a".repeat(500), ".com"].concat(),
        ] {
            assert_eq!(count(link), 23, "{link}");
        }
    }

    #[test]
    fn of_a_query_only_ascii_belongs_to_the_link() {
        let link = "https://sub.sub2.Путин.рф/увидимся/в?Гааге=военный#преступник";
        assert_eq!(count(link), 48);
        assert_eq!(status_length(link, "what", nearly), 52);
        assert_eq!(count("https://example.com/?q=é"), 23 + 1);
        assert_eq!(count("https://example.com/é?q=1"), 23);
    }

    #[test]
    fn punctuation_behind_a_link_is_the_sentences() {
        assert_eq!(count("(see https://example.com.)"), 30);
        assert_eq!(count("https://example.com/a."), 24);
        assert_eq!(count("https://example.com/a?b!"), 24);
        assert_eq!(count("https://example.com/?"), 24);
        assert_eq!(count("https://example.com/a)"), 24);
        assert_eq!(count("https://example.com:"), 24);
        assert_eq!(count("https://example.com.5"), 25);
        assert_eq!(count("https://example.com#part"), 23 + 5);
        assert_eq!(count("https://example.comです"), 23 + 2);
        assert_eq!(count("「https://example.com/」"), 25);
        assert_eq!(count("https://a.example,https://b.example"), 47);
    }

    #[test]
    fn what_mastodon_takes_for_no_link_is_text() {
        for text in [
            "https://localhost/a",
            "xhttps://example.com",
            "#https://example.com",
            "ftp://files.example.org/a",
            "http://192.168.0.1/",
            "http://user:pass@host.example:8080/path?x=y#z",
            "https://[2001:db8::1]/status",
            "git+ssh://git@example.co.uk:22/repo.git",
            "mailto:someone@example.com",
            "https://-example.com",
            "https://example.com5/",
            "https://.com",
            "https://",
            "://",
        ] {
            assert_eq!(count(text), text.chars().count(), "{text}");
        }
    }

    #[test]
    fn a_mention_counts_without_its_server() {
        assert_eq!(count("@bob@example.com"), 4);
        assert_eq!(count("@a@b.co, @c@d.ef."), 7);
        assert_eq!(count("hi @charlie and @dora@example.social!"), 22);
        assert_eq!(count("<@root> and {@admin@example.net}"), 20);
        assert_eq!(count("@a.b-c@münchen.example"), 6);
        let server = "a".repeat(253);
        assert_eq!(count(&["@a@", &server].concat()), 2);
        let server = "a".repeat(254);
        assert_eq!(count(&["@a@", &server].concat()), 257);
        for text in [
            "@alice",
            "a@example.com",
            "/@bob@example.com",
            "@bob@example.com@x",
            "@bob@example://",
            "@.bob@example.com",
            "@a@b",
        ] {
            assert_eq!(count(text), text.chars().count(), "{text}");
        }
    }

    #[test]
    fn what_is_drawn_as_one_character_is_one() {
        assert_eq!(count("👩‍👩‍👧‍👦🇩🇪e\u{301}✊🏿\r\nñ"), 6);
        assert_eq!(count("👩‍👩‍👧‍👦🇩🇪e\u{301}✊🏿\r\nab"), 7);
        assert_eq!(status_length("\u{301}", "e", nearly), 1);
        assert_eq!(count("🇩🇪🇫🇷🇮"), 3);
        assert_eq!(count(" tabs\tand\nnewlines\r\n"), 19);
        assert_eq!(count("\r\n\r\n"), 2);
        assert_eq!(count("ꀀ\r \nꀀ"), 5);
        assert_eq!(count(""), 0);
    }

    #[test]
    fn only_text_that_may_combine_is_segmented() {
        let asked = std::cell::RefCell::new(String::new());
        let graphemes = |text: &str| {
            *asked.borrow_mut() = text.to_owned();
            nearly(text)
        };
        assert_eq!(status_length("Grüße, Привет, 你好", "", graphemes), 17);
        assert_eq!(asked.take(), "");
        assert_eq!(status_length("one two e\u{301} three", "", graphemes), 15);
        assert_eq!(asked.take(), "e\u{301} ");
    }

    #[test]
    fn a_megabyte_of_anything_takes_as_long_as_it_is() {
        for part in [
            "(",
            "((a)",
            "a.",
            "@",
            "@a@b-",
            "://",
            "https://e.co",
            " https://e.co/((",
            "?!",
            "x=&",
            "\u{301}",
            "🇩",
            "👩\u{200d}",
            "\r\n",
            ".xn--",
            "ж.",
        ] {
            for start in ["", "https://e.com/"] {
                let text = [start, &part.repeat(1_000_000 / part.len())].concat();
                let limit = linear_time(&text);
                let begin = Instant::now();
                count(&text);
                assert!(
                    begin.elapsed() < limit,
                    "{start}{part}: {:?}",
                    begin.elapsed()
                );
            }
        }
    }
}

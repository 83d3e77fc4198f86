//! Filters, applied as the server applies them: to all texts of a status, or of the status that it boosts.
//! <https://docs.joinmastodon.org/methods/filters/>

use crate::client::call::{Call, Work};
use crate::error::Error;
use crate::js;
use crate::text;
use crate::word::is_word;
use js_sys::{Array, JsString};
use wasm_bindgen::JsValue;

/// `filtersApply`: the objects that no filter matches. Objects are statuses, or notifications and others that
/// contain a status.
///
/// # Errors
/// An argument is not a list, or cannot be read.
pub fn apply_call(call: Call) -> Result<Work, Error> {
    let method = call.name();
    let [objects, filters] = ["objects", "filters"].map(|name| call.get(name));
    for (name, value) in [("objects", &objects), ("filters", &filters)] {
        let unreadable = |cause| Error::unreadable(method, name, cause);
        if !js::caller_is_array(value).map_err(unreadable)? {
            return Err(Error::invalid_argument(method, name, "a list", value));
        }
    }
    let context = call.text("context").unwrap_or_default();
    let kept = apply(&objects, &filters, &context).map_err(|cause| {
        call.illegal(&["one of the `objects` or `filters` could not be read"])
            .with_cause(cause)
    })?;
    Ok(Box::pin(std::future::ready(Ok(kept.into()))))
}

fn apply(objects: &JsValue, filters: &JsValue, context: &str) -> Result<Array, JsValue> {
    let filters = items(filters)?
        .iter()
        .map(read_filter)
        .collect::<Result<Vec<_>, _>>()?;
    let fold = |text: &str| String::from(JsString::from(text).to_lower_case());
    let matcher = Matcher::new(&filters, context, js::now(), fold);
    let kept = Array::new();
    for object in items(objects)? {
        if !read_text(&object)?.is_some_and(|text| matcher.matches(&text)) {
            kept.push(&object);
        }
    }
    Ok(kept)
}

/// The items of a caller's list; empty if the value is not a list.
fn items(list: &JsValue) -> Result<Vec<JsValue>, JsValue> {
    if !js::caller_is_array(list)? {
        return Ok(Vec::new());
    }
    let entries = js::caller_entries(list)?;
    Ok(entries.iter().map(|entry| js::get(&entry, "1")).collect())
}

/// A text property of a caller's object; empty if it is not a text.
fn text_of(of: &JsValue, name: &str) -> Result<String, JsValue> {
    Ok(js::caller_get(of, name)?.as_string().unwrap_or_default())
}

/// Reads a filter. Forks may send null for a list: it is read as an empty one.
fn read_filter(filter: &JsValue) -> Result<Filter, JsValue> {
    check_object(filter)?;
    let contexts = items(&js::caller_get(filter, "context")?)?;
    let keywords = js::caller_get(filter, "keywords")?;
    let mut read = Filter {
        contexts: contexts.iter().filter_map(JsValue::as_string).collect(),
        expires_at: Some(js::parse_date(&text_of(filter, "expires_at")?)),
        ..Filter::default()
    };
    for status in items(&js::caller_get(filter, "statuses")?)? {
        read.statuses
            .extend(js::id_text(&js::caller_get(&status, "status_id")?));
    }
    // Without keywords it is a filter of the first API version, which is itself one keyword.
    let (keywords, name) = if js::is_nothing(&keywords) {
        (vec![filter.clone()], "phrase")
    } else {
        (items(&keywords)?, "keyword")
    };
    for keyword in keywords {
        read.keywords.push(Keyword {
            text: text_of(&keyword, name)?,
            whole_word: js::caller_get(&keyword, "whole_word")?.is_truthy(),
        });
    }
    Ok(read)
}

/// The texts of an object: of a status, of the status that it boosts, or of a notification's status, if any.
fn read_text(object: &JsValue) -> Result<Option<Text>, JsValue> {
    check_object(object)?;
    let own = js::caller_get(object, "status")?;
    let outer = if own.is_undefined() {
        object.clone()
    } else {
        own
    };
    let reblog = js::caller_get(&outer, "reblog")?;
    let status = if js::is_nothing(&reblog) {
        outer
    } else {
        reblog
    };
    if js::is_nothing(&status) {
        return Ok(None);
    }
    let mut others = vec![text_of(&status, "spoiler_text")?];
    for medium in items(&js::caller_get(&status, "media_attachments")?)? {
        others.push(text_of(&medium, "description")?);
    }
    let poll = js::caller_get(&status, "poll")?;
    for option in items(&js::caller_get(&poll, "options")?)? {
        others.push(text_of(&option, "title")?);
    }
    Ok(Some(Text {
        id: js::id_text(&js::caller_get(&status, "id")?),
        content: text_of(&status, "content")?,
        others,
    }))
}

fn check_object(value: &JsValue) -> Result<(), JsValue> {
    if value.is_object() {
        Ok(())
    } else {
        Err(JsValue::UNDEFINED)
    }
}

/// A filter of either API version.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The contexts where it applies.
    pub contexts: Vec<String>,
    /// When it expires, in milliseconds since 1970.
    pub expires_at: Option<f64>,
    /// Its keywords. A filter of the first API version is one keyword.
    pub keywords: Vec<Keyword>,
    /// The ids of statuses that it hides, whatever their text.
    pub statuses: Vec<String>,
}

/// A keyword of a filter.
#[derive(Clone, Debug, Default)]
pub struct Keyword {
    /// The text.
    pub text: String,
    /// Whether it matches only whole words.
    pub whole_word: bool,
}

/// The texts of a status that filters search.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// The status's id.
    pub id: Option<String>,
    /// Its content, as HTML.
    pub content: String,
    /// Its content warning, media descriptions and poll options.
    pub others: Vec<String>,
}

/// The filters of one context, prepared for many statuses.
#[derive(Clone, Debug)]
pub struct Matcher<F> {
    words: Vec<Word>,
    statuses: Vec<String>,
    fold: F,
}

impl<F: Fn(&str) -> String> Matcher<F> {
    /// Keeps the filters that apply in a context and have not expired. `fold` removes differences in case.
    pub fn new(filters: &[Filter], context: &str, now: f64, fold: F) -> Self {
        let mut matcher = Self {
            words: Vec::new(),
            statuses: Vec::new(),
            fold,
        };
        for filter in filters {
            let ended = filter.expires_at.is_some_and(|at| at < now);
            if ended || !filter.contexts.iter().any(|own| own == context) {
                continue;
            }
            matcher.statuses.extend_from_slice(&filter.statuses);
            for keyword in &filter.keywords {
                let text = matcher.prepare(&keyword.text);
                matcher
                    .words
                    .extend(Word::new(text.trim_ascii(), keyword.whole_word));
            }
        }
        matcher
    }

    /// Whether one of the filters matches.
    pub fn matches(&self, status: &Text) -> bool {
        if status
            .id
            .as_ref()
            .is_some_and(|id| self.statuses.contains(id))
        {
            return true;
        }
        if self.words.is_empty() {
            return false;
        }
        let mut text = plain_text(&status.content);
        for part in &status.others {
            text.push('\n');
            text.push_str(part);
        }
        let text = self.prepare(&text);
        let pairs = Pairs::of(&text);
        self.words
            .iter()
            .any(|word| pairs.include(&word.bytes) && word.is_in(&text))
    }

    /// Normalizes the case and the spaces of a text.
    fn prepare(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut space = false;
        for c in (self.fold)(text).chars() {
            let own = c.is_whitespace() || c == '\u{feff}';
            if !(own && space) {
                out.push(match c {
                    _ if own => ' ',
                    // A sigma at the end of a word is the same letter.
                    'ς' => 'σ',
                    c => c,
                });
            }
            space = own;
        }
        out
    }
}

/// The pairs of adjacent bytes in a text. Most keywords have a pair that the text lacks, and then need no
/// search.
struct Pairs(Vec<u64>);

impl Pairs {
    fn of(text: &str) -> Self {
        let mut bits = vec![0; (1 << 16) / 64];
        for pair in text.as_bytes().windows(2) {
            let (place, bit) = Self::place(pair);
            if let Some(word) = bits.get_mut(place) {
                *word |= bit;
            }
        }
        Self(bits)
    }

    fn place(pair: &[u8]) -> (usize, u64) {
        let pair = pair
            .iter()
            .fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        (pair / 64, 1 << (pair % 64))
    }

    fn include(&self, text: &[u8]) -> bool {
        text.windows(2).all(|pair| {
            let (place, bit) = Self::place(pair);
            self.0.get(place).is_some_and(|word| word & bit != 0)
        })
    }
}

/// A keyword, prepared for the Knuth-Morris-Pratt search: its time is linear in the length of the text.
#[derive(Clone, Debug)]
struct Word {
    bytes: Vec<u8>,
    /// For each prefix of the keyword: the length of its longest proper suffix that is also a prefix.
    borders: Vec<usize>,
    /// Whether a word must begin at the keyword's start, and end at its end.
    begins: bool,
    ends: bool,
}

impl Word {
    fn new(text: &str, whole_word: bool) -> Option<Self> {
        let (first, last) = (text.chars().next()?, text.chars().next_back()?);
        let mut word = Self {
            bytes: text.as_bytes().to_vec(),
            borders: vec![0],
            // Word boundaries are checked only next to a word character: `#tag` needs none in front.
            begins: whole_word && is_word(first),
            ends: whole_word && is_word(last),
        };
        let mut matched = 0;
        for byte in text.bytes().skip(1) {
            matched = word.step(matched, byte);
            word.borders.push(matched);
        }
        Some(word)
    }

    /// The length of the keyword's prefix that has matched after this byte; before it, `matched` bytes had.
    fn step(&self, mut matched: usize, byte: u8) -> usize {
        loop {
            if self.bytes.get(matched) == Some(&byte) {
                return matched + 1;
            }
            if matched == 0 {
                return 0;
            }
            matched = self.border(matched);
        }
    }

    fn border(&self, matched: usize) -> usize {
        self.borders.get(matched - 1).copied().unwrap_or_default()
    }

    fn is_in(&self, text: &str) -> bool {
        let mut matched = 0;
        for (at, byte) in text.bytes().enumerate() {
            matched = self.step(matched, byte);
            if matched == self.bytes.len() {
                if self.stands_at(text, at + 1) {
                    return true;
                }
                matched = self.border(matched);
            }
        }
        false
    }

    /// Whether the keyword that ends at this position has the word boundaries that it needs.
    fn stands_at(&self, text: &str, end: usize) -> bool {
        let part = |text: Option<&str>, last: bool| {
            let mut chars = text.unwrap_or_default().chars();
            if last {
                chars.next_back()
            } else {
                chars.next()
            }
            .is_some_and(is_word)
        };
        let inside = self.begins && part(text.get(..end - self.bytes.len()), true);
        let goes_on = self.ends && part(text.get(end..), false);
        !inside && !goes_on
    }
}

/// The visible text of HTML.
pub(crate) fn plain_text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((text, tag)) = text::cut(rest, b'<') {
        decode_entities(text, &mut out);
        let Some((tag, behind)) = text::cut(tag, b'>') else {
            // No closing bracket, so it is not a tag.
            out.push('<');
            rest = tag;
            break;
        };
        let name = tag.strip_suffix('/').unwrap_or(tag).trim_ascii_end();
        if name.eq_ignore_ascii_case("br") || tag.eq_ignore_ascii_case("/p") {
            out.push('\n');
        }
        rest = behind;
    }
    decode_entities(rest, &mut out);
    out
}

/// The longest name of an HTML entity, such as the number `#x10ffff`.
const LONGEST_ENTITY: usize = 8;

fn decode_entities(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some((text, behind)) = text::cut(rest, b'&') {
        out.push_str(text);
        rest = behind;
        let near = behind.as_bytes().iter().take(LONGEST_ENTITY + 1);
        let decoded = near
            .clone()
            .position(|byte| *byte == b';')
            .and_then(|end| Some((entity(behind.get(..end)?)?, behind.get(end + 1..)?)));
        if let Some((c, behind)) = decoded {
            out.push(c);
            rest = behind;
        } else {
            out.push('&');
        }
    }
    out.push_str(rest);
}

/// The character of an HTML entity.
fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let (digits, radix) = hexadecimal.map_or((number, 10), |digits| (digits, 16));
        let mut code = 0_u32;
        for digit in digits.chars() {
            code = code
                .checked_mul(radix)?
                .checked_add(digit.to_digit(radix)?)?;
        }
        return char::from_u32(code).filter(|_| code > 0);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::linear_time;
    use std::time::Instant;

    const NOW: f64 = 1_790_000_000_000.0;

    fn keyword(text: &str, whole_word: bool) -> Filter {
        Filter {
            contexts: vec!["home".to_owned()],
            keywords: vec![Keyword {
                text: text.to_owned(),
                whole_word,
            }],
            ..Filter::default()
        }
    }

    fn html(content: &str) -> Text {
        Text {
            id: Some("1".to_owned()),
            content: content.to_owned(),
            others: Vec::new(),
        }
    }

    fn matches(filters: &[Filter], status: &Text) -> bool {
        Matcher::new(filters, "home", NOW, str::to_lowercase).matches(status)
    }

    #[test]
    fn looks_into_the_text_and_not_into_its_html() {
        for (content, text, whole_word, matched) in [
            ("<a>#<span>rust</span></a>", "#rust", true, true),
            (
                "<a href=\"https://x/tags/test\">#<span>test</span></a>",
                "test",
                true,
                true,
            ),
            ("<p class=\"secret\">x</p>", "secret", false, false),
            ("<p>one</p><p>two</p>", "two", true, true),
            ("<p>blue<br />moss</p>", "blue moss", false, true),
            ("<p>blue<BR>moss</p>", "blue moss", false, true),
            ("<p>blue</p><p>moss</p>", "blue  moss", false, true),
            ("blue\u{a0}\n moss", "blue moss", false, true),
            ("blue moss", " blue moss ", false, true),
            ("bluemoss", "blue moss", false, false),
            ("a<b", "a<b", false, true),
            ("a <b moss", "moss", true, true),
        ] {
            assert_eq!(
                matches(&[keyword(text, whole_word)], &html(content)),
                matched,
                "{content}: {text}"
            );
        }
    }

    #[test]
    fn decodes_entities() {
        for (content, text) in [
            ("this &amp; that", "this & that"),
            ("fish &amp; chips &#39;n&#39; peas", "fish & chips 'n'"),
            ("a&#x27;b", "a'b"),
            ("a&#X27;b", "a'b"),
            ("a&apos;b", "a'b"),
            ("&lt;b&gt;", "<b>"),
            ("&amp;lt;", "&lt;"),
            ("a&nbsp;b", "a b"),
            ("&#128569;", "😹"),
            ("&eacute;", "&eacute;"),
            (
                "&#0; &#x110000; &#99999999; &#xzz; &;",
                "&#0; &#x110000; &#99999999; &#xzz; &;",
            ),
            ("a & b; c", "a & b; c"),
            ("&é;", "&é;"),
        ] {
            assert!(
                matches(&[keyword(text, false)], &html(content)),
                "{content}"
            );
        }
        assert!(!matches(&[keyword("<b>", false)], &html("&amp;lt;b&gt;")));
    }

    #[test]
    fn knows_words_in_any_script() {
        for (content, text, whole_word, matched) in [
            ("rusty", "rust", true, false),
            ("rusty", "rust", false, true),
            ("Test0", "Test", true, false),
            ("naïve", "na", true, false),
            ("Müller", "M", true, false),
            ("これはテストです", "テスト", true, false),
            ("これはテストです", "テスト", false, true),
            ("I write c++.", "c++", true, true),
            ("c++ (really)", "c++ (", false, true),
            ("well-being", "being", true, true),
            ("#moss", "#moss", true, true),
            ("x#moss", "#moss", true, true),
            ("snake_case", "snake", true, false),
            ("moss mossy moss", "moss", true, true),
            ("mossy mossx", "moss", true, false),
            ("🎉moss🎉", "moss", true, true),
            ("moss\u{301}", "moss", true, false),
        ] {
            assert_eq!(
                matches(&[keyword(text, whole_word)], &html(content)),
                matched,
                "{content}: {text}"
            );
        }
    }

    #[test]
    fn case_makes_no_difference() {
        for (content, text, matched) in [
            ("SPIDERS", "spiders", true),
            ("ПАУК", "паук", true),
            ("ΟΔΟΣ", "οδος", true),
            ("οδος", "ΟΔΟΣΑ", false),
            ("οδοσα", "ΟΔΟΣ", true),
            ("STRASSE", "straße", false),
            ("ISTANBUL", "istanbul", true),
        ] {
            assert_eq!(
                matches(&[keyword(text, false)], &html(content)),
                matched,
                "{content}: {text}"
            );
        }
    }

    #[test]
    fn looks_into_all_that_people_read() {
        let status = Text {
            others: vec!["two".to_owned(), "<b> &amp; Spiders".to_owned()],
            ..html("x")
        };
        assert!(matches(&[keyword("spiders", true)], &status));
        // These texts are not HTML.
        assert!(matches(&[keyword("<b> &amp;", false)], &status));
        assert!(!matches(&[keyword("moss", true)], &status));
    }

    #[test]
    fn passes_over_other_places_and_ended_filters() {
        let moss = keyword("moss", true);
        let status = html("moss");
        assert!(matches(std::slice::from_ref(&moss), &status));
        assert!(
            !Matcher::new(
                std::slice::from_ref(&moss),
                "public",
                NOW,
                str::to_lowercase
            )
            .matches(&status)
        );
        assert!(!matches(
            &[Filter {
                contexts: Vec::new(),
                ..moss.clone()
            }],
            &status
        ));
        for (expires_at, matched) in [(NOW - 1.0, false), (NOW + 1.0, true), (f64::NAN, true)] {
            let filter = Filter {
                expires_at: Some(expires_at),
                ..moss.clone()
            };
            assert_eq!(matches(&[filter], &status), matched);
        }
        assert!(!matches(
            &[keyword("", false), keyword("  ", true)],
            &status
        ));
        assert!(matches(
            &[keyword("", false), Filter::default(), moss],
            &status
        ));
        assert!(!matches(&[], &status));
    }

    #[test]
    fn hides_the_statuses_that_it_names() {
        let filter = Filter {
            statuses: vec!["1".to_owned()],
            ..keyword("moss", true)
        };
        assert!(matches(std::slice::from_ref(&filter), &html("x")));
        assert!(!matches(
            std::slice::from_ref(&filter),
            &Text {
                id: Some("2".to_owned()),
                ..html("x")
            }
        ));
        assert!(!matches(
            &[filter],
            &Text {
                id: None,
                ..html("x")
            }
        ));
    }

    #[test]
    fn a_megabyte_of_anything_takes_as_long_as_it_is() {
        let filters = [
            keyword(&["a".repeat(200), "b".to_owned()].concat(), true),
            keyword("&a<", true),
        ];
        for part in [
            "<", ">", "<>", "<a", "‹", "&", "&#", "&#x1", "&amp", "&;", "</p", "<br", "a", "a ",
            "\u{301}", "Σ",
        ] {
            let text = part.repeat(1_000_000 / part.len());
            let limit = linear_time(&text);
            let begin = Instant::now();
            matches(&filters, &html(&text));
            assert!(begin.elapsed() < limit, "{part}: {:?}", begin.elapsed());
        }
    }

    #[test]
    fn two_hundred_keywords_in_twenty_kilobytes_are_nothing() {
        let filters: Vec<Filter> = (0..200)
            .map(|n| {
                keyword(
                    &["aaaaaaaaaaaaaaaaaaaaaaaa", &"b".repeat(n + 1)].concat(),
                    true,
                )
            })
            .collect();
        let text = "a".repeat(20_000);
        let limit = linear_time(&text.repeat(200));
        let begin = Instant::now();
        assert!(!matches(&filters, &html(&text)));
        assert!(begin.elapsed() < limit, "{:?}", begin.elapsed());
    }
}

//! The rows of all methods as one text, written at compile time. A row is parsed when its method is first
//! called.
//!
//! As structs, the rows would be mostly pointers to strings, which do not compress. The text is less than
//! half as large.
//!
//! A line is `name|request|versions|answer|defaults|legacy|required|options`:
//!
//! ```text
//! timelineHome|G/api/v1/timelines/home|100314|p||||max_idB … 3
//! ```
//!
//! * request: a letter for the verb, and the path
//! * versions: created and changed, three digits each; then two digits for the API version, if there is one
//! * answer: `f` if parameters are sent as a form; then `p` for a page, `o` for a page by offset, `n` for
//!   nothing, `.name` for one field of the response
//! * defaults: as a query
//! * legacy: a version, and the path on older servers
//! * options: `~` if unknown options are ignored; the parameters; the number of [`SHARED`] options

use super::{Answer, Endpoint, Verb};
use crate::params::encode::Encoding;
use crate::params::table::{Parameters, Row as Parameter, SHARED, Writer, rows, same};
use crate::text;
use crate::version::Version;
use std::cell::RefCell;
use std::rc::Rc;

/// Writes the rows. If `N` is 0, only their length is computed.
#[allow(
    clippy::indexing_slicing,
    reason = "it runs in the compiler alone, which would say so"
)]
pub const fn write<const N: usize>(areas: &[&[Endpoint]]) -> Writer<N> {
    let mut out = Writer::new();
    let mut area = 0;
    while area < areas.len() {
        let mut row = 0;
        while row < areas[area].len() {
            if out.len > 0 {
                out.byte(b'\n');
            }
            line(&mut out, &areas[area][row]);
            row += 1;
        }
        area += 1;
    }
    out
}

/// The index of a method's line. Does not compile if the method is in no area.
#[allow(
    clippy::indexing_slicing,
    clippy::panic,
    reason = "it runs in the compiler alone, which would say so"
)]
pub const fn index_of(areas: &[&[Endpoint]], name: &str) -> usize {
    let mut at = 0;
    let mut area = 0;
    while area < areas.len() {
        let mut row = 0;
        while row < areas[area].len() {
            if same(areas[area][row].name, name) {
                return at;
            }
            at += 1;
            row += 1;
        }
        area += 1;
    }
    panic!("the area of this method is not listed in AREAS")
}

#[allow(
    clippy::indexing_slicing,
    reason = "it runs in the compiler alone, which would say so"
)]
const fn line<const N: usize>(out: &mut Writer<N>, row: &Endpoint) {
    out.text(row.name);
    out.byte(b'|');
    out.byte(row.verb.letter());
    out.text(row.path);
    out.byte(b'|');
    if row.changed[0] > 0 {
        version(out, row.created);
        version(out, row.changed);
        if row.api_version > 0 {
            out.byte(b'0' + row.api_version / 10);
            out.byte(b'0' + row.api_version % 10);
        }
    }
    out.byte(b'|');
    if matches!(row.encoding, Encoding::Form) {
        out.byte(b'f');
    }
    match row.answer {
        Answer::Json => {}
        Answer::Page => out.byte(b'p'),
        Answer::OffsetPage => out.byte(b'o'),
        Answer::Nothing => out.byte(b'n'),
        Answer::Field(name) => {
            out.byte(b'.');
            out.text(name);
        }
    }
    out.byte(b'|');
    let mut at = 0;
    while at < row.defaults.len() {
        if at > 0 {
            out.byte(b'&');
        }
        out.text(row.defaults[at].0);
        out.byte(b'=');
        out.text(row.defaults[at].1);
        at += 1;
    }
    out.byte(b'|');
    if let Some((older, path)) = row.legacy_path {
        version(out, older);
        out.text(path);
    }
    out.byte(b'|');
    out.params(row.required, b' ', &[]);
    out.byte(b'|');
    if row.allow_unknown {
        out.byte(b'~');
    }
    out.params(row.options, b' ', &SHARED);
    out.byte(b' ');
    out.byte(b'0' + shared(row));
}

/// How many of the [`SHARED`] options a row has.
#[allow(
    clippy::indexing_slicing,
    reason = "it runs in the compiler alone, which would say so"
)]
const fn shared(row: &Endpoint) -> u8 {
    let mut count = 0;
    let mut at = 0;
    while at < row.options.len() {
        let mut which = 0;
        while which < SHARED.len() {
            if same(row.options[at].name, SHARED[which]) && count < which as u8 + 1 {
                count = which as u8 + 1;
            }
            which += 1;
        }
        at += 1;
    }
    count
}

const fn version<const N: usize>(out: &mut Writer<N>, [major, minor, patch]: [u8; 3]) {
    assert!(major < 10 && minor < 10 && patch < 10, "a digit for each");
    out.byte(b'0' + major);
    out.byte(b'0' + minor);
    out.byte(b'0' + patch);
}

/// A method, parsed from its line.
#[derive(Debug)]
pub struct Row {
    /// Its name in JavaScript.
    pub name: &'static str,
    /// The verb of its request.
    pub verb: Verb,
    /// The path, with placeholders.
    pub path: &'static str,
    /// The version that first had the method.
    pub created: Option<Version>,
    /// The version that last changed the method.
    pub changed: Option<Version>,
    /// The version of Mastodon's API that first had the method.
    pub api_version: Option<u32>,
    /// How its parameters are encoded.
    pub encoding: Encoding,
    /// The kind of response.
    pub answer: Answer,
    /// Parameters that are sent unless the caller sets them, as a query.
    pub defaults: &'static str,
    /// The path before some version.
    pub legacy_path: Option<(Version, &'static str)>,
    /// The positional parameters.
    pub required: Vec<Parameter<'static>>,
    /// The options.
    pub options: Parameters,
    /// Whether unknown options are ignored.
    pub allow_unknown: bool,
}

thread_local! {
    static ROWS: RefCell<Vec<Option<Rc<Row>>>> = const { RefCell::new(Vec::new()) };
}

/// The method with this index.
#[inline(never)]
pub fn row(table: &'static str, index: usize) -> Option<Rc<Row>> {
    let known = ROWS.with_borrow(|rows| rows.get(index).cloned().flatten());
    if known.is_some() {
        return known;
    }
    let row = Rc::new(read(text::parts(table, b'\n').nth(index)?)?);
    ROWS.with_borrow_mut(|rows| {
        if rows.len() <= index {
            rows.resize(index + 1, None);
        }
        if let Some(slot) = rows.get_mut(index) {
            *slot = Some(row.clone());
        }
    });
    Some(row)
}

fn read(line: &'static str) -> Option<Row> {
    let mut fields = text::parts(line, b'|');
    let mut next = || fields.next().unwrap_or_default();
    let (name, request, versions, answer) = (next(), next(), next(), next());
    let (defaults, legacy, required, options) = (next(), next(), next(), next());
    let form = answer.strip_prefix('f');
    let answer = form.unwrap_or(answer);
    Some(Row {
        name,
        verb: Verb::of_letter(*request.as_bytes().first()?)?,
        path: request.get(1..)?,
        created: digits(versions),
        changed: versions.get(3..).and_then(digits),
        api_version: versions.get(6..).and_then(|digits| digits.parse().ok()),
        encoding: if form.is_some() {
            Encoding::Form
        } else {
            Encoding::Json
        },
        answer: match answer.as_bytes().first() {
            Some(b'p') => Answer::Page,
            Some(b'o') => Answer::OffsetPage,
            Some(b'n') => Answer::Nothing,
            Some(b'.') => Answer::Field(answer.get(1..)?),
            _ => Answer::Json,
        },
        defaults,
        legacy_path: digits(legacy).zip(legacy.get(3..)),
        required: rows(required),
        options: Parameters::new(rows(options.strip_prefix('~').unwrap_or(options))),
        allow_unknown: options.starts_with('~'),
    })
}

/// The version in the first three digits of a text.
fn digits(text: &str) -> Option<Version> {
    let digit = |at: usize| Some(u16::from(text.as_bytes().get(at)?.wrapping_sub(b'0')));
    Some(Version::new(digit(0)?, digit(1)?, digit(2)?))
}

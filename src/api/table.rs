//! The rows of all methods as one text, made at compile time.
//!
//! As structures they would be pointers to strings for the most part, which no compression makes
//! smaller: the text takes less than half of it. JavaScript splits it into lines when the module is
//! loaded (src/client/rows.js); the parameters of a row are read by [`crate::params`].
//!
//! A line is `name|request|versions|answer|defaults|before|required|options`:
//!
//! ```text
//! timelineHome|G/api/v1/timelines/home|100314|p||||max_idB … 2
//! ```
//!
//! * name: `.` in front of a static method, `-` in front of what is no method at all
//! * request: a letter for the verb, and the path
//! * versions: created and changed, three digits each
//! * answer: `j` where parameters are sent as JSON; `p`, `o`, `n` for a page, one counted by offset,
//!   nothing; `.name` for one field of the answer
//! * defaults: as a query
//! * before: a version, and the path on servers before it
//! * options: `~` where others may be in it; the parameters; and how many of [`SHARED`] there are

use super::endpoint::{Answer, Endpoint, Place, Verb, Version};
use crate::params::table::{SHARED, Writer, same};

/// Writes the rows; with an `N` of 0, only their length is found.
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

#[allow(
    clippy::indexing_slicing,
    reason = "it runs in the compiler alone, which would say so"
)]
const fn line<const N: usize>(out: &mut Writer<N>, row: &Endpoint) {
    match row.place {
        Place::Method => {}
        Place::Class => out.byte(b'.'),
        Place::Inside => out.byte(b'-'),
    }
    out.text(row.name);
    out.byte(b'|');
    match row.verb {
        None => {}
        Some(Verb::Get) => out.byte(b'G'),
        Some(Verb::Head) => out.byte(b'H'),
        Some(Verb::Post) => out.byte(b'P'),
        Some(Verb::Put) => out.byte(b'U'),
        Some(Verb::Patch) => out.byte(b'A'),
        Some(Verb::Delete) => out.byte(b'D'),
    }
    out.text(row.path);
    out.byte(b'|');
    if row.changed[0] > 0 {
        version(out, row.created);
        version(out, row.changed);
    }
    out.byte(b'|');
    if row.json {
        out.byte(b'j');
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
    if let Some((older, path)) = row.before {
        version(out, older);
        out.text(path);
    }
    out.byte(b'|');
    out.params(row.required, b' ', &[]);
    out.byte(b'|');
    if row.loose {
        out.byte(b'~');
    }
    out.params(row.options, b' ', &SHARED);
    out.byte(b' ');
    out.byte(b'0' + shared(row));
}

/// How many of [`SHARED`] a row's options have.
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

const fn version<const N: usize>(out: &mut Writer<N>, [major, minor, patch]: Version) {
    assert!(major < 10 && minor < 10 && patch < 10, "a digit for each");
    out.byte(b'0' + major);
    out.byte(b'0' + minor);
    out.byte(b'0' + patch);
}

//! Tables of parameters as text: written at compile time, parsed when a method is first called.
//!
//! `max_idB limitE visibilityV(public,private) idsYA mentionsH= quoteD=q`: each parameter has a name and a
//! letter for its kind (`Y` before it for a list). Details of the kind are in parentheses. After `=` comes
//! the name on the wire, if it is different; nothing after `=` means that it is not sent.

use super::{Kind, Param, Scalar};
use crate::js::Names;
use crate::text;

/// A text that is written at compile time. If `N` is 0, only its length is computed.
#[derive(Debug)]
pub struct Writer<const N: usize> {
    /// The text.
    pub bytes: [u8; N],
    /// Its length.
    pub len: usize,
}

#[allow(
    clippy::indexing_slicing,
    clippy::new_without_default,
    reason = "it runs in the compiler alone, which would say so"
)]
impl<const N: usize> Writer<N> {
    /// An empty text.
    pub const fn new() -> Self {
        Self {
            bytes: [0; N],
            len: 0,
        }
    }

    /// Adds a character.
    pub const fn byte(&mut self, byte: u8) {
        if self.len < N {
            self.bytes[self.len] = byte;
        }
        self.len += 1;
    }

    /// Adds a text.
    pub const fn text(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            self.byte(bytes[at]);
            at += 1;
        }
    }

    /// Adds parameters, except those with the names in `but`.
    pub const fn params(&mut self, params: &[Param], between: u8, but: &[&str]) {
        let mut first = true;
        let mut at = 0;
        while at < params.len() {
            let param = &params[at];
            at += 1;
            if among(param.name, but) {
                continue;
            }
            if !first {
                self.byte(between);
            }
            first = false;
            self.text(param.name);
            self.kind(param.kind);
            if !same(param.name, param.wire) {
                self.byte(b'=');
                self.text(param.wire);
            }
        }
    }

    const fn kind(&mut self, kind: Kind) {
        match kind {
            Kind::One(scalar) => self.byte(scalar.letter()),
            Kind::Many(scalar) => {
                self.byte(LIST);
                self.byte(scalar.letter());
            }
            Kind::Open(values) => self.set(OPEN, values),
            Kind::ManyOpen(values) => {
                self.byte(LIST);
                self.set(OPEN, values);
            }
            Kind::Closed(values) => self.set(CLOSED, values),
            Kind::Record(params) => self.record(params),
            Kind::Records(params) => {
                self.byte(LIST);
                self.record(params);
            }
            Kind::Nullable(kind) => {
                self.byte(NULLABLE);
                self.kind(*kind);
            }
        }
    }

    const fn record(&mut self, params: &[Param]) {
        self.byte(RECORD);
        self.byte(b'(');
        self.params(params, b',', &[]);
        self.byte(b')');
    }

    const fn set(&mut self, letter: u8, values: &[&str]) {
        self.byte(letter);
        self.values(values);
    }

    const fn values(&mut self, values: &[&str]) {
        self.byte(b'(');
        let mut at = 0;
        while at < values.len() {
            if at > 0 {
                self.byte(b',');
            }
            self.text(values[at]);
            at += 1;
        }
        self.byte(b')');
    }
}

#[allow(clippy::indexing_slicing, reason = "as above")]
const fn among(name: &str, names: &[&str]) -> bool {
    let mut at = 0;
    while at < names.len() {
        if same(name, names[at]) {
            return true;
        }
        at += 1;
    }
    false
}

/// Whether two texts are equal: `==` does not work at compile time.
#[allow(clippy::indexing_slicing, reason = "as above")]
pub const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// A name of a set that servers may extend. The known names are in parentheses.
pub const OPEN: u8 = b'V';
/// A name of a fixed set. The names are in parentheses.
pub const CLOSED: u8 = b'W';
/// An object. Its parameters are in parentheses.
pub const RECORD: u8 = b'X';
/// Precedes the kind of a list's items.
const LIST: u8 = b'Y';
/// Precedes a kind that may be `null`.
const NULLABLE: u8 = b'Z';

const _: () = assert!(Scalar::Anything.letter() < OPEN);

/// A parameter, parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<'a> {
    /// The name in JavaScript.
    pub name: &'a str,
    /// Whether `null` is sent.
    pub nullable: bool,
    /// Whether it is a list; a single item is accepted too.
    pub list: bool,
    /// The letter of its kind.
    pub kind: u8,
    /// The details of the kind: names, or the parameters of an object.
    pub inner: &'a str,
    /// The name in the request; empty if the parameter is not sent.
    pub wire: &'a str,
}

/// Options that nearly all methods have. The digit at the end of a table is the number of them.
pub const SHARED: [&str; 4] = ["signal", "timeout", "extra", "idempotency_key"];

/// The table of an options type, as a text that is written at compile time.
macro_rules! table_of {
    ($options:ty) => {{
        const fn write<const N: usize>() -> $crate::params::table::Writer<N> {
            let mut out = $crate::params::table::Writer::new();
            out.params(<$options as $crate::params::Options>::TABLE, b' ', &[]);
            out
        }
        const SIZE: usize = write::<0>().len;
        static BYTES: [u8; SIZE] = write::<SIZE>().bytes;
        $crate::params::table::text_of(&BYTES)
    }};
}
pub(crate) use table_of;

/// The shared options, in the form of a table.
static SHARED_TABLE: &str = table_of!(super::WriteOptions);

/// The bytes of a table as text. They are valid UTF-8, because only texts were written. Used in statics, so
/// that the check runs at compile time.
pub const fn text_of(bytes: &'static [u8]) -> &'static str {
    match str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => "",
    }
}

/// The parameters of a table.
pub fn rows(table: &'static str) -> Vec<Row<'static>> {
    let count = table.bytes().next_back().unwrap_or(b'0').wrapping_sub(b'0');
    let count = if usize::from(count) > SHARED.len() {
        0
    } else {
        usize::from(count)
    };
    let mut rows = Vec::new();
    for part in text::parts(table, b' ') {
        rows.extend(row(part));
    }
    for part in text::parts(SHARED_TABLE, b' ').take(count) {
        rows.extend(row(part));
    }
    rows
}

/// Parameters, with their indexes by name.
#[derive(Debug)]
pub struct Parameters {
    /// In the order of the declaration.
    pub list: Vec<Row<'static>>,
    names: Names,
}

impl Parameters {
    /// Indexes these parameters.
    pub fn new(list: Vec<Row<'static>>) -> Self {
        let names = Names::of(list.iter().map(|parameter| parameter.name));
        Self { list, names }
    }

    /// The parameter with this name.
    pub fn get(&self, name: &wasm_bindgen::JsValue) -> Option<&Row<'static>> {
        self.list.get(self.names.place(name)?)
    }
}

/// The parameters of an object inside a table.
pub fn parts(inner: &'static str) -> Vec<Row<'static>> {
    let mut rows = Vec::new();
    // A comma inside parentheses does not separate.
    let mut depth = 0_u32;
    let mut begin = 0;
    for (at, byte) in inner.bytes().chain([b',']).enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                rows.extend(inner.get(begin..at).and_then(row));
                begin = at + 1;
            }
            _ => {}
        }
    }
    rows
}

fn row(text: &'static str) -> Option<Row<'static>> {
    let end = text.bytes().position(|byte| byte.is_ascii_uppercase())?;
    let (name, rest) = text.split_at_checked(end)?;
    let (rest, nullable) = strip(rest, NULLABLE);
    let (rest, list) = strip(rest, LIST);
    let kind = rest.bytes().next()?;
    let rest = rest.get(1..)?;
    let (inner, rest) = if rest.starts_with('(') {
        let close = rest.bytes().rposition(|byte| byte == b')')?;
        (rest.get(1..close)?, rest.get(close + 1..)?)
    } else {
        ("", rest)
    };
    Some(Row {
        name,
        nullable,
        list,
        kind,
        inner,
        wire: rest.strip_prefix('=').unwrap_or(name),
    })
}

fn strip(text: &'static str, letter: u8) -> (&'static str, bool) {
    match text.as_bytes().first() {
        Some(first) if *first == letter => (text.get(1..).unwrap_or_default(), true),
        _ => (text, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn param(name: &'static str, wire: &'static str, kind: Kind) -> Param {
        Param { name, wire, kind }
    }

    const PART: &[Param] = &[
        param("options", "options", Kind::Texts),
        param("quiet", "", Kind::Bool),
    ];
    const PARAMS: &[Param] = &[
        param("max_id", "max_id", Kind::TimelineId),
        param("signal", "", Kind::Signal),
        param(
            "order",
            "data[by.order]",
            Kind::Open(&["text/plain", "new"]),
        ),
        param("polls", "poll", Kind::Records(PART)),
        param("until", "until", Kind::Nullable(&Kind::Int)),
        param("mine", "", Kind::Bool),
    ];

    #[test]
    fn what_is_written_is_read() {
        const fn write<const N: usize>() -> Writer<N> {
            let mut out = Writer::new();
            out.params(PARAMS, b' ', &["signal"]);
            out
        }
        const SIZE: usize = write::<0>().len;
        static BYTES: [u8; SIZE] = write::<SIZE>().bytes;
        let text = str::from_utf8(&BYTES).unwrap();
        assert_eq!(
            text,
            "max_idB orderV(text/plain,new)=data[by.order] pollsYX(optionsYD,quietH=)=poll untilZE mineH="
        );
        let read = rows(text);
        let row = |name, nullable, list, kind, inner, wire| Row {
            name,
            nullable,
            list,
            kind,
            inner,
            wire,
        };
        assert_eq!(
            read,
            [
                row("max_id", false, false, b'B', "", "max_id"),
                row(
                    "order",
                    false,
                    false,
                    OPEN,
                    "text/plain,new",
                    "data[by.order]"
                ),
                row("polls", false, true, RECORD, "optionsYD,quietH=", "poll"),
                row("until", true, false, b'E', "", "until"),
                row("mine", false, false, b'H', "", ""),
            ]
        );
        let inner = parts("optionsYD,quietH=,orderV(a,b)");
        assert_eq!(
            inner,
            [
                row("options", false, true, b'D', "", "options"),
                row("quiet", false, false, b'H', "", ""),
                row("order", false, false, OPEN, "a,b", "order"),
            ]
        );
    }

    #[test]
    fn a_digit_at_the_end_adds_the_shared_options() {
        let names = |table| rows(table).iter().map(|row| row.name).collect::<Vec<_>>();
        assert_eq!(names("limitE 0"), ["limit"]);
        assert_eq!(names("limitE 3"), ["limit", "signal", "timeout", "extra"]);
        assert_eq!(names(" 4"), SHARED);
    }

    #[test]
    fn every_letter_is_a_kind() {
        for (at, (scalar, _)) in Scalar::ALL.iter().enumerate() {
            assert_eq!(*scalar as usize, at);
            assert_eq!(Scalar::of_letter(scalar.letter()), Some(*scalar));
        }
        assert!(Scalar::of_letter(b'@').is_none());
    }

    #[test]
    fn nonsense_is_no_parameter() {
        for text in ["", "name", " ", "nameY", "nameV(a", "é"] {
            assert_eq!(rows(text).len(), 0, "{text}");
        }
    }
}

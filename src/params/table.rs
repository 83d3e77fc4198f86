//! Parameters as text: written at compile time, read when a call is checked.
//!
//! `max_idB limitE visibilityR(public,private) idsTA mentionsH= quoteD=q`: a name, a capital for the
//! kind (`T` before it for a list), what belongs to the kind in parentheses, and `=` with the name on
//! the wire where that is another one; nothing behind the `=` keeps the parameter out of the request.

use super::{Kind, Param};

/// A text that is written at compile time; with an `N` of 0, only its length is found.
#[derive(Debug)]
pub struct Writer<const N: usize> {
    /// What was written.
    pub bytes: [u8; N],
    /// How long it is.
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

    /// Adds parameters, but those of these names.
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
            Kind::Id => self.byte(b'A'),
            Kind::TimelineId => self.byte(b'B'),
            Kind::Hashtag => self.byte(b'C'),
            Kind::Text => self.byte(b'D'),
            Kind::Int => self.byte(b'E'),
            Kind::Float => self.byte(b'F'),
            Kind::Floats => self.byte(b'G'),
            Kind::Bool => self.byte(b'H'),
            Kind::Time => self.byte(b'I'),
            Kind::Day => self.byte(b'J'),
            Kind::File => self.byte(b'K'),
            Kind::Pairs => self.byte(b'L'),
            Kind::Signal => self.byte(b'M'),
            Kind::Seconds => self.byte(b'N'),
            Kind::Function => self.byte(b'O'),
            Kind::Object => self.byte(b'P'),
            Kind::Anything => self.byte(b'Q'),
            Kind::OneOf(values) => {
                self.byte(ONE_OF);
                self.values(values);
            }
            Kind::Record(params) => {
                self.byte(RECORD);
                self.byte(b'(');
                self.params(params, b',', &[]);
                self.byte(b')');
            }
            Kind::Ids => self.list(Kind::Id),
            Kind::Texts => self.list(Kind::Text),
            Kind::Ints => self.list(Kind::Int),
            Kind::ManyOf(values) => self.list(Kind::OneOf(values)),
            Kind::Records(params) => self.list(Kind::Record(params)),
        }
    }

    const fn list(&mut self, kind: Kind) {
        self.byte(LIST);
        self.kind(kind);
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

/// Whether two texts are the same: `==` is not there at compile time.
#[allow(clippy::indexing_slicing, reason = "as above")]
pub const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// One of a closed set, which stands in parentheses.
pub const ONE_OF: u8 = b'R';
/// An object, whose parameters stand in parentheses.
pub const RECORD: u8 = b'S';
const LIST: u8 = b'T';

/// A parameter, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<'a> {
    /// The name in JavaScript.
    pub name: &'a str,
    /// Whether it is a list; one item alone is taken for a list of one.
    pub list: bool,
    /// The letter of its kind.
    pub kind: u8,
    /// What belongs to the kind: values, or the parameters of an object.
    pub inner: &'a str,
    /// The name in the request; empty where the parameter is for this library alone.
    pub wire: &'a str,
}

/// Options that nearly every method has: a digit at the end of a table says how many of them.
pub const SHARED: [&str; 3] = ["signal", "timeout", "idempotency_key"];
const SHARED_ROWS: [&str; 4] = [
    "",
    "signalM=",
    "signalM= timeoutN=",
    "signalM= timeoutN= idempotency_keyD=",
];

/// The parameters of a table.
pub fn rows(table: &str, between: char) -> impl Iterator<Item = Row<'_>> {
    let count = table.bytes().next_back().unwrap_or(b'0').wrapping_sub(b'0');
    let shared = SHARED_ROWS.get(usize::from(count)).copied();
    let shared = shared.unwrap_or_default();
    table
        .split(between)
        .chain(shared.split(' '))
        .filter_map(row)
}

fn row(text: &str) -> Option<Row<'_>> {
    let end = text.bytes().position(|byte| byte.is_ascii_uppercase())?;
    let (name, rest) = text.split_at_checked(end)?;
    let (rest, list) = match rest.strip_prefix(char::from(LIST)) {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let kind = rest.bytes().next()?;
    let rest = rest.get(1..)?;
    let (inner, rest) = match rest.strip_prefix('(') {
        Some(rest) => rest.rsplit_once(')')?,
        None => ("", rest),
    };
    Some(Row {
        name,
        list,
        kind,
        inner,
        wire: rest.strip_prefix('=').unwrap_or(name),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PART: &[Param] = &[
        Param {
            name: "options",
            wire: "options",
            kind: Kind::Texts,
        },
        Param {
            name: "quiet",
            wire: "",
            kind: Kind::Bool,
        },
    ];
    const PARAMS: &[Param] = &[
        Param {
            name: "max_id",
            wire: "max_id",
            kind: Kind::TimelineId,
        },
        Param {
            name: "signal",
            wire: "",
            kind: Kind::Signal,
        },
        Param {
            name: "order",
            wire: "data[by.order]",
            kind: Kind::OneOf(&["text/plain", "new"]),
        },
        Param {
            name: "polls",
            wire: "poll",
            kind: Kind::Records(PART),
        },
        Param {
            name: "mine",
            wire: "",
            kind: Kind::Bool,
        },
    ];

    #[test]
    fn what_is_written_is_read() {
        const fn write<const N: usize>() -> Writer<N> {
            let mut out = Writer::new();
            out.params(PARAMS, b' ', &["signal"]);
            out
        }
        const SIZE: usize = write::<0>().len;
        let text = str::from_utf8(&write::<SIZE>().bytes).unwrap().to_owned();
        assert_eq!(
            text,
            "max_idB orderR(text/plain,new)=data[by.order] pollsTS(optionsTD,quietH=)=poll mineH="
        );
        let read: Vec<Row<'_>> = rows(&text, ' ').collect();
        let row = |name, list, kind, inner, wire| Row {
            name,
            list,
            kind,
            inner,
            wire,
        };
        assert_eq!(
            read,
            [
                row("max_id", false, b'B', "", "max_id"),
                row("order", false, ONE_OF, "text/plain,new", "data[by.order]"),
                row("polls", true, RECORD, "optionsTD,quietH=", "poll"),
                row("mine", false, b'H', "", ""),
            ]
        );
        let inner: Vec<Row<'_>> = rows("optionsTD,quietH=", ',').collect();
        assert_eq!(
            inner,
            [
                row("options", true, b'D', "", "options"),
                row("quiet", false, b'H', "", "")
            ]
        );
    }

    #[test]
    fn nonsense_is_no_parameter() {
        for text in ["", "name", " ", "nameT", "nameR(a", "é"] {
            assert_eq!(rows(text, ' ').count(), 0, "{text}");
        }
    }
}

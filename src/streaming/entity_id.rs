//! Ids of statuses and notifications, and their order.

use std::cmp::Ordering;
use std::rc::Rc;

/// The id of a status or notification. The order is that of servers: a shorter id is older, and ids of equal
/// length are compared by their bytes.
///
/// Numeric ids (snowflakes, sequences) grow in length; ULIDs and UUIDv7 have a fixed length and sort by time.
/// As JavaScript numbers, long ids would lose their last digits. Hollo's notification ids are
/// `time/type/uuid`: the part before the slash is compared first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityId(Rc<str>);

/// The maximum length of an id. The longest known ones, Hollo's, have 80 characters.
const LONGEST: usize = 1024;

impl EntityId {
    /// An id as the server wrote it. `None` if the text is empty or too long, because many ids are
    /// remembered.
    pub fn new(text: &str) -> Option<Self> {
        matches!(text.len(), 1..=LONGEST).then(|| Self(text.into()))
    }

    /// The id as the server wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is a number, like a snowflake.
    pub fn is_numeric(&self) -> bool {
        crate::text::is_digits(&self.0)
    }

    /// A slightly older id of the same form. A page that begins after it begins with this entry, if the
    /// server still has it. `None` if there is no such id.
    pub fn predecessor(&self) -> Option<Self> {
        let mut bytes = self.0.as_bytes().to_vec();
        let numeric = self.is_numeric();
        for byte in bytes.iter_mut().rev() {
            if *byte == b'0' {
                // Only a number needs to borrow. Other ids may take a larger step.
                if numeric {
                    *byte = b'9';
                }
                continue;
            }
            if !byte.is_ascii_alphanumeric() {
                return None;
            }
            *byte = match *byte {
                b'A' | b'a' => b'9',
                // ULIDs do not use I, L, O and U.
                b'J' | b'M' | b'P' | b'V' => *byte - 2,
                other => other - 1,
            };
            break;
        }
        let text = String::from_utf8(bytes).ok()?;
        let older = if numeric {
            Self::new(text.trim_start_matches('0'))?
        } else {
            Self(text.into())
        };
        (older < *self).then_some(older)
    }

    /// The part with the time, and the rest.
    fn parts(&self) -> (&str, &str) {
        before(&self.0, b'/')
    }
}

/// The parts before and after a byte.
fn before(text: &str, byte: u8) -> (&str, &str) {
    let at = text.bytes().position(|own| own == byte);
    at.and_then(|at| text.split_at_checked(at))
        .unwrap_or((text, ""))
}

impl Ord for EntityId {
    fn cmp(&self, other: &Self) -> Ordering {
        let ((time, rest), (other_time, other_rest)) = (self.parts(), other.parts());
        time.len()
            .cmp(&other_time.len())
            .then_with(|| time.cmp(other_time))
            .then_with(|| rest.cmp(other_rest))
    }
}

impl PartialOrd for EntityId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
pub(crate) fn id(text: impl ToString) -> EntityId {
    EntityId::new(&text.to_string()).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shorter_is_the_older_then_the_bytes_decide() {
        assert!(id("99") < id("100"));
        assert!(id("113999999999999998") < id("113999999999999999"));
        assert!(id("01JD4ZV5C7Q9M3J4K5T6W7X8Y8") < id("01JD4ZV5C7Q9M3J4K5T6W7X8Y9"));
        assert!(
            id("018f4a5e-0000-7000-8000-00000000000a") < id("018f4a5e-0000-7000-8000-00000000000b")
        );
        // Hollo's notifications, whose types differ in length.
        assert!(
            id("2026-11-29T10:00:00.000Z/favourite/018f")
                < id("2026-11-29T10:00:01.000Z/poll/018e")
        );
        assert_eq!(id("7"), id("7"));
        assert_eq!(EntityId::new(""), None);
    }

    #[test]
    fn a_predecessor_is_older_and_near() {
        for (of, expected) in [
            ("1000", Some("999")),
            ("113999999999999999", Some("113999999999999998")),
            ("10", Some("9")),
            ("1", None),
            ("0", None),
            (
                "01JD4ZV5C7Q9M3J4K5T6W7X8YA",
                Some("01JD4ZV5C7Q9M3J4K5T6W7X8Y9"),
            ),
            (
                "01JD4ZV5C7Q9M3J4K5T6W7X8YJ",
                Some("01JD4ZV5C7Q9M3J4K5T6W7X8YH"),
            ),
            (
                "01JD4ZV5C7Q9M3J4K5T6W7X8Y0",
                Some("01JD4ZV5C7Q9M3J4K5T6W7X8X0"),
            ),
            (
                "018f4a5e-0000-7000-8000-00000000000a",
                Some("018f4a5e-0000-7000-8000-000000000009"),
            ),
            ("ä", None),
            ("-", None),
        ] {
            assert_eq!(
                id(of).predecessor().as_ref().map(EntityId::as_str),
                expected,
                "{of}"
            );
        }
    }
}

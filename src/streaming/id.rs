//! Ids, and their order.

/// As long as an id can be. The longest in use are ULIDs, with 26 characters.
const LONGEST: usize = 31;

/// An id, held by value. Times in ISO 8601 fit as well.
///
/// Numeric ids (snowflakes, sequences) grow in length before they grow in their first digit, and
/// ULIDs all have 26 characters whose bytes sort by time: the shorter is the older, and of equals
/// the bytes decide. Reading digits as a number would lose the last ones.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id {
    // The order of the fields is the order of ids.
    length: u8,
    bytes: [u8; LONGEST],
}

impl Id {
    /// The id that a text is; none where it is empty or longer than ids are.
    pub fn new(text: &str) -> Option<Self> {
        let mut id = Self::default();
        id.bytes
            .get_mut(..text.len())?
            .copy_from_slice(text.as_bytes());
        id.length = u8::try_from(text.len()).ok()?;
        (id.length > 0).then_some(id)
    }

    /// Appends the text.
    pub fn write(&self, out: &mut String) {
        for byte in self.bytes.iter().take(self.length.into()) {
            out.push(char::from(*byte));
        }
    }
}

impl std::fmt::Debug for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::new();
        self.write(&mut text);
        f.write_str(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn older(a: &str, b: &str) -> bool {
        Id::new(a).unwrap() < Id::new(b).unwrap()
    }

    #[test]
    fn numbers_compare_by_value_not_by_letter() {
        assert!(older("9", "10"));
        assert!(older("113999999999999999", "114000000000000000"));
        // 2^53 and its neighbour are one double, and two ids.
        assert!(older("9007199254740992", "9007199254740993"));
        assert!(!older("42", "42"));
        assert!(older("0", "1"));
    }

    #[test]
    fn ulids_compare_by_bytes() {
        assert!(older(
            "01JD4ZV5C7Q9M3J4K5T6W7X8Y9",
            "01JD4ZV5C7Q9M3J4K5T6W7X8YA"
        ));
        assert!(older(
            "01JD4ZV5C7Q9M3J4K5T6W7X8YZ",
            "01JD50000000000000000000AA"
        ));
    }

    #[test]
    fn what_goes_in_comes_out() {
        for text in [
            "1",
            "01JD4ZV5C7Q9M3J4K5T6W7X8Y9",
            "2026-01-01T00:00:00.000Z",
        ] {
            assert_eq!(format!("{:?}", Id::new(text).unwrap()), text);
        }
        assert_eq!(Id::new(""), None);
        assert_eq!(Id::new(&"1".repeat(LONGEST + 1)), None);
        assert!(Id::new(&"1".repeat(LONGEST)).is_some());
    }
}

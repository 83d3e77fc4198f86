//! The order of ids.

use std::cmp::Ordering;

/// Compares two ids of one server by age.
///
/// Numeric ids (snowflakes, sequences) grow in length before they grow in their first digit, and
/// ULIDs all have 26 characters whose bytes sort by time: the shorter is the older, and of equals
/// the bytes decide. Reading digits as a number would lose the last ones.
pub fn compare(a: &str, b: &str) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

/// Whether `a` was made before `b`.
pub fn older(a: &str, b: &str) -> bool {
    compare(a, b) == Ordering::Less
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_compare_by_value_not_by_letter() {
        assert_eq!(compare("9", "10"), Ordering::Less);
        assert_eq!(
            compare("113999999999999999", "114000000000000000"),
            Ordering::Less
        );
        // 2^53 and its neighbour are one double, and two ids.
        assert_eq!(
            compare("9007199254740992", "9007199254740993"),
            Ordering::Less
        );
        assert_eq!(compare("42", "42"), Ordering::Equal);
        assert!(older("0", "1"));
        assert!(!older("1", "1"));
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
}

//! What travels through the hub: entities and events, by number, and their order.
//!
//! Their ids, times and contents stay in items.js. To the hub, an item is a number that can be
//! compared with another: everything here is numbers, of one kind, and is copied.

/// The number of an item; 0 is none, and older than all others.
pub type Item = u32;

/// How an item's id compares with another's, twice, and where it is the same how their editions
/// do: -2, -1, 0, 1, 2.
#[cfg(target_arch = "wasm32")]
fn compare(a: Item, b: Item) -> i32 {
    super::bridge::compare(a, b)
}

/// Natively, which is in tests, an item's number says it all: its id, and in the last digit the
/// edition.
#[cfg(not(target_arch = "wasm32"))]
fn compare(a: Item, b: Item) -> i32 {
    match (a / 10).cmp(&(b / 10)) {
        std::cmp::Ordering::Equal => a.cmp(&b) as i32,
        different => 2 * different as i32,
    }
}

/// Whether the first has a smaller id.
pub fn older(a: Item, b: Item) -> bool {
    compare(a, b) == -2
}

/// The one with the larger id.
pub fn newest(a: Item, b: Item) -> Item {
    if older(a, b) { b } else { a }
}

/// Whether both are the same entity, the second in a later edition.
pub fn outdated(a: Item, b: Item) -> bool {
    compare(a, b) == -1
}

/// Where an item is in a list that is in order, or where it belongs. What is looked for is mostly
/// new, so the search begins at the end.
///
/// # Errors
/// The item is not in the list.
pub fn find(list: &[Item], item: Item) -> Result<usize, usize> {
    let mut at = list.len();
    for other in list.iter().rev() {
        let order = compare(*other & !GONE, item);
        if order == -2 {
            break;
        }
        at -= 1;
        if order != 2 {
            return Ok(at);
        }
    }
    Err(at)
}

/// Marks an item, in the record of what was delivered, as deleted.
pub const GONE: Item = 1 << 31;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_before_editions() {
        assert!(older(19, 20));
        assert!(!older(20, 21));
        assert!(outdated(20, 21));
        assert!(!outdated(21, 20));
        assert!(!outdated(20, 31));
        assert_eq!(newest(20, 31), 31);
        assert_eq!(newest(31, 0), 31);
    }

    #[test]
    fn a_place_is_found_in_order() {
        let list = [10, GONE + 20, 41];
        assert_eq!(find(&list, 10), Ok(0));
        assert_eq!(find(&list, 22), Ok(1));
        assert_eq!(find(&list, 30), Err(2));
        assert_eq!(find(&list, 0), Err(0));
        assert_eq!(find(&list, 50), Err(3));
        assert_eq!(find(&[], 50), Err(0));
    }
}

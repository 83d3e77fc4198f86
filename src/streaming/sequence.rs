//! What a stream has delivered of one numbering, and what it holds back.

use super::item::{GONE, Item, find, newest, older, outdated};

/// How many of the largest delivered ids are remembered. A duplicate older than all of them cannot
/// be told from a status that a remote server delivered late, and is passed on.
const WINDOW: usize = 64;

/// How many delivered ids a backfill reaches back. A post from another server gets an id by the
/// time it was written and arrives later: after the newest id, the next to arrive may be older.
const OVERLAP: usize = 20;

/// One numbering of a stream.
#[derive(Debug)]
pub struct Sequence {
    /// Which.
    pub source: u32,
    /// Nothing at or below this is fetched: it was there before the stream began, was delivered by
    /// an earlier run, or lies beyond a gap that was reported.
    floor: Item,
    /// A gap was reported whose end is the next to be delivered.
    gap: bool,
    /// The largest delivered, in order, in the edition that was delivered last.
    seen: Vec<Item>,
    /// Live arrivals that wait until what came before them has been fetched, in order.
    held: Vec<Item>,
    /// The first new one that came through the present socket: from it on everything arrived. What
    /// an earlier socket brought may be held back too, with a hole behind it; and what was written
    /// long ago may come first.
    pub live_from: Item,
}

impl Sequence {
    /// A numbering of which nothing was delivered after `resume`.
    pub fn new(source: u32, resume: Item) -> Self {
        Self {
            source,
            floor: resume,
            gap: false,
            seen: Vec::new(),
            held: Vec::new(),
            live_from: 0,
        }
    }

    /// The newest delivered, or the one the stream began after.
    pub fn newest(&self) -> Item {
        newest(self.seen.last().map_or(0, |last| last & !GONE), self.floor)
    }

    /// The one after which to fetch, when there is one to begin from.
    pub fn cursor(&self) -> Item {
        if self.seen.len() < OVERLAP && self.floor > 0 {
            return self.floor;
        }
        let overlap = self.overlap().first();
        newest(overlap.map_or(0, |first| first & !GONE), self.floor)
    }

    /// Nothing up to this one will be fetched any more.
    pub fn begin_after(&mut self, item: Item) {
        self.floor = item;
        self.gap = false;
    }

    /// The same for the next one to be delivered.
    pub fn begin_after_next(&mut self) {
        self.gap = true;
    }

    /// Whether this one was delivered, as far as is remembered.
    pub fn knows(&self, item: Item) -> bool {
        find(&self.seen, item).is_ok()
    }

    /// Remembers that this one was delivered.
    pub fn record(&mut self, item: Item) {
        let Err(mut at) = find(&self.seen, item) else {
            return;
        };
        if self.gap && older(self.newest(), item) {
            self.begin_after(item);
        }
        if self.seen.len() == WINDOW {
            // The smallest makes room, be it this one.
            if at == 0 {
                return;
            }
            self.seen.remove(0);
            at -= 1;
        }
        self.seen.insert(at, item);
    }

    /// Remembers that an edit or a deletion was delivered. True when it is news: this status was
    /// delivered in an older form.
    pub fn revise(&mut self, item: Item, gone: bool) -> bool {
        let entry = find(&self.seen, item).ok();
        let Some(entry) = entry.and_then(|at| self.seen.get_mut(at)) else {
            return false;
        };
        let news = *entry & GONE == 0 && (gone || outdated(*entry, item));
        if news {
            *entry = if gone { *entry | GONE } else { item };
        }
        news
    }

    /// Adds to a list the newest delivered that are not known to be gone, at most as many as one
    /// request asks about.
    pub fn standing(&self, list: &mut Vec<Item>) {
        for entry in self.overlap() {
            if entry & GONE == 0 {
                list.push(*entry);
            }
        }
    }

    fn overlap(&self) -> &[Item] {
        let from = self.seen.len().saturating_sub(OVERLAP);
        self.seen.get(from..).unwrap_or_default()
    }

    /// Holds a live arrival back.
    pub fn hold(&mut self, item: Item) {
        if self.live_from == 0 && older(self.newest(), item) {
            self.live_from = item;
        }
        if let Err(at) = find(&self.held, item) {
            self.held.insert(at, item);
        }
    }

    /// How many are held back.
    pub fn held(&self) -> usize {
        self.held.len()
    }

    /// Takes out the oldest of those held back, unless it is newer than `up_to` where that is one.
    pub fn release(&mut self, up_to: Item) -> Option<Item> {
        let first = *self.held.first()?;
        if up_to > 0 && older(up_to, first) {
            return None;
        }
        Some(self.held.remove(0))
    }

    /// Adds to a list the items that are still needed, some of them marked as [`GONE`].
    pub fn needs(&self, list: &mut Vec<Item>) {
        list.push(self.floor);
        list.push(self.live_from);
        list.extend_from_slice(&self.seen);
        list.extend_from_slice(&self.held);
    }
}

#[cfg(test)]
mod tests {
    use super::super::channel::STATUSES;
    use super::*;

    fn id(number: u32) -> Item {
        number * 10 + 1
    }

    fn sequence(resume: Item, ids: impl IntoIterator<Item = u32>) -> Sequence {
        let mut sequence = Sequence::new(STATUSES, resume);
        for number in ids {
            sequence.record(id(number));
        }
        sequence
    }

    #[test]
    fn a_backfill_reaches_back_over_what_may_have_arrived_late() {
        assert_eq!(sequence(0, []).cursor(), 0);
        assert_eq!(sequence(id(7), []).cursor(), id(7));
        assert_eq!(sequence(0, 10..15).cursor(), id(10));
        assert_eq!(sequence(id(7), 10..15).cursor(), id(7));
        assert_eq!(sequence(id(7), 100..150).cursor(), id(130));
    }

    #[test]
    fn a_backfill_never_reaches_below_the_beginning() {
        // 3 was written long before it arrived; 4 to 7 were there before the stream was.
        let sequence = sequence(id(7), [3]);
        assert_eq!(sequence.cursor(), id(7));
        assert_eq!(sequence.newest(), id(7));
        assert!(sequence.knows(id(3)));
    }

    #[test]
    fn memory_is_bounded_and_keeps_the_largest() {
        for ids in [(0..1000).collect::<Vec<_>>(), (0..1000).rev().collect()] {
            let sequence = sequence(0, ids);
            assert_eq!(sequence.seen.len(), WINDOW);
            assert!(sequence.seen.is_sorted());
            assert!(sequence.knows(id(999)));
            assert!(sequence.knows(id(936)));
            assert!(!sequence.knows(id(935)));
            assert_eq!(sequence.newest(), id(999));
        }
    }

    #[test]
    fn what_is_kept_is_needed_and_nothing_else() {
        let mut sequence = sequence(id(1), 10..1000);
        sequence.hold(id(2000));
        assert!(sequence.revise(id(999), true));
        let mut expected = vec![id(1), id(2000)];
        expected.extend((936..999).map(id));
        expected.extend([id(999) | GONE, id(2000)]);
        let mut needed = Vec::new();
        sequence.needs(&mut needed);
        assert_eq!(needed, expected);
    }

    #[test]
    fn held_items_come_out_in_order() {
        let mut sequence = sequence(0, []);
        for number in [5, 3, 9, 10, 4] {
            sequence.hold(id(number));
        }
        assert_eq!(sequence.live_from, id(5));
        let mut release = |up_to| {
            let next = || sequence.release(up_to);
            std::iter::from_fn(next).collect::<Vec<_>>()
        };
        assert_eq!(release(id(5)), [3, 4, 5].map(id));
        assert_eq!(release(0), [9, 10].map(id));
        assert!(release(0).is_empty());
    }

    #[test]
    fn edits_and_deletions_are_news_once() {
        let mut sequence = sequence(0, [1, 2]);
        assert!(sequence.revise(id(1) + 1, false));
        assert!(!sequence.revise(id(1) + 1, false));
        assert!(!sequence.revise(id(1), false));
        assert!(!sequence.revise(id(3) + 1, false));
        assert!(sequence.revise(id(2), true));
        assert!(!sequence.revise(id(2), true));
        assert!(!sequence.revise(id(3), true));
        assert!(!sequence.revise(id(2) + 1, false));
        let mut standing = Vec::new();
        sequence.standing(&mut standing);
        assert_eq!(standing, [id(1) + 1]);
    }
}

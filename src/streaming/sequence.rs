//! What a stream has delivered of one numbering, and what it holds back.

use super::channel::Source;
use super::id::Id;

/// How many of the largest delivered ids are remembered. A duplicate older than all of them cannot
/// be told from a status that a remote server delivered late, and is passed on.
const WINDOW: usize = 64;

/// How many delivered ids a backfill reaches back. A post from another server gets an id by the
/// time it was written and arrives later: after the newest id, the next to arrive may be older.
const OVERLAP: usize = 20;

/// Something with an id.
#[derive(Debug, Clone)]
pub struct Item<P> {
    /// The id.
    pub id: Id,
    /// When it was last edited; the empty id when never. Times of one server compare as they are
    /// written.
    pub edited: Id,
    /// The event that it is.
    pub event: P,
}

#[derive(Debug)]
struct Delivered {
    id: Id,
    edited: Id,
    gone: bool,
}

/// One numbering of a stream.
#[derive(Debug)]
pub struct Sequence<P> {
    /// Which.
    pub source: Source,
    /// Nothing at or below this id is fetched: it was there before the stream began, was delivered
    /// by an earlier run, or lies beyond a gap that was reported.
    floor: Option<Id>,
    /// A gap was reported whose end is the next to be delivered.
    gap: bool,
    /// The largest ids delivered, in order.
    seen: Vec<Delivered>,
    /// Live arrivals that wait until what came before them has been fetched, in order.
    held: Vec<Item<P>>,
    /// The first new one that came through the present socket. What an earlier socket brought may
    /// be held back too, with a hole behind it; and what was written long ago may come first.
    live_from: Option<Id>,
}

impl<P> Sequence<P> {
    /// A numbering of which nothing was delivered after `resume`.
    pub fn new(source: Source, resume: Option<Id>) -> Self {
        Self {
            source,
            floor: resume,
            gap: false,
            seen: Vec::new(),
            held: Vec::new(),
            live_from: None,
        }
    }

    /// The newest id delivered, or the one the stream began after.
    pub fn newest(&self) -> Option<Id> {
        let delivered = self.seen.last().map(|last| last.id);
        delivered.max(self.floor)
    }

    /// The id after which to fetch, when there is one to begin from.
    pub fn cursor(&self) -> Option<Id> {
        let from = self.seen.len().saturating_sub(OVERLAP);
        let overlap = self.seen.get(from).map(|entry| entry.id);
        if self.seen.len() < OVERLAP && self.floor.is_some() {
            self.floor
        } else {
            overlap.max(self.floor)
        }
    }

    /// Nothing up to this id will be fetched any more.
    pub fn begin_after(&mut self, id: Id) {
        self.floor = Some(id);
        self.gap = false;
    }

    /// The same for the next id to be delivered.
    pub fn begin_after_next(&mut self) {
        self.gap = true;
    }

    /// Whether this id was delivered, as far as is remembered.
    pub fn knows(&self, id: Id) -> bool {
        self.seen.iter().rev().any(|entry| entry.id == id)
    }

    /// Remembers that an id was delivered.
    pub fn record(&mut self, id: Id, edited: Id) {
        if self.knows(id) {
            return;
        }
        if self.gap && self.newest() < Some(id) {
            self.begin_after(id);
        }
        if self.seen.len() == WINDOW {
            // The smallest makes room, be it this one.
            if self.seen.first().is_some_and(|first| id < first.id) {
                return;
            }
            self.seen.remove(0);
        }
        let entry = Delivered {
            id,
            edited,
            gone: false,
        };
        let newer = self.seen.iter().rev().take_while(|other| id < other.id);
        let at = self.seen.len() - newer.count();
        self.seen.insert(at, entry);
    }

    /// Remembers that an edit was delivered. True when it is news: this status was delivered in an
    /// older form.
    pub fn edit(&mut self, id: Id, edited: Id) -> bool {
        let mut seen = self.seen.iter_mut();
        let entry = seen.find(|entry| entry.id == id && !entry.gone && entry.edited < edited);
        entry.map(|entry| entry.edited = edited).is_some()
    }

    /// Remembers that a deletion was delivered. True when it is news.
    pub fn delete(&mut self, id: Id) -> bool {
        let mut seen = self.seen.iter_mut();
        let entry = seen.find(|entry| entry.id == id && !entry.gone);
        entry.map(|entry| entry.gone = true).is_some()
    }

    /// The newest ids delivered that are not known to be gone, at most as many as one request asks
    /// about.
    pub fn standing(&self) -> Vec<Id> {
        let from = self.seen.len().saturating_sub(OVERLAP);
        let newest = self.seen.iter().skip(from);
        let standing = newest.filter(|entry| !entry.gone);
        standing.map(|entry| entry.id).collect()
    }

    /// Holds a live arrival back.
    pub fn hold(&mut self, item: Item<P>) {
        if self.live_from.is_none() && self.newest() < Some(item.id) {
            self.live_from = Some(item.id);
        }
        let newer = self
            .held
            .iter()
            .rev()
            .take_while(|other| item.id < other.id);
        let at = self.held.len() - newer.count();
        self.held.insert(at, item);
    }

    /// How many are held back.
    pub fn held(&self) -> usize {
        self.held.len()
    }

    /// From which id on everything arrived through the present socket.
    pub fn live_from(&self) -> Option<Id> {
        self.live_from
    }

    /// Another socket takes the place of the present one.
    pub fn reconnected(&mut self) {
        self.live_from = None;
    }

    /// Takes out the oldest of those held back, unless it is newer than `id`.
    pub fn release(&mut self, up_to: Option<Id>) -> Option<Item<P>> {
        let first = self.held.first()?.id;
        if up_to.is_some_and(|id| id < first) {
            return None;
        }
        Some(self.held.remove(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u32) -> Id {
        Id::new(&number.to_string()).unwrap()
    }

    fn time(text: &str) -> Id {
        Id::new(text).unwrap_or_default()
    }

    fn item(number: u32) -> Item<u32> {
        Item {
            id: id(number),
            edited: Id::default(),
            event: number,
        }
    }

    fn sequence(resume: Option<u32>, ids: impl IntoIterator<Item = u32>) -> Sequence<u32> {
        let mut sequence = Sequence::new(Source::Statuses, resume.map(id));
        for number in ids {
            sequence.record(id(number), Id::default());
        }
        sequence
    }

    #[test]
    fn a_backfill_reaches_back_over_what_may_have_arrived_late() {
        assert_eq!(sequence(None, []).cursor(), None);
        assert_eq!(sequence(Some(7), []).cursor(), Some(id(7)));
        assert_eq!(sequence(None, 10..15).cursor(), Some(id(10)));
        assert_eq!(sequence(Some(7), 10..15).cursor(), Some(id(7)));
        assert_eq!(sequence(Some(7), 100..150).cursor(), Some(id(130)));
    }

    #[test]
    fn a_backfill_never_reaches_below_the_beginning() {
        // 3 was written long before it arrived; 4 to 7 were there before the stream was.
        let sequence = sequence(Some(7), [3]);
        assert_eq!(sequence.cursor(), Some(id(7)));
        assert_eq!(sequence.newest(), Some(id(7)));
        assert!(sequence.knows(id(3)));
    }

    #[test]
    fn memory_is_bounded_and_keeps_the_largest() {
        for ids in [(0..1000).collect::<Vec<_>>(), (0..1000).rev().collect()] {
            let sequence = sequence(None, ids);
            assert_eq!(sequence.seen.len(), WINDOW);
            assert!(sequence.seen.is_sorted_by_key(|entry| entry.id));
            assert!(sequence.knows(id(999)));
            assert!(sequence.knows(id(936)));
            assert!(!sequence.knows(id(935)));
            assert_eq!(sequence.newest(), Some(id(999)));
        }
    }

    #[test]
    fn held_items_come_out_in_order() {
        let mut sequence = sequence(None, []);
        for number in [5, 3, 9, 10, 4] {
            sequence.hold(item(number));
        }
        assert_eq!(sequence.live_from(), Some(id(5)));
        let mut release = |up_to: Option<u32>| {
            let next = || sequence.release(up_to.map(id)).map(|item| item.event);
            std::iter::from_fn(next).collect::<Vec<_>>()
        };
        assert_eq!(release(Some(5)), [3, 4, 5]);
        assert_eq!(release(None), [9, 10]);
        assert!(release(None).is_empty());
        sequence.reconnected();
        assert_eq!(sequence.live_from(), None);
    }

    #[test]
    fn edits_and_deletions_are_news_once() {
        let mut sequence = sequence(None, [1, 2]);
        let edited = time("2026-01-01T00:00:00Z");
        assert!(sequence.edit(id(1), edited));
        assert!(!sequence.edit(id(1), edited));
        assert!(!sequence.edit(id(1), time("")));
        assert!(!sequence.edit(id(3), edited));
        assert!(sequence.delete(id(2)));
        assert!(!sequence.delete(id(2)));
        assert!(!sequence.delete(id(3)));
        assert!(!sequence.edit(id(2), edited));
        assert_eq!(sequence.standing(), [id(1)]);
    }
}

//! What a stream has delivered of one numbering, and what it holds back.

use super::channel::Source;
use super::order::{compare, older};
use std::cmp::Ordering;

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
    pub id: Box<str>,
    /// When it was last edited, as the server wrote it; empty when never.
    pub edited: Box<str>,
    /// The event that it is.
    pub event: P,
}

#[derive(Debug)]
struct Delivered {
    id: Box<str>,
    edited: Box<str>,
    gone: bool,
}

/// One numbering of a stream.
#[derive(Debug)]
pub struct Sequence<P> {
    /// Which.
    pub source: Source,
    /// Nothing at or below this id is fetched: it was there before the stream began, was delivered
    /// by an earlier run, or lies beyond a gap that was reported.
    floor: Option<Box<str>>,
    /// A gap was reported whose end is the next to be delivered.
    gap: bool,
    /// The largest ids delivered, in order.
    seen: Vec<Delivered>,
    /// Live arrivals that wait until what came before them has been fetched, in order.
    held: Vec<Item<P>>,
    /// The first new one that came through the present socket. What an earlier socket brought may
    /// be held back too, with a hole behind it; and what was written long ago may come first.
    live_from: Option<Box<str>>,
}

impl<P> Sequence<P> {
    /// A numbering of which nothing was delivered after `resume`.
    pub fn new(source: Source, resume: Option<&str>) -> Self {
        Self {
            source,
            floor: resume.map(Into::into),
            gap: false,
            seen: Vec::new(),
            held: Vec::new(),
            live_from: None,
        }
    }

    /// The newest id delivered, or the one the stream began after.
    pub fn newest(&self) -> Option<&str> {
        let delivered = self.seen.last().map(|last| &*last.id);
        match (delivered, self.floor.as_deref()) {
            (Some(id), Some(floor)) if older(id, floor) => Some(floor),
            (None, floor) => floor,
            (delivered, _) => delivered,
        }
    }

    /// The id after which to fetch, when there is one to begin from.
    pub fn cursor(&self) -> Option<&str> {
        let from = self.seen.len().saturating_sub(OVERLAP);
        let overlap = self.seen.get(from).map(|entry| &*entry.id);
        match (overlap, self.floor.as_deref()) {
            (Some(id), Some(floor)) if self.seen.len() < OVERLAP || older(id, floor) => Some(floor),
            (None, floor) => floor,
            (overlap, _) => overlap,
        }
    }

    /// Nothing up to this id will be fetched any more.
    pub fn begin_after(&mut self, id: &str) {
        self.floor = Some(id.into());
        self.gap = false;
    }

    /// The same for the next id to be delivered.
    pub fn begin_after_next(&mut self) {
        self.gap = true;
    }

    /// Whether this id was delivered, as far as is remembered.
    pub fn knows(&self, id: &str) -> bool {
        self.position(id).is_ok()
    }

    /// Remembers that an id was delivered.
    pub fn record(&mut self, id: Box<str>, edited: Box<str>) {
        let new = || self.newest().is_none_or(|newest| older(newest, &id));
        if self.gap && new() {
            self.begin_after(&id);
        }
        if let Err(at) = self.position(&id) {
            let entry = Delivered {
                id,
                edited,
                gone: false,
            };
            self.seen.insert(at, entry);
            if self.seen.len() > WINDOW {
                self.seen.remove(0);
            }
        }
    }

    /// Remembers that an edit was delivered. True when it is news: this status was delivered in an
    /// older form. Times of one server compare as they are written.
    pub fn edit(&mut self, id: &str, edited: &str) -> bool {
        let entry = self.entry(id);
        entry.is_some_and(|entry| {
            let news = !entry.gone && *entry.edited < *edited;
            if news {
                entry.edited = edited.into();
            }
            news
        })
    }

    /// Remembers that a deletion was delivered. True when it is news.
    pub fn delete(&mut self, id: &str) -> bool {
        let entry = self.entry(id);
        entry.is_some_and(|entry| !std::mem::replace(&mut entry.gone, true))
    }

    /// The newest ids delivered that are not known to be gone, at most as many as one request asks
    /// about.
    pub fn standing(&self) -> Vec<Box<str>> {
        let from = self.seen.len().saturating_sub(OVERLAP);
        let newest = self.seen.iter().skip(from);
        newest
            .filter(|entry| !entry.gone)
            .map(|entry| entry.id.clone())
            .collect()
    }

    /// Holds a live arrival back; of two with one id the later is kept.
    pub fn hold(&mut self, item: Item<P>) {
        let new = self.newest().is_none_or(|newest| older(newest, &item.id));
        if new && self.live_from.is_none() {
            self.live_from = Some(item.id.clone());
        }
        let at = self
            .held
            .iter()
            .rposition(|other| !older(&item.id, &other.id));
        match at {
            Some(at) => match self.held.get_mut(at) {
                Some(same) if same.id == item.id => *same = item,
                _ => self.held.insert(at + 1, item),
            },
            None => self.held.insert(0, item),
        }
    }

    /// How many are held back.
    pub fn held(&self) -> usize {
        self.held.len()
    }

    /// From which id on everything arrived through the present socket.
    pub fn live_from(&self) -> Option<&str> {
        self.live_from.as_deref()
    }

    /// Another socket takes the place of the present one.
    pub fn reconnected(&mut self) {
        self.live_from = None;
    }

    /// Takes out those held back that are not newer than `id`, or all.
    pub fn release(&mut self, up_to: Option<&str>) -> Vec<Item<P>> {
        let newer = |item: &Item<P>| up_to.is_some_and(|id| older(id, &item.id));
        let count = self.held.iter().take_while(|item| !newer(item)).count();
        let rest = self.held.split_off(count);
        std::mem::replace(&mut self.held, rest)
    }

    fn entry(&mut self, id: &str) -> Option<&mut Delivered> {
        let at = self.position(id).ok()?;
        self.seen.get_mut(at)
    }

    /// Where the id is, or where it belongs. From the end, because that is where new ids go.
    fn position(&self, id: &str) -> Result<usize, usize> {
        for (at, entry) in self.seen.iter().enumerate().rev() {
            match compare(&entry.id, id) {
                Ordering::Less => return Err(at + 1),
                Ordering::Equal => return Ok(at),
                Ordering::Greater => {}
            }
        }
        Err(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(id: u32) -> Item<u32> {
        Item {
            id: id.to_string().into(),
            edited: "".into(),
            event: id,
        }
    }

    fn sequence(resume: Option<&str>, ids: impl IntoIterator<Item = u32>) -> Sequence<u32> {
        let mut sequence = Sequence::new(Source::Statuses, resume);
        for id in ids {
            sequence.record(id.to_string().into(), "".into());
        }
        sequence
    }

    #[test]
    fn a_backfill_reaches_back_over_what_may_have_arrived_late() {
        assert_eq!(sequence(None, []).cursor(), None);
        assert_eq!(sequence(Some("7"), []).cursor(), Some("7"));
        assert_eq!(sequence(None, 10..15).cursor(), Some("10"));
        assert_eq!(sequence(Some("7"), 10..15).cursor(), Some("7"));
        assert_eq!(sequence(Some("7"), 100..150).cursor(), Some("130"));
    }

    #[test]
    fn a_backfill_never_reaches_below_the_beginning() {
        // 3 was written long before it arrived; 4 to 7 were there before the stream was.
        let sequence = sequence(Some("7"), [3]);
        assert_eq!(sequence.cursor(), Some("7"));
        assert_eq!(sequence.newest(), Some("7"));
        assert!(sequence.knows("3"));
    }

    #[test]
    fn memory_is_bounded_and_keeps_the_largest() {
        let sequence = sequence(None, (0..1000).rev());
        assert_eq!(sequence.seen.len(), WINDOW);
        assert!(sequence.knows("999"));
        assert!(sequence.knows("936"));
        assert!(!sequence.knows("935"));
        assert_eq!(sequence.newest(), Some("999"));
    }

    #[test]
    fn held_items_come_out_in_order_each_once() {
        let mut sequence = sequence(None, []);
        for id in [5, 3, 9, 3, 10, 4] {
            sequence.hold(item(id));
        }
        assert_eq!(sequence.live_from(), Some("5"));
        let ids = |items: Vec<Item<u32>>| items.iter().map(|i| i.event).collect::<Vec<_>>();
        assert_eq!(ids(sequence.release(Some("5"))), [3, 4, 5]);
        assert_eq!(sequence.held(), 2);
        assert_eq!(ids(sequence.release(None)), [9, 10]);
        sequence.reconnected();
        assert_eq!(sequence.live_from(), None);
    }

    #[test]
    fn edits_and_deletions_are_news_once() {
        let mut sequence = sequence(None, [1, 2]);
        assert!(sequence.edit("1", "2026-01-01T00:00:00Z"));
        assert!(!sequence.edit("1", "2026-01-01T00:00:00Z"));
        assert!(!sequence.edit("1", ""));
        assert!(!sequence.edit("3", "2026-01-01T00:00:00Z"));
        assert!(sequence.delete("2"));
        assert!(!sequence.delete("2"));
        assert!(!sequence.delete("3"));
        assert!(!sequence.edit("2", "2026-01-01T00:00:00Z"));
        assert_eq!(sequence.standing(), [Box::<str>::from("1")]);
    }
}

//! What a subscription has delivered of one list, and what it holds back.

use super::entity_id::EntityId;
use super::event::Entry;
use super::event::Source;

/// How many of the largest delivered ids are remembered. A duplicate older than all of them cannot
/// be told from a status that a remote server delivered late, and is passed on.
const WINDOW: usize = 64;

/// How many delivered ids a fill reaches back. A post from another server gets an id by the time it
/// was written and arrives later: after the newest id, the next to arrive may be older.
pub const OVERLAP: usize = 20;

/// Where a list begins for a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Floor {
    /// It is not known yet.
    Unknown,
    /// The list was empty: all that comes is new.
    Empty,
    /// Nothing at or below this is fetched: it was there before the subscription began, was delivered
    /// by an earlier run, or lies beyond a gap that was reported.
    At(EntityId),
}

/// Where a page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// What the server is asked for: entries newer than this.
    pub after: EntityId,
    /// Nothing at or below this is new, whatever the server sends.
    pub bound: EntityId,
}

/// One that was delivered.
#[derive(Debug)]
struct Delivered {
    id: EntityId,
    edited_at: String,
    deleted: bool,
}

/// The delivered log of one list.
#[derive(Debug)]
pub struct DeliveredLog<P> {
    /// Which list.
    pub source: Source,
    /// Where it begins.
    pub floor: Floor,
    /// A gap was reported whose end is the next to be delivered.
    open_gap: bool,
    /// The largest delivered, in order, in the edition that was delivered last.
    seen: Vec<Delivered>,
    /// Live arrivals that wait until what came before them has been fetched, in order.
    held: Vec<Entry<P>>,
    /// The first new one that came through the present socket: from it on everything arrived. What
    /// an earlier socket brought may be held back too, with a hole behind it; and what was written
    /// long ago may come first.
    pub live_from: Option<EntityId>,
    /// The same of the socket before, which is gone: what was posted since did not arrive.
    ended_run: Option<EntityId>,
}

/// Where an id is in a list that is in order, or where it belongs. What is looked for is mostly new,
/// so the search begins at the end.
///
/// # Errors
/// The id is not in the list.
pub fn find<T>(list: &[T], id: &EntityId, of: impl Fn(&T) -> &EntityId) -> Result<usize, usize> {
    let mut at = list.len();
    for other in list.iter().rev().map(of) {
        if other < id {
            break;
        }
        at -= 1;
        if other == id {
            return Ok(at);
        }
    }
    Err(at)
}

/// Adds an entry to a list that is in order, unless it is there. Whether it was not.
pub fn insert<P>(list: &mut Vec<Entry<P>>, entry: Entry<P>) -> bool {
    match find(list, &entry.id, |own| &own.id) {
        Ok(_) => false,
        Err(at) => {
            list.insert(at, entry);
            true
        }
    }
}

/// The entries in order, the oldest first, each once.
pub fn in_order<P>(entries: Vec<Entry<P>>) -> Vec<Entry<P>> {
    let mut list = Vec::new();
    // Servers send the newest first, and the search begins at the end.
    for entry in entries.into_iter().rev() {
        insert(&mut list, entry);
    }
    list
}

impl<P> DeliveredLog<P> {
    /// A log of which nothing was delivered after `resume`.
    pub fn new(source: Source, resume: Option<EntityId>) -> Self {
        Self {
            source,
            floor: resume.map_or(Floor::Unknown, Floor::At),
            open_gap: false,
            seen: Vec::new(),
            held: Vec::new(),
            live_from: None,
            ended_run: None,
        }
    }

    /// Whether it is known where the list begins, or how far it was delivered.
    pub fn has_begun(&self) -> bool {
        self.floor != Floor::Unknown || !self.seen.is_empty()
    }

    fn floor_id(&self) -> Option<&EntityId> {
        match &self.floor {
            Floor::At(id) => Some(id),
            Floor::Unknown | Floor::Empty => None,
        }
    }

    /// The newest delivered, or the one that the subscription began after.
    pub fn newest(&self) -> Option<&EntityId> {
        self.seen.last().map(|last| &last.id).max(self.floor_id())
    }

    /// Where to begin fetching what was missed: far enough back for what may have arrived late, and
    /// with something that was delivered on the first page, if that still exists. None where the list
    /// is to be asked for from its top, because it was empty.
    pub fn first_cursor(&self) -> Option<Cursor> {
        let at_floor = |floor: &EntityId| Cursor {
            after: floor.predecessor().unwrap_or_else(|| floor.clone()),
            bound: floor.clone(),
        };
        let far = self.overlap().first().map(|first| &first.id);
        if self.seen.len() < OVERLAP {
            return match &self.floor {
                Floor::At(floor) => Some(at_floor(floor)),
                Floor::Empty => None,
                Floor::Unknown => far.map(before_id),
            };
        }
        match (far, self.floor_id()) {
            (Some(far), Some(floor)) if far < floor => Some(at_floor(floor)),
            (far, _) => far.map(|far| Cursor {
                after: far.clone(),
                bound: far.clone(),
            }),
        }
    }

    /// Where the next page begins: just before the newest delivered, which then shows that nothing is
    /// missing in between.
    pub fn next_cursor(&self) -> Option<Cursor> {
        let newest = self.newest()?;
        // What lies below the floor was reported as a gap.
        let before = self.seen.iter().rev().map(|own| &own.id);
        let before = before.filter(|id| Some(*id) >= self.floor_id());
        let before = before
            .chain(self.floor_id())
            .filter(|id| *id < newest)
            .max();
        Some(match before {
            Some(before) => Cursor {
                after: before.clone(),
                bound: before.clone(),
            },
            None => Cursor {
                after: newest.predecessor().unwrap_or_else(|| newest.clone()),
                bound: newest.clone(),
            },
        })
    }

    /// Nothing up to this one will be fetched any more.
    pub fn begin_after(&mut self, id: EntityId) {
        self.floor = Floor::At(id);
        self.open_gap = false;
    }

    /// The same for the next one to arrive.
    pub fn begin_after_next(&mut self) {
        if let Some(last) = self.held.last() {
            self.floor = Floor::At(last.id.clone());
        }
        self.open_gap = true;
    }

    /// Whether this one was delivered, as far as is remembered.
    pub fn knows(&self, id: &EntityId) -> bool {
        find(&self.seen, id, |own| &own.id).is_ok()
    }

    /// Whether this one is not new: it was delivered, or may have been, so many ago that it is not
    /// remembered.
    pub fn is_past(&self, id: &EntityId) -> bool {
        let full = self.seen.len() == WINDOW;
        self.knows(id) || full && self.seen.first().is_some_and(|first| *id < first.id)
    }

    /// Whether this one is held back.
    pub fn holds(&self, id: &EntityId) -> bool {
        find(&self.held, id, |own| &own.id).is_ok()
    }

    /// Remembers that this one was delivered.
    pub fn record(&mut self, id: &EntityId, edited_at: &str) {
        let Err(mut at) = find(&self.seen, id, |own| &own.id) else {
            return;
        };
        if self.open_gap && self.newest() < Some(id) {
            self.begin_after(id.clone());
        }
        if self.seen.len() == WINDOW {
            // The smallest makes room, be it this one.
            if at == 0 {
                return;
            }
            self.seen.remove(0);
            at -= 1;
        }
        self.seen.insert(
            at,
            Delivered {
                id: id.clone(),
                edited_at: edited_at.to_owned(),
                deleted: false,
            },
        );
    }

    fn revise(&mut self, id: &EntityId, change: impl FnOnce(&mut Delivered) -> bool) -> bool {
        let at = find(&self.seen, id, |own| &own.id).ok();
        at.and_then(|at| self.seen.get_mut(at))
            .is_some_and(|own| !own.deleted && change(own))
    }

    /// Remembers that a deletion was delivered. Whether it is news: this status was delivered.
    pub fn delete(&mut self, id: &EntityId) -> bool {
        self.revise(id, |own| {
            own.deleted = true;
            true
        })
    }

    /// Remembers that an edit was delivered. Whether it is news: this status was delivered in an
    /// older edition.
    pub fn edit(&mut self, id: &EntityId, edited_at: &str) -> bool {
        self.revise(id, |own| {
            let news = own.edited_at.as_str() < edited_at;
            if news {
                edited_at.clone_into(&mut own.edited_at);
            }
            news
        })
    }

    /// The newest delivered that are not known to be deleted, at most as many as one request asks
    /// about.
    pub fn standing(&self) -> Vec<EntityId> {
        let standing = self.overlap().iter().filter(|own| !own.deleted);
        standing.map(|own| own.id.clone()).collect()
    }

    fn overlap(&self) -> &[Delivered] {
        let from = self.seen.len().saturating_sub(OVERLAP);
        self.seen.get(from..).unwrap_or_default()
    }

    /// Holds a live arrival back.
    pub fn hold(&mut self, entry: Entry<P>) {
        if self.live_from.is_none() && self.newest() < Some(&entry.id) {
            self.live_from = Some(entry.id.clone());
        }
        insert(&mut self.held, entry);
    }

    /// The socket is gone: what is posted from now on does not arrive.
    pub fn end_run(&mut self) {
        if let Some(from) = self.live_from.take() {
            self.ended_run = Some(from);
        }
    }

    /// Where the last of those held back begin that arrived one after the other, through a socket that may
    /// be gone. There may be a hole in front of them.
    pub fn last_run(&self) -> Option<EntityId> {
        let run = self.live_from.as_ref().or(self.ended_run.as_ref());
        run.filter(|_| !self.held.is_empty()).cloned()
    }

    /// How many are held back.
    pub fn held(&self) -> usize {
        self.held.len()
    }

    /// Takes out the oldest of those held back, unless it is newer than `up_to` where that is one.
    pub fn release(&mut self, up_to: Option<&EntityId>) -> Option<Entry<P>> {
        let first = self.held.first()?;
        if up_to.is_some_and(|up_to| *up_to < first.id) {
            return None;
        }
        Some(self.held.remove(0))
    }
}

/// A page that begins just before an entry.
fn before_id(id: &EntityId) -> Cursor {
    let before = id.predecessor().unwrap_or_else(|| id.clone());
    Cursor {
        after: before.clone(),
        bound: before,
    }
}

#[cfg(test)]
mod tests {
    use super::super::entity_id::id;
    use super::*;

    /// A snowflake.
    fn flake(number: u64) -> EntityId {
        id(113_000_000_000_000_000 + number * 65_536)
    }

    fn log(resume: Option<u64>, ids: impl IntoIterator<Item = u64>) -> DeliveredLog<()> {
        let mut log = DeliveredLog::new(Source::Statuses, resume.map(flake));
        for number in ids {
            log.record(&flake(number), "");
        }
        log
    }

    fn entry(number: u64) -> Entry<()> {
        Entry {
            id: flake(number),
            edited_at: String::new(),
            payload: (),
        }
    }

    #[test]
    fn a_fill_reaches_back_over_what_may_have_arrived_late() {
        let just_before = |number: u64, bound: u64| {
            Some(Cursor {
                after: flake(number).predecessor().unwrap(),
                bound: flake(bound),
            })
        };
        assert_eq!(log(None, []).first_cursor(), None);
        assert_eq!(log(Some(7), []).first_cursor(), just_before(7, 7));
        assert_eq!(log(Some(7), 10..15).first_cursor(), just_before(7, 7));
        let far = log(Some(7), 100..150).first_cursor().unwrap();
        assert_eq!((far.after, far.bound), (flake(130), flake(130)));
        let begun = log(None, 10..15).first_cursor().unwrap();
        assert!(begun.after < flake(10) && begun.bound < flake(10));
    }

    #[test]
    fn a_fill_never_reaches_below_the_beginning() {
        // 3 was written long before it arrived; 4 to 7 were there before the subscription was.
        let log = log(Some(7), [3]);
        assert_eq!(log.first_cursor().unwrap().bound, flake(7));
        assert_eq!(log.newest(), Some(&flake(7)));
        assert!(log.knows(&flake(3)));
    }

    #[test]
    fn the_next_page_begins_with_the_last_delivered() {
        assert_eq!(log(None, []).next_cursor(), None);
        let after = |log: &DeliveredLog<()>| log.next_cursor().unwrap().after;
        assert_eq!(after(&log(Some(7), 10..15)), flake(13));
        assert_eq!(after(&log(Some(7), [10])), flake(7));
        assert_eq!(after(&log(Some(7), [3])), flake(7).predecessor().unwrap());
        assert_eq!(after(&log(Some(7), [])), flake(7).predecessor().unwrap());
    }

    #[test]
    fn an_empty_list_is_asked_for_from_its_top() {
        let mut log = log(None, []);
        log.floor = Floor::Empty;
        assert!(log.has_begun());
        log.record(&flake(1), "");
        assert_eq!(log.first_cursor(), None);
        for number in 2..30 {
            log.record(&flake(number), "");
        }
        assert_eq!(log.first_cursor().unwrap().after, flake(10));
    }

    #[test]
    fn memory_is_bounded_and_keeps_the_largest() {
        for ids in [(0..1000).collect::<Vec<_>>(), (0..1000).rev().collect()] {
            let log = log(None, ids);
            assert_eq!(log.seen.len(), WINDOW);
            assert!(log.seen.is_sorted_by_key(|own| own.id.clone()));
            assert!(log.knows(&flake(999)));
            assert!(log.knows(&flake(936)));
            assert!(!log.knows(&flake(935)));
            assert_eq!(log.newest(), Some(&flake(999)));
        }
    }

    #[test]
    fn held_entries_come_out_in_order() {
        let mut log = log(None, []);
        for number in [5, 3, 9, 10, 4, 5] {
            log.hold(entry(number));
        }
        assert_eq!(log.live_from, Some(flake(5)));
        assert!(log.holds(&flake(9)));
        let mut release = |up_to: Option<EntityId>| {
            let next = || log.release(up_to.as_ref());
            let entries: Vec<Entry<()>> = std::iter::from_fn(next).collect();
            entries.into_iter().map(|own| own.id).collect::<Vec<_>>()
        };
        assert_eq!(release(Some(flake(5))), [3, 4, 5].map(flake));
        assert_eq!(release(None), [9, 10].map(flake));
        assert!(release(None).is_empty());
    }

    #[test]
    fn edits_and_deletions_are_news_once() {
        let mut log = log(None, [1, 2]);
        assert!(log.edit(&flake(1), "2026-01-01"));
        assert!(!log.edit(&flake(1), "2026-01-01"));
        assert!(!log.edit(&flake(1), ""));
        assert!(!log.edit(&flake(3), "2026-01-01"));
        assert!(log.delete(&flake(2)));
        assert!(!log.delete(&flake(2)));
        assert!(!log.delete(&flake(3)));
        assert!(!log.edit(&flake(2), "2026-01-01"));
        assert_eq!(log.standing(), [flake(1)]);
    }

    #[test]
    fn pages_are_put_in_order() {
        let list = in_order([5, 4, 4, 9, 1].map(entry).into());
        let ids: Vec<EntityId> = list.into_iter().map(|own| own.id).collect();
        assert_eq!(ids, [1, 4, 5, 9].map(flake));
    }
}

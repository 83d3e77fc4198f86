//! What a subscription has delivered from one list, and what it holds back.

use super::entity_id::EntityId;
use super::event::Entry;
use super::event::Source;

/// How many of the largest delivered ids are remembered. An older id may be a duplicate, or a status that a
/// remote server delivered late, so its event is passed on.
const WINDOW: usize = 64;

/// How many delivered ids a fill goes back. A status from another server gets an id for the time when it was
/// written, but arrives later. So it may have an older id than the newest one delivered.
pub const OVERLAP: usize = 20;

/// Where a list begins for a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Floor {
    /// Not known yet.
    Unknown,
    /// The list was empty: every entry is new.
    Empty,
    /// Nothing at or below this id is fetched. It existed before the subscription began, was delivered by an
    /// earlier run, or is covered by a reported gap.
    At(EntityId),
}

/// The position of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The cursor sent to the server: entries newer than this.
    pub after: EntityId,
    /// No entry at or below this is new, whatever the server sends.
    pub bound: EntityId,
}

/// A delivered entry.
#[derive(Debug)]
struct Delivered {
    id: EntityId,
    edited_at: String,
    deleted: bool,
}

/// The delivered log of one list.
#[derive(Debug)]
pub struct DeliveredLog<P> {
    /// The list.
    pub source: Source,
    /// Where the list begins for the subscription.
    pub floor: Floor,
    /// A gap without an end was reported: it ends with the next delivered entry.
    open_gap: bool,
    /// The delivered entries with the largest ids, in order, each in the version that was delivered last.
    seen: Vec<Delivered>,
    /// Live entries, in order. They wait until the entries before them have been fetched.
    held: Vec<Entry<P>>,
    /// The first new entry of the current socket: from there on, everything arrived. Entries of an earlier
    /// socket may be held back too, with a hole after them. Statuses with old ids may come first.
    pub live_from: Option<EntityId>,
    /// The same for the previous socket, which is gone: later entries did not arrive.
    ended_run: Option<EntityId>,
}

/// The position of an id in a sorted list, or where it belongs. Most ids are new, so the search begins at the
/// end.
///
/// # Errors
/// The id is not in the list. Contains the position where it belongs.
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

/// Inserts an entry into a sorted list, unless it is already there. Returns whether it was inserted.
pub fn insert<P>(list: &mut Vec<Entry<P>>, entry: Entry<P>) -> bool {
    match find(list, &entry.id, |own| &own.id) {
        Ok(_) => false,
        Err(at) => {
            list.insert(at, entry);
            true
        }
    }
}

/// The entries sorted by id, the oldest first, without duplicates.
pub fn in_order<P>(entries: Vec<Entry<P>>) -> Vec<Entry<P>> {
    let mut list = Vec::new();
    // Servers send the newest first. Reversed, each search ends at once.
    for entry in entries.into_iter().rev() {
        insert(&mut list, entry);
    }
    list
}

impl<P> DeliveredLog<P> {
    /// A log in which everything up to `resume` was delivered.
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

    /// Whether it is known where the list begins, or what was delivered.
    pub fn has_begun(&self) -> bool {
        self.floor != Floor::Unknown || !self.seen.is_empty()
    }

    fn floor_id(&self) -> Option<&EntityId> {
        match &self.floor {
            Floor::At(id) => Some(id),
            Floor::Unknown | Floor::Empty => None,
        }
    }

    /// The newest delivered id, or the one after which the subscription began.
    pub fn newest(&self) -> Option<&EntityId> {
        self.seen.last().map(|last| &last.id).max(self.floor_id())
    }

    /// Where to start fetching missed entries. It is far enough back to find entries that arrived late, and
    /// so that the first page has a delivered entry, if that still exists. `None` if the list was empty: then
    /// it is fetched from the top.
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

    /// Where the next page begins: just before the newest delivered entry. If that entry is on the page,
    /// nothing is missing in between.
    pub fn next_cursor(&self) -> Option<Cursor> {
        let newest = self.newest()?;
        // Entries below the floor are covered by a reported gap.
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

    /// Stops fetching anything up to this id.
    pub fn begin_after(&mut self, id: EntityId) {
        self.floor = Floor::At(id);
        self.open_gap = false;
    }

    /// Goes on after the newest entry of the server instead, if that is older than the point to resume after:
    /// that entry was deleted, or is a time by a clock that is ahead.
    pub fn lower_floor(&mut self, newest: EntityId) {
        if self.seen.is_empty() && self.floor_id().is_some_and(|floor| newest < *floor) {
            self.floor = Floor::At(newest);
        }
    }

    /// Stops fetching anything before the next entry that arrives.
    pub fn begin_after_next(&mut self) {
        if let Some(last) = self.held.last() {
            self.floor = Floor::At(last.id.clone());
        }
        self.open_gap = true;
    }

    /// Whether this id was delivered, as far as is remembered.
    pub fn knows(&self, id: &EntityId) -> bool {
        find(&self.seen, id, |own| &own.id).is_ok()
    }

    /// Whether this id is not new: it was delivered, or it is older than all remembered ids.
    pub fn is_past(&self, id: &EntityId) -> bool {
        let full = self.seen.len() == WINDOW;
        self.knows(id) || full && self.seen.first().is_some_and(|first| *id < first.id)
    }

    /// Whether the entry with this id is held back.
    pub fn holds(&self, id: &EntityId) -> bool {
        find(&self.held, id, |own| &own.id).is_ok()
    }

    /// Notes that this id was delivered.
    pub fn record(&mut self, id: &EntityId, edited_at: &str) {
        let Err(mut at) = find(&self.seen, id, |own| &own.id) else {
            return;
        };
        if self.open_gap && self.newest() < Some(id) {
            self.begin_after(id.clone());
        }
        if self.seen.len() == WINDOW {
            // The smallest id is removed, even if it is this one.
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

    /// Notes a deletion. Returns whether it is news, because the status was delivered.
    pub fn delete(&mut self, id: &EntityId) -> bool {
        self.revise(id, |own| {
            own.deleted = true;
            true
        })
    }

    /// Notes an edit. Returns whether it is news, because the status was delivered in an older version.
    pub fn edit(&mut self, id: &EntityId, edited_at: &str) -> bool {
        self.revise(id, |own| {
            let news = own.edited_at.as_str() < edited_at;
            if news {
                edited_at.clone_into(&mut own.edited_at);
            }
            news
        })
    }

    /// The newest delivered ids that are not known to be deleted: as many as one request can contain.
    pub fn standing(&self) -> Vec<EntityId> {
        let standing = self.overlap().iter().filter(|own| !own.deleted);
        standing.map(|own| own.id.clone()).collect()
    }

    fn overlap(&self) -> &[Delivered] {
        let from = self.seen.len().saturating_sub(OVERLAP);
        self.seen.get(from..).unwrap_or_default()
    }

    /// Holds a live entry back.
    pub fn hold(&mut self, entry: Entry<P>) {
        if self.live_from.is_none() && self.newest() < Some(&entry.id) {
            self.live_from = Some(entry.id.clone());
        }
        insert(&mut self.held, entry);
    }

    /// The socket is gone: later entries do not arrive.
    pub fn end_run(&mut self) {
        if let Some(from) = self.live_from.take() {
            self.ended_run = Some(from);
        }
    }

    /// The start of the last entries held back without a hole between them, even if their socket is gone.
    /// There may be a hole before them.
    pub fn last_run(&self) -> Option<EntityId> {
        let run = self.live_from.as_ref().or(self.ended_run.as_ref());
        run.filter(|_| !self.held.is_empty()).cloned()
    }

    /// How many entries are held back.
    pub fn held(&self) -> usize {
        self.held.len()
    }

    /// Removes the oldest entry held back and returns it, unless it is newer than `up_to`.
    pub fn release(&mut self, up_to: Option<&EntityId>) -> Option<Entry<P>> {
        let first = self.held.first()?;
        if up_to.is_some_and(|up_to| *up_to < first.id) {
            return None;
        }
        Some(self.held.remove(0))
    }
}

/// The cursor of a page that begins just before an entry.
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

    /// A snowflake id.
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
        // 3 was written long before it arrived. 4 to 7 existed before the subscription.
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

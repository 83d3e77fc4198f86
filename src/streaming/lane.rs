//! One stream's events on their way to the listeners: each once, in order, without holes.
//!
//! While the socket stands, events pass as they arrive. When it dropped, the lane is *stale*: what
//! arrives on the next socket is held back while what was missed is fetched over REST, oldest
//! first, and both are merged by id.

use super::channel::{Channel, Source};
use super::hub::Action;
use super::id::Id;
use super::sequence::{Item, Sequence};

/// How many entries a page is asked for; driver.js has it too.
pub const PAGE: usize = 40;

/// How long after subscribing the server is given to take up the subscription, in milliseconds. It
/// never says that it has: only a page asked for later than this can prove that nothing was missed
/// in between.
const SETTLE: f64 = 1_000.0;

/// How many live events are held back before the lane gives up fetching what came before them.
const HELD_LIMIT: usize = 1_000;

/// How often a request is tried.
const TRIES: u32 = 3;

/// What an event means for the record of what was delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Something new in a numbering.
    New(Source),
    /// A status was edited.
    Edit,
    /// A status is gone.
    Delete,
    /// Nothing that could be missed over REST.
    Other,
}

/// What is handed to listeners.
#[derive(Debug, Clone)]
pub enum Event<P> {
    /// An event as it came, or made of what REST sent.
    Whole(P),
    /// A status that was deleted while nobody listened.
    Deleted(Id),
    /// Events between these ids (both exclusive) were missed and cannot be had again.
    Gap(Option<Id>, Option<Id>),
}

/// What to ask of REST.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// The newest entry.
    Newest(Source),
    /// A page of those directly after an id.
    After(Source, Id),
    /// The statuses of these ids, as far as they still exist.
    Statuses(Vec<Id>),
}

/// Why a request brought nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Failure {
    /// The same request may succeed later.
    Passing,
    /// It may after so many milliseconds, and not before: the server counts requests.
    Limited(f64),
    /// It will not.
    Lasting,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Nothing is asked of REST.
    Rest,
    /// Finding out where the stream begins.
    Anchor,
    /// Fetching what was missed.
    Page,
    /// The gap is larger than allowed: finding its far end.
    FarEnd,
    /// Asking which of the statuses delivered last were edited or deleted.
    Check,
}

/// A live event that belongs to no sequence.
#[derive(Debug)]
struct Other<P> {
    kind: Kind,
    id: Id,
    edited: Id,
    event: P,
}

/// One stream's way to those who listen to it.
#[allow(
    clippy::struct_excessive_bools,
    reason = "they do not depend on one another"
)]
#[derive(Debug)]
pub struct Lane<P> {
    /// Its number.
    pub id: u32,
    /// Its stream.
    pub channel: Channel,
    /// How many missed entries of a kind are fetched at most.
    pub limit: u32,
    sequences: Vec<Sequence<P>>,
    /// Held back: what belongs to no sequence, in order of arrival.
    others: Vec<Other<P>>,
    /// Whether something may have been missed: live events are held back.
    stale: bool,
    /// Whether it has delivered what there was at some time, so that a hole since then is a loss.
    lived: bool,
    /// When it was subscribed on the socket that is open now.
    subscribed: Option<f64>,
    /// Whether the server can be asked about several statuses at once.
    checks: bool,

    // What is asked of REST.
    step: Step,
    /// Of which sequence.
    index: usize,
    /// Under which ticket the answer is awaited: an answer may come after it was given up.
    ticket: u32,
    /// When to send the request; infinity while it is under way.
    due: f64,
    asked: f64,
    cursor: Id,
    fetched: u32,
    tries: u32,
    /// The statuses to ask about at the end, whether they were edited or deleted.
    standing: Vec<Id>,
    /// The socket was lost and replaced in the meantime: once more from the beginning.
    again: bool,
}

/// What is to be done comes out here.
type Out<P> = Vec<Action<P>>;

impl<P> Lane<P> {
    /// A lane that begins after these ids, the second of notifications beside something else; else
    /// with what arrives.
    pub fn new(id: u32, channel: Channel, limit: u32, resume: [Option<Id>; 2]) -> Self {
        let [first, second] = resume;
        let mut sequences = Vec::new();
        for source in Source::ALL {
            if channel.has(source) {
                let resume = if sequences.is_empty() { first } else { second };
                sequences.push(Sequence::new(source, resume));
            }
        }
        Self {
            id,
            channel,
            limit,
            stale: sequences.iter().any(|sequence| sequence.newest().is_some()),
            sequences,
            others: Vec::new(),
            lived: false,
            subscribed: None,
            checks: true,
            step: Step::Rest,
            index: 0,
            ticket: 0,
            due: f64::INFINITY,
            asked: 0.0,
            cursor: Id::default(),
            fetched: 0,
            tries: 0,
            standing: Vec::new(),
            again: false,
        }
    }

    /// Whether it goes on from where an earlier run stopped.
    pub fn resumes(&self) -> bool {
        self.stale && !self.lived
    }

    /// When it next wants to be woken.
    pub fn deadline(&self) -> f64 {
        self.due
    }

    /// The stream was subscribed on an open socket.
    pub fn subscribed(&mut self, now: f64, out: &mut Out<P>) {
        self.subscribed = Some(now);
        for sequence in &mut self.sequences {
            sequence.reconnected();
        }
        if self.step != Step::Rest {
            // Pages of the first sequence go on until they have caught up with this moment.
            self.again = self.stale && !(self.index == 0 && self.step == Step::Page);
        } else if self.stale || self.sequences.iter().any(|own| own.newest().is_none()) {
            self.recover(now, out);
        }
    }

    /// The socket is gone.
    pub fn dropped(&mut self) {
        if self.subscribed.take().is_some() {
            self.stale = true;
            self.lived = true;
        }
    }

    /// Fetches what was missed, unless that is going on already.
    pub fn recover(&mut self, now: f64, out: &mut Out<P>) {
        if self.step != Step::Rest {
            return;
        }
        self.stale |= self.subscribed.is_none();
        // What REST sends from now on is as new as can be: only what was delivered before can be old.
        let statuses = self.sequences.first();
        let statuses = statuses.filter(|own| own.source == Source::Statuses);
        self.standing = match statuses {
            Some(sequence) if self.stale && self.limit > 0 => sequence.standing(),
            _ => Vec::new(),
        };
        self.again = false;
        if self.sequences.is_empty() && self.lived && self.subscribed.is_some() {
            self.deliver(Event::Gap(None, None), out);
        }
        self.begin(0, now, out);
    }

    /// An event arrived. The ids are those of the entity, empty where it has none.
    pub fn arrived(&mut self, kind: Kind, id: Id, edited: Id, event: P, out: &mut Out<P>) {
        let of = |own: &Sequence<P>| kind == Kind::New(own.source) && id != Id::default();
        #[allow(clippy::single_match_else, reason = "two cases of one weight")]
        match self.sequences.iter().position(of) {
            Some(index) => {
                let item = Item { id, edited, event };
                if !self.stale {
                    self.pass(index, item, false, out);
                } else if let Some(sequence) = self.sequences.get_mut(index) {
                    sequence.hold(item);
                }
            }
            None => {
                self.others.push(Other {
                    kind,
                    id,
                    edited,
                    event,
                });
                if !self.stale {
                    self.release_others(out);
                }
            }
        }
        let held: usize = self.sequences.iter().map(Sequence::held).sum();
        if held + self.others.len() > HELD_LIMIT {
            self.give_up(out);
        }
    }

    /// The request under this ticket was answered.
    pub fn answered(
        &mut self,
        ticket: u32,
        answer: Result<Vec<Item<P>>, Failure>,
        now: f64,
        out: &mut Out<P>,
    ) {
        if self.ticket != ticket || self.due < f64::INFINITY {
            return;
        }
        match answer {
            Ok(items) => {
                self.tries = 0;
                match self.step {
                    Step::Rest => {}
                    Step::Anchor => self.anchor(items.first().map(|item| item.id), now, out),
                    Step::Page => self.page(items, now, out),
                    Step::FarEnd => self.far_end(items.into_iter().next(), now, out),
                    Step::Check => self.compare_standing(items, now, out),
                }
            }
            Err(Failure::Limited(wait)) => self.due = now + wait,
            Err(failure) => self.failed(failure == Failure::Lasting, now, out),
        }
    }

    /// Time passed.
    pub fn tick(&mut self, now: f64, out: &mut Out<P>) {
        if self.due <= now {
            self.ask(now, out);
        }
    }

    fn failed(&mut self, lasting: bool, now: f64, out: &mut Out<P>) {
        self.tries += 1;
        if !lasting && self.tries < TRIES {
            self.due = now + f64::from(500_u32 << self.tries);
        } else if self.step == Step::Check {
            // A convenience of newer servers: without it, missed edits and deletions stay unknown.
            self.checks = !lasting;
            self.finish(now, out);
        } else if self.step == Step::FarEnd {
            self.far_end(None, now, out);
        } else if self.subscribed.is_some() || lasting {
            self.gap(self.index, out);
            self.end_sequence(now, out);
        } else {
            // Without a connection nothing is certain to be lost yet: the next one tries again,
            // and what is held back waits for it.
            self.step = Step::Rest;
        }
    }

    /// Takes up the sequence of this index, or ends the recovery after the last.
    fn begin(&mut self, index: usize, now: f64, out: &mut Out<P>) {
        self.index = index;
        self.fetched = 0;
        self.tries = 0;
        let Some(sequence) = self.sequences.get(index) else {
            return self.conclude(now, out);
        };
        if self.limit == 0 {
            self.gap(index, out);
            return self.end_sequence(now, out);
        }
        self.step = Step::Anchor;
        if let Some(cursor) = sequence.cursor() {
            self.step = Step::Page;
            self.cursor = cursor;
        }
        self.ask(now, out);
    }

    /// Sends the request of the present step.
    fn ask(&mut self, now: f64, out: &mut Out<P>) {
        self.due = f64::INFINITY;
        self.asked = now;
        let sequence = self.sequences.get(self.index);
        let source = sequence.map_or(Source::Statuses, |sequence| sequence.source);
        let request = match self.step {
            Step::Page => Request::After(source, self.cursor),
            Step::Check => Request::Statuses(self.standing.clone()),
            _ => Request::Newest(source),
        };
        self.ticket += 1;
        out.push(Action::Fetch(self.id, self.ticket, request));
    }

    /// The stream turned out to begin at `newest`. If it had been running before, what it missed
    /// cannot be known.
    fn anchor(&mut self, newest: Option<Id>, now: f64, out: &mut Out<P>) {
        if self.stale && self.lived {
            self.deliver(Event::Gap(None, None), out);
        }
        // Where nothing is yet, everything to come is new: every id is larger than "0".
        if let Some(id) = newest.or_else(|| Id::new("0"))
            && let Some(sequence) = self.sequences.get_mut(self.index)
        {
            sequence.begin_after(id);
        }
        self.end_sequence(now, out);
    }

    /// A page of what was missed: delivered in order, with what was held back in between.
    fn page(&mut self, items: Vec<Item<P>>, now: f64, out: &mut Out<P>) {
        let index = self.index;
        let Some(sequence) = self.sequences.get(index) else {
            return;
        };
        let full = items.len() >= PAGE;
        let live = sequence.live_from();
        let mut fresh: Vec<Item<P>> = Vec::with_capacity(items.len());
        let mut last = self.cursor;
        for item in items {
            last = last.max(item.id);
            // A server may pass over the cursor and send what came before.
            if self.cursor < item.id && !sequence.knows(item.id) {
                // Servers send the newest first, so the oldest is last here.
                let newer = fresh.iter().take_while(|other| item.id < other.id);
                fresh.insert(newer.count(), item);
            }
        }
        let ended = last == self.cursor || (fresh.is_empty() && !full);
        self.cursor = last;
        while let Some(item) = fresh.pop() {
            // What the socket brought anyway does not count.
            if live.is_none_or(|live| item.id < live) {
                if self.fetched == self.limit {
                    self.step = Step::FarEnd;
                    return self.ask(now, out);
                }
                self.fetched += 1;
            }
            self.release(index, Some(item.id), out);
            self.pass(index, item, true, out);
        }
        let settled = self.subscribed.map_or(now, |at| at + SETTLE);
        if !ended {
            self.ask(now, out);
        } else if self.asked >= settled || self.subscribed.is_none() {
            self.end_sequence(now, out);
        } else {
            let sequence = self.sequences.get(index);
            let cursor = sequence.and_then(Sequence::cursor);
            self.cursor = cursor.unwrap_or(self.cursor);
            self.due = settled;
        }
    }

    /// The gap is larger than allowed; `newest` is the newest entry on the server. The gap is
    /// reported, and the stream goes on from its far end.
    fn far_end(&mut self, newest: Option<Item<P>>, now: f64, out: &mut Out<P>) {
        let index = self.index;
        let Some(sequence) = self.sequences.get_mut(index) else {
            return;
        };
        let live = sequence.live_from();
        let newest = newest
            .filter(|item| live.is_none_or(|live| item.id < live) && !sequence.knows(item.id));
        let Some(end) = newest.as_ref().map(|item| item.id).or(live) else {
            self.gap(index, out);
            return self.end_sequence(now, out);
        };
        let start = sequence.newest();
        sequence.begin_after(end);
        self.deliver(Event::Gap(start, Some(end)), out);
        self.release(index, Some(end), out);
        if let Some(item) = newest {
            self.pass(index, item, true, out);
        }
        self.step = Step::Page;
        self.fetched = 0;
        self.cursor = end;
        self.ask(now, out);
    }

    /// The answer about the statuses delivered last: those that are missing in it are gone.
    fn compare_standing(&mut self, items: Vec<Item<P>>, now: f64, out: &mut Out<P>) {
        if let Some(sequence) = self.sequences.first_mut() {
            for id in self.standing.drain(..) {
                if !items.iter().any(|item| item.id == id) && sequence.delete(id) {
                    out.push(Action::Deliver(self.id, Event::Deleted(id)));
                }
            }
            for item in items {
                if sequence.edit(item.id, item.edited) {
                    out.push(Action::Deliver(self.id, Event::Whole(item.event)));
                }
            }
        }
        self.finish(now, out);
    }

    /// Reports that what lies between the last delivered and the first that arrived live is lost.
    fn gap(&mut self, index: usize, out: &mut Out<P>) {
        let Some(sequence) = self.sequences.get_mut(index) else {
            return;
        };
        let (start, end) = (sequence.newest(), sequence.live_from());
        let caught_up = end.is_some() && start >= end;
        let known = self.lived || start.is_some();
        let running = self.subscribed.is_some() || sequence.held() > 0;
        if self.stale && known && running && !caught_up {
            match end {
                Some(end) => sequence.begin_after(end),
                None => sequence.begin_after_next(),
            }
            self.deliver(Event::Gap(start, end), out);
        }
    }

    /// Nothing is missing any more in the present sequence.
    fn end_sequence(&mut self, now: f64, out: &mut Out<P>) {
        self.release(self.index, None, out);
        self.begin(self.index + 1, now, out);
    }

    /// All sequences are complete: the lane is live again.
    fn conclude(&mut self, now: f64, out: &mut Out<P>) {
        if std::mem::take(&mut self.again) {
            return self.begin(0, now, out);
        }
        self.lived = true;
        self.go_live(out);
        if self.checks && !self.standing.is_empty() {
            self.step = Step::Check;
            return self.ask(now, out);
        }
        self.finish(now, out);
    }

    fn finish(&mut self, now: f64, out: &mut Out<P>) {
        self.step = Step::Rest;
        if std::mem::take(&mut self.again) {
            self.recover(now, out);
        }
    }

    /// Too much is held back: what came before it is given up.
    fn give_up(&mut self, out: &mut Out<P>) {
        let complete = if self.step == Step::Rest || self.again {
            0
        } else {
            self.index
        };
        self.step = Step::Rest;
        self.due = f64::INFINITY;
        self.again = false;
        for index in complete..self.sequences.len() {
            self.gap(index, out);
        }
        self.go_live(out);
    }

    /// Delivers everything that was held back. Without a socket the lane stays stale.
    fn go_live(&mut self, out: &mut Out<P>) {
        self.stale = self.subscribed.is_none();
        for index in 0..self.sequences.len() {
            self.release(index, None, out);
        }
        self.release_others(out);
    }

    /// Delivers what was held back of a sequence, up to an id.
    fn release(&mut self, index: usize, up_to: Option<Id>, out: &mut Out<P>) {
        while let Some(sequence) = self.sequences.get_mut(index)
            && let Some(item) = sequence.release(up_to)
        {
            self.pass(index, item, true, out);
        }
    }

    /// Delivers what belongs to no sequence, and remembers what it says about one.
    fn release_others(&mut self, out: &mut Out<P>) {
        for other in self.others.drain(..) {
            if let Some(sequence) = self.sequences.first_mut() {
                match other.kind {
                    Kind::Edit => _ = sequence.edit(other.id, other.edited),
                    Kind::Delete => _ = sequence.delete(other.id),
                    Kind::New(_) | Kind::Other => {}
                }
            }
            out.push(Action::Deliver(self.id, Event::Whole(other.event)));
        }
    }

    /// Delivers what belongs to a sequence, unless it was.
    fn pass(&mut self, index: usize, item: Item<P>, merged: bool, out: &mut Out<P>) {
        let Some(sequence) = self.sequences.get_mut(index) else {
            return;
        };
        // The same conversation with the same last status comes again when it was read.
        let repeats = sequence.source == Source::Conversations && !merged;
        if repeats || !sequence.knows(item.id) {
            sequence.record(item.id, item.edited);
            self.deliver(Event::Whole(item.event), out);
        }
    }

    fn deliver(&self, event: Event<P>, out: &mut Out<P>) {
        out.push(Action::Deliver(self.id, event));
    }
}

//! One stream's events on their way to the listeners: each once, in order, without holes.
//!
//! While the socket stands, events pass as they arrive. When it dropped, the lane is *stale*: what
//! arrives on the next socket is held back while what was missed is fetched over REST, oldest
//! first, and both are merged by id.

use super::channel::{Channel, Source};
use super::order::{compare, older};
use super::sequence::{Item, Sequence};

/// How many entries a page is asked for.
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
    Deleted(Box<str>),
    /// Events between these ids (both exclusive) were missed and cannot be had again.
    Gap(Option<Box<str>>, Option<Box<str>>),
}

/// What to ask of REST.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// The newest entry.
    Newest(Source),
    /// A page of those directly after an id.
    After(Source, Box<str>),
    /// The statuses of these ids, as far as they still exist.
    Statuses(Vec<Box<str>>),
}

/// What a lane wants done.
#[derive(Debug)]
pub enum Output<P> {
    /// Hand this to the listeners.
    Deliver(Event<P>),
    /// Send a request; its answer comes back under the ticket.
    Fetch(u32, Request),
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
    /// Finding out where the stream begins.
    Anchor,
    /// Fetching what was missed.
    Page,
    /// The gap is larger than allowed: finding its far end.
    FarEnd,
    /// Asking which of the statuses delivered last were edited or deleted.
    Check,
}

#[derive(Debug)]
struct Recovery {
    /// Which of the sequences.
    index: usize,
    step: Step,
    /// When to send the request; none while it is under way.
    due: Option<f64>,
    asked: f64,
    cursor: Box<str>,
    fetched: usize,
    tries: u32,
    /// The statuses that were asked about.
    standing: Vec<Box<str>>,
    /// Whether edits and deletions are to be looked for at the end.
    check: bool,
    /// The socket was lost and replaced in the meantime: once more from the beginning.
    again: bool,
}

/// A live event that belongs to no sequence.
#[derive(Debug)]
struct Other<P> {
    kind: Kind,
    id: Box<str>,
    edited: Box<str>,
    event: P,
}

/// One stream's way to those who listen to it.
#[derive(Debug)]
pub struct Lane<P> {
    channel: Channel,
    limit: usize,
    sequences: Vec<Sequence<P>>,
    /// Held back: what belongs to no sequence, in order of arrival.
    others: Vec<Other<P>>,
    /// Whether something may have been missed: live events are held back.
    stale: bool,
    /// Whether it has delivered what there was at some time, so that a hole since then is a loss.
    lived: bool,
    /// When it was subscribed on the socket that is open now.
    subscribed: Option<f64>,
    recovery: Option<Recovery>,
    ticket: u32,
    /// Whether the server can be asked about several statuses at once.
    checks: bool,
}

impl<P> Lane<P> {
    /// A lane that will fetch at most `limit` missed entries of a kind, and begins after `resume`,
    /// else with what arrives.
    pub fn new(
        channel: Channel,
        limit: usize,
        resume: impl Fn(Source) -> Option<Box<str>>,
    ) -> Self {
        let sequences: Vec<_> = channel
            .sources()
            .map(|source| Sequence::new(source, resume(source).as_deref()))
            .collect();
        Self {
            stale: sequences.iter().any(|sequence| sequence.newest().is_some()),
            channel,
            limit,
            sequences,
            others: Vec::new(),
            lived: false,
            subscribed: None,
            recovery: None,
            ticket: 0,
            checks: true,
        }
    }

    /// The stream.
    pub fn channel(&self) -> &Channel {
        &self.channel
    }

    /// Whether it goes on from where an earlier run stopped.
    pub fn resumes(&self) -> bool {
        self.stale && !self.lived
    }

    /// When it next wants to be woken.
    pub fn deadline(&self) -> f64 {
        let due = self.recovery.as_ref().and_then(|recovery| recovery.due);
        due.unwrap_or(f64::INFINITY)
    }

    /// The stream was subscribed on an open socket.
    pub fn subscribed(&mut self, now: f64, out: &mut Vec<Output<P>>) {
        self.subscribed = Some(now);
        for sequence in &mut self.sequences {
            sequence.reconnected();
        }
        if let Some(recovery) = &mut self.recovery {
            // Pages of the first sequence go on until they have caught up with this moment.
            let catching_up = recovery.index == 0 && recovery.step == Step::Page;
            recovery.again = self.stale && !catching_up;
        } else if self.stale || self.sequences.iter().any(|s| s.newest().is_none()) {
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
    pub fn recover(&mut self, now: f64, out: &mut Vec<Output<P>>) {
        if self.recovery.is_some() {
            return;
        }
        self.stale |= self.subscribed.is_none();
        self.recovery = Some(Recovery {
            index: 0,
            step: Step::Anchor,
            due: None,
            asked: now,
            cursor: "".into(),
            fetched: 0,
            tries: 0,
            standing: Vec::new(),
            check: self.stale && self.limit > 0,
            again: false,
        });
        if self.sequences.is_empty() && self.lived && self.subscribed.is_some() {
            out.push(Output::Deliver(Event::Gap(None, None)));
        }
        self.begin(0, now, out);
    }

    /// An event arrived. `id` and `edited` are those of the entity, empty where it has none.
    pub fn arrived(
        &mut self,
        kind: Kind,
        id: &str,
        edited: &str,
        event: P,
        out: &mut Vec<Output<P>>,
    ) {
        let index = self.sequence_of(kind).filter(|_| !id.is_empty());
        let (id, edited) = (id.into(), edited.into());
        #[allow(clippy::single_match_else, reason = "two cases of one weight")]
        match index {
            Some(index) => {
                let item = Item { id, edited, event };
                if !self.stale {
                    self.pass(index, item, false, out);
                } else if let Some(sequence) = self.sequences.get_mut(index) {
                    sequence.hold(item);
                }
            }
            None => {
                let other = Other {
                    kind,
                    id,
                    edited,
                    event,
                };
                if self.stale {
                    self.others.push(other);
                } else {
                    self.pass_other(other, out);
                }
            }
        }
        let held: usize = self.sequences.iter().map(Sequence::held).sum();
        if held + self.others.len() > HELD_LIMIT {
            self.give_up(out);
        }
    }

    /// A request was answered, by entities in any order.
    pub fn answered(
        &mut self,
        ticket: u32,
        answer: Result<Vec<Item<P>>, Failure>,
        now: f64,
        out: &mut Vec<Output<P>>,
    ) {
        let under_way = |recovery: &Recovery| recovery.due.is_none();
        if ticket != self.ticket || !self.recovery.as_ref().is_some_and(under_way) {
            return;
        }
        match answer {
            Ok(items) => self.received(items, now, out),
            Err(failure) => self.failed(failure, now, out),
        }
    }

    /// Time passed.
    pub fn tick(&mut self, now: f64, out: &mut Vec<Output<P>>) {
        if self.deadline() <= now {
            self.ask(now, out);
        }
    }

    fn received(&mut self, items: Vec<Item<P>>, now: f64, out: &mut Vec<Output<P>>) {
        let Some(recovery) = &mut self.recovery else {
            return;
        };
        recovery.tries = 0;
        let index = recovery.index;
        match recovery.step {
            Step::Anchor => {
                let newest = items.into_iter().max_by(|a, b| compare(&a.id, &b.id));
                // Where nothing is yet, everything to come is new: every id is larger than "0".
                let newest = newest.map_or_else(|| "0".into(), |item| item.id);
                self.begin_after(index, &newest, out);
                self.end_sequence(now, out);
            }
            Step::Page => self.page(items, now, out),
            Step::FarEnd => self.far_end(items.into_iter().next(), now, out),
            Step::Check => self.compare_standing(items, now, out),
        }
    }

    /// The stream turned out to begin at `newest`. If it had been running before, what it missed
    /// cannot be known.
    fn begin_after(&mut self, index: usize, newest: &str, out: &mut Vec<Output<P>>) {
        if let Some(sequence) = self.sequences.get_mut(index) {
            if self.stale && self.lived {
                out.push(Output::Deliver(Event::Gap(None, None)));
            }
            sequence.begin_after(newest);
        }
    }

    fn failed(&mut self, failure: Failure, now: f64, out: &mut Vec<Output<P>>) {
        let connected = self.subscribed.is_some();
        let Some(recovery) = &mut self.recovery else {
            return;
        };
        if let Failure::Limited(wait) = failure {
            recovery.due = Some(now + wait);
            return;
        }
        recovery.tries += 1;
        let (index, step) = (recovery.index, recovery.step);
        if failure == Failure::Passing && recovery.tries < TRIES {
            recovery.due = Some(now + f64::from(500_u32 << recovery.tries));
        } else if step == Step::Check {
            // A convenience of newer servers: without it, missed edits and deletions stay unknown.
            self.checks &= failure == Failure::Passing;
            self.finish(now, out);
        } else if step == Step::FarEnd {
            self.far_end(None, now, out);
        } else if connected || failure == Failure::Lasting {
            self.gap(index, out);
            self.end_sequence(now, out);
        } else {
            // Without a connection nothing is certain to be lost yet: the next one tries again,
            // and what is held back waits for it.
            self.recovery = None;
        }
    }

    /// Takes up the sequence of this index, or ends the recovery after the last.
    fn begin(&mut self, index: usize, now: f64, out: &mut Vec<Output<P>>) {
        let limit = self.limit;
        let Some(recovery) = &mut self.recovery else {
            return;
        };
        recovery.index = index;
        recovery.fetched = 0;
        recovery.tries = 0;
        match self.sequences.get(index) {
            None => return self.conclude(now, out),
            Some(_) if limit == 0 => {
                self.gap(index, out);
                return self.end_sequence(now, out);
            }
            Some(sequence) => match sequence.cursor() {
                None => recovery.step = Step::Anchor,
                Some(cursor) => {
                    recovery.step = Step::Page;
                    recovery.cursor = cursor.into();
                }
            },
        }
        self.ask(now, out);
    }

    /// Sends the request of the present step.
    fn ask(&mut self, now: f64, out: &mut Vec<Output<P>>) {
        let standing = self.standing();
        let Some(recovery) = &mut self.recovery else {
            return;
        };
        recovery.due = None;
        recovery.asked = now;
        let sequence = self.sequences.get(recovery.index);
        let source = sequence.map_or(Source::Statuses, |sequence| sequence.source);
        let request = match recovery.step {
            Step::Anchor | Step::FarEnd => Request::Newest(source),
            Step::Page => Request::After(source, recovery.cursor.clone()),
            Step::Check => {
                recovery.standing.clone_from(&standing);
                Request::Statuses(standing)
            }
        };
        self.ticket = self.ticket.wrapping_add(1);
        out.push(Output::Fetch(self.ticket, request));
    }

    /// A page of what was missed: delivered in order, with what was held back in between.
    fn page(&mut self, items: Vec<Item<P>>, now: f64, out: &mut Vec<Output<P>>) {
        let Some(recovery) = &mut self.recovery else {
            return;
        };
        let (index, mut fetched) = (recovery.index, recovery.fetched);
        let Some(sequence) = self.sequences.get(index) else {
            return;
        };
        let full = items.len() >= PAGE;
        let mut fresh: Vec<Item<P>> = Vec::with_capacity(items.len());
        let mut last: Box<str> = recovery.cursor.clone();
        for item in items {
            if older(&last, &item.id) {
                last.clone_from(&item.id);
            }
            // A server may pass over the cursor and send what came before.
            let missed = older(&recovery.cursor, &item.id);
            if missed && !sequence.knows(&item.id) {
                let at = fresh.iter().position(|other| older(&other.id, &item.id));
                fresh.insert(at.unwrap_or(fresh.len()), item);
            }
        }
        let ended = last == recovery.cursor || (fresh.is_empty() && !full);
        recovery.cursor = last;
        while let Some(item) = fresh.pop() {
            if self.arrived_by(index, &item.id) {
                // What the socket brought anyway does not count.
            } else if fetched == self.limit {
                if let Some(recovery) = &mut self.recovery {
                    recovery.step = Step::FarEnd;
                }
                return self.ask(now, out);
            } else {
                fetched += 1;
            }
            self.release(index, Some(&item.id), out);
            self.pass(index, item, true, out);
        }
        let settled = self.subscribed.map_or(now, |at| at + SETTLE);
        let Some(recovery) = &mut self.recovery else {
            return;
        };
        recovery.fetched = fetched;
        if !ended {
            self.ask(now, out);
        } else if recovery.asked >= settled || self.subscribed.is_none() {
            self.end_sequence(now, out);
        } else {
            let sequence = self.sequences.get(index);
            if let Some(cursor) = sequence.and_then(Sequence::cursor) {
                recovery.cursor = cursor.into();
            }
            recovery.due = Some(settled);
        }
    }

    /// Whether what arrived live reaches back to this id.
    fn arrived_by(&self, index: usize, id: &str) -> bool {
        let live = self.sequences.get(index).and_then(Sequence::live_from);
        live.is_some_and(|live| !older(id, live))
    }

    /// The gap is larger than allowed; `newest` is the newest entry on the server. The gap is
    /// reported, and the stream goes on from its far end.
    fn far_end(&mut self, newest: Option<Item<P>>, now: f64, out: &mut Vec<Output<P>>) {
        let Some(recovery) = &mut self.recovery else {
            return;
        };
        let index = recovery.index;
        recovery.step = Step::Page;
        recovery.fetched = 0;
        let Some(sequence) = self.sequences.get_mut(index) else {
            return;
        };
        let before_live = |item: &Item<P>| {
            let live = sequence.live_from();
            live.is_none_or(|live| older(&item.id, live)) && !sequence.knows(&item.id)
        };
        let newest = newest.filter(before_live);
        let end = newest.as_ref().map(|item| &*item.id);
        let Some(end) = end.or(sequence.live_from()).map(Box::<str>::from) else {
            self.gap(index, out);
            return self.end_sequence(now, out);
        };
        let start = sequence.newest().map(Into::into);
        sequence.begin_after(&end);
        recovery.cursor.clone_from(&end);
        out.push(Output::Deliver(Event::Gap(start, Some(end.clone()))));
        self.release(index, Some(&end), out);
        if let Some(item) = newest {
            self.pass(index, item, true, out);
        }
        self.ask(now, out);
    }

    /// The answer about the statuses delivered last: those that are missing in it are gone.
    fn compare_standing(&mut self, items: Vec<Item<P>>, now: f64, out: &mut Vec<Output<P>>) {
        let asked = self
            .recovery
            .as_mut()
            .map(|recovery| std::mem::take(&mut recovery.standing));
        let Some(sequence) = self.sequences.first_mut() else {
            return;
        };
        for id in asked.unwrap_or_default() {
            if !items.iter().any(|item| item.id == id) && sequence.delete(&id) {
                out.push(Output::Deliver(Event::Deleted(id)));
            }
        }
        for item in items {
            if sequence.edit(&item.id, &item.edited) {
                out.push(Output::Deliver(Event::Whole(item.event)));
            }
        }
        self.finish(now, out);
    }

    /// Reports that what lies between the last delivered and the first that arrived live is lost.
    fn gap(&mut self, index: usize, out: &mut Vec<Output<P>>) {
        let Some(sequence) = self.sequences.get_mut(index) else {
            return;
        };
        let (newest, live) = (sequence.newest(), sequence.live_from());
        let caught_up = newest
            .zip(live)
            .is_some_and(|(newest, live)| !older(newest, live));
        let known = self.lived || newest.is_some();
        let running = self.subscribed.is_some() || sequence.held() > 0;
        if !self.stale || !known || !running || caught_up {
            return;
        }
        let (start, end) = (newest.map(Box::<str>::from), live.map(Box::<str>::from));
        match &end {
            Some(end) => sequence.begin_after(end),
            None => sequence.begin_after_next(),
        }
        out.push(Output::Deliver(Event::Gap(start, end)));
    }

    /// Nothing is missing any more in the present sequence.
    fn end_sequence(&mut self, now: f64, out: &mut Vec<Output<P>>) {
        if let Some(index) = self.recovery.as_ref().map(|recovery| recovery.index) {
            self.release(index, None, out);
            self.begin(index + 1, now, out);
        }
    }

    /// All sequences are complete: the lane is live again.
    fn conclude(&mut self, now: f64, out: &mut Vec<Output<P>>) {
        let Some(recovery) = &mut self.recovery else {
            return;
        };
        if std::mem::take(&mut recovery.again) {
            return self.begin(0, now, out);
        }
        let check = recovery.check && self.checks;
        self.lived = true;
        self.stale = self.subscribed.is_none();
        self.release_all(out);
        if check && !self.standing().is_empty() {
            if let Some(recovery) = &mut self.recovery {
                recovery.step = Step::Check;
            }
            return self.ask(now, out);
        }
        self.finish(now, out);
    }

    fn finish(&mut self, now: f64, out: &mut Vec<Output<P>>) {
        let again = self.recovery.take().is_some_and(|recovery| recovery.again);
        if again {
            self.recover(now, out);
        }
    }

    /// Too much is held back: what came before it is given up.
    fn give_up(&mut self, out: &mut Vec<Output<P>>) {
        let recovery = self.recovery.take().filter(|recovery| !recovery.again);
        let complete = recovery.map_or(0, |recovery| recovery.index);
        for index in 0..self.sequences.len() {
            if index >= complete {
                self.gap(index, out);
            }
        }
        self.stale = self.subscribed.is_none();
        self.release_all(out);
    }

    /// Delivers what was held back of a sequence, up to an id.
    fn release(&mut self, index: usize, up_to: Option<&str>, out: &mut Vec<Output<P>>) {
        if let Some(sequence) = self.sequences.get_mut(index) {
            for item in sequence.release(up_to) {
                self.pass(index, item, true, out);
            }
        }
    }

    /// Delivers everything that was held back.
    fn release_all(&mut self, out: &mut Vec<Output<P>>) {
        for index in 0..self.sequences.len() {
            self.release(index, None, out);
        }
        for other in std::mem::take(&mut self.others) {
            self.pass_other(other, out);
        }
    }

    /// Delivers what belongs to a sequence, unless it was.
    fn pass(&mut self, index: usize, item: Item<P>, merged: bool, out: &mut Vec<Output<P>>) {
        let Some(sequence) = self.sequences.get_mut(index) else {
            return;
        };
        // The same conversation with the same last status comes again when it was read.
        let repeats = sequence.source == Source::Conversations && !merged;
        if repeats || !sequence.knows(&item.id) {
            sequence.record(item.id, item.edited);
            out.push(Output::Deliver(Event::Whole(item.event)));
        }
    }

    /// Delivers what belongs to no sequence, and remembers what it says about one.
    fn pass_other(&mut self, other: Other<P>, out: &mut Vec<Output<P>>) {
        if let Some(sequence) = self.sequences.first_mut() {
            match other.kind {
                Kind::Edit => _ = sequence.edit(&other.id, &other.edited),
                Kind::Delete => _ = sequence.delete(&other.id),
                Kind::New(_) | Kind::Other => {}
            }
        }
        out.push(Output::Deliver(Event::Whole(other.event)));
    }

    fn sequence_of(&self, kind: Kind) -> Option<usize> {
        let Kind::New(source) = kind else {
            return None;
        };
        let mut sequences = self.sequences.iter();
        sequences.position(|sequence| sequence.source == source)
    }

    /// The statuses to ask about. They are the first sequence wherever there are any.
    fn standing(&self) -> Vec<Box<str>> {
        let first = self.sequences.first();
        first
            .filter(|sequence| sequence.source == Source::Statuses)
            .map(Sequence::standing)
            .unwrap_or_default()
    }
}

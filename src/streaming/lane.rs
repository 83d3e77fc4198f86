//! One stream's events on their way to the listeners: each once, in order, without holes.
//!
//! While the socket stands, events pass as they arrive. When it dropped, the lane is *stale*: what
//! arrives on the next socket is held back while what was missed is fetched over REST, oldest
//! first, and both are merged by id.

use super::action::{Actions, CHECK, DELETED, DELIVER, FETCH, GAP};
use super::channel::{CONVERSATIONS, Channel, NOTIFICATIONS, STATUSES};
use super::item::{Item, find, newest, older};
use super::sequence::Sequence;

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

/// What an event means for the record of what was delivered, beside the numberings (channel.rs)
/// that something new may belong to: a status was edited.
pub const EDIT: u32 = 8;
/// A status is gone.
pub const DELETE: u32 = 16;

/// What became of a request: it was answered.
pub const DONE: f64 = -1.0;
/// The same request may succeed later.
pub const PASSING: f64 = -2.0;
/// It never will. Anything above is how many milliseconds to wait before it may be sent again: the
/// server counts requests.
pub const LASTING: f64 = -3.0;

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

/// One stream's way to those who listen to it.
#[allow(
    clippy::struct_excessive_bools,
    reason = "they do not depend on one another"
)]
#[derive(Debug)]
pub struct Lane {
    /// Its number.
    pub id: u32,
    /// Its stream.
    pub channel: Channel,
    /// How many missed entries of a kind are fetched at most.
    limit: u32,
    /// Whether REST may take over where the server refuses sockets.
    pub polls: bool,
    sequences: Vec<Sequence>,
    /// Held back: what belongs to no sequence, in order of arrival, with what each means.
    others: Vec<(u32, Item)>,
    /// Whether something may have been missed: live events are held back.
    stale: bool,
    /// Whether it has delivered what there was at some time, so that a hole since then is a loss.
    lived: bool,
    /// Whether it is subscribed on a socket that is open, and when the server has taken that up.
    subscribed: bool,
    settled: f64,
    /// Whether the server can be asked about several statuses at once.
    checks: bool,

    // What is asked of REST.
    step: Step,
    /// Of which sequence.
    index: usize,
    /// Under which ticket the answer is awaited: an answer may come after it was given up.
    ticket: u32,
    /// When to send the request; infinity while it is under way.
    pub due: f64,
    asked: f64,
    cursor: Item,
    fetched: u32,
    tries: u32,
    /// The statuses to ask about at the end, whether they were edited or deleted.
    standing: Vec<Item>,
    /// The socket was lost and replaced in the meantime: once more from the beginning.
    again: bool,
}

impl Lane {
    /// A lane that begins after these, the second of notifications beside something else; else
    /// with what arrives.
    pub fn new(id: u32, channel: Channel, limit: u32, polls: bool, resume: &[Item]) -> Self {
        let mut resume = resume.iter();
        let mut sequences = Vec::new();
        let mut stale = false;
        for source in [STATUSES, NOTIFICATIONS, CONVERSATIONS] {
            if channel.traits & source != 0 {
                let from = resume.next().copied().unwrap_or_default();
                stale |= from > 0;
                sequences.push(Sequence::new(source, from));
            }
        }
        Self {
            id,
            channel,
            limit,
            polls,
            sequences,
            others: Vec::new(),
            stale,
            lived: false,
            subscribed: false,
            settled: 0.0,
            checks: true,
            step: Step::Rest,
            index: 0,
            ticket: 0,
            due: f64::INFINITY,
            asked: 0.0,
            cursor: 0,
            fetched: 0,
            tries: 0,
            standing: Vec::new(),
            again: false,
        }
    }

    /// The stream was subscribed on an open socket.
    pub fn subscribed(&mut self, now: f64, out: &mut Actions) {
        self.subscribed = true;
        self.settled = now + SETTLE;
        let mut begun = true;
        for sequence in &mut self.sequences {
            sequence.live_from = 0;
            begun &= sequence.newest() > 0;
        }
        if self.step != Step::Rest {
            // Pages of the first sequence go on until they have caught up with this moment.
            self.again = self.stale && !(self.index == 0 && self.step == Step::Page);
        } else if self.stale || !begun {
            self.recover(now, out);
        }
    }

    /// The socket is gone.
    pub fn dropped(&mut self) {
        if std::mem::take(&mut self.subscribed) {
            self.stale = true;
            self.lived = true;
        }
    }

    /// Fetches what was missed, unless that is going on already.
    pub fn recover(&mut self, now: f64, out: &mut Actions) {
        if self.step != Step::Rest {
            return;
        }
        self.stale |= !self.subscribed;
        // What REST sends from now on is as new as can be: only what was delivered before can be old.
        self.standing.clear();
        if let Some(first) = self.sequences.first()
            && first.source == STATUSES
            && self.stale
            && self.limit > 0
        {
            first.standing(&mut self.standing);
        }
        self.again = false;
        if self.sequences.is_empty() && self.lived && self.subscribed {
            out.push(GAP, self.id, 0, 0);
        }
        self.begin(0, now, out);
    }

    /// An event arrived. One without an id belongs to no sequence.
    pub fn arrived(&mut self, kind: u32, item: Item, out: &mut Actions) {
        let mut held = self.others.len();
        let mut place = None;
        for (index, sequence) in self.sequences.iter_mut().enumerate() {
            if kind == sequence.source {
                place = Some(index);
                if self.stale {
                    sequence.hold(item);
                }
            }
            held += sequence.held();
        }
        if place.is_none() {
            self.others.push((kind, item));
        }
        if !self.stale {
            match place {
                Some(index) => self.pass(index, item, false, out),
                None => self.release_others(out),
            }
        } else if held >= HELD_LIMIT {
            self.give_up(out);
        }
    }

    /// The request under this ticket was answered, with entities in order, the oldest first.
    pub fn answered(
        &mut self,
        ticket: u32,
        result: f64,
        items: &[Item],
        now: f64,
        out: &mut Actions,
    ) {
        if self.ticket != ticket || self.due < f64::INFINITY {
            return;
        }
        if result >= 0.0 {
            self.due = now + result;
        } else if result < DONE {
            self.failed(result <= LASTING, now, out);
        } else {
            self.tries = 0;
            let newest = items.last().copied().unwrap_or_default();
            match self.step {
                Step::Rest => {}
                Step::Anchor => self.anchor(newest, now, out),
                Step::Page => self.page(items, now, out),
                Step::FarEnd => self.far_end(newest, now, out),
                Step::Check => self.compare_standing(items, now, out),
            }
        }
    }

    /// Time passed.
    pub fn tick(&mut self, now: f64, out: &mut Actions) {
        if self.due <= now {
            self.ask(now, out);
        }
    }

    /// Adds to a list the items that are still needed.
    pub fn needs(&self, list: &mut Vec<Item>) {
        list.push(self.cursor);
        list.extend_from_slice(&self.standing);
        for other in &self.others {
            list.push(other.1);
        }
        for sequence in &self.sequences {
            sequence.needs(list);
        }
    }

    fn failed(&mut self, lasting: bool, now: f64, out: &mut Actions) {
        self.tries += 1;
        if !lasting && self.tries < TRIES {
            self.due = now + f64::from(500_u32 << self.tries);
        } else if self.step == Step::Check {
            // A convenience of newer servers: without it, missed edits and deletions stay unknown.
            self.checks = !lasting;
            self.finish(now, out);
        } else if self.step == Step::FarEnd {
            self.far_end(0, now, out);
        } else if self.subscribed || lasting {
            self.gap(self.index, out);
            self.end_sequence(now, out);
        } else {
            // Without a connection nothing is certain to be lost yet: the next one tries again,
            // and what is held back waits for it.
            self.step = Step::Rest;
        }
    }

    /// Takes up the sequence of this index, or ends the recovery after the last.
    fn begin(&mut self, index: usize, now: f64, out: &mut Actions) {
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
        self.cursor = sequence.cursor();
        self.step = if self.cursor > 0 {
            Step::Page
        } else {
            Step::Anchor
        };
        self.ask(now, out);
    }

    /// Sends the request of the present step.
    fn ask(&mut self, now: f64, out: &mut Actions) {
        self.due = f64::INFINITY;
        self.asked = now;
        self.ticket += 1;
        let mut source = 0;
        let mut after = 0;
        if self.step == Step::Check {
            for item in &self.standing {
                out.push(CHECK, *item, 0, 0);
            }
        } else if let Some(sequence) = self.sequences.get(self.index) {
            source = sequence.source;
            if self.step == Step::Page {
                after = self.cursor;
            }
        }
        out.push(FETCH + source, self.id, self.ticket, after);
    }

    /// The stream turned out to begin after `newest`. If it had been running before, what it missed
    /// cannot be known.
    fn anchor(&mut self, newest: Item, now: f64, out: &mut Actions) {
        if self.stale && self.lived {
            out.push(GAP, self.id, 0, 0);
        }
        if let Some(sequence) = self.sequences.get_mut(self.index) {
            sequence.begin_after(newest);
        }
        self.end_sequence(now, out);
    }

    /// A page of what was missed: delivered in order, with what was held back in between.
    fn page(&mut self, items: &[Item], now: f64, out: &mut Actions) {
        let index = self.index;
        let start = self.cursor;
        let mut ended = items.len() < PAGE;
        for item in items {
            let item = *item;
            let Some(sequence) = self.sequences.get(index) else {
                return;
            };
            let live = sequence.live_from;
            // A server may pass over the cursor and send what came before.
            if !older(start, item) {
                continue;
            }
            if !sequence.knows(item) {
                // What the socket brought anyway does not count.
                if live == 0 || older(item, live) {
                    if self.fetched == self.limit {
                        self.step = Step::FarEnd;
                        return self.ask(now, out);
                    }
                    self.fetched += 1;
                }
                ended = false;
                self.release(index, item, out);
                self.pass(index, item, true, out);
            }
            self.cursor = newest(self.cursor, item);
        }
        ended |= self.cursor == start;
        if !ended {
            self.ask(now, out);
        } else if self.asked >= self.settled || !self.subscribed {
            self.end_sequence(now, out);
        } else {
            self.cursor = self.sequences.get(index).map_or(0, Sequence::cursor);
            self.due = self.settled;
        }
    }

    /// The gap is larger than allowed; `last` is the newest entry on the server. The gap is
    /// reported, and the stream goes on from its far end.
    fn far_end(&mut self, mut last: Item, now: f64, out: &mut Actions) {
        let index = self.index;
        let Some(sequence) = self.sequences.get_mut(index) else {
            return;
        };
        let live = sequence.live_from;
        if live > 0 && !older(last, live) || !older(sequence.newest(), last) {
            last = 0;
        }
        let end = if last > 0 { last } else { live };
        if end == 0 {
            self.gap(index, out);
            return self.end_sequence(now, out);
        }
        out.push(GAP, self.id, sequence.newest(), end);
        sequence.begin_after(end);
        self.release(index, end, out);
        if last > 0 {
            self.pass(index, last, true, out);
        }
        self.step = Step::Page;
        self.fetched = 0;
        self.cursor = end;
        self.ask(now, out);
    }

    /// The answer about the statuses delivered last: those that are missing in it are gone.
    fn compare_standing(&mut self, items: &[Item], now: f64, out: &mut Actions) {
        if let Some(sequence) = self.sequences.first_mut() {
            for old in &self.standing {
                if find(items, *old).is_err() && sequence.revise(*old, true) {
                    out.push(DELETED, self.id, *old, 0);
                }
            }
            for item in items {
                if sequence.revise(*item, false) {
                    out.push(DELIVER, self.id, *item, 0);
                }
            }
        }
        self.finish(now, out);
    }

    /// Reports that what lies between the last delivered and the first that arrived live is lost.
    fn gap(&mut self, index: usize, out: &mut Actions) {
        let Some(sequence) = self.sequences.get_mut(index) else {
            return;
        };
        let (start, end) = (sequence.newest(), sequence.live_from);
        let caught_up = end > 0 && !older(start, end);
        let known = self.lived || start > 0;
        let running = self.subscribed || sequence.held() > 0;
        if self.stale && known && running && !caught_up {
            if end > 0 {
                sequence.begin_after(end);
            } else {
                sequence.begin_after_next();
            }
            out.push(GAP, self.id, start, end);
        }
    }

    /// Nothing is missing any more in the present sequence.
    fn end_sequence(&mut self, now: f64, out: &mut Actions) {
        self.release(self.index, 0, out);
        self.begin(self.index + 1, now, out);
    }

    /// All sequences are complete: the lane is live again.
    fn conclude(&mut self, now: f64, out: &mut Actions) {
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

    fn finish(&mut self, now: f64, out: &mut Actions) {
        self.step = Step::Rest;
        if std::mem::take(&mut self.again) {
            self.recover(now, out);
        }
    }

    /// Too much is held back: what came before it is given up.
    fn give_up(&mut self, out: &mut Actions) {
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
    fn go_live(&mut self, out: &mut Actions) {
        self.stale = !self.subscribed;
        for index in 0..self.sequences.len() {
            self.release(index, 0, out);
        }
        self.release_others(out);
    }

    /// Delivers what was held back of a sequence, up to `up_to` where that is one.
    fn release(&mut self, index: usize, up_to: Item, out: &mut Actions) {
        while let Some(sequence) = self.sequences.get_mut(index)
            && let Some(item) = sequence.release(up_to)
        {
            self.pass(index, item, true, out);
        }
    }

    /// Delivers what belongs to no sequence, and remembers what it says about one.
    fn release_others(&mut self, out: &mut Actions) {
        for (kind, item) in &self.others {
            if kind & (EDIT | DELETE) != 0
                && let Some(sequence) = self.sequences.first_mut()
            {
                sequence.revise(*item, *kind == DELETE);
            }
            out.push(DELIVER, self.id, *item, 0);
        }
        self.others.clear();
    }

    /// Delivers what belongs to a sequence, unless it was.
    fn pass(&mut self, index: usize, item: Item, merged: bool, out: &mut Actions) {
        let Some(sequence) = self.sequences.get_mut(index) else {
            return;
        };
        // The same conversation with the same last status comes again when it was read.
        let repeats = sequence.source == CONVERSATIONS && !merged;
        if repeats || !sequence.knows(item) {
            sequence.record(item);
            out.push(DELIVER, self.id, item, 0);
        }
    }
}

//! The events of one stream, on their way to the listeners: each once, in order, and none missing without a
//! gap.
//!
//! While the socket is open, events are passed on as they arrive. After it was lost, the subscription is
//! *stale*. New live events are held back while the missed ones are fetched over REST (backfill). Both are
//! merged by id.
//!
//! A page counts only if it is adjacent to what was delivered, which is proved by an entry on it that was
//! delivered before. Some servers treat `min_id` like `since_id`, some ignore it, and a home timeline has
//! only 400 entries. If the page is not adjacent, pages are fetched backwards until one is.

use super::connection::POLL;
use super::delivered::{Cursor, DeliveredLog, Floor, in_order, insert};
use super::entity_id::EntityId;
use super::event::{Entry, Event, EventKind, Source};
use super::input::{Failure, SubscriptionId, SubscriptionOptions};
use super::output::{Fetch, Output, Query};
use super::stream_key::StreamKey;
use std::collections::VecDeque;
use std::rc::Rc;

/// How many entries a page request asks for.
pub const PAGE: u32 = 40;

/// How many entries of a page are read, whatever the server sends.
const PAGE_LIMIT: usize = 400;

/// The shortest history that servers keep. If a list was empty and has fewer entries now, these are all.
const HISTORY: usize = 400;

/// How long the server may need to start a subscription, in milliseconds. It does not confirm it. So only a
/// page that is requested later can prove that nothing was missed.
const SETTLE: f64 = 1_000.0;

/// How many live events are held back at most, and for how long. After that, the backfill is given up.
const HELD_LIMIT: usize = 1_000;
const HOLD: f64 = 30_000.0;

/// `TRIES`: how often a request is tried without a socket; the next connection will try again. With a socket,
/// giving up means a gap, and a restarted server may accept sockets long before REST works. So there the
/// request is retried until live events have waited for [`HOLD`]. `LIMITED_TRIES`: how often it is retried
/// after a rate limit.
const TRIES: u32 = 3;
const LIMITED_TRIES: u32 = 10;

/// The shortest and the longest wait before a retry.
const FLOOR: f64 = 1_000.0;
const CEILING: f64 = 120_000.0;

/// How long to wait before the fill continues after a gap, and how often it does. New entries may come faster
/// than they are fetched.
const ROUND: f64 = 2_000.0;
const ROUNDS: u32 = 4;
/// How often a fill may go backwards in vain before it pauses between requests: the list may grow as fast as
/// it is read.
const DETOURS: u32 = 20;

/// If no event ever came, REST is checked after `FIRST_CHECK`, then at doubled intervals up to `LAST_CHECK`.
const FIRST_CHECK: f64 = 15_000.0;
const LAST_CHECK: f64 = 120_000.0;

/// How long the socket has to deliver an event that a check found.
const LATE: f64 = 5_000.0;

/// The current REST request of a fill.
#[derive(Debug)]
enum Step<P> {
    /// Nothing.
    Idle,
    /// Where the list begins for this subscription.
    Anchor,
    /// The missed entries, the oldest first.
    Forward(Cursor),
    /// The page was not adjacent to what was delivered: the pages before it.
    Backward {
        /// The oldest fetched entry; `None` for the newest page.
        before: Option<EntityId>,
        /// No entry at or below this is new.
        bound: Option<EntityId>,
        /// The fetched entries, in order.
        pending: Vec<Entry<P>>,
    },
    /// More entries are missing than the limit: the newest entry.
    FarEnd,
    /// Which of the last delivered statuses were edited or deleted.
    Check,
}

/// The state of a backfill.
#[derive(Debug)]
struct Fill<P> {
    step: Step<P>,
    /// The index of the current list.
    index: usize,
    /// The ticket of the current request. Responses to earlier ones are ignored.
    ticket: u32,
    /// When to send the request; infinity while it is in flight.
    due: f64,
    asked: f64,
    fetched: u32,
    tries: u32,
    limited: u32,
    rounds: u32,
    /// How often the earlier pages did not lead back to what was delivered.
    detours: u32,
    /// The statuses to check at the end, and whether a page contained one of them.
    standing: Vec<EntityId>,
    standing_seen: bool,
    /// The socket was replaced in the meantime: start again from the first list.
    again: bool,
}

/// The result of a response or timeout, on which the machine must act.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome<P> {
    /// Nothing.
    Nothing,
    /// REST returned events that the socket should have delivered.
    Mute,
    /// The token is not valid.
    Unauthorized(P),
    /// `resume` is not an id of this server.
    ForeignResume,
}

/// One subscription.
#[allow(
    clippy::struct_excessive_bools,
    reason = "they do not depend on one another"
)]
#[derive(Debug)]
pub struct Subscription<P> {
    /// Its id.
    pub id: SubscriptionId,
    /// Its stream.
    pub key: Rc<StreamKey>,
    /// Whether to poll over REST if the socket does not deliver events.
    pub polling: bool,
    /// The maximum number of missed entries of a list to fetch.
    limit: u32,
    logs: Vec<DeliveredLog<P>>,
    /// Events that belong to no list and are held back, in order of arrival.
    others: Vec<Event<P>>,
    /// Whether it was to go on after what an earlier run delivered.
    resumes: bool,
    /// Whether something may have been missed, so that live events are held back.
    stale: bool,
    /// Whether it was complete once. If so, what is missing since then is reported as a gap.
    lived: bool,
    /// Whether it is subscribed on an open socket, and when the server should have started it.
    subscribed: bool,
    settled: f64,
    /// Until when live events are held back.
    hold_until: f64,
    /// Whether the server supports requests for several statuses.
    checks: bool,
    /// Whether the server accepts ids as cursors that belong to no entity.
    free_cursors: bool,
    fill: Fill<P>,

    // Some servers ignore a subscription without an error.
    /// Whether an event ever came through a socket.
    served: bool,
    /// Whether REST has shown that events were not delivered.
    mute: bool,
    /// When to check REST next, the interval of the checks, and whether one is in progress.
    check_at: f64,
    check_after: f64,
    checking: bool,
    /// Whether a check found an event.
    found: bool,
}

type Out<P> = VecDeque<Output<P>>;

impl<P: Clone> Subscription<P> {
    /// A subscription. It begins after what an earlier run delivered, or else with the next event.
    pub fn new(id: SubscriptionId, key: Rc<StreamKey>, options: SubscriptionOptions) -> Self {
        let (mut first, notifications) = (options.resume, options.resume_notification);
        let stale = first.is_some() || notifications.is_some();
        let with_statuses = key.sources().len() > 1;
        let logs = key.sources().iter().map(|source| {
            let resume = if with_statuses && *source == Source::Notifications {
                notifications.clone()
            } else {
                first.take()
            };
            DeliveredLog::new(*source, resume)
        });
        Self {
            logs: logs.collect(),
            id,
            key,
            polling: options.polling,
            limit: options.backfill_limit,
            others: Vec::new(),
            resumes: stale,
            stale,
            lived: false,
            subscribed: false,
            settled: 0.0,
            hold_until: f64::INFINITY,
            checks: true,
            free_cursors: true,
            fill: Fill {
                step: Step::Idle,
                index: 0,
                ticket: 0,
                due: f64::INFINITY,
                asked: 0.0,
                fetched: 0,
                tries: 0,
                limited: 0,
                rounds: 0,
                detours: 0,
                standing: Vec::new(),
                standing_seen: false,
                again: false,
            },
            served: false,
            mute: false,
            check_at: f64::INFINITY,
            check_after: FIRST_CHECK,
            checking: false,
            found: false,
        }
    }

    /// The stream was subscribed on an open socket.
    pub fn subscribed(&mut self, now: f64, out: &mut Out<P>) {
        self.subscribed = true;
        self.settled = now + SETTLE;
        if self.polling && self.limit > 0 && !self.logs.is_empty() && !self.served {
            self.check_at = now + self.check_after;
        }
        let mut begun = true;
        for log in &mut self.logs {
            log.end_run();
            begun &= log.has_begun();
        }
        if !self.is_idle() {
            // The first list is fetched anyway until it reaches this moment.
            let first = self.fill.index == 0 && matches!(self.fill.step, Step::Forward(_));
            self.fill.again = self.stale && !first;
        } else if self.stale || !begun {
            self.recover(now, out);
        }
    }

    /// Whether it still has to deliver events that it missed.
    pub fn is_behind(&self) -> bool {
        self.stale && self.lived
    }

    /// The socket was lost.
    pub fn dropped(&mut self) {
        self.check_at = f64::INFINITY;
        if std::mem::take(&mut self.subscribed) {
            self.stale = true;
            self.lived = true;
            for log in &mut self.logs {
                log.end_run();
            }
        }
    }

    /// Starts a backfill, unless one is in progress.
    pub fn recover(&mut self, now: f64, out: &mut Out<P>) {
        if !self.is_idle() {
            return;
        }
        self.stale |= !self.subscribed;
        self.fill.standing.clear();
        self.fill.standing_seen = false;
        self.fill.again = false;
        self.fill.rounds = 0;
        // Pages from now on are current. Only statuses that were delivered before may be outdated.
        if let Some(first) = self.logs.first()
            && first.source == Source::Statuses
            && self.stale
            && self.limit > 0
        {
            self.fill.standing = first.standing();
        }
        if self.logs.is_empty() && self.lived && self.subscribed {
            self.report_gap(None, None, out);
        }
        self.begin(0, now, out);
    }

    /// An event arrived on the socket.
    pub fn arrived(&mut self, event: Event<P>, now: f64, out: &mut Out<P>) {
        self.served = true;
        self.mute = false;
        self.check_at = f64::INFINITY;
        self.take(event, now, out);
    }

    /// A deletion arrived on the stream of another subscription.
    pub fn deleted_elsewhere(&mut self, event: &Event<P>, now: f64, out: &mut Out<P>) {
        let Some(id) = &event.id else { return };
        let statuses = self
            .logs
            .iter()
            .filter(|log| log.source == Source::Statuses);
        if statuses
            .into_iter()
            .any(|log| log.knows(id) || log.holds(id))
        {
            self.take(event.clone(), now, out);
        }
    }

    fn take(&mut self, event: Event<P>, now: f64, out: &mut Out<P>) {
        let source = event.kind.source();
        let place = self.logs.iter().position(|log| Some(log.source) == source);
        let (Some(place), Some(id)) = (place, event.id.clone()) else {
            self.others.push(event);
            return if self.stale {
                self.held(now, out);
            } else {
                self.release_others(out);
            };
        };
        let entry = Entry {
            id,
            edited_at: event.edited_at,
            payload: event.payload,
        };
        if !self.stale {
            self.pass(place, entry, false, out);
        } else if let Some(log) = self.logs.get_mut(place) {
            log.hold(entry);
            self.held(now, out);
        }
    }

    /// An event was held back.
    fn held(&mut self, now: f64, out: &mut Out<P>) {
        if self.hold_until == f64::INFINITY && self.fill.tries > 0 {
            // The server is alive, so the retry must not wait long.
            self.fill.tries = 0;
            if self.fill.due < f64::INFINITY {
                self.fill.due = self.fill.due.min(now + FLOOR);
            }
        }
        self.hold_until = self.hold_until.min(now + HOLD);
        let held = self.logs.iter().map(DeliveredLog::held).sum::<usize>();
        if held + self.others.len() >= HELD_LIMIT {
            self.give_up(out);
        }
    }

    /// The response to the request with this ticket.
    pub fn answered(
        &mut self,
        ticket: u32,
        result: Result<Vec<Entry<P>>, Failure<P>>,
        now: f64,
        out: &mut Out<P>,
    ) -> Outcome<P> {
        if self.fill.ticket != ticket || self.fill.due < f64::INFINITY || self.is_idle() {
            return Outcome::Nothing;
        }
        let list = match result {
            Ok(list) => list,
            // GoToSocial returns 404 for a tag that it does not know.
            Err(Failure::NotFound)
                if self.key.param_name() == Some("tag")
                    && !matches!(self.fill.step, Step::Check) =>
            {
                Vec::new()
            }
            Err(Failure::Limited(wait)) if self.fill.limited < LIMITED_TRIES => {
                self.fill.limited += 1;
                self.fill.due = now + wait.max(FLOOR);
                return Outcome::Nothing;
            }
            Err(Failure::Unauthorized(error)) if !self.subscribed || self.mute => {
                return Outcome::Unauthorized(error);
            }
            Err(failure) => {
                self.failed(!matches!(failure, Failure::Passing), now, out);
                return Outcome::Nothing;
            }
        };
        self.fill.tries = 0;
        self.fill.limited = 0;
        let mut list = list;
        list.truncate(PAGE_LIMIT);
        let list = in_order(list);
        if self.is_foreign(&list) {
            return Outcome::ForeignResume;
        }
        match std::mem::replace(&mut self.fill.step, Step::Idle) {
            Step::Idle => {}
            Step::Anchor => self.anchor(list.into_iter().next_back(), now, out),
            Step::Forward(cursor) => self.forward(&cursor, list, now, out),
            Step::Backward {
                before,
                bound,
                pending,
            } => self.backward(before, bound, pending, list, now, out),
            Step::FarEnd => self.far_end(list.into_iter().next_back(), now, out),
            Step::Check => self.compare_standing(list, now, out),
        }
        Outcome::Nothing
    }

    /// Whether `resume` is a number (a time, or an id of Mastodon) but the server's ids are not, or the other
    /// way round. They cannot be compared.
    fn is_foreign(&self, list: &[Entry<P>]) -> bool {
        let Some(Floor::At(floor)) = self.logs.get(self.fill.index).map(|log| &log.floor) else {
            return false;
        };
        if !self.resumes || self.lived {
            return false;
        }
        let other = |entry: &Entry<P>| entry.id.is_numeric() != floor.is_numeric();
        !list.is_empty() && list.iter().all(other)
    }

    /// When to call [`Subscription::timeout`]; infinity for never.
    pub fn due(&self) -> f64 {
        self.fill.due.min(self.hold_until).min(self.check_at)
    }

    /// The time returned by [`Subscription::due`] has come.
    pub fn timeout(&mut self, now: f64, out: &mut Out<P>) -> Outcome<P> {
        if self.hold_until <= now {
            self.give_up(out);
        }
        if self.fill.due <= now {
            self.ask(now, out);
        }
        if self.check_at > now {
            return Outcome::Nothing;
        }
        let became_mute = self.found && !self.mute;
        self.mute |= self.found;
        if self.mute {
            self.check_after = POLL;
        }
        self.check_at = now + self.check_after;
        self.check_after = (2.0 * self.check_after).min(LAST_CHECK);
        if self.is_idle() && !self.stale && self.subscribed {
            self.checking = true;
            self.recover(now, out);
        }
        if became_mute {
            return Outcome::Mute;
        }
        Outcome::Nothing
    }

    fn is_idle(&self) -> bool {
        matches!(self.fill.step, Step::Idle)
    }

    fn failed(&mut self, lasting: bool, now: f64, out: &mut Out<P>) {
        self.fill.tries += 1;
        let waits = self.subscribed && !matches!(self.fill.step, Step::Check);
        if lasting
            && self.free_cursors
            && let Step::Forward(cursor) = &mut self.fill.step
            && cursor.after != cursor.bound
        {
            // The server may look up the cursor, but no entity has this id.
            self.free_cursors = false;
            cursor.after = cursor.bound.clone();
            self.fill.due = now + FLOOR;
        } else if !lasting && (waits || self.fill.tries < TRIES) {
            let doublings = self.fill.tries.min(8) - 1;
            self.fill.due = now + (f64::from(1_u32 << doublings) * FLOOR).min(CEILING);
        } else if matches!(self.fill.step, Step::Check) {
            // Only newer servers support this. Without it, missed edits and deletions remain unknown.
            self.checks = !lasting;
            self.finish(now, out);
        } else if matches!(self.fill.step, Step::FarEnd) {
            self.far_end(None, now, out);
        } else if self.subscribed || lasting {
            self.deliver_pending(false, out);
            self.gap(self.fill.index, out);
            self.end_list(now, out);
        } else {
            // Without a connection, nothing is lost for certain. The next connection tries again, and what is
            // held back waits for it.
            self.fill.step = Step::Idle;
            self.checking = false;
        }
    }

    /// Starts with the list at this index, or ends the fill after the last one.
    fn begin(&mut self, index: usize, now: f64, out: &mut Out<P>) {
        self.fill.index = index;
        self.fill.fetched = 0;
        self.fill.detours = 0;
        self.fill.tries = 0;
        self.fill.limited = 0;
        let Some(log) = self.logs.get(index) else {
            return self.conclude(now, out);
        };
        if self.limit == 0 {
            self.gap(index, out);
            return self.end_list(now, out);
        }
        self.fill.step = self.first_step(log);
        self.ask(now, out);
    }

    fn first_step(&self, log: &DeliveredLog<P>) -> Step<P> {
        match log.first_cursor() {
            Some(mut cursor) => {
                if !self.free_cursors {
                    cursor.after = cursor.bound.clone();
                }
                Step::Forward(cursor)
            }
            None if log.floor == Floor::Empty => from_top(None),
            None => Step::Anchor,
        }
    }

    /// Sends the request of the current step.
    fn ask(&mut self, now: f64, out: &mut Out<P>) {
        let source = self.logs.get(self.fill.index).map(|log| log.source);
        let page = |limit, after: Option<&EntityId>, before: Option<&EntityId>| {
            source.map(|source| Query::Page {
                source,
                limit,
                after: after.cloned(),
                before: before.cloned(),
            })
        };
        let query = match &self.fill.step {
            Step::Idle => None,
            Step::Anchor | Step::FarEnd => page(1, None, None),
            Step::Forward(cursor) => page(PAGE, Some(&cursor.after), None),
            Step::Backward { before, .. } => page(PAGE, None, before.as_ref()),
            Step::Check => Some(Query::Statuses(self.fill.standing.clone())),
        };
        self.fill.due = f64::INFINITY;
        self.fill.asked = now;
        if let Some(query) = query {
            self.fill.ticket = self.fill.ticket.wrapping_add(1);
            out.push_back(Output::Fetch(Fetch {
                subscription: self.id,
                ticket: self.fill.ticket,
                key: self.key.clone(),
                query,
            }));
        }
    }

    /// The list begins after this entry. If the subscription had been live before, it is not known what was
    /// missed.
    fn anchor(&mut self, newest: Option<Entry<P>>, now: f64, out: &mut Out<P>) {
        if self.stale && self.lived {
            self.report_gap(None, None, out);
        }
        if let Some(log) = self.logs.get_mut(self.fill.index) {
            match newest {
                Some(entry) => log.begin_after(entry.id),
                None => log.floor = Floor::Empty,
            }
        }
        self.end_list(now, out);
    }

    /// A page of missed entries. If it is adjacent to what was delivered, it is delivered in order, merged
    /// with what is held back.
    fn forward(&mut self, cursor: &Cursor, list: Vec<Entry<P>>, now: f64, out: &mut Out<P>) {
        let index = self.fill.index;
        let Some(log) = self.logs.get(index) else {
            return;
        };
        let covered = |id: &EntityId| *id <= cursor.bound || log.is_past(id);
        let (mut adjoins, mut new) = (false, Vec::new());
        for entry in list {
            if index == 0 && self.fill.standing.contains(&entry.id) {
                self.fill.standing_seen = true;
            }
            if covered(&entry.id) {
                adjoins = true;
            } else {
                new.push(entry);
            }
        }
        if !adjoins {
            self.fill.step = Step::Backward {
                before: new.first().map(|first| first.id.clone()),
                bound: Some(cursor.bound.clone()),
                pending: new,
            };
            return self.ask(now, out);
        }
        let ended = new.is_empty();
        for entry in new {
            // Entries that a socket has already brought do not count.
            let log = self.logs.get(index);
            if log.is_some_and(|log| !log.holds(&entry.id)) {
                if self.fill.fetched >= self.limit {
                    self.fill.step = Step::FarEnd;
                    return self.ask(now, out);
                }
                self.fill.fetched += 1;
            }
            self.release(index, Some(&entry.id), out);
            self.pass(index, entry, true, out);
        }
        if ended {
            self.caught_up(now, out);
        } else {
            self.next_page(now, out);
        }
    }

    fn next_page(&mut self, now: f64, out: &mut Out<P>) {
        let log = self.logs.get(self.fill.index);
        match log.and_then(DeliveredLog::next_cursor) {
            Some(cursor) => {
                self.fill.step = Step::Forward(cursor);
                if self.fill.detours > DETOURS {
                    // The list grows as fast as it is read.
                    self.fill.due = now + ROUND;
                } else {
                    self.ask(now, out);
                }
            }
            None => self.end_list(now, out),
        }
    }

    /// A page before the fetched entries.
    fn backward(
        &mut self,
        before: Option<EntityId>,
        bound: Option<EntityId>,
        mut pending: Vec<Entry<P>>,
        list: Vec<Entry<P>>,
        now: f64,
        out: &mut Out<P>,
    ) {
        let Some(log) = self.logs.get(self.fill.index) else {
            return;
        };
        // Conversations move to the top of their list, so a page proves nothing. The end of the list is
        // complete.
        let mut adjoins = list.is_empty() && log.source == Source::Conversations;
        let mut advanced = false;
        let newest = list.last().map(|last| last.id.clone());
        let newest = newest.filter(|_| before.is_none());
        for entry in list {
            let id = entry.id.clone();
            if bound.as_ref().is_some_and(|bound| id <= *bound) || log.is_past(&id) {
                adjoins = true;
            } else if insert(&mut pending, entry) {
                advanced |= before.as_ref().is_none_or(|before| id < *before);
            }
        }
        let places = pending.iter().enumerate();
        let missed = places.filter(|(_, entry)| !log.holds(&entry.id));
        let missed: Vec<usize> = missed.map(|(place, _)| place).collect();
        let count = missed.len();
        let limit = self.limit as usize;
        if count > limit {
            let first = missed.get(count - limit).copied();
            pending.drain(..first.unwrap_or(pending.len()));
            adjoins = false;
            advanced = false;
        } else if !advanced && log.floor == Floor::Empty && pending.len() < HISTORY {
            adjoins = true;
        }
        let oldest = pending.first().map(|first| first.id.clone());
        let ended = pending.is_empty();
        self.fill.step = Step::Backward {
            before: oldest,
            bound,
            pending,
        };
        if !adjoins && advanced {
            return self.ask(now, out);
        }
        self.fill.fetched = self.fill.fetched.saturating_add(count.min(limit) as u32);
        if ended
            && let Some(newest) = newest
            && let Some(log) = self.logs.get_mut(self.fill.index)
        {
            log.lower_floor(newest);
        }
        self.deliver_pending(adjoins, out);
        if !adjoins {
            self.fill.detours += 1;
        }
        if ended {
            self.caught_up(now, out);
        } else {
            self.next_page(now, out);
        }
    }

    /// Delivers the entries that were fetched backwards. Before them, reports a gap, unless they are adjacent
    /// to what was delivered.
    fn deliver_pending(&mut self, adjoins: bool, out: &mut Out<P>) {
        let index = self.fill.index;
        let step = std::mem::replace(&mut self.fill.step, Step::Idle);
        let Step::Backward { pending, .. } = step else {
            self.fill.step = step;
            return;
        };
        let Some(log) = self.logs.get_mut(index) else {
            return;
        };
        if let Some(first) = pending.first()
            && !adjoins
        {
            // If the first one is itself held back, everything from the start of its run has arrived.
            let run = log.last_run().filter(|_| log.holds(&first.id));
            let live = run.as_ref().filter(|run| **run < first.id);
            let end = live.unwrap_or(&first.id).clone();
            let start = log.newest().cloned();
            if start.as_ref() < Some(&end) {
                log.begin_after(end.clone());
                self.report_gap(start, Some(end), out);
            }
        }
        for entry in pending {
            self.release(index, Some(&entry.id), out);
            self.pass(index, entry, true, out);
        }
    }

    /// Nothing more is missing, unless the page was requested before the server had started the subscription.
    fn caught_up(&mut self, now: f64, out: &mut Out<P>) {
        let Some(log) = self.logs.get(self.fill.index) else {
            return;
        };
        if self.fill.asked >= self.settled || !self.subscribed {
            self.end_list(now, out);
        } else {
            self.fill.step = self.first_step(log);
            self.fill.due = self.settled;
        }
    }

    /// More entries are missing than the limit; `last` is the newest entry on the server. Reports a gap, and
    /// continues after it.
    fn far_end(&mut self, last: Option<Entry<P>>, now: f64, out: &mut Out<P>) {
        let index = self.fill.index;
        let Some(log) = self.logs.get_mut(index) else {
            return;
        };
        let live = log.live_from.clone();
        let last = last.filter(|last| {
            live.as_ref().is_none_or(|live| last.id < *live) && log.newest() < Some(&last.id)
        });
        let end = last.as_ref().map(|last| last.id.clone()).or(live);
        self.fill.rounds += 1;
        let Some(end) = end.filter(|_| self.fill.rounds <= ROUNDS) else {
            self.gap(index, out);
            return self.end_list(now, out);
        };
        let start = log.newest().cloned();
        log.begin_after(end.clone());
        self.report_gap(start, Some(end.clone()), out);
        self.release(index, Some(&end), out);
        if let Some(last) = last {
            self.pass(index, last, true, out);
        }
        self.fill.fetched = 0;
        let cursor = self.logs.get(index).and_then(DeliveredLog::next_cursor);
        self.fill.step = Step::Forward(cursor.unwrap_or(Cursor {
            after: end.clone(),
            bound: end,
        }));
        self.fill.due = now + ROUND;
    }

    /// The response about the last delivered statuses. Those that it lacks were deleted.
    fn compare_standing(&mut self, list: Vec<Entry<P>>, now: f64, out: &mut Out<P>) {
        let standing = std::mem::take(&mut self.fill.standing);
        if list.is_empty() && self.fill.standing_seen {
            // A page has just contained some of them, so the server does not support this request.
            self.checks = false;
            return self.finish(now, out);
        }
        if let Some(log) = self.logs.first_mut() {
            for id in standing {
                if !list.iter().any(|own| own.id == id) && log.delete(&id) {
                    out.push_back(Output::Deleted {
                        subscription: self.id,
                        id,
                    });
                }
            }
            for entry in list {
                if log.edit(&entry.id, &entry.edited_at) {
                    out.push_back(Output::Deliver {
                        subscription: self.id,
                        event: Event::of_entry(EventKind::StatusUpdate, entry),
                    });
                }
            }
        }
        self.finish(now, out);
    }

    /// Reports the gap between the last delivered entry and the first live one.
    fn gap(&mut self, index: usize, out: &mut Out<P>) {
        let Some(log) = self.logs.get_mut(index) else {
            return;
        };
        // Entries that are held back are delivered after the gap, even if several sockets brought them.
        let end = if self.subscribed {
            log.live_from.clone()
        } else {
            log.last_run()
        };
        let start = log.newest().cloned();
        let caught_up = end.is_some() && start >= end;
        let known = self.lived || start.is_some();
        let running = self.subscribed || log.held() > 0;
        if self.stale && known && running && !caught_up {
            match &end {
                Some(end) => log.begin_after(end.clone()),
                None => log.begin_after_next(),
            }
            self.report_gap(start, end, out);
        }
    }

    fn report_gap(&self, from: Option<EntityId>, to: Option<EntityId>, out: &mut Out<P>) {
        // If the end is not after the start, the list went backwards and the end is not known.
        let to = to.filter(|to| from.as_ref().is_none_or(|from| from < to));
        out.push_back(Output::Gap {
            subscription: self.id,
            from,
            to,
        });
    }

    /// The current list is complete.
    fn end_list(&mut self, now: f64, out: &mut Out<P>) {
        self.fill.step = Step::Idle;
        self.release(self.fill.index, None, out);
        self.begin(self.fill.index + 1, now, out);
    }

    /// All lists are complete: the subscription is live again.
    fn conclude(&mut self, now: f64, out: &mut Out<P>) {
        if std::mem::take(&mut self.fill.again) {
            return self.begin(0, now, out);
        }
        self.lived = true;
        self.go_live(out);
        if self.checks && !self.fill.standing.is_empty() {
            self.fill.step = Step::Check;
            return self.ask(now, out);
        }
        self.finish(now, out);
    }

    fn finish(&mut self, now: f64, out: &mut Out<P>) {
        self.fill.step = Step::Idle;
        if std::mem::take(&mut self.checking) && self.found && !self.mute {
            self.check_at = self.check_at.min(now + LATE);
        }
        if std::mem::take(&mut self.fill.again) {
            self.recover(now, out);
        }
    }

    /// Too much is held back, or for too long: gives up the backfill.
    fn give_up(&mut self, out: &mut Out<P>) {
        let complete = if self.is_idle() || self.fill.again {
            0
        } else {
            self.fill.index
        };
        self.deliver_pending(false, out);
        self.fill.step = Step::Idle;
        self.fill.due = f64::INFINITY;
        self.fill.again = false;
        self.checking = false;
        for index in complete..self.logs.len() {
            self.gap(index, out);
        }
        self.go_live(out);
    }

    /// Delivers everything that is held back. Without a socket, the subscription stays stale.
    fn go_live(&mut self, out: &mut Out<P>) {
        self.stale = !self.subscribed;
        self.hold_until = f64::INFINITY;
        for index in 0..self.logs.len() {
            self.release(index, None, out);
        }
        self.release_others(out);
    }

    /// Delivers what is held back of a list, up to `up_to` if it is given.
    fn release(&mut self, index: usize, up_to: Option<&EntityId>, out: &mut Out<P>) {
        while let Some(log) = self.logs.get_mut(index)
            && let Some(entry) = log.release(up_to)
        {
            self.pass(index, entry, true, out);
        }
    }

    /// Delivers the events that belong to no list, and notes edits and deletions in the log.
    fn release_others(&mut self, out: &mut Out<P>) {
        for event in std::mem::take(&mut self.others) {
            if let (Some(id), Some(log)) = (&event.id, self.logs.first_mut()) {
                match event.kind {
                    EventKind::StatusUpdate => _ = log.edit(id, &event.edited_at),
                    // Servers send it once for each stream that had the status.
                    EventKind::Delete if log.knows(id) && !log.delete(id) => continue,
                    _ => {}
                }
            }
            out.push_back(Output::Deliver {
                subscription: self.id,
                event,
            });
        }
    }

    /// Delivers an entry of a list, unless it was delivered before.
    fn pass(&mut self, index: usize, entry: Entry<P>, merged: bool, out: &mut Out<P>) {
        let Some(log) = self.logs.get_mut(index) else {
            return;
        };
        // A conversation is sent again with the same last status when it was read.
        let repeats = log.source == Source::Conversations && !merged;
        if repeats || !log.knows(&entry.id) {
            log.record(&entry.id, &entry.edited_at);
            self.found |= self.checking && merged;
            out.push_back(Output::Deliver {
                subscription: self.id,
                event: Event::of_entry(log.source.event(), entry),
            });
        }
    }
}

/// Fetches backwards, from the newest page.
fn from_top<P>(bound: Option<EntityId>) -> Step<P> {
    Step::Backward {
        before: None,
        bound,
        pending: Vec::new(),
    }
}

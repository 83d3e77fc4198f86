//! One stream's events on their way to the listeners: each once, in order, and none missing without a
//! gap that says so.
//!
//! While the socket is open, events pass as they arrive. When it dropped, the subscription is *stale*:
//! what arrives on the next socket is held back while what was missed is fetched over REST, and both
//! are merged by id. A page counts only if it adjoins what was delivered, which an entry on it shows
//! that was delivered before: some servers take `min_id` for `since_id`, some ignore it, and a home
//! timeline keeps 400 entries. Where it does not, pages are asked for backwards until one does.

use super::connection::POLL;
use super::delivered::{Cursor, DeliveredLog, Floor, in_order, insert};
use super::entity_id::EntityId;
use super::event::{Entry, Event, EventKind, Source};
use super::input::{Failure, SubscriptionId, SubscriptionOptions};
use super::output::{Fetch, Output, Query};
use super::stream_key::StreamKey;
use std::collections::VecDeque;
use std::rc::Rc;

/// How many entries a page is asked for.
pub const PAGE: u32 = 40;

/// How many entries of a page are looked at, whatever a server sends.
const PAGE_LIMIT: usize = 400;

/// How many entries of a list servers keep at least: fewer of a list that was empty are all there are.
const HISTORY: usize = 400;

/// How long after subscribing the server is given to take up the subscription, in milliseconds. It
/// never says that it has: only a page asked for later than this can prove that nothing was missed
/// in between.
const SETTLE: f64 = 1_000.0;

/// How many live events are held back before the subscription gives up fetching what came before them,
/// and for how long.
const HELD_LIMIT: usize = 1_000;
const HOLD: f64 = 30_000.0;

/// How often a request is tried without a socket: the next one tries again anyway. With one, giving up is
/// a gap, and a server that was restarted may take sockets long before it answers to REST; so the
/// request is tried until live events have waited for [`HOLD`]. And how often it is sent again because
/// the server counts requests.
const TRIES: u32 = 3;
const LIMITED_TRIES: u32 = 10;

/// The shortest and the longest wait before a request is sent again.
const FLOOR: f64 = 1_000.0;
const CEILING: f64 = 120_000.0;

/// How long to wait before fetching goes on beyond a gap, and how often it does before it ends: new
/// entries may come faster than they are fetched.
const ROUND: f64 = 2_000.0;
const ROUNDS: u32 = 4;
/// How often a fill looks further back at once. A list that is ever newer leads back to nothing.
const DETOURS: u32 = 20;

/// A subscription that nothing came through is checked over REST so soon, and more and more seldom up
/// to this.
const FIRST_CHECK: f64 = 15_000.0;
const LAST_CHECK: f64 = 120_000.0;

/// How long the socket has to bring what a check found.
const LATE: f64 = 5_000.0;

/// What is being asked of REST.
#[derive(Debug)]
enum Step<P> {
    /// Nothing.
    Idle,
    /// Where the list begins for this subscription.
    Anchor,
    /// What was missed, the oldest first.
    Forward(Cursor),
    /// What came does not adjoin what was delivered: the pages before it.
    Backward {
        /// The oldest fetched; none for the newest page.
        before: Option<EntityId>,
        /// Nothing at or below this is new.
        bound: Option<EntityId>,
        /// What was fetched, in order.
        pending: Vec<Entry<P>>,
    },
    /// More is missing than is fetched: the newest entry.
    FarEnd,
    /// Which of the statuses delivered last were edited or deleted.
    Check,
}

/// Fetching what was missed.
#[derive(Debug)]
struct Fill<P> {
    step: Step<P>,
    /// Of which list.
    index: usize,
    /// Under which ticket the response is awaited: one may come after it was given up.
    ticket: u32,
    /// When to send the request; infinity while it is under way.
    due: f64,
    asked: f64,
    fetched: u32,
    tries: u32,
    limited: u32,
    rounds: u32,
    /// How often the pages before did not lead back to what was delivered.
    detours: u32,
    /// The statuses to ask about at the end, and whether a page showed one of them.
    standing: Vec<EntityId>,
    standing_seen: bool,
    /// The socket was lost and replaced in the meantime: once more from the beginning.
    again: bool,
}

/// What became of a request or of time, for the machine to act on.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome<P> {
    /// Nothing.
    Nothing,
    /// REST had what the socket should have brought.
    Mute,
    /// The token is not good.
    Unauthorized(P),
    /// It was to go on after an id that is none of this server's.
    ForeignResume,
}

/// One subscription.
#[allow(
    clippy::struct_excessive_bools,
    reason = "they do not depend on one another"
)]
#[derive(Debug)]
pub struct Subscription<P> {
    /// Which.
    pub id: SubscriptionId,
    /// Its stream.
    pub key: Rc<StreamKey>,
    /// Whether REST may take over where the socket does not serve it.
    pub polling: bool,
    /// How many missed entries of a list are fetched at most.
    limit: u32,
    logs: Vec<DeliveredLog<P>>,
    /// Held back: what belongs to no list, in order of arrival.
    others: Vec<Event<P>>,
    /// Whether something may have been missed: live events are held back.
    stale: bool,
    /// Whether it has delivered what there was at some time, so that what is missing since then is lost.
    lived: bool,
    /// Whether it is subscribed on a socket that is open, and when the server has taken that up.
    subscribed: bool,
    settled: f64,
    /// Until when live events are held back at most.
    hold_until: f64,
    /// Whether the server can be asked about several statuses at once.
    checks: bool,
    /// Whether the server takes ids as cursors that no entity has.
    free_cursors: bool,
    fill: Fill<P>,

    // A server may pass over a subscription in silence.
    /// Whether anything ever came through a socket.
    served: bool,
    /// Whether REST has shown that something should have.
    mute: bool,
    /// When to look at REST, how long after the last time, and whether that is going on.
    check_at: f64,
    check_after: f64,
    checking: bool,
    /// Whether a check found something.
    found: bool,
}

type Out<P> = VecDeque<Output<P>>;

impl<P: Clone> Subscription<P> {
    /// A subscription that begins after what an earlier run delivered; else with what arrives.
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
            // Pages of the first list go on until they have caught up with this moment.
            let first = self.fill.index == 0 && matches!(self.fill.step, Step::Forward(_));
            self.fill.again = self.stale && !first;
        } else if self.stale || !begun {
            self.recover(now, out);
        }
    }

    /// The socket is gone.
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

    /// Fetches what was missed, unless that is going on already.
    pub fn recover(&mut self, now: f64, out: &mut Out<P>) {
        if !self.is_idle() {
            return;
        }
        self.stale |= !self.subscribed;
        self.fill.standing.clear();
        self.fill.standing_seen = false;
        self.fill.again = false;
        self.fill.rounds = 0;
        // What REST sends from now on is as new as can be: only what was delivered before can be old.
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

    /// Something was held back.
    fn held(&mut self, now: f64, out: &mut Out<P>) {
        if self.hold_until == f64::INFINITY && self.fill.tries > 0 {
            // The server is alive, and there is no time to lose.
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

    /// The request under this ticket was answered.
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
            // GoToSocial has no timeline of a tag that it never saw.
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

    /// Whether the subscription is to go on after a number, as a time or an id of Mastodon's is, while the
    /// server's ids are none: the two cannot be compared.
    fn is_foreign(&self, list: &[Entry<P>]) -> bool {
        let log = self.logs.get(self.fill.index);
        let number = log.is_some_and(|log| matches!(&log.floor, Floor::At(id) if id.is_numeric()));
        number && !list.is_empty() && !list.iter().any(|entry| entry.id.is_numeric())
    }

    /// When to call [`Subscription::timeout`]; infinity for never.
    pub fn due(&self) -> f64 {
        self.fill.due.min(self.hold_until).min(self.check_at)
    }

    /// Time passed.
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
            // The server may look the cursor up, and there is no such entity.
            self.free_cursors = false;
            cursor.after = cursor.bound.clone();
            self.fill.due = now + FLOOR;
        } else if !lasting && (waits || self.fill.tries < TRIES) {
            let doublings = self.fill.tries.min(8) - 1;
            self.fill.due = now + (f64::from(1_u32 << doublings) * FLOOR).min(CEILING);
        } else if matches!(self.fill.step, Step::Check) {
            // A convenience of newer servers: without it, missed edits and deletions stay unknown.
            self.checks = !lasting;
            self.finish(now, out);
        } else if matches!(self.fill.step, Step::FarEnd) {
            self.far_end(None, now, out);
        } else if self.subscribed || lasting {
            self.deliver_pending(false, out);
            self.gap(self.fill.index, out);
            self.end_list(now, out);
        } else {
            // Without a connection nothing is certain to be lost yet: the next one tries again,
            // and what is held back waits for it.
            self.fill.step = Step::Idle;
            self.checking = false;
        }
    }

    /// Takes up the list of this index, or ends the fill after the last.
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

    /// Sends the request of the present step.
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

    /// The list turned out to begin after this entry. If the subscription had been running before, what
    /// it missed cannot be known.
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

    /// A page of what was missed: delivered in order, with what was held back in between, if it adjoins
    /// what was delivered.
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
            // What a socket brought anyway does not count.
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
                    // The list is ever newer, as fast as it is read.
                    self.fill.due = now + ROUND;
                } else {
                    self.ask(now, out);
                }
            }
            None => self.end_list(now, out),
        }
    }

    /// A page before what was fetched.
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
        // Conversations move up in their list, and it is complete where it ends.
        let mut adjoins = list.is_empty() && log.source == Source::Conversations;
        let mut advanced = false;
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

    /// Delivers what was fetched backwards, after a gap unless it adjoins what was delivered.
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
            // Where the first is held back itself, all arrived from there on.
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

    /// Nothing more is missing, unless it was asked for before the server took the subscription up.
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

    /// More is missing than is fetched; `last` is the newest entry on the server. The gap is reported,
    /// and the stream goes on from its far end.
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

    /// The response about the statuses delivered last: those that are missing in it are deleted.
    fn compare_standing(&mut self, list: Vec<Entry<P>>, now: f64, out: &mut Out<P>) {
        let standing = std::mem::take(&mut self.fill.standing);
        if list.is_empty() && self.fill.standing_seen {
            // A page has just shown some of them: the server does not know this request.
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

    /// Reports that what lies between the last delivered and the first that arrived live is lost.
    fn gap(&mut self, index: usize, out: &mut Out<P>) {
        let Some(log) = self.logs.get_mut(index) else {
            return;
        };
        // What was held back is delivered next, beyond the gap, however many sockets brought it.
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
        // A list that went back behind what was delivered does not say where it goes on.
        let to = to.filter(|to| from.as_ref().is_none_or(|from| from < to));
        out.push_back(Output::Gap {
            subscription: self.id,
            from,
            to,
        });
    }

    /// Nothing is missing any more in the present list.
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

    /// Too much is held back, or for too long: what came before it is given up.
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

    /// Delivers everything that was held back. Without a socket the subscription stays stale.
    fn go_live(&mut self, out: &mut Out<P>) {
        self.stale = !self.subscribed;
        self.hold_until = f64::INFINITY;
        for index in 0..self.logs.len() {
            self.release(index, None, out);
        }
        self.release_others(out);
    }

    /// Delivers what was held back of a list, up to `up_to` where that is one.
    fn release(&mut self, index: usize, up_to: Option<&EntityId>, out: &mut Out<P>) {
        while let Some(log) = self.logs.get_mut(index)
            && let Some(entry) = log.release(up_to)
        {
            self.pass(index, entry, true, out);
        }
    }

    /// Delivers what belongs to no list, and remembers what it says about one.
    fn release_others(&mut self, out: &mut Out<P>) {
        for event in std::mem::take(&mut self.others) {
            if let (Some(id), Some(log)) = (&event.id, self.logs.first_mut()) {
                match event.kind {
                    EventKind::StatusUpdate => _ = log.edit(id, &event.edited_at),
                    // It comes once for each stream that the status was on.
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

    /// Delivers what belongs to a list, unless it was.
    fn pass(&mut self, index: usize, entry: Entry<P>, merged: bool, out: &mut Out<P>) {
        let Some(log) = self.logs.get_mut(index) else {
            return;
        };
        // The same conversation with the same last status comes again when it was read.
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

/// The newest page first.
fn from_top<P>(bound: Option<EntityId>) -> Step<P> {
    Step::Backward {
        before: None,
        bound,
        pending: Vec::new(),
    }
}

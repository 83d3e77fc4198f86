//! The whole machine against a model of a server. There are random drops, rejections, duplicates, reordering
//! and failing requests; ids of three kinds of servers, and cursors of three. What the listener received is
//! compared with what was posted. The random choices come from proptest (`properties`) and from fuzzing
//! (`crate::fuzz`).

#[cfg(test)]
mod properties;

use super::connection::{Closed, ConnectionOptions, Probe, State};
use super::entity_id::EntityId;
use super::event::{Entry, Event, EventKind, Source};
use super::input::{Failure, Input, SubscriptionId, SubscriptionOptions};
use super::machine::Machine;
use super::output::{EndReason, Fetch, Message, Output, Query};
use super::rejection::Rejection;
use super::stream_key::StreamKey;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The ids of a server.
#[derive(Debug, Clone, Copy)]
pub enum Ids {
    /// Numbers.
    Snowflakes,
    /// Letters and digits that begin with the time.
    Ulids,
    /// UUIDs of version 7.
    Uuids,
}

impl Ids {
    fn id(self, number: u32) -> EntityId {
        let text = match self {
            Self::Snowflakes => (113_000_000_000_000_000 + u64::from(number) * 6553).to_string(),
            Self::Ulids => {
                let alphabet = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
                let digit = |at: u32| char::from(alphabet[(number >> (5 * at)) as usize % 32]);
                let time: String = (0..7).rev().map(digit).collect();
                format!("01J{time}Q9M3J4K5T6W7X8Y9")
            }
            Self::Uuids => format!(
                "018f{:04x}-{:04x}-7000-8000-0123456789ab",
                number >> 16,
                number & 0xffff
            ),
        };
        EntityId::new(&text).unwrap()
    }
}

/// How a server handles the cursors of a page.
#[derive(Debug, Clone, Copy)]
pub enum Cursors {
    /// As Mastodon documents them.
    Proper,
    /// `min_id` is treated like `since_id`: returns the newest entries, not the next ones.
    Since,
    /// `min_id` is ignored.
    Ignored,
}

/// The properties of a server.
#[derive(Debug, Clone, Copy)]
pub struct Server {
    /// Its ids.
    pub ids: Ids,
    /// How it handles cursors.
    pub cursors: Cursors,
    /// How many entries of a list it keeps.
    pub keeps: usize,
    /// The maximum length of a page.
    pub page: usize,
}

/// A step of the simulation.
#[derive(Debug, Clone)]
pub enum Op {
    /// This many statuses are posted, with this many milliseconds between them.
    Post(u8, u16),
    /// A status arrives late: its id is older than that of the last one.
    PostLate,
    /// A notification comes.
    Notify,
    /// The connection is lost.
    Drop,
    /// The socket stays open, but nothing comes through it any more.
    Silence,
    /// The server refuses sockets for this many milliseconds.
    Down(u16),
    /// REST fails for this many milliseconds.
    RestDown(u16),
    /// REST does not respond for this many milliseconds.
    RestHangs(u16),
    /// The last frame is sent again.
    Duplicate,
    /// The next frame overtakes the one after it.
    Swap,
    /// A subscription to a list of another account is requested.
    AskForbidden,
    /// Time passes.
    Wait(u16),
    /// The page is visible again.
    Wake,
    /// The client gets a token: another socket.
    NewToken,
}

type Response = Result<Vec<Entry<()>>, Failure<()>>;

/// Something in transit between client and server.
#[derive(Debug)]
enum Travel {
    Opened(u32),
    Failed(u32),
    Message(u32, Message),
    Frame(u32, Frame),
    Fetch(Fetch),
    Response(SubscriptionId, u32, Response),
    Probed,
}

#[derive(Debug, Clone)]
enum Frame {
    Status(u32),
    Notification(u32),
    Rejection(u16),
}

/// A machine, with a simulated server, network and listener.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug)]
pub struct World {
    now: f64,
    server: Server,
    machine: Machine<()>,
    forbidden: Vec<SubscriptionId>,
    /// What is in transit and when it arrives, in order of departure.
    travelling: Vec<(f64, Travel)>,
    socket: u32,
    /// Whether the socket is open on the server's side and transmits frames.
    open: bool,
    silent: bool,
    subscribed: bool,
    swap: Option<Frame>,
    swapping: bool,
    last_frame: Option<Frame>,
    down_until: f64,
    rest_down_until: f64,
    rest_hangs_until: f64,
    statuses: Vec<EntityId>,
    notifications: Vec<EntityId>,
    next: u32,
    random: u64,
    /// What the listener received.
    seen: Vec<EntityId>,
    seen_notifications: Vec<EntityId>,
    gaps: Vec<(Option<EntityId>, Option<EntityId>)>,
    ended: BTreeMap<SubscriptionId, EndReason<()>>,
    requests: u32,
    /// When each event that is not delivered yet came through the socket.
    arrivals: BTreeMap<EntityId, f64>,
    longest_hold: f64,
}

const USER: SubscriptionId = SubscriptionId(1);

/// The latency of a frame, and of each half of a request.
const LATENCY: f64 = 40.0;

impl World {
    /// A world with a listener for `user`.
    pub fn new(server: Server, backfill_limit: u32, seed: u64) -> Self {
        let mut machine = Machine::new(true);
        let configured = Input::Configure(ConnectionOptions {
            open_timeout: 30_000.0,
            idle_timeout: 90_000.0,
            polling: true,
        });
        machine.handle(configured, 0.0, 0.0);
        let mut world = Self {
            now: 0.0,
            server,
            machine,
            forbidden: Vec::new(),
            travelling: Vec::new(),
            socket: 0,
            open: false,
            silent: false,
            subscribed: false,
            swap: None,
            swapping: false,
            last_frame: None,
            down_until: 0.0,
            rest_down_until: 0.0,
            rest_hangs_until: 0.0,
            statuses: vec![server.ids.id(10)],
            notifications: vec![server.ids.id(5)],
            next: 100,
            random: seed | 1,
            seen: Vec::new(),
            seen_notifications: Vec::new(),
            gaps: Vec::new(),
            ended: BTreeMap::new(),
            requests: 0,
            arrivals: BTreeMap::new(),
            longest_hold: 0.0,
        };
        world.subscribe(USER, StreamKey::new("user", ""), backfill_limit, true);
        // The guarantees hold once the stream is subscribed and knows where its list begins.
        world.advance(5_000.0);
        world
    }

    fn subscribe(
        &mut self,
        subscription: SubscriptionId,
        key: StreamKey,
        backfill_limit: u32,
        polling: bool,
    ) {
        let options = SubscriptionOptions {
            backfill_limit,
            polling,
            resume: None,
            resume_notification: None,
        };
        self.handle(Input::Subscribe {
            subscription,
            key: Rc::new(key),
            options,
        });
    }

    fn handle(&mut self, input: Input<()>) {
        let random = self.random();
        self.machine.handle(input, self.now, random);
        while let Some(output) = self.machine.poll_output() {
            self.carry_out(output);
        }
    }

    fn random(&mut self) -> f64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        f64::from(u32::try_from(self.random >> 40).unwrap()) / f64::from(1_u32 << 24)
    }

    /// Runs a step.
    pub fn run(&mut self, op: &Op) {
        match *op {
            Op::Post(count, every) => {
                for _ in 0..count {
                    self.next += 10;
                    self.post(self.next);
                    self.advance(f64::from(every));
                }
            }
            Op::PostLate => {
                let number = self.next - 5;
                if !self.statuses.contains(&self.server.ids.id(number)) {
                    self.post(number);
                }
            }
            Op::Notify => {
                self.next += 10;
                self.notifications.push(self.server.ids.id(self.next));
                self.emit(Frame::Notification(self.next));
            }
            Op::Drop => self.drop_socket(),
            Op::Silence => self.silent |= self.open,
            Op::Down(time) => {
                self.down_until = self.now + f64::from(time);
                self.drop_socket();
            }
            Op::RestDown(time) => self.rest_down_until = self.now + f64::from(time),
            Op::RestHangs(time) => self.rest_hangs_until = self.now + f64::from(time),
            Op::Duplicate => {
                if let Some(frame) = self.last_frame.clone() {
                    self.emit(frame);
                }
            }
            Op::Swap => self.swapping = true,
            Op::AskForbidden => {
                let number = 2 + u32::try_from(self.forbidden.len()).unwrap();
                let id = SubscriptionId(number);
                self.forbidden.push(id);
                self.subscribe(id, StreamKey::new("list", &number.to_string()), 0, false);
            }
            Op::Wait(time) => self.advance(f64::from(time)),
            Op::Wake => self.handle(Input::Wake),
            Op::NewToken => self.handle(Input::NewToken),
        }
    }

    /// Ends all failures, and gives the machine enough time.
    pub fn settle(&mut self) {
        self.down_until = 0.0;
        self.rest_down_until = 0.0;
        self.rest_hangs_until = 0.0;
        self.flush_swap();
        self.advance(300_000.0);
        assert_eq!(self.machine.state(), State::Open);
    }

    fn post(&mut self, number: u32) {
        let id = self.server.ids.id(number);
        let at = self.statuses.partition_point(|other| *other < id);
        self.statuses.insert(at, id);
        self.emit(Frame::Status(number));
    }

    fn emit(&mut self, frame: Frame) {
        self.last_frame = Some(frame.clone());
        if !self.open || !self.subscribed || self.silent {
            return;
        }
        if self.swap.is_none() && std::mem::take(&mut self.swapping) {
            self.swap = Some(frame);
            return;
        }
        self.send(Travel::Frame(self.socket, frame));
        self.flush_swap();
    }

    fn flush_swap(&mut self) {
        if let Some(frame) = self.swap.take().filter(|_| !self.silent) {
            self.send(Travel::Frame(self.socket, frame));
        }
    }

    fn drop_socket(&mut self) {
        if self.open {
            self.close();
            self.handle(Input::Closed(Closed {
                status: None,
                named: true,
            }));
        }
    }

    fn close(&mut self) {
        self.open = false;
        self.silent = false;
        self.subscribed = false;
        self.swap = None;
    }

    fn send(&mut self, what: Travel) {
        self.send_in(LATENCY, what);
    }

    fn send_in(&mut self, delay: f64, what: Travel) {
        self.travelling.push((self.now + delay, what));
    }

    fn advance(&mut self, time: f64) {
        let end = self.now + time;
        loop {
            let arrivals = self.travelling.iter().enumerate();
            let first = arrivals.min_by(|a, b| a.1.0.total_cmp(&b.1.0));
            let arrival = first.map_or(f64::INFINITY, |(_, (at, _))| *at);
            let due = self.machine.poll_timeout().unwrap_or(f64::INFINITY);
            if arrival.min(due) > end {
                self.now = end;
                return;
            }
            if let Some((index, _)) = first.filter(|_| arrival <= due) {
                self.now = self.now.max(arrival);
                let (_, what) = self.travelling.remove(index);
                self.arrive(what);
            } else {
                self.now = self.now.max(due);
                self.handle(Input::Timeout);
            }
        }
    }

    fn arrive(&mut self, what: Travel) {
        match what {
            Travel::Opened(socket) if socket == self.socket => {
                self.open = true;
                self.handle(Input::Opened);
            }
            Travel::Failed(socket) if socket == self.socket => {
                self.handle(Input::Closed(Closed::default()));
            }
            Travel::Message(socket, message) if socket == self.socket && !self.silent => {
                match message {
                    Message::Ping => self.send(Travel::Frame(socket, Frame::Rejection(400))),
                    Message::Subscribe(key) if key.is_list() => {
                        self.send(Travel::Frame(socket, Frame::Rejection(401)));
                    }
                    Message::Subscribe(_) => self.subscribed = true,
                    Message::Unsubscribe(_) => {}
                }
            }
            Travel::Frame(socket, frame) if socket == self.socket && self.open => match frame {
                Frame::Status(number) => self.live(EventKind::Update, number),
                Frame::Notification(number) => self.live(EventKind::Notification, number),
                Frame::Rejection(status) => self.handle(Input::Rejected(Rejection {
                    status,
                    of_list: status == 401,
                    error: (),
                })),
            },
            Travel::Fetch(fetch) => {
                self.requests += 1;
                let result = if self.now < self.rest_down_until.max(self.rest_hangs_until) {
                    Err(Failure::Passing)
                } else {
                    Ok(self.answer(&fetch.query))
                };
                // A request without response times out after 20 seconds.
                let hangs = self.now < self.rest_hangs_until;
                let delay = if hangs { 20_000.0 } else { LATENCY };
                self.send_in(
                    delay,
                    Travel::Response(fetch.subscription, fetch.ticket, result),
                );
            }
            Travel::Response(subscription, ticket, result) => self.handle(Input::Fetched {
                subscription,
                ticket,
                result,
            }),
            Travel::Probed => {
                let probe = if self.now < self.rest_down_until {
                    Probe::Unreachable
                } else {
                    Probe::Good
                };
                self.handle(Input::Probed(probe));
            }
            _ => {}
        }
    }

    fn live(&mut self, kind: EventKind, number: u32) {
        let event = Event::of_entry(kind, entry(self.server.ids.id(number)));
        let id = event.id.clone().unwrap();
        self.arrivals.entry(id).or_insert(self.now);
        self.handle(Input::Event {
            key: Some(StreamKey::new("user", "").into()),
            event,
        });
    }

    /// The server's response, the newest entry first.
    fn answer(&self, query: &Query) -> Vec<Entry<()>> {
        let (source, limit, after, before) = match query {
            Query::Statuses(ids) => {
                let all = self.statuses.iter().filter(|id| ids.contains(id));
                return all.cloned().map(entry).collect();
            }
            Query::Page {
                source,
                limit,
                after,
                before,
            } => (*source, *limit as usize, after.as_ref(), before.as_ref()),
        };
        let all = match source {
            Source::Notifications => &self.notifications,
            _ => &self.statuses,
        };
        let kept = &all[all.len().saturating_sub(self.server.keeps)..];
        let limit = limit.min(self.server.page);
        let honoured = after.filter(|_| !matches!(self.server.cursors, Cursors::Ignored));
        let start = honoured.map_or(0, |after| kept.partition_point(|id| id <= after));
        let end = before.map_or(kept.len(), |before| kept.partition_point(|id| id < before));
        let list = &kept[start.min(end)..end];
        let length = list.len().min(limit);
        let list = if matches!(self.server.cursors, Cursors::Proper) && after.is_some() {
            &list[..length]
        } else {
            &list[list.len() - length..]
        };
        list.iter().rev().cloned().map(entry).collect()
    }

    fn carry_out(&mut self, output: Output<()>) {
        match output {
            Output::Connect { .. } => {
                self.socket += 1;
                let socket = self.socket;
                let arrived = if self.now < self.down_until {
                    Travel::Failed(socket)
                } else {
                    Travel::Opened(socket)
                };
                self.send(arrived);
            }
            Output::Disconnect => {
                self.close();
                self.socket += 1;
            }
            Output::Send(message) => {
                // The server needs some time to subscribe.
                let delay = LATENCY + 600.0 * self.random();
                self.send_in(delay, Travel::Message(self.socket, message));
            }
            Output::Probe(_) => self.send_in(2.0 * LATENCY, Travel::Probed),
            Output::Fetch(fetch) => {
                let delay = LATENCY + 100.0 * self.random();
                self.send_in(delay, Travel::Fetch(fetch));
            }
            Output::Deliver {
                subscription: USER,
                event,
            } => {
                let id = event.id.unwrap();
                if let Some(arrived) = self.arrivals.get(&id) {
                    self.longest_hold = self.longest_hold.max(self.now - arrived);
                }
                if event.kind == EventKind::Update {
                    self.seen.push(id);
                } else {
                    self.seen_notifications.push(id);
                }
            }
            Output::Gap {
                subscription: USER,
                from,
                to,
            } => self.gaps.push((from, to)),
            Output::End {
                subscription,
                reason,
            } => _ = self.ended.insert(subscription, reason),
            Output::Deleted { id, .. } => panic!("{id:?} is not deleted"),
            _ => {}
        }
    }

    fn posted(&self) -> &[EntityId] {
        &self.statuses[1..]
    }

    fn notified(&self) -> &[EntityId] {
        &self.notifications[1..]
    }

    /// Whether a reported gap covers this id.
    fn covered(&self, id: &EntityId) -> bool {
        let covers = |(from, to): &(Option<EntityId>, Option<EntityId>)| {
            from.as_ref().is_none_or(|from| from < id) && to.as_ref().is_none_or(|to| id < to)
        };
        self.gaps.iter().any(covers)
    }

    /// If REST works and nothing is reordered: each event once, in order, without gaps.
    pub fn check_each_once_in_order(&self) {
        assert_eq!(&self.seen, self.posted());
        assert_eq!(&self.seen_notifications, self.notified());
        assert_eq!(&self.gaps, &[]);
        for own in &self.forbidden {
            assert_eq!(self.ended.get(own), Some(&EndReason::Rejected(())));
        }
        assert!(!self.ended.contains_key(&USER));
    }

    /// With all failures and short lists: no event twice, none missing unless a gap covers it, and none held
    /// back for longer than half a minute.
    pub fn check_none_twice_none_lost(&self, ops: &[Op]) {
        let seen = sorted(&self.seen);
        let mut once = seen.clone();
        once.dedup();
        assert_eq!(&seen, &once, "delivered twice");
        // Late statuses make the limits of a gap inexact. They are found only among the newest entries:
        // `late_posts_are_found`.
        let late = ops.iter().any(|op| matches!(op, Op::PostLate));
        for id in self.posted().iter().filter(|_| !late) {
            let delivered = seen.binary_search(id).is_ok();
            assert!(
                delivered || self.covered(id),
                "{id:?} is missing, gaps {:?}",
                self.gaps
            );
        }
        let reordered = late || ops.iter().any(|op| matches!(op, Op::Swap));
        if !reordered {
            assert_eq!(&self.seen, &seen, "out of order");
        }
        assert!(
            self.longest_hold <= 30_000.0,
            "held for {}",
            self.longest_hold
        );
    }
}

fn entry(id: EntityId) -> Entry<()> {
    Entry {
        id,
        edited_at: String::new(),
        payload: (),
    }
}

fn sorted(ids: &[EntityId]) -> Vec<EntityId> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids
}

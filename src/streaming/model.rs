//! The whole machine against a model of a server: random drops, refusals, duplicates, reordering
//! and failing requests, and what the listener saw is compared with what was posted.

use super::channel::{Channel, Source};
use super::connection::{Probe, State};
use super::hub::{Action, Hub, Options, Reason};
use super::id::Id;
use super::lane::{Event, Failure, Kind, PAGE, Request};
use super::refusal::Refusal;
use super::sequence::Item;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// One thing that the world does.
#[derive(Debug, Clone)]
enum Op {
    /// So many statuses are posted, with so many milliseconds between them.
    Post(u8, u16),
    /// A status arrives whose id says that it was written before the last one.
    PostLate,
    Notify,
    /// The socket drops.
    Drop,
    /// The socket stays open and nothing comes through it any more.
    Silence,
    /// The server takes no sockets for so many milliseconds.
    Down(u16),
    /// REST fails for so many milliseconds.
    RestDown(u16),
    /// The last frame is sent again.
    Duplicate,
    /// The next frame overtakes the one after it.
    Swap,
    /// A list is asked for that is somebody else's.
    AskForbidden,
    /// Time passes.
    Wait(u16),
    /// A page is seen again.
    Wake,
}

/// What travels.
#[derive(Debug)]
enum Travel {
    Opened(u32),
    Failed(u32),
    Subscribe(u32, Channel),
    Ask(u32),
    Frame(u32, Frame),
    Fetch(u32, u32, Request),
    Answer(u32, u32, Result<Vec<Item<(Source, u64)>>, Failure>),
    Probed,
}

#[derive(Debug, Clone)]
enum Frame {
    Status(u64),
    Notification(u64),
    Refusal(u32),
}

#[allow(clippy::struct_excessive_bools)]
struct World {
    now: f64,
    hub: Hub<(Source, u64)>,
    user: u32,
    forbidden: Vec<u32>,
    /// When each travels, in order of departure.
    travelling: Vec<(f64, Travel)>,
    socket: u32,
    /// The socket is open on the server's side, and frames come through.
    open: bool,
    silent: bool,
    subscribed: bool,
    swap: Option<Frame>,
    swapping: bool,
    last_frame: Option<Frame>,
    down_until: f64,
    rest_down_until: f64,
    statuses: Vec<u64>,
    notifications: Vec<u64>,
    next: u64,
    random: u64,
    /// What the listener saw.
    seen: Vec<u64>,
    seen_notifications: Vec<u64>,
    gaps: Vec<(Option<u64>, Option<u64>)>,
    ended: BTreeMap<u32, Reason>,
}

const USER: Channel = Channel {
    number: 1,
    traits: 3,
};

fn id_of(number: u64) -> Id {
    Id::new(&number.to_string()).unwrap()
}

fn number_of(id: Id) -> u64 {
    format!("{id:?}").parse().unwrap()
}

/// How long a frame, and half a request, takes.
const LATENCY: f64 = 40.0;

impl World {
    fn new(limit: u32, seed: u64) -> Self {
        let mut hub = Hub::new(true);
        let options = Options {
            limit,
            ..Options::default()
        };
        let user = hub.attach(USER, options, 0.0);
        let mut world = Self {
            now: 0.0,
            hub,
            user,
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
            statuses: vec![10],
            notifications: vec![5],
            next: 100,
            random: seed | 1,
            seen: Vec::new(),
            seen_notifications: Vec::new(),
            gaps: Vec::new(),
            ended: BTreeMap::new(),
        };
        // The promise begins once the stream stands and knows where it began.
        world.drain();
        world.advance(5_000.0);
        world
    }

    fn random(&mut self) -> f64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        f64::from(u32::try_from(self.random >> 40).unwrap()) / f64::from(1_u32 << 24)
    }

    fn run(&mut self, op: &Op) {
        match *op {
            Op::Post(count, every) => {
                for _ in 0..count {
                    self.next += 10;
                    self.post(self.next);
                    self.advance(f64::from(every));
                }
            }
            Op::PostLate => {
                let id = self.next - 5;
                if !self.statuses.contains(&id) {
                    self.post(id);
                }
            }
            Op::Notify => {
                self.next += 10;
                self.notifications.push(self.next);
                self.emit(Frame::Notification(self.next));
            }
            Op::Drop => self.drop_socket(),
            Op::Silence => self.silent |= self.open,
            Op::Down(time) => {
                self.down_until = self.now + f64::from(time);
                self.drop_socket();
            }
            Op::RestDown(time) => self.rest_down_until = self.now + f64::from(time),
            Op::Duplicate => {
                if let Some(frame) = self.last_frame.clone() {
                    self.emit(frame);
                }
            }
            Op::Swap => self.swapping = true,
            Op::AskForbidden => {
                let number = 100 + u32::try_from(self.forbidden.len()).unwrap();
                let options = Options {
                    limit: 0,
                    polls: false,
                    ..Options::default()
                };
                let channel = Channel { number, traits: 9 };
                let lane = self.hub.attach(channel, options, self.now);
                self.forbidden.push(lane);
                self.drain();
            }
            Op::Wait(time) => self.advance(f64::from(time)),
            Op::Wake => {
                self.hub.wake(self.now);
                self.drain();
            }
        }
    }

    /// Everything works again, and there is time.
    fn settle(&mut self) {
        self.down_until = 0.0;
        self.rest_down_until = 0.0;
        self.flush_swap();
        self.advance(300_000.0);
        assert_eq!(self.hub.state(), State::Open);
    }

    fn post(&mut self, id: u64) {
        let at = self.statuses.partition_point(|other| *other < id);
        self.statuses.insert(at, id);
        self.emit(Frame::Status(id));
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
            let random = self.random();
            self.hub.closed(self.now, random);
            self.drain();
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
            let deadline = self.hub.deadline();
            if arrival.min(deadline) > end {
                self.now = end;
                return;
            }
            if let Some((index, _)) = first.filter(|_| arrival <= deadline) {
                self.now = self.now.max(arrival);
                let (_, what) = self.travelling.remove(index);
                self.arrive(what);
            } else {
                self.now = self.now.max(deadline);
                let random = self.random();
                self.hub.tick(self.now, random);
            }
            self.drain();
        }
    }

    fn arrive(&mut self, what: Travel) {
        let now = self.now;
        match what {
            Travel::Opened(socket) if socket == self.socket => {
                self.open = true;
                self.hub.opened(now);
            }
            Travel::Failed(socket) if socket == self.socket => {
                let random = self.random();
                self.hub.closed(now, random);
            }
            Travel::Subscribe(socket, channel) if socket == self.socket && !self.silent => {
                if channel.is_list() {
                    let refusal = Frame::Refusal(401);
                    self.send(Travel::Frame(socket, refusal));
                } else {
                    self.subscribed = true;
                }
            }
            Travel::Ask(socket) if socket == self.socket && !self.silent => {
                let refusal = Frame::Refusal(400);
                self.send(Travel::Frame(socket, refusal));
            }
            Travel::Frame(socket, frame) if socket == self.socket && self.open => match frame {
                Frame::Status(id) => self.live(Source::Statuses, id),
                Frame::Notification(id) => self.live(Source::Notifications, id),
                Frame::Refusal(status) => {
                    let refusal = Refusal {
                        number: 0,
                        status,
                        of_list: status == 401,
                    };
                    self.hub.refused(refusal, now);
                }
            },
            Travel::Fetch(lane, ticket, request) => {
                let answer = if now < self.rest_down_until {
                    Err(Failure::Passing)
                } else {
                    Ok(self.answer(&request))
                };
                self.send(Travel::Answer(lane, ticket, answer));
            }
            Travel::Answer(lane, ticket, answer) => self.hub.fetched(lane, ticket, answer, now),
            Travel::Probed => {
                let probe = if now < self.rest_down_until {
                    Probe::Unreachable
                } else {
                    Probe::Good
                };
                let random = self.random();
                self.hub.probed(probe, now, random);
            }
            _ => {}
        }
    }

    fn live(&mut self, source: Source, id: u64) {
        let event = (source, id);
        let (kind, id) = (Kind::New(source), id_of(id));
        let none = Id::default();
        self.hub
            .event(USER.number, kind, id, none, &event, self.now);
    }

    fn answer(&self, request: &Request) -> Vec<Item<(Source, u64)>> {
        let all = |source| match source {
            Source::Notifications => &self.notifications,
            _ => &self.statuses,
        };
        let source = match request {
            Request::Newest(source) | Request::After(source, _) => *source,
            Request::Statuses(_) => Source::Statuses,
        };
        let ids: Vec<u64> = match request {
            Request::Newest(source) => all(*source).last().copied().into_iter().collect(),
            Request::After(source, id) => {
                let after = all(*source).iter().copied();
                let newer = after.filter(|other| *id < id_of(*other));
                let mut page: Vec<u64> = newer.take(PAGE).collect();
                page.reverse();
                page
            }
            Request::Statuses(ids) => ids.iter().map(|id| number_of(*id)).collect(),
        };
        let item = |id: u64| Item {
            id: id_of(id),
            edited: Id::default(),
            event: (source, id),
        };
        ids.into_iter().map(item).collect()
    }

    fn drain(&mut self) {
        loop {
            let actions = self.hub.take_actions();
            if actions.is_empty() {
                return;
            }
            for action in actions {
                self.carry_out(action);
            }
        }
    }

    fn carry_out(&mut self, action: Action<(Source, u64)>) {
        match action {
            Action::Connect(_) => {
                self.socket += 1;
                let socket = self.socket;
                let arrived = if self.now < self.down_until {
                    Travel::Failed(socket)
                } else {
                    Travel::Opened(socket)
                };
                self.send(arrived);
            }
            Action::Disconnect => {
                self.close();
                self.socket += 1;
            }
            Action::Subscribe(channel) => {
                // Taking up a subscription costs the server some time.
                let delay = LATENCY + 600.0 * self.random();
                self.send_in(delay, Travel::Subscribe(self.socket, channel));
            }
            Action::Ask => self.send(Travel::Ask(self.socket)),
            Action::Probe => self.send_in(2.0 * LATENCY, Travel::Probed),
            Action::Fetch(lane, ticket, request) => {
                let delay = LATENCY + 100.0 * self.random();
                self.send_in(delay, Travel::Fetch(lane, ticket, request));
            }
            Action::Deliver(lane, event) if lane == self.user => self.deliver(event),
            Action::Deliver(..) | Action::State | Action::Unsubscribe(_) => {}
            Action::End(lane, reason) => _ = self.ended.insert(lane, reason),
            Action::EndAll(reason) => panic!("ended with {reason:?}"),
        }
    }

    fn deliver(&mut self, event: Event<(Source, u64)>) {
        match event {
            Event::Whole((Source::Statuses, id)) => self.seen.push(id),
            Event::Whole((_, id)) => self.seen_notifications.push(id),
            Event::Gap(from, to) => {
                self.gaps.push((from.map(number_of), to.map(number_of)));
            }
            Event::Deleted(id) => panic!("{id:?} is not deleted"),
        }
    }

    fn posted(&self) -> &[u64] {
        &self.statuses[1..]
    }

    /// Whether a gap was reported that this id lies in.
    fn covered(&self, id: u64) -> bool {
        let covers = |(from, to): &(Option<u64>, Option<u64>)| {
            from.is_none_or(|from| from < id) && to.is_none_or(|to| id < to)
        };
        self.gaps.iter().any(covers)
    }
}

fn sorted(ids: &[u64]) -> Vec<u64> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        6 => (1..60_u8, 0..300_u16).prop_map(|(count, every)| Op::Post(count, every)),
        3 => Just(Op::Notify),
        4 => Just(Op::Drop),
        1 => Just(Op::Silence),
        1 => (0..40_000_u16).prop_map(Op::Down),
        2 => Just(Op::Duplicate),
        1 => Just(Op::AskForbidden),
        4 => (0..5_000_u16).prop_map(Op::Wait),
        1 => Just(Op::Wake),
    ]
}

fn unkind_op() -> impl Strategy<Value = Op> {
    prop_oneof![
        10 => op(),
        1 => Just(Op::Swap),
        1 => Just(Op::PostLate),
        1 => (0..20_000_u16).prop_map(Op::RestDown),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// While REST works and nothing is reordered: each once, in order, without any gap.
    #[test]
    fn each_once_in_order(ops in prop::collection::vec(op(), 0..40), seed: u64) {
        let mut world = World::new(100_000, seed);
        for op in &ops {
            world.run(op);
        }
        world.settle();
        prop_assert_eq!(&world.seen, world.posted());
        prop_assert_eq!(&world.seen_notifications, &world.notifications[1..]);
        prop_assert_eq!(&world.gaps, &[]);
        for lane in &world.forbidden {
            prop_assert!(matches!(world.ended.get(lane), Some(Reason::Refused(_))));
        }
        prop_assert!(!world.ended.contains_key(&world.user));
    }

    /// With everything that can go wrong, and few entries to be fetched: none twice, and none
    /// missing that no gap covers.
    #[test]
    fn none_twice_none_lost_in_silence(
        ops in prop::collection::vec(unkind_op(), 0..40),
        limit in 0..200_u32,
        seed: u64,
    ) {
        let mut world = World::new(limit, seed);
        for op in &ops {
            world.run(op);
        }
        world.settle();
        let seen = sorted(&world.seen);
        let mut once = seen.clone();
        once.dedup();
        prop_assert_eq!(&seen, &once, "delivered twice");
        // Posts that arrive late make the bounds of a gap a guess, and are themselves found only
        // among the newest: `late_posts_are_found`.
        let late = ops.iter().any(|op| matches!(op, Op::PostLate));
        for id in world.posted().iter().filter(|_| !late) {
            let delivered = seen.binary_search(id).is_ok();
            prop_assert!(delivered || world.covered(*id), "{} is missing, gaps {:?}", id, world.gaps);
        }
        let reordered = late || ops.iter().any(|op| matches!(op, Op::Swap));
        if !reordered {
            prop_assert_eq!(&world.seen, &seen, "out of order");
        }
    }

    /// A post that reaches the server late, with an id older than what was delivered, is found.
    #[test]
    fn late_posts_are_found(before in 1..60_u8, missed in 1..15_u8, seed: u64) {
        let mut world = World::new(400, seed);
        world.run(&Op::Post(before, 10));
        world.run(&Op::Drop);
        world.run(&Op::PostLate);
        world.run(&Op::Post(missed, 10));
        world.settle();
        prop_assert_eq!(sorted(&world.seen), world.posted());
    }

    #[test]
    fn order_is_total(a in "[0-9A-Z]{1,4}", b in "[0-9A-Z]{1,4}", c in "[0-9A-Z]{1,4}") {
        let [a, b, c] = [a, b, c].map(|text| Id::new(&text).unwrap());
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        if a < b && b < c {
            prop_assert!(a < c);
        }
    }
}

//! The whole machine against a model of a server: random drops, refusals, duplicates, reordering
//! and failing requests, and what the listener saw is compared with what was posted.

use super::action;
use super::channel::{Channel, NOTIFICATIONS, STATUSES};
use super::connection::{Probe, State};
use super::hub::{Hub, REFUSED};
use super::item::Item;
use super::lane::{DONE, PAGE, PASSING};
use super::refusal::Refusal;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

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
    Subscribe(u32, u32),
    Frame(u32, Frame),
    Fetch(u32, u32, Request),
    Answer(u32, u32, f64, Vec<Item>),
    Probed,
}

/// What a lane asks of REST.
#[derive(Debug)]
enum Request {
    Newest(u32),
    After(u32, u32),
    Statuses(Vec<u32>),
}

#[derive(Debug, Clone)]
enum Frame {
    Status(u32),
    Notification(u32),
    Refusal(u32),
}

#[allow(clippy::struct_excessive_bools)]
struct World {
    now: f64,
    hub: Hub,
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
    statuses: Vec<u32>,
    notifications: Vec<u32>,
    next: u32,
    random: u64,
    /// What the listener saw.
    seen: Vec<u32>,
    seen_notifications: Vec<u32>,
    gaps: Vec<(Option<u32>, Option<u32>)>,
    ended: BTreeMap<u32, u32>,
    /// The statuses that the next request is about.
    checked: Vec<u32>,
    /// The items that the hub needs, as it says.
    kept: BTreeSet<Item>,
    drained: u32,
}

const USER: Channel = Channel {
    number: 1,
    traits: 3,
};

const LISTED: u32 = 100;

/// The item with this id, and which it is the other way round.
fn item(id: u32, source: u32) -> Item {
    id * 10 + source
}

fn id(item: Item) -> u32 {
    item / 10
}

/// How long a frame, and half a request, takes.
const LATENCY: f64 = 40.0;

impl World {
    fn new(limit: u32, seed: u64) -> Self {
        let mut hub = Hub::new(true, None);
        hub.configure(30_000.0, 90_000.0, true);
        let user = hub.attach(USER, limit, true, &[], 0.0);
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
            checked: Vec::new(),
            kept: BTreeSet::from([0]),
            drained: 0,
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
                let number = LISTED + u32::try_from(self.forbidden.len()).unwrap();
                let channel = Channel { number, traits: 9 };
                let lane = self.hub.attach(channel, 0, false, &[], self.now);
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

    fn post(&mut self, id: u32) {
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
            Travel::Subscribe(socket, number) if socket == self.socket && !self.silent => {
                match number {
                    0 => self.send(Travel::Frame(socket, Frame::Refusal(400))),
                    LISTED.. => self.send(Travel::Frame(socket, Frame::Refusal(401))),
                    _ => self.subscribed = true,
                }
            }
            Travel::Frame(socket, frame) if socket == self.socket && self.open => match frame {
                Frame::Status(id) => self.live(STATUSES, id),
                Frame::Notification(id) => self.live(NOTIFICATIONS, id),
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
                let (result, items) = if now < self.rest_down_until {
                    (PASSING, Vec::new())
                } else {
                    (DONE, self.answer(&request))
                };
                self.send(Travel::Answer(lane, ticket, result, items));
            }
            Travel::Answer(lane, ticket, result, items) => {
                self.kept.extend(&items);
                self.hub.fetched(lane, ticket, result, &items, now);
            }
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

    fn live(&mut self, source: u32, id: u32) {
        let item = item(id, source);
        self.kept.insert(item);
        self.hub.event(USER.number, source, item, self.now);
    }

    fn answer(&self, request: &Request) -> Vec<Item> {
        let all = |source| match source {
            NOTIFICATIONS => &self.notifications,
            _ => &self.statuses,
        };
        let (source, ids): (u32, Vec<u32>) = match request {
            Request::Newest(source) => {
                (*source, all(*source).last().copied().into_iter().collect())
            }
            Request::After(source, after) => {
                let newer = all(*source).iter().copied().filter(|id| after < id);
                (*source, newer.take(PAGE).collect())
            }
            Request::Statuses(ids) => (STATUSES, ids.clone()),
        };
        ids.into_iter().map(|id| item(id, source)).collect()
    }

    fn drain(&mut self) {
        loop {
            let [what, a, b, c] = [(); 4].map(|()| self.hub.take());
            let Some(what) = what else {
                self.drained += 1;
                if self.drained.is_multiple_of(8) {
                    self.hub.needs();
                    let needed: BTreeSet<Item> = std::iter::from_fn(|| self.hub.take()).collect();
                    self.kept.retain(|item| *item == 0 || needed.contains(item));
                }
                return;
            };
            self.carry_out([what, a.unwrap(), b.unwrap(), c.unwrap()]);
        }
    }

    fn carry_out(&mut self, action: [u32; 4]) {
        let known = |item: Item| {
            assert!(self.kept.contains(&item), "{item} was not held");
            (item > 0).then(|| id(item))
        };
        match action {
            [action::CONNECT, ..] => {
                self.socket += 1;
                let socket = self.socket;
                let arrived = if self.now < self.down_until {
                    Travel::Failed(socket)
                } else {
                    Travel::Opened(socket)
                };
                self.send(arrived);
            }
            [action::DISCONNECT, ..] => {
                self.close();
                self.socket += 1;
            }
            [action::SUBSCRIBE, number, ..] => {
                // Taking up a subscription costs the server some time.
                let delay = LATENCY + 600.0 * self.random();
                self.send_in(delay, Travel::Subscribe(self.socket, number));
            }
            [action::PROBE, ..] => self.send_in(2.0 * LATENCY, Travel::Probed),
            [action::CHECK, item, ..] => self.checked.push(known(item).unwrap()),
            [what, lane, ticket, after] if what >= action::FETCH => {
                let request = match (what - action::FETCH, known(after)) {
                    (0, _) => Request::Statuses(std::mem::take(&mut self.checked)),
                    (source, Some(after)) => Request::After(source, after),
                    (source, None) => Request::Newest(source),
                };
                let delay = LATENCY + 100.0 * self.random();
                self.send_in(delay, Travel::Fetch(lane, ticket, request));
            }
            [action::DELIVER, lane, item, _] if lane == self.user => {
                let id = known(item).unwrap();
                if item % 10 == STATUSES {
                    self.seen.push(id);
                } else {
                    self.seen_notifications.push(id);
                }
            }
            [action::GAP, lane, from, to] if lane == self.user => {
                self.gaps.push((known(from), known(to)));
            }
            [action::END, 0, reason, _] => panic!("ended with {reason:?}"),
            [action::END, lane, reason, _] => _ = self.ended.insert(lane, reason),
            [action::DELETED, _, item, _] => panic!("{item} is not deleted"),
            _ => {}
        }
    }

    fn posted(&self) -> &[u32] {
        &self.statuses[1..]
    }

    /// Whether a gap was reported that this id lies in.
    fn covered(&self, id: u32) -> bool {
        let covers = |(from, to): &(Option<u32>, Option<u32>)| {
            from.is_none_or(|from| from < id) && to.is_none_or(|to| id < to)
        };
        self.gaps.iter().any(covers)
    }
}

fn sorted(ids: &[u32]) -> Vec<u32> {
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
            prop_assert_eq!(world.ended.get(lane), Some(&REFUSED));
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
}

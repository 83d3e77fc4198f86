//! All streams of one client over its one socket, as a machine without input or output of its own.
//!
//! What happens goes in by the methods, with the time (milliseconds) and a random number where one
//! is needed; what is to be done comes out of [`Hub::take`]. Nothing in here calls anybody,
//! so a listener may do what it likes while an action is carried out.

use super::action::{Actions, CONNECT, DISCONNECT, END, PROBE, STATE, SUBSCRIBE, UNSUBSCRIBE};
use super::channel::Channel;
use super::connection::{Connection, Probe, State, Step, Token};
use super::item::Item;
use super::lane::Lane;
use super::refusal::{Refusal, Subscriptions};

/// Why a stream ended that nobody closed: the token is not good.
pub const UNAUTHORIZED: u32 = 0;
/// There is no way to connect.
pub const UNCONNECTABLE: u32 = 1;
/// The server refused this stream.
pub const REFUSED: u32 = 2;

/// All streams of one client.
#[derive(Debug)]
pub struct Hub {
    connection: Connection,
    subscriptions: Subscriptions,
    lanes: Vec<Lane>,
    /// The last lane's number.
    last: u32,
    /// How many signs of life were asked for on this socket and not answered.
    asked: u32,
    state: State,
    out: Actions,
}

impl Hub {
    /// Streams that nobody listens to yet, on a platform that has sockets or not; `proven` is how
    /// the token was accepted earlier.
    pub fn new(sockets: bool, proven: Option<Token>) -> Self {
        Self {
            connection: Connection::new(sockets, proven),
            subscriptions: Subscriptions::default(),
            lanes: Vec::new(),
            last: 0,
            asked: 0,
            state: State::Closed,
            out: Actions::default(),
        }
    }

    /// What is to be done, in this order, four numbers an action. The next number; none when
    /// there is nothing more to do.
    pub fn take(&mut self) -> Option<u32> {
        self.out.take()
    }

    /// The connection's state.
    pub fn state(&self) -> State {
        self.connection.state()
    }

    /// What those who listen ask for: how long the socket may take to open and how long it may be
    /// silent, in milliseconds, and whether REST may take over.
    pub fn configure(&mut self, handshake: f64, idle: f64, polls: bool) {
        self.connection.configure(handshake, idle, polls);
    }

    /// Somebody listens to a stream, or (number 0) wants the socket for streams to come. The lane.
    pub fn attach(
        &mut self,
        channel: Channel,
        limit: u32,
        polls: bool,
        resume: &[Item],
        now: f64,
    ) -> u32 {
        self.last += 1;
        let mut lane = Lane::new(self.last, channel, limit, polls, resume);
        if channel.number > 0 {
            if self.subscriptions.add(channel, now) {
                self.out.push(SUBSCRIBE, channel.number, 0, 0);
            }
            match self.connection.state() {
                State::Open => lane.subscribed(now, &mut self.out),
                State::Polling if polls => lane.recover(now, &mut self.out),
                _ => {}
            }
        }
        self.lanes.push(lane);
        let step = self.connection.start(now);
        self.perform(step, now);
        self.last
    }

    /// Nobody listens to a lane any more.
    pub fn detach(&mut self, lane: u32, now: f64) {
        let at = self.lanes.iter().position(|own| own.id == lane);
        if let Some(at) = at {
            let number = self.lanes.remove(at).channel.number;
            if self.subscriptions.remove(number, now) {
                self.out.push(UNSUBSCRIBE, number, 0, 0);
            }
            self.stop_if_unneeded();
        }
    }

    /// The socket opened.
    pub fn opened(&mut self, now: f64) {
        self.connection.opened(now);
        self.report();
        self.subscriptions.opened(now, &mut self.out);
        for lane in &mut self.lanes {
            if lane.channel.number > 0 {
                lane.subscribed(now, &mut self.out);
            }
        }
    }

    /// The socket closed, or did not open.
    pub fn closed(&mut self, now: f64, random: f64) {
        self.drop_lanes();
        let step = self.connection.closed(now, random);
        self.perform(step, now);
    }

    /// An event came on the stream of this number; or (0) something that means nothing to us.
    pub fn event(&mut self, number: u32, kind: u32, item: Item, now: f64) {
        self.connection.heard(now);
        self.subscriptions.confirm(number);
        for lane in &mut self.lanes {
            if number > 0 && lane.channel.number == number {
                lane.arrived(kind, item, &mut self.out);
            }
        }
    }

    /// The server refused something.
    pub fn refused(&mut self, refusal: Refusal, now: f64) {
        self.connection.heard(now);
        if refusal.status == 400 && self.asked > 0 {
            // The sign of life that was asked for: the refusal of a stream that is none.
            self.asked -= 1;
            return;
        }
        self.subscriptions.refused(refusal, now, &mut self.out);
        self.settle();
    }

    /// REST said whether server and token are good.
    pub fn probed(&mut self, probe: Probe, now: f64, random: f64) {
        let step = self.connection.probed(probe, now, random);
        self.perform(step, now);
    }

    /// A lane's request was answered, by entities in order, the oldest first.
    pub fn fetched(&mut self, lane: u32, ticket: u32, result: f64, items: &[Item], now: f64) {
        for own in &mut self.lanes {
            if own.id == lane {
                own.answered(ticket, result, items, now, &mut self.out);
            }
        }
    }

    /// The network came back, or the page is seen again.
    pub fn wake(&mut self, now: f64) {
        let step = self.connection.wake(now);
        self.perform(step, now);
    }

    /// When to call [`Hub::tick`]; infinity for never.
    pub fn deadline(&self) -> f64 {
        let mut first = self.connection.deadline().min(self.subscriptions.due);
        for lane in &self.lanes {
            first = first.min(lane.due);
        }
        first
    }

    /// Time passed.
    pub fn tick(&mut self, now: f64, random: f64) {
        let step = self.connection.tick(now, random);
        self.perform(step, now);
        self.subscriptions.tick(now, &mut self.out);
        self.settle();
        for lane in &mut self.lanes {
            lane.tick(now, &mut self.out);
        }
    }

    /// Gives the items that are still needed, where otherwise what is to be done is taken out; some
    /// are marked as [`GONE`](super::item::GONE). For when there is nothing to be done.
    pub fn needs(&mut self) {
        for lane in &self.lanes {
            lane.needs(&mut self.out.numbers);
        }
    }

    fn perform(&mut self, step: Step, now: f64) {
        match step {
            Step::Nothing => {}
            Step::Connect(token) => self.out.push(CONNECT, token as u32, 0, 0),
            Step::Disconnect => {
                self.drop_lanes();
                self.out.push(DISCONNECT, 0, 0, 0);
            }
            Step::Ask => {
                self.asked += 1;
                self.out.push(SUBSCRIBE, 0, 0, 0);
            }
            Step::Probe => {
                self.out.push(DISCONNECT, 0, 0, 0);
                self.out.push(PROBE, 0, 0, 0);
            }
            Step::Poll => {
                for lane in &mut self.lanes {
                    if lane.polls {
                        lane.recover(now, &mut self.out);
                    }
                }
            }
            Step::Unauthorized => self.end_all(UNAUTHORIZED),
            Step::Refused => self.end_all(UNCONNECTABLE),
        }
        self.report();
    }

    /// Ends the lanes of the streams that turned out to be refused.
    fn settle(&mut self) {
        while let Some((number, refusal)) = self.subscriptions.refused.pop() {
            let mut at = 0;
            while let Some(lane) = self.lanes.get(at) {
                if lane.channel.number == number {
                    self.out.push(END, lane.id, REFUSED, refusal);
                    self.lanes.remove(at);
                } else {
                    at += 1;
                }
            }
            self.stop_if_unneeded();
        }
    }

    fn end_all(&mut self, reason: u32) {
        self.lanes.clear();
        self.stop_if_unneeded();
        self.out.push(END, 0, reason, 0);
    }

    fn stop_if_unneeded(&mut self) {
        if self.lanes.is_empty() {
            self.connection.stop();
            self.subscriptions.clear();
            self.out.push(DISCONNECT, 0, 0, 0);
            self.report();
        }
    }

    fn drop_lanes(&mut self) {
        self.asked = 0;
        self.subscriptions.closed();
        for lane in &mut self.lanes {
            lane.dropped();
        }
    }

    fn report(&mut self) {
        let state = self.connection.state();
        if state != self.state {
            self.state = state;
            self.out.push(STATE, state as u32, 0, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::action::{CHECK, DELETED, DELIVER, FETCH, GAP};
    use super::super::channel::{NOTIFICATIONS, STATUSES};
    use super::super::lane::{DONE, EDIT};
    use super::*;

    const HOME: Channel = Channel {
        number: 1,
        traits: STATUSES | NOTIFICATIONS,
    };
    /// A stream that no timeline stands for.
    const OTHER: Channel = Channel {
        number: 2,
        traits: 0,
    };

    fn hub(sockets: bool, polls: bool) -> Hub {
        let mut hub = Hub::new(sockets, None);
        hub.configure(10_000.0, 90_000.0, polls);
        hub
    }

    /// What is to be done, four numbers an action.
    fn actions(hub: &mut Hub) -> Vec<[u32; 4]> {
        let numbers: Vec<u32> = std::iter::from_fn(|| hub.take()).collect();
        assert_eq!(numbers.len() % 4, 0);
        numbers
            .chunks(4)
            .map(|four| [four[0], four[1], four[2], four[3]])
            .collect()
    }

    #[test]
    fn a_socket_is_opened_for_the_first_and_closed_after_the_last() {
        let mut hub = hub(true, true);
        let home = hub.attach(HOME, 100, true, &[], 0.0);
        assert_eq!(
            actions(&mut hub),
            [[CONNECT, 0, 0, 0], [STATE, State::Connecting as u32, 0, 0]]
        );
        hub.opened(10.0);
        assert_eq!(
            actions(&mut hub),
            [
                [STATE, State::Open as u32, 0, 0],
                [SUBSCRIBE, 1, 0, 0],
                // Where the stream begins.
                [FETCH + STATUSES, home, 1, 0]
            ]
        );
        let other = hub.attach(OTHER, 100, true, &[], 20.0);
        assert_eq!(actions(&mut hub), [[SUBSCRIBE, 2, 0, 0]]);
        hub.event(2, 0, 70, 30.0);
        assert_eq!(actions(&mut hub), [[DELIVER, other, 70, 0]]);

        hub.detach(other, 40.0);
        assert_eq!(actions(&mut hub), [[UNSUBSCRIBE, 2, 0, 0]]);
        hub.detach(other, 40.0);
        assert_eq!(actions(&mut hub), [[0; 4]; 0]);
        hub.detach(home, 50.0);
        assert_eq!(
            actions(&mut hub),
            [
                [UNSUBSCRIBE, 1, 0, 0],
                [DISCONNECT, 0, 0, 0],
                [STATE, State::Closed as u32, 0, 0]
            ]
        );
        assert_eq!(hub.deadline(), f64::INFINITY);
    }

    #[test]
    fn without_sockets_rest_takes_over_where_it_may() {
        let mut able = hub(false, true);
        let first = able.attach(HOME, 100, true, &[], 0.0);
        let done = actions(&mut able);
        assert!(done.contains(&[FETCH + STATUSES, first, 1, 0]), "{done:?}");
        assert_eq!(able.state(), State::Polling);
        let second = able.attach(HOME, 100, true, &[], 5.0);
        let done = actions(&mut able);
        assert!(done.contains(&[FETCH + STATUSES, second, 1, 0]), "{done:?}");

        let mut unable = hub(false, false);
        unable.attach(HOME, 100, false, &[], 0.0);
        let done = actions(&mut unable);
        assert!(done.contains(&[END, 0, UNCONNECTABLE, 0]), "{done:?}");
        assert_eq!(unable.state(), State::Closed);
    }

    #[test]
    fn a_token_that_is_not_good_ends_everything() {
        let mut hub = hub(true, true);
        hub.attach(HOME, 100, true, &[], 0.0);
        hub.closed(10.0, 0.5);
        assert!(actions(&mut hub).contains(&[PROBE, 0, 0, 0]));
        hub.probed(Probe::Unauthorized, 20.0, 0.5);
        let done = actions(&mut hub);
        assert!(done.contains(&[END, 0, UNAUTHORIZED, 0]), "{done:?}");
        assert_eq!(hub.state(), State::Closed);
        // An answer that comes later changes nothing.
        hub.probed(Probe::Good, 30.0, 0.5);
        assert_eq!(actions(&mut hub), [[0; 4]; 0]);
    }

    #[test]
    fn sockets_that_never_open_are_given_up_where_rest_may_not_take_over() {
        let mut hub = hub(true, false);
        hub.attach(HOME, 100, false, &[], 0.0);
        let mut refused = 0;
        while hub.state() != State::Closed {
            refused += 1;
            assert!(refused < 10, "it goes on for ever");
            // What does not open in time is treated as what failed.
            let now = hub.deadline();
            hub.tick(now, 0.5);
            hub.probed(Probe::Good, now, 0.5);
            hub.tick(hub.deadline(), 0.5);
        }
        assert_eq!(refused, 6);
        assert!(actions(&mut hub).contains(&[END, 0, UNCONNECTABLE, 0]));
    }

    #[test]
    fn the_refusal_of_no_stream_is_a_sign_of_life() {
        let mut hub = hub(true, true);
        hub.attach(OTHER, 100, true, &[], 0.0);
        hub.opened(10.0);
        actions(&mut hub);
        hub.wake(30_000.0);
        assert_eq!(actions(&mut hub), [[SUBSCRIBE, 0, 0, 0]]);
        let refusal = Refusal {
            number: 1,
            status: 400,
            of_list: false,
        };
        hub.refused(refusal, 30_100.0);
        assert_eq!(actions(&mut hub), [[0; 4]; 0]);
        assert_eq!(hub.deadline(), 120_100.0);
        // Without one, the socket is as good as gone.
        hub.tick(120_100.0, 0.5);
        hub.tick(130_100.0, 0.5);
        let done = actions(&mut hub);
        assert!(done.contains(&[DISCONNECT, 0, 0, 0]), "{done:?}");
        assert_eq!(hub.state(), State::Waiting);
    }

    #[test]
    fn too_much_held_back_gives_up_what_came_before_it() {
        let mut hub = hub(true, true);
        let home = hub.attach(HOME, 100, true, &[10], 0.0);
        hub.opened(10.0);
        actions(&mut hub);
        for number in 0..1_000 {
            hub.event(1, STATUSES, 1_000 + 10 * number, 20.0);
        }
        let done = actions(&mut hub);
        assert_eq!(done[0], [GAP, home, 10, 1_000]);
        let delivered: Vec<u32> = done
            .iter()
            .filter(|action| action[0] == DELIVER)
            .map(|action| action[2])
            .collect();
        assert_eq!(
            delivered,
            (0..1_000)
                .map(|number| 1_000 + 10 * number)
                .collect::<Vec<u32>>()
        );
        // The answer that was waited for is none any more.
        hub.fetched(home, 1, DONE, &[500], 30.0);
        assert_eq!(actions(&mut hub), [[0; 4]; 0]);
    }

    /// Answers what REST is asked, with nothing, as often as time has to pass for it; gives all that is
    /// done until it is asked about statuses that stand, or about nothing more.
    fn recover(hub: &mut Hub, from: f64) -> Vec<[u32; 4]> {
        let mut seen = Vec::new();
        let mut now = from;
        for _ in 0..10 {
            let done = actions(hub);
            seen.extend_from_slice(&done);
            match done.last() {
                Some([FETCH, ..]) => return seen,
                Some([what, lane, ticket, _]) if *what > FETCH => {
                    hub.fetched(*lane, *ticket, DONE, &[], now);
                }
                _ => {
                    now += 1_000.0;
                    hub.tick(now, 0.5);
                }
            }
        }
        seen
    }

    #[test]
    fn what_was_edited_or_deleted_meanwhile_is_asked_for() {
        let mut hub = hub(true, true);
        let home = hub.attach(HOME, 100, true, &[100], 0.0);
        hub.opened(10.0);
        assert!(actions(&mut hub).contains(&[FETCH + STATUSES, home, 1, 100]));
        // The server counts requests: not before two seconds have passed.
        hub.fetched(home, 1, 2_000.0, &[], 20.0);
        assert_eq!(hub.deadline(), 2_020.0);
        hub.tick(2_020.0, 0.5);
        assert_eq!(actions(&mut hub), [[FETCH + STATUSES, home, 2, 100]]);
        // An edit is held back, too, and comes after what was missed.
        hub.event(1, EDIT, 101, 2_030.0);
        assert_eq!(actions(&mut hub), [[0; 4]; 0]);
        let mut needed = Vec::new();
        hub.needs();
        needed.extend(std::iter::from_fn(|| hub.take()));
        assert!(needed.contains(&101) && needed.contains(&100), "{needed:?}");
        hub.fetched(home, 2, DONE, &[110, 120], 2_100.0);
        let done = recover(&mut hub, 2_100.0);
        assert_eq!(
            done[..2],
            [[DELIVER, home, 110, 0], [DELIVER, home, 120, 0]]
        );
        assert!(done.contains(&[DELIVER, home, 101, 0]), "{done:?}");

        hub.closed(20_000.0, 0.5);
        let again = hub.deadline();
        hub.tick(again, 0.5);
        hub.opened(again);
        let done = recover(&mut hub, again);
        let asked: Vec<u32> = done
            .iter()
            .filter(|action| action[0] == CHECK)
            .map(|action| action[1])
            .collect();
        assert!(asked.ends_with(&[110, 120]), "{done:?}");
        let ticket = done.last().unwrap()[2];
        hub.fetched(home, ticket, DONE, &[111], again + 5_000.0);
        let done = actions(&mut hub);
        assert!(done.contains(&[DELIVER, home, 111, 0]), "{done:?}");
        assert!(done.contains(&[DELETED, home, 120, 0]), "{done:?}");
    }

    #[test]
    fn a_stream_without_a_timeline_says_that_it_may_have_missed_something() {
        let mut hub = hub(true, true);
        let other = hub.attach(OTHER, 100, true, &[], 0.0);
        hub.opened(10.0);
        assert!(!actions(&mut hub).contains(&[GAP, other, 0, 0]));
        hub.closed(20_000.0, 0.5);
        let again = hub.deadline();
        hub.tick(again, 0.5);
        hub.opened(again);
        let done = actions(&mut hub);
        assert!(done.contains(&[GAP, other, 0, 0]), "{done:?}");
    }
}

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

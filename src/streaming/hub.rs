//! All streams of one client over its one socket, as a machine without input or output of its own.
//!
//! What happens goes in by the methods, with the time (milliseconds) and a random number where one
//! is needed; what is to be done comes out of [`Hub::take_actions`]. Nothing in here calls anybody,
//! so a listener may do what it likes while an action is carried out.

use super::channel::Channel;
use super::connection::{Connection, Probe, State, Step, Token};
use super::id::Id;
use super::lane::{Event, Failure, Kind, Lane, Request};
use super::refusal::{Outcome, Refusal, Subscriptions};
use super::sequence::Item;

/// How long a socket may take to open and how long it may be silent where nobody says otherwise,
/// in milliseconds.
const HANDSHAKE: f64 = 30_000.0;
const IDLE: f64 = 90_000.0;

/// What a stream was asked for with.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How long the socket may take to open, in milliseconds.
    pub handshake: f64,
    /// How long it may be silent.
    pub idle: f64,
    /// How many missed entries of a kind are fetched at most.
    pub limit: u32,
    /// Whether REST may take over where the server refuses sockets.
    pub polls: bool,
    /// The last id that an earlier run got, and that of its last notification where the stream has
    /// both.
    pub resume: [Option<Id>; 2],
}

impl Default for Options {
    fn default() -> Self {
        Self {
            handshake: HANDSHAKE,
            idle: IDLE,
            limit: 400,
            polls: true,
            resume: [None, None],
        }
    }
}

/// Why a stream ended that nobody closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The token is not good.
    Unauthorized,
    /// There is no way to connect.
    Unconnectable,
    /// The server refused this stream.
    Refused(Refusal),
}

/// What is to be done.
#[derive(Debug)]
pub enum Action<P> {
    /// Open a socket.
    Connect(Token),
    /// Close the socket, if there is one.
    Disconnect,
    /// Subscribe to this stream.
    Subscribe(Channel),
    /// Unsubscribe from it.
    Unsubscribe(Channel),
    /// Subscribe to a stream that no server has: that has to be answered, by a refusal.
    Ask,
    /// Ask over REST whether server and token are good.
    Probe,
    /// Send this request for this lane; its answer comes back under the ticket.
    Fetch(u32, u32, Request),
    /// Hand this to those who listen to this lane.
    Deliver(u32, Event<P>),
    /// The connection's state is another.
    State,
    /// This lane is no more.
    End(u32, Reason),
    /// Everything is over; the lanes ended before.
    EndAll(Reason),
}

#[derive(Debug)]
struct Entry<P> {
    lane: Lane<P>,
    /// How many listen.
    wanted: u32,
    handshake: f64,
    idle: f64,
    polls: bool,
    /// Whether others that ask for the same may join: not when it resumes an earlier run.
    shared: bool,
}

/// All streams of one client.
#[derive(Debug)]
pub struct Hub<P> {
    connection: Connection,
    subscriptions: Subscriptions,
    lanes: Vec<Entry<P>>,
    /// The last lane's number.
    last: u32,
    /// How many keep the socket open without listening to a stream.
    holds: u32,
    /// How many signs of life were asked for on this socket and not answered.
    asked: u32,
    state: State,
    actions: Vec<Action<P>>,
}

impl<P: Clone> Hub<P> {
    /// Streams that nobody listens to yet, on a platform that has sockets or not.
    pub fn new(sockets: bool) -> Self {
        Self {
            connection: Connection::new(sockets),
            subscriptions: Subscriptions::default(),
            lanes: Vec::new(),
            last: 0,
            holds: 0,
            asked: 0,
            state: State::Closed,
            actions: Vec::new(),
        }
    }

    /// What is to be done, in this order.
    pub fn take_actions(&mut self) -> Vec<Action<P>> {
        std::mem::take(&mut self.actions)
    }

    /// The connection's state.
    pub fn state(&self) -> State {
        self.connection.state()
    }

    /// Somebody listens to a stream. The lane.
    pub fn attach(&mut self, channel: Channel, options: Options, now: f64) -> u32 {
        self.last += 1;
        let mut lane = Lane::new(self.last, channel, options.limit, options.resume);
        let shared = !lane.resumes();
        let same = self.lanes.iter_mut().find(|own| {
            shared && own.shared && own.lane.channel == channel && own.lane.limit == options.limit
        });
        let id = if let Some(own) = same {
            own.wanted += 1;
            own.handshake = own.handshake.min(options.handshake);
            own.idle = own.idle.min(options.idle);
            own.polls |= options.polls;
            own.lane.id
        } else {
            if self.subscriptions.add(channel, now) {
                self.actions.push(Action::Subscribe(channel));
            }
            match self.connection.state() {
                State::Open => lane.subscribed(now, &mut self.actions),
                State::Polling if options.polls => lane.recover(now, &mut self.actions),
                _ => {}
            }
            self.lanes.push(Entry {
                lane,
                wanted: 1,
                handshake: options.handshake,
                idle: options.idle,
                polls: options.polls,
                shared,
            });
            self.last
        };
        self.configure();
        self.start(now);
        id
    }

    /// Somebody stopped listening to a lane.
    pub fn detach(&mut self, lane: u32, now: f64) {
        let mut left = None;
        self.lanes.retain_mut(|own| {
            if own.lane.id == lane {
                own.wanted -= 1;
                if own.wanted == 0 {
                    left = Some(own.lane.channel);
                }
            }
            own.wanted > 0
        });
        if let Some(channel) = left {
            if self.subscriptions.remove(channel, now) {
                self.actions.push(Action::Unsubscribe(channel));
            }
            self.stop_if_unneeded();
        }
    }

    /// The socket is to stand even while no stream is wanted.
    pub fn hold(&mut self, now: f64) {
        self.holds += 1;
        self.configure();
        self.start(now);
    }

    /// One that held the socket lets go.
    pub fn let_go(&mut self) {
        self.holds = self.holds.saturating_sub(1);
        self.stop_if_unneeded();
    }

    /// The socket opened.
    pub fn opened(&mut self, now: f64) {
        self.connection.opened(now);
        self.report();
        for channel in self.subscriptions.opened(now) {
            self.actions.push(Action::Subscribe(channel));
        }
        for own in &mut self.lanes {
            own.lane.subscribed(now, &mut self.actions);
        }
    }

    /// The socket closed, or did not open.
    pub fn closed(&mut self, now: f64, random: f64) {
        self.drop_lanes();
        let step = self.connection.closed(now, random);
        self.perform(step, now);
    }

    /// Something came that means nothing to us.
    pub fn heard(&mut self, now: f64) {
        self.connection.heard(now);
    }

    /// An event came on the stream of this number. The ids are those of the entity that it carries,
    /// empty where there are none.
    pub fn event(&mut self, number: u32, kind: Kind, id: Id, edited: Id, event: &P, now: f64) {
        self.connection.heard(now);
        for own in &mut self.lanes {
            if own.lane.channel.number == number {
                self.subscriptions.confirm(own.lane.channel);
                let event = event.clone();
                own.lane.arrived(kind, id, edited, event, &mut self.actions);
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
        let mut outcomes = Vec::new();
        self.subscriptions.refused(refusal, now, &mut outcomes);
        self.settle(outcomes);
    }

    /// REST said whether server and token are good.
    pub fn probed(&mut self, probe: Probe, now: f64, random: f64) {
        let step = self.connection.probed(probe, now, random);
        self.perform(step, now);
    }

    /// A lane's request was answered, by entities in any order.
    pub fn fetched(
        &mut self,
        lane: u32,
        ticket: u32,
        answer: Result<Vec<Item<P>>, Failure>,
        now: f64,
    ) {
        if let Some(own) = self.lanes.iter_mut().find(|own| own.lane.id == lane) {
            own.lane.answered(ticket, answer, now, &mut self.actions);
        }
    }

    /// The network came back, or the page is seen again.
    pub fn wake(&mut self, now: f64) {
        let step = self.connection.wake(now);
        self.perform(step, now);
    }

    /// When to call [`Hub::tick`]; infinity for never.
    pub fn deadline(&self) -> f64 {
        let mut first = self
            .connection
            .deadline()
            .min(self.subscriptions.deadline());
        for own in &self.lanes {
            first = first.min(own.lane.deadline());
        }
        first
    }

    /// Time passed.
    pub fn tick(&mut self, now: f64, random: f64) {
        let step = self.connection.tick(now, random);
        self.perform(step, now);
        let mut outcomes = Vec::new();
        self.subscriptions.tick(now, &mut outcomes);
        self.settle(outcomes);
        for own in &mut self.lanes {
            own.lane.tick(now, &mut self.actions);
        }
    }

    fn perform(&mut self, step: Option<Step>, now: f64) {
        match step {
            None => {}
            Some(Step::Connect(token)) => self.actions.push(Action::Connect(token)),
            Some(Step::Disconnect) => {
                self.drop_lanes();
                self.actions.push(Action::Disconnect);
            }
            Some(Step::Ask) => {
                self.asked += 1;
                self.actions.push(Action::Ask);
            }
            Some(Step::Probe) => {
                self.actions.push(Action::Disconnect);
                self.actions.push(Action::Probe);
            }
            Some(Step::Poll) => {
                for own in self.lanes.iter_mut().filter(|own| own.polls) {
                    own.lane.recover(now, &mut self.actions);
                }
            }
            Some(Step::Unauthorized) => self.end_all(Reason::Unauthorized),
            Some(Step::Refused) => self.end_all(Reason::Unconnectable),
        }
        self.report();
    }

    fn settle(&mut self, outcomes: Vec<Outcome>) {
        for outcome in outcomes {
            match outcome {
                Outcome::Subscribe(channel) => self.actions.push(Action::Subscribe(channel)),
                Outcome::Refused(channel, refusal) => {
                    self.end(Some(channel), Reason::Refused(refusal));
                    self.stop_if_unneeded();
                }
            }
        }
    }

    fn end_all(&mut self, reason: Reason) {
        self.end(None, reason);
        self.holds = 0;
        self.stop_if_unneeded();
        self.actions.push(Action::EndAll(reason));
    }

    /// Ends the lanes of a stream, or all.
    fn end(&mut self, channel: Option<Channel>, reason: Reason) {
        let actions = &mut self.actions;
        self.lanes.retain(|own| {
            let other = channel.is_some_and(|channel| own.lane.channel != channel);
            if !other {
                actions.push(Action::End(own.lane.id, reason));
            }
            other
        });
    }

    fn start(&mut self, now: f64) {
        let step = self.connection.start(now);
        self.perform(step, now);
    }

    fn stop_if_unneeded(&mut self) {
        self.configure();
        if self.lanes.is_empty() && self.holds == 0 {
            self.connection.stop();
            self.subscriptions = Subscriptions::default();
            self.actions.push(Action::Disconnect);
            self.report();
        }
    }

    fn drop_lanes(&mut self) {
        self.asked = 0;
        self.subscriptions.closed();
        for own in &mut self.lanes {
            own.lane.dropped();
        }
    }

    /// The connection does what the most demanding of those who listen ask for.
    fn configure(&mut self) {
        let (mut handshake, mut idle, mut polls) = (f64::INFINITY, f64::INFINITY, false);
        for own in &self.lanes {
            handshake = handshake.min(own.handshake);
            idle = idle.min(own.idle);
            polls |= own.polls;
        }
        if self.lanes.is_empty() {
            (handshake, idle) = (HANDSHAKE, IDLE);
        }
        self.connection.configure(handshake, idle, polls);
    }

    fn report(&mut self) {
        let state = self.connection.state();
        if state != self.state {
            self.state = state;
            self.actions.push(Action::State);
        }
    }
}

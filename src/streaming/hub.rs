//! All streams of one client over its one socket, as a machine without input or output of its own.
//!
//! What happens goes in by the methods, with the time (milliseconds) and a random number where one
//! is needed; what is to be done comes out of [`Hub::take_actions`]. Nothing in here calls anybody,
//! so a listener may do what it likes while an action is carried out.

use super::channel::{Channel, Source};
use super::connection::{Connection, Probe, State, Step, Token};
use super::lane::{Event, Failure, Kind, Lane, Output, Request};
use super::refusal::{Outcome, Refusal, Subscriptions};
use super::sequence::Item;

/// How long a socket may take to open and how long it may be silent where nobody says otherwise,
/// in milliseconds.
pub const HANDSHAKE: f64 = 30_000.0;
/// See [`HANDSHAKE`].
pub const IDLE: f64 = 90_000.0;

/// What a stream was asked for with.
#[derive(Debug)]
pub struct Options {
    /// How long the socket may take to open, in milliseconds.
    pub handshake: f64,
    /// How long it may be silent.
    pub idle: f64,
    /// How many missed entries of a kind are fetched at most.
    pub limit: usize,
    /// Whether REST may take over where the server refuses sockets.
    pub polls: bool,
}

/// Why a stream ended that nobody closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The server refused this stream.
    Refused(Refusal),
    /// The token is not good.
    Unauthorized,
    /// There is no way to connect.
    Unconnectable,
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
    State(State),
    /// This lane is no more.
    End(u32, Reason),
    /// Everything is over; the lanes ended before.
    EndAll(Reason),
}

#[derive(Debug)]
struct Entry<P> {
    id: u32,
    lane: Lane<P>,
    /// How many listen.
    wanted: u32,
    options: Options,
    /// Whether others that ask for the same may join: not when it resumes an earlier run.
    shared: bool,
}

/// All streams of one client.
#[derive(Debug)]
pub struct Hub<P> {
    connection: Connection,
    subscriptions: Subscriptions,
    lanes: Vec<Entry<P>>,
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

    /// Somebody listens to a stream, after `resume` where they know where they stopped. The lane.
    pub fn attach(
        &mut self,
        channel: Channel,
        options: Options,
        resume: impl Fn(Source) -> Option<Box<str>>,
        now: f64,
    ) -> u32 {
        let lane = Lane::new(channel, options.limit, resume);
        let resumes = lane.resumes();
        let same = self.lanes.iter_mut().find(|entry| {
            let shared = entry.shared && !resumes;
            shared && entry.options.limit == options.limit && entry.lane.channel() == lane.channel()
        });
        let id = if let Some(entry) = same {
            entry.wanted += 1;
            entry.options.handshake = entry.options.handshake.min(options.handshake);
            entry.options.idle = entry.options.idle.min(options.idle);
            entry.options.polls |= options.polls;
            entry.id
        } else {
            self.last = self.last.wrapping_add(1);
            if self.subscriptions.add(lane.channel(), now) {
                self.actions.push(Action::Subscribe(lane.channel().clone()));
            }
            let polling = options.polls && self.connection.state() == State::Polling;
            self.lanes.push(Entry {
                id: self.last,
                lane,
                wanted: 1,
                options,
                shared: !resumes,
            });
            let open = self.connection.is_open();
            self.with_lane(self.last, |lane, out| {
                if open {
                    lane.subscribed(now, out);
                } else if polling {
                    lane.recover(now, out);
                }
            });
            self.last
        };
        self.configure();
        self.start(now);
        id
    }

    /// Somebody stopped listening to a lane.
    pub fn detach(&mut self, lane: u32, now: f64) {
        let Some(at) = self.lanes.iter().position(|entry| entry.id == lane) else {
            return;
        };
        let Some(entry) = self.lanes.get_mut(at) else {
            return;
        };
        entry.wanted -= 1;
        if entry.wanted == 0 {
            let entry = self.lanes.remove(at);
            let channel = entry.lane.channel();
            if self.subscriptions.remove(channel, now) {
                self.actions.push(Action::Unsubscribe(channel.clone()));
            }
            self.configure();
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
            self.actions.push(Action::Subscribe(channel.clone()));
        }
        self.each_lane(|lane, out| lane.subscribed(now, out));
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

    /// An event came on the stream of this key. `id` and `edited` are those of the entity that it
    /// carries, empty where there are none.
    pub fn event(&mut self, key: &str, kind: Kind, id: &str, edited: &str, event: P, now: f64) {
        self.connection.heard(now);
        let mut out = Vec::new();
        for entry in &mut self.lanes {
            if entry.lane.channel().key() == key {
                self.subscriptions.confirm(entry.lane.channel());
                let event = event.clone();
                entry.lane.arrived(kind, id, edited, event, &mut out);
                forward(entry.id, &mut out, &mut self.actions);
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
        let outcomes = self.subscriptions.refused(refusal, now);
        self.settle(outcomes);
    }

    /// REST said whether server and token are good.
    pub fn probed(&mut self, probe: Probe, now: f64, random: f64) {
        let step = self.connection.probed(probe, now, random);
        self.perform(step, now);
    }

    /// A lane's request was answered.
    pub fn fetched(
        &mut self,
        lane: u32,
        ticket: u32,
        answer: Result<Vec<Item<P>>, Failure>,
        now: f64,
    ) {
        self.with_lane(lane, |lane, out| lane.answered(ticket, answer, now, out));
    }

    /// The network came back, or the page is seen again.
    pub fn wake(&mut self, now: f64) {
        let step = self.connection.wake(now);
        self.perform(step, now);
    }

    /// When to call [`Hub::tick`]; infinity for never.
    pub fn deadline(&self) -> f64 {
        let own = self
            .connection
            .deadline()
            .min(self.subscriptions.deadline());
        let lanes = self.lanes.iter().map(|entry| entry.lane.deadline());
        lanes.fold(own, f64::min)
    }

    /// Time passed.
    pub fn tick(&mut self, now: f64, random: f64) {
        let step = self.connection.tick(now, random);
        self.perform(step, now);
        let outcomes = self.subscriptions.tick(now);
        self.settle(outcomes);
        self.each_lane(|lane, out| lane.tick(now, out));
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
            Some(Step::Poll) => self.poll(now),
            Some(Step::Unauthorized) => return self.end_all(&Reason::Unauthorized),
            Some(Step::Refused) => return self.end_all(&Reason::Unconnectable),
        }
        self.report();
    }

    fn poll(&mut self, now: f64) {
        let mut out = Vec::new();
        for entry in &mut self.lanes {
            if entry.options.polls {
                entry.lane.recover(now, &mut out);
                forward(entry.id, &mut out, &mut self.actions);
            }
        }
    }

    fn settle(&mut self, outcomes: Vec<Outcome>) {
        for outcome in outcomes {
            match outcome {
                Outcome::Subscribe(channel) => self.actions.push(Action::Subscribe(channel)),
                Outcome::Refused(channel, refusal) => {
                    let actions = &mut self.actions;
                    self.lanes.retain(|entry| {
                        let other = *entry.lane.channel() != channel;
                        if !other {
                            let reason = Reason::Refused(refusal.clone());
                            actions.push(Action::End(entry.id, reason));
                        }
                        other
                    });
                    self.configure();
                    self.stop_if_unneeded();
                }
            }
        }
    }

    fn end_all(&mut self, reason: &Reason) {
        for entry in std::mem::take(&mut self.lanes) {
            let end = Action::End(entry.id, reason.clone());
            self.actions.push(end);
        }
        self.holds = 0;
        self.stop_if_unneeded();
        self.actions.push(Action::EndAll(reason.clone()));
    }

    fn start(&mut self, now: f64) {
        let step = self.connection.start(now);
        self.perform(step, now);
    }

    fn stop_if_unneeded(&mut self) {
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
        for entry in &mut self.lanes {
            entry.lane.dropped();
        }
    }

    fn configure(&mut self) {
        let (mut handshake, mut idle, mut polls) = (HANDSHAKE, IDLE, false);
        for (at, entry) in self.lanes.iter().enumerate() {
            let first = at == 0;
            let least = |all: f64, own: f64| if first { own } else { all.min(own) };
            handshake = least(handshake, entry.options.handshake);
            idle = least(idle, entry.options.idle);
            polls |= entry.options.polls;
        }
        self.connection.configure(handshake, idle, polls);
    }

    fn report(&mut self) {
        let state = self.connection.state();
        if state != self.state {
            self.state = state;
            self.actions.push(Action::State(state));
        }
    }

    fn with_lane(&mut self, id: u32, act: impl FnOnce(&mut Lane<P>, &mut Vec<Output<P>>)) {
        let mut lanes = self.lanes.iter_mut();
        if let Some(entry) = lanes.find(|entry| entry.id == id) {
            let mut out = Vec::new();
            act(&mut entry.lane, &mut out);
            forward(id, &mut out, &mut self.actions);
        }
    }

    fn each_lane(&mut self, act: impl Fn(&mut Lane<P>, &mut Vec<Output<P>>)) {
        let mut out = Vec::new();
        for entry in &mut self.lanes {
            act(&mut entry.lane, &mut out);
            forward(entry.id, &mut out, &mut self.actions);
        }
    }
}

fn forward<P>(lane: u32, out: &mut Vec<Output<P>>, actions: &mut Vec<Action<P>>) {
    actions.extend(out.drain(..).map(|output| match output {
        Output::Deliver(event) => Action::Deliver(lane, event),
        Output::Fetch(ticket, request) => Action::Fetch(lane, ticket, request),
    }));
}

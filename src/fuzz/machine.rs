//! The stream machine, with arbitrary inputs.

use super::Input;
use crate::streaming::connection::{Closed, ConnectionOptions, Probe, State};
use crate::streaming::entity_id::EntityId;
use crate::streaming::event::{Entry, Event, EventKind, Source};
use crate::streaming::input::{Failure, Input as Happening, SubscriptionId, SubscriptionOptions};
use crate::streaming::machine::Machine;
use crate::streaming::output::{Fetch, Output, Query};
use crate::streaming::rejection::Rejection;
use crate::streaming::stream_key::StreamKey;
use std::collections::BTreeSet;
use std::rc::Rc;

/// The number of ids: fewer than a subscription remembers.
const IDS: u8 = 48;

/// A driver that acts only when the input says so, with what the checks need to know.
struct Driver {
    machine: Machine<u32>,
    now: f64,
    /// The subscriptions that have not ended.
    live: BTreeSet<SubscriptionId>,
    holders: BTreeSet<SubscriptionId>,
    subscriptions: u32,
    socket: Socket,
    probing: u32,
    fetches: Vec<Fetch>,
    /// How many payloads were handed in.
    payloads: u32,
    /// The subscriptions to streams with a list of statuses. On other streams, updates belong to no list.
    of_statuses: BTreeSet<SubscriptionId>,
    /// The delivered updates, with their subscriptions.
    updates: BTreeSet<(SubscriptionId, String)>,
    state: Option<State>,
}

#[derive(PartialEq)]
enum Socket {
    None,
    Connecting,
    Open,
}

/// All inputs, in any order. Nothing is delivered that did not come in, or twice, or to an ended
/// subscription. There is no socket without a subscription, and handling a timeout always ends.
pub fn machine(data: &[u8]) {
    let mut input = Input(data);
    let choice = input.byte();
    let mut driver = Driver {
        machine: Machine::new(choice & 1 == 0),
        now: 0.0,
        live: BTreeSet::new(),
        holders: BTreeSet::new(),
        subscriptions: 0,
        socket: Socket::None,
        probing: 0,
        fetches: Vec::new(),
        payloads: 0,
        of_statuses: BTreeSet::new(),
        updates: BTreeSet::new(),
        state: None,
    };
    driver.handle(Happening::Configure(ConnectionOptions {
        open_timeout: 30_000.0,
        idle_timeout: 90_000.0,
        polling: choice & 2 > 0,
    }));
    // Such a server sends frames at any time, even after their socket is gone.
    let rude = choice & 4 > 0;
    while !input.is_empty() {
        driver.step(&mut input, rude);
    }
    for id in driver
        .live
        .clone()
        .into_iter()
        .chain(driver.holders.clone())
    {
        driver.live.remove(&id);
        driver.holders.remove(&id);
        driver.handle(Happening::Unsubscribe(id));
    }
    assert_eq!(driver.machine.state(), State::Closed);
    assert_eq!(driver.machine.poll_timeout(), None);
    assert!(driver.socket == Socket::None);
}

impl Driver {
    fn step(&mut self, input: &mut Input<'_>, rude: bool) {
        let happening = match input.byte() % 16 {
            0 if self.subscriptions < 40 => {
                let subscription = self.next();
                self.live.insert(subscription);
                let choice = input.byte();
                let options = SubscriptionOptions {
                    backfill_limit: [0, 1, 40, 400][usize::from(choice & 3)],
                    polling: choice & 4 > 0,
                    resume: (choice & 8 > 0).then(|| id(choice)),
                    resume_notification: (choice & 16 > 0).then(|| id(choice / 2)),
                };
                let key = key(input);
                if key.sources().contains(&Source::Statuses) {
                    self.of_statuses.insert(subscription);
                }
                Happening::Subscribe {
                    subscription,
                    key,
                    options,
                }
            }
            1 if self.subscriptions < 40 => {
                let holder = self.next();
                self.holders.insert(holder);
                Happening::Hold(holder)
            }
            2 => {
                let id = SubscriptionId(u32::from(input.byte()) % (self.subscriptions + 1));
                self.live.remove(&id);
                self.holders.remove(&id);
                Happening::Unsubscribe(id)
            }
            3 if self.socket == Socket::Connecting => {
                self.socket = Socket::Open;
                Happening::Opened
            }
            4 if self.socket != Socket::None => {
                self.socket = Socket::None;
                let choice = input.byte();
                let status = [None, Some(401), Some(404), Some(503), Some(400)];
                Happening::Closed(Closed {
                    status: status[usize::from(choice % 5)],
                    named: choice & 128 > 0,
                })
            }
            5 | 6 if rude || self.socket == Socket::Open => {
                let choice = input.byte();
                let kind = EventKind::KNOWN[usize::from(choice) % EventKind::KNOWN.len()].clone();
                let entry = self.entry(input);
                let event = Event {
                    id: (choice < 200).then_some(entry.id),
                    kind,
                    edited_at: entry.edited_at,
                    payload: entry.payload,
                };
                Happening::Event {
                    key: (choice & 1 > 0).then(|| key(input)),
                    event,
                }
            }
            7 if rude || self.socket == Socket::Open => Happening::Heard,
            8 if rude || self.socket == Socket::Open => {
                let choice = input.byte();
                Happening::Rejected(Rejection {
                    status: [400, 401, 403, 404, 500][usize::from(choice % 5)],
                    of_list: choice & 128 > 0,
                    error: self.payload(),
                })
            }
            9 if self.probing > 0 => {
                self.probing -= 1;
                let error = self.payload();
                Happening::Probed(match input.byte() % 4 {
                    0 => Probe::Good,
                    1 => Probe::Unauthorized(error),
                    2 => Probe::Doubtful(error),
                    _ => Probe::Unreachable,
                })
            }
            10 | 11 if !self.fetches.is_empty() => {
                let fetch = self
                    .fetches
                    .remove(usize::from(input.byte()) % self.fetches.len());
                let result = self.result(&fetch.query, input);
                Happening::Fetched {
                    subscription: fetch.subscription,
                    ticket: fetch.ticket,
                    result,
                }
            }
            12 => Happening::Wake,
            13 => {
                self.now += f64::from(input.short());
                Happening::Timeout
            }
            14 => return self.pass_time(),
            _ => return,
        };
        self.handle(happening);
    }

    /// Advances the time until something is due, and handles it. This must end.
    fn pass_time(&mut self) {
        let Some(due) = self.machine.poll_timeout() else {
            return;
        };
        assert!(due.is_finite(), "{due}");
        self.now = self.now.max(due);
        let mut rounds = 0;
        while self
            .machine
            .poll_timeout()
            .is_some_and(|due| due <= self.now)
        {
            self.handle(Happening::Timeout);
            rounds += 1;
            assert!(
                rounds <= 64 + 4 * self.subscriptions,
                "there is always something due"
            );
        }
    }

    fn next(&mut self) -> SubscriptionId {
        self.subscriptions += 1;
        SubscriptionId(self.subscriptions)
    }

    fn payload(&mut self) -> u32 {
        self.payloads += 1;
        self.payloads
    }

    fn entry(&mut self, input: &mut Input<'_>) -> Entry<u32> {
        let choice = input.byte();
        let edited_at = if choice >= 2 * IDS {
            choice.to_string()
        } else {
            String::new()
        };
        Entry {
            id: id(choice),
            edited_at,
            payload: self.payload(),
        }
    }

    fn result(
        &mut self,
        query: &Query,
        input: &mut Input<'_>,
    ) -> Result<Vec<Entry<u32>>, Failure<u32>> {
        let choice = input.byte();
        if choice >= 200 {
            return Err(match choice % 5 {
                0 => Failure::Limited(f64::from(input.short()) * 100.0),
                1 => Failure::Unauthorized(self.payload()),
                2 => Failure::NotFound,
                3 => Failure::Lasting,
                _ => Failure::Passing,
            });
        }
        if let Query::Page { limit, .. } = query {
            assert!((1..=400).contains(limit), "{limit}");
        }
        Ok((0..choice % 50).map(|_| self.entry(input)).collect())
    }

    fn handle(&mut self, happening: Happening<u32>) {
        let random = f64::from(self.payloads % 64) / 64.0;
        self.machine.handle(happening, self.now, random);
        let mut outputs = 0;
        while let Some(output) = self.machine.poll_output() {
            self.carry_out(output);
            outputs += 1;
            assert!(
                outputs <= 100 + 16 * self.subscriptions + 2 * self.payloads,
                "without end"
            );
        }
        let wanted = !self.live.is_empty() || !self.holders.is_empty();
        assert!(wanted || self.machine.state() == State::Closed);
        assert!(self.machine.poll_timeout().is_none_or(f64::is_finite));
    }

    fn carry_out(&mut self, output: Output<u32>) {
        match output {
            Output::Connect { .. } => {
                assert!(self.socket == Socket::None, "a second socket");
                self.socket = Socket::Connecting;
            }
            Output::Disconnect => self.socket = Socket::None,
            Output::Send(_) => assert!(self.socket == Socket::Open, "sent without a socket"),
            Output::Probe(_) => self.probing += 1,
            Output::Fetch(fetch) => {
                assert!(self.live.contains(&fetch.subscription));
                self.fetches.push(fetch);
            }
            Output::State(state) => {
                assert!(self.state != Some(state), "{state:?} twice");
                self.state = Some(state);
            }
            Output::Deliver {
                subscription,
                event,
            } => {
                assert!(self.live.contains(&subscription));
                assert!((1..=self.payloads).contains(&event.payload));
                if event.kind == EventKind::Update
                    && self.of_statuses.contains(&subscription)
                    && let Some(id) = event.id
                {
                    let new = self.updates.insert((subscription, id.as_str().to_owned()));
                    assert!(new, "{id:?} twice");
                }
            }
            Output::Deleted { subscription, .. } => assert!(self.live.contains(&subscription)),
            Output::Gap {
                subscription,
                from,
                to,
            } => {
                assert!(self.live.contains(&subscription));
                if let Some((from, to)) = from.zip(to) {
                    assert!(from < to, "a gap from {from:?} to {to:?}");
                }
            }
            Output::End { subscription, .. } => {
                let ended = self.live.remove(&subscription) || self.holders.remove(&subscription);
                assert!(ended, "{subscription:?} ends twice");
            }
        }
    }
}

fn id(choice: u8) -> EntityId {
    EntityId::new(&(100 + u32::from(choice % IDS)).to_string()).expect("an id")
}

fn key(input: &mut Input<'_>) -> Rc<StreamKey> {
    let (name, param) = [
        ("user", ""),
        ("user:notification", ""),
        ("public", ""),
        ("list", "1"),
        ("list", "2"),
        ("hashtag", "cats"),
        ("direct", ""),
    ][usize::from(input.byte() % 7)];
    Rc::new(StreamKey::new(name, param))
}

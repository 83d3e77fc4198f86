//! All streams of a client over its one socket, as a state machine without I/O. [`Machine::handle`] takes an
//! input, the time (in milliseconds) and a random number. [`Machine::poll_output`] returns what is to be
//! done, and [`Machine::poll_timeout`] the time of the next timeout.
//!
//! Nothing here calls other code, so a listener may do anything while an output is carried out. Payloads
//! (`P`) are passed on and never read.

use super::connection::{Command, Connection, Handshake, Probe, State};
use super::event::{Event, EventKind};
use super::input::{Input, SubscriptionId};
use super::output::{EndReason, Message, Output};
use super::rejection::{Rejection, Rejections};
use super::stream_key::StreamKey;
use super::subscription::{Outcome, Subscription};
use std::collections::VecDeque;
use std::rc::Rc;

/// All streams of one client.
#[derive(Debug)]
pub struct Machine<P> {
    connection: Connection,
    rejections: Rejections<P>,
    subscriptions: Vec<Subscription<P>>,
    /// The callers that keep the socket open for later subscriptions.
    holders: Vec<SubscriptionId>,
    /// Pings that were sent on this socket and have no response yet.
    pings: u32,
    /// The error of a probe that a list must confirm.
    doubt: Option<P>,
    /// The stream that the socket's URL names.
    named: Option<Rc<StreamKey>>,
    state: State,
    out: VecDeque<Output<P>>,
}

impl<P: Clone> Machine<P> {
    /// A machine without subscriptions, on a platform with or without WebSockets.
    pub fn new(sockets: bool) -> Self {
        Self {
            connection: Connection::new(sockets),
            rejections: Rejections::new(),
            subscriptions: Vec::new(),
            holders: Vec::new(),
            pings: 0,
            doubt: None,
            named: None,
            state: State::Closed,
            out: VecDeque::new(),
        }
    }

    /// The next output.
    pub fn poll_output(&mut self) -> Option<Output<P>> {
        self.out.pop_front()
    }

    /// When to hand in [`Input::Timeout`].
    pub fn poll_timeout(&self) -> Option<f64> {
        let mut first = self.connection.due().min(self.rejections.due());
        for subscription in &self.subscriptions {
            first = first.min(subscription.due());
        }
        (first < f64::INFINITY).then_some(first)
    }

    /// The connection's state.
    pub fn state(&self) -> State {
        self.connection.state()
    }

    /// Handles an input at this time, in milliseconds; `random` is at least 0 and below 1.
    pub fn handle(&mut self, input: Input<P>, now: f64, random: f64) {
        match input {
            // From a socket that is gone.
            Input::Event { .. } | Input::Heard | Input::Rejected(_)
                if self.connection.state() != State::Open => {}
            Input::Configure(options) => self.connection.configure(options),
            Input::Subscribe {
                subscription,
                key,
                options,
            } => self.subscribe(Subscription::new(subscription, key, options), now),
            Input::Hold(id) => {
                self.holders.push(id);
                self.start(now);
            }
            Input::Unsubscribe(id) => self.unsubscribe(id, now),
            Input::Opened => self.opened(now),
            Input::Closed(closed) => {
                self.drop_subscriptions();
                let command = self.connection.closed(closed, now, random);
                self.perform(command, now);
            }
            Input::Event { key, event } => self.event(key, event, now),
            Input::Heard => self.connection.heard(now),
            Input::Rejected(rejection) => self.rejected(rejection, now),
            Input::Probed(probe) => self.probed(probe, now, random),
            Input::Fetched {
                subscription,
                ticket,
                result,
            } => {
                let at = self.position(subscription);
                if let Some(own) = at.and_then(|at| self.subscriptions.get_mut(at)) {
                    let outcome = own.answered(ticket, result, now, &mut self.out);
                    self.act(subscription, outcome, now);
                }
            }
            Input::NewToken => {
                let command = self.connection.renew(now);
                self.perform(command, now);
            }
            Input::Wake => {
                let command = self.connection.wake(now);
                self.perform(command, now);
            }
            Input::Timeout => self.timeout(now, random),
        }
    }

    fn subscribe(&mut self, mut subscription: Subscription<P>, now: f64) {
        self.rejections.add(&subscription.key, now);
        self.send_requests();
        match self.connection.state() {
            State::Open => subscription.subscribed(now, &mut self.out),
            State::Polling if subscription.polling => subscription.recover(now, &mut self.out),
            _ => {}
        }
        self.subscriptions.push(subscription);
        self.start(now);
        self.end_hopeless(now);
    }

    /// Whether a subscription still has to deliver events that it missed.
    pub fn is_behind(&self, id: SubscriptionId) -> bool {
        let at = self.position(id);
        at.and_then(|at| self.subscriptions.get(at))
            .is_some_and(Subscription::is_behind)
    }

    /// Ends the subscriptions for which REST does not take over, if there will be no socket.
    fn end_hopeless(&mut self, now: f64) {
        if !self.connection.is_hopeless() {
            return;
        }
        let hopeless = self.subscriptions.iter().filter(|own| !own.polling);
        let hopeless: Vec<SubscriptionId> = hopeless.map(|own| own.id).collect();
        for id in hopeless {
            self.end(id, EndReason::NoSocket, now);
        }
    }

    fn start(&mut self, now: f64) {
        let command = self.connection.start(now);
        self.perform(command, now);
    }

    fn position(&self, id: SubscriptionId) -> Option<usize> {
        self.subscriptions.iter().position(|own| own.id == id)
    }

    fn unsubscribe(&mut self, id: SubscriptionId, now: f64) {
        self.holders.retain(|own| *own != id);
        if let Some(at) = self.position(id) {
            let key = self.subscriptions.remove(at).key;
            if self.rejections.remove(&key, now) {
                self.out.push_back(Output::Send(Message::Unsubscribe(key)));
            }
        }
        self.stop_if_unneeded();
    }

    fn opened(&mut self, now: f64) {
        self.connection.opened(now);
        self.report();
        self.rejections.opened(now);
        self.send_requests();
        for subscription in &mut self.subscriptions {
            subscription.subscribed(now, &mut self.out);
        }
    }

    fn event(&mut self, key: Option<Rc<StreamKey>>, event: Event<P>, now: f64) {
        let named = || self.named.clone().or_else(|| self.rejections.first());
        let Some(key) = key.or_else(named) else {
            return self.connection.heard(now);
        };
        self.connection.heard_event(now);
        let gets = |own: &Subscription<P>, kind: &EventKind| {
            *own.key == *key || own.key.also_gets(kind, &key)
        };
        if event.kind == EventKind::Delete {
            for own in &mut self.subscriptions {
                if !gets(own, &event.kind) {
                    own.deleted_elsewhere(&event, now, &mut self.out);
                }
            }
        }
        let last = self
            .subscriptions
            .iter()
            .rposition(|own| gets(own, &event.kind));
        let Some(last) = last else { return };
        for own in self.subscriptions.iter_mut().take(last) {
            if gets(own, &event.kind) {
                self.rejections.confirm(&own.key);
                own.arrived(event.clone(), now, &mut self.out);
            }
        }
        // Usually there is only one subscription, and nothing is cloned.
        if let Some(own) = self.subscriptions.get_mut(last) {
            self.rejections.confirm(&own.key);
            own.arrived(event, now, &mut self.out);
        }
    }

    fn rejected(&mut self, rejection: Rejection<P>, now: f64) {
        self.connection.heard(now);
        if rejection.status == 400 && self.pings > 0 {
            // The response to a ping: it subscribes to a stream that does not exist.
            self.pings -= 1;
            return;
        }
        self.rejections.reject(rejection, now);
        self.settle();
    }

    fn probed(&mut self, probe: Probe<P>, now: f64, random: f64) {
        let probe = match (self.doubt.take(), probe) {
            // A list confirmed the error.
            (Some(_), Probe::Doubtful(error)) => Probe::Unauthorized(error),
            (_, probe) => probe,
        };
        let command = self.connection.probed(probe, now, random);
        if let Command::Confirm(error) = command {
            let lists = self.subscriptions.iter().filter_map(|own| {
                let source = own.key.sources().first()?;
                Some((own.key.clone(), *source))
            });
            if let Some(list) = lists.into_iter().next() {
                self.doubt = Some(error);
                self.out.push_back(Output::Probe(Some(list)));
            } else {
                // No list can confirm the error.
                let command = self.connection.probed(Probe::Good, now, random);
                self.perform(command, now);
            }
            return;
        }
        self.perform(command, now);
        self.end_hopeless(now);
    }

    fn timeout(&mut self, now: f64, random: f64) {
        let command = self.connection.timeout(now, random);
        self.perform(command, now);
        self.rejections.timeout(now);
        self.settle();
        let ids: Vec<SubscriptionId> = self.subscriptions.iter().map(|own| own.id).collect();
        for id in ids {
            let at = self.position(id);
            if let Some(own) = at.and_then(|at| self.subscriptions.get_mut(at)) {
                let outcome = own.timeout(now, &mut self.out);
                self.act(id, outcome, now);
            }
        }
    }

    fn act(&mut self, id: SubscriptionId, outcome: Outcome<P>, now: f64) {
        match outcome {
            Outcome::Nothing => {}
            Outcome::Mute => {
                let command = self.connection.mute(now);
                self.perform(command, now);
            }
            Outcome::Unauthorized(error) => self.end(id, EndReason::Unauthorized(error), now),
            Outcome::ForeignResume => self.end(id, EndReason::ForeignResume, now),
        }
    }

    fn end(&mut self, subscription: SubscriptionId, reason: EndReason<P>, now: f64) {
        self.unsubscribe(subscription, now);
        self.out.push_back(Output::End {
            subscription,
            reason,
        });
    }

    fn perform(&mut self, command: Command<P>, now: f64) {
        match command {
            Command::Nothing | Command::Confirm(_) => {}
            Command::Connect(handshake) => self.connect(handshake),
            Command::Disconnect => {
                self.drop_subscriptions();
                self.out.push_back(Output::Disconnect);
            }
            Command::Reconnect(handshake) => {
                self.drop_subscriptions();
                self.out.push_back(Output::Disconnect);
                self.connect(handshake);
            }
            Command::Ping => {
                self.pings += 1;
                self.out.push_back(Output::Send(Message::Ping));
            }
            Command::Probe => {
                self.out.push_back(Output::Disconnect);
                self.doubt = None;
                self.out.push_back(Output::Probe(None));
            }
            Command::Poll => {
                for subscription in self.subscriptions.iter_mut().filter(|own| own.polling) {
                    subscription.recover(now, &mut self.out);
                }
            }
            Command::Unauthorized(error) => self.end_all(&EndReason::Unauthorized(error)),
            Command::NoSocket => self.end_all(&EndReason::NoSocket),
        }
        self.report();
    }

    fn connect(&mut self, handshake: Handshake) {
        let first = self.rejections.first();
        self.named = first.filter(|_| handshake.stream);
        self.out.push_back(Output::Connect {
            handshake,
            stream: self.named.clone(),
        });
    }

    fn send_requests(&mut self) {
        while let Some(key) = self.rejections.next_request() {
            self.out.push_back(Output::Send(Message::Subscribe(key)));
        }
    }

    /// Sends pending subscribe messages, and ends the subscriptions that were rejected.
    fn settle(&mut self) {
        self.send_requests();
        while let Some((key, error)) = self.rejections.next_rejected() {
            let out = &mut self.out;
            self.subscriptions.retain(|own| {
                let rejected = own.key == key;
                if rejected {
                    out.push_back(Output::End {
                        subscription: own.id,
                        reason: EndReason::Rejected(error.clone()),
                    });
                }
                !rejected
            });
            self.stop_if_unneeded();
        }
    }

    fn end_all(&mut self, reason: &EndReason<P>) {
        let subscriptions = std::mem::take(&mut self.subscriptions).into_iter();
        let mut all: Vec<SubscriptionId> = subscriptions.map(|own| own.id).collect();
        all.append(&mut self.holders);
        self.stop_if_unneeded();
        for subscription in all {
            self.out.push_back(Output::End {
                subscription,
                reason: reason.clone(),
            });
        }
    }

    fn stop_if_unneeded(&mut self) {
        let needed = !self.subscriptions.is_empty() || !self.holders.is_empty();
        if !needed && self.connection.state() != State::Closed {
            self.connection.stop();
            self.rejections.clear();
            self.pings = 0;
            self.out.push_back(Output::Disconnect);
            self.report();
        }
    }

    fn drop_subscriptions(&mut self) {
        self.pings = 0;
        self.rejections.closed();
        for subscription in &mut self.subscriptions {
            subscription.dropped();
        }
    }

    fn report(&mut self) {
        let state = self.connection.state();
        if state != self.state {
            self.state = state;
            self.out.push_back(Output::State(state));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::connection::Token;
    use super::super::connection::{Closed, ConnectionOptions};
    use super::super::entity_id::EntityId;
    use super::super::entity_id::id;
    use super::super::event::{Entry, Source};
    use super::super::input::{Failure, SubscriptionOptions};
    use super::super::output::{Fetch, Query};
    use super::*;

    type Done = Vec<Output<&'static str>>;

    const FIRST: SubscriptionId = SubscriptionId(1);
    const SECOND: SubscriptionId = SubscriptionId(2);

    struct Client {
        machine: Machine<&'static str>,
        now: f64,
    }

    fn key(name: &str, param: &str) -> Rc<StreamKey> {
        StreamKey::new(name, param).into()
    }

    fn client(sockets: bool, polling: bool) -> Client {
        let mut client = Client {
            machine: Machine::new(sockets),
            now: 0.0,
        };
        client.handle(Input::Configure(ConnectionOptions {
            open_timeout: 10_000.0,
            idle_timeout: 90_000.0,
            polling,
        }));
        client
    }

    fn options() -> SubscriptionOptions {
        SubscriptionOptions {
            backfill_limit: 100,
            polling: true,
            resume: None,
            resume_notification: None,
        }
    }

    fn event(kind: EventKind, of: u32) -> Event<&'static str> {
        Event {
            kind,
            id: Some(id(of)),
            edited_at: String::new(),
            payload: "",
        }
    }

    fn entry(of: u32, edited_at: &str) -> Entry<&'static str> {
        Entry {
            id: id(of),
            edited_at: edited_at.to_owned(),
            payload: "",
        }
    }

    fn entries(ids: &[u32]) -> Vec<Entry<&'static str>> {
        ids.iter().map(|of| entry(*of, "")).collect()
    }

    fn deliver(subscription: SubscriptionId, kind: EventKind, of: u32) -> Output<&'static str> {
        Output::Deliver {
            subscription,
            event: event(kind, of),
        }
    }

    fn updates(done: &Done) -> Vec<u32> {
        let update = |output: &Output<&str>| match output {
            Output::Deliver { event, .. } if event.kind == EventKind::Update => {
                event.id.as_ref().map(|id| id.as_str().parse().unwrap())
            }
            _ => None,
        };
        done.iter().filter_map(update).collect()
    }

    fn gaps(done: &Done) -> Vec<(String, String)> {
        let text = |id: &Option<EntityId>| id.as_ref().map_or("", EntityId::as_str).to_owned();
        let gap = |output: &Output<&str>| match output {
            Output::Gap { from, to, .. } => Some((text(from), text(to))),
            _ => None,
        };
        done.iter().filter_map(gap).collect()
    }

    impl Client {
        fn handle(&mut self, input: Input<&'static str>) -> Done {
            self.machine.handle(input, self.now, 0.5);
            std::iter::from_fn(|| self.machine.poll_output()).collect()
        }

        fn subscribe(&mut self, subscription: SubscriptionId, key: Rc<StreamKey>) -> Done {
            self.subscribe_with(subscription, key, options())
        }

        fn subscribe_with(
            &mut self,
            subscription: SubscriptionId,
            key: Rc<StreamKey>,
            options: SubscriptionOptions,
        ) -> Done {
            self.handle(Input::Subscribe {
                subscription,
                key,
                options,
            })
        }

        fn event(&mut self, key: Rc<StreamKey>, event: Event<&'static str>) -> Done {
            self.handle(Input::Event {
                key: Some(key),
                event,
            })
        }

        /// Closes the socket and opens the next one.
        fn reconnect(&mut self) -> Done {
            self.handle(Input::Closed(Closed::default()));
            self.wake();
            self.handle(Input::Opened)
        }

        /// Advances the time to the next timeout, and handles it.
        fn wake(&mut self) -> Done {
            self.now = self.now.max(self.machine.poll_timeout().unwrap());
            self.handle(Input::Timeout)
        }

        fn fetched(
            &mut self,
            fetch: &Fetch,
            result: Result<Vec<Entry<&'static str>>, Failure<&'static str>>,
        ) -> Done {
            self.now += 10.0;
            self.handle(Input::Fetched {
                subscription: fetch.subscription,
                ticket: fetch.ticket,
                result,
            })
        }

        /// Answers all REST requests for a limited time. Returns all outputs.
        fn answer(
            &mut self,
            mut done: Done,
            until: f64,
            answer: impl Fn(&Query) -> Result<Vec<Entry<&'static str>>, Failure<&'static str>>,
        ) -> Done {
            let mut all = Vec::new();
            loop {
                let fetches = done.iter().filter_map(|output| match output {
                    Output::Fetch(fetch) => Some(fetch.clone()),
                    _ => None,
                });
                let fetches: Vec<Fetch> = fetches.collect();
                all.append(&mut done);
                for fetch in &fetches {
                    done.append(&mut self.fetched(fetch, answer(&fetch.query)));
                }
                if done.is_empty() {
                    match self.machine.poll_timeout() {
                        Some(due) if due <= until => done = self.wake(),
                        _ => return all,
                    }
                }
            }
        }
    }

    /// The responses of a server that has these statuses and handles cursors like Mastodon.
    fn server(
        statuses: &[u32],
    ) -> impl Fn(&Query) -> Result<Vec<Entry<&'static str>>, Failure<&'static str>> {
        let statuses = entries(statuses);
        move |query| {
            let mut list = statuses.clone();
            match query {
                Query::Statuses(ids) => list.retain(|own| ids.contains(&own.id)),
                Query::Page {
                    source: Source::Statuses,
                    limit,
                    after,
                    before,
                } => {
                    list.retain(|own| after.as_ref().is_none_or(|after| *after < own.id));
                    list.retain(|own| before.as_ref().is_none_or(|before| own.id < *before));
                    let limit = *limit as usize;
                    if after.is_some() {
                        list.truncate(limit);
                    } else {
                        list.drain(..list.len().saturating_sub(limit));
                    }
                }
                Query::Page { .. } => list.clear(),
            }
            Ok(list)
        }
    }

    #[test]
    fn a_socket_is_opened_for_the_first_and_closed_after_the_last() {
        let mut client = client(true, true);
        let done = client.subscribe(FIRST, key("user", ""));
        let handshake = Handshake {
            token: Token::Subprotocol,
            stream: false,
        };
        assert_eq!(
            done,
            [
                Output::Connect {
                    handshake,
                    stream: None
                },
                Output::State(State::Connecting)
            ]
        );
        let done = client.handle(Input::Opened);
        assert_eq!(
            done,
            [
                Output::State(State::Open),
                Output::Send(Message::Subscribe(key("user", ""))),
                // Asks where the list begins.
                Output::Fetch(Fetch {
                    subscription: FIRST,
                    ticket: 1,
                    key: key("user", ""),
                    query: Query::Page {
                        source: Source::Statuses,
                        limit: 1,
                        after: None,
                        before: None
                    }
                })
            ]
        );
        let other = key("other", "");
        let done = client.subscribe(SECOND, other.clone());
        assert_eq!(done, [Output::Send(Message::Subscribe(other.clone()))]);
        let unknown = EventKind::Unknown("new".to_owned());
        assert_eq!(
            client.event(other.clone(), event(unknown.clone(), 7)),
            [deliver(SECOND, unknown, 7)]
        );
        let done = client.handle(Input::Unsubscribe(SECOND));
        assert_eq!(done, [Output::Send(Message::Unsubscribe(other))]);
        assert_eq!(client.handle(Input::Unsubscribe(SECOND)), []);
        let done = client.handle(Input::Unsubscribe(FIRST));
        assert_eq!(
            done,
            [
                Output::Send(Message::Unsubscribe(key("user", ""))),
                Output::Disconnect,
                Output::State(State::Closed)
            ]
        );
        assert_eq!(client.machine.poll_timeout(), None);
    }

    #[test]
    fn without_sockets_rest_takes_over_where_it_may() {
        let mut able = client(false, true);
        let asks = |done: &Done, id| {
            done.iter()
                .any(|own| matches!(own, Output::Fetch(fetch) if fetch.subscription == id))
        };
        assert!(asks(&able.subscribe(FIRST, key("user", "")), FIRST));
        assert_eq!(able.machine.state(), State::Polling);
        assert!(asks(&able.subscribe(SECOND, key("user", "")), SECOND));

        let mut unable = client(false, false);
        let done = unable.subscribe(FIRST, key("user", ""));
        assert!(done.contains(&Output::End {
            subscription: FIRST,
            reason: EndReason::NoSocket
        }));
        assert_eq!(unable.machine.state(), State::Closed);
    }

    #[test]
    fn a_token_that_is_not_good_ends_everything() {
        let mut client = client(true, true);
        client.subscribe(FIRST, key("user", ""));
        client.handle(Input::Hold(SECOND));
        let done = client.handle(Input::Closed(Closed::default()));
        assert!(done.contains(&Output::Probe(None)));
        let done = client.handle(Input::Probed(Probe::Unauthorized("revoked")));
        for subscription in [FIRST, SECOND] {
            let reason = EndReason::Unauthorized("revoked");
            assert!(done.contains(&Output::End {
                subscription,
                reason
            }));
        }
        assert_eq!(client.machine.state(), State::Closed);
        // A later response changes nothing.
        assert_eq!(client.handle(Input::Probed(Probe::Good)), []);
    }

    #[test]
    fn a_token_in_doubt_is_confirmed_by_a_list() {
        for (second, ends) in [(Probe::Doubtful("422 too"), true), (Probe::Good, false)] {
            let mut client = client(true, true);
            client.subscribe(FIRST, key("user", ""));
            client.handle(Input::Closed(Closed::default()));
            let done = client.handle(Input::Probed(Probe::Doubtful("422")));
            let list = (key("user", ""), Source::Statuses);
            assert_eq!(done, [Output::Probe(Some(list))]);
            client.handle(Input::Probed(second));
            assert_eq!(client.machine.state() == State::Closed, ends);
        }
    }

    #[test]
    fn a_list_that_is_polled_ends_its_stream_by_a_401() {
        let mut client = client(false, true);
        client.subscribe(FIRST, key("user", ""));
        let done = client.subscribe(SECOND, key("public", ""));
        let Some(Output::Fetch(fetch)) = done.first() else {
            panic!("{done:?}")
        };
        let done = client.fetched(fetch, Err(Failure::Unauthorized("revoked")));
        assert_eq!(
            done,
            [Output::End {
                subscription: SECOND,
                reason: EndReason::Unauthorized("revoked")
            }]
        );
        assert_eq!(client.machine.state(), State::Polling);
    }

    #[test]
    fn sockets_that_never_open_are_given_up_where_rest_may_not_take_over() {
        let mut client = client(true, false);
        client.subscribe(FIRST, key("user", ""));
        let (mut refused, mut all) = (0, Vec::new());
        while client.machine.state() != State::Closed {
            refused += 1;
            assert!(refused < 10, "it goes on for ever");
            // A socket that does not open in time is treated like one that failed.
            client.wake();
            all.append(&mut client.handle(Input::Probed(Probe::Good)));
            if client.machine.poll_timeout().is_some() {
                client.wake();
            }
        }
        assert_eq!(refused, 6);
        assert!(all.contains(&Output::End {
            subscription: FIRST,
            reason: EndReason::NoSocket
        }));
    }

    #[test]
    fn the_rejection_of_no_stream_is_a_sign_of_life() {
        let mut client = client(true, true);
        client.subscribe(FIRST, key("other", ""));
        client.handle(Input::Opened);
        client.now = 30_000.0;
        let done = client.handle(Input::Wake);
        assert_eq!(done, [Output::Send(Message::Ping)]);
        let rejection = Rejection {
            status: 400,
            of_list: false,
            error: "Unknown stream type",
        };
        assert_eq!(client.handle(Input::Rejected(rejection)), []);
        assert_eq!(client.machine.poll_timeout(), Some(120_000.0));
        // Without one, the socket counts as lost.
        client.wake();
        let done = client.wake();
        assert!(done.contains(&Output::Disconnect), "{done:?}");
        assert_eq!(client.machine.state(), State::Waiting);
    }

    #[test]
    fn what_a_socket_says_that_is_gone_is_nothing() {
        let mut client = client(true, true);
        client.subscribe(FIRST, key("user", ""));
        client.subscribe(SECOND, key("public", ""));
        client.handle(Input::Opened);
        client.handle(Input::Closed(Closed::default()));
        for status in [400, 401, 404] {
            let rejection = Rejection {
                status,
                of_list: false,
                error: "rejected",
            };
            assert_eq!(client.handle(Input::Rejected(rejection)), []);
        }
        assert_eq!(
            client.event(key("user", ""), event(EventKind::Update, 7)),
            []
        );
        client.now += 60_000.0;
        let done = client.handle(Input::Timeout);
        let delivered = |output: &Output<_>| matches!(output, Output::Deliver { .. });
        assert!(!done.iter().any(delivered), "{done:?}");
    }

    fn resumed(resume: u32) -> SubscriptionOptions {
        SubscriptionOptions {
            resume: Some(id(resume)),
            ..options()
        }
    }

    #[test]
    fn a_list_that_grows_while_it_is_read_is_asked_in_rounds() {
        let mut client = client(true, true);
        let one = SubscriptionOptions {
            backfill_limit: 1,
            ..resumed(1)
        };
        client.subscribe_with(FIRST, key("public", ""), one);
        let done = client.handle(Input::Opened);
        let newest = std::cell::Cell::new(1_000_u32);
        let done = client.answer(done, 20_000.0, |query| {
            newest.set(newest.get() + 100);
            Ok(match query {
                Query::Page { limit, after, .. } => {
                    let after = after.as_ref().map(|id| id.as_str().parse().unwrap());
                    let after = after.unwrap_or(newest.get());
                    entries(&(after + 1..=after + limit).collect::<Vec<u32>>())
                }
                Query::Statuses(_) => Vec::new(),
            })
        });
        let asks = done
            .iter()
            .filter(|own| matches!(own, Output::Fetch(_)))
            .count();
        assert!(asks < 30, "{asks} requests in 20 s");
    }

    #[test]
    fn a_list_that_is_ever_newer_is_asked_with_pauses() {
        // With a live event, when the socket takes over; and without one.
        for live in [Some(100), None] {
            let mut client = client(true, true);
            client.subscribe_with(FIRST, key("public", ""), resumed(1));
            let mut done = client.handle(Input::Opened);
            if let Some(live) = live {
                let update = event(EventKind::Update, live);
                done.append(&mut client.event(key("public", ""), update));
            }
            let newest = std::cell::Cell::new(1_000_u32);
            let done = client.answer(done, 20_000.0, |query| {
                newest.set(newest.get() + 100);
                Ok(match query {
                    Query::Page { .. } => {
                        entries(&(newest.get() - 39..=newest.get()).collect::<Vec<u32>>())
                    }
                    Query::Statuses(_) => Vec::new(),
                })
            });
            let asks = done
                .iter()
                .filter(|own| matches!(own, Output::Fetch(_)))
                .count();
            assert!(asks < 100, "{asks} requests in 20 s");
        }
    }

    #[test]
    fn a_number_is_no_place_among_other_ids() {
        let mut client = client(true, true);
        client.subscribe_with(FIRST, key("public", ""), resumed(1));
        let done = client.handle(Input::Opened);
        let ulid = Entry {
            id: id("01JD4ZV5C7Q9M3J4K5T6W7X8Y9"),
            edited_at: String::new(),
            payload: "",
        };
        let done = client.answer(done, 5_000.0, |_| Ok(vec![ulid.clone()]));
        assert!(done.contains(&Output::End {
            subscription: FIRST,
            reason: EndReason::ForeignResume
        }));
        let delivered = |own: &Output<&str>| matches!(own, Output::Deliver { .. });
        assert!(!done.iter().any(delivered));
    }

    #[test]
    fn too_much_held_back_gives_up_what_came_before_it() {
        let mut client = client(true, true);
        client.subscribe_with(FIRST, key("public", ""), resumed(1));
        let asked = client.handle(Input::Opened);
        let mut all = Vec::new();
        for number in 0..1_000 {
            let update = event(EventKind::Update, 100 + number);
            all.append(&mut client.event(key("public", ""), update));
        }
        assert_eq!(gaps(&all), [("1".to_owned(), "100".to_owned())]);
        assert_eq!(updates(&all), (100..1_100).collect::<Vec<u32>>());
        // The response to a request that was given up.
        let Some(Output::Fetch(fetch)) = asked.last() else {
            panic!("{asked:?}")
        };
        assert_eq!(client.fetched(fetch, Ok(entries(&[50]))), []);
    }

    #[test]
    fn a_fill_that_hangs_holds_events_for_half_a_minute() {
        let mut client = client(true, true);
        client.subscribe_with(FIRST, key("public", ""), resumed(1));
        client.handle(Input::Opened);
        client.now = 100.0;
        let update = event(EventKind::Update, 7);
        assert_eq!(client.event(key("public", ""), update), []);
        client.now = 30_099.0;
        assert!(updates(&client.handle(Input::Timeout)).is_empty());
        client.now = 30_100.0;
        let done = client.handle(Input::Timeout);
        assert_eq!(gaps(&done), [("1".to_owned(), "7".to_owned())]);
        assert_eq!(updates(&done), [7]);
    }

    #[test]
    fn what_was_edited_or_deleted_meanwhile_is_asked_for() {
        let mut client = client(true, true);
        client.subscribe_with(FIRST, key("public", ""), resumed(10));
        let done = client.handle(Input::Opened);
        let Some(Output::Fetch(fetch)) = done.last() else {
            panic!("{done:?}")
        };
        // The rate limit is reached: no request before two seconds have passed.
        client.fetched(fetch, Err(Failure::Limited(2_000.0)));
        assert_eq!(client.machine.poll_timeout(), Some(2_010.0));
        let done = client.wake();
        // An edit is held back too, and comes after the missed entries.
        let mut edit = event(EventKind::StatusUpdate, 10);
        edit.edited_at = "2026-01-01".to_owned();
        assert_eq!(client.event(key("public", ""), edit), []);
        let done = client.answer(done, 5_000.0, server(&[10, 11, 12]));
        assert_eq!(updates(&done), [11, 12]);
        let is_edit = |own: &Output<&str>| matches!(own, Output::Deliver { event, .. } if event.kind == EventKind::StatusUpdate);
        assert!(is_edit(
            done.iter()
                .rfind(|own| matches!(own, Output::Deliver { .. }))
                .unwrap()
        ));

        client.now = 20_000.0;
        let done = client.reconnect();
        let done = client.answer(done, client.now + 5_000.0, |query| match query {
            Query::Statuses(ids) => {
                assert_eq!(*ids, [id(11), id(12)]);
                Ok(vec![entry(11, "2026-01-01")])
            }
            Query::Page { .. } => server(&[10, 11])(query),
        });
        assert!(done.iter().any(is_edit), "{done:?}");
        assert!(done.contains(&Output::Deleted {
            subscription: FIRST,
            id: id(12)
        }));
    }

    #[test]
    fn a_server_that_knows_nothing_of_several_statuses_deletes_none() {
        let mut client = client(true, true);
        client.subscribe_with(FIRST, key("public", ""), resumed(10));
        let done = client.handle(Input::Opened);
        client.answer(done, 5_000.0, server(&[10, 11, 12]));
        let done = client.reconnect();
        let done = client.answer(done, client.now + 5_000.0, |query| match query {
            Query::Statuses(_) => Ok(Vec::new()),
            Query::Page { .. } => server(&[10, 11, 12])(query),
        });
        assert!(!done.iter().any(|own| matches!(own, Output::Deleted { .. })));
    }

    #[test]
    fn a_stream_without_a_list_says_that_it_may_have_missed_something() {
        let mut client = client(true, true);
        client.subscribe(FIRST, key("other", ""));
        assert_eq!(gaps(&client.handle(Input::Opened)), []);
        let done = client.reconnect();
        assert_eq!(gaps(&done), [(String::new(), String::new())]);
    }

    #[test]
    fn an_empty_list_is_remembered_and_asked_without_a_cursor() {
        let mut client = client(true, true);
        client.subscribe(FIRST, key("hashtag", "moss"));
        let done = client.handle(Input::Opened);
        // GoToSocial returns 404 for a tag that it does not know.
        client.answer(done, 10_000.0, |_| Err(Failure::NotFound));
        let done = client.reconnect();
        let done = client.answer(done, client.now + 5_000.0, server(&[1, 2, 3]));
        let first = done.iter().find_map(|own| match own {
            Output::Fetch(fetch) => Some(fetch.query.clone()),
            _ => None,
        });
        assert!(
            matches!(
                first,
                Some(Query::Page {
                    after: None,
                    before: None,
                    limit: 40,
                    ..
                })
            ),
            "{first:?}"
        );
        assert_eq!(updates(&done), [1, 2, 3]);
        assert_eq!(gaps(&done), []);
    }

    #[test]
    fn the_first_conversation_comes_without_a_gap() {
        let mut client = client(true, true);
        client.subscribe(FIRST, key("direct", ""));
        let done = client.handle(Input::Opened);
        client.answer(done, 10_000.0, |_| Ok(Vec::new()));
        for last_status in [7, 9] {
            let done = client.reconnect();
            // One conversation has a new status and moves up.
            let done = client.answer(done, client.now + 5_000.0, |query| match query {
                Query::Page { after, before, .. }
                    if after.as_ref().is_none_or(|after| *after < id(last_status))
                        && before
                            .as_ref()
                            .is_none_or(|before| id(last_status) < *before) =>
                {
                    Ok(entries(&[last_status]))
                }
                _ => Ok(Vec::new()),
            });
            assert!(done.contains(&deliver(FIRST, EventKind::Conversation, last_status)));
            assert_eq!(gaps(&done), []);
        }
    }

    #[test]
    fn a_notification_of_the_account_reaches_its_notifications() {
        let mut client = client(true, true);
        client.subscribe(FIRST, key("user", ""));
        client.subscribe(SECOND, key("user:notification", ""));
        client.handle(Input::Opened);
        let notification = event(EventKind::Notification, 7);
        let done = client.event(key("user", ""), notification.clone());
        let both = [FIRST, SECOND].map(|own| deliver(own, EventKind::Notification, 7));
        assert_eq!(done, both);
        // Mastodon sends the event on each stream.
        assert_eq!(client.event(key("user:notification", ""), notification), []);
    }

    #[test]
    fn a_deletion_reaches_all_that_delivered_the_status() {
        let mut client = client(true, true);
        client.subscribe(FIRST, key("user", ""));
        client.subscribe(SECOND, key("public", ""));
        client.subscribe(SubscriptionId(3), key("public:local", ""));
        client.handle(Input::Opened);
        for name in ["user", "public"] {
            client.event(key(name, ""), event(EventKind::Update, 7));
        }
        let done = client.event(key("user", ""), event(EventKind::Delete, 7));
        assert!(done.contains(&deliver(FIRST, EventKind::Delete, 7)));
        assert!(done.contains(&deliver(SECOND, EventKind::Delete, 7)));
        assert_eq!(done.len(), 2);
        // Mastodon sends the event on each stream.
        assert_eq!(
            client.event(key("public", ""), event(EventKind::Delete, 7)),
            []
        );
    }

    #[test]
    fn an_event_without_a_label_is_of_the_stream_in_the_url() {
        let mut client = client(true, true);
        client.subscribe(FIRST, key("user", ""));
        client.handle(Input::Opened);
        let event = event(EventKind::Update, 7);
        let done = client.handle(Input::Event { key: None, event });
        assert_eq!(done, [deliver(FIRST, EventKind::Update, 7)]);
    }

    #[test]
    fn a_mute_subscription_is_checked_and_then_polled() {
        let mut client = client(true, true);
        client.subscribe(FIRST, key("user", ""));
        client.subscribe(SECOND, key("hashtag", "moss"));
        let done = client.handle(Input::Opened);
        client.answer(done, 5_000.0, server(&[1]));
        client.event(key("user", ""), event(EventKind::Update, 2));
        let until = client.now + 60_000.0;
        let done = client.wake();
        let done = client.answer(done, until, server(&[1, 5]));
        assert!(done.contains(&deliver(SECOND, EventKind::Update, 5)));
        assert!(
            !done.contains(&deliver(FIRST, EventKind::Update, 5)),
            "events came on it"
        );
        let asks = done
            .iter()
            .filter(|own| matches!(own, Output::Fetch(_)))
            .count();
        assert!((4..20).contains(&asks), "{asks} requests in a minute");
        // An event comes through the socket after all.
        client.event(key("hashtag", "moss"), event(EventKind::Update, 6));
        let until = client.now + 60_000.0;
        let done = client.answer(Vec::new(), until, server(&[1, 5, 6, 7]));
        assert!(updates(&done).is_empty());
    }

    #[test]
    fn a_socket_that_ignores_subscribe_is_opened_with_the_stream_in_its_url() {
        let mut client = client(true, true);
        client.subscribe(FIRST, key("hashtag", "moss"));
        let done = client.handle(Input::Opened);
        client.answer(done, 5_000.0, server(&[1]));
        let done = client.answer(Vec::new(), 25_000.0, server(&[1, 5]));
        assert_eq!(updates(&done), [5]);
        let named = done.iter().any(|own| {
            matches!(own, Output::Connect { stream: Some(stream), .. } if *stream == key("hashtag", "moss"))
        });
        assert!(named, "{done:?}");
    }

    #[test]
    fn cursors_that_are_read_as_others_lose_nothing_in_silence() {
        let all: Vec<u32> = (1..=90).collect();
        // Servers that treat `min_id` like `since_id`, and that ignore it.
        for since in [true, false] {
            let mut client = client(true, true);
            client.subscribe_with(FIRST, key("public", ""), resumed(30));
            let done = client.handle(Input::Opened);
            let done = client.answer(done, 5_000.0, |query| match query {
                Query::Page {
                    after,
                    before,
                    limit,
                    source,
                } => {
                    let page = server(&all)(&Query::Page {
                        source: *source,
                        limit: *limit,
                        after: None,
                        before: before.clone(),
                    });
                    let mut page = page.unwrap();
                    page.retain(|own| !since || after.as_ref().is_none_or(|after| *after < own.id));
                    Ok(page)
                }
                Query::Statuses(_) => server(&all)(query),
            });
            assert_eq!(updates(&done), (31..=90).collect::<Vec<u32>>());
            assert_eq!(gaps(&done), []);
        }
    }

    #[test]
    fn a_server_without_such_cursors_gets_those_that_it_gave() {
        let mut client = client(true, true);
        client.subscribe_with(FIRST, key("public", ""), resumed(30));
        let done = client.handle(Input::Opened);
        let done = client.answer(done, 10_000.0, |query| match query {
            Query::Page {
                after: Some(after), ..
            } if *after == id(29) => Err(Failure::Lasting),
            _ => server(&[30, 31, 32])(query),
        });
        assert_eq!(updates(&done), [31, 32]);
        assert_eq!(gaps(&done), []);
    }
}

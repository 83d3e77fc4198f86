//! The streams of a client: hands inputs to the machine, and carries out its outputs with sockets, a timer
//! and REST.

use super::address::{self, Address};
use super::connection::{Closed, ConnectionOptions, Handshake, Token};
use super::entity_id::EntityId;
use super::event::EventKind;
use super::frame::{Frame, Labels};
use super::input::{Failure, Input, SubscriptionId, SubscriptionOptions};
use super::machine::Machine;
use super::output::{EndReason, Fetch, ListOf, Message, Output};
use super::rejection::Rejection;
use super::rest::{self, Routes};
use super::socket::{Socket, SocketEvent, Waking};
use super::stream_key::StreamKey;
use super::subscriber::{StreamOptions, Subscriber};
use crate::client::scope::Scope;
use crate::client::{Change, Client, ended};
use crate::error::{Class, Error, ErrorResponse};
use crate::js;
use crate::redact::redact_cut;
use crate::text;
use js_sys::Function;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, milliseconds: f64) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// The longest time that `setTimeout` supports.
const LONGEST_TIMER: f64 = 2_147_483_647.0;

/// Timeouts, in seconds: of a check whether the server is up and the token is valid, and of a page.
const PROBE_TIMEOUT: f64 = 20.0;
const FETCH_TIMEOUT: f64 = 60.0;

/// How many requests are in flight at once. After a reconnect, all subscriptions send some.
const FETCHES: u32 = 4;

/// The longest part of a rejection's text that is shown.
const SHOWN: usize = 500;

/// An asynchronous task.
enum Job {
    /// Report the state of the connection.
    Announce,
    /// Open a socket, unless a newer attempt replaced this one.
    Connect {
        attempt: u32,
        handshake: Handshake,
        stream: Option<Rc<StreamKey>>,
    },
    /// Check whether the server is up and the token is valid.
    Probe(Option<ListOf>),
    /// Send a REST request for a subscription.
    Fetch(Fetch),
}

/// Exists only while there are listeners.
struct Active {
    client: Rc<Client>,
    /// Aborts all tasks when there are no listeners any more.
    controller: AbortController,
    _waking: Waking,
}

/// The streams of a client.
pub struct Driver {
    client: Weak<Client>,
    routes: Routes,
    active: RefCell<Option<Active>>,
    machine: RefCell<Machine<JsValue>>,
    subscribers: RefCell<Vec<Rc<Subscriber>>>,
    last_id: Cell<u32>,
    labels: Labels,
    class: Option<Function>,
    socket: RefCell<Option<Socket>>,
    /// The number of the current socket. A socket that was given up while its address was looked up is not
    /// opened.
    attempt: Cell<u32>,
    address: RefCell<Option<Address>>,
    timer: RefCell<Option<JsValue>>,
    due: Cell<f64>,
    tick: Closure<dyn FnMut()>,
    busy: Cell<bool>,
    fetches: RefCell<VecDeque<Fetch>>,
    fetching: Cell<u32>,
}

impl std::fmt::Debug for Driver {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Driver")
    }
}

thread_local! {
    /// The drivers by their clients' numbers. The client owns its driver.
    static DRIVERS: RefCell<Vec<(u32, Weak<Driver>)>> = const { RefCell::new(Vec::new()) };
    /// The names of the events that Mastodon documents, with their listener methods; the gap is the last one.
    static METHODS: Vec<(JsValue, JsValue)> = {
        let known = EventKind::KNOWN.iter().map(|kind| (kind.name().into(), kind.handler().into()));
        known.chain([("gap".into(), "onGap".into())]).collect()
    };
    static UNKNOWN: JsValue = "onUnknownEvent".into();
}

/// The gap's index in `METHODS`.
const GAP: usize = EventKind::KNOWN.len();

impl Driver {
    /// The driver of a client, if there is one.
    pub fn find(client: u32) -> Option<Rc<Self>> {
        DRIVERS.with_borrow_mut(|drivers| {
            drivers.retain(|(_, driver)| driver.strong_count() > 0);
            let of_client = drivers.iter().find(|(id, _)| *id == client);
            of_client.and_then(|(_, driver)| driver.upgrade())
        })
    }

    /// The driver of a client; creates it if there is none.
    pub fn of(client: &Rc<Client>, routes: Routes) -> Rc<Self> {
        if let Some(known) = Self::find(client.id) {
            return known;
        }
        let class = if client.web_socket.is_undefined() {
            js::global("WebSocket")
        } else {
            client.web_socket.clone()
        };
        let class = class.dyn_into::<Function>().ok();
        let driver = Rc::new_cyclic(|weak: &Weak<Self>| {
            let weak = weak.clone();
            Self {
                client: Rc::downgrade(client),
                routes,
                active: RefCell::default(),
                machine: RefCell::new(Machine::new(class.is_some())),
                subscribers: RefCell::default(),
                last_id: Cell::default(),
                labels: Labels::default(),
                class,
                socket: RefCell::default(),
                attempt: Cell::default(),
                address: RefCell::default(),
                timer: RefCell::default(),
                due: Cell::new(f64::INFINITY),
                tick: Closure::new(move || {
                    if let Some(driver) = weak.upgrade() {
                        driver.due.set(f64::INFINITY);
                        driver.handle(Input::Timeout);
                    }
                }),
                busy: Cell::default(),
                fetches: RefCell::default(),
                fetching: Cell::default(),
            }
        });
        let own = driver.clone();
        client.watch(Rc::new(move |change| own.client_changed(change)));
        DRIVERS.with_borrow_mut(|drivers| drivers.push((client.id, Rc::downgrade(&driver))));
        driver
    }

    /// Opens a stream. Without a key, opens a socket for streams that are opened later.
    ///
    /// # Errors
    /// The reason of a signal that is already aborted.
    pub fn open(
        self: &Rc<Self>,
        method: &'static str,
        key: Option<StreamKey>,
        listener: JsValue,
        options: StreamOptions,
        parent: Option<Rc<Subscriber>>,
    ) -> Result<Rc<Subscriber>, Error> {
        let client = self.client.upgrade();
        let Some(client) = client.filter(|client| !client.is_closed()) else {
            return Err(ended(method));
        };
        let key = key.map(Rc::new);
        let own = Subscriber::new(
            method,
            (client.id, close),
            key.clone(),
            listener,
            options,
            parent,
        )?;
        if self.active.borrow().is_none() {
            let weak = Rc::downgrade(self);
            let waking = Waking::new(Rc::new(move || {
                if let Some(driver) = weak.upgrade() {
                    driver.handle(Input::Wake);
                }
            }));
            self.active.replace(Some(Active {
                client,
                controller: AbortController::new()?,
                _waking: waking,
            }));
        }
        let options = &own.options;
        let shared = self
            .subscribers
            .borrow()
            .iter()
            .find(|other| {
                other.key.is_some()
                    && other.key == key
                    && other.options.can_share(options)
                    // It will get events from before.
                    && !self.machine.borrow().is_behind(other.subscription.get())
            })
            .map(|other| other.subscription.get());
        let subscription = shared.unwrap_or_else(|| {
            self.last_id.set(self.last_id.get().wrapping_add(1));
            SubscriptionId(self.last_id.get())
        });
        own.subscription.set(subscription);
        self.subscribers.borrow_mut().push(own.clone());
        self.configure();
        if shared.is_none() {
            let input = match key {
                None => Input::Hold(subscription),
                Some(key) => Input::Subscribe {
                    subscription,
                    key,
                    options: SubscriptionOptions {
                        backfill_limit: options.backfill_limit,
                        polling: options.polling,
                        resume: options.resume.clone(),
                        resume_notification: options.resume_notification.clone(),
                    },
                },
            };
            self.feed(input);
        }
        // Asynchronous: no listener is called before the caller has the stream.
        self.begin(Job::Announce);
        Ok(own)
    }

    /// Removes a listener, with the reason if there is one.
    pub fn close(self: &Rc<Self>, own: &Rc<Subscriber>, reason: Option<JsValue>) {
        // Its children's listeners can open nothing on it any more.
        own.begin_end();
        for child in own.children() {
            self.close(&child, reason.clone());
        }
        self.forget(own);
        own.end(reason, false);
        if let Some(parent) = own.unwanted_parent() {
            self.close(&parent, None);
        }
        self.run();
    }

    /// A stream belongs to the token that it was opened with.
    fn client_changed(self: &Rc<Self>, change: Change) {
        match change {
            Change::LoggedIn => self.handle(Input::NewToken),
            Change::Closed | Change::LoggedOut => self.end_all(None),
            Change::Replaced => {
                let message = "the client has another token now: open the stream again";
                self.end_all(Some(&Error::new(Class::Mastodon, &[message]).into()));
            }
        }
    }

    /// Ends all streams. All are forgotten first, with their socket: what a listener opens now is new.
    fn end_all(self: &Rc<Self>, reason: Option<&JsValue>) {
        let all = self.those(|_| true);
        for own in &all {
            own.begin_end();
            self.forget(own);
        }
        self.run();
        // Streams on a socket before the socket.
        let (sockets, streams): (Vec<_>, Vec<_>) = all.iter().partition(|own| own.key.is_none());
        for own in streams.into_iter().chain(sockets) {
            own.end(reason.cloned(), reason.is_some());
        }
    }

    fn those(&self, which: impl Fn(&Rc<Subscriber>) -> bool) -> Vec<Rc<Subscriber>> {
        self.subscribers
            .borrow()
            .iter()
            .filter(|own| which(own))
            .cloned()
            .collect()
    }

    fn on(&self, subscription: SubscriptionId) -> Vec<Rc<Subscriber>> {
        self.those(|own| own.subscription.get() == subscription)
    }

    fn forget(&self, own: &Rc<Subscriber>) {
        let subscription = own.subscription.get();
        let before = self.subscribers.borrow().len();
        self.subscribers
            .borrow_mut()
            .retain(|other| !Rc::ptr_eq(other, own));
        if self.subscribers.borrow().len() == before {
            return;
        }
        self.configure();
        if self.on(subscription).is_empty() {
            self.feed(Input::Unsubscribe(subscription));
        }
    }

    /// Combines the options of all listeners: the shortest timeouts, and polling if anyone wants it.
    fn configure(&self) {
        let mut least = ConnectionOptions {
            open_timeout: f64::INFINITY,
            idle_timeout: f64::INFINITY,
            polling: false,
        };
        for own in self.subscribers.borrow().iter() {
            least.open_timeout = least.open_timeout.min(own.options.open_timeout);
            least.idle_timeout = least.idle_timeout.min(own.options.idle_timeout);
            least.polling |= own.options.polling;
        }
        self.feed(Input::Configure(least));
    }

    /// Hands an input to the machine, without carrying out the outputs.
    fn feed(&self, input: Input<JsValue>) {
        // Most inputs are events, which need no random number.
        let random = if matches!(input, Input::Event { .. }) {
            0.0
        } else {
            js::random()
        };
        let now = js::now();
        self.machine.borrow_mut().handle(input, now, random);
    }

    fn handle(self: &Rc<Self>, input: Input<JsValue>) {
        self.feed(input);
        self.run();
    }

    /// Carries out all outputs. Inputs from a listener's callback are handled in the same loop, not
    /// recursively.
    fn run(self: &Rc<Self>) {
        if self.busy.replace(true) {
            return;
        }
        loop {
            let output = self.machine.borrow_mut().poll_output();
            let Some(output) = output else { break };
            self.carry_out(output);
        }
        self.busy.set(false);
        if self.subscribers.borrow().is_empty() {
            self.rest();
        } else {
            self.wind();
        }
    }

    fn carry_out(self: &Rc<Self>, output: Output<JsValue>) {
        match output {
            Output::Connect { handshake, stream } => {
                let attempt = self.attempt.get().wrapping_add(1);
                self.attempt.set(attempt);
                self.begin(Job::Connect {
                    attempt,
                    handshake,
                    stream,
                });
            }
            Output::Disconnect => self.disconnect(),
            Output::Send(message) => {
                let text = match &message {
                    Message::Subscribe(key) => rest::message("subscribe", &key.name, Some(key)),
                    Message::Unsubscribe(key) => rest::message("unsubscribe", &key.name, Some(key)),
                    Message::Ping => rest::message("subscribe", "ping", None),
                };
                if let (Some(text), Some(socket)) = (text, self.socket.borrow().as_ref()) {
                    socket.send(&text);
                }
            }
            Output::Probe(list) => {
                if list.is_none() {
                    // The streaming server may have another address now.
                    self.address.take();
                }
                self.begin(Job::Probe(list));
            }
            Output::Fetch(fetch) => {
                self.fetches.borrow_mut().push_back(fetch);
                self.fetch();
            }
            Output::State(_) => self.change(),
            Output::Deliver {
                subscription,
                event,
            } => self.deliver(subscription, &event.kind, &event.payload),
            Output::Deleted { subscription, id } => {
                self.deliver(subscription, &EventKind::Delete, &id.as_str().into());
            }
            Output::Gap {
                subscription,
                from,
                to,
            } => {
                let id = |id: Option<EntityId>| id.map_or(JsValue::NULL, |id| id.as_str().into());
                let payload = js::object(&[("from", id(from)), ("to", id(to))]);
                self.deliver_known(subscription, GAP, &payload);
            }
            Output::End {
                subscription,
                reason,
            } => {
                let reason = match reason {
                    EndReason::Unauthorized(error) | EndReason::Rejected(error) => error,
                    EndReason::ForeignResume => {
                        let message = "`resume` is no id of this server: pass the id of the last entry. A time only works where ids contain one";
                        Error::new(Class::IllegalArgument, &[message]).into()
                    }
                    EndReason::NoSocket => {
                        let origin = self
                            .client
                            .upgrade()
                            .map(|client| client.origin.clone())
                            .unwrap_or_default();
                        Error::new(
                            Class::Network,
                            &[&origin, " does not accept WebSockets, and `polling` is off"],
                        )
                        .into()
                    }
                };
                for own in self.on(subscription) {
                    self.forget(&own);
                    own.end(Some(reason.clone()), true);
                }
            }
        }
    }

    fn change(&self) {
        let state = self.machine.borrow().state();
        for own in self.those(|_| true) {
            own.change(state);
        }
    }

    fn deliver(&self, subscription: SubscriptionId, kind: &EventKind, payload: &JsValue) {
        if let Some(at) = EventKind::KNOWN.iter().position(|own| own == kind) {
            return self.deliver_known(subscription, at, payload);
        }
        let method = UNKNOWN.with(JsValue::clone);
        for own in self.on(subscription) {
            own.deliver(&kind.name().into(), &method, true, payload);
        }
    }

    fn deliver_known(&self, subscription: SubscriptionId, at: usize, payload: &JsValue) {
        let names = METHODS.with(|methods| methods.get(at).cloned());
        let Some((name, method)) = names else { return };
        for own in self.on(subscription) {
            own.deliver(&name, &method, false, payload);
        }
    }

    /// Handles a message from the server.
    fn frame(self: &Rc<Self>, text: &JsValue) {
        let input = match self.labels.read(text) {
            Frame::Event { key, event } => Input::Event { key, event },
            Frame::Rejected { status, error } => Input::Rejected(self.rejection(status, error)),
            Frame::Other => Input::Heard,
            Frame::Malformed { key, kind } => {
                let error = Error::new(
                    Class::MalformedEvent,
                    &["the payload of `", kind.name(), "` cannot be read"],
                );
                let error = JsValue::from(error);
                for own in self.those(|own| own.key.is_some() && (key.is_none() || own.key == key))
                {
                    own.malformed(&error);
                }
                Input::Heard
            }
        };
        self.handle(input);
    }

    /// Turns the server's error message into a rejection.
    fn rejection(&self, status: u16, mut words: String) -> Rejection<JsValue> {
        if words.len() > SHOWN {
            words = words.chars().take(SHOWN).collect();
        }
        if let Some(token) = self.token() {
            words = redact_cut(&words, &[token]);
        }
        let of_list = text::has(&words, "list");
        let error = Error::new(
            Class::of_status(status),
            &["the server refused the stream: ", &words],
        );
        let error = error.with_response(ErrorResponse {
            status,
            method: "GET",
            path: "/api/v1/streaming".to_owned(),
            error: Some(words),
            ..ErrorResponse::default()
        });
        Rejection {
            status,
            of_list,
            error: error.into(),
        }
    }

    fn token(&self) -> Option<String> {
        let client = self.client.upgrade()?;
        let token = client.access_token.borrow().clone();
        token.filter(|token| !token.is_empty())
    }

    /// Starts a task. All tasks share one type of future, because each further type would add as much code.
    fn begin(self: &Rc<Self>, job: Job) {
        let this = self.clone();
        spawn_local(async move { this.work(job).await });
    }

    async fn work(self: Rc<Self>, job: Job) {
        let active = self
            .active
            .borrow()
            .as_ref()
            .map(|active| (active.client.clone(), active.controller.signal()));
        let Some((client, signal)) = active else {
            return;
        };
        let seconds = if matches!(job, Job::Fetch(_)) {
            FETCH_TIMEOUT
        } else {
            PROBE_TIMEOUT
        };
        let Ok(scope) = Scope::new(&client, "stream", signal.clone().into(), Some(seconds)) else {
            return;
        };
        // Without listeners, results are ignored.
        match job {
            Job::Announce => {
                self.change();
                self.run();
            }
            Job::Connect {
                attempt,
                handshake,
                stream,
            } => {
                let known = self.address.borrow().clone();
                let found = match known {
                    Some(known) => Ok(known),
                    None => address::find(&scope, self.routes).await,
                };
                if attempt == self.attempt.get() && !signal.aborted() {
                    self.connect(found, handshake, stream.as_deref());
                }
            }
            Job::Probe(list) => {
                let probe = rest::probe(&scope, self.routes, list).await;
                if !signal.aborted() {
                    self.handle(Input::Probed(probe));
                }
            }
            Job::Fetch(fetch) => {
                let token = self.token();
                let result = match rest::fetch(&scope, self.routes, &fetch).await {
                    // The client has logged in meanwhile.
                    Err(Failure::Unauthorized(_)) if self.token() != token => Err(Failure::Passing),
                    result => result,
                };
                if !signal.aborted() {
                    self.fetching.set(self.fetching.get().saturating_sub(1));
                    self.feed(Input::Fetched {
                        subscription: fetch.subscription,
                        ticket: fetch.ticket,
                        result,
                    });
                    self.fetch();
                    self.run();
                }
            }
        }
    }

    /// Opens a socket to the streaming server that was found.
    fn connect(
        self: &Rc<Self>,
        found: Result<Address, Error>,
        handshake: Handshake,
        stream: Option<&StreamKey>,
    ) {
        let opened = found.and_then(|address| {
            let opened = self.open_socket(&address, handshake, stream);
            self.address.replace(Some(address));
            opened.map_err(Error::Thrown)
        });
        if opened.is_err() {
            self.closed(None);
        }
    }

    fn open_socket(
        self: &Rc<Self>,
        address: &Address,
        handshake: Handshake,
        stream: Option<&StreamKey>,
    ) -> Result<(), JsValue> {
        let Some(class) = &self.class else {
            return Err(JsValue::UNDEFINED);
        };
        let agent = self
            .client
            .upgrade()
            .and_then(|client| client.user_agent.clone());
        let token = self.token();
        let mut url = address.url.clone();
        let mut separator = "?";
        let mut add = |name: &str, value: &str| {
            for part in [separator, name, "=", &js::encode_uri_component(value)] {
                url.push_str(part);
            }
            separator = "&";
        };
        if let Some(key) = stream {
            add("stream", &key.name);
            if let (Some(name), false) = (key.param_name(), key.param.is_empty()) {
                add(name, &key.param);
            }
        }
        let protocol = match handshake.token {
            Token::Subprotocol => token.as_deref(),
            Token::Query => {
                if let Some(token) = &token {
                    add("access_token", token);
                }
                None
            }
        };
        let weak = Rc::downgrade(self);
        let handle = move |event: SocketEvent| {
            let Some(driver) = weak.upgrade() else { return };
            match event {
                SocketEvent::Message(data) => driver.frame(&data),
                SocketEvent::Opened => driver.handle(Input::Opened),
                SocketEvent::Closed(status) => {
                    driver.disconnect();
                    driver.closed(status);
                }
            }
        };
        let socket = Socket::open(class, &url, protocol, agent.as_ref(), Box::new(handle))?;
        self.socket.replace(Some(socket));
        Ok(())
    }

    fn closed(self: &Rc<Self>, status: Option<u16>) {
        let named = self
            .address
            .borrow()
            .as_ref()
            .is_some_and(|address| address.named);
        self.handle(Input::Closed(Closed { status, named }));
    }

    fn disconnect(&self) {
        self.attempt.set(self.attempt.get().wrapping_add(1));
        let socket = self.socket.take();
        drop(socket);
    }

    /// Sends the subscriptions' REST requests, a few at a time.
    fn fetch(self: &Rc<Self>) {
        while self.fetching.get() < FETCHES {
            let next = self.fetches.borrow_mut().pop_front();
            let Some(fetch) = next else { return };
            if self.on(fetch.subscription).is_empty() {
                continue;
            }
            self.fetching.set(self.fetching.get() + 1);
            self.begin(Job::Fetch(fetch));
        }
    }

    /// Sets the timer for the machine's next timeout.
    fn wind(&self) {
        let due = self
            .machine
            .borrow()
            .poll_timeout()
            .unwrap_or(f64::INFINITY);
        // A timer that fires too early does no harm. Most frames only postpone it.
        if due >= self.due.get() {
            return;
        }
        self.unwind();
        self.due.set(due);
        let wait = (due - js::now()).clamp(0.0, LONGEST_TIMER);
        self.timer
            .replace(Some(set_timeout(self.tick.as_ref(), wait)));
    }

    fn unwind(&self) {
        self.due.set(f64::INFINITY);
        if let Some(timer) = self.timer.take() {
            clear_timeout(&timer);
        }
    }

    /// Without listeners: cleans up everything.
    fn rest(&self) {
        self.unwind();
        self.disconnect();
        self.fetches.take();
        self.fetching.set(0);
        let active = self.active.take();
        if let Some(active) = active {
            active.controller.abort();
        }
    }
}

/// Removes a subscriber from its client's driver.
fn close(own: &Rc<Subscriber>, reason: Option<JsValue>) {
    if let Some(driver) = Driver::find(own.client) {
        driver.close(own, reason);
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.unwind();
    }
}

//! A subscriber of a stream: the listener's methods, its iterators, and its end.

use super::connection::State;
use super::entity_id::EntityId;
use super::input::SubscriptionId;
use super::queue::{Queue, event};
use super::stream_key::StreamKey;
use crate::client::signal::Listener;
use crate::error::Error;
use crate::js;
use js_sys::{Array, Function, Object, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/streams.js")]
extern "C" {
    #[wasm_bindgen(js_name = releaseStream)]
    fn release_stream(stream: &JsValue, failed: bool, reason: &JsValue);
    #[wasm_bindgen(js_name = watch)]
    fn watch(result: &JsValue, failed: &JsValue, listener: &JsValue);
}

/// The options of a stream.
#[derive(Debug, Clone)]
pub struct StreamOptions {
    /// Milliseconds that a socket may take to open.
    pub open_timeout: f64,
    /// Milliseconds that it may be silent.
    pub idle_timeout: f64,
    /// The maximum number of missed entries of a list to fetch.
    pub backfill_limit: u32,
    /// How many unread events an iterator keeps.
    pub buffer_limit: usize,
    /// Whether polling over REST is allowed.
    pub polling: bool,
    /// The last id that an earlier run delivered.
    pub resume: Option<EntityId>,
    /// The same for notifications.
    pub resume_notification: Option<EntityId>,
    /// Closes the stream.
    pub signal: JsValue,
}

impl StreamOptions {
    /// Whether another subscriber can share the subscription. Not if it resumes from an earlier run: the
    /// other one would get old events.
    pub fn can_share(&self, other: &Self) -> bool {
        let resumes = |own: &Self| own.resume.is_some() || own.resume_notification.is_some();
        !resumes(self)
            && !resumes(other)
            && self.backfill_limit == other.backfill_limit
            && self.polling == other.polling
    }
}

thread_local! {
    /// Receives the errors of asynchronous listeners.
    static REJECTED: JsValue = Closure::<dyn FnMut(JsValue, JsValue)>::new(|cause: JsValue, listener: JsValue| {
        report(&listener, &cause);
    })
    .into_js_value();
}

/// Reports an error that a listener threw: to the console, and to its `onError`.
fn report(listener: &JsValue, cause: &JsValue) {
    web_sys::console::error_1(cause);
    if !listener.is_object() {
        return;
    }
    let called =
        js::caller_get(listener, "onError").and_then(|method| match method.dyn_ref::<Function>() {
            Some(method) => method.call1(listener, cause),
            None => Ok(JsValue::UNDEFINED),
        });
    match called {
        Ok(result) => catch_later(&result, &JsValue::UNDEFINED),
        Err(another) => web_sys::console::error_1(&another),
    }
}

/// Catches the error of an asynchronous listener.
fn catch_later(result: &JsValue, listener: &JsValue) {
    if result.is_object() {
        REJECTED.with(|rejected| watch(result, rejected, listener));
    }
}

/// Ends a subscriber, with the reason if there is one.
pub type Closing = fn(&Rc<Subscriber>, Option<JsValue>);

/// Someone who listens to a stream, or keeps a socket open for later streams.
pub struct Subscriber {
    /// Its subscription. Several may share one.
    pub subscription: Cell<SubscriptionId>,
    /// Its stream; `None` if it keeps a socket open.
    pub key: Option<Rc<StreamKey>>,
    /// Its options.
    pub options: StreamOptions,
    /// The number of the client.
    pub client: u32,
    closing: Closing,
    label: JsValue,
    listener: JsValue,
    parent: Option<Rc<Subscriber>>,
    /// The streams that were opened on it.
    children: RefCell<Vec<Weak<Subscriber>>>,
    /// Whether its last loop was left.
    left: Cell<bool>,
    ending: Cell<bool>,
    state: Cell<State>,
    iterators: RefCell<Vec<Rc<Queue>>>,
    /// Why it ended, if there is a reason.
    failure: RefCell<Option<JsValue>>,
    signal: RefCell<Option<Listener>>,
    /// The JavaScript object of the stream; `undefined` for a socket.
    pub object: RefCell<JsValue>,
}

impl std::fmt::Debug for Subscriber {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Subscriber")
    }
}

impl Subscriber {
    /// A subscriber for a new stream.
    ///
    /// # Errors
    /// The reason of a signal that is already aborted.
    pub fn new(
        method: &'static str,
        (client, closing): (u32, Closing),
        key: Option<Rc<StreamKey>>,
        listener: JsValue,
        options: StreamOptions,
        parent: Option<Rc<Self>>,
    ) -> Result<Rc<Self>, Error> {
        let label = Array::new();
        if let Some(key) = &key {
            label.push(&key.name.as_str().into());
            if !key.param.is_empty() {
                label.push(&key.param.as_str().into());
            }
        }
        let label: Object = Object::freeze(label.unchecked_ref::<Object>());
        let signal = options.signal.clone();
        let own = Rc::new(Self {
            subscription: Cell::new(SubscriptionId(0)),
            key,
            options,
            client,
            closing,
            label: label.into(),
            listener,
            parent,
            children: RefCell::default(),
            left: Cell::default(),
            ending: Cell::default(),
            state: Cell::new(State::Connecting),
            iterators: RefCell::default(),
            failure: RefCell::default(),
            signal: RefCell::default(),
            object: RefCell::default(),
        });
        let weak = Rc::downgrade(&own);
        let aborted = move |reason| {
            if let Some(own) = weak.upgrade() {
                own.close(Some(reason));
            }
        };
        own.signal
            .replace(Listener::new(method, signal, Box::new(aborted))?);
        if let Some(parent) = &own.parent {
            let mut children = parent.children.borrow_mut();
            children.retain(|child| child.strong_count() > 0);
            children.push(Rc::downgrade(&own));
        }
        Ok(own)
    }

    /// The open streams that were opened on this socket.
    pub fn children(&self) -> Vec<Rc<Self>> {
        let children = self.children.borrow();
        let children = children.iter().filter_map(Weak::upgrade);
        children
            .filter(|child| child.state.get() != State::Closed)
            .collect()
    }

    /// The state of the connection.
    pub fn state(&self) -> State {
        self.state.get()
    }

    /// Ends it, with the reason if there is one.
    pub fn close(self: &Rc<Self>, reason: Option<JsValue>) {
        (self.closing)(self, reason);
    }

    /// A queue for the events from now on.
    pub fn queue(&self) -> Rc<Queue> {
        let queue = Rc::new(Queue::new(self.options.buffer_limit));
        self.left.set(false);
        if self.state.get() == State::Closed {
            queue.end(self.failure.borrow().clone());
        } else {
            self.iterators.borrow_mut().push(queue.clone());
        }
        queue
    }

    /// A loop ended. If it was the last one and there is no listener, the stream is closed.
    pub fn leave(self: &Rc<Self>, queue: &Rc<Queue>) {
        self.iterators
            .borrow_mut()
            .retain(|own| !Rc::ptr_eq(own, queue));
        self.left.set(true);
        if !self.is_wanted() {
            self.close(None);
        }
    }

    /// Whether someone gets its events, or those of its children.
    fn is_wanted(&self) -> bool {
        self.is_needed()
            || self.parent.as_ref().is_some_and(|own| own.is_needed())
            || self.children().iter().any(|child| child.is_needed())
    }

    /// The socket that it was opened on, if that is to be closed too: its loop was left, and nobody gets
    /// events of it or its other streams.
    pub fn unwanted_parent(&self) -> Option<Rc<Self>> {
        let parent = self.parent.clone()?;
        let wanted = parent.ending.get() || !parent.left.get() || parent.is_wanted();
        (!wanted).then_some(parent)
    }

    /// It is being closed.
    pub fn begin_end(&self) {
        self.ending.set(true);
    }

    /// Whether it is closed, or being closed.
    pub fn is_ending(&self) -> bool {
        self.ending.get() || self.state.get() == State::Closed
    }

    /// Whether someone gets its events.
    fn is_needed(&self) -> bool {
        self.is_heard() || !self.iterators.borrow().is_empty()
    }

    /// Whether there is a listener.
    fn is_heard(&self) -> bool {
        self.listener.is_object()
    }

    /// Calls a method of the listener, if it exists. An error is only reported.
    fn call(&self, method: &JsValue, values: &[&JsValue]) {
        if !self.is_heard() {
            return;
        }
        let listener = &self.listener;
        let result = Reflect::get(listener, method).and_then(|method| {
            let Some(method) = method.dyn_ref::<Function>() else {
                return Ok(JsValue::UNDEFINED);
            };
            match values {
                [a] => method.call1(listener, a),
                [a, b] => method.call2(listener, a, b),
                [a, b, c] => method.call3(listener, a, b, c),
                _ => method.call0(listener),
            }
        });
        match result {
            Ok(result) => catch_later(&result, listener),
            Err(cause) => report(listener, &cause),
        }
    }

    /// Sets the state of the connection. [`Subscriber::end`] sets `Closed`.
    pub fn change(&self, state: State) {
        let before = self.state.get();
        // REST takes over for others.
        let state = if state == State::Polling && !self.options.polling {
            State::Waiting
        } else {
            state
        };
        if state == before || state == State::Closed || before == State::Closed {
            return;
        }
        self.state.set(state);
        self.call(&"onState".into(), &[&state.name().into(), &self.label]);
        if state == State::Open && self.state.get() == State::Open {
            self.call(&"onOpen".into(), &[]);
        }
    }

    /// Delivers an event. If it is `unknown`, the method also gets its name.
    pub fn deliver(&self, name: &JsValue, method: &JsValue, unknown: bool, payload: &JsValue) {
        self.deliver_as(name, method, unknown, payload, &self.label);
    }

    fn deliver_as(
        &self,
        name: &JsValue,
        method: &JsValue,
        unknown: bool,
        payload: &JsValue,
        label: &JsValue,
    ) {
        if self.state.get() == State::Closed {
            return;
        }
        let iterators = self.iterators.borrow().clone();
        for queue in iterators {
            queue.push(event(name, label, payload));
        }
        if self.is_heard() {
            if unknown {
                self.call(method, &[name, payload, label]);
            } else {
                self.call(method, &[payload, label]);
            }
        } else if let Some(parent) = &self.parent {
            // The listener of the socket that it was opened on.
            parent.deliver_as(name, method, unknown, payload, label);
        }
    }

    /// The subscriber whose listener gets the errors: its own, or the socket's.
    fn heard(&self) -> &Self {
        match &self.parent {
            Some(parent) if !self.is_heard() => parent,
            _ => self,
        }
    }

    /// Reports an event that cannot be read: to the listener, or else to the console.
    pub fn malformed(&self, error: &JsValue) {
        let heard = self.heard();
        let has_method = heard.is_heard()
            && js::caller_get(&heard.listener, "onError").is_ok_and(|method| method.is_function());
        if has_method {
            heard.call(&"onError".into(), &[error]);
        } else {
            web_sys::console::error_1(error);
        }
    }

    /// Ends the stream with a `reason`, if there is one. If `aborted`, the listener is told.
    pub fn end(&self, reason: Option<JsValue>, aborted: bool) {
        if self.state.replace(State::Closed) == State::Closed {
            return;
        }
        self.signal.take();
        let object = self.object.take();
        if object.is_object() {
            release_stream(
                &object,
                reason.is_some(),
                reason.as_ref().unwrap_or(&JsValue::UNDEFINED),
            );
        }
        self.failure.replace(reason.clone());
        for queue in self.iterators.take() {
            queue.end(reason.clone());
        }
        self.call(
            &"onState".into(),
            &[&State::Closed.name().into(), &self.label],
        );
        if aborted && let Some(reason) = &reason {
            self.heard().call(&"onAbort".into(), &[reason, &self.label]);
        }
    }

    pub fn is_named(&self, key: &StreamKey) -> bool {
        self.key.as_ref().is_some_and(|own| **own == *key)
    }
}

//! Who listens to a stream: a listener's methods, the loops over it, and when it ends.

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
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/streams.js")]
extern "C" {
    #[wasm_bindgen(js_name = releaseStream)]
    fn release_stream(stream: &JsValue, failed: bool, reason: &JsValue);
    #[wasm_bindgen(js_name = watch)]
    fn watch(result: &JsValue, failed: &JsValue, listener: &JsValue);
}

/// How a stream is wanted.
#[derive(Debug, Clone)]
pub struct StreamOptions {
    /// Milliseconds that a socket may take to open.
    pub open_timeout: f64,
    /// Milliseconds that it may be silent.
    pub idle_timeout: f64,
    /// How many missed entries of a list are fetched at most.
    pub backfill_limit: u32,
    /// How many events an iterator holds.
    pub buffer_limit: usize,
    /// Whether REST may take over.
    pub polling: bool,
    /// The last id that an earlier run delivered.
    pub resume: Option<EntityId>,
    /// The same of notifications.
    pub resume_notification: Option<EntityId>,
    /// Closes the stream.
    pub signal: JsValue,
}

impl StreamOptions {
    /// Whether a subscription that is wanted so can serve another: not one that goes on from an earlier
    /// run, whose events others would get again.
    pub fn can_share(&self, other: &Self) -> bool {
        let resumes = |own: &Self| own.resume.is_some() || own.resume_notification.is_some();
        !resumes(self)
            && !resumes(other)
            && self.backfill_limit == other.backfill_limit
            && self.polling == other.polling
    }
}

thread_local! {
    /// Gets what the promise of a listener rejects with.
    static REJECTED: JsValue = Closure::<dyn FnMut(JsValue, JsValue)>::new(|cause: JsValue, listener: JsValue| {
        report(&listener, &cause);
    })
    .into_js_value();
}

/// Says what a listener threw: in the console, and to its `onError`.
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

/// An asynchronous listener throws later.
fn catch_later(result: &JsValue, listener: &JsValue) {
    if result.is_object() {
        REJECTED.with(|rejected| watch(result, rejected, listener));
    }
}

/// Ends a subscriber, for a reason or because it is no longer wanted.
pub type Closing = fn(&Rc<Subscriber>, Option<JsValue>);

/// One who listens to a stream, or holds the socket for streams to come.
pub struct Subscriber {
    /// Its subscription. Several may share one.
    pub subscription: Cell<SubscriptionId>,
    /// Its stream; none for one that holds the socket.
    pub key: Option<Rc<StreamKey>>,
    /// How it is wanted.
    pub options: StreamOptions,
    /// Whose streams these are.
    pub client: u32,
    closing: Closing,
    label: JsValue,
    listener: JsValue,
    parent: Option<Rc<Subscriber>>,
    state: Cell<State>,
    iterators: RefCell<Vec<Rc<Queue>>>,
    /// Why it ended, where there is a reason.
    failure: RefCell<Option<JsValue>>,
    signal: RefCell<Option<Listener>>,
    /// The stream as its caller holds it; `undefined` for a socket.
    pub object: RefCell<JsValue>,
}

impl std::fmt::Debug for Subscriber {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Subscriber")
    }
}

impl Subscriber {
    /// A subscriber whose stream is being opened.
    ///
    /// # Errors
    /// The signal's reason where it is aborted already.
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
        Ok(own)
    }

    /// Whether it was opened on a socket that this one holds.
    pub fn is_child_of(&self, parent: &Rc<Self>) -> bool {
        self.parent
            .as_ref()
            .is_some_and(|own| Rc::ptr_eq(own, parent))
    }

    /// How the connection is.
    pub fn state(&self) -> State {
        self.state.get()
    }

    /// Ends it, for a reason or because it is no longer wanted.
    pub fn close(self: &Rc<Self>, reason: Option<JsValue>) {
        (self.closing)(self, reason);
    }

    /// The events from now on.
    pub fn queue(&self) -> Rc<Queue> {
        let queue = Rc::new(Queue::new(self.options.buffer_limit));
        if self.state.get() == State::Closed {
            queue.end(self.failure.borrow().clone());
        } else {
            self.iterators.borrow_mut().push(queue.clone());
        }
        queue
    }

    /// A loop was left. The last one closes a stream that has no listener.
    pub fn leave(self: &Rc<Self>, queue: &Rc<Queue>) {
        self.iterators
            .borrow_mut()
            .retain(|own| !Rc::ptr_eq(own, queue));
        let needed = self.listener.is_object()
            || self.parent.is_some()
            || !self.iterators.borrow().is_empty();
        if !needed {
            self.close(None);
        }
    }

    /// Whether anybody would notice an event.
    fn is_heard(&self) -> bool {
        self.listener.is_object()
    }

    /// Calls a method of the listener, if it has it. What it throws is reported and goes no further.
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

    /// The connection's state is another. That it is over, and why, [`Subscriber::end`] says.
    pub fn change(&self, state: State) {
        let before = self.state.get();
        if state == before || state == State::Closed || before == State::Closed {
            return;
        }
        self.state.set(state);
        self.call(&"onState".into(), &[&state.name().into(), &self.label]);
        if state == State::Open && self.state.get() == State::Open {
            self.call(&"onOpen".into(), &[]);
        }
    }

    /// An event came: `unknown` for the method that gets its name as well.
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
            // For the listener of the socket that it was opened on.
            parent.deliver_as(name, method, unknown, payload, label);
        }
    }

    /// The one whose listener hears of errors.
    fn heard(&self) -> &Self {
        match &self.parent {
            Some(parent) if !self.is_heard() => parent,
            _ => self,
        }
    }

    /// Something came that cannot be read: for the listener to know, else for the console.
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

    /// It is over; `reason` is why, where there is one, and the listener hears of it where `aborted`.
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

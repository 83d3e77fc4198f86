//! What callers hold of a stream: its state, its listener's methods, its iterators.

use super::connection::State;
use super::driver::{Driver, StreamOptions};
use super::iterator::{Queue, StreamIterator, event};
use super::machine::SubscriptionId;
use super::stream_key::StreamKey;
use crate::client::call::Arguments;
use crate::client::signal::Listener;
use crate::error::{Class, Error};
use crate::js;
use js_sys::{Array, Function, Object, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/streams.js")]
extern "C" {
    #[wasm_bindgen(js_name = completeStream)]
    fn complete_stream(stream: &JsValue);
    #[wasm_bindgen(js_name = releaseStream)]
    fn release_stream(stream: &JsValue, failed: bool, reason: &JsValue);
    #[wasm_bindgen(js_name = completeIterator)]
    fn complete_iterator(iterator: &JsValue);
    #[wasm_bindgen(js_name = watch)]
    fn watch(result: &JsValue, failed: &JsValue, listener: &JsValue);
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

/// One who listens to a stream, or holds the socket for streams to come.
pub struct Subscriber {
    /// Its subscription. Several may share one.
    pub subscription: Cell<SubscriptionId>,
    /// Its stream; none for one that holds the socket.
    pub key: Option<Rc<StreamKey>>,
    /// How it is wanted.
    pub options: StreamOptions,
    driver: Weak<Driver>,
    label: JsValue,
    listener: JsValue,
    parent: Option<Rc<Subscriber>>,
    state: Cell<State>,
    iterators: RefCell<Vec<Rc<Queue>>>,
    /// Why it ended, where there is a reason.
    failure: RefCell<Option<JsValue>>,
    signal: RefCell<Option<Listener>>,
    /// The stream as its caller holds it; `undefined` for a socket.
    object: RefCell<JsValue>,
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
        driver: &Rc<Driver>,
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
            driver: Rc::downgrade(driver),
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
        if let Some(driver) = self.driver.upgrade() {
            driver.close(self, reason);
        }
    }

    /// The events from now on.
    pub fn iterate(self: &Rc<Self>) -> StreamIterator {
        let queue = Rc::new(Queue::new(self.options.buffer_limit));
        if self.state.get() == State::Closed {
            queue.end(self.failure.borrow().clone());
        } else {
            self.iterators.borrow_mut().push(queue.clone());
        }
        StreamIterator {
            queue,
            of: Rc::downgrade(self),
        }
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

    fn is_named(&self, key: &StreamKey) -> bool {
        self.key.as_ref().is_some_and(|own| **own == *key)
    }
}

/// One stream.
#[cfg_attr(feature = "npm", wasm_bindgen(skip_typescript))]
#[derive(Debug)]
pub struct Stream {
    own: Rc<Subscriber>,
}

/// A socket for streams that come and go.
#[cfg_attr(feature = "npm", wasm_bindgen(skip_typescript))]
#[derive(Debug)]
pub struct StreamSocket {
    own: Rc<Subscriber>,
    streams: RefCell<Vec<Rc<Subscriber>>>,
}

#[cfg(feature = "npm")]
fn iterate(own: &Rc<Subscriber>) -> JsValue {
    let iterator = JsValue::from(own.iterate());
    complete_iterator(&iterator);
    iterator
}

/// A stream as callers hold it.
#[cfg(feature = "npm")]
fn stream(own: Rc<Subscriber>) -> JsValue {
    let stream = JsValue::from(Stream { own: own.clone() });
    complete_stream(&stream);
    own.object.replace(stream.clone());
    stream
}

/// A socket as callers hold it.
#[cfg(feature = "npm")]
fn stream_socket(own: Rc<Subscriber>) -> JsValue {
    let socket = JsValue::from(StreamSocket {
        own,
        streams: RefCell::default(),
    });
    complete_stream(&socket);
    socket
}

/// A stream or a socket as callers hold it.
#[cfg(feature = "npm")]
pub fn held(own: Rc<Subscriber>) -> JsValue {
    if own.key.is_some() {
        stream(own)
    } else {
        stream_socket(own)
    }
}

/// Without the JavaScript class there is nobody to hold it.
#[cfg(not(feature = "npm"))]
pub fn held(_: Rc<Subscriber>) -> JsValue {
    JsValue::UNDEFINED
}

/// What a stream and a socket have in common.
#[cfg(feature = "npm")]
macro_rules! handle {
    ($class:ident) => {
        #[wasm_bindgen]
        impl $class {
            /// How the connection is.
            #[wasm_bindgen(getter, skip_typescript)]
            pub fn state(&self) -> String {
                self.own.state().name().to_owned()
            }

            /// Ends it, and the streams that were opened on it.
            #[wasm_bindgen(skip_typescript)]
            pub fn close(&self) {
                self.own.close(None);
            }

            /// The events from now on.
            #[wasm_bindgen(skip_typescript)]
            pub fn iterate(&self) -> JsValue {
                iterate(&self.own)
            }
        }
    };
}
#[cfg(feature = "npm")]
handle!(Stream);
#[cfg(feature = "npm")]
handle!(StreamSocket);

#[cfg(feature = "npm")]
#[wasm_bindgen]
impl StreamSocket {
    /// Opens a stream on the socket.
    ///
    /// # Errors
    /// An argument is wrong, or the socket was closed.
    #[wasm_bindgen(skip_typescript)]
    pub fn subscribe(
        &self,
        name: JsValue,
        params: JsValue,
        listener: JsValue,
    ) -> Result<JsValue, JsValue> {
        let key = key_of("subscribe", &name, &params)?;
        let listener = listener_of("subscribe", listener)?;
        let driver = self
            .own
            .driver
            .upgrade()
            .filter(|_| self.own.state() != State::Closed);
        let Some(driver) = driver else {
            return Err(Error::new(Class::Mastodon, &["subscribe: this socket was closed"]).into());
        };
        let mut options = self.own.options.clone();
        options.signal = JsValue::UNDEFINED;
        options.resume = None;
        options.resume_notification = None;
        let own = driver.open(
            "subscribe",
            Some(key),
            listener,
            options,
            Some(self.own.clone()),
        )?;
        let mut streams = self.streams.borrow_mut();
        streams.retain(|own| own.state() != State::Closed);
        streams.push(own.clone());
        Ok(stream(own))
    }

    /// Closes the streams that were opened with this name and parameter.
    ///
    /// # Errors
    /// An argument is wrong.
    #[wasm_bindgen(skip_typescript)]
    pub fn unsubscribe(&self, name: JsValue, params: JsValue) -> Result<(), JsValue> {
        let key = key_of("unsubscribe", &name, &params)?;
        let streams = self.streams.borrow().clone();
        for own in streams {
            if own.is_named(&key) {
                own.close(None);
            }
        }
        Ok(())
    }
}

/// The stream that a caller names. What is wrong with a tag or an id, the methods for such streams say.
///
/// # Errors
/// It has no name, or the parameter is wrong.
pub fn key_of(method: &'static str, name: &JsValue, params: &JsValue) -> Result<StreamKey, Error> {
    let Some(name) = name.as_string().filter(|name| !name.is_empty()) else {
        return Err(Error::invalid_argument(
            method,
            "stream",
            "the name of a stream",
            name,
        ));
    };
    let key = StreamKey::new(&name, "");
    let Some(param) = key.param_name() else {
        return Ok(key);
    };
    let given = js::caller_get(params, param)
        .map_err(|cause| Error::unreadable(method, "params", cause))?;
    let index = if key.is_list() {
        const { crate::api::index_of("streamList") }
    } else {
        const { crate::api::index_of("streamHashtag") }
    };
    let Some(row) = crate::api::row(index) else {
        return Ok(key);
    };
    let checked = Arguments::check(method, &row, &Array::of1(&given))?;
    let param = checked
        .text("tag")
        .or_else(|| checked.text("id"))
        .unwrap_or_default();
    if param.is_empty() {
        return Err(Error::invalid_argument(
            method,
            param_of(&key),
            "a hashtag without its #",
            &given,
        ));
    }
    Ok(StreamKey::new(&name, &param))
}

fn param_of(key: &StreamKey) -> &'static str {
    key.param_name().unwrap_or("params")
}

/// Checks a listener.
///
/// # Errors
/// It is none.
pub fn listener_of(method: &'static str, listener: JsValue) -> Result<JsValue, Error> {
    if js::is_nothing(&listener) {
        return Ok(JsValue::UNDEFINED);
    }
    if listener.is_object() || listener.is_function() {
        return Ok(listener);
    }
    Err(Error::invalid_argument(
        method,
        "listener",
        "an object with methods",
        &listener,
    ))
}

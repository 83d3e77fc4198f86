//! The life of one call. It may be aborted, time out, or outlive its client. A call waits only in
//! [`Scope::run`], so that the end of the call ends the wait, even if a custom `fetch` never settles.

use super::Client;
use super::signal::Listener;
use crate::error::{Class, Error, ErrorResponse};
use crate::js;
use js_sys::Promise;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::pin;
use std::rc::{Rc, Weak};
use std::task::{Poll, Waker};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, milliseconds: f64, id: u32, what: u32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// The longest time that `setTimeout` supports.
const LONGEST_TIMER: f64 = 2_147_483_647.0;

/// The purpose of a timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Alarm {
    /// The timeout of the call.
    Call,
    /// The timeout of one request.
    Request,
    /// The end of a pause.
    Pause,
}

/// The life of a call.
#[derive(Debug)]
pub struct Scope {
    /// The client that was called.
    pub client: Rc<Client>,
    state: Rc<State>,
    _listener: Option<Listener>,
    timer: Option<Timer>,
    until: Until,
}

/// What ends a call, besides its client: a signal and a deadline.
#[derive(Clone, Debug)]
pub struct Until {
    /// The signal, or undefined.
    pub signal: JsValue,
    /// When the timeout has passed, in milliseconds since 1970; infinity for never.
    pub deadline: f64,
}

impl Until {
    /// For a call that begins now, with a timeout in seconds.
    pub fn new(signal: JsValue, timeout: Option<f64>) -> Self {
        let deadline = timeout.map_or(f64::INFINITY, |seconds| js::now() + seconds * 1000.0);
        Self { signal, deadline }
    }

    /// For a call without signal and timeout.
    pub fn never() -> Self {
        Self::new(JsValue::UNDEFINED, None)
    }
}

/// What can end a call from outside.
#[derive(Debug)]
struct State {
    id: u32,
    client: u32,
    method: &'static str,
    controller: AbortController,
    /// Why the call has ended.
    failure: RefCell<Option<Error>>,
    timed_out: Cell<bool>,
    in_flight: Cell<bool>,
    waker: RefCell<Option<Waker>>,
    awake: Cell<bool>,
    /// The request that the call waits for, for the message of a timeout: verb, origin and path.
    request: RefCell<Option<(&'static str, String, String)>>,
}

thread_local! {
    /// Running calls. One callback serves the timers of all of them.
    static RUNNING: RefCell<Vec<Weak<State>>> = const { RefCell::new(Vec::new()) };
    static RING: JsValue = Closure::<dyn FnMut(u32, u32)>::new(|id: u32, what: u32| {
        let state = find(id);
        if let Some(state) = state {
            state.ring(what);
        }
    })
    .into_js_value();
    static LAST_ID: Cell<u32> = const { Cell::new(0) };
}

fn find(id: u32) -> Option<Rc<State>> {
    RUNNING.with_borrow(|running| {
        running
            .iter()
            .filter_map(Weak::upgrade)
            .find(|state| state.id == id)
    })
}

impl State {
    /// Ends the call: its request is aborted, and it rejects.
    fn end(&self, reason: Error) {
        if self.failure.borrow().is_some() {
            return;
        }
        self.failure.replace(Some(reason.clone()));
        if self.in_flight.get() {
            self.controller.abort_with_reason(&reason.into());
        }
        self.wake();
    }

    fn wake(&self) {
        let waker = self.waker.take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn ring(&self, what: u32) {
        if what == Alarm::Pause as u32 {
            self.awake.set(true);
            return self.wake();
        }
        let option = if what == Alarm::Call as u32 {
            "`timeout`"
        } else {
            "`request_timeout`"
        };
        self.timed_out.set(true);
        let request = self.request.borrow().clone();
        let error = match request {
            Some((verb, origin, path)) => {
                let error = Error::new(
                    Class::ReadTimeout,
                    &[
                        self.method,
                        ": ",
                        verb,
                        " ",
                        &origin,
                        &path,
                        " did not complete within ",
                        option,
                    ],
                );
                error.with_response(ErrorResponse {
                    method: verb,
                    path,
                    ..ErrorResponse::default()
                })
            }
            None => Error::new(
                Class::ReadTimeout,
                &[self.method, " did not complete within ", option],
            ),
        };
        self.end(error);
    }
}

/// Ends all running calls of a client.
pub fn end_all(client: u32, reason: &Error) {
    let all: Vec<_> = RUNNING.with_borrow(|running| {
        running
            .iter()
            .filter_map(Weak::upgrade)
            .filter(|state| state.client == client)
            .collect()
    });
    for state in all {
        state.end(reason.clone());
    }
}

impl Scope {
    /// Opens the scope of a call.
    ///
    /// # Errors
    /// The reason of a signal that is already aborted.
    pub fn new(
        client: &Rc<Client>,
        method: &'static str,
        signal: JsValue,
        timeout: Option<f64>,
    ) -> Result<Self, Error> {
        Self::of(client, method, Until::new(signal, timeout))
    }

    /// Opens a scope that ends with the signal and deadline of another one.
    ///
    /// # Errors
    /// The reason of a signal that is already aborted.
    pub fn of(client: &Rc<Client>, method: &'static str, until: Until) -> Result<Self, Error> {
        let id = LAST_ID.get().wrapping_add(1);
        LAST_ID.set(id);
        let state = Rc::new(State {
            id,
            client: client.id,
            method,
            controller: AbortController::new()?,
            failure: RefCell::default(),
            timed_out: Cell::default(),
            in_flight: Cell::default(),
            waker: RefCell::default(),
            awake: Cell::default(),
            request: RefCell::default(),
        });
        let weak = Rc::downgrade(&state);
        let aborted = move |reason| {
            if let Some(state) = weak.upgrade() {
                state.end(Error::Thrown(reason));
            }
        };
        let listener = Listener::new(method, until.signal.clone(), Box::new(aborted))?;
        RUNNING.with_borrow_mut(|running| {
            running.retain(|state| state.strong_count() > 0);
            running.push(Rc::downgrade(&state));
        });
        let timer = (until.deadline < f64::INFINITY).then(|| {
            let left = (until.deadline - js::now()).max(0.0);
            Timer::new(id, left, Alarm::Call)
        });
        Ok(Self {
            client: client.clone(),
            state,
            _listener: listener,
            timer,
            until,
        })
    }

    /// The signal and deadline, for other scopes that must end with this one.
    pub fn until(&self) -> Until {
        self.until.clone()
    }

    /// The signal to pass to `fetch`.
    pub fn signal(&self) -> AbortSignal {
        self.state.controller.signal()
    }

    /// Whether the call has ended: everything that it waits for then rejects with the reason.
    pub fn is_over(&self) -> bool {
        self.state.failure.borrow().is_some()
    }

    /// Whether the call has ended because of a timeout.
    pub fn timed_out(&self) -> bool {
        self.state.timed_out.get()
    }

    /// Checks that the call has not ended.
    ///
    /// # Errors
    /// The reason why it has ended.
    pub fn check(&self) -> Result<(), Error> {
        let failure = self.state.failure.borrow().clone();
        failure.map_or(Ok(()), Err)
    }

    /// Sets the request that the call waits for.
    pub fn set_request(&self, verb: &'static str, origin: String, path: String) {
        self.state.request.replace(Some((verb, origin, path)));
    }

    /// Waits for a promise, until the call ends.
    ///
    /// # Errors
    /// The promise's rejection, or the reason why the call ended.
    pub async fn run(&self, promise: Promise) -> Result<JsValue, Error> {
        self.wait(&mut JsFuture::from(promise)).await
    }

    async fn wait(
        &self,
        work: &mut (dyn Future<Output = Result<JsValue, JsValue>> + Unpin),
    ) -> Result<JsValue, Error> {
        let mut work = pin!(work);
        poll_fn(|context| {
            self.check()?;
            self.state.waker.replace(Some(context.waker().clone()));
            work.as_mut().poll(context).map_err(Error::Thrown)
        })
        .await
    }

    /// Marks a request as in flight until the returned guard is dropped. Ends the call if the request takes
    /// too long.
    pub fn request(&self) -> InFlight<'_> {
        self.state.in_flight.set(true);
        let milliseconds = self.client.request_timeout * 1000.0;
        InFlight {
            scope: self,
            _timer: Timer::new(self.state.id, milliseconds, Alarm::Request),
        }
    }

    /// Pauses, until the call ends.
    ///
    /// # Errors
    /// The reason why the call ended.
    pub async fn sleep(&self, milliseconds: f64) -> Result<(), Error> {
        self.state.awake.set(false);
        let _timer = Timer::new(self.state.id, milliseconds, Alarm::Pause);
        let state = self.state.clone();
        let mut pause = poll_fn(move |_| {
            if state.awake.get() {
                Poll::Ready(Ok(JsValue::UNDEFINED))
            } else {
                Poll::Pending
            }
        });
        self.wait(&mut pause).await.map(drop)
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        self.timer.take();
        // If the future was dropped, its request must not continue.
        if self.state.in_flight.get() {
            self.state.controller.abort();
        }
    }
}

/// A request in flight.
#[derive(Debug)]
pub struct InFlight<'a> {
    scope: &'a Scope,
    _timer: Timer,
}

impl InFlight<'_> {
    /// Notes that the response was read.
    pub fn complete(self) {
        self.scope.state.in_flight.set(false);
    }
}

/// A timer that is cleared when it is dropped.
#[derive(Debug)]
struct Timer(JsValue);

impl Timer {
    fn new(id: u32, milliseconds: f64, alarm: Alarm) -> Self {
        Self(RING.with(|ring| set_timeout(ring, milliseconds.min(LONGEST_TIMER), id, alarm as u32)))
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.0);
    }
}

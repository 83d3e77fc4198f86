//! The life of one call: it may be aborted, run out of time, or outlive its client. Whatever a call waits
//! for, it waits for in [`Scope::run`]: what ends the call ends the waiting, even where a `fetch` that
//! someone passed in never settles.

use super::Client;
use super::signal::Listener;
use crate::error::{Class, Error, ErrorResponse};
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

/// The longest time that `setTimeout` can count.
const LONGEST_TIMER: f64 = 2_147_483_647.0;

/// What a timer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Alarm {
    /// The call took too long.
    Call,
    /// One request of it did.
    Request,
    /// A pause is over.
    Pause,
}

/// The life of a call.
#[derive(Debug)]
pub struct Scope {
    /// Whose call it is.
    pub client: Rc<Client>,
    state: Rc<State>,
    _listener: Option<Listener>,
    timer: Option<Timer>,
}

/// What may end a call from outside.
#[derive(Debug)]
struct State {
    id: u32,
    client: u32,
    method: &'static str,
    controller: AbortController,
    /// Why the call is over.
    failure: RefCell<Option<Error>>,
    timed_out: Cell<bool>,
    in_flight: Cell<bool>,
    waker: RefCell<Option<Waker>>,
    awake: Cell<bool>,
    /// What it waits for, for the message of a timeout: verb, origin and path.
    request: RefCell<Option<(&'static str, String, String)>>,
}

thread_local! {
    /// Running calls: one callback serves the timers of all.
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
    /// Ends the call: what it waits for is aborted, and it rejects.
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

/// Ends what runs of a client.
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
    /// The reason of a signal that is aborted already.
    pub fn new(
        client: &Rc<Client>,
        method: &'static str,
        signal: JsValue,
        timeout: Option<f64>,
    ) -> Result<Self, Error> {
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
        let listener = Listener::new(method, signal, Box::new(aborted))?;
        RUNNING.with_borrow_mut(|running| {
            running.retain(|state| state.strong_count() > 0);
            running.push(Rc::downgrade(&state));
        });
        let timer = timeout.map(|seconds| Timer::new(id, seconds * 1000.0, Alarm::Call));
        Ok(Self {
            client: client.clone(),
            state,
            _listener: listener,
            timer,
        })
    }

    /// The signal to pass to `fetch`.
    pub fn signal(&self) -> AbortSignal {
        self.state.controller.signal()
    }

    /// Whether the call is over: what it waits for rejects with the reason.
    pub fn is_over(&self) -> bool {
        self.state.failure.borrow().is_some()
    }

    /// Whether that is for want of time.
    pub fn timed_out(&self) -> bool {
        self.state.timed_out.get()
    }

    /// Why the call is over.
    ///
    /// # Errors
    /// The reason, where it is.
    pub fn check(&self) -> Result<(), Error> {
        let failure = self.state.failure.borrow().clone();
        failure.map_or(Ok(()), Err)
    }

    /// Says what is being waited for.
    pub fn set_request(&self, verb: &'static str, origin: String, path: String) {
        self.state.request.replace(Some((verb, origin, path)));
    }

    /// Waits for a promise for as long as the call lives.
    ///
    /// # Errors
    /// What it rejects with, or why the call ended.
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

    /// Marks a request as under way for as long as what is returned lives: it ends the call where the
    /// request takes too long.
    pub fn request(&self) -> InFlight<'_> {
        self.state.in_flight.set(true);
        let milliseconds = self.client.request_timeout * 1000.0;
        InFlight {
            scope: self,
            _timer: Timer::new(self.state.id, milliseconds, Alarm::Request),
        }
    }

    /// Waits, for as long as the call lives.
    ///
    /// # Errors
    /// Why the call ended.
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
        // A future that was dropped leaves no request behind.
        if self.state.in_flight.get() {
            self.state.controller.abort();
        }
    }
}

/// A request that is under way.
#[derive(Debug)]
pub struct InFlight<'a> {
    scope: &'a Scope,
    _timer: Timer,
}

impl InFlight<'_> {
    /// The response was read.
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

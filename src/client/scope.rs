//! The life of one call: it may be aborted, run out of time, or outlive its client.
//!
//! Whatever a call waits for, it waits in [`Scope::run`]. What ends the call wakes it there, so that
//! it rejects even where a `fetch` that someone passed in never settles. When the scope is dropped,
//! its timers and its listener go too.

use crate::error::{Kind, error};
use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::{Rc, Weak};
use std::task::{Poll, Waker};
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, AbortSignal};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, milliseconds: f64, what: u8) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// What the callback of a timer is told.
const TIMEOUT: u8 = 1;
const REQUEST_TIMEOUT: u8 = 2;
const AWAKE: u8 = 3;

/// The longest time that `setTimeout` can count.
const LONGEST_TIMER: f64 = 2_147_483_647.0;

/// A call's life.
pub struct Scope {
    state: Rc<State>,
    callback: Closure<dyn FnMut(JsValue)>,
    signal: Option<AbortSignal>,
    _timeout: Option<Timer>,
}

/// The part that callbacks reach.
pub struct State {
    method: &'static str,
    controller: AbortController,
    failure: RefCell<Option<JsValue>>,
    waker: RefCell<Option<Waker>>,
    awake: Cell<bool>,
}

impl State {
    /// Ends the call: what it waits for is aborted, and it rejects with `reason`.
    pub fn end(&self, reason: JsValue) {
        if self.failure.borrow().is_none() {
            self.failure.replace(Some(reason.clone()));
            self.controller.abort_with_reason(&reason);
            self.wake();
        }
    }

    fn wake(&self) {
        let waker = self.waker.take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn called(&self, what: &JsValue, signal: Option<&AbortSignal>) {
        match what.as_f64().map(|what| what as u8) {
            Some(AWAKE) => {
                self.awake.set(true);
                self.wake();
            }
            Some(kind) => {
                let of = if kind == TIMEOUT {
                    "`timeout`"
                } else {
                    "`request_timeout`"
                };
                self.end(error(
                    Kind::ReadTimeout,
                    &[self.method, ": no answer within ", of].concat(),
                ));
            }
            None => self.end(signal.map_or(JsValue::UNDEFINED, AbortSignal::reason)),
        }
    }
}

impl Scope {
    /// Opens the scope of a call. A signal that is aborted already ends it at once.
    pub fn new(
        method: &'static str,
        signal: Option<AbortSignal>,
        timeout: Option<f64>,
    ) -> Result<Self, JsValue> {
        let state = Rc::new(State {
            method,
            controller: AbortController::new()?,
            failure: RefCell::default(),
            waker: RefCell::default(),
            awake: Cell::default(),
        });
        let (weak, told) = (Rc::downgrade(&state), signal.clone());
        let callback = Closure::new(move |what: JsValue| {
            if let Some(state) = weak.upgrade() {
                state.called(&what, told.as_ref());
            }
        });
        if let Some(signal) = &signal {
            if signal.aborted() {
                return Err(signal.reason());
            }
            signal.add_event_listener_with_callback("abort", callback.as_ref().unchecked_ref())?;
        }
        let timer = timeout.map(|seconds| Timer::new(&callback, seconds * 1000.0, TIMEOUT));
        Ok(Self {
            state,
            callback,
            signal,
            _timeout: timer,
        })
    }

    /// For those who may end the call from outside.
    pub fn state(&self) -> Weak<State> {
        Rc::downgrade(&self.state)
    }

    /// The signal to pass to `fetch`.
    pub fn signal(&self) -> AbortSignal {
        self.state.controller.signal()
    }

    /// Waits for something for as long as the call lives.
    pub async fn run<T>(
        &self,
        work: impl Future<Output = Result<T, JsValue>>,
    ) -> Result<T, JsValue> {
        let mut work = pin!(work);
        poll_fn(|context| {
            if let Some(reason) = self.state.failure.borrow().clone() {
                return Poll::Ready(Err(reason));
            }
            self.state.waker.replace(Some(context.waker().clone()));
            work.as_mut().poll(context)
        })
        .await
    }

    /// The same, for at most `seconds`.
    pub async fn run_within<T>(
        &self,
        seconds: f64,
        work: impl Future<Output = Result<T, JsValue>>,
    ) -> Result<T, JsValue> {
        let _timer = Timer::new(&self.callback, seconds * 1000.0, REQUEST_TIMEOUT);
        self.run(work).await
    }

    /// Waits, for as long as the call lives.
    pub async fn sleep(&self, milliseconds: f64) -> Result<(), JsValue> {
        self.state.awake.set(false);
        let _timer = Timer::new(&self.callback, milliseconds, AWAKE);
        self.run(poll_fn(|_| {
            if self.state.awake.get() {
                Poll::Ready(Ok(()))
            } else {
                Poll::Pending
            }
        }))
        .await
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        if let Some(signal) = &self.signal {
            let _ = signal.remove_event_listener_with_callback(
                "abort",
                self.callback.as_ref().unchecked_ref(),
            );
        }
    }
}

/// A timer that is cleared when it is dropped.
struct Timer(JsValue);

impl Timer {
    fn new(callback: &Closure<dyn FnMut(JsValue)>, milliseconds: f64, what: u8) -> Self {
        Self(set_timeout(
            callback.as_ref(),
            milliseconds.min(LONGEST_TIMER),
            what,
        ))
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.0);
    }
}

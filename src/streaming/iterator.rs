//! The events of one loop: those that nobody has read yet, and those who wait for the next.

use super::stream::Subscriber;
use crate::js::{self, Name};
use js_sys::{Function, Object, Promise};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
#[cfg(feature = "typed")]
use std::task::{Context, Poll, Waker};
use wasm_bindgen::prelude::*;

/// What is to be read.
#[derive(Debug)]
pub struct Queue {
    limit: usize,
    unread: RefCell<VecDeque<JsValue>>,
    waiting: RefCell<VecDeque<(Function, Function)>>,
    /// Who waits in Rust.
    #[cfg(feature = "typed")]
    waker: RefCell<Option<Waker>>,
    /// The id of the last one read, for a gap.
    last: RefCell<JsValue>,
    dropped: Cell<bool>,
    ended: Cell<bool>,
    failure: RefCell<Option<JsValue>>,
}

/// What those who wait get.
enum Next {
    Value(JsValue),
    Failed(JsValue),
    Done,
}

impl Queue {
    /// An empty queue that holds so many.
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            unread: RefCell::default(),
            waiting: RefCell::default(),
            #[cfg(feature = "typed")]
            waker: RefCell::default(),
            last: RefCell::new(JsValue::NULL),
            dropped: Cell::default(),
            ended: Cell::default(),
            failure: RefCell::default(),
        }
    }

    /// One more event.
    pub fn push(&self, event: JsValue) {
        {
            let mut unread = self.unread.borrow_mut();
            unread.push_back(event);
            if unread.len() > self.limit {
                unread.pop_front();
                self.dropped.set(true);
            }
        }
        self.settle();
    }

    /// There will be no more.
    pub fn end(&self, failure: Option<JsValue>) {
        self.ended.set(true);
        self.failure.replace(failure);
        self.settle();
    }

    fn next(&self) -> Option<Next> {
        let first = self.unread.borrow().front().cloned();
        let Some(first) = first else {
            if !self.ended.get() {
                return None;
            }
            return Some(self.failure.take().map_or(Next::Done, Next::Failed));
        };
        let id = new_id(&first);
        if self.dropped.take() {
            let payload = js::object(&[("from", self.last.borrow().clone()), ("to", id)]);
            return Some(Next::Value(event(
                &"gap".into(),
                &js::get(&first, Name::Stream),
                &payload,
            )));
        }
        if !id.is_null() {
            self.last.replace(id);
        }
        self.unread.borrow_mut().pop_front();
        Some(Next::Value(first))
    }

    /// Gives those who wait what there is.
    fn settle(&self) {
        #[cfg(feature = "typed")]
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
        loop {
            if self.waiting.borrow().is_empty() {
                return;
            }
            let Some(next) = self.next() else { return };
            let waiting = self.waiting.borrow_mut().pop_front();
            let Some((resolve, reject)) = waiting else {
                return;
            };
            let _ = match next {
                Next::Value(value) => resolve.call1(&JsValue::UNDEFINED, &result(&value, false)),
                Next::Done => {
                    resolve.call1(&JsValue::UNDEFINED, &result(&JsValue::UNDEFINED, true))
                }
                Next::Failed(cause) => reject.call1(&JsValue::UNDEFINED, &cause),
            };
        }
    }
}

/// An event, as loops get it.
pub fn event(name: &JsValue, stream: &JsValue, payload: &JsValue) -> JsValue {
    let event = Object::new();
    js::set(&event, Name::Event, name);
    js::set(&event, Name::Stream, stream);
    js::set(&event, Name::Payload, payload);
    event.into()
}

/// The id by which an event continues a list, or null.
fn new_id(event: &JsValue) -> JsValue {
    let payload = js::get(event, Name::Payload);
    let name = js::text_of(event, Name::Event);
    if !payload.is_object() || !matches!(name.as_deref(), Some("update" | "notification")) {
        return JsValue::NULL;
    }
    js::id_text(&js::get(&payload, Name::Id)).map_or(JsValue::NULL, JsValue::from)
}

fn result(value: &JsValue, done: bool) -> JsValue {
    let result = Object::new();
    js::set(&result, Name::Value, value);
    js::set(&result, Name::Done, &done.into());
    result.into()
}

/// The iterator of one loop.
#[cfg_attr(feature = "npm", wasm_bindgen(skip_typescript))]
#[derive(Debug)]
pub struct StreamIterator {
    pub(super) queue: Rc<Queue>,
    pub(super) of: Weak<Subscriber>,
}

#[cfg(feature = "npm")]
#[wasm_bindgen]
impl StreamIterator {
    /// The next event.
    #[wasm_bindgen(skip_typescript)]
    pub fn next(&self) -> Promise {
        Promise::new(&mut |resolve, reject| {
            self.queue.waiting.borrow_mut().push_back((resolve, reject));
            self.queue.settle();
        })
    }

    /// Ends the loop.
    #[wasm_bindgen(js_name = return, skip_typescript)]
    pub fn leave(&self, value: JsValue) -> Promise {
        self.queue.unread.take();
        self.end();
        self.queue.end(None);
        Promise::resolve(&result(&value, true))
    }
}

#[cfg(feature = "typed")]
impl StreamIterator {
    /// The next event, or why there are no more.
    pub fn poll_next(&self, context: &Context<'_>) -> Poll<Option<Result<JsValue, JsValue>>> {
        match self.queue.next() {
            Some(Next::Value(value)) => Poll::Ready(Some(Ok(value))),
            Some(Next::Failed(cause)) => Poll::Ready(Some(Err(cause))),
            Some(Next::Done) => Poll::Ready(None),
            None => {
                self.queue.waker.replace(Some(context.waker().clone()));
                Poll::Pending
            }
        }
    }

    /// How the connection is.
    pub fn state_name(&self) -> &'static str {
        self.of.upgrade().map_or("closed", |of| of.state().name())
    }
}

impl StreamIterator {
    fn end(&self) {
        if !self.queue.ended.get()
            && let Some(of) = self.of.upgrade()
        {
            of.leave(&self.queue);
        }
    }
}

/// A loop that was left in another way than by `return`.
impl Drop for StreamIterator {
    fn drop(&mut self) {
        self.end();
    }
}

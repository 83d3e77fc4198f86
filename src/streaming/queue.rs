//! The events of one loop that are not read yet, and the promises that wait for the next ones.

use crate::js::{self, Name};
use js_sys::{Array, Function, Object};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
#[cfg(feature = "typed")]
use std::task::Waker;
use wasm_bindgen::prelude::*;

/// The queue of one loop.
#[derive(Debug)]
pub struct Queue {
    limit: usize,
    unread: RefCell<VecDeque<JsValue>>,
    waiting: RefCell<VecDeque<(Function, Function)>>,
    /// The Rust task that waits.
    #[cfg(feature = "typed")]
    waker: RefCell<Option<Waker>>,
    /// The ids of the last events that were read, by what they are and their stream, for a gap.
    last: Object,
    dropped: Cell<bool>,
    ended: Cell<bool>,
    failure: RefCell<Option<JsValue>>,
}

/// The result for a waiting reader.
pub enum Next {
    Value(JsValue),
    Failed(JsValue),
    Done,
}

impl Queue {
    /// An empty queue with this limit.
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            unread: RefCell::default(),
            waiting: RefCell::default(),
            #[cfg(feature = "typed")]
            waker: RefCell::default(),
            last: Object::new(),
            dropped: Cell::default(),
            ended: Cell::default(),
            failure: RefCell::default(),
        }
    }

    /// Waits for the next event.
    #[cfg(feature = "npm")]
    pub fn wait(&self, resolve: Function, reject: Function) {
        self.waiting.borrow_mut().push_back((resolve, reject));
        self.settle();
    }

    /// The same in Rust, if there is no event now.
    #[cfg(feature = "typed")]
    pub fn wake(&self, waker: &Waker) {
        self.waker.replace(Some(waker.clone()));
    }

    /// Removes all unread events.
    pub fn clear(&self) {
        self.unread.take();
    }

    /// Whether there will be no more events.
    pub fn is_ended(&self) -> bool {
        self.ended.get()
    }

    /// Adds an event.
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

    /// Ends the queue.
    pub fn end(&self, failure: Option<JsValue>) {
        self.ended.set(true);
        self.failure.replace(failure);
        self.settle();
    }

    pub fn next(&self) -> Option<Next> {
        let first = self.unread.borrow().front().cloned();
        let Some(first) = first else {
            if !self.ended.get() {
                return None;
            }
            return Some(self.failure.take().map_or(Next::Done, Next::Failed));
        };
        let id = new_id(&first);
        let stream = js::get(&first, Name::Stream);
        let list = JsValue::from(Array::of2(&js::get(&first, Name::Event), &stream).to_string());
        if self.dropped.take() {
            let from = js::get(&self.last, &list);
            let from = if from.is_string() {
                from
            } else {
                JsValue::NULL
            };
            let payload = js::object(&[("from", from), ("to", id)]);
            return Some(Next::Value(event(&"gap".into(), &stream, &payload)));
        }
        if !id.is_null() {
            js::set(&self.last, &list, &id);
        }
        self.unread.borrow_mut().pop_front();
        Some(Next::Value(first))
    }

    /// Gives the available events to those who wait.
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

/// An event, as loops receive it.
pub fn event(name: &JsValue, stream: &JsValue, payload: &JsValue) -> JsValue {
    let event = Object::new();
    js::set(&event, Name::Event, name);
    js::set(&event, Name::Stream, stream);
    js::set(&event, Name::Payload, payload);
    event.into()
}

/// The id of an event that continues a list, or null.
fn new_id(event: &JsValue) -> JsValue {
    let payload = js::get(event, Name::Payload);
    let name = js::text_of(event, Name::Event);
    if !payload.is_object() || !matches!(name.as_deref(), Some("update" | "notification")) {
        return JsValue::NULL;
    }
    js::id_text(&js::get(&payload, Name::Id)).map_or(JsValue::NULL, JsValue::from)
}

pub fn result(value: &JsValue, done: bool) -> JsValue {
    let result = Object::new();
    js::set(&result, Name::Value, value);
    js::set(&result, Name::Done, &done.into());
    result.into()
}

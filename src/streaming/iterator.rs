//! The iterators over a stream.

#[cfg(feature = "typed")]
use super::queue::Next;
use super::queue::{Queue, result};
use super::subscriber::Subscriber;
use js_sys::Promise;
use std::rc::{Rc, Weak};
#[cfg(feature = "typed")]
use std::task::{Context, Poll};
use wasm_bindgen::prelude::*;

/// The iterator of one loop.
#[cfg_attr(feature = "npm", wasm_bindgen(skip_typescript))]
#[derive(Debug)]
pub struct StreamIterator {
    queue: Rc<Queue>,
    of: Weak<Subscriber>,
}

#[cfg(feature = "npm")]
#[wasm_bindgen]
impl StreamIterator {
    /// The next event.
    #[wasm_bindgen(skip_typescript)]
    pub fn next(&self) -> Promise {
        Promise::new(&mut |resolve, reject| {
            self.queue.wait(resolve, reject);
        })
    }

    /// Ends the loop.
    #[wasm_bindgen(js_name = return, skip_typescript)]
    pub fn leave(&self, value: JsValue) -> Promise {
        self.queue.clear();
        self.end();
        self.queue.end(None);
        Promise::resolve(&result(&value, true))
    }
}

#[cfg(feature = "typed")]
impl StreamIterator {
    /// The next event, or the reason why there are no more.
    pub fn poll_next(&self, context: &Context<'_>) -> Poll<Option<Result<JsValue, JsValue>>> {
        match self.queue.next() {
            Some(Next::Value(value)) => Poll::Ready(Some(Ok(value))),
            Some(Next::Failed(cause)) => Poll::Ready(Some(Err(cause))),
            Some(Next::Done) => Poll::Ready(None),
            None => {
                self.queue.wake(context.waker());
                Poll::Pending
            }
        }
    }

    /// The state of the connection.
    pub fn state_name(&self) -> &'static str {
        self.of.upgrade().map_or("closed", |of| of.state().name())
    }
}

impl StreamIterator {
    /// An iterator over the events from now on.
    pub fn new(of: &Rc<Subscriber>) -> Self {
        Self {
            queue: of.queue(),
            of: Rc::downgrade(of),
        }
    }

    fn end(&self) {
        if !self.queue.is_ended()
            && let Some(of) = self.of.upgrade()
        {
            of.leave(&self.queue);
        }
    }
}

/// Also ends a loop that did not call `return`.
impl Drop for StreamIterator {
    fn drop(&mut self) {
        self.end();
    }
}

//! WebSockets of the platform or of a custom class, and the events after which a page should check its
//! connection.

use crate::js::{self, Name};
use js_sys::{Array, Function, Object, Reflect};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A `WebSocket`, window or document: something that emits events.
    #[derive(Clone)]
    type Target;
    #[wasm_bindgen(method, structural, catch, js_name = addEventListener)]
    fn add(this: &Target, event: &str, callback: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = removeEventListener)]
    fn remove(this: &Target, event: &str, callback: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, structural, catch)]
    fn send(this: &Target, text: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, structural, catch)]
    fn close(this: &Target) -> Result<(), JsValue>;
}

#[wasm_bindgen(module = "/js/streams.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = ignore)]
    static IGNORE: JsValue;
}

impl std::fmt::Debug for Target {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("EventTarget")
    }
}

/// Listens for events of a target, until it is dropped.
#[derive(Debug)]
struct Listening {
    target: Target,
    events: &'static [&'static str],
    closure: Option<Closure<dyn FnMut(JsValue)>>,
}

impl Listening {
    fn new(
        target: Target,
        events: &'static [&'static str],
        callback: Box<dyn FnMut(JsValue)>,
    ) -> Self {
        let closure = Closure::wrap(callback);
        for event in events {
            let _ = target.add(event, closure.as_ref());
        }
        Self {
            target,
            events,
            closure: Some(closure),
        }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let Some(closure) = self.closure.take() else {
            return;
        };
        for event in self.events {
            if self.target.remove(event, closure.as_ref()).is_err() {
                // It may still be called, so it is leaked.
                return closure.forget();
            }
        }
    }
}

/// An event of a socket.
#[derive(Debug)]
pub enum SocketEvent {
    /// It opened.
    Opened,
    /// A message came.
    Message(JsValue),
    /// It was closed, or did not open. Contains the status of the refused upgrade, if the platform exposes
    /// it.
    Closed(Option<u16>),
}

/// A socket. When it is dropped, it closes, and no more events are reported.
#[derive(Debug)]
pub struct Socket {
    target: Target,
    listening: Option<Listening>,
}

impl Socket {
    /// Opens a socket.
    ///
    /// # Errors
    /// The error that the class throws.
    pub fn open(
        class: &Function,
        url: &str,
        token: Option<&str>,
        agent: Option<&JsValue>,
        handle: Box<dyn Fn(SocketEvent)>,
    ) -> Result<Self, JsValue> {
        let arguments = Array::of1(&url.into());
        if token.is_some() || agent.is_some() {
            arguments.push(&token.map_or(JsValue::UNDEFINED, JsValue::from));
        }
        if let Some(agent) = agent {
            // The package `ws` supports this third argument, others ignore it. GoToSocial refuses clients
            // without `User-Agent`.
            let headers = Object::new();
            js::set(&headers, Name::UserAgent, agent);
            arguments.push(&js::object(&[("headers", headers.into())]));
        }
        let target: Target = Reflect::construct(class, &arguments)?.unchecked_into();
        // This listener stays after the socket is dropped.
        IGNORE.with(|ignore| target.add("error", ignore))?;
        let callback = move |event: JsValue| {
            let data = js::get(&event, Name::Data);
            handle(if !data.is_undefined() {
                SocketEvent::Message(data)
            } else if js::text_of(&event, "type").as_deref() == Some("open") {
                SocketEvent::Opened
            } else {
                SocketEvent::Closed(upgrade_status(&event))
            });
        };
        // Not every platform emits `close` after `error`.
        let events = &["open", "message", "error", "close"];
        let listening = Listening::new(target.clone(), events, Box::new(callback));
        Ok(Self {
            target,
            listening: Some(listening),
        })
    }

    /// Sends a text. A closing socket is skipped: it reports its end anyway, and browsers would log an error.
    pub fn send(&self, text: &JsValue) {
        if js::number_of(&self.target, "readyState").is_none_or(|state| state < 2.0) {
            let _ = self.target.send(text);
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.listening.take();
        let _ = self.target.close();
    }
}

/// The status of a refused upgrade: `ws` has it at the end of its message ("Unexpected server response:
/// 404").
fn upgrade_status(event: &JsValue) -> Option<u16> {
    let message = js::text_of(event, "message")?;
    let at = message.len().checked_sub(4)?;
    let status = message.get(at..)?.strip_prefix(' ')?;
    status.parse().ok()
}

/// Listens until it is dropped: for the network to come back, and for the page to become visible.
#[derive(Debug)]
pub struct Waking {
    _listening: Vec<Listening>,
}

impl Waking {
    /// Calls this function for each such event.
    pub fn new(wake: Rc<dyn Fn()>) -> Self {
        let page = js::global("document");
        let mut listening = Vec::new();
        for (target, event) in [
            (js::global_this(), &["online"]),
            (page.clone(), &["visibilitychange"]),
        ] {
            if !target.is_object()
                || !js::caller_get(&target, "addEventListener")
                    .is_ok_and(|method| method.is_function())
            {
                continue;
            }
            let (wake, page) = (wake.clone(), page.clone());
            let callback = move |_| {
                if !(page.is_object() && js::flag_of(&page, "hidden")) {
                    wake();
                }
            };
            listening.push(Listening::new(
                target.unchecked_into(),
                event,
                Box::new(callback),
            ));
        }
        Self {
            _listening: listening,
        }
    }
}

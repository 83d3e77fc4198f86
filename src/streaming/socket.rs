//! The platform's sockets, or those of a class that was given, and the calls that wake a page.

use crate::js::{self, Name};
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A `WebSocket`, or a window or document: what tells of events.
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

/// Listens for events of a target until it is dropped.
#[derive(Debug)]
struct Listening {
    target: Target,
    events: &'static [&'static str],
    closure: Option<Closure<dyn FnMut(JsValue)>>,
}

impl Listening {
    fn new(
        target: &Target,
        events: &'static [&'static str],
        callback: impl FnMut(JsValue) + 'static,
    ) -> Self {
        let closure = Closure::<dyn FnMut(JsValue)>::new(callback);
        for event in events {
            let _ = target.add(event, closure.as_ref());
        }
        Self {
            target: target.clone(),
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
                // It may still be called.
                return closure.forget();
            }
        }
    }
}

/// A socket. When it is dropped it closes, and nothing more is heard of it.
#[derive(Debug)]
pub struct Socket {
    target: Target,
    listening: Vec<Listening>,
}

impl Socket {
    /// Opens a socket; says that it opened, what comes, and once that it closed or did not open, with the
    /// status of the refused upgrade where the platform tells.
    ///
    /// # Errors
    /// What the class throws.
    pub fn open(
        class: &Function,
        url: &str,
        token: Option<&str>,
        agent: Option<&str>,
        opened: impl Fn() + 'static,
        frame: impl Fn(&JsValue) + 'static,
        closed: impl Fn(Option<u16>) + 'static,
    ) -> Result<Self, JsValue> {
        let arguments = Array::of1(&url.into());
        if token.is_some() || agent.is_some() {
            arguments.push(&token.map_or(JsValue::UNDEFINED, JsValue::from));
        }
        if let Some(agent) = agent {
            // The package `ws` takes it; others ignore a third argument. GoToSocial refuses the nameless.
            let headers = Object::new();
            js::set(&headers, Name::UserAgent, &agent.into());
            arguments.push(&js::object(&[("headers", headers.into())]));
        }
        let target: Target = Reflect::construct(class, &arguments)?.unchecked_into();
        // It stays when the socket was dropped.
        IGNORE.with(|ignore| target.add("error", ignore))?;
        let listening = vec![
            Listening::new(&target, &["open"], move |_| opened()),
            Listening::new(&target, &["message"], move |event| {
                frame(&js::get(&event, Name::Data))
            }),
            // Not every platform closes after an error.
            Listening::new(&target, &["error", "close"], move |event| {
                closed(upgrade_status(&event))
            }),
        ];
        Ok(Self { target, listening })
    }

    /// Sends a text. A socket that takes nothing any more tells of its end by itself, and browsers complain
    /// in the console.
    pub fn send(&self, text: &JsValue) {
        if js::number_of(&self.target, "readyState").is_none_or(|state| state < 2.0) {
            let _ = self.target.send(text);
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.listening.clear();
        let _ = self.target.close();
    }
}

/// The status that an upgrade was refused with: `ws` says it at the end of its message ("Unexpected
/// server response: 404").
fn upgrade_status(event: &JsValue) -> Option<u16> {
    let message = js::text_of(event, "message")?;
    let (_, status) = message.rsplit_once(' ')?;
    (status.len() == 3).then(|| status.parse().ok()).flatten()
}

/// Listens for the network to come back and for the page to be seen again, until it is dropped.
#[derive(Debug)]
pub struct Waking {
    _listening: Vec<Listening>,
}

impl Waking {
    /// Calls a function then.
    pub fn new(wake: impl Fn() + Clone + 'static) -> Self {
        let page = js::global("document");
        let mut listening = Vec::new();
        for (target, event) in [
            (js::global_this(), &["online"]),
            (page.clone(), &["visibilitychange"]),
        ] {
            let method = if target.is_object() {
                js::caller_get(&target, "addEventListener")
            } else {
                continue;
            };
            if method.is_ok_and(|method| method.is_function()) {
                let (wake, page) = (wake.clone(), page.clone());
                listening.push(Listening::new(&target.unchecked_into(), event, move |_| {
                    if !(page.is_object() && js::flag_of(&page, "hidden")) {
                        wake();
                    }
                }));
            }
        }
        Self {
            _listening: listening,
        }
    }
}

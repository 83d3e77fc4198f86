//! The objects that callers get: a stream, or a socket on which streams can be opened and closed.

use super::driver::Driver;
use super::event::EventKind;
use super::iterator::StreamIterator;
use super::stream_key::{NAMES, StreamKey};
use super::subscriber::Subscriber;
use crate::error::{Class, Error};
use crate::js;
use crate::params::suggest::nearest_within;
use crate::params::{Scalar, check};
use js_sys::Reflect;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/streams.js")]
extern "C" {
    #[wasm_bindgen(js_name = completeStream)]
    fn complete_stream(stream: &JsValue);
    #[wasm_bindgen(js_name = completeIterator)]
    fn complete_iterator(iterator: &JsValue);
}

/// A stream.
#[cfg_attr(feature = "npm", wasm_bindgen(skip_typescript))]
#[derive(Debug)]
pub struct Stream {
    own: Rc<Subscriber>,
}

/// A socket on which streams can be opened and closed.
#[cfg_attr(feature = "npm", wasm_bindgen(skip_typescript))]
#[derive(Debug)]
pub struct StreamSocket {
    own: Rc<Subscriber>,
}

#[cfg(feature = "npm")]
fn iterate(own: &Rc<Subscriber>) -> JsValue {
    let iterator = JsValue::from(StreamIterator::new(own));
    complete_iterator(&iterator);
    iterator
}

/// The JavaScript object of a stream.
#[cfg(feature = "npm")]
fn stream(own: Rc<Subscriber>) -> JsValue {
    let stream = JsValue::from(Stream { own: own.clone() });
    complete_stream(&stream);
    own.object.replace(stream.clone());
    stream
}

/// The JavaScript object of a socket.
#[cfg(feature = "npm")]
fn stream_socket(own: Rc<Subscriber>) -> JsValue {
    let socket = JsValue::from(StreamSocket { own });
    complete_stream(&socket);
    socket
}

/// The JavaScript object of a stream or socket.
#[cfg(feature = "npm")]
pub fn held(own: Rc<Subscriber>) -> JsValue {
    if own.key.is_some() {
        stream(own)
    } else {
        stream_socket(own)
    }
}

/// Without the JavaScript class, there is no such object.
#[cfg(not(feature = "npm"))]
pub fn held(_: Rc<Subscriber>) -> JsValue {
    JsValue::UNDEFINED
}

/// The methods that streams and sockets share.
#[cfg(feature = "npm")]
macro_rules! handle {
    ($class:ident) => {
        #[wasm_bindgen]
        impl $class {
            /// The state of the connection.
            #[wasm_bindgen(getter, skip_typescript)]
            pub fn state(&self) -> String {
                self.own.state().name().to_owned()
            }

            /// Closes it, and the streams that were opened on it.
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
        let driver = Driver::find(self.own.client).filter(|_| !self.own.is_ending());
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
        Ok(stream(own))
    }

    /// Closes the streams that were opened with this name and parameter.
    ///
    /// # Errors
    /// An argument is wrong.
    #[wasm_bindgen(skip_typescript)]
    pub fn unsubscribe(&self, name: JsValue, params: JsValue) -> Result<(), JsValue> {
        let key = key_of("unsubscribe", &name, &params)?;
        for own in self.own.children() {
            if own.is_named(&key) {
                own.close(None);
            }
        }
        Ok(())
    }
}

/// The stream that a caller names. Errors in a tag or an id name the method for such streams.
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
    // Forks have streams of their own. A name that is nearly one of Mastodon's is a mistake.
    if !key.is_known()
        && let Some(meant) = nearest_within(&name, &mut NAMES.into_iter(), 1)
    {
        return Err(Error::illegal(
            method,
            &["unknown stream `", &name, "`; did you mean `", meant, "`?"],
        ));
    }
    let Some(param) = key.param_name() else {
        return Ok(key);
    };
    let given = js::caller_get(params, param)
        .map_err(|cause| Error::unreadable(method, "params", cause))?;
    let kind = if key.is_list() {
        Scalar::Id
    } else {
        Scalar::Hashtag
    };
    let param = check::scalar(method, param, kind, &given)?
        .as_string()
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

/// The methods of a listener, beside those for events.
const METHODS: [&str; 6] = [
    "onUnknownEvent",
    "onState",
    "onOpen",
    "onGap",
    "onError",
    "onAbort",
];

/// Checks that a listener is an object with methods. An empty one is allowed.
///
/// # Errors
/// It is something else: a function, or the options.
pub fn listener_of(method: &'static str, listener: JsValue) -> Result<JsValue, Error> {
    if js::is_nothing(&listener) {
        return Ok(JsValue::UNDEFINED);
    }
    let unreadable = |cause| Error::unreadable(method, "listener", cause);
    let is_listener = || -> Result<bool, JsValue> {
        if Reflect::own_keys(&listener)?.length() == 0 {
            return Ok(true);
        }
        let mut known = false;
        for kind in &EventKind::KNOWN {
            known |= Reflect::has(&listener, &kind.handler().into())?;
        }
        for name in METHODS {
            known |= Reflect::has(&listener, &name.into())?;
        }
        Ok(known)
    };
    if listener.is_object() && is_listener().map_err(unreadable)? {
        return Ok(listener);
    }
    Err(Error::invalid_argument(
        method,
        "listener",
        "an object with methods such as onUpdate, in front of the options",
        &listener,
    ))
}

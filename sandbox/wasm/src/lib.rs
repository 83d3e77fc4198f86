//! The sandbox for JavaScript: function calls for requests and sockets, without a port. `package/` has the
//! classes that make a `fetch` and a `WebSocket` of them.

use std::net::{IpAddr, Ipv4Addr};

use axum::body::{Body, BodyDataStream};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request};
use futures_util::StreamExt;
use futures_util::future::{AbortHandle, Abortable};
use jiff::{SignedDuration, Timestamp};
use js_sys::{Array, Function, Uint8Array};
use mastodon_sandbox::{
    Clock, Config, Frame, Gone, Handshake, InProcess, Newcomer, Peer, Random, Refused, Seed, Wire,
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// Every caller is in this process.
const PEER: Peer = Peer {
    address: IpAddr::V4(Ipv4Addr::LOCALHOST),
};

/// An instance.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Instance {
    core: InProcess,
    clock: Clock,
    /// Stops the activity of the standard accounts.
    life: AbortHandle,
}

#[wasm_bindgen]
#[allow(
    clippy::needless_pass_by_value,
    reason = "what comes from JavaScript comes by value"
)]
impl Instance {
    /// Starts an instance with the URL `base`. `now`: the milliseconds at which its clock is stopped; by
    /// default, the clock is the real one. `people`: additional accounts, as JSON. Throws if one of them is
    /// not valid.
    #[wasm_bindgen(constructor)]
    pub fn new(
        base: String,
        seed: u64,
        now: Option<f64>,
        life: bool,
        rate_limit: u32,
        people: &str,
    ) -> Result<Self, JsError> {
        let people = Newcomer::read(people).and_then(Seed::with);
        let clock = now.map_or_else(Clock::default, |ms| Clock::standing_at(moment(ms)));
        let config = Config {
            life,
            rate_limit: rate_limit.into(),
            clock: clock.clone(),
            random: Random::seeded(seed),
            seed: people.map_err(|why| JsError::new(&why))?,
            ..Config::default()
        };
        let core = InProcess::new(base, &config);
        let (handle, registration) = AbortHandle::new_pair();
        let living = core.clone();
        spawn_local(async move {
            let _ = Abortable::new(living.live(), registration).await;
        });
        Ok(Self {
            core,
            clock,
            life: handle,
        })
    }

    /// The accounts that can log in, as JSON.
    pub fn people(&self) -> String {
        serde_json::to_string(&self.core.people()).unwrap_or_default()
    }

    /// Restores the initial state.
    pub fn reset(&self) {
        self.core.reset();
    }

    /// Moves a stopped clock, and does what is due by then. Returns false if the clock is the real one.
    pub fn advance(&self, ms: f64) -> bool {
        let moved = self.clock.advance(SignedDuration::from_millis(whole(ms)));
        self.core.tick();
        moved
    }

    /// Calls `told` with each message to a push service, as JSON.
    pub fn pushes(&self, told: Function) {
        let mut pushes = self.core.pushes();
        spawn_local(async move {
            while let Some(push) = pushes.recv().await {
                let text = serde_json::to_string(&push).unwrap_or_default();
                // Errors of the listener are ignored.
                let _ = told.call1(&JsValue::NULL, &text.into());
            }
        });
    }

    /// Drops the sockets, and stops the activity of the standard accounts.
    pub fn close(&self) {
        self.life.abort();
        self.core.cut_sockets();
    }

    /// Handles a request. `headers`: names and values in turn. Rejects if a fault drops the connection.
    pub fn answer(
        &self,
        method: &str,
        target: &str,
        headers: Vec<String>,
        body: Option<Vec<u8>>,
    ) -> Result<js_sys::Promise, JsError> {
        let mut request = Request::builder().method(method).uri(target);
        if let Some(all) = request.headers_mut() {
            *all = header_map(&headers);
            if let Some(bytes) = &body {
                all.insert("content-length", HeaderValue::from(bytes.len()));
            }
        }
        let body = body.map_or_else(Body::empty, Body::from);
        let request = request.body(body)?;
        let core = self.core.clone();
        Ok(wasm_bindgen_futures::future_to_promise(async move {
            core.tick();
            let response = core
                .answer(request, PEER)
                .await
                .map_err(|cut| JsError::new(&cut.to_string()))?;
            let (parts, body) = response.into_parts();
            let headers = Array::new();
            for (name, value) in &parts.headers {
                headers.push(&name.as_str().into());
                headers.push(&String::from_utf8_lossy(value.as_bytes()).as_ref().into());
            }
            Ok(JsValue::from(Answer {
                status: parts.status.as_u16(),
                headers,
                body: Some(body.into_data_stream()),
            }))
        }))
    }

    /// Opens a socket. `headers`: names and values in turn. `told` is called with the kind of each frame
    /// (`"text"`, `"ping"`, `"close"`, finally `"gone"`), and its text or code. Rejects with a status, or
    /// with null if a fault drops the connection.
    pub fn open(
        &self,
        target: &str,
        headers: Vec<String>,
        told: Function,
    ) -> Result<js_sys::Promise, JsError> {
        let mut request = Request::get(target).body(Body::empty())?;
        *request.headers_mut() = header_map(&headers);
        let core = self.core.clone();
        Ok(wasm_bindgen_futures::future_to_promise(async move {
            let handshake = core.open_socket(request, PEER).await;
            let handshake = handshake.map_err(|refused| match refused {
                Refused::With(status) => JsValue::from(status.as_u16()),
                Refused::Cut(_) => JsValue::NULL,
            })?;
            Ok(JsValue::from(serve(handshake, told)))
        }))
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        self.life.abort();
    }
}

/// Starts the server's end of a socket, and returns the client's end.
fn serve(handshake: Handshake, told: Function) -> Socket {
    let protocol = handshake.subprotocol();
    let (to_session, from_client) = unbounded_channel();
    let (to_client, mut from_session) = unbounded_channel();
    let wire = Channel {
        out: to_client,
        own: to_session.clone(),
        incoming: from_client,
        closed: false,
    };
    spawn_local(handshake.serve(wire));
    spawn_local(async move {
        while let Some(frame) = from_session.recv().await {
            let (kind, what) = match frame {
                Frame::Text(text) => ("text", text.into()),
                Frame::Close(code) => ("close", code.into()),
                Frame::Ping => ("ping", JsValue::UNDEFINED),
                Frame::Pong | Frame::Binary => continue,
            };
            // Errors of the listener are ignored.
            let _ = told.call2(&JsValue::NULL, &kind.into(), &what);
        }
        let _ = told.call1(&JsValue::NULL, &"gone".into());
    });
    Socket {
        protocol,
        out: Some(to_session),
    }
}

/// A response.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Answer {
    status: u16,
    headers: Array,
    body: Option<BodyDataStream>,
}

#[wasm_bindgen]
impl Answer {
    /// The HTTP status.
    #[wasm_bindgen(getter)]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Names and values in turn.
    #[wasm_bindgen(getter)]
    pub fn headers(&self) -> Array {
        self.headers.clone()
    }

    /// The next chunk of the body; undefined at its end. Rejects if a fault drops the connection before.
    pub async fn next(&mut self) -> Result<JsValue, JsError> {
        let Some(body) = &mut self.body else {
            return Ok(JsValue::UNDEFINED);
        };
        match body.next().await {
            Some(Ok(bytes)) => Ok(Uint8Array::from(bytes.as_ref()).into()),
            Some(Err(error)) => Err(JsError::new(&error.to_string())),
            None => Ok(JsValue::UNDEFINED),
        }
    }

    /// Drops the body, which nobody reads any more.
    pub fn cancel(&mut self) {
        self.body = None;
    }
}

/// The client's end of a socket.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Socket {
    protocol: Option<String>,
    out: Option<UnboundedSender<Frame>>,
}

#[wasm_bindgen]
impl Socket {
    /// The subprotocol that the server accepted.
    #[wasm_bindgen(getter)]
    pub fn protocol(&self) -> Option<String> {
        self.protocol.clone()
    }

    /// Sends text. Without it, sends a binary frame, which the server rejects.
    pub fn send(&self, text: Option<String>) {
        let frame = text.map_or(Frame::Binary, Frame::Text);
        if let Some(out) = &self.out {
            let _ = out.send(frame);
        }
    }

    /// Closes the socket.
    pub fn close(&mut self, code: Option<u16>) {
        if let Some(out) = self.out.take() {
            let _ = out.send(Frame::Close(code));
        }
    }
}

/// The server's end.
struct Channel {
    out: UnboundedSender<Frame>,
    own: UnboundedSender<Frame>,
    incoming: UnboundedReceiver<Frame>,
    /// The client has closed the socket, so no more frames arrive.
    closed: bool,
}

impl Wire for Channel {
    async fn send(&mut self, frame: Frame) -> Result<(), Gone> {
        // Platforms respond to pings themselves; a page does not see them.
        if frame == Frame::Ping {
            let _ = self.own.send(Frame::Pong);
        }
        self.out.send(frame).map_err(|_| Gone)
    }

    async fn receive(&mut self) -> Option<Frame> {
        if self.closed {
            return None;
        }
        let frame = self.incoming.recv().await;
        self.closed = matches!(frame, None | Some(Frame::Close(_)));
        frame
    }
}

fn header_map(headers: &[String]) -> HeaderMap {
    headers
        .chunks_exact(2)
        .filter_map(|pair| {
            let name = HeaderName::try_from(&pair[0]).ok()?;
            Some((name, HeaderValue::try_from(&pair[1]).ok()?))
        })
        .collect()
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "beyond it lies the year 292 million"
)]
fn whole(ms: f64) -> i64 {
    ms as i64
}

fn moment(ms: f64) -> Timestamp {
    Timestamp::from_millisecond(whole(ms)).unwrap_or(Timestamp::UNIX_EPOCH)
}

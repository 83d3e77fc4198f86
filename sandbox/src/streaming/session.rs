//! The protocol of one WebSocket, independent of how its frames are sent.

use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderMap, StatusCode, header};
use serde_json::{Value, json};
use tokio::sync::mpsc::Receiver;
use web_time::Instant;

use crate::behaviour::Refusals;
use crate::host::sleep;
use crate::hub::stream::{Refusal, Stream};
use crate::hub::{Order, Via};
use crate::id::Id;
use crate::instance::Instance;
use crate::params::Params;
use crate::store::Token;

/// RFC 6455: this type of data is not accepted.
const UNSUPPORTED_DATA: u16 = 1003;

/// A frame, with only what the protocol needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// Text.
    Text(String),
    /// Binary data, which is not accepted.
    Binary,
    /// A ping, which asks for a pong.
    Ping,
    /// The response to a ping.
    Pong,
    /// A close frame, with or without a code.
    Close(Option<u16>),
}

/// The socket is gone.
#[derive(Clone, Copy, Debug)]
pub struct Gone;

/// Sends and receives frames. Dropping it drops a socket that has not been closed.
pub trait Wire: Send {
    /// Sends a frame.
    fn send(&mut self, frame: Frame) -> impl Future<Output = Result<(), Gone>> + Send;

    /// The next frame, or `None` when the socket is gone.
    fn receive(&mut self) -> impl Future<Output = Option<Frame>> + Send;
}

/// The status that rejects a stream now, if any.
pub fn refusal(instance: &Instance) -> Option<StatusCode> {
    let full = instance.hub.is_full().then_some(503);
    let status = instance.hub.refusal(instance.clock.now()).or(full)?;
    Some(StatusCode::from_u16(status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE))
}

/// The valid token of a user, and how it was sent.
pub fn authenticate(
    instance: &Instance,
    headers: &HeaderMap,
    params: &Params,
) -> Option<(Id, Token, Via)> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let query = params
        .get("access_token")
        .text()
        .map(|token| (token, Via::Query));
    let bearer = text(header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
    let header = bearer.map(|token| (token.to_owned(), Via::Header));
    let subprotocol = text(header::SEC_WEBSOCKET_PROTOCOL)
        .map(|token| (token.trim().to_owned(), Via::Subprotocol));
    let (token, via) = query.or(header).or(subprotocol)?;
    let now = instance.clock.now();
    let store = instance.store();
    let token = store
        .tokens
        .get(&token)
        .filter(|token| token.is_good(now))
        .filter(|token| token.account.is_none_or(|id| !store.is_kept_out(id)))?;
    Some((token.account?, token.clone(), via))
}

/// A socket request that was accepted.
#[derive(Debug)]
pub struct Handshake {
    instance: Arc<Instance>,
    account: Id,
    token: Token,
    via: Via,
    params: Params,
}

impl Handshake {
    /// Checks a socket request. Returns the status if it is rejected.
    pub fn new(
        instance: Arc<Instance>,
        headers: &HeaderMap,
        query: Option<&str>,
    ) -> Result<Self, StatusCode> {
        if let Some(status) = refusal(&instance) {
            return Err(status);
        }
        let params = Params::from_query(query.unwrap_or_default());
        let (account, token, via) =
            authenticate(&instance, headers, &params).ok_or(StatusCode::UNAUTHORIZED)?;
        Ok(Self {
            instance,
            account,
            token,
            via,
            params,
        })
    }

    /// The subprotocol of the response.
    pub fn subprotocol(&self) -> Option<String> {
        let echoed = self.via == Via::Subprotocol && self.instance.behaviour().echo_subprotocol;
        echoed.then(|| self.token.text.clone())
    }

    /// Serves the socket until it ends.
    pub async fn serve(self, wire: impl Wire) {
        let instance = self.instance;
        let now = instance.clock.now();
        let (id, inbox) = instance
            .hub
            .join(self.account, self.token.clone(), self.via, now);
        let mut session = Session {
            id,
            account: self.account,
            token: self.token,
            wire,
            instance: Arc::clone(&instance),
        };
        session.run(inbox, &self.params).await;
        instance.hub.leave(id);
    }
}

struct Session<W> {
    id: u64,
    account: Id,
    token: Token,
    wire: W,
    instance: Arc<Instance>,
}

impl<W: Wire> Session<W> {
    /// Returning drops the wire, and with it a socket that has not been closed.
    async fn run(&mut self, mut inbox: Receiver<Order>, query: &Params) {
        if query.get("stream").is_given() {
            let text = |name| query.get(name).text();
            let request = json!({"type": "subscribe", "stream": text("stream"), "tag": text("tag"), "list": text("list")});
            if self.hear(&request).await.is_err() {
                return;
            }
        }
        let mut last_ping = Instant::now();
        let mut answered = true;
        let opened = Instant::now();
        loop {
            let hub = &self.instance.hub;
            // A silent socket does not read either: a client that waits for pongs must notice.
            let silent = hub.is_silent();
            let ping_in = hub.ping_every().saturating_sub(last_ping.elapsed());
            let drop_in = hub
                .drop_every()
                .map(|time| time.saturating_sub(opened.elapsed()));
            // Checked in each round: if events arrive quickly, the timer below never fires.
            if drop_in.is_some_and(|time| time.is_zero()) {
                return;
            }
            tokio::select! {
                order = inbox.recv() => match order {
                    None | Some(Order::Cut) => return,
                    Some(Order::Look) => {}
                    Some(Order::Close(code)) => return self.close(code).await,
                    Some(Order::Raw(text)) => {
                        if self.wire.send(Frame::Text(text)).await.is_err() { return }
                    }
                    Some(Order::Send { event, payload, label }) => {
                        let text = message(event, payload, &label);
                        if self.wire.send(Frame::Text(text)).await.is_err() { return }
                    }
                },
                frame = self.wire.receive(), if !silent => match frame {
                    None | Some(Frame::Close(_)) => return,
                    Some(Frame::Text(text)) => match serde_json::from_str(&text) {
                        Ok(request) if self.instance.behaviour().heed_subscribe => {
                            if self.hear(&request).await.is_err() { return }
                        }
                        Err(_) if self.instance.behaviour().malformed_frames_close => return,
                        Ok(_) | Err(_) => {}
                    }
                    Some(Frame::Binary) => return self.close(Some(UNSUPPORTED_DATA)).await,
                    Some(Frame::Pong) => answered = true,
                    Some(Frame::Ping) => {}
                },
                () = sleep(ping_in), if !silent => {
                    if !std::mem::replace(&mut answered, false) { return }
                    last_ping = Instant::now();
                    if self.wire.send(Frame::Ping).await.is_err() { return }
                }
                () = sleep(drop_in.unwrap_or_default()), if drop_in.is_some() => return,
            }
        }
    }

    /// Handles a message of the client. Anything unknown is ignored.
    async fn hear(&mut self, request: &Value) -> Result<(), Gone> {
        let text = |name: &str| match &request[name] {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let Some(name) = text("stream") else {
            return Ok(());
        };
        let behaviour = self.instance.behaviour();
        let ids = behaviour.ids();
        let list = text("list").map(|list| ids.read(&list).unwrap_or_default().to_string());
        let tag = text("tag");
        match request["type"].as_str() {
            Some("subscribe") => {
                if !behaviour.hashtag_streams && !SOME_STREAMS.contains(&name.as_str()) {
                    return Ok(());
                }
                let stream = {
                    let store = self.instance.store();
                    Stream::parse(
                        &name,
                        tag.as_deref(),
                        list.as_deref(),
                        &store,
                        self.account,
                        &self.token.scopes,
                    )
                };
                match stream {
                    Ok(stream) => self.instance.hub.subscribe(self.id, stream),
                    Err(_) if behaviour.refused_subscriptions == Refusals::Silent => {}
                    Err(Refusal { error, status }) => {
                        let answer = json!({ "error": error, "status": status }).to_string();
                        self.wire.send(Frame::Text(answer)).await?;
                    }
                }
            }
            Some("unsubscribe") => {
                let tag = tag.map(|tag| tag.trim_start_matches('#').to_lowercase());
                let parameter = if name == "list" {
                    list
                } else {
                    tag.filter(|_| name.starts_with("hashtag"))
                };
                self.instance
                    .hub
                    .unsubscribe(self.id, &name, parameter.as_deref());
            }
            _ => {}
        }
        Ok(())
    }

    async fn close(&mut self, code: Option<u16>) {
        self.instance.hub.leave(self.id);
        if self.wire.send(Frame::Close(code)).await.is_ok() {
            // The client responds with its own close frame. Do not wait forever for it.
            tokio::select! {
                () = async { while self.wire.receive().await.is_some() {} } => {}
                () = sleep(Duration::from_secs(2)) => {}
            }
        }
    }
}

/// The streams of a server that ignores all others, such as hashtag streams.
const SOME_STREAMS: [&str; 5] = ["user", "public", "public:local", "list", "direct"];

fn message(event: &str, payload: Option<String>, label: &[String]) -> String {
    let mut message = json!({ "event": event });
    if !label.is_empty() {
        message["stream"] = json!(label);
    }
    if let Some(payload) = payload {
        message["payload"] = Value::String(payload);
    }
    message.to_string()
}

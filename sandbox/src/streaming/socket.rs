//! One WebSocket, from its handshake to its end; and the older way, server-sent events.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::mpsc::Receiver;
use tokio::time::{Interval, interval_at, sleep_until};

use super::hub::{Order, Via};
use super::stream::{Refusal, Stream};
use crate::behaviour::Refusals;
use crate::error::{ApiError, no_route};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::params::Params;
use crate::store::Token;
use crate::store::oauth::covers;

/// RFC 6455: the data is of a kind that is not accepted.
const UNSUPPORTED_DATA: u16 = 1003;
const THUMP_EVERY: Duration = Duration::from_secs(15);
/// The longest message of a client.
const MESSAGE_LIMIT: usize = 64 * 1024;

/// The status with which a handshake is refused, if it is.
fn refusal(instance: &Instance) -> Option<u16> {
    let full = instance.hub.is_full().then_some(503);
    instance.hub.refusal().or(full)
}

/// A good token of a person, and how it came.
fn authenticate(
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
    let store = instance.store();
    let token = store.tokens.get(&token).filter(|token| token.is_good())?;
    Some((token.account?, token.clone(), via))
}

/// `GET /api/v1/streaming`
pub async fn open(
    State(instance): App,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let Ok(upgrade) = upgrade else {
        return no_route().await.into_response();
    };
    if let Some(status) = refusal(&instance) {
        return StatusCode::from_u16(status)
            .unwrap_or(StatusCode::SERVICE_UNAVAILABLE)
            .into_response();
    }
    let params = Params::from_query(query.as_deref().unwrap_or_default());
    let Some((account, token, via)) = authenticate(&instance, &headers, &params) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let upgrade = match via {
        Via::Subprotocol if instance.behaviour().echo_subprotocol => {
            upgrade.protocols([token.text.clone()])
        }
        _ => upgrade,
    };
    let upgrade = upgrade
        .max_message_size(MESSAGE_LIMIT)
        .max_frame_size(MESSAGE_LIMIT);
    upgrade.on_upgrade(move |socket| async move {
        let (id, inbox) = instance.hub.join(account, token.clone(), via);
        let mut session = Session {
            id,
            account,
            token,
            socket,
            instance: Arc::clone(&instance),
        };
        session.run(inbox, &params).await;
        instance.hub.leave(id);
    })
}

struct Session {
    id: u64,
    account: Id,
    token: Token,
    socket: WebSocket,
    instance: Arc<Instance>,
}

impl Session {
    /// Serves the socket until it ends. Returning drops it, which cuts what has not been closed.
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
            // A silent socket is deaf as well: whoever relies on its pongs has to notice.
            let silent = hub.is_silent();
            let ping_at = last_ping + hub.ping_every();
            // Asked each time round: where events come in quickly, the glance below never has its turn.
            if hub
                .drop_every()
                .is_some_and(|time| opened.elapsed() >= time)
            {
                return;
            }
            // The switches may change while the socket rests, so it looks again now and then.
            let glance = Instant::now() + Duration::from_millis(100);
            tokio::select! {
                order = inbox.recv() => match order {
                    None | Some(Order::Cut) => return,
                    Some(Order::Close(code)) => return self.close(code).await,
                    Some(Order::Raw(text)) => {
                        if self.socket.send(Message::text(text)).await.is_err() { return }
                    }
                    Some(Order::Send { event, payload, label }) => {
                        if self.socket.send(Message::text(frame(event, payload, &label))).await.is_err() { return }
                    }
                },
                message = self.socket.recv(), if !silent => match message {
                    None | Some(Err(_) | Ok(Message::Close(_))) => return,
                    Some(Ok(Message::Text(text))) => match serde_json::from_str(&text) {
                        Ok(request) if self.instance.behaviour().heed_subscribe => {
                            if self.hear(&request).await.is_err() { return }
                        }
                        Err(_) if self.instance.behaviour().malformed_frames_close => return,
                        Ok(_) | Err(_) => {}
                    }
                    Some(Ok(Message::Binary(_))) => return self.close(Some(UNSUPPORTED_DATA)).await,
                    Some(Ok(Message::Pong(_))) => answered = true,
                    Some(Ok(Message::Ping(_))) => {}
                },
                () = sleep_until(ping_at.into()), if !silent => {
                    if !std::mem::replace(&mut answered, false) { return }
                    last_ping = Instant::now();
                    if self.socket.send(Message::Ping(Bytes::new())).await.is_err() { return }
                }
                () = sleep_until(glance.into()) => {}
            }
        }
    }

    /// What the client asks for. Anything that is not understood is passed over in silence.
    async fn hear(&mut self, request: &Value) -> Result<(), axum::Error> {
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
                        self.socket.send(Message::text(answer)).await?;
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
        let frame = code.map(|code| CloseFrame {
            code,
            reason: "".into(),
        });
        if self.socket.send(Message::Close(frame)).await.is_ok() {
            // The other side answers with its own close; not for ever.
            let _ = tokio::time::timeout(Duration::from_secs(2), async {
                while let Some(Ok(_)) = self.socket.recv().await {}
            })
            .await;
        }
    }
}

/// The streams of a server without hashtag streams.
const SOME_STREAMS: [&str; 5] = ["user", "public", "public:local", "list", "direct"];

fn frame(event: &str, payload: Option<String>, label: &[String]) -> String {
    let mut frame = json!({ "event": event });
    if !label.is_empty() {
        frame["stream"] = json!(label);
    }
    if let Some(payload) = payload {
        frame["payload"] = Value::String(payload);
    }
    frame.to_string()
}

/// `GET /api/v1/streaming/user` and its like: server-sent events.
pub async fn open_sse(
    State(instance): App,
    Path(path): Path<String>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let params = Params::from_query(query.as_deref().unwrap_or_default());
    let media = params.get("only_media").is_true();
    let name = match (path.trim_matches('/'), media) {
        ("public" | "public/local" | "public/remote", true) => {
            format!("{}:media", path.trim_matches('/').replace('/', ":"))
        }
        (path, _) => path.replace('/', ":"),
    };
    if let Some(status) = refusal(&instance) {
        return StatusCode::from_u16(status)
            .unwrap_or(StatusCode::SERVICE_UNAVAILABLE)
            .into_response();
    }
    let Some((account, token, via)) = authenticate(&instance, &headers, &params) else {
        return ApiError::unauthorized("Missing access token").into_response();
    };
    if !covers(&token.scopes, "read:statuses") && !covers(&token.scopes, "read:notifications") {
        return ApiError::unauthorized("Access token does not have the required scopes")
            .into_response();
    }
    let stream = {
        let (tag, list) = (params.get("tag").text(), params.get("list").text());
        let store = instance.store();
        Stream::parse(
            &name,
            tag.as_deref(),
            list.as_deref(),
            &store,
            account,
            &token.scopes,
        )
    };
    let stream = match stream {
        Ok(stream) => stream,
        Err(Refusal { error, status }) => {
            let error = if error == "Unknown stream type" {
                "Unknown channel requested"
            } else {
                error
            };
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
            return ApiError::new(status, json!({ "error": error })).into_response();
        }
    };
    let (id, inbox) = instance.hub.join(account, token, via);
    instance.hub.subscribe(id, stream);
    let thumps = interval_at(tokio::time::Instant::now() + THUMP_EVERY, THUMP_EVERY);
    let feed = Feed {
        inbox,
        thumps,
        _leaving: Leaving { instance, id },
    };
    let events = futures_util::stream::unfold(feed, |mut feed| async {
        let text = feed.next().await?;
        Some((Ok::<_, Infallible>(text), feed))
    });
    let greeting = futures_util::stream::once(async { Ok(":)\n".to_owned()) });
    let body = Body::from_stream(futures_util::StreamExt::chain(greeting, events));
    (
        [
            (header::CONTENT_TYPE, "text/event-stream"),
            (header::CACHE_CONTROL, "private, no-store"),
        ],
        body,
    )
        .into_response()
}

struct Feed {
    inbox: Receiver<Order>,
    thumps: Interval,
    _leaving: Leaving,
}

impl Feed {
    async fn next(&mut self) -> Option<String> {
        Some(tokio::select! {
            order = self.inbox.recv() => match order? {
                Order::Send { event, payload, .. } => {
                    format!("event: {event}\ndata: {}\n\n", payload.as_deref().unwrap_or("undefined"))
                }
                Order::Raw(text) => text,
                Order::Close(_) | Order::Cut => return None,
            },
            _ = self.thumps.tick() => ":thump\n".to_owned(),
        })
    }
}

/// Takes the connection off the hub when its body is dropped.
struct Leaving {
    instance: Arc<Instance>,
    id: u64,
}

impl Drop for Leaving {
    fn drop(&mut self) {
        self.instance.hub.leave(self.id);
    }
}

//! All open sockets, what they subscribe to, and the ways to hurt them.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::events;
use super::stream::Stream;
use crate::id::Id;
use crate::instance::lock;
use crate::store::{Event, Store, Token};

const PING_EVERY: Duration = Duration::from_secs(30);

/// What the hub tells a socket to do.
#[derive(Clone, Debug)]
pub enum Order {
    Send {
        event: &'static str,
        payload: Option<String>,
        label: Vec<String>,
    },
    Raw(String),
    /// Ends it properly, with this code or with none.
    Close(Option<u16>),
    /// Ends it without a word.
    Cut,
}

/// How the token came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    Subprotocol,
    Header,
    Query,
}

impl Via {
    fn as_str(self) -> &'static str {
        match self {
            Self::Subprotocol => "subprotocol",
            Self::Header => "header",
            Self::Query => "query",
        }
    }
}

#[derive(Debug)]
struct Connection {
    account: Id,
    token: Token,
    via: Via,
    opened: Timestamp,
    streams: Vec<Stream>,
    orders: UnboundedSender<Order>,
}

#[derive(Debug)]
struct State {
    next: u64,
    connections: BTreeMap<u64, Connection>,
    silent: bool,
    refuse_until: Option<Timestamp>,
    refuse_status: u16,
    drop_every: Option<Duration>,
    ping_every: Duration,
}

impl Default for State {
    fn default() -> Self {
        Self {
            next: 0,
            connections: BTreeMap::new(),
            silent: false,
            refuse_until: None,
            refuse_status: 503,
            drop_every: None,
            ping_every: PING_EVERY,
        }
    }
}

#[derive(Debug, Default)]
pub struct Hub {
    state: Mutex<State>,
}

impl Hub {
    pub fn join(
        &self,
        account: Id,
        token: Token,
        via: Via,
        orders: UnboundedSender<Order>,
        opened: Timestamp,
    ) -> u64 {
        let mut state = lock(&self.state);
        state.next += 1;
        let id = state.next;
        state.connections.insert(
            id,
            Connection {
                account,
                token,
                via,
                opened,
                streams: Vec::new(),
                orders,
            },
        );
        id
    }

    pub fn leave(&self, id: u64) {
        lock(&self.state).connections.remove(&id);
    }

    pub fn subscribe(&self, id: u64, stream: Stream) {
        if let Some(connection) = lock(&self.state).connections.get_mut(&id)
            && !connection.streams.contains(&stream)
        {
            connection.streams.push(stream);
        }
    }

    pub fn unsubscribe(&self, id: u64, name: &str, parameter: Option<&str>) {
        if let Some(connection) = lock(&self.state).connections.get_mut(&id) {
            connection
                .streams
                .retain(|stream| stream.name != name || stream.parameter.as_deref() != parameter);
        }
    }

    /// Hands each event to the subscriptions that it concerns.
    pub fn deliver(&self, store: &Store, what: &[Event], joined_list_label: bool) {
        let state = lock(&self.state);
        for event in what {
            for connection in state.connections.values() {
                if let Event::TokenRevoked(text) = event
                    && connection.token.text == *text
                {
                    let _ = connection.orders.send(Order::Close(None));
                }
                if state.silent {
                    continue;
                }
                for stream in &connection.streams {
                    let told = events::message(
                        store,
                        stream,
                        connection.account,
                        &connection.token.scopes,
                        event,
                    );
                    if let Some((event, payload)) = told {
                        let label = stream.label(joined_list_label);
                        let _ = connection.orders.send(Order::Send {
                            event,
                            payload,
                            label,
                        });
                    }
                }
            }
        }
    }

    pub fn is_silent(&self) -> bool {
        lock(&self.state).silent
    }

    pub fn ping_every(&self) -> Duration {
        lock(&self.state).ping_every
    }

    pub fn drop_every(&self) -> Option<Duration> {
        lock(&self.state).drop_every
    }

    /// The status with which handshakes are refused at the moment.
    pub fn refusal(&self, now: Timestamp) -> Option<u16> {
        let state = lock(&self.state);
        state
            .refuse_until
            .is_some_and(|until| now < until)
            .then_some(state.refuse_status)
    }

    fn order_all(&self, order: &Order) {
        for connection in lock(&self.state).connections.values() {
            let _ = connection.orders.send(order.clone());
        }
    }

    pub fn cut_all(&self) {
        self.order_all(&Order::Cut);
    }

    /// Carries out what `POST /sandbox/streaming` says. Gives the number of sockets open before.
    pub fn hurt(&self, how: &Value, now: Timestamp) -> Result<usize, String> {
        let open = lock(&self.state).connections.len();
        let Value::Object(fields) = how else {
            return Err("an object is expected".to_owned());
        };
        let milliseconds = |value: &Value| value.as_u64().map(Duration::from_millis);
        for (name, value) in fields {
            match (name.as_str(), value) {
                ("silent", Value::Bool(silent)) => lock(&self.state).silent = *silent,
                ("refuse_status", Value::Number(status)) => {
                    let status = status
                        .as_u64()
                        .and_then(|status| u16::try_from(status).ok());
                    lock(&self.state).refuse_status = status.ok_or("refuse_status is no status")?;
                }
                ("refuse_for_ms", value) => {
                    let time = value.as_i64().ok_or("refuse_for_ms is no number")?;
                    let until = now.saturating_add(SignedDuration::from_millis(time));
                    lock(&self.state).refuse_until = until.ok();
                }
                ("drop_every_ms", value) => {
                    lock(&self.state).drop_every =
                        milliseconds(value).filter(|time| !time.is_zero());
                }
                ("ping_every_ms", value) => {
                    lock(&self.state).ping_every = milliseconds(value)
                        .filter(|time| !time.is_zero())
                        .ok_or("ping_every_ms is no number")?;
                }
                ("send", Value::String(text)) => self.order_all(&Order::Raw(text.clone())),
                ("send", frame) => self.order_all(&Order::Raw(frame.to_string())),
                ("drop", Value::Bool(now)) => {
                    if *now {
                        self.cut_all();
                    }
                }
                ("close", code) => {
                    let code = code.as_u64().and_then(|code| u16::try_from(code).ok());
                    self.order_all(&Order::Close(code));
                }
                _ => return Err(format!("`{name}` is not known, or not with this value")),
            }
        }
        Ok(open)
    }

    /// Ends every hurt; sockets stay open.
    pub fn heal(&self) {
        let mut state = lock(&self.state);
        let healthy = State::default();
        state.silent = healthy.silent;
        state.refuse_until = healthy.refuse_until;
        state.refuse_status = healthy.refuse_status;
        state.drop_every = healthy.drop_every;
        state.ping_every = healthy.ping_every;
    }

    pub fn reset(&self) {
        self.cut_all();
        self.heal();
    }

    pub fn count(&self) -> usize {
        lock(&self.state).connections.len()
    }

    pub fn json(&self, store: &Store) -> Value {
        let now = store.clock.now().as_millisecond();
        lock(&self.state)
            .connections
            .values()
            .map(|connection| {
                json!({
                    "account": store.accounts.get(&connection.account).map(crate::store::Account::acct),
                    "streams": connection.streams.iter().map(|stream| stream.label(false)).collect::<Vec<_>>(),
                    "via": connection.via.as_str(),
                    "open_ms": now - connection.opened.as_millisecond(),
                })
            })
            .collect()
    }
}

//! All open sockets, their subscriptions, and the faults that can be injected into them.

mod events;
pub mod stream;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::mpsc::{self, Receiver, Sender};

use stream::Stream;

use crate::behaviour::{Behaviour, ListLabel, SharedEvents};
use crate::id::Id;
use crate::lock::lock;
use crate::preset::Ids;
use crate::store::{Event, Store, Token};

const PING_EVERY: Duration = Duration::from_secs(30);
/// How many messages wait for a socket that does not read. With one more, the socket is dropped.
const MOST_WAITING: usize = 1024;
/// The maximum number of subscriptions of a socket. Further ones are ignored.
const MOST_STREAMS: usize = 256;
/// The maximum number of open sockets.
const MOST_SOCKETS: usize = 1024;

/// What the hub sends to the task of a socket.
#[derive(Clone, Debug)]
pub enum Order {
    Send {
        event: &'static str,
        payload: Option<String>,
        label: Vec<String>,
    },
    Raw(String),
    /// Closes the socket with a close frame, with this code or with none.
    Close(Option<u16>),
    /// Drops the connection, without a close frame.
    Cut,
    /// The settings of the hub have changed.
    Look,
}

/// How the client sent its token.
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
    orders: Sender<Order>,
}

impl Connection {
    /// Queues an order. Returns false if the queue is full: the caller then removes the socket, which ends
    /// it.
    fn gets(&self, order: Order) -> bool {
        !matches!(self.orders.try_send(order), Err(TrySendError::Full(_)))
    }
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
    /// Whether the maximum number of sockets is reached.
    pub fn is_full(&self) -> bool {
        self.count() >= MOST_SOCKETS
    }

    pub fn join(
        &self,
        account: Id,
        token: Token,
        via: Via,
        opened: Timestamp,
    ) -> (u64, Receiver<Order>) {
        let (orders, inbox) = mpsc::channel(MOST_WAITING);
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
        (id, inbox)
    }

    pub fn leave(&self, id: u64) {
        lock(&self.state).connections.remove(&id);
    }

    pub fn subscribe(&self, id: u64, stream: Stream) {
        if let Some(connection) = lock(&self.state).connections.get_mut(&id)
            && connection.streams.len() < MOST_STREAMS
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

    /// Sends each event to the subscriptions that it concerns.
    pub fn deliver(&self, store: &Store, what: &[Event], behaviour: &Behaviour) {
        let server = behaviour.server();
        let ids = behaviour.ids();
        let joined = behaviour.list_label == ListLabel::Joined;
        let mut state = lock(&self.state);
        let silent = state.silent;
        for event in what {
            state.connections.retain(|_, connection| {
                let mut reads = true;
                if let Event::TokenRevoked(text) = event
                    && connection.token.text == *text
                {
                    reads = connection.gets(Order::Close(None));
                }
                if silent {
                    return reads;
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
                        let payload = payload.map(|payload| match server {
                            Some(server) => server.payload(&payload),
                            None => payload,
                        });
                        let label = if behaviour.frame_labels {
                            stream.label(joined, ids)
                        } else {
                            Vec::new()
                        };
                        reads &= connection.gets(Order::Send {
                            event,
                            payload,
                            label,
                        });
                        let shared = matches!(event, "notification" | "delete");
                        if shared && behaviour.shared_events == SharedEvents::Once {
                            break;
                        }
                    }
                }
                reads
            });
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

    /// The status that rejects handshakes now, if any.
    pub fn refusal(&self, now: Timestamp) -> Option<u16> {
        let state = lock(&self.state);
        state
            .refuse_until
            .is_some_and(|until| now < until)
            .then_some(state.refuse_status)
    }

    fn order_all(&self, order: &Order) {
        lock(&self.state)
            .connections
            .retain(|_, connection| connection.gets(order.clone()));
    }

    pub fn cut_all(&self) {
        self.order_all(&Order::Cut);
    }

    /// Applies the body of `POST /sandbox/streaming`. Returns how many sockets were open before.
    pub fn hurt(&self, how: &Value, now: Timestamp) -> Result<usize, String> {
        let open = self.count();
        let done = self.switch(how, now);
        self.order_all(&Order::Look);
        done.map(|()| open)
    }

    fn switch(&self, how: &Value, now: Timestamp) -> Result<(), String> {
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
        Ok(())
    }

    /// Ends all faults. Sockets stay open.
    pub fn heal(&self) {
        {
            let mut state = lock(&self.state);
            let healthy = State::default();
            state.silent = healthy.silent;
            state.refuse_until = healthy.refuse_until;
            state.refuse_status = healthy.refuse_status;
            state.drop_every = healthy.drop_every;
            state.ping_every = healthy.ping_every;
        }
        self.order_all(&Order::Look);
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
                    "streams": connection.streams.iter().map(|stream| stream.label(false, Ids::Snowflake)).collect::<Vec<_>>(),
                    "via": connection.via.as_str(),
                    "open_ms": now - connection.opened.as_millisecond(),
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_that_does_not_read_is_given_up() {
        let store = crate::seed::sample();
        let token = store.tokens.values().next().cloned();
        let token = token.expect("the seed has tokens");
        let hub = Hub::default();
        let (_, deaf) = hub.join(Id::default(), token.clone(), Via::Header, store.clock.now());
        let (_, mut reader) = hub.join(Id::default(), token, Via::Header, store.clock.now());
        for _ in 0..=MOST_WAITING {
            hub.order_all(&Order::Raw("x".repeat(100)));
            assert!(reader.try_recv().is_ok());
        }
        assert_eq!(hub.count(), 1);
        assert_eq!(deaf.len(), MOST_WAITING);
    }

    #[test]
    fn a_socket_has_as_many_streams_as_anybody_needs() {
        let store = crate::seed::sample();
        let account = *store.accounts.keys().next().expect("the seed has people");
        let token = store.tokens.values().next().cloned();
        let token = token.expect("the seed has tokens");
        let hub = Hub::default();
        let (id, _inbox) = hub.join(account, token.clone(), Via::Header, store.clock.now());
        for number in 0..2 * MOST_STREAMS {
            let tag = number.to_string();
            let stream = Stream::parse("hashtag", Some(&tag), None, &store, account, &token.scopes);
            hub.subscribe(id, stream.expect("a stream of a hashtag"));
        }
        let streams = &hub.json(&store)[0]["streams"];
        assert_eq!(streams.as_array().map(Vec::len), Some(MOST_STREAMS));
    }
}

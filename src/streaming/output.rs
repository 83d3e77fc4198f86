//! The outputs of the machine.

use super::connection::{Handshake, State};
use super::entity_id::EntityId;
use super::event::{Event, Source};
use super::input::SubscriptionId;
use super::stream_key::StreamKey;
use std::rc::Rc;

/// A REST request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetch {
    /// The subscription.
    pub subscription: SubscriptionId,
    /// A number that must be returned with the response.
    pub ticket: u32,
    /// The stream.
    pub key: Rc<StreamKey>,
    /// What to request.
    pub query: Query,
}

/// What to request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// A page of a list.
    Page {
        /// The list.
        source: Source,
        /// The maximum number of entries.
        limit: u32,
        /// `min_id`: the entries after this one.
        after: Option<EntityId>,
        /// `max_id`: the entries before this one.
        before: Option<EntityId>,
    },
    /// Those of these statuses that still exist.
    Statuses(Vec<EntityId>),
}

/// A message to the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Subscribe to a stream.
    Subscribe(Rc<StreamKey>),
    /// Unsubscribe from it.
    Unsubscribe(Rc<StreamKey>),
    /// Subscribe to a stream that no server has. The server must reject it.
    Ping,
}

/// The list that is used to check the token.
pub type ListOf = (Rc<StreamKey>, Source);

/// Why a stream ended without being closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EndReason<P> {
    /// The token is not valid.
    Unauthorized(P),
    /// The server refuses sockets, and polling is not allowed.
    NoSocket,
    /// The server rejected this stream.
    Rejected(P),
    /// `resume` is a time, or an id of another server: no position in this server's lists.
    ForeignResume,
}

/// An output. They are carried out in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Output<P> {
    /// Open a socket.
    Connect {
        /// The handshake.
        handshake: Handshake,
        /// The stream that the URL names, if any.
        stream: Option<Rc<StreamKey>>,
    },
    /// Close the socket, if there is one.
    Disconnect,
    /// Send a message through the socket.
    Send(Message),
    /// Check over REST whether the server is up and the token is valid. With a list: confirm an error of the
    /// account's endpoint.
    Probe(Option<ListOf>),
    /// Send a REST request.
    Fetch(Fetch),
    /// The connection's state has changed.
    State(State),
    /// Deliver an event to the listeners.
    Deliver {
        /// The subscription.
        subscription: SubscriptionId,
        /// The event.
        event: Event<P>,
    },
    /// Deliver that a status was deleted while the connection was lost.
    Deleted {
        /// The subscription.
        subscription: SubscriptionId,
        /// The status.
        id: EntityId,
    },
    /// Report that events between these ids were missed and cannot be fetched any more. Both ids are
    /// exclusive; `None` if not known.
    Gap {
        /// The subscription.
        subscription: SubscriptionId,
        /// The last id before the gap.
        from: Option<EntityId>,
        /// The first id after the gap.
        to: Option<EntityId>,
    },
    /// A subscription has ended.
    End {
        /// The subscription.
        subscription: SubscriptionId,
        /// The reason.
        reason: EndReason<P>,
    },
}

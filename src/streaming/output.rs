//! What the machine wants done.

use super::connection::{Handshake, State};
use super::entity_id::EntityId;
use super::event::{Event, Source};
use super::input::SubscriptionId;
use super::stream_key::StreamKey;
use std::rc::Rc;

/// What is asked of REST.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetch {
    /// For which subscription.
    pub subscription: SubscriptionId,
    /// To be given back with the response.
    pub ticket: u32,
    /// The stream.
    pub key: Rc<StreamKey>,
    /// What to ask for.
    pub query: Query,
}

/// What to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// A page of a list.
    Page {
        /// Which list.
        source: Source,
        /// How many entries at most.
        limit: u32,
        /// `min_id`: the entries that follow this one.
        after: Option<EntityId>,
        /// `max_id`: the entries before this one.
        before: Option<EntityId>,
    },
    /// Those of these statuses that still exist.
    Statuses(Vec<EntityId>),
}

/// What is sent through the socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Subscribe to a stream.
    Subscribe(Rc<StreamKey>),
    /// Unsubscribe from it.
    Unsubscribe(Rc<StreamKey>),
    /// Subscribe to a stream that no server has, which has to be answered by a rejection.
    Ping,
}

/// Which list is asked whether the token is good.
pub type ListOf = (Rc<StreamKey>, Source);

/// Why a stream ended that nobody closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EndReason<P> {
    /// The token is not good.
    Unauthorized(P),
    /// The server takes no sockets, and REST may not take over.
    NoSocket,
    /// The server rejected this stream.
    Rejected(P),
    /// It was to go on after a time, or another server's id, which is no place in this server's lists.
    ForeignResume,
}

/// What is to be done, in this order.
#[derive(Debug, Clone, PartialEq)]
pub enum Output<P> {
    /// Open a socket.
    Connect {
        /// How.
        handshake: Handshake,
        /// The stream to name in the URL, where one is.
        stream: Option<Rc<StreamKey>>,
    },
    /// Close the socket, if there is one.
    Disconnect,
    /// Send a message through the socket.
    Send(Message),
    /// Ask over REST whether server and token are good; a list, where what the account's own endpoint
    /// said was in doubt.
    Probe(Option<ListOf>),
    /// Ask REST.
    Fetch(Fetch),
    /// The connection's state is another.
    State(State),
    /// Hand this to those who listen.
    Deliver {
        /// To whom.
        subscription: SubscriptionId,
        /// What.
        event: Event<P>,
    },
    /// The same of a status that was deleted while nobody listened.
    Deleted {
        /// To whom.
        subscription: SubscriptionId,
        /// Which status.
        id: EntityId,
    },
    /// Events between these (both exclusive, none where it is not known) were missed and cannot be had
    /// again.
    Gap {
        /// For whom.
        subscription: SubscriptionId,
        /// The last before them.
        from: Option<EntityId>,
        /// The first after them.
        to: Option<EntityId>,
    },
    /// A subscription is no more.
    End {
        /// Which.
        subscription: SubscriptionId,
        /// Why.
        reason: EndReason<P>,
    },
}

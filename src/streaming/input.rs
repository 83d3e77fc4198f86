//! What the machine is told.

use super::connection::{Closed, ConnectionOptions, Probe};
use super::entity_id::EntityId;
use super::event::{Entry, Event};
use super::rejection::Rejection;
use super::stream_key::StreamKey;
use std::rc::Rc;

/// Which subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SubscriptionId(pub u32);

/// How a subscription is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionOptions {
    /// How many missed entries of a list are fetched at most.
    pub backfill_limit: u32,
    /// Whether REST may take over where the socket does not serve it.
    pub polling: bool,
    /// The last id that an earlier run delivered.
    pub resume: Option<EntityId>,
    /// The same of notifications, where the stream brings something else too.
    pub resume_notification: Option<EntityId>,
}

/// What happened.
#[derive(Debug)]
pub enum Input<P> {
    /// What those who listen ask of the connection.
    Configure(ConnectionOptions),
    /// Somebody listens to a stream.
    Subscribe {
        /// What the subscription is called from now on.
        subscription: SubscriptionId,
        /// Its stream.
        key: Rc<StreamKey>,
        /// How it is wanted.
        options: SubscriptionOptions,
    },
    /// Somebody wants the socket for subscriptions to come.
    Hold(SubscriptionId),
    /// Nobody listens to a subscription any more, or wants the socket.
    Unsubscribe(SubscriptionId),
    /// The socket opened.
    Opened,
    /// The socket closed, or did not open.
    Closed(Closed),
    /// An event came, on the stream that its label names; some servers give it no label.
    Event {
        /// The stream.
        key: Option<Rc<StreamKey>>,
        /// The event.
        event: Event<P>,
    },
    /// Something came that means nothing here.
    Heard,
    /// The server rejected something.
    Rejected(Rejection<P>),
    /// REST said whether server and token are good.
    Probed(Probe<P>),
    /// REST answered what a subscription asked.
    Fetched {
        /// Which subscription.
        subscription: SubscriptionId,
        /// The ticket of the request.
        ticket: u32,
        /// What the list has, in any order.
        result: Result<Vec<Entry<P>>, Failure<P>>,
    },
    /// The network came back, or the page is seen again.
    Wake,
    /// Time passed.
    Timeout,
}

/// Why REST did not give what was asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure<P> {
    /// The server counts requests: how many milliseconds to wait.
    Limited(f64),
    /// The token is not good.
    Unauthorized(P),
    /// There is no such list.
    NotFound,
    /// The same request never succeeds.
    Lasting,
    /// It may succeed later.
    Passing,
}

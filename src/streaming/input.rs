//! The inputs of the machine.

use super::connection::{Closed, ConnectionOptions, Probe};
use super::entity_id::EntityId;
use super::event::{Entry, Event};
use super::rejection::Rejection;
use super::stream_key::StreamKey;
use std::rc::Rc;

/// Identifies a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SubscriptionId(pub u32);

/// The options of a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionOptions {
    /// The maximum number of missed entries of a list to fetch.
    pub backfill_limit: u32,
    /// Whether to poll over REST if the socket does not deliver events.
    pub polling: bool,
    /// The last id that an earlier run delivered.
    pub resume: Option<EntityId>,
    /// The same for notifications, if the stream also has something else.
    pub resume_notification: Option<EntityId>,
}

/// An input.
#[derive(Debug)]
pub enum Input<P> {
    /// The options of the connection changed.
    Configure(ConnectionOptions),
    /// A listener wants a stream.
    Subscribe {
        /// The id of the new subscription.
        subscription: SubscriptionId,
        /// Its stream.
        key: Rc<StreamKey>,
        /// Its options.
        options: SubscriptionOptions,
    },
    /// A caller wants the socket to stay open for later subscriptions.
    Hold(SubscriptionId),
    /// The last listener of a subscription was removed, or the socket is not wanted any more.
    Unsubscribe(SubscriptionId),
    /// The socket opened.
    Opened,
    /// The socket was closed, or did not open.
    Closed(Closed),
    /// An event came.
    Event {
        /// The stream, from the label; some servers send none.
        key: Option<Rc<StreamKey>>,
        /// The event.
        event: Event<P>,
    },
    /// An unknown message came.
    Heard,
    /// The server rejected something.
    Rejected(Rejection<P>),
    /// The result of a check over REST.
    Probed(Probe<P>),
    /// The response to a request of a subscription.
    Fetched {
        /// The subscription.
        subscription: SubscriptionId,
        /// The ticket of the request.
        ticket: u32,
        /// The entries, in any order.
        result: Result<Vec<Entry<P>>, Failure<P>>,
    },
    /// The client has a token, and had none.
    NewToken,
    /// The network is back, or the page is visible again.
    Wake,
    /// The time returned by `poll_timeout` has come.
    Timeout,
}

/// Why a REST request failed.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure<P> {
    /// The rate limit is reached: how many milliseconds to wait.
    Limited(f64),
    /// The token is not valid.
    Unauthorized(P),
    /// The list does not exist.
    NotFound,
    /// A permanent error: the same request will never succeed.
    Lasting,
    /// A temporary error.
    Passing,
}

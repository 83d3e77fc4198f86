//! Streaming: events as they happen, over one WebSocket for all streams of a client.
//!
//! ```text
//! stream, iterator   what callers hold: a listener's methods, events in a loop
//!   │
//! driver             hands inputs in, carries outputs out
//!   ├─ socket          the platform's sockets and the page's wake-up calls
//!   ├─ address         where the streaming server is
//!   ├─ frame           what comes through the socket, and entities, read
//!   └─ rest            what the machine asks of REST
//!   │
//! machine            all streams of a client: what is to be done?
//!   ├─ connection      open, wait, ping, give up
//!   │    └─ backoff
//!   ├─ rejection       which stream an error was about
//!   └─ subscription    one stream: each event once, in order, a gap where one may be missing
//!        └─ delivered    what was delivered of one list, by id
//! ```
//!
//! The machine decides and does nothing: it knows neither JavaScript nor a clock, and plain `cargo test`
//! runs it, against a model of a server (model).

pub mod address;
pub mod backoff;
pub mod connection;
pub mod delivered;
pub mod driver;
pub mod entity_id;
pub mod event;
pub(crate) mod frame;
pub mod input;
pub(crate) mod iterator;
pub mod machine;
#[cfg(any(test, fuzzing))]
pub(crate) mod model;
pub mod output;
mod queue;
pub mod rejection;
pub mod rest;
mod socket;
pub mod stream;
pub mod stream_key;
pub mod subscriber;
pub mod subscription;

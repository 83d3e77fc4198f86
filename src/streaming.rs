//! Streaming: events as they happen, over one WebSocket for all streams of a client.
//!
//! ```text
//! stream, iterator   what callers get: callbacks of a listener, events in a loop
//!   │
//! driver             hands in inputs, carries out outputs
//!   ├─ socket          WebSockets, and the page's wake-up events
//!   ├─ address         finds the streaming server
//!   ├─ frame           reads messages and entities
//!   └─ rest            the machine's REST requests
//!   │
//! machine            all streams of a client: decides what to do
//!   ├─ connection      opens, waits, pings, gives up
//!   │    └─ backoff
//!   ├─ rejection       finds the stream that an error belongs to
//!   └─ subscription    one stream: each event once, in order; a gap if one may be missing
//!        └─ delivered    what was delivered from one list, by id
//! ```
//!
//! The machine decides, but does nothing itself. It uses neither JavaScript nor a clock, so `cargo test` can
//! run it against a model of a server (`model`).

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

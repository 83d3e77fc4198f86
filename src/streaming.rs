//! Streaming: events as they happen, over one WebSocket for all streams of a client.
//!
//! ```text
//! stream.js    what callers hold: a listener's methods, iterators
//!   │
//! driver.js    sockets (socket.js), timers, REST: carries out, and tells the hub what happened
//!   │
//! hub          all streams of a client: what is to be done?
//!   ├─ connection   open, wait, ask for a sign of life, give up
//!   │    └─ backoff
//!   ├─ refusal      which stream an error was about
//!   └─ lane         one stream: each event once, in order, without holes
//!        └─ sequence   what was delivered of one numbering, by id
//! ```
//!
//! The hub decides and does nothing: what happens goes in together with the time, what is to be done
//! comes out as actions. Entities and events (events.js) stay in items.js: the hub knows them by
//! numbers that it can compare. It knows no JavaScript, and plain `cargo test` runs it.

pub mod action;
pub mod backoff;
mod bridge;
pub mod channel;
pub mod connection;
pub mod hub;
pub mod item;
pub mod lane;
#[cfg(test)]
mod model;
pub mod refusal;
pub mod sequence;

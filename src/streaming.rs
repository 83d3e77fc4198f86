//! Streaming: events as they happen, over one WebSocket for all streams of a client.
//!
//! ```text
//! socket ──► channel, event       which stream, what kind of event
//!              │
//!            hub                  all streams of a client
//!            ├─ connection        open, wait, ask for a sign of life, give up
//!            │    └─ backoff
//!            ├─ refusal           which stream an error was about
//!            └─ lane              one stream: each event once, in order, without holes
//!                 └─ sequence     what was delivered of one numbering; order
//! ```
//!
//! All of these decide and do nothing: what happens goes in together with the time, what is to be
//! done comes out as actions. They know no JavaScript, and plain `cargo test` runs them.

pub mod backoff;
pub mod channel;
pub mod connection;
pub mod endpoint;
pub mod event;
pub mod hub;
pub mod lane;
pub mod message;
#[cfg(test)]
mod model;
pub mod order;
pub mod refusal;
pub mod sequence;

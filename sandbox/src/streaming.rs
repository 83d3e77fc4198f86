//! Streaming: sockets that subscribe to streams, and the hub that sends them events.

mod session;
#[cfg(feature = "serve")]
pub mod socket;
pub mod sse;

pub use session::{Frame, Gone, Handshake, Wire};

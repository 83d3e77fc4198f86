//! Streaming: sockets that subscribe to streams, and a hub that knows what goes to which.

mod session;
#[cfg(feature = "serve")]
pub mod socket;
pub mod sse;

pub use session::{Frame, Gone, Handshake, Wire};

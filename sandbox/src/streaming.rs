//! Streaming: sockets that subscribe to streams, and a hub that knows what goes to which.

mod events;
mod hub;
mod session;
#[cfg(feature = "serve")]
pub mod socket;
pub mod sse;
mod stream;

pub use hub::Hub;
pub use session::{Frame, Gone, Handshake, Wire};

//! Streaming: sockets that subscribe to streams, and a hub that knows what goes to which.

mod events;
mod hub;
mod socket;
mod stream;

pub use hub::Hub;
pub use socket::{open, open_sse};

//! Tests of the sandbox through HTTP and WebSocket, on a real port.

mod accounts;
mod cors;
mod faults;
mod harness;
mod hostile;
mod media;
mod oauth;
mod pages;
mod presets;
mod statuses;
mod streaming;
mod surroundings;
mod visibility;

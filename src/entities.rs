//! The entities of Mastodon's API.
//!
//! An entity is declared once and serves two purposes. In Rust it is a type that reads and writes
//! Mastodon's JSON, with unknown fields in `other`: the client for Rust returns it, the sandbox sends it,
//! and tests compare it with responses of real servers. In the npm package it is a TypeScript declaration
//! with its documentation. The WebAssembly module has no code for it, because the server's JSON is
//! returned as it is.
//!
//! The files have the names of the groups of Mastodon's API. Everything is exported from here.

mod declare;

mod accounts;
mod admin;
mod announcements;
mod annual_reports;
mod async_refresh;
mod authentication;
mod collections;
mod conversations;
mod emoji;
mod errors;
mod filters;
mod instance;
mod json;
mod lists;
mod markers;
mod media;
mod nodeinfo;
mod notifications;
mod polls;
mod preferences;
mod preview_cards;
mod push;
mod reports;
mod search;
mod statuses;
mod streaming;
mod tags;

pub use accounts::*;
pub use admin::*;
pub use announcements::*;
pub use annual_reports::*;
pub use async_refresh::*;
pub use authentication::*;
pub use collections::*;
pub use conversations::*;
pub use emoji::*;
pub use errors::*;
pub use filters::*;
pub use instance::*;
pub use json::*;
pub use lists::*;
pub use markers::*;
pub use media::*;
pub use nodeinfo::*;
pub use notifications::*;
pub use polls::*;
pub use preferences::*;
pub use preview_cards::*;
pub use push::*;
pub use reports::*;
pub use search::*;
pub use statuses::*;
pub use streaming::*;
pub use tags::*;

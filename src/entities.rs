//! What Mastodon answers.
//!
//! An entity is declared once and serves two purposes. Natively it is a plain Rust type that reads
//! and writes Mastodon's JSON: the sandbox answers with it, and the tests hold it against answers of
//! real servers. In the package it is a TypeScript declaration with its documentation and nothing
//! else: no code for it is in the WebAssembly module, since the JSON of a server is handed to the
//! caller as it came.
//!
//! The files are named as the groups of Mastodon's API. Everything is exported from here.

mod declare;

mod accounts;
mod annual_reports;
mod authentication;
mod collections;
mod emoji;
mod filters;
mod instance;
mod lists;
mod media;
mod notifications;
mod polls;
mod preview_cards;
mod reports;
mod search;
mod statuses;
mod tags;

pub use accounts::*;
pub use annual_reports::*;
pub use authentication::*;
pub use collections::*;
pub use emoji::*;
pub use filters::*;
pub use instance::*;
pub use lists::*;
pub use media::*;
pub use notifications::*;
pub use polls::*;
pub use preview_cards::*;
pub use reports::*;
pub use search::*;
pub use statuses::*;
pub use tags::*;

//! The Mastodon API for browsers and edge runtimes.
//!
//! An `api/` method describes a request; `client` sends it by way of `http`; the answer goes straight
//! back to the caller. Options are checked by `params`, failures become errors in `error`, pages are
//! read in `page`. `entities` are the types of what Mastodon answers: they drive the TypeScript and
//! are checked against real answers natively.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::todo,
        clippy::unimplemented,
        clippy::unreachable
    )
)]
// wasm-bindgen hands values over; borrowing them would only look like thrift. Numbers from
// JavaScript are doubles, and are cut where that is said.
#![allow(
    clippy::needless_pass_by_value,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::float_cmp
)]
// The table of methods is a long text, and the compiler writes it.
#![allow(long_running_const_eval)]

mod api;
pub use api::table;
mod auth;
pub mod client;
pub mod entities;
pub mod params;
pub mod streaming;

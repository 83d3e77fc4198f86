//! The Mastodon API for browsers and edge runtimes.
//!
//! ```text
//! api/        one file an area: a row a method, and what a method does beside its request
//! params/     what the caller passed → checked → query, JSON, form or multipart
//! client/     origin, token, limits, retry, version: one place that sends
//! http        a response → JSON value or error
//! page        Link header → pagination, iterators
//! streaming/  the stream machine (no I/O), and its driver (socket, timer, REST)
//! oauth/, login/   OAuth, PKCE; the login in two calls
//! entities/   the types of what Mastodon sends
//! error       one type; the JavaScript classes are made at the border
//! js, text, redact   the platform; cuts at bytes; secrets out of texts
//! ```
//!
//! Data goes one way: `api` knows no `fetch`, `http` knows no endpoint, and nothing imports what is
//! above it. Why things are as they are stands in docs/decisions.md.

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
// What only the exported class uses is checked with the feature `npm`.
#![cfg_attr(not(feature = "npm"), allow(dead_code, unused_imports, unused_macros))]
// The functions of rows have one signature each kind, whether they can fail or not.
#![allow(clippy::unnecessary_wraps)]
#![allow(
    clippy::needless_pass_by_value,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::float_cmp
)]
// The table of methods is a long text, and the compiler writes it.
#![allow(long_running_const_eval)]

mod api;
mod async_refresh;
mod base64;
mod blurhash;
pub mod client;
pub mod entities;
pub mod error;
mod filters;
pub mod http;
pub mod js;
mod login;
mod oauth;
pub mod page;
pub mod params;
mod push;
mod redact;
mod status_length;
pub mod streaming;
mod text;
mod word;

//! The Mastodon API for browsers and edge runtimes: what of it is Rust.
//!
//! `api` declares the methods, a row each, and `entities` the types of what Mastodon answers: the
//! TypeScript is made of both, and real answers are read into the types natively. `params` checks what
//! callers pass, `streaming` decides what becomes of streams. What waits for answers stands beside it in
//! JavaScript: client.js sends by way of http.js, failures become errors in error.js, pages are read in
//! page.js (docs/decisions.md says why).

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

/// What is allocated are a few lists and texts for the length of a call, and the rows of streams: half of
/// the standard library's allocator would serve none of them (docs/decisions.md).
#[cfg(target_arch = "wasm32")]
#[global_allocator]
#[allow(unsafe_code, reason = "the module has one thread")]
static ALLOCATOR: lol_alloc::AssumeSingleThreaded<lol_alloc::FreeListAllocator> =
    unsafe { lol_alloc::AssumeSingleThreaded::new(lol_alloc::FreeListAllocator::new()) };

mod api;
pub use api::table;
mod auth;
pub mod client;
pub mod entities;
pub mod params;
pub mod streaming;

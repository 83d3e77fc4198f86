//! A Mastodon API client for Rust programs that run as WebAssembly: pages with Leptos, Yew or Dioxus, Workers
//! with workers-rs. The npm package `mastodon-wasm` is the same crate with a JavaScript interface.
//!
//! Log in:
//!
//! ```no_run
//! use mastodon_wasm::options::{FinishLoginOptions, StartLoginOptions};
//! use mastodon_wasm::{Error, Mastodon};
//!
//! async fn log_in(server: &str) -> Result<Option<Mastodon>, Error> {
//!     // At every start of the page: has a user just come back from the server?
//!     if let Some(mastodon) = Mastodon::finish_login(&FinishLoginOptions::default()).await? {
//!         return Ok(Some(mastodon));
//!     }
//!     let options = StartLoginOptions::default().api_base_url(server).client_name("My app");
//!     Mastodon::start_login(&options).await
//! }
//! ```
//!
//! Read, and post:
//!
//! ```no_run
//! use mastodon_wasm::options::{StatusPostOptions, TimelineOptions, Visibility};
//! # async fn example(mastodon: mastodon_wasm::Mastodon) -> Result<(), mastodon_wasm::Error> {
//! let page = mastodon.timeline_home(&TimelineOptions::default().limit(20)).await?;
//! for status in &page {
//!     println!("{}: {}", status.account.acct, status.uri);
//! }
//! let older = page.next(&mastodon).await?;
//!
//! let options = StatusPostOptions::default().visibility(Visibility::Unlisted);
//! mastodon.status_post("Hello from Rust", &options).await?;
//! # Ok(())
//! # }
//! ```
//!
//! Listen:
//!
//! ```no_run
//! use futures_util::StreamExt;
//! use mastodon_wasm::Event;
//! use mastodon_wasm::options::StreamOptions;
//! # async fn example(mastodon: mastodon_wasm::Mastodon) -> Result<(), mastodon_wasm::Error> {
//! let mut events = mastodon.stream_user(&StreamOptions::default())?;
//! while let Some(event) = events.next().await {
//!     if let Event::Update(status) = event? {
//!         println!("{}", status.account.acct);
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! [`Mastodon`] has all methods, [`options`] their options, [`entities`] the types of responses. The feature
//! `typed` (on by default) contains all of this; `npm` is the class for JavaScript.
//!
//! # The layers
//!
//! ```text
//! fuzz                 fuzz targets, also for cargo test
//! typed                the client for Rust: its arguments → params, JSON responses → entities
//! api                  one file per area: a row per method, and what a method does besides its request
//! login                the login of a page in two calls: its storage, token refresh
//! oauth                OAuth 2, PKCE
//! streaming            the stream machine (no I/O), and its driver (socket, timer, REST)
//! walk                 pagination: iterators over pages and entries
//! filters push         filters as the server applies them; Web Push messages
//! client               origin, token, rate limits, retries: the only place that sends
//! async_refresh        the header of that name
//! page                 Link header → pagination
//! endpoint             the request of a method: rows, requests
//! scopes               what a token may do
//! http                 a response → JSON value or error
//! url                  URLs that callers or servers give
//! params               arguments → checked → query, JSON, form or multipart
//! error                one type; it becomes a JavaScript class when it leaves the module
//! value                arguments of Rust programs
//! js                   the platform
//! entities             the types of responses
//! version blurhash status_length   pure functions
//! redact base64 word text          pure functions
//! ```
//!
//! Dependencies go one way: `api` knows no `fetch`, `http` knows no endpoint, and no line imports a line
//! above it (tested by `tests/docs/layers.test.mjs`). Exception: macros that declare rows count as code of
//! the modules that use them. The reasons are in docs/decisions.md.

#![cfg_attr(
    not(any(test, fuzzing)),
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
// wasm-bindgen passes values by value, so borrowing them would save nothing. Numbers from JavaScript are
// doubles, and casts that truncate are intended.
// Without the feature `npm`, code that only the exported class uses is unused.
#![cfg_attr(not(feature = "npm"), allow(dead_code, unused_imports, unused_macros))]
// All functions of one kind of row have the same signature, even those that cannot fail.
#![allow(clippy::unnecessary_wraps)]
#![allow(
    clippy::needless_pass_by_value,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::float_cmp
)]
// The compiler writes the table of methods, which is a long text.
#![allow(long_running_const_eval)]

#[cfg(not(any(feature = "typed", feature = "npm")))]
compile_error!("enable the feature `typed` (it is on by default), or `npm`");

/// Compiles the code in these pages.
#[cfg(doctest)]
mod pages {
    #[doc = include_str!("../docs/guide/rust.md")]
    struct Guide;
    #[doc = include_str!("../README.md")]
    struct Readme;
}

mod api;
mod async_refresh;
mod base64;
mod blurhash;
#[doc(hidden)]
pub mod client;
#[doc(hidden)]
pub mod endpoint;
pub mod entities;
#[doc(hidden)]
pub mod error;
mod filters;
#[cfg(all(any(test, fuzzing), feature = "typed"))]
#[doc(hidden)]
pub mod fuzz;
#[doc(hidden)]
pub mod http;
#[doc(hidden)]
pub mod js;
mod login;
mod oauth;
#[doc(hidden)]
pub mod page;
#[doc(hidden)]
pub mod params;
mod push;
mod redact;
mod scopes;
mod status_length;
#[doc(hidden)]
pub mod streaming;
mod text;
#[cfg(feature = "typed")]
mod typed;
#[doc(hidden)]
pub mod url;
#[cfg(feature = "typed")]
mod value;
#[doc(hidden)]
pub mod version;
mod walk;
mod word;

#[cfg(feature = "typed")]
pub use error::Class as ErrorKind;
#[cfg(feature = "typed")]
pub use params::Id;
#[cfg(feature = "typed")]
pub use typed::{
    BlurhashPicture, BrokenEntry, Entries, Error, Event, EventStream, Filters, HasStatus, Mastodon,
    Page, PageRequest, Pages, Paginated, Pagination, Pixels, RateLimit, Refreshable, Response,
};

/// The options of all methods, and the types of their values.
#[cfg(feature = "typed")]
pub mod options {
    pub use crate::api::options::*;
    pub use crate::client::options::*;
    pub use crate::params::{
        Day, FocalPoint, PageOptions, ProfileFields, RequestOptions, Size, TimelineId, Timestamp,
        Upload, WriteOptions,
    };
}

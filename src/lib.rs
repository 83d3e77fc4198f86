//! The Mastodon API for browsers and edge runtimes.

pub mod entities;

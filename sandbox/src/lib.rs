//! A small Mastodon server in memory, for the demo and the end-to-end tests. The README beside this crate
//! describes what it can do, and how to inject faults.

mod admin;
mod api;
mod behaviour;
mod caller;
mod clock;
mod cors;
mod error;
mod faults;
mod front;
mod host;
mod html;
mod hub;
mod id;
mod in_process;
mod instance;
mod life;
mod lock;
mod log;
mod oauth;
mod page;
mod pages;
mod params;
mod picture;
mod preset;
mod push;
mod rate_limit;
mod render;
mod room;
mod routes;
mod seed;
#[cfg(feature = "serve")]
mod server;
mod snapshot;
mod store;
mod streaming;
mod text;

use std::net::{IpAddr, Ipv4Addr};

pub use front::{Cut, Peer};
pub use host::{Clock, Random};
pub use in_process::{InProcess, Refused};
pub use push::Push;
pub use seed::{CLIENT_ID, CLIENT_SECRET, Newcomer, Person, Seed};
#[cfg(feature = "serve")]
pub use server::{Sandbox, serve};
pub use streaming::{Frame, Gone, Handshake, Wire};

/// How a sandbox is started.
#[derive(Clone, Debug)]
pub struct Config {
    /// The address to listen on.
    pub host: IpAddr,
    /// The port. 0 means a free port; a port that is in use is replaced by a free one.
    pub port: u16,
    /// Whether accounts do something every few seconds.
    pub life: bool,
    /// Requests that a token may make in five minutes.
    pub rate_limit: u64,
    /// The source of the time.
    pub clock: Clock,
    /// The source of tokens, codes and secrets.
    pub random: Random,
    /// The kind of server: one of [`presets`].
    pub preset: String,
    /// The initial data.
    pub seed: Seed,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            life: false,
            rate_limit: 7500,
            clock: Clock::default(),
            random: Random::default(),
            preset: preset::MASTODON.to_owned(),
            seed: Seed::default(),
        }
    }
}

/// The kinds of servers that the sandbox can behave like.
pub fn presets() -> impl Iterator<Item = &'static str> {
    preset::names()
}

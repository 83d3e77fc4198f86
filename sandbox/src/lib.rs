//! A small Mastodon in memory: what the demo runs against and what the end-to-end tests hurt. The
//! README beside this crate says what it can do and how it is told to misbehave.

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
    /// The port; 0 takes a free one, as does a port that is taken.
    pub port: u16,
    /// Whether the inhabitants do something every few seconds.
    pub life: bool,
    /// Requests allowed per token in five minutes.
    pub rate_limit: u64,
    /// Tells the time.
    pub clock: Clock,
    /// Gives tokens, codes and secrets.
    pub random: Random,
    /// The kind of server that it is: one of [`presets`].
    pub preset: String,
    /// Who is there at the start.
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

/// The kinds of servers that the sandbox can be.
pub fn presets() -> impl Iterator<Item = &'static str> {
    preset::names()
}

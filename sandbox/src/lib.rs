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
mod html;
mod id;
mod instance;
mod life;
mod log;
mod oauth;
mod page;
mod pages;
mod params;
mod picture;
mod preset;
mod rate_limit;
mod render;
mod room;
mod seed;
mod server;
mod store;
mod streaming;
mod text;

use std::io;
use std::net::{IpAddr, Ipv4Addr};

pub use seed::{CLIENT_ID, CLIENT_SECRET, Person};

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
    /// The kind of server that it is: one of [`presets`].
    pub preset: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            life: false,
            rate_limit: 7500,
            preset: preset::MASTODON.to_owned(),
        }
    }
}

/// The kinds of servers that the sandbox can be.
pub fn presets() -> impl Iterator<Item = &'static str> {
    preset::names()
}

/// A sandbox that runs, until it is stopped or dropped.
pub struct Sandbox {
    server: server::Server,
}

/// Starts a sandbox on the current tokio runtime.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn serve(config: Config) -> io::Result<Sandbox> {
    Ok(Sandbox {
        server: server::start(config).await?,
    })
}

impl Sandbox {
    /// Where it is: `http://127.0.0.1:4100`.
    pub fn url(&self) -> &str {
        &self.server.instance.base
    }

    /// Where its sockets are opened: `ws://127.0.0.1:4100`.
    pub fn streaming_url(&self) -> String {
        self.url().replacen("http", "ws", 1)
    }

    /// The people who can log in.
    pub fn people(&self) -> Vec<Person> {
        let ids = self.server.instance.behaviour().ids();
        seed::people(&self.server.instance.store())
            .into_iter()
            .map(|person| Person {
                id: ids.bare(&person.id),
                ..person
            })
            .collect()
    }

    /// Cuts all connections and stops.
    pub fn stop(self) {
        self.server.stop();
    }
}

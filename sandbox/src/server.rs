//! The listening socket and its connections. hyper is used directly: a fault may drop a connection, which a
//! router cannot do.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::body::Body;
use axum::routing::get;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::front::Peer;
use crate::instance::Instance;
use crate::streaming::socket;
use crate::{Config, InProcess, Person};

/// The maximum size of a request's headers.
const HEAD_LIMIT: usize = 64 * 1024;
/// How many connections are served at once; others wait.
const MOST_CONNECTIONS: usize = 1024;

/// A running sandbox. It ends when it is stopped or dropped.
#[derive(Debug)]
pub struct Sandbox {
    core: InProcess,
    tasks: Vec<JoinHandle<()>>,
}

/// Listens on the configured port, or on a free one if that is in use.
async fn listen(config: &Config) -> io::Result<TcpListener> {
    match TcpListener::bind((config.host, config.port)).await {
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            TcpListener::bind((config.host, 0)).await
        }
        listener => listener,
    }
}

/// Starts a sandbox on the current tokio runtime.
///
/// # Errors
/// If it cannot listen on the address.
pub async fn serve(config: Config) -> io::Result<Sandbox> {
    let listener = listen(&config).await?;
    let mut address = listener.local_addr()?;
    if address.ip().is_unspecified() {
        // The server listens on all interfaces, but URLs need a specific address.
        address.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    let core = InProcess::with(format!("http://{address}"), &config, |router| {
        router.route("/api/v1/streaming", get(socket::open))
    });
    let accepting = tokio::spawn(accept(listener, core.clone()));
    let ticking = tokio::spawn(tick(core.clone()));
    let living = core.clone();
    let living = tokio::spawn(async move { living.live().await });
    Ok(Sandbox {
        core,
        tasks: vec![accepting, ticking, living],
    })
}

async fn accept(listener: TcpListener, core: InProcess) {
    // When this task ends, this set is dropped, which ends every connection.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept(), if connections.len() < MOST_CONNECTIONS => match accepted {
                Ok((stream, peer)) => {
                    connections.spawn(connection(stream, peer, core.clone()));
                }
                // Most likely there are no file handles left. Waits until some are closed.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Decrements the number of connections when it is dropped.
struct Counted(Arc<Instance>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.connections.fetch_sub(1, Ordering::Relaxed);
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, core: InProcess) {
    let _ = stream.set_nodelay(true);
    core.instance.connections.fetch_add(1, Ordering::Relaxed);
    let _counted = Counted(Arc::clone(&core.instance));
    let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let core = core.clone();
        let from = Peer { address: peer.ip() };
        async move { core.answer(request.map(Body::new), from).await }
    });
    // An error means that the client disconnected, or that a fault dropped the connection.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .max_buf_size(HEAD_LIMIT)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades()
        .await;
}

async fn tick(core: InProcess) {
    let mut clock = tokio::time::interval(Duration::from_millis(250));
    loop {
        clock.tick().await;
        core.tick();
    }
}

impl Sandbox {
    /// The URL of the sandbox, for example `http://127.0.0.1:4100`.
    pub fn url(&self) -> &str {
        self.core.base()
    }

    /// The base URL of its sockets, for example `ws://127.0.0.1:4100`.
    pub fn streaming_url(&self) -> String {
        self.url().replacen("http", "ws", 1)
    }

    /// The people who can log in.
    pub fn people(&self) -> Vec<Person> {
        self.core.people()
    }

    /// Drops all connections and stops.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.core.cut_sockets();
        for task in &self.tasks {
            task.abort();
        }
    }
}

//! The listening socket and the connections on it. hyper is used directly, since a fault may ask for
//! a connection to be cut, which a router cannot do.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::instance::Instance;
use crate::{Config, admin, api, front, oauth, pages, streaming};

/// The largest upload: Mastodon's limit for videos, and a little for what is around it.
const BODY_LIMIT: usize = 100 * 1024 * 1024;
/// The longest head of a request.
const HEAD_LIMIT: usize = 64 * 1024;
/// How many connections are served at once; others wait.
const MOST_CONNECTIONS: usize = 1024;

pub struct Server {
    pub instance: Arc<Instance>,
    tasks: Vec<JoinHandle<()>>,
}

/// Listens, on another port where the wanted one is taken.
async fn listen(config: &Config) -> io::Result<TcpListener> {
    match TcpListener::bind((config.host, config.port)).await {
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            TcpListener::bind((config.host, 0)).await
        }
        listener => listener,
    }
}

pub async fn start(config: Config) -> io::Result<Server> {
    let listener = listen(&config).await?;
    let mut address = listener.local_addr()?;
    if address.ip().is_unspecified() {
        // Listening everywhere is no address to go to.
        address.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    let base = format!("http://{address}");
    let instance = Arc::new(Instance::new(base, &config));
    let router = routes(&instance).with_state(Arc::clone(&instance));
    let accepting = tokio::spawn(accept(listener, Arc::clone(&instance), router));
    let ticking = tokio::spawn(tick(Arc::clone(&instance)));
    let living = tokio::spawn(crate::life::run(Arc::clone(&instance)));
    Ok(Server {
        instance,
        tasks: vec![accepting, ticking, living],
    })
}

fn routes(instance: &Arc<Instance>) -> Router<Arc<Instance>> {
    use axum::routing::get;
    Router::new()
        .merge(api::routes())
        .merge(oauth::routes())
        .merge(admin::routes(instance))
        .route("/api/v1/streaming", get(streaming::open))
        .route("/api/v1/streaming/{*path}", get(streaming::open_sse))
        .merge(pages::routes())
        .fallback(pages::fallback)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
}

async fn accept(listener: TcpListener, instance: Arc<Instance>, router: Router) {
    // Dropped with this task, and with it every connection.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept(), if connections.len() < MOST_CONNECTIONS => match accepted {
                Ok((stream, peer)) => {
                    connections.spawn(serve(stream, peer, Arc::clone(&instance), router.clone()));
                }
                // Out of file handles, most likely: some will be given back.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Counts a connection as long as it is served.
struct Counted(Arc<Instance>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.connections.fetch_sub(1, Ordering::Relaxed);
    }
}

async fn serve(stream: TcpStream, peer: SocketAddr, instance: Arc<Instance>, router: Router) {
    let _ = stream.set_nodelay(true);
    instance.connections.fetch_add(1, Ordering::Relaxed);
    let _counted = Counted(Arc::clone(&instance));
    let count = AtomicU32::new(0);
    let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        front::answer(
            Arc::clone(&instance),
            router.clone(),
            request.map(Body::new),
            front::Peer {
                address: peer,
                request: count.fetch_add(1, Ordering::Relaxed) + 1,
            },
        )
    });
    // An error here is a client that went away, or a cut that was asked for.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .max_buf_size(HEAD_LIMIT)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades()
        .await;
}

async fn tick(instance: Arc<Instance>) {
    let mut clock = tokio::time::interval(Duration::from_millis(250));
    loop {
        clock.tick().await;
        instance.store().tick();
    }
}

impl Server {
    pub fn stop(&self) {
        self.instance.hub.cut_all();
        for task in &self.tasks {
            task.abort();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

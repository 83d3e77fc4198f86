//! The instance without a network: a request in, a response out.

use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::header::{DATE, Entry};
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use tokio::sync::mpsc::UnboundedReceiver;

use crate::error::no_route;
use crate::front::{self, Cut, Peer};
use crate::instance::{App, Instance};
use crate::lock::lock;
use crate::push::Push;
use crate::routes::routes;
use crate::streaming::Handshake;
use crate::{Config, Person, clock, seed};

/// How a socket request is rejected.
#[derive(Debug)]
pub enum Refused {
    /// With this HTTP status.
    With(StatusCode),
    /// A fault drops the connection.
    Cut(Cut),
}

/// Where the handler of a socket request leaves the handshake for `open_socket`.
#[derive(Clone, Debug, Default)]
struct Door(Arc<Mutex<Option<Handshake>>>);

async fn enter(
    State(instance): App,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    door: Option<Extension<Door>>,
) -> Response {
    let Some(Extension(door)) = door else {
        return no_route().await.into_response();
    };
    match Handshake::new(instance, &headers, query.as_deref()) {
        Ok(handshake) => {
            *lock(&door.0) = Some(handshake);
            StatusCode::SWITCHING_PROTOCOLS.into_response()
        }
        Err(status) => status.into_response(),
    }
}

/// An instance that is called directly, without a network.
#[derive(Clone, Debug)]
pub struct InProcess {
    pub(crate) instance: Arc<Instance>,
    router: Router,
}

impl InProcess {
    /// An instance whose URLs start with `base`, for example `https://mastodon.example`.
    pub fn new(base: String, config: &Config) -> Self {
        Self::with(base, config, |router| {
            router.route("/api/v1/streaming", get(enter))
        })
    }

    /// The same, with routes that the caller adds.
    pub(crate) fn with(
        base: String,
        config: &Config,
        add: impl FnOnce(Router<Arc<Instance>>) -> Router<Arc<Instance>>,
    ) -> Self {
        let instance = Arc::new(Instance::new(base, config));
        let router = add(routes(&instance)).with_state(Arc::clone(&instance));
        Self { instance, router }
    }

    /// What its URLs start with.
    pub fn base(&self) -> &str {
        &self.instance.base
    }

    /// Handles a request.
    ///
    /// # Errors
    /// If a fault drops the connection.
    pub async fn answer(&self, request: Request<Body>, from: Peer) -> Result<Response, Cut> {
        let (instance, router) = (Arc::clone(&self.instance), self.router.clone());
        let mut response = front::answer(instance, router, request, from).await?;
        let now = clock::http(self.instance.clock.now());
        let now = now.and_then(|text| HeaderValue::try_from(text).ok());
        if let (Entry::Vacant(date), Some(now)) = (response.headers_mut().entry(DATE), now) {
            date.insert(now);
        }
        Ok(response)
    }

    /// Handles a request for a socket.
    ///
    /// # Errors
    /// Why it is rejected.
    pub async fn open_socket(
        &self,
        mut request: Request<Body>,
        from: Peer,
    ) -> Result<Handshake, Refused> {
        let door = Door::default();
        request.extensions_mut().insert(door.clone());
        let response = self.answer(request, from).await.map_err(Refused::Cut)?;
        let handshake = lock(&door.0).take();
        handshake
            .filter(|_| response.status() == StatusCode::SWITCHING_PROTOCOLS)
            .ok_or_else(|| Refused::With(response.status()))
    }

    /// Does what is due: publishes scheduled statuses, ends polls. To be called a few times a second.
    pub fn tick(&self) {
        self.instance.store().tick();
    }

    /// Lets accounts post, follow and so on from time to time, if this is enabled. Never returns.
    pub async fn live(&self) {
        self.instance.live().await;
    }

    /// The messages to push services, from now on. The receiver must send them: the instance does not.
    pub fn pushes(&self) -> UnboundedReceiver<Push> {
        self.instance.pushes()
    }

    /// The people who can log in.
    pub fn people(&self) -> Vec<Person> {
        let ids = self.instance.behaviour().ids();
        seed::people(&self.instance.store())
            .into_iter()
            .map(|person| Person {
                id: ids.bare(&person.id),
                ..person
            })
            .collect()
    }

    /// Restores the initial state.
    pub fn reset(&self) {
        self.instance.reset();
    }

    /// Drops all sockets.
    pub fn cut_sockets(&self) {
        self.instance.hub.cut_all();
    }
}

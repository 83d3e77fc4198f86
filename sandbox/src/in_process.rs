//! The instance without a network: a request in, a response out.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;

use crate::front::{self, Cut, Peer};
use crate::instance::Instance;
use crate::routes::routes;
use crate::streaming::Handshake;
use crate::{Config, Person, life, seed};

/// An instance that is asked by calling it.
#[derive(Clone, Debug)]
pub struct InProcess {
    pub(crate) instance: Arc<Instance>,
    router: Router,
}

impl InProcess {
    /// One whose addresses start with `base`: `https://mastodon.example`.
    pub fn new(base: String, config: &Config) -> Self {
        Self::with(base, config, |router| router)
    }

    /// The same, with what a shell answers itself.
    pub(crate) fn with(
        base: String,
        config: &Config,
        add: impl FnOnce(Router<Arc<Instance>>) -> Router<Arc<Instance>>,
    ) -> Self {
        let instance = Arc::new(Instance::new(base, config));
        let router = add(routes(&instance)).with_state(Arc::clone(&instance));
        Self { instance, router }
    }

    /// What its addresses start with.
    pub fn base(&self) -> &str {
        &self.instance.base
    }

    /// Answers a request.
    ///
    /// # Errors
    /// When a fault says that the connection is cut.
    pub async fn answer(&self, request: Request<Body>, from: Peer) -> Result<Response, Cut> {
        let (instance, router) = (Arc::clone(&self.instance), self.router.clone());
        front::answer(instance, router, request, from).await
    }

    /// Judges a request for a socket at `/api/v1/streaming`.
    ///
    /// # Errors
    /// The status with which it is refused.
    pub fn open_socket(
        &self,
        headers: &HeaderMap,
        query: Option<&str>,
    ) -> Result<Handshake, StatusCode> {
        Handshake::new(Arc::clone(&self.instance), headers, query)
    }

    /// Does what is due: scheduled posts, polls that end. To be called a few times a second.
    pub fn tick(&self) {
        self.instance.store().tick();
    }

    /// Lets the inhabitants do something now and then, while that is switched on. Does not end.
    pub async fn live(&self) {
        life::run(Arc::clone(&self.instance)).await;
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

    /// Everything as it was at the start.
    pub fn reset(&self) {
        self.instance.reset();
    }

    /// Cuts all sockets.
    pub fn cut_sockets(&self) {
        self.instance.hub.cut_all();
    }
}

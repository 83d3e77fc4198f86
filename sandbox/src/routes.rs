//! All routes except that of sockets, which the native server and the in-process instance add differently.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;

use crate::instance::Instance;
use crate::{admin, api, oauth, pages, streaming};

/// The maximum size of an upload: Mastodon's limit for videos, and a little for the rest of the body.
const BODY_LIMIT: usize = 100 * 1024 * 1024;

pub fn routes(instance: &Arc<Instance>) -> Router<Arc<Instance>> {
    Router::new()
        .merge(api::routes())
        .merge(oauth::routes())
        .merge(admin::routes(instance))
        .route("/api/v1/streaming/{*path}", get(streaming::sse::open))
        .merge(pages::routes())
        .fallback(pages::fallback)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
}

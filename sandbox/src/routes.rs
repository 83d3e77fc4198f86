//! What is answered where. A socket's address is the shell's: it knows how one is opened.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;

use crate::instance::Instance;
use crate::{admin, api, oauth, pages, streaming};

/// The largest upload: Mastodon's limit for videos, and a little for what is around it.
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

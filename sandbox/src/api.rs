//! The REST API, a module an area. Adding an endpoint is a handler and a line in its module's
//! `routes`.

mod accounts;
mod announcements;
mod conversations;
mod credentials;
mod directory;
mod filters;
mod instance;
mod lists;
mod markers;
mod media;
mod notifications;
mod polls;
mod push;
mod relationships;
mod request;
mod scheduled;
mod search;
mod statuses;
mod tags;
mod timelines;
mod trends;

use std::sync::Arc;

use axum::Router;

use crate::instance::Instance;

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .merge(accounts::routes())
        .merge(announcements::routes())
        .merge(conversations::routes())
        .merge(credentials::routes())
        .merge(directory::routes())
        .merge(filters::routes())
        .merge(instance::routes())
        .merge(lists::routes())
        .merge(markers::routes())
        .merge(media::routes())
        .merge(notifications::routes())
        .merge(polls::routes())
        .merge(push::routes())
        .merge(relationships::routes())
        .merge(scheduled::routes())
        .merge(search::routes())
        .merge(statuses::routes())
        .merge(tags::routes())
        .merge(timelines::routes())
        .merge(trends::routes())
}

//! The REST API, one module for each area. A new endpoint is a handler and a line in its module's `routes`.

mod accounts;
mod announcements;
mod annual_reports;
mod collections;
mod conversations;
mod credentials;
mod directory;
mod filters;
mod instance;
mod lists;
mod markers;
mod media;
mod moderation;
mod notifications;
mod policy;
mod polls;
mod push;
mod refreshes;
mod relationships;
mod reports;
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
        .merge(annual_reports::routes())
        .merge(collections::routes())
        .merge(conversations::routes())
        .merge(credentials::routes())
        .merge(directory::routes())
        .merge(filters::routes())
        .merge(instance::routes())
        .merge(lists::routes())
        .merge(markers::routes())
        .merge(media::routes())
        .merge(moderation::routes())
        .merge(notifications::routes())
        .merge(policy::routes())
        .merge(polls::routes())
        .merge(push::routes())
        .merge(refreshes::routes())
        .merge(relationships::routes())
        .merge(reports::routes())
        .merge(scheduled::routes())
        .merge(search::routes())
        .merge(statuses::routes())
        .merge(tags::routes())
        .merge(timelines::routes())
        .merge(trends::routes())
}

//! `/api/v1/trends`, computed from the store.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use mastodon_wasm::entities::{PreviewCard, Status, Tag};

use super::request::part;
use crate::caller::Caller;
use crate::error::Answer;
use crate::instance::{App, Instance};
use crate::params::Params;
use crate::store::Trend;

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/trends", get(tags))
        .route("/api/v1/trends/tags", get(tags))
        .route("/api/v1/trends/statuses", get(statuses))
        .route("/api/v1/trends/links", get(links))
}

async fn tags(State(app): App, caller: Caller, params: Params) -> Answer<Vec<Tag>> {
    let viewer = caller.viewer("read")?;
    let store = app.store();
    let names = part(store.trending_tags(), &params, 10, 20);
    Ok(Json(
        names
            .iter()
            .map(|name| store.render_tag(name, viewer))
            .collect(),
    ))
}

async fn statuses(State(app): App, caller: Caller, params: Params) -> Answer<Vec<Status>> {
    let viewer = caller.viewer("read:statuses")?;
    let store = app.store();
    let rows = store.statuses_by_warmth().into_iter().filter(|status| {
        !store.rejected_trends.contains(&Trend::Status(status.id))
            && viewer.is_none_or(|me| !store.hides(me, status.account))
    });
    Ok(Json(store.statuses_of(part(rows, &params, 20, 40), viewer)))
}

async fn links(State(app): App, caller: Caller, params: Params) -> Answer<Vec<PreviewCard>> {
    caller.viewer("read")?;
    let store = app.store();
    let cards = store.links().filter_map(|card| {
        let rejected = store
            .rejected_trends
            .contains(&Trend::Link(card.url.clone()));
        (!rejected).then_some(PreviewCard { id: None, ..card })
    });
    Ok(Json(part(cards, &params, 10, 20)))
}

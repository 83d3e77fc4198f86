//! `/api/v1/trends`: counted from what is there.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use mastodon_wasm::entities::{PreviewCard, Status, Tag, TrendingLinkHistory};

use crate::caller::Caller;
use crate::error::Answer;
use crate::instance::{App, Instance};
use crate::params::Params;
use crate::store::{self, Visibility};

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/trends", get(tags))
        .route("/api/v1/trends/tags", get(tags))
        .route("/api/v1/trends/statuses", get(statuses))
        .route("/api/v1/trends/links", get(links))
}

fn part<T>(
    all: impl IntoIterator<Item = T>,
    params: &Params,
    default: usize,
    most: usize,
) -> Vec<T> {
    let number = |name: &str| {
        params
            .get(name)
            .int()
            .and_then(|number| usize::try_from(number).ok())
    };
    let limit = number("limit").unwrap_or(default).clamp(1, most);
    all.into_iter()
        .skip(number("offset").unwrap_or(0))
        .take(limit)
        .collect()
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
    let warmth = |status: &store::Status| {
        store.favourites.count_to(status.id) + 2 * store.reblogs.count_to(status.id)
    };
    let mut rows: Vec<&store::Status> = store
        .statuses
        .values()
        .filter(|status| {
            status.visibility == Visibility::Public
                && status.reblog_of.is_none()
                && warmth(status) > 0
        })
        .filter(|status| viewer.is_none_or(|me| !store.hides(me, status.account)))
        .collect();
    rows.sort_by_key(|status| std::cmp::Reverse((warmth(status), status.id)));
    Ok(Json(store.statuses_of(part(rows, &params, 20, 40), viewer)))
}

async fn links(State(app): App, caller: Caller, params: Params) -> Answer<Vec<PreviewCard>> {
    caller.viewer("read")?;
    let store = app.store();
    let cards = store
        .statuses
        .values()
        .rev()
        .filter(|status| status.visibility == Visibility::Public);
    let cards = cards
        .filter_map(|status| Some((status.created_at, store.card_of(status)?)))
        .map(|(at, card)| PreviewCard {
            history: Some(vec![TrendingLinkHistory {
                day: crate::clock::midnight(at).as_second().to_string(),
                accounts: "1".to_owned(),
                uses: "1".to_owned(),
                other: serde_json::Map::new(),
            }]),
            ..card
        });
    Ok(Json(part(cards, &params, 10, 20)))
}

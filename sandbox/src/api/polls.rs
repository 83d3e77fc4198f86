//! `/api/v1/polls`

use std::sync::Arc;

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use mastodon_wasm::entities::Poll;

use super::request::At;
use crate::caller::Caller;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::params::Params;
use crate::store::{self, Store};

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/polls/{id}", get(one))
        .route("/api/v1/polls/{id}/votes", post(vote))
}

/// A poll is visible to everyone who can see its status.
fn existing(
    store: &Store,
    viewer: Option<Id>,
    id: Id,
) -> Result<(&store::Poll, &store::Status), ApiError> {
    let poll = store.polls.get(&id).ok_or_else(ApiError::not_found)?;
    let status = store
        .status_for(viewer, poll.status)
        .ok_or_else(ApiError::not_found)?;
    Ok((poll, status))
}

async fn one(State(app): App, caller: Caller, At(id): At) -> Answer<Poll> {
    let viewer = caller.viewer("read:statuses")?;
    let store = app.store();
    Ok(Json(
        store.render_poll(existing(&store, viewer, id)?.0, viewer),
    ))
}

async fn vote(State(app): App, caller: Caller, At(id): At, params: Params) -> Answer<Poll> {
    let me = caller.person("write:statuses")?;
    let mut store = app.store();
    let (poll, status) = existing(&store, Some(me), id)?;
    let choices: Vec<i64> = params
        .get("choices")
        .items()
        .into_iter()
        .filter_map(crate::params::Field::int)
        .collect();
    if status.account == me {
        return Err(ApiError::invalid("You cannot vote in your own polls"));
    }
    if poll.expired(store.clock.now()) {
        return Err(ApiError::invalid("The poll has already ended"));
    }
    if poll.votes.contains_key(&me) {
        return Err(ApiError::invalid("You have already voted on this poll"));
    }
    let mut chosen: Vec<usize> = Vec::new();
    for choice in choices {
        let choice = usize::try_from(choice)
            .ok()
            .filter(|choice| *choice < poll.options.len());
        let choice =
            choice.ok_or_else(|| ApiError::invalid("The chosen vote option does not exist"))?;
        if !chosen.contains(&choice) {
            chosen.push(choice);
        }
    }
    if chosen.is_empty() || chosen.len() > 1 && !poll.multiple {
        return Err(ApiError::invalid("Choice is invalid"));
    }
    store.vote(me, id, chosen);
    Ok(Json(
        store.render_poll(existing(&store, Some(me), id)?.0, Some(me)),
    ))
}

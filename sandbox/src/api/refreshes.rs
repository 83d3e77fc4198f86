//! `/api/v1_alpha/async_refreshes`: what the instance still fetches after its response, such as the thread of
//! a remote status. Here, a refresh ends after a while without new replies.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use mastodon_wasm::entities::{AsyncRefresh, AsyncRefreshStatus};
use serde_json::{Value, json};

use crate::caller::Caller;
use crate::clock;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::store::{Account, Store};

/// How long a refresh runs.
const SECONDS: i64 = 2;
const PREFIX: &str = "context-";

pub fn routes() -> Router<Arc<Instance>> {
    Router::new().route("/api/v1_alpha/async_refreshes/{id}", get(one))
}

impl Store {
    /// The header for a thread whose refresh is running. The first request starts the refresh.
    pub fn refresh(&mut self, status: Id) -> Option<String> {
        let author = self.statuses.get(&status)?.account;
        if self.accounts.get(&author).is_none_or(Account::is_local) {
            return None;
        }
        let now = self.clock.now();
        let end = *self
            .refreshes
            .entry(status)
            .or_insert_with(|| clock::after(now, SECONDS));
        (end > now).then(|| format!("id=\"{PREFIX}{status}\", retry={SECONDS}, result_count=0"))
    }
}

async fn one(State(app): App, caller: Caller, Path(id): Path<String>) -> Answer<Value> {
    caller.person("read")?;
    let store = app.store();
    let status = id.strip_prefix(PREFIX).and_then(|id| id.parse().ok());
    let end = status.and_then(|status: Id| store.refreshes.get(&status));
    let end = end.ok_or_else(ApiError::not_found)?;
    let status = if *end > store.clock.now() {
        AsyncRefreshStatus::Running
    } else {
        AsyncRefreshStatus::Finished
    };
    let refresh = AsyncRefresh {
        id,
        status,
        result_count: Some(0),
        other: serde_json::Map::new(),
    };
    Ok(Json(json!({ "async_refresh": refresh })))
}

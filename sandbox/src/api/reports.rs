//! `/api/v1/reports`: reports to the moderators.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use mastodon_wasm::entities;

use crate::caller::Caller;
use crate::error::{Answer, ApiError};
use crate::instance::{App, Instance};
use crate::params::Params;
use crate::store::Report;

const CATEGORIES: [&str; 4] = ["spam", "legal", "violation", "other"];
const COMMENT_LIMIT: usize = 1000;

pub fn routes() -> Router<Arc<Instance>> {
    Router::new().route("/api/v1/reports", post(create))
}

async fn create(State(app): App, caller: Caller, params: Params) -> Answer<entities::Report> {
    let me = caller.person("write:reports")?;
    let mut store = app.store();
    let target = params.get("account_id").id();
    let target = target
        .filter(|id| store.accounts.contains_key(id))
        .ok_or_else(ApiError::not_found)?;
    let statuses = params.get("status_ids").ids();
    let about = |id| {
        store
            .status_for(Some(me), id)
            .is_some_and(|status| status.account == target)
    };
    if !statuses.iter().all(|id| about(*id)) {
        return Err(ApiError::not_found());
    }
    let comment = params.get("comment").text().unwrap_or_default();
    if comment.chars().count() > COMMENT_LIMIT {
        return Err(ApiError::invalid(
            "Comment is too long (maximum is 1000 characters)",
        ));
    }
    let rules = params.get("rule_ids").texts();
    let category = match params.get("category").presence() {
        // Only the category `violation` has rules.
        _ if !rules.is_empty() => "violation".to_owned(),
        Some(name) if CATEGORIES.contains(&name.as_str()) => name,
        Some(name) => {
            return Err(ApiError::unprocessable(&format!(
                "'{name}' is not a valid category"
            )));
        }
        None => "other".to_owned(),
    };
    let (id, at) = (store.counters.reports.next(), store.clock.now());
    let report = Report {
        id,
        account: me,
        target,
        statuses,
        rules,
        category,
        comment,
        forwarded: params.get("forward").is_true(),
        at,
        updated_at: at,
        assigned: None,
        resolved: None,
    };
    let answer = store.render_report(&report);
    store.reports.insert(id, report);
    for owner in store.owners() {
        store.notify_of_report(owner, me, id);
    }
    Ok(Json(answer))
}

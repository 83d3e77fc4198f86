//! `/api/v1/admin/reports`

use std::sync::Arc;

use axum::extract::State;
use axum::http::Uri;
use axum::routing::{get, post};
use axum::{Json, Router};
use mastodon_wasm::entities::AdminReport;

use super::moderator;
use crate::api::request::{At, Listing};
use crate::caller::Caller;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::page::PageAnswer;
use crate::params::Params;
use crate::store::{Report, Resolution};

const READ: &str = "admin:read:reports";
const WRITE: &str = "admin:write:reports";

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/admin/reports", get(many))
        .route("/api/v1/admin/reports/{id}", get(one).put(update))
        .route("/api/v1/admin/reports/{id}/assign_to_self", post(assign))
        .route("/api/v1/admin/reports/{id}/unassign", post(unassign))
        .route("/api/v1/admin/reports/{id}/resolve", post(resolve))
        .route("/api/v1/admin/reports/{id}/reopen", post(reopen))
}

/// The open reports. With `resolved`, the resolved ones.
async fn many(
    State(app): App,
    caller: Caller,
    uri: Uri,
    params: Params,
) -> PageAnswer<AdminReport> {
    let store = app.store();
    let me = moderator(&store, &caller, READ)?;
    let resolved = params.get("resolved").is_true();
    let by = params.get("account_id").id();
    let about = params.get("target_account_id").id();
    let rows = store.reports.values().rev().filter(|row| {
        row.resolved.is_some() == resolved
            && by.is_none_or(|by| row.account == by)
            && about.is_none_or(|about| row.target == about)
    });
    let listing = Listing::people(&app, &uri, &params).limits(100, 200);
    let page = listing.page(rows, |row| row.id, |row| store.admin_report(row, me));
    Ok(page)
}

async fn one(State(app): App, caller: Caller, At(id): At) -> Answer<AdminReport> {
    let store = app.store();
    let me = moderator(&store, &caller, READ)?;
    let row = store.reports.get(&id).ok_or_else(ApiError::not_found)?;
    Ok(Json(store.admin_report(row, me)))
}

fn change(
    app: &Instance,
    caller: &Caller,
    id: Id,
    what: impl FnOnce(&mut Report, Resolution),
) -> Answer<AdminReport> {
    let mut store = app.store();
    let by = moderator(&store, caller, WRITE)?;
    let at = store.clock.now();
    let row = store.reports.get_mut(&id).ok_or_else(ApiError::not_found)?;
    what(row, Resolution { by, at });
    row.updated_at = at;
    let row = row.clone();
    Ok(Json(store.admin_report(&row, by)))
}

async fn update(
    State(app): App,
    caller: Caller,
    At(id): At,
    params: Params,
) -> Answer<AdminReport> {
    change(&app, &caller, id, |row, _| {
        let category = params.get("category").presence();
        row.category = category.unwrap_or_else(|| row.category.clone());
        if params.get("rule_ids").is_given() {
            row.rules = params.get("rule_ids").texts();
        }
    })
}

async fn assign(State(app): App, caller: Caller, At(id): At) -> Answer<AdminReport> {
    change(&app, &caller, id, |row, me| row.assigned = Some(me.by))
}

async fn unassign(State(app): App, caller: Caller, At(id): At) -> Answer<AdminReport> {
    change(&app, &caller, id, |row, _| row.assigned = None)
}

async fn resolve(State(app): App, caller: Caller, At(id): At) -> Answer<AdminReport> {
    change(&app, &caller, id, |row, me| row.resolved = Some(me))
}

async fn reopen(State(app): App, caller: Caller, At(id): At) -> Answer<AdminReport> {
    change(&app, &caller, id, |row, _| row.resolved = None)
}

//! `/api/v1/admin/accounts`, and version 2 of the list.

use std::sync::Arc;

use axum::extract::State;
use axum::http::Uri;
use axum::routing::{get, post};
use axum::{Json, Router};
use mastodon_wasm::entities::AdminAccount;
use serde_json::{Value, json};

use super::moderator;
use crate::api::request::{At, Listing};
use crate::caller::Caller;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::page::PageAnswer;
use crate::params::Params;
use crate::store::{Account, Moderation, Resolution};

const READ: &str = "admin:read:accounts";
const WRITE: &str = "admin:write:accounts";

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/admin/accounts", get(many))
        .route("/api/v2/admin/accounts", get(many))
        .route("/api/v1/admin/accounts/{id}", get(one).delete(delete))
        .route("/api/v1/admin/accounts/{id}/action", post(act))
        // No registration waits for approval in the sandbox.
        .route("/api/v1/admin/accounts/{id}/approve", post(decided))
        .route("/api/v1/admin/accounts/{id}/reject", post(decided))
        .route("/api/v1/admin/accounts/{id}/enable", post(enable))
        .route("/api/v1/admin/accounts/{id}/unsilence", post(unsilence))
        .route("/api/v1/admin/accounts/{id}/unsuspend", post(unsuspend))
        .route("/api/v1/admin/accounts/{id}/unsensitive", post(unsensitive))
}

/// The filter of a request. Version 1 has a parameter for each state, version 2 names the state.
fn wanted(params: &Params) -> impl Fn(&&Account) -> bool {
    let switch = |name: &str| params.get(name).is_true();
    let named = |name: &str, value: &str| params.get(name).presence().as_deref() == Some(value);
    let is = |name: &str| switch(name) || named("status", name);
    let (local, remote) = (
        switch("local") || named("origin", "local"),
        switch("remote") || named("origin", "remote"),
    );
    let (active, pending, disabled, silenced, suspended, sensitized) = (
        is("active"),
        is("pending"),
        is("disabled"),
        is("silenced"),
        is("suspended"),
        is("sensitized"),
    );
    let staff = switch("staff") || named("permissions", "staff");
    let text = |name: &str| params.get(name).presence().map(|text| text.to_lowercase());
    let (domain, username, display_name, email) = (
        text("by_domain"),
        text("username"),
        text("display_name"),
        text("email"),
    );
    let ip = text("ip");
    move |account| {
        let Moderation {
            suspended: is_suspended,
            silenced: is_silenced,
            sensitized: is_sensitized,
            disabled: is_disabled,
        } = account.moderation;
        let own = account.login.as_ref();
        let has = |part: &Option<String>, whole: Option<&str>| {
            part.as_ref().is_none_or(|part| {
                whole.is_some_and(|whole| whole.to_lowercase().contains(part.as_str()))
            })
        };
        (!local || account.is_local())
            && (!remote || !account.is_local())
            && (!active || !(is_suspended || is_silenced || is_disabled))
            && !pending
            && (!disabled || is_disabled)
            && (!silenced || is_silenced)
            && (!suspended || is_suspended)
            && (!sensitized || is_sensitized)
            && (!staff || own.is_some_and(|login| login.is_owner))
            && domain
                .as_ref()
                .is_none_or(|domain| account.domain.as_ref() == Some(domain))
            && has(&username, Some(&account.username))
            && has(&display_name, Some(&account.display_name))
            && has(&email, own.map(|login| login.email.as_str()))
            && ip.is_none()
    }
}

async fn many(
    State(app): App,
    caller: Caller,
    uri: Uri,
    params: Params,
) -> PageAnswer<AdminAccount> {
    let store = app.store();
    moderator(&store, &caller, READ)?;
    let rows = store.accounts.values().rev().filter(wanted(&params));
    let listing = Listing::people(&app, &uri, &params).limits(100, 200);
    let page = listing.page(rows, |row| row.id, |row| store.admin_account(row.id));
    Ok(page)
}

async fn one(State(app): App, caller: Caller, At(id): At) -> Answer<AdminAccount> {
    let store = app.store();
    moderator(&store, &caller, READ)?;
    store.accounts.get(&id).ok_or_else(ApiError::not_found)?;
    Ok(Json(store.admin_account(id)))
}

/// Only a suspended account can be deleted.
async fn delete(State(app): App, caller: Caller, At(id): At) -> Answer<AdminAccount> {
    let mut store = app.store();
    moderator(&store, &caller, WRITE)?;
    let row = store.accounts.get(&id).ok_or_else(ApiError::not_found)?;
    if !row.moderation.suspended {
        return Err(ApiError::not_allowed());
    }
    let answer = store.admin_account(id);
    store.delete_account(id);
    Ok(Json(answer))
}

async fn act(State(app): App, caller: Caller, At(id): At, params: Params) -> Answer<Value> {
    let mut store = app.store();
    let me = moderator(&store, &caller, WRITE)?;
    let now = store.clock.now();
    let row = store
        .accounts
        .get_mut(&id)
        .ok_or_else(ApiError::not_found)?;
    if row.login.as_ref().is_some_and(|login| login.is_owner) {
        return Err(ApiError::not_allowed());
    }
    let state = &mut row.moderation;
    match params.get("type").presence().as_deref() {
        Some("none") => {}
        Some("disable") => state.disabled = true,
        Some("sensitive") => state.sensitized = true,
        Some("silence") => state.silenced = true,
        Some("suspend") => state.suspended = true,
        _ => {
            return Err(ApiError::invalid("Type is not included in the list"));
        }
    }
    let report = params.get("report_id").id();
    if let Some(report) = report.and_then(|id| store.reports.get_mut(&id)) {
        report.resolved = Some(Resolution { by: me, at: now });
        report.updated_at = now;
    }
    Ok(Json(json!({})))
}

async fn decided(State(app): App, caller: Caller, At(id): At) -> Answer<AdminAccount> {
    let store = app.store();
    moderator(&store, &caller, WRITE)?;
    store.accounts.get(&id).ok_or_else(ApiError::not_found)?;
    Err(ApiError::not_allowed())
}

fn change(
    app: &Instance,
    caller: &Caller,
    id: Id,
    what: fn(&mut Moderation),
) -> Answer<AdminAccount> {
    let mut store = app.store();
    moderator(&store, caller, WRITE)?;
    let row = store.accounts.get_mut(&id);
    what(&mut row.ok_or_else(ApiError::not_found)?.moderation);
    Ok(Json(store.admin_account(id)))
}

async fn enable(State(app): App, caller: Caller, At(id): At) -> Answer<AdminAccount> {
    change(&app, &caller, id, |state| state.disabled = false)
}

async fn unsilence(State(app): App, caller: Caller, At(id): At) -> Answer<AdminAccount> {
    change(&app, &caller, id, |state| state.silenced = false)
}

async fn unsuspend(State(app): App, caller: Caller, At(id): At) -> Answer<AdminAccount> {
    change(&app, &caller, id, |state| state.suspended = false)
}

async fn unsensitive(State(app): App, caller: Caller, At(id): At) -> Answer<AdminAccount> {
    change(&app, &caller, id, |state| state.sensitized = false)
}

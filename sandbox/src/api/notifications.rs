//! `/api/v1/notifications`

use std::sync::Arc;

use axum::extract::State;
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use mastodon_wasm::entities::{
    GroupedNotificationsResults, Notification, NotificationGroup, UnreadNotificationsCount,
};
use serde_json::{Value, json};

use super::request::{At, Listing};
use crate::caller::Caller;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::page::{PageAnswer, linked};
use crate::params::Params;
use crate::store;

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/notifications", get(many))
        .route("/api/v1/notifications/clear", post(clear))
        .route("/api/v1/notifications/dismiss", post(dismiss_by_parameter))
        .route("/api/v1/notifications/unread_count", get(unread_count))
        .route("/api/v1/notifications/{id}", get(one))
        .route("/api/v1/notifications/{id}/dismiss", post(dismiss))
        .route("/api/v2/notifications", get(grouped))
}

/// Which notifications a request wants.
fn wanted(params: &Params) -> impl Fn(&&store::Notification) -> bool {
    let types = params.get("types").texts();
    let excluded = params.get("exclude_types").texts();
    let account = params.get("account_id").id();
    move |notification| {
        let kind = notification.kind.as_str();
        (types.is_empty() || types.iter().any(|wanted| wanted == kind))
            && !excluded.iter().any(|excluded| excluded == kind)
            && account.is_none_or(|account| notification.from == account)
    }
}

async fn many(
    State(app): App,
    caller: Caller,
    uri: Uri,
    params: Params,
) -> PageAnswer<Notification> {
    let me = caller.person("read:notifications")?;
    let store = app.store();
    let rows = store.notifications_of(me).filter(wanted(&params));
    let listing = Listing::timeline(&app, &uri, &params).limits(40, 80);
    let page = listing.page(rows, |row| row.id, |row| store.render_notification(row));
    Ok(page)
}

/// Notifications of one kind about one thing together; the page is one of notifications all the same.
async fn grouped(
    State(app): App,
    caller: Caller,
    uri: Uri,
    params: Params,
) -> Result<Response, ApiError> {
    let page = many(State(app), caller, uri, params).await?;
    Ok(linked(Json(group(&page.items)).into_response(), page.link))
}

fn group(page: &[Notification]) -> GroupedNotificationsResults {
    let mut answer = GroupedNotificationsResults::default();
    for notification in page {
        let account = &notification.account;
        if !answer.accounts.iter().any(|known| known.id == account.id) {
            answer.accounts.push(account.clone());
        }
        let status = notification.status.clone().flatten();
        let status_id = status.as_ref().map(|status| status.id.clone());
        if let Some(status) = status
            && !answer.statuses.iter().any(|known| known.id == status.id)
        {
            answer.statuses.push(status);
        }
        let key = notification.group_key.clone().unwrap_or_default();
        let groups = &mut answer.notification_groups;
        if let Some(group) = groups.iter_mut().find(|group| group.group_key == key) {
            group.notifications_count += 1;
            group.page_min_id = Some(notification.id.clone());
            group.sample_account_ids.push(account.id.clone());
            continue;
        }
        groups.push(NotificationGroup {
            group_key: key,
            notifications_count: 1,
            r#type: notification.r#type.clone(),
            most_recent_notification_id: notification.id.parse().unwrap_or_default(),
            page_min_id: Some(notification.id.clone()),
            page_max_id: Some(notification.id.clone()),
            latest_page_notification_at: Some(notification.created_at.clone()),
            sample_account_ids: vec![account.id.clone()],
            status_id: Some(status_id),
            ..NotificationGroup::default()
        });
    }
    answer
}

async fn one(State(app): App, caller: Caller, At(id): At) -> Answer<Notification> {
    let me = caller.person("read:notifications")?;
    let store = app.store();
    let row = store
        .notifications
        .get(&id)
        .filter(|row| row.to == me)
        .ok_or_else(ApiError::not_found)?;
    Ok(Json(store.render_notification(row)))
}

async fn clear(State(app): App, caller: Caller) -> Answer<Value> {
    let me = caller.person("write:notifications")?;
    app.store().notifications.retain(|_, row| row.to != me);
    Ok(Json(json!({})))
}

fn remove(app: &Instance, caller: &Caller, id: Option<Id>) -> Answer<Value> {
    let me = caller.person("write:notifications")?;
    let mut store = app.store();
    let id = id
        .filter(|id| store.notifications.get(id).is_some_and(|row| row.to == me))
        .ok_or_else(ApiError::not_found)?;
    store.notifications.remove(&id);
    Ok(Json(json!({})))
}

async fn dismiss(State(app): App, caller: Caller, At(id): At) -> Answer<Value> {
    remove(&app, &caller, Some(id))
}

/// The form of versions before 1.3.
async fn dismiss_by_parameter(State(app): App, caller: Caller, params: Params) -> Answer<Value> {
    remove(&app, &caller, params.get("id").id())
}

/// Unread is what came after the marker.
async fn unread_count(
    State(app): App,
    caller: Caller,
    params: Params,
) -> Answer<UnreadNotificationsCount> {
    let me = caller.person("read:notifications")?;
    let store = app.store();
    let limit = params
        .get("limit")
        .int()
        .and_then(|limit| usize::try_from(limit).ok())
        .unwrap_or(100)
        .clamp(1, 1000);
    let read = store
        .markers
        .get(&(me, "notifications".to_owned()))
        .map(|marker| marker.last_read)
        .unwrap_or_default();
    let count = store
        .notifications_of(me)
        .filter(wanted(&params))
        .filter(|row| row.id > read)
        .take(limit)
        .count();
    Ok(Json(UnreadNotificationsCount {
        count: count as u64,
        other: serde_json::Map::new(),
    }))
}

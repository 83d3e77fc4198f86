//! `/api/v1/notifications`

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use mastodon_wasm::entities::{
    Account, GroupedNotificationsResults, Notification, NotificationGroup,
    PartialAccountWithAvatar, UnreadNotificationsCount,
};
use serde_json::{Value, json};

use super::request::{At, Listing};
use crate::caller::Caller;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::page::{PageAnswer, linked};
use crate::params::Params;
use crate::render::group_key;
use crate::store::{self, Store};

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/notifications", get(many))
        .route("/api/v1/notifications/clear", post(clear))
        .route("/api/v1/notifications/dismiss", post(dismiss_by_parameter))
        .route("/api/v1/notifications/unread_count", get(unread_count))
        .route("/api/v1/notifications/{id}", get(one))
        .route("/api/v1/notifications/{id}/dismiss", post(dismiss))
        .route("/api/v2/notifications", get(grouped))
        .route("/api/v2/notifications/unread_count", get(unread_groups))
        .route("/api/v2/notifications/{group}", get(one_group))
        .route("/api/v2/notifications/{group}/accounts", get(accounts))
        .route("/api/v2/notifications/{group}/dismiss", post(dismiss_group))
}

/// The filter of a request.
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
    let all = params.get("include_filtered").is_true();
    let rows = store.all_notifications_of(me);
    let rows = rows
        .filter(|row| all || !row.filtered)
        .filter(wanted(&params));
    let listing = Listing::timeline(&app, &uri, &params).limits(40, 80);
    let page = listing.page(rows, |row| row.id, |row| store.render_notification(row));
    Ok(page)
}

/// The types that are grouped by default.
const GROUPED: [&str; 4] = ["favourite", "reblog", "follow", "admin.sign_up"];
/// How many accounts a group contains.
const SAMPLE: usize = 8;

/// The group key of a notification. Types that the request does not group are alone in their group.
fn group_of(params: &Params) -> impl Fn(&store::Notification) -> String {
    let given = params.get("grouped_types");
    let (all, types) = (!given.is_given(), given.texts());
    move |row| {
        let kind = row.kind.as_str();
        let grouped = if all {
            GROUPED.contains(&kind)
        } else {
            types.iter().any(|wanted| wanted == kind)
        };
        if grouped {
            group_key(row)
        } else {
            format!("ungrouped-{}", row.id)
        }
    }
}

/// Notifications of the same type about the same status are one group. `limit` counts groups.
async fn grouped(
    State(app): App,
    caller: Caller,
    uri: Uri,
    params: Params,
) -> Result<Response, ApiError> {
    let me = caller.person("read:notifications")?;
    let store = app.store();
    let all = params.get("include_filtered").is_true();
    let wanted = wanted(&params);
    let rows = store
        .all_notifications_of(me)
        .filter(|row| (all || !row.filtered) && wanted(row));
    let group_of = group_of(&params);
    let listing = Listing::timeline(&app, &uri, &params).limits(40, 80);
    let page = listing.groups(rows, |row| row.id, |row| group_of(row));
    let partial = params.get("expand_accounts").text().as_deref() == Some("partial_avatars");
    let answer = group(&store, me, &page.items, &group_of, partial);
    Ok(linked(Json(answer).into_response(), page.link))
}

/// `partial`: of each group, only the latest account is complete; the others have only an avatar.
fn group(
    store: &Store,
    me: Id,
    page: &[&store::Notification],
    group_of: impl Fn(&store::Notification) -> String,
    partial: bool,
) -> GroupedNotificationsResults {
    let mut answer = GroupedNotificationsResults::default();
    let mut faces: Vec<Id> = Vec::new();
    for row in page {
        let key = group_of(row);
        let groups = &mut answer.notification_groups;
        if let Some(group) = groups.iter_mut().find(|group| group.group_key == key) {
            group.page_min_id = Some(row.id.to_string());
            let account = row.from.to_string();
            if group.sample_account_ids.len() < SAMPLE
                && !group.sample_account_ids.contains(&account)
            {
                group.sample_account_ids.push(account);
                faces.push(row.from);
            }
            continue;
        }
        let notification = store.render_notification(row);
        let of_group = store
            .notifications_of(me)
            .filter(|row| group_of(row) == key);
        groups.push(NotificationGroup {
            notifications_count: (of_group.count() as u64).max(1),
            group_key: key,
            r#type: notification.r#type,
            most_recent_notification_id: row.id.0,
            page_min_id: Some(notification.id.clone()),
            page_max_id: Some(notification.id),
            latest_page_notification_at: Some(notification.created_at),
            sample_account_ids: vec![row.from.to_string()],
            status_id: row.status.map(|id| Some(id.to_string())),
            report: notification.report,
            ..NotificationGroup::default()
        });
        let known = answer
            .accounts
            .iter()
            .any(|known| known.id == notification.account.id);
        if !known {
            answer.accounts.push(notification.account);
        }
        if let Some(status) = notification.status.flatten()
            && !answer.statuses.iter().any(|known| known.id == status.id)
        {
            answer.statuses.push(status);
        }
    }
    faces.sort_unstable();
    faces.dedup();
    faces.retain(|id| {
        !answer
            .accounts
            .iter()
            .any(|known| known.id == id.to_string())
    });
    if partial {
        let faces = faces.into_iter().map(|id| store.account(id));
        answer.partial_accounts = Some(faces.map(face).collect());
    } else {
        answer.accounts.extend(store.accounts_of(faces));
    }
    answer
}

fn face(account: Account) -> PartialAccountWithAvatar {
    PartialAccountWithAvatar {
        id: account.id,
        acct: account.acct,
        url: account.url,
        avatar: account.avatar,
        avatar_static: account.avatar_static,
        locked: account.locked,
        bot: account.bot,
        avatar_description: account.avatar_description,
        other: serde_json::Map::new(),
    }
}

/// The notifications of one group, newest first.
fn members<'s>(
    store: &'s Store,
    me: Id,
    key: &str,
) -> Result<Vec<&'s store::Notification>, ApiError> {
    let has = |row: &&store::Notification| {
        group_key(row) == key || format!("ungrouped-{}", row.id) == key
    };
    let rows: Vec<_> = store.notifications_of(me).filter(has).collect();
    if rows.is_empty() {
        Err(ApiError::not_found())
    } else {
        Ok(rows)
    }
}

async fn one_group(
    State(app): App,
    caller: Caller,
    Path(key): Path<String>,
) -> Answer<GroupedNotificationsResults> {
    let me = caller.person("read:notifications")?;
    let store = app.store();
    let rows = members(&store, me, &key)?;
    Ok(Json(group(&store, me, &rows, |_| key.clone(), false)))
}

async fn accounts(
    State(app): App,
    caller: Caller,
    Path(key): Path<String>,
) -> Answer<Vec<Account>> {
    let me = caller.person("read:notifications")?;
    let store = app.store();
    let rows = members(&store, me, &key)?;
    Ok(Json(store.accounts_of(rows.iter().map(|row| row.from))))
}

async fn dismiss_group(State(app): App, caller: Caller, Path(key): Path<String>) -> Answer<Value> {
    let me = caller.person("write:notifications")?;
    let mut store = app.store();
    let ids: Vec<Id> = members(&store, me, &key)?
        .iter()
        .map(|row| row.id)
        .collect();
    store.notifications.retain(|id, _| !ids.contains(id));
    Ok(Json(json!({})))
}

fn counted(count: usize) -> Json<UnreadNotificationsCount> {
    Json(UnreadNotificationsCount {
        count: count as u64,
        other: serde_json::Map::new(),
    })
}

async fn unread_groups(
    State(app): App,
    caller: Caller,
    params: Params,
) -> Answer<UnreadNotificationsCount> {
    let me = caller.person("read:notifications")?;
    let store = app.store();
    let group_of = group_of(&params);
    let mut groups: Vec<String> = unread(&store, me, &params).map(group_of).collect();
    groups.sort_unstable();
    groups.dedup();
    Ok(counted(groups.len().min(most(&params))))
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

/// The endpoint of versions before 1.3.
async fn dismiss_by_parameter(State(app): App, caller: Caller, params: Params) -> Answer<Value> {
    remove(&app, &caller, params.get("id").id())
}

/// Notifications after the marker are unread.
async fn unread_count(
    State(app): App,
    caller: Caller,
    params: Params,
) -> Answer<UnreadNotificationsCount> {
    let me = caller.person("read:notifications")?;
    let store = app.store();
    Ok(counted(
        unread(&store, me, &params).take(most(&params)).count(),
    ))
}

fn most(params: &Params) -> usize {
    let limit = params.get("limit").int();
    let limit = limit.and_then(|limit| usize::try_from(limit).ok());
    limit.unwrap_or(100).clamp(1, 1000)
}

fn unread<'s>(
    store: &'s Store,
    me: Id,
    params: &Params,
) -> impl Iterator<Item = &'s store::Notification> {
    let marker = store.markers.get(&(me, "notifications".to_owned()));
    let read = marker.map(|marker| marker.last_read).unwrap_or_default();
    store
        .notifications_of(me)
        .filter(wanted(params))
        .filter(move |row| row.id > read)
}

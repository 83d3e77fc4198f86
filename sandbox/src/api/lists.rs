//! `/api/v1/lists`

use std::sync::Arc;

use axum::extract::State;
use axum::http::Uri;
use axum::routing::get;
use axum::{Json, Router};
use mastodon_wasm::entities::{Account, UserList};
use serde_json::{Value, json};

use super::request::{At, Listing};
use crate::caller::Caller;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::page::PageAnswer;
use crate::params::Params;
use crate::store::{List, RepliesPolicy, Store};

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/lists", get(many).post(create))
        .route("/api/v1/lists/{id}", get(one).put(update).delete(delete))
        .route(
            "/api/v1/lists/{id}/accounts",
            get(accounts).post(add).delete(remove),
        )
}

pub fn render(list: &List) -> UserList {
    UserList {
        id: list.id.to_string(),
        title: list.title.clone(),
        replies_policy: Some(list.replies.as_str().into()),
        exclusive: Some(list.exclusive),
        other: serde_json::Map::new(),
    }
}

fn own(store: &Store, me: Id, id: Id) -> Result<&List, ApiError> {
    store
        .lists
        .get(&id)
        .filter(|list| list.account == me)
        .ok_or_else(ApiError::not_found)
}

fn title(params: &Params) -> Result<String, ApiError> {
    params
        .get("title")
        .presence()
        .ok_or_else(|| ApiError::invalid("Title can't be blank"))
}

fn replies(params: &Params) -> Result<Option<RepliesPolicy>, ApiError> {
    let Some(name) = params.get("replies_policy").presence() else {
        return Ok(None);
    };
    let policy = RepliesPolicy::parse(&name);
    policy
        .map(Some)
        .ok_or_else(|| ApiError::unprocessable(&format!("'{name}' is not a valid replies_policy")))
}

async fn many(State(app): App, caller: Caller) -> Answer<Vec<UserList>> {
    let me = caller.person("read:lists")?;
    let store = app.store();
    Ok(Json(
        store
            .lists
            .values()
            .filter(|list| list.account == me)
            .map(render)
            .collect(),
    ))
}

async fn one(State(app): App, caller: Caller, At(id): At) -> Answer<UserList> {
    let me = caller.person("read:lists")?;
    Ok(Json(render(own(&app.store(), me, id)?)))
}

async fn create(State(app): App, caller: Caller, params: Params) -> Answer<UserList> {
    let me = caller.person("write:lists")?;
    let (title, replies) = (title(&params)?, replies(&params)?);
    let mut store = app.store();
    let id = store.counters.lists.next();
    let list = List {
        id,
        account: me,
        title,
        replies: replies.unwrap_or(RepliesPolicy::List),
        exclusive: params.get("exclusive").is_true(),
    };
    let answer = render(&list);
    store.lists.insert(id, list);
    Ok(Json(answer))
}

async fn update(State(app): App, caller: Caller, At(id): At, params: Params) -> Answer<UserList> {
    let me = caller.person("write:lists")?;
    let (title, replies) = (title(&params)?, replies(&params)?);
    let mut store = app.store();
    own(&store, me, id)?;
    let list = store.lists.get_mut(&id).ok_or_else(ApiError::not_found)?;
    list.title = title;
    list.replies = replies.unwrap_or(list.replies);
    list.exclusive = params.get("exclusive").flag().unwrap_or(list.exclusive);
    Ok(Json(render(list)))
}

async fn delete(State(app): App, caller: Caller, At(id): At) -> Answer<Value> {
    let me = caller.person("write:lists")?;
    let mut store = app.store();
    own(&store, me, id)?;
    store.lists.remove(&id);
    let members: Vec<Id> = store.members.from(id).map(|edge| edge.to).collect();
    for member in members {
        store.members.remove(id, member);
    }
    Ok(Json(json!({})))
}

/// `limit=0` returns all accounts, without pagination.
async fn accounts(
    State(app): App,
    caller: Caller,
    uri: Uri,
    At(id): At,
    params: Params,
) -> PageAnswer<Account> {
    let me = caller.person("read:lists")?;
    let store = app.store();
    own(&store, me, id)?;
    let listing = Listing::people(&app, &uri, &params);
    let listing = if params.get("limit").int() == Some(0) {
        listing.limits(usize::MAX, usize::MAX)
    } else {
        listing
    };
    let page = listing.of_accounts(&store, store.members.from(id), |edge| edge.to);
    Ok(page)
}

async fn add(State(app): App, caller: Caller, At(id): At, params: Params) -> Answer<Value> {
    let me = caller.person("write:lists")?;
    let mut store = app.store();
    own(&store, me, id)?;
    let accounts = params.get("account_ids").ids();
    for account in &accounts {
        if *account != me && !store.follows.has(me, *account) {
            return Err(ApiError::not_found());
        }
        if store.members.has(id, *account) {
            return Err(ApiError::invalid("Account has already been taken"));
        }
    }
    for account in accounts {
        store.members.add(id, account, ());
    }
    Ok(Json(json!({})))
}

async fn remove(State(app): App, caller: Caller, At(id): At, params: Params) -> Answer<Value> {
    let me = caller.person("write:lists")?;
    let mut store = app.store();
    own(&store, me, id)?;
    for account in params.get("account_ids").ids() {
        store.members.remove(id, account);
    }
    Ok(Json(json!({})))
}

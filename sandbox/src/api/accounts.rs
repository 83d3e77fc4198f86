//! `/api/v1/accounts`: profiles, followers and registration.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use axum::routing::get;
use axum::{Json, Router};
use mastodon_wasm::entities::{
    Account, FamiliarFollowers, FeaturedTag, Relationship, Status, Token, UserList,
};
use serde_json::{Map, Value, json};

use super::request::{At, Listing};
use crate::caller::Caller;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::oauth::render_token;
use crate::page::PageAnswer;
use crate::params::Params;
use crate::store::{self, Login, NotificationKind, Posting, Store, Visibility};

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/accounts", get(many).post(register))
        .route("/api/v1/accounts/search", get(search))
        .route("/api/v1/accounts/lookup", get(lookup))
        .route("/api/v1/accounts/relationships", get(relationships))
        .route(
            "/api/v1/accounts/familiar_followers",
            get(familiar_followers),
        )
        .route("/api/v1/accounts/{id}", get(one))
        .route("/api/v1/accounts/{id}/statuses", get(statuses))
        .route("/api/v1/accounts/{id}/followers", get(followers))
        .route("/api/v1/accounts/{id}/following", get(following))
        .route("/api/v1/accounts/{id}/lists", get(lists))
        .route("/api/v1/accounts/{id}/featured_tags", get(featured_tags))
        .route("/api/v1/accounts/{id}/endorsements", get(endorsements))
}

fn existing(store: &Store, id: Id) -> Result<&store::Account, ApiError> {
    store.accounts.get(&id).ok_or_else(ApiError::not_found)
}

async fn one(State(app): App, caller: Caller, At(id): At) -> Answer<Account> {
    caller.viewer("read:accounts")?;
    let store = app.store();
    existing(&store, id)?;
    Ok(Json(store.account(id)))
}

async fn many(State(app): App, caller: Caller, params: Params) -> Answer<Vec<Account>> {
    caller.viewer("read:accounts")?;
    let store = app.store();
    let ids = params
        .get("id")
        .ids()
        .into_iter()
        .take(40)
        .filter(|id| store.accounts.contains_key(id));
    Ok(Json(store.accounts_of(ids)))
}

async fn lookup(State(app): App, caller: Caller, params: Params) -> Answer<Account> {
    caller.viewer("read:accounts")?;
    let store = app.store();
    let acct = params.get("acct").text().unwrap_or_default();
    let id = store
        .account_by_acct(&acct)
        .map(|account| account.id)
        .ok_or_else(ApiError::not_found)?;
    Ok(Json(store.account(id)))
}

async fn search(State(app): App, caller: Caller, params: Params) -> Answer<Vec<Account>> {
    let me = caller.person("read:accounts")?;
    let store = app.store();
    let query = params.get("q").text().unwrap_or_default();
    let limit = params
        .get("limit")
        .int()
        .and_then(|limit| usize::try_from(limit).ok())
        .unwrap_or(40)
        .clamp(1, 80);
    let offset = params
        .get("offset")
        .int()
        .and_then(|offset| usize::try_from(offset).ok())
        .unwrap_or(0);
    let found = store.search_accounts(&query, Some(me), params.get("following").is_true());
    Ok(Json(
        store.accounts_of(found.into_iter().skip(offset).take(limit)),
    ))
}

async fn relationships(
    State(app): App,
    caller: Caller,
    params: Params,
) -> Answer<Vec<Relationship>> {
    let me = caller.person("read:follows")?;
    let store = app.store();
    let ids = params.get("id").ids();
    let known = ids.into_iter().filter(|id| store.accounts.contains_key(id));
    Ok(Json(known.map(|id| store.relationship(me, id)).collect()))
}

async fn familiar_followers(
    State(app): App,
    caller: Caller,
    params: Params,
) -> Answer<Vec<FamiliarFollowers>> {
    let me = caller.person("read:follows")?;
    let store = app.store();
    let known = |id: Id| {
        store
            .follows
            .to(id)
            .map(|follow| follow.from)
            .filter(|follower| store.follows.has(me, *follower))
            .collect::<Vec<_>>()
    };
    let ids = params.get("id").ids();
    let ids = ids.into_iter().filter(|id| store.accounts.contains_key(id));
    Ok(Json(
        ids.map(|id| FamiliarFollowers {
            id: id.to_string(),
            accounts: store.accounts_of(known(id)),
            other: serde_json::Map::new(),
        })
        .collect(),
    ))
}

async fn statuses(
    State(app): App,
    caller: Caller,
    uri: Uri,
    At(id): At,
    params: Params,
) -> PageAnswer<Status> {
    let viewer = caller.viewer("read:statuses")?;
    let store = app.store();
    existing(&store, id)?;
    let flag = |name| params.get(name).is_true();
    let tagged = params
        .get("tagged")
        .presence()
        .map(|tag| tag.to_lowercase());
    let fits = |status: &&store::Status| {
        let to_another = status.in_reply_to_account.is_some_and(|to| to != id);
        (!flag("only_media") || !status.media.is_empty())
            && (!flag("exclude_replies")
                || !to_another
                    && (status.in_reply_to.is_none() || status.in_reply_to_account == Some(id)))
            && (!flag("exclude_reblogs") || status.reblog_of.is_none())
            && (!flag("exclude_direct") || status.visibility != Visibility::Direct)
            && tagged.as_ref().is_none_or(|tag| status.tags.contains(tag))
    };
    let listing = Listing::statuses(&app, &uri, &params);
    if flag("pinned") {
        let mut pinned: Vec<&store::Status> = store
            .profile(id, viewer)
            .filter(|status| status.pinned_at.is_some())
            .filter(fits)
            .collect();
        pinned.sort_by_key(|status| std::cmp::Reverse(status.pinned_at));
        let page = listing.of_statuses(&store, pinned.into_iter(), viewer);
        return Ok(page);
    }
    let page = listing.of_statuses(&store, store.profile(id, viewer).filter(fits), viewer);
    Ok(page)
}

/// Whether an account hides its followers and whom it follows.
fn hides_connections(store: &Store, id: Id, viewer: Option<Id>) -> Result<bool, ApiError> {
    let account = existing(store, id)?;
    let blocked = viewer.is_some_and(|me| store.blocks.has(id, me));
    Ok(viewer != Some(id) && (account.hide_collections == Some(true) || blocked))
}

async fn followers(
    State(app): App,
    caller: Caller,
    uri: Uri,
    At(id): At,
    params: Params,
) -> PageAnswer<Account> {
    let viewer = caller.viewer("read:accounts")?;
    let store = app.store();
    let hidden = hides_connections(&store, id, viewer)?;
    let edges = store.follows.to(id).filter(|_| !hidden);
    let page = Listing::people(&app, &uri, &params).of_accounts(&store, edges, |edge| edge.from);
    Ok(page)
}

async fn following(
    State(app): App,
    caller: Caller,
    uri: Uri,
    At(id): At,
    params: Params,
) -> PageAnswer<Account> {
    let viewer = caller.viewer("read:accounts")?;
    let store = app.store();
    let hidden = hides_connections(&store, id, viewer)?;
    let edges = store.follows.from(id).filter(|_| !hidden);
    let page = Listing::people(&app, &uri, &params).of_accounts(&store, edges, |edge| edge.to);
    Ok(page)
}

async fn lists(State(app): App, caller: Caller, At(id): At) -> Answer<Vec<UserList>> {
    let me = caller.person("read:lists")?;
    let store = app.store();
    let lists = store
        .lists
        .values()
        .filter(|list| list.account == me && store.members.has(list.id, id));
    Ok(Json(lists.map(super::lists::render).collect()))
}

async fn featured_tags(State(app): App, caller: Caller, At(id): At) -> Answer<Vec<FeaturedTag>> {
    caller.viewer("read:accounts")?;
    let store = app.store();
    existing(&store, id)?;
    Ok(Json(
        store
            .featured_tags
            .from(id)
            .filter_map(|edge| store.featured_tag(id, edge.to))
            .collect(),
    ))
}

async fn endorsements(
    State(app): App,
    caller: Caller,
    uri: Uri,
    Path(id): Path<String>,
    params: Params,
) -> PageAnswer<Account> {
    caller.viewer("read:accounts")?;
    let store = app.store();
    let id = id.parse().map_err(|_| ApiError::not_found())?;
    existing(&store, id)?;
    let page = Listing::people(&app, &uri, &params).of_accounts(
        &store,
        store.endorsements.from(id),
        |edge| edge.to,
    );
    Ok(page)
}

/// An error of a registration: the field, Mastodon's error code, and the message.
type Problem = (&'static str, &'static str, &'static str);

const RESERVED: [&str; 6] = [
    "admin",
    "administrator",
    "moderator",
    "root",
    "support",
    "webmaster",
];

fn problems(store: &Store, params: &Params) -> Vec<Problem> {
    let text = |name| params.get(name).text().unwrap_or_default();
    let (username, email, password) = (text("username"), text("email"), text("password"));
    let mut problems: Vec<Problem> = Vec::new();
    if username.trim().is_empty() {
        problems.push(("username", "ERR_BLANK", "can't be blank"));
    } else if !username
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '_')
    {
        problems.push((
            "username",
            "ERR_INVALID",
            "must contain only letters, numbers and underscores",
        ));
    } else if username.len() > 30 {
        problems.push((
            "username",
            "ERR_TOO_LONG",
            "is too long (maximum is 30 characters)",
        ));
    } else if store.account_by_name(&username, None).is_some() {
        problems.push(("username", "ERR_TAKEN", "has already been taken"));
    } else if RESERVED.contains(&username.to_lowercase().as_str()) {
        problems.push(("username", "ERR_RESERVED", "is reserved"));
    }
    if email.trim().is_empty() {
        problems.push(("email", "ERR_BLANK", "can't be blank"));
    } else if email
        .split_once('@')
        .is_none_or(|(name, host)| name.is_empty() || !host.contains('.'))
    {
        problems.push(("email", "ERR_INVALID", "is invalid"));
    } else if store.account_by_login(&email).is_some() {
        problems.push(("email", "ERR_TAKEN", "has already been taken"));
    }
    if password.is_empty() {
        problems.push(("password", "ERR_BLANK", "can't be blank"));
    } else if password.chars().count() < 8 {
        problems.push((
            "password",
            "ERR_TOO_SHORT",
            "is too short (minimum is 8 characters)",
        ));
    }
    if !params.get("agreement").is_true() {
        problems.push(("agreement", "ERR_ACCEPTED", "must be accepted"));
    }
    problems
}

/// `POST /api/v1/accounts`: an application registers a user. The account can be used at once.
async fn register(State(app): App, caller: Caller, params: Params) -> Answer<Token> {
    let token = caller.token("write:accounts")?.clone();
    let mut store = app.store();
    let problems = problems(&store, &params);
    if !problems.is_empty() {
        return Err(registration_refused(&problems));
    }
    let text = |name| params.get(name).text().unwrap_or_default();
    let (username, email, password) = (text("username"), text("email"), text("password"));
    let (id, created_at) = (store.new_id(), store.clock.now());
    let account = store::Account {
        display_name: String::new(),
        discoverable: None,
        indexable: false,
        hide_collections: None,
        posting: Posting::in_language(params.get("locale").presence()),
        login: Some(Login {
            email,
            password,
            is_owner: false,
        }),
        ..store::Account::begun(id, username, created_at)
    };
    store.accounts.insert(id, account);
    for owner in store.owners() {
        store.notify(owner, NotificationKind::SignUp, id, None);
    }
    let token = store.add_token(token.app, Some(id), token.scopes);
    Ok(Json(render_token(&token)))
}

fn registration_refused(problems: &[Problem]) -> ApiError {
    let mut details = Map::new();
    let mut sentences = Vec::new();
    for (field, error, description) in problems {
        let mut name = (*field).to_owned();
        name[..1].make_ascii_uppercase();
        sentences.push(format!("{name} {description}"));
        let entry = details
            .entry(*field)
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(entries) = entry {
            entries.push(json!({ "error": error, "description": description }));
        }
    }
    let error = format!("Validation failed: {}", sentences.join(", "));
    ApiError::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        json!({ "error": error, "details": details }),
    )
}

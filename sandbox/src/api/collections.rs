//! `/api/v1/collections`: accounts that someone recommends.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use mastodon_wasm::entities::{
    self, CollectionItemState, CollectionWithAccounts, Collections, ShallowTag, WrappedCollection,
    WrappedCollectionItem,
};
use serde_json::{Value, json};

use super::request::{At, part};
use crate::caller::Caller;
use crate::clock;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::params::Params;
use crate::store::{Collection, CollectionItem, Store};

/// How many accounts a collection may have.
const MOST_ITEMS: usize = 25;

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/accounts/{id}/collections", get(of_account))
        .route("/api/v1/accounts/{id}/in_collections", get(with_account))
        .route("/api/v1/collections", post(create))
        .route(
            "/api/v1/collections/{id}",
            get(one).patch(update).put(update).delete(remove),
        )
        .route("/api/v1/collections/{id}/items", post(add))
        .route("/api/v1/collections/{id}/items/{item}", delete(take_out))
        .route("/api/v1/collections/{id}/items/{item}/revoke", post(revoke))
}

fn render(store: &Store, row: &Collection, viewer: Option<Id>) -> entities::Collection {
    let url = format!("{}/collections/{}", store.base, row.id);
    let seen = |item: &&CollectionItem| {
        item.state == CollectionItemState::Accepted || viewer == Some(row.account)
    };
    let items: Vec<_> = row.items.iter().filter(seen).map(render_item).collect();
    entities::Collection {
        id: row.id.to_string(),
        account_id: row.account.to_string(),
        uri: format!(
            "{}/ap/users/{}/collections/{}",
            store.base, row.account, row.id
        ),
        url: Some(url),
        name: row.name.clone(),
        description: Some(row.description.clone()),
        language: row.language.clone(),
        local: true,
        sensitive: row.sensitive,
        discoverable: row.discoverable,
        tag: row.tag.as_ref().map(|name| ShallowTag {
            name: name.clone(),
            url: store.tag_url(name),
            other: serde_json::Map::new(),
        }),
        created_at: clock::iso(row.at),
        updated_at: clock::iso(row.updated_at),
        item_count: items.len() as u64,
        items,
        other: serde_json::Map::new(),
    }
}

/// The response for the owner of a collection.
fn wrapped(store: &Store, row: &Collection, owner: Id) -> Json<WrappedCollection> {
    Json(WrappedCollection {
        collection: render(store, row, Some(owner)),
        other: serde_json::Map::new(),
    })
}

fn render_item(item: &CollectionItem) -> entities::CollectionItem {
    entities::CollectionItem {
        id: item.id.to_string(),
        account_id: Some(Some(item.account.to_string())),
        state: item.state.clone(),
        created_at: clock::iso(item.at),
        other: serde_json::Map::new(),
    }
}

fn page(
    store: &Store,
    params: &Params,
    viewer: Option<Id>,
    wanted: impl Fn(&Collection) -> bool,
) -> Json<Collections> {
    let rows = store.collections.values().rev().filter(|row| wanted(row));
    let rows = part(rows, params, 40, 80);
    Json(Collections {
        collections: rows
            .into_iter()
            .map(|row| render(store, row, viewer))
            .collect(),
        other: serde_json::Map::new(),
    })
}

async fn of_account(
    State(app): App,
    caller: Caller,
    At(id): At,
    params: Params,
) -> Answer<Collections> {
    let viewer = caller.viewer("read:collections")?;
    let store = app.store();
    store.accounts.get(&id).ok_or_else(ApiError::not_found)?;
    Ok(page(&store, &params, viewer, |row| {
        row.account == id && (row.discoverable || viewer == Some(id))
    }))
}

/// The collections that contain an account. Only the account itself may list them.
async fn with_account(
    State(app): App,
    caller: Caller,
    At(id): At,
    params: Params,
) -> Answer<Collections> {
    let me = caller.person("read:collections")?;
    if me != id {
        return Err(ApiError::not_allowed());
    }
    let store = app.store();
    Ok(page(&store, &params, Some(me), |row| {
        let mut items = row.items.iter();
        items.any(|item| item.account == id && item.state == CollectionItemState::Accepted)
    }))
}

async fn one(State(app): App, caller: Caller, At(id): At) -> Answer<CollectionWithAccounts> {
    let viewer = caller.viewer("read:collections")?;
    let store = app.store();
    let row = store.collections.get(&id).ok_or_else(ApiError::not_found)?;
    let collection = render(&store, row, viewer);
    let members = row.items.iter().map(|item| item.account);
    Ok(Json(CollectionWithAccounts {
        accounts: store.accounts_of(std::iter::once(row.account).chain(members)),
        collection,
        other: serde_json::Map::new(),
    }))
}

fn own(store: &mut Store, me: Id, id: Id) -> Result<&mut Collection, ApiError> {
    let row = store
        .collections
        .get_mut(&id)
        .ok_or_else(ApiError::not_found)?;
    if row.account == me {
        Ok(row)
    } else {
        Err(ApiError::not_allowed())
    }
}

/// Creates an item for an account, if this account allows recommendations.
fn item(store: &mut Store, account: Id) -> Result<CollectionItem, ApiError> {
    let row = store.accounts.get(&account);
    let row = row.ok_or_else(ApiError::not_found)?;
    if row.discoverable != Some(true) {
        return Err(ApiError::not_allowed());
    }
    Ok(CollectionItem {
        id: store.counters.collection_items.next(),
        account,
        state: CollectionItemState::Accepted,
        at: store.clock.now(),
    })
}

fn name(params: &Params) -> Result<String, ApiError> {
    let name = params.get("name").presence();
    let name = name.ok_or_else(|| ApiError::invalid("Name can't be blank"))?;
    if name.chars().count() > 40 {
        return Err(ApiError::invalid(
            "Name is too long (maximum is 40 characters)",
        ));
    }
    Ok(name)
}

async fn create(State(app): App, caller: Caller, params: Params) -> Answer<WrappedCollection> {
    let me = caller.person("write:collections")?;
    let name = name(&params)?;
    let mut store = app.store();
    let accounts = params.get("account_ids").ids();
    if accounts.len() > MOST_ITEMS {
        return Err(ApiError::invalid("Collection items are too many"));
    }
    let items = accounts
        .into_iter()
        .map(|account| item(&mut store, account))
        .collect::<Result<_, _>>()?;
    let (id, now) = (store.new_id(), store.clock.now());
    let row = Collection {
        id,
        account: me,
        name,
        description: params.get("description").text().unwrap_or_default(),
        language: params.get("language").presence(),
        sensitive: params.get("sensitive").is_true(),
        discoverable: params.get("discoverable").flag().unwrap_or(true),
        tag: tag(&params),
        at: now,
        updated_at: now,
        items,
    };
    let wrapped = wrapped(&store, &row, me);
    store.collections.insert(id, row);
    Ok(wrapped)
}

fn tag(params: &Params) -> Option<String> {
    let name = params.get("tag_name").presence()?;
    Some(name.trim_start_matches('#').to_lowercase())
}

async fn update(
    State(app): App,
    caller: Caller,
    At(id): At,
    params: Params,
) -> Answer<WrappedCollection> {
    let me = caller.person("write:collections")?;
    let mut store = app.store();
    let now = store.clock.now();
    let row = own(&mut store, me, id)?;
    if params.get("name").is_given() {
        row.name = name(&params)?;
    }
    let description = params.get("description").text();
    row.description = description.unwrap_or_else(|| row.description.clone());
    row.language = params
        .get("language")
        .presence()
        .or_else(|| row.language.clone());
    row.sensitive = params.get("sensitive").flag().unwrap_or(row.sensitive);
    let discoverable = params.get("discoverable").flag();
    row.discoverable = discoverable.unwrap_or(row.discoverable);
    if params.get("tag_name").is_there() {
        row.tag = tag(&params);
    }
    row.updated_at = now;
    let row = row.clone();
    Ok(wrapped(&store, &row, me))
}

async fn remove(State(app): App, caller: Caller, At(id): At) -> Answer<Value> {
    let me = caller.person("write:collections")?;
    let mut store = app.store();
    own(&mut store, me, id)?;
    store.collections.remove(&id);
    Ok(Json(json!({})))
}

async fn add(
    State(app): App,
    caller: Caller,
    At(id): At,
    params: Params,
) -> Answer<WrappedCollectionItem> {
    let me = caller.person("write:collections")?;
    let mut store = app.store();
    let account = params.get("account_id").id();
    let account = account.ok_or_else(ApiError::not_found)?;
    let known = own(&mut store, me, id)?;
    if known.items.iter().any(|item| item.account == account) {
        return Err(ApiError::invalid("Account has already been taken"));
    }
    if known.items.len() >= MOST_ITEMS {
        return Err(ApiError::invalid("Collection items are too many"));
    }
    let item = item(&mut store, account)?;
    let collection_item = render_item(&item);
    own(&mut store, me, id)?.items.push(item);
    Ok(Json(WrappedCollectionItem {
        collection_item,
        other: serde_json::Map::new(),
    }))
}

async fn take_out(
    State(app): App,
    caller: Caller,
    Path((id, item)): Path<(u64, u64)>,
) -> Answer<Value> {
    let me = caller.person("write:collections")?;
    let mut store = app.store();
    let row = own(&mut store, me, Id(id))?;
    let before = row.items.len();
    row.items.retain(|known| known.id != Id(item));
    if row.items.len() == before {
        return Err(ApiError::not_found());
    }
    Ok(Json(json!({})))
}

/// Every account in a collection may remove itself.
async fn revoke(
    State(app): App,
    caller: Caller,
    Path((id, item)): Path<(u64, u64)>,
) -> Answer<Value> {
    let me = caller.person("write:collections")?;
    let mut store = app.store();
    let row = store.collections.get_mut(&Id(id));
    let mut items = row.into_iter().flat_map(|row| row.items.iter_mut());
    let item = items.find(|known| known.id == Id(item) && known.account == me);
    item.ok_or_else(ApiError::not_found)?.state = CollectionItemState::Revoked;
    Ok(Json(json!({})))
}

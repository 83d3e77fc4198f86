//! `/api/v2/filters`, and version 1, in which each keyword is a filter.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use jiff::Timestamp;
use mastodon_wasm::entities::{self, FilterKeyword, FilterStatus, FilterV2};
use serde_json::{Value, json};

use super::request::At;
use crate::caller::Caller;
use crate::clock;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::params::{Field, Params};
use crate::store::{Event, Filter, FilteredStatus, Keyword, Store};

const CONTEXTS: [&str; 5] = ["home", "notifications", "public", "thread", "account"];
const READ: &str = "read:filters";
const WRITE: &str = "write:filters";

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v2/filters", get(many).post(create))
        .route("/api/v2/filters/{id}", get(one).put(update).delete(delete))
        .route(
            "/api/v2/filters/{id}/keywords",
            get(keywords).post(add_keyword),
        )
        .route(
            "/api/v2/filters/{id}/statuses",
            get(statuses).post(add_status),
        )
        .route(
            "/api/v2/filters/keywords/{id}",
            get(keyword).put(update_keyword).delete(delete_keyword),
        )
        .route(
            "/api/v2/filters/statuses/{id}",
            get(status).delete(delete_status),
        )
        .route("/api/v1/filters", get(many_v1).post(create_v1))
        .route(
            "/api/v1/filters/{id}",
            get(one_v1).put(update_v1).delete(delete_v1),
        )
}

fn own(store: &mut Store, me: Id, id: Id) -> Result<&mut Filter, ApiError> {
    store
        .filters
        .get_mut(&id)
        .filter(|filter| filter.account == me)
        .ok_or_else(ApiError::not_found)
}

/// The filter that has this keyword.
fn with_keyword(store: &mut Store, me: Id, id: Id) -> Result<&mut Filter, ApiError> {
    let found = store
        .filters
        .values_mut()
        .find(|filter| filter.keywords.iter().any(|keyword| keyword.id == id));
    found
        .filter(|filter| filter.account == me)
        .ok_or_else(ApiError::not_found)
}

fn with_status(store: &mut Store, me: Id, id: Id) -> Result<&mut Filter, ApiError> {
    let found = store
        .filters
        .values_mut()
        .find(|filter| filter.statuses.iter().any(|status| status.id == id));
    found
        .filter(|filter| filter.account == me)
        .ok_or_else(ApiError::not_found)
}

fn context(params: &Params) -> Result<Option<Vec<String>>, ApiError> {
    if !params.get("context").is_given() {
        return Ok(None);
    }
    let context = params.get("context").texts();
    if context.is_empty()
        || context
            .iter()
            .any(|name| !CONTEXTS.contains(&name.as_str()))
    {
        return Err(ApiError::invalid(
            "Context None or invalid context supplied",
        ));
    }
    Ok(Some(context))
}

fn action(params: &Params) -> Result<Option<String>, ApiError> {
    let action = params.get("filter_action").presence();
    if action
        .as_ref()
        .is_some_and(|action| !["warn", "hide", "blur"].contains(&action.as_str()))
    {
        return Err(ApiError::invalid(
            "Filter action is not included in the list",
        ));
    }
    Ok(action)
}

fn expiry(params: &Params, now: Timestamp) -> Option<Timestamp> {
    params
        .get("expires_in")
        .int()
        .map(|seconds| clock::after(now, seconds))
}

fn new_keyword(store: &mut Store, field: Field<'_>) -> Result<Keyword, ApiError> {
    let keyword = field
        .get("keyword")
        .presence()
        .ok_or_else(|| ApiError::invalid("Keyword can't be blank"))?;
    let id = store.counters.filter_keywords.next();
    Ok(Keyword {
        id,
        phrase: keyword,
        whole_word: field.get("whole_word").flag().unwrap_or(true),
    })
}

async fn many(State(app): App, caller: Caller) -> Answer<Vec<FilterV2>> {
    let me = caller.person(READ)?;
    Ok(Json(
        app.store().filters_of(me).map(Filter::render).collect(),
    ))
}

async fn one(State(app): App, caller: Caller, At(id): At) -> Answer<FilterV2> {
    let me = caller.person(READ)?;
    Ok(Json(own(&mut app.store(), me, id)?.render()))
}

async fn create(State(app): App, caller: Caller, params: Params) -> Answer<FilterV2> {
    let me = caller.person(WRITE)?;
    let title = params
        .get("title")
        .presence()
        .ok_or_else(|| ApiError::invalid("Title can't be blank"))?;
    let context = context(&params)?.ok_or_else(|| ApiError::invalid("Context can't be blank"))?;
    let action = action(&params)?.unwrap_or_else(|| "warn".to_owned());
    let mut store = app.store();
    let fields = params.get("keywords_attributes").items();
    let keywords = fields
        .into_iter()
        .map(|field| new_keyword(&mut store, field))
        .collect::<Result<_, _>>()?;
    let id = store.counters.filters.next();
    let filter = Filter {
        id,
        account: me,
        title,
        context,
        action,
        expires_at: expiry(&params, store.clock.now()),
        keywords,
        statuses: Vec::new(),
    };
    let answer = filter.render();
    store.filters.insert(id, filter);
    store.emit(Event::FiltersChanged(me));
    Ok(Json(answer))
}

async fn update(State(app): App, caller: Caller, At(id): At, params: Params) -> Answer<FilterV2> {
    let me = caller.person(WRITE)?;
    let (context, action) = (context(&params)?, action(&params)?);
    let mut store = app.store();
    own(&mut store, me, id)?;
    let mut added = Vec::new();
    for field in params.get("keywords_attributes").items() {
        match field.get("id").id() {
            None => added.push(new_keyword(&mut store, field)?),
            Some(known) => {
                let filter = own(&mut store, me, id)?;
                if field.get("_destroy").is_true() {
                    filter.keywords.retain(|keyword| keyword.id != known);
                } else {
                    let keyword = filter
                        .keywords
                        .iter_mut()
                        .find(|keyword| keyword.id == known);
                    change_keyword(keyword.ok_or_else(ApiError::not_found)?, field);
                }
            }
        }
    }
    let now = store.clock.now();
    let filter = own(&mut store, me, id)?;
    filter.keywords.extend(added);
    filter.title = params
        .get("title")
        .presence()
        .unwrap_or_else(|| filter.title.clone());
    filter.context = context.unwrap_or_else(|| filter.context.clone());
    filter.action = action.unwrap_or_else(|| filter.action.clone());
    if params.get("expires_in").is_there() {
        filter.expires_at = expiry(&params, now);
    }
    let answer = filter.render();
    store.emit(Event::FiltersChanged(me));
    Ok(Json(answer))
}

fn change_keyword(keyword: &mut Keyword, field: Field<'_>) {
    keyword.phrase = field
        .get("keyword")
        .presence()
        .unwrap_or_else(|| keyword.phrase.clone());
    keyword.whole_word = field.get("whole_word").flag().unwrap_or(keyword.whole_word);
}

async fn delete(State(app): App, caller: Caller, At(id): At) -> Answer<Value> {
    let me = caller.person(WRITE)?;
    let mut store = app.store();
    own(&mut store, me, id)?;
    store.filters.remove(&id);
    store.emit(Event::FiltersChanged(me));
    Ok(Json(json!({})))
}

async fn keywords(State(app): App, caller: Caller, At(id): At) -> Answer<Vec<FilterKeyword>> {
    let me = caller.person(READ)?;
    Ok(Json(
        own(&mut app.store(), me, id)?
            .keywords
            .iter()
            .map(Keyword::render)
            .collect(),
    ))
}

async fn add_keyword(
    State(app): App,
    caller: Caller,
    At(id): At,
    params: Params,
) -> Answer<FilterKeyword> {
    let me = caller.person(WRITE)?;
    let mut store = app.store();
    own(&mut store, me, id)?;
    let keyword = new_keyword(&mut store, params.all())?;
    let answer = keyword.render();
    own(&mut store, me, id)?.keywords.push(keyword);
    store.emit(Event::FiltersChanged(me));
    Ok(Json(answer))
}

async fn keyword(State(app): App, caller: Caller, At(id): At) -> Answer<FilterKeyword> {
    let me = caller.person(READ)?;
    let mut store = app.store();
    let filter = with_keyword(&mut store, me, id)?;
    filter
        .keywords
        .iter()
        .find(|keyword| keyword.id == id)
        .map(|keyword| Json(keyword.render()))
        .ok_or_else(ApiError::not_found)
}

async fn update_keyword(
    State(app): App,
    caller: Caller,
    At(id): At,
    params: Params,
) -> Answer<FilterKeyword> {
    let me = caller.person(WRITE)?;
    let mut store = app.store();
    let filter = with_keyword(&mut store, me, id)?;
    let keyword = filter
        .keywords
        .iter_mut()
        .find(|keyword| keyword.id == id)
        .ok_or_else(ApiError::not_found)?;
    change_keyword(keyword, params.all());
    let answer = keyword.render();
    store.emit(Event::FiltersChanged(me));
    Ok(Json(answer))
}

async fn delete_keyword(State(app): App, caller: Caller, At(id): At) -> Answer<Value> {
    let me = caller.person(WRITE)?;
    let mut store = app.store();
    with_keyword(&mut store, me, id)?
        .keywords
        .retain(|keyword| keyword.id != id);
    store.emit(Event::FiltersChanged(me));
    Ok(Json(json!({})))
}

async fn statuses(State(app): App, caller: Caller, At(id): At) -> Answer<Vec<FilterStatus>> {
    let me = caller.person(READ)?;
    Ok(Json(
        own(&mut app.store(), me, id)?
            .statuses
            .iter()
            .map(FilteredStatus::render)
            .collect(),
    ))
}

async fn add_status(
    State(app): App,
    caller: Caller,
    At(id): At,
    params: Params,
) -> Answer<FilterStatus> {
    let me = caller.person(WRITE)?;
    let mut store = app.store();
    own(&mut store, me, id)?;
    let wanted = params
        .get("status_id")
        .id()
        .and_then(|id| store.status_for(Some(me), id));
    let status = wanted
        .map(|status| status.id)
        .ok_or_else(ApiError::not_found)?;
    let row = FilteredStatus {
        id: store.counters.filter_statuses.next(),
        status,
    };
    let answer = row.render();
    let filter = own(&mut store, me, id)?;
    if filter.statuses.iter().any(|known| known.status == status) {
        return Err(ApiError::invalid("Status has already been taken"));
    }
    filter.statuses.push(row);
    store.emit(Event::FiltersChanged(me));
    Ok(Json(answer))
}

async fn status(State(app): App, caller: Caller, At(id): At) -> Answer<FilterStatus> {
    let me = caller.person(READ)?;
    let mut store = app.store();
    let filter = with_status(&mut store, me, id)?;
    filter
        .statuses
        .iter()
        .find(|status| status.id == id)
        .map(|status| Json(status.render()))
        .ok_or_else(ApiError::not_found)
}

async fn delete_status(State(app): App, caller: Caller, At(id): At) -> Answer<Value> {
    let me = caller.person(WRITE)?;
    let mut store = app.store();
    with_status(&mut store, me, id)?
        .statuses
        .retain(|status| status.id != id);
    store.emit(Event::FiltersChanged(me));
    Ok(Json(json!({})))
}

fn render_v1(filter: &Filter, id: Id) -> Answer<entities::Filter> {
    let keyword = filter
        .keywords
        .iter()
        .find(|keyword| keyword.id == id)
        .ok_or_else(ApiError::not_found)?;
    Ok(Json(filter.render_v1(keyword)))
}

async fn many_v1(State(app): App, caller: Caller) -> Answer<Vec<entities::Filter>> {
    let me = caller.person(READ)?;
    let store = app.store();
    let all = store.filters_of(me).flat_map(|filter| {
        filter
            .keywords
            .iter()
            .map(|keyword| filter.render_v1(keyword))
    });
    Ok(Json(all.collect()))
}

async fn one_v1(State(app): App, caller: Caller, At(id): At) -> Answer<entities::Filter> {
    let me = caller.person(READ)?;
    render_v1(with_keyword(&mut app.store(), me, id)?, id)
}

async fn create_v1(State(app): App, caller: Caller, params: Params) -> Answer<entities::Filter> {
    let me = caller.person(WRITE)?;
    let phrase = params
        .get("phrase")
        .presence()
        .ok_or_else(|| ApiError::invalid("Phrase can't be blank"))?;
    let context = context(&params)?.ok_or_else(|| ApiError::invalid("Context can't be blank"))?;
    let mut store = app.store();
    let (id, keyword) = (
        store.counters.filters.next(),
        store.counters.filter_keywords.next(),
    );
    let whole_word = params.get("whole_word").is_true();
    let filter = Filter {
        id,
        account: me,
        title: phrase.clone(),
        context,
        action: if params.get("irreversible").is_true() {
            "hide"
        } else {
            "warn"
        }
        .to_owned(),
        expires_at: expiry(&params, store.clock.now()),
        keywords: vec![Keyword {
            id: keyword,
            phrase,
            whole_word,
        }],
        statuses: Vec::new(),
    };
    let answer = render_v1(&filter, keyword);
    store.filters.insert(id, filter);
    store.emit(Event::FiltersChanged(me));
    answer
}

async fn update_v1(
    State(app): App,
    caller: Caller,
    At(id): At,
    params: Params,
) -> Answer<entities::Filter> {
    let me = caller.person(WRITE)?;
    let context = context(&params)?;
    let mut store = app.store();
    let now = store.clock.now();
    let filter = with_keyword(&mut store, me, id)?;
    if let Some(irreversible) = params.get("irreversible").flag() {
        if irreversible { "hide" } else { "warn" }.clone_into(&mut filter.action);
    }
    filter.context = context.unwrap_or_else(|| filter.context.clone());
    if params.get("expires_in").is_there() {
        filter.expires_at = expiry(&params, now);
    }
    if let Some(keyword) = filter.keywords.iter_mut().find(|keyword| keyword.id == id) {
        keyword.phrase = params
            .get("phrase")
            .presence()
            .unwrap_or_else(|| keyword.phrase.clone());
        keyword.whole_word = params
            .get("whole_word")
            .flag()
            .unwrap_or(keyword.whole_word);
    }
    let answer = render_v1(filter, id);
    store.emit(Event::FiltersChanged(me));
    answer
}

/// Deleting the last keyword also deletes the filter.
async fn delete_v1(State(app): App, caller: Caller, At(id): At) -> Answer<Value> {
    let me = caller.person(WRITE)?;
    let mut store = app.store();
    let filter = with_keyword(&mut store, me, id)?;
    filter.keywords.retain(|keyword| keyword.id != id);
    let (filter, empty) = (filter.id, filter.keywords.is_empty());
    if empty {
        store.filters.remove(&filter);
    }
    store.emit(Event::FiltersChanged(me));
    Ok(Json(json!({})))
}

//! `/api/v1/annual_reports`: what someone did in a year, computed from the store.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use mastodon_wasm::entities::{
    AnnualReport, AnnualReportArchetype, AnnualReportData, AnnualReportDataV2,
    AnnualReportNameAndCount, AnnualReportState, AnnualReportStateName,
    AnnualReportTimeSeriesEntryV2, AnnualReportTopStatusesV2, WrappedAnnualReports,
};
use serde_json::{Value, json};

use crate::caller::Caller;
use crate::clock;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::store::{Status, Store};

/// How many hashtags a report names.
const MOST_TAGS: usize = 10;

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/annual_reports", get(many))
        .route("/api/v1/annual_reports/{year}", get(one))
        .route("/api/v1/annual_reports/{year}/state", get(state))
        .route("/api/v1/annual_reports/{year}/generate", post(generate))
        .route("/api/v1/annual_reports/{year}/read", post(read))
}

fn report(store: &Store, me: Id, year: i16) -> AnnualReport {
    let posts: Vec<&Status> = store.posts_of_year(me, year).collect();
    let count = |wanted: fn(&Status) -> bool| posts.iter().filter(|post| wanted(post)).count();
    let reblogs = count(|post| post.reblog_of.is_some());
    let replies = count(|post| post.in_reply_to.is_some());
    let polls = count(|post| post.poll.is_some());
    let archetype = if posts.is_empty() {
        AnnualReportArchetype::Lurker
    } else if reblogs * 2 > posts.len() {
        AnnualReportArchetype::Booster
    } else if polls * 10 > posts.len() {
        AnnualReportArchetype::Pollster
    } else if replies * 2 > posts.len() {
        AnnualReportArchetype::Replier
    } else {
        AnnualReportArchetype::Oracle
    };
    let top = |score: &dyn Fn(&Status) -> u64| {
        let own = posts
            .iter()
            .filter(|post| post.reblog_of.is_none() && post.visibility.is_open());
        own.max_by_key(|post| (score(post), post.id))
            .map(|post| post.id.to_string())
    };
    let mut tags: BTreeMap<&str, u64> = BTreeMap::new();
    for name in posts.iter().flat_map(|post| &post.tags) {
        *tags.entry(name).or_default() += 1;
    }
    let mut tags: Vec<(&str, u64)> = tags.into_iter().collect();
    tags.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    AnnualReport {
        year: u64::try_from(year).unwrap_or_default(),
        data: AnnualReportData::V2(AnnualReportDataV2 {
            archetype,
            top_statuses: AnnualReportTopStatusesV2 {
                by_reblogs: top(&|post| store.reblogs.count_to(post.id)),
                by_favourites: top(&|post| store.favourites.count_to(post.id)),
                by_replies: top(&|post| store.replies.get(&post.id).map_or(0, Vec::len) as u64),
                other: serde_json::Map::new(),
            },
            time_series: (1..=12)
                .map(|month: i8| AnnualReportTimeSeriesEntryV2 {
                    month: u64::try_from(month).unwrap_or_default(),
                    statuses: posts
                        .iter()
                        .filter(|post| clock::month(post.created_at) == month)
                        .count() as u64,
                    followers: 0,
                    other: serde_json::Map::new(),
                })
                .collect(),
            top_hashtags: tags
                .into_iter()
                .take(MOST_TAGS)
                .map(|(name, count)| AnnualReportNameAndCount {
                    name: name.to_owned(),
                    count,
                    other: serde_json::Map::new(),
                })
                .collect(),
            other: serde_json::Map::new(),
        }),
        schema_version: 2,
        share_url: Some(None),
        account_id: Some(me.to_string()),
        other: serde_json::Map::new(),
    }
}

fn wrapped(store: &Store, me: Id, years: impl Iterator<Item = i16>) -> WrappedAnnualReports {
    let annual_reports: Vec<AnnualReport> = years.map(|year| report(store, me, year)).collect();
    let named = annual_reports.iter().flat_map(|report| match &report.data {
        AnnualReportData::V2(data) => {
            let top = &data.top_statuses;
            [&top.by_reblogs, &top.by_favourites, &top.by_replies].map(Clone::clone)
        }
        _ => [const { None }; 3],
    });
    let mut ids: Vec<Id> = named.flatten().filter_map(|id| id.parse().ok()).collect();
    ids.sort_unstable();
    ids.dedup();
    let statuses = ids.iter().filter_map(|id| store.statuses.get(id));
    WrappedAnnualReports {
        accounts: store.accounts_of([me]),
        statuses: store.statuses_of(statuses.collect::<Vec<_>>(), Some(me)),
        annual_reports,
        other: serde_json::Map::new(),
    }
}

/// The reports that have not been read.
async fn many(State(app): App, caller: Caller) -> Answer<WrappedAnnualReports> {
    let me = caller.person("read:accounts")?;
    let store = app.store();
    let own = store.annual_reports.range((me, i16::MIN)..=(me, i16::MAX));
    let years = own.filter(|(_, read)| !**read).map(|((_, year), _)| *year);
    Ok(Json(wrapped(&store, me, years)))
}

async fn one(
    State(app): App,
    caller: Caller,
    Path(year): Path<i16>,
) -> Answer<WrappedAnnualReports> {
    let me = caller.person("read:accounts")?;
    let store = app.store();
    if !store.annual_reports.contains_key(&(me, year)) {
        return Err(ApiError::not_found());
    }
    Ok(Json(wrapped(&store, me, std::iter::once(year))))
}

async fn state(
    State(app): App,
    caller: Caller,
    Path(year): Path<i16>,
) -> Answer<AnnualReportState> {
    let me = caller.person("read:accounts")?;
    let store = app.store();
    let state = if store.annual_reports.contains_key(&(me, year)) {
        AnnualReportStateName::Available
    } else if store.posts_of_year(me, year).next().is_some() {
        AnnualReportStateName::Eligible
    } else {
        AnnualReportStateName::Ineligible
    };
    Ok(Json(AnnualReportState {
        state,
        other: serde_json::Map::new(),
    }))
}

/// Reports need no time to be generated: each is available at once.
async fn generate(
    State(app): App,
    caller: Caller,
    Path(year): Path<i16>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let me = caller.person("write:accounts")?;
    let mut store = app.store();
    if store.posts_of_year(me, year).next().is_none() {
        return Err(ApiError::not_found());
    }
    store.annual_reports.entry((me, year)).or_insert(false);
    Ok((StatusCode::ACCEPTED, Json(json!({}))))
}

async fn read(State(app): App, caller: Caller, Path(year): Path<i16>) -> Answer<Value> {
    let me = caller.person("write:accounts")?;
    let mut store = app.store();
    let read = store.annual_reports.get_mut(&(me, year));
    *read.ok_or_else(ApiError::not_found)? = true;
    Ok(Json(json!({})))
}

//! `/api/v1/admin/measures`, `dimensions` and `retention`: statistics of the instance, computed from the
//! store.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use jiff::{SignedDuration, Timestamp};
use mastodon_wasm::entities::{
    AdminCohort, AdminDimension, AdminDimensionData, AdminMeasure, AdminMeasureData, AdminRetention,
};

use super::moderator;
use crate::caller::Caller;
use crate::clock;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::params::Params;
use crate::store::{Account, Status, Store};

const SCOPE: &str = "admin:read";
const DAY: i64 = 86_400;
/// The maximum number of days in a response.
const MOST_DAYS: i64 = 366;

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/admin/measures", post(measures))
        .route("/api/v1/admin/dimensions", post(dimensions))
        .route("/api/v1/admin/retention", post(retention))
}

/// Midnight of each day from `start_at` to `end_at`.
fn days(params: &Params) -> Result<Vec<Timestamp>, ApiError> {
    let time = |name: &str| {
        let time = params.get(name).time().map(clock::midnight);
        time.ok_or_else(|| ApiError::bad_request(&format!("{name} is missing or no date")))
    };
    let (start, end) = (time("start_at")?, time("end_at")?);
    let count = (end.as_second() - start.as_second()) / DAY + 1;
    Ok((0..count.clamp(0, MOST_DAYS))
        .map(|day| clock::after(start, day * DAY))
        .collect())
}

fn is_on(at: Timestamp, day: Timestamp) -> bool {
    (0..DAY).contains(&(at.as_second() - day.as_second()))
}

/// Who did something, and when. A measure counts either the accounts or the times.
type Moment = (Id, Timestamp);

fn of_statuses<'a>(rows: impl Iterator<Item = &'a Status>) -> Vec<Moment> {
    rows.map(|row| (row.account, row.created_at)).collect()
}

fn of_accounts<'a>(rows: impl Iterator<Item = &'a Account>) -> Vec<Moment> {
    rows.map(|row| (row.id, row.created_at)).collect()
}

/// What a measure counts, and whether it counts each account only once. `None`: there is no such measure.
fn moments(store: &Store, key: &str, params: &Params) -> Option<(Vec<Moment>, bool)> {
    let tag = || {
        let id = params.get(key).get("id").id();
        id.and_then(|id| store.tags.get(&id))
            .map(|tag| tag.name.clone())
            .unwrap_or_default()
    };
    let domain = || params.get(key).get("domain").text();
    let on = |account: &Id| {
        let account = store.accounts.get(account);
        account.is_some_and(|account| account.domain == domain())
    };
    let local = |account: &Id| store.accounts.get(account).is_some_and(Account::is_local);
    let statuses = || store.statuses.values();
    let accounts = || store.accounts.values();
    let tagged = || {
        let name = tag();
        of_statuses(statuses().filter(move |row| row.tags.contains(&name)))
    };
    let reports = store.reports.values();
    Some(match key {
        "active_users" => (
            of_statuses(statuses().filter(|row| local(&row.account))),
            true,
        ),
        "new_users" => (of_accounts(accounts().filter(|row| row.is_local())), false),
        "interactions" => {
            let rows =
                statuses().filter(|row| row.reblog_of.is_some() || row.in_reply_to.is_some());
            (of_statuses(rows), false)
        }
        "opened_reports" => (reports.map(|row| (row.account, row.at)).collect(), false),
        "resolved_reports" => {
            let resolved = reports.filter_map(|row| row.resolved.as_ref());
            (resolved.map(|done| (done.by, done.at)).collect(), false)
        }
        "tag_accounts" => (tagged(), true),
        "tag_uses" => (tagged(), false),
        "tag_servers" => {
            let mut servers = BTreeSet::new();
            let all = tagged().into_iter().filter(|(account, _)| {
                let row = store.accounts.get(account);
                servers.insert(row.and_then(|row| row.domain.clone()))
            });
            (all.collect(), false)
        }
        "instance_accounts" => {
            let rows = accounts().filter(|row| on(&row.id));
            (of_accounts(rows), false)
        }
        "instance_statuses" => (
            of_statuses(statuses().filter(|row| on(&row.account))),
            false,
        ),
        "instance_media_attachments" => {
            let rows = statuses().filter(|row| on(&row.account) && !row.media.is_empty());
            (of_statuses(rows), false)
        }
        "instance_reports" => {
            let rows = reports.filter(|row| on(&row.target));
            (rows.map(|row| (row.account, row.at)).collect(), false)
        }
        "instance_follows" | "instance_followers" => {
            // The time of a follow is not stored, so the time when the account was created is used.
            let ids = accounts().filter(|row| on(&row.id)).map(|row| row.id);
            let edges = ids.flat_map(|id| {
                let count = if key == "instance_follows" {
                    store.follows.count_to(id)
                } else {
                    store.follows.count_from(id)
                };
                (0..count).map(move |_| id)
            });
            let at = |id: &Id| store.accounts.get(id).map(|row| row.created_at);
            (edges.filter_map(|id| Some((id, at(&id)?))).collect(), false)
        }
        _ => return None,
    })
}

fn count(moments: &[Moment], people: bool, within: impl Fn(Timestamp) -> bool) -> usize {
    let inside = moments.iter().filter(|(_, at)| within(*at));
    if people {
        inside.map(|(who, _)| who).collect::<BTreeSet<_>>().len()
    } else {
        inside.count()
    }
}

async fn measures(State(app): App, caller: Caller, params: Params) -> Answer<Vec<AdminMeasure>> {
    let store = app.store();
    moderator(&store, &caller, SCOPE)?;
    let days = days(&params)?;
    let keys = params.get("keys").texts();
    let all = keys.iter().filter_map(|key| {
        let (moments, people) = moments(&store, key, &params)?;
        let data = days.iter().map(|day| AdminMeasureData {
            date: clock::iso(*day),
            value: count(&moments, people, |at| is_on(at, *day)).to_string(),
            other: serde_json::Map::new(),
        });
        let inside = |at| days.iter().any(|day| is_on(at, *day));
        let span = SignedDuration::from_secs(DAY * i64::try_from(days.len()).unwrap_or_default());
        let earlier = |at: Timestamp| at.checked_add(span).is_ok_and(inside);
        Some(AdminMeasure {
            key: key.as_str().into(),
            unit: None,
            total: count(&moments, people, inside).to_string(),
            previous_total: Some(Some(count(&moments, people, earlier).to_string())),
            data: data.collect(),
            ..AdminMeasure::default()
        })
    });
    Ok(Json(all.collect()))
}

/// What a dimension counts: a name for each occurrence.
fn names(store: &Store, key: &str, params: &Params) -> Option<Vec<String>> {
    let server = |id: &Id| {
        let row = store.accounts.get(id);
        row.and_then(|row| row.domain.clone())
            .unwrap_or_else(|| store.domain.clone())
    };
    let language = |row: &Status| row.language.clone().unwrap_or_else(|| "und".to_owned());
    let tag = || {
        let id = params.get(key).get("id").id();
        id.and_then(|id| store.tags.get(&id)).map(|tag| &tag.name)
    };
    let statuses = || store.statuses.values();
    let tagged = || statuses().filter(|row| tag().is_some_and(|name| row.tags.contains(name)));
    let domain = || params.get(key).get("domain").text().unwrap_or_default();
    let there = |row: &&Status| server(&row.account) == domain();
    Some(match key {
        "languages" => {
            let people = store.accounts.values().filter(|row| row.is_local());
            people
                .map(|row| {
                    row.posting
                        .language
                        .clone()
                        .unwrap_or_else(|| "und".to_owned())
                })
                .collect()
        }
        "sources" => {
            let apps = statuses().filter_map(|row| store.apps.get(&row.app?));
            apps.map(|app| app.name.clone()).collect()
        }
        "servers" => store.accounts.keys().map(server).collect(),
        "tag_servers" => tagged().map(|row| server(&row.account)).collect(),
        "tag_languages" => tagged().map(language).collect(),
        "instance_accounts" => {
            let rows = statuses().filter(there);
            rows.filter_map(|row| store.accounts.get(&row.account))
                .map(|row| row.username.clone())
                .collect()
        }
        "instance_languages" => statuses().filter(there).map(language).collect(),
        _ => return None,
    })
}

async fn dimensions(
    State(app): App,
    caller: Caller,
    params: Params,
) -> Answer<Vec<AdminDimension>> {
    let store = app.store();
    moderator(&store, &caller, SCOPE)?;
    let limit = params.get("limit").int().unwrap_or(10);
    let limit = usize::try_from(limit).unwrap_or_default();
    let keys = params.get("keys").texts();
    let all = keys.iter().filter_map(|key| {
        let data = match key.as_str() {
            "software_versions" => vec![AdminDimensionData {
                key: "mastodon".to_owned(),
                human_key: "Mastodon".to_owned(),
                value: app.behaviour().version,
                human_value: Some(Some(app.behaviour().version)),
                ..AdminDimensionData::default()
            }],
            "space_usage" => {
                let bytes = store.bytes_of_files().to_string();
                vec![AdminDimensionData {
                    key: "media".to_owned(),
                    human_key: "Media storage".to_owned(),
                    human_value: Some(Some(format!("{bytes} bytes"))),
                    value: bytes,
                    unit: Some(Some("bytes".to_owned())),
                    other: serde_json::Map::new(),
                }]
            }
            key => counted(names(&store, key, &params)?, limit),
        };
        let key = key.as_str().into();
        Some(AdminDimension {
            key,
            data,
            other: serde_json::Map::new(),
        })
    });
    Ok(Json(all.collect()))
}

/// The most frequent names, with their counts.
fn counted(names: Vec<String>, limit: usize) -> Vec<AdminDimensionData> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let first = counts.into_iter().take(limit);
    first
        .map(|(name, count)| AdminDimensionData {
            key: name.clone(),
            human_key: name,
            value: count.to_string(),
            ..AdminDimensionData::default()
        })
        .collect()
}

/// Of those who registered on a day or in a month: how many posted then and later.
async fn retention(State(app): App, caller: Caller, params: Params) -> Answer<Vec<AdminRetention>> {
    let store = app.store();
    moderator(&store, &caller, SCOPE)?;
    let monthly = params.get("frequency").text().as_deref() == Some("month");
    let periods: Vec<Vec<Timestamp>> = if monthly {
        let mut months: Vec<Vec<Timestamp>> = Vec::new();
        for day in days(&params)? {
            match months.last_mut() {
                Some(month)
                    if month
                        .first()
                        .is_some_and(|first| clock::month(*first) == clock::month(day)) =>
                {
                    month.push(day);
                }
                _ => months.push(vec![day]),
            }
        }
        months
    } else {
        days(&params)?.into_iter().map(|day| vec![day]).collect()
    };
    let is_in = |at: Timestamp, period: &[Timestamp]| period.iter().any(|day| is_on(at, *day));
    let all = periods.iter().enumerate().map(|(index, period)| {
        let came: BTreeSet<Id> = store
            .accounts
            .values()
            .filter(|row| row.is_local() && is_in(row.created_at, period))
            .map(|row| row.id)
            .collect();
        let cohorts = periods.iter().skip(index).map(|later| {
            let active: BTreeSet<Id> = store
                .statuses
                .values()
                .filter(|row| came.contains(&row.account) && is_in(row.created_at, later))
                .map(|row| row.account)
                .collect();
            let share = |part: usize, whole: usize| {
                let number = |count| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
                if whole == 0 {
                    0.0
                } else {
                    number(part) / number(whole)
                }
            };
            AdminCohort {
                date: later.first().copied().map(clock::iso).unwrap_or_default(),
                rate: share(active.len(), came.len()),
                value: active.len().to_string(),
                other: serde_json::Map::new(),
            }
        });
        AdminRetention {
            period: period.first().copied().map(clock::iso).unwrap_or_default(),
            frequency: if monthly { "month" } else { "day" }.into(),
            data: cohorts.collect(),
            other: serde_json::Map::new(),
        }
    });
    Ok(Json(all.collect()))
}

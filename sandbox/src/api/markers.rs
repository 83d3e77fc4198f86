//! `/api/v1/markers`: how far the user has read.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use mastodon_wasm::entities::Marker;
use serde_json::{Map, Value, json};

use crate::caller::Caller;
use crate::clock;
use crate::error::Answer;
use crate::instance::{App, Instance};
use crate::params::Params;
use crate::store;

const TIMELINES: [&str; 2] = ["home", "notifications"];

pub fn routes() -> Router<Arc<Instance>> {
    Router::new().route("/api/v1/markers", get(read).post(save))
}

fn render(row: &store::Marker) -> Value {
    json!(Marker {
        last_read_id: row.last_read.to_string(),
        version: row.version,
        updated_at: clock::iso(row.at),
        other: serde_json::Map::new(),
    })
}

async fn read(State(app): App, caller: Caller, params: Params) -> Answer<Map<String, Value>> {
    let me = caller.person("read:statuses")?;
    let store = app.store();
    let wanted = params.get("timeline").texts();
    let found = TIMELINES
        .into_iter()
        .filter(|name| wanted.iter().any(|wanted| wanted == name));
    Ok(Json(
        found
            .filter_map(|name| {
                Some((
                    name.to_owned(),
                    render(store.markers.get(&(me, name.to_owned()))?),
                ))
            })
            .collect(),
    ))
}

async fn save(State(app): App, caller: Caller, params: Params) -> Answer<Map<String, Value>> {
    let me = caller.person("write:statuses")?;
    let mut store = app.store();
    let mut saved = Map::new();
    for name in TIMELINES {
        let Some(last_read) = params.get(name).get("last_read_id").id() else {
            continue;
        };
        let key = (me, name.to_owned());
        let version = store.markers.get(&key).map_or(0, |before| before.version) + 1;
        let row = store::Marker {
            last_read,
            version,
            at: store.clock.now(),
        };
        saved.insert(name.to_owned(), render(&row));
        store.markers.insert(key, row);
    }
    Ok(Json(saved))
}

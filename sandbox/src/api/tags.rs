//! Followed and featured hashtags.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::Uri;
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use mastodon_wasm::entities::{FeaturedTag, Tag};
use serde_json::{Value, json};

use super::request::{At, Listing};
use crate::caller::Caller;
use crate::error::{Answer, ApiError};
use crate::instance::{App, Instance};
use crate::page::PageAnswer;
use crate::params::Params;

const MAX_FEATURED: u64 = 10;

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/tags/{name}", get(one))
        .route("/api/v1/tags/{name}/follow", post(follow))
        .route("/api/v1/tags/{name}/unfollow", post(unfollow))
        .route("/api/v1/tags/{name}/feature", post(feature))
        .route("/api/v1/tags/{name}/unfeature", post(unfeature))
        .route("/api/v1/followed_tags", get(followed))
        .route("/api/v1/featured_tags", get(featured).post(create_featured))
        .route("/api/v1/featured_tags/suggestions", get(suggestions))
        .route("/api/v1/featured_tags/{id}", delete(delete_featured))
}

fn checked(name: &str) -> Result<&str, ApiError> {
    let name = name.trim_start_matches('#');
    let fits = crate::text::tags(&format!("#{name}"))
        .first()
        .is_some_and(|tag| *tag == name.to_lowercase());
    if fits {
        Ok(name)
    } else {
        Err(ApiError::not_found())
    }
}

async fn one(State(app): App, caller: Caller, Path(name): Path<String>) -> Answer<Tag> {
    let viewer = caller.viewer("read")?;
    Ok(Json(app.store().render_tag(checked(&name)?, viewer)))
}

async fn follow(State(app): App, caller: Caller, Path(name): Path<String>) -> Answer<Tag> {
    let me = caller.person("write:follows")?;
    let mut store = app.store();
    let tag = store.tag(checked(&name)?);
    store.followed_tags.add(me, tag, ());
    Ok(Json(store.render_tag(&name, Some(me))))
}

async fn unfollow(State(app): App, caller: Caller, Path(name): Path<String>) -> Answer<Tag> {
    let me = caller.person("write:follows")?;
    let mut store = app.store();
    let tag = store.tag(checked(&name)?);
    store.followed_tags.remove(me, tag);
    Ok(Json(store.render_tag(&name, Some(me))))
}

async fn feature(State(app): App, caller: Caller, Path(name): Path<String>) -> Answer<Tag> {
    let me = caller.person("write:accounts")?;
    let mut store = app.store();
    let tag = store.tag(checked(&name)?);
    store.featured_tags.add(me, tag, ());
    Ok(Json(store.render_tag(&name, Some(me))))
}

async fn unfeature(State(app): App, caller: Caller, Path(name): Path<String>) -> Answer<Tag> {
    let me = caller.person("write:accounts")?;
    let mut store = app.store();
    let tag = store.tag(checked(&name)?);
    store.featured_tags.remove(me, tag);
    Ok(Json(store.render_tag(&name, Some(me))))
}

async fn followed(State(app): App, caller: Caller, uri: Uri, params: Params) -> PageAnswer<Tag> {
    let me = caller.person("read:follows")?;
    let store = app.store();
    let listing = Listing::people(&app, &uri, &params).limits(100, 200);
    let rows = store
        .followed_tags
        .from(me)
        .filter_map(|edge| Some((edge.id, store.tags.get(&edge.to)?)));
    let page = listing.page(
        rows,
        |(id, _)| *id,
        |(_, tag)| store.render_tag(&tag.name, Some(me)),
    );
    Ok(page)
}

async fn featured(State(app): App, caller: Caller) -> Answer<Vec<FeaturedTag>> {
    let me = caller.person("read:accounts")?;
    let store = app.store();
    Ok(Json(
        store
            .featured_tags
            .from(me)
            .filter_map(|edge| store.featured_tag(me, edge.to))
            .collect(),
    ))
}

async fn create_featured(State(app): App, caller: Caller, params: Params) -> Answer<FeaturedTag> {
    let me = caller.person("write:accounts")?;
    let name = params
        .get("name")
        .presence()
        .ok_or_else(|| ApiError::invalid("Tag can't be blank"))?;
    let name = checked(&name).map_err(|_| ApiError::invalid("Tag is invalid"))?;
    let mut store = app.store();
    if store.featured_tags.count_from(me) >= MAX_FEATURED {
        return Err(ApiError::invalid(
            "You have already featured the maximum number of hashtags",
        ));
    }
    let tag = store.tag(name);
    store.featured_tags.add(me, tag, ());
    store
        .featured_tag(me, tag)
        .map(Json)
        .ok_or_else(ApiError::not_found)
}

async fn delete_featured(State(app): App, caller: Caller, At(id): At) -> Answer<Value> {
    let me = caller.person("write:accounts")?;
    app.store()
        .featured_tags
        .remove(me, id)
        .ok_or_else(ApiError::not_found)?;
    Ok(Json(json!({})))
}

/// The tags that a user used most and does not feature yet.
async fn suggestions(State(app): App, caller: Caller) -> Answer<Vec<Tag>> {
    let me = caller.person("read:accounts")?;
    let store = app.store();
    let mut counted: Vec<(usize, &str)> = store
        .tags
        .values()
        .filter(|tag| !store.featured_tags.has(me, tag.id))
        .map(|tag| {
            (
                store
                    .public_with_tag(&tag.name)
                    .filter(|status| status.account == me)
                    .count(),
                tag.name.as_str(),
            )
        })
        .filter(|(uses, _)| *uses > 0)
        .collect();
    counted.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    Ok(Json(
        counted
            .into_iter()
            .take(10)
            .map(|(_, name)| store.render_tag(name, Some(me)))
            .collect(),
    ))
}

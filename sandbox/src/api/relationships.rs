//! Follows, blocks, mutes, notes and featured accounts, with their lists.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::routing::{get, post};
use axum::{Json, Router};
use mastodon_wasm::entities::{Account, DomainBlockPreview, Relationship};
use serde_json::{Value, json};

use super::request::{At, Listing};
use crate::caller::Caller;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::page::PageAnswer;
use crate::params::Params;
use crate::store::{Follow, Store};

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/accounts/{id}/follow", post(follow))
        .route("/api/v1/accounts/{id}/unfollow", post(unfollow))
        .route(
            "/api/v1/accounts/{id}/remove_from_followers",
            post(remove_from_followers),
        )
        .route("/api/v1/accounts/{id}/block", post(block))
        .route("/api/v1/accounts/{id}/unblock", post(unblock))
        .route("/api/v1/accounts/{id}/mute", post(mute))
        .route("/api/v1/accounts/{id}/unmute", post(unmute))
        .route("/api/v1/accounts/{id}/note", post(note))
        .route("/api/v1/accounts/{id}/pin", post(endorse))
        .route("/api/v1/accounts/{id}/endorse", post(endorse))
        .route("/api/v1/accounts/{id}/unpin", post(unendorse))
        .route("/api/v1/accounts/{id}/unendorse", post(unendorse))
        .route("/api/v1/blocks", get(blocks))
        .route("/api/v1/mutes", get(mutes))
        .route("/api/v1/endorsements", get(endorsements))
        .route("/api/v1/follow_requests", get(follow_requests))
        .route("/api/v1/follow_requests/{id}/authorize", post(authorize))
        .route("/api/v1/follow_requests/{id}/reject", post(reject))
        .route("/api/v1/domain_blocks/preview", get(preview_domain_block))
        .route(
            "/api/v1/domain_blocks",
            get(domain_blocks).post(block_domain).delete(unblock_domain),
        )
}

/// Applies an action to another account, and returns the new relationship.
fn toward(
    app: &Instance,
    caller: &Caller,
    scope: &str,
    other: Id,
    act: impl FnOnce(&mut Store, Id) -> Result<(), ApiError>,
) -> Answer<Relationship> {
    let me = caller.person(scope)?;
    let mut store = app.store();
    if !store.accounts.contains_key(&other) {
        return Err(ApiError::not_found());
    }
    act(&mut store, me)?;
    Ok(Json(store.relationship(me, other)))
}

async fn follow(
    State(app): App,
    caller: Caller,
    At(id): At,
    params: Params,
) -> Answer<Relationship> {
    toward(&app, &caller, "write:follows", id, |store, me| {
        if me == id || store.blocks.has(id, me) || store.blocks.has(me, id) {
            return Err(ApiError::not_allowed());
        }
        let before = store
            .follows
            .get(me, id)
            .map(|edge| edge.data.clone())
            .unwrap_or_default();
        let languages = params
            .get("languages")
            .is_given()
            .then(|| params.get("languages").texts());
        let options = Follow {
            reblogs: params.get("reblogs").flag().unwrap_or(before.reblogs),
            notify: params.get("notify").flag().unwrap_or(before.notify),
            languages: languages.map_or(before.languages, |languages| {
                (!languages.is_empty()).then_some(languages)
            }),
        };
        store.follow(me, id, options);
        Ok(())
    })
}

async fn unfollow(State(app): App, caller: Caller, At(id): At) -> Answer<Relationship> {
    toward(&app, &caller, "write:follows", id, |store, me| {
        store.unfollow(me, id);
        Ok(())
    })
}

async fn remove_from_followers(
    State(app): App,
    caller: Caller,
    At(id): At,
) -> Answer<Relationship> {
    toward(&app, &caller, "write:follows", id, |store, me| {
        store.follows.remove(id, me);
        Ok(())
    })
}

async fn block(State(app): App, caller: Caller, At(id): At) -> Answer<Relationship> {
    toward(&app, &caller, "write:blocks", id, |store, me| {
        if me == id {
            return Err(ApiError::not_allowed());
        }
        store.block(me, id);
        Ok(())
    })
}

async fn unblock(State(app): App, caller: Caller, At(id): At) -> Answer<Relationship> {
    toward(&app, &caller, "write:blocks", id, |store, me| {
        store.blocks.remove(me, id);
        Ok(())
    })
}

async fn mute(State(app): App, caller: Caller, At(id): At, params: Params) -> Answer<Relationship> {
    toward(&app, &caller, "write:mutes", id, |store, me| {
        if me == id {
            return Err(ApiError::not_allowed());
        }
        let notifications = params.get("notifications").flag().unwrap_or(true);
        store.mute(
            me,
            id,
            notifications,
            params.get("duration").int().unwrap_or(0),
        );
        Ok(())
    })
}

async fn unmute(State(app): App, caller: Caller, At(id): At) -> Answer<Relationship> {
    toward(&app, &caller, "write:mutes", id, |store, me| {
        store.mutes.remove(me, id);
        Ok(())
    })
}

async fn note(State(app): App, caller: Caller, At(id): At, params: Params) -> Answer<Relationship> {
    toward(&app, &caller, "write:accounts", id, |store, me| {
        match params.get("comment").presence() {
            Some(comment) => store.notes.insert((me, id), comment),
            None => store.notes.remove(&(me, id)),
        };
        Ok(())
    })
}

async fn endorse(State(app): App, caller: Caller, At(id): At) -> Answer<Relationship> {
    toward(&app, &caller, "write:accounts", id, |store, me| {
        if !store.follows.has(me, id) {
            return Err(ApiError::invalid(
                "You must be already following the person you want to endorse",
            ));
        }
        store.endorsements.add(me, id, ());
        Ok(())
    })
}

async fn unendorse(State(app): App, caller: Caller, At(id): At) -> Answer<Relationship> {
    toward(&app, &caller, "write:accounts", id, |store, me| {
        store.endorsements.remove(me, id);
        Ok(())
    })
}

async fn blocks(State(app): App, caller: Caller, uri: Uri, params: Params) -> PageAnswer<Account> {
    let me = caller.person("read:blocks")?;
    let store = app.store();
    let page =
        Listing::people(&app, &uri, &params)
            .of_accounts(&store, store.blocks.from(me), |edge| edge.to);
    Ok(page)
}

async fn mutes(State(app): App, caller: Caller, uri: Uri, params: Params) -> PageAnswer<Account> {
    let me = caller.person("read:mutes")?;
    let store = app.store();
    let edges = store
        .mutes
        .from(me)
        .filter(|edge| store.is_muting(me, edge.to));
    let mut page = Listing::people(&app, &uri, &params).of_accounts(&store, edges, |edge| edge.to);
    for account in &mut page.items {
        let mute = account
            .id
            .parse()
            .ok()
            .and_then(|id| store.mutes.get(me, id));
        account.mute_expires_at = Some(
            mute.and_then(|mute| mute.data.expires_at)
                .map(crate::clock::iso),
        );
    }
    Ok(page)
}

async fn endorsements(
    State(app): App,
    caller: Caller,
    uri: Uri,
    params: Params,
) -> PageAnswer<Account> {
    let me = caller.person("read:accounts")?;
    let store = app.store();
    let page = Listing::people(&app, &uri, &params).of_accounts(
        &store,
        store.endorsements.from(me),
        |edge| edge.to,
    );
    Ok(page)
}

async fn follow_requests(
    State(app): App,
    caller: Caller,
    uri: Uri,
    params: Params,
) -> PageAnswer<Account> {
    let me = caller.person("read:follows")?;
    let store = app.store();
    let page = Listing::people(&app, &uri, &params).of_accounts(
        &store,
        store.follow_requests.to(me),
        |edge| edge.from,
    );
    Ok(page)
}

async fn authorize(State(app): App, caller: Caller, At(id): At) -> Answer<Relationship> {
    toward(&app, &caller, "write:follows", id, |store, me| {
        if store.accept_follow(id, me) {
            Ok(())
        } else {
            Err(ApiError::not_found())
        }
    })
}

async fn reject(State(app): App, caller: Caller, At(id): At) -> Answer<Relationship> {
    toward(&app, &caller, "write:follows", id, |store, me| {
        if store.reject_follow(id, me) {
            Ok(())
        } else {
            Err(ApiError::not_found())
        }
    })
}

async fn domain_blocks(
    State(app): App,
    caller: Caller,
    uri: Uri,
    params: Params,
) -> PageAnswer<String> {
    let me = caller.person("read:blocks")?;
    let store = app.store();
    let domains = store.domain_blocks.get(&me).cloned().unwrap_or_default();
    let rows = domains.iter().enumerate().rev();
    let listing = Listing::people(&app, &uri, &params).limits(100, 200);
    let page = listing.page(
        rows,
        |(index, _)| Id(*index as u64 + 1),
        |(_, domain)| (*domain).clone(),
    );
    Ok(page)
}

fn domain(params: &Params) -> Result<String, ApiError> {
    let domain = params
        .get("domain")
        .presence()
        .map(|domain| domain.trim().to_lowercase());
    domain
        .filter(|domain| domain.contains('.') && !domain.contains('/'))
        .ok_or_else(|| {
            ApiError::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                json!({ "error": "Validation failed: Domain is not a valid domain name" }),
            )
        })
}

/// The followers and followed accounts that a domain block would remove.
async fn preview_domain_block(
    State(app): App,
    caller: Caller,
    params: Params,
) -> Answer<DomainBlockPreview> {
    let me = caller.person("write:blocks")?;
    let store = app.store();
    let domain = params.get("domain").presence();
    let domain = domain.ok_or_else(|| ApiError::invalid("Domain can't be blank"))?;
    let there = |id: Id| {
        let account = store.accounts.get(&id);
        account.is_some_and(|account| account.domain.as_ref() == Some(&domain))
    };
    let following = store.follows.from(me).filter(|edge| there(edge.to));
    let followers = store.follows.to(me).filter(|edge| there(edge.from));
    Ok(Json(DomainBlockPreview {
        following_count: following.count() as u64,
        followers_count: followers.count() as u64,
        other: serde_json::Map::new(),
    }))
}

async fn block_domain(State(app): App, caller: Caller, params: Params) -> Answer<Value> {
    let me = caller.person("write:blocks")?;
    let domain = domain(&params)?;
    let mut store = app.store();
    let there: Vec<Id> = store
        .accounts
        .values()
        .filter(|account| account.domain.as_ref() == Some(&domain))
        .map(|account| account.id)
        .collect();
    for account in there {
        store.unfollow(me, account);
        store.unfollow(account, me);
    }
    let blocked = store.domain_blocks.entry(me).or_default();
    if !blocked.contains(&domain) {
        blocked.push(domain);
    }
    Ok(Json(json!({})))
}

async fn unblock_domain(State(app): App, caller: Caller, params: Params) -> Answer<Value> {
    let me = caller.person("write:blocks")?;
    let domain = domain(&params)?;
    if let Some(blocked) = app.store().domain_blocks.get_mut(&me) {
        blocked.retain(|known| *known != domain);
    }
    Ok(Json(json!({})))
}

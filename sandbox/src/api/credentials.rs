//! The user's own account: reading and changing it, and the preferences.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::{delete, get, patch, post};
use axum::{Json, Router};
use mastodon_wasm::entities::{Account, MediaExpansion, Preferences, Profile};
use serde_json::Value;

use crate::caller::Caller;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::params::{Params, Upload};
use crate::picture::drawings::{MISSING_AVATAR, MISSING_HEADER};
use crate::store::{ProfileField, QuotePolicy, Store, Visibility};

const MAX_FIELDS: usize = 4;

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/accounts/verify_credentials", get(verify))
        .route("/api/v1/accounts/update_credentials", patch(update))
        .route("/api/v1/profile", get(profile).patch(update_profile))
        .route("/api/v1/profile/avatar", delete(delete_avatar))
        .route("/api/v1/profile/header", delete(delete_header))
        .route("/api/v1/preferences", get(preferences))
        .route("/api/v1/emails/confirmations", post(confirm))
        .route("/api/v1/emails/check_confirmation", get(is_confirmed))
}

async fn verify(State(app): App, caller: Caller) -> Answer<Account> {
    let me = caller
        .person("read:accounts")
        .or_else(|error| caller.person("profile").map_err(|_| error))?;
    Ok(Json(app.store().credential_account(me)))
}

async fn update(State(app): App, caller: Caller, params: Params) -> Answer<Account> {
    let me = caller.person("write:accounts")?;
    let mut store = app.store();
    change(&mut store, me, &params)?;
    Ok(Json(store.credential_account(me)))
}

async fn profile(State(app): App, caller: Caller) -> Answer<Profile> {
    let me = caller
        .person("read:accounts")
        .or_else(|error| caller.person("profile").map_err(|_| error))?;
    let store = app.store();
    store
        .profile_of(me)
        .map(Json)
        .ok_or_else(ApiError::not_found)
}

async fn update_profile(State(app): App, caller: Caller, params: Params) -> Answer<Profile> {
    let me = caller.person("write:accounts")?;
    let mut store = app.store();
    change(&mut store, me, &params)?;
    store
        .profile_of(me)
        .map(Json)
        .ok_or_else(ApiError::not_found)
}

async fn is_confirmed(caller: Caller) -> Answer<bool> {
    caller.any_token()?;
    Ok(Json(true))
}

/// Every e-mail address is confirmed already.
async fn confirm(caller: Caller) -> Answer<Value> {
    caller.person("write:accounts")?;
    Err(ApiError::forbidden(
        "This method is only available while the e-mail is awaiting confirmation",
    ))
}

/// Applies the fields of the request to the user's own account.
fn change(store: &mut Store, me: Id, params: &Params) -> Result<(), ApiError> {
    let text = |name: &str| params.get(name).text();
    let avatar = params
        .file("avatar")
        .map(|file| save(store, "avatars", file))
        .transpose()?;
    let header = params
        .file("header")
        .map(|file| save(store, "headers", file))
        .transpose()?;
    let fields = params.get("fields_attributes").items();
    if fields.len() > MAX_FIELDS {
        return Err(ApiError::invalid("Fields can't have more than 4 items"));
    }
    if text("display_name").is_some_and(|name| name.chars().count() > 30) {
        return Err(ApiError::invalid(
            "Display name is too long (maximum is 30 characters)",
        ));
    }
    if text("note").is_some_and(|note| note.chars().count() > 500) {
        return Err(ApiError::invalid(
            "Bio is too long (maximum is 500 characters)",
        ));
    }
    let source = params.get("source");
    let privacy = source.get("privacy").presence();
    let privacy = privacy.map(|name| {
        Visibility::parse(&name)
            .ok_or_else(|| ApiError::invalid("Privacy is not included in the list"))
    });
    let privacy = privacy.transpose()?;
    let account = store
        .accounts
        .get_mut(&me)
        .ok_or_else(ApiError::not_found)?;
    let set = |target: &mut String, name: &str| {
        if let Some(value) = text(name) {
            *target = value;
        }
    };
    set(&mut account.display_name, "display_name");
    set(&mut account.note, "note");
    set(&mut account.avatar_description, "avatar_description");
    set(&mut account.header_description, "header_description");
    account.avatar = avatar.unwrap_or_else(|| account.avatar.clone());
    account.header = header.unwrap_or_else(|| account.header.clone());
    let flag = |name: &str| params.get(name).flag();
    account.locked = flag("locked").unwrap_or(account.locked);
    account.bot = flag("bot").unwrap_or(account.bot);
    account.indexable = flag("indexable").unwrap_or(account.indexable);
    account.discoverable = flag("discoverable").or(account.discoverable);
    account.show_media = flag("show_media").unwrap_or(account.show_media);
    account.show_media_replies = flag("show_media_replies").unwrap_or(account.show_media_replies);
    account.show_featured = flag("show_featured").unwrap_or(account.show_featured);
    account.hide_collections = flag("hide_collections").or(account.hide_collections);
    if params.get("attribution_domains").is_given() {
        account.attribution_domains = params
            .get("attribution_domains")
            .texts()
            .into_iter()
            .filter(|domain| !domain.is_empty())
            .collect();
    }
    if params.get("fields_attributes").is_given() {
        let all = fields.iter().map(|field| ProfileField {
            name: field.get("name").text().unwrap_or_default(),
            value: field.get("value").text().unwrap_or_default(),
            verified_at: None,
        });
        account.fields = all
            .filter(|field| !field.name.is_empty() || !field.value.is_empty())
            .collect();
    }
    let posting = &mut account.posting;
    posting.privacy = privacy.unwrap_or(posting.privacy);
    posting.sensitive = source.get("sensitive").flag().unwrap_or(posting.sensitive);
    posting.language = source
        .get("language")
        .presence()
        .or_else(|| posting.language.take());
    let policy = source
        .get("quote_policy")
        .presence()
        .and_then(|name| QuotePolicy::parse(&name));
    posting.quote_policy = policy.unwrap_or(posting.quote_policy);
    Ok(())
}

/// Stores an uploaded image under a new URL.
fn save(store: &mut Store, folder: &str, file: &Upload) -> Result<String, ApiError> {
    let (extension, content_type) = crate::picture::kind(&file.bytes)
        .ok_or_else(|| ApiError::invalid("Avatar content type is invalid, Avatar is invalid"))?;
    let path = format!("/system/accounts/{folder}/{}.{extension}", store.new_id());
    store.add_file(&path, content_type, file.bytes.clone());
    Ok(path)
}

async fn delete_avatar(State(app): App, caller: Caller) -> Answer<Account> {
    let me = caller.person("write:accounts")?;
    let mut store = app.store();
    if let Some(account) = store.accounts.get_mut(&me) {
        MISSING_AVATAR.clone_into(&mut account.avatar);
    }
    Ok(Json(store.credential_account(me)))
}

async fn delete_header(State(app): App, caller: Caller) -> Answer<Account> {
    let me = caller.person("write:accounts")?;
    let mut store = app.store();
    if let Some(account) = store.accounts.get_mut(&me) {
        MISSING_HEADER.clone_into(&mut account.header);
    }
    Ok(Json(store.credential_account(me)))
}

async fn preferences(State(app): App, caller: Caller) -> Answer<Preferences> {
    let me = caller.person("read:accounts")?;
    let store = app.store();
    let posting = &store
        .accounts
        .get(&me)
        .ok_or_else(ApiError::not_found)?
        .posting;
    Ok(Json(Preferences {
        posting_default_visibility: posting.privacy.into(),
        posting_default_sensitive: posting.sensitive,
        posting_default_language: posting.language.clone(),
        posting_default_quote_policy: Some(posting.quote_policy.as_str().into()),
        reading_expand_media: MediaExpansion::Default,
        reading_expand_spoilers: false,
        reading_autoplay_gifs: Some(false),
        other: serde_json::Map::new(),
    }))
}

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use mastodon_wasm::entities;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::scopes;
use crate::behaviour::Pkce;
use crate::error::ApiError;
use crate::instance::App;
use crate::params::Params;
use crate::store::{self, Store, Token};

fn refusal(status: StatusCode, error: &str, description: &str) -> ApiError {
    ApiError::new(
        status,
        json!({ "error": error, "error_description": description }),
    )
}

fn invalid_request(description: &str) -> ApiError {
    refusal(StatusCode::BAD_REQUEST, "invalid_request", description)
}

fn invalid_client() -> ApiError {
    refusal(
        StatusCode::UNAUTHORIZED,
        "invalid_client",
        "Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.",
    )
}

fn invalid_grant() -> ApiError {
    refusal(
        StatusCode::BAD_REQUEST,
        "invalid_grant",
        "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.",
    )
}

fn invalid_scope() -> ApiError {
    refusal(
        StatusCode::BAD_REQUEST,
        "invalid_scope",
        "The requested scope is invalid, unknown, or malformed.",
    )
}

/// The application, which authenticates with parameters in the body or with HTTP Basic.
fn client(store: &Store, headers: &HeaderMap, params: &Params) -> Option<store::App> {
    let basic = headers.get(header::AUTHORIZATION).and_then(|value| {
        let encoded = value.to_str().ok()?.strip_prefix("Basic ")?;
        let text = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
        text.split_once(':')
            .map(|(id, secret)| (id.to_owned(), secret.to_owned()))
    });
    let posted = || {
        Some((
            params.get("client_id").text()?,
            params.get("client_secret").text()?,
        ))
    };
    let (id, secret) = basic.or_else(posted)?;
    store
        .app_by_client_id(&id)
        .filter(|app| app.client_secret == secret)
        .cloned()
}

/// `POST /oauth/token`
pub async fn create(
    State(app): App,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, ApiError> {
    let behaviour = app.behaviour();
    let pkce = behaviour.pkce;
    let mut store = app.store();
    let kind = params
        .get("grant_type")
        .presence()
        .ok_or_else(|| invalid_request("Missing required parameter: grant_type."))?;
    let client = client(&store, &headers, &params).ok_or_else(invalid_client)?;
    let mut token = match kind.as_str() {
        "authorization_code" => by_code(&mut store, &client, &params, pkce)?,
        "client_credentials" => {
            let scopes = asked(&client, &params)?;
            store.add_token(client.id, None, scopes)
        }
        "password" => {
            let text = |name| params.get(name).text().unwrap_or_default();
            let known = store.account_by_login(&text("username"));
            let account = known.filter(|known| {
                known
                    .login
                    .as_ref()
                    .is_some_and(|login| login.password == text("password"))
            });
            let account = account
                .map(|account| account.id)
                .ok_or_else(invalid_grant)?;
            let scopes = asked(&client, &params)?;
            store.add_token(client.id, Some(account), scopes)
        }
        "refresh_token" if behaviour.token_lifetime_s.is_some() => {
            let text = params.get("refresh_token").text().unwrap_or_default();
            let taken = store
                .take_refresh_token(client.id, &text)
                .ok_or_else(invalid_grant)?;
            store.add_token(client.id, taken.account, taken.scopes)
        }
        _ => {
            return Err(refusal(
                StatusCode::BAD_REQUEST,
                "unsupported_grant_type",
                "The authorization grant type is not supported by the authorization server.",
            ));
        }
    };
    if let Some(seconds) = behaviour.token_lifetime_s {
        store.limit_token(&mut token, seconds);
    }
    let mut response = Json(render(&token)).into_response();
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn asked(client: &store::App, params: &Params) -> Result<Vec<String>, ApiError> {
    match params.get("scope").presence() {
        Some(text) => scopes(&text, &client.scopes).ok_or_else(invalid_scope),
        None if client.scopes.iter().any(|scope| scope == "read") => Ok(vec!["read".to_owned()]),
        None => Ok(client.scopes.clone()),
    }
}

fn by_code(
    store: &mut Store,
    client: &store::App,
    params: &Params,
    pkce: Pkce,
) -> Result<Token, ApiError> {
    let code = params
        .get("code")
        .presence()
        .ok_or_else(|| invalid_request("Missing required parameter: code."))?;
    let redirect_uri = params.get("redirect_uri").text().unwrap_or_default();
    let grant = store.take_grant(&code).ok_or_else(invalid_grant)?;
    if grant.app != client.id || grant.redirect_uri != redirect_uri {
        return Err(invalid_grant());
    }
    if let Some(challenge) = grant.challenge.as_ref().filter(|_| pkce == Pkce::Verify) {
        let verifier = params.get("code_verifier").presence();
        let verifier = verifier
            .ok_or_else(|| invalid_request("Missing required parameter: code_verifier."))?;
        if *challenge != URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) {
            return Err(invalid_grant());
        }
    }
    Ok(store.add_token(client.id, Some(grant.account), grant.scopes))
}

pub fn render(token: &Token) -> entities::Token {
    entities::Token {
        access_token: token.text.clone(),
        token_type: "Bearer".to_owned(),
        scope: token.scopes.join(" "),
        created_at: u64::try_from(token.created_at.as_second()).unwrap_or_default(),
        expires_in: token
            .life
            .as_ref()
            .and_then(|life| u64::try_from(life.seconds).ok()),
        refresh_token: token.life.as_ref().map(|life| life.refresh_token.clone()),
        other: serde_json::Map::new(),
    }
}

/// `POST /oauth/revoke`
pub async fn revoke(
    State(app): App,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, ApiError> {
    let mut store = app.store();
    let unauthorized = || {
        let description = "You are not authorized to revoke this token";
        refusal(StatusCode::FORBIDDEN, "unauthorized_client", description)
    };
    let client = client(&store, &headers, &params).ok_or_else(unauthorized)?;
    let text = params.get("token").text().unwrap_or_default();
    if store
        .tokens
        .get(&text)
        .is_some_and(|token| token.app != client.id)
    {
        return Err(unauthorized());
    }
    // An unknown token counts as revoked.
    store.revoke(&text);
    Ok(Json(json!({})).into_response())
}

use axum::Json;
use axum::extract::State;
use mastodon_wasm::entities::{OAuthServerInfo, OAuthUserInfo};

use super::SCOPES;
use crate::caller::Caller;
use crate::error::{Answer, ApiError};
use crate::instance::App;

/// `GET /.well-known/oauth-authorization-server`
pub async fn server(State(app): App) -> Answer<OAuthServerInfo> {
    if !app.behaviour().oauth_metadata {
        return Err(ApiError::not_found());
    }
    let texts = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
    let at = |path: &str| format!("{}{path}", app.base);
    Ok(Json(OAuthServerInfo {
        issuer: at("/"),
        authorization_endpoint: at("/oauth/authorize"),
        token_endpoint: at("/oauth/token"),
        revocation_endpoint: at("/oauth/revoke"),
        userinfo_endpoint: Some(at("/oauth/userinfo")),
        scopes_supported: texts(&SCOPES),
        response_types_supported: texts(&["code"]),
        response_modes_supported: Some(texts(&["query", "fragment", "form_post"])),
        grant_types_supported: texts(&["authorization_code", "password", "client_credentials"]),
        token_endpoint_auth_methods_supported: texts(&[
            "client_secret_basic",
            "client_secret_post",
        ]),
        code_challenge_methods_supported: Some(texts(&["S256"])),
        service_documentation: Some("https://docs.joinmastodon.org/".to_owned()),
        app_registration_endpoint: Some(at("/api/v1/apps")),
        other: serde_json::Map::new(),
    }))
}

/// `GET /oauth/userinfo`
pub async fn userinfo(State(app): App, caller: Caller) -> Answer<OAuthUserInfo> {
    let me = caller
        .person("profile")
        .or_else(|_| caller.person("read:accounts"))?;
    let store = app.store();
    let account = store.accounts.get(&me).ok_or_else(ApiError::not_found)?;
    let name = if account.display_name.is_empty() {
        &account.username
    } else {
        &account.display_name
    };
    Ok(Json(OAuthUserInfo {
        iss: format!("{}/", app.base),
        sub: format!("{}/ap/users/{}", app.base, account.id),
        name: name.clone(),
        preferred_username: account.username.clone(),
        profile: store.account_url(account),
        picture: store.url(&account.avatar),
        other: serde_json::Map::new(),
    }))
}

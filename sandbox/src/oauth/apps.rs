use axum::Json;
use axum::extract::State;
use mastodon_wasm::entities::Application;

use super::SCOPES;
use crate::caller::Caller;
use crate::error::{Answer, ApiError};
use crate::instance::App;
use crate::params::Params;
use crate::store;
use crate::store::oauth::OUT_OF_BAND;

/// `POST /api/v1/apps`
pub async fn create(State(app): App, params: Params) -> Answer<Application> {
    let name = params
        .get("client_name")
        .presence()
        .ok_or_else(|| ApiError::invalid("Name can't be blank"))?;
    // Either one text with a URI on each line, or a list.
    let redirect_uris: Vec<String> = params
        .get("redirect_uris")
        .texts()
        .iter()
        .flat_map(|text| {
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    if redirect_uris.is_empty() {
        return Err(ApiError::invalid("Redirect URI can't be blank"));
    }
    if redirect_uris.iter().any(|uri| !is_absolute(uri)) {
        return Err(ApiError::invalid("Redirect URI must be an absolute URI."));
    }
    let scopes: Vec<String> = match params.get("scopes").presence() {
        Some(text) => text.split_whitespace().map(str::to_owned).collect(),
        None => vec!["read".to_owned()],
    };
    if scopes.iter().any(|scope| !SCOPES.contains(&scope.as_str())) {
        return Err(ApiError::invalid(
            "Scopes doesn't match configured on the server.",
        ));
    }
    let website = params.get("website").presence();
    let mut store = app.store();
    let id = store.counters.apps.next();
    let row = store::App {
        id,
        name,
        website,
        redirect_uris,
        scopes,
        client_id: store.random_text(),
        client_secret: store.random_text(),
    };
    let answer = Application {
        client_id: Some(row.client_id.clone()),
        client_secret: Some(row.client_secret.clone()),
        client_secret_expires_at: Some(0),
        ..render(&row)
    };
    store.apps.insert(id, row);
    Ok(Json(answer))
}

/// `GET /api/v1/apps/verify_credentials`
pub async fn verify(State(app): App, caller: Caller) -> Answer<Application> {
    let token = caller.any_token()?;
    let store = app.store();
    store
        .apps
        .get(&token.app)
        .map(|row| Json(render(row)))
        .ok_or_else(ApiError::not_found)
}

fn render(row: &store::App) -> Application {
    Application {
        id: Some(row.id.to_string().into()),
        name: row.name.clone(),
        website: Some(row.website.clone()),
        scopes: Some(row.scopes.clone()),
        redirect_uris: Some(row.redirect_uris.clone()),
        redirect_uri: Some(row.redirect_uris.join("\n")),
        vapid_key: Some(Some(crate::push::VAPID_KEY.to_owned())),
        ..Application::default()
    }
}

fn is_absolute(uri: &str) -> bool {
    uri == OUT_OF_BAND
        || uri.split_once(':').is_some_and(|(scheme, rest)| {
            let scheme_fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
            let dangerous =
                ["javascript", "data", "vbscript"].contains(&scheme.to_ascii_lowercase().as_str());
            scheme_fits && !dangerous && !rest.is_empty() && !uri.contains('#')
        })
}

//! Tokens: requests for them (RFC 6749), reading responses, storing them in the client, and revoking them
//! (RFC 7009).

use super::OUT_OF_BAND;
use super::metadata::{Metadata, REVOCATION, TOKEN, discover};
use crate::client::scope::Scope;
use crate::client::send::{exchange, read};
use crate::client::{Change, Client};
use crate::endpoint::request::{Authorization, Request};
use crate::endpoint::{Answer, Verb};
use crate::error::{Class, Error, ErrorResponse};
use crate::params::encode::Encoding;
use crate::{js, scopes, text};
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// A token response.
#[derive(Clone, Default)]
pub struct Grant {
    /// The token.
    pub access_token: String,
    /// The granted scopes.
    pub scopes: String,
    /// The refresh token.
    pub refresh_token: Option<String>,
    /// When the token expires, in milliseconds since 1970.
    pub expires_at: Option<f64>,
}

impl Grant {
    /// Writes it into a stored login.
    pub fn write(&self, login: &JsValue) {
        js::set(login, "access_token", &self.access_token.as_str().into());
        js::set(
            login,
            "refresh_token",
            &self.refresh_token.as_deref().into(),
        );
        js::set(login, "expires_at", &self.expires_at.into());
        js::set(login, "scopes", &self.scopes.as_str().into());
    }

    /// Reads it from a stored login.
    pub fn of_saved(login: &JsValue) -> Option<Self> {
        Some(Self {
            access_token: js::text_of(login, "access_token").filter(|token| is_token(token))?,
            scopes: js::text_of(login, "scopes").unwrap_or_default(),
            refresh_token: js::text_of(login, "refresh_token"),
            expires_at: js::number_of(login, "expires_at"),
        })
    }
}

/// Stores the token in a client.
pub fn keep(client: &Client, grant: &Grant) {
    client
        .access_token
        .replace(Some(grant.access_token.clone()));
    client.refresh_token.replace(grant.refresh_token.clone());
    let scopes = Some(&grant.scopes).filter(|scopes| !scopes.is_empty());
    client.scopes.replace(scopes.cloned());
    client.session.expires_at.set(grant.expires_at);
}

/// Stores the token of a new login in a client, and tells its streams.
pub fn replace(client: &Client, grant: &Grant) {
    let had = client.access_token.borrow().is_some();
    keep(client, grant);
    client.changed(if had {
        Change::Replaced
    } else {
        Change::LoggedIn
    });
}

/// The client's token.
pub fn current(client: &Client) -> Option<Grant> {
    Some(Grant {
        access_token: client.access_token.borrow().clone()?,
        scopes: client.scopes.borrow().clone().unwrap_or_default(),
        refresh_token: client.refresh_token.borrow().clone(),
        expires_at: client.session.expires_at.get(),
    })
}

/// Removes the client's token.
pub fn forget(client: &Client) {
    client.access_token.replace(None);
    client.refresh_token.replace(None);
    client.scopes.replace(None);
    client.session.expires_at.set(None);
    client.changed(Change::LoggedOut);
}

/// Whether a text is a valid token for the `Authorization` header.
pub fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Parameters that are redacted in errors.
const SECRETS: [&str; 4] = ["password", "code", "refresh_token", "code_verifier"];

/// Protects the secrets in a request's parameters: errors redact them, and redirects are not followed.
pub fn hide_secrets(request: &mut Request) {
    request.confidential = true;
    let request = &mut **request;
    for (name, value) in &request.pairs {
        if let (Some(name), Some(value)) = (name.as_string(), value.as_string())
            && SECRETS.contains(&name.as_str())
        {
            request.secrets.push(value);
        }
    }
}

/// Authenticates a request as the application: with its id and secret instead of the client's token.
pub fn as_application(client: &Client, request: &mut Request) {
    hide_secrets(request);
    request.encoding = Encoding::Form;
    request.authorization = Authorization::Nobody;
    let id = client.client_id.borrow().clone().unwrap_or_default();
    let secret = client.client_secret.borrow().clone().unwrap_or_default();
    request
        .pair("client_id", id)
        .secret_pair("client_secret", &secret);
}

/// Rejects a client that has no application.
pub fn needs_application(client: &Client, method: &str) -> Result<(), Error> {
    if client.client_id.borrow().is_some() && client.client_secret.borrow().is_some() {
        return Ok(());
    }
    Err(Error::illegal(
        method,
        &["the client has no `client_id` and `client_secret`: get them from `createApp`"],
    ))
}

/// Sends an OAuth request. If there is no response, checks whether the server is up: then CORS is the reason.
pub async fn send(scope: &Scope, request: &mut Request) -> Result<JsValue, Error> {
    let failed = match exchange(scope, request).await {
        Ok(reply) => return read(&scope.client, request, &reply),
        Err(failed) => failed,
    };
    // Outside of pages there is no CORS.
    if scope.is_over() || js::is_nothing(&js::global("location")) {
        return Err(failed);
    }
    let mut probe = Request::get(request.method, "/api/v1/instance").anonymous();
    if exchange(scope, &mut probe).await.is_err() {
        return Err(failed);
    }
    let response = failed.response().cloned();
    let error = Error::new(
        Class::Network,
        &[
            request.method,
            ": ",
            &scope.client.origin,
            " is up, but its ",
            &request.path,
            " sends no CORS headers, so that a web page cannot see the response. Call this from a server of your own, or use a token that the user made in the settings of their account",
        ],
    );
    Err(match response {
        Some(response) => error.with_response(response),
        None => error,
    })
}

/// Requests a token. The request already has the parameters of its grant type. If `metadata` is not given, it
/// is requested. If the response names no scopes, the requested ones were granted.
pub async fn ask(
    scope: &Scope,
    metadata: Option<&Metadata>,
    mut request: Request,
    grant: &str,
    asked: &str,
) -> Result<Grant, Error> {
    as_application(&scope.client, &mut request);
    request.pair("grant_type", grant);
    // Some servers require it for every grant type.
    if !request.has_pair(&"redirect_uri".into()) {
        request.pair("redirect_uri", OUT_OF_BAND);
    }
    if !asked.is_empty() {
        request.pair("scope", asked);
    }
    request.path = match metadata {
        Some(metadata) => metadata.path_of(&scope.client, TOKEN)?,
        None => discover(scope, request.method)
            .await?
            .path_of(&scope.client, TOKEN)?,
    };
    let response = send(scope, &mut request).await?;
    read_grant(&response, asked, &request)
}

/// Reads a token response.
pub fn read_grant(response: &JsValue, asked: &str, request: &Request) -> Result<Grant, Error> {
    let access_token = js::text_of(response, "access_token").filter(|token| is_token(token));
    let Some(access_token) = access_token else {
        // This error must not contain the body, which is secret.
        let about = ErrorResponse {
            status: 200,
            method: request.verb.as_str(),
            path: request.path.clone(),
            ..ErrorResponse::default()
        };
        let message = [request.method, ": the server's response has no token"];
        return Err(Error::new(Class::Api, &message).with_response(about));
    };
    let scope = js::get(response, "scope");
    let scope = scope
        .as_string()
        .unwrap_or_else(|| text::join(&js::texts(&scope), " "));
    // Some PHP servers send it as a string.
    let written = || js::text_of(response, "expires_in")?.parse::<u32>().ok();
    let lifetime = js::number_of(response, "expires_in")
        .or_else(|| written().map(f64::from))
        .filter(|seconds| *seconds > 0.0);
    Ok(Grant {
        access_token,
        scopes: scopes::granted(&scope, asked),
        refresh_token: js::text_of(response, "refresh_token").filter(|token| !token.is_empty()),
        // By this machine's clock, which may differ from the server's.
        expires_at: lifetime.map(|seconds| js::now() + seconds * 1000.0),
    })
}

/// Revokes a token.
pub async fn revoke(scope: &Scope, method: &'static str, token: &str) -> Result<(), Error> {
    let client = &scope.client;
    let path = discover(scope, method).await?.path_of(client, REVOCATION)?;
    let ask = |authorization| {
        let mut request = Request::new(method, Verb::Post, &path);
        request.answer = Answer::Nothing;
        as_application(client, &mut request);
        request.secret_pair("token", token);
        request.authorization = authorization;
        request
    };
    let Err(failed) = send(scope, &mut ask(Authorization::Nobody)).await else {
        return Ok(());
    };
    if scope.is_over() {
        return Err(failed);
    }
    // The server may have revoked it, but CORS hides the response. A request with the token shows whether it
    // is still valid.
    let mut probe = Request::get(method, "/api/v1/apps/verify_credentials");
    probe.authorization = Authorization::Token(token.to_owned());
    if exchange(scope, &mut probe)
        .await
        .is_ok_and(|reply| reply.status == 401)
    {
        return Ok(());
    }
    // Some servers require the request to be authorized by the token itself.
    if failed.status() == Some(401) {
        let again = &mut ask(Authorization::Token(token.to_owned()));
        return send(scope, again).await.map(drop);
    }
    Err(failed)
}

/// Revokes a token that will not be used. Errors are ignored.
pub async fn discard(client: Rc<Client>, method: &'static str, token: String) {
    const PATIENCE: f64 = 10.0;
    if let Ok(scope) = Scope::new(&client, method, JsValue::UNDEFINED, Some(PATIENCE)) {
        let _ = revoke(&scope, method, &token).await;
    }
}

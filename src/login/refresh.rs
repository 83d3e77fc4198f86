//! Refreshes an expired token with its refresh token (RFC 6749, 6), once for all calls that it affects.

use super::saved;
use super::storage::Storage;
use crate::client::call::{Work, promise};
use crate::client::scope::Scope;
use crate::client::{Client, Renewal};
use crate::endpoint::Verb;
use crate::endpoint::request::Request;
use crate::error::Error;
use crate::oauth::token::{self, Grant};
use js_sys::Promise;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// The method that these requests appear under in errors.
const METHOD: &str = "logIn";

/// Whether an expired token can be refreshed.
fn can_refresh(client: &Client) -> bool {
    client.refresh_token.borrow().is_some()
        && client.client_id.borrow().is_some()
        && client.client_secret.borrow().is_some()
}

/// Gets a new token, after the server rejected the old one with 401. True if the client has a new one: the
/// request can be sent again.
///
/// # Errors
/// The call has ended in the meantime. The refresh continues for the other calls.
pub fn refresh(scope: &Scope, ended: Option<String>) -> Renewal<'_> {
    // Boxed, because it sends requests, which may refresh a token.
    Box::pin(wait_for_another(scope, ended))
}

async fn wait_for_another(scope: &Scope, ended: Option<String>) -> Result<bool, Error> {
    let client = &scope.client;
    let Some(ended) = ended.filter(|_| can_refresh(client)) else {
        return Ok(false);
    };
    // While the request was in flight, another call may have refreshed the token.
    if is_current(client, &ended) {
        let running = client.session.renewal.borrow().clone();
        let renewal = running.unwrap_or_else(|| begin(client, ended.clone()));
        scope.run(renewal).await?;
    }
    Ok(client
        .access_token
        .borrow()
        .as_ref()
        .is_some_and(|token| *token != ended))
}

fn is_current(client: &Client, token: &str) -> bool {
    client.access_token.borrow().as_deref() == Some(token)
}

fn begin(client: &Rc<Client>, ended: String) -> Promise {
    let own = client.clone();
    let work: Work = Box::pin(async move {
        // The error does not matter: each call has its own 401.
        let _ = renew(&own, &ended).await;
        own.session.renewal.replace(None);
        Ok(JsValue::UNDEFINED)
    });
    let renewal = promise(Ok(work));
    client.session.renewal.replace(Some(renewal.clone()));
    renewal
}

async fn renew(client: &Rc<Client>, ended: &str) -> Result<(), Error> {
    let storage = Storage::of_client(METHOD, client)?;
    // Another tab may have refreshed it, and servers accept a refresh token only once.
    if adopt(client, storage.as_ref(), ended).await {
        return Ok(());
    }
    let Some(refresh_token) = client.refresh_token.borrow().clone() else {
        return Ok(());
    };
    let scope = Scope::new(client, METHOD, JsValue::UNDEFINED, None)?;
    let mut request = Request::new(METHOD, Verb::Post, "");
    request.secret_pair("refresh_token", &refresh_token);
    if let Some(uri) = &*client.session.redirect_uri.borrow() {
        request.pair("redirect_uri", uri.as_str());
    }
    let mut grant = match token::ask(&scope, None, request, "refresh_token", "").await {
        Ok(grant) => grant,
        Err(error) => {
            if matches!(error.status(), Some(400 | 401))
                && !adopt(client, storage.as_ref(), ended).await
            {
                client.refresh_token.replace(None);
            }
            return Err(error);
        }
    };
    if !is_current(client, ended) {
        // The user has logged out in the meantime.
        token::discard(client.clone(), METHOD, grant.access_token).await;
        return Ok(());
    }
    // What the response omits is unchanged (RFC 6749, 5.1 and 6).
    grant.refresh_token = grant.refresh_token.or(Some(refresh_token));
    if grant.scopes.is_empty() {
        grant.scopes = client.scopes.borrow().clone().unwrap_or_default();
    }
    token::keep(client, &grant);
    match storage {
        Some(storage) => saved::renew(&storage, ended, &grant).await,
        None => Ok(()),
    }
}

/// Uses the token that the storage has for the client's login, if it is a different one.
async fn adopt(client: &Client, storage: Option<&Storage>, ended: &str) -> bool {
    let Some(storage) = storage else { return false };
    let Some(account) = client.session.account.borrow().clone() else {
        return false;
    };
    let Ok(logins) = saved::logins(storage).await else {
        return false;
    };
    let login = logins
        .iter()
        .find(|login| saved::is_of(login, Some(&account)));
    let Some(grant) = login
        .and_then(Grant::of_saved)
        .filter(|grant| grant.access_token != ended)
    else {
        return false;
    };
    if !is_current(client, ended) {
        return false;
    }
    token::keep(client, &grant);
    true
}

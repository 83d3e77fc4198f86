//! `finishLogin` creates a client from the parameters that the server added to the page's URL. `restore` and
//! `savedLogins` use stored logins.

use super::callback::{Callback, Expected, without_response};
use super::failure::{Reason, failure};
use super::page::Page;
use super::pending::Pending;
use super::popup::{STATE_PREFIX, hand_over, only_waiting};
use super::saved;
use super::storage::Storage;
use crate::client::Client;
use crate::client::call::{self, StaticCall, Work};
use crate::client::scope::Scope;
use crate::client::send::send;
use crate::endpoint::Verb;
use crate::endpoint::request::Request;
use crate::error::Error;
use crate::js;
use crate::oauth::token::{self, Grant};
use js_sys::{Array, Object, Promise};
use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

const FINISH: &str = "finishLogin";
const RESTORE: &str = "restore";

thread_local! {
    static FINISHING: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// `Mastodon.finishLogin`. Simultaneous calls get the same client.
pub fn finish_login(call: StaticCall) -> Result<Work, Error> {
    let given = call.arguments.get("storage");
    // Without a login, none is needed.
    let storage = if js::is_nothing(&given) {
        Storage::unused(FINISH)
    } else {
        Storage::new(FINISH, given)?
    };
    check_options(FINISH, &call.values.get(0), &storage)?;
    let running = FINISHING.with_borrow(Clone::clone);
    let promise = running.unwrap_or_else(|| {
        let promise = call::promise(Ok(Box::pin(async move {
            let result = finish(call).await;
            FINISHING.replace(None);
            Ok(result?.map_or(JsValue::NULL, client_value))
        })));
        FINISHING.replace(Some(promise.clone()));
        promise
    });
    Ok(Box::pin(async move { Ok(JsFuture::from(promise).await?) }))
}

/// A future that resolves to a client, if there is one.
pub type Login = Pin<Box<dyn Future<Output = Result<Option<Rc<Client>>, Error>>>>;

/// A client as JavaScript receives it. In Rust, only its number.
pub fn client_value(client: Rc<Client>) -> JsValue {
    #[cfg(feature = "npm")]
    return crate::client::Mastodon { client }.into();
    #[cfg(not(feature = "npm"))]
    client.id.into()
}

/// The client of a login that returns to this page, if one does.
pub async fn finish(mut call: StaticCall) -> Result<Option<Rc<Client>>, Error> {
    let timeout = call.arguments.take_timeout(FINISH)?;
    let Some(page) = Page::current() else {
        return Ok(None);
    };
    let query = page.query();
    let callback = Callback::parse(&query);
    if !callback.is_response() {
        return Ok(None);
    }
    let given = call.arguments.take("storage");
    // Removed from the URL at once, so that nothing else can read it and it does not stay in the history.
    let clean = || page.replace_query(&without_response(&query));
    if let Some(state) = callback
        .state
        .as_deref()
        .filter(|state| state.starts_with(STATE_PREFIX))
    {
        clean();
        return pass_on(state, &query, given).await;
    }
    let pending = match Storage::of_tab(FINISH) {
        Ok(Some(tab)) => match Pending::load(&tab).await? {
            // Without `state`, a response on another page belongs to that page.
            Some(login) if callback.state.is_none() && !page.is_at(&login.redirect_uri()) => None,
            // Removed in any case: a response must not be used twice.
            pending => {
                Pending::remove(&tab).await?;
                pending
            }
        },
        Ok(None) => None,
        // Without `state`, the parameters may be the page's own.
        Err(_) if callback.state.is_none() => None,
        Err(error) => return Err(error),
    };
    let Some(pending) = pending else {
        if callback.state.is_none() {
            return without_state(&page, &callback, &query, given).await;
        }
        clean();
        return unexpected(Reason::SpentState, given).await;
    };
    clean();
    let storage = Storage::new(FINISH, given)?;
    let client = client_of(FINISH, &call.values.get(0), pending.as_js(), &storage)?;
    let scope = Scope::new(&client, FINISH, call.arguments.take("signal"), timeout)?;
    complete(&scope, FINISH, &pending, &callback, &storage).await?;
    let return_to = pending.return_to();
    if let Some(target) = page.own(&return_to).filter(|_| !return_to.is_empty()) {
        page.go_on(&target);
    }
    Ok(Some(client))
}

/// In a popup window: passes the query on to the page that opened it.
async fn pass_on(state: &str, query: &str, storage: JsValue) -> Result<Option<Rc<Client>>, Error> {
    if hand_over(state, query).await? {
        return Ok(None);
    }
    unexpected(Reason::PopupAlone, storage).await
}

/// No login was started in this tab. Then a `code` belongs to the page itself; an `error` may be a rejection
/// without `state` that the server sent to a popup window.
async fn without_state(
    page: &Page,
    callback: &Callback,
    query: &str,
    storage: JsValue,
) -> Result<Option<Rc<Client>>, Error> {
    if callback.code.is_some() {
        return Ok(None);
    }
    match only_waiting(&page.address()).await {
        Some(state) => {
            page.replace_query(&without_response(query));
            pass_on(&state, query, storage).await
        }
        None => Ok(None),
    }
}

/// A response that matches no pending login: it is old, or from someone else. A stored login can still be
/// restored.
async fn unexpected(reason: Reason, storage: JsValue) -> Result<Option<Rc<Client>>, Error> {
    if saved::logins(&Storage::new(FINISH, storage)?)
        .await?
        .is_empty()
    {
        return Err(failure(reason, FINISH, ""));
    }
    Ok(None)
}

/// Exchanges the code for a token, and stores the login.
pub async fn complete(
    scope: &Scope,
    method: &'static str,
    pending: &Pending,
    callback: &Callback,
    storage: &Storage,
) -> Result<(), Error> {
    let expected = Expected {
        state: &pending.state(),
        issuer: &pending.api_base_url(),
        issuer_promised: pending.issuer_promised(),
    };
    let code = callback
        .code_for(&expected)
        .map_err(|(reason, words)| failure(reason, method, &words))?;
    let client = &scope.client;
    client.client_id.replace(Some(pending.client_id()));
    client.client_secret.replace(Some(pending.client_secret()));
    let mut request = Request::new(method, Verb::Post, "");
    request
        .secret_pair("code", code)
        .secret_pair("code_verifier", &pending.code_verifier())
        .pair("redirect_uri", pending.redirect_uri());
    let grant = match token::ask(
        scope,
        None,
        request,
        "authorization_code",
        &pending.scopes(),
    )
    .await
    {
        Ok(grant) => grant,
        Err(error) => return Err(explain(error, method, pending, storage).await),
    };
    token::keep(client, &grant);
    let kept = keep(scope, pending, storage).await;
    if kept.is_err() {
        // This token will not be used, so it is revoked.
        let token = client.access_token.take().unwrap_or(grant.access_token);
        token::forget(client);
        let discarded = token::discard(client.clone(), method, token);
        if scope.is_over() {
            spawn_local(discarded);
        } else {
            discarded.await;
        }
    }
    kept
}

/// The error for a code that the server did not exchange.
async fn explain(
    error: Error,
    method: &'static str,
    pending: &Pending,
    storage: &Storage,
) -> Error {
    let Some(response) = error.response().cloned() else {
        return error;
    };
    let reason = match response.error.as_deref() {
        Some("invalid_grant") => Reason::ExpiredCode,
        Some("invalid_client") => {
            if let Err(error) = storage.remove(&pending.app_key()).await {
                return error;
            }
            Reason::StaleApp
        }
        _ => return error,
    };
    failure(reason, method, "").with_response(response)
}

/// Stores a login for `restore`.
async fn keep(scope: &Scope, pending: &Pending, storage: &Storage) -> Result<(), Error> {
    let path = "/api/v1/accounts/verify_credentials";
    let user = match send(scope, Request::get("accountVerifyCredentials", path)).await {
        // Without the scope to read the account, the token is still valid.
        Err(error) if error.status() == Some(403) => JsValue::UNDEFINED,
        result => result?,
    };
    let origin = pending.api_base_url();
    let (_, host) = crate::text::cut(&origin, b'/').unwrap_or_default();
    let host = host.strip_prefix('/').unwrap_or(host);
    let account = match short_text(&user, "username") {
        Some(username) => [&username, "@", host].concat(),
        None => host.to_owned(),
    };
    let login = js::object(&[
        ("account", account.as_str().into()),
        ("display_name", short_text(&user, "display_name").into()),
        ("avatar", short_text(&user, "avatar").into()),
    ]);
    for name in ["api_base_url", "client_id", "client_secret", "redirect_uri"] {
        js::set(&login, name, &js::get(pending.as_js(), name));
    }
    if pending.allow_http() {
        js::set(&login, "allow_http", &JsValue::TRUE);
    }
    // The token may have been refreshed in the meantime.
    if let Some(grant) = token::current(&scope.client) {
        grant.write(&login);
    }
    saved::remember(storage, &login).await?;
    scope.client.session.account.replace(Some(account));
    Ok(())
}

/// A text to store. Longer texts than any name or URL are left out: they would fill the storage.
fn short_text(of: &JsValue, name: &str) -> Option<String> {
    const LONGEST: usize = 2048;
    js::text_of(of, name).filter(|text| text.len() <= LONGEST)
}

/// `Mastodon.restore`
pub fn restore(call: StaticCall) -> Result<Work, Error> {
    let login = saved_client(call)?;
    Ok(Box::pin(async move {
        Ok(login.await?.map_or(JsValue::NULL, client_value))
    }))
}

/// The client of a stored login.
pub fn saved_client(mut call: StaticCall) -> Result<Login, Error> {
    let storage = Storage::new(RESTORE, call.arguments.take("storage"))?;
    let account = call.arguments.take_text("account");
    let options = call.values.get(0);
    check_options(RESTORE, &options, &storage)?;
    Ok(Box::pin(async move {
        let login = match &account {
            Some(account) => saved::prefer(&storage, account).await?,
            None => saved::logins(&storage).await?.into_iter().next(),
        };
        let Some(login) = login else {
            return Ok(None);
        };
        let client = client_of(RESTORE, &options, &login, &storage)?;
        if let Some(grant) = Grant::of_saved(&login) {
            token::keep(&client, &grant);
        }
        client
            .session
            .account
            .replace(js::text_of(&login, "account"));
        client
            .session
            .redirect_uri
            .replace(js::text_of(&login, "redirect_uri"));
        Ok(Some(client))
    }))
}

/// `Mastodon.savedLogins`
pub fn saved_logins(mut call: StaticCall) -> Result<Work, Error> {
    let storage = Storage::new("savedLogins", call.arguments.take("storage"))?;
    Ok(Box::pin(async move {
        let shown = |login: JsValue| {
            let shown = Object::new();
            for name in ["account", "api_base_url", "display_name", "avatar"] {
                if let Some(text) = js::text_of(&login, name) {
                    js::set(&shown, name, &text.into());
                }
            }
            shown
        };
        Ok(saved::logins(&storage)
            .await?
            .into_iter()
            .map(shown)
            .collect::<Array>()
            .into())
    }))
}

/// A client with the caller's options and the stored credentials.
fn client_of(
    method: &'static str,
    given: &JsValue,
    login: &JsValue,
    storage: &Storage,
) -> Result<Rc<Client>, Error> {
    let options = Object::new();
    if given.is_object() {
        let unreadable = |cause| Error::unreadable(method, "options", cause);
        for entry in js::caller_entries(given).map_err(unreadable)?.iter() {
            let entry: &Array = entry.unchecked_ref();
            js::define(&options, &entry.get(0), &entry.get(1));
        }
    }
    for name in [
        "api_base_url",
        "allow_http",
        "client_id",
        "client_secret",
        "access_token",
    ] {
        js::set(&options, name, &js::get(login, name));
    }
    js::set(&options, "storage", storage.as_js());
    super::client(method, &options)
}

/// Refuses wrong options also when there is no login: a mistake must not wait for the first one.
fn check_options(method: &'static str, given: &JsValue, storage: &Storage) -> Result<(), Error> {
    let login = js::object(&[("api_base_url", "https://mastodon.example".into())]);
    client_of(method, given, &login, storage).map(drop)
}

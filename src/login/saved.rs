//! The stored logins, the last used one first. They are JSON, and other code may have changed them: entries
//! that are not valid are ignored.

use super::storage::Storage;
use crate::error::Error;
use crate::js;
use crate::oauth::token::{Grant, is_token};
use crate::url::origin_of;
use wasm_bindgen::prelude::*;

const KEY: &str = "mastodon-wasm:logins";

/// All valid logins.
pub async fn logins(storage: &Storage) -> Result<Vec<JsValue>, Error> {
    let list = storage.load(KEY).await?;
    Ok(js::list(&list).iter().filter(is_whole).collect())
}

fn is_whole(login: &JsValue) -> bool {
    let base = js::text_of(login, "api_base_url").unwrap_or_default();
    js::is_record(login)
        && js::text_of(login, "account").is_some_and(|account| !account.is_empty())
        && js::text_of(login, "access_token").is_some_and(|token| is_token(&token))
        && is_origin(&base, js::flag_of(login, "allow_http"))
}

/// Whether a text is the origin of a server, in the form that clients use.
pub fn is_origin(text: &str, allow_http: bool) -> bool {
    origin_of("", &text.into(), allow_http).is_ok_and(|origin| origin == text)
}

/// Whether a login belongs to this account; true for every login if none is given.
pub fn is_of(login: &JsValue, account: Option<&str>) -> bool {
    account.is_none() || js::text_of(login, "account").as_deref() == account
}

/// Changes the list without other changes in between. It is written only if `change` returns true.
async fn update(
    storage: &Storage,
    change: &mut dyn FnMut(&mut Vec<JsValue>) -> bool,
) -> Result<(), Error> {
    let _turn = storage.turn().await;
    let mut list = logins(storage).await?;
    if !change(&mut list) {
        return Ok(());
    }
    if list.is_empty() {
        return storage.remove(KEY).await;
    }
    storage.save(KEY, &js::array(&list)).await
}

/// Adds a login. It replaces an older one of the same account.
pub async fn remember(storage: &Storage, login: &JsValue) -> Result<(), Error> {
    let account = js::text_of(login, "account");
    update(storage, &mut |list| {
        list.retain(|other| !is_of(other, account.as_deref()));
        list.insert(0, login.clone());
        true
    })
    .await
}

/// Moves an account's login to the front and returns it; `None` if it is not stored.
pub async fn prefer(storage: &Storage, account: &str) -> Result<Option<JsValue>, Error> {
    let mut found = None;
    update(storage, &mut |list| {
        let Some(at) = list.iter().position(|login| is_of(login, Some(account))) else {
            return false;
        };
        let login = list.remove(at);
        found = Some(login.clone());
        list.insert(0, login);
        at > 0
    })
    .await?;
    Ok(found)
}

/// Removes the login with this token, and the account's login: another tab may have refreshed its token.
/// Returns the tokens of the removed logins.
pub async fn forget(
    storage: &Storage,
    token: &str,
    account: Option<&str>,
) -> Result<Vec<String>, Error> {
    let mut tokens = Vec::new();
    update(storage, &mut |list| {
        list.retain(|login| {
            let own = js::text_of(login, "access_token").unwrap_or_default();
            let kept = own != token && (account.is_none() || !is_of(login, account));
            if !kept {
                tokens.push(own);
            }
            kept
        });
        !tokens.is_empty()
    })
    .await?;
    Ok(tokens)
}

/// Writes a refreshed token into its login. A login that was removed in the meantime is not added again.
pub async fn renew(storage: &Storage, ended: &str, grant: &Grant) -> Result<(), Error> {
    update(storage, &mut |list| {
        let has_ended =
            |login: &&JsValue| js::text_of(login, "access_token").as_deref() == Some(ended);
        let login = list.iter().find(has_ended);
        if let Some(login) = login {
            grant.write(login);
        }
        login.is_some()
    })
    .await
}

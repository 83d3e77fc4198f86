//! The logins that a storage keeps, the last one first. They are JSON, and anybody may have changed them:
//! what is not as it was written counts as nothing.

use super::storage::Storage;
use crate::error::Error;
use crate::js;
use crate::oauth::token::{Grant, is_token};
use crate::url::origin_of;
use wasm_bindgen::prelude::*;

const KEY: &str = "mastodon-wasm:logins";

/// All that are kept.
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

/// Whether a text is the origin of a server as a client has it.
pub fn is_origin(text: &str, allow_http: bool) -> bool {
    origin_of("", &text.into(), allow_http).is_ok_and(|origin| origin == text)
}

/// Whether a login is this user's; of anybody where none is named.
pub fn is_of(login: &JsValue, account: Option<&str>) -> bool {
    account.is_none() || js::text_of(login, "account").as_deref() == account
}

/// Changes the list in one step, where `change` says that it did.
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

/// Adds a login, in the place of an older one of the same user.
pub async fn remember(storage: &Storage, login: &JsValue) -> Result<(), Error> {
    let account = js::text_of(login, "account");
    update(storage, &mut |list| {
        list.retain(|other| !is_of(other, account.as_deref()));
        list.insert(0, login.clone());
        true
    })
    .await
}

/// Puts a user's login first, and gives it; None where it is not, or no longer, among them.
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

/// Forgets the login of a token, and what the user's login became since: another tab may have renewed
/// its token. Gives the tokens that were forgotten.
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

/// Writes what replaces the token of a login over it. A login that was forgotten meanwhile stays so.
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

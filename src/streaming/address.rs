//! Finds the streaming server: the one that the instance names, if it can be used; otherwise the instance
//! itself.

use super::rest::{Route, Routes, request};
use crate::client::Client;
use crate::client::scope::Scope;
use crate::client::send::send;
use crate::error::Error;
use crate::js::{self, Url};
use crate::text;
use crate::url::server_url;
use wasm_bindgen::prelude::*;

const PATH: &str = "/api/v1/streaming";

/// The address of a streaming server.
#[derive(Debug, Clone)]
pub struct Address {
    /// The URL, without a query.
    pub url: String,
    /// Whether the instance names it.
    pub named: bool,
}

impl Address {
    /// The URL for HTTP requests.
    pub fn http_url(&self) -> String {
        ["http", self.url.strip_prefix("ws").unwrap_or(&self.url)].concat()
    }
}

/// Asks the instance. If its description is not public, streaming may still work.
///
/// # Errors
/// There was no response.
pub async fn find(scope: &Scope, routes: Routes) -> Result<Address, Error> {
    let client = &scope.client;
    let Some(request) = request(routes, Route::Instance) else {
        return Ok(address(client, None));
    };
    let instance = match send(scope, request).await {
        Ok(instance) => instance,
        Err(error) if error.status().is_some() => JsValue::UNDEFINED,
        Err(error) => return Err(error),
    };
    let part = |of: &JsValue, name: &str| {
        let part = js::get(of, name);
        if part.is_object() {
            part
        } else {
            JsValue::UNDEFINED
        }
    };
    let instance = if instance.is_object() {
        instance
    } else {
        JsValue::UNDEFINED
    };
    let newer = part(&part(&instance, "configuration"), "urls");
    let named = js::text_of(&newer, "streaming")
        .or_else(|| js::text_of(&part(&instance, "urls"), "streaming_api"));
    Ok(address(client, named.as_deref()))
}

/// The address to connect to. GoToSocial says `wss` even if it runs on this machine without encryption, so
/// `ws` is used there. If the instance uses https, `ws` becomes `wss`: otherwise the token would be sent
/// unencrypted.
pub fn address(client: &Client, named: Option<&str>) -> Address {
    let usable = named
        .filter(|named| named.len() <= 2048)
        .and_then(|named| usable(client, named));
    let (named, url) = (
        usable.is_some(),
        usable.or_else(|| Url::new(&client.origin).ok()),
    );
    let Some(url) = url else {
        return Address {
            url: String::new(),
            named,
        };
    };
    let own = client.origin.starts_with("https:");
    let encrypted = matches!(url.protocol().as_str(), "https:" | "wss:")
        && !crate::url::is_loopback(&url.hostname());
    let path = url.pathname();
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix(PATH).unwrap_or(path);
    let url = [
        if own || encrypted { "wss://" } else { "ws://" },
        &url.host(),
        path,
        PATH,
    ]
    .concat();
    Address { url, named }
}

fn usable(client: &Client, named: &str) -> Option<Url> {
    let parsed = Url::new(named).ok()?;
    let secure = client.origin.starts_with("https:");
    // If http is allowed, the streaming server on the same host may use it too.
    let own_host =
        !secure && Url::new(&client.origin).is_ok_and(|own| own.hostname() == parsed.hostname());
    let scheme = match parsed.protocol().as_str() {
        "wss:" | "https:" => "https:",
        "ws:" | "http:" if secure => "https:",
        "ws:" | "http:" => "http:",
        _ => return None,
    };
    if !parsed.search().is_empty()
        || !parsed.hash().is_empty()
        || !parsed.username().is_empty()
        || !parsed.password().is_empty()
    {
        return None;
    }
    if own_host {
        return Some(parsed);
    }
    let href = parsed.href();
    let (_, rest) = text::before(&href, b':');
    server_url(&[scheme, rest].concat(), &client.origin)
}

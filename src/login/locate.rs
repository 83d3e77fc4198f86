//! Finds the Mastodon server of a domain. A handle's domain may differ from its server: `@ada@fern.example`
//! may be on `social.fern.example`. The domain says where, by WebFinger (RFC 7033) or host-meta (RFC 6415).

use super::address::webfinger_template;
use crate::client::Client;
use crate::client::scope::Scope;
use crate::client::send::{exchange, read};
use crate::endpoint::request::Request;
use crate::error::{Class, Error};
use crate::js;
use crate::url::server_url;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// Timeout of each lookup, in seconds. It is short, because every login by handle waits for it.
const PATIENCE: f64 = 5.0;

/// Looks up the server of a domain. Many web servers do not support these requests.
pub struct Domain<'a> {
    /// A client for the domain that the user typed.
    pub client: &'a Rc<Client>,
    /// The method that was called.
    pub method: &'static str,
    /// The signal of the call.
    pub signal: &'a JsValue,
}

impl Domain<'_> {
    /// The domain with its port.
    fn host(&self) -> Option<&str> {
        let (_, host) = crate::text::cut(&self.client.origin, b'/')?;
        host.strip_prefix('/')
    }

    /// The origin of the server that has this handle.
    pub async fn of_handle(&self, user: &str) -> Option<String> {
        let host = self.host()?;
        let user = js::encode_uri_component(user);
        let path = ["/.well-known/webfinger?resource=acct:", &user, "@", host].concat();
        let (scope, request, reply) = self.ask(&path).await?;
        let document = read(&scope.client, &request, &reply).ok()?;
        let links = js::list(&js::get(&document, "links"));
        let own = links
            .iter()
            .find(|link| js::text_of(link, "rel").as_deref() == Some("self"))?;
        origin(&js::text_of(&own, "href")?)
    }

    /// The origin of the server for this domain's handles, if it is another one.
    pub async fn elsewhere(&self) -> Option<String> {
        let mut found = self.of_host_meta().await;
        if found.is_none() {
            // Mastodon's own account has the name of its domain.
            found = self.of_handle(self.host()?).await;
        }
        found.filter(|origin| *origin != self.client.origin)
    }

    async fn of_host_meta(&self) -> Option<String> {
        let (_, _, reply) = self.ask("/.well-known/host-meta").await?;
        origin(&webfinger_template(&reply.beginning())?)
    }

    async fn ask(&self, path: &str) -> Option<(Scope, Request, crate::http::Reply)> {
        let scope = Scope::new(
            self.client,
            self.method,
            self.signal.clone(),
            Some(PATIENCE),
        )
        .ok()?;
        let mut request = Request::get(self.method, path).anonymous();
        let reply = exchange(&scope, &mut request).await.ok()?;
        (reply.status == 200).then_some((scope, request, reply))
    }
}

/// The origin of a URL from a domain. It may be on this machine only if the page is.
fn origin(url: &str) -> Option<String> {
    let page = js::text_of(&js::global("location"), "origin").unwrap_or_default();
    crate::text::has(url, "://")
        .then(|| server_url(url, &page))
        .flatten()
        .map(|url| url.origin())
}

/// Whether an error of the registration means that there is no Mastodon server.
pub fn is_absent(error: &Error) -> bool {
    match (error.class(), error.status()) {
        (Some(Class::Network), _) => true,
        (_, Some(status)) => status < 400 || matches!(status, 403 | 404 | 405 | 410 | 501),
        _ => false,
    }
}

/// Adds a hint to the error: what else the user can type.
pub fn with_advice(mut error: Error) -> Error {
    if let Error::Mastodon(failure) = &mut error {
        failure.message.push_str(
            ". If the server has another address than the domain, enter a full handle (@user@domain) or that address",
        );
    }
    error
}

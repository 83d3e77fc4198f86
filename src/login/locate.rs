//! Where the Mastodon of a domain is. The domain of a handle may be another than that of the server:
//! `@ada@fern.example` may be kept at `social.fern.example`. The domain itself tells where, by WebFinger
//! (RFC 7033) or host-meta (RFC 6415).

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

/// Seconds for each question: it is on the way of every login by handle.
const PATIENCE: f64 = 5.0;

/// Asks a domain questions that any web server may have no answer to.
pub struct Domain<'a> {
    /// A client of the domain, as it was typed.
    pub client: &'a Rc<Client>,
    /// The method that asks.
    pub method: &'static str,
    /// The signal of the call.
    pub signal: &'a JsValue,
}

impl Domain<'_> {
    /// Name and port of the domain.
    fn host(&self) -> Option<&str> {
        let (_, host) = crate::text::cut(&self.client.origin, b'/')?;
        host.strip_prefix('/')
    }

    /// The origin of the server that a handle is kept at.
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

    /// The origin of the server that handles of this domain are kept at, if it is another one.
    pub async fn elsewhere(&self) -> Option<String> {
        let mut found = self.of_host_meta().await;
        if found.is_none() {
            // Mastodon's own account is called like its domain.
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

/// The origin of an address that a domain names. Only a page on this machine follows it to this machine.
fn origin(url: &str) -> Option<String> {
    let page = js::text_of(&js::global("location"), "origin").unwrap_or_default();
    crate::text::has(url, "://")
        .then(|| server_url(url, &page))
        .flatten()
        .map(|url| url.origin())
}

/// Whether an error of the registration means that there is no Mastodon at the address.
pub fn is_absent(error: &Error) -> bool {
    match (error.class(), error.status()) {
        (Some(Class::Network), _) => true,
        (_, Some(status)) => status < 400 || matches!(status, 403 | 404 | 405 | 410 | 501),
        _ => false,
    }
}

/// The same error, with what else can be typed.
pub fn with_advice(mut error: Error) -> Error {
    if let Error::Mastodon(failure) = &mut error {
        failure.message.push_str(
            ". If the server is elsewhere than the domain says, type the whole handle (@user@domain) or the server's own address",
        );
    }
    error
}

//! The application of a page on a server. It is registered once and kept in the storage.

use super::storage::Storage;
use crate::client::Client;
use crate::client::scope::Scope;
use crate::client::send::send;
use crate::endpoint::Verb;
use crate::endpoint::request::{Authorization, Request};
use crate::error::{Class, Error};
use crate::js;
use crate::oauth::metadata::Metadata;
use crate::oauth::token;
use wasm_bindgen::prelude::*;

/// What is registered with a server.
#[derive(Debug)]
pub struct Registration {
    /// The name of the application.
    pub client_name: JsValue,
    /// The redirect URIs, where a login may return to.
    pub redirect_uris: String,
    /// The scopes that it may ever request.
    pub scopes: String,
    /// The website of the application, or undefined.
    pub website: JsValue,
}

impl Registration {
    /// Turns a request into `POST /api/v1/apps`.
    pub fn describe(&self, request: &mut Request) {
        request.authorization = Authorization::Nobody;
        request
            .pair("client_name", self.client_name.clone())
            .pair("redirect_uris", self.redirect_uris.as_str())
            .pair("scopes", self.scopes.as_str())
            .pair("website", self.website.clone());
        // The response contains a secret, so redirects are not followed.
        request.confidential = true;
    }

    /// The key in the storage.
    pub fn key(&self, origin: &str) -> String {
        [
            "mastodon-wasm:app ",
            origin,
            " ",
            &self.redirect_uris,
            " ",
            &self.scopes,
        ]
        .concat()
    }

    /// Gives a client its application: the stored one if the server still knows it, otherwise a new one.
    pub async fn provide(
        &self,
        scope: &Scope,
        metadata: &Metadata,
        method: &'static str,
        storage: &Storage,
    ) -> Result<(), Error> {
        let client = &scope.client;
        let key = self.key(&client.origin);
        if let Some(application) = Credentials::read(&storage.load(&key).await?) {
            application.give_to(client);
            if self.is_known(scope, metadata, method).await? {
                return Ok(());
            }
        }
        let mut request = Request::new(method, Verb::Post, "/api/v1/apps");
        self.describe(&mut request);
        let Some(application) = Credentials::read(&send(scope, request).await?) else {
            let message = [
                method,
                ": the server's response to the registration has no `client_id` and `client_secret`",
            ];
            return Err(Error::new(Class::Api, &message));
        };
        application.give_to(client);
        storage.save(&key, &application.to_js()).await
    }

    /// Whether the server still knows the client's application: then it issues a token for it.
    async fn is_known(
        &self,
        scope: &Scope,
        metadata: &Metadata,
        method: &'static str,
    ) -> Result<bool, Error> {
        let mut request = Request::new(method, Verb::Post, "");
        request.pair("redirect_uri", self.redirect_uris.as_str());
        let result = token::ask(
            scope,
            Some(metadata),
            request,
            "client_credentials",
            &self.scopes,
        )
        .await;
        match result {
            Err(error) if scope.is_over() => Err(error),
            // Other errors will appear again in the next requests.
            Err(error) => Ok(!error
                .status()
                .is_some_and(|status| matches!(status, 400..429))),
            Ok(_) => Ok(true),
        }
    }
}

/// The credentials of an application.
struct Credentials {
    id: String,
    secret: String,
}

impl Credentials {
    /// Reads a response, or the stored credentials.
    fn read(application: &JsValue) -> Option<Self> {
        Some(Self {
            id: js::id_text(&js::get(application, "client_id"))?,
            secret: js::text_of(application, "client_secret")
                .filter(|secret| !secret.is_empty())?,
        })
    }

    /// The stored form. The rest of the response is left out, because it may be long.
    fn to_js(&self) -> JsValue {
        let (id, secret) = (self.id.as_str(), self.secret.as_str());
        js::object(&[("client_id", id.into()), ("client_secret", secret.into())]).into()
    }

    fn give_to(&self, client: &Client) {
        client.client_id.replace(Some(self.id.clone()));
        client.client_secret.replace(Some(self.secret.clone()));
    }
}

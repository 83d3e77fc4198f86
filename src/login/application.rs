//! The application of a page at a server: registered there once, and kept.

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

/// What a server is asked to register.
#[derive(Debug)]
pub struct Registration {
    /// What the server calls the application.
    pub client_name: JsValue,
    /// Where logins may return to.
    pub redirect_uris: String,
    /// What it may ever ask for.
    pub scopes: String,
    /// Its page, or undefined.
    pub website: JsValue,
}

impl Registration {
    /// Makes `POST /api/v1/apps` of a request.
    pub fn describe(&self, request: &mut Request) {
        request.authorization = Authorization::Nobody;
        request
            .pair("client_name", self.client_name.clone())
            .pair("redirect_uris", self.redirect_uris.as_str())
            .pair("scopes", self.scopes.as_str())
            .pair("website", self.website.clone());
        // The response has a secret, which must not come from elsewhere.
        request.confidential = true;
    }

    /// The key that the application is kept under.
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

    /// Gives a client its application: the one that is kept, where the server still knows it, or a new one.
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

    /// Whether the server still knows the client's application: it gives it a token then.
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
            // Any other trouble will show with what follows.
            Err(error) => Ok(!error
                .status()
                .is_some_and(|status| matches!(status, 400..429))),
            Ok(_) => Ok(true),
        }
    }
}

/// What a server knows an application by.
struct Credentials {
    id: String,
    secret: String,
}

impl Credentials {
    /// Reads a response, or what was kept of one.
    fn read(application: &JsValue) -> Option<Self> {
        Some(Self {
            id: js::id_text(&js::get(application, "client_id"))?,
            secret: js::text_of(application, "client_secret")
                .filter(|secret| !secret.is_empty())?,
        })
    }

    /// What is kept: all else that a server sends may be long.
    fn to_js(&self) -> JsValue {
        let (id, secret) = (self.id.as_str(), self.secret.as_str());
        js::object(&[("client_id", id.into()), ("client_secret", secret.into())]).into()
    }

    fn give_to(&self, client: &Client) {
        client.client_id.replace(Some(self.id.clone()));
        client.client_secret.replace(Some(self.secret.clone()));
    }
}

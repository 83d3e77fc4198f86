//! The client for Rust.

use super::call::{Answer, Function, perform, values};
use super::error::Error;
use crate::api::perform::{arguments_of, row};
use crate::api::request::request;
use crate::client::call::{Call, RunSync};
use crate::client::options::MastodonOptions;
use crate::client::{Client, ended};
use crate::entities::JsonObject;
use crate::login;
use crate::params::WriteOptions;
use crate::value::{Record, Value};
use std::rc::Rc;

/// A client of one server, with the token of one account or without a token. It is cheap to clone: all clones
/// are the same client.
///
/// Every method calls an endpoint of Mastodon's API. Required parameters are arguments, all others are in the
/// options. Dropping a future aborts its call.
#[derive(Clone)]
pub struct Mastodon {
    client: Rc<Client>,
}

/// Shows no secret.
impl std::fmt::Debug for Mastodon {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_tuple("Mastodon")
            .field(&self.client.origin)
            .finish()
    }
}

impl From<Rc<Client>> for Mastodon {
    fn from(client: Rc<Client>) -> Self {
        Self { client }
    }
}

/// The rate limit, as the server last reported it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateLimit {
    /// How many requests the server allows.
    pub limit: f64,
    /// How many are left.
    pub remaining: f64,
    /// When it is reset, in milliseconds since 1970.
    pub reset: f64,
}

impl Mastodon {
    /// Creates a client of a server (`https://mastodon.social`, or `mastodon.social`). Nothing is sent.
    ///
    /// # Errors
    /// An option is invalid.
    pub fn new(api_base_url: &str, options: &MastodonOptions) -> Result<Self, Error> {
        let mut record = options.record.clone();
        record.set("api_base_url", api_base_url.into());
        Ok(login::client("Mastodon", &record.to_js())?.into())
    }

    /// The server's URL.
    pub fn api_base_url(&self) -> &str {
        &self.client.origin
    }

    /// The granted scopes, if known.
    pub fn scopes(&self) -> Option<Vec<String>> {
        let scopes = self.client.scopes.borrow();
        Some(
            scopes
                .as_ref()?
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
        )
    }

    /// The rate limit, as the server last reported it.
    pub fn ratelimit(&self) -> Option<RateLimit> {
        let known = self.client.latest_limit()?;
        Some(RateLimit {
            limit: known.limit,
            remaining: known.remaining,
            reset: known.reset,
        })
    }

    /// Closes the client and its clones. Running and later calls fail, and streams end.
    pub fn close(&self) {
        self.client.close();
    }

    /// Sends a request to an endpoint that has no method. Token, rate limits, errors and pagination work as
    /// in other calls. The parameters of a `GET` go into the query, those of other verbs into a JSON body.
    ///
    /// # Errors
    /// An argument is invalid, or the request failed.
    pub async fn request(
        &self,
        verb: &str,
        path: &str,
        params: &JsonObject,
        options: &WriteOptions,
    ) -> Result<serde_json::Value, Error> {
        let index = const { crate::api::index_of("request") };
        let values = values(&[], &options.record);
        let row = row(index)?;
        let call = Call::new(&self.client, row, &values)?;
        let params = Value::from(params.clone()).to_js();
        let value = request(call, &verb.into(), &path.into(), &params)?.await?;
        Ok(crate::value::json_of(&value))
    }

    pub(crate) fn core(&self) -> &Rc<Client> {
        &self.client
    }

    pub(crate) fn check_open(&self, method: &str) -> Result<(), crate::error::Error> {
        if self.client.is_closed() {
            return Err(ended(method));
        }
        Ok(())
    }

    pub(crate) async fn perform(
        &self,
        index: usize,
        positional: &[Value],
        options: &Record,
        function: Function,
    ) -> Result<Answer, Error> {
        perform(&self.client, index, values(positional, options), function).await
    }

    pub(crate) fn perform_sync(
        &self,
        index: usize,
        positional: &[Value],
        run: RunSync,
    ) -> Result<Answer, Error> {
        let values = values(positional, &Record::default());
        let (row, arguments) = arguments_of(&self.client, index, &values)?;
        Ok(Answer {
            method: row.name,
            value: run(&self.client, arguments)?,
        })
    }
}

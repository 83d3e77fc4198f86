//! A request, without its server.

use super::table::Row;
use super::{Answer, Verb};
use crate::params::encode::Encoding;
use crate::text;
use crate::url::split_query;
use crate::version::Version;
use std::ops::{Deref, DerefMut};
use wasm_bindgen::prelude::*;

/// The token to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authorization {
    /// The client's, if it has one.
    Client,
    /// No token.
    Nobody,
    /// This token.
    Token(String),
}

/// A request, without its server. Boxed, because it moves from one future to the next.
#[derive(Clone, Debug)]
pub struct Request(Box<Parts>);

impl Deref for Request {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
impl DerefMut for Request {
    fn deref_mut(&mut self) -> &mut Parts {
        &mut self.0
    }
}

/// The parts of a request.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The method of the call, for errors and pages.
    pub method: &'static str,
    /// The verb.
    pub verb: Verb,
    /// The path on the client's server.
    pub path: String,
    /// The URL of a request to the streaming server, or of a redirect to another server. No token is sent
    /// there. URLs of other servers come only from [`crate::url::server_url`].
    pub foreign_url: Option<String>,
    /// Parameters: names on the wire, and checked values.
    pub pairs: Vec<(JsValue, JsValue)>,
    /// How parameters are encoded into a body.
    pub encoding: Encoding,
    /// The kind of response.
    pub answer: Answer,
    /// The token to send.
    pub authorization: Authorization,
    /// The `Idempotency-Key`.
    pub idempotency_key: Option<String>,
    /// Whether it may be sent again if the connection was lost before a response.
    pub repeatable: bool,
    /// Whether its idempotency key permits a retry: only on servers that support the key.
    pub repeatable_by_key: bool,
    /// Secrets that are redacted in errors.
    pub secrets: Vec<String>,
    /// Whether the request or its response has a secret in its body. Then redirects are rejected, and errors
    /// contain no body and no cause.
    pub confidential: bool,
    /// The versions that first had the method and that last changed it.
    pub versions: (Option<Version>, Option<Version>),
    /// The version of Mastodon's API that first had the method. It is used if the server reports its own.
    pub api_version: Option<u32>,
    /// The path before some version.
    pub legacy_path: Option<(Version, String)>,
    /// The id of the async refresh, which is sent as a header.
    pub async_refresh_id: Option<String>,
    /// What is known of the pages before, for a page that continues another.
    pub continues: Option<Continued>,
}

/// The pages before a page, if they are counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Continued {
    /// The offset of the page before.
    pub from: Option<u32>,
    /// The number of entries per page; 0 when it is unknown.
    pub size: u32,
}

impl Request {
    /// A request with only a path.
    pub fn new(method: &'static str, verb: Verb, path: &str) -> Self {
        Self(Box::new(Parts {
            method,
            verb,
            path: path.to_owned(),
            foreign_url: None,
            pairs: Vec::new(),
            encoding: Encoding::Json,
            answer: Answer::Json,
            authorization: Authorization::Client,
            idempotency_key: None,
            repeatable: verb.is_idempotent(),
            repeatable_by_key: false,
            secrets: Vec::new(),
            confidential: false,
            versions: (None, None),
            api_version: None,
            legacy_path: None,
            async_refresh_id: None,
            continues: None,
        }))
    }

    /// `GET`
    pub fn get(method: &'static str, path: &str) -> Self {
        Self::new(method, Verb::Get, path)
    }

    /// The request of a row.
    pub fn of_row(row: &Row) -> Self {
        let mut request = Self::new(row.name, row.verb, row.path);
        request.encoding = row.encoding;
        request.answer = row.answer;
        request.versions = (row.created, row.changed);
        request.api_version = row.api_version;
        request.legacy_path = row
            .legacy_path
            .map(|(version, path)| (version, path.to_owned()));
        request
    }

    /// The request without a token.
    pub fn anonymous(mut self) -> Self {
        self.authorization = Authorization::Nobody;
        self
    }

    /// Moves the query of the path to the parameters, if the verb has them there: the next page repeats them.
    pub fn take_query(&mut self) {
        if self.verb.has_query() {
            let (path, pairs) = split_query(&self.path);
            (self.path, self.pairs) = (path.to_owned(), pairs);
        }
    }

    /// Adds a parameter.
    pub fn pair(&mut self, name: &str, value: impl Into<JsValue>) -> &mut Self {
        self.pairs.push((name.into(), value.into()));
        self
    }

    /// Adds a secret parameter: redacted in errors, and never sent to another server by a redirect.
    pub fn secret_pair(&mut self, name: &str, value: &str) -> &mut Self {
        self.secrets.push(value.to_owned());
        self.confidential = true;
        self.pair(name, value)
    }

    /// Whether there is a parameter with this name.
    pub fn has_pair(&self, name: &JsValue) -> bool {
        self.pairs.iter().any(|(own, _)| own == name)
    }
}

/// Fills the placeholders of a path: `value` appends the value for each name.
pub fn fill(template: &str, mut value: impl FnMut(&str, &mut String)) -> String {
    let mut path = String::new();
    let mut rest = template;
    while let Some((before, after)) = text::cut(rest, b'{') {
        path.push_str(before);
        let (name, after) = text::before(after, b'}');
        value(name, &mut path);
        rest = after;
    }
    path.push_str(rest);
    path
}

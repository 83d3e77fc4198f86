//! A request on its way: what [`super::send`] sends and what a page repeats.

use super::endpoint::{Answer, Body, Endpoint, Verb};
use super::version::Version;
use crate::params::Value;
use crate::params::encode::{self, Pair};

/// Who a request is made as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Auth {
    /// The client's token, where it has one.
    #[default]
    Client,
    /// Another token.
    Token(String),
    /// Nobody.
    Nobody,
}

/// A request without its server.
#[derive(Clone, Debug)]
pub struct Request {
    /// The method that makes it, for messages and for pages.
    pub name: &'static str,
    /// The verb.
    pub verb: Verb,
    /// The path, encoded.
    pub path: String,
    /// Its parameters, under their names on the wire.
    pub pairs: Vec<Pair>,
    /// How they are written where the verb has a body.
    pub body: Body,
    /// What comes back.
    pub answer: Answer,
    /// Who asks.
    pub auth: Auth,
    /// Sent as `Idempotency-Key`.
    pub idempotency_key: Option<String>,
    /// Whether it may be sent again when the connection dropped before an answer.
    pub repeatable: bool,
    /// What it carries that must not be seen: passwords, codes, secrets. Where there are any, a
    /// redirect is not followed, since it would carry them elsewhere.
    pub secrets: Vec<String>,
    /// The path on servers before some version.
    pub before: Option<(Version, &'static str)>,
    /// The server version that has the method, and that of its last change.
    pub versions: (Version, Version),
}

impl Request {
    /// The request of an endpoint, its path and parameters still to come.
    pub fn of(endpoint: &Endpoint) -> Self {
        Self {
            name: endpoint.name,
            verb: endpoint.verb,
            path: endpoint.path.to_owned(),
            pairs: Vec::new(),
            body: endpoint.body,
            answer: endpoint.answer,
            auth: Auth::Client,
            idempotency_key: None,
            repeatable: endpoint.verb.repeatable(),
            secrets: Vec::new(),
            before: endpoint.before,
            versions: (endpoint.created, endpoint.changed),
        }
    }

    /// A request for something by its path alone.
    pub fn get(name: &'static str, path: &str) -> Self {
        Self {
            path: path.to_owned(),
            ..Self::of(&Endpoint::get(name, ""))
        }
    }

    /// Adds a parameter.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.pairs
            .push((name.to_owned(), Value::Text(value.to_owned())));
        self
    }

    /// The path with the query that belongs to it.
    pub fn path_and_query(&self) -> String {
        if !self.verb.reads() || self.pairs.is_empty() {
            return self.path.clone();
        }
        [
            self.path.as_str(),
            if self.path.contains('?') { "&" } else { "?" },
            &encode::form(&self.pairs),
        ]
        .concat()
    }

    /// Whether a file is among the parameters.
    pub fn has_file(&self) -> bool {
        self.pairs
            .iter()
            .any(|(_, value)| matches!(value, Value::Js(_)))
    }
}

//! A request and its response in a form that a preset can read and change.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri, header, request};
use axum::response::Response;
use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::faults::whole;
use crate::params::{content_type, pairs};

#[derive(Debug)]
pub struct Asked {
    pub method: Method,
    pub path: String,
    pub query: Vec<(String, String)>,
    pub headers: HeaderMap,
    pub body: Bytes,
    pub token: Option<String>,
    /// Whether the token belongs to an application, without a user.
    pub by_app: bool,
    /// When the request arrived.
    pub now: Timestamp,
}

impl Asked {
    /// Takes a request apart. `request` puts it together again, with the remaining parts.
    pub async fn of(
        request: Request<Body>,
        token: Option<&str>,
        by_app: bool,
        now: Timestamp,
    ) -> (Self, request::Parts) {
        let (parts, body) = request.into_parts();
        let body = whole(body).await;
        let asked = Self {
            method: parts.method.clone(),
            path: parts.uri.path().to_owned(),
            query: pairs(parts.uri.query().unwrap_or_default()).collect(),
            headers: parts.headers.clone(),
            body,
            token: token.map(str::to_owned),
            by_app,
            now,
        };
        (asked, parts)
    }

    pub fn request(&self, mut parts: request::Parts) -> Request<Body> {
        let query = written(&self.query);
        let target = if query.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{query}", self.path)
        };
        if let Ok(uri) = target.parse::<Uri>() {
            parts.uri = uri;
        }
        parts.headers.clone_from(&self.headers);
        if parts.headers.contains_key(header::CONTENT_LENGTH) {
            let length = HeaderValue::from(self.body.len());
            parts.headers.insert(header::CONTENT_LENGTH, length);
        }
        Request::from_parts(parts, Body::from(self.body.clone()))
    }

    /// Whether the request matches a route: a method or `*`, and a path in which `*` is any segment.
    pub fn is(&self, route: &str) -> bool {
        let Some((verb, path)) = route.split_once(' ') else {
            return false;
        };
        if verb != "*" && verb != self.method.as_str() {
            return false;
        }
        let mut own = self.path.split('/');
        let fits = path
            .split('/')
            .all(|wanted| own.next().is_some_and(|own| wanted == "*" || wanted == own));
        fits && own.next().is_none()
    }

    pub fn is_one_of(&self, routes: &[&str]) -> bool {
        routes.iter().any(|route| self.is(route))
    }

    pub fn content_type(&self) -> &str {
        content_type(&self.headers)
    }

    pub fn has_form(&self) -> bool {
        self.content_type() == "application/x-www-form-urlencoded"
    }

    pub fn form(&self) -> Option<Vec<(String, String)>> {
        self.has_form()
            .then(|| pairs(&String::from_utf8_lossy(&self.body)).collect())
    }

    pub fn set_form(&mut self, form: &[(String, String)]) {
        self.body = written(form).into();
    }

    pub fn json(&self) -> Option<Value> {
        (self.content_type() == "application/json")
            .then(|| serde_json::from_slice(&self.body).ok())
            .flatten()
    }

    pub fn set_json(&mut self, json: &Value) {
        self.body = json.to_string().into();
    }

    pub fn in_query(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }

    /// A text parameter, from the query or the body.
    pub fn text(&self, name: &str) -> Option<String> {
        let in_form = || {
            let form = self.form()?;
            let found = form.into_iter().find(|(own, _)| own == name);
            found.map(|(_, value)| value)
        };
        let in_json = || self.json()?.get(name)?.as_str().map(str::to_owned);
        self.in_query(name)
            .map(str::to_owned)
            .or_else(in_form)
            .or_else(in_json)
    }

    pub fn accepts_json(&self) -> bool {
        let accept = self.headers.get(header::ACCEPT);
        accept
            .and_then(|accept| accept.to_str().ok())
            .is_some_and(|accept| accept.contains("json"))
    }

    /// The last segment of the path, decoded.
    pub fn last_segment(&self) -> String {
        let last = self.path.rsplit('/').next().unwrap_or_default();
        percent_decode_str(last).decode_utf8_lossy().into_owned()
    }
}

fn written(pairs: &[(String, String)]) -> String {
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
        .collect();
    pairs.join("&")
}

#[derive(Debug)]
pub enum Content {
    Json(Value),
    Bytes(Bytes),
}

#[derive(Debug)]
pub struct Said {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub content: Content,
}

impl Said {
    pub fn json(status: StatusCode, content: Value) -> Self {
        let mut said = Self::empty(status);
        said.set_json(content);
        said
    }

    pub fn text(status: StatusCode, content_type: &'static str, text: &'static str) -> Self {
        let mut said = Self::empty(status);
        said.set_text(content_type, text);
        said
    }

    pub fn empty(status: StatusCode) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            content: Content::Bytes(Bytes::new()),
        }
    }

    pub fn set_json(&mut self, content: Value) {
        let json = HeaderValue::from_static("application/json");
        self.headers.insert(header::CONTENT_TYPE, json);
        self.content = Content::Json(content);
    }

    pub fn set_text(&mut self, content_type: &'static str, text: &'static str) {
        let content_type = HeaderValue::from_static(content_type);
        self.headers.insert(header::CONTENT_TYPE, content_type);
        self.content = Content::Bytes(Bytes::from_static(text.as_bytes()));
    }

    pub fn value(&mut self) -> Option<&mut Value> {
        match &mut self.content {
            Content::Json(value) => Some(value),
            Content::Bytes(_) => None,
        }
    }

    /// The error message, if this is an error response of the sandbox.
    pub fn error(&self) -> Option<String> {
        match &self.content {
            Content::Json(value) if !self.status.is_success() => {
                value["error"].as_str().map(str::to_owned)
            }
            _ => None,
        }
    }

    pub async fn of(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let body = whole(body).await;
        let json = content_type(&parts.headers) == "application/json";
        let content = match serde_json::from_slice(&body) {
            Ok(value) if json => Content::Json(value),
            _ => Content::Bytes(body),
        };
        Self {
            status: parts.status,
            headers: parts.headers,
            content,
        }
    }

    pub fn response(self) -> Response {
        let body = match self.content {
            Content::Json(value) => value.to_string().into(),
            Content::Bytes(bytes) => bytes,
        };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response.headers_mut().remove(header::CONTENT_LENGTH);
        response
    }
}

/// Encodes a text as one segment of a path or one value of a query.
fn escaped(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

//! Fault injection: which requests fail, and how.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use regex::Regex;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::host::sleep;
use crate::lock::lock;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    #[serde(default, skip_deserializing)]
    pub id: u64,
    #[serde(default, skip_deserializing)]
    pub hits: u64,
    #[serde(default, rename = "match")]
    pub matching: Matching,
    pub times: Option<u64>,
    #[serde(default)]
    pub after: u64,
    #[serde(default)]
    pub latency_ms: u64,
    pub status: Option<u16>,
    pub body: Option<FaultBody>,
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    pub drop: Option<Drop>,
    #[serde(default = "yes")]
    pub cors: bool,
}

fn yes() -> bool {
    true
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matching {
    pub method: Option<String>,
    pub path: Option<String>,
    pub token: Option<String>,
    #[serde(skip)]
    expression: Option<Regex>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultBody {
    Html,
    Json,
    Empty,
    BrokenJson,
    Login,
    #[serde(untagged)]
    Text {
        text: String,
    },
    #[serde(untagged)]
    Given {
        json: Value,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Drop {
    Before,
    After,
    Middle,
}

impl Fault {
    pub fn latency(&self) -> Duration {
        Duration::from_millis(self.latency_ms)
    }

    /// The response that replaces the real one, if the fault has one.
    pub fn response(&self) -> Option<Response> {
        if self.status.is_none() && self.body.is_none() {
            return None;
        }
        let status = StatusCode::from_u16(self.status.unwrap_or(200)).unwrap_or(StatusCode::OK);
        let reason = status.canonical_reason().unwrap_or("Unknown");
        let (content_type, body) = match self.body.clone().unwrap_or(FaultBody::Json) {
            FaultBody::Html => (
                "text/html",
                format!(
                    "<html>\n<head><title>{0} {reason}</title></head>\n<body>\n<center><h1>{0} {reason}</h1></center>\n<hr><center>nginx</center>\n</body>\n</html>\n",
                    status.as_u16()
                ),
            ),
            FaultBody::Json => (
                "application/json; charset=utf-8",
                json!({ "error": reason }).to_string(),
            ),
            FaultBody::Empty => ("application/json; charset=utf-8", String::new()),
            FaultBody::BrokenJson => (
                "application/json; charset=utf-8",
                "[{\"id\":\"1\",\"content\":\"<p>cut o".to_owned(),
            ),
            FaultBody::Login => (
                "text/html; charset=utf-8",
                "<!doctype html><title>Log in</title><form method=post><input name=email></form>"
                    .to_owned(),
            ),
            FaultBody::Text { text } => ("text/plain; charset=utf-8", text),
            FaultBody::Given { json } => ("application/json; charset=utf-8", json.to_string()),
        };
        let mut response = (status, body).into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        Some(response)
    }

    pub fn add_headers(&self, response: &mut Response) {
        for (name, value) in &self.headers {
            if let (Ok(name), Ok(value)) =
                (HeaderName::try_from(name), HeaderValue::from_str(value))
            {
                response.headers_mut().insert(name, value);
            }
        }
    }
}

/// The whole body, or an empty one if it cannot be read.
pub async fn whole(body: Body) -> Bytes {
    body.collect()
        .await
        .map(http_body_util::Collected::to_bytes)
        .unwrap_or_default()
}

/// Replaces the body with one that announces its whole length but ends after half of it.
pub async fn cut_in_half(response: Response) -> Response {
    use futures_util::stream;
    let (mut parts, body) = response.into_parts();
    let whole = whole(body).await;
    let half = whole.slice(..whole.len() / 2);
    parts.headers.insert(
        header::CONTENT_LENGTH,
        HeaderValue::from(whole.len().max(1)),
    );
    // The pause lets the first half reach the client before the connection is dropped.
    let end = async {
        sleep(Duration::from_millis(50)).await;
        Err(std::io::Error::other("cut"))
    };
    let pieces = stream::StreamExt::chain(stream::iter([Ok(half)]), stream::once(end));
    Response::from_parts(parts, Body::from_stream(pieces))
}

#[derive(Debug, Default)]
pub struct Faults {
    rows: Mutex<(u64, BTreeMap<u64, Fault>)>,
}

impl Faults {
    pub fn add(&self, mut fault: Fault) -> Result<Fault, String> {
        if let Some(path) = &fault.matching.path {
            fault.matching.expression = Some(Regex::new(path).map_err(|error| error.to_string())?);
        }
        if let Some(status) = fault.status {
            StatusCode::from_u16(status).map_err(|error| error.to_string())?;
        }
        let mut rows = lock(&self.rows);
        rows.0 += 1;
        fault.id = rows.0;
        rows.1.insert(fault.id, fault.clone());
        Ok(fault)
    }

    pub fn all(&self) -> Vec<Fault> {
        lock(&self.rows).1.values().cloned().collect()
    }

    pub fn clear(&self) {
        lock(&self.rows).1.clear();
    }

    pub fn remove(&self, id: u64) -> bool {
        lock(&self.rows).1.remove(&id).is_some()
    }

    /// The first fault that matches this request, if any. Counts the hit.
    pub fn strike(&self, method: &Method, target: &str, token: Option<&str>) -> Option<Fault> {
        let mut rows = lock(&self.rows);
        for fault in rows.1.values_mut() {
            let matching = &fault.matching;
            // A browser's preflight must not use up a fault that is meant for the request after it.
            if method == Method::OPTIONS && matching.method.as_deref() != Some("OPTIONS") {
                continue;
            }
            let fits = matching
                .method
                .as_ref()
                .is_none_or(|wanted| method.as_str().eq_ignore_ascii_case(wanted))
                && matching
                    .expression
                    .as_ref()
                    .is_none_or(|path| path.is_match(target))
                && matching
                    .token
                    .as_deref()
                    .is_none_or(|wanted| token == Some(wanted));
            if !fits || fault.times.is_some_and(|times| fault.hits >= times) {
                continue;
            }
            if fault.after > 0 {
                fault.after -= 1;
                continue;
            }
            fault.hits += 1;
            return Some(fault.clone());
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(json: Value) -> Fault {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn strikes_what_it_matches_as_often_as_it_says() {
        let faults = Faults::default();
        faults
            .add(fault(json!({"match": {"method": "get", "path": "^/api/v1/timelines"}, "times": 1, "after": 1, "status": 503})))
            .unwrap();
        let strike = |method, target| faults.strike(&method, target, None).is_some();
        assert!(!strike(Method::POST, "/api/v1/timelines/home"));
        assert!(
            !strike(Method::GET, "/api/v1/timelines/home"),
            "the first passes"
        );
        assert!(strike(Method::GET, "/api/v1/timelines/home?limit=2"));
        assert!(!strike(Method::GET, "/api/v1/timelines/home"), "once only");
        assert_eq!(faults.all()[0].hits, 1);
        faults.clear();
        faults.add(fault(json!({"status": 500}))).unwrap();
        assert!(
            !strike(Method::OPTIONS, "/api/v1/statuses"),
            "preflights pass"
        );
        assert!(strike(Method::POST, "/api/v1/statuses"));
    }

    #[test]
    fn bodies_are_read_by_name_or_given() {
        assert!(matches!(
            fault(json!({"body": "html"})).body,
            Some(FaultBody::Html)
        ));
        assert!(matches!(
            fault(json!({"body": {"text": "x"}})).body,
            Some(FaultBody::Text { .. })
        ));
        assert!(matches!(
            fault(json!({"body": {"json": [1]}})).body,
            Some(FaultBody::Given { .. })
        ));
        assert!(serde_json::from_value::<Fault>(json!({"stauts": 500})).is_err());
        assert!(
            Faults::default()
                .add(fault(json!({"match": {"path": "("}})))
                .is_err()
        );
    }
}

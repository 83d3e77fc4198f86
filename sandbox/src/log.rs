//! The latest requests, for tests that check what a client really sent.

use std::collections::VecDeque;
use std::sync::Mutex;

use jiff::Timestamp;

use axum::http::{HeaderMap, Method, Uri};
use serde_json::{Map, Value, json};

use crate::lock::lock;

const KEPT: usize = 1000;

#[derive(Debug, Default)]
pub struct Log {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    total: u64,
    records: VecDeque<Record>,
}

#[derive(Clone, Debug)]
pub struct Record {
    number: u64,
    request_id: String,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    token: Option<String>,
    status: Option<u16>,
    started: Timestamp,
    ms: Option<i64>,
}

impl Log {
    /// Logs a request, and returns its number, which `end` takes.
    pub fn begin(
        &self,
        request_id: &str,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
        token: Option<&str>,
        now: Timestamp,
    ) -> u64 {
        let mut state = lock(&self.state);
        state.total += 1;
        let number = state.total;
        state.records.push_back(Record {
            number,
            request_id: request_id.to_owned(),
            method: method.clone(),
            uri: uri.clone(),
            headers: headers.clone(),
            token: token.map(str::to_owned),
            status: None,
            started: now,
            ms: None,
        });
        if state.records.len() > KEPT {
            state.records.pop_front();
        }
        number
    }

    /// `status` is 0 if the connection was dropped.
    pub fn end(&self, number: u64, status: u16, now: Timestamp) {
        if let Some(record) = lock(&self.state)
            .records
            .iter_mut()
            .rev()
            .find(|record| record.number == number)
        {
            record.status = Some(status);
            record.ms = Some(now.as_millisecond() - record.started.as_millisecond());
        }
    }

    pub fn clear(&self) {
        lock(&self.state).records.clear();
    }

    pub fn total(&self) -> u64 {
        lock(&self.state).total
    }

    pub fn json(&self) -> Value {
        lock(&self.state).records.iter().map(Record::json).collect()
    }
}

impl Record {
    fn json(&self) -> Value {
        let headers: Map<String, Value> = self
            .headers
            .iter()
            .map(|(name, value)| {
                (
                    name.to_string(),
                    json!(String::from_utf8_lossy(value.as_bytes())),
                )
            })
            .collect();
        json!({
            "id": self.request_id,
            "method": self.method.as_str(),
            "path": self.uri.path(),
            "query": self.uri.query(),
            "status": self.status,
            "headers": headers,
            "token": self.token,
            "ms": self.ms,
        })
    }
}

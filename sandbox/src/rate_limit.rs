//! How many requests a token may make in a time window. Requests without a token are counted by IP address.

use std::collections::HashMap;
use std::sync::Mutex;

use axum::http::{HeaderMap, HeaderValue};
use jiff::Timestamp;

use crate::behaviour::RatelimitReset;
use crate::clock;
use crate::lock::lock;

const WINDOW_MS: i64 = 300_000;
/// How many tokens and addresses are counted separately. Clients can make up tokens, so all others share one
/// count.
const MOST_KEYS: usize = 10_000;

#[derive(Debug)]
pub struct Limiter {
    default: u64,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    limit: u64,
    window_ms: i64,
    /// The first window starts at this time. Mastodon's windows start at full five minutes of the clock.
    start_ms: i64,
    window: i64,
    counts: HashMap<String, u64>,
}

#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    pub limit: u64,
    pub remaining: u64,
    pub reset: Timestamp,
    pub exceeded: bool,
}

impl Limiter {
    pub fn new(limit: u64) -> Self {
        Self {
            default: limit,
            state: Mutex::new(State::new(limit, WINDOW_MS, 0)),
        }
    }

    pub fn set(&self, limit: u64, window_ms: Option<u64>, now: Timestamp) {
        let window_ms = window_ms
            .and_then(|ms| i64::try_from(ms).ok())
            .unwrap_or(WINDOW_MS)
            .max(1);
        *lock(&self.state) = State::new(limit, window_ms, now.as_millisecond());
    }

    pub fn reset(&self) {
        *lock(&self.state) = State::new(self.default, WINDOW_MS, 0);
    }

    pub fn count(&self, key: &str, now: Timestamp) -> Allowance {
        lock(&self.state).count(key, now.as_millisecond())
    }
}

impl State {
    fn new(limit: u64, window_ms: i64, start_ms: i64) -> Self {
        Self {
            limit,
            window_ms,
            start_ms,
            window: -1,
            counts: HashMap::new(),
        }
    }

    fn count(&mut self, key: &str, now_ms: i64) -> Allowance {
        let window = (now_ms - self.start_ms) / self.window_ms;
        if window != self.window {
            self.window = window;
            self.counts.clear();
        }
        let apart = self.counts.len() < MOST_KEYS || self.counts.contains_key(key);
        let key = if apart { key } else { "" };
        let used = self.counts.entry(key.to_owned()).or_default();
        *used += 1;
        let reset = self.start_ms + (window + 1) * self.window_ms;
        Allowance {
            limit: self.limit,
            remaining: self.limit.saturating_sub(*used),
            reset: Timestamp::from_millisecond(reset).unwrap_or_default(),
            exceeded: *used > self.limit,
        }
    }
}

impl Allowance {
    pub fn write(&self, headers: &mut HeaderMap, form: RatelimitReset, now: Timestamp) {
        if form == RatelimitReset::RetryAfter {
            if self.exceeded {
                let ms = self.reset.as_millisecond() - now.as_millisecond();
                headers.insert("retry-after", HeaderValue::from(ms.max(0) / 1000 + 1));
            }
            return;
        }
        headers.insert("x-ratelimit-limit", HeaderValue::from(self.limit));
        headers.insert("x-ratelimit-remaining", HeaderValue::from(self.remaining));
        let reset = match form {
            RatelimitReset::Iso => clock::iso_micros(self.reset),
            // Rounded up: otherwise the limit would not yet be reset at the given second.
            RatelimitReset::Epoch => ((self.reset.as_millisecond() + 999) / 1000).to_string(),
            RatelimitReset::Invalid => "soon".to_owned(),
            RatelimitReset::Absent | RatelimitReset::RetryAfter => return,
        };
        if let Ok(reset) = HeaderValue::from_str(&reset) {
            headers.insert("x-ratelimit-reset", reset);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_down_and_starts_anew() {
        let mut state = State::new(2, 1000, 0);
        assert_eq!(state.count("a", 100).remaining, 1);
        assert!(!state.count("a", 200).exceeded);
        let third = state.count("a", 300);
        assert!(third.exceeded);
        assert_eq!(third.reset.as_millisecond(), 1000);
        assert!(!state.count("b", 300).exceeded, "each key has its own");
        assert!(!state.count("a", 1000).exceeded);
    }

    #[test]
    fn tokens_that_are_made_up_share_a_count_in_the_end() {
        let mut state = State::new(2, 1000, 0);
        state.count("known", 1);
        for number in 0..20_000 {
            state.count(&number.to_string(), 1);
        }
        assert!(state.counts.len() <= MOST_KEYS + 1);
        assert!(state.count("another", 1).exceeded);
        assert!(!state.count("known", 1).exceeded);
    }
}

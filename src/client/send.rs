//! The one place that sends.

use super::endpoint::{Answer, Body};
use super::ratelimit::{self, Mode, RateLimit};
use super::request::{Auth, Request};
use super::scope::Scope;
use super::version::Version;
use super::{Client, VersionCheck};
use crate::error::{Kind, error};
use crate::http::{self, Reply};
use crate::page;
use crate::params::encode::{self, flatten, plain};
use crate::params::{Value, upload};
use js_sys::{Array, Date, Function, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::FormData;

impl Client {
    /// Sends a request and gives what its method returns.
    pub async fn send(&self, scope: &Scope, mut request: Request) -> Result<JsValue, JsValue> {
        self.check_version(scope, &request).await?;
        let mut older = request.before.take();
        if let (Some(have), Some((since, path))) = (self.known_version(), older) {
            if have < since {
                path.clone_into(&mut request.path);
            }
            older = None;
        }
        let mut reply = self.exchange(scope, &request).await?;
        // A server that has not said its version may be an old one.
        if let (404, Some((_, path))) = (reply.status(), older) {
            let newer = std::mem::replace(&mut request.path, path.to_owned());
            let second = self.exchange(scope, &request).await?;
            // Where it has neither, the first refusal is the one to tell of.
            if second.status() == 404 {
                request.path = newer;
            } else {
                reply = second;
            }
        }
        self.answer(&request, &reply)
    }

    /// What a method returns for an answer.
    pub fn answer(&self, request: &Request, reply: &Reply) -> Result<JsValue, JsValue> {
        let nothing = request.answer == Answer::Nothing;
        let verb = request.verb.name();
        let value = http::read(
            reply,
            nothing,
            verb,
            &self.origin,
            &request.path,
            &self.secrets(request),
        )?;
        match request.answer {
            Answer::Page | Answer::OffsetPage => {
                page::attach(
                    &value,
                    http::header(reply, "link").as_deref(),
                    request,
                    &self.origin,
                );
            }
            Answer::Field(name) => return Reflect::get(&value, &name.into()),
            Answer::Json | Answer::Nothing => {}
        }
        if let Some(header) = http::header(reply, "mastodon-async-refresh") {
            crate::async_refresh::attach(&value, &header, request);
        }
        Ok(value)
    }

    /// Sends a request until there is an answer that stands: the limit is waited for, a connection
    /// that dropped is tried once more where that does no harm. Any status counts as an answer.
    pub async fn exchange(&self, scope: &Scope, request: &Request) -> Result<Reply, JsValue> {
        let mut refusals = 0;
        let mut tried_again = false;
        loop {
            let (now, last) = (Date::now(), self.last_request.get());
            let wait = self.ratelimit.get().map_or(0.0, |limit| {
                limit.before_request(self.ratelimit_mode, now, last, self.pace_factor)
            });
            if wait > 0.0 {
                scope.sleep(wait).await?;
            }
            self.last_request.set(Date::now());
            // What `fetch` rejects with is told apart from the end of the call, which is no failure
            // of the network and comes out of the scope as it went in.
            let sent = JsFuture::from(self.fetch(scope, request)?);
            let reply: Reply = match scope
                .run_within(self.request_timeout, async { Ok(sent.await) })
                .await?
            {
                Ok(reply) => reply.unchecked_into(),
                Err(_) if request.repeatable && !tried_again => {
                    tried_again = true;
                    continue;
                }
                Err(cause) => {
                    let secrets = self.secrets(request);
                    return Err(http::unreachable(
                        request.verb.name(),
                        &self.origin,
                        &request.path,
                        &secrets,
                        &cause,
                    ));
                }
            };
            let reset = self.note_ratelimit(&reply);
            if reply.status() != 429 || self.ratelimit_mode == Mode::Throw {
                return Ok(reply);
            }
            let wait = match (self.ratelimit_mode, reset) {
                (Mode::Pace, None) => None,
                _ => ratelimit::after_refusal(reset, Date::now(), refusals),
            };
            let Some(wait) = wait else { return Ok(reply) };
            refusals += 1;
            scope.sleep(wait).await?;
        }
    }

    /// Calls `fetch`: the one given, else the platform's as it is now.
    fn fetch(&self, scope: &Scope, request: &Request) -> Result<js_sys::Promise, JsValue> {
        let fetch = match &self.fetch {
            Some(fetch) => fetch.clone(),
            None => Reflect::get(&js_sys::global(), &"fetch".into())?.unchecked_into::<Function>(),
        };
        // The streaming server may have an address of its own.
        let own = request.path.starts_with('/');
        let origin = if own { self.origin.as_str() } else { "" };
        let url = [origin, &request.path_and_query()].concat();
        let verb = request.verb.name();
        if self.debug_requests {
            web_sys::console::debug_1(&[verb, " ", &self.origin, &request.path].concat().into());
        }
        // A content type without a body is refused by some servers.
        let (kind, body) = if request.verb.reads() || request.pairs.is_empty() {
            (None, JsValue::UNDEFINED)
        } else if request.has_file() {
            (None, multipart(request)?)
        } else if request.body == Body::Json {
            (
                Some("application/json"),
                encode::json(&request.pairs).into(),
            )
        } else {
            (
                Some("application/x-www-form-urlencoded"),
                encode::form(&request.pairs).into(),
            )
        };
        let own = self.access_token.borrow().clone();
        let token = match &request.auth {
            Auth::Client => own.as_deref(),
            Auth::Token(token) => Some(token.as_str()),
            Auth::Nobody => None,
        };
        let key = request.idempotency_key.as_deref();
        // A redirect would carry what is secret in the body elsewhere.
        let manual = !request.secrets.is_empty();
        Ok(http::exchange(
            &fetch,
            &url,
            verb,
            &scope.signal(),
            token,
            self.user_agent.as_deref(),
            key,
            kind,
            &body,
            manual,
        ))
    }

    /// What must not show in an error of a request.
    fn secrets(&self, request: &Request) -> Array {
        let secrets = Array::new();
        let add = |secret: Option<&str>| {
            if let Some(secret) = secret.filter(|secret| !secret.is_empty()) {
                secrets.push(&secret.into());
            }
        };
        add(self.access_token.borrow().as_deref());
        add(self.client_secret.borrow().as_deref());
        for secret in &request.secrets {
            add(Some(secret));
        }
        if let Auth::Token(token) = &request.auth {
            add(Some(token));
        }
        secrets
    }

    /// Keeps what the headers say of the limit; gives the time of its reset.
    fn note_ratelimit(&self, reply: &Reply) -> Option<f64> {
        let now = Date::now();
        let skew = http::header(reply, "date")
            .map(|text| http::date(&text) - now)
            .filter(|skew| skew.is_finite());
        if skew.is_some() {
            self.server_time_skew.set(skew);
        }
        // A second of rounding is no skew.
        let skew = skew.filter(|skew| skew.abs() > 1500.0).unwrap_or(0.0);
        let number = |name: &str| {
            http::header(reply, name)?
                .trim()
                .parse::<u32>()
                .ok()
                .map(f64::from)
        };
        let reset = ratelimit::reset_at(
            &http::header(reply, "x-ratelimit-reset")?,
            now,
            skew,
            http::date,
        )?;
        if let (Some(limit), Some(remaining)) =
            (number("x-ratelimit-limit"), number("x-ratelimit-remaining"))
        {
            self.ratelimit.set(Some(RateLimit {
                limit,
                remaining,
                reset,
            }));
            if let Some(callback) = &self.on_ratelimit {
                // A callback that throws is its owner's; the call goes on.
                if let Err(thrown) = callback.call1(&JsValue::UNDEFINED, &self.ratelimit_value()) {
                    web_sys::console::error_1(&thrown);
                }
            }
        }
        Some(reset)
    }

    /// Refuses what the server is too old for, where the client was asked to.
    async fn check_version(&self, scope: &Scope, request: &Request) -> Result<(), JsValue> {
        let needed = match self.version_check {
            VersionCheck::None => return Ok(()),
            VersionCheck::Created => request.versions.0,
            VersionCheck::Changed => request.versions.1.max(request.versions.0),
        };
        if needed == Version::default() {
            return Ok(());
        }
        let have = self.server_version(scope).await?;
        if have >= needed {
            Ok(())
        } else {
            Err(version_error(request.name, needed, have))
        }
    }
}

/// The error for a server that is too old.
pub fn version_error(method: &str, needed: Version, have: Version) -> JsValue {
    let message = [
        method,
        " needs Mastodon ",
        &needed.print(),
        ", the server has ",
        &have.print(),
    ];
    error(Kind::Version, &message.concat())
}

fn multipart(request: &Request) -> Result<JsValue, JsValue> {
    let form = FormData::new()?;
    let mut result = Ok(());
    for (name, value) in &request.pairs {
        flatten(name, value, &mut |name, leaf| {
            let appended = match leaf {
                Value::Js(file) => upload::to_file(file, None, None)
                    .and_then(|file| form.append_with_blob(name, &file)),
                leaf => form.append_with_str(name, plain(leaf)),
            };
            if let Err(cause) = appended {
                // A detached buffer, for one.
                let message = [request.name, ": `", name, "` cannot be sent"].concat();
                result = Err(crate::error::with_cause(
                    Kind::IllegalArgument,
                    &message,
                    &cause,
                ));
            }
        });
    }
    result.map(|()| form.into())
}

//! The one place that sends.

use super::endpoint::{Answer, Body};
use super::ratelimit::{self, Mode, RateLimit};
use super::request::{Auth, Request};
use super::scope::Scope;
use super::version::Version;
use super::{Client, VersionCheck};
use crate::error::{Kind, error, illegal};
use crate::http::{self, Place, Reply};
use crate::page;
use crate::params::encode::{self, flatten, plain};
use crate::params::{Value, upload};
use js_sys::{Date, Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{FormData, RequestInit, RequestRedirect};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Date, js_name = parse)]
    fn parse_date(text: &str) -> f64;
}

impl Client {
    /// Sends a request and gives what its method returns.
    pub async fn send(&self, scope: &Scope, request: Request) -> Result<JsValue, JsValue> {
        self.check_version(scope, &request).await?;
        let reply = self.exchange(scope, &request).await?;
        self.answer(&request, &reply)
    }

    /// What a method returns for an answer.
    pub fn answer(&self, request: &Request, reply: &Reply) -> Result<JsValue, JsValue> {
        let secrets = self.secrets(request);
        let place = self.place(request, &secrets);
        if request.answer == Answer::Nothing {
            return http::checked(reply, place).map(|()| JsValue::UNDEFINED);
        }
        let value = http::value(reply, place)?;
        match request.answer {
            Answer::Page | Answer::OffsetPage => page::attach(
                &value,
                reply.header("link").as_deref(),
                request,
                &self.origin,
            ),
            Answer::Field(name) => {
                return Ok(Reflect::get(&value, &name.into()).unwrap_or_default());
            }
            Answer::Json | Answer::Nothing => {}
        }
        if let Some(header) = reply.header("mastodon-async-refresh") {
            crate::async_refresh::attach(&value, &header, request);
        }
        Ok(value)
    }

    /// Sends a request until there is an answer that stands: the limit is waited for, a connection
    /// that dropped is tried once more where that does no harm. Any status counts as an answer.
    pub async fn exchange(&self, scope: &Scope, request: &Request) -> Result<Reply, JsValue> {
        let secrets = self.secrets(request);
        let place = self.place(request, &secrets);
        let mut refusals = 0;
        let mut tried_again = false;
        loop {
            let now = Date::now();
            let limit = self.ratelimit.get();
            let wait = limit.map_or(0.0, |limit| {
                limit.before_request(
                    self.ratelimit_mode,
                    now,
                    self.last_request.get(),
                    self.pace_factor,
                )
            });
            if wait > 0.0 {
                scope.sleep(wait).await?;
            }
            self.last_request.set(Date::now());
            let reply = match self.attempt(scope, request).await {
                Ok(reply) => reply,
                Err(Failed::Ended(reason)) => return Err(reason),
                Err(Failed::Unreachable(_)) if request.repeatable && !tried_again => {
                    tried_again = true;
                    continue;
                }
                Err(Failed::Unreachable(cause)) => return Err(http::unreachable(place, &cause)),
            };
            let reset = self.note_ratelimit(&reply);
            if reply.status() != 429 || self.ratelimit_mode == Mode::Throw {
                return Ok(reply);
            }
            let backoff = match (self.ratelimit_mode, reset) {
                (Mode::Pace, None) => None,
                _ => ratelimit::after_refusal(reset, Date::now(), refusals),
            };
            let Some(wait) = backoff else {
                return Ok(reply);
            };
            refusals += 1;
            scope.sleep(wait).await?;
        }
    }

    async fn attempt(&self, scope: &Scope, request: &Request) -> Result<Reply, Failed> {
        let fetch = self.fetch().map_err(Failed::Ended)?;
        let init = self.init(scope, request).map_err(Failed::Ended)?;
        if self.debug_requests {
            web_sys::console::debug_1(
                &[request.verb.name(), " ", &self.origin, &request.path]
                    .concat()
                    .into(),
            );
        }
        let url = [self.origin.as_str(), &request.path_and_query()].concat();
        // What `fetch` rejects with is told apart from the end of the call, which is no failure of
        // the network: the call's end comes out of the scope as it went in.
        let sent = async { Ok(http::send(&fetch, &url, &init).await) };
        match scope.run_within(self.request_timeout, sent).await {
            Ok(Ok(reply)) => Ok(reply),
            Ok(Err(cause)) => Err(Failed::Unreachable(cause)),
            Err(reason) => Err(Failed::Ended(reason)),
        }
    }

    /// The `fetch` to call: the one given, else the platform's as it is now.
    fn fetch(&self) -> Result<Function, JsValue> {
        if let Some(fetch) = &self.fetch {
            return Ok(fetch.clone());
        }
        let global = Reflect::get(&js_sys::global(), &"fetch".into()).unwrap_or_default();
        global.dyn_into().map_err(|_| {
            error(
                Kind::IllegalArgument,
                "this platform has no `fetch`: pass one as an option",
            )
        })
    }

    fn init(&self, scope: &Scope, request: &Request) -> Result<RequestInit, JsValue> {
        let init = RequestInit::new();
        init.set_method(request.verb.name());
        init.set_signal(Some(&scope.signal()));
        let headers = Object::new();
        let header = |name: &str, value: &str| {
            Reflect::set(&headers, &name.into(), &value.into()).map(|_| ())
        };
        let token = match &request.auth {
            Auth::Client => self.access_token.borrow().clone(),
            Auth::Token(token) => Some(token.clone()),
            Auth::Nobody => None,
        };
        if let Some(token) = token {
            header("Authorization", &["Bearer ", &token].concat())?;
        }
        if let Some(agent) = &self.user_agent {
            header("User-Agent", agent)?;
        }
        if let Some(key) = &request.idempotency_key {
            header("Idempotency-Key", key)?;
        }
        // A content type without a body is refused by some servers.
        if !request.verb.reads() && !request.pairs.is_empty() {
            if request.has_file() {
                init.set_body(&multipart(request)?);
            } else {
                let (kind, body) = match request.body {
                    Body::Json => ("application/json", encode::json(&request.pairs)),
                    Body::Form => (
                        "application/x-www-form-urlencoded",
                        encode::form(&request.pairs),
                    ),
                };
                header("Content-Type", kind)?;
                init.set_body(&body.into());
            }
        }
        if !request.secrets.is_empty() {
            init.set_redirect(RequestRedirect::Manual);
        }
        init.set_headers(&headers);
        Ok(init)
    }

    fn place<'a>(&'a self, request: &'a Request, secrets: &'a [String]) -> Place<'a> {
        Place {
            verb: request.verb.name(),
            origin: &self.origin,
            path: &request.path,
            secrets,
        }
    }

    /// What must not show in an error of a request.
    fn secrets(&self, request: &Request) -> Vec<String> {
        let mut secrets = request.secrets.clone();
        secrets.extend(self.access_token.borrow().clone());
        secrets.extend(self.client_secret.borrow().clone());
        if let Auth::Token(token) = &request.auth {
            secrets.push(token.clone());
        }
        secrets
    }

    /// Keeps what the headers say of the limit; gives the time of its reset.
    fn note_ratelimit(&self, reply: &Reply) -> Option<f64> {
        let now = Date::now();
        let skew = reply
            .header("date")
            .map_or(0.0, |date| parse_date(&date) - now);
        let skew = if skew.is_finite() { skew } else { 0.0 };
        self.server_time_skew.set(
            Some(skew)
                .filter(|_| reply.header("date").is_some())
                .or(self.server_time_skew.get()),
        );
        // A second of rounding is no skew.
        let skew = if skew.abs() < 1500.0 { 0.0 } else { skew };
        let number = |name: &str| {
            reply
                .header(name)?
                .trim()
                .parse::<u32>()
                .ok()
                .map(f64::from)
        };
        let reset = reply
            .header("x-ratelimit-reset")
            .and_then(|text| ratelimit::reset_at(&text, now, skew, parse_date));
        if let (Some(limit), Some(remaining), Some(reset)) = (
            number("x-ratelimit-limit"),
            number("x-ratelimit-remaining"),
            reset,
        ) {
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
        reset
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
            return Ok(());
        }
        Err(version_error(request.name, needed, have))
    }
}

/// The error for a server that is too old.
pub fn version_error(method: &str, needed: Version, have: Version) -> JsValue {
    error(
        Kind::Version,
        &[
            method,
            " needs Mastodon ",
            &needed.print(),
            ", the server has ",
            &have.print(),
        ]
        .concat(),
    )
}

enum Failed {
    /// The call is over: aborted, out of time, or something in it cannot be sent.
    Ended(JsValue),
    /// No answer.
    Unreachable(JsValue),
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
                result = Err(illegal(
                    request.name,
                    &[
                        "`",
                        name,
                        "` cannot be sent: ",
                        &crate::params::show(&cause),
                    ]
                    .concat(),
                ));
            }
        });
    }
    result.map(|()| form.into())
}

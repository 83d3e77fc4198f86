//! The only place that sends requests.

use super::ratelimit::{Headers, Kind, Told, Waiting};
use super::scope::Scope;
use super::{Client, ServerVersion, VersionCheck, runtime};
use crate::endpoint::request::{Authorization, Request};
use crate::endpoint::{Answer, Verb};
use crate::error::{Class, Error};
use crate::http::{self, Body, Context, Reply, Response};
use crate::js::{self, Name};
use crate::params::encode;
use crate::params::encode::Encoding;
use crate::version::Version;
use crate::{async_refresh, page, text, url};
use js_sys::{Array, Function, JsString, Object, Promise};
use wasm_bindgen::prelude::*;

/// Sends a request and returns the result of its method.
///
/// # Errors
/// Any error of the request.
pub async fn send(scope: &Scope, mut request: Request) -> Result<JsValue, Error> {
    let client = &scope.client;
    let needed = match client.version_check {
        VersionCheck::None => None,
        VersionCheck::Created => request.versions.0,
        VersionCheck::Changed => request.versions.1,
    };
    if let Some(needed) = needed {
        let have = server_version(scope).await?;
        match request.api_version.zip(client.api_version.get()) {
            Some((needed, have)) if have < needed => {
                return Err(Error::new(
                    Class::Version,
                    &[
                        request.method,
                        " needs version ",
                        &js::integer_text(needed),
                        " of Mastodon's API, the server has ",
                        &js::integer_text(have),
                    ],
                ));
            }
            Some(_) => {}
            None => {
                if let Some(have) = have.filter(|have| *have < needed) {
                    return Err(too_old(request.method, needed, have));
                }
            }
        }
    }
    let reply = route(scope, &mut request).await?;
    read(client, &request, &reply)
}

/// Sends a request to the path that the server has. If a method has two paths, a 404 from one leads to the
/// other, whatever the version. The result is remembered.
async fn route(scope: &Scope, request: &mut Request) -> Result<Reply, Error> {
    let client = &scope.client;
    let Some((since, mut other)) = request.legacy_path.take() else {
        return exchange(scope, request).await;
    };
    let remembered = client
        .legacy_routes
        .borrow()
        .iter()
        .find(|(method, _)| *method == request.method)
        .map(|(_, legacy)| *legacy);
    let legacy_first = remembered.unwrap_or_else(|| client.is_older(since));
    if legacy_first {
        std::mem::swap(&mut request.path, &mut other);
    }
    let reply = exchange(scope, request).await?;
    if reply.status != 404 {
        return Ok(reply);
    }
    std::mem::swap(&mut request.path, &mut other);
    let second = exchange(scope, request).await?;
    if second.status == 404 {
        // The server has neither path: the first response counts.
        request.path = other;
        return Ok(reply);
    }
    if second.is_success() {
        let mut routes = client.legacy_routes.borrow_mut();
        routes.retain(|(method, _)| *method != request.method);
        routes.push((request.method, !legacy_first));
    }
    Ok(second)
}

/// Turns a response into the result of a method.
///
/// # Errors
/// The error for the response.
pub fn read(client: &Client, request: &Request, reply: &Reply) -> Result<JsValue, Error> {
    let nothing = request.answer == Answer::Nothing;
    let value = http::read(reply, nothing, &context(client, request))?;
    if matches!(request.answer, Answer::Page | Answer::OffsetPage) {
        if page::ids_are_texts(&value) {
            client.ids_are_texts.set(true);
        }
        let link = reply.header(Name::Link);
        page::attach(&value, link.as_deref(), request, &client.origin);
    }
    if let Answer::Field(name) = request.answer {
        return Ok(js::get(&value, name));
    }
    if let Some(header) = reply.header(Name::AsyncRefresh) {
        async_refresh::attach(&value, &header, request);
    }
    Ok(value)
}

/// What errors need to know about a request.
#[inline(never)]
fn context<'a>(client: &'a Client, request: &'a Request) -> Context<'a> {
    Context {
        verb: request.verb.as_str(),
        origin: if request.foreign_url.is_some() {
            ""
        } else {
            &client.origin
        },
        path: text::before(
            request.foreign_url.as_deref().unwrap_or(&request.path),
            b'?',
        )
        .0,
        secrets: secrets(client, request),
        confidential: request.confidential,
    }
}

/// The secrets that must not appear in an error of a request.
fn secrets(client: &Client, request: &Request) -> Vec<String> {
    let mut secrets = Vec::new();
    for own in [
        &client.access_token,
        &client.client_secret,
        &client.refresh_token,
    ] {
        secrets.extend(own.borrow().clone());
    }
    if let Authorization::Token(token) = &request.authorization {
        secrets.push(token.clone());
    }
    secrets.extend_from_slice(&request.secrets);
    secrets
}

/// The maximum number of redirects.
const MOST_REDIRECTS: u32 = 20;

/// Sends a request until there is a final response, of any status. Waits for rate limits, refreshes an
/// expired token once, and retries once after a lost connection if that is safe.
///
/// # Errors
/// There is no response, or the call has ended.
pub async fn exchange(scope: &Scope, request: &mut Request) -> Result<Reply, Error> {
    let client = &scope.client;
    let mut waiting = Waiting::new(client.request_timeout * 1000.0);
    let mut repeated = false;
    let mut refreshed = false;
    let mut as_form = false;
    let mut hops = 0;
    loop {
        let kind = Kind::of(request.verb.as_str(), &request.path);
        let (now, mut step) = (js::now(), 0.0);
        let limits = client.limits.get();
        let wait = limits.before_request(
            kind,
            client.ratelimit_mode,
            client.ratelimit_pacefactor,
            now,
            &mut waiting,
        );
        // Before the wait, so that calls that ask meanwhile come after it.
        client.update_limits(|limits| step = limits.reserve(kind, now, now + wait));
        if wait > 0.0
            && let Err(ended) = scope.sleep(wait).await
        {
            client.update_limits(|limits| limits.release(kind, step));
            return Err(ended);
        }
        let token = token(client, request);
        let reply = match attempt(scope, request, token.as_deref()).await {
            Ok(reply) => reply,
            // The call has ended: not a network error, so it is returned unchanged.
            Err(failure) if scope.is_over() => return Err(failure),
            Err(failure @ Error::Mastodon(_)) => return Err(failure),
            Err(Error::Thrown(cause)) => {
                if !repeated && header_is_refused(scope, request).await? {
                    request.idempotency_key = None;
                    continue;
                }
                if !repeated && may_repeat(scope, request).await? {
                    repeated = true;
                    continue;
                }
                let maybe_done = !request.verb.is_safe();
                return Err(http::unreachable(
                    &cause,
                    runtime::is_page(),
                    maybe_done,
                    &context(client, request),
                ));
            }
        };
        if redirected(client, request, &reply) {
            hops += 1;
            if hops > MOST_REDIRECTS {
                return Err(http::too_many_redirects(&context(client, request)));
            }
            continue;
        }
        let told = note_limits(client, kind, &reply);
        let now = js::now();
        let pause = match reply.status {
            429 => waiting.after_429(client.ratelimit_mode, told.again, now),
            503 if request.verb.is_safe() => {
                waiting.after_503(client.ratelimit_mode, told.retry_after, now)
            }
            // The server may accept only forms.
            415 if request.encoding == Encoding::Json
                && !client.form_only.get()
                && encode::is_json(&request.pairs)
                && !request.verb.has_query() =>
            {
                request.encoding = Encoding::Form;
                as_form = true;
                continue;
            }
            401 if !refreshed && request.authorization == Authorization::Client => {
                refreshed = true;
                if (client.renew)(scope, token).await? {
                    continue;
                }
                None
            }
            _ => None,
        };
        let Some(pause) = pause else {
            if as_form && reply.is_success() {
                client.form_only.set(true);
            }
            return Ok(reply);
        };
        scope.sleep(pause).await?;
    }
}

/// Whether a request may be sent again after its connection was lost.
async fn may_repeat(scope: &Scope, request: &Request) -> Result<bool, Error> {
    if request.repeatable {
        return Ok(true);
    }
    if !request.repeatable_by_key || request.idempotency_key.is_none() {
        return Ok(false);
    }
    honours_idempotency(scope).await
}

/// Whether the server is known to support `Idempotency-Key`: Mastodon and its forks, and Hollo. Others ignore
/// the key, so a retry would post twice.
async fn honours_idempotency(scope: &Scope) -> Result<bool, Error> {
    let client = &scope.client;
    if let Some(known) = client.honours_idempotency.get() {
        return Ok(known);
    }
    let mut request = Request::get("instance", "/api/v2/instance");
    let honours = match Box::pin(exchange(scope, &mut request)).await {
        Ok(reply) => read(client, &request, &reply)
            .ok()
            .and_then(|instance| js::text_of(&instance, "version"))
            .is_some_and(|version| is_mastodon(&version)),
        Err(failure) if scope.is_over() => return Err(failure),
        Err(_) => return Ok(false),
    };
    client.honours_idempotency.set(Some(honours));
    Ok(honours)
}

/// Whether a version belongs to Mastodon, to a fork that appends its name after a plus, or to Hollo.
fn is_mastodon(version: &str) -> bool {
    let lower = version.to_ascii_lowercase();
    if text::has(&lower, "hollo") {
        return true;
    }
    let behind = text::cut(&lower, b'+').map_or("", |(_, behind)| behind);
    let other = text::has(&lower, "compatible")
        || text::find(&lower, b'(').is_some()
        || behind.starts_with("git")
        || text::find(behind, b'.').is_some();
    !other && Version::parse(version).is_some()
}

/// Whether the preflight rejects `Idempotency-Key` (WordPress, older Takahe): a harmless request gets no
/// response with the header, but gets one without it.
async fn header_is_refused(scope: &Scope, request: &Request) -> Result<bool, Error> {
    let client = &scope.client;
    if !runtime::is_page()
        || request.idempotency_key.is_none()
        || client.idempotency_key_passed.get()
    {
        return Ok(false);
    }
    let probe = |key: Option<String>| {
        let mut probe = Request::get(request.method, "/api/v1/instance");
        probe.idempotency_key = key;
        probe
    };
    for (key, expected) in [(request.idempotency_key.clone(), false), (None, true)] {
        let probe = probe(key);
        let token = token(client, &probe);
        match attempt(scope, &probe, token.as_deref()).await {
            Ok(_) if expected => {}
            Err(_) if !expected && !scope.is_over() => {}
            Err(failure) if scope.is_over() => return Err(failure),
            _ => return Ok(false),
        }
    }
    client.idempotency_key_refused.set(true);
    Ok(true)
}

/// Follows a redirect as `fetch` does, if the platform did not follow it. Redirects may lead only to https or
/// to this machine; another server gets no token.
fn redirected(client: &Client, request: &mut Request, reply: &Reply) -> bool {
    if !reply.redirect || reply.status == 0 || request.confidential {
        return false;
    }
    let Some(location) = reply.header_value(&"location".into()).as_string() else {
        return false;
    };
    let base = request
        .foreign_url
        .clone()
        .unwrap_or_else(|| [&client.origin, request.path.as_str()].concat());
    let own = url::same_origin_path(&client.origin, &location, &base)
        .filter(|_| request.foreign_url.is_none());
    if let Some(path) = own {
        request.path = path;
    } else if let Some(url) =
        url::server_url(&location, &base).filter(|url| url::path_of(url).is_some())
    {
        request.foreign_url = Some(url.href());
        request.authorization = Authorization::Nobody;
    } else {
        return false;
    }
    let becomes_get = match reply.status {
        303 => !request.verb.is_safe(),
        301 | 302 => request.verb == Verb::Post,
        _ => false,
    };
    if becomes_get {
        request.verb = Verb::Get;
    }
    // The redirect's URL already has its query. On this server, it is split into parameters again, because
    // `pagination` repeats them.
    if request.verb.has_query() {
        request.pairs.clear();
        if request.foreign_url.is_none() {
            request.take_query();
        }
    }
    true
}

/// The token for a request. A request to another server has none.
fn token(client: &Client, request: &Request) -> Option<String> {
    if request.foreign_url.is_some() {
        return None;
    }
    match &request.authorization {
        Authorization::Client => client.access_token.borrow().clone(),
        Authorization::Nobody => None,
        Authorization::Token(token) => Some(token.clone()),
    }
}

/// The query of a request, if its parameters go there.
pub fn query(path: &str, verb: Verb, pairs: &encode::Pairs) -> JsString {
    if !verb.has_query() || pairs.is_empty() {
        return "".into();
    }
    let between = if text::find(path, b'?').is_some() {
        "&"
    } else {
        "?"
    };
    JsString::from(between).concat(&encode::form(pairs))
}

/// Sends one request and reads the response. An error that `fetch` throws becomes [`Error::Thrown`].
async fn attempt(scope: &Scope, request: &Request, token: Option<&str>) -> Result<Reply, Error> {
    let client = &scope.client;
    let verb = verb_name(request.verb);
    // Any other text would become part of the host name.
    if request.foreign_url.is_none() && !request.path.starts_with('/') {
        return Err(Error::illegal(
            request.method,
            &["the path of a request must begin with a slash"],
        ));
    }
    let url = request
        .foreign_url
        .clone()
        .unwrap_or_else(|| [&client.origin, request.path.as_str()].concat());
    let shown = text::before(&request.path, b'?').0.to_owned();
    if client.debug_requests {
        web_sys::console::debug_2(verb.js(), &[&client.origin, shown.as_str()].concat().into());
    }
    scope.set_request(request.verb.as_str(), client.origin.clone(), shown);
    let headers = Object::new();
    js::set(&headers, Name::Accept, Name::Json.js());
    if let Some(token) = token.filter(|token| !token.is_empty()) {
        js::set(
            &headers,
            Name::Authorization,
            &["Bearer ", token].concat().into(),
        );
    }
    if let Some(agent) = &client.user_agent {
        js::set(&headers, Name::UserAgent, agent);
    }
    let keyed = request.idempotency_key.is_some() && !client.idempotency_key_refused.get();
    if let Some(key) = request.idempotency_key.as_deref().filter(|_| keyed) {
        js::set(&headers, Name::IdempotencyKey, &key.into());
    }
    if let Some(id) = &request.async_refresh_id {
        js::set(&headers, "Mastodon-Async-Refresh-Id", &id.as_str().into());
    }
    let init = Object::new();
    js::set(&init, Name::Method, verb.js());
    js::set(&init, Name::Headers, &headers);
    js::set(&init, Name::Signal, &scope.signal());
    // A redirect would send the secrets in the body to another server. Outside browsers, nothing prevents a
    // redirect from leaking the token or leaving https, so we follow redirects ourselves.
    if request.confidential || runtime::is_server() {
        js::set(&init, Name::Redirect, Name::Manual.js());
    }
    if !request.verb.has_query() {
        let encoding = if client.form_only.get() {
            Encoding::Form
        } else {
            request.encoding
        };
        let (body, kind) = match encode::body(&request.pairs, encoding)
            .map_err(|cause| unreadable_body(request, cause))?
        {
            encode::Body::Empty => (JsValue::UNDEFINED, JsValue::UNDEFINED),
            encode::Body::Json(text) => (text, Name::Json.js().clone()),
            encode::Body::Form(text) => (text, Name::Form.js().clone()),
            encode::Body::Multipart(form) if client.fetch.is_some() => {
                let encoded: Array = scope.run(http::form_bytes(&form)).await?.unchecked_into();
                (encoded.get(0), encoded.get(1))
            }
            encode::Body::Multipart(form) => (form, JsValue::UNDEFINED),
        };
        if !body.is_undefined() {
            js::set(&init, Name::Body, &body);
        }
        if !kind.is_undefined() {
            js::set(&headers, Name::ContentType, &kind);
        }
    }
    let url = JsString::from(url).concat(&query(&request.path, request.verb, &request.pairs));
    let in_flight = scope.request();
    let response: Response = scope
        .run(fetch(client, &url, &init)?)
        .await?
        .unchecked_into();
    let reply = receive(scope, &response).await;
    in_flight.complete();
    if keyed && reply.is_ok() {
        client.idempotency_key_passed.set(true);
    }
    reply
}

fn unreadable_body(request: &Request, cause: JsValue) -> Error {
    Error::illegal(
        request.method,
        &["a parameter cannot be encoded into the request"],
    )
    .with_cause(cause)
}

fn verb_name(verb: Verb) -> Name {
    match verb {
        Verb::Get => Name::Get,
        Verb::Head => Name::Head,
        Verb::Post => Name::Post,
        Verb::Put => Name::Put,
        Verb::Patch => Name::Patch,
        Verb::Delete => Name::Delete,
    }
}

/// Calls `fetch`: the `fetch` option, or the current one of the platform.
fn fetch(client: &Client, url: &JsString, init: &Object) -> Result<Promise, Error> {
    let call = |fetch: &Function| {
        fetch
            .call2(&js::global_this(), url, init)
            .map(|sent| js::promise(&sent))
    };
    let sent = match &client.fetch {
        Some(fetch) => call(fetch),
        None => match js::global("fetch").dyn_into::<Function>() {
            Ok(fetch) => call(&fetch),
            Err(_) => {
                return Err(Error::new(
                    Class::Mastodon,
                    &["this platform has no `fetch`: pass one to the client"],
                ));
            }
        },
    };
    sent.map_err(Error::Thrown)
}

/// Reads a response. An error keeps its status even if its body never ends.
async fn receive(scope: &Scope, response: &Response) -> Result<Reply, Error> {
    let status = response.status()?.as_f64().unwrap_or(0.0) as u16;
    let hidden = status == 0 && response.kind().as_string().as_deref() == Some("opaqueredirect");
    let redirect = hidden || (300..400).contains(&status);
    let headers = response.headers()?;
    let failed = !(200..400).contains(&status);
    let arrived = http::empty_body();
    let limit = if failed {
        http::ERROR_BODY_LIMIT
    } else {
        scope.client.max_response_size
    };
    let read = scope.run(http::read_body(response, limit, &arrived)).await;
    let complete = read.as_ref().is_ok_and(JsValue::is_truthy);
    let text = http::body_text(&arrived, complete);
    let body = match read {
        Ok(_) if complete => Body::Complete(text),
        Ok(_) => Body::Cut(text),
        Err(failure) if scope.is_over() && !(failed && scope.timed_out()) => return Err(failure),
        Err(failure) => Body::Broken(text, failure.into()),
    };
    Ok(Reply {
        status,
        redirect,
        headers,
        body,
    })
}

/// Stores the rate limit from the headers.
fn note_limits(client: &Client, kind: Kind, reply: &Reply) -> Told {
    let [limit, remaining, reset] = [
        Name::RatelimitLimit,
        Name::RatelimitRemaining,
        Name::RatelimitReset,
    ]
    .map(|name| reply.header(name));
    let refused = matches!(reply.status, 429 | 503);
    if reset.is_none() && !refused {
        return Told::default();
    }
    let retry_after = if refused {
        reply.header(Name::RetryAfter)
    } else {
        None
    };
    let date = reply.header(Name::Date);
    let headers = Headers {
        limit: limit.as_deref(),
        remaining: remaining.as_deref(),
        reset: reset.as_deref(),
        retry_after: retry_after.as_deref(),
        date: date.as_deref(),
    };
    let told = headers.read(js::now(), js::parse_date);
    client.update_limits(|limits| limits.received(kind, reply.status, &told));
    if told.limit.is_some()
        && let Some(callback) = &client.on_ratelimit
        && let Err(thrown) = callback.call1(&JsValue::UNDEFINED, &client.ratelimit_value())
    {
        // An error in the callback does not end the call.
        web_sys::console::error_1(&thrown);
    }
    told
}

/// The error for a server that is too old for a method.
pub fn too_old(method: &str, needed: Version, have: Version) -> Error {
    Error::new(
        Class::Version,
        &[
            method,
            " needs Mastodon ",
            &needed.to_text(),
            ", the server has ",
            &have.to_text(),
        ],
    )
}

/// How long a server that could not send its version is not asked again, in milliseconds.
const ASK_AGAIN: f64 = 60_000.0;

/// The server's version, or `None` if it is unknown. The server is asked only once.
///
/// # Errors
/// The request failed, or the call has ended.
pub async fn server_version(scope: &Scope) -> Result<Option<Version>, Error> {
    let client = &scope.client;
    if let ServerVersion::Known(version) = client.version.get() {
        return Ok(version);
    }
    if js::now() - client.version_asked.get() < ASK_AGAIN {
        return Ok(None);
    }
    let text = match ask_version(scope).await {
        Ok(text) => text,
        // A failure does not prevent the call. The next call asks again.
        Err(failure) if failure.status().is_some() && !scope.is_over() => {
            client.version_asked.set(js::now());
            return Ok(None);
        }
        Err(failure) => return Err(failure),
    };
    let version = text.as_deref().and_then(Version::parse);
    client.set_version(text.as_deref());
    Ok(version)
}

/// The version in the description of the instance; the newer endpoint is tried first.
///
/// # Errors
/// A request failed, or the call has ended.
pub async fn ask_version(scope: &Scope) -> Result<Option<String>, Error> {
    let mut failure = None;
    for path in ["/api/v2/instance", "/api/v1/instance"] {
        let mut request = Request::get("retrieveMastodonVersion", path);
        let reply = exchange(scope, &mut request).await?;
        match read(&scope.client, &request, &reply) {
            Ok(instance) => {
                if let Some(version) = js::text_of(&instance, "version") {
                    let api_version =
                        js::number_of(&js::get(&instance, "api_versions"), "mastodon");
                    scope
                        .client
                        .api_version
                        .set(api_version.map(|version| version as u32));
                    return Ok(Some(version));
                }
            }
            // The endpoint exists, but the server cannot respond now.
            Err(error) if reply.status == 429 || reply.status >= 500 => failure = Some(error),
            // The other endpoint may exist.
            Err(_) => {}
        }
    }
    failure.map_or(Ok(None), Err)
}

/// The id of the token's account. The server is asked once per token.
///
/// # Errors
/// The request failed, or the server sent an account without an id.
pub async fn own_id(scope: &Scope) -> Result<String, Error> {
    let client = &scope.client;
    let token = client.access_token.borrow().clone();
    let known = client.own_account.borrow().clone();
    if let Some((of, id)) = known
        && of == token
    {
        return Ok(id);
    }
    let request = Request::get(
        "accountVerifyCredentials",
        "/api/v1/accounts/verify_credentials",
    );
    let account = send(scope, request).await?;
    let Some(id) = js::id_text(&js::get(&account, Name::Id)) else {
        return Err(Error::new(
            Class::Api,
            &["the server sent an account without an id"],
        ));
    };
    client.own_account.replace(Some((token, id.clone())));
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::is_mastodon;

    #[test]
    fn only_mastodon_and_hollo_honour_the_key() {
        for version in [
            "4.4.3",
            "4.5.0-beta.2",
            "4.3.1+glitch",
            "v4.2.0",
            "4.4.0 (compatible; Hollo/0.10.0)",
        ] {
            assert!(is_mastodon(version), "{version}");
        }
        for version in [
            "0.20.1+git-57cb4fe",
            "3.5.3+0.20.1+git-57cb4fe",
            "3.5.3+0.20.1",
            "takahe/0.11.0",
            "2.7.2 (compatible; Pleroma 2.5.0)",
            "4.0.0 (compatible; Mitra 5.9.2)",
            "0.8.1+3.1.0",
            "",
        ] {
            assert!(!is_mastodon(version), "{version}");
        }
    }
}

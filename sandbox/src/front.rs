//! What happens to every request: it is logged, perhaps hit by a fault, counted, handled, and its response
//! gets headers.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::Router;
use axum::body::Body;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tower::ServiceExt;

use crate::behaviour::Behaviour;
use crate::caller::{Caller, bearer};
use crate::cors;
use crate::error::{ApiError, no_route};
use crate::faults::{Drop, Fault, cut_in_half};
use crate::host::sleep;
use crate::instance::Instance;
use crate::params::content_type;
use crate::preset::{Asked, Said};
use crate::room;

/// The connection is to be dropped without a response.
#[derive(Debug)]
pub struct Cut;

impl std::fmt::Display for Cut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the connection was cut")
    }
}

impl std::error::Error for Cut {}

/// Who sent a request.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    /// The IP address.
    pub address: IpAddr,
}

pub async fn answer(
    instance: Arc<Instance>,
    router: Router,
    mut request: Request<Body>,
    from: Peer,
) -> Result<Response, Cut> {
    if !is_for_this_machine(&request) {
        let error = json!({ "error": "This sandbox answers to an IP address and to localhost" });
        return Ok(ApiError::new(StatusCode::MISDIRECTED_REQUEST, error).into_response());
    }
    let peer = from.address;
    let path = request.uri().path().to_owned();
    request.extensions_mut().insert(from);
    without_last_slash(&mut request);
    if path == "/sandbox" || path.starts_with("/sandbox/") {
        return Ok(route(router, request).await);
    }
    if !instance.room.admits(request.method()) {
        let error = json!({ "error": "This sandbox is full: POST /sandbox/reset empties it" });
        return Ok(ApiError::new(StatusCode::INSUFFICIENT_STORAGE, error).into_response());
    }
    let request = request.map(|body| room::charged(&instance.room, body));
    let count = instance.requests.fetch_add(1, Ordering::Relaxed) + 1;
    let dropped = instance.behaviour().drop_read_in;
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads && dropped.is_some_and(|every| count.is_multiple_of(every)) {
        return Err(Cut);
    }
    let request_id = instance.request_id();
    let token = bearer(request.headers(), request.uri());
    let number = instance.log.begin(
        &request_id,
        request.method(),
        request.uri(),
        request.headers(),
        token.as_deref(),
        instance.clock.now(),
    );
    let target = request
        .uri()
        .path_and_query()
        .map_or(path.clone(), ToString::to_string);
    let fault = instance
        .faults
        .strike(request.method(), &target, token.as_deref());
    let answered = through_fault(
        &instance,
        router,
        request,
        peer,
        token.as_deref(),
        fault,
        &request_id,
    )
    .await;
    instance.log.end(
        number,
        answered
            .as_ref()
            .map_or(0, |response| response.status().as_u16()),
        instance.clock.now(),
    );
    answered
}

/// Whether the `Host` of a request is this machine: an IP address, or `localhost`. Another name may belong to
/// a foreign page whose domain now resolves to this machine. That page could then read our responses (DNS
/// rebinding).
fn is_for_this_machine(request: &Request<Body>) -> bool {
    let header = request.headers().get(header::HOST);
    let named = header.map(|host| {
        let host = host.to_str().ok()?.parse::<Authority>().ok()?;
        Some(host.host().to_owned())
    });
    let target = request.uri().host().map(|host| Some(host.to_owned()));
    named.into_iter().chain(target).all(|host| {
        host.is_some_and(|host| {
            let host = host.to_ascii_lowercase();
            let address = host.trim_start_matches('[').trim_end_matches(']');
            address.parse::<IpAddr>().is_ok() || host == "localhost" || host.ends_with(".localhost")
        })
    })
}

/// `/api/v2/instance/` is `/api/v2/instance`, as on Mastodon.
fn without_last_slash(request: &mut Request<Body>) {
    let uri = request.uri();
    if !uri.path().starts_with("/api/") || !uri.path().ends_with('/') {
        return;
    }
    let query = uri
        .query()
        .map(|query| format!("?{query}"))
        .unwrap_or_default();
    if let Ok(trimmed) = format!("{}{query}", uri.path().trim_end_matches('/')).parse() {
        *request.uri_mut() = trimmed;
    }
}

async fn through_fault(
    instance: &Instance,
    router: Router,
    request: Request<Body>,
    peer: IpAddr,
    token: Option<&str>,
    fault: Option<Fault>,
    request_id: &str,
) -> Result<Response, Cut> {
    let behaviour = instance.behaviour();
    let (method, path, asked) = (
        request.method().clone(),
        request.uri().path().to_owned(),
        request.headers().clone(),
    );
    let Some(fault) = fault else {
        let mut response = handle(instance, router, request, peer, token, &behaviour).await;
        finish(
            &method,
            &path,
            &asked,
            &behaviour,
            request_id,
            &mut response,
        );
        return Ok(response);
    };
    sleep(fault.latency()).await;
    if fault.drop == Some(Drop::Before) {
        return Err(Cut);
    }
    let mut response = match fault.response() {
        Some(response) => response,
        None => handle(instance, router, request, peer, token, &behaviour).await,
    };
    if fault.cors {
        finish(
            &method,
            &path,
            &asked,
            &behaviour,
            request_id,
            &mut response,
        );
    }
    fault.add_headers(&mut response);
    match fault.drop {
        Some(Drop::After) => Err(Cut),
        Some(Drop::Middle) => Ok(cut_in_half(response).await),
        _ => Ok(response),
    }
}

async fn handle(
    instance: &Instance,
    router: Router,
    request: Request<Body>,
    peer: IpAddr,
    token: Option<&str>,
    behaviour: &Behaviour,
) -> Response {
    let path = request.uri().path();
    if let Some(response) = cors::preflight(request.method(), path, request.headers(), behaviour) {
        return response;
    }
    if let Some(refusal) = refusal(&request, behaviour) {
        return refusal;
    }
    let streaming = path.starts_with("/api/v1/streaming");
    if streaming && !behaviour.streaming {
        return match behaviour.server() {
            Some(server) => (server.no_route)().response(),
            None => no_route().await.into_response(),
        };
    }
    if !path.starts_with("/api/") || streaming {
        return by_server(instance, router, request, token, behaviour).await;
    }
    let key = token.map_or_else(|| peer.to_string(), str::to_owned);
    let allowance = instance.limiter.count(&key, instance.clock.now());
    let mut response = if allowance.exceeded {
        ApiError::new(
            StatusCode::TOO_MANY_REQUESTS,
            json!({ "error": "Too many requests" }),
        )
        .into_response()
    } else {
        by_server(instance, router, request, token, behaviour).await
    };
    let now = instance.clock.now();
    allowance.write(response.headers_mut(), behaviour.ratelimit_reset, now);
    response
}

/// Rejects what other kinds of servers reject before they handle a request.
fn refusal(request: &Request<Body>, behaviour: &Behaviour) -> Option<Response> {
    let headers = request.headers();
    let agent = headers.get(header::USER_AGENT);
    if behaviour.require_user_agent && agent.is_none_or(HeaderValue::is_empty) {
        let body = json!({ "error": "I'm a teapot: no user-agent sent with request" });
        return Some(ApiError::new(StatusCode::IM_A_TEAPOT, body).into_response());
    }
    let length = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok());
    let empty = length.is_none_or(|length| length == "0")
        && !headers.contains_key(header::TRANSFER_ENCODING);
    let writes = request.method() != Method::GET;
    if behaviour.reject_empty_json && writes && empty && content_type(headers) == "application/json"
    {
        return Some(ApiError::bad_request("Bad Request: EOF").into_response());
    }
    None
}

/// Handles a request as another kind of server: its preset may change request and response.
async fn by_server(
    instance: &Instance,
    router: Router,
    request: Request<Body>,
    token: Option<&str>,
    behaviour: &Behaviour,
) -> Response {
    let spoken = ["/api/", "/oauth/", "/.well-known/", "/nodeinfo/", "/health"];
    let path = request.uri().path();
    let server = behaviour
        .server()
        .filter(|_| spoken.iter().any(|start| path.starts_with(start)));
    let Some(server) = server else {
        return route(router, request).await;
    };
    let streaming = path.starts_with("/api/v1/streaming");
    let by_app =
        matches!(Caller::with(instance, token), Caller::Holder(holder) if holder.account.is_none());
    let (mut asked, parts) = Asked::of(request, token, by_app, instance.clock.now()).await;
    let original_path = asked.path.clone();
    if let Some(refused) = server.enter(&mut asked) {
        return refused.response();
    }
    let response = route(router, asked.request(parts)).await;
    if streaming {
        return response;
    }
    asked.path = original_path;
    let mut said = Said::of(response).await;
    server.leave(&asked, &mut said);
    said.response()
}

async fn route(router: Router, request: Request<Body>) -> Response {
    router
        .oneshot(request)
        .await
        .unwrap_or_else(|never| match never {})
}

fn finish(
    method: &Method,
    path: &str,
    asked: &HeaderMap,
    behaviour: &Behaviour,
    request_id: &str,
    response: &mut Response,
) {
    cors::write(method, path, asked, behaviour, response.headers_mut());
    let headers = response.headers_mut();
    if headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value == "application/json")
    {
        // The value that Rails sends.
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json; charset=utf-8"),
        );
    }
    if let Ok(id) = HeaderValue::from_str(request_id) {
        headers.insert("x-request-id", id);
    }
    if path.starts_with("/api/") {
        headers
            .entry(header::CACHE_CONTROL)
            .or_insert(HeaderValue::from_static("private, no-store"));
        headers.insert(
            header::VARY,
            HeaderValue::from_static("Authorization, Origin"),
        );
    }
    headers
        .entry("x-content-type-options")
        .or_insert(HeaderValue::from_static("nosniff"));
}

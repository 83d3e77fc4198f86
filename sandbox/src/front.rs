//! The way of every request: noted, perhaps broken by a fault, counted, answered, and given its
//! headers.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tower::ServiceExt;

use crate::behaviour::Behaviour;
use crate::caller::bearer;
use crate::cors;
use crate::error::ApiError;
use crate::faults::{Drop, Fault, cut_in_half};
use crate::host::sleep;
use crate::instance::Instance;
use crate::params::content_type;

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// The connection is to be cut without an answer.
#[derive(Debug)]
pub struct Cut;

impl std::fmt::Display for Cut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the connection was cut")
    }
}

impl std::error::Error for Cut {}

pub async fn answer(
    instance: Arc<Instance>,
    router: Router,
    mut request: Request<Body>,
    peer: IpAddr,
) -> Result<Response, Cut> {
    let path = request.uri().path().to_owned();
    request.extensions_mut().insert(Peer(peer));
    without_last_slash(&mut request);
    if path == "/sandbox" || path.starts_with("/sandbox/") {
        return Ok(route(router, request).await);
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
    if !path.starts_with("/api/") || path.starts_with("/api/v1/streaming") {
        return route(router, request).await;
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
        route(router, request).await
    };
    allowance.write(response.headers_mut(), behaviour.ratelimit_reset);
    response
}

/// What other kinds of servers turn away at the door.
fn refusal(request: &Request<Body>, behaviour: &Behaviour) -> Option<Response> {
    let headers = request.headers();
    if behaviour.require_user_agent && !headers.contains_key(header::USER_AGENT) {
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
        // As Rails writes it.
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

//! Which responses a web page of another origin may read: the same routes, methods and headers as on
//! Mastodon. Media, pages and `/sandbox` are not among them.

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::behaviour::{AllowedHeaders, Behaviour};

const EXPOSED: &str = "Link, X-RateLimit-Reset, X-RateLimit-Limit, X-RateLimit-Remaining, X-Request-Id, Mastodon-Async-Refresh";
const FEW_HEADERS: &str = "Authorization, Content-Type, Idempotency-Key";
const TWO_HEADERS: &str = "content-type, authorization";

#[derive(Debug)]
struct Rule {
    methods: &'static str,
    expose: bool,
}

fn rule(path: &str, behaviour: &Behaviour) -> Option<Rule> {
    let reads = Rule {
        methods: "GET",
        expose: false,
    };
    match path {
        "/oauth/token" | "/oauth/revoke" => behaviour.oauth_cors.then_some(Rule {
            methods: "POST",
            expose: false,
        }),
        "/oauth/userinfo" => Some(Rule {
            methods: "GET, POST",
            expose: false,
        }),
        _ if path.starts_with("/api/") => Some(Rule {
            methods: if behaviour.cors_patch {
                "POST, PUT, DELETE, GET, PATCH, OPTIONS"
            } else {
                "POST, PUT, DELETE, GET, OPTIONS"
            },
            expose: true,
        }),
        _ if path.starts_with("/.well-known/") || path.starts_with("/nodeinfo/") => Some(reads),
        _ if path.starts_with("/@") && !path[1..].contains('/') => Some(reads),
        _ => None,
    }
}

impl Rule {
    fn covers(&self, method: &str) -> bool {
        self.methods
            .split(", ")
            .any(|allowed| allowed == method || allowed == "GET" && method == "HEAD")
    }

    fn write(&self, answer: &mut HeaderMap) {
        let exposed = if self.expose { EXPOSED } else { "" };
        let fixed = HeaderValue::from_static;
        answer.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, fixed("*"));
        answer.insert(header::ACCESS_CONTROL_ALLOW_METHODS, fixed(self.methods));
        answer.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, fixed(exposed));
        answer.insert(header::ACCESS_CONTROL_MAX_AGE, fixed("7200"));
    }
}

/// The response to a preflight. None if it is not a preflight or not allowed; the router then rejects it.
pub fn preflight(
    method: &Method,
    path: &str,
    headers: &HeaderMap,
    behaviour: &Behaviour,
) -> Option<Response> {
    if method != Method::OPTIONS || !headers.contains_key(header::ORIGIN) {
        return None;
    }
    let wanted = headers
        .get(header::ACCESS_CONTROL_REQUEST_METHOD)?
        .to_str()
        .ok()?
        .to_uppercase();
    let rule = rule(path, behaviour).filter(|rule| rule.covers(&wanted))?;
    let allowed = match behaviour.allowed_headers {
        AllowedHeaders::Any => headers.get(header::ACCESS_CONTROL_REQUEST_HEADERS).cloned(),
        AllowedHeaders::Few => Some(HeaderValue::from_static(FEW_HEADERS)),
        AllowedHeaders::Two => Some(HeaderValue::from_static(TWO_HEADERS)),
    };
    let mut response = StatusCode::OK.into_response();
    rule.write(response.headers_mut());
    if let Some(allowed) = allowed {
        response
            .headers_mut()
            .insert(header::ACCESS_CONTROL_ALLOW_HEADERS, allowed);
    }
    Some(response)
}

/// Adds the CORS headers that allow the page to read the response.
pub fn write(
    method: &Method,
    path: &str,
    asked: &HeaderMap,
    behaviour: &Behaviour,
    answer: &mut HeaderMap,
) {
    if asked.contains_key(header::ORIGIN)
        && let Some(rule) = rule(path, behaviour).filter(|rule| rule.covers(method.as_str()))
    {
        rule.write(answer);
    }
}

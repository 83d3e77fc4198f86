//! The page where a user logs in, and authorizes or denies.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::request::{Request, Wrong};
use super::{page, scopes};
use crate::id::Id;
use crate::instance::App;
use crate::params::Params;
use crate::store::oauth::OUT_OF_BAND;
use crate::store::{Grant, Store};

/// Everything except the unreserved characters of RFC 3986.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
const COOKIE: &str = "sandbox_session";

const FIELDS: [&str; 10] = [
    "client_id",
    "redirect_uri",
    "response_type",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
    "force_login",
    "prompt",
    "lang",
];

fn read(store: &Store, params: &Params) -> Result<Request, Wrong> {
    let text = |name| params.get(name).presence();
    let app = text("client_id").and_then(|id| store.app_by_client_id(&id).cloned()).ok_or(Wrong::Here(
        "Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.",
    ))?;
    let redirect_uri = text("redirect_uri").filter(|uri| app.redirect_uris.contains(uri));
    let redirect_uri =
        redirect_uri.ok_or(Wrong::Here("The redirect uri included is not valid."))?;
    let state = params.get("state").text();
    let refuse = |error, description| Wrong::ToApp {
        redirect_uri: redirect_uri.clone(),
        state: state.clone(),
        error,
        description,
    };
    if text("response_type").as_deref() != Some("code") {
        return Err(refuse(
            "unsupported_response_type",
            "The authorization server does not support this response type.",
        ));
    }
    let wanted = text("scope").unwrap_or_else(|| "read".to_owned());
    let scopes = scopes(&wanted, &app.scopes).ok_or_else(|| {
        refuse(
            "invalid_scope",
            "The requested scope is invalid, unknown, or malformed.",
        )
    })?;
    let challenge = text("code_challenge");
    if challenge.is_some() && text("code_challenge_method").as_deref() != Some("S256") {
        return Err(refuse(
            "invalid_code_challenge_method",
            "The code challenge method must be S256.",
        ));
    }
    let prompt = text("prompt");
    Ok(Request {
        app: app.id,
        app_name: app.name,
        force_login: params.get("force_login").is_true()
            || matches!(prompt.as_deref(), Some("login" | "select_account")),
        fields: FIELDS
            .iter()
            .filter_map(|name| Some((*name, params.get(name).text()?)))
            .collect(),
        redirect_uri,
        scopes,
        state,
        challenge,
    })
}

/// `GET /oauth/authorize`
pub async fn ask(State(app): App, headers: HeaderMap, params: Params) -> Response {
    let store = app.store();
    match read(&store, &params) {
        Err(wrong) => wrong.into_response(),
        Ok(request) => {
            let person = signed_in(&store, &headers).filter(|_| !request.force_login);
            if params.get("prompt").text().as_deref() == Some("none") && person.is_none() {
                let description = "The authorization server requires end-user authentication.";
                let Request {
                    redirect_uri,
                    state,
                    ..
                } = request;
                return Wrong::ToApp {
                    redirect_uri,
                    state,
                    error: "login_required",
                    description,
                }
                .into_response();
            }
            show(
                page::authorize(&store, &request, person, None),
                StatusCode::OK,
                Some(&request.redirect_uri),
            )
        }
    }
}

/// `POST /oauth/authorize`: the submitted form, which repeats the parameters of the request.
pub async fn decide(State(app): App, headers: HeaderMap, params: Params) -> Response {
    if !same_origin(&headers, &app.base) {
        return show(
            page::error("This form was sent from another site."),
            StatusCode::FORBIDDEN,
            None,
        );
    }
    let mut store = app.store();
    let request = match read(&store, &params) {
        Err(wrong) => return wrong.into_response(),
        Ok(request) => request,
    };
    let text = |name| params.get(name).text().unwrap_or_default();
    match text("decision").as_str() {
        "deny" => {
            let description = "The resource owner or authorization server denied the request.";
            let Request {
                redirect_uri,
                state,
                ..
            } = request;
            return Wrong::ToApp {
                redirect_uri,
                state,
                error: "access_denied",
                description,
            }
            .into_response();
        }
        "another" => {
            let page = page::authorize(&store, &request, None, None);
            return show(page, StatusCode::OK, Some(&request.redirect_uri));
        }
        _ => {}
    }
    let by_name = |name: &str| store.account_by_login(name).map(|account| account.id);
    // Each account of the sandbox has a button, because their passwords are not secret.
    let person = if params.get("as").is_given() {
        by_name(&text("as"))
    } else if params.get("username").is_given() {
        let known = store.account_by_login(text("username").trim());
        known
            .filter(|known| {
                known
                    .login
                    .as_ref()
                    .is_some_and(|login| login.password == text("password"))
            })
            .map(|known| known.id)
    } else {
        signed_in(&store, &headers)
    };
    let Some(person) = person else {
        let page = page::authorize(
            &store,
            &request,
            None,
            Some("Invalid e-mail address, user name or password."),
        );
        return show(
            page,
            StatusCode::UNPROCESSABLE_ENTITY,
            Some(&request.redirect_uri),
        );
    };
    let expires_at = store.grant_expiry();
    let code = store.add_grant(Grant {
        app: request.app,
        account: person,
        redirect_uri: request.redirect_uri.clone(),
        scopes: request.scopes,
        challenge: request.challenge,
        expires_at,
    });
    let mut answer = if request.redirect_uri == OUT_OF_BAND {
        redirect(&store.link(&format!("/oauth/authorize/native?code={code}")))
    } else {
        redirect(&with_query(
            &request.redirect_uri,
            &[("code", Some(&code)), ("state", request.state.as_deref())],
        ))
    };
    let session = store.random_text();
    store.sessions.insert(session.clone(), person);
    let cookie = format!("{COOKIE}={session}; Path=/oauth; HttpOnly; SameSite=Lax");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    answer
}

/// `GET /oauth/authorize/native`: shows the code that the user copies.
pub async fn native(params: Params) -> Response {
    show(
        page::code(&params.get("code").text().unwrap_or_default()),
        StatusCode::OK,
        None,
    )
}

fn signed_in(store: &Store, headers: &HeaderMap) -> Option<Id> {
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    let session = cookies
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)?
        .1;
    store.sessions.get(session).copied()
}

/// Browsers send the origin of a form. A page of another origin must not authorize for the user.
fn same_origin(headers: &HeaderMap, base: &str) -> bool {
    let Some(origin) = headers
        .get(header::ORIGIN)
        .and_then(|origin| origin.to_str().ok())
    else {
        return true;
    };
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    origin == origin_of(base)
        || origin
            .split_once("//")
            .is_some_and(|(_, origin)| origin == host)
}

fn with_query(uri: &str, pairs: &[(&str, Option<&str>)]) -> String {
    let mut uri = uri.to_owned();
    for (name, value) in pairs {
        if let Some(value) = value {
            uri.push(if uri.contains('?') { '&' } else { '?' });
            uri.push_str(name);
            uri.push('=');
            uri.extend(utf8_percent_encode(value, QUERY));
        }
    }
    uri
}

fn redirect(uri: &str) -> Response {
    match HeaderValue::from_str(uri) {
        Ok(location) => (StatusCode::FOUND, [(header::LOCATION, location)]).into_response(),
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

/// `form-action` includes the application, because browsers also apply it to the redirect after the form.
fn show(html: String, status: StatusCode, redirect_uri: Option<&str>) -> Response {
    let target = redirect_uri
        .filter(|uri| *uri != OUT_OF_BAND)
        .map(origin_of)
        .unwrap_or_default();
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'self' {target}; frame-ancestors 'none'; base-uri 'none'"
    );
    let mut response = (status, Html(html)).into_response();
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    );
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    response
}

/// `https://app.example:8080/cb?x` → `https://app.example:8080`, `myapp://cb` → `myapp:`
pub fn origin_of(uri: &str) -> String {
    let (scheme, rest) = uri.split_once(':').unwrap_or((uri, ""));
    let host = rest
        .trim_start_matches('/')
        .split(['/', '?'])
        .next()
        .unwrap_or_default();
    match scheme {
        "http" | "https" if !host.contains([';', ',', ' ']) => format!("{scheme}://{host}"),
        _ => format!("{scheme}:"),
    }
}

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        match self {
            Self::Here(message) => show(page::error(message), StatusCode::BAD_REQUEST, None),
            Self::ToApp { redirect_uri, .. } if redirect_uri == OUT_OF_BAND => show(
                page::error("The request was refused."),
                StatusCode::BAD_REQUEST,
                None,
            ),
            Self::ToApp {
                redirect_uri,
                state,
                error,
                description,
            } => redirect(&with_query(
                &redirect_uri,
                &[
                    ("error", Some(error)),
                    ("error_description", Some(description)),
                    ("state", state.as_deref()),
                ],
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_built_and_read() {
        assert_eq!(
            with_query("http://a/cb", &[("code", Some("x y")), ("state", None)]),
            "http://a/cb?code=x%20y"
        );
        assert_eq!(
            with_query("http://a/cb?b=1", &[("state", Some("s"))]),
            "http://a/cb?b=1&state=s"
        );
        assert_eq!(
            origin_of("http://127.0.0.1:5173/callback?x"),
            "http://127.0.0.1:5173"
        );
        assert_eq!(origin_of("myapp://callback"), "myapp:");
    }
}

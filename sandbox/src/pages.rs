//! What the instance serves to browsers: a front page, profiles, statuses, and files.

use std::fmt::Write;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use crate::error::no_route;
use crate::html::page;
use crate::instance::{App, Instance};
use crate::store::{Status, Store};
use crate::text::escape;

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/", get(front))
        .route("/about", get(front))
        .route("/privacy-policy", get(front))
        .route("/tags/{name}", get(tag))
}

/// Profiles (`/@name`), statuses (`/@name/id`), files; otherwise 404.
pub async fn fallback(State(app): App, method: Method, uri: Uri) -> Response {
    let path = uri.path();
    if path.starts_with("/api/") || !matches!(method, Method::GET | Method::HEAD) {
        return no_route().await.into_response();
    }
    if let Some(rest) = path.strip_prefix("/@") {
        return profile_or_post(&app, rest);
    }
    file(&app, path)
}

fn file(app: &Instance, path: &str) -> Response {
    let Some((content_type, bytes)) = app.store().file(path) else {
        return show(
            StatusCode::NOT_FOUND,
            &page("Not found", false, "<h1>There is nothing here</h1>"),
        );
    };
    let mut response = bytes.into_response();
    let answer = response.headers_mut();
    if let Ok(content_type) = HeaderValue::from_str(&content_type) {
        answer.insert(header::CONTENT_TYPE, content_type);
    }
    // Uploaded files must not run as pages of this origin.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; sandbox";
    answer.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(policy),
    );
    answer.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=3600"),
    );
    answer.insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static("cross-origin"),
    );
    response
}

fn show(status: StatusCode, html: &str) -> Response {
    let mut response = (status, Html(html.to_owned())).into_response();
    let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'";
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(policy),
    );
    response
}

async fn front(State(app): App) -> Response {
    let store = app.store();
    let mut people = String::new();
    for account in store.accounts.values() {
        let Some(login) = &account.login else {
            continue;
        };
        let _ = write!(
            people,
            "<p class=\"person\"><img src=\"{}\" alt=\"\"><b><a href=\"{4}\">{2}</a><span>{1} · {3}</span></b></p>",
            escape(&store.url(&account.avatar)),
            escape(&account.username),
            store.display_html(&account.display_name),
            escape(&login.password),
            escape(&store.link(&format!("/@{}", account.username)))
        );
    }
    let body = format!(
        "<h1>Lanternfield</h1><p>A sandbox instance of the Mastodon API. It lives in memory and forgets everything when it stops.</p>\
         <h2>Who can log in, and the passwords</h2><div class=\"people\">{people}</div>\
         <h2>For clients</h2><dl><dt>Base URL</dt><dd>{}</dd><dt>Client id</dt><dd>{}</dd><dt>Client secret</dt><dd>{}</dd></dl>",
        escape(&app.base),
        crate::seed::CLIENT_ID,
        crate::seed::CLIENT_SECRET
    );
    show(StatusCode::OK, &page("Lanternfield", true, &body))
}

async fn tag(State(app): App, Path(name): Path<String>) -> Response {
    let store = app.store();
    let name = name.to_lowercase();
    let posts: String = store
        .public_with_tag(&name)
        .take(20)
        .map(|status| post(&store, status))
        .collect();
    show(
        StatusCode::OK,
        &page(&name, true, &format!("<h1>#{}</h1>{posts}", escape(&name))),
    )
}

fn profile_or_post(app: &Instance, rest: &str) -> Response {
    let store = app.store();
    let (acct, id) = rest.split_once('/').unwrap_or((rest, ""));
    let not_found = || {
        show(
            StatusCode::NOT_FOUND,
            &page("Not found", false, "<h1>There is nothing here</h1>"),
        )
    };
    let Some(account) = store.account_by_acct(acct) else {
        return not_found();
    };
    if !id.is_empty() {
        let status = id.parse().ok().and_then(|id| store.status_for(None, id));
        return match status {
            Some(status) => show(
                StatusCode::OK,
                &page(&account.display_name, true, &post(&store, status)),
            ),
            None => not_found(),
        };
    }
    let posts: String = store
        .profile(account.id, None)
        .filter(|status| status.reblog_of.is_none())
        .take(20)
        .map(|status| post(&store, status))
        .collect();
    let body = format!(
        "<img class=\"header\" src=\"{}\" alt=\"\"><p class=\"person\"><img src=\"{}\" alt=\"\"><b>{}<span>@{}</span></b></p>{}{posts}",
        escape(&store.url(&account.header)),
        escape(&store.url(&account.avatar)),
        store.display_html(&account.display_name),
        escape(&account.acct()),
        store.html(&account.note)
    );
    show(StatusCode::OK, &page(&account.display_name, true, &body))
}

fn post(store: &Store, status: &Status) -> String {
    let Some(author) = store.accounts.get(&status.account) else {
        return String::new();
    };
    let warning = if status.spoiler_text.is_empty() {
        String::new()
    } else {
        format!("<p class=\"alert\">{}</p>", escape(&status.spoiler_text))
    };
    let mut pictures = String::new();
    for media in store.attachments(&status.media) {
        let text = escape(&media.description.unwrap_or_default());
        let url = escape(&media.preview_url.unwrap_or_default());
        let _ = write!(pictures, "<img src=\"{url}\" alt=\"{text}\">");
    }
    format!(
        "<article class=\"post\"><p class=\"soft\"><b>{}</b> · <a href=\"{}\">{}</a></p>{warning}{}{pictures}</article>",
        store.display_html(&author.display_name),
        escape(&store.link(&format!("/@{}/{}", author.acct(), status.id))),
        crate::clock::date(status.created_at),
        store.html(&status.text)
    )
}

//! OAuth 2: applications, the authorize page, tokens.

mod apps;
mod authorize;
mod metadata;
mod page;
mod request;
mod token;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::instance::Instance;

pub use authorize::origin_of;
pub use token::render as render_token;

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/apps", post(apps::create))
        .route("/api/v1/apps/verify_credentials", get(apps::verify))
        .route(
            "/oauth/authorize",
            get(authorize::ask).post(authorize::decide),
        )
        .route("/oauth/authorize/native", get(authorize::native))
        .route("/oauth/token", post(token::create))
        .route("/oauth/revoke", post(token::revoke))
        .route(
            "/oauth/userinfo",
            get(metadata::userinfo).post(metadata::userinfo),
        )
        .route(
            "/.well-known/oauth-authorization-server",
            get(metadata::server),
        )
}

/// All scopes, as listed in `scopes_supported`.
pub const SCOPES: [&str; 46] = [
    "read",
    "profile",
    "write",
    "write:accounts",
    "write:blocks",
    "write:bookmarks",
    "write:collections",
    "write:conversations",
    "write:favourites",
    "write:filters",
    "write:follows",
    "write:lists",
    "write:media",
    "write:mutes",
    "write:notifications",
    "write:reports",
    "write:statuses",
    "read:accounts",
    "read:blocks",
    "read:bookmarks",
    "read:collections",
    "read:favourites",
    "read:filters",
    "read:follows",
    "read:lists",
    "read:mutes",
    "read:notifications",
    "read:search",
    "read:statuses",
    "follow",
    "push",
    "admin:read",
    "admin:read:accounts",
    "admin:read:reports",
    "admin:read:domain_allows",
    "admin:read:domain_blocks",
    "admin:read:ip_blocks",
    "admin:read:email_domain_blocks",
    "admin:read:canonical_email_blocks",
    "admin:write",
    "admin:write:accounts",
    "admin:write:reports",
    "admin:write:domain_allows",
    "admin:write:domain_blocks",
    "admin:write:ip_blocks",
    "admin:write:email_domain_blocks",
];

/// The scopes of a request, if all exist and the application was registered with them.
fn scopes(text: &str, registered: &[String]) -> Option<Vec<String>> {
    let scopes: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    let allowed = |scope: &String| {
        SCOPES.contains(&scope.as_str()) && crate::store::oauth::covers(registered, scope)
    };
    (!scopes.is_empty() && scopes.iter().all(allowed)).then_some(scopes)
}

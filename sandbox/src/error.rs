//! Error responses, with Mastodon's bodies.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    body: Value,
}

/// The result of nearly every handler.
pub type Answer<T> = Result<Json<T>, ApiError>;

impl ApiError {
    pub fn new(status: StatusCode, body: Value) -> Self {
        Self { status, body }
    }

    fn message(status: StatusCode, message: &str) -> Self {
        Self::new(status, json!({ "error": message }))
    }

    pub fn bad_request(message: &str) -> Self {
        Self::message(StatusCode::BAD_REQUEST, message)
    }

    pub fn unauthorized(message: &str) -> Self {
        Self::message(StatusCode::UNAUTHORIZED, message)
    }

    pub fn forbidden(message: &str) -> Self {
        Self::message(StatusCode::FORBIDDEN, message)
    }

    /// The token does not have the scope.
    pub fn scope() -> Self {
        Self::forbidden("This action is outside the authorized scopes")
    }

    /// The user may not do this.
    pub fn not_allowed() -> Self {
        Self::forbidden("This action is not allowed")
    }

    /// It does not exist, or the caller may not see it.
    pub fn not_found() -> Self {
        Self::message(StatusCode::NOT_FOUND, "Record not found")
    }

    pub fn unprocessable(message: &str) -> Self {
        Self::message(StatusCode::UNPROCESSABLE_ENTITY, message)
    }

    /// `Validation failed: …`
    pub fn invalid(what: &str) -> Self {
        Self::unprocessable(&format!("Validation failed: {what}"))
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        (self.status, Json(self.body)).into_response()
    }
}

/// An unknown route under `/api`.
pub async fn no_route() -> ApiError {
    ApiError::message(StatusCode::NOT_FOUND, "Not Found")
}

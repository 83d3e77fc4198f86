//! Who makes a request, and what their token allows.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};

use crate::error::ApiError;
use crate::id::Id;
use crate::instance::Instance;
use crate::params::Params;
use crate::store::Token;
use crate::store::oauth::covers;

#[derive(Clone, Debug)]
pub enum Caller {
    Nobody,
    /// A token that was never issued.
    Unknown,
    Revoked,
    /// A token of an account that the moderators suspended or disabled.
    Disabled,
    Holder(Token),
}

/// The token of a request: from the header or, as in Mastodon, from the query.
pub fn bearer(headers: &HeaderMap, uri: &Uri) -> Option<String> {
    let header = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let token = header.and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme
            .eq_ignore_ascii_case("bearer")
            .then(|| token.trim().to_owned())
    });
    token.or_else(|| {
        Params::from_query(uri.query().unwrap_or_default())
            .get("access_token")
            .text()
    })
}

impl Caller {
    pub fn with(instance: &Instance, token: Option<&str>) -> Self {
        let Some(text) = token else {
            return Self::Nobody;
        };
        let store = instance.store();
        match store.tokens.get(text) {
            None => Self::Unknown,
            Some(token) if !token.is_good(store.clock.now()) => Self::Revoked,
            Some(token) if token.account.is_some_and(|id| store.is_kept_out(id)) => Self::Disabled,
            Some(token) => Self::Holder(token.clone()),
        }
    }

    /// The token, which must be valid and have this scope. It may be an application's token.
    pub fn token(&self, scope: &str) -> Result<&Token, ApiError> {
        let token = self.any_token()?;
        if covers(&token.scopes, scope) {
            Ok(token)
        } else {
            Err(ApiError::scope())
        }
    }

    /// A valid token with any scope.
    pub fn any_token(&self) -> Result<&Token, ApiError> {
        match self {
            Self::Nobody | Self::Unknown => {
                Err(ApiError::unauthorized("The access token is invalid"))
            }
            Self::Revoked => Err(ApiError::unauthorized("The access token was revoked")),
            Self::Disabled => Err(ApiError::forbidden("Your login is currently disabled")),
            Self::Holder(token) => Ok(token),
        }
    }

    /// The user, for endpoints that need a user with this scope.
    pub fn person(&self, scope: &str) -> Result<Id, ApiError> {
        self.token(scope)?
            .account
            .ok_or_else(|| ApiError::unprocessable("This method requires an authenticated user"))
    }

    /// The user, if there is one, for endpoints that are public. A token that is sent must be valid.
    pub fn viewer(&self, scope: &str) -> Result<Option<Id>, ApiError> {
        match self {
            Self::Nobody | Self::Unknown => Ok(None),
            Self::Revoked | Self::Disabled | Self::Holder(_) => Ok(self.token(scope)?.account),
        }
    }

    pub fn app(&self) -> Option<Id> {
        match self {
            Self::Holder(token) => Some(token.app),
            _ => None,
        }
    }
}

impl FromRequestParts<Arc<Instance>> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        instance: &Arc<Instance>,
    ) -> Result<Self, Infallible> {
        Ok(Self::with(
            instance,
            bearer(&parts.headers, &parts.uri).as_deref(),
        ))
    }
}

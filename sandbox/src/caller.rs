//! Who makes a request, and whether their token allows it.

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
    /// A token that was never given out.
    Unknown,
    Revoked,
    /// A token of somebody whom the moderators keep out.
    Disabled,
    Holder(Token),
}

/// The token of a request: in the header, or as Mastodon allows too, in the query.
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

    /// The token, which has to be good and to have this scope; an application's will do.
    pub fn token(&self, scope: &str) -> Result<&Token, ApiError> {
        let token = self.any_token()?;
        if covers(&token.scopes, scope) {
            Ok(token)
        } else {
            Err(ApiError::scope())
        }
    }

    /// A token with whatever scope.
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

    /// The person, for what only a person with this scope can do.
    pub fn person(&self, scope: &str) -> Result<Id, ApiError> {
        self.token(scope)?
            .account
            .ok_or_else(|| ApiError::unprocessable("This method requires an authenticated user"))
    }

    /// The person where there is one, for what anybody can read. A token that is there has to be good.
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

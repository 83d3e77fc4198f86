//! The parameters of an authorization request.

use crate::id::Id;

/// A request that passed the checks.
#[derive(Clone, Debug)]
pub struct Request {
    pub app: Id,
    pub app_name: String,
    pub redirect_uri: String,
    pub scopes: Vec<String>,
    pub state: Option<String>,
    pub challenge: Option<String>,
    pub force_login: bool,
    pub fields: Vec<(&'static str, String)>,
}

/// The error of a request. If the redirect URI cannot be trusted, a page shows it; otherwise it is sent to
/// the application.
#[derive(Debug)]
pub enum Wrong {
    Here(&'static str),
    ToApp {
        redirect_uri: String,
        state: Option<String>,
        error: &'static str,
        description: &'static str,
    },
}

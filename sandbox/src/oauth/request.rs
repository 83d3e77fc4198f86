//! What an application asks a user for.

use crate::id::Id;

/// What an application asks for, after the checks.
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

/// What is wrong with a request: told on a page where the redirect cannot be trusted, else to the
/// application.
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

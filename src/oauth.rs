//! OAuth.

use crate::client::Client;
use crate::client::scope::Scope;
use crate::error::Error;
use std::pin::Pin;

/// Whether the client has what a new token is asked for with.
pub fn can_refresh(_: &Client) -> bool {
    false
}

/// Gets a new token in the place of one that ended.
pub fn refresh<'a>(_: &'a Scope, _: Option<String>) -> Pin<Box<dyn Future<Output = Result<bool, Error>> + 'a>> {
    Box::pin(async { Ok(false) })
}

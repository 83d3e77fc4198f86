//! Two requests for the same thing, where servers have one or the other.

use crate::client::scope::Scope;
use crate::client::send::send;
use crate::endpoint::request::Request;
use crate::error::Error;
use wasm_bindgen::prelude::*;

/// Sends the first request, and the second if the server does not have the first. If it has neither,
/// the error is that of the first.
pub(super) async fn first_found(
    scope: &Scope,
    first: Request,
    second: Request,
) -> Result<JsValue, Error> {
    let found = send(scope, first).await;
    let Err(missing) = &found else { return found };
    if missing.status() != Some(404) {
        return found;
    }
    match send(scope, second).await {
        Err(error) if error.status() == Some(404) => found,
        other => other,
    }
}

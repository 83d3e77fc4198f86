//! `/api/v1/admin`: what moderators see and do. The token needs `admin` scopes, and must belong to mina, the
//! owner of the instance.

mod accounts;
mod barriers;
mod figures;
mod reports;
mod trends;

use std::sync::Arc;

use axum::Router;

use crate::caller::Caller;
use crate::error::ApiError;
use crate::id::Id;
use crate::instance::Instance;
use crate::store::Store;

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .merge(accounts::routes())
        .merge(barriers::routes())
        .merge(figures::routes())
        .merge(reports::routes())
        .merge(trends::routes())
}

/// The account of the token, if it is a moderator.
fn moderator(store: &Store, caller: &Caller, scope: &str) -> Result<Id, ApiError> {
    let me = caller.person(scope)?;
    if store.owners().contains(&me) {
        Ok(me)
    } else {
        Err(ApiError::not_allowed())
    }
}

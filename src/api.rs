//! One file an area, a method a few lines: what to ask.

mod accounts;
mod admin;
mod annual_reports;
mod async_refresh;
mod authentication;
mod collections;
mod conversations;
pub mod declare;
mod endorsements;
pub mod endpoint;
mod favourites;
mod filters;
mod hashtags;
mod instance;
mod lists;
mod media;
mod notifications;
mod pagination;
mod polls;
mod preferences;
mod profile;
mod push;
mod registration;
mod relationships;
mod reports;
mod search;
mod statuses;
mod streaming;
mod suggestions;
mod table;
mod timeline;
mod trends;
mod utility;

use endpoint::Endpoint;
use wasm_bindgen::prelude::*;

/// The methods, area by area.
const AREAS: &[&[Endpoint]] = &[
    accounts::METHODS,
    admin::accounts::METHODS,
    admin::domains::METHODS,
    admin::reports::METHODS,
    admin::sign_ups::METHODS,
    admin::statistics::METHODS,
    admin::trends::METHODS,
    annual_reports::METHODS,
    async_refresh::METHODS,
    authentication::METHODS,
    collections::METHODS,
    conversations::METHODS,
    endorsements::METHODS,
    favourites::METHODS,
    filters::METHODS,
    hashtags::METHODS,
    instance::METHODS,
    lists::METHODS,
    media::METHODS,
    notifications::METHODS,
    polls::METHODS,
    preferences::METHODS,
    profile::METHODS,
    push::METHODS,
    registration::METHODS,
    relationships::METHODS,
    reports::METHODS,
    search::METHODS,
    statuses::METHODS,
    suggestions::METHODS,
    timeline::METHODS,
    trends::METHODS,
    utility::METHODS,
    admin::domains::ROWS,
    async_refresh::ROWS,
    authentication::ROWS,
    filters::ROWS,
    notifications::ROWS,
    pagination::ROWS,
    push::ROWS,
    streaming::ROWS,
    utility::ROWS,
    crate::auth::ROWS,
    crate::client::ROWS,
];

const SIZE: usize = table::write::<0>(AREAS).len;
static BYTES: [u8; SIZE] = table::write::<SIZE>(AREAS).bytes;

/// The methods of the package, a line each (src/api/table.rs).
#[wasm_bindgen(skip_typescript)]
pub fn table() -> String {
    str::from_utf8(&BYTES).unwrap_or_default().to_owned()
}

//! One file an area, a method a few lines: what to ask.

mod accounts;
mod admin;
mod annual_reports;
mod async_refresh;
mod authentication;
mod collections;
mod conversations;
mod declare;
mod endorsements;
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
mod timeline;
mod trends;
mod utility;

use crate::client::{Act, Arg, Endpoint, Mastodon, Work, promise};
use crate::params::Given;
use js_sys::Array;
use wasm_bindgen::prelude::*;

/// The declared methods, area by area.
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
    streaming::METHODS,
    suggestions::METHODS,
    timeline::METHODS,
    trends::METHODS,
    utility::METHODS,
];

fn declared() -> impl Iterator<Item = &'static Endpoint> {
    AREAS.iter().copied().flatten()
}

/// The names of the declared methods, with spaces between. The class gets a method for each, which
/// calls [`Mastodon::invoke`] with the name's place.
#[wasm_bindgen(js_name = methodNames, skip_typescript)]
pub fn method_names() -> String {
    let names: Vec<&str> = declared().map(|endpoint| endpoint.name).collect();
    names.join(" ")
}

#[wasm_bindgen]
impl Mastodon {
    /// Calls the declared method at a place of [`method_names`].
    #[wasm_bindgen(skip_typescript)]
    pub fn invoke(&self, place: usize, values: Array) -> Result<JsValue, JsValue> {
        let Some(endpoint) = declared().nth(place) else {
            return Ok(JsValue::UNDEFINED);
        };
        let mut args = Vec::new();
        for (at, param) in (0..).zip(endpoint.required) {
            args.push(Arg {
                name: param.name,
                wire: param.wire,
                kind: param.kind,
                value: values.get(at),
            });
        }
        let given = Given {
            table: endpoint.options,
            value: values.get(args.len() as u32),
        };
        let client = self.client();
        let call = client.prepare(endpoint, &args, &given);
        let work: Result<Work, JsValue> = match endpoint.act {
            Act::Now(act) => return act(call?, &client),
            // Called before this returns: what it reads may be others' afterwards.
            Act::Instead(act) => call.map(|call| act(call, client)),
            Act::Send => call.map(|call| Box::pin(async move { client.run(call).await }) as Work),
        };
        Ok(promise(async move { work?.await }).into())
    }
}

//! Any request at all: what there is no method for.

use super::declare::rows;
use crate::client::call::{Call, Work, copy_entries};
use crate::client::send::{exchange, read};
use crate::endpoint::request::Request;
use crate::endpoint::{Answer, Verb, local};
use crate::error::Error;
use crate::js;
use crate::params::WriteOptions;
use crate::url::same_origin_path;
use wasm_bindgen::prelude::*;

rows! {
    request(; WriteOptions) = local();
}

/// Checks what was passed and sends it, with everything around it.
///
/// # Errors
/// An argument is wrong.
pub fn request(
    call: Call,
    verb: &JsValue,
    path: &JsValue,
    params: &JsValue,
) -> Result<Work, Error> {
    let method = call.name();
    let Some(known) = verb.as_string().and_then(|name| Verb::of_name(&name)) else {
        return Err(Error::invalid_argument(
            method,
            "verb",
            "GET, HEAD, POST, PUT, PATCH or DELETE",
            verb,
        ));
    };
    let own = path
        .as_string()
        .and_then(|path| same_origin_path(&call.client().origin, &path, &call.client().origin));
    let Some(own) = own else {
        return Err(Error::invalid_argument(
            method,
            "path",
            "a path on the client's server, such as \"/api/v1/instance\"",
            path,
        ));
    };
    let given = copy_entries(method, "params", params)?;
    let (scope, mut built) = call.build()?;
    let mut request = Request::new(method, known, &own);
    request.take_query();
    request.answer = Answer::Page;
    request.idempotency_key = built.idempotency_key.take();
    request.pairs.extend(given);
    request.pairs.append(&mut built.pairs);
    Ok(Box::pin(async move {
        let reply = exchange(&scope, &mut request).await?;
        let blank = reply.beginning().trim_ascii().is_empty();
        if reply.is_success() && blank {
            return Ok(JsValue::UNDEFINED);
        }
        let value = read(&scope.client, &request, &reply)?;
        if js::is_record(&value) && reply.header(js::Name::Link).is_none() {
            js::remove(&value, js::Name::Pagination);
        }
        Ok(value)
    }))
}

//! Calls of the typed client: along the same path as those of the JavaScript class.

use super::error::Error;
use crate::api::perform::row;
use crate::client::Client;
use crate::client::call::{Call, Prepare, Run, RunStatic, RunStaticSync, StaticCall};
use crate::error::{Class, Error as CoreError};
use crate::value::json_of;
use crate::value::{Record, Value};
use js_sys::Array;
use serde::de::DeserializeOwned;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// How a row is performed.
#[derive(Clone, Copy)]
pub(crate) enum Function {
    /// It is its request.
    Send,
    /// It is its request, prepared.
    Prepare(Prepare),
    /// It is more than its request.
    Run(Run),
}

/// What came back.
pub(crate) struct Answer {
    /// The method, for errors.
    pub method: &'static str,
    /// As JavaScript would get it.
    pub value: JsValue,
}

impl Answer {
    /// Reads it as what the method returns.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let json = json_of(&self.value);
        T::deserialize(&json).map_err(|cause| unreadable(self.method, &cause))
    }
}

/// The error for a response that is not what was due.
pub(crate) fn unreadable(method: &str, cause: &serde_json::Error) -> Error {
    let message = [
        method,
        ": the server sent something else: ",
        &cause.to_string(),
    ];
    CoreError::new(Class::Api, &message).into()
}

/// The arguments of a call as JavaScript would pass them.
pub(crate) fn values(values: &[Value], options: &Record) -> Array {
    let array: Array = values.iter().map(Value::to_js).collect();
    array.push(&options.to_js());
    array
}

/// Calls a method of a client. Dropping the future aborts what is under way.
pub(crate) async fn perform(
    client: &Rc<Client>,
    index: usize,
    values: Array,
    function: Function,
) -> Result<Answer, Error> {
    let row = row(index)?;
    let method = row.name;
    let mut call = Call::new(client, row, &values)?;
    let value = match function {
        Function::Send => call.send().await?,
        Function::Prepare(prepare) => {
            prepare(&mut call)?;
            call.send().await?
        }
        Function::Run(run) => run(call)?.await?,
    };
    Ok(Answer { method, value })
}

/// A call of a method that needs no client.
pub(crate) fn static_call(
    index: usize,
    positional: &[Value],
    options: &Record,
) -> Result<StaticCall, Error> {
    Ok(StaticCall::new(row(index)?, values(positional, options))?)
}

/// Calls a method that needs no client.
pub(crate) async fn perform_static(
    index: usize,
    positional: &[Value],
    options: &Record,
    run: RunStatic,
) -> Result<Answer, Error> {
    let call = static_call(index, positional, options)?;
    let method = call.name;
    let value = run(call)?.await?;
    Ok(Answer { method, value })
}

/// Calls a method that needs neither client nor time.
pub(crate) fn perform_static_sync(
    index: usize,
    positional: &[Value],
    options: &Record,
    run: RunStaticSync,
) -> Result<Answer, Error> {
    let call = static_call(index, positional, options)?;
    Ok(Answer {
        method: call.name,
        value: run(call.arguments)?,
    })
}

//! Calls of the typed client. They take the same path as calls of the JavaScript class.

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
    /// It sends its request.
    Send,
    /// It sends its request, after a change by the function.
    Prepare(Prepare),
    /// The function makes the requests itself.
    Run(Run),
}

/// The result of a call.
pub(crate) struct Answer {
    /// The method, for errors.
    pub method: &'static str,
    /// The value, as JavaScript would get it.
    pub value: JsValue,
}

impl Answer {
    /// Reads the value as the method's return type.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let json = json_of(&self.value);
        T::deserialize(&json).map_err(|cause| unreadable(self.method, &cause))
    }
}

/// The error for a response of an unexpected type.
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

/// Calls a method of a client. Dropping the future aborts the call.
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

/// Calls a synchronous method that needs no client.
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

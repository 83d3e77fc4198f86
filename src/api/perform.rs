//! How the methods of rows are called.

use crate::client::call::{
    Arguments, Call, Prepare, Run, RunStatic, RunStaticSync, RunSync, StaticCall, Work, promise,
};
use crate::client::scope::Until;
use crate::client::{Client, ended};
use crate::endpoint::Answer;
use crate::endpoint::table::Row;
use crate::error::{Class, Error};
use crate::streaming::stream::held;
use crate::streaming::subscriber::Subscriber;
use crate::walk;
use js_sys::{Array, Promise};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// What a method does that has a listener in front of its options.
pub type RunStream = fn(&Rc<Client>, &Row, Arguments, JsValue) -> Result<Rc<Subscriber>, Error>;

/// A method by its line.
///
/// # Errors
/// There is none.
pub fn row(index: usize) -> Result<Rc<Row>, Error> {
    super::row(index).ok_or_else(|| Error::new(Class::Mastodon, &["this method has no row"]))
}

/// Calls a method that is its request.
#[inline(never)]
pub fn perform(client: &Rc<Client>, index: usize, values: Array) -> Promise {
    perform_run(client, index, values, |call| Ok(Box::pin(call.send())))
}

/// Calls a method that is its request, prepared.
#[inline(never)]
pub fn perform_prepared(
    client: &Rc<Client>,
    index: usize,
    values: Array,
    prepare: Prepare,
) -> Promise {
    let begin = |row| {
        let mut call = Call::new(client, row, &values)?;
        prepare(&mut call)?;
        Ok(call)
    };
    begin_call(client, index, &begin, |call| Ok(Box::pin(call.send())))
}

/// Calls a method that is more than its request.
#[inline(never)]
pub fn perform_run(client: &Rc<Client>, index: usize, values: Array, run: Run) -> Promise {
    let begin = |row| Call::new(client, row, &values);
    begin_call(client, index, &begin, run)
}

/// Calls a method whose function holds more than its call.
pub fn perform_with(
    client: &Rc<Client>,
    index: usize,
    values: &Array,
    run: impl FnOnce(Call) -> Result<Work, Error>,
) -> Promise {
    looped(
        client,
        row(index).and_then(|row| Call::new(client, row, values)),
        run,
    )
}

#[inline(never)]
fn begin_call(
    client: &Rc<Client>,
    index: usize,
    begin: &dyn Fn(Rc<Row>) -> Result<Call, Error>,
    run: Run,
) -> Promise {
    let row = match row(index) {
        Ok(row) => row,
        Err(error) => return promise(Err(error)),
    };
    let paginated = matches!(row.answer, Answer::Page | Answer::OffsetPage);
    let call = begin(row);
    if paginated {
        looped(client, call, run)
    } else {
        promise(call.and_then(run))
    }
}

/// The promise of a page, which can be iterated. What is refused rejects the loop, too. The loop ends with the
/// call's signal and time. Pages that begin right after an entry go on to newer ones.
fn looped(
    client: &Rc<Client>,
    call: Result<Call, Error>,
    run: impl FnOnce(Call) -> Result<Work, Error>,
) -> Promise {
    let (until, newer) = match &call {
        Ok(call) => (
            call.scope.until(),
            call.row.answer == Answer::Page && call.has("min_id") && !call.has("max_id"),
        ),
        Err(_) => (Until::never(), false),
    };
    walk::iterable(promise(call.and_then(run)), client, &until, newer)
}

/// Calls a static method.
#[inline(never)]
pub fn perform_static(index: usize, values: Array, run: RunStatic) -> Promise {
    promise(row(index).and_then(|row| run(StaticCall::new(row, values)?)))
}

/// Calls a static method without a promise.
///
/// # Errors
/// An argument is wrong.
#[inline(never)]
pub fn perform_static_sync(
    index: usize,
    values: &Array,
    run: RunStaticSync,
) -> Result<JsValue, JsValue> {
    let begin = || {
        let row = row(index)?;
        run(Arguments::check(row.name, &row, values)?)
    };
    begin().map_err(JsValue::from)
}

/// Calls a method without a promise.
///
/// # Errors
/// An argument is wrong, or the client is closed.
#[inline(never)]
pub fn perform_sync(
    client: &Rc<Client>,
    index: usize,
    values: Array,
    run: RunSync,
) -> Result<JsValue, JsValue> {
    arguments_of(client, index, &values)
        .and_then(|(_, arguments)| run(client, arguments))
        .map_err(JsValue::from)
}

/// The row and the arguments of a method that has no call of its own.
#[inline(never)]
pub fn arguments_of(
    client: &Client,
    index: usize,
    values: &Array,
) -> Result<(Rc<Row>, Arguments), Error> {
    let row = row(index)?;
    let arguments = Arguments::check(row.name, &row, values)?;
    if client.is_closed() {
        return Err(ended(row.name));
    }
    Ok((row, arguments))
}

/// Calls a method that has a listener in front of its options.
///
/// # Errors
/// An argument is wrong, or the client is closed.
#[inline(never)]
pub fn perform_stream(
    client: &Rc<Client>,
    index: usize,
    values: Array,
    listener: JsValue,
    run: RunStream,
) -> Result<JsValue, JsValue> {
    arguments_of(client, index, &values)
        .and_then(|(row, arguments)| run(client, &row, arguments, listener))
        .map(held)
        .map_err(JsValue::from)
}

/// The arguments of a method: whoever takes them over also drops them, once for all methods.
#[inline(never)]
pub fn values_1(a: JsValue) -> Array {
    Array::of1(&a)
}

/// The same of two.
#[inline(never)]
pub fn values_2(a: JsValue, b: JsValue) -> Array {
    Array::of2(&a, &b)
}

/// The same of three.
#[inline(never)]
pub fn values_3(a: JsValue, b: JsValue, c: JsValue) -> Array {
    Array::of3(&a, &b, &c)
}

/// The same of four.
#[inline(never)]
pub fn values_4(a: JsValue, b: JsValue, c: JsValue, d: JsValue) -> Array {
    Array::of4(&a, &b, &c, &d)
}

/// The same of five.
#[inline(never)]
#[allow(
    clippy::many_single_char_names,
    reason = "they are the first, the second, …"
)]
pub fn values_5(a: JsValue, b: JsValue, c: JsValue, d: JsValue, e: JsValue) -> Array {
    Array::of5(&a, &b, &c, &d, &e)
}

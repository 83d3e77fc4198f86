//! A call: the checked arguments, and the request that they become.

use super::scope::Scope;
use super::send::send;
use super::{Client, ended};
use crate::endpoint::request::{Request, fill};
use crate::endpoint::table::Row;
use crate::error::Error;
use crate::js::{self, Name};
use crate::params::check::{Argument, check, is_file};
use crate::params::encode::Pairs;
use crate::params::table::Parameters;
use crate::text;
use js_sys::{Array, Object, Promise};
use std::ops::{Deref, DerefMut};
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

/// The future of a method's result. One type for all methods, so that the code for it exists once.
pub type Work = Pin<Box<dyn Future<Output = Result<JsValue, Error>>>>;

/// The same, with an error that JavaScript can receive.
pub type JsWork = Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>>;

/// Checked arguments, by name.
#[derive(Debug, Default)]
pub struct Arguments {
    list: Vec<Argument>,
}

impl Arguments {
    /// Checks the arguments of a call.
    ///
    /// # Errors
    /// The first invalid argument.
    pub fn check(method: &'static str, row: &Row, values: &Array) -> Result<Self, Error> {
        Ok(Self {
            list: check(
                method,
                &row.required,
                &row.options,
                row.allow_unknown,
                values,
            )?,
        })
    }

    /// Checks an options object that may have unknown options too.
    ///
    /// # Errors
    /// The first invalid option.
    pub fn check_options(
        method: &'static str,
        known: &Parameters,
        options: &JsValue,
    ) -> Result<Self, Error> {
        Ok(Self {
            list: check(method, &[], known, true, &Array::of1(options))?,
        })
    }

    fn find(&self, name: &str) -> Option<&Argument> {
        self.list.iter().find(|argument| argument.name == name)
    }

    /// Whether an argument was given.
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// An argument; `undefined` if it was not given.
    #[inline(never)]
    pub fn get(&self, name: &str) -> JsValue {
        self.find(name)
            .map(|argument| argument.value.clone())
            .unwrap_or_default()
    }

    /// Removes an argument, so that it is not sent, and returns it.
    #[inline(never)]
    pub fn take(&mut self, name: &str) -> JsValue {
        match self.list.iter().position(|argument| argument.name == name) {
            Some(at) => self.list.remove(at).value,
            None => JsValue::UNDEFINED,
        }
    }

    /// Removes a text argument and returns it.
    pub fn take_text(&mut self, name: &str) -> Option<String> {
        self.take(name).as_string()
    }

    /// A text argument.
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name).as_string()
    }

    /// Removes a text argument and returns it, if it is not empty.
    pub fn take_some_text(&mut self, name: &str) -> Option<String> {
        self.take_text(name).filter(|text| !text.is_empty())
    }

    /// Removes a boolean argument and returns it; false if it was not given.
    pub fn take_flag(&mut self, name: &str) -> bool {
        self.take(name).as_bool() == Some(true)
    }

    /// Removes a number argument and returns it.
    pub fn take_number(&mut self, name: &str) -> Option<f64> {
        self.take(name).as_f64()
    }

    /// The name of the cursor that was given as a `Date`, if any: such an id is a multiple of 65,536.
    fn time_as_id(&self) -> Option<&'static str> {
        let is_time = |argument: &&Argument| {
            matches!(argument.name, "max_id" | "min_id" | "since_id")
                && argument.value.as_string().is_some_and(|id| of_time(&id))
        };
        self.list.iter().find(is_time).map(|argument| argument.name)
    }

    /// Removes the timeout of the whole call and returns it, in seconds.
    ///
    /// # Errors
    /// It is longer than `LONGEST_TIMEOUT`.
    pub fn take_timeout(&mut self, method: &str) -> Result<Option<f64>, Error> {
        let timeout = self.take_number("timeout");
        if timeout.is_some_and(|timeout| timeout > LONGEST_TIMEOUT) {
            return Err(Error::illegal(
                method,
                &["`timeout` is in seconds, and at most 3600"],
            ));
        }
        Ok(timeout)
    }

    /// Removes flags that are false, for servers that only look whether they are there.
    pub fn drop_false(&mut self, flags: &[&str]) {
        for name in flags {
            if self.get(name).as_bool() == Some(false) {
                self.take(name);
            }
        }
    }

    /// Sets an argument. An existing one keeps its name on the wire and its position.
    #[inline(never)]
    pub fn set(&mut self, name: &'static str, value: JsValue) {
        match self.list.iter_mut().find(|argument| argument.name == name) {
            Some(argument) => argument.value = value,
            None => self.list.push(Argument {
                name,
                wire: name,
                value,
            }),
        }
    }

    /// Sets an argument with another name on the wire.
    pub fn set_wire(&mut self, name: &'static str, wire: &'static str, value: JsValue) {
        self.set(name, value);
        if let Some(argument) = self.list.iter_mut().find(|argument| argument.name == name) {
            argument.wire = wire;
        }
    }

    /// The texts of a list argument.
    pub fn texts(&self, name: &str) -> Vec<String> {
        js::texts(&self.get(name))
    }

    /// The arguments that are not sent, with their names.
    pub fn unsent(&self) -> Vec<(&'static str, JsValue)> {
        let own = self.list.iter().filter(|argument| argument.wire.is_empty());
        own.map(|argument| (argument.name, argument.value.clone()))
            .collect()
    }

    /// Everything that is sent, as an object.
    pub fn to_object(&self) -> Object {
        let object = Object::new();
        for (wire, value) in self.pairs() {
            js::set(&object, wire, &value);
        }
        object
    }

    /// Everything that is sent: names on the wire, and values.
    pub fn pairs(&self) -> Vec<(&'static str, JsValue)> {
        let sent = self
            .list
            .iter()
            .filter(|argument| !argument.wire.is_empty());
        sent.map(|argument| (argument.wire, argument.value.clone()))
            .collect()
    }
}

/// A call of a client's method.
#[derive(Debug)]
pub struct Call {
    /// The method.
    pub row: Rc<Row>,
    /// The arguments.
    pub arguments: Arguments,
    /// The life of the call: signal, timeout, client.
    pub scope: Scope,
    /// The request that the call becomes.
    pub request: Request,
    /// The entries of `extra`, which are sent as they are.
    extra: Vec<(JsValue, JsValue)>,
}

impl Deref for Call {
    type Target = Arguments;
    fn deref(&self) -> &Arguments {
        &self.arguments
    }
}
impl DerefMut for Call {
    fn deref_mut(&mut self) -> &mut Arguments {
        &mut self.arguments
    }
}

/// The longest timeout of a call, in seconds. A larger number was probably meant as milliseconds.
const LONGEST_TIMEOUT: f64 = 3600.0;

/// Whether an id may have been made from a time. Counters are smaller.
fn of_time(id: &str) -> bool {
    id.len() >= 15
        && id
            .parse::<u64>()
            .is_ok_and(|id| id.trailing_zeros() >= u16::BITS)
}

impl Call {
    /// Checks the arguments and opens the call's scope. Nothing is sent.
    ///
    /// # Errors
    /// An argument is wrong, the signal is aborted, or the client is closed.
    #[inline(never)]
    pub fn new(client: &Rc<Client>, row: Rc<Row>, values: &Array) -> Result<Self, Error> {
        let mut arguments = Arguments::check(row.name, &row, values)?;
        if client.is_closed() {
            return Err(ended(row.name));
        }
        if client.ids_are_texts.get()
            && let Some(name) = arguments.time_as_id()
        {
            let message = "` is a time, but ids on this server contain no time: pass an id";
            return Err(Error::illegal(row.name, &["`", name, message]));
        }
        let mut request = Request::of_row(&row);
        request.idempotency_key = header_value(
            row.name,
            "idempotency_key",
            arguments.take_some_text("idempotency_key"),
        )?;
        let signal = arguments.take("signal");
        let timeout = arguments.take_timeout(row.name)?;
        let extra = copy_entries(row.name, "extra", &arguments.take("extra"))?;
        let scope = Scope::new(client, row.name, signal, timeout)?;
        Ok(Self {
            row,
            arguments,
            scope,
            request,
            extra,
        })
    }

    /// The method's name.
    pub fn name(&self) -> &'static str {
        self.row.name
    }

    /// The entries of `extra`.
    pub fn extra(&self) -> &Pairs {
        &self.extra
    }

    /// The client that was called.
    pub fn client(&self) -> &Rc<Client> {
        &self.scope.client
    }

    /// The error for a wrong argument of this call.
    pub fn illegal(&self, message: &[&str]) -> Error {
        Error::illegal(self.row.name, message)
    }

    /// Turns the arguments into the request: first the placeholders of the path, then all other parameters.
    ///
    /// # Errors
    /// An argument in the path would lead to another path.
    pub fn build(mut self) -> Result<(Scope, Request), Error> {
        let arguments = &mut self.arguments;
        let mut failure = None;
        let method = self.row.name;
        let mut segment = |arguments: &mut Arguments, name: &str, path: &mut String| {
            let value = arguments.take(name);
            let text = value.as_string().unwrap_or_else(|| {
                if js::is_nothing(&value) {
                    String::new()
                } else {
                    js::primitive_text(&value)
                }
            });
            // No encoding protects these: URLs resolve `.` and `..` as path segments.
            if matches!(text.as_str(), "" | "." | "..") {
                failure = Some(Error::illegal(
                    method,
                    &["`", name, "` must not be empty, \".\" or \"..\""],
                ));
            }
            path.push_str(&js::encode_uri_component(&text));
        };
        let legacy = self.request.legacy_path.take().map(|(version, template)| {
            let mut values = Arguments {
                list: arguments.list.clone(),
            };
            (
                version,
                fill(&template, |name, path| segment(&mut values, name, path)),
            )
        });
        self.request.path = fill(&self.request.path, |name, path| {
            segment(arguments, name, path);
        });
        if let Some(failure) = failure {
            return Err(failure);
        }
        self.request.legacy_path = legacy;
        let mut pairs: Vec<(JsValue, JsValue)> = Vec::new();
        let given = self.arguments.pairs();
        for pair in text::parts(self.row.defaults, b'&') {
            if let Some((name, value)) = text::cut(pair, b'=')
                && !given.iter().any(|(wire, _)| *wire == name)
            {
                pairs.push((name.into(), value.into()));
            }
        }
        pairs.append(&mut self.request.pairs);
        let has_lang = given.iter().any(|(wire, _)| *wire == "lang");
        pairs.extend(
            given
                .into_iter()
                .map(|(wire, value)| (JsValue::from(wire), value)),
        );
        let lang = self.scope.client.lang.borrow().clone();
        if let Some(lang) = lang.filter(|_| !has_lang) {
            pairs.push((Name::Lang.js().clone(), lang.into()));
        }
        pairs.append(&mut self.extra);
        self.request.pairs = pairs;
        Ok((self.scope, self.request))
    }

    /// Sends the request.
    ///
    /// # Errors
    /// It cannot be built, or it failed.
    pub async fn send(self) -> Result<JsValue, Error> {
        let (scope, request) = self.build()?;
        send(&scope, request).await
    }
}

/// Copies the entries of a caller's object, because the caller may change it before they are sent. Files are
/// not copied.
///
/// # Errors
/// It is not an object, or one of its accessors threw.
pub fn copy_entries(
    method: &str,
    name: &str,
    value: &JsValue,
) -> Result<Vec<(JsValue, JsValue)>, Error> {
    if js::is_nothing(value) {
        return Ok(Vec::new());
    }
    let unreadable = |cause| Error::unreadable(method, name, cause);
    // A list, Map, FormData or URLSearchParams has no property names of its own, and would look empty.
    if !value.is_object() || js::caller_is_iterable(value).map_err(unreadable)? {
        let expected = "a plain object of names and values";
        return Err(Error::invalid_argument(method, name, expected, value));
    }
    let mut pairs = Vec::new();
    for entry in js::caller_entries(value).map_err(unreadable)?.iter() {
        let entry: &Array = entry.unchecked_ref();
        let value = entry.get(1);
        let copy = if is_file(&value) || !value.is_object() {
            value
        } else {
            js::print_json(&value)
                .and_then(|text| js::parse_json(&text))
                .map_err(unreadable)?
        };
        if !copy.is_undefined() && !copy.is_function() && !copy.is_symbol() {
            pairs.push((entry.get(0), copy));
        }
    }
    Ok(pairs)
}

/// Rejects characters that are not allowed in a header, with a clearer error than that of `fetch`.
///
/// # Errors
/// The text contains such a character.
pub fn header_value(
    method: &str,
    name: &str,
    value: Option<String>,
) -> Result<Option<String>, Error> {
    let fits = |c: char| matches!(c, '\t' | ' '..='~' | '\u{80}'..='\u{ff}');
    if value.as_ref().is_some_and(|value| !value.chars().all(fits)) {
        return Err(Error::illegal(
            method,
            &[
                "`",
                name,
                "` contains characters that are not allowed in a header",
            ],
        ));
    }
    Ok(value)
}

/// A call of a static method, without a client.
#[derive(Debug)]
pub struct StaticCall {
    /// The method's name.
    pub name: &'static str,
    /// The checked arguments.
    pub arguments: Arguments,
    /// The arguments as they were passed.
    pub values: Array,
    /// The method.
    pub row: Rc<Row>,
}

impl StaticCall {
    /// Checks what a caller passed.
    ///
    /// # Errors
    /// An argument is wrong.
    pub fn new(row: Rc<Row>, values: Array) -> Result<Self, Error> {
        let arguments = Arguments::check(row.name, &row, &values)?;
        Ok(Self {
            name: row.name,
            arguments,
            values,
            row,
        })
    }

    /// Makes this a call of a client that exists only for this call, with the same arguments.
    ///
    /// # Errors
    /// An argument is wrong.
    pub fn with_client(self, client: &Rc<Client>) -> Result<Call, Error> {
        Call::new(client, self.row, &self.values)
    }
}

/// Changes a call before its request is sent.
pub type Prepare = fn(&mut Call) -> Result<(), Error>;
/// Runs instead of the request.
pub type Run = fn(Call) -> Result<Work, Error>;
/// Runs instead of the request of a static method.
pub type RunStatic = fn(StaticCall) -> Result<Work, Error>;
/// Runs instead of the request of a static synchronous method.
pub type RunStaticSync = fn(Arguments) -> Result<JsValue, Error>;
/// Runs instead of the request of a synchronous method.
pub type RunSync = fn(&Rc<Client>, Arguments) -> Result<JsValue, Error>;
/// A promise of the result. The arguments were read before, because the caller may change them afterwards.
pub(crate) fn promise(work: Result<Work, Error>) -> Promise {
    let work: JsWork = Box::pin(async move { work?.await.map_err(JsValue::from) });
    future_to_promise(work)
}

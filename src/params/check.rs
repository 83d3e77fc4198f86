//! The one function that looks into what a caller passed.

use super::suggest::nearest;
use super::{Given, Kind, Param, Value};
use crate::error::{Kind as ErrorKind, error};
use js_sys::{Array, ArrayBuffer, BigInt, Date, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// How the platform prints a number: exact, short, and no kilobytes of code of our own.
    #[wasm_bindgen(js_name = String)]
    pub fn print(value: &JsValue) -> String;
}

/// The checked parameters of one call.
#[derive(Debug, Default)]
pub struct Arguments(Vec<Checked>);

#[derive(Debug)]
struct Checked {
    name: &'static str,
    wire: &'static str,
    value: Value,
}

impl Arguments {
    /// The value of a parameter by its JavaScript name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0
            .iter()
            .find(|checked| checked.name == name)
            .map(|checked| &checked.value)
    }

    /// Takes a parameter out, so that it is not sent.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        let at = self.0.iter().position(|checked| checked.name == name)?;
        Some(self.0.remove(at).value)
    }

    /// The same for what stays a JavaScript value: a file, a signal, a function.
    pub fn take_js(&mut self, name: &str) -> Option<JsValue> {
        match self.take(name)? {
            Value::Js(value) => Some(value),
            _ => None,
        }
    }

    /// The same for a string.
    pub fn take_text(&mut self, name: &str) -> Option<String> {
        match self.take(name)? {
            Value::Text(text) | Value::Number(text) => Some(text),
            _ => None,
        }
    }

    /// Takes a flag out; one that was not given is false.
    pub fn take_flag(&mut self, name: &str) -> bool {
        matches!(self.take(name), Some(Value::Bool(true)))
    }

    /// Adds a value under a JavaScript name and a wire name.
    pub fn push(&mut self, name: &'static str, wire: &'static str, value: Value) {
        self.0.push(Checked { name, wire, value });
    }

    /// Whether anything goes out under a wire name.
    pub fn sends(&self, wire: &str) -> bool {
        self.0.iter().any(|checked| checked.wire == wire)
    }

    /// What goes into the request, under the names of the wire.
    pub fn into_pairs(self) -> Vec<(String, Value)> {
        let sent = self
            .0
            .into_iter()
            .filter(|checked| !checked.wire.is_empty());
        sent.map(|checked| (checked.wire.to_owned(), checked.value))
            .collect()
    }
}

/// Checks an options object against its table. What is `undefined` or `null` was not given.
pub fn check_options(method: &str, given: &Given, out: &mut Arguments) -> Result<(), JsValue> {
    for (key, value) in entries(method, "options", &given.value)? {
        let Some(param) = given.table.iter().find(|param| param.name == key) else {
            let names = given.table.iter().map(|param| param.name);
            let hint = nearest(&key, names).map(|name| ["; did you mean `", name, "`?"].concat());
            let message = [
                "unknown option `",
                &key,
                "` for ",
                method,
                hint.as_deref().unwrap_or(""),
            ];
            return Err(error(ErrorKind::IllegalArgument, &message.concat()));
        };
        out.push(
            param.name,
            param.wire,
            check(method, &[param.name], &param.kind, &value)?,
        );
    }
    Ok(())
}

/// The entries of a plain object that are neither `undefined` nor `null`.
fn entries(method: &str, name: &str, value: &JsValue) -> Result<Vec<(String, JsValue)>, JsValue> {
    if value.is_undefined() || value.is_null() {
        return Ok(Vec::new());
    }
    if !value.is_object() || Array::is_array(value) || value.is_function() {
        return Err(refused(method, &[name], "an object", value));
    }
    // `ownKeys` and the getters are the caller's code where the object is a proxy or has accessors.
    let threw = |cause: JsValue| {
        let message = [
            method,
            ": `",
            name,
            "` could not be read: an accessor of it threw",
        ]
        .concat();
        crate::error::with_cause(ErrorKind::IllegalArgument, &message, &cause)
    };
    let keys = own_keys(value).map_err(threw)?;
    let mut out = Vec::with_capacity(keys.length() as usize);
    for key in keys.iter() {
        let value = Reflect::get(value, &key).map_err(threw)?;
        if let (Some(key), false) = (key.as_string(), value.is_undefined() || value.is_null()) {
            out.push((key, value));
        }
    }
    Ok(out)
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Object, js_name = keys)]
    fn own_keys(object: &JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(catch, js_namespace = Array, js_name = from)]
    fn array_from(list: &JsValue) -> Result<Array, JsValue>;
}

/// Checks one value. `name` is the way to it, for the message: the parameter, then what is in it.
pub fn check(method: &str, name: &[&str], kind: &Kind, value: &JsValue) -> Result<Value, JsValue> {
    let refuse = |expected: &str| Err(refused(method, name, expected, value));
    match kind {
        Kind::Id => id(method, name, value),
        Kind::TimelineId => match value.dyn_ref::<Date>() {
            Some(date) if !date.get_time().is_nan() => Ok(Value::Text(snowflake(date.get_time()))),
            Some(_) => refuse("a valid Date"),
            None => id(method, name, value),
        },
        Kind::Text => match value.as_string() {
            Some(text) => Ok(Value::Text(text)),
            None => refuse("a string"),
        },
        Kind::Int => match value.as_f64() {
            Some(number) if number >= 0.0 && js_sys::Number::is_safe_integer(value) => {
                Ok(Value::Number(print(value)))
            }
            _ => refuse("a whole number, 0 or more"),
        },
        Kind::Float => match value.as_f64() {
            Some(number) if number.is_finite() => Ok(Value::Number(print(value))),
            _ => refuse("a finite number"),
        },
        Kind::Seconds => match value.as_f64() {
            Some(number) if number.is_finite() && number > 0.0 => Ok(Value::Js(value.clone())),
            _ => refuse("a number of seconds, finite and above 0"),
        },
        Kind::Bool => match value.as_bool() {
            Some(flag) => Ok(Value::Bool(flag)),
            None => refuse("true or false"),
        },
        Kind::Time => time(value).map_or_else(|| refuse("a Date or a string in ISO 8601"), Ok),
        Kind::Day => match time(value) {
            // Both spellings start with year, month and day.
            Some(Value::Text(text)) => Ok(Value::Text(text.chars().take(10).collect())),
            _ => refuse("a Date or a string like 2026-01-31"),
        },
        Kind::OneOf(allowed) => match value.as_string() {
            Some(text) if allowed.contains(&text.as_str()) => Ok(Value::Text(text)),
            _ => refuse(&["one of ", &allowed.join(", ")].concat()),
        },
        Kind::Ids => list(method, name, &Kind::Id, value),
        Kind::Texts => list(method, name, &Kind::Text, value),
        Kind::Ints => list(method, name, &Kind::Int, value),
        Kind::ManyOf(allowed) => list(method, name, &Kind::OneOf(allowed), value),
        Kind::Records(table) => list(method, name, &Kind::Record(table), value),
        Kind::Floats => floats(value).map_or_else(|| refuse("a pair of finite numbers"), Ok),
        Kind::Pairs => pairs(value).map_or_else(|| refuse("a list of [name, value]"), Ok),
        Kind::Record(table) => {
            if value.is_object() && !Array::is_array(value) {
                record(method, name, table, value)
            } else {
                refuse("an object")
            }
        }
        Kind::File => {
            if value.is_instance_of::<web_sys::Blob>()
                || value.is_instance_of::<ArrayBuffer>()
                || ArrayBuffer::is_view(value)
            {
                Ok(Value::Js(value.clone()))
            } else {
                refuse("a Blob, File, ArrayBuffer or typed array")
            }
        }
        Kind::Signal => {
            // By shape: a polyfill's or another realm's signal is as good as the platform's.
            if Reflect::get(value, &"aborted".into())
                .is_ok_and(|aborted| aborted.is_truthy() || aborted.as_bool().is_some())
            {
                Ok(Value::Js(value.clone()))
            } else {
                refuse("an AbortSignal")
            }
        }
        Kind::Function if value.is_function() => Ok(Value::Js(value.clone())),
        Kind::Function => refuse("a function"),
        Kind::Object if value.is_object() || value.is_function() => Ok(Value::Js(value.clone())),
        Kind::Object => refuse("an object"),
    }
}

/// An id by itself or in something that has one.
fn id(method: &str, name: &[&str], value: &JsValue) -> Result<Value, JsValue> {
    let own;
    let value = if value.is_object() && !Array::is_array(value) {
        own = Reflect::get(value, &"id".into()).map_err(|cause| {
            let message = [method, ": `id` of `", &name.concat(), "` could not be read"].concat();
            crate::error::with_cause(ErrorKind::IllegalArgument, &message, &cause)
        })?;
        &own
    } else {
        value
    };
    let text = if let Some(text) = value.as_string() {
        text
    } else if value.is_bigint()
        || (js_sys::Number::is_safe_integer(value) && value.as_f64() >= Some(0.0))
    {
        print(value)
    } else {
        return Err(refused(
            method,
            name,
            "an id: a string, a safe integer, or something with an `id`",
            value,
        ));
    };
    if matches!(text.as_str(), "" | "." | "..") || text.trim().is_empty() {
        return Err(refused(method, name, "an id that is not empty", value));
    }
    Ok(Value::Text(text))
}

/// The first id of an instant: milliseconds since 1970, then 16 bits that count within one.
fn snowflake(milliseconds: f64) -> String {
    let shifted = BigInt::from(milliseconds.max(0.0).trunc() as u64) << BigInt::from(16_u32);
    print(&shifted.into())
}

fn time(value: &JsValue) -> Option<Value> {
    if let Some(date) = value.dyn_ref::<Date>() {
        return (!date.get_time().is_nan()).then(|| Value::Text(date.to_iso_string().into()));
    }
    let text = value.as_string()?;
    let date = Date::new(value);
    let digit = text.starts_with(|c: char| c.is_ascii_digit());
    (digit && !date.get_time().is_nan()).then_some(Value::Text(text))
}

fn list(method: &str, name: &[&str], kind: &Kind, value: &JsValue) -> Result<Value, JsValue> {
    if !Array::is_array(value) {
        return Ok(Value::List(vec![check(method, name, kind, value)?]));
    }
    let items = array_from(value).map_err(|cause| {
        crate::error::with_cause(
            ErrorKind::IllegalArgument,
            &[method, ": `", &name.concat(), "` could not be read"].concat(),
            &cause,
        )
    })?;
    let of: Vec<&str> = name.iter().copied().chain(std::iter::once("[]")).collect();
    items
        .iter()
        .map(|item| check(method, &of, kind, &item))
        .collect::<Result<_, _>>()
        .map(Value::List)
}

fn record(
    method: &str,
    name: &[&str],
    table: &'static [Param],
    value: &JsValue,
) -> Result<Value, JsValue> {
    let mut inner = Arguments::default();
    let at = [method, ", `", &name.concat(), "`"].concat();
    check_options(
        &at,
        &Given {
            table,
            value: value.clone(),
        },
        &mut inner,
    )?;
    Ok(Value::Map(inner.into_pairs()))
}

fn floats(value: &JsValue) -> Option<Value> {
    let pair = value.dyn_ref::<Array>().filter(|pair| pair.length() == 2)?;
    let number = |at| {
        Some(pair.get(at))
            .filter(|n| n.as_f64().is_some_and(f64::is_finite))
            .map(|n| print(&n))
    };
    Some(Value::Text([number(0)?, number(1)?].join(",")))
}

fn pairs(value: &JsValue) -> Option<Value> {
    let rows = value.dyn_ref::<Array>()?;
    let mut out = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let row = row
            .dyn_ref::<Array>()
            .filter(|row| row.length() == 2)?
            .clone();
        let cell = |at| row.get(at).as_string().map(Value::Text);
        let cells = vec![
            ("name".to_owned(), cell(0)?),
            ("value".to_owned(), cell(1)?),
        ];
        out.push((
            print(&JsValue::from(u32::try_from(index).ok()?)),
            Value::Map(cells),
        ));
    }
    Some(Value::Map(out))
}

fn refused(method: &str, name: &[&str], expected: &str, value: &JsValue) -> JsValue {
    let message = [
        method,
        ": `",
        &name.concat(),
        "` must be ",
        expected,
        ", got ",
        &show(value),
    ]
    .concat();
    error(ErrorKind::IllegalArgument, &message)
}

/// A value in a message: short, and without running any of the caller's code.
pub fn show(value: &JsValue) -> String {
    if let Some(text) = value.as_string() {
        let mut short: String = text.chars().take(40).collect();
        if short.len() < text.len() {
            short.push('…');
        }
        return ["\"", &short, "\""].concat();
    }
    if value.is_null()
        || value.is_undefined()
        || value.as_f64().is_some()
        || value.as_bool().is_some()
        || value.is_bigint()
    {
        return print(value);
    }
    let kind = if Array::is_array(value) {
        JsValue::from_str("array")
    } else {
        value.js_typeof()
    };
    ["a value of type ", &kind.as_string().unwrap_or_default()].concat()
}

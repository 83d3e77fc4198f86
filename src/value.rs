//! Values that Rust programs pass, for the checker.

use crate::js;
use js_sys::{Array, Object, Uint8Array};
use std::fmt;
use wasm_bindgen::prelude::*;

/// A value of an argument or an option.
#[derive(Clone)]
pub enum Value {
    /// `null`, which is sent.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// The bytes of a file.
    Bytes(Vec<u8>),
    /// Several values.
    List(Vec<Value>),
    /// Values by name.
    Record(Record),
    /// A value that serde has serialized.
    Json(serde_json::Value),
    /// A platform object: a file, a signal, a function.
    Platform(JsValue),
}

/// The value is not printed, because it may be a password or token.
impl fmt::Debug for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("…")
    }
}

/// Options by name.
#[derive(Clone, Default)]
pub struct Record(Vec<(&'static str, Value)>);

impl fmt::Debug for Record {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_set()
            .entries(self.0.iter().map(|(name, _)| name))
            .finish()
    }
}

impl Record {
    /// Sets an option. An older value is replaced.
    pub(crate) fn set(&mut self, name: &'static str, value: Value) {
        self.0.retain(|(own, _)| *own != name);
        self.0.push((name, value));
    }

    /// Sets all options of another record.
    pub(crate) fn extend(&mut self, other: Self) {
        for (name, value) in other.0 {
            self.set(name, value);
        }
    }

    /// The record as a JavaScript object.
    pub(crate) fn to_js(&self) -> JsValue {
        let object = Object::new();
        for (name, value) in &self.0 {
            js::set(&object, *name, &value.to_js());
        }
        object.into()
    }
}

impl Value {
    /// The value as a JavaScript value.
    pub(crate) fn to_js(&self) -> JsValue {
        match self {
            Self::Null => JsValue::NULL,
            Self::Bool(flag) => (*flag).into(),
            Self::Number(number) => (*number).into(),
            Self::Text(text) => text.as_str().into(),
            Self::Bytes(bytes) => Uint8Array::from(bytes.as_slice()).into(),
            Self::List(values) => values.iter().map(Self::to_js).collect::<Array>().into(),
            Self::Record(record) => record.to_js(),
            Self::Json(json) => js::parse_json(&json.to_string().into()).unwrap_or_default(),
            Self::Platform(value) => value.clone(),
        }
    }

    /// Several values.
    pub(crate) fn list<T: Into<Self>>(values: impl IntoIterator<Item = T>) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }

    /// A value that may be null.
    pub(crate) fn nullable<T: Into<Self>>(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }

    /// Serializes a value with serde. If that fails, it is null, which the checker rejects.
    pub(crate) fn json(value: &impl serde::Serialize) -> Self {
        Self::Json(serde_json::to_value(value).unwrap_or_default())
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}
impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}
impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}
impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<Record> for Value {
    fn from(record: Record) -> Self {
        Self::Record(record)
    }
}

impl From<serde_json::Map<String, serde_json::Value>> for Value {
    fn from(object: serde_json::Map<String, serde_json::Value>) -> Self {
        Self::Json(serde_json::Value::Object(object))
    }
}

/// A JavaScript value as JSON. What JSON cannot represent becomes null.
pub(crate) fn json_of(value: &JsValue) -> serde_json::Value {
    let text = js::print_json(value).map(String::from).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

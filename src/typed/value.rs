//! What a Rust program passes, as the checker reads it.

use crate::entities::{self, JsonObject};
use crate::js;
use crate::params::{Day, FocalPoint, Id, ProfileFields, Size, TimelineId, Timestamp, Upload};
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
    /// Values by their names.
    Record(Record),
    /// What serde wrote.
    Json(serde_json::Value),
    /// A value of the platform's: a file, a signal, a function.
    Platform(JsValue),
}

/// It may hold passwords and tokens: nothing of it is shown.
impl fmt::Debug for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("…")
    }
}

/// Options by their names.
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
    /// Sets an option; what it was before is forgotten.
    pub(crate) fn set(&mut self, name: &'static str, value: Value) {
        self.0.retain(|(own, _)| *own != name);
        self.0.push((name, value));
    }

    /// The same with the options of another over its own.
    pub(crate) fn extend(&mut self, other: Self) {
        for (name, value) in other.0 {
            self.set(name, value);
        }
    }

    /// As JavaScript would pass it.
    pub(crate) fn to_js(&self) -> JsValue {
        let object = Object::new();
        for (name, value) in &self.0 {
            js::set(&object, *name, &value.to_js());
        }
        object.into()
    }
}

impl Value {
    /// As JavaScript would pass it.
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

    /// What serde writes. What it cannot write is null, which the checker refuses by name.
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

impl From<&str> for Id {
    fn from(id: &str) -> Self {
        Self { value: id.into() }
    }
}
impl From<&str> for TimelineId {
    fn from(id: &str) -> Self {
        Self { value: id.into() }
    }
}

/// What has an id that is a text.
macro_rules! ids {
    ($($(#[$meta:meta])* $entity:ident,)*) => {$(
        $(#[$meta])*
        impl From<&entities::$entity> for Id {
            fn from(entity: &entities::$entity) -> Self {
                Self::from(entity.id.as_str())
            }
        }
        $(#[$meta])*
        impl From<&entities::$entity> for TimelineId {
            fn from(entity: &entities::$entity) -> Self {
                Self::from(entity.id.as_str())
            }
        }
    )*};
}
ids! {
    Account,
    Announcement,
    Collection,
    Filter,
    FilterKeyword,
    FilterStatus,
    FilterV2,
    MediaAttachment,
    Notification,
    NotificationRequest,
    Relationship,
    Report,
    ScheduledStatus,
    Status,
    UserList,
}

impl From<&entities::Conversation> for Id {
    fn from(conversation: &entities::Conversation) -> Self {
        match &conversation.id {
            entities::NumberOrString::Number(number) => Self::from(number.to_string()),
            entities::NumberOrString::String(text) => Self::from(text),
        }
    }
}

impl From<String> for Id {
    fn from(id: String) -> Self {
        Self { value: id.into() }
    }
}
impl From<&String> for Id {
    fn from(id: &String) -> Self {
        Self::from(id.as_str())
    }
}
impl From<&Id> for Id {
    fn from(id: &Id) -> Self {
        id.clone()
    }
}
impl From<String> for TimelineId {
    fn from(id: String) -> Self {
        Self { value: id.into() }
    }
}
impl From<&String> for TimelineId {
    fn from(id: &String) -> Self {
        Self::from(id.as_str())
    }
}
impl From<Id> for TimelineId {
    fn from(id: Id) -> Self {
        Self { value: id.value }
    }
}
/// The first id of an instant.
impl From<&js_sys::Date> for TimelineId {
    fn from(date: &js_sys::Date) -> Self {
        Self {
            value: Value::Platform(date.into()),
        }
    }
}

/// Texts in ISO 8601, and the platform's dates.
macro_rules! times {
    ($($name:ident)*) => {$(
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self { value: text.into() }
            }
        }
        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self { value: text.into() }
            }
        }
        impl From<&js_sys::Date> for $name {
            fn from(date: &js_sys::Date) -> Self {
                Self { value: Value::Platform(date.into()) }
            }
        }
    )*};
}
times! { Timestamp Day }

/// The bytes are sent with the type that they show.
impl From<Vec<u8>> for Upload {
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            value: Value::Bytes(bytes),
        }
    }
}
impl From<&[u8]> for Upload {
    fn from(bytes: &[u8]) -> Self {
        Self::from(bytes.to_vec())
    }
}
impl<const N: usize> From<&[u8; N]> for Upload {
    fn from(bytes: &[u8; N]) -> Self {
        Self::from(bytes.to_vec())
    }
}
impl From<&web_sys::Blob> for Upload {
    fn from(blob: &web_sys::Blob) -> Self {
        Self {
            value: Value::Platform(blob.into()),
        }
    }
}
impl From<&web_sys::File> for Upload {
    fn from(file: &web_sys::File) -> Self {
        Self {
            value: Value::Platform(file.into()),
        }
    }
}

impl From<(f64, f64)> for FocalPoint {
    fn from((x, y): (f64, f64)) -> Self {
        Self {
            value: Value::list([x, y]),
        }
    }
}
impl From<(u32, u32)> for Size {
    fn from((width, height): (u32, u32)) -> Self {
        Self {
            value: Value::list([width, height]),
        }
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for ProfileFields {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(rows: I) -> Self {
        let row = |(name, value): (N, V)| Value::list([name.into(), value.into()]);
        Self {
            value: Value::List(rows.into_iter().map(row).collect()),
        }
    }
}
impl<N: Into<String>, V: Into<String>, const K: usize> From<[(N, V); K]> for ProfileFields {
    fn from(rows: [(N, V); K]) -> Self {
        rows.into_iter().collect()
    }
}
impl<N: Into<String>, V: Into<String>> From<Vec<(N, V)>> for ProfileFields {
    fn from(rows: Vec<(N, V)>) -> Self {
        rows.into_iter().collect()
    }
}

impl From<JsonObject> for Value {
    fn from(object: JsonObject) -> Self {
        Self::Json(serde_json::Value::Object(object))
    }
}

//! What Rust programs pass for each kind of parameter, and its conversion for the checker.

use super::{Day, FocalPoint, Id, ProfileFields, Size, TimelineId, Timestamp, Upload};
use crate::entities;
use crate::value::Value;

/// The Rust type of an argument or option, by the name in its declaration.
macro_rules! argument_type {
    (bool) => { bool };
    (Flag) => { bool };
    (u32) => { u32 };
    (Int) => { u32 };
    (f64) => { f64 };
    (Seconds) => { f64 };
    (Factor) => { f64 };
    (Text) => { &str };
    (Hashtag) => { &str };
    (Domain) => { impl Into<String> };
    (String) => { impl Into<String> };
    (BaseUrl) => { impl Into<String> };
    (ClientId) => { impl Into<String> };
    (TimelineName) => { impl Into<String> };
    (Texts) => { impl IntoIterator<Item = impl Into<String>> };
    (OAuthScopes) => { impl IntoIterator<Item = impl Into<String>> };
    (KnownScopes) => { impl IntoIterator<Item = impl Into<String>> };
    (RedirectUris) => { impl IntoIterator<Item = impl Into<String>> };
    (Vec String) => { impl IntoIterator<Item = impl Into<String>> };
    (Ints) => { impl IntoIterator<Item = u32> };
    (Vec u32) => { impl IntoIterator<Item = u32> };
    (Ids) => { impl IntoIterator<Item = impl Into<$crate::params::Id>> };
    (MediaEdits) => { impl IntoIterator<Item = $crate::options::MediaEditAttributes> };
    (FilterContexts) => { impl IntoIterator<Item = $crate::entities::FilterContext> };
    (FilterContextsV1) => { impl IntoIterator<Item = $crate::entities::FilterContext> };
    (MarkerTimelines) => { impl IntoIterator<Item = $crate::entities::MarkerTimeline> };
    (Vec $inner:ident) => { impl IntoIterator<Item = $inner> };
    (Nullable u32) => { Option<u32> };
    (Nullable String) => { Option<&str> };
    (IdOrOwn) => { Option<$crate::params::Id> };
    (WholeStatus) => { &$crate::entities::Status };
    (InteractionPolicyOption) => { $crate::entities::InteractionPolicy };
    (PushPublicKey) => { &$crate::entities::PushPublicKey };
    (PushData) => { $crate::entities::JsonObject };
    (Extra) => { $crate::entities::JsonObject };
    (AbortSignal) => { &web_sys::AbortSignal };
    (Fetch) => { js_sys::Function };
    (WebSocketClass) => { js_sys::Function };
    (RatelimitCallback) => { js_sys::Function };
    (LoginStorage) => { wasm_bindgen::JsValue };
    ($kind:ident) => { impl Into<$kind> };
}
pub(crate) use argument_type;

/// Converts a value of such a type for the checker.
macro_rules! argument_value {
    ($value:ident bool) => {
        $crate::value::Value::from($value)
    };
    ($value:ident Flag) => {
        $crate::value::Value::from($value)
    };
    ($value:ident u32) => {
        $crate::value::Value::from($value)
    };
    ($value:ident Int) => {
        $crate::value::Value::from($value)
    };
    ($value:ident f64) => {
        $crate::value::Value::from($value)
    };
    ($value:ident Seconds) => {
        $crate::value::Value::from($value)
    };
    ($value:ident Factor) => {
        $crate::value::Value::from($value)
    };
    ($value:ident Text) => {
        $crate::value::Value::from($value)
    };
    ($value:ident Hashtag) => {
        $crate::value::Value::from($value)
    };
    ($value:ident Domain) => {
        $crate::value::Value::Text($value.into())
    };
    ($value:ident String) => {
        $crate::value::Value::Text($value.into())
    };
    ($value:ident BaseUrl) => {
        $crate::value::Value::Text($value.into())
    };
    ($value:ident ClientId) => {
        $crate::value::Value::Text($value.into())
    };
    ($value:ident TimelineName) => {
        $crate::value::Value::Text($value.into())
    };
    ($value:ident Texts) => {
        $crate::value::Value::list($value.into_iter().map(Into::<String>::into))
    };
    ($value:ident OAuthScopes) => {
        $crate::value::Value::list($value.into_iter().map(Into::<String>::into))
    };
    ($value:ident KnownScopes) => {
        $crate::value::Value::list($value.into_iter().map(Into::<String>::into))
    };
    ($value:ident RedirectUris) => {
        $crate::value::Value::list($value.into_iter().map(Into::<String>::into))
    };
    ($value:ident Vec String) => {
        $crate::value::Value::list($value.into_iter().map(Into::<String>::into))
    };
    ($value:ident Ids) => {
        $crate::value::Value::list($value.into_iter().map(Into::<$crate::params::Id>::into))
    };
    ($value:ident Ints) => {
        $crate::value::Value::list($value)
    };
    ($value:ident MediaEdits) => {
        $crate::value::Value::list($value)
    };
    ($value:ident FilterContexts) => {
        $crate::value::Value::list($value)
    };
    ($value:ident FilterContextsV1) => {
        $crate::value::Value::list($value)
    };
    ($value:ident MarkerTimelines) => {
        $crate::value::Value::list($value)
    };
    ($value:ident Vec $inner:ident) => {
        $crate::value::Value::list($value)
    };
    ($value:ident Nullable $inner:ident) => {
        $crate::value::Value::nullable($value)
    };
    ($value:ident IdOrOwn) => {
        $crate::value::Value::nullable($value)
    };
    ($value:ident WholeStatus) => {
        $crate::value::Value::json($value)
    };
    ($value:ident InteractionPolicyOption) => {
        $crate::value::Value::json(&$value)
    };
    ($value:ident PushPublicKey) => {
        $crate::value::Value::json($value)
    };
    ($value:ident PushData) => {
        $crate::value::Value::from($value)
    };
    ($value:ident Extra) => {
        $crate::value::Value::from($value)
    };
    ($value:ident AbortSignal) => {
        $crate::value::Value::Platform($value.into())
    };
    ($value:ident Fetch) => {
        $crate::value::Value::Platform($value.into())
    };
    ($value:ident WebSocketClass) => {
        $crate::value::Value::Platform($value.into())
    };
    ($value:ident RatelimitCallback) => {
        $crate::value::Value::Platform($value.into())
    };
    ($value:ident LoginStorage) => {
        $crate::value::Value::Platform($value)
    };
    ($value:ident $kind:ident) => {
        $crate::value::Value::from(Into::<$kind>::into($value))
    };
}
pub(crate) use argument_value;

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

/// Entities whose id is a string.
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
/// The first id for this time.
impl From<&js_sys::Date> for TimelineId {
    fn from(date: &js_sys::Date) -> Self {
        Self {
            value: Value::Platform(date.into()),
        }
    }
}

/// Types that strings in ISO 8601 and the platform's dates convert into.
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

/// The type of the file is detected from its bytes.
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

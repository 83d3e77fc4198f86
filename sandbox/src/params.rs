//! The parameters of a request: query and body (form, JSON or multipart) as one tree. Brackets in names are
//! read as in Rails.

use std::collections::HashMap;

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use crate::clock;
use crate::error::ApiError;
use crate::id::Id;

/// The maximum number of parameters, similar to the limits of Rack.
const MOST_PAIRS: usize = 4096;
const MOST_STEPS: usize = 32;
/// The maximum size of a body without files, and of a text in a multipart body.
const TEXT_LIMIT: usize = 1024 * 1024;
/// The maximum number of parts of a multipart body.
const MOST_PARTS: usize = 256;

/// A request exceeds the limits for parameters.
#[derive(Debug)]
struct TooMuch;

impl From<TooMuch> for Response {
    fn from(_: TooMuch) -> Self {
        ApiError::bad_request("The request has too many parameters, or too deep ones")
            .into_response()
    }
}

/// A file of a multipart body.
#[derive(Clone, Debug)]
pub struct Upload {
    pub content_type: String,
    pub bytes: Bytes,
}

#[derive(Debug, Default)]
pub struct Params {
    tree: Value,
    files: HashMap<String, Upload>,
    query: Vec<(String, String)>,
}

impl Params {
    pub fn get(&self, name: &str) -> Field<'_> {
        Field(self.tree.get(name))
    }

    /// All parameters as one field, for parameters that can also be nested.
    pub fn all(&self) -> Field<'_> {
        Field(Some(&self.tree))
    }

    pub fn file(&self, name: &str) -> Option<&Upload> {
        self.files.get(name)
    }

    /// The parameters of the query, unchanged. The links of a page repeat them.
    pub fn query(&self) -> &[(String, String)] {
        &self.query
    }

    /// The parameters of a query, as far as they are within the limits.
    pub fn from_query(query: &str) -> Self {
        let mut params = Self {
            tree: Value::Object(Map::new()),
            files: HashMap::new(),
            query: pairs(query).take(MOST_PAIRS).collect(),
        };
        for (name, value) in &params.query {
            let _ = insert(&mut params.tree, name, Value::String(value.clone()));
        }
        params
    }

    /// Adds the parameters of a form.
    fn add(&mut self, form: &str) -> Result<(), TooMuch> {
        for (at, (name, value)) in pairs(form).enumerate() {
            if at >= MOST_PAIRS {
                return Err(TooMuch);
            }
            insert(&mut self.tree, &name, Value::String(value))?;
        }
        Ok(())
    }
}

impl<S: Send + Sync> FromRequest<S> for Params {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let query = request.uri().query().unwrap_or_default();
        let mut params = Self::from_query("");
        params.add(query)?;
        params.query = pairs(query).collect();
        match content_type(request.headers()) {
            "application/json" => {
                let body = body_of(request).await?;
                if !body.is_empty() {
                    let json: Value = serde_json::from_slice(&body).map_err(|_| {
                        ApiError::bad_request("The request body is not valid JSON").into_response()
                    })?;
                    if let (Value::Object(fields), Value::Object(tree)) = (json, &mut params.tree) {
                        tree.extend(fields);
                    }
                }
            }
            "multipart/form-data" => {
                let unreadable =
                    |_| ApiError::bad_request("The multipart body cannot be read").into_response();
                let parts = Multipart::from_request(request, state);
                let mut parts = parts.await.map_err(IntoResponse::into_response)?;
                let (mut count, mut length) = (0, 0);
                while let Some(part) = parts.next_field().await.map_err(unreadable)? {
                    let name = part.name().unwrap_or_default().to_owned();
                    let is_file = part.file_name().is_some();
                    let content_type = part
                        .content_type()
                        .unwrap_or("application/octet-stream")
                        .to_owned();
                    let bytes = part.bytes().await.map_err(unreadable)?;
                    count += 1;
                    if !is_file {
                        length += bytes.len();
                    }
                    if count > MOST_PARTS || length > TEXT_LIMIT {
                        return Err(TooMuch.into());
                    }
                    if is_file {
                        params.files.insert(
                            name,
                            Upload {
                                content_type,
                                bytes,
                            },
                        );
                    } else {
                        let text = String::from_utf8_lossy(&bytes).into_owned();
                        insert(&mut params.tree, &name, Value::String(text))?;
                    }
                }
            }
            _ => {
                let body = body_of(request).await?;
                params.add(&String::from_utf8_lossy(&body))?;
            }
        }
        Ok(params)
    }
}

async fn body_of(request: Request) -> Result<Bytes, Response> {
    axum::body::to_bytes(request.into_body(), TEXT_LIMIT)
        .await
        .map_err(|_| {
            let error = json!({ "error": "The request body is too long, or broke off" });
            ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, error).into_response()
        })
}

/// The content type without its parameters.
pub fn content_type(headers: &HeaderMap) -> &str {
    let value = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    value
        .and_then(|value| value.split(';').next())
        .unwrap_or_default()
        .trim()
}

pub fn pairs(text: &str) -> impl Iterator<Item = (String, String)> {
    let decode = |part: &str| {
        percent_decode_str(&part.replace('+', " "))
            .decode_utf8_lossy()
            .into_owned()
    };
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(move |pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
}

/// `poll[options][]` → `poll`, `options`, and an empty step, which means "append".
fn path_of(name: &str) -> Result<Vec<&str>, TooMuch> {
    let Some((root, rest)) = name.split_once('[') else {
        return Ok(vec![name]);
    };
    let steps = rest.trim_end_matches(']').split("][");
    let path: Vec<&str> = std::iter::once(root)
        .chain(steps)
        .take(MOST_STEPS + 1)
        .collect();
    if path.len() > MOST_STEPS {
        return Err(TooMuch);
    }
    Ok(path)
}

/// Inserts a value at the path in its name. Not recursive, because the client chooses the depth.
fn insert(tree: &mut Value, name: &str, value: Value) -> Result<(), TooMuch> {
    let path = path_of(name)?;
    let mut place = tree;
    for (at, step) in path.iter().enumerate() {
        if step.is_empty() {
            if !place.is_array() {
                *place = Value::Array(Vec::new());
            }
            let Value::Array(items) = place else {
                return Ok(());
            };
            // `a[][x]=1&a[][y]=2` is one object; a repeated key starts the next object.
            let goes_on = path.get(at + 1).is_some_and(
                |key| matches!(items.last(), Some(Value::Object(last)) if !last.contains_key(*key)),
            );
            if !goes_on {
                items.push(Value::Null);
            }
            let last = items.len() - 1;
            place = &mut items[last];
        } else {
            if !place.is_object() {
                *place = Value::Object(Map::new());
            }
            let Value::Object(fields) = place else {
                return Ok(());
            };
            place = fields.entry(*step).or_insert(Value::Null);
        }
    }
    *place = value;
    Ok(())
}

/// One parameter, which may be missing.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a>(Option<&'a Value>);

impl<'a> Field<'a> {
    pub fn get(self, name: &str) -> Self {
        Self(self.0.and_then(|value| value.get(name)))
    }

    pub fn is_given(self) -> bool {
        self.0.is_some_and(|value| !value.is_null())
    }

    /// Whether the parameter was sent, even if it is `null`.
    pub fn is_there(self) -> bool {
        self.0.is_some()
    }

    pub fn text(self) -> Option<String> {
        match self.0? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(flag) => Some(flag.to_string()),
            _ => None,
        }
    }

    /// The text, unless it is blank, like `presence` in Rails.
    pub fn presence(self) -> Option<String> {
        self.text().filter(|text| !text.trim().is_empty())
    }

    pub fn flag(self) -> Option<bool> {
        let text = self.text()?;
        match text.as_str() {
            "" => None,
            "false" | "0" | "f" | "F" | "off" | "OFF" | "FALSE" => Some(false),
            _ => Some(true),
        }
    }

    pub fn is_true(self) -> bool {
        self.flag() == Some(true)
    }

    pub fn int(self) -> Option<i64> {
        self.text()?.trim().parse().ok()
    }

    pub fn id(self) -> Option<Id> {
        self.text()?.trim().parse().ok()
    }

    pub fn time(self) -> Option<Timestamp> {
        clock::parse(self.text()?.trim())
    }

    /// The entries of a list. An object with numbered keys, as in forms (`{"0": …, "1": …}`), is also a list.
    pub fn items(self) -> Vec<Field<'a>> {
        match self.0 {
            Some(Value::Array(items)) => items.iter().map(|item| Field(Some(item))).collect(),
            Some(Value::Object(fields)) => fields.values().map(|item| Field(Some(item))).collect(),
            Some(Value::Null) | None => Vec::new(),
            Some(_) => vec![self],
        }
    }

    pub fn texts(self) -> Vec<String> {
        self.items().into_iter().filter_map(Field::text).collect()
    }

    pub fn ids(self) -> Vec<Id> {
        self.items().into_iter().filter_map(Field::id).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_make_trees() {
        let params = Params::from_query(
            "limit=2&types[]=mention&types%5B%5D=follow&poll[options][]=a+b&poll[options][]=c&fields_attributes[0][name]=x",
        );
        assert_eq!(params.get("limit").int(), Some(2));
        assert_eq!(params.get("types").texts(), ["mention", "follow"]);
        assert_eq!(params.get("poll").get("options").texts(), ["a b", "c"]);
        assert_eq!(
            params.get("fields_attributes").items()[0]
                .get("name")
                .text()
                .as_deref(),
            Some("x")
        );
        assert!(!params.get("absent").is_given());
    }

    #[test]
    fn a_repeated_key_starts_the_next_object() {
        let params = Params::from_query("k[][keyword]=a&k[][whole_word]=1&k[][keyword]=b");
        let items = params.get("k").items();
        assert_eq!(items.len(), 2);
        assert_eq!(items[0].get("whole_word").flag(), Some(true));
        assert_eq!(items[1].get("keyword").text().as_deref(), Some("b"));
    }

    #[test]
    fn names_lie_as_deep_as_anybody_needs_and_no_deeper() {
        let deep = |steps: usize| format!("x{}=1", "[a]".repeat(steps));
        assert!(Params::from_query(&deep(31)).get("x").is_given());
        assert!(!Params::from_query(&deep(32)).get("x").is_given());
        // Neither the parser nor the code that drops its result may recurse this deeply.
        assert!(!Params::from_query(&deep(1_000_000)).get("x").is_given());
        assert!(
            !Params::from_query(&format!("x{}=1", "[]".repeat(1_000_000)))
                .get("x")
                .is_given()
        );
    }

    #[test]
    fn flags_are_read_as_rails_reads_them() {
        let flag = |text: &str| Params::from_query(&format!("x={text}")).get("x").flag();
        assert_eq!(flag("0"), Some(false));
        assert_eq!(flag("True"), Some(true));
        assert_eq!(flag(""), None);
    }
}

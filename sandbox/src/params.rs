//! What a request says: query and body (form, JSON or multipart) as one tree, brackets read as Rails
//! reads them.

use std::collections::HashMap;

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::clock;
use crate::error::ApiError;
use crate::id::Id;

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

    /// All of them as one field, for what also comes nested.
    pub fn all(&self) -> Field<'_> {
        Field(Some(&self.tree))
    }

    pub fn file(&self, name: &str) -> Option<&Upload> {
        self.files.get(name)
    }

    /// The pairs of the query as they came, which the links of a page repeat.
    pub fn query(&self) -> &[(String, String)] {
        &self.query
    }

    pub fn from_query(query: &str) -> Self {
        let query = pairs(query);
        let mut tree = Value::Object(Map::new());
        for (name, value) in &query {
            insert(&mut tree, &path_of(name), Value::String(value.clone()));
        }
        Self {
            tree,
            files: HashMap::new(),
            query,
        }
    }
}

impl<S: Send + Sync> FromRequest<S> for Params {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let mut params = Self::from_query(request.uri().query().unwrap_or_default());
        match content_type(request.headers()) {
            "application/json" => {
                let body = body_of(request, state).await?;
                if !body.is_empty() {
                    let json: Value = serde_json::from_slice(&body).map_err(|_| {
                        ApiError::bad_request("The request body is not valid JSON").into_response()
                    })?;
                    if let Value::Object(fields) = json {
                        for (name, value) in fields {
                            insert(&mut params.tree, &[&name], value);
                        }
                    }
                }
            }
            "multipart/form-data" => {
                let unreadable =
                    |_| ApiError::bad_request("The multipart body cannot be read").into_response();
                let mut parts = Multipart::from_request(request, state)
                    .await
                    .map_err(IntoResponse::into_response)?;
                while let Some(part) = parts.next_field().await.map_err(unreadable)? {
                    let name = part.name().unwrap_or_default().to_owned();
                    let is_file = part.file_name().is_some();
                    let content_type = part
                        .content_type()
                        .unwrap_or("application/octet-stream")
                        .to_owned();
                    let bytes = part.bytes().await.map_err(unreadable)?;
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
                        insert(&mut params.tree, &path_of(&name), Value::String(text));
                    }
                }
            }
            _ => {
                let body = body_of(request, state).await?;
                for (name, value) in pairs(&String::from_utf8_lossy(&body)) {
                    insert(&mut params.tree, &path_of(&name), Value::String(value));
                }
            }
        }
        Ok(params)
    }
}

async fn body_of<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Response> {
    Bytes::from_request(request, state)
        .await
        .map_err(IntoResponse::into_response)
}

/// The media type without its parameters.
pub fn content_type(headers: &HeaderMap) -> &str {
    let value = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    value
        .and_then(|value| value.split(';').next())
        .unwrap_or_default()
        .trim()
}

pub fn pairs(text: &str) -> Vec<(String, String)> {
    let decode = |part: &str| {
        percent_decode_str(&part.replace('+', " "))
            .decode_utf8_lossy()
            .into_owned()
    };
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect()
}

/// `poll[options][]` → `poll`, `options`, and an empty step that means "append".
fn path_of(name: &str) -> Vec<&str> {
    let Some((root, rest)) = name.split_once('[') else {
        return vec![name];
    };
    let mut path = vec![root];
    path.extend(rest.trim_end_matches(']').split("]["));
    path
}

fn insert(tree: &mut Value, path: &[&str], value: Value) {
    let Some((step, rest)) = path.split_first() else {
        *tree = value;
        return;
    };
    if step.is_empty() {
        if !tree.is_array() {
            *tree = Value::Array(Vec::new());
        }
        let Value::Array(items) = tree else { return };
        // `a[][x]=1&a[][y]=2` is one object until a key comes a second time.
        if let (Some(key), Some(Value::Object(last))) = (rest.first(), items.last())
            && !last.contains_key(*key)
        {
            let index = items.len() - 1;
            insert(&mut items[index], rest, value);
            return;
        }
        let mut item = Value::Object(Map::new());
        insert(&mut item, rest, value);
        items.push(item);
    } else {
        if !tree.is_object() {
            *tree = Value::Object(Map::new());
        }
        let Value::Object(fields) = tree else { return };
        insert(fields.entry(*step).or_insert(Value::Null), rest, value);
    }
}

/// One parameter, given or not.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a>(Option<&'a Value>);

impl<'a> Field<'a> {
    pub fn get(self, name: &str) -> Self {
        Self(self.0.and_then(|value| value.get(name)))
    }

    pub fn is_given(self) -> bool {
        self.0.is_some_and(|value| !value.is_null())
    }

    /// Given, be it as `null`.
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

    /// Text that says something: Rails' `presence`.
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

    /// The items of a list; `{"0": …, "1": …}`, as forms number them, counts as one.
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
    fn flags_are_read_as_rails_reads_them() {
        let flag = |text: &str| Params::from_query(&format!("x={text}")).get("x").flag();
        assert_eq!(flag("0"), Some(false));
        assert_eq!(flag("True"), Some(true));
        assert_eq!(flag(""), None);
    }
}

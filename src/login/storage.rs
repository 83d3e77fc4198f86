//! The storage of logins: a Web Storage, or any object with `get`, `set` (or `put`) and `delete`, such as a
//! `Map` or Workers KV.

use super::failure::{Reason, failure};
use crate::client::Client;
use crate::error::Error;
use crate::js;
use js_sys::{Function, Object, Promise};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

const SHAPE: &str =
    "something with getItem, setItem and removeItem, or get, set (or put) and delete";

/// A key-value store. Its methods are the caller's code, and may return promises.
#[derive(Clone, Debug)]
pub struct Storage {
    object: JsValue,
    /// The method that uses it, for errors.
    method: &'static str,
}

impl Storage {
    /// The storage that was given, or `localStorage`.
    pub fn new(method: &'static str, given: JsValue) -> Result<Self, Error> {
        if js::is_nothing(&given) {
            return Self::local(method);
        }
        let storage = Self {
            object: given,
            method,
        };
        match storage.is_usable() {
            Ok(true) => Ok(storage),
            Ok(false) => Err(Error::invalid_argument(
                method,
                "storage",
                SHAPE,
                &storage.object,
            )),
            Err(thrown) => Err(Error::unreadable(method, "storage", thrown)),
        }
    }

    /// No storage at all, for a client that keeps nothing.
    pub fn unused(method: &'static str) -> Self {
        Self {
            object: JsValue::UNDEFINED,
            method,
        }
    }

    /// The storage that keeps a client's login.
    pub fn of_client(method: &'static str, client: &Client) -> Result<Option<Self>, Error> {
        if js::is_nothing(&client.storage) {
            return Ok(None);
        }
        Self::new(method, client.storage.clone()).map(Some)
    }

    fn local(method: &'static str) -> Result<Self, Error> {
        let object = page_storage("localStorage").map_err(|thrown| {
            failure(
                Reason::Storage,
                method,
                "the browser blocks localStorage for this page: pass `storage`",
            )
            .with_cause(thrown)
        })?;
        if js::is_nothing(&object) {
            return Err(Error::illegal(
                method,
                &["there is no localStorage here: pass `storage`"],
            ));
        }
        Ok(Self { object, method })
    }

    /// `sessionStorage`, which still exists after the user was on the server's page. `None` outside of pages.
    pub fn of_tab(method: &'static str) -> Result<Option<Self>, Error> {
        match page_storage("sessionStorage") {
            Ok(object) if js::is_nothing(&object) => Ok(None),
            Ok(object) => Ok(Some(Self { object, method })),
            Err(thrown) => Err(failure(
                Reason::Storage,
                method,
                "the browser blocks sessionStorage for this page, and a login that leaves the page needs it: allow it, or use `popup`",
            )
            .with_cause(thrown)),
        }
    }

    /// The storage object.
    pub fn as_js(&self) -> &JsValue {
        &self.object
    }

    fn is_usable(&self) -> Result<bool, JsValue> {
        let has = |name| js::caller_get(&self.object, name).map(|method| method.is_function());
        Ok(has("getItem")? || (has("get")? && has("delete")? && (has("set")? || has("put")?)))
    }

    /// Calls the first of these methods that exists.
    async fn call(&self, names: [&str; 3], values: &[JsValue]) -> Result<JsValue, Error> {
        self.try_call(names, values).await.map_err(|thrown| {
            failure(
                Reason::Storage,
                self.method,
                "it threw. A private window, blocked cookies or a full storage do that",
            )
            .with_cause(thrown)
        })
    }

    async fn try_call(&self, names: [&str; 3], values: &[JsValue]) -> Result<JsValue, JsValue> {
        for name in names {
            let Ok(method) = js::caller_get(&self.object, name)?.dyn_into::<Function>() else {
                continue;
            };
            let result = js::call(&method, &self.object, values)?;
            // Only promises are awaited. With a synchronous storage, no other code can run between reading
            // and writing.
            if result.is_object() && js::caller_get(&result, "then")?.is_function() {
                return JsFuture::from(js::promise(&result)).await;
            }
            return Ok(result);
        }
        Ok(JsValue::UNDEFINED)
    }

    /// The value of a key. A value that cannot be parsed (truncated, or written by other code) counts as
    /// absent.
    pub async fn load(&self, key: &str) -> Result<JsValue, Error> {
        let text = self.call(["getItem", "get", ""], &[key.into()]).await?;
        if !text.is_string() {
            return Ok(JsValue::NULL);
        }
        Ok(js::parse_json(&text).unwrap_or(JsValue::NULL))
    }

    /// Stores a value under a key.
    pub async fn save(&self, key: &str, value: &JsValue) -> Result<(), Error> {
        let text = js::print_json(value)?;
        self.call(["setItem", "set", "put"], &[key.into(), text.into()])
            .await?;
        Ok(())
    }

    /// Removes a key.
    pub async fn remove(&self, key: &str) -> Result<(), Error> {
        self.call(["removeItem", "delete", ""], &[key.into()])
            .await?;
        Ok(())
    }
}

/// A storage of the page. Reading this property throws if the browser blocks the storage.
fn page_storage(name: &str) -> Result<JsValue, JsValue> {
    js::caller_get(&js::global_this(), name)
}

thread_local! {
    /// Storages that are being changed, each with a promise for the end of its last change.
    static CHANGES: RefCell<Vec<(JsValue, Promise)>> = const { RefCell::new(Vec::new()) };
}

/// A lock for one change of a storage. It is released when it is dropped.
#[derive(Debug)]
pub struct Turn {
    over: Promise,
    end: JsValue,
}

impl Storage {
    /// Waits for other changes of the storage to finish. Otherwise, two changes could read the same value,
    /// and the second write would undo the first.
    pub async fn turn(&self) -> Turn {
        let (over, end) = js::deferred();
        let mut changes = CHANGES.take();
        let before = changes
            .iter()
            .rev()
            .find(|(object, _)| *object == self.object)
            .map(|(_, over)| over.clone());
        changes.push((self.object.clone(), over.clone()));
        CHANGES.set(changes);
        if let Some(before) = before {
            let _ = JsFuture::from(before).await;
        }
        Turn { over, end }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut changes = CHANGES.take();
        changes.retain(|(_, over)| !Object::is(over, &self.over));
        CHANGES.set(changes);
        js::settle(&self.end, &JsValue::UNDEFINED);
    }
}

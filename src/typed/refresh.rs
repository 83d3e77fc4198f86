//! Results that the server may still be working on.

use super::Mastodon;
use super::call::{Answer, Function, unreadable};
use super::error::Error;
use crate::api::async_refresh;
use crate::api::options::{AwaitAsyncRefreshOptions, Refreshing};
use crate::entities::{AsyncRefreshInfo, JsonObject};
use crate::js;
use crate::value::json_of;
use crate::value::{Record, Value};
use serde::de::DeserializeOwned;
use std::ops::Deref;

/// A result that the server may still be working on, such as a thread whose replies it is fetching. It derefs
/// to what the server has sent so far. [`Mastodon::await_async_refresh`] waits for the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Refreshable<T> {
    value: T,
    /// The state of the refresh, and the request to repeat. `None` if the result is complete.
    refresh: Option<JsonObject>,
}

impl<T> Deref for Refreshable<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> Refreshable<T> {
    /// Whether the server has sent everything.
    pub fn is_complete(&self) -> bool {
        self.refresh.is_none()
    }

    /// What the server sent.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The result as JavaScript would pass it. Only the part about its refresh is read.
    fn carrier(&self) -> Value {
        let mut record = Record::default();
        if let Some(refresh) = &self.refresh {
            record.set("async_refresh", refresh.clone().into());
        }
        record.into()
    }
}

impl<T> From<&Refreshable<T>> for Refreshing {
    fn from(result: &Refreshable<T>) -> Self {
        Self {
            value: result.carrier(),
        }
    }
}
/// The id of the refresh.
impl From<&str> for Refreshing {
    fn from(id: &str) -> Self {
        Self { value: id.into() }
    }
}
/// The id of the refresh.
impl From<String> for Refreshing {
    fn from(id: String) -> Self {
        Self { value: id.into() }
    }
}

/// Reads a result that the server may still be working on.
pub(crate) fn read_refreshable<T: DeserializeOwned>(
    answer: &Answer,
) -> Result<Refreshable<T>, Error> {
    let value = T::deserialize(&json_of(&answer.value))
        .map_err(|cause| unreadable(answer.method, &cause))?;
    let refresh = match json_of(&js::get(&answer.value, "async_refresh")) {
        serde_json::Value::Object(refresh) => Some(refresh),
        _ => None,
    };
    Ok(Refreshable { value, refresh })
}

impl Mastodon {
    /// The refresh of a result that the server is still working on, and how many seconds to wait before
    /// asking about it. `None` for a complete result. Nothing is sent.
    ///
    /// # Errors
    /// The client is closed.
    pub async fn get_async_refresh_info<T>(
        &self,
        result: &Refreshable<T>,
    ) -> Result<Option<AsyncRefreshInfo>, Error> {
        let index = const { crate::api::index_of("getAsyncRefreshInfo") };
        let read = Function::Run(async_refresh::get_async_refresh_info);
        self.perform(index, &[result.carrier()], &Record::default(), read)
            .await?
            .read()
    }

    /// Waits until the server has finished a result, then repeats the call that returned it. `None` if
    /// `timeout` or `max_attempts` is exceeded first. A complete result is returned unchanged.
    ///
    /// # Errors
    /// A request failed.
    pub async fn await_async_refresh<T: Clone + DeserializeOwned>(
        &self,
        result: &Refreshable<T>,
        options: &AwaitAsyncRefreshOptions,
    ) -> Result<Option<Refreshable<T>>, Error> {
        let index = const { crate::api::index_of("awaitAsyncRefresh") };
        let wait = Function::Run(async_refresh::await_async_refresh);
        let answer = self
            .perform(index, &[result.carrier()], &options.record, wait)
            .await?;
        if answer.value.is_null() {
            return Ok(None);
        }
        if result.is_complete() {
            return Ok(Some(result.clone()));
        }
        read_refreshable(&answer).map(Some)
    }
}

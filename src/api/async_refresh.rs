//! Results that the server is still working on:
//! <https://docs.joinmastodon.org/methods/async_refreshes/>

use crate::api::declare::methods;
use crate::client::call::{Call, Work};
use crate::client::send::send;
use crate::endpoint::request::Request;
use crate::endpoint::{Answer, get, local};
use crate::entities::{AsyncRefresh, AsyncRefreshInfo};
use crate::error::Error;
use crate::js::{self, Name};
use crate::page::request_of;
use crate::params::{Kind, NoOptions, RequestOptions, Seconds, argument, check, options};
use wasm_bindgen::prelude::*;

options! {
    /// Options of `awaitAsyncRefresh`.
    bare AwaitAsyncRefreshOptions {
        /// How often to poll; the result is null after that. Default: 720, which is an hour if the
        /// server asks for five seconds between requests.
        max_attempts: u32 => "",
        /// Seconds to wait in all; the result is null after that. Default: no limit.
        timeout: Seconds => "",
        /// Cancels the call: it rejects with the signal's reason.
        signal: web_sys::AbortSignal => "",
    }
}

argument! {
    /// A result that the server is still working on, or the id of the refresh.
    Refreshing: "Refreshing" = "Id | object" => Kind::Anything;
    /// Any result.
    AnyResult: "unknown" => Kind::Anything;
}

methods! {
    /// Whether the server has finished a result. Takes the result, or the id of the refresh.
    ///
    /// `GET /api/v1_alpha/async_refreshes/{id}` · scope `read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/async_refreshes/#show)
    ///
    /// `MastodonNotFoundError` for a refresh that the server no longer knows.
    get_async_refresh_status as getAsyncRefreshStatus(result_or_id: Refreshing; RequestOptions) -> AsyncRefresh =
        get("/api/v1_alpha/async_refreshes/{result_or_id}").since([4, 4, 0], [4, 4, 0]).field("async_refresh")
            => prepare(with_id);

    /// The refresh of a result that the server is still working on (such as a thread whose replies it is
    /// fetching), and how many seconds to wait before asking about it. Null for a result that is
    /// complete. Nothing is sent.
    ///
    /// [documentation](https://docs.joinmastodon.org/methods/async_refreshes/)
    get_async_refresh_info as getAsyncRefreshInfo(result: AnyResult; NoOptions) -> Option<AsyncRefreshInfo>
        where ["(result: unknown): Promise<AsyncRefreshInfo | null>"] =
        local() => run(get_async_refresh_info);

    /// Waits until the server has finished a result, and repeats the call that the result came from.
    /// Null if `timeout` or `max_attempts` is used up before; the result itself if it is complete.
    ///
    /// `GET /api/v1_alpha/async_refreshes/{id}`, as often as the server asks for (default: every 3
    /// seconds) · scope `read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/async_refreshes/#show)
    ///
    /// @example
    /// const thread = await m.statusContext(id);
    /// const whole = (await m.awaitAsyncRefresh(thread, { timeout: 30 })) ?? thread;
    await_async_refresh as awaitAsyncRefresh(result: AnyResult; AwaitAsyncRefreshOptions) -> Option<JsValue>
        where ["<T>(result: T, options?: AwaitAsyncRefreshOptions | null): Promise<T | null>"] =
        local() => run(await_async_refresh);
}

/// The header of a result, as it was when the call began.
fn carried(call: &Call, name: &str) -> Result<Option<Refresh>, Error> {
    let read = || -> Result<JsValue, JsValue> {
        let refresh = js::caller_get(&call.get(name), "async_refresh")?;
        if !refresh.is_object() {
            return Ok(JsValue::UNDEFINED);
        }
        js::parse_json(&js::print_json(&refresh)?.into())
    };
    let request = read().map_err(|cause| Error::unreadable(call.name(), name, cause))?;
    Ok(js::text_of(&request, Name::Id).map(|id| Refresh {
        id,
        retry: js::number_of(&request, "retry"),
        result_count: js::get(&request, "result_count"),
        request,
    }))
}

/// What the header said, and the request to repeat.
#[derive(Debug)]
struct Refresh {
    id: String,
    retry: Option<f64>,
    result_count: JsValue,
    request: JsValue,
}

/// Seconds between two requests, if the server names none.
const PAUSE: f64 = 3.0;
/// A server that says 0 is not polled without a pause.
const SHORTEST_PAUSE: f64 = 1.0;
const LONGEST_PAUSE: f64 = 300.0;
/// How often to poll: a server that lost the refresh would never finish.
const QUESTIONS: f64 = 720.0;

impl Refresh {
    /// Seconds to wait before the next request.
    fn pause(&self) -> f64 {
        self.retry.unwrap_or(PAUSE).min(LONGEST_PAUSE)
    }
}

fn with_id(call: &mut Call) -> Result<(), Error> {
    const NAME: &str = "result_or_id";
    let id = match carried(call, NAME)? {
        Some(refresh) => refresh.id.into(),
        None => check::id(&call.get(NAME))
            .map_err(|cause| Error::unreadable(call.name(), NAME, cause))?
            .ok_or_else(|| {
                let expected = "an id, or a result that the server is still working on";
                Error::invalid_argument(call.name(), NAME, expected, &call.get(NAME))
            })?,
    };
    call.set(NAME, id);
    Ok(())
}

pub(crate) fn get_async_refresh_info(call: Call) -> Result<Work, Error> {
    let refresh = carried(&call, "result")?;
    Ok(Box::pin(async move {
        let Some(refresh) = refresh else {
            return Ok(JsValue::NULL);
        };
        let count = &refresh.result_count;
        let entity = js::object(&[
            ("id", JsValue::from(&refresh.id)),
            // A server that was done would not have sent the header.
            ("status", "running".into()),
            (
                "result_count",
                if js::is_nothing(count) {
                    JsValue::NULL
                } else {
                    count.clone()
                },
            ),
        ]);
        Ok(js::array(&[entity.into(), refresh.pause().into()]).into())
    }))
}

pub(crate) fn await_async_refresh(mut call: Call) -> Result<Work, Error> {
    let result = call.get("result");
    let Some(refresh) = carried(&call, "result")? else {
        return Ok(Box::pin(async move { Ok(result) }));
    };
    let mut original = request_of(call.name(), &refresh.request)?;
    let is_page = js::caller_get(&result, "pagination")
        .map_err(|cause| Error::unreadable(call.name(), "result", cause))?
        .is_object();
    if !is_page {
        original.answer = Answer::Json;
    }
    // Some methods would begin another refresh.
    original.async_refresh_id = Some(refresh.id.clone());
    let attempts = call.take_number("max_attempts").unwrap_or(QUESTIONS);
    Ok(Box::pin(async move {
        match finished(&call, &refresh, original, attempts).await {
            // The time of the whole call is up, not that of one request.
            Err(_) if call.scope.timed_out() => Ok(JsValue::NULL),
            other => other,
        }
    }))
}

/// Polls until the server has finished, then requests the result.
async fn finished(
    call: &Call,
    refresh: &Refresh,
    original: Request,
    attempts: f64,
) -> Result<JsValue, Error> {
    let path = [
        "/api/v1_alpha/async_refreshes/",
        &js::encode_uri_component(&refresh.id),
    ]
    .concat();
    let mut attempt = 0.0;
    while attempt < attempts {
        attempt += 1.0;
        call.scope
            .sleep(refresh.pause().max(SHORTEST_PAUSE) * 1000.0)
            .await?;
        let mut question = Request::get("getAsyncRefreshStatus", &path);
        question.answer = Answer::Field("async_refresh");
        let now = send(&call.scope, question).await?;
        if js::text_of(&now, Name::Status).as_deref() != Some("running") {
            return send(&call.scope, original).await;
        }
    }
    Ok(JsValue::NULL)
}

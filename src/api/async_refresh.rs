//! Answers that the server is still working on:
//! <https://docs.joinmastodon.org/methods/async_refreshes/>

use crate::api::declare::methods;
use crate::client::{Answer, Call, Client, Mastodon, Request, Scope, get, promise};
use crate::error::{Kind as ErrorKind, with_cause};
use crate::page::request_of;
use crate::params::{
    Arguments, Given, Kind, RequestOptions, Seconds, Value, argument, check, check_options, encode,
    options,
};
use js_sys::{Date, Promise, Reflect};
use tsify::Ts;
use wasm_bindgen::prelude::*;

options! {
    /// Options of `awaitAsyncRefresh`.
    bare AwaitAsyncRefreshOptions {
        /// How often to ask whether the server is done; without end when it is not said.
        max_attempts: u32 => "",
        /// Seconds to wait in all; without end when it is not said. Then the result is null.
        timeout: Seconds => "",
        /// Ends the call: it rejects with the signal's reason.
        signal: web_sys::AbortSignal => "",
    }
}

#[wasm_bindgen(module = "/src/api/async_refresh.js")]
extern "C" {
    /// What the header said, with the request to repeat.
    type Carried;
    #[wasm_bindgen(method, getter, structural)]
    fn id(this: &Carried) -> String;

    #[wasm_bindgen(catch, js_name = carried)]
    fn read(result: &JsValue) -> Result<Option<Carried>, JsValue>;
    fn pause(carried: &Carried) -> f64;
    fn shown(carried: &Carried) -> JsValue;
}

const PATH: &str = "/api/v1_alpha/async_refreshes/{result_or_id}";

argument! {
    /// A result that the server is still working on, or the id of the refresh.
    Refreshing: "Refreshing" = "Id | object" => Kind::Anything;
}

fn carried(method: &str, result: &JsValue) -> Result<Option<Carried>, JsValue> {
    read(result).map_err(|cause| {
        let message = [method, ": `result` could not be read"].concat();
        with_cause(ErrorKind::IllegalArgument, &message, &cause)
    })
}

/// Finds the id of the refresh.
fn id_of(call: &mut Call, _: &Client) -> Result<(), JsValue> {
    const NAME: &str = "result_or_id";
    let result = call.arguments.take_js(NAME).unwrap_or_default();
    let id = match carried(call.request.name, &result)? {
        Some(carried) => Value::Text(carried.id()),
        None => check(call.request.name, NAME, &Kind::Id, &result)?,
    };
    call.arguments.push(NAME, NAME, id);
    Ok(())
}

methods! {
    /// Whether the server is done with a result, which may be given itself or by the id of the refresh.
    ///
    /// `GET /api/v1_alpha/async_refreshes/{id}` · scope `read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/async_refreshes/#show)
    ///
    /// `MastodonNotFoundError` for a refresh that the server forgot.
    getAsyncRefreshStatus(result_or_id: Refreshing; RequestOptions) -> "AsyncRefresh" =
        get(PATH).since([4, 4, 0], [4, 4, 0]).field("async_refresh").first(id_of);
}

// Documented, with their generic types, in async_refresh.d.ts.
#[wasm_bindgen]
impl Mastodon {
    /// What the server said about a result that it is still working on.
    #[wasm_bindgen(js_name = getAsyncRefreshInfo, skip_typescript)]
    pub fn get_async_refresh_info(&self, result: JsValue) -> Promise {
        promise(async move {
            let carried = carried("getAsyncRefreshInfo", &result)?;
            Ok(carried.map_or(JsValue::NULL, |carried| shown(&carried)))
        })
    }

    /// The finished result.
    #[wasm_bindgen(js_name = awaitAsyncRefresh, skip_typescript)]
    pub fn await_async_refresh(
        &self,
        result: JsValue,
        options: Option<Ts<AwaitAsyncRefreshOptions>>,
    ) -> Promise {
        const METHOD: &str = "awaitAsyncRefresh";
        let (client, options) = (self.client(), Given::from(options));
        promise(async move {
            let mut given = Arguments::default();
            check_options(METHOD, &options, &mut given)?;
            let attempts = given.take_text("max_attempts");
            let attempts = attempts.and_then(|attempts| attempts.parse().ok());
            let timeout = match given.get("timeout") {
                Some(Value::Js(seconds)) => seconds.as_f64(),
                _ => None,
            };
            let deadline = timeout.map(|seconds| Date::now() + seconds * 1000.0);
            let scope = client.open_scope(METHOD, &mut given)?;
            let Some(carried) = carried(METHOD, &result)? else {
                return Ok(result);
            };
            let mut request = request_of(METHOD, &carried)?;
            if !Reflect::has(&result, &"pagination".into())? {
                request.answer = Answer::Json;
            }
            let again = again(
                &client,
                &scope,
                &carried,
                attempts.unwrap_or(u32::MAX),
                request,
            );
            again.await.or_else(|cause| {
                // Time is up: that of the whole call (timers may be a little early), not of a request.
                let late = deadline.is_some_and(|deadline| Date::now() > deadline - 20.0);
                let name = Reflect::get(&cause, &"name".into()).unwrap_or_default();
                if late && name == "MastodonReadTimeout" {
                    Ok(JsValue::NULL)
                } else {
                    Err(cause)
                }
            })
        })
    }
}

/// Asks whether the server is done, at most so many times, and makes the first call again when it is.
async fn again(
    client: &Client,
    scope: &Scope,
    carried: &Carried,
    attempts: u32,
    original: Request,
) -> Result<JsValue, JsValue> {
    let path = encode::path(PATH, |_| Some(carried.id())).unwrap_or_default();
    let mut question = Request::get("getAsyncRefreshStatus", &path);
    question.answer = Answer::Field("async_refresh");
    for _ in 0..attempts {
        scope.sleep(pause(carried) * 1000.0).await?;
        let refresh = client.send(scope, question.clone()).await?;
        if Reflect::get(&refresh, &"status".into()).unwrap_or_default() != "running" {
            return client.send(scope, original).await;
        }
    }
    Ok(JsValue::NULL)
}

#[wasm_bindgen(typescript_custom_section)]
const GENERIC: &str = include_str!("async_refresh.d.ts");

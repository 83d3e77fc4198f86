//! Answers that the server is still working on:
//! <https://docs.joinmastodon.org/methods/async_refreshes/>

use crate::api::declare::{methods, rows};
use crate::api::endpoint::{code, get};
use crate::params::{Kind, Options, RequestOptions, Seconds, argument, options};
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

const PATH: &str = "/api/v1_alpha/async_refreshes/{result_or_id}";

argument! {
    /// A result that the server is still working on, or the id of the refresh.
    Refreshing: "Refreshing" = "Id | object" => Kind::Anything;
}

methods! {
    /// Whether the server is done with a result, which may be given itself or by the id of the refresh.
    ///
    /// `GET /api/v1_alpha/async_refreshes/{id}` · scope `read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/async_refreshes/#show)
    ///
    /// `MastodonNotFoundError` for a refresh that the server forgot.
    getAsyncRefreshStatus(result_or_id: Refreshing; RequestOptions) -> "AsyncRefresh" =
        get(PATH).since([4, 4, 0], [4, 4, 0]).field("async_refresh");
}

rows! {
    getAsyncRefreshInfo(result: Kind::Anything; &[]) = code();
    awaitAsyncRefresh(result: Kind::Anything; AwaitAsyncRefreshOptions::TABLE) = code();
}

#[wasm_bindgen(typescript_custom_section)]
const GENERIC: &str = include_str!("async_refresh.d.ts");

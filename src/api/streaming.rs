//! Streaming: <https://docs.joinmastodon.org/methods/streaming/>
//!
//! The rows here check what a stream is asked for with; src/streaming/driver.js makes the methods out
//! of them that streaming.d.ts describes.

use crate::client::{Auth, Call, Client, Endpoint, get};
use crate::params::{
    Argument, Hashtag, Id, Options, Param, RequestOptions, Seconds, Text, TimelineId, encode,
    options,
};
use js_sys::Array;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// Declares the options of a stream: its own, and those of all.
macro_rules! stream_options {
    ($(#[$meta:meta])* $name:ident { $($own:tt)* }) => {
        options! {
            $(#[$meta])*
            bare $name {
                $($own)*
                /// Seconds without a sign of life after which the server is asked for one; 90 when it is
                /// not said. Without an answer the socket is replaced.
                idle_timeout: Seconds,
                /// How many missed entries of a kind are fetched after the socket was lost, at most; 400
                /// when it is not said, 0 for none. What is more is reported by a `gap`.
                backfill_limit: u32,
                /// The last id that an earlier run got, or the time when it ended: what came since is
                /// delivered first. On `streamUser` the id of the last status, on `streamDirect` that of
                /// the last conversation's `last_status`.
                resume: TimelineId,
                /// The same for the last notification on `streamUser`.
                resume_notification: Id,
                /// How many events an iterator holds until they are read; 10 000 when it is not said. Then
                /// the oldest are dropped, and reported by a `gap`.
                buffer_limit: u32,
                /// Whether events are fetched over REST, every 15 seconds, while the server refuses
                /// WebSockets or the platform has none; `true` when it is not said.
                polling: bool,
                /// Closes the stream; its iterators reject with the signal's reason.
                signal: web_sys::AbortSignal,
                /// Seconds that a WebSocket may take to open; 30 when it is not said.
                timeout: Seconds,
            }
        }
    };
}

stream_options! {
    /// Options of every stream.
    StreamOptions {}
}
stream_options! {
    /// Options of `streamPublic`.
    StreamPublicOptions {
        /// Only posts of this server.
        local: bool,
        /// Only posts of other servers.
        remote: bool,
        /// Only posts with pictures, sound or video.
        only_media: bool,
    }
}
stream_options! {
    /// Options of `streamLocal`.
    StreamLocalOptions {
        /// Only posts with pictures, sound or video.
        only_media: bool,
    }
}
stream_options! {
    /// Options of `streamHashtag`.
    StreamHashtagOptions {
        /// Only posts of this server.
        local: bool,
    }
}

const CHECK: Endpoint = get("").now(checked);

const fn required<T: Argument>(name: &'static str) -> Param {
    Param {
        name,
        wire: name,
        kind: T::KIND,
    }
}

/// The methods of this area. A listener stands between their parameters and options; that is
/// JavaScript's.
pub(super) const METHODS: &[Endpoint] = &[
    CHECK.declared("streamUser", &[], StreamOptions::TABLE),
    CHECK.declared("streamUserNotifications", &[], StreamOptions::TABLE),
    CHECK.declared("streamDirect", &[], StreamOptions::TABLE),
    CHECK.declared("streamPublic", &[], StreamPublicOptions::TABLE),
    CHECK.declared("streamLocal", &[], StreamLocalOptions::TABLE),
    CHECK.declared(
        "streamHashtag",
        &[required::<Hashtag>("tag")],
        StreamHashtagOptions::TABLE,
    ),
    CHECK.declared("streamList", &[required::<Id>("id")], StreamOptions::TABLE),
    CHECK.declared("streamOpenWebsocket", &[], StreamOptions::TABLE),
    get("")
        .instead(|call, client| Box::pin(healthy(call, client)))
        .declared(
            "streamHealthy",
            &[required::<Text>("url")],
            RequestOptions::TABLE,
        ),
];

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = include_str!("streaming.d.ts");

#[wasm_bindgen(module = "/src/api/instance.js")]
extern "C" {
    #[wasm_bindgen(js_name = isWell)]
    fn is_well(text: &str) -> bool;
}

/// What a stream was asked for with, ids as text, in JSON; the class to make sockets of, and what to
/// call ourselves.
#[allow(clippy::unnecessary_wraps, reason = "the type of what rows name")]
fn checked(call: Call, client: &Client) -> Result<JsValue, JsValue> {
    let text = encode::json(&call.arguments.into_pairs());
    let class = client.web_socket.clone().unwrap_or_default();
    let agent = client.user_agent.clone().into();
    Ok(Array::of3(&text.into(), &class, &agent).into())
}

/// Asks at an address of the streaming server's own: without a token.
async fn healthy(mut call: Call, client: Rc<Client>) -> Result<JsValue, JsValue> {
    call.request.path = call.arguments.take_text("url").unwrap_or_default();
    call.request.auth = Auth::Nobody;
    let reply = client.exchange(&call.scope, &call.request).await?;
    Ok((reply.status() == 200 && is_well(&reply.text())).into())
}

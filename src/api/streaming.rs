//! Streaming: <https://docs.joinmastodon.org/methods/streaming/>
//!
//! The rows here check what a stream is asked for with; src/streaming/driver.js makes the methods out
//! of them that streaming.d.ts describes.

use crate::api::declare::rows;
use crate::api::endpoint::{at_once, get};
use crate::params::{Id, Kind, Options, RequestOptions, Seconds, TimelineId, options};
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

rows! {
    streamUser(; StreamOptions::TABLE) = at_once();
    streamUserNotifications(; StreamOptions::TABLE) = at_once();
    streamDirect(; StreamOptions::TABLE) = at_once();
    streamPublic(; StreamPublicOptions::TABLE) = at_once();
    streamLocal(; StreamLocalOptions::TABLE) = at_once();
    streamHashtag(tag: Kind::Hashtag; StreamHashtagOptions::TABLE) = at_once();
    streamList(id: Kind::Id; StreamOptions::TABLE) = at_once();
    streamOpenWebsocket(; StreamOptions::TABLE) = at_once();
    streamHealthy(url: Kind::Text; RequestOptions::TABLE) = get("");
}

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = include_str!("streaming.d.ts");

//! Streaming: <https://docs.joinmastodon.org/methods/streaming/>

use super::index_of;
use crate::api::declare::methods;
use crate::api::instance::is_healthy;
use crate::client::Client;
use crate::client::call::{Arguments, Call, Work};
use crate::client::send::exchange;
use crate::endpoint::request::Request;
use crate::endpoint::table::Row;
use crate::endpoint::{local, stream};
use crate::error::Error;
use crate::params::{Hashtag, Id, RequestOptions, Seconds, TimelineId, options};
use crate::streaming::driver::Driver;
use crate::streaming::entity_id::EntityId;
use crate::streaming::rest::Route;
use crate::streaming::stream::{Stream, StreamSocket, listener_of};
use crate::streaming::stream_key::StreamKey;
use crate::streaming::subscriber::{StreamOptions as Wanted, Subscriber};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// Declares the options of a stream: its own, and those of all.
macro_rules! stream_options {
    ($(#[$meta:meta])* $name:ident { $($own:tt)* }) => {
        options! {
            $(#[$meta])*
            bare $name {
                $($own)*
                /// Seconds without a message after which the connection is checked. Default: 90.
                /// Without a response the socket is replaced.
                idle_timeout: Seconds => "",
                /// How many missed entries of a list are fetched after the socket was lost, at most.
                /// Default: 400; 0 for none. If there are more, a `gap` reports it.
                backfill_limit: u32 => "",
                /// The last id that an earlier run delivered, or the time when it ended: later events
                /// are delivered first. On `streamUser` the id of the last status, on `streamDirect` that
                /// of the last conversation's `last_status`, on `streamUserNotifications` that of the last
                /// notification. A time works only for statuses whose ids contain the time (Mastodon). The
                /// stream ends with `MastodonIllegalArgumentError` if it is no id of this kind of server.
                resume: TimelineId => "",
                /// The id of the last notification, on `streamUser`. Other streams ignore it.
                resume_notification: Id => "",
                /// How many unread events an iterator holds, at least 1. Default: 10,000. After that, the
                /// oldest are dropped and reported by a `gap`.
                buffer_limit: u32 => "",
                /// Whether to poll over REST, every 15 seconds, while the server rejects WebSockets or
                /// ignores this stream, or if the platform has no `WebSocket`. Default: `true`. With
                /// `false`, the stream then ends with `MastodonNetworkError`.
                polling: bool => "",
                /// Closes the stream; its iterators reject with the signal's reason.
                signal: web_sys::AbortSignal => "",
                /// Seconds that a WebSocket may take to open. Default: 30.
                timeout: Seconds => "",
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
        /// Only posts from this server.
        local: bool => "",
        /// Only posts from other servers.
        remote: bool => "",
        /// Only posts with media.
        only_media: bool => "",
    }
}
stream_options! {
    /// Options of `streamLocal`.
    StreamLocalOptions {
        /// Only posts with media.
        only_media: bool => "",
    }
}
stream_options! {
    /// Options of `streamHashtag`.
    StreamHashtagOptions {
        /// Only posts from this server.
        local: bool => "",
    }
}

methods! {
    /// Events for the account: posts of its home timeline, notifications, announcements.
    ///
    /// Stream `user` · scope `read:statuses` and `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/streaming/#user)
    ///
    /// @example
    /// const stream = m.streamUser({ onUpdate(status) {}, onNotification(notification) {} });
    /// stream.close();
    stream stream_user as streamUser(; StreamOptions) -> Stream = stream("user") => run(open);

    /// The account's notifications only.
    ///
    /// Stream `user:notification` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/streaming/#notification)
    stream stream_user_notifications as streamUserNotifications(; StreamOptions) -> Stream = stream("user:notification") => run(open);

    /// Direct messages to the account, as conversations.
    ///
    /// Stream `direct` · scope `read:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/streaming/#direct)
    stream stream_direct as streamDirect(; StreamOptions) -> Stream = stream("direct") => run(open);

    /// All public posts that the server knows of; with `local` those from this server, with `remote`
    /// those from others.
    ///
    /// Streams `public`, `public:local`, `public:remote` and each with `:media` · scope `read:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/streaming/#public)
    stream stream_public as streamPublic(; StreamPublicOptions) -> Stream = stream("public") => run(open);

    /// Public posts from this server: `streamPublic` with `local`.
    ///
    /// Streams `public:local` and `public:local:media` · scope `read:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/streaming/#public-local)
    stream stream_local as streamLocal(; StreamLocalOptions) -> Stream = stream("public:local") => run(open);

    /// Public posts with a hashtag.
    ///
    /// Streams `hashtag` and `hashtag:local` · scope `read:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/streaming/#hashtag)
    ///
    /// The hashtag is written without its `#`.
    stream stream_hashtag as streamHashtag(tag: Hashtag; StreamHashtagOptions) -> Stream = stream("hashtag") => run(open);

    /// Posts from the members of a list of the account.
    ///
    /// Stream `list` · scope `read:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/streaming/#list)
    stream stream_list as streamList(id: Id; StreamOptions) -> Stream = stream("list") => run(open);

    /// A connection on which to subscribe to streams and unsubscribe from them. All stream methods of
    /// a client share one connection.
    ///
    /// [documentation](https://docs.joinmastodon.org/methods/streaming/#websocket)
    ///
    /// @example
    /// const socket = m.streamOpenWebsocket({ onUpdate: (status, stream) => show(status, stream) });
    /// socket.subscribe("hashtag", { tag: "rust" });
    /// socket.unsubscribe("hashtag", { tag: "rust" });
    stream stream_open_websocket as streamOpenWebsocket(; StreamOptions) -> StreamSocket = local() => run(open_websocket);

    /// Whether the streaming server is up. The request is sent to that server, without the token.
    ///
    /// `GET /api/v1/streaming/health` on the streaming server ·
    /// [documentation](https://docs.joinmastodon.org/methods/streaming/#health)
    stream_healthy as streamHealthy(; RequestOptions) -> bool = local() => run(stream_healthy);
}

#[cfg(feature = "npm")]
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("streaming.d.ts");

/// The options of a stream, as read.
pub(crate) fn wanted(arguments: &mut Arguments) -> Wanted {
    let mut seconds =
        |name: &str, usual: f64| arguments.take_number(name).unwrap_or(usual) * 1000.0;
    let (idle_timeout, open_timeout) = (seconds("idle_timeout", 90.0), seconds("timeout", 30.0));
    let mut id = |name: &str| arguments.take_text(name).as_deref().and_then(EntityId::new);
    let (resume, resume_notification) = (id("resume"), id("resume_notification"));
    Wanted {
        open_timeout,
        idle_timeout,
        backfill_limit: arguments
            .take_number("backfill_limit")
            .map_or(400, |limit| limit as u32),
        buffer_limit: arguments
            .take_number("buffer_limit")
            .map_or(10_000, |limit| limit.max(1.0) as usize),
        polling: arguments.take("polling").as_bool() != Some(false),
        resume,
        resume_notification,
        signal: arguments.take("signal"),
    }
}

/// Opens a stream.
fn open(
    client: &Rc<Client>,
    row: &Row,
    mut arguments: Arguments,
    listener: JsValue,
) -> Result<Rc<Subscriber>, Error> {
    let method = row.name;
    let listener = listener_of(method, listener)?;
    let param = arguments
        .text("tag")
        .or_else(|| arguments.text("id"))
        .unwrap_or_default();
    if arguments.has("tag") && param.is_empty() {
        return Err(Error::invalid_argument(
            method,
            "tag",
            "a hashtag without its #",
            &"".into(),
        ));
    }
    let flags = ["local", "remote", "only_media"].map(|flag| arguments.take_flag(flag));
    if let [true, true, _] = flags {
        return Err(Error::illegal(
            method,
            &["`local` and `remote` exclude each other"],
        ));
    }
    let mut name = row.path.to_owned();
    for (given, suffix) in flags.into_iter().zip([":local", ":remote", ":media"]) {
        if given {
            name.push_str(suffix);
        }
    }
    let driver = driver(client);
    let key = StreamKey::new(&name, &param);
    driver.open(method, Some(key), listener, wanted(&mut arguments), None)
}

fn open_websocket(
    client: &Rc<Client>,
    row: &Row,
    mut arguments: Arguments,
    listener: JsValue,
) -> Result<Rc<Subscriber>, Error> {
    let listener = listener_of(row.name, listener)?;
    let driver = driver(client);
    driver.open(row.name, None, listener, wanted(&mut arguments), None)
}

/// The streams of a client.
pub(crate) fn driver(client: &Rc<Client>) -> Rc<Driver> {
    Driver::of(client, route)
}

/// The methods that streams ask by.
fn route(route: Route) -> Option<Rc<Row>> {
    super::row(match route {
        Route::Instance => const { index_of("instance") },
        Route::Account => const { index_of("accountVerifyCredentials") },
        Route::Notifications => const { index_of("notifications") },
        Route::Conversations => const { index_of("conversations") },
        Route::Home => const { index_of("timelineHome") },
        Route::List => const { index_of("timelineList") },
        Route::Hashtag => const { index_of("timelineHashtag") },
        Route::Public => const { index_of("timelinePublic") },
        Route::Statuses => const { index_of("statuses") },
    })
}

/// The streaming server may have an address of its own, and gets no token.
fn stream_healthy(call: Call) -> Result<Work, Error> {
    Ok(Box::pin(async move {
        let address = crate::streaming::address::find(&call.scope, route).await?;
        let mut request = Request::get(call.name(), "").anonymous();
        request.foreign_url = Some([&address.http_url(), "/health"].concat());
        let reply = exchange(&call.scope, &mut request).await?;
        let body = reply.text().as_string().unwrap_or_default();
        Ok(JsValue::from(reply.status == 200 && is_healthy(&body)))
    }))
}

//! Server-sent events, the older way to stream.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::future::BoxFuture;
use serde_json::json;
use tokio::sync::mpsc::Receiver;

use super::session::{authenticate, refusal};
use crate::error::ApiError;
use crate::host::sleep;
use crate::hub::Order;
use crate::hub::stream::{Refusal, Stream};
use crate::instance::{App, Instance};
use crate::params::Params;
use crate::store::oauth::covers;

/// How often a comment is sent, which keeps an idle connection open.
const THUMP_EVERY: Duration = Duration::from_secs(15);

/// `GET /api/v1/streaming/user` and the other streams, as server-sent events.
pub async fn open(
    State(instance): App,
    Path(path): Path<String>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let params = Params::from_query(query.as_deref().unwrap_or_default());
    let media = params.get("only_media").is_true();
    let name = match (path.trim_matches('/'), media) {
        ("public" | "public/local" | "public/remote", true) => {
            format!("{}:media", path.trim_matches('/').replace('/', ":"))
        }
        (path, _) => path.replace('/', ":"),
    };
    if let Some(status) = refusal(&instance) {
        return status.into_response();
    }
    let Some((account, token, via)) = authenticate(&instance, &headers, &params) else {
        return ApiError::unauthorized("Missing access token").into_response();
    };
    if !covers(&token.scopes, "read:statuses") && !covers(&token.scopes, "read:notifications") {
        return ApiError::unauthorized("Access token does not have the required scopes")
            .into_response();
    }
    let stream = {
        let (tag, list) = (params.get("tag").text(), params.get("list").text());
        let store = instance.store();
        Stream::parse(
            &name,
            tag.as_deref(),
            list.as_deref(),
            &store,
            account,
            &token.scopes,
        )
    };
    let stream = match stream {
        Ok(stream) => stream,
        Err(Refusal { error, status }) => {
            let error = if error == "Unknown stream type" {
                "Unknown channel requested"
            } else {
                error
            };
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
            return ApiError::new(status, json!({ "error": error })).into_response();
        }
    };
    let now = instance.clock.now();
    let (id, inbox) = instance.hub.join(account, token, via, now);
    instance.hub.subscribe(id, stream);
    let feed = Feed {
        inbox,
        thump: Box::pin(sleep(THUMP_EVERY)),
        _leaving: Leaving { instance, id },
    };
    let events = futures_util::stream::unfold(feed, |mut feed| async {
        let text = feed.next().await?;
        Some((Ok::<_, Infallible>(text), feed))
    });
    let greeting = futures_util::stream::once(async { Ok(":)\n".to_owned()) });
    let body = Body::from_stream(futures_util::StreamExt::chain(greeting, events));
    (
        [
            (header::CONTENT_TYPE, "text/event-stream"),
            (header::CACHE_CONTROL, "private, no-store"),
        ],
        body,
    )
        .into_response()
}

struct Feed {
    inbox: Receiver<Order>,
    thump: BoxFuture<'static, ()>,
    _leaving: Leaving,
}

impl Feed {
    async fn next(&mut self) -> Option<String> {
        loop {
            return Some(tokio::select! {
                order = self.inbox.recv() => match order? {
                    Order::Send { event, payload, .. } => {
                        format!("event: {event}\ndata: {}\n\n", payload.as_deref().unwrap_or("undefined"))
                    }
                    Order::Raw(text) => text,
                    Order::Close(_) | Order::Cut => return None,
                    Order::Look => continue,
                },
                () = &mut self.thump => {
                    self.thump = Box::pin(sleep(THUMP_EVERY));
                    ":thump\n".to_owned()
                }
            });
        }
    }
}

/// Removes the connection from the hub when its body is dropped.
struct Leaving {
    instance: Arc<Instance>,
    id: u64,
}

impl Drop for Leaving {
    fn drop(&mut self) {
        self.instance.hub.leave(self.id);
    }
}

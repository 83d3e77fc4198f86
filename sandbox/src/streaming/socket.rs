//! Sessions over WebSockets of the network.

use axum::body::Bytes;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};

use super::session::{Frame, Gone, Handshake, Wire};
use crate::error::no_route;
use crate::instance::App;

/// The maximum size of a client's message.
const MESSAGE_LIMIT: usize = 64 * 1024;

/// `GET /api/v1/streaming`
pub async fn open(
    State(instance): App,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let Ok(upgrade) = upgrade else {
        return no_route().await.into_response();
    };
    let handshake = match Handshake::new(instance, &headers, query.as_deref()) {
        Ok(handshake) => handshake,
        Err(status) => return status.into_response(),
    };
    let upgrade = match handshake.subprotocol() {
        Some(protocol) => upgrade.protocols([protocol]),
        None => upgrade,
    };
    upgrade
        .max_message_size(MESSAGE_LIMIT)
        .max_frame_size(MESSAGE_LIMIT)
        .on_upgrade(|socket| handshake.serve(socket))
}

impl Wire for WebSocket {
    async fn send(&mut self, frame: Frame) -> Result<(), Gone> {
        let message = match frame {
            Frame::Text(text) => Message::text(text),
            Frame::Binary => Message::Binary(Bytes::new()),
            Frame::Ping => Message::Ping(Bytes::new()),
            Frame::Pong => Message::Pong(Bytes::new()),
            Frame::Close(code) => Message::Close(code.map(|code| CloseFrame {
                code,
                reason: "".into(),
            })),
        };
        WebSocket::send(self, message).await.map_err(|_| Gone)
    }

    async fn receive(&mut self) -> Option<Frame> {
        Some(match self.recv().await?.ok()? {
            Message::Text(text) => Frame::Text(text.to_string()),
            Message::Binary(_) => Frame::Binary,
            Message::Ping(_) => Frame::Ping,
            Message::Pong(_) => Frame::Pong,
            Message::Close(frame) => Frame::Close(frame.map(|frame| frame.code)),
        })
    }
}

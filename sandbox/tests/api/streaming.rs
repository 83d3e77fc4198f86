use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{self, Message};

use crate::harness::{MINA, Server, THEO, YUKI, id, ids};

#[tokio::test]
async fn a_post_arrives_on_every_stream_that_has_it() {
    let server = Server::start().await;
    let mut socket = server.socket(MINA, "?stream=user").await;
    assert_eq!(socket.echoed.as_deref(), Some(MINA));
    for stream in ["public", "public:local", "public:media", "public:remote"] {
        socket
            .tell(json!({"type": "subscribe", "stream": stream}))
            .await;
    }
    socket
        .tell(json!({"type": "subscribe", "stream": "hashtag", "tag": "Rust"}))
        .await;
    let list = ids(&server.get(MINA, "/api/v1/lists").await.ok())[0].to_owned();
    socket
        .tell(json!({"type": "subscribe", "stream": "list", "list": list}))
        .await;
    socket.settle().await;

    let status = server.say(THEO, "I like #rust").await;
    let mut labels = Vec::new();
    for _ in 0..5 {
        let (label, event, payload) = socket.event().await;
        assert_eq!((event.as_str(), &payload["id"]), ("update", &status["id"]));
        let own = label[0] == "user" || label[0] == "list";
        assert_eq!(
            payload.get("favourited").is_some(),
            own,
            "public ones are the same for everybody"
        );
        assert_eq!(payload["filtered"], json!([]));
        labels.push(label);
    }
    labels.sort_by_key(Value::to_string);
    let expected = [
        json!(["hashtag", "rust"]),
        json!(["list", list]),
        json!(["public"]),
        json!(["public:local"]),
        json!(["user"]),
    ];
    assert_eq!(labels, expected);

    socket
        .tell(json!({"type": "unsubscribe", "stream": "public"}))
        .await;
    socket
        .tell(json!({"type": "unsubscribe", "stream": "public:local"}))
        .await;
    socket
        .tell(json!({"type": "unsubscribe", "stream": "hashtag", "tag": "rust"}))
        .await;
    socket
        .tell(json!({"type": "unsubscribe", "stream": "list", "list": list}))
        .await;
    socket.settle().await;
    let path = format!("/api/v1/statuses/{}", id(&status));
    server
        .send(Method::PUT, THEO, &path, json!({"status": "I love #rust"}))
        .await
        .ok();
    let (label, event, payload) = socket.event().await;
    assert_eq!(
        (
            label,
            event.as_str(),
            &payload["content"].as_str().unwrap()[..9]
        ),
        (json!(["user"]), "status.update", "<p>I love")
    );
    server
        .send(Method::DELETE, THEO, &path, json!({}))
        .await
        .ok();
    let frame = socket.frame().await;
    assert_eq!(
        frame,
        json!({"stream": ["user"], "event": "delete", "payload": status["id"]}),
        "the id is bare"
    );
    assert!(socket.is_quiet().await);
}

#[tokio::test]
async fn notifications_conversations_filters_and_announcements() {
    let server = Server::start().await;
    let mut socket = server.socket(MINA, "").await;
    for stream in ["user", "user:notification", "direct"] {
        socket
            .tell(json!({"type": "subscribe", "stream": stream}))
            .await;
    }
    socket.settle().await;
    server
        .publish(
            YUKI,
            json!({"status": "@mina secret", "visibility": "direct"}),
        )
        .await;
    let mut seen = Vec::new();
    for _ in 0..3 {
        let (label, event, payload) = socket.event().await;
        match event.as_str() {
            "notification" => assert_eq!(payload["type"], "mention"),
            "conversation" => assert_eq!(payload["accounts"][0]["username"], "yuki"),
            other => panic!("{other}"),
        }
        seen.push(format!("{} {event}", label[0].as_str().unwrap()));
    }
    seen.sort();
    assert_eq!(
        seen,
        [
            "direct conversation",
            "user notification",
            "user:notification notification"
        ]
    );

    let filter = json!({"title": "rain", "context": ["public"], "keywords_attributes": [{"keyword": "rain", "whole_word": true}]});
    let filter = server.post(MINA, "/api/v2/filters", filter).await.ok();
    assert_eq!(
        socket.frame().await,
        json!({"stream": ["user"], "event": "filters_changed"}),
        "without a payload"
    );
    socket
        .tell(json!({"type": "subscribe", "stream": "public"}))
        .await;
    socket
        .tell(json!({"type": "unsubscribe", "stream": "user"}))
        .await;
    socket.settle().await;
    server.say(THEO, "rain again").await;
    let (_, _, payload) = socket.event().await;
    assert_eq!(
        (
            &payload["filtered"][0]["filter"]["id"],
            &payload["filtered"][0]["keyword_matches"]
        ),
        (&filter["id"], &json!(["rain"]))
    );

    socket
        .tell(json!({"type": "subscribe", "stream": "user"}))
        .await;
    socket
        .tell(json!({"type": "unsubscribe", "stream": "public"}))
        .await;
    socket.settle().await;
    let announcement = server
        .admin(
            "announcements",
            json!({"text": "Lanterns at nine :lantern:"}),
        )
        .await;
    let (_, event, payload) = socket.event().await;
    assert_eq!(
        (event.as_str(), &payload["id"]),
        ("announcement", &announcement["id"])
    );
    let path = format!(
        "/api/v1/announcements/{}/reactions/lantern",
        id(&announcement)
    );
    server.send(Method::PUT, THEO, &path, json!({})).await.ok();
    let (_, event, payload) = socket.event().await;
    assert_eq!(event, "announcement.reaction");
    assert_eq!(
        payload,
        json!({"name": "lantern", "count": 1, "announcement_id": announcement["id"]})
    );
    server
        .send(
            Method::DELETE,
            "",
            &format!("/sandbox/announcements/{}", id(&announcement)),
            json!({}),
        )
        .await
        .ok();
    assert_eq!(
        socket.frame().await,
        json!({"stream": ["user"], "event": "announcement.delete", "payload": announcement["id"]})
    );
}

fn refusal(error: &tungstenite::Error) -> u16 {
    match error {
        tungstenite::Error::Http(answer) => answer.status().as_u16(),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn refusals() {
    let server = Server::start().await;
    assert_eq!(
        refusal(&server.try_socket("", "").await.err().unwrap()),
        401
    );
    assert_eq!(
        refusal(&server.try_socket("rubbish", "").await.err().unwrap()),
        401
    );
    let by_query = server.socket("", &format!("?access_token={MINA}")).await;
    assert_eq!(by_query.echoed, None);
    let mut socket = server.socket(THEO, "?stream=nonsense").await;
    assert_eq!(
        socket.frame().await,
        json!({"error": "Unknown stream type", "status": 400})
    );
    let minas = ids(&server.get(MINA, "/api/v1/lists").await.ok())[0].to_owned();
    socket
        .tell(json!({"type": "subscribe", "stream": "list", "list": minas}))
        .await;
    assert_eq!(
        socket.frame().await,
        json!({"error": "Not authorized to stream this list", "status": 401})
    );
    socket
        .tell(json!({"type": "subscribe", "stream": "hashtag"}))
        .await;
    assert_eq!(socket.frame().await["status"], 400);
    socket.raw(Message::text("no json")).await;
    socket
        .tell(json!({"type": "dance", "stream": "user"}))
        .await;
    assert!(socket.is_quiet().await, "both are passed over");

    let narrow = server.scoped("read:notifications").await;
    let mut other = server.socket(&narrow, "").await;
    other
        .tell(json!({"type": "subscribe", "stream": "public"}))
        .await;
    assert_eq!(
        other.frame().await,
        json!({"error": "Access token does not have the required scopes", "status": 401})
    );
    socket.raw(Message::binary(vec![1, 2])).await;
    match socket.message().await {
        Some(Message::Close(Some(frame))) => assert_eq!(u16::from(frame.code), 1003),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn revoked_tokens_and_hurt_sockets() {
    let server = Server::start().await;
    let token = server.scoped("read").await;
    let mut socket = server.socket(&token, "?stream=user").await;
    let state = server.get("", "/sandbox/state").await.ok();
    assert_eq!(state["sockets"][0]["streams"], json!([["user"]]));
    assert_eq!(
        (
            state["sockets"][0]["account"].as_str(),
            state["sockets"][0]["via"].as_str()
        ),
        (Some("mina"), Some("subprotocol"))
    );
    server.admin("revoke", json!({ "token": token })).await;
    assert!(matches!(socket.message().await, Some(Message::Close(None))));
    assert_eq!(
        refusal(&server.try_socket(&token, "").await.err().unwrap()),
        401
    );

    let mut socket = server.socket(MINA, "?stream=user").await;
    socket.settle().await;
    server.admin("streaming", json!({"silent": true})).await;
    server.say(MINA, "unheard").await;
    assert!(socket.is_quiet().await);
    server.admin("streaming", json!({"silent": false})).await;
    server.say(MINA, "heard").await;
    assert_eq!(socket.event().await.2["content"], "<p>heard</p>");
    server
        .admin(
            "streaming",
            json!({"send": {"stream": ["user"], "event": "future.event", "payload": "{}"}}),
        )
        .await;
    assert_eq!(socket.event().await.1, "future.event");
    assert_eq!(
        server
            .admin("streaming", json!({"drop": true, "refuse_for_ms": 300}))
            .await["sockets"],
        1
    );
    assert_eq!(socket.message().await, None, "no close frame");
    assert_eq!(
        refusal(&server.try_socket(MINA, "").await.err().unwrap()),
        503
    );
    tokio::time::sleep(Duration::from_millis(350)).await;
    let mut socket = server.socket(MINA, "").await;
    server.admin("streaming", json!({"close": 1012})).await;
    assert!(
        matches!(socket.message().await, Some(Message::Close(Some(frame))) if u16::from(frame.code) == 1012)
    );

    server
        .admin("streaming", json!({"ping_every_ms": 50}))
        .await;
    let mut socket = server.socket(MINA, "").await;
    assert!(matches!(socket.message().await, Some(Message::Ping(_))));
    server
        .admin(
            "streaming",
            json!({"ping_every_ms": 30000, "drop_every_ms": 200}),
        )
        .await;
    while let Some(Message::Ping(_) | Message::Pong(_)) = socket.message().await {}
    server
        .send(Method::DELETE, "", "/sandbox/streaming", json!({}))
        .await
        .ok();
    tokio::time::sleep(Duration::from_millis(150)).await;
    assert_eq!(
        server.get("", "/sandbox/state").await.ok()["sockets"],
        json!([]),
        "no socket is left over"
    );
}

#[tokio::test]
async fn as_gotosocial_does_it() {
    let server = Server::start().await;
    server
        .admin(
            "behaviour",
            json!({"echo_subprotocol": false, "hashtag_streams": false, "list_label": "joined"}),
        )
        .await;
    // Like Chrome, this client requires that the subprotocol is echoed.
    assert!(server.try_socket(MINA, "").await.is_err());
    let mut socket = server
        .socket("", &format!("?access_token={MINA}&stream=user"))
        .await;
    socket
        .tell(json!({"type": "subscribe", "stream": "hashtag", "tag": "rust"}))
        .await;
    let list = ids(&server.get(MINA, "/api/v1/lists").await.ok())[0].to_owned();
    socket
        .tell(json!({"type": "subscribe", "stream": "list", "list": list}))
        .await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    server.say(THEO, "#rust").await;
    let labels = [socket.event().await.0, socket.event().await.0];
    assert!(
        labels.contains(&json!(["user"])) && labels.contains(&json!([format!("list:{list}")])),
        "{labels:?}"
    );
    assert!(socket.is_quiet().await);
}

#[tokio::test]
async fn server_sent_events() {
    let server = Server::start().await;
    let missing = server.get("", "/api/v1/streaming/user").await;
    missing.refused(401, "Missing access token");
    let unknown = server.get(MINA, "/api/v1/streaming/nonsense").await;
    unknown.refused(400, "Unknown channel requested");
    let mut response = server
        .request(Method::GET, MINA, "/api/v1/streaming/public/local")
        .send()
        .await
        .unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    assert_eq!(response.chunk().await.unwrap().unwrap(), ":)\n");
    let status = server.say(THEO, "over the old way").await;
    let text = String::from_utf8(response.chunk().await.unwrap().unwrap().to_vec()).unwrap();
    assert!(
        text.starts_with("event: update\ndata: {")
            && text.ends_with("\n\n")
            && text.contains(id(&status)),
        "{text}"
    );
    drop(response);
}

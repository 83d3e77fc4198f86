//! Other kinds of servers: differences that break clients written for Mastodon.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::harness::{Answer, MINA, Server, THEO};

/// With a `User-Agent`, which `GoToSocial` requires, and `Accept: application/json`, which Laravel requires.
async fn ask(server: &Server, method: Method, token: &str, path: &str, body: Value) -> Answer {
    let mut request = server
        .request(method, token, path)
        .header("user-agent", "test")
        .header("accept", "application/json");
    if !body.is_null() {
        request = request.json(&body);
    }
    server.answer(request).await
}

async fn get(server: &Server, path: &str) -> Answer {
    ask(server, Method::GET, MINA, path, Value::Null).await
}

async fn say(server: &Server, text: &str) -> Value {
    let body = json!({ "status": text });
    let said = ask(server, Method::POST, THEO, "/api/v1/statuses", body).await;
    said.ok()
}

#[tokio::test]
async fn each_has_its_version_and_its_ids() {
    for (preset, version, length) in [
        ("gotosocial", "0.20.1+git-57cb4fe", 26),
        ("takahe", "takahe/0.11.0", 18),
        ("snac", "4.0.0 (not true; really snac/2.94)", 18),
        ("hollo", "4.4.0 (compatible; Hollo 0.10.0)", 36),
        ("mitra", "4.0.0 (compatible; Mitra 5.9.2-dev)", 36),
        ("pixelfed", "3.5.3 (compatible; Pixelfed 0.12.6)", 18),
        ("akkoma", "2.7.2 (compatible; Akkoma 3.13.2)", 18),
        ("wordpress", "4.3.0 (compatible; Enable Mastodon Apps)", 18),
    ] {
        let server = Server::of(preset).await;
        let instance = get(&server, "/api/v1/instance").await.ok();
        assert_eq!(instance["version"], version);
        let said = say(&server, "Hello").await;
        let id = said["id"].as_str().unwrap();
        assert_eq!(id.len(), length, "{preset}: {id}");
        // The server accepts the ids that it sends: in a path, as a cursor, in a body.
        let status = get(&server, &format!("/api/v1/statuses/{id}")).await.ok();
        assert_eq!(status["id"], *id, "{preset}");
        let account = said["account"]["id"].as_str().unwrap();
        let path = format!("/api/v1/accounts/{account}/statuses?max_id={id}");
        let older = get(&server, &path).await.ok();
        assert!(
            older
                .as_array()
                .unwrap()
                .iter()
                .all(|older| older["id"] != *id)
        );
        let reply = json!({ "status": "You?", "in_reply_to_id": id });
        let reply = ask(&server, Method::POST, MINA, "/api/v1/statuses", reply).await;
        assert_eq!(reply.ok()["in_reply_to_id"], *id, "{preset}");
    }
}

#[tokio::test]
async fn each_says_in_its_own_way_what_is_not_there() {
    for (preset, status, text) in [
        ("gotosocial", 404, "{\"error\":\"Not Found\"}"),
        ("takahe", 404, "<!DOCTYPE html>"),
        ("mitra", 404, ""),
    ] {
        let server = Server::of(preset).await;
        let answer = get(&server, "/api/v1/endorsements").await;
        assert_eq!(answer.status, status, "{preset}");
        assert!(answer.text.starts_with(text), "{preset}: {}", answer.text);
        assert_eq!(text.is_empty(), answer.text.is_empty(), "{preset}");
    }
    let server = Server::of("snac").await;
    assert_eq!(get(&server, "/api/v2/instance").await.status, 404);
    for preset in ["takahe", "snac", "hollo", "mitra", "pixelfed", "wordpress"] {
        let server = Server::of(preset).await;
        assert!(server.try_socket(MINA, "").await.is_err(), "{preset}");
    }
}

#[tokio::test]
async fn each_refuses_in_its_own_words() {
    for (preset, status, pointer) in [
        ("hollo", 422, "/error/message"),
        ("mitra", 400, "/error_description"),
        ("takahe", 400, "/detail"),
        ("pixelfed", 422, "/message"),
        ("wordpress", 422, "/message"),
    ] {
        let server = Server::of(preset).await;
        let body = json!({ "status": "" });
        let answer = ask(&server, Method::POST, MINA, "/api/v1/statuses", body).await;
        assert_eq!(answer.status, status, "{preset}: {}", answer.text);
        let words = answer.json().pointer(pointer).cloned();
        assert!(
            words.is_some_and(|words| words.is_string()),
            "{preset}: {}",
            answer.text
        );
    }
    for (preset, status) in [
        ("takahe", 400),
        ("snac", 422),
        ("mitra", 401),
        ("hollo", 401),
    ] {
        let server = Server::of(preset).await;
        let path = "/api/v1/accounts/verify_credentials";
        let answer = ask(&server, Method::GET, "wrong", path, Value::Null).await;
        assert_eq!(answer.status, status, "{preset}");
    }
    let server = Server::of("pixelfed").await;
    let bare = server.get("wrong", "/api/v1/timelines/home").await;
    assert_eq!(
        (bare.status, bare.header("location")),
        (StatusCode::FOUND, Some("/login"))
    );
}

#[tokio::test]
async fn bodies_and_cursors_are_taken_as_they_take_them() {
    let mitra = Server::of("mitra").await;
    let form =
        |path: &str, method: Method| mitra.request(method, MINA, path).form(&[("note", "x")]);
    let update = "/api/v1/accounts/update_credentials";
    assert_eq!(mitra.answer(form(update, Method::PATCH)).await.status, 415);
    let made = ask(
        &mitra,
        Method::POST,
        MINA,
        "/api/v1/lists",
        json!({"title": "a"}),
    )
    .await
    .ok();
    let list = made["id"].as_str().unwrap();
    let members = format!("/api/v1/lists/{list}/accounts");
    let in_body = ask(
        &mitra,
        Method::DELETE,
        MINA,
        &members,
        json!({"account_ids": []}),
    )
    .await;
    assert_eq!(in_body.status, 400);
    assert_eq!(
        get(&mitra, "/api/v1/timelines/home?max_id=5").await.status,
        400
    );
    assert_eq!(get(&mitra, "/api/v1/statuses/5").await.status, 400);

    let hollo = Server::of("hollo").await;
    assert_eq!(
        get(&hollo, "/api/v1/timelines/home?min_id=0").await.status,
        400
    );
    let one = get(&hollo, "/api/v1/notifications?limit=1").await.ok()[0].clone();
    let id = one["id"].as_str().unwrap();
    assert_eq!(id.split('/').count(), 3, "{id}");
    let path = format!(
        "/api/v1/notifications/{}",
        id.replace('/', "%2F").replace(':', "%3A")
    );
    assert_eq!(get(&hollo, &path).await.ok()["id"], *id);

    let snac = Server::of("snac").await;
    assert_eq!(
        get(&snac, "/api/v1/timelines/home?min_id=0").await.ok(),
        json!([])
    );
    let poll = json!({"status": "?", "poll": {"options": ["a", "b"], "expires_in": 300}});
    let posted = ask(&snac, Method::POST, MINA, "/api/v1/statuses", poll)
        .await
        .ok();
    assert_eq!(posted["poll"], Value::Null);
    let posted = snac.request(Method::POST, MINA, "/api/v1/statuses").form(&[
        ("status", "?"),
        ("poll[options][]", "a"),
        ("poll[options][]", "b"),
        ("poll[expires_in]", "300"),
    ]);
    assert!(snac.answer(posted).await.ok()["poll"].is_object());
    assert_eq!(
        get(&snac, "/api/v1/notifications?limit=1")
            .await
            .header("link"),
        None
    );

    let pixelfed = Server::of("pixelfed").await;
    let two = get(&pixelfed, "/api/v1/accounts/search?q=i&limit=2")
        .await
        .ok();
    let path = format!(
        "/api/v1/accounts/relationships?id[]={}&id[]={}",
        two[0]["id"].as_str().unwrap(),
        two[1]["id"].as_str().unwrap()
    );
    assert_eq!(get(&pixelfed, &path).await.ok()["2"]["id"], two[1]["id"]);
}

#[tokio::test]
async fn akkoma_wants_the_stream_in_the_address() {
    let server = Server::of("akkoma").await;
    assert!(server.try_socket(MINA, "").await.is_err());
    let mut socket = server.socket(MINA, "?stream=user").await;
    let said = say(&server, "Hello").await;
    let (label, event, payload) = socket.event().await;
    assert_eq!((label, event.as_str()), (Value::Null, "update"));
    assert_eq!(payload["id"], said["id"]);
}

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{MINA, Server, THEO};

const HOME: &str = "/api/v1/timelines/home";

#[tokio::test]
async fn a_fault_strikes_as_often_as_it_says() {
    let server = Server::start().await;
    let fault = server
        .admin("faults", json!({"match": {"method": "GET", "path": "^/api/v1/timelines/home"}, "times": 2, "status": 503, "body": "html", "headers": {"Retry-After": "5"}}))
        .await;
    assert_eq!(fault["hits"], 0);
    for _ in 0..2 {
        let broken = server.get(MINA, HOME).await;
        assert_eq!(
            (broken.status.as_u16(), broken.header("content-type")),
            (503, Some("text/html"))
        );
        assert!(broken.text.contains("503 Service Unavailable"));
        assert_eq!(broken.header("retry-after"), Some("5"));
    }
    server.get(MINA, HOME).await.ok();
    server.get(MINA, "/api/v1/timelines/public").await.ok();
    assert_eq!(server.get("", "/sandbox/faults").await.ok()[0]["hits"], 2);
    server
        .send(Method::DELETE, "", "/sandbox/faults/1", Value::Null)
        .await
        .ok();
    assert_eq!(server.get("", "/sandbox/faults").await.ok(), json!([]));
}

#[tokio::test]
async fn bodies_latency_and_tokens() {
    let server = Server::start().await;
    server
        .admin(
            "faults",
            json!({"match": {"token": THEO}, "body": "broken_json"}),
        )
        .await;
    let broken = server.get(THEO, HOME).await;
    assert_eq!(broken.status, 200);
    assert!(serde_json::from_str::<Value>(&broken.text).is_err());
    server.get(MINA, HOME).await.ok();
    server
        .send(Method::DELETE, "", "/sandbox/faults", Value::Null)
        .await
        .ok();
    server
        .admin("faults", json!({"latency_ms": 150, "times": 1}))
        .await;
    let started = Instant::now();
    server.get(MINA, HOME).await.ok();
    assert!(started.elapsed() >= Duration::from_millis(150));
    server
        .admin(
            "faults",
            json!({"body": {"json": {"odd": true}}, "status": 418, "times": 1}),
        )
        .await;
    let odd = server.get(MINA, HOME).await;
    assert_eq!(
        (odd.status.as_u16(), odd.json()),
        (418, json!({"odd": true}))
    );
    let typo = server
        .post("", "/sandbox/faults", json!({"stauts": 500}))
        .await;
    assert_eq!(typo.status, 400);
    assert!(typo.text.contains("stauts"));
}

#[tokio::test]
async fn dropped_connections() {
    let server = Server::start().await;
    let post = || {
        server
            .request(Method::POST, MINA, "/api/v1/statuses")
            .json(&json!({"status": "did it arrive?"}))
            .send()
    };
    let newest = || async {
        server
            .get(MINA, "/api/v1/timelines/home?limit=1")
            .await
            .ok()[0]["content"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    server
        .admin(
            "faults",
            json!({"match": {"path": "^/api/v1/statuses"}, "drop": "before", "times": 1}),
        )
        .await;
    assert!(post().await.is_err());
    assert_ne!(newest().await, "<p>did it arrive?</p>");
    server
        .admin(
            "faults",
            json!({"match": {"path": "^/api/v1/statuses"}, "drop": "after", "times": 1}),
        )
        .await;
    assert!(post().await.is_err());
    assert_eq!(
        newest().await,
        "<p>did it arrive?</p>",
        "it was done, only the answer was lost"
    );
    server
        .admin(
            "faults",
            json!({"match": {"path": HOME}, "drop": "middle", "times": 1}),
        )
        .await;
    let half = server
        .request(Method::GET, MINA, HOME)
        .send()
        .await
        .unwrap();
    assert_eq!(half.status(), 200);
    assert!(half.text().await.is_err(), "the body breaks off");
    let log = server.get("", "/sandbox/state").await.ok();
    assert!(
        log["requests"]
            .as_array()
            .unwrap()
            .iter()
            .any(|request| request["method"] == "POST" && request["status"] == 0)
    );
}

#[tokio::test]
async fn limits_of_requests() {
    let server = Server::start().await;
    server
        .admin("rate_limit", json!({"limit": 2, "window_ms": 600_000}))
        .await;
    let first = server.get(MINA, HOME).await;
    assert_eq!(
        (
            first.header("x-ratelimit-limit"),
            first.header("x-ratelimit-remaining")
        ),
        (Some("2"), Some("1"))
    );
    let reset = first.header("x-ratelimit-reset").unwrap();
    assert!(reset.ends_with('Z') && reset.contains('T'), "{reset}");
    server.get(MINA, HOME).await.ok();
    let refused = server.get(MINA, HOME).await;
    refused.refused(429, "Too many requests");
    assert_eq!(refused.header("x-ratelimit-remaining"), Some("0"));
    server.get(THEO, HOME).await.ok();
    // A window that ends: each request is the first of its own.
    server
        .admin("rate_limit", json!({"limit": 1, "window_ms": 1}))
        .await;
    for _ in 0..2 {
        tokio::time::sleep(Duration::from_millis(5)).await;
        server.get(MINA, HOME).await.ok();
    }
    server.admin("rate_limit", json!({"limit": 2})).await;
    server
        .admin("behaviour", json!({"ratelimit_reset": "epoch"}))
        .await;
    let epoch = server.get(MINA, HOME).await;
    assert!(
        epoch
            .header("x-ratelimit-reset")
            .unwrap()
            .parse::<u64>()
            .is_ok()
    );
    server
        .send(Method::DELETE, "", "/sandbox/rate_limit", Value::Null)
        .await
        .ok();
    assert_eq!(
        server.get(MINA, HOME).await.header("x-ratelimit-limit"),
        Some("7500")
    );
}

#[tokio::test]
async fn another_kind_of_server() {
    let server = Server::start().await;
    let all = server
        .admin("behaviour", json!({"preset": "gotosocial"}))
        .await;
    assert_eq!(
        (all["pkce"].as_str(), all["ratelimit_reset"].as_str()),
        (Some("ignore"), Some("iso"))
    );
    assert_eq!(
        server.get("", "/api/v1/instance").await.status,
        418,
        "without a User-Agent"
    );
    let named = |path: &str| {
        server
            .request(Method::GET, "", path)
            .header("user-agent", "test")
    };
    let instance = server.answer(named("/api/v2/instance")).await.ok();
    assert_eq!(instance["version"], "0.20.1+git-57cb4fe");
    assert_eq!(
        server
            .answer(named("/.well-known/oauth-authorization-server"))
            .await
            .status,
        404
    );
    let empty = server
        .request(Method::POST, MINA, "/api/v1/statuses/1/favourite")
        .header("user-agent", "test")
        .header("content-type", "application/json");
    assert_eq!(server.answer(empty).await.status, 400);
    server
        .send(Method::DELETE, "", "/sandbox/behaviour", Value::Null)
        .await
        .ok();
    server
        .get("", "/.well-known/oauth-authorization-server")
        .await
        .ok();
    server.admin("behaviour", json!({"instance_v2": false, "version": "", "streaming_url": "wss://elsewhere.example"})).await;
    server
        .get("", "/api/v2/instance")
        .await
        .refused(404, "Not Found");
    let instance = server.get("", "/api/v1/instance").await.ok();
    assert_eq!(
        (
            instance["version"].as_str(),
            instance["urls"]["streaming_api"].as_str()
        ),
        (Some(""), Some("wss://elsewhere.example"))
    );
}

#[tokio::test]
async fn a_reset_undoes_everything() {
    let server = Server::start().await;
    let people = server.people();
    let before = server
        .get(MINA, "/api/v1/accounts/verify_credentials")
        .await
        .ok()["statuses_count"]
        .clone();
    server.say(MINA, "soon gone").await;
    server.admin("faults", json!({"status": 500})).await;
    server.admin("reset", json!({})).await;
    let account = server
        .get(MINA, "/api/v1/accounts/verify_credentials")
        .await
        .ok();
    assert_eq!(
        (&account["statuses_count"], account["id"].as_str()),
        (&before, Some(people[0].id.as_str()))
    );
    let state = server.get("", "/sandbox/state").await.ok();
    assert_eq!(state["requests"].as_array().unwrap().len(), 1);
    assert_eq!(
        state["requests"][0]["path"],
        "/api/v1/accounts/verify_credentials"
    );
    assert_eq!(state["requests"][0]["token"], MINA);
}

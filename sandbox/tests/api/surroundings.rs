//! The smaller areas, and that all responses fit the entity types.

use mastodon_wasm::entities;
use reqwest::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::harness::{MINA, Server, THEO, id, ids};

/// Reads a response as the client's type and writes it again: nothing may be lost.
#[track_caller]
fn fits<T: DeserializeOwned + Serialize>(answer: &Value) {
    let read: T =
        serde_json::from_value(answer.clone()).unwrap_or_else(|error| panic!("{error}: {answer}"));
    assert_eq!(json!(read), *answer);
}

#[tokio::test]
async fn answers_fit_the_declared_types() {
    let server = Server::start().await;
    let get = |path: &'static str| {
        let server = &server;
        async move { server.get(MINA, path).await.ok() }
    };
    fits::<Vec<entities::Status>>(&get("/api/v1/timelines/home?limit=40").await);
    fits::<Vec<entities::Status>>(
        &server
            .get("", "/api/v1/timelines/public?limit=40")
            .await
            .ok(),
    );
    fits::<Vec<entities::Notification>>(&get("/api/v1/notifications?limit=80").await);
    fits::<Vec<entities::Conversation>>(&get("/api/v1/conversations").await);
    fits::<entities::Account>(&get("/api/v1/accounts/verify_credentials").await);
    fits::<entities::Instance>(&get("/api/v1/instance").await);
    fits::<entities::InstanceV2>(&get("/api/v2/instance").await);
    fits::<entities::Nodeinfo>(&get("/nodeinfo/2.0").await);
    fits::<entities::Preferences>(&get("/api/v1/preferences").await);
    fits::<Vec<entities::Tag>>(&get("/api/v1/trends/tags").await);
    fits::<Vec<entities::PreviewCard>>(&get("/api/v1/trends/links").await);
    fits::<Vec<entities::Activity>>(&get("/api/v1/instance/activity").await);
    fits::<Vec<entities::Suggestion>>(&get("/api/v2/suggestions").await);
    fits::<entities::SearchV2>(&get("/api/v2/search?q=fern").await);
    fits::<entities::OAuthServerInfo>(&get("/.well-known/oauth-authorization-server").await);
}

#[tokio::test]
async fn searching() {
    let server = Server::start().await;
    let found = server.get(MINA, "/api/v2/search?q=fern").await.ok();
    assert!(!found["statuses"].as_array().unwrap().is_empty());
    assert_eq!(found["hashtags"][0]["name"], "ferns");
    let people = server
        .get(MINA, "/api/v2/search?q=theo&type=accounts")
        .await
        .ok();
    assert_eq!(
        (
            people["accounts"][0]["username"].as_str(),
            &people["statuses"]
        ),
        (Some("theo"), &json!([]))
    );
    let status = server.say(THEO, "findable").await;
    let by_address = format!(
        "/api/v2/search?resolve=true&q={}",
        status["url"].as_str().unwrap()
    );
    assert_eq!(
        ids(&server.get(MINA, &by_address).await.ok()["statuses"]),
        [id(&status)]
    );
    assert_eq!(
        server.get("", "/api/v2/search?q=theo").await.ok()["statuses"],
        json!([])
    );
    assert_eq!(
        server
            .get("", "/api/v2/search?q=theo&resolve=true")
            .await
            .status,
        401
    );
    assert_eq!(server.get(MINA, "/api/v2/search").await.status, 400);
    let old = server.get(MINA, "/api/v1/search?q=%23moss").await.ok();
    assert_eq!(old["hashtags"], json!(["moss"]));
}

#[tokio::test]
async fn filters_in_both_versions() {
    let server = Server::start().await;
    let new = json!({"title": "Spoilers", "context": ["home"], "filter_action": "hide", "expires_in": 3600, "keywords_attributes": [{"keyword": "ending", "whole_word": false}]});
    let filter = server.post(MINA, "/api/v2/filters", new).await.ok();
    fits::<entities::FilterV2>(&filter);
    let status = server.say(THEO, "what an ending").await;
    let seen = server
        .get(MINA, &format!("/api/v1/statuses/{}", id(&status)))
        .await
        .ok();
    assert_eq!(seen["filtered"][0]["keyword_matches"], json!(["ending"]));
    let path = format!("/api/v2/filters/{}", id(&filter));
    let keyword = server
        .post(
            MINA,
            &format!("{path}/keywords"),
            json!({"keyword": "finale"}),
        )
        .await
        .ok();
    let changed = json!({"title": "Endings", "keywords_attributes": [{"id": keyword["id"], "_destroy": true}]});
    let changed = server.send(Method::PUT, MINA, &path, changed).await.ok();
    assert_eq!(
        (
            changed["title"].as_str(),
            changed["keywords"].as_array().unwrap().len()
        ),
        (Some("Endings"), 1)
    );
    let held = server
        .post(
            MINA,
            &format!("{path}/statuses"),
            json!({"status_id": status["id"]}),
        )
        .await
        .ok();
    assert_eq!(held["status_id"], status["id"]);
    let old = server.get(MINA, "/api/v1/filters").await.ok();
    assert_eq!(
        (old[0]["phrase"].as_str(), old[0]["irreversible"].as_bool()),
        (Some("ending"), Some(true))
    );
    server
        .send(Method::DELETE, MINA, &path, json!({}))
        .await
        .ok();
    server
        .get(MINA, &path)
        .await
        .refused(404, "Record not found");
    let bad = server
        .post(
            MINA,
            "/api/v2/filters",
            json!({"title": "x", "context": ["nowhere"]}),
        )
        .await;
    bad.refused(
        422,
        "Validation failed: Context None or invalid context supplied",
    );
}

#[tokio::test]
async fn tags_markers_and_suggestions() {
    let server = Server::start().await;
    let followed = server
        .post(MINA, "/api/v1/tags/fresh/follow", json!({}))
        .await
        .ok();
    assert_eq!(
        (followed["name"].as_str(), followed["following"].as_bool()),
        (Some("fresh"), Some(true))
    );
    assert_eq!(
        server.get(MINA, "/api/v1/followed_tags").await.ok()[0]["name"],
        "fresh"
    );
    let token = server
        .admin("tokens", json!({"username": "wei@tea.example"}))
        .await["access_token"]
        .as_str()
        .unwrap()
        .to_owned();
    let post = server.say(&token, "something #fresh").await;
    assert_eq!(
        ids(&server
            .get(MINA, "/api/v1/timelines/home?limit=1")
            .await
            .ok()),
        [id(&post)],
        "followed tags come home"
    );
    let featured = server
        .post(
            MINA,
            "/api/v1/featured_tags",
            json!({"name": "photography"}),
        )
        .await
        .ok();
    assert_eq!(featured["statuses_count"], "2");
    server
        .send(
            Method::DELETE,
            MINA,
            &format!("/api/v1/featured_tags/{}", id(&featured)),
            json!({}),
        )
        .await
        .ok();

    let saved = server
        .post(
            MINA,
            "/api/v1/markers",
            json!({"home": {"last_read_id": "5"}}),
        )
        .await
        .ok();
    assert_eq!(
        (
            saved["home"]["last_read_id"].as_str(),
            saved["home"]["version"].as_u64()
        ),
        (Some("5"), Some(1))
    );
    let read = server
        .get(
            MINA,
            "/api/v1/markers?timeline[]=home&timeline[]=notifications",
        )
        .await
        .ok();
    assert_eq!(read, saved);
    let suggested = server.get(MINA, "/api/v1/suggestions").await.ok();
    assert_eq!(suggested[0]["acct"], "wei@tea.example");
    server
        .send(
            Method::DELETE,
            MINA,
            &format!("/api/v1/suggestions/{}", id(&suggested[0])),
            json!({}),
        )
        .await
        .ok();
    assert_eq!(
        server.get(MINA, "/api/v1/suggestions").await.ok(),
        json!([])
    );
}

#[tokio::test]
async fn life_goes_on_when_it_is_told_to() {
    let server = Server::start().await;
    let newest = server.get(MINA, "/api/v1/notifications?limit=1").await.ok();
    for (once, kind) in [
        ("favourite", "favourite"),
        ("mention", "mention"),
        ("boost", "reblog"),
        ("follow", "follow"),
    ] {
        let done = server
            .admin("life", json!({"once": once, "to": "mina"}))
            .await;
        assert!(done["id"].is_string(), "{once}: {done}");
        assert_eq!(
            server.get(MINA, "/api/v1/notifications?limit=1").await.ok()[0]["type"],
            kind
        );
    }
    assert_ne!(
        server.get(MINA, "/api/v1/notifications?limit=1").await.ok()[0]["id"],
        newest[0]["id"]
    );
    let before = server
        .get(MINA, "/api/v1/timelines/public?limit=40")
        .await
        .ok();
    server
        .admin("life", json!({"on": true, "every_ms": 10}))
        .await;
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    server.admin("life", json!({"on": false})).await;
    assert_ne!(
        server
            .get(MINA, "/api/v1/timelines/public?limit=40")
            .await
            .ok(),
        before
    );
}

#[tokio::test]
async fn pages_for_browsers() {
    let server = Server::start().await;
    let front = server.get("", "/").await;
    assert!(
        front.text.contains("fern-and-lantern")
            && front.header("content-security-policy").is_some()
    );
    let profile = server.get("", "/@theo").await;
    assert!(profile.text.contains("Theo Lindqvist") && profile.text.contains("7/8"));
    let status = server.say(MINA, "<script>alert(1)</script>").await;
    let post = server
        .get(
            "",
            status["url"]
                .as_str()
                .unwrap()
                .strip_prefix(&server.url(""))
                .unwrap(),
        )
        .await;
    assert!(post.text.contains("&lt;script&gt;") && !post.text.contains("<script>"));
    let private = server
        .publish(MINA, json!({"status": "x", "visibility": "private"}))
        .await;
    assert_eq!(
        server
            .get("", &format!("/@mina/{}", id(&private)))
            .await
            .status,
        404
    );
    assert_eq!(server.get("", "/nothing").await.status, 404);
    server
        .get("", "/api/v9/nothing")
        .await
        .refused(404, "Not Found");
    assert_eq!(server.get("", "/health").await.text, "OK");
    assert_eq!(server.get("", "/api/v1/streaming/health").await.text, "OK");
}

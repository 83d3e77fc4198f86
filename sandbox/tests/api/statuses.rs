use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{MINA, Server, THEO, YUKI, id, ids};

#[tokio::test]
async fn posting_renders_and_notifies() {
    let server = Server::start().await;
    let status = server
        .publish(
            MINA,
            json!({
                "status": "Hello @theo and @nobody, see #Moss https://example.org/a",
                "spoiler_text": "Greetings", "language": "en", "visibility": "unlisted",
            }),
        )
        .await;
    let content = status["content"].as_str().unwrap();
    assert!(
        content.contains("class=\"u-url mention\">@<span>theo</span>")
            && content.contains("@nobody"),
        "{content}"
    );
    assert_eq!(status["mentions"].as_array().unwrap().len(), 1);
    assert_eq!(status["tags"][0]["name"], "moss");
    assert_eq!(
        (status["sensitive"].as_bool(), status["visibility"].as_str()),
        (Some(true), Some("unlisted"))
    );
    assert_eq!(status["application"]["name"], "Sandbox");
    let told = server.get(THEO, "/api/v1/notifications?limit=1").await.ok();
    assert_eq!(
        (told[0]["type"].as_str(), told[0]["status"]["id"].as_str()),
        (Some("mention"), status["id"].as_str())
    );
    let source = server
        .get(MINA, &format!("/api/v1/statuses/{}/source", id(&status)))
        .await
        .ok();
    assert!(source["text"].as_str().unwrap().starts_with("Hello @theo"));
}

#[tokio::test]
async fn what_cannot_be_posted() {
    let server = Server::start().await;
    let post = |body: Value| {
        let server = &server;
        async move { server.post(MINA, "/api/v1/statuses", body).await }
    };
    post(json!({"status": " "}))
        .await
        .refused(422, "Validation failed: Text can't be blank");
    post(json!({"status": "x".repeat(501)})).await.refused(
        422,
        "Validation failed: Text character limit of 500 exceeded",
    );
    post(json!({"status": "x", "visibility": "secret"}))
        .await
        .refused(
            422,
            "Validation failed: Visibility is not included in the list",
        );
    let gone = post(json!({"status": "x", "in_reply_to_id": "1"})).await;
    gone.refused(
        404,
        "The post you are trying to reply to does not appear to exist.",
    );
    let lone = json!({"status": "x", "poll": {"options": ["a"], "expires_in": 600}});
    post(lone)
        .await
        .refused(422, "Validation failed: Options must be more than one item");
    let hasty = json!({"status": "x", "poll": {"options": ["a", "b"], "expires_in": 1}});
    post(hasty)
        .await
        .refused(422, "Validation failed: Expires at is too soon");
    let unknown = json!({"status": "x", "media_ids": ["12"]});
    post(unknown).await.refused(
        422,
        "Media (12) either do not exist or are already attached to another post",
    );
    let bare = server
        .answer(server.request(Method::POST, MINA, "/api/v1/statuses"))
        .await;
    bare.refused(422, "Validation failed: Text can't be blank");
    let broken = server
        .request(Method::POST, MINA, "/api/v1/statuses")
        .header("content-type", "application/json")
        .body("{");
    assert_eq!(server.answer(broken).await.status, 400);
}

#[tokio::test]
async fn a_repeated_key_posts_once() {
    let server = Server::start().await;
    let post = |key: &'static str| {
        let request = server
            .request(Method::POST, MINA, "/api/v1/statuses")
            .header("idempotency-key", key);
        let server = &server;
        async move {
            server
                .answer(request.json(&json!({"status": "only once"})))
                .await
        }
    };
    let (first, second, other) = (
        post("a").await.ok(),
        post("a").await.ok(),
        post("b").await.ok(),
    );
    assert_eq!(first["id"], second["id"]);
    assert_ne!(first["id"], other["id"]);
    server
        .admin("behaviour", json!({"idempotency": "error"}))
        .await;
    assert_eq!(post("a").await.status, 500);
    server
        .admin("behaviour", json!({"idempotency": "ignore"}))
        .await;
    assert_ne!(post("a").await.ok()["id"], first["id"]);
}

#[tokio::test]
async fn threads_and_their_context() {
    let server = Server::start().await;
    let root = server.say(MINA, "one").await;
    let reply = server
        .publish(
            THEO,
            json!({"status": "@mina two", "in_reply_to_id": root["id"]}),
        )
        .await;
    let deep = server
        .publish(
            MINA,
            json!({"status": "three", "in_reply_to_id": reply["id"]}),
        )
        .await;
    let secret = server
        .publish(
            YUKI,
            json!({"status": "@theo psst", "in_reply_to_id": root["id"], "visibility": "direct"}),
        )
        .await;
    let context = |token: &'static str, of: &Value| {
        let path = format!("/api/v1/statuses/{}/context", id(of));
        let server = &server;
        async move { server.get(token, &path).await.ok() }
    };
    let around = context(MINA, &reply).await;
    assert_eq!(ids(&around["ancestors"]), [id(&root)]);
    assert_eq!(ids(&around["descendants"]), [id(&deep)]);
    assert_eq!(
        ids(&context(THEO, &root).await["descendants"]),
        [id(&reply), id(&deep), id(&secret)]
    );
    assert_eq!(
        ids(&context("", &root).await["descendants"]),
        [id(&reply), id(&deep)]
    );
    assert_eq!(
        server
            .get("", &format!("/api/v1/statuses/{}", id(&root)))
            .await
            .ok()["replies_count"],
        2
    );
    server
        .send(
            Method::DELETE,
            MINA,
            &format!("/api/v1/statuses/{}", id(&root)),
            json!({}),
        )
        .await
        .ok();
    assert_eq!(
        server
            .get("", &format!("/api/v1/statuses/{}", id(&reply)))
            .await
            .ok()["in_reply_to_id"],
        Value::Null
    );
}

#[tokio::test]
async fn marks_count_and_can_be_taken_back() {
    let server = Server::start().await;
    let status = server.say(THEO, "like this").await;
    let act = |what: &'static str| {
        let path = format!("/api/v1/statuses/{}/{what}", id(&status));
        let server = &server;
        async move { server.post(MINA, &path, json!({})).await }
    };
    let marked = act("favourite").await.ok();
    assert_eq!(
        (
            marked["favourited"].as_bool(),
            marked["favourites_count"].as_u64()
        ),
        (Some(true), Some(1))
    );
    assert_eq!(
        act("favourite").await.ok()["favourites_count"],
        1,
        "twice is once"
    );
    let path = format!("/api/v1/statuses/{}/favourited_by", id(&status));
    assert_eq!(server.get("", &path).await.ok()[0]["username"], "mina");
    assert_eq!(act("unfavourite").await.ok()["favourites_count"], 0);
    let boost = act("reblog").await.ok();
    assert_eq!(boost["reblog"]["id"], status["id"]);
    assert_eq!(
        (
            boost["reblogged"].as_bool(),
            boost["reblog"]["reblogs_count"].as_u64()
        ),
        (Some(true), Some(1))
    );
    assert_eq!(act("reblog").await.ok()["id"], boost["id"], "twice is once");
    assert_eq!(
        server.get(THEO, "/api/v1/notifications?limit=1").await.ok()[0]["type"],
        "reblog"
    );
    let freed = act("unreblog").await.ok();
    assert_eq!(
        (freed["id"].as_str(), freed["reblogged"].as_bool()),
        (status["id"].as_str(), Some(false))
    );
    assert_eq!(act("bookmark").await.ok()["bookmarked"], true);
    assert_eq!(
        ids(&server.get(MINA, "/api/v1/bookmarks?limit=1").await.ok()),
        [id(&status)]
    );
    assert_eq!(act("mute").await.ok()["muted"], true);
    act("pin").await.refused(
        422,
        "Validation failed: Someone else's post cannot be pinned",
    );
    act("translate").await.refused(404, "Not Found");
    let private = server
        .publish(THEO, json!({"status": "x", "visibility": "private"}))
        .await;
    server
        .post(
            MINA,
            &format!("/api/v1/statuses/{}/reblog", id(&private)),
            json!({}),
        )
        .await
        .refused(403, "This action is not allowed");
}

#[tokio::test]
async fn edits_keep_what_was_said() {
    let server = Server::start().await;
    let status = server.say(MINA, "frist").await;
    let path = format!("/api/v1/statuses/{}", id(&status));
    assert_eq!(status["edited_at"], Value::Null);
    server
        .post(THEO, &format!("{path}/reblog"), json!({}))
        .await
        .ok();
    let first = json!({"status": "first", "spoiler_text": "typo"});
    let edit = || server.send(Method::PUT, MINA, &path, first.clone());
    let edited = edit().await.ok();
    assert!(edited["edited_at"].is_string());
    assert_eq!(edited["content"], "<p>first</p>");
    let history = server.get("", &format!("{path}/history")).await.ok();
    let contents: Vec<&str> = history
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| edit["content"].as_str().unwrap())
        .collect();
    assert_eq!(contents, ["<p>frist</p>", "<p>first</p>"]);
    let same = edit().await.ok();
    assert_eq!(same["edited_at"], edited["edited_at"]);
    assert_eq!(
        server.get(THEO, "/api/v1/notifications?limit=1").await.ok()[0]["type"],
        "update"
    );
    server
        .send(Method::PUT, THEO, &path, json!({"status": "mine"}))
        .await
        .refused(404, "Record not found");

    let deleted = server
        .send(Method::DELETE, MINA, &path, json!({}))
        .await
        .ok();
    assert_eq!(
        (deleted["text"].as_str(), deleted.get("content")),
        (Some("first"), None)
    );
    server
        .get(MINA, &path)
        .await
        .refused(404, "Record not found");
    let boosts = server
        .get(THEO, "/api/v1/timelines/home?limit=40")
        .await
        .ok();
    assert!(
        boosts
            .as_array()
            .unwrap()
            .iter()
            .all(|other| other["reblog"]["id"] != status["id"]),
        "boosts go too"
    );
}

#[tokio::test]
async fn polls() {
    let server = Server::start().await;
    let poll = json!({"options": ["tea", "coffee", "rain"], "expires_in": 600, "multiple": true, "hide_totals": true});
    let status = server
        .publish(MINA, json!({"status": "?", "poll": poll}))
        .await;
    let path = format!("/api/v1/polls/{}", id(&status["poll"]));
    assert_eq!(
        status["poll"]["options"][0]["votes_count"],
        Value::Null,
        "hidden until the end"
    );
    assert_eq!(
        (
            status["poll"]["voted"].as_bool(),
            status["poll"]["expired"].as_bool()
        ),
        (Some(true), Some(false))
    );
    let vote = |token: &'static str, choices: Value| {
        let path = format!("{path}/votes");
        let server = &server;
        async move {
            server
                .post(token, &path, json!({ "choices": choices }))
                .await
        }
    };
    vote(MINA, json!([0]))
        .await
        .refused(422, "Validation failed: You cannot vote in your own polls");
    vote(THEO, json!([3])).await.refused(
        422,
        "Validation failed: The chosen vote option does not exist",
    );
    let voted = vote(THEO, json!([0, 2])).await.ok();
    assert_eq!(
        (voted["voted"].as_bool(), &voted["own_votes"]),
        (Some(true), &json!([0, 2]))
    );
    assert_eq!(
        (
            voted["votes_count"].as_u64(),
            voted["voters_count"].as_u64()
        ),
        (Some(2), Some(1))
    );
    vote(THEO, json!([1])).await.refused(
        422,
        "Validation failed: You have already voted on this poll",
    );
    assert_eq!(
        server.get("", &path).await.ok().get("voted"),
        None,
        "nobody has no votes"
    );
    let form = server
        .request(Method::POST, YUKI, &format!("{path}/votes"))
        .form(&[("choices[]", "1")]);
    assert_eq!(server.answer(form).await.ok()["own_votes"], json!([1]));

    let seeded = server.get("", "/api/v1/search?q=x").await;
    assert_eq!(seeded.status, 401);
    let ended = server
        .get(MINA, "/api/v1/notifications?types[]=poll")
        .await
        .ok();
    let ended = &ended[0]["status"]["poll"];
    assert_eq!(
        (
            ended["expired"].as_bool(),
            ended["options"][2]["votes_count"].as_u64()
        ),
        (Some(true), Some(3))
    );
    let late = server
        .post(
            YUKI,
            &format!("/api/v1/polls/{}/votes", id(ended)),
            json!({"choices": [0]}),
        )
        .await;
    late.refused(422, "Validation failed: The poll has already ended");
}

#[tokio::test]
async fn scheduled_ones_wait() {
    let server = Server::start().await;
    let past = json!({"status": "now", "scheduled_at": "2001-01-01T00:00:00Z"});
    let now = server.post(MINA, "/api/v1/statuses", past).await.ok();
    assert_eq!(now["content"], "<p>now</p>");
    let minute = now["created_at"]
        .as_str()
        .unwrap()
        .parse::<jiff::Timestamp>();
    let minute = minute.unwrap() + jiff::SignedDuration::from_mins(1);
    let soon = json!({"status": "too soon", "scheduled_at": minute.to_string()});
    server
        .post(MINA, "/api/v1/statuses", soon)
        .await
        .refused(422, "Validation failed: Scheduled at must be in the future");
    let draft = json!({"status": "in the far future", "scheduled_at": "2100-01-01T00:00:00+01:00", "visibility": "private"});
    let scheduled = server.post(MINA, "/api/v1/statuses", draft).await.ok();
    assert_eq!(scheduled["scheduled_at"], "2099-12-31T23:00:00.000Z");
    assert_eq!(scheduled["params"]["text"], "in the far future");
    assert_eq!(
        ids(&server.get(MINA, "/api/v1/scheduled_statuses").await.ok()),
        [id(&scheduled)]
    );
    let path = format!("/api/v1/scheduled_statuses/{}", id(&scheduled));
    let moved = server
        .send(
            Method::PUT,
            MINA,
            &path,
            json!({"scheduled_at": "2101-01-01T00:00:00Z"}),
        )
        .await
        .ok();
    assert_eq!(moved["scheduled_at"], "2101-01-01T00:00:00.000Z");
    server
        .get(THEO, &path)
        .await
        .refused(404, "Record not found");
    server
        .send(Method::DELETE, MINA, &path, json!({}))
        .await
        .ok();
    assert_eq!(
        server.get(MINA, "/api/v1/scheduled_statuses").await.ok(),
        json!([])
    );
}

#[tokio::test]
async fn quotes() {
    let server = Server::start().await;
    let status = server
        .publish(
            THEO,
            json!({"status": "quote me", "quote_approval_policy": "public"}),
        )
        .await;
    let quote = server
        .publish(
            MINA,
            json!({"status": "look", "quoted_status_id": status["id"]}),
        )
        .await;
    assert_eq!(
        (
            quote["quote"]["state"].as_str(),
            &quote["quote"]["quoted_status"]["id"]
        ),
        (Some("accepted"), &status["id"])
    );
    assert_eq!(
        server.get(THEO, "/api/v1/notifications?limit=1").await.ok()[0]["type"],
        "quote"
    );
    let path = format!("/api/v1/statuses/{}", id(&status));
    assert_eq!(
        ids(&server.get("", &format!("{path}/quotes")).await.ok()),
        [id(&quote)]
    );
    let revoked = server
        .post(
            THEO,
            &format!("{path}/quotes/{}/revoke", id(&quote)),
            json!({}),
        )
        .await
        .ok();
    assert_eq!(
        (
            revoked["quote"]["state"].as_str(),
            &revoked["quote"]["quoted_status"]
        ),
        (Some("revoked"), &Value::Null)
    );
    server
        .send(
            Method::PUT,
            THEO,
            &format!("{path}/interaction_policy"),
            json!({"quote_approval_policy": "nobody"}),
        )
        .await
        .ok();
    let again = server
        .post(
            MINA,
            "/api/v1/statuses",
            json!({"status": "x", "quoted_status_id": status["id"]}),
        )
        .await;
    again.refused(
        422,
        "Validation failed: You are not allowed to quote this post",
    );
}

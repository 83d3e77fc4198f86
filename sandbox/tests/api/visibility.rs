use serde_json::json;

use crate::harness::{MINA, Server, THEO, YUKI, id, ids};

#[tokio::test]
async fn each_sees_what_is_for_them() {
    let server = Server::start().await;
    // mina follows yuki; tidebot does not.
    let outsider = server.admin("tokens", json!({"username": "tidebot"})).await["access_token"]
        .as_str()
        .unwrap()
        .to_owned();
    for (visibility, reader, stranger, nobody) in [
        ("public", 200, 200, 200),
        ("unlisted", 200, 200, 200),
        ("private", 200, 404, 404),
        ("direct", 404, 404, 404),
    ] {
        let status = server
            .publish(YUKI, json!({"status": "see?", "visibility": visibility}))
            .await;
        let path = format!("/api/v1/statuses/{}", id(&status));
        assert_eq!(server.get(YUKI, &path).await.status, 200);
        assert_eq!(
            server.get(MINA, &path).await.status,
            reader,
            "{visibility} for a follower"
        );
        assert_eq!(
            server.get(&outsider, &path).await.status,
            stranger,
            "{visibility} for a stranger"
        );
        assert_eq!(
            server.get("", &path).await.status,
            nobody,
            "{visibility} for nobody"
        );
    }
    let whispered = server
        .publish(
            YUKI,
            json!({"status": "psst @theo", "visibility": "direct"}),
        )
        .await;
    let path = format!("/api/v1/statuses/{}", id(&whispered));
    assert_eq!(server.get(THEO, &path).await.status, 200);
    server
        .get(MINA, &path)
        .await
        .refused(404, "Record not found");
    let conversations = server.get(THEO, "/api/v1/conversations").await.ok();
    assert_eq!(conversations[0]["last_status"]["id"], whispered["id"]);
    assert_eq!(conversations[0]["unread"], true);
    let read = format!("/api/v1/conversations/{}/read", id(&conversations[0]));
    assert_eq!(
        server.post(THEO, &read, json!({})).await.ok()["unread"],
        false
    );
}

#[tokio::test]
async fn timelines_have_what_belongs_in_them() {
    let server = Server::start().await;
    let public = server.say(THEO, "for everyone #shelf").await;
    let unlisted = server
        .publish(
            THEO,
            json!({"status": "quietly #shelf", "visibility": "unlisted"}),
        )
        .await;
    let reply = server.publish(THEO, json!({"status": "@mina yes", "in_reply_to_id": ids(&server.get("", "/api/v1/timelines/public?limit=1").await.ok())[0]})).await;
    let (public, unlisted, reply) = (id(&public), id(&unlisted), id(&reply));
    let timeline = |token: &'static str, path: &'static str| {
        let server = &server;
        async move {
            ids(&server
                .get(token, &format!("/api/v1/timelines/{path}"))
                .await
                .ok())
            .iter()
            .map(|id| (*id).to_owned())
            .collect::<Vec<_>>()
        }
    };
    let local = timeline("", "public?local=true&limit=40").await;
    assert!(local.contains(&public.to_owned()) && !local.contains(&unlisted.to_owned()));
    let home = timeline(MINA, "home").await;
    assert!(home.contains(&public.to_owned()) && home.contains(&unlisted.to_owned()));
    assert!(timeline(THEO, "home").await.contains(&reply.to_owned()));
    assert_eq!(
        timeline("", "tag/Shelf").await,
        [public],
        "only public posts are found under a tag"
    );
    let remote = server
        .get("", "/api/v1/timelines/public?remote=true&limit=40")
        .await
        .ok();
    assert!(!remote.as_array().unwrap().is_empty());
    assert!(
        remote
            .as_array()
            .unwrap()
            .iter()
            .all(|status| status["account"]["acct"].as_str().unwrap().contains('@'))
    );
    let media = server
        .get("", "/api/v1/timelines/public?only_media=true&limit=40")
        .await
        .ok();
    assert!(
        media
            .as_array()
            .unwrap()
            .iter()
            .all(|status| !status["media_attachments"].as_array().unwrap().is_empty())
    );
    server
        .get(MINA, "/api/v1/timelines/list/99")
        .await
        .refused(404, "Record not found");
    let list = ids(&server.get(MINA, "/api/v1/lists").await.ok())[0].to_owned();
    let posts = server
        .get(MINA, &format!("/api/v1/timelines/list/{list}"))
        .await
        .ok();
    assert!(
        posts
            .as_array()
            .unwrap()
            .iter()
            .all(|status| status["account"]["username"] == "theo")
    );
    server
        .get(THEO, &format!("/api/v1/timelines/list/{list}"))
        .await
        .refused(404, "Record not found");
}

#[tokio::test]
async fn blocks_and_mutes_hide() {
    let server = Server::start().await;
    let (mina, theo) = (server.who("mina").await, server.who("theo").await);
    let status = server.say(THEO, "anyone there?").await;
    let post = |path: String| {
        let server = &server;
        async move { server.post(MINA, &path, json!({})).await.ok() }
    };
    let muted = post(format!("/api/v1/accounts/{theo}/mute")).await;
    assert_eq!(
        (
            muted["muting"].as_bool(),
            muted["muting_notifications"].as_bool()
        ),
        (Some(true), Some(true))
    );
    let home = server.get(MINA, "/api/v1/timelines/home").await.ok();
    assert!(!ids(&home).contains(&id(&status)));
    assert_eq!(
        server
            .get(MINA, &format!("/api/v1/statuses/{}", id(&status)))
            .await
            .status,
        200,
        "muting hides no single post"
    );
    let unheard = server.say(THEO, "@mina hello?").await;
    let notifications = server
        .get(MINA, "/api/v1/notifications?types[]=mention&limit=1")
        .await
        .ok();
    assert_ne!(notifications[0]["status"]["id"], unheard["id"]);
    assert_eq!(
        ids(&server.get(MINA, "/api/v1/mutes").await.ok()),
        [theo.as_str()]
    );
    post(format!("/api/v1/accounts/{theo}/unmute")).await;

    let blocked = post(format!("/api/v1/accounts/{theo}/block")).await;
    assert_eq!(
        (
            blocked["blocking"].as_bool(),
            blocked["following"].as_bool()
        ),
        (Some(true), Some(false))
    );
    let inner = server.say(MINA, "among ourselves").await;
    server
        .get(THEO, &format!("/api/v1/statuses/{}", id(&inner)))
        .await
        .refused(404, "Record not found");
    let back = server
        .get(THEO, &format!("/api/v1/accounts/relationships?id[]={mina}"))
        .await
        .ok();
    assert_eq!(
        (
            back[0]["blocked_by"].as_bool(),
            back[0]["following"].as_bool()
        ),
        (Some(true), Some(false))
    );
    server
        .post(THEO, &format!("/api/v1/accounts/{mina}/follow"), json!({}))
        .await
        .refused(403, "This action is not allowed");
    assert_eq!(
        ids(&server.get(MINA, "/api/v1/blocks").await.ok()),
        [theo.as_str()]
    );
}

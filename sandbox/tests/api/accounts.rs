use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::json;

use crate::harness::{MINA, Server, THEO, YUKI, id, ids};
use crate::media::picture;

#[tokio::test]
async fn following_a_locked_account_is_a_request() {
    let server = Server::start().await;
    let (yuki, noor) = (server.who("yuki").await, server.who("noor").await);
    let token = server.admin("tokens", json!({"username": "tidebot"})).await["access_token"]
        .as_str()
        .unwrap()
        .to_owned();
    let tidebot = server.who("tidebot").await;
    let asked = server
        .post(
            &token,
            &format!("/api/v1/accounts/{yuki}/follow"),
            json!({}),
        )
        .await
        .ok();
    assert_eq!(
        (asked["following"].as_bool(), asked["requested"].as_bool()),
        (Some(false), Some(true))
    );
    let requests = server.get(YUKI, "/api/v1/follow_requests").await.ok();
    assert!(ids(&requests).contains(&tidebot.as_str()));
    let told = server.get(YUKI, "/api/v1/notifications?limit=1").await.ok();
    assert_eq!(told[0]["type"], "follow_request");
    let accepted = server
        .post(
            YUKI,
            &format!("/api/v1/follow_requests/{tidebot}/authorize"),
            json!({}),
        )
        .await
        .ok();
    assert_eq!(accepted["followed_by"], true);
    server
        .post(
            YUKI,
            &format!("/api/v1/follow_requests/{tidebot}/authorize"),
            json!({}),
        )
        .await
        .refused(404, "Record not found");

    let followed = server
        .post(
            &token,
            &format!("/api/v1/accounts/{noor}/follow"),
            json!({"reblogs": false, "notify": true}),
        )
        .await
        .ok();
    assert_eq!(
        (
            followed["following"].as_bool(),
            followed["showing_reblogs"].as_bool(),
            followed["notifying"].as_bool()
        ),
        (Some(true), Some(false), Some(true))
    );
    let left = server
        .post(
            &token,
            &format!("/api/v1/accounts/{noor}/unfollow"),
            json!({}),
        )
        .await
        .ok();
    assert_eq!(left["following"], false);
    server
        .post(MINA, "/api/v1/accounts/1/follow", json!({}))
        .await
        .refused(404, "Record not found");
}

#[tokio::test]
async fn a_profile_can_be_changed() {
    let server = Server::start().await;
    let form = Form::new()
        .text("display_name", "Mina :fern:")
        .text("note", "See #ferns and @theo")
        .text("fields_attributes[0][name]", "Site")
        .text("fields_attributes[0][value]", "https://example.org")
        .text("source[privacy]", "unlisted")
        .text("source[language]", "pt")
        .text("locked", "true")
        .part(
            "avatar",
            Part::bytes(picture(4, 4))
                .file_name("me.png")
                .mime_str("image/png")
                .unwrap(),
        );
    let request = server.request(Method::PATCH, MINA, "/api/v1/accounts/update_credentials");
    let account = server.answer(request.multipart(form)).await.ok();
    assert_eq!(account["source"]["privacy"], "unlisted");
    assert_eq!(
        account["source"]["fields"][0]["value"],
        "https://example.org"
    );
    assert!(
        account["fields"][0]["value"]
            .as_str()
            .unwrap()
            .starts_with("<a href=\"https://example.org\"")
    );
    assert!(
        account["note"]
            .as_str()
            .unwrap()
            .contains("class=\"mention hashtag\"")
    );
    assert_eq!(account["emojis"][0]["shortcode"], "fern");
    assert_eq!(account["locked"], true);
    let avatar = account["avatar"]
        .as_str()
        .unwrap()
        .strip_prefix(&server.url(""))
        .unwrap()
        .to_owned();
    let file = server.get("", &avatar).await;
    assert_eq!(
        (file.status.as_u16(), file.header("content-type")),
        (200, Some("image/png"))
    );
    let status = server.say(MINA, "by default").await;
    assert_eq!(
        (status["visibility"].as_str(), status["language"].as_str()),
        (Some("unlisted"), Some("pt"))
    );
    let long = json!({"display_name": "x".repeat(31)});
    server
        .send(
            Method::PATCH,
            MINA,
            "/api/v1/accounts/update_credentials",
            long,
        )
        .await
        .refused(
            422,
            "Validation failed: Display name is too long (maximum is 30 characters)",
        );
    let removed = server
        .send(Method::DELETE, MINA, "/api/v1/profile/avatar", json!({}))
        .await
        .ok();
    assert!(removed["avatar"].as_str().unwrap().ends_with("missing.png"));
}

#[tokio::test]
async fn registering_checks_each_field() {
    let server = Server::start().await;
    let token = server
        .admin("tokens", json!({"scopes": "write:accounts read"}))
        .await["access_token"]
        .as_str()
        .unwrap()
        .to_owned();
    let refused = server
        .post(
            &token,
            "/api/v1/accounts",
            json!({"username": "mina", "email": "x", "password": "short"}),
        )
        .await;
    assert_eq!(refused.status, 422);
    let body = refused.json();
    assert_eq!(body["details"]["username"][0]["error"], "ERR_TAKEN");
    assert_eq!(body["details"]["email"][0]["error"], "ERR_INVALID");
    assert_eq!(body["details"]["password"][0]["error"], "ERR_TOO_SHORT");
    assert_eq!(body["details"]["agreement"][0]["error"], "ERR_ACCEPTED");
    assert!(
        body["error"]
            .as_str()
            .unwrap()
            .starts_with("Validation failed: Username has already been taken, ")
    );
    let person = json!({"username": "ada", "email": "ada@example.org", "password": "long enough", "agreement": true, "locale": "en"});
    let own = server.post(&token, "/api/v1/accounts", person).await.ok();
    let own = own["access_token"].as_str().unwrap();
    assert_eq!(
        server
            .get(own, "/api/v1/accounts/verify_credentials")
            .await
            .ok()["acct"],
        "ada"
    );
    assert_eq!(
        server.get(MINA, "/api/v1/notifications?limit=1").await.ok()[0]["type"],
        "admin.sign_up"
    );
    let person = server.post(MINA, "/api/v1/accounts", json!({})).await;
    assert_eq!(person.status, 422, "{}", person.text);
}

#[tokio::test]
async fn looking_people_up() {
    let server = Server::start().await;
    let lucia = server.who("lucia@faro.example").await;
    assert_eq!(
        server
            .get("", &format!("/api/v1/accounts/{lucia}"))
            .await
            .ok()["acct"],
        "lucia@faro.example"
    );
    server
        .get("", "/api/v1/accounts/lookup?acct=nobody")
        .await
        .refused(404, "Record not found");
    server
        .get("", "/api/v1/accounts/0")
        .await
        .refused(404, "Record not found");
    server
        .get("", "/api/v1/accounts/letters")
        .await
        .refused(404, "Record not found");
    let found = server
        .get(MINA, "/api/v1/accounts/search?q=faro")
        .await
        .ok();
    assert_eq!(ids(&found), [lucia.as_str()]);
    let theo = server.who("theo").await;
    let many = server
        .get(
            "",
            &format!("/api/v1/accounts?id[]={theo}&id[]=5&id[]={lucia}"),
        )
        .await
        .ok();
    assert_eq!(ids(&many), [theo.as_str(), lucia.as_str()]);
    let relations = server
        .get(
            THEO,
            &format!("/api/v1/accounts/relationships?id[]={lucia}&id[]={theo}"),
        )
        .await
        .ok();
    assert_eq!(relations[0]["following"], true);
    let familiar = server
        .get(
            THEO,
            &format!(
                "/api/v1/accounts/familiar_followers?id[]={}",
                server.who("samir@oasis.example").await
            ),
        )
        .await
        .ok();
    assert!(!familiar[0]["accounts"].as_array().unwrap().is_empty());
    let pinned = server
        .get("", &format!("/api/v1/accounts/{theo}/statuses?pinned=true"))
        .await
        .ok();
    assert_eq!(pinned.as_array().unwrap().len(), 1);
    let own = server.get("", &format!("/api/v1/accounts/{theo}/statuses?exclude_replies=true&exclude_reblogs=true&limit=40")).await.ok();
    assert!(own.as_array().unwrap().iter().all(|status| {
        status["reblog"].is_null()
            && (status["in_reply_to_account_id"].is_null()
                || status["in_reply_to_account_id"] == theo.as_str())
    }));
    let pictures = server
        .get(
            "",
            &format!("/api/v1/accounts/{theo}/statuses?only_media=true"),
        )
        .await
        .ok();
    assert!(
        pictures
            .as_array()
            .unwrap()
            .iter()
            .all(|status| status["media_attachments"][0]["type"] == "image")
    );
}

#[tokio::test]
async fn lists_have_members_and_rules() {
    let server = Server::start().await;
    let (theo, yuki) = (server.who("theo").await, server.who("yuki").await);
    server
        .post(MINA, "/api/v1/lists", json!({"title": " "}))
        .await
        .refused(422, "Validation failed: Title can't be blank");
    let list = server
        .post(
            MINA,
            "/api/v1/lists",
            json!({"title": "Close", "replies_policy": "none", "exclusive": true}),
        )
        .await
        .ok();
    assert_eq!(
        (list["replies_policy"].as_str(), list["exclusive"].as_bool()),
        (Some("none"), Some(true))
    );
    let path = format!("/api/v1/lists/{}", id(&list));
    let members = format!("{path}/accounts");
    server
        .post(MINA, &members, json!({"account_ids": [theo, yuki]}))
        .await
        .ok();
    server
        .post(MINA, &members, json!({"account_ids": [theo]}))
        .await
        .refused(422, "Validation failed: Account has already been taken");
    assert_eq!(
        ids(&server.get(MINA, &members).await.ok()),
        [yuki.as_str(), theo.as_str()]
    );
    assert_eq!(
        ids(&server
            .get(MINA, &format!("/api/v1/accounts/{theo}/lists"))
            .await
            .ok())
        .len(),
        2
    );
    let home = server
        .get(MINA, "/api/v1/timelines/home?limit=40")
        .await
        .ok();
    assert!(
        home.as_array()
            .unwrap()
            .iter()
            .all(|status| status["account"]["username"] != "theo"),
        "an exclusive list takes them"
    );
    server
        .send(
            Method::DELETE,
            MINA,
            &members,
            json!({"account_ids": [theo]}),
        )
        .await
        .ok();
    let renamed = server
        .send(Method::PUT, MINA, &path, json!({"title": "Closer"}))
        .await
        .ok();
    assert_eq!(renamed["title"], "Closer");
    server
        .send(Method::DELETE, MINA, &path, json!({}))
        .await
        .ok();
    server
        .get(MINA, &path)
        .await
        .refused(404, "Record not found");
}

#[tokio::test]
async fn notes_endorsements_and_whole_servers() {
    let server = Server::start().await;
    let (theo, yuki) = (server.who("theo").await, server.who("yuki").await);
    let noted = server
        .post(
            MINA,
            &format!("/api/v1/accounts/{theo}/note"),
            json!({"comment": "owes me a coffee"}),
        )
        .await
        .ok();
    assert_eq!(noted["note"], "owes me a coffee");
    let endorsed = server
        .post(MINA, &format!("/api/v1/accounts/{yuki}/pin"), json!({}))
        .await
        .ok();
    assert_eq!(endorsed["endorsed"], true);
    assert_eq!(
        ids(&server.get(MINA, "/api/v1/endorsements").await.ok())[0],
        yuki
    );
    server
        .post(
            MINA,
            "/api/v1/domain_blocks",
            json!({"domain": "faro.example"}),
        )
        .await
        .ok();
    assert_eq!(
        server.get(MINA, "/api/v1/domain_blocks").await.ok(),
        json!(["faro.example"])
    );
    let lucia = server.who("lucia@faro.example").await;
    let relation = server
        .get(
            MINA,
            &format!("/api/v1/accounts/relationships?id[]={lucia}"),
        )
        .await
        .ok();
    assert_eq!(
        (
            relation[0]["domain_blocking"].as_bool(),
            relation[0]["following"].as_bool()
        ),
        (Some(true), Some(false))
    );
}

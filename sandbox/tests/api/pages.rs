use serde_json::json;

use crate::harness::{MINA, Server, THEO, id, ids};

#[tokio::test]
async fn timelines_lead_to_their_end_and_back() {
    let server = Server::start().await;
    let whole = server.get(MINA, "/api/v1/timelines/home?limit=40").await;
    let whole = whole.json();
    let all: Vec<&str> = ids(&whole);
    assert!(all.len() > 20, "the seed has more than a page");
    assert!(all.windows(2).all(|pair| pair[0] > pair[1]), "newest first");

    let mut seen: Vec<String> = Vec::new();
    let mut path = "/api/v1/timelines/home?limit=7".to_owned();
    loop {
        let page = server.get(MINA, &path).await;
        let list = page.json();
        if list.as_array().unwrap().is_empty() {
            assert_eq!(page.header("link"), None, "an empty page leads nowhere");
            break;
        }
        seen.extend(ids(&list).iter().map(|id| (*id).to_owned()));
        let oldest = seen.last().unwrap().clone();
        assert_eq!(page.cursor("next", "max_id"), Some(oldest.clone()));
        assert_eq!(page.cursor("next", "limit").as_deref(), Some("7"));
        path = format!("/api/v1/timelines/home?limit=7&max_id={oldest}");
    }
    assert!(seen.len() >= all.len());
    assert_eq!(seen[..all.len()], all[..]);

    // From the oldest upward, page by page, nothing is left out.
    let up = server
        .get(
            MINA,
            &format!("/api/v1/timelines/home?limit=3&min_id={}", all[10]),
        )
        .await;
    assert_eq!(ids(&up.json()), all[7..10]);
    let newest = server
        .get(
            MINA,
            &format!("/api/v1/timelines/home?limit=3&since_id={}", all[10]),
        )
        .await;
    assert_eq!(ids(&newest.json()), all[0..3]);
    let link = newest.header("link").unwrap();
    assert!(!link.contains("since_id"), "{link}");
    assert_eq!(newest.cursor("prev", "min_id").as_deref(), Some(all[0]));
}

#[tokio::test]
async fn lists_of_people_are_paged_by_cursors_of_their_own() {
    let server = Server::start().await;
    let mina = server.who("mina").await;
    let first = server
        .get("", &format!("/api/v1/accounts/{mina}/followers?limit=2"))
        .await;
    let cursor = first.cursor("next", "max_id").unwrap();
    let people = first.json();
    assert_eq!(ids(&people).len(), 2);
    assert!(
        !ids(&people).contains(&cursor.as_str()),
        "the cursor is no account's id"
    );
    assert!(first.cursor("prev", "since_id").is_some());
    let second = server
        .get(
            "",
            &format!("/api/v1/accounts/{mina}/followers?limit=40&max_id={cursor}"),
        )
        .await;
    assert_eq!(
        second.cursor("next", "max_id"),
        None,
        "a page that is not full is the last"
    );
    let rest = second.json();
    let total = server
        .get("", &format!("/api/v1/accounts/{mina}"))
        .await
        .ok()["followers_count"]
        .as_u64()
        .unwrap();
    assert_eq!(
        ids(&people).len() + ids(&rest).len(),
        usize::try_from(total).unwrap()
    );
}

#[tokio::test]
async fn favourites_are_in_the_order_of_the_marks() {
    let server = Server::start().await;
    let old = server.say(THEO, "old").await;
    let new = server.say(THEO, "new").await;
    for status in [&new, &old] {
        server
            .post(
                MINA,
                &format!("/api/v1/statuses/{}/favourite", id(status)),
                json!({}),
            )
            .await
            .ok();
    }
    let page = server.get(MINA, "/api/v1/favourites?limit=2").await;
    assert_eq!(
        ids(&page.json()),
        [id(&old), id(&new)],
        "the last mark first"
    );
    assert_ne!(page.cursor("next", "max_id").as_deref(), Some(id(&new)));
    assert!(page.cursor("prev", "min_id").is_some());
}

#[tokio::test]
async fn notifications_filter_and_keep_their_filters() {
    let server = Server::start().await;
    let page = server
        .get(
            MINA,
            "/api/v1/notifications?types[]=favourite&types[]=reblog&limit=3",
        )
        .await;
    let list = page.json();
    assert!(
        list.as_array()
            .unwrap()
            .iter()
            .all(|row| row["type"] == "favourite" || row["type"] == "reblog")
    );
    assert!(
        page.header("link")
            .unwrap()
            .contains("types%5B%5D=favourite&types%5B%5D=reblog")
    );
    let without = server
        .get(
            MINA,
            "/api/v1/notifications?exclude_types[]=favourite&limit=80",
        )
        .await
        .ok();
    assert!(
        without
            .as_array()
            .unwrap()
            .iter()
            .all(|row| row["type"] != "favourite")
    );
    let theo = server.who("theo").await;
    let his = server
        .get(MINA, &format!("/api/v1/notifications?account_id={theo}"))
        .await
        .ok();
    assert!(
        his.as_array()
            .unwrap()
            .iter()
            .all(|row| row["account"]["id"] == theo.as_str())
    );
    let first = ids(&his)[0].to_owned();
    assert_eq!(
        server
            .get(MINA, &format!("/api/v1/notifications/{first}"))
            .await
            .ok()["id"],
        first
    );
    server
        .get(THEO, &format!("/api/v1/notifications/{first}"))
        .await
        .refused(404, "Record not found");
    server
        .post(
            MINA,
            &format!("/api/v1/notifications/{first}/dismiss"),
            json!({}),
        )
        .await
        .ok();
    server
        .get(MINA, &format!("/api/v1/notifications/{first}"))
        .await
        .refused(404, "Record not found");
    let unread = server
        .get(MINA, "/api/v1/notifications/unread_count")
        .await
        .ok()["count"]
        .as_u64()
        .unwrap();
    assert!(unread > 0);
    server
        .post(MINA, "/api/v1/notifications/clear", json!({}))
        .await
        .ok();
    assert_eq!(
        server.get(MINA, "/api/v1/notifications").await.ok(),
        json!([])
    );
}

#[tokio::test]
async fn an_endless_server_gives_empty_pages_with_a_next() {
    let server = Server::start().await;
    server
        .admin("behaviour", json!({"last_page": "empty_with_next"}))
        .await;
    let page = server.get(MINA, "/api/v1/timelines/home?max_id=1").await;
    assert_eq!(page.json(), json!([]));
    assert_eq!(page.cursor("next", "max_id").as_deref(), Some("1"));
    assert_eq!(page.cursor("prev", "min_id"), None);
}

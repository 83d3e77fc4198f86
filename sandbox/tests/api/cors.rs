use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, MINA, Server};

const ORIGIN: &str = "http://page.example";

async fn preflight(server: &Server, path: &str, method: &str, headers: &str) -> Answer {
    let request = server
        .request(Method::OPTIONS, "", path)
        .header("origin", ORIGIN);
    let request = request
        .header("access-control-request-method", method)
        .header("access-control-request-headers", headers);
    server.answer(request).await
}

#[tokio::test]
async fn exactly_what_mastodon_allows() {
    let server = Server::start().await;
    let allowed = preflight(
        &server,
        "/api/v1/statuses",
        "POST",
        "authorization,x-anything",
    )
    .await;
    assert_eq!(allowed.status, 200);
    assert_eq!(allowed.header("access-control-allow-origin"), Some("*"));
    assert_eq!(
        allowed.header("access-control-allow-headers"),
        Some("authorization,x-anything")
    );
    assert_eq!(
        preflight(&server, "/oauth/token", "POST", "content-type")
            .await
            .status,
        200
    );
    assert_eq!(
        preflight(&server, "/oauth/revoke", "POST", "content-type")
            .await
            .status,
        200
    );
    for (path, method) in [
        ("/oauth/token", "DELETE"),
        ("/oauth/authorize", "GET"),
        ("/sandbox/reset", "POST"),
        ("/avatars/mina.svg", "GET"),
    ] {
        let refused = preflight(&server, path, method, "").await;
        assert_eq!(
            refused.header("access-control-allow-origin"),
            None,
            "{method} {path}"
        );
        assert_ne!(refused.status, 200, "{method} {path}");
    }

    let request = server
        .request(Method::GET, MINA, "/api/v1/timelines/home?limit=1")
        .header("origin", ORIGIN);
    let answer = server.answer(request).await;
    let exposed: Vec<String> = answer
        .header("access-control-expose-headers")
        .unwrap()
        .split(", ")
        .map(str::to_lowercase)
        .collect();
    for name in [
        "link",
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
        "x-request-id",
        "mastodon-async-refresh",
    ] {
        assert!(exposed.contains(&name.to_owned()), "{name}");
    }
    assert_eq!(exposed.len(), 6, "neither Retry-After nor Date");
    assert!(answer.header("x-request-id").is_some());
    assert_eq!(
        server
            .get(MINA, "/api/v1/timelines/home")
            .await
            .header("access-control-allow-origin"),
        None,
        "only where asked"
    );
    let refused = server
        .answer(
            server
                .request(Method::GET, "", "/api/v1/nothing")
                .header("origin", ORIGIN),
        )
        .await;
    assert_eq!(
        refused.header("access-control-allow-origin"),
        Some("*"),
        "errors can be read"
    );
    let metadata = server
        .answer(
            server
                .request(Method::GET, "", "/.well-known/oauth-authorization-server")
                .header("origin", ORIGIN),
        )
        .await;
    assert_eq!(metadata.header("access-control-allow-origin"), Some("*"));
}

#[tokio::test]
async fn less_where_it_is_asked_for() {
    let server = Server::start().await;
    server
        .admin(
            "behaviour",
            json!({"allowed_headers": "few", "oauth_cors": false}),
        )
        .await;
    let few = preflight(&server, "/api/v1/statuses", "POST", "x-anything").await;
    assert_eq!(
        few.header("access-control-allow-headers"),
        Some("Authorization, Content-Type, Idempotency-Key")
    );
    assert_ne!(
        preflight(&server, "/oauth/token", "POST", "").await.status,
        200
    );
    server
        .admin(
            "faults",
            json!({"status": 502, "body": "html", "cors": false}),
        )
        .await;
    let broken = server
        .answer(
            server
                .request(Method::GET, MINA, "/api/v1/timelines/home")
                .header("origin", ORIGIN),
        )
        .await;
    assert_eq!(
        (
            broken.status.as_u16(),
            broken.header("access-control-allow-origin")
        ),
        (502, None)
    );
    server
        .send(Method::DELETE, "", "/sandbox/faults", Value::Null)
        .await
        .ok();
}

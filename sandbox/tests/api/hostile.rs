//! What any web page, or any program on this machine, may try.

use reqwest::multipart::{Form, Part};
use reqwest::{Method, header};
use serde_json::json;

use crate::harness::{MINA, Server};

#[tokio::test]
async fn a_name_that_was_pointed_here_is_no_way_in() {
    let server = Server::start().await;
    let ask = async |path: &str, host: &str| {
        let request = server.request(Method::GET, MINA, path);
        server
            .answer(request.header(header::HOST, host))
            .await
            .status
    };
    for host in [
        "evil.example",
        "evil.example:4100",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "notlocalhost",
        "a@b",
        "",
    ] {
        for path in ["/sandbox/state", "/api/v1/timelines/home", "/"] {
            let status = ask(path, host).await;
            assert!(status == 421 || status == 400, "{host} {path}: {status}");
        }
    }
    for host in [
        "localhost",
        "LOCALHOST:1",
        "a.localhost:4100",
        "[::1]:80",
        "10.0.0.7",
    ] {
        assert_eq!(ask("/sandbox/state", host).await, 200, "{host}");
    }
}

#[tokio::test]
async fn a_page_of_another_origin_gets_none_of_the_handles() {
    let server = Server::start().await;
    for origin in ["https://evil.example", "null", "http://127.0.0.1"] {
        for (method, path) in [
            (Method::GET, "/sandbox/state"),
            (Method::POST, "/sandbox/reset"),
            (Method::POST, "/sandbox/tokens"),
        ] {
            let request = server.request(method, "", path);
            let answer = server.answer(request.header(header::ORIGIN, origin)).await;
            assert_eq!(answer.status, 403, "{origin} {path}");
            assert_eq!(answer.header("access-control-allow-origin"), None);
        }
    }
}

/// Input that is too deep, too large or too long is rejected, and the sandbox keeps running.
#[tokio::test]
async fn no_request_ends_it() {
    let server = Server::start().await;
    let deep = format!("x{}", "[a]".repeat(15_000));
    let list = format!("x{}", "[]".repeat(15_000));
    let many = "a=1&".repeat(100_000);
    let long = "a".repeat(4 * 1024 * 1024);
    let nested = "[".repeat(500_000);
    let statuses = || server.request(Method::POST, MINA, "/api/v1/statuses");
    let form = |body: String| {
        statuses()
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body)
    };
    let json = |body: String| {
        statuses()
            .header(header::CONTENT_TYPE, "application/json")
            .body(body)
    };
    for (what, request, expected) in [
        ("deep form", form(format!("{deep}=1")), 400),
        ("deep list", form(format!("{list}=1")), 400),
        ("many pairs", form(many), 400),
        ("long form", form(format!("status={long}")), 413),
        ("deep JSON", json(nested.clone()), 400),
        (
            "deep JSON in a field",
            json(format!("{{\"status\":{nested}")),
            400,
        ),
        (
            "long JSON",
            json(json!({ "status": long }).to_string()),
            413,
        ),
        (
            "deep part",
            statuses().multipart(Form::new().text(deep.clone(), "1")),
            400,
        ),
        (
            "many parts",
            statuses().multipart((0..1000).fold(Form::new(), |form, _| form.text("a", "1"))),
            400,
        ),
        (
            "long part",
            statuses().multipart(Form::new().text("status", long.clone())),
            400,
        ),
        (
            "a picture that says it is huge",
            server
                .request(Method::POST, MINA, "/api/v1/media")
                .multipart(Form::new().part("file", Part::bytes(huge_png()).file_name("a.png"))),
            200,
        ),
    ] {
        assert_eq!(server.answer(request).await.status, expected, "{what}");
    }
    // Long names in a query are ignored or rejected; the limit for headers decides which.
    for query in [&deep[..3000], &list[..3000], &deep] {
        let path = format!("/api/v1/timelines/public?{query}=1");
        let status = server.get(MINA, &path).await.status;
        assert!(matches!(status.as_u16(), 200 | 400 | 414 | 431), "{status}");
    }
    server.say(MINA, "Still here.").await;
}

/// A PNG of a few bytes that declares 4 billion pixels.
fn huge_png() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(65_535_u32.to_be_bytes());
    bytes.extend(65_535_u32.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

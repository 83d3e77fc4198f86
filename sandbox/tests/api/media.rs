use std::time::Duration;

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::harness::{Answer, MINA, Server, THEO, id};

/// A PNG of this size, red on the left and blue on the right.
pub fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    let pixels: Vec<u8> = (0..width * height)
        .flat_map(|at| {
            if at % width < width / 2 {
                [255, 0, 0]
            } else {
                [0, 0, 255]
            }
        })
        .collect();
    encoder
        .write_header()
        .unwrap()
        .write_image_data(&pixels)
        .unwrap();
    bytes
}

async fn upload(server: &Server, path: &str, bytes: Vec<u8>, content_type: &str) -> Answer {
    let file = Part::bytes(bytes)
        .file_name("picture")
        .mime_str(content_type)
        .unwrap();
    let form = Form::new()
        .part("file", file)
        .text("description", "red and blue")
        .text("focus", "-0.5,0.25");
    server
        .answer(server.request(Method::POST, MINA, path).multipart(form))
        .await
}

async fn until_ready(server: &Server, path: &str) -> Value {
    for _ in 0..100 {
        let answer = server.get(MINA, path).await;
        match answer.status.as_u16() {
            206 => assert_eq!(answer.json()["url"], Value::Null),
            _ => return answer.ok(),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("never ready");
}

#[tokio::test]
async fn processing_takes_its_time() {
    let server = Server::start().await;
    let answer = upload(&server, "/api/v2/media", picture(1280, 720), "image/png").await;
    assert_eq!(answer.status, 202);
    let media = answer.json();
    assert_eq!(
        (media["url"].clone(), media["type"].as_str()),
        (Value::Null, Some("image"))
    );
    let path = format!("/api/v1/media/{}", id(&media));
    assert_eq!(server.get(MINA, &path).await.status, 206);
    server
        .get(THEO, &path)
        .await
        .refused(404, "Record not found");
    let early = server
        .post(
            MINA,
            "/api/v1/statuses",
            json!({"status": "x", "media_ids": [media["id"]]}),
        )
        .await;
    early.refused(422, "Validation failed: Cannot attach files that have not finished processing. Try again in a moment!");

    let ready = until_ready(&server, &path).await;
    assert_eq!(
        ready["meta"]["original"],
        json!({"width": 1280, "height": 720, "size": "1280x720", "aspect": 1280.0 / 720.0})
    );
    assert_eq!(ready["meta"]["small"]["size"], "640x360");
    assert_eq!(ready["meta"]["focus"], json!({"x": -0.5, "y": 0.25}));
    assert_eq!(ready["description"], "red and blue");
    assert_eq!(ready["blurhash"].as_str().unwrap().len(), 36);
    for name in ["url", "preview_url"] {
        let url = ready[name]
            .as_str()
            .unwrap()
            .strip_prefix(&server.url(""))
            .unwrap();
        let file = server.get("", url).await;
        assert_eq!(
            (file.status.as_u16(), file.header("content-type")),
            (200, Some("image/png"))
        );
        assert!(
            file.header("content-security-policy")
                .unwrap()
                .contains("sandbox")
        );
    }

    let changed = server
        .send(
            Method::PUT,
            MINA,
            &path,
            json!({"description": "two colours"}),
        )
        .await
        .ok();
    assert_eq!(changed["description"], "two colours");
    let status = server
        .publish(MINA, json!({"media_ids": [media["id"]], "sensitive": true}))
        .await;
    assert_eq!(status["media_attachments"][0]["id"], media["id"]);
    let again = server
        .post(
            MINA,
            "/api/v1/statuses",
            json!({"status": "x", "media_ids": [media["id"]]}),
        )
        .await;
    assert_eq!(again.status, 422, "attached already");
    assert_eq!(
        server
            .send(Method::DELETE, MINA, &path, json!({}))
            .await
            .status,
        422,
        "in use"
    );
}

#[tokio::test]
async fn other_ways_it_can_go() {
    let server = Server::start().await;
    server
        .admin(
            "behaviour",
            json!({"media_processing_ms": 10, "media_result": "fails"}),
        )
        .await;
    let media = upload(&server, "/api/v2/media", picture(4, 4), "image/png")
        .await
        .json();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let path = format!("/api/v1/media/{}", id(&media));
    server
        .get(MINA, &path)
        .await
        .refused(422, "Error processing thumbnail for uploaded media");
    server
        .admin("behaviour", json!({"media_result": "sync"}))
        .await;
    assert_eq!(
        upload(&server, "/api/v2/media", picture(4, 4), "image/png")
            .await
            .status,
        200
    );
    server
        .admin("behaviour", json!({"media_result": "ready"}))
        .await;
    let old = upload(&server, "/api/v1/media", picture(3, 5), "image/png")
        .await
        .ok();
    assert_eq!(old["meta"]["original"]["size"], "3x5");
    let text = upload(&server, "/api/v2/media", b"hello".to_vec(), "text/plain").await;
    text.refused(
        422,
        "Validation failed: File content type is invalid, File is invalid",
    );
    let video = upload(
        &server,
        "/api/v1/media",
        b"not really".to_vec(),
        "video/mp4",
    )
    .await
    .ok();
    assert_eq!(video["type"], "video");
    assert!(video["url"].as_str().unwrap().contains("original.mp4"));
    let nothing = server
        .answer(server.request(Method::POST, MINA, "/api/v2/media"))
        .await;
    nothing.refused(422, "Validation failed: File can't be blank");
}

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Method;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::harness::{Answer, MINA, Server};

const CALLBACK: &str = "http://127.0.0.1:5173/callback?from=test";
const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-one-0123456789";

fn challenge() -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER))
}

struct App {
    id: String,
    secret: String,
}

async fn register(server: &Server, scopes: &str) -> App {
    let uris = format!("{CALLBACK}\nurn:ietf:wg:oauth:2.0:oob");
    let fields = [
        ("client_name", "Test app"),
        ("redirect_uris", &uris),
        ("scopes", scopes),
    ];
    let app = server.form("/api/v1/apps", &fields).await.ok();
    assert_eq!(
        app["redirect_uris"],
        json!([CALLBACK, "urn:ietf:wg:oauth:2.0:oob"])
    );
    let text = |name: &str| app[name].as_str().unwrap().to_owned();
    App {
        id: text("client_id"),
        secret: text("client_secret"),
    }
}

/// Submits the form of the authorize page. The response has the redirect.
async fn authorize(server: &Server, app: &App, more: &[(&str, &str)]) -> Answer {
    let challenge = challenge();
    let mut fields = vec![
        ("client_id", app.id.as_str()),
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("scope", "read write:statuses"),
        ("state", "s 1&x"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
        ("decision", "allow"),
    ];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend(more);
    server.form("/oauth/authorize", &fields).await
}

fn parameter(location: &str, name: &str) -> Option<String> {
    let query = location.split_once('?')?.1;
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix(&format!("{name}=")))
        .map(str::to_owned)
}

async fn exchange(server: &Server, app: &App, code: &str, verifier: &str) -> Answer {
    let fields = [
        ("grant_type", "authorization_code"),
        ("client_id", &app.id),
        ("client_secret", &app.secret),
        ("redirect_uri", CALLBACK),
        ("code", code),
        ("code_verifier", verifier),
    ];
    server.form("/oauth/token", &fields).await
}

#[tokio::test]
async fn code_with_pkce() {
    let server = Server::start().await;
    let app = register(&server, "read write").await;
    let page = server
        .get("", &format!("/oauth/authorize?client_id={}&redirect_uri=http%3A%2F%2F127.0.0.1%3A5173%2Fcallback%3Ffrom%3Dtest&response_type=code&scope=read&state=x", app.id))
        .await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("Test app") && page.text.contains("name=\"password\""));
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.contains("form-action 'self' http://127.0.0.1:5173"),
        "{policy}"
    );

    let wrong = authorize(&server, &app, &[("username", "mina"), ("password", "nope")]).await;
    assert_eq!(wrong.status, 422);
    let login = [
        ("username", "mina@example.org"),
        ("password", "fern-and-lantern"),
    ];
    let location = authorize(&server, &app, &login)
        .await
        .header("location")
        .unwrap()
        .to_owned();
    assert!(
        location.starts_with("http://127.0.0.1:5173/callback?from=test&code="),
        "{location}"
    );
    assert_eq!(parameter(&location, "state").as_deref(), Some("s%201%26x"));
    let code = parameter(&location, "code").unwrap();

    let bad = exchange(&server, &app, &code, "another verifier").await;
    assert_eq!(
        (bad.status.as_u16(), bad.json()["error"].as_str()),
        (400, Some("invalid_grant"))
    );
    let again = exchange(&server, &app, &code, VERIFIER).await;
    assert_eq!(again.status, 400, "a code is spent by its first use");

    let location = authorize(&server, &app, &login)
        .await
        .header("location")
        .unwrap()
        .to_owned();
    let token = exchange(
        &server,
        &app,
        &parameter(&location, "code").unwrap(),
        VERIFIER,
    )
    .await
    .ok();
    assert_eq!(
        (token["scope"].as_str(), token["token_type"].as_str()),
        (Some("read write:statuses"), Some("Bearer"))
    );
    let token = token["access_token"].as_str().unwrap();
    assert_eq!(
        server
            .get(token, "/api/v1/accounts/verify_credentials")
            .await
            .ok()["username"],
        "mina"
    );
    server
        .post(token, "/api/v1/lists", json!({"title": "x"}))
        .await
        .refused(403, "This action is outside the authorized scopes");

    let revoke = [
        ("client_id", app.id.as_str()),
        ("client_secret", &app.secret),
        ("token", token),
    ];
    assert_eq!(server.form("/oauth/revoke", &revoke).await.ok(), json!({}));
    server
        .get(token, "/api/v1/timelines/home")
        .await
        .refused(401, "The access token was revoked");
}

#[tokio::test]
async fn the_page_lets_people_in_and_turns_them_away() {
    let server = Server::start().await;
    let app = register(&server, "read").await;
    let scope = ("scope", "read");
    let one_click = authorize(&server, &app, &[scope, ("as", "yuki")]).await;
    assert_eq!(one_click.status, 302);
    let cookie = one_click
        .header("set-cookie")
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    assert!(one_click.header("set-cookie").unwrap().contains("HttpOnly"));

    let query = format!(
        "/oauth/authorize?client_id={}&redirect_uri=urn:ietf:wg:oauth:2.0:oob&response_type=code",
        app.id
    );
    let known = server
        .answer(
            server
                .request(Method::GET, "", &query)
                .header("cookie", &cookie),
        )
        .await;
    assert!(known.text.contains("@yuki") && !known.text.contains("name=\"password\""));
    let forced = server
        .answer(
            server
                .request(Method::GET, "", &format!("{query}&force_login=true"))
                .header("cookie", &cookie),
        )
        .await;
    assert!(forced.text.contains("name=\"password\""));

    let denied = authorize(&server, &app, &[scope, ("decision", "deny")]).await;
    let location = denied.header("location").unwrap();
    assert_eq!(
        parameter(location, "error").as_deref(),
        Some("access_denied")
    );
    assert!(parameter(location, "state").is_some() && parameter(location, "code").is_none());

    let shown = authorize(
        &server,
        &app,
        &[
            scope,
            ("as", "theo"),
            ("redirect_uri", "urn:ietf:wg:oauth:2.0:oob"),
        ],
    )
    .await;
    let page = server.get("", shown.header("location").unwrap()).await;
    assert!(page.text.contains("id=\"code\""));

    let foreign = authorize(
        &server,
        &app,
        &[
            scope,
            ("as", "theo"),
            ("redirect_uri", "https://evil.example/"),
        ],
    )
    .await;
    assert_eq!(
        (foreign.status.as_u16(), foreign.header("location")),
        (400, None)
    );
    let wide = authorize(&server, &app, &[("scope", "read write"), ("as", "theo")]).await;
    assert_eq!(
        parameter(wide.header("location").unwrap(), "error").as_deref(),
        Some("invalid_scope")
    );
    let plain = authorize(
        &server,
        &app,
        &[scope, ("as", "theo"), ("code_challenge_method", "plain")],
    )
    .await;
    assert!(plain.header("location").unwrap().contains("error=invalid"));

    let request = server
        .client
        .post(server.url("/oauth/authorize"))
        .header("origin", "https://evil.example");
    assert_eq!(
        server
            .answer(request.form(&[("client_id", app.id.as_str()), ("as", "mina")]))
            .await
            .status,
        403
    );
}

#[tokio::test]
async fn other_grants_and_their_refusals() {
    let server = Server::start().await;
    let app = register(&server, "read write").await;
    let client = [
        ("client_id", app.id.as_str()),
        ("client_secret", &app.secret),
    ];
    let grant = |more: &[(&'static str, &'static str)]| {
        let fields: Vec<(&str, &str)> =
            client.iter().copied().chain(more.iter().copied()).collect();
        let server = &server;
        async move { server.form("/oauth/token", &fields).await }
    };
    let token = grant(&[("grant_type", "client_credentials"), ("scope", "read")])
        .await
        .ok();
    let token = token["access_token"].as_str().unwrap();
    assert_eq!(
        server
            .get(token, "/api/v1/apps/verify_credentials")
            .await
            .ok()["name"],
        "Test app"
    );
    server
        .get(token, "/api/v1/timelines/home")
        .await
        .refused(422, "This method requires an authenticated user");

    let password = [
        ("grant_type", "password"),
        ("username", "theo"),
        ("password", "night-train-north"),
        ("scope", "read"),
    ];
    assert_eq!(grant(&password).await.ok()["scope"], "read");
    let wrong = grant(&[
        ("grant_type", "password"),
        ("username", "theo"),
        ("password", "x"),
    ])
    .await;
    assert_eq!(
        (wrong.status.as_u16(), wrong.json()["error"].as_str()),
        (400, Some("invalid_grant"))
    );
    assert_eq!(
        grant(&[("grant_type", "magic")]).await.json()["error"],
        "unsupported_grant_type"
    );
    assert_eq!(
        grant(&[("grant_type", "client_credentials"), ("scope", "rubbish")])
            .await
            .json()["error"],
        "invalid_scope"
    );
    assert_eq!(grant(&[]).await.json()["error"], "invalid_request");
    let stranger = server
        .form(
            "/oauth/token",
            &[
                ("grant_type", "client_credentials"),
                ("client_id", "x"),
                ("client_secret", "y"),
            ],
        )
        .await;
    assert_eq!(
        (stranger.status.as_u16(), stranger.json()["error"].as_str()),
        (401, Some("invalid_client"))
    );
    let request = server
        .client
        .post(server.url("/oauth/token"))
        .basic_auth(&app.id, Some(&app.secret));
    assert_eq!(
        server
            .answer(request.form(&[("grant_type", "client_credentials")]))
            .await
            .status,
        200
    );
    let other = register(&server, "read").await;
    let revoke = [
        ("client_id", other.id.as_str()),
        ("client_secret", &other.secret),
        ("token", token),
    ];
    assert_eq!(server.form("/oauth/revoke", &revoke).await.status, 403);
}

#[tokio::test]
async fn metadata_userinfo_and_bad_tokens() {
    let server = Server::start().await;
    let metadata = server
        .get("", "/.well-known/oauth-authorization-server")
        .await
        .ok();
    assert_eq!(metadata["token_endpoint"], server.url("/oauth/token"));
    assert_eq!(
        metadata["code_challenge_methods_supported"],
        json!(["S256"])
    );
    assert!(
        metadata["scopes_supported"]
            .as_array()
            .unwrap()
            .contains(&json!("write:statuses"))
    );
    let profile = server.scoped("profile").await;
    assert_eq!(
        server.get(&profile, "/oauth/userinfo").await.ok()["preferred_username"],
        "mina"
    );
    assert_eq!(
        server
            .get(&profile, "/api/v1/accounts/verify_credentials")
            .await
            .ok()["username"],
        "mina"
    );
    server
        .get("", "/api/v1/timelines/home")
        .await
        .refused(401, "The access token is invalid");
    server
        .get("rubbish", "/api/v1/timelines/home")
        .await
        .refused(401, "The access token is invalid");
    let narrow = server.scoped("read:accounts").await;
    server
        .get(&narrow, "/api/v1/timelines/home")
        .await
        .refused(403, "This action is outside the authorized scopes");
    let refused = server
        .form(
            "/api/v1/apps",
            &[("client_name", ""), ("redirect_uris", "x:y")],
        )
        .await;
    refused.refused(422, "Validation failed: Name can't be blank");
    let script = server
        .form(
            "/api/v1/apps",
            &[
                ("client_name", "a"),
                ("redirect_uris", "javascript:alert(1)"),
            ],
        )
        .await;
    script.refused(
        422,
        "Validation failed: Redirect URI must be an absolute URI.",
    );
    assert_eq!(
        server
            .get(MINA, "/api/v1/accounts/verify_credentials")
            .await
            .ok()["source"]["privacy"],
        "public"
    );
}

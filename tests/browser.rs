//! What touches the platform, in a real browser: `fetch`, `AbortSignal`, `FormData`, `URL`, errors.
//! A `fetch` of the test's own stands for the server.
#![cfg(target_arch = "wasm32")]

use js_sys::{Array, Function, JSON, Object, Promise, Reflect};
use mastodon_wasm::client::Mastodon;
use tsify::Ts;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Runs JavaScript with `args` in scope.
fn js(code: &str, args: &JsValue) -> JsValue {
    Function::new_with_args("args", code)
        .call1(&JsValue::NULL, args)
        .unwrap()
}

fn get(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).unwrap()
}

fn text(value: &JsValue, name: &str) -> String {
    get(value, name).as_string().unwrap_or_default()
}

/// A client whose `fetch` is a function of JavaScript, and the list of what `fetch` was called with.
fn client(answer: &str) -> (JsValue, Array) {
    let seen = Array::new();
    let fetch = js(
        &[
            "return async (url, init) => { args.push([url, init]); return (",
            answer,
            ")(url, init); }",
        ]
        .concat(),
        &seen,
    );
    let options = Object::new();
    for (name, value) in [
        ("api_base_url", "Example.ORG/".into()),
        ("access_token", "t0ken".into()),
        ("fetch", fetch),
    ] {
        Reflect::set(&options, &name.into(), &value).unwrap();
    }
    let client = Mastodon::new(Ts::new_unchecked(options.into())).unwrap();
    (client.into(), seen)
}

/// Calls a declared method by its name.
async fn call(client: &JsValue, name: &str, values: &[JsValue]) -> Result<JsValue, JsValue> {
    let names = mastodon_wasm::method_names();
    let place = names.split(' ').position(|one| one == name).unwrap();
    let values: Array = values.iter().collect();
    let invoke: Function = get(client, "invoke").unchecked_into();
    let promise = invoke.call2(
        client,
        &JsValue::from(u32::try_from(place).unwrap()),
        &values,
    )?;
    JsFuture::from(promise.unchecked_into::<Promise>()).await
}

fn options(json: &str) -> JsValue {
    JSON::parse(json).unwrap()
}

#[wasm_bindgen_test]
async fn a_request_is_what_the_table_says() {
    let (client, seen) = client("() => new Response('[]')");
    call(
        &client,
        "timelineHome",
        &[options(
            r#"{"limit": 5, "only_media": false, "max_id": {"id": "7"}, "min_id": null}"#,
        )],
    )
    .await
    .unwrap();
    let request = Array::from(&seen.get(0));
    assert_eq!(
        request.get(0).as_string().unwrap(),
        "https://example.org/api/v1/timelines/home?limit=5&only_media=false&max_id=7"
    );
    let init = request.get(1);
    assert_eq!(text(&init, "method"), "GET");
    // Nothing that the caller did not ask for: no mode, no credentials, no header beside the token.
    assert_eq!(
        js("return Object.keys(args).sort().join()", &init)
            .as_string()
            .unwrap(),
        "headers,method,signal"
    );
    assert_eq!(
        JSON::stringify(&get(&init, "headers")).unwrap(),
        r#"{"Authorization":"Bearer t0ken"}"#
    );
}

#[wasm_bindgen_test]
async fn a_page_is_the_servers_json_with_what_follows() {
    let link = "'<https://example.org/api/v1/timelines/home?max_id=3>; rel=\"next\"'";
    let answer = [
        "() => new Response('[{\"id\":\"3\",\"new\":1}]', { headers: { Link: ",
        link,
        " } })",
    ]
    .concat();
    let (client, _) = client(&answer);
    let page = call(&client, "timelineHome", &[options(r#"{"limit": 1}"#)])
        .await
        .unwrap();
    assert_eq!(JSON::stringify(&page).unwrap(), r#"[{"id":"3","new":1}]"#);
    assert_eq!(
        JSON::stringify(&get(&page, "pagination")).unwrap(),
        r#"{"next":{"method":"timelineHome","path":"/api/v1/timelines/home","params":{"limit":"1","max_id":"3"}},"prev":null}"#
    );
}

#[wasm_bindgen_test]
async fn bad_arguments_never_reach_the_network() {
    let (client, seen) = client("() => new Response('[]')");
    for (bad, said) in [
        (r#"{"limt": 1}"#, "did you mean `limit`"),
        (r#"{"limit": -1}"#, "a whole number"),
        (r#"{"limit": 1.5}"#, "a whole number"),
        (r#"{"max_id": " "}"#, "an id"),
        (r#"{"max_id": ".."}"#, "an id"),
        (r#"{"max_id": 9007199254740993}"#, "an id"),
        (r#"{"only_media": "yes"}"#, "true or false"),
        (r#"{"timeout": 0}"#, "seconds"),
        (r#"{"signal": {}}"#, "an AbortSignal"),
        ("[]", "an object"),
        ("7", "an object"),
    ] {
        let error = call(&client, "timelineHome", &[options(bad)])
            .await
            .unwrap_err();
        assert_eq!(
            text(&error, "name"),
            "MastodonIllegalArgumentError",
            "{bad}"
        );
        assert!(
            text(&error, "message").contains(said),
            "{bad}: {}",
            text(&error, "message")
        );
        assert!(error.is_instance_of::<js_sys::Error>());
    }
    let throwing = js(
        "return { get limit() { throw new RangeError('mine'); } }",
        &JsValue::NULL,
    );
    let error = call(&client, "timelineHome", &[throwing])
        .await
        .unwrap_err();
    assert_eq!(text(&get(&error, "cause"), "message"), "mine");
    assert_eq!(seen.length(), 0);
}

#[wasm_bindgen_test]
async fn failures_keep_their_status_and_no_secret() {
    for (answer, name, status) in [
        (
            "() => new Response('{\"error\":\"t0ken\"}', { status: 401 })",
            "MastodonUnauthorizedError",
            401,
        ),
        (
            "() => new Response('<h1>t0ken</h1>', { status: 503, headers: { 'content-type': 'text/html' } })",
            "MastodonServiceUnavailableError",
            503,
        ),
        (
            "() => new Response('', { status: 404 })",
            "MastodonNotFoundError",
            404,
        ),
        (
            "() => new Response('{\"error\":\"x\",\"details\":{}}', { status: 422 })",
            "MastodonAPIError",
            422,
        ),
        (
            "() => new Response('', { status: 200 })",
            "MastodonAPIError",
            200,
        ),
        (
            "() => new Response('<title>Log in</title>', { headers: { 'content-type': 'text/html' } })",
            "MastodonAPIError",
            200,
        ),
        ("() => new Response('{\"a\":')", "MastodonAPIError", 200),
        (
            "() => new Response(null, { status: 204 })",
            "MastodonAPIError",
            204,
        ),
    ] {
        let (client, _) = client(answer);
        let error = call(&client, "timelineHome", &[]).await.unwrap_err();
        assert_eq!(text(&error, "name"), name, "{answer}");
        assert_eq!(
            get(&error, "status").as_f64(),
            Some(f64::from(status)),
            "{answer}"
        );
        let shown = js(
            "return args.message + args.stack + JSON.stringify(args)",
            &error,
        )
        .as_string()
        .unwrap();
        assert!(!shown.contains("t0ken"), "{shown}");
    }
}

#[wasm_bindgen_test]
async fn a_dropped_connection_is_tried_once_more_where_that_does_no_harm() {
    let (client, seen) = client("() => { throw new TypeError('Failed to fetch'); }");
    let error = call(&client, "timelineHome", &[]).await.unwrap_err();
    assert_eq!(text(&error, "name"), "MastodonNetworkError");
    assert!(text(&error, "message").contains("https://example.org/api/v1/timelines/home"));
    assert_eq!(seen.length(), 2);
}

#[wasm_bindgen_test]
async fn a_call_ends_when_it_is_told_to() {
    // A `fetch` that ignores its signal, too.
    let (client, _) = client("() => new Promise(() => {})");
    let error = call(&client, "timelineHome", &[options(r#"{"timeout": 0.05}"#)])
        .await
        .unwrap_err();
    assert_eq!(text(&error, "name"), "MastodonReadTimeout");

    let aborted = js(
        "return { signal: AbortSignal.abort('mine') }",
        &JsValue::NULL,
    );
    assert_eq!(
        call(&client, "timelineHome", &[aborted])
            .await
            .unwrap_err()
            .as_string()
            .unwrap(),
        "mine"
    );

    let later = js(
        "const c = new AbortController(); setTimeout(() => c.abort('later'), 20); return { signal: c.signal }",
        &JsValue::NULL,
    );
    assert_eq!(
        call(&client, "timelineHome", &[later])
            .await
            .unwrap_err()
            .as_string()
            .unwrap(),
        "later"
    );

    js("setTimeout(() => args.close(), 20)", &client);
    let error = call(&client, "timelineHome", &[]).await.unwrap_err();
    assert!(text(&error, "message").contains("closed"));
    let error = call(&client, "timelineHome", &[]).await.unwrap_err();
    assert!(text(&error, "message").contains("closed"));
}

#[wasm_bindgen_test]
async fn a_limit_is_waited_for() {
    let (client, seen) = client(
        "(url, init) => { const n = globalThis.limited = (globalThis.limited ?? 0) + 1; \
         return n === 1 ? new Response('{}', { status: 429, headers: { 'x-ratelimit-reset': new Date(Date.now() + 80).toISOString() } }) : new Response('[]'); }",
    );
    let begin = js_sys::Date::now();
    call(&client, "timelineHome", &[]).await.unwrap();
    assert_eq!(seen.length(), 2);
    assert!(js_sys::Date::now() - begin >= 80.0);
}

#[wasm_bindgen_test]
fn an_address_is_an_origin_and_nothing_else() {
    let make = |url: &str| {
        let options = Object::new();
        Reflect::set(&options, &"api_base_url".into(), &url.into()).unwrap();
        Mastodon::new(Ts::new_unchecked(options.into())).map(|client| client.api_base_url())
    };
    for (typed, origin) in [
        ("mastodon.social", "https://mastodon.social"),
        (" HTTPS://Mastodon.Social/ ", "https://mastodon.social"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://127.0.0.1:1", "http://127.0.0.1:1"),
        ("bücher.example", "https://xn--bcher-kva.example"),
    ] {
        assert_eq!(make(typed).ok().as_deref(), Some(origin), "{typed}");
    }
    for refused in [
        "",
        "http://mastodon.social",
        "https://a@mastodon.social",
        "https://mastodon.social/path",
        "https://mastodon.social/?",
        "https://mastodon.social/#",
        "ftp://mastodon.social",
        "https://",
        "http://127.0.0.1.example.org",
    ] {
        let error = make(refused).expect_err(refused);
        assert_eq!(
            text(&error, "name"),
            "MastodonIllegalArgumentError",
            "{refused}"
        );
    }
}

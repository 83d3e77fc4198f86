//! What touches the platform, in a real browser: arguments that are the platform's own values (files,
//! signals, dates, proxies), bodies, pages, the errors of responses, addresses. The JavaScript class is
//! tested as the package (tests/package); here it is called for what it sends.
#![cfg(all(target_arch = "wasm32", feature = "npm"))]

use js_sys::{Array, Function, Promise, Reflect};
use mastodon_wasm::client::Mastodon;
use mastodon_wasm::error::{Class, Error};
use mastodon_wasm::http::{Body, Context, Reply, read};
use mastodon_wasm::params::encode;
use mastodon_wasm::url::{origin_of, server_url};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// What JavaScript gives.
fn js(code: &str) -> JsValue {
    Function::new_no_args(&["return ", code].concat())
        .call0(&JsValue::NULL)
        .unwrap()
}

fn text(value: &JsValue, name: &str) -> String {
    Reflect::get(value, &name.into())
        .unwrap()
        .as_string()
        .unwrap_or_default()
}

/// A client whose `fetch` gives `answer`, a `Response`, and keeps what it was given in `sent`: verb,
/// path and query, and a text as body.
fn client(answer: &str) -> (JsValue, JsValue) {
    let world = js(&[
        "(() => { const sent = []; const fetch = async (url, { method, body }) => {
            const { pathname, search } = new URL(url);
            const kept = typeof body === 'string' ? ` ${body}` : '';
            sent.push(`${method} ${pathname}${decodeURIComponent(search)}${kept}`);
            return ",
        answer,
        "; };
            return { sent, options: { api_base_url: 'https://mastodon.example', fetch } }; })()",
    ]
    .concat());
    let options = Reflect::get(&world, &"options".into()).unwrap();
    let sent = Reflect::get(&world, &"sent".into()).unwrap();
    (Mastodon::new(options).unwrap().into(), sent)
}

/// Runs JavaScript with a client as `m`: what it comes to.
async fn run(m: &JsValue, code: &str) -> Result<JsValue, JsValue> {
    let body = ["return (async () => ", code, ")()"].concat();
    let promise = Function::new_with_args("m", &body).call1(&JsValue::NULL, m)?;
    JsFuture::from(Promise::from(promise)).await
}

/// The one request that a call sends.
async fn sent(call: &str) -> String {
    let (m, sent) = client("new Response('[]')");
    run(&m, call).await.unwrap();
    let sent = Array::from(&sent);
    assert_eq!(sent.length(), 1, "{call}");
    sent.get(0).as_string().unwrap()
}

/// The error of a call that sends nothing.
async fn refused(call: &str) -> JsValue {
    let (m, sent) = client("new Response('[]')");
    let error = run(&m, call).await.expect_err(call);
    assert_eq!(Array::from(&sent).length(), 0, "{call}");
    assert_eq!(
        text(&error, "name"),
        "MastodonIllegalArgumentError",
        "{call}"
    );
    error
}

#[wasm_bindgen_test]
async fn what_fits_is_sent() {
    for (call, line) in [
        ("m.timelineHome()", "GET /api/v1/timelines/home"),
        ("m.timelineHome(null)", "GET /api/v1/timelines/home"),
        (
            "m.timelineHome({ limit: null })",
            "GET /api/v1/timelines/home",
        ),
        (
            "m.timelineHome({ limit: 0 })",
            "GET /api/v1/timelines/home?limit=0",
        ),
        (
            "m.timelineHome({ max_id: new Date(1000) })",
            "GET /api/v1/timelines/home?max_id=65536000",
        ),
        ("m.status({ id: 7 })", "GET /api/v1/statuses/7"),
        (
            "m.status(113910000000000000n)",
            "GET /api/v1/statuses/113910000000000000",
        ),
        (
            "m.accountRelationships(['1', { id: '2' }])",
            "GET /api/v1/accounts/relationships?id[]=1&id[]=2",
        ),
        (
            "m.accountRelationships(3)",
            "GET /api/v1/accounts/relationships?id[]=3",
        ),
        (
            "m.bookmarks({ signal: new AbortController().signal })",
            "GET /api/v1/bookmarks",
        ),
        (
            "m.statusPost('x', { scheduled_at: new Date(0), visibility: 'circle' })",
            r#"POST /api/v1/statuses {"status":"x","scheduled_at":"1970-01-01T00:00:00.000Z","visibility":"circle"}"#,
        ),
        (
            "m.statusPost('x', { poll: { options: ['a'], expires_in: 60 } })",
            r#"POST /api/v1/statuses {"status":"x","poll":{"options":["a"],"expires_in":60}}"#,
        ),
        (
            "m.accountUpdateCredentials({ fields: [['a', 'b']] })",
            r#"PATCH /api/v1/accounts/update_credentials {"fields_attributes":{"0":{"name":"a","value":"b"}}}"#,
        ),
        (
            "m.mediaUpdate('5', { focus: [-0.5, 1] })",
            r#"PUT /api/v1/media/5 {"focus":"-0.5,1"}"#,
        ),
    ] {
        assert_eq!(sent(call).await, line, "{call}");
    }
}

#[wasm_bindgen_test]
async fn what_does_not_fit_is_refused_by_name() {
    for (call, said) in [
        (
            "m.timelineHome({ limit: -1 })",
            "`limit` must be a whole number",
        ),
        (
            "m.timelineHome({ limit: 1.5 })",
            "`limit` must be a whole number",
        ),
        ("m.status(' ')", "`id` must be an id"),
        ("m.status('..')", "`id` must be an id"),
        ("m.status(9007199254740993)", "`id` must be an id"),
        ("m.accountRelationships(['1', ''])", "must be an id"),
        (
            "m.statusPost('x', { scheduled_at: new Date(NaN) })",
            "`scheduled_at` must be a Date",
        ),
        (
            "m.timelineHome({ only_media: 'yes' })",
            "`only_media` must be true or false",
        ),
        (
            "m.timelineHome({ timeout: 0 })",
            "`timeout` must be a number of seconds",
        ),
        (
            "m.bookmarks({ signal: {} })",
            "`signal` must be an AbortSignal",
        ),
        (
            "m.timelineHashtag('#a')",
            "`hashtag` must be a hashtag without its #",
        ),
        (
            "m.statusPost('x', { visibility: 'privat' })",
            "`visibility` must be",
        ),
        (
            "m.accountUpdateCredentials({ fields: Array(2) })",
            "`fields` must be a list of [name, value]",
        ),
        ("m.timelineHome([])", "`options` must be an object"),
        ("m.timelineHome(7)", "`options` must be an object"),
        ("m.timelineHome(Symbol())", "`options` must be an object"),
        (
            "m.timelineHome({ limt: 1 })",
            "unknown option `limt` for timelineHome; did you mean `limit`?",
        ),
        (
            "m.timelineHome({ x: 1 })",
            "unknown option `x` for timelineHome",
        ),
        ("m.timelineHome({ timout: 1 })", "did you mean `timeout`?"),
        (
            "m.statusPost('x', { poll: { optoins: [] } })",
            "did you mean `options`?",
        ),
    ] {
        let message = text(&refused(call).await, "message");
        assert!(message.contains(said), "{call}: {message}");
    }
}

#[wasm_bindgen_test]
async fn what_the_callers_own_code_throws_is_the_cause() {
    for call in [
        "m.timelineHome({ get limit() { throw new RangeError('mine'); } })",
        "m.status({ get id() { throw new RangeError('mine'); } })",
        "m.timelineHome(new Proxy({}, { ownKeys() { throw new RangeError('mine'); } }))",
    ] {
        let error = refused(call).await;
        let cause = Reflect::get(&error, &"cause".into()).unwrap();
        assert_eq!(text(&cause, "message"), "mine", "{call}");
    }
    let revoked = "(({ proxy, revoke }) => (revoke(), CALL))(Proxy.revocable([], {}))";
    for call in [
        "m.timelineHome(proxy)",
        "m.timelineHome({ limit: proxy })",
        "m.accountRelationships(proxy)",
    ] {
        refused(&revoked.replace("CALL", call)).await;
    }
    // The module is none the worse.
    assert_eq!(
        sent("m.bookmarks({ limit: 1 })").await,
        "GET /api/v1/bookmarks?limit=1"
    );
}

#[wasm_bindgen_test]
fn somebody_elses_options_pass_where_they_may() {
    let made = |options: &str| Mastodon::new(js(options)).map(|client| client.api_base_url());
    let application = "({ api_base_url: 'a.example', vapid_key: 'x', id: '1', website: null })";
    assert_eq!(made(application).unwrap(), "https://a.example");
    let typo = made("({ api_base_url: 'a.example', acess_token: 'x' })").unwrap_err();
    assert!(text(&typo, "message").contains("did you mean `access_token`?"));
}

#[wasm_bindgen_test]
fn a_form_has_names_as_rails_reads_them() {
    let entries = Array::from(&js(
        "[['a', [1, 2]], ['b', { c: 'é' }], ['n', null], ['e', []]]",
    ));
    let pairs: Vec<_> = entries
        .iter()
        .map(|entry| Array::from(&entry))
        .map(|entry| (entry.get(0), entry.get(1)))
        .collect();
    assert_eq!(
        String::from(encode::form(&pairs)),
        "a%5B%5D=1&a%5B%5D=2&b%5Bc%5D=%C3%A9&n=&e%5B%5D="
    );
}

#[wasm_bindgen_test]
async fn files_make_a_body_of_parts() {
    // As bytes, since a `fetch` was passed in: one of another realm knows no form of this one's.
    let options = "({ api_base_url: 'a.example', fetch: async (_, init) => {
        const type = init.headers['Content-Type'];
        if (!(init.body instanceof Uint8Array)) throw new Error('no bytes');
        const form = await new Response(init.body, { headers: { 'content-type': type } }).formData();
        const file = form.get('file');
        return Response.json({ id: '1', said: [file.name, file.type, file.size, form.get('description')].join() });
    } })";
    let m: JsValue = Mastodon::new(js(options)).unwrap().into();
    for (file, said) in [
        (
            "new File(['abc'], 'a.txt', { type: 'text/plain' })",
            "a.txt,text/plain,3,é",
        ),
        (
            "new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])",
            "file.png,image/png,8,é",
        ),
    ] {
        let call = ["m.mediaPost(", file, ", { description: 'é' })"].concat();
        assert_eq!(text(&run(&m, &call).await.unwrap(), "said"), said, "{file}");
    }
}

#[wasm_bindgen_test]
async fn pages_tell_where_they_go_on() {
    let page = |link: &str| {
        let answer = [
            "new Response('[{\"id\":\"3\"}]', { headers: { link: `",
            link,
            "` } })",
        ]
        .concat();
        let (m, _) = client(&answer);
        async move {
            let shown = "m.timelineHome({ limit: 1 }).then((page) => JSON.stringify([page, Object.keys(page), page.pagination]))";
            run(&m, shown).await.unwrap().as_string().unwrap()
        }
    };
    let entries = r#"[{"id":"3"}],["0"]"#;
    for (link, pagination) in [
        ("", r#"{"next":null,"prev":null}"#),
        (
            "<https://mastodon.example/api/v1/timelines/home?max_id=>; rel=next",
            r#"{"next":null,"prev":null}"#,
        ),
        (
            "<https://mastodon.example/api/v1/timelines/home?max_id=3>; rel=\"next\"",
            r#"{"next":{"method":"timelineHome","path":"/api/v1/timelines/home","params":{"limit":"1","max_id":"3"}},"prev":null}"#,
        ),
        (
            "<https://other.example/x?max_id=3>; rel=\"next\"",
            r#"{"next":{"method":"timelineHome","path":"/","params":{"limit":"1"},"origin":"https://other.example"},"prev":null}"#,
        ),
    ] {
        assert_eq!(
            page(link).await,
            format!("[{entries},{pagination}]"),
            "{link}"
        );
    }
}

/// What a response comes to.
fn reply(status: u16, kind: &str, body: &str) -> Result<JsValue, Error> {
    let reply = Reply {
        status,
        redirect: (300..400).contains(&status),
        headers: js(&[
            "new Headers({ 'content-type': '",
            kind,
            "', 'x-seen': 't0ken' })",
        ]
        .concat()),
        body: Body::Complete(body.into()),
    };
    let context = Context {
        verb: "GET",
        origin: "https://mastodon.example",
        path: "/api/v1/statuses/1",
        secrets: vec!["t0ken".to_owned()],
        confidential: false,
    };
    read(&reply, false, &context)
}

#[wasm_bindgen_test]
fn a_response_is_its_json_or_an_error() {
    let value = reply(200, "application/json", r#"{"id":"1"}"#).unwrap();
    assert_eq!(text(&value, "id"), "1");
    for (status, kind, body, class, error) in [
        (
            401,
            "application/json",
            r#"{"error":"no t0ken"}"#,
            Class::Unauthorized,
            Some("no "),
        ),
        (
            404,
            "application/json",
            r#"{"error":{"message":"gone"}}"#,
            Class::NotFound,
            Some("gone"),
        ),
        (
            422,
            "application/json",
            r#"{"errors":{"a":["too long"]}}"#,
            Class::Api,
            Some("too long"),
        ),
        (
            429,
            "text/plain",
            "slow down",
            Class::Ratelimit,
            Some("slow down"),
        ),
        (
            503,
            "text/html",
            "<h1>Sorry</h1>",
            Class::ServiceUnavailable,
            None,
        ),
        (
            520,
            "application/problem+json",
            r#"{"title":"Odd"}"#,
            Class::Server,
            Some("Odd"),
        ),
        (302, "text/html", "", Class::Api, None),
        (200, "text/html", "<title>Log in</title>", Class::Api, None),
        (200, "application/json", "", Class::Api, None),
        (200, "application/json", r#"{"a":"#, Class::Api, None),
        // A value that would turn itself into a string is none.
        (
            400,
            "application/json",
            r#"{"error":{"toString":1}}"#,
            Class::Api,
            None,
        ),
    ] {
        let failure = reply(status, kind, body).unwrap_err();
        assert_eq!(failure.class(), Some(class), "{status} {body}");
        assert_eq!(failure.status(), Some(status), "{body}");
        let said = failure
            .response()
            .and_then(|response| response.error.clone());
        assert_eq!(said.is_some(), error.is_some(), "{body}: {said:?}");
        assert!(
            said.unwrap_or_default()
                .starts_with(error.unwrap_or_default()),
            "{body}"
        );
        let value = JsValue::from(failure);
        let shown = js_sys::JSON::stringify(&value).unwrap();
        assert!(!String::from(shown).contains("t0ken"), "{body}");
        assert!(
            !text(&value, "stack").contains("t0ken") && value.is_instance_of::<js_sys::Error>()
        );
    }
}

#[wasm_bindgen_test]
fn addresses_that_servers_name_are_https_or_this_machine() {
    let at = |named: &str, base: &str| server_url(named, base).map(|url| url.href());
    let base = "https://mastodon.example/a/b";
    assert_eq!(
        at("/x?y", base).as_deref(),
        Some("https://mastodon.example/x?y")
    );
    assert_eq!(
        at("wss://s.example", base).as_deref(),
        Some("wss://s.example/")
    );
    assert_eq!(
        at("http://localhost:3/x", "http://127.0.0.1:2").as_deref(),
        Some("http://localhost:3/x")
    );
    for named in [
        "http://s.example/",
        "ws://s.example/",
        "http://127.0.0.1/",
        "javascript:alert(1)",
        "data:,x",
        "https://a@s.example/",
        "https://[",
        "file:///etc/passwd",
    ] {
        assert_eq!(at(named, base), None, "{named}");
    }
}

#[wasm_bindgen_test]
fn a_clients_address_is_an_origin() {
    let origin = |value: &str, allow_http| origin_of("Mastodon", &js(value), allow_http).ok();
    for (value, expected) in [
        ("' HTTPS://Mastodon.Social/ '", "https://mastodon.social"),
        ("'bücher.example'", "https://xn--bcher-kva.example"),
        ("new URL('https://a.example')", "https://a.example"),
        ("'http://[::1]:3'", "http://[::1]:3"),
    ] {
        assert_eq!(origin(value, false).as_deref(), Some(expected), "{value}");
    }
    for value in [
        "''",
        "'http://a.example'",
        "'https://b@a.example'",
        "'https://a.example/b'",
        "'https://a.example/?'",
        "'a b'",
        "7",
        "null",
    ] {
        assert_eq!(origin(value, false), None, "{value}");
    }
    assert_eq!(
        origin("'http://a.example'", true).as_deref(),
        Some("http://a.example")
    );
}

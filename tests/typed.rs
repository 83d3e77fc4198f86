//! The client for Rust, in a real browser and over real requests: `npm test` starts a sandbox for it and
//! says where it is. What goes wrong is made by a `fetch` of the test's own.
#![cfg(all(target_arch = "wasm32", feature = "typed"))]

use futures_util::StreamExt;
use js_sys::{Array, Function, Reflect};
use mastodon_wasm::entities::{Filter, FilterContext, PushPrivateKey, Status, StatusVisibility};
use mastodon_wasm::options::*;
use mastodon_wasm::{ErrorKind, Event, Filters, Id, Mastodon, Page, Pagination, Pixels};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// What `npm test -- --only browser` says of the sandbox that it started.
fn setting(value: Option<&'static str>) -> &'static str {
    value.expect("`npm test -- --only browser` starts a sandbox and says where it is")
}

fn sandbox_url() -> &'static str {
    setting(option_env!("SANDBOX_URL"))
}

/// mina's client.
fn mina() -> Mastodon {
    let token = setting(option_env!("SANDBOX_TOKEN"));
    let options = MastodonOptions::default().access_token(token);
    Mastodon::new(sandbox_url(), &options).unwrap()
}

/// A `fetch`, and whatever else there is in `world`.
fn world(code: &str) -> JsValue {
    Function::new_no_args(&["return ", code].concat())
        .call0(&JsValue::NULL)
        .unwrap()
}

fn part(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap()
}

/// A client whose `fetch` gives `answer`, a `Response`, and the list of what it was asked for.
fn faked(answer: &str) -> (Mastodon, Array) {
    let world = world(
        &[
            "(() => { const sent = []; const fetch = async (url, { method, body, signal }) => {
                const { pathname, search } = new URL(url);
                sent.push(`${method} ${pathname}${decodeURIComponent(search)}${typeof body === 'string' ? ` ${body}` : ''}`);
                return ",
            answer,
            "; }; return { sent, fetch }; })()",
        ]
        .concat(),
    );
    let options = MastodonOptions::default().fetch(part(&world, "fetch").unchecked_into());
    let client = Mastodon::new("https://mastodon.example", &options).unwrap();
    (client, part(&world, "sent").unchecked_into())
}

const PICTURE: &[u8] = include_bytes!("../docs/screenshot.png");

#[wasm_bindgen_test]
async fn an_application_is_registered_and_a_user_logs_in() {
    let options = CreateAppOptions::default()
        .api_base_url(sandbox_url())
        .scopes(["read", "write"])
        .redirect_uris(["https://app.example/"]);
    let app = Mastodon::create_app("typed", &options).await.unwrap();
    assert!(app.client_secret.is_some());
    let stranger =
        Mastodon::new(sandbox_url(), &MastodonOptions::default().application(&app)).unwrap();
    let url = stranger
        .auth_request_url(
            &AuthRequestUrlOptions::default()
                .redirect_uri("https://app.example/")
                .scopes(["read"])
                .state("s"),
        )
        .await
        .unwrap();
    assert!(
        url.contains("scope=read") && url.contains("state=s"),
        "{url}"
    );
    let password = setting(option_env!("SANDBOX_PASSWORD"));
    let login = LogInOptions::default()
        .username("mina@example.org")
        .scopes(["read", "write"]);
    let wrong = login.clone().password("no such password");
    let error = stranger.log_in(&wrong).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
    assert!(!format!("{error:?}").contains("no such password"));
    let token = stranger.log_in(&login.password(password)).await.unwrap();
    assert!(!token.is_empty());
    assert_eq!(stranger.scopes().unwrap(), ["read", "write"]);
    let me = stranger
        .account_verify_credentials(&RequestOptions::default())
        .await
        .unwrap();
    assert_eq!(me.username, "mina");
    let kept = stranger.persistable_login_credentials().unwrap();
    assert_eq!(kept.access_token.as_deref(), Some(token.as_str()));
    let again = MastodonOptions::default().credentials(&kept);
    let again = Mastodon::new(&kept.api_base_url, &again).unwrap();
    again.log_out(&WriteOptions::default()).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_timeline_goes_on_from_page_to_page() {
    let client = mina();
    let options = TimelineOptions::default().limit(3);
    let page = client.timeline_home(&options).await.unwrap();
    assert_eq!(page.len(), 3);
    assert!(page.broken.is_empty(), "{:?}", page.broken);
    let older = page.next(&client).await.unwrap().unwrap();
    assert_eq!(older.len(), 3);
    assert!(older[0].id < page[2].id);
    let back = older.prev(&client).await.unwrap().unwrap();
    assert!(back.iter().any(|status| status.id == page[2].id));

    // Stored, and taken up again.
    let stored = serde_json::to_string(&page.pagination).unwrap();
    let pagination: Pagination = serde_json::from_str(&stored).unwrap();
    let request = pagination.next.unwrap();
    let again: Page<Status> = client.fetch_page(&request).await.unwrap();
    assert_eq!(again[0].id, older[0].id);

    let ids: Vec<String> = page
        .into_stream(&client)
        .take(8)
        .map(|status| status.unwrap().id)
        .collect()
        .await;
    assert_eq!(ids.len(), 8);
    assert_eq!(ids[3], older[0].id);
}

#[wasm_bindgen_test]
async fn a_walk_over_all_pages_ends() {
    let client = mina();
    let first = client
        .notifications(&NotificationsOptions::default().limit(5))
        .await
        .unwrap();
    let mut all = first.into_stream(&client);
    let mut ids = Vec::new();
    while let Some(next) = all.next().await {
        ids.push(next.unwrap().id);
    }
    let count = ids.len();
    assert!(count > 5, "{count}");
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[wasm_bindgen_test]
async fn a_picture_is_posted_and_comes_over_the_stream() {
    let client = mina();
    let mut stream = client.stream_user(&StreamOptions::default()).unwrap();
    let media = client
        .media_post(
            PICTURE,
            &MediaPostOptions::default()
                .description("the page")
                .focus((0.5, -0.5))
                .synchronous(true),
        )
        .await
        .unwrap();
    assert!(media.url.is_some());
    let options = StatusPostOptions::default()
        .media_ids([&media])
        .visibility(Visibility::Unlisted)
        .spoiler_text("a picture")
        .idempotency_key("typed-picture");
    let posted = client.status_post("From Rust", &options).await.unwrap();
    let posted = match posted {
        mastodon_wasm::entities::PostedStatus::Status(status) => status,
        mastodon_wasm::entities::PostedStatus::Scheduled(later) => panic!("{later:?}"),
    };
    assert_eq!(posted.visibility, StatusVisibility::Unlisted);
    assert_eq!(posted.media_attachments[0].id, media.id);

    let mut found = false;
    while let Some(event) = stream.next().await {
        if let Event::Update(status) = event.unwrap()
            && status.id == posted.id
        {
            assert_eq!(stream.state(), "open");
            found = true;
            break;
        }
    }
    assert!(found);

    // An id as a text, or the thing itself.
    let (read, write) = (RequestOptions::default(), WriteOptions::default());
    let favourite = client.status_favourite(&posted, &write).await.unwrap();
    assert_eq!(favourite.favourited, Some(true));
    let same = client.status(posted.id.as_str(), &read).await.unwrap();
    assert_eq!(same.id, posted.id);
    client
        .status_delete(&posted, &StatusDeleteOptions::default())
        .await
        .unwrap();
    loop {
        match stream.next().await.unwrap().unwrap() {
            Event::Delete(id) if id == posted.id => break,
            _ => {}
        }
    }
}

#[wasm_bindgen_test]
async fn a_stream_ends_with_its_client_or_when_it_is_dropped() {
    let client = mina();
    let stream = client.stream_public(&StreamPublicOptions::default());
    let mut other = client.stream_user(&StreamOptions::default()).unwrap();
    drop(stream);
    client.close();
    assert!(other.next().await.is_none());
    let later = client.timeline_home(&TimelineOptions::default()).await;
    assert!(later.unwrap_err().to_string().contains("closed"));
    assert!(client.stream_user(&StreamOptions::default()).is_err());
}

#[wasm_bindgen_test]
async fn a_search_goes_on_and_so_do_grouped_notifications() {
    let client = mina();
    let options = SearchOptions::default()
        .result_type(SearchType::Accounts)
        .limit(1);
    let found = client.search_v2("a", &options).await.unwrap();
    assert_eq!(found.accounts.len(), 1);
    let more = found.next(&client).await.unwrap().unwrap();
    assert_ne!(more.accounts[0].id, found.accounts[0].id);
}

#[wasm_bindgen_test]
async fn errors_say_what_the_classes_of_javascript_say() {
    let client = mina();
    let error = client
        .status("1", &RequestOptions::default())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(error.status(), Some(404));
    let response = error.response().unwrap();
    assert_eq!(response.method, "GET");
    assert_eq!(response.path, "/api/v1/statuses/1");
    assert!(response.error.is_some() && !response.headers.is_empty());

    let wrong = MastodonOptions::default().access_token("not-a-token");
    let wrong = Mastodon::new(sandbox_url(), &wrong).unwrap();
    let error = wrong
        .timeline_home(&TimelineOptions::default())
        .await
        .unwrap_err();
    assert!(error.is_unauthorized());
    let shown = format!("{error} {error:?} {wrong:?}");
    assert!(!shown.contains("not-a-token"), "{shown}");

    let (client, sent) = faked("new Response('')");
    for id in ["", ".."] {
        let error = client.status(id, &RequestOptions::default()).await;
        assert_eq!(error.unwrap_err().kind(), ErrorKind::IllegalArgument);
    }
    assert_eq!(sent.length(), 0);
    let boxed: Box<dyn std::error::Error + Send + Sync> = error.into();
    assert!(boxed.to_string().contains("401"), "{boxed}");

    let (client, _) = faked(
        "Response.json({ error: 'Validation failed', details: { username: [{ error: 'ERR_TAKEN' }] } }, { status: 422 })",
    );
    let options = AccountUpdateCredentialsOptions::default().display_name("x");
    let error = client
        .account_update_credentials(&options)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api, "{error}");
    let details = &error.response().unwrap().details;
    assert_eq!(details["username"][0]["error"], "ERR_TAKEN");
}

#[wasm_bindgen_test]
async fn a_page_with_a_broken_entry_keeps_the_others_and_says_which() {
    let tag = r#"{ "id": "1", "name": "a", "url": "https://a.example/a", "history": [], "brand_new": true }"#;
    let (client, _) = faked(&format!(
        "new Response('[{tag}, {{ \"name\": 5 }}, {tag}]')"
    ));
    let page = client
        .trending_tags(&TrendsOptions::default())
        .await
        .unwrap();
    assert_eq!(page.len(), 2);
    let [broken] = &page.broken[..] else {
        panic!("{:?}", page.broken)
    };
    assert_eq!(broken.index, 1);
    assert_eq!(broken.json["name"], 5);
    assert!(!broken.error.is_empty());
    let entries: Vec<_> = page.into_stream(&client).collect().await;
    assert_eq!(entries.iter().filter(|entry| entry.is_err()).count(), 1);
}

#[wasm_bindgen_test]
async fn what_is_sent_is_what_javascript_would_send() {
    let (client, sent) = faked("new Response('{}')");
    let status = Status {
        id: "7".to_owned(),
        ..Status::default()
    };
    let read = RequestOptions::default();
    let _ = client.status(&status, &read).await;
    let ids = ["1", "2"];
    let _ = client
        .account_relationships(ids, &AccountRelationshipsOptions::default())
        .await;
    let poll = client.make_poll(["a", "b"], 600, &MakePollOptions::default().multiple(true));
    let options = StatusPostOptions::default()
        .visibility("circle")
        .in_reply_to_id(&status)
        .poll(poll)
        .scheduled_at(&js_sys::Date::new(&0.0.into()));
    let _ = client.status_post("x", &options).await;
    let fields = AccountUpdateCredentialsOptions::default().fields([("a", "b")]);
    let _ = client.account_update_credentials(&fields).await;
    let never = FilterUpdateOptions::default()
        .expires_in(None)
        .context([FilterContext::Home]);
    let _ = client.filter_update("3", &never).await;
    let since = TimelineOptions::default().max_id(&js_sys::Date::new(&1000.0.into()));
    let _ = client.timeline_home(&since).await;
    let sent: Vec<String> = sent.iter().filter_map(|line| line.as_string()).collect();
    assert_eq!(
        sent,
        [
            "GET /api/v1/statuses/7",
            "GET /api/v1/accounts/relationships?id[]=1&id[]=2",
            r#"POST /api/v1/statuses {"status":"x","visibility":"circle","in_reply_to_id":"7","poll":{"options":["a","b"],"expires_in":600,"multiple":true},"scheduled_at":"1970-01-01T00:00:00.000Z"}"#,
            r#"PATCH /api/v1/accounts/update_credentials {"fields_attributes":{"0":{"name":"a","value":"b"}}}"#,
            r#"PUT /api/v1/filters/3 {"expires_in":null,"context":["home"]}"#,
            "GET /api/v1/timelines/home?max_id=65536000",
        ]
    );
}

#[wasm_bindgen_test]
async fn a_future_that_is_dropped_aborts_its_request() {
    let world = world(
        "(() => { const world = {}; world.fetch = (url, { signal }) => {
            world.signal = signal; return new Promise(() => {}); }; return world; })()",
    );
    let options = MastodonOptions::default().fetch(part(&world, "fetch").unchecked_into());
    let client = Mastodon::new("https://mastodon.example", &options).unwrap();
    {
        let options = TimelineOptions::default();
        let mut call = pin!(client.timeline_home(&options));
        let mut context = Context::from_waker(Waker::noop());
        assert!(call.as_mut().poll(&mut context).is_pending());
        let signal: web_sys::AbortSignal = part(&world, "signal").unchecked_into();
        assert!(!signal.aborted());
    }
    let signal: web_sys::AbortSignal = part(&world, "signal").unchecked_into();
    assert!(signal.aborted());
}

#[wasm_bindgen_test]
async fn any_request_can_be_made() {
    let client = mina();
    let instance = client
        .request(
            "GET",
            "/api/v2/instance",
            &serde_json::Map::new(),
            &WriteOptions::default(),
        )
        .await
        .unwrap();
    assert!(instance["domain"].is_string());
    assert!(client.ratelimit().unwrap().limit > 0.0);
    let options = RetrieveMastodonVersionOptions::default();
    let version = client.retrieve_mastodon_version(&options).await.unwrap();
    assert!(!version.is_empty());
}

#[wasm_bindgen_test]
async fn what_needs_no_server_needs_none() {
    let (client, sent) = faked("new Response('')");
    let length = Mastodon::get_status_length(
        "see https://example.org/a/very/long/address @a@b.example",
        &GetStatusLengthOptions::default(),
    );
    assert_eq!(length.unwrap(), 4 + 23 + 1 + 2);
    assert_eq!(Mastodon::get_supported_version().unwrap(), "4.6.0");

    let options = DecodeBlurhashOptions::default()
        .out_size((4, 3))
        .size_per_component(false);
    let picture = client
        .decode_blurhash("LEHV6nWB2yk8pyo0adR*.7kCMdnj", &options)
        .await
        .unwrap();
    assert_eq!((picture.width, picture.height), (4, 3));
    assert!(matches!(picture.pixels, Pixels::Srgb(pixels) if pixels.len() == 48));

    let status = |id: &str, content: &str| Status {
        id: id.to_owned(),
        content: Some(content.to_owned()),
        ..Status::default()
    };
    let filter = Filter {
        phrase: "spoiler".to_owned(),
        context: vec![FilterContext::Home],
        whole_word: true,
        ..Filter::default()
    };
    let statuses = vec![
        status("1", "<p>a spoiler</p>"),
        status("2", "<p>nothing</p>"),
    ];
    let kept = client
        .filters_apply(statuses, Filters::V1(&[filter]), FilterContext::Home)
        .await
        .unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].id, "2");

    // The example of RFC 8291, appendix A.
    let key = PushPrivateKey {
        kty: "EC".to_owned(),
        crv: "P-256".to_owned(),
        x: "JXGyvs3942BVGq8e0PTNNmwRzr5VX4m8t7GGpTM5FzE".to_owned(),
        y: "aOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4".to_owned(),
        d: "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94".to_owned(),
        auth: "BTBZMqHH6r4Tts7J_aSIgg".to_owned(),
    };
    let message = js_sys::Uint8Array::new(&world(
        "Uint8Array.from(atob('DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI/c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A/yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj/Qulcy4a+fN'), (c) => c.charCodeAt(0))",
    ))
    .to_vec();
    let error = client
        .push_subscription_decrypt_push(&message, &key, None, None)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::IllegalArgument);
    // Its text is no JSON; the error has the beginning of it.
    let cause = error.cause().unwrap();
    assert!(cause.contains("When I gr"), "{cause}");
    let (private, public) = client.push_subscription_generate_keys().await.unwrap();
    assert_eq!(private.auth, public.auth);
    assert_eq!(sent.length(), 0);

    client.set_language("de").unwrap();
    client.clear_caches().unwrap();
}

#[wasm_bindgen_test]
async fn options_show_no_secret() {
    let options = LogInOptions::default().password("hunter2").code("a code");
    let shown = format!("{options:?} {:?}", Id::from("7"));
    assert!(
        shown.contains("password") && !shown.contains("hunter2"),
        "{shown}"
    );
}

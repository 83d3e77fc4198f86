//! The client for Rust, in a real browser and over real requests: `npm test` starts a sandbox for it and
//! says where it is. What goes wrong is made by a `fetch` of the test's own.
#![cfg(all(target_arch = "wasm32", feature = "typed"))]

use futures_util::{Stream, StreamExt};
use js_sys::{Array, Function, Reflect};
use mastodon_wasm::entities::{
    Filter, FilterContext, NotificationType, PushPrivateKey, Status, StatusVisibility,
};
use mastodon_wasm::options::*;
use mastodon_wasm::{ErrorKind, Event, Filters, Id, Mastodon, Page, Pagination, Pixels};
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
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

/// A client whose `fetch` answers its first requests with `answers` and no other, and where it leaves the
/// signal of the last request.
fn hanging(answers: &str) -> (Mastodon, JsValue) {
    let world = world(
        &[
            "(() => { const world = {}; const answers = [",
            answers,
            "]; world.fetch = (url, { signal }) => { world.signal = signal;
                const answer = answers.shift();
                return answer ? Promise.resolve(answer) : new Promise(() => {}); };
            return world; })()",
        ]
        .concat(),
    );
    let options = MastodonOptions::default().fetch(part(&world, "fetch").unchecked_into());
    let client = Mastodon::new("https://mastodon.example", &options).unwrap();
    (client, world)
}

fn is_aborted(world: &JsValue) -> bool {
    let signal: web_sys::AbortSignal = part(world, "signal").unchecked_into();
    signal.aborted()
}

/// A client whose requests and sockets are the test's own, and the world that they live in: each socket
/// opens, and answers a subscription with one event.
fn offline(token: &str) -> (Mastodon, JsValue) {
    let world = world(
        r#"(() => { const world = { sent: [], sockets: [] };
            world.fetch = async (url) => {
                const { host, pathname } = new URL(url);
                world.sent.push(host + pathname);
                return Response.json(pathname.endsWith("/instance")
                    ? { configuration: { urls: { streaming: "wss://streaming.mastodon.example" } } } : []);
            };
            world.WebSocket = class extends EventTarget {
                readyState = 0;
                subscribed = [];
                constructor(url, protocols) {
                    super();
                    Object.assign(this, { url, protocols });
                    world.sockets.push(this);
                    setTimeout(() => { this.readyState = 1; this.dispatchEvent(new Event("open")); });
                }
                send(text) {
                    const { type, stream, tag } = JSON.parse(text);
                    if (type !== "subscribe") return;
                    this.subscribed.push(tag ? `${stream} ${tag}` : stream);
                    const message = { stream: tag ? [stream, tag] : [stream], event: "delete", payload: "7" };
                    setTimeout(() => this.dispatchEvent(
                        Object.assign(new Event("message"), { data: JSON.stringify(message) })));
                }
                close() { this.readyState = 3; }
            };
            return world; })()"#,
    );
    let options = MastodonOptions::default()
        .access_token(token)
        .fetch(part(&world, "fetch").unchecked_into())
        .web_socket(part(&world, "WebSocket").unchecked_into());
    let client = Mastodon::new("https://mastodon.example", &options).unwrap();
    (client, world)
}

/// The sockets of such a world: address, protocol, subscriptions, state.
fn sockets(of: &JsValue) -> String {
    let show = Function::new_with_args(
        "world",
        "return world.sockets.map(({ url, protocols, subscribed, readyState }) =>
            `${url} ${protocols} [${subscribed}] ${readyState}`).join()",
    );
    let shown = show.call1(&JsValue::NULL, of).unwrap();
    shown.as_string().unwrap()
}

async fn sleep(milliseconds: u32) {
    let code = format!("new Promise((resolve) => setTimeout(resolve, {milliseconds}))");
    let promise: js_sys::Promise = world(&code).unchecked_into();
    JsFuture::from(promise).await.unwrap();
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
async fn pages_follow_pages_in_either_direction() {
    let client = mina();
    let options = TimelineOptions::default().limit(2);
    let first = client.timeline_home(&options).await.unwrap();
    let pages: Vec<Page<Status>> = first
        .clone()
        .into_pages(&client)
        .take(3)
        .map(Result::unwrap)
        .collect()
        .await;
    assert_eq!(pages.len(), 3);
    assert_eq!(pages[0][0].id, first[0].id);
    assert!(pages.windows(2).all(|two| two[1][0].id < two[0][1].id));

    // From the third page back to the newest.
    let mut newer = pages[2]
        .clone()
        .into_stream_towards(&client, PaginationDirection::Previous);
    let mut ids = Vec::new();
    while let Some(status) = newer.next().await {
        ids.push(status.unwrap().id);
    }
    assert!(ids.contains(&first[0].id), "{ids:?}");
    let back = pages[1]
        .clone()
        .into_pages_towards(&client, PaginationDirection::Previous);
    let back: Vec<Page<Status>> = back.take(2).map(Result::unwrap).collect().await;
    assert_eq!(back[1][0].id, first[0].id);
}

#[wasm_bindgen_test]
async fn requests_and_sockets_are_those_that_were_given() {
    let (client, world) = offline("a-token");
    let mut stream = client.stream_user(&StreamOptions::default()).unwrap();
    let event = stream.next().await.unwrap().unwrap();
    assert_eq!(event, Event::Delete("7".to_owned()));
    let socket = sockets(&world);
    assert_eq!(
        socket,
        "wss://streaming.mastodon.example/api/v1/streaming a-token [user] 1"
    );
    let sent: Array = part(&world, "sent").unchecked_into();
    assert!(sent.length() > 0);
    let ours = |host: JsValue| host.as_string().unwrap().starts_with("mastodon.example/");
    assert!(sent.iter().all(ours), "{sent:?}");
}

#[wasm_bindgen_test]
async fn a_stream_that_is_dropped_closes_its_socket() {
    let (client, world) = offline("a-token");
    let options = StreamOptions::default();
    let mut home = client.stream_user(&options).unwrap();
    home.next().await.unwrap().unwrap();
    // Streams that have no method, on the same socket.
    let mut tag = client.stream("hashtag", Some("rust"), &options).unwrap();
    tag.next().await.unwrap().unwrap();
    let mut fork = client.stream("fork:chat", None, &options).unwrap();
    fork.next().await.unwrap().unwrap();
    assert!(
        sockets(&world).ends_with("[user,hashtag rust,fork:chat] 1"),
        "{}",
        sockets(&world)
    );
    for (name, param) in [("hashtag", None), ("hashtag", Some("")), ("", None)] {
        let wrong = client.stream(name, param, &options).unwrap_err();
        assert_eq!(wrong.kind(), ErrorKind::IllegalArgument, "{name}");
    }

    drop(home);
    drop(tag);
    sleep(50).await;
    assert!(sockets(&world).ends_with(" 1"), "{}", sockets(&world));
    assert_eq!(fork.state(), "open");
    drop(fork);
    sleep(50).await;
    assert!(sockets(&world).ends_with(" 3"), "{}", sockets(&world));
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
async fn a_search_goes_on() {
    let client = mina();
    let options = SearchOptions::default()
        .result_type(SearchType::Accounts)
        .limit(1);
    let found = client.search_v2("a", &options).await.unwrap();
    assert_eq!(found.accounts.len(), 1);
    let more = found.next(&client).await.unwrap().unwrap();
    assert_ne!(more.accounts[0].id, found.accounts[0].id);
    let pages: Vec<_> = found.into_pages(&client).collect().await;
    let last = pages.last().unwrap().as_ref().unwrap();
    assert!(pages.len() > 1 && last.accounts.len() <= 1);
}

#[wasm_bindgen_test]
async fn grouped_notifications_go_on() {
    let client = mina();
    let options = GroupedNotificationsOptions::default().limit(3);
    let first = client.grouped_notifications(&options).await.unwrap();
    assert!(!first.notification_groups.is_empty());
    for group in &first.notification_groups {
        let account = &group.sample_account_ids[0];
        assert!(first.accounts.iter().any(|known| known.id == *account));
    }
    let older = first.next(&client).await.unwrap().unwrap();
    assert!(
        older.notification_groups[0].most_recent_notification_id
            < first.notification_groups[0].most_recent_notification_id
    );
    let newer = older.prev(&client).await.unwrap();
    assert!(newer.is_some());

    // Stored, and taken up again; all pages.
    let stored = serde_json::to_string(&first.pagination).unwrap();
    let stored: Pagination = serde_json::from_str(&stored).unwrap();
    assert_eq!(stored, first.pagination);
    let mut groups = 0;
    let mut pages = first.into_pages(&client);
    while let Some(page) = pages.next().await {
        groups += page.unwrap().notification_groups.len();
    }
    assert!(groups > 3, "{groups}");

    // What servers leave out of their links is asked for again.
    let (client, sent) = faked(
        r#"Response.json(
            { accounts: [], partial_accounts: [], statuses: [], notification_groups: [], brand_new: 1 },
            { headers: { link: '<https://mastodon.example/api/v2/notifications?max_id=5>; rel="next"' } })"#,
    );
    let options = GroupedNotificationsOptions::default()
        .expand_accounts(ExpandAccounts::PartialAvatars)
        .exclude_types([NotificationType::Favourite]);
    let page = client.grouped_notifications(&options).await.unwrap();
    assert_eq!(page.partial_accounts, Some(Vec::new()));
    assert_eq!(page.other["brand_new"], 1);
    page.next(&client).await.unwrap().unwrap();
    let sent: Vec<String> = sent.iter().filter_map(|line| line.as_string()).collect();
    for line in &sent {
        assert!(line.contains("expand_accounts=partial_avatars"), "{line}");
        assert!(line.contains("exclude_types[]=favourite"), "{line}");
    }
    assert!(sent.len() == 2 && sent[1].contains("max_id=5"), "{sent:?}");
}

#[wasm_bindgen_test]
async fn a_result_that_the_server_still_works_on_is_waited_for() {
    let (client, sent) = faked(
        r#"pathname.includes("async_refreshes")
            ? Response.json({ async_refresh: { id: "r1", status: sent.length > 4 ? "finished" : "running", result_count: 3 } })
            : Response.json({ ancestors: [], descendants: [], state: "generating", after: sent.length },
                sent.length > 4 ? {} : { headers: { "Mastodon-Async-Refresh": 'id="r1", retry=1, result_count=2' } })"#,
    );
    let read = RequestOptions::default();
    let thread = client.status_context("1", &read).await.unwrap();
    assert!(!thread.is_complete() && thread.descendants.is_empty());
    let info = client.get_async_refresh_info(&thread).await.unwrap();
    let (refresh, pause) = info.unwrap();
    assert_eq!((refresh.id.as_str(), pause), ("r1", 1.0));
    assert_eq!(refresh.result_count, Some(2));
    let state = client.annual_report_state(2026, &read).await.unwrap();
    assert!(!state.is_complete());

    let short = AwaitAsyncRefreshOptions::default().timeout(0.1);
    let none = client.await_async_refresh(&thread, &short).await.unwrap();
    assert!(none.is_none());
    let status = client.get_async_refresh_status(&thread, &read).await;
    assert_eq!(status.unwrap().id, "r1");
    let status = client.get_async_refresh_status("r1", &read).await;
    assert_eq!(status.unwrap().result_count, Some(3));

    let options = AwaitAsyncRefreshOptions::default();
    let whole = client.await_async_refresh(&thread, &options).await;
    let whole = whole.unwrap().unwrap();
    assert!(whole.is_complete());
    assert_eq!(whole.other["after"], sent.length());
    let again = client.await_async_refresh(&whole, &options).await.unwrap();
    assert_eq!(again, Some(whole.clone()));
    let info = client.get_async_refresh_info(&whole).await.unwrap();
    assert!(info.is_none());
    let error = client.get_async_refresh_status(&whole, &read).await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::IllegalArgument);
    let sent: Vec<String> = sent.iter().filter_map(|line| line.as_string()).collect();
    assert_eq!(
        sent,
        [
            "GET /api/v1/statuses/1/context",
            "GET /api/v1/annual_reports/2026/state",
            "GET /api/v1_alpha/async_refreshes/r1",
            "GET /api/v1_alpha/async_refreshes/r1",
            "GET /api/v1_alpha/async_refreshes/r1",
            "GET /api/v1/statuses/1/context",
        ]
    );
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
    assert_eq!(page[1].other["brand_new"], true);
    // In the server's order.
    let entries: Vec<_> = page.into_stream(&client).collect().await;
    let [Ok(_), Err(error), Ok(_)] = &entries[..] else {
        panic!("{entries:?}")
    };
    assert!(error.to_string().contains("entry 1 "), "{error}");
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
    let edit = MediaEditOptions::default()
        .description("A cat")
        .focus((0.0, 0.5))
        .thumbnail(b"\x89PNG\r\n\x1a\n");
    let edit = client.generate_media_edit_attributes("5", &edit).await;
    let options = StatusUpdateOptions::default().media_attributes([edit.unwrap()]);
    let _ = client.status_update("7", "y", &options).await;
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
            r#"PUT /api/v1/statuses/7 {"status":"y","media_attributes":[{"id":"5","description":"A cat","focus":"0,0.5","thumbnail":"data:image/png;base64,iVBORw0KGgo="}],"media_ids":["5"]}"#,
        ]
    );
}

#[wasm_bindgen_test]
async fn a_future_that_is_dropped_aborts_its_request() {
    let mut context = Context::from_waker(Waker::noop());
    let (client, world) = hanging("");
    {
        let options = TimelineOptions::default();
        let mut call = pin!(client.timeline_home(&options));
        assert!(call.as_mut().poll(&mut context).is_pending());
        assert!(!is_aborted(&world));
    }
    assert!(is_aborted(&world));

    // A walk that is waiting for its second page.
    let (client, world) = hanging(
        r#"Response.json([], { headers: {
            link: '<https://mastodon.example/api/v1/timelines/public?max_id=1>; rel="next"' } })"#,
    );
    let options = TimelineOptions::default();
    let page = client.timeline_public(&options).await.unwrap();
    assert!(page.pagination.next.is_some());
    let mut walk = page.into_stream(&client);
    let next = Pin::new(&mut walk).poll_next(&mut context);
    assert!(matches!(next, Poll::Pending) && !is_aborted(&world));
    drop(walk);
    assert!(is_aborted(&world));
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
        ..PushPrivateKey::default()
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
async fn nothing_shows_a_secret() {
    const SECRETS: [&str; 4] = ["hunter2", "a-code", "the-token", "the-client-secret"];
    let check = |shown: String| {
        for secret in SECRETS {
            assert!(!shown.contains(secret), "{shown}");
        }
    };
    let options = LogInOptions::default().password("hunter2").code("a-code");
    let shown = format!("{options:?} {:?}", Id::from("7"));
    assert!(shown.contains("password"), "{shown}");
    check(shown);

    // A platform and a server that repeat what they were sent.
    for fetch in [
        "async (url, { headers }) => { throw new TypeError(`refused ${new Headers(headers).get('authorization')}`); }",
        "async (url, { headers }) => Response.json(
            { error: `who is ${new Headers(headers).get('authorization')}?` }, { status: 403 })",
    ] {
        let options = MastodonOptions::default()
            .access_token("the-token")
            .client_id("id")
            .client_secret("the-client-secret")
            .fetch(world(fetch).unchecked_into());
        check(format!("{options:?}"));
        let client = Mastodon::new("https://mastodon.example", &options).unwrap();
        let kept = client.persistable_login_credentials().unwrap();
        assert_eq!(kept.access_token.as_deref(), Some("the-token"));
        check(format!("{client:?} {kept:?}"));
        let write = WriteOptions::default();
        let error = client.status_favourite("1", &write).await.unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::Network | ErrorKind::Api),
            "{error}"
        );
        check(format!("{error} {error:?} {error:#?} {:?}", error.cause()));
        let login = LogInOptions::default().username("mina").password("hunter2");
        let error = client.log_in(&login).await.unwrap_err();
        check(format!("{error} {error:?} {:?}", error.cause()));
        let stream = client.stream_user(&StreamOptions::default()).unwrap();
        check(format!("{stream:?}"));
    }
}

//! A hashtag as a JSON Feed, and a post each day.

use mastodon_wasm::options::{MastodonOptions, StatusPostOptions, TimelineHashtagOptions, Visibility};
use mastodon_wasm::{Error, Mastodon};
use serde_json::{Value, json};
use worker::{Context, Date, Env, Request, Response, ScheduleContext, ScheduledEvent, event};

/// The client, with the account of the token if the Worker has one.
fn client(env: &Env) -> worker::Result<Mastodon> {
    let mut options = MastodonOptions::default();
    if let Ok(token) = env.secret("TOKEN") {
        options = options.access_token(token.to_string());
    }
    let server = env.var("INSTANCE")?.to_string();
    Mastodon::new(&server, &options).map_err(|error| error.to_string().into())
}

/// `GET /rust`: the newest statuses with #rust as a JSON Feed (<https://jsonfeed.org>).
#[event(fetch)]
async fn fetch(request: Request, env: Env, _: Context) -> worker::Result<Response> {
    let path = request.path();
    let tag = path.trim_start_matches('/');
    if tag.is_empty() {
        return Response::error("Which hashtag? /rust, for example", 404);
    }
    match feed(&client(&env)?, tag).await {
        Ok(feed) => Response::from_json(&feed),
        Err(error) => Response::error(error.to_string(), error.status().unwrap_or(502)),
    }
}

async fn feed(mastodon: &Mastodon, tag: &str) -> Result<Value, Error> {
    let options = TimelineHashtagOptions::default().limit(20);
    let posts = mastodon.timeline_hashtag(tag, &options).await?;
    let items = posts.iter().map(|post| {
        json!({
            "id": post.uri,
            "url": post.url,
            "content_html": post.content,
            "date_published": post.created_at,
            "language": post.language,
            "authors": [{ "name": post.account.display_name, "url": post.account.url }],
        })
    });
    Ok(json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": format!("#{tag} on {}", mastodon.api_base_url()),
        "items": items.collect::<Vec<_>>(),
    }))
}

/// Posts once a day, however often it is triggered: the idempotency key is the date.
#[event(scheduled)]
async fn scheduled(_: ScheduledEvent, env: Env, _: ScheduleContext) {
    let day = Date::now().to_string();
    let day = day.get(..15).unwrap_or(&day);
    let options = StatusPostOptions::default()
        .visibility(Visibility::Unlisted)
        .idempotency_key(format!("good morning, {day}"));
    let posted = match client(&env) {
        Ok(mastodon) => mastodon.status_post("Good morning!", &options).await,
        Err(error) => return worker::console_error!("{error}"),
    };
    if let Err(error) = posted {
        worker::console_error!("{error}");
    }
}

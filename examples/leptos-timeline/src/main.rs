//! A live home timeline.

use futures_util::StreamExt;
use futures_util::future::abortable;
use leptos::prelude::*;
use leptos::task::spawn_local;
use mastodon_wasm::entities::Status;
use mastodon_wasm::options::{
    FinishLoginOptions, RestoreOptions, StartLoginOptions, StatusPostOptions, StreamOptions,
    TimelineOptions, WriteOptions,
};
use mastodon_wasm::{Error, Event, Mastodon};
use web_sys::{DomParser, SupportedType};

fn main() {
    leptos::mount::mount_to_body(App);
}

#[component]
fn App() -> impl IntoView {
    let client = RwSignal::new_local(None::<Mastodon>);
    let problem = RwSignal::new(String::new());
    spawn_local(async move {
        match returning_user().await {
            Ok(found) => client.set(found),
            Err(error) => problem.set(error.to_string()),
        }
    });
    view! {
        <p role="alert">{problem}</p>
        {move || match client.get() {
            Some(mastodon) => view! { <Home mastodon client problem /> }.into_any(),
            None => view! { <Login problem /> }.into_any(),
        }}
    }
}

/// A client after a login or from an earlier visit; `None` for a new user.
async fn returning_user() -> Result<Option<Mastodon>, Error> {
    match Mastodon::finish_login(&FinishLoginOptions::default()).await? {
        Some(client) => Ok(Some(client)),
        None => Mastodon::restore(&RestoreOptions::default()).await,
    }
}

#[component]
fn Login(problem: RwSignal<String>) -> impl IntoView {
    let server = RwSignal::new("mastodon.social".to_owned());
    let log_in = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let options = StartLoginOptions::default()
            .api_base_url(server.get())
            .client_name("Leptos timeline")
            .scopes(["read", "write"]);
        spawn_local(async move {
            // The browser leaves the page here.
            if let Err(error) = Mastodon::start_login(&options).await {
                problem.set(error.to_string());
            }
        });
    };
    view! {
        <form on:submit=log_in>
            <label>"Your server " <input bind:value=server /></label>
            <button>"Log in"</button>
        </form>
    }
}

#[component]
fn Home(
    mastodon: Mastodon,
    client: RwSignal<Option<Mastodon>, LocalStorage>,
    problem: RwSignal<String>,
) -> impl IntoView {
    let statuses = RwSignal::new(Vec::<Status>::new());
    // Dropped with the component, which ends the stream.
    let (following, handle) = abortable(follow(mastodon.clone(), statuses));
    on_cleanup(move || handle.abort());
    spawn_local(async move {
        if let Ok(Err(error)) = following.await {
            problem.set(error.to_string());
        }
    });

    let text = RwSignal::new(String::new());
    let poster = mastodon.clone();
    let post = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let poster = poster.clone();
        spawn_local(async move {
            let options = StatusPostOptions::default();
            match poster.status_post(&text.get_untracked(), &options).await {
                Ok(_) => text.set(String::new()),
                Err(error) => problem.set(error.to_string()),
            }
        });
    };
    let log_out = move |_| {
        let mastodon = mastodon.clone();
        spawn_local(async move {
            if let Err(error) = mastodon.log_out(&WriteOptions::default()).await {
                problem.set(error.to_string());
            }
            client.set(None);
        });
    };
    view! {
        <form on:submit=post>
            <label>"What's up? " <input bind:value=text /></label>
            <button>"Post"</button>
            <button type="button" on:click=log_out>"Log out"</button>
        </form>
        <main>
            <For each=move || statuses.get() key=|status| status.id.clone() let(status)>
                <article>
                    <img src=status.account.avatar.clone() alt="" />
                    <b>{status.account.display_name.clone()}</b>
                    <p>{text_of(&status)}</p>
                </article>
            </For>
        </main>
    }
}

/// Shows the home timeline and keeps it up to date.
async fn follow(mastodon: Mastodon, statuses: RwSignal<Vec<Status>>) -> Result<(), Error> {
    // The stream is opened first, so that no status is missed between the two.
    let mut events = mastodon.stream_user(&StreamOptions::default())?;
    let options = TimelineOptions::default().limit(20);
    statuses.set(mastodon.timeline_home(&options).await?.into_entries());
    while let Some(event) = events.next().await {
        match event? {
            Event::Update(status) => statuses.update(|all| {
                if !all.iter().any(|known| known.id == status.id) {
                    all.insert(0, *status);
                }
            }),
            Event::Delete(id) => statuses.update(|all| all.retain(|status| status.id != id)),
            _ => {}
        }
    }
    Ok(())
}

/// The content of a status is HTML from strangers: it is parsed, and only its text is shown.
fn text_of(status: &Status) -> String {
    let shown = status.reblog.as_deref().unwrap_or(status);
    if !shown.spoiler_text.is_empty() {
        return shown.spoiler_text.clone();
    }
    let html = shown.content.as_deref().unwrap_or_default();
    let parsed = DomParser::new()
        .and_then(|parser| parser.parse_from_string(html, SupportedType::TextHtml));
    let body = parsed.ok().and_then(|document| document.body());
    body.and_then(|body| body.text_content()).unwrap_or_default()
}

//! Timelines: <https://docs.joinmastodon.org/methods/timelines/>

use crate::api::declare::methods;
use crate::client::call::Call;
use crate::endpoint::get;
use crate::entities::Status;
use crate::error::Error;
use crate::params::{Hashtag, Id, Text, TimelineId, argument, options};

argument! {
    /// A timeline by its name; `tag/` is followed by a hashtag without its `#`, `list/` by the id of
    /// a list, `link?url=` by the URL of an article.
    TimelineName: "TimelineName" = r#""home" | "local" | "public" | `tag/${string}` | `list/${string}` | `link?url=${string}` | (string & {})"# => crate::params::Kind::Text;
}

/// Options of a timeline: its own, and those that all of them have.
macro_rules! timeline_options {
    ($(#[$meta:meta])* $name:ident { $($own:tt)* }) => {
        options! {
            $(#[$meta])*
            get $name {
                $($own)*
                /// Only statuses older than this one, or than this `Date`.
                max_id: TimelineId,
                /// Only statuses newer than this one, beginning right after it.
                min_id: TimelineId,
                /// Only statuses newer than this one, beginning with the newest.
                since_id: TimelineId,
                /// How many statuses. Default: 20, at most 40.
                limit: u32,
                /// Only statuses with media.
                only_media: bool,
            }
        }
    };
}

timeline_options! {
    /// Options of the timelines.
    TimelineOptions {
        /// Only statuses from this server.
        local: bool,
        /// Only statuses from other servers.
        remote: bool,
    }
}
timeline_options! {
    /// Options of `timelineLocal`.
    TimelineLocalOptions {}
}
timeline_options! {
    /// Options of `timeline`.
    NamedTimelineOptions {
        /// Which timeline. Default: `"home"`.
        timeline: TimelineName,
        /// Only statuses from this server.
        local: bool,
        /// Only statuses from other servers.
        remote: bool,
    }
}
timeline_options! {
    /// Options of `timelineHashtag`.
    TimelineHashtagOptions {
        /// Only statuses from this server.
        local: bool,
        /// Only statuses from other servers.
        remote: bool,
        /// Also statuses with any of these hashtags.
        any: Vec<String>,
        /// Only statuses that also have all of these hashtags.
        all: Vec<String>,
        /// No statuses with any of these hashtags.
        none: Vec<String>,
    }
}

methods! {
    /// The statuses of the accounts and hashtags that the user follows, newest first.
    ///
    /// `GET /api/v1/timelines/home` · scope `read:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/timelines/#home)
    ///
    /// `MastodonUnauthorizedError` without a token of a user. Incomplete while the server is still
    /// building the timeline (status 206).
    timeline_home as timelineHome(; TimelineOptions) -> Page<Status> =
        get("/api/v1/timelines/home").since([1, 0, 0], [3, 1, 4]).page();

    /// The public statuses of this server's own accounts, newest first.
    ///
    /// `GET /api/v1/timelines/public` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/timelines/#public)
    timeline_local as timelineLocal(; TimelineLocalOptions) -> Page<Status> =
        get("/api/v1/timelines/public").since([1, 0, 0], [3, 1, 4]).default(&[("local", "true")]).page();

    /// The public statuses that the server knows of, from everywhere, newest first.
    ///
    /// `GET /api/v1/timelines/public` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/timelines/#public)
    ///
    /// Some servers show it only to their users: a `MastodonAPIError` without a token.
    timeline_public as timelinePublic(; TimelineOptions) -> Page<Status> =
        get("/api/v1/timelines/public").since([1, 0, 0], [3, 1, 4]).page();

    /// The public statuses that share an article, newest first. Only for articles that are
    /// trending; others are a `MastodonNotFoundError`.
    ///
    /// `GET /api/v1/timelines/link` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/timelines/#link)
    timeline_link as timelineLink(url: Text; TimelineOptions) -> Page<Status> =
        get("/api/v1/timelines/link").since([4, 3, 0], [4, 3, 0]).page();

    /// The statuses of the members of a list, newest first.
    ///
    /// `GET /api/v1/timelines/list/{id}` · scope `read:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/timelines/#list)
    timeline_list as timelineList(id: Id; TimelineOptions) -> Page<Status> =
        get("/api/v1/timelines/list/{id}").since([2, 1, 0], [3, 1, 4]).page();

    /// The public statuses with a hashtag, newest first.
    ///
    /// `GET /api/v1/timelines/tag/{hashtag}` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/timelines/#tag)
    ///
    /// The hashtag is written without `#`; one that starts with it is rejected.
    timeline_hashtag as timelineHashtag(hashtag: Hashtag; TimelineHashtagOptions) -> Page<Status> =
        get("/api/v1/timelines/tag/{hashtag}").since([1, 0, 0], [3, 1, 4]).page();

    /// A timeline by its name. Each also has a method of its own.
    ///
    /// `GET /api/v1/timelines/{timeline}` · public, or scope `read:statuses` or `read:lists` for
    /// more · [documentation](https://docs.joinmastodon.org/methods/timelines/)
    ///
    /// @example
    /// await m.timeline({ timeline: "tag/caturday", only_media: true });
    timeline as timeline(; NamedTimelineOptions) -> Page<Status> =
        get("/api/v1/timelines/home").since([1, 0, 0], [3, 1, 4]).page() => prepare(timeline);
}

/// The route of a timeline by its name.
fn timeline(call: &mut Call) -> Result<(), Error> {
    let name = call
        .take_text("timeline")
        .unwrap_or_else(|| "home".to_owned());
    let name = name.as_str();
    if name.starts_with("tag/#") {
        let expected = "the name of a timeline, with a hashtag without its #";
        return Err(Error::invalid_argument(
            call.name(),
            "timeline",
            expected,
            &name.into(),
        ));
    }
    let mut path = "/api/v1/timelines/".to_owned();
    if let Some(url) = name.strip_prefix("link?url=") {
        path.push_str("link");
        call.set("url", url.into());
    } else if name == "local" {
        path.push_str("public");
        call.set("local", true.into());
    } else {
        let under = ["tag/", "list/"]
            .into_iter()
            .find(|under| name.starts_with(under))
            .unwrap_or_default();
        path.push_str(under);
        path.push_str("{timeline}");
        call.set(
            "timeline",
            name.get(under.len()..).unwrap_or_default().into(),
        );
    }
    call.request.path = path;
    Ok(())
}

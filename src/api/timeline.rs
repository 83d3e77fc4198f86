//! Timelines: <https://docs.joinmastodon.org/methods/timelines/>

use crate::api::declare::methods;
use crate::api::endpoint::get;
use crate::params::{Hashtag, Id, Text, TimelineId, argument, options};

argument! {
    /// A timeline by its name; `tag/` is followed by a hashtag without its `#`, `list/` by the id of
    /// a list, `link?url=` by the address of an article.
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
                /// How many statuses: at most 40, 20 when it is not said.
                limit: u32,
                /// Only statuses with pictures, sound or video.
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
        /// Which timeline; the home timeline when it is not said.
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
        /// Statuses with one of these tags as well. (Declared in pkg-template/index.d.ts.)
        #[serde(skip)]
        any: Vec<String>,
        /// Only statuses that have all of these tags, too. (Declared in pkg-template/index.d.ts.)
        #[serde(skip)]
        all: Vec<String>,
        /// No statuses with one of these tags. (Declared in pkg-template/index.d.ts.)
        #[serde(skip)]
        none: Vec<String>,
    }
}

methods! {
    /// The statuses of the people and tags that the account follows, newest first.
    ///
    /// `GET /api/v1/timelines/home` · scope `read:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/timelines/#home)
    ///
    /// Rejects with `MastodonUnauthorizedError` without a token of a user. Answers 206 (which is no
    /// error) while the server is still putting the timeline together.
    timelineHome(; TimelineOptions) -> "Page<Status>" =
        get("/api/v1/timelines/home").since([1, 0, 0], [3, 1, 4]).page();

    /// The public statuses of this server's own people, newest first.
    ///
    /// `GET /api/v1/timelines/public` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/timelines/#public)
    timelineLocal(; TimelineLocalOptions) -> "Page<Status>" =
        get("/api/v1/timelines/public").since([1, 0, 0], [3, 1, 4]).default(&[("local", "true")]).page();

    /// The public statuses that the server knows of, from everywhere, newest first.
    ///
    /// `GET /api/v1/timelines/public` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/timelines/#public)
    ///
    /// Some servers show it to their own people alone; without a token that is a
    /// `MastodonAPIError`.
    timelinePublic(; TimelineOptions) -> "Page<Status>" =
        get("/api/v1/timelines/public").since([1, 0, 0], [3, 1, 4]).page();

    /// The public statuses that share an article, newest first. Only for articles that are
    /// trending; others are a `MastodonNotFoundError`.
    ///
    /// `GET /api/v1/timelines/link` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/timelines/#link)
    timelineLink(url: Text; TimelineOptions) -> "Page<Status>" =
        get("/api/v1/timelines/link").since([4, 3, 0], [4, 3, 0]).page();

    /// The statuses of the members of a list, newest first.
    ///
    /// `GET /api/v1/timelines/list/{id}` · scope `read:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/timelines/#list)
    timelineList(id: Id; TimelineOptions) -> "Page<Status>" =
        get("/api/v1/timelines/list/{id}").since([2, 1, 0], [3, 1, 4]).page();

    /// The public statuses with a hashtag, newest first.
    ///
    /// `GET /api/v1/timelines/tag/{hashtag}` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/timelines/#tag)
    ///
    /// The hashtag is written without `#`; one that starts with it is refused.
    timelineHashtag(hashtag: Hashtag; TimelineHashtagOptions) -> "Page<Status>" =
        get("/api/v1/timelines/tag/{hashtag}").since([1, 0, 0], [3, 1, 4]).page();

    /// A timeline by its name. Each has a method of its own too, which is easier to read.
    ///
    /// `GET /api/v1/timelines/{timeline}` · public, or scope `read:statuses` or `read:lists` for
    /// more · [documentation](https://docs.joinmastodon.org/methods/timelines/)
    ///
    /// @example
    /// await m.timeline({ timeline: "tag/caturday", only_media: true });
    timeline(; NamedTimelineOptions) -> "Page<Status>" =
        get("/api/v1/timelines/{timeline}").since([1, 0, 0], [3, 1, 4]).page();
}

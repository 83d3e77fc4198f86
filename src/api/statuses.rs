//! Statuses: reading, writing, and what people do with them. <https://docs.joinmastodon.org/methods/statuses/>

use super::polls::NewPoll;
use crate::api::declare::methods;
use crate::api::endpoint::{code, delete, get, post, put};
use crate::params::{
    FocalPoint, Id, Ids, Kind, Param, RequestOptions, Text, TimelineId, Timestamp, Upload,
    WriteOptions, argument, closed, options,
};
use wasm_bindgen::prelude::*;

closed! {
    /// Who sees a status: everybody, everybody but not in public timelines, followers, or those
    /// mentioned.
    Visibility: "Visibility" = "public" | "unlisted" | "private" | "direct";
    /// How the text of a status is written.
    ContentType: "ContentType" = "text/plain" | "text/html" | "text/markdown" | "text/bbcode";
    /// Who may quote a status: everybody, followers, or the author alone.
    QuoteApprovalPolicy: "QuoteApprovalPolicy" = "public" | "followers" | "nobody";
}

argument! {
    /// A status, as the server gave it.
    WholeStatus: "WholeStatus" = "Status" => Kind::Object;
    /// Changes of several media.
    MediaEdits: "MediaEdits" = "readonly MediaEditAttributes[]" => Kind::Records(MEDIA_EDIT);
}

#[wasm_bindgen(typescript_custom_section)]
const MEDIA_EDIT_ATTRIBUTES: &str = r"
/** What an edit of a status changes about one of its media; `generateMediaEditAttributes` makes it. */
export interface MediaEditAttributes {
  /** The media attachment. */
  id: Id;
  /** What is to be seen or heard, for those who cannot. */
  description?: string;
  /** The point that stays visible when the picture is cropped: `x,y`. */
  focus?: string;
  /** A picture that stands for a video or a sound, as a `data:` URL. */
  thumbnail?: string;
}
";

const MEDIA_EDIT: &[Param] = &[
    Param {
        name: "id",
        wire: "id",
        kind: Kind::Id,
    },
    Param {
        name: "description",
        wire: "description",
        kind: Kind::Text,
    },
    Param {
        name: "focus",
        wire: "focus",
        kind: Kind::Text,
    },
    Param {
        name: "thumbnail",
        wire: "thumbnail",
        kind: Kind::Text,
    },
];

options! {
    /// Options of `statusPost`.
    post StatusPostOptions {
        /// The status that this one answers.
        in_reply_to_id: Id,
        /// The media to attach, as `mediaPost` gave them or their ids: four at most unless the instance
        /// says otherwise, and no poll beside them.
        media_ids: Ids,
        /// Whether the media are hidden behind a warning.
        sensitive: bool,
        /// Who sees it; the account's own setting when it is not said.
        visibility: Visibility,
        /// A warning to be shown in place of the text until the reader wants to see it.
        spoiler_text: String,
        /// The language of the text: ISO 639-1, or 639-3 where that has none. The account's own setting,
        /// or a guess, when it is not said.
        language: String,
        /// How the text is written. For Pleroma and Akkoma; Mastodon passes over it.
        content_type: ContentType,
        /// When to publish it: five minutes from now at least. The answer is a `ScheduledStatus` then.
        scheduled_at: Timestamp,
        /// A poll to attach, as `makePoll` makes it.
        poll: NewPoll,
        /// The status to quote on Fedibird: only with `feature_set: "fedibird"`.
        quote_id: Id,
        /// Whether a `content_type` is refused unless the client has `feature_set: "pleroma"`.
        strict_content_type: bool => "",
        /// The status to quote.
        quoted_status_id: Id,
        /// Who may quote this one; the account's own setting when it is not said.
        quote_approval_policy: QuoteApprovalPolicy,
    }
    /// Options of `statusReply`.
    post StatusReplyOptions {
        /// Whether to mention the author alone, and nobody else who is mentioned in the status.
        untag: bool => "",
        /// The media to attach, as `mediaPost` gave them or their ids: four at most unless the instance
        /// says otherwise, and no poll beside them.
        media_ids: Ids,
        /// Whether the media are hidden behind a warning.
        sensitive: bool,
        /// Who sees it; that of the status when it is not said.
        visibility: Visibility,
        /// A warning to be shown in place of the text until the reader wants to see it; that of the status
        /// when it is not said.
        spoiler_text: String,
        /// The language of the text: ISO 639-1, or 639-3 where that has none. The account's own setting,
        /// or a guess, when it is not said.
        language: String,
        /// How the text is written. For Pleroma and Akkoma; Mastodon passes over it.
        content_type: ContentType,
        /// When to publish it: five minutes from now at least. The answer is a `ScheduledStatus` then.
        scheduled_at: Timestamp,
        /// A poll to attach, as `makePoll` makes it.
        poll: NewPoll,
        /// The status to quote on Fedibird: only with `feature_set: "fedibird"`.
        quote_id: Id,
        /// Whether a `content_type` is refused unless the client has `feature_set: "pleroma"`.
        strict_content_type: bool => "",
        /// The status to quote.
        quoted_status_id: Id,
        /// Who may quote this one; the account's own setting when it is not said.
        quote_approval_policy: QuoteApprovalPolicy,
    }
    /// Options of `statusUpdate`.
    post StatusUpdateOptions {
        /// The warning shown in place of the text.
        spoiler_text: String,
        /// Whether the media are hidden behind a warning.
        sensitive: bool,
        /// All media that the status has afterwards. Those that are not among them are taken off.
        media_ids: Ids,
        /// The poll that the status has afterwards. Changing its options discards the votes.
        poll: NewPoll,
        /// What to change about the media. Their ids are added to `media_ids`.
        media_attributes: MediaEdits,
        /// Who may quote it.
        quote_approval_policy: QuoteApprovalPolicy,
        /// The language that it is in now (ISO 639-1). (Declared in pkg-template/index.d.ts.)
        #[serde(skip)]
        language: String,
    }
    /// Options of `statusDelete`.
    post StatusDeleteOptions {
        /// Whether the media are deleted at once, so that they cannot be posted again.
        delete_media: bool,
    }
    /// Options of `statusReblog`.
    post StatusReblogOptions {
        /// Who sees the boost; everybody who sees the status when it is not said.
        visibility: Visibility,
    }
    /// Options of `statusTranslate`.
    post StatusTranslateOptions {
        /// The language to translate into: ISO 639-1. That of the account when it is not said.
        lang: String,
    }
    /// Options of `statusQuotes`.
    get StatusQuotesOptions {
        /// Only quotes older than this one.
        max_id: Id,
        /// Only quotes newer than this one.
        since_id: Id,
        /// How many statuses: at most 40, 20 when it is not said.
        limit: u32,
    }
    /// Options of `scheduledStatuses`.
    get ScheduledStatusesOptions {
        /// Only those older than this one, by id.
        max_id: TimelineId,
        /// Only those newer than this one, by id, beginning right after it.
        min_id: TimelineId,
        /// Only those newer than this one, by id, beginning with the newest.
        since_id: TimelineId,
        /// How many: at most 40, 20 when it is not said.
        limit: u32,
    }
    /// Options of `generateMediaEditAttributes`.
    bare MediaEditOptions {
        /// What is to be seen or heard, for those who cannot.
        description: String,
        /// The point that stays visible when the picture is cropped.
        focus: FocalPoint,
        /// A picture that stands for a video or a sound.
        thumbnail: Upload,
        /// The picture's type, where neither it nor its bytes tell it.
        thumb_mimetype: String => "",
    }
}

options! {
    /// Options of `statusRebloggedBy` and `statusFavouritedBy`.
    get StatusAccountsOptions {
        /// Only those before this one. (Declared in pkg-template/index.d.ts.)
        #[serde(skip)]
        max_id: Id,
        /// Only those after this one, beginning with the newest. (Declared in pkg-template/index.d.ts.)
        #[serde(skip)]
        since_id: Id,
        /// How many a page: at most 80, 40 when it is not said. (Declared in pkg-template/index.d.ts.)
        #[serde(skip)]
        limit: u32,
    }
}

methods! {
    /// One status.
    ///
    /// `GET /api/v1/statuses/{id}` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#get)
    ///
    /// `MastodonNotFoundError` where it does not exist or is not for the account to see.
    status(id: Id; RequestOptions) -> "Status" = get("/api/v1/statuses/{id}").since([1, 0, 0], [2, 0, 0]);

    /// Several statuses by their ids, in one request.
    ///
    /// `GET /api/v1/statuses` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#index)
    ///
    /// Those that do not exist or are not for the account to see are left out. A server takes 20 at
    /// a time, or what else it says.
    statuses(ids: Ids => "id"; RequestOptions) -> "Status[]" =
        get("/api/v1/statuses").since([4, 3, 0], [4, 3, 0]);

    /// The thread around a status: what it answers, and what answers it.
    ///
    /// `GET /api/v1/statuses/{id}/context` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#context)
    ///
    /// Without a token there are at most 40 ancestors and 60 descendants. A server may still be
    /// asking others for more: `awaitAsyncRefresh` waits for them.
    statusContext(id: Id; RequestOptions) -> "Context" =
        get("/api/v1/statuses/{id}/context").since([1, 0, 0], [1, 0, 0]);

    /// All versions of a status, the first one first. A status that was never edited has one.
    ///
    /// `GET /api/v1/statuses/{id}/history` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#history)
    statusHistory(id: Id; RequestOptions) -> "StatusEdit[]" =
        get("/api/v1/statuses/{id}/history").since([3, 5, 0], [3, 5, 0]);

    /// The text of the account's own status as it was written, to be edited.
    ///
    /// `GET /api/v1/statuses/{id}/source` · scope `read:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#source)
    statusSource(id: Id; RequestOptions) -> "StatusSource" =
        get("/api/v1/statuses/{id}/source").since([3, 5, 0], [3, 5, 0]);

    /// Who has boosted a status.
    ///
    /// `GET /api/v1/statuses/{id}/reblogged_by` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#reblogged_by)
    ///
    /// At most 40 a page; the pages that follow are in `pagination`.
    statusRebloggedBy(id: Id; StatusAccountsOptions) -> "Page<Account>" =
        get("/api/v1/statuses/{id}/reblogged_by").since([1, 0, 0], [2, 1, 0]).page();

    /// Who has favourited a status.
    ///
    /// `GET /api/v1/statuses/{id}/favourited_by` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#favourited_by)
    ///
    /// At most 40 a page; the pages that follow are in `pagination`.
    statusFavouritedBy(id: Id; StatusAccountsOptions) -> "Page<Account>" =
        get("/api/v1/statuses/{id}/favourited_by").since([1, 0, 0], [2, 1, 0]).page();

    /// The statuses that quote a status, newest first. Without those that the account may not see;
    /// the author sees all.
    ///
    /// `GET /api/v1/statuses/{id}/quotes` · scope `read:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#quotes)
    statusQuotes(id: Id; StatusQuotesOptions) -> "Page<Status>" =
        get("/api/v1/statuses/{id}/quotes").since([4, 5, 0], [4, 5, 0]).page();

    /// A translation of a public status.
    ///
    /// `POST /api/v1/statuses/{id}/translate` · scope `read:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#translate)
    ///
    /// `MastodonAPIError` with status 403 where the status is not public or the pair of languages
    /// is not supported, 503 where the translation service is out of reach; `MastodonNotFoundError`
    /// where there is none.
    statusTranslate(id: Id; StatusTranslateOptions) -> "Translation" =
        post("/api/v1/statuses/{id}/translate").since([4, 0, 0], [4, 0, 0]);

    /// Changes who may quote the account's own status. Quotes that exist stay.
    ///
    /// `PUT /api/v1/statuses/{id}/interaction_policy` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#edit_interaction_policy)
    ///
    /// A status for followers or for those mentioned can be quoted by its author alone, whatever is
    /// said here.
    statusUpdateQuoteApprovalPolicy(id: Id, quote_approval_policy: QuoteApprovalPolicy; WriteOptions) -> "Status" =
        put("/api/v1/statuses/{id}/interaction_policy").since([4, 5, 0], [4, 5, 0]);

    /// Takes a quote of the account's own status out of the status that quotes it.
    ///
    /// `POST /api/v1/statuses/{id}/quotes/{quoting_status_id}/revoke` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#revoke_quote)
    ///
    /// `id` is the status that is quoted, `quoting_status_id` the one that quotes it; the answer is
    /// the latter.
    statusQuoteRevoke(id: Id, quoting_status_id: Id; WriteOptions) -> "Status" =
        post("/api/v1/statuses/{id}/quotes/{quoting_status_id}/revoke").since([4, 5, 0], [4, 5, 0]);

    /// Deletes the account's own status.
    ///
    /// `DELETE /api/v1/statuses/{id}` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#delete)
    ///
    /// The answer has its source in `text`, with media and poll, so that it can be written anew.
    /// Its media may be posted again unless `delete_media` is set; that can take some seconds.
    statusDelete(id: Id; StatusDeleteOptions) -> "Status" =
        delete("/api/v1/statuses/{id}").since([1, 0, 0], [1, 0, 0]);

    /// Boosts a status. The answer is the boost, with the status in `reblog`.
    ///
    /// `POST /api/v1/statuses/{id}/reblog` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#boost)
    statusReblog(id: Id; StatusReblogOptions) -> "Status" =
        post("/api/v1/statuses/{id}/reblog").since([1, 0, 0], [2, 0, 0]);

    /// Takes back a boost. The answer is the status that was boosted.
    ///
    /// `POST /api/v1/statuses/{id}/unreblog` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#unreblog)
    statusUnreblog(id: Id; WriteOptions) -> "Status" =
        post("/api/v1/statuses/{id}/unreblog").since([1, 0, 0], [2, 0, 0]);

    /// Favourites a status.
    ///
    /// `POST /api/v1/statuses/{id}/favourite` · scope `write:favourites` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#favourite)
    statusFavourite(id: Id; WriteOptions) -> "Status" =
        post("/api/v1/statuses/{id}/favourite").since([1, 0, 0], [2, 0, 0]);

    /// Takes back a favourite.
    ///
    /// `POST /api/v1/statuses/{id}/unfavourite` · scope `write:favourites` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#unfavourite)
    statusUnfavourite(id: Id; WriteOptions) -> "Status" =
        post("/api/v1/statuses/{id}/unfavourite").since([1, 0, 0], [2, 0, 0]);

    /// Bookmarks a status. Nobody else can see it.
    ///
    /// `POST /api/v1/statuses/{id}/bookmark` · scope `write:bookmarks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#bookmark)
    statusBookmark(id: Id; WriteOptions) -> "Status" =
        post("/api/v1/statuses/{id}/bookmark").since([3, 1, 0], [3, 1, 0]);

    /// Takes back a bookmark.
    ///
    /// `POST /api/v1/statuses/{id}/unbookmark` · scope `write:bookmarks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#unbookmark)
    statusUnbookmark(id: Id; WriteOptions) -> "Status" =
        post("/api/v1/statuses/{id}/unbookmark").since([3, 1, 0], [3, 1, 0]);

    /// Mutes a thread: no more notifications about it. The status must be part of a thread that
    /// concerns the account.
    ///
    /// `POST /api/v1/statuses/{id}/mute` · scope `write:mutes` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#mute)
    statusMute(id: Id; WriteOptions) -> "Status" =
        post("/api/v1/statuses/{id}/mute").since([1, 4, 0], [2, 0, 0]);

    /// Lifts the mute of a thread.
    ///
    /// `POST /api/v1/statuses/{id}/unmute` · scope `write:mutes` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#unmute)
    statusUnmute(id: Id; WriteOptions) -> "Status" =
        post("/api/v1/statuses/{id}/unmute").since([1, 4, 0], [2, 0, 0]);

    /// Pins the account's own status to its profile.
    ///
    /// `POST /api/v1/statuses/{id}/pin` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#pin)
    ///
    /// `MastodonAPIError` with status 422 where there are five already, or the status is somebody
    /// else's.
    statusPin(id: Id; WriteOptions) -> "Status" =
        post("/api/v1/statuses/{id}/pin").since([2, 1, 0], [2, 1, 0]);

    /// Takes a status off the profile.
    ///
    /// `POST /api/v1/statuses/{id}/unpin` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#unpin)
    statusUnpin(id: Id; WriteOptions) -> "Status" =
        post("/api/v1/statuses/{id}/unpin").since([2, 1, 0], [2, 1, 0]);

    /// The statuses that wait to be published.
    ///
    /// `GET /api/v1/scheduled_statuses` · scope `read:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/scheduled_statuses/#get)
    scheduledStatuses(; ScheduledStatusesOptions) -> "Page<ScheduledStatus>" =
        get("/api/v1/scheduled_statuses").since([2, 7, 0], [2, 7, 0]).page();

    /// A status that waits to be published.
    ///
    /// `GET /api/v1/scheduled_statuses/{id}` · scope `read:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/scheduled_statuses/#get-one)
    scheduledStatus(id: Id; RequestOptions) -> "ScheduledStatus" =
        get("/api/v1/scheduled_statuses/{id}").since([2, 7, 0], [2, 7, 0]);

    /// Changes when a status will be published: five minutes from now at least.
    ///
    /// `PUT /api/v1/scheduled_statuses/{id}` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/scheduled_statuses/#update)
    ///
    /// `MastodonAPIError` with status 422 where that is too soon.
    scheduledStatusUpdate(id: Id, scheduled_at: Timestamp; WriteOptions) -> "ScheduledStatus" =
        put("/api/v1/scheduled_statuses/{id}").since([2, 7, 0], [2, 7, 0]);

    /// Deletes a status that waits to be published.
    ///
    /// `DELETE /api/v1/scheduled_statuses/{id}` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/scheduled_statuses/#cancel)
    scheduledStatusDelete(id: Id; WriteOptions) -> "void" =
        delete("/api/v1/scheduled_statuses/{id}").since([2, 7, 0], [2, 7, 0]).nothing();

    /// The preview of the page that a status links to, or null.
    ///
    /// `GET /api/v1/statuses/{id}` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#get)
    ///
    /// Since 3.0.0 it is the `card` of the status; older servers have it at a place of its own.
    statusCard(id: Id; RequestOptions) -> "PreviewCard | null" =
        get("/api/v1/statuses/{id}").since([1, 0, 0], [3, 0, 0]).field("card");

    /// Publishes a status, or schedules it.
    ///
    /// `POST /api/v1/statuses` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#create)
    ///
    /// The text may be empty where there are media. `MastodonAPIError` with status 422 where it is
    /// too long, where media are not processed yet, or where media and a poll come together.
    ///
    /// Each call has an `Idempotency-Key`, a random one unless it is given. So a call whose
    /// connection drops is tried once more, and the status is not published twice.
    ///
    /// @example
    /// const status = await m.statusPost("Hello!", { visibility: "unlisted", language: "en" });
    statusPost(status: Text; StatusPostOptions) -> "Status | ScheduledStatus" =
        post("/api/v1/statuses").since([1, 0, 0], [4, 6, 0]).json();

    /// Publishes a text. `statusPost` does the same and takes options.
    ///
    /// `POST /api/v1/statuses` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#create)
    toot(status: Text; WriteOptions) -> "Status" =
        post("/api/v1/statuses").since([1, 0, 0], [2, 8, 0]).json();

    /// Edits the account's own status.
    ///
    /// `PUT /api/v1/statuses/{id}` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#edit)
    ///
    /// An edit replaces the status: the text is always given, and a warning, media, a poll or the mark
    /// `sensitive` that is not given is gone afterwards.
    statusUpdate(id: Id, status: Text; StatusUpdateOptions) -> "Status" =
        put("/api/v1/statuses/{id}").since([3, 5, 0], [4, 1, 0]).json();

    /// Answers a status: mentions its author and everybody mentioned in it, and keeps its
    /// visibility and warning unless they are given.
    ///
    /// `POST /api/v1/statuses` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#create)
    ///
    /// `to_status` is the whole status, not its id. Where others mention the account itself, that is
    /// not repeated; to know its id, the server is asked once.
    ///
    /// @example
    /// await m.statusReply(notification.status, "Thank you!", { untag: true });
    statusReply(to_status: WholeStatus => "", status: Text; StatusReplyOptions) -> "Status" =
        post("/api/v1/statuses").since([1, 0, 0], [4, 5, 0]).json();

    /// Puts together what `statusUpdate` takes as one of its `media_attributes`. Nothing is sent.
    ///
    /// Resolves when the thumbnail, if there is one, has been read.
    ///
    /// @example
    /// const change = await m.generateMediaEditAttributes(media, { description: "A cat asleep" });
    /// await m.statusUpdate(status, text, { media_attributes: [change] });
    generateMediaEditAttributes(id: Id; MediaEditOptions) -> "MediaEditAttributes" = code();
}

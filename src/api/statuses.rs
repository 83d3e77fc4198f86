//! Statuses: reading, writing, and interacting with them. <https://docs.joinmastodon.org/methods/statuses/>

use super::endorsements::AccountPageOptions;
use super::media::complete;
use super::polls::NewPoll;
use super::routes::first_found;
use crate::api::declare::methods;
use crate::base64;
use crate::client::FeatureSet;
use crate::client::call::{Call, Work};
use crate::client::send::own_id;
use crate::endpoint::request::Request;
use crate::endpoint::{delete, get, local, post, put};
use crate::entities::{
    Account, Context, PostedStatus, PreviewCard, ScheduledStatus, Status, StatusEdit, StatusSource,
    Translation,
};
use crate::error::Error;
use crate::js::{self, Name};
use crate::params::{
    FocalPoint, Id, Ids, Kind, Options, RequestOptions, Text, TimelineId, Timestamp, Upload,
    WriteOptions, argument, check, open, options,
};
use crate::text;
use crate::version::Version;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::File;

open! {
    /// Who sees a status: everyone, everyone but not in public timelines, followers, or those
    /// mentioned.
    Visibility: "Visibility" = Public "public" | Unlisted "unlisted" | Private "private" | Direct "direct";
    /// The format of the text of a status.
    ContentType: "ContentType" = Plain "text/plain" | Html "text/html" | Markdown "text/markdown" | Bbcode "text/bbcode";
    /// Who may quote a status: everyone, followers, or only the author.
    QuoteApprovalPolicy: "QuoteApprovalPolicy" = Public "public" | Followers "followers" | Nobody "nobody";
}

argument! {
    /// A status, as the server sent it. `statusReply` itself checks it, because its message is clearer.
    WholeStatus: "WholeStatus" = "Status" => Kind::Anything;
    /// Who may interact with a status, in the form of GoToSocial.
    InteractionPolicyOption: "InteractionPolicyOption" = "Partial<InteractionPolicy>" => Kind::Object;
    /// Changes of several media.
    MediaEdits: "MediaEdits" = "readonly MediaEditAttributes[]" => Kind::Records(MediaEditAttributes::TABLE);
}

/// The options that all methods for new statuses have, and those of one method.
macro_rules! posting_options {
    ($(#[$meta:meta])* $name:ident { $($own:tt)* }) => {
        options! {
            $(#[$meta])*
            post $name {
                $($own)*
                /// The media to attach, as `mediaPost` returned them or their ids: at most four unless the
                /// instance says otherwise, and no poll with them.
                media_ids: Ids,
                /// Whether to mark the media as sensitive.
                sensitive: bool,
                /// The language of the text: ISO 639-1, or 639-3 where that has none. Default: the
                /// account's setting, or a guess.
                language: String,
                /// The format of the text. For Pleroma, Akkoma and glitch-soc; Mastodon ignores it.
                content_type: ContentType,
                /// When to publish it: at least five minutes from now. The result is a `ScheduledStatus`
                /// then.
                scheduled_at: Timestamp,
                /// A poll to attach, as `makePoll` makes it.
                poll: NewPoll,
                /// The status to quote on Fedibird; needs `feature_set: "fedibird"`.
                quote_id: Id,
                /// Whether to reject a `content_type` unless the client has `feature_set: "pleroma"`.
                /// Default: `false`.
                strict_content_type: bool => "",
                /// The status to quote. Since API version 7.
                quoted_status_id: Id,
                /// Who may quote this one. Default: the account's setting. Since API version 7.
                quote_approval_policy: QuoteApprovalPolicy,
                /// Whether it stays on this server. For glitch-soc, Hometown and GoToSocial.
                local_only: bool,
                /// Seconds until it is deleted. For Pleroma and Akkoma.
                expires_in: u32,
                /// Who may interact with it in which way. For GoToSocial.
                interaction_policy: InteractionPolicyOption,
                /// The accounts that the text may mention. If it mentions others, nothing is posted, and
                /// the `MastodonAPIError` (status 422) has `unexpected_accounts` in its `body`.
                allowed_mentions: Ids,
            }
        }
    };
}

posting_options! {
    /// Options of `statusPost`.
    StatusPostOptions {
        /// The status to reply to.
        in_reply_to_id: Id,
        /// Who sees it. Default: the account's setting.
        visibility: Visibility,
        /// A content warning, shown in place of the text at first.
        spoiler_text: String,
    }
}
posting_options! {
    /// Options of `statusReply`.
    StatusReplyOptions {
        /// Whether to mention only the author, and none of the others who are mentioned in the status.
        untag: bool => "",
        /// Who sees it. Default: the visibility of the status.
        visibility: Visibility,
        /// A content warning, shown in place of the text at first. Default: that of the status.
        spoiler_text: String,
    }
}

options! {
    /// Options of `toot`.
    post TootOptions {
        /// The accounts that the text may mention. If it mentions others, nothing is posted, and the
        /// `MastodonAPIError` (status 422) has `unexpected_accounts` in its `body`.
        allowed_mentions: Ids,
    }
    /// Options of `statusUpdate`.
    post StatusUpdateOptions {
        /// The content warning.
        spoiler_text: String,
        /// Whether to mark the media as sensitive.
        sensitive: bool,
        /// All media of the status afterwards; others are removed.
        media_ids: Ids,
        /// The poll of the status afterwards. Changing its options discards the votes.
        poll: NewPoll,
        /// What to change about the media. Their ids are added to `media_ids`.
        media_attributes: MediaEdits,
        /// Who may quote it. Since API version 7.
        quote_approval_policy: QuoteApprovalPolicy,
        /// The language of the text: ISO 639-1.
        language: String,
    }
    /// Options of `statusDelete`.
    post StatusDeleteOptions {
        /// Whether to delete the media at once, so that they cannot be posted again.
        delete_media: bool,
    }
    /// Options of `statusReblog`.
    post StatusReblogOptions {
        /// Who sees the boost. Default: everyone who sees the status.
        visibility: Visibility,
    }
    /// Options of `statusTranslate`.
    post StatusTranslateOptions {
        /// The target language: ISO 639-1. Default: the account's.
        lang: String,
    }
    /// Options of `statusQuotes`.
    get StatusQuotesOptions {
        /// Only quotes older than this one.
        max_id: Id,
        /// Only quotes newer than this one, beginning with the newest.
        since_id: Id,
        /// How many statuses. Default: 20, at most 40.
        limit: u32,
    }
    /// Options of `scheduledStatuses`.
    get ScheduledStatusesOptions {
        /// Only those with an older id than this one.
        max_id: TimelineId,
        /// Only those with a newer id than this one, beginning right after it.
        min_id: TimelineId,
        /// Only those with a newer id than this one, beginning with the newest.
        since_id: TimelineId,
        /// How many. Default: 20, at most 40.
        limit: u32,
    }
    /// What an edit of a status changes about one of its media; `generateMediaEditAttributes` makes it.
    bare MediaEditAttributes {
        /// The media attachment.
        id: Required<Id>,
        /// The alternative text.
        description: String,
        /// The point that stays visible when the image is cropped: `x,y`.
        focus: String,
        /// A preview image of a video or audio file, as a `data:` URL.
        thumbnail: String,
    }
    /// Options of `generateMediaEditAttributes`.
    bare MediaEditOptions {
        /// The alternative text.
        description: String,
        /// The point that stays visible when the image is cropped.
        focus: FocalPoint,
        /// A preview image of a video or audio file.
        thumbnail: Upload,
        /// The thumbnail's MIME type. Default: that of the file, or detected from its first bytes.
        thumb_mimetype: String => "",
    }
}

#[cfg(feature = "npm")]
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"/** What a new status may have and an edit cannot change. */
export type NotInAnEdit = { [Name in Exclude<keyof StatusPostOptions, keyof StatusUpdateOptions>]?: never };
";

methods! {
    /// One status.
    ///
    /// `GET /api/v1/statuses/{id}` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#get)
    ///
    /// `MastodonNotFoundError` if it does not exist or the user may not see it.
    status as status(id: Id; RequestOptions) -> Status = get("/api/v1/statuses/{id}").since([1, 0, 0], [2, 0, 0]);

    /// Several statuses by their ids, in one request.
    ///
    /// `GET /api/v1/statuses` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#index)
    ///
    /// Statuses that do not exist or that the user may not see are left out. Servers take 20 at a time,
    /// unless they allow more.
    statuses as statuses(ids: Ids => "id"; RequestOptions) -> Vec<Status> =
        get("/api/v1/statuses").since([4, 3, 0], [4, 3, 0]);

    /// The thread of a status: its ancestors and its replies.
    ///
    /// `GET /api/v1/statuses/{id}/context` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#context)
    ///
    /// At most 40 ancestors and 60 descendants without a token. The server may still be fetching
    /// replies from other servers: `awaitAsyncRefresh` waits for them.
    status_context as statusContext(id: Id; RequestOptions) -> Context =
        get("/api/v1/statuses/{id}/context").since([1, 0, 0], [1, 0, 0]);

    /// All versions of a status, oldest first. A status that was never edited has one.
    ///
    /// `GET /api/v1/statuses/{id}/history` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#history)
    status_history as statusHistory(id: Id; RequestOptions) -> Vec<StatusEdit> =
        get("/api/v1/statuses/{id}/history").since([3, 5, 0], [3, 5, 0]);

    /// The source of one of the user's statuses, to be edited.
    ///
    /// `GET /api/v1/statuses/{id}/source` · scope `read:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#source)
    status_source as statusSource(id: Id; RequestOptions) -> StatusSource =
        get("/api/v1/statuses/{id}/source").since([3, 5, 0], [3, 5, 0]);

    /// The accounts that boosted a status.
    ///
    /// `GET /api/v1/statuses/{id}/reblogged_by` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#reblogged_by)
    ///
    /// `limit`: 40 by default, at most 80.
    status_reblogged_by as statusRebloggedBy(id: Id; AccountPageOptions) -> Page<Account> =
        get("/api/v1/statuses/{id}/reblogged_by").since([1, 0, 0], [2, 1, 0]).page();

    /// The accounts that favourited a status.
    ///
    /// `GET /api/v1/statuses/{id}/favourited_by` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#favourited_by)
    ///
    /// `limit`: 40 by default, at most 80.
    status_favourited_by as statusFavouritedBy(id: Id; AccountPageOptions) -> Page<Account> =
        get("/api/v1/statuses/{id}/favourited_by").since([1, 0, 0], [2, 1, 0]).page();

    /// The statuses that quote a status, newest first. Without those that the user may not see; the
    /// author sees all. Since API version 7.
    ///
    /// `GET /api/v1/statuses/{id}/quotes` · scope `read:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#quotes)
    status_quotes as statusQuotes(id: Id; StatusQuotesOptions) -> Page<Status> =
        get("/api/v1/statuses/{id}/quotes").since([4, 5, 0], [4, 5, 0]).api_version(7).page();

    /// A translation of a public status.
    ///
    /// `POST /api/v1/statuses/{id}/translate` · scope `read:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#translate)
    ///
    /// `MastodonAPIError` with status 403 if the status is not public or the languages are not
    /// supported, 503 if the translation service is unavailable; `MastodonNotFoundError` if there is
    /// none.
    status_translate as statusTranslate(id: Id; StatusTranslateOptions) -> Translation =
        post("/api/v1/statuses/{id}/translate").since([4, 0, 0], [4, 0, 0]);

    /// Changes who may quote one of the user's statuses. Existing quotes stay. Since API version 7.
    ///
    /// `PUT /api/v1/statuses/{id}/interaction_policy` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#edit_interaction_policy)
    ///
    /// Private and direct statuses can only be quoted by their author, whatever the policy.
    status_update_quote_approval_policy as statusUpdateQuoteApprovalPolicy(id: Id, quote_approval_policy: QuoteApprovalPolicy; WriteOptions) -> Status =
        put("/api/v1/statuses/{id}/interaction_policy").since([4, 5, 0], [4, 5, 0]).api_version(7);

    /// Removes one of the user's statuses from a status that quotes it. Since API version 7.
    ///
    /// `POST /api/v1/statuses/{id}/quotes/{quoting_status_id}/revoke` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#revoke_quote)
    ///
    /// `id` is the quoted status, `quoting_status_id` the one that quotes it; the result is the latter.
    status_quote_revoke as statusQuoteRevoke(id: Id, quoting_status_id: Id; WriteOptions) -> Status =
        post("/api/v1/statuses/{id}/quotes/{quoting_status_id}/revoke").since([4, 5, 0], [4, 5, 0]).api_version(7);

    /// Deletes one of the user's statuses.
    ///
    /// `DELETE /api/v1/statuses/{id}` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#delete)
    ///
    /// The result has its source in `text`, with media and poll, so that it can be redrafted. Its media
    /// may be posted again unless `delete_media` is set, possibly after some seconds.
    status_delete as statusDelete(id: Id; StatusDeleteOptions) -> Status
        where ["(id: Id, options?: StatusDeleteOptions | null): Promise<DeletedStatus>"] =
        delete("/api/v1/statuses/{id}").since([1, 0, 0], [1, 0, 0]);

    /// Boosts a status. The result is the boost, with the status in `reblog`.
    ///
    /// `POST /api/v1/statuses/{id}/reblog` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#boost)
    status_reblog as statusReblog(id: Id; StatusReblogOptions) -> Status =
        post("/api/v1/statuses/{id}/reblog").since([1, 0, 0], [2, 0, 0]);

    /// Undoes a boost. The result is the status that was boosted.
    ///
    /// `POST /api/v1/statuses/{id}/unreblog` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#unreblog)
    status_unreblog as statusUnreblog(id: Id; WriteOptions) -> Status =
        post("/api/v1/statuses/{id}/unreblog").since([1, 0, 0], [2, 0, 0]);

    /// Favourites a status.
    ///
    /// `POST /api/v1/statuses/{id}/favourite` · scope `write:favourites` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#favourite)
    status_favourite as statusFavourite(id: Id; WriteOptions) -> Status =
        post("/api/v1/statuses/{id}/favourite").since([1, 0, 0], [2, 0, 0]);

    /// Undoes a favourite.
    ///
    /// `POST /api/v1/statuses/{id}/unfavourite` · scope `write:favourites` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#unfavourite)
    status_unfavourite as statusUnfavourite(id: Id; WriteOptions) -> Status =
        post("/api/v1/statuses/{id}/unfavourite").since([1, 0, 0], [2, 0, 0]);

    /// Bookmarks a status. Bookmarks are private.
    ///
    /// `POST /api/v1/statuses/{id}/bookmark` · scope `write:bookmarks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#bookmark)
    status_bookmark as statusBookmark(id: Id; WriteOptions) -> Status =
        post("/api/v1/statuses/{id}/bookmark").since([3, 1, 0], [3, 1, 0]);

    /// Removes a bookmark.
    ///
    /// `POST /api/v1/statuses/{id}/unbookmark` · scope `write:bookmarks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#unbookmark)
    status_unbookmark as statusUnbookmark(id: Id; WriteOptions) -> Status =
        post("/api/v1/statuses/{id}/unbookmark").since([3, 1, 0], [3, 1, 0]);

    /// Mutes notifications about a thread. The status must be part of a thread that the user takes
    /// part in.
    ///
    /// `POST /api/v1/statuses/{id}/mute` · scope `write:mutes` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#mute)
    status_mute as statusMute(id: Id; WriteOptions) -> Status =
        post("/api/v1/statuses/{id}/mute").since([1, 4, 0], [2, 0, 0]);

    /// Unmutes a thread.
    ///
    /// `POST /api/v1/statuses/{id}/unmute` · scope `write:mutes` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#unmute)
    status_unmute as statusUnmute(id: Id; WriteOptions) -> Status =
        post("/api/v1/statuses/{id}/unmute").since([1, 4, 0], [2, 0, 0]);

    /// Pins one of the user's statuses to the profile.
    ///
    /// `POST /api/v1/statuses/{id}/pin` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#pin)
    ///
    /// `MastodonAPIError` with status 422 if there are five already, or the status is not the user's.
    status_pin as statusPin(id: Id; WriteOptions) -> Status =
        post("/api/v1/statuses/{id}/pin").since([2, 1, 0], [2, 1, 0]);

    /// Unpins a status from the profile.
    ///
    /// `POST /api/v1/statuses/{id}/unpin` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#unpin)
    status_unpin as statusUnpin(id: Id; WriteOptions) -> Status =
        post("/api/v1/statuses/{id}/unpin").since([2, 1, 0], [2, 1, 0]);

    /// The user's scheduled statuses.
    ///
    /// `GET /api/v1/scheduled_statuses` · scope `read:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/scheduled_statuses/#get)
    scheduled_statuses as scheduledStatuses(; ScheduledStatusesOptions) -> Page<ScheduledStatus> =
        get("/api/v1/scheduled_statuses").since([2, 7, 0], [2, 7, 0]).page();

    /// One scheduled status.
    ///
    /// `GET /api/v1/scheduled_statuses/{id}` · scope `read:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/scheduled_statuses/#get-one)
    scheduled_status as scheduledStatus(id: Id; RequestOptions) -> ScheduledStatus =
        get("/api/v1/scheduled_statuses/{id}").since([2, 7, 0], [2, 7, 0]);

    /// Reschedules a status: at least five minutes from now.
    ///
    /// `PUT /api/v1/scheduled_statuses/{id}` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/scheduled_statuses/#update)
    ///
    /// `MastodonAPIError` with status 422 if that is too soon.
    scheduled_status_update as scheduledStatusUpdate(id: Id, scheduled_at: Timestamp; WriteOptions) -> ScheduledStatus =
        put("/api/v1/scheduled_statuses/{id}").since([2, 7, 0], [2, 7, 0]);

    /// Cancels a scheduled status.
    ///
    /// `DELETE /api/v1/scheduled_statuses/{id}` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/scheduled_statuses/#cancel)
    scheduled_status_delete as scheduledStatusDelete(id: Id; WriteOptions) -> Nothing =
        delete("/api/v1/scheduled_statuses/{id}").since([2, 7, 0], [2, 7, 0]).nothing();

    /// The preview card of the link in a status, or null.
    ///
    /// `GET /api/v1/statuses/{id}` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#get)
    ///
    /// It is the `card` of the status; servers before 3.0.0 have `GET /api/v1/statuses/{id}/card`.
    status_card as statusCard(id: Id; RequestOptions) -> Option<PreviewCard> =
        get("/api/v1/statuses/{id}").since([1, 0, 0], [3, 0, 0]).field("card") => run(status_card);

    /// Publishes a status, or schedules it.
    ///
    /// `POST /api/v1/statuses` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#create)
    ///
    /// The text may be empty if there are media. `MastodonAPIError` with status 422 if it is too long,
    /// if media are not processed yet, or for media together with a poll. With `scheduled_at`, the
    /// result is a `ScheduledStatus`.
    ///
    /// Each call has an `Idempotency-Key`, a random one by default: if the connection drops, the
    /// request is sent once more to servers that support the key, and the status is not posted twice.
    ///
    /// @example
    /// const status = await m.statusPost("Hello!", { visibility: "unlisted", language: "en" });
    status_post as statusPost(status: Text; StatusPostOptions) -> PostedStatus
        where [
            "(status: string, options?: StatusPostOptions | null): Promise<PostedStatus>",
            "(status: string, options?: (StatusPostOptions & { scheduled_at?: null }) | null): Promise<Status>",
            "(status: string, options: StatusPostOptions & { scheduled_at: Timestamp }): Promise<ScheduledStatus>"
        ] =
        post("/api/v1/statuses").since([1, 0, 0], [4, 6, 0]) => run(status_post);

    /// Publishes a text. `statusPost` does the same and takes more options.
    ///
    /// `POST /api/v1/statuses` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#create)
    toot as toot(status: Text; TootOptions) -> Status =
        post("/api/v1/statuses").since([1, 0, 0], [2, 8, 0]) => prepare(publishable);

    /// Edits one of the user's statuses.
    ///
    /// `PUT /api/v1/statuses/{id}` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#edit)
    ///
    /// An edit replaces the status: the text is required, and a content warning, media, a poll or
    /// `sensitive` that is left out is removed. Options that an edit cannot change, such as the visibility,
    /// are rejected.
    status_update as statusUpdate(id: Id, status: Text; StatusUpdateOptions) -> Status
        where ["(id: Id, status: string, options?: (StatusUpdateOptions & NotInAnEdit) | null): Promise<Status>"] =
        put("/api/v1/statuses/{id}").since([3, 5, 0], [4, 1, 0]) => prepare(keep_edited_media);

    /// Replies to a status: mentions its author and everyone mentioned in it, and keeps its visibility
    /// and content warning unless they are given.
    ///
    /// `POST /api/v1/statuses` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/statuses/#create)
    ///
    /// `to_status` is the whole status, not its id. A mention of the user is not repeated; the user's id
    /// is requested from the server once.
    ///
    /// @example
    /// await m.statusReply(notification.status, "Thank you!", { untag: true });
    status_reply as statusReply(to_status: WholeStatus => "", status: Text; StatusReplyOptions) -> Status =
        post("/api/v1/statuses").since([1, 0, 0], [4, 5, 0]) => run(status_reply);

    /// Makes one of the `media_attributes` of `statusUpdate`. Nothing is sent.
    ///
    /// Resolves when the thumbnail, if there is one, has been read.
    ///
    /// @example
    /// const change = await m.generateMediaEditAttributes(media, { description: "A cat asleep" });
    /// await m.statusUpdate(status, text, { media_attributes: [change] });
    generate_media_edit_attributes as generateMediaEditAttributes(id: Id; MediaEditOptions) -> MediaEditAttributes =
        local() => run(generate_media_edit_attributes);
}

/// The server version whose statuses have their card in them.
const CARD_IN_STATUS: Version = Version::new(3, 0, 0);

fn status_card(call: Call) -> Result<Work, Error> {
    let is_older = call.client().is_older(CARD_IN_STATUS);
    Ok(Box::pin(async move {
        let (scope, status) = call.build()?;
        let mut card = Request::get(status.method, &[&status.path, "/card"].concat());
        card.pairs.extend_from_slice(&status.pairs);
        let (first, second) = if is_older {
            (card, status)
        } else {
            (status, card)
        };
        first_found(&scope, first, second).await
    }))
}

/// A key that no other status has. It protects nothing, so it need not be unpredictable.
fn random_key() -> String {
    let part = || js::integer_text((js::random() * f64::from(u32::MAX)) as u32);
    text::join(&[part(), part(), part(), part()], "-")
}

/// Who may interact with a status, on GoToSocial.
const POLICY: &str = "interaction_policy";

/// Makes sure that a status which is sent twice is posted once, and that the options fit the
/// `feature_set`.
fn publishable(call: &mut Call) -> Result<(), Error> {
    let feature_set = call.client().feature_set;
    if call.has("quote_id") && feature_set != FeatureSet::Fedibird {
        return Err(call.illegal(&[
            "`quote_id` needs `feature_set: \"fedibird\"`; elsewhere it is `quoted_status_id`",
        ]));
    }
    let strict = call.take_flag("strict_content_type");
    if strict && call.has("content_type") && feature_set != FeatureSet::Pleroma {
        return Err(call.illegal(&["`content_type` needs `feature_set: \"pleroma\"`"]));
    }
    if call.has(POLICY) {
        // A copy: the caller's may change until it is sent.
        let copy = js::print_json(&call.get(POLICY)).and_then(|text| js::parse_json(&text));
        let copy = copy.map_err(|cause| Error::unreadable(call.name(), POLICY, cause))?;
        call.set(POLICY, copy);
    }
    let request = &mut call.request;
    request.idempotency_key.get_or_insert_with(random_key);
    request.repeatable_by_key = true;
    Ok(())
}

fn status_post(mut call: Call) -> Result<Work, Error> {
    publishable(&mut call)?;
    Ok(Box::pin(posted(call)))
}

/// Sends a new status. A server that does not read polls from JSON would silently drop one.
async fn posted(call: Call) -> Result<JsValue, Error> {
    let (name, has_poll) = (call.name(), call.has("poll"));
    let status = call.send().await?;
    if has_poll
        && js::is_nothing(&js::get(&status, "poll"))
        && js::text_of(&status, "scheduled_at").is_none()
    {
        let warning = [name, ": the server posted the status without its poll"].concat();
        web_sys::console::warn_1(&warning.into());
    }
    Ok(status)
}

/// Media whose descriptions are edited stay attached, also where `media_ids` does not name them.
fn keep_edited_media(call: &mut Call) -> Result<(), Error> {
    if !call.has("media_attributes") {
        return Ok(());
    }
    let edits = js::list(&call.get("media_attributes"));
    let ids = js::list(&call.take("media_ids"));
    for edit in edits.iter() {
        let id = js::get(&edit, Name::Id);
        if !js::is_nothing(&id) && !ids.includes(&id, 0) {
            ids.push(&id);
        }
    }
    call.set("media_ids", ids.into());
    Ok(())
}

/// An account that a reply mentions.
#[derive(Debug, PartialEq, Eq)]
struct Mention {
    /// Its id, if the server gave one.
    id: Option<String>,
    acct: String,
}

/// Reads an account or a mention of the caller's; what its accessors throw comes out.
fn mention(of: &JsValue) -> Result<Mention, JsValue> {
    let id = js::id_text(&js::caller_get(of, "id")?);
    let acct = js::caller_get(of, "acct")?.as_string().unwrap_or_default();
    let acct = acct.trim_start_matches('@');
    if acct.is_empty() {
        return Err(JsValue::UNDEFINED);
    }
    Ok(Mention {
        id,
        acct: acct.to_owned(),
    })
}

/// The accounts that a reply to a status mentions: the author first, then those whom the status mentions.
fn mentions(status: &JsValue, untag: bool) -> Result<Vec<Mention>, JsValue> {
    let mut all = vec![mention(&js::caller_get(status, "account")?)?];
    if !untag {
        let others = js::caller_get(status, "mentions")?;
        if js::caller_is_array(&others)? {
            let others: Array = others.unchecked_into();
            for at in 0..others.length() {
                all.push(mention(&js::caller_get(&others, &js::integer_text(at))?)?);
            }
        }
    }
    Ok(all)
}

/// The text of a reply, after the handles that it mentions. No account is mentioned twice, and the
/// user only as the author.
fn address(mentions: &[Mention], own: &str, text: &str) -> String {
    let mut out = String::new();
    let mut done: Vec<&Mention> = Vec::new();
    for mention in mentions {
        let is_own = mention.id.as_deref() == Some(own);
        let same = |other: &&Mention| {
            other.acct == mention.acct || (mention.id.is_some() && other.id == mention.id)
        };
        if done.iter().any(same) || (is_own && !done.is_empty()) {
            continue;
        }
        done.push(mention);
        out.push('@');
        out.push_str(&mention.acct);
        out.push(' ');
    }
    out.push_str(text);
    out
}

/// The status is read before anything is awaited: it belongs to the caller, who may change it later.
fn status_reply(mut call: Call) -> Result<Work, Error> {
    publishable(&mut call)?;
    let status = call.take("to_status");
    let untag = call.take_flag("untag");
    let incomplete = |call: &Call, cause| {
        call.illegal(&["`to_status` must be a whole status, as the server gave it. To reply to an id, call `statusPost` with `in_reply_to_id`"])
            .with_cause(cause)
    };
    if check::has_lost_digits(&status) {
        return Err(Error::invalid_argument(
            call.name(),
            "to_status",
            check::LOST_DIGITS,
            &status,
        ));
    }
    // A reply to a boost is one to the boosted status: its author is the one to mention.
    let boosted = js::caller_get(&status, "reblog").map_err(|cause| incomplete(&call, cause))?;
    let status = if boosted.is_object() { boosted } else { status };
    let mentions = mentions(&status, untag).map_err(|cause| incomplete(&call, cause))?;
    for name in ["visibility", "spoiler_text"] {
        let inherited = js::caller_get(&status, name).map_err(|cause| incomplete(&call, cause))?;
        if !call.has(name) && inherited.as_string().is_some_and(|text| !text.is_empty()) {
            call.set(name, inherited);
        }
    }
    let id = js::caller_get(&status, "id").map_err(|cause| incomplete(&call, cause))?;
    let Some(id) = js::id_text(&id) else {
        return Err(incomplete(&call, JsValue::UNDEFINED));
    };
    call.set("in_reply_to_id", id.into());
    Ok(Box::pin(async move {
        let own = own_id(&call.scope).await?;
        let text = address(&mentions, &own, &call.text("status").unwrap_or_default());
        call.set("status", text.into());
        posted(call).await
    }))
}

pub(crate) fn generate_media_edit_attributes(mut call: Call) -> Result<Work, Error> {
    complete(&mut call, "thumbnail", "thumb_mimetype", "")?;
    Ok(Box::pin(async move {
        if call.has("thumbnail") {
            let file: File = call.get("thumbnail").unchecked_into();
            let buffer: ArrayBuffer = call.scope.run(file.array_buffer()).await?.unchecked_into();
            let bytes = Uint8Array::new(&buffer).to_vec();
            let url = ["data:", &file.type_(), ";base64,", &base64(&bytes)].concat();
            call.set("thumbnail", url.into());
        }
        Ok(call.to_object().into())
    }))
}

/// Bytes in the alphabet of `data:` URLs, filled up.
fn base64(bytes: &[u8]) -> String {
    let url = base64::encode(bytes);
    let filling = ["", "==", "="]
        .get(bytes.len() % 3)
        .copied()
        .unwrap_or_default();
    let standard = |letter| match letter {
        '-' => '+',
        '_' => '/',
        letter => letter,
    };
    url.chars().map(standard).chain(filling.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Mention, address, base64};

    fn mentions(of: &[(&str, &str)]) -> Vec<Mention> {
        let id = |id: &str| Some(id.to_owned()).filter(|id| !id.is_empty());
        of.iter()
            .map(|(own, acct)| Mention {
                id: id(own),
                acct: (*acct).to_owned(),
            })
            .collect()
    }

    #[test]
    fn a_reply_mentions_the_author_first_and_nobody_twice() {
        let all = [
            ("1", "ada"),
            ("2", "b@example.org"),
            ("1", "ada"),
            ("2", "b@example.org"),
            ("3", "me"),
        ];
        assert_eq!(
            address(&mentions(&all), "3", "hi"),
            "@ada @b@example.org hi"
        );
        assert_eq!(address(&mentions(&[("1", "ada")]), "3", "hi"), "@ada hi");
        // Some servers have another id, or none, for the same account.
        assert_eq!(
            address(
                &mentions(&[("1", "ada"), ("7", "ada"), ("", "bo"), ("", "cy")]),
                "3",
                "hi"
            ),
            "@ada @bo @cy hi"
        );
    }

    #[test]
    fn a_reply_to_oneself_mentions_oneself() {
        let all = [("3", "me"), ("2", "b"), ("3", "me")];
        assert_eq!(address(&mentions(&all), "3", "hi"), "@me @b hi");
    }

    #[test]
    fn bytes_are_written_as_base64() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
            ("\u{ff}\u{fe}", "w7/Dvg=="),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}

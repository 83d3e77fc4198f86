//! Accounts: other people's, what is between them and the account, and its own.

use crate::api::declare::methods;
use crate::api::media::complete;
use crate::client::call::{Call, Work};
use crate::client::send::send;
use crate::endpoint::request::Request;
use crate::endpoint::{Verb, delete, get, patch, post};
use crate::entities::{
    Account, CredentialAccount, FamiliarFollowers, FeaturedTag, Relationship, Status, UserList,
};
use crate::error::{Class, Error, ErrorResponse};
use crate::js::{self, Name};
use crate::params::{
    Id, Ids, PageOptions, ProfileFields, RequestOptions, Text, TimelineId, Upload, WriteOptions,
    open, options,
};
use js_sys::Object;
use wasm_bindgen::JsCast;

open! {
    /// The default visibility of new statuses: everyone, everyone but not in public timelines, or
    /// followers.
    DefaultPrivacy: "DefaultPrivacy" = Public "public" | Unlisted "unlisted" | Private "private";
    /// Who may quote new statuses by default.
    DefaultQuotePolicy: "DefaultQuotePolicy" = Public "public" | Followers "followers" | Nobody "nobody";
}

options! {
    /// Options of `accountStatuses`.
    get AccountStatusesOptions {
        /// Only statuses with media.
        only_media: bool,
        /// Only statuses that are pinned to the profile; the other options are ignored then.
        pinned: bool,
        /// Leave out replies to others.
        exclude_replies: bool,
        /// Leave out boosts.
        exclude_reblogs: bool,
        /// Only statuses with this hashtag, written without `#`.
        tagged: String,
        /// Only statuses older than this one, or than this `Date`.
        max_id: TimelineId,
        /// Only statuses newer than this one, beginning right after it.
        min_id: TimelineId,
        /// Only statuses newer than this one, beginning with the newest.
        since_id: TimelineId,
        /// How many statuses. Default: 20, at most 40.
        limit: u32,
        /// Leave out direct messages.
        exclude_direct: bool,
    }
    /// Options of `accountRelationships`.
    get AccountRelationshipsOptions {
        /// Whether to include suspended accounts. Default: `false`.
        with_suspended: bool,
    }
    /// Options of `accountSearch`.
    get AccountSearchOptions {
        /// How many accounts. Default: 40, at most 80.
        limit: u32,
        /// Only accounts that the account follows.
        following: bool,
        /// Whether to look up an unknown handle on its server.
        resolve: bool,
        /// How many accounts to skip.
        offset: u32,
    }
    /// Options of `accountFollow`.
    post AccountFollowOptions {
        /// Whether the account's boosts appear in the home timeline. Default for a new follow: `true`.
        reblogs: bool,
        /// Whether to be notified of each of the account's statuses. Default for a new follow: `false`.
        notify: bool,
        /// Only posts in these languages (ISO 639-1) reach the home timeline. An empty list is for all.
        languages: Vec<String>,
    }
    /// Options of `accountMute`.
    post AccountMuteOptions {
        /// Whether to mute notifications from the account too. Default: `true`.
        notifications: bool,
        /// Seconds until the mute ends. Default: 0, permanently.
        duration: u32,
    }
    /// Options of `accountUpdateCredentials`. Fields that are left out stay as they are.
    post AccountUpdateCredentialsOptions {
        /// The name that is shown.
        display_name: String,
        /// The text of the profile, plain.
        note: String,
        /// The profile picture: PNG, GIF or JPEG, or what else the server accepts.
        avatar: Upload,
        /// The picture's MIME type. Default: that of the file, or detected from its first bytes.
        avatar_mime_type: String => "",
        /// The banner.
        header: Upload,
        /// The banner's MIME type. Default: that of the file, or detected from its first bytes.
        header_mime_type: String => "",
        /// Whether follow requests need approval.
        locked: bool,
        /// Whether the account is a bot.
        bot: bool,
        /// Whether the account may be suggested to others and appear in the directory.
        discoverable: bool,
        /// The rows of the profile's table, at most four on most servers. They replace all rows; an
        /// empty list removes them.
        fields: ProfileFields => "fields_attributes",
        /// Whether to hide whom the account follows and who follows it.
        hide_collections: bool,
        /// Whether public statuses may be found by anyone's search.
        indexable: bool,
        /// Web sites that may name the account as an author, as domain names. They replace all others;
        /// an empty list removes them.
        attribution_domains: Vec<String>,
        /// The default visibility of new statuses.
        default_privacy: DefaultPrivacy => "source[privacy]",
        /// Whether media of new statuses are marked sensitive by default.
        default_sensitive: bool => "source[sensitive]",
        /// The default language of new statuses: ISO 639-1.
        default_language: String => "source[language]",
        /// Who may quote new statuses by default.
        default_quote_policy: DefaultQuotePolicy => "source[quote_policy]",
        /// The alternative text of the profile picture. Since API version 11.
        avatar_description: String,
        /// The alternative text of the banner. Since API version 11.
        header_description: String,
    }
    /// Options of `emailResendConfirmation`.
    post EmailResendConfirmationOptions {
        /// Another address to confirm instead.
        email: String,
    }
}

methods! {
    /// One account.
    ///
    /// `GET /api/v1/accounts/{id}` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#get)
    ///
    /// A suspended account has neither text nor pictures, and `suspended` is true.
    account as account(id: Id; RequestOptions) -> Account = get("/api/v1/accounts/{id}").since([1, 0, 0], [1, 0, 0]);

    /// Several accounts by their ids, in one request.
    ///
    /// `GET /api/v1/accounts` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#index)
    ///
    /// Accounts that the server does not know are left out.
    accounts as accounts(ids: Ids => "id"; RequestOptions) -> Vec<Account> =
        get("/api/v1/accounts").since([4, 3, 0], [4, 3, 0]);

    /// The account with a handle: `name` on this server, `name@domain` on another.
    ///
    /// `GET /api/v1/accounts/lookup` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#lookup)
    ///
    /// Only accounts that the server knows: others are a `MastodonNotFoundError`. `accountSearch` with
    /// `resolve` looks the account up on its server. Works without a token on most servers.
    account_lookup as accountLookup(acct: Text; RequestOptions) -> Account =
        get("/api/v1/accounts/lookup").since([3, 4, 0], [3, 4, 0]);

    /// Accounts whose name or handle matches; an empty list if there are none.
    ///
    /// `GET /api/v1/accounts/search` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#search)
    ///
    /// Paginated by `offset`.
    account_search as accountSearch(q: Text; AccountSearchOptions) -> Page<Account> =
        get("/api/v1/accounts/search").since([1, 0, 0], [2, 8, 0]).offset_page();

    /// What an account has posted and boosted, newest first.
    ///
    /// `GET /api/v1/accounts/{id}/statuses` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#statuses)
    ///
    /// Without a token, only public statuses. `MastodonUnauthorizedError` or an empty list if the
    /// account blocks the user.
    account_statuses as accountStatuses(id: Id; AccountStatusesOptions) -> Page<Status> =
        get("/api/v1/accounts/{id}/statuses").since([1, 0, 0], [4, 6, 0]).page();

    /// Who follows an account, the latest first.
    ///
    /// `GET /api/v1/accounts/{id}/followers` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#followers)
    ///
    /// `limit`: 40 by default, at most 80. The cursors are not ids of accounts: take them from
    /// `pagination`. Empty if the account hides it. Of an account on another server, only followers
    /// that this server knows.
    account_followers as accountFollowers(id: Id; PageOptions) -> Page<Account> =
        get("/api/v1/accounts/{id}/followers").since([1, 0, 0], [2, 6, 0]).page();

    /// Whom an account follows, the latest first.
    ///
    /// `GET /api/v1/accounts/{id}/following` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#following)
    ///
    /// `limit`: 40 by default, at most 80. The cursors are not ids of accounts: take them from
    /// `pagination`. Empty if the account hides it.
    account_following as accountFollowing(id: Id; PageOptions) -> Page<Account> =
        get("/api/v1/accounts/{id}/following").since([1, 0, 0], [2, 6, 0]).page();

    /// The hashtags that an account shows on its profile.
    ///
    /// `GET /api/v1/accounts/{id}/featured_tags` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#featured_tags)
    account_featured_tags as accountFeaturedTags(id: Id; RequestOptions) -> Vec<FeaturedTag> =
        get("/api/v1/accounts/{id}/featured_tags").since([3, 3, 0], [3, 3, 0]);

    /// The accounts that an account features on its profile.
    ///
    /// `GET /api/v1/accounts/{id}/endorsements` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#endorsements)
    ///
    /// `limit`: 40 by default, at most 80. The cursors are not ids of accounts: take them from
    /// `pagination`.
    account_endorsements as accountEndorsements(id: Id; PageOptions) -> Page<Account> =
        get("/api/v1/accounts/{id}/endorsements").since([4, 4, 0], [4, 4, 0]).page();

    /// The user's lists that an account is on.
    ///
    /// `GET /api/v1/accounts/{id}/lists` · scope `read:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#lists)
    account_lists as accountLists(id: Id; RequestOptions) -> Vec<UserList> =
        get("/api/v1/accounts/{id}/lists").since([2, 1, 0], [2, 1, 0]);

    /// For each of several accounts, those of its followers whom the user follows.
    ///
    /// `GET /api/v1/accounts/familiar_followers` · scope `read:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#familiar_followers)
    account_familiar_followers as accountFamiliarFollowers(id: Ids; RequestOptions) -> Vec<FamiliarFollowers> =
        get("/api/v1/accounts/familiar_followers").since([3, 5, 0], [3, 5, 0]);

    /// The relationships of the user to other accounts: following, blocking, muting.
    ///
    /// `GET /api/v1/accounts/relationships` · scope `read:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#relationships)
    ///
    /// Accounts that the server does not know are left out.
    account_relationships as accountRelationships(id: Ids; AccountRelationshipsOptions) -> Vec<Relationship> =
        get("/api/v1/accounts/relationships").since([1, 0, 0], [1, 4, 0]);

    /// Follows an account, or changes the options of a follow.
    ///
    /// `POST /api/v1/accounts/{id}/follow` · scope `write:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#follow)
    ///
    /// `requested` is true instead of `following` if the account approves its followers.
    account_follow as accountFollow(id: Id; AccountFollowOptions) -> Relationship =
        post("/api/v1/accounts/{id}/follow").since([1, 0, 0], [3, 3, 0]);

    /// Unfollows an account, or withdraws the follow request.
    ///
    /// `POST /api/v1/accounts/{id}/unfollow` · scope `write:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#unfollow)
    account_unfollow as accountUnfollow(id: Id; WriteOptions) -> Relationship =
        post("/api/v1/accounts/{id}/unfollow").since([1, 0, 0], [1, 4, 0]);

    /// Removes an account from the user's followers.
    ///
    /// `POST /api/v1/accounts/{id}/remove_from_followers` · scope `write:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#remove_from_followers)
    account_remove_from_followers as accountRemoveFromFollowers(id: Id; WriteOptions) -> Relationship =
        post("/api/v1/accounts/{id}/remove_from_followers").since([3, 5, 0], [3, 5, 0]);

    /// Blocks an account. Follows in either direction end.
    ///
    /// `POST /api/v1/accounts/{id}/block` · scope `write:blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#block)
    account_block as accountBlock(id: Id; WriteOptions) -> Relationship =
        post("/api/v1/accounts/{id}/block").since([1, 0, 0], [1, 4, 0]);

    /// Unblocks an account. Follows are not restored.
    ///
    /// `POST /api/v1/accounts/{id}/unblock` · scope `write:blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#unblock)
    account_unblock as accountUnblock(id: Id; WriteOptions) -> Relationship =
        post("/api/v1/accounts/{id}/unblock").since([1, 0, 0], [1, 4, 0]);

    /// Mutes an account: its statuses and, by default, its notifications are hidden. It is not
    /// notified.
    ///
    /// `POST /api/v1/accounts/{id}/mute` · scope `write:mutes` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#mute)
    ///
    /// Muting again changes the options.
    account_mute as accountMute(id: Id; AccountMuteOptions) -> Relationship =
        post("/api/v1/accounts/{id}/mute").since([1, 1, 0], [2, 4, 3]);

    /// Unmutes an account.
    ///
    /// `POST /api/v1/accounts/{id}/unmute` · scope `write:mutes` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#unmute)
    account_unmute as accountUnmute(id: Id; WriteOptions) -> Relationship =
        post("/api/v1/accounts/{id}/unmute").since([1, 1, 0], [1, 4, 0]);

    /// Features an account on the user's profile. The user must follow it.
    ///
    /// `POST /api/v1/accounts/{id}/endorse` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#endorse)
    account_endorse as accountEndorse(id: Id; WriteOptions) -> Relationship =
        post("/api/v1/accounts/{id}/endorse").since([4, 4, 0], [4, 4, 0]);

    /// Removes a featured account from the user's profile.
    ///
    /// `POST /api/v1/accounts/{id}/unendorse` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#unendorse)
    account_unendorse as accountUnendorse(id: Id; WriteOptions) -> Relationship =
        post("/api/v1/accounts/{id}/unendorse").since([4, 4, 0], [4, 4, 0]);

    /// `accountEndorse` under its name before 4.4.0.
    ///
    /// `POST /api/v1/accounts/{id}/pin` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#pin)
    account_pin as accountPin(id: Id; WriteOptions) -> Relationship =
        post("/api/v1/accounts/{id}/pin").since([2, 5, 0], [2, 5, 0]);

    /// `accountUnendorse` under its name before 4.4.0.
    ///
    /// `POST /api/v1/accounts/{id}/unpin` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#unpin)
    account_unpin as accountUnpin(id: Id; WriteOptions) -> Relationship =
        post("/api/v1/accounts/{id}/unpin").since([2, 5, 0], [2, 5, 0]);

    /// Sets the user's private note about an account. An empty one deletes it.
    ///
    /// `POST /api/v1/accounts/{id}/note` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#note)
    account_note_set as accountNoteSet(id: Id, comment: Text; WriteOptions) -> Relationship =
        post("/api/v1/accounts/{id}/note").since([3, 2, 0], [3, 2, 0]);

    /// The account that the token belongs to, with its settings in `source`.
    ///
    /// `GET /api/v1/accounts/verify_credentials` · scope `profile` or `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#verify_credentials)
    ///
    /// `MastodonUnauthorizedError` if the token is no longer valid.
    account_verify_credentials as accountVerifyCredentials(; RequestOptions) -> CredentialAccount =
        get("/api/v1/accounts/verify_credentials").since([1, 0, 0], [2, 1, 0]);

    /// The same as `accountVerifyCredentials`.
    ///
    /// `GET /api/v1/accounts/verify_credentials` · scope `profile` or `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#verify_credentials)
    me as me(; RequestOptions) -> CredentialAccount =
        get("/api/v1/accounts/verify_credentials").since([1, 0, 0], [2, 1, 0]);

    /// Removes the profile picture; the server's default takes its place.
    ///
    /// `DELETE /api/v1/profile/avatar` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/profile/)
    account_delete_avatar as accountDeleteAvatar(; WriteOptions) -> CredentialAccount =
        delete("/api/v1/profile/avatar").since([4, 2, 0], [4, 2, 0]);

    /// Removes the banner; the server's default takes its place.
    ///
    /// `DELETE /api/v1/profile/header` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/profile/)
    account_delete_header as accountDeleteHeader(; WriteOptions) -> CredentialAccount =
        delete("/api/v1/profile/header").since([4, 2, 0], [4, 2, 0]);

    /// Sends the confirmation e-mail again.
    ///
    /// `POST /api/v1/emails/confirmations` · as a user ·
    /// [documentation](https://docs.joinmastodon.org/methods/emails/#confirmation)
    ///
    /// Only for unconfirmed accounts, with the token of the application that created them;
    /// else a `MastodonAPIError` with status 403.
    email_resend_confirmation as emailResendConfirmation(; EmailResendConfirmationOptions) -> Nothing =
        post("/api/v1/emails/confirmations").since([3, 4, 0], [3, 4, 0]).nothing();

    /// Whether the e-mail address of the token's user has been confirmed.
    ///
    /// `GET /api/v1/emails/check_confirmation` · a token of a user ·
    /// not in Mastodon's documentation
    email_check_confirmation as emailCheckConfirmation(; RequestOptions) -> bool =
        get("/api/v1/emails/check_confirmation").since([4, 2, 0], [4, 2, 0]);

    /// Subscribes an e-mail address to the public statuses of an account, which are sent to it.
    ///
    /// `POST /api/v1/accounts/{id}/email_subscriptions` · public · not in Mastodon's documentation
    ///
    /// The server asks the address for confirmation. `MastodonNotFoundError` if server or account do
    /// not offer it (`email_subscriptions` of the account), `MastodonAPIError` with status 422 for an
    /// invalid address.
    account_email_subscribe as accountEmailSubscribe(id: Id, email: Text; WriteOptions) -> Nothing =
        post("/api/v1/accounts/{id}/email_subscriptions").since([4, 6, 0], [4, 6, 0]).nothing();

    /// Updates the user's profile and settings.
    ///
    /// `PATCH /api/v1/accounts/update_credentials` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#update_credentials)
    ///
    /// Invalid values (a text too long, a row too many) are a `MastodonAPIError` with status 422 and
    /// `details`.
    account_update_credentials as accountUpdateCredentials(; AccountUpdateCredentialsOptions) -> CredentialAccount =
        patch("/api/v1/accounts/update_credentials").since([1, 1, 1], [4, 6, 1]) => prepare(pictures);

    /// Follows an account by its handle, `name@domain`: searches for it and follows the first result.
    ///
    /// `POST /api/v1/accounts/{id}/follow` · scope `write:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#follow)
    ///
    /// `MastodonNotFoundError` if there is no result. `accountLookup` or `accountSearch` and then
    /// `accountFollow` name an account exactly.
    follows as follows(uri: Text => "q"; WriteOptions) -> Relationship =
        get("/api/v1/accounts/search").since([1, 0, 0], [2, 1, 0])
            .default(&[("resolve", "true"), ("limit", "1")]) => run(follows);
}

/// Completes the images of a profile with the types that were given for them.
pub(super) fn pictures(call: &mut Call) -> Result<(), Error> {
    complete(call, "avatar", "avatar_mime_type", "")?;
    complete(call, "header", "header_mime_type", "")?;
    // A form, which an image needs, cannot say that there are no rows. Servers skip a row without a name.
    let fields = call.get("fields");
    if fields.is_object()
        && Object::keys(fields.unchecked_ref::<Object>()).length() == 0
        && (call.has("avatar") || call.has("header"))
    {
        let row = js::object(&[("name", "".into()), ("value", "".into())]);
        call.set("fields", js::object(&[("0", row.into())]).into());
    }
    Ok(())
}

/// Looks the handle up, then follows.
fn follows(mut call: Call) -> Result<Work, Error> {
    // The key is for what writes.
    let key = call.request.idempotency_key.take();
    let name = call.name();
    Ok(Box::pin(async move {
        let (scope, request) = call.build()?;
        let searched = request.path.clone();
        let found = send(&scope, request).await?;
        let first = js::list(&found).get(0);
        let Some(id) = js::id_text(&js::get(&first, Name::Id)) else {
            let error = Error::new(
                Class::NotFound,
                &[name, ": no account with this handle was found"],
            );
            return Err(error.with_response(ErrorResponse {
                status: 404,
                method: Verb::Get.as_str(),
                path: searched,
                ..ErrorResponse::default()
            }));
        };
        let path = [
            "/api/v1/accounts/",
            &js::encode_uri_component(&id),
            "/follow",
        ]
        .concat();
        let mut follow = Request::new(name, Verb::Post, &path);
        follow.idempotency_key = key;
        send(&scope, follow).await
    }))
}

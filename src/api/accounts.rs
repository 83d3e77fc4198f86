//! Accounts: other people's, what is between them and the account, and its own.

use crate::api::declare::methods;
use crate::api::endpoint::{delete, get, patch, post};
use crate::params::{
    Id, Ids, PageOptions, ProfileFields, RequestOptions, Text, TimelineId, Upload, WriteOptions,
    argument, options,
};

argument! {
    /// Who sees a new status when its author does not say: everybody, everybody but not in public
    /// timelines, or followers.
    DefaultPrivacy: "DefaultPrivacy" = r#""public" | "unlisted" | "private" | (string & {})"# => crate::params::Kind::Text;
    /// Who may quote a new status when its author does not say.
    DefaultQuotePolicy: "DefaultQuotePolicy" = r#""public" | "followers" | "nobody" | (string & {})"# => crate::params::Kind::Text;
}

options! {
    /// Options of `accountStatuses`.
    get AccountStatusesOptions {
        /// Only statuses with pictures, sound or video.
        only_media: bool,
        /// Only those that the person has pinned to the profile; the other options then count for nothing.
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
        /// How many statuses: at most 40, 20 when it is not said.
        limit: u32,
        /// Leave out those that are for the people mentioned alone.
        exclude_direct: bool,
    }
    /// Options of `accountRelationships`.
    get AccountRelationshipsOptions {
        /// Whether suspended accounts are among the results; they are not when it is not said.
        with_suspended: bool,
    }
    /// Options of `accountSearch`.
    get AccountSearchOptions {
        /// How many accounts: at most 80, 40 when it is not said.
        limit: u32,
        /// Only accounts that the account follows.
        following: bool,
        /// Whether the server asks another server about a handle that it does not know.
        resolve: bool,
        /// How many accounts to skip.
        offset: u32,
    }
    /// Options of `accountFollow`.
    post AccountFollowOptions {
        /// Whether the person's boosts appear in the home timeline; they do when a new follow does not say.
        reblogs: bool,
        /// Whether each status of the person is a notification; it is not when a new follow does not say.
        notify: bool,
        /// Only posts in these languages (ISO 639-1) reach the home timeline. (Declared in pkg-template/index.d.ts.)
        #[serde(skip)]
        languages: Vec<String>,
    }
    /// Options of `accountMute`.
    post AccountMuteOptions {
        /// Whether notifications from the person are muted too; they are when it is not said.
        notifications: bool,
        /// Seconds until the mute ends by itself; 0, or not saying it, is for good.
        duration: u32,
    }
    /// Options of `accountUpdateCredentials`.
    post AccountUpdateCredentialsOptions {
        /// The name that is shown.
        display_name: String,
        /// The text of the profile, plain.
        note: String,
        /// The profile picture: PNG, GIF or JPEG, or what else the server takes.
        avatar: Upload,
        /// The picture's type, where neither the file nor its bytes tell it.
        avatar_mime_type: String => "",
        /// The banner.
        header: Upload,
        /// The banner's type, where neither the file nor its bytes tell it.
        header_mime_type: String => "",
        /// Whether followers have to be accepted.
        locked: bool,
        /// Whether the account is a bot.
        bot: bool,
        /// Whether the account may be suggested to others and appear in the directory.
        discoverable: bool,
        /// The rows of the profile's table: four at most, unless the server says otherwise. They replace all rows.
        fields: ProfileFields => "fields_attributes",
        /// Whether nobody sees whom the account follows and who follows it.
        hide_collections: bool,
        /// Whether public statuses may be found by anyone's search.
        indexable: bool,
        /// Web sites that may name the account as an author, as domain names. They replace all others.
        attribution_domains: Vec<String>,
        /// Who sees new statuses when they do not say.
        default_privacy: DefaultPrivacy => "source[privacy]",
        /// Whether media of new statuses are hidden behind a warning when they do not say.
        default_sensitive: bool => "source[sensitive]",
        /// The language of new statuses when they do not say: ISO 639-1.
        default_language: String => "source[language]",
        /// Who may quote new statuses when they do not say.
        default_quote_policy: DefaultQuotePolicy => "source[quote_policy]",
        /// What the profile picture shows, for those who cannot see it.
        avatar_description: String,
        /// What the banner shows, for those who cannot see it.
        header_description: String,
    }
}

options! {
    /// Options of `emailResendConfirmation`.
    post EmailResendConfirmationOptions {
        /// Another address to confirm instead. (Declared in pkg-template/index.d.ts.)
        #[serde(skip)]
        email: String,
    }
}

methods! {
    /// One account.
    ///
    /// `GET /api/v1/accounts/{id}` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#get)
    ///
    /// A suspended account has neither texts nor pictures, and `suspended` is true.
    account(id: Id; RequestOptions) -> "Account" = get("/api/v1/accounts/{id}").since([1, 0, 0], [1, 0, 0]);

    /// Several accounts by their ids, in one request.
    ///
    /// `GET /api/v1/accounts` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#index)
    ///
    /// Accounts that the server does not know are left out.
    accounts(ids: Ids => "id"; RequestOptions) -> "Account[]" =
        get("/api/v1/accounts").since([4, 3, 0], [4, 3, 0]);

    /// The account with a handle: `name` on this server, `name@domain` on another.
    ///
    /// `GET /api/v1/accounts/lookup` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#lookup)
    ///
    /// Only accounts that the server has heard of: others are a `MastodonNotFoundError`.
    /// `accountSearch` with `resolve` asks the other server. Works without a token on most servers.
    accountLookup(acct: Text; RequestOptions) -> "Account" =
        get("/api/v1/accounts/lookup").since([3, 4, 0], [3, 4, 0]);

    /// Accounts whose name or handle matches. Without results it is an empty list.
    ///
    /// `GET /api/v1/accounts/search` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#search)
    ///
    /// The answer is paged by `offset`.
    accountSearch(q: Text; AccountSearchOptions) -> "Page<Account>" =
        get("/api/v1/accounts/search").since([1, 0, 0], [2, 8, 0]).offset_page();

    /// What an account has posted and boosted, newest first.
    ///
    /// `GET /api/v1/accounts/{id}/statuses` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#statuses)
    ///
    /// Without a token, only what is public. `MastodonUnauthorizedError` or an empty list where the
    /// account has blocked the one that asks.
    accountStatuses(id: Id; AccountStatusesOptions) -> "Page<Status>" =
        get("/api/v1/accounts/{id}/statuses").since([1, 0, 0], [4, 6, 0]).page();

    /// Who follows an account, the latest first.
    ///
    /// `GET /api/v1/accounts/{id}/followers` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#followers)
    ///
    /// At most 80, 40 when it is not said. The cursors are not ids of accounts: take them from
    /// `pagination`. Empty where the person hides it. A server knows of a person on another server
    /// only those followers that live here.
    accountFollowers(id: Id; PageOptions) -> "Page<Account>" =
        get("/api/v1/accounts/{id}/followers").since([1, 0, 0], [2, 6, 0]).page();

    /// Whom an account follows, the latest first.
    ///
    /// `GET /api/v1/accounts/{id}/following` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#following)
    ///
    /// At most 80, 40 when it is not said. The cursors are not ids of accounts: take them from
    /// `pagination`. Empty where the person hides it.
    accountFollowing(id: Id; PageOptions) -> "Page<Account>" =
        get("/api/v1/accounts/{id}/following").since([1, 0, 0], [2, 6, 0]).page();

    /// The hashtags that an account shows on its profile.
    ///
    /// `GET /api/v1/accounts/{id}/featured_tags` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#featured_tags)
    accountFeaturedTags(id: Id; RequestOptions) -> "FeaturedTag[]" =
        get("/api/v1/accounts/{id}/featured_tags").since([3, 3, 0], [3, 3, 0]);

    /// The accounts that an account recommends on its profile.
    ///
    /// `GET /api/v1/accounts/{id}/endorsements` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#endorsements)
    ///
    /// At most 80, 40 when it is not said. The cursors are not ids of accounts: take them from
    /// `pagination`.
    accountEndorsements(id: Id; PageOptions) -> "Page<Account>" =
        get("/api/v1/accounts/{id}/endorsements").since([4, 4, 0], [4, 4, 0]).page();

    /// The lists of the account that somebody is on.
    ///
    /// `GET /api/v1/accounts/{id}/lists` · scope `read:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#lists)
    accountLists(id: Id; RequestOptions) -> "UserList[]" =
        get("/api/v1/accounts/{id}/lists").since([2, 1, 0], [2, 1, 0]);

    /// For each of several accounts, those of its followers whom the account follows itself.
    ///
    /// `GET /api/v1/accounts/familiar_followers` · scope `read:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#familiar_followers)
    accountFamiliarFollowers(id: Ids; RequestOptions) -> "FamiliarFollowers[]" =
        get("/api/v1/accounts/familiar_followers").since([3, 5, 0], [3, 5, 0]);

    /// What is between the account and others: who follows, blocks, mutes whom.
    ///
    /// `GET /api/v1/accounts/relationships` · scope `read:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#relationships)
    ///
    /// Accounts that the server does not know are left out, so the answer may be shorter than the
    /// question.
    accountRelationships(id: Ids; AccountRelationshipsOptions) -> "Relationship[]" =
        get("/api/v1/accounts/relationships").since([1, 0, 0], [1, 4, 0]);

    /// Follows somebody, or changes how: whether boosts appear, whether there are notifications.
    ///
    /// `POST /api/v1/accounts/{id}/follow` · scope `write:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#follow)
    ///
    /// The answer has `requested` instead of `following` where the person accepts followers one by
    /// one.
    accountFollow(id: Id; AccountFollowOptions) -> "Relationship" =
        post("/api/v1/accounts/{id}/follow").since([1, 0, 0], [3, 3, 0]);

    /// Stops following somebody, or takes back the request to.
    ///
    /// `POST /api/v1/accounts/{id}/unfollow` · scope `write:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#unfollow)
    accountUnfollow(id: Id; WriteOptions) -> "Relationship" =
        post("/api/v1/accounts/{id}/unfollow").since([1, 0, 0], [1, 4, 0]);

    /// Makes somebody stop following the account.
    ///
    /// `POST /api/v1/accounts/{id}/remove_from_followers` · scope `write:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#remove_from_followers)
    accountRemoveFromFollowers(id: Id; WriteOptions) -> "Relationship" =
        post("/api/v1/accounts/{id}/remove_from_followers").since([3, 5, 0], [3, 5, 0]);

    /// Blocks somebody: neither sees the other any more, and nobody of the two follows the other.
    ///
    /// `POST /api/v1/accounts/{id}/block` · scope `write:blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#block)
    accountBlock(id: Id; WriteOptions) -> "Relationship" =
        post("/api/v1/accounts/{id}/block").since([1, 0, 0], [1, 4, 0]);

    /// Lifts a block. Follows do not come back.
    ///
    /// `POST /api/v1/accounts/{id}/unblock` · scope `write:blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#unblock)
    accountUnblock(id: Id; WriteOptions) -> "Relationship" =
        post("/api/v1/accounts/{id}/unblock").since([1, 0, 0], [1, 4, 0]);

    /// Mutes somebody: their posts and, unless it says otherwise, notifications disappear. They are
    /// not told.
    ///
    /// `POST /api/v1/accounts/{id}/mute` · scope `write:mutes` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#mute)
    ///
    /// Muting again changes how and for how long.
    accountMute(id: Id; AccountMuteOptions) -> "Relationship" =
        post("/api/v1/accounts/{id}/mute").since([1, 1, 0], [2, 4, 3]);

    /// Lifts a mute.
    ///
    /// `POST /api/v1/accounts/{id}/unmute` · scope `write:mutes` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#unmute)
    accountUnmute(id: Id; WriteOptions) -> "Relationship" =
        post("/api/v1/accounts/{id}/unmute").since([1, 1, 0], [1, 4, 0]);

    /// Recommends somebody on the account's profile. The account must follow them.
    ///
    /// `POST /api/v1/accounts/{id}/endorse` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#endorse)
    accountEndorse(id: Id; WriteOptions) -> "Relationship" =
        post("/api/v1/accounts/{id}/endorse").since([4, 4, 0], [4, 4, 0]);

    /// Takes a recommendation off the account's profile.
    ///
    /// `POST /api/v1/accounts/{id}/unendorse` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#unendorse)
    accountUnendorse(id: Id; WriteOptions) -> "Relationship" =
        post("/api/v1/accounts/{id}/unendorse").since([4, 4, 0], [4, 4, 0]);

    /// The name of `accountEndorse` before 4.4.0.
    ///
    /// `POST /api/v1/accounts/{id}/pin` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#pin)
    accountPin(id: Id; WriteOptions) -> "Relationship" =
        post("/api/v1/accounts/{id}/pin").since([2, 5, 0], [2, 5, 0]);

    /// The name of `accountUnendorse` before 4.4.0.
    ///
    /// `POST /api/v1/accounts/{id}/unpin` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#unpin)
    accountUnpin(id: Id; WriteOptions) -> "Relationship" =
        post("/api/v1/accounts/{id}/unpin").since([2, 5, 0], [2, 5, 0]);

    /// Writes a private note about somebody, which nobody else sees. An empty one deletes it.
    ///
    /// `POST /api/v1/accounts/{id}/note` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#note)
    accountNoteSet(id: Id, comment: Text; WriteOptions) -> "Relationship" =
        post("/api/v1/accounts/{id}/note").since([3, 2, 0], [3, 2, 0]);

    /// The account that the token belongs to, with its settings in `source`.
    ///
    /// `GET /api/v1/accounts/verify_credentials` · scope `profile` or `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#verify_credentials)
    ///
    /// `MastodonUnauthorizedError` where the token is not good any more.
    accountVerifyCredentials(; RequestOptions) -> "Account" =
        get("/api/v1/accounts/verify_credentials").since([1, 0, 0], [2, 1, 0]);

    /// Another name of `accountVerifyCredentials`.
    ///
    /// `GET /api/v1/accounts/verify_credentials` · scope `profile` or `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#verify_credentials)
    me(; RequestOptions) -> "Account" =
        get("/api/v1/accounts/verify_credentials").since([1, 0, 0], [2, 1, 0]);

    /// Removes the profile picture; the server's default takes its place.
    ///
    /// `DELETE /api/v1/profile/avatar` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/profile/)
    accountDeleteAvatar(; WriteOptions) -> "Account" =
        delete("/api/v1/profile/avatar").since([4, 2, 0], [4, 2, 0]);

    /// Removes the banner; the server's default takes its place.
    ///
    /// `DELETE /api/v1/profile/header` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/profile/)
    accountDeleteHeader(; WriteOptions) -> "Account" =
        delete("/api/v1/profile/header").since([4, 2, 0], [4, 2, 0]);

    /// Has the e-mail that confirms the account's address sent once more.
    ///
    /// `POST /api/v1/emails/confirmations` · as a user ·
    /// [documentation](https://docs.joinmastodon.org/methods/emails/#confirmation)
    ///
    /// Only for accounts not confirmed yet, with the token of the application that created them;
    /// else a `MastodonAPIError` with status 403.
    emailResendConfirmation(; EmailResendConfirmationOptions) -> "void" =
        post("/api/v1/emails/confirmations").since([3, 4, 0], [3, 4, 0]).nothing();

    /// Changes the account's own profile and settings. What is not given stays as it is.
    ///
    /// `PATCH /api/v1/accounts/update_credentials` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#update_credentials)
    ///
    /// What the server refuses (a text too long, a row too many) is a `MastodonAPIError` with
    /// status 422 and `details`.
    accountUpdateCredentials(; AccountUpdateCredentialsOptions) -> "Account" =
        patch("/api/v1/accounts/update_credentials").since([1, 1, 1], [4, 6, 1]);

    /// Follows somebody by handle, `name@domain`: searches for the account and follows the first
    /// one found.
    ///
    /// `POST /api/v1/accounts/{id}/follow` · scope `write:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#follow)
    ///
    /// `MastodonNotFoundError` where nobody is found. `accountLookup` or `accountSearch` and then
    /// `accountFollow` say exactly who is meant.
    follows(uri: Text => "q"; WriteOptions) -> "Relationship" =
        get("/api/v1/accounts/search").since([1, 0, 0], [2, 1, 0]).default(&[("resolve", "true"), ("limit", "1")]);
}

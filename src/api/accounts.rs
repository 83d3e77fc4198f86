//! Accounts: other people's, what is between them and the account, and its own.

use crate::client::{Call, Endpoint, Mastodon, Request, arg, promise};
use crate::error::{Kind, error};
use crate::params::{
    self, Arguments, Id, Ids, PageOptions, ProfileFields, RequestOptions, Text, TimelineId, Upload,
    Value, WriteOptions, argument, check, options, upload,
};
use js_sys::{Array, Promise};
use tsify::Ts;
use wasm_bindgen::prelude::*;

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

/// Gives the pictures of a profile their types.
pub(super) fn with_pictures(mut call: Call) -> Result<Call, JsValue> {
    for (picture, kind) in [
        ("avatar", "avatar_mime_type"),
        ("header", "header_mime_type"),
    ] {
        upload::complete(&mut call.arguments, (picture, picture), "", kind)?;
    }
    Ok(call)
}

#[wasm_bindgen]
impl Mastodon {
    /// One account.
    ///
    /// `GET /api/v1/accounts/{id}` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#get)
    ///
    /// A suspended account has neither texts nor pictures, and `suspended` is true.
    #[wasm_bindgen(unchecked_return_type = "Promise<Account>")]
    pub fn account(&self, id: Ts<Id>, options: Option<Ts<RequestOptions>>) -> Promise {
        const ACCOUNT: Endpoint =
            Endpoint::get("account", "/api/v1/accounts/{id}").since([1, 0, 0], [1, 0, 0]);
        self.call(&ACCOUNT, &[arg("id", id)], options)
    }

    /// Several accounts by their ids, in one request.
    ///
    /// `GET /api/v1/accounts` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#index)
    ///
    /// Accounts that the server does not know are left out.
    #[wasm_bindgen(unchecked_return_type = "Promise<Account[]>")]
    pub fn accounts(&self, ids: Ts<Ids>, options: Option<Ts<RequestOptions>>) -> Promise {
        const ACCOUNTS: Endpoint =
            Endpoint::get("accounts", "/api/v1/accounts").since([4, 3, 0], [4, 3, 0]);
        self.call(&ACCOUNTS, &[arg("ids", ids).wire("id")], options)
    }

    /// The account with a handle: `name` on this server, `name@domain` on another.
    ///
    /// `GET /api/v1/accounts/lookup` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#lookup)
    ///
    /// Only accounts that the server has heard of: others are a `MastodonNotFoundError`.
    /// `accountSearch` with `resolve` asks the other server. Works without a token on most servers.
    #[wasm_bindgen(js_name = accountLookup, unchecked_return_type = "Promise<Account>")]
    pub fn account_lookup(&self, acct: Ts<Text>, options: Option<Ts<RequestOptions>>) -> Promise {
        const ACCOUNT_LOOKUP: Endpoint =
            Endpoint::get("accountLookup", "/api/v1/accounts/lookup").since([3, 4, 0], [3, 4, 0]);
        self.call(&ACCOUNT_LOOKUP, &[arg("acct", acct)], options)
    }

    /// Accounts whose name or handle matches. Without results it is an empty list.
    ///
    /// `GET /api/v1/accounts/search` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#search)
    ///
    /// The answer is paged by `offset`.
    #[wasm_bindgen(js_name = accountSearch, unchecked_return_type = "Promise<Page<Account>>")]
    pub fn account_search(
        &self,
        q: Ts<Text>,
        options: Option<Ts<AccountSearchOptions>>,
    ) -> Promise {
        const ACCOUNT_SEARCH: Endpoint = Endpoint::get("accountSearch", "/api/v1/accounts/search")
            .since([1, 0, 0], [2, 8, 0])
            .offset_page();
        self.call(&ACCOUNT_SEARCH, &[arg("q", q)], options)
    }

    /// What an account has posted and boosted, newest first.
    ///
    /// `GET /api/v1/accounts/{id}/statuses` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#statuses)
    ///
    /// Without a token, only what is public. `MastodonUnauthorizedError` or an empty list where the
    /// account has blocked the one that asks.
    #[wasm_bindgen(js_name = accountStatuses, unchecked_return_type = "Promise<Page<Status>>")]
    pub fn account_statuses(
        &self,
        id: Ts<Id>,
        options: Option<Ts<AccountStatusesOptions>>,
    ) -> Promise {
        const ACCOUNT_STATUSES: Endpoint =
            Endpoint::get("accountStatuses", "/api/v1/accounts/{id}/statuses")
                .since([1, 0, 0], [4, 6, 0])
                .page();
        self.call(&ACCOUNT_STATUSES, &[arg("id", id)], options)
    }

    /// Who follows an account, the latest first.
    ///
    /// `GET /api/v1/accounts/{id}/followers` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#followers)
    ///
    /// At most 80, 40 when it is not said. The cursors are not ids of accounts: take them from
    /// `pagination`. Empty where the person hides it. A server knows of a person on another server
    /// only those followers that live here.
    #[wasm_bindgen(js_name = accountFollowers, unchecked_return_type = "Promise<Page<Account>>")]
    pub fn account_followers(&self, id: Ts<Id>, options: Option<Ts<PageOptions>>) -> Promise {
        const ACCOUNT_FOLLOWERS: Endpoint =
            Endpoint::get("accountFollowers", "/api/v1/accounts/{id}/followers")
                .since([1, 0, 0], [2, 6, 0])
                .page();
        self.call(&ACCOUNT_FOLLOWERS, &[arg("id", id)], options)
    }

    /// Whom an account follows, the latest first.
    ///
    /// `GET /api/v1/accounts/{id}/following` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#following)
    ///
    /// At most 80, 40 when it is not said. The cursors are not ids of accounts: take them from
    /// `pagination`. Empty where the person hides it.
    #[wasm_bindgen(js_name = accountFollowing, unchecked_return_type = "Promise<Page<Account>>")]
    pub fn account_following(&self, id: Ts<Id>, options: Option<Ts<PageOptions>>) -> Promise {
        const ACCOUNT_FOLLOWING: Endpoint =
            Endpoint::get("accountFollowing", "/api/v1/accounts/{id}/following")
                .since([1, 0, 0], [2, 6, 0])
                .page();
        self.call(&ACCOUNT_FOLLOWING, &[arg("id", id)], options)
    }

    /// The hashtags that an account shows on its profile.
    ///
    /// `GET /api/v1/accounts/{id}/featured_tags` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#featured_tags)
    #[wasm_bindgen(js_name = accountFeaturedTags, unchecked_return_type = "Promise<FeaturedTag[]>")]
    pub fn account_featured_tags(
        &self,
        id: Ts<Id>,
        options: Option<Ts<RequestOptions>>,
    ) -> Promise {
        const ACCOUNT_FEATURED_TAGS: Endpoint =
            Endpoint::get("accountFeaturedTags", "/api/v1/accounts/{id}/featured_tags")
                .since([3, 3, 0], [3, 3, 0]);
        self.call(&ACCOUNT_FEATURED_TAGS, &[arg("id", id)], options)
    }

    /// The accounts that an account recommends on its profile.
    ///
    /// `GET /api/v1/accounts/{id}/endorsements` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#endorsements)
    ///
    /// At most 80, 40 when it is not said. The cursors are not ids of accounts: take them from
    /// `pagination`.
    #[wasm_bindgen(js_name = accountEndorsements, unchecked_return_type = "Promise<Page<Account>>")]
    pub fn account_endorsements(&self, id: Ts<Id>, options: Option<Ts<PageOptions>>) -> Promise {
        const ACCOUNT_ENDORSEMENTS: Endpoint =
            Endpoint::get("accountEndorsements", "/api/v1/accounts/{id}/endorsements")
                .since([4, 4, 0], [4, 4, 0])
                .page();
        self.call(&ACCOUNT_ENDORSEMENTS, &[arg("id", id)], options)
    }

    /// The lists of the account that somebody is on.
    ///
    /// `GET /api/v1/accounts/{id}/lists` · scope `read:lists` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#lists)
    #[wasm_bindgen(js_name = accountLists, unchecked_return_type = "Promise<UserList[]>")]
    pub fn account_lists(&self, id: Ts<Id>, options: Option<Ts<RequestOptions>>) -> Promise {
        const ACCOUNT_LISTS: Endpoint =
            Endpoint::get("accountLists", "/api/v1/accounts/{id}/lists")
                .since([2, 1, 0], [2, 1, 0]);
        self.call(&ACCOUNT_LISTS, &[arg("id", id)], options)
    }

    /// For each of several accounts, those of its followers whom the account follows itself.
    ///
    /// `GET /api/v1/accounts/familiar_followers` · scope `read:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#familiar_followers)
    #[wasm_bindgen(js_name = accountFamiliarFollowers, unchecked_return_type = "Promise<FamiliarFollowers[]>")]
    pub fn account_familiar_followers(
        &self,
        id: Ts<Ids>,
        options: Option<Ts<RequestOptions>>,
    ) -> Promise {
        const ACCOUNT_FAMILIAR_FOLLOWERS: Endpoint = Endpoint::get(
            "accountFamiliarFollowers",
            "/api/v1/accounts/familiar_followers",
        )
        .since([3, 5, 0], [3, 5, 0]);
        self.call(&ACCOUNT_FAMILIAR_FOLLOWERS, &[arg("id", id)], options)
    }

    /// What is between the account and others: who follows, blocks, mutes whom.
    ///
    /// `GET /api/v1/accounts/relationships` · scope `read:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#relationships)
    ///
    /// Accounts that the server does not know are left out, so the answer may be shorter than the
    /// question.
    #[wasm_bindgen(js_name = accountRelationships, unchecked_return_type = "Promise<Relationship[]>")]
    pub fn account_relationships(
        &self,
        id: Ts<Ids>,
        options: Option<Ts<AccountRelationshipsOptions>>,
    ) -> Promise {
        const ACCOUNT_RELATIONSHIPS: Endpoint =
            Endpoint::get("accountRelationships", "/api/v1/accounts/relationships")
                .since([1, 0, 0], [1, 4, 0]);
        self.call(&ACCOUNT_RELATIONSHIPS, &[arg("id", id)], options)
    }

    /// Follows somebody, or changes how: whether boosts appear, whether there are notifications.
    ///
    /// `POST /api/v1/accounts/{id}/follow` · scope `write:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#follow)
    ///
    /// The answer has `requested` instead of `following` where the person accepts followers one by
    /// one.
    #[wasm_bindgen(js_name = accountFollow, unchecked_return_type = "Promise<Relationship>")]
    pub fn account_follow(&self, id: Ts<Id>, options: Option<Ts<AccountFollowOptions>>) -> Promise {
        const ACCOUNT_FOLLOW: Endpoint =
            Endpoint::post("accountFollow", "/api/v1/accounts/{id}/follow")
                .since([1, 0, 0], [3, 3, 0]);
        self.call(&ACCOUNT_FOLLOW, &[arg("id", id)], options)
    }

    /// Stops following somebody, or takes back the request to.
    ///
    /// `POST /api/v1/accounts/{id}/unfollow` · scope `write:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#unfollow)
    #[wasm_bindgen(js_name = accountUnfollow, unchecked_return_type = "Promise<Relationship>")]
    pub fn account_unfollow(&self, id: Ts<Id>, options: Option<Ts<WriteOptions>>) -> Promise {
        const ACCOUNT_UNFOLLOW: Endpoint =
            Endpoint::post("accountUnfollow", "/api/v1/accounts/{id}/unfollow")
                .since([1, 0, 0], [1, 4, 0]);
        self.call(&ACCOUNT_UNFOLLOW, &[arg("id", id)], options)
    }

    /// Follows somebody by handle, `name@domain`: searches for the account and follows the first
    /// one found.
    ///
    /// `POST /api/v1/accounts/{id}/follow` · scope `write:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#follow)
    ///
    /// `MastodonNotFoundError` where nobody is found. `accountLookup` or `accountSearch` and then
    /// `accountFollow` say exactly who is meant.
    #[wasm_bindgen(unchecked_return_type = "Promise<Relationship>")]
    pub fn follows(&self, uri: Ts<Text>, options: Option<Ts<WriteOptions>>) -> Promise {
        const FOLLOWS: Endpoint = Endpoint::get("follows", "/api/v1/accounts/search")
            .since([1, 0, 0], [2, 1, 0])
            .with(&[("resolve", "true"), ("limit", "1")]);
        let (client, call) = (
            self.client(),
            self.prepare(&FOLLOWS, &[arg("uri", uri).wire("q")], options),
        );
        promise(async move {
            let (mut search, scope) = call?.into_request(&client)?;
            let key = search.idempotency_key.take();
            let found = client.send(&scope, search).await?;
            let first = found
                .dyn_ref::<Array>()
                .map(|found| found.get(0))
                .unwrap_or_default();
            let Ok(Value::Text(id)) = check("follows", "uri", &params::Kind::Id, &first) else {
                return Err(error(
                    Kind::NotFound,
                    "follows: the server found nobody with this handle",
                ));
            };
            let follow = Endpoint::post("follows", "/api/v1/accounts/{id}/follow");
            let mut arguments = Arguments::default();
            arguments.push("id", "id", Value::Text(id));
            let mut request = Request::of(&follow);
            request.idempotency_key = key;
            client
                .run(Call {
                    request,
                    arguments,
                    scope,
                })
                .await
        })
    }

    /// Makes somebody stop following the account.
    ///
    /// `POST /api/v1/accounts/{id}/remove_from_followers` · scope `write:follows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#remove_from_followers)
    #[wasm_bindgen(js_name = accountRemoveFromFollowers, unchecked_return_type = "Promise<Relationship>")]
    pub fn account_remove_from_followers(
        &self,
        id: Ts<Id>,
        options: Option<Ts<WriteOptions>>,
    ) -> Promise {
        const ACCOUNT_REMOVE_FROM_FOLLOWERS: Endpoint = Endpoint::post(
            "accountRemoveFromFollowers",
            "/api/v1/accounts/{id}/remove_from_followers",
        )
        .since([3, 5, 0], [3, 5, 0]);
        self.call(&ACCOUNT_REMOVE_FROM_FOLLOWERS, &[arg("id", id)], options)
    }

    /// Blocks somebody: neither sees the other any more, and nobody of the two follows the other.
    ///
    /// `POST /api/v1/accounts/{id}/block` · scope `write:blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#block)
    #[wasm_bindgen(js_name = accountBlock, unchecked_return_type = "Promise<Relationship>")]
    pub fn account_block(&self, id: Ts<Id>, options: Option<Ts<WriteOptions>>) -> Promise {
        const ACCOUNT_BLOCK: Endpoint =
            Endpoint::post("accountBlock", "/api/v1/accounts/{id}/block")
                .since([1, 0, 0], [1, 4, 0]);
        self.call(&ACCOUNT_BLOCK, &[arg("id", id)], options)
    }

    /// Lifts a block. Follows do not come back.
    ///
    /// `POST /api/v1/accounts/{id}/unblock` · scope `write:blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#unblock)
    #[wasm_bindgen(js_name = accountUnblock, unchecked_return_type = "Promise<Relationship>")]
    pub fn account_unblock(&self, id: Ts<Id>, options: Option<Ts<WriteOptions>>) -> Promise {
        const ACCOUNT_UNBLOCK: Endpoint =
            Endpoint::post("accountUnblock", "/api/v1/accounts/{id}/unblock")
                .since([1, 0, 0], [1, 4, 0]);
        self.call(&ACCOUNT_UNBLOCK, &[arg("id", id)], options)
    }

    /// Mutes somebody: their posts and, unless it says otherwise, notifications disappear. They are
    /// not told.
    ///
    /// `POST /api/v1/accounts/{id}/mute` · scope `write:mutes` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#mute)
    ///
    /// Muting again changes how and for how long.
    #[wasm_bindgen(js_name = accountMute, unchecked_return_type = "Promise<Relationship>")]
    pub fn account_mute(&self, id: Ts<Id>, options: Option<Ts<AccountMuteOptions>>) -> Promise {
        const ACCOUNT_MUTE: Endpoint =
            Endpoint::post("accountMute", "/api/v1/accounts/{id}/mute").since([1, 1, 0], [2, 4, 3]);
        self.call(&ACCOUNT_MUTE, &[arg("id", id)], options)
    }

    /// Lifts a mute.
    ///
    /// `POST /api/v1/accounts/{id}/unmute` · scope `write:mutes` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#unmute)
    #[wasm_bindgen(js_name = accountUnmute, unchecked_return_type = "Promise<Relationship>")]
    pub fn account_unmute(&self, id: Ts<Id>, options: Option<Ts<WriteOptions>>) -> Promise {
        const ACCOUNT_UNMUTE: Endpoint =
            Endpoint::post("accountUnmute", "/api/v1/accounts/{id}/unmute")
                .since([1, 1, 0], [1, 4, 0]);
        self.call(&ACCOUNT_UNMUTE, &[arg("id", id)], options)
    }

    /// Recommends somebody on the account's profile. The account must follow them.
    ///
    /// `POST /api/v1/accounts/{id}/endorse` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#endorse)
    #[wasm_bindgen(js_name = accountEndorse, unchecked_return_type = "Promise<Relationship>")]
    pub fn account_endorse(&self, id: Ts<Id>, options: Option<Ts<WriteOptions>>) -> Promise {
        const ACCOUNT_ENDORSE: Endpoint =
            Endpoint::post("accountEndorse", "/api/v1/accounts/{id}/endorse")
                .since([4, 4, 0], [4, 4, 0]);
        self.call(&ACCOUNT_ENDORSE, &[arg("id", id)], options)
    }

    /// Takes a recommendation off the account's profile.
    ///
    /// `POST /api/v1/accounts/{id}/unendorse` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#unendorse)
    #[wasm_bindgen(js_name = accountUnendorse, unchecked_return_type = "Promise<Relationship>")]
    pub fn account_unendorse(&self, id: Ts<Id>, options: Option<Ts<WriteOptions>>) -> Promise {
        const ACCOUNT_UNENDORSE: Endpoint =
            Endpoint::post("accountUnendorse", "/api/v1/accounts/{id}/unendorse")
                .since([4, 4, 0], [4, 4, 0]);
        self.call(&ACCOUNT_UNENDORSE, &[arg("id", id)], options)
    }

    /// The name of `accountEndorse` before 4.4.0.
    ///
    /// `POST /api/v1/accounts/{id}/pin` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#pin)
    #[wasm_bindgen(js_name = accountPin, unchecked_return_type = "Promise<Relationship>")]
    pub fn account_pin(&self, id: Ts<Id>, options: Option<Ts<WriteOptions>>) -> Promise {
        const ACCOUNT_PIN: Endpoint =
            Endpoint::post("accountPin", "/api/v1/accounts/{id}/pin").since([2, 5, 0], [2, 5, 0]);
        self.call(&ACCOUNT_PIN, &[arg("id", id)], options)
    }

    /// The name of `accountUnendorse` before 4.4.0.
    ///
    /// `POST /api/v1/accounts/{id}/unpin` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#unpin)
    #[wasm_bindgen(js_name = accountUnpin, unchecked_return_type = "Promise<Relationship>")]
    pub fn account_unpin(&self, id: Ts<Id>, options: Option<Ts<WriteOptions>>) -> Promise {
        const ACCOUNT_UNPIN: Endpoint =
            Endpoint::post("accountUnpin", "/api/v1/accounts/{id}/unpin")
                .since([2, 5, 0], [2, 5, 0]);
        self.call(&ACCOUNT_UNPIN, &[arg("id", id)], options)
    }

    /// Writes a private note about somebody, which nobody else sees. An empty one deletes it.
    ///
    /// `POST /api/v1/accounts/{id}/note` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#note)
    #[wasm_bindgen(js_name = accountNoteSet, unchecked_return_type = "Promise<Relationship>")]
    pub fn account_note_set(
        &self,
        id: Ts<Id>,
        comment: Ts<Text>,
        options: Option<Ts<WriteOptions>>,
    ) -> Promise {
        const ACCOUNT_NOTE_SET: Endpoint =
            Endpoint::post("accountNoteSet", "/api/v1/accounts/{id}/note")
                .since([3, 2, 0], [3, 2, 0]);
        self.call(
            &ACCOUNT_NOTE_SET,
            &[arg("id", id), arg("comment", comment)],
            options,
        )
    }

    /// The account that the token belongs to, with its settings in `source`.
    ///
    /// `GET /api/v1/accounts/verify_credentials` · scope `profile` or `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#verify_credentials)
    ///
    /// `MastodonUnauthorizedError` where the token is not good any more.
    #[wasm_bindgen(js_name = accountVerifyCredentials, unchecked_return_type = "Promise<Account>")]
    pub fn account_verify_credentials(&self, options: Option<Ts<RequestOptions>>) -> Promise {
        const ACCOUNT_VERIFY_CREDENTIALS: Endpoint = Endpoint::get(
            "accountVerifyCredentials",
            "/api/v1/accounts/verify_credentials",
        )
        .since([1, 0, 0], [2, 1, 0]);
        self.call(&ACCOUNT_VERIFY_CREDENTIALS, &[], options)
    }

    /// Another name of `accountVerifyCredentials`.
    ///
    /// `GET /api/v1/accounts/verify_credentials` · scope `profile` or `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#verify_credentials)
    #[wasm_bindgen(unchecked_return_type = "Promise<Account>")]
    pub fn me(&self, options: Option<Ts<RequestOptions>>) -> Promise {
        const ME: Endpoint =
            Endpoint::get("me", "/api/v1/accounts/verify_credentials").since([1, 0, 0], [2, 1, 0]);
        self.call(&ME, &[], options)
    }

    /// Changes the account's own profile and settings. What is not given stays as it is.
    ///
    /// `PATCH /api/v1/accounts/update_credentials` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#update_credentials)
    ///
    /// What the server refuses (a text too long, a row too many) is a `MastodonAPIError` with
    /// status 422 and `details`.
    #[wasm_bindgen(js_name = accountUpdateCredentials, unchecked_return_type = "Promise<Account>")]
    pub fn account_update_credentials(
        &self,
        options: Option<Ts<AccountUpdateCredentialsOptions>>,
    ) -> Promise {
        const ACCOUNT_UPDATE_CREDENTIALS: Endpoint = Endpoint::patch(
            "accountUpdateCredentials",
            "/api/v1/accounts/update_credentials",
        )
        .since([1, 1, 1], [4, 6, 1]);
        self.run(
            self.prepare(&ACCOUNT_UPDATE_CREDENTIALS, &[], options)
                .and_then(with_pictures),
        )
    }

    /// Removes the profile picture; the server's default takes its place.
    ///
    /// `DELETE /api/v1/profile/avatar` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/profile/)
    #[wasm_bindgen(js_name = accountDeleteAvatar, unchecked_return_type = "Promise<Account>")]
    pub fn account_delete_avatar(&self, options: Option<Ts<WriteOptions>>) -> Promise {
        const ACCOUNT_DELETE_AVATAR: Endpoint =
            Endpoint::delete("accountDeleteAvatar", "/api/v1/profile/avatar")
                .since([4, 2, 0], [4, 2, 0]);
        self.call(&ACCOUNT_DELETE_AVATAR, &[], options)
    }

    /// Removes the banner; the server's default takes its place.
    ///
    /// `DELETE /api/v1/profile/header` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/profile/)
    #[wasm_bindgen(js_name = accountDeleteHeader, unchecked_return_type = "Promise<Account>")]
    pub fn account_delete_header(&self, options: Option<Ts<WriteOptions>>) -> Promise {
        const ACCOUNT_DELETE_HEADER: Endpoint =
            Endpoint::delete("accountDeleteHeader", "/api/v1/profile/header")
                .since([4, 2, 0], [4, 2, 0]);
        self.call(&ACCOUNT_DELETE_HEADER, &[], options)
    }

    /// Has the e-mail that confirms the account's address sent once more.
    ///
    /// `POST /api/v1/emails/confirmations` · as a user ·
    /// [documentation](https://docs.joinmastodon.org/methods/emails/#confirmation)
    ///
    /// Only for accounts not confirmed yet, with the token of the application that created them;
    /// else a `MastodonAPIError` with status 403.
    #[wasm_bindgen(js_name = emailResendConfirmation, unchecked_return_type = "Promise<void>")]
    pub fn email_resend_confirmation(&self, options: Option<Ts<WriteOptions>>) -> Promise {
        const EMAIL_RESEND_CONFIRMATION: Endpoint =
            Endpoint::post("emailResendConfirmation", "/api/v1/emails/confirmations")
                .since([3, 4, 0], [3, 4, 0])
                .nothing();
        self.call(&EMAIL_RESEND_CONFIRMATION, &[], options)
    }
}

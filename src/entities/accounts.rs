//! Accounts, their profiles, and your relationships to them.

use super::declare::{entity, open_enum, typescript};
use super::{CustomEmoji, FeaturedTag, JsonObject, NumberOrString, QuotePolicy, StatusVisibility};

open_enum! {
    /// A group of accounts in a rule about an account's content: who may quote its statuses, or add it to a
    /// collection.
    pub enum ApprovalGroup {
        /// Everyone.
        Public = "public",
        /// The author's followers.
        Followers = "followers",
        /// The accounts that the author follows.
        Following = "following",
        /// A group of a remote server that this server does not support.
        UnsupportedPolicy = "unsupported_policy",
        /// Nobody: the account does not allow it.
        Disabled = "disabled",
    }

    /// What a rule about an account's content allows you to do.
    pub enum ApprovalForCurrentUser {
        /// You may, without approval.
        Automatic = "automatic",
        /// You may ask; the author decides.
        Manual = "manual",
        /// You may not.
        Denied = "denied",
        /// The server does not know.
        Unknown = "unknown",
        /// The author's server has no such rule.
        Missing = "missing",
    }

    /// Why a field of a registration was rejected.
    pub enum AccountCreationErrorCode {
        /// The e-mail provider is not allowed.
        Blocked = "ERR_BLOCKED",
        /// The e-mail provider's domain cannot be resolved.
        Unreachable = "ERR_UNREACHABLE",
        /// Another account has it already.
        Taken = "ERR_TAKEN",
        /// The name is reserved.
        Reserved = "ERR_RESERVED",
        /// The agreement was not accepted.
        Accepted = "ERR_ACCEPTED",
        /// It is required, but empty.
        Blank = "ERR_BLANK",
        /// Its format is invalid.
        Invalid = "ERR_INVALID",
        /// It is longer than allowed.
        TooLong = "ERR_TOO_LONG",
        /// It is shorter than allowed.
        TooShort = "ERR_TOO_SHORT",
        /// It is not one of the allowed values.
        Inclusion = "ERR_INCLUSION",
    }

    /// Why the server suggests an account, before 4.3.0.
    pub enum SuggestionSource {
        /// The moderators picked it.
        Staff = "staff",
        /// You have interacted with it.
        PastInteractions = "past_interactions",
        /// Many others follow it.
        Global = "global",
    }

    /// Why the server suggests an account.
    pub enum SuggestionReason {
        /// The moderators picked it.
        Featured = "featured",
        /// It is one of the most followed accounts of the server.
        MostFollowed = "most_followed",
        /// It is one of the accounts whose statuses get the most reactions on the server.
        MostInteractions = "most_interactions",
        /// It is similar to accounts that you followed recently.
        SimilarToRecentlyFollowed = "similar_to_recently_followed",
        /// Accounts that you follow also follow it.
        FriendsOfFriends = "friends_of_friends",
    }
}

entity! {
    /// A user, a group or a bot, local or remote.
    ///
    /// See <https://docs.joinmastodon.org/entities/Account/>
    pub struct Account {
        /// Identifies the account on the server that sent it. On other servers the same account has another
        /// id.
        id: String,
        /// The user name, without the domain.
        username: String,
        /// The handle, as in a mention: `name` for a local account, `name@domain` for a remote one.
        acct: String,
        /// The display name. It may be empty, and may contain `:shortcodes:` of `emojis`.
        display_name: String,
        /// Whether the account is listed in the directory and suggested to others. `null` when the user has
        /// not chosen. Absent before 3.1.0.
        discoverable?: Option<bool>,
        /// Whether it is a group rather than a user. Absent before 3.1.0.
        group?: bool,
        /// Whether follow requests need the user's approval.
        locked: bool,
        /// When the account was created, or first seen by this server, ISO 8601 in UTC. Newer servers round
        /// it to the day.
        created_at: String,
        /// How many accounts it follows; 0 when the user hides this.
        following_count: u64,
        /// How many accounts follow it; 0 when the user hides this.
        followers_count: u64,
        /// How many statuses it has written.
        statuses_count: u64,
        /// The text of the profile, as HTML.
        note: String,
        /// URL of the profile page; `null` when a remote server sent none.
        url: Option<String>,
        /// The ActivityPub identifier, which never changes. Absent before 4.2.0.
        uri?: String,
        /// URL of the profile picture, which may be animated.
        avatar: String,
        /// URL of the banner, which may be animated.
        header: String,
        /// URL of the profile picture as a still image.
        avatar_static: String,
        /// URL of the banner as a still image.
        header_static: String,
        /// The account that the user has moved to. Absent or `null` when the user has not moved.
        moved?: Option<Box<Account>>,
        /// `true` when the moderators have suspended it. Then its profile is empty. Absent otherwise.
        suspended?: bool,
        /// `true` when the moderators have limited it: only its followers see it. Absent otherwise.
        limited?: bool,
        /// Whether it is marked as automated (a bot).
        bot: bool,
        /// The profile fields: the rows of a table in the profile.
        fields: Vec<AccountField>,
        /// The custom emoji used in `display_name`, `note` and `fields`.
        emojis: Vec<CustomEmoji>,
        /// The day of its latest status (`2026-08-01`; full ISO 8601 before 3.1.0); `null` when there is
        /// none. Absent before 3.0.0.
        last_status_at?: Option<String>,
        /// Whether search engines are asked not to index it. `null` when unknown. Absent for remote accounts
        /// and before 4.0.0.
        noindex?: Option<bool>,
        /// The roles shown on the profile, without their permissions. Absent or `null` for remote accounts
        /// and before 4.0.0.
        roles?: Option<Vec<Role>>,
        /// The role with its permissions. Only for your own account; `null` on some servers.
        role?: Option<Role>,
        /// What the settings page shows. Only for your own account; `null` on some servers.
        source?: Option<CredentialAccountSource>,
        /// When your mute of the account ends, ISO 8601; `null` when it has no end. Only in the list of your
        /// mutes.
        mute_expires_at?: Option<String>,
        /// Whether anyone may find its public statuses in search. Absent before 4.2.0.
        indexable?: bool,
        /// Whether it hides its followers and the accounts that it follows. `null` when the user has not
        /// chosen. Absent before 4.1.0.
        hide_collections?: Option<bool>,
        /// `true` when its user has died and the account is kept as a memorial. Absent otherwise.
        memorial?: bool,
        /// The alternative text of the profile picture; empty when there is none. Absent before 4.6.0.
        avatar_description?: String,
        /// The alternative text of the banner; empty when there is none. Absent before 4.6.0.
        header_description?: String,
        /// Whether the profile has a tab with the statuses that have media. Absent before 4.6.0.
        show_media?: bool,
        /// Whether that tab includes replies. Absent before 4.6.0.
        show_media_replies?: bool,
        /// Whether the profile has a tab with what the user features. Absent before 4.6.0.
        show_featured?: bool,
        /// Who may add the account to a collection. Absent before 4.6.0.
        feature_approval?: FeatureApproval,
        /// Whether one can subscribe to its public statuses by e-mail (`accountEmailSubscribe`). Absent
        /// before 4.6.0.
        email_subscriptions?: bool,
        /// `true` when the server in the handle did not confirm the handle. Absent otherwise and before
        /// 4.7.0.
        invalid_handle?: bool,
        /// The registration state of your own account. Absent for all others and on most servers.
        state?: CredentialAccountState,
        /// Extra fields of Pleroma and Akkoma. Absent on other servers.
        pleroma?: JsonObject,
    }

    /// A profile field: a row of the table in a profile.
    ///
    /// See <https://docs.joinmastodon.org/entities/Account/#Field>
    pub struct AccountField {
        /// The name (left column).
        name: String,
        /// The value (right column): HTML in an account, the text as typed in `source`.
        value: String,
        /// When the server verified that the page linked in `value` links back, ISO 8601; `null` when it does
        /// not. Absent in `source` on older servers.
        verified_at?: Option<String>,
    }

    /// A role of the server, such as moderator.
    ///
    /// See <https://docs.joinmastodon.org/entities/Role/>
    pub struct Role {
        /// Identifies the role; `-99` is the default role of everyone. A number on some servers.
        id: NumberOrString,
        /// What the role is called.
        name: String,
        /// The permissions: a bit mask, as a decimal number in a string. Absent in an account's `roles`.
        permissions?: String,
        /// The color of the badge as `#rrggbb`; empty when there is none. Absent on some servers.
        color?: String,
        /// Whether the badge is shown on the profile. Absent in an account's `roles`.
        highlighted?: bool,
        /// How many collections a user with this role may create. Absent before 4.6.0.
        collection_limit?: u64,
    }

    /// The settings of your own account: its texts as typed, and the defaults for new statuses.
    ///
    /// See <https://docs.joinmastodon.org/entities/Account/#source>
    pub struct CredentialAccountSource {
        /// The default visibility of new statuses.
        privacy: StatusVisibility,
        /// Whether the media of new statuses are marked sensitive by default.
        sensitive: bool,
        /// The profile's text as typed. On some servers `null` when there is none.
        note: Option<String>,
        /// The default language of new statuses, as an ISO 639-1 code; `null` for the language of the
        /// interface.
        language: Option<String>,
        /// The profile fields as typed.
        fields: Vec<AccountField>,
        /// How many follow requests wait for your decision. Absent before 3.0.0.
        follow_requests_count?: u64,
        /// Whether anyone may find your public statuses in search. Absent before 4.2.0.
        indexable?: bool,
        /// Whether you hide your followers and the accounts that you follow; `null` when you have not chosen.
        /// Absent before 4.1.0.
        hide_collections?: Option<bool>,
        /// Whether you are listed in the directory; `null` when you have not chosen. Absent before 3.1.0.
        discoverable?: Option<bool>,
        /// The domains of web pages that may name you as their author. Absent before 4.4.0.
        attribution_domains?: Vec<String>,
        /// Who may quote your new statuses. Absent before 4.5.0.
        quote_policy?: QuotePolicy,
    }

    /// The registration state of your own account.
    ///
    /// See <https://docs.joinmastodon.org/entities/Account/>
    pub struct CredentialAccountState {
        /// Whether the account can be used.
        functional?: bool,
        /// Whether the e-mail address was confirmed.
        confirmed?: bool,
        /// Whether the moderators have approved it.
        approved?: bool,
        /// Why it cannot be used, as a code; `null` when it can.
        error_code?: Option<String>,
        /// Why it cannot be used, as text; `null` when it can.
        error?: Option<String>,
    }

    /// Who may add an account to a collection.
    ///
    /// See <https://docs.joinmastodon.org/entities/FeatureApproval/>
    pub struct FeatureApproval {
        /// Who may add it without approval.
        automatic: Vec<ApprovalGroup>,
        /// Who may add it with the user's approval.
        manual: Vec<ApprovalGroup>,
        /// Whether you may add it.
        current_user: ApprovalForCurrentUser,
    }

    /// The fields of an account that are needed to show its profile picture in a group of notifications.
    ///
    /// See <https://docs.joinmastodon.org/entities/Account/#PartialAccountWithAvatar>
    pub struct PartialAccountWithAvatar {
        /// The id of the account.
        id: String,
        /// The handle: `name` for a local account, `name@domain` for a remote one.
        acct: String,
        /// URL of the profile page.
        url: Option<String>,
        /// URL of the profile picture, which may be animated.
        avatar: String,
        /// URL of the profile picture as a still image.
        avatar_static: String,
        /// Whether follow requests need the user's approval.
        locked: bool,
        /// Whether it is marked as automated (a bot).
        bot: bool,
        /// The alternative text of the profile picture. Absent before 4.6.0.
        avatar_description?: String,
    }

    /// Your relationship to another account: follows, blocks, mutes.
    ///
    /// See <https://docs.joinmastodon.org/entities/Relationship/>
    pub struct Relationship {
        /// The id of the other account.
        id: String,
        /// Whether you follow it.
        following: bool,
        /// Whether it follows you.
        followed_by: bool,
        /// Whether you block it.
        blocking: bool,
        /// Whether it blocks you.
        blocked_by: bool,
        /// Whether you mute it.
        muting: bool,
        /// Whether your mute includes its notifications.
        muting_notifications: bool,
        /// Whether your follow request is pending.
        requested: bool,
        /// Whether you block its whole server.
        domain_blocking: bool,
        /// Whether its boosts appear in your home timeline.
        showing_reblogs: bool,
        /// Whether you feature it on your profile.
        endorsed: bool,
        /// Your private note about it; empty when there is none.
        #[cfg_attr(feature = "typed", serde(default, skip_serializing_if = "Option::is_none"))]
        #[cfg_attr(feature = "npm", tsify(type = "string"))]
        note: Option<String>,
        /// Whether you get notifications of its statuses.
        #[cfg_attr(feature = "typed", serde(default, skip_serializing_if = "Option::is_none"))]
        #[cfg_attr(feature = "npm", tsify(type = "boolean"))]
        notifying: Option<bool>,
        /// The languages of its statuses that reach your home timeline; `null` for all. Absent before 4.0.0.
        languages?: Option<Vec<String>>,
        /// Whether its follow request to you is pending. Absent on older servers.
        requested_by?: bool,
        /// When your mute ends, ISO 8601; `null` when it has no end or there is none. Absent before 4.6.0.
        muting_expires_at?: Option<String>,
    }

    /// The accounts that you follow which also follow a given account.
    ///
    /// See <https://docs.joinmastodon.org/entities/FamiliarFollowers/>
    pub struct FamiliarFollowers {
        /// The id of the given account.
        id: String,
        /// Its followers that you follow.
        accounts: Vec<Account>,
    }

    /// An account that the server suggests to follow.
    ///
    /// See <https://docs.joinmastodon.org/entities/Suggestion/>
    pub struct Suggestion {
        /// Why the server suggests it.
        ///
        /// @deprecated since 4.3.0: see `sources`.
        source: SuggestionSource,
        /// All reasons why the server suggests it. Absent before 4.3.0.
        sources?: Vec<SuggestionReason>,
        /// The account.
        account: Account,
    }

    /// A proof that the account's user also has an account on another service. Since 3.5.0, servers return
    /// an empty list.
    ///
    /// See <https://docs.joinmastodon.org/entities/IdentityProof/>
    ///
    /// @deprecated since 3.5.0.
    pub struct IdentityProof {
        /// The other service.
        provider: String,
        /// The user's name there.
        provider_username: String,
        /// When the proof was last checked, ISO 8601.
        updated_at: String,
        /// URL of the proof.
        proof_url: String,
        /// URL of the user's page there.
        profile_url: String,
    }

    /// Your own profile for editing, with its texts as typed.
    ///
    /// See <https://docs.joinmastodon.org/entities/Profile/>
    pub struct Profile {
        /// The id of your account.
        id: String,
        /// The display name.
        display_name: String,
        /// The text of the profile as typed.
        note: String,
        /// The profile fields as typed.
        fields: Vec<ProfileField>,
        /// URL of the profile picture; `null` when there is none.
        avatar: Option<String>,
        /// URL of the profile picture as a still image; `null` when there is none.
        avatar_static: Option<String>,
        /// The alternative text of the profile picture; empty when there is none.
        avatar_description: String,
        /// URL of the banner; `null` when there is none.
        header: Option<String>,
        /// URL of the banner as a still image; `null` when there is none.
        header_static: Option<String>,
        /// The alternative text of the banner; empty when there is none.
        header_description: String,
        /// Whether follow requests need your approval.
        locked: bool,
        /// Whether it is marked as automated (a bot).
        bot: bool,
        /// Whether you hide your followers and the accounts that you follow; `null` when you have not chosen.
        hide_collections: Option<bool>,
        /// Whether you are listed in the directory; `null` when you have not chosen.
        discoverable: Option<bool>,
        /// Whether anyone may find your public statuses in search.
        indexable: bool,
        /// Whether the profile has a tab with the statuses that have media.
        show_media: bool,
        /// Whether that tab includes replies.
        show_media_replies: bool,
        /// Whether the profile has a tab with what you feature.
        show_featured: bool,
        /// The domains of web pages that may name you as their author.
        attribution_domains: Vec<String>,
        /// The hashtags that you feature. Absent on the first servers that have profiles.
        featured_tags?: Vec<FeaturedTag>,
        /// The text of the profile, as HTML. Absent on the first servers that have profiles.
        formatted_note?: String,
        /// The profile fields, as HTML. Absent on the first servers that have profiles.
        formatted_fields?: Vec<AccountField>,
    }

    /// A field of your own profile, as typed.
    ///
    /// See <https://docs.joinmastodon.org/entities/Profile/#Field>
    pub struct ProfileField {
        /// The name (left column).
        name: String,
        /// The value (right column).
        value: String,
        /// When the server verified that the page linked in `value` links back, ISO 8601; `null` when it does
        /// not.
        verified_at: Option<String>,
    }

    /// The body of the response to a rejected registration.
    ///
    /// See <https://docs.joinmastodon.org/methods/accounts/#create>
    pub struct AccountCreationError {
        /// The error message, for all fields together.
        error: String,
        /// The errors by field. Absent before 3.4.0.
        details?: AccountCreationErrorDetails,
    }

    /// The errors of a registration, by field. Fields without errors are absent.
    ///
    /// See <https://docs.joinmastodon.org/methods/accounts/#create>
    pub struct AccountCreationErrorDetails {
        /// Errors of the user name.
        username?: Vec<AccountCreationErrorDetailsField>,
        /// Errors of the password.
        password?: Vec<AccountCreationErrorDetailsField>,
        /// Errors of the e-mail address.
        email?: Vec<AccountCreationErrorDetailsField>,
        /// Errors of the agreement to the rules.
        agreement?: Vec<AccountCreationErrorDetailsField>,
        /// Errors of the language.
        locale?: Vec<AccountCreationErrorDetailsField>,
        /// Errors of the reason given to the moderators.
        reason?: Vec<AccountCreationErrorDetailsField>,
        /// Errors of the date of birth, on servers that ask for it. Absent before 4.4.0.
        date_of_birth?: Vec<AccountCreationErrorDetailsField>,
    }

    /// One error of one field of a registration.
    ///
    /// See <https://docs.joinmastodon.org/methods/accounts/#create>
    pub struct AccountCreationErrorDetailsField {
        /// The error code.
        error: AccountCreationErrorCode,
        /// The error message, in the language of the request.
        description: String,
    }
}

/// Your own account, with `source`.
pub type CredentialAccount = Account;

typescript! {
    CREDENTIAL_ACCOUNT = r"
/**
 * Your own account, with `source`.
 *
 * See <https://docs.joinmastodon.org/entities/Account/#CredentialAccount>
 */
export type CredentialAccount = Account & { source: CredentialAccountSource };
"
}

//! People: accounts, what they say of themselves, and what is between them and you.

use super::declare::{entity, open_enum, typescript};
use super::{CustomEmoji, FeaturedTag, JsonObject, NumberOrString, QuotePolicy, StatusVisibility};

open_enum! {
    /// Who is meant by a rule about an account's content: quoting its posts, featuring it in a
    /// collection.
    pub enum ApprovalGroup {
        /// Everyone.
        Public = "public",
        /// Those who follow the author.
        Followers = "followers",
        /// Those whom the author follows.
        Following = "following",
        /// Some set that this server cannot express, taken from a remote one.
        UnsupportedPolicy = "unsupported_policy",
        /// No one: the account switched it off.
        Disabled = "disabled",
    }

    /// What a rule about an account's content means for you.
    pub enum ApprovalForCurrentUser {
        /// You may, and it takes effect at once.
        Automatic = "automatic",
        /// You may ask, and the author decides.
        Manual = "manual",
        /// You may not.
        Denied = "denied",
        /// The server cannot tell.
        Unknown = "unknown",
        /// The author's server has no rule about it.
        Missing = "missing",
    }

    /// Why a field of a registration was rejected.
    pub enum AccountCreationErrorCode {
        /// The e-mail provider is not allowed.
        Blocked = "ERR_BLOCKED",
        /// The e-mail provider's domain leads nowhere.
        Unreachable = "ERR_UNREACHABLE",
        /// It is taken by another account.
        Taken = "ERR_TAKEN",
        /// The name is kept for the server itself.
        Reserved = "ERR_RESERVED",
        /// The agreement was not accepted.
        Accepted = "ERR_ACCEPTED",
        /// It is required and was empty.
        Blank = "ERR_BLANK",
        /// It has a wrong form.
        Invalid = "ERR_INVALID",
        /// It is longer than allowed.
        TooLong = "ERR_TOO_LONG",
        /// It is shorter than allowed.
        TooShort = "ERR_TOO_SHORT",
        /// It is not among the values allowed.
        Inclusion = "ERR_INCLUSION",
    }

    /// How the server came to suggest an account, in servers before 4.3.0.
    pub enum SuggestionSource {
        /// The moderators picked it.
        Staff = "staff",
        /// You have interacted with it.
        PastInteractions = "past_interactions",
        /// Many others follow it.
        Global = "global",
    }

    /// How the server came to suggest an account.
    pub enum SuggestionReason {
        /// The moderators picked it.
        Featured = "featured",
        /// It is among the most followed accounts here.
        MostFollowed = "most_followed",
        /// It is among those whose posts get the most reactions here.
        MostInteractions = "most_interactions",
        /// It resembles accounts that you followed of late.
        SimilarToRecentlyFollowed = "similar_to_recently_followed",
        /// People whom you follow follow it.
        FriendsOfFriends = "friends_of_friends",
    }
}

entity! {
    /// A user, a group or a bot, on this server or another.
    ///
    /// See <https://docs.joinmastodon.org/entities/Account/>
    pub struct Account {
        /// Identifies the account on the server that sent it; the same account has another id on other servers.
        id: String,
        /// The name without the server.
        username: String,
        /// The handle as it is written in a post: `name` for an account of this server, `name@host`
        /// for anyone else.
        acct: String,
        /// The display name; may be empty and may hold `:shortcodes:` of `emojis`.
        display_name: String,
        /// Whether the account is offered in the directory and in suggestions. `null` when the user
        /// never chose. Absent before 3.1.0.
        discoverable?: Option<bool>,
        /// Whether it is a group rather than a user. Absent before 3.1.0.
        group?: bool,
        /// Whether follow requests need the user's approval.
        locked: bool,
        /// When the account came to be known, as ISO 8601 in UTC; newer servers round it to the day.
        created_at: String,
        /// How many accounts it follows; 0 where the user hides this.
        following_count: u64,
        /// How many accounts follow it; 0 where the user hides this.
        followers_count: u64,
        /// How many posts it has written.
        statuses_count: u64,
        /// The text of the profile, as HTML.
        note: String,
        /// The profile page. `null` when a remote server named none.
        url: Option<String>,
        /// The ActivityPub identifier, which stays the same for ever. Absent before 4.2.0.
        uri?: String,
        /// Address of the profile picture, which may move.
        avatar: String,
        /// Address of the banner, which may move.
        header: String,
        /// Address of the profile picture as a still image.
        avatar_static: String,
        /// Address of the banner as a still image.
        header_static: String,
        /// The account that the user has moved to. Absent for those who have not moved.
        moved?: Option<Box<Account>>,
        /// `true` when the server's moderators have suspended it, else absent; a suspended account
        /// shows no profile.
        suspended?: bool,
        /// `true` when the moderators have limited it, so that only its followers come across it,
        /// else absent.
        limited?: bool,
        /// Whether it is marked as automated (a bot).
        bot: bool,
        /// The rows of the table in the profile.
        fields: Vec<AccountField>,
        /// The custom emoji used in `display_name`, `note` and `fields`.
        emojis: Vec<CustomEmoji>,
        /// The day of its latest post (`2026-08-01`; full ISO 8601 before 3.1.0). `null` when there
        /// is none. Absent before 3.0.0.
        last_status_at?: Option<String>,
        /// Whether search engines are asked to stay away. `null` when unknown; for remote accounts
        /// and before 4.0.0 absent.
        noindex?: Option<bool>,
        /// The roles that are shown on the profile; the permissions in them are left out. `null` or
        /// absent for remote accounts and before 4.0.0.
        roles?: Option<Vec<Role>>,
        /// The role with its permissions, only for your own account. Absent for others; `null` on some
        /// servers.
        role?: Option<Role>,
        /// What the settings page shows, only for your own account. Absent for others; `null` on some
        /// servers.
        source?: Option<CredentialAccountSource>,
        /// When your mute of the account ends, ISO 8601; `null` when it lasts until you lift it.
        /// Absent everywhere but in the list of your mutes.
        mute_expires_at?: Option<String>,
        /// Whether its public posts may be found by anyone's search. Absent before 4.2.0.
        indexable?: bool,
        /// Whether it hides whom it follows and by whom it is followed. `null` when the user never
        /// chose; absent before 4.1.0.
        hide_collections?: Option<bool>,
        /// `true` when the account is kept in memory of somebody who died, else absent.
        memorial?: bool,
        /// What the profile picture shows, in words; empty when there is no description. Absent before
        /// 4.6.0.
        avatar_description?: String,
        /// What the banner shows, in words; empty when there is no description. Absent before 4.6.0.
        header_description?: String,
        /// Whether the profile has a tab with the posts that carry media. Absent before 4.6.0.
        show_media?: bool,
        /// Whether that tab has replies too. Absent before 4.6.0.
        show_media_replies?: bool,
        /// Whether the profile has a tab with what the user features. Absent before 4.6.0.
        show_featured?: bool,
        /// Who may put the account into a collection. Absent before 4.6.0.
        feature_approval?: FeatureApproval,
        /// Whether its public statuses can be subscribed to by e-mail (`accountEmailSubscribe`). Absent
        /// before 4.6.0.
        email_subscriptions?: bool,
        /// `true` when the handle could not be verified with the server that it names. Absent
        /// otherwise and before 4.7.0.
        invalid_handle?: bool,
        /// How far the registration of your own account has come. Absent for all others and on most
        /// servers.
        state?: CredentialAccountState,
        /// What Pleroma and Akkoma add. Absent on other servers.
        pleroma?: JsonObject,
    }

    /// A row of the table in a profile.
    ///
    /// See <https://docs.joinmastodon.org/entities/Account/#Field>
    pub struct AccountField {
        /// The left column.
        name: String,
        /// The right column: HTML in an account, the text as typed in `source`.
        value: String,
        /// When the server found the link in `value` to link back, ISO 8601; `null` when it does not.
        /// Absent in `source` of older servers.
        verified_at?: Option<String>,
    }

    /// A role of the server, such as moderator.
    ///
    /// See <https://docs.joinmastodon.org/entities/Role/>
    pub struct Role {
        /// Identifies the role; `-99` is the one that everybody has. A number on some servers.
        id: NumberOrString,
        /// What the role is called.
        name: String,
        /// The rights as a decimal number whose bits are the single rights. Absent where only the
        /// badge is meant.
        permissions?: String,
        /// The color of the badge as `#rrggbb`; empty for none. Absent on some servers.
        color?: String,
        /// Whether the badge is shown on the profile. Absent where only the badge is meant.
        highlighted?: bool,
        /// How many collections a holder may make. Absent before 4.6.0.
        collection_limit?: u64,
    }

    /// Your own account as the settings show it: the text as you typed it, and the defaults of the
    /// composer.
    ///
    /// See <https://docs.joinmastodon.org/entities/Account/#source>
    pub struct CredentialAccountSource {
        /// The visibility that new posts start with.
        privacy: StatusVisibility,
        /// Whether the media of new posts are marked sensitive.
        sensitive: bool,
        /// The profile's text as typed; `null` for none on some servers.
        note: Option<String>,
        /// The language of new posts, as ISO 639-1 code; `null` for that of the interface.
        language: Option<String>,
        /// The table in the profile as typed.
        fields: Vec<AccountField>,
        /// How many follow requests wait for you. Absent before 3.0.0.
        follow_requests_count?: u64,
        /// Whether anyone's search may find your public posts. Absent before 4.2.0.
        indexable?: bool,
        /// Whether you hide whom you follow and who follows you; `null` when you never chose. Absent
        /// before 4.1.0.
        hide_collections?: Option<bool>,
        /// Whether you are offered in the directory; `null` when you never chose. Absent before
        /// 3.1.0.
        discoverable?: Option<bool>,
        /// The domains whose pages may name you as their author. Absent before 4.4.0.
        attribution_domains?: Vec<String>,
        /// Who may quote your new posts. Absent before 4.5.0.
        quote_policy?: QuotePolicy,
    }

    /// How far the registration of your own account has come.
    ///
    /// See <https://docs.joinmastodon.org/entities/Account/>
    pub struct CredentialAccountState {
        /// Whether the account can be used.
        functional?: bool,
        /// Whether the e-mail address was confirmed.
        confirmed?: bool,
        /// Whether the moderators have let it in.
        approved?: bool,
        /// The reason why it cannot be used, for programs; `null` when it can.
        error_code?: Option<String>,
        /// The reason why it cannot be used, for people; `null` when it can.
        error?: Option<String>,
    }

    /// Who may put an account into a collection.
    ///
    /// See <https://docs.joinmastodon.org/entities/FeatureApproval/>
    pub struct FeatureApproval {
        /// Those who may without approval.
        automatic: Vec<ApprovalGroup>,
        /// Those who may with the user's approval.
        manual: Vec<ApprovalGroup>,
        /// What this comes to for you.
        current_user: ApprovalForCurrentUser,
    }

    /// The little that is needed to draw an account's picture in a group of notifications.
    ///
    /// See <https://docs.joinmastodon.org/entities/Account/#PartialAccountWithAvatar>
    pub struct PartialAccountWithAvatar {
        /// The id of the account.
        id: String,
        /// The handle: `name` for an account of this server, `name@host` for anyone else.
        acct: String,
        /// The profile page.
        url: Option<String>,
        /// Address of the profile picture, which may move.
        avatar: String,
        /// Address of the profile picture as a still image.
        avatar_static: String,
        /// Whether follow requests need the user's approval.
        locked: bool,
        /// Whether it is marked as automated (a bot).
        bot: bool,
        /// What the profile picture shows, in words. Absent before 4.6.0.
        avatar_description?: String,
    }

    /// What is between you and another account.
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
        /// Whether your mute covers its notifications too.
        muting_notifications: bool,
        /// Whether your follow request is pending.
        requested: bool,
        /// Whether you block its whole server.
        domain_blocking: bool,
        /// Whether its boosts come into your home timeline.
        showing_reblogs: bool,
        /// Whether you feature it on your profile.
        endorsed: bool,
        /// What you noted about it for yourself; empty for nothing.
        #[cfg_attr(feature = "typed", serde(default, skip_serializing_if = "Option::is_none"))]
        #[cfg_attr(feature = "npm", tsify(type = "string"))]
        note: Option<String>,
        /// Whether you are notified of its posts.
        #[cfg_attr(feature = "typed", serde(default, skip_serializing_if = "Option::is_none"))]
        #[cfg_attr(feature = "npm", tsify(type = "boolean"))]
        notifying: Option<bool>,
        /// The languages in which you follow it; `null` for all. Absent before 4.0.0.
        languages?: Option<Vec<String>>,
        /// Whether its follow request to you is pending. Absent in older servers.
        requested_by?: bool,
        /// When your mute ends, ISO 8601; `null` when it lasts until you lift it or there is none.
        /// Absent before 4.6.0.
        muting_expires_at?: Option<String>,
    }

    /// The people you follow who follow a given account.
    ///
    /// See <https://docs.joinmastodon.org/entities/FamiliarFollowers/>
    pub struct FamiliarFollowers {
        /// The id of the account asked about.
        id: String,
        /// Those of its followers whom you follow.
        accounts: Vec<Account>,
    }

    /// An account that the server thinks you may want to follow.
    ///
    /// See <https://docs.joinmastodon.org/entities/Suggestion/>
    pub struct Suggestion {
        /// How the server came to it.
        ///
        /// @deprecated since 4.3.0: `sources` has more.
        source: SuggestionSource,
        /// How the server came to it, all reasons. Absent before 4.3.0.
        sources?: Vec<SuggestionReason>,
        /// The account.
        account: Account,
    }

    /// A proof that an account belongs to the holder of an identity elsewhere. Servers since 3.5.0
    /// return an empty list.
    ///
    /// See <https://docs.joinmastodon.org/entities/IdentityProof/>
    ///
    /// @deprecated since 3.5.0.
    pub struct IdentityProof {
        /// The service that vouches.
        provider: String,
        /// The user's name there.
        provider_username: String,
        /// When the proof was last looked at, ISO 8601.
        updated_at: String,
        /// Where the proof is.
        proof_url: String,
        /// The user's page there.
        profile_url: String,
    }

    /// Your own profile, with everything that can be changed in it as it was typed.
    ///
    /// See <https://docs.joinmastodon.org/entities/Profile/>
    pub struct Profile {
        /// The id of your account.
        id: String,
        /// The name that you go by.
        display_name: String,
        /// The text of the profile as typed.
        note: String,
        /// The table in the profile as typed.
        fields: Vec<ProfileField>,
        /// Address of the profile picture; `null` when there is none.
        avatar: Option<String>,
        /// Address of the profile picture as a still image; `null` when there is none.
        avatar_static: Option<String>,
        /// What the profile picture shows, in words; empty when not described.
        avatar_description: String,
        /// Address of the banner; `null` when there is none.
        header: Option<String>,
        /// Address of the banner as a still image; `null` when there is none.
        header_static: Option<String>,
        /// What the banner shows, in words; empty when not described.
        header_description: String,
        /// Whether follow requests wait for your approval.
        locked: bool,
        /// Whether the account acts by itself.
        bot: bool,
        /// Whether you hide whom you follow and who follows you; `null` when you never chose.
        hide_collections: Option<bool>,
        /// Whether you are offered in the directory; `null` when you never chose.
        discoverable: Option<bool>,
        /// Whether anyone's search may find your public posts.
        indexable: bool,
        /// Whether the profile has a tab with the posts that carry media.
        show_media: bool,
        /// Whether that tab has replies too.
        show_media_replies: bool,
        /// Whether the profile has a tab with what you feature.
        show_featured: bool,
        /// The domains whose pages may name you as their author.
        attribution_domains: Vec<String>,
        /// The hashtags that you feature. Absent in the first servers that have profiles.
        featured_tags?: Vec<FeaturedTag>,
        /// The text of the profile as HTML. Absent in the first servers that have profiles.
        formatted_note?: String,
        /// The table in the profile as HTML. Absent in the first servers that have profiles.
        formatted_fields?: Vec<AccountField>,
    }

    /// A row of the table in your own profile, as typed.
    ///
    /// See <https://docs.joinmastodon.org/entities/Profile/#Field>
    pub struct ProfileField {
        /// The left column.
        name: String,
        /// The right column.
        value: String,
        /// When the server found the link in `value` to link back, ISO 8601; `null` when it does not.
        verified_at: Option<String>,
    }

    /// The body of the response to a rejected registration.
    ///
    /// See <https://docs.joinmastodon.org/methods/accounts/#create>
    pub struct AccountCreationError {
        /// What was wrong, in words, all fields together.
        error: String,
        /// What was wrong, field by field. Absent before 3.4.0.
        details?: AccountCreationErrorDetails,
    }

    /// What was wrong with a registration, field by field. Fields that were fine are absent.
    ///
    /// See <https://docs.joinmastodon.org/methods/accounts/#create>
    pub struct AccountCreationErrorDetails {
        /// Faults of the user name.
        username?: Vec<AccountCreationErrorDetailsField>,
        /// Faults of the password.
        password?: Vec<AccountCreationErrorDetailsField>,
        /// Faults of the e-mail address.
        email?: Vec<AccountCreationErrorDetailsField>,
        /// Faults of the agreement with the rules.
        agreement?: Vec<AccountCreationErrorDetailsField>,
        /// Faults of the language.
        locale?: Vec<AccountCreationErrorDetailsField>,
        /// Faults of the reason given to the moderators.
        reason?: Vec<AccountCreationErrorDetailsField>,
        /// Faults of the date of birth, on servers that ask for it. Absent before 4.4.0.
        date_of_birth?: Vec<AccountCreationErrorDetailsField>,
    }

    /// One fault of one field of a registration.
    ///
    /// See <https://docs.joinmastodon.org/methods/accounts/#create>
    pub struct AccountCreationErrorDetailsField {
        /// The kind of fault.
        error: AccountCreationErrorCode,
        /// The fault in words, in the language of the request.
        description: String,
    }
}

/// Your own account: `source` is there.
pub type CredentialAccount = Account;

typescript! {
    CREDENTIAL_ACCOUNT = r"
/**
 * Your own account: with what the settings show of it.
 *
 * See <https://docs.joinmastodon.org/entities/Account/#CredentialAccount>
 */
export type CredentialAccount = Account & { source: CredentialAccountSource };
"
}

//! The server: its description, limits, rules and policies, and the servers that it blocks.

use std::collections::BTreeMap;

use super::declare::{entity, one_of, open_enum, typescript};
use super::{Account, NumberOrString};

one_of! {
    /// The server, in the second or the first version.
    pub enum AnyInstance {
        /// The second version.
        InstanceV2(InstanceV2),
        /// The first version.
        Instance(Instance),
    }
}

/// Target languages of translations, by source language.
pub type TranslationLanguages = BTreeMap<String, Vec<String>>;

typescript! {
    TRANSLATION_LANGUAGES = r"
/** Target languages of translations, by source language. */
export type TranslationLanguages = Record<string, string[]>;
"
}

open_enum! {
    /// Who may read a timeline.
    pub enum TimelineAccess {
        /// Everyone.
        Public = "public",
        /// Users who are logged in.
        Authenticated = "authenticated",
        /// Nobody: it is disabled.
        Disabled = "disabled",
    }

    /// What the server does with a remote server.
    pub enum DomainBlockSeverity {
        /// Its accounts are limited: only their followers see them.
        Silence = "silence",
        /// The server does not federate with it.
        Suspend = "suspend",
        /// No limit, except those in other fields of the block, such as `reject_media`.
        Noop = "noop",
    }
}

entity! {
    /// The server, in the first version of the endpoint.
    ///
    /// See <https://docs.joinmastodon.org/entities/V1_Instance/>
    pub struct Instance {
        /// The domain of the server's accounts.
        uri: String,
        /// Its name.
        title: String,
        /// A short description. Absent before 2.9.2.
        short_description?: String,
        /// The description, as HTML.
        ///
        /// @deprecated since 4.0.0: see `short_description`.
        description: String,
        /// The contact e-mail address; may be empty. Absent on some servers.
        email?: String,
        /// The version of its software. Forks add to it: `2.7.2 (compatible; Pleroma 2.5)`.
        version: String,
        /// Other URLs of it. Absent on some servers.
        urls?: InstanceURLs,
        /// Statistics about it. Absent on some servers.
        stats?: InstanceStatistics,
        /// URL of its image; `null` when it has none. Absent on some servers.
        thumbnail?: Option<String>,
        /// The main languages of the server, as ISO 639-1 codes. Absent on some servers.
        languages?: Vec<String>,
        /// Whether users can register.
        registrations: bool,
        /// Whether registrations need the moderators' approval. Absent before 2.9.2.
        approval_required?: bool,
        /// Whether its users can invite others. Absent before 3.1.4.
        ///
        /// @deprecated since 4.0.0: see the permissions of the user's role.
        invites_enabled?: bool,
        /// Its limits. Absent before 3.4.2.
        configuration?: InstanceConfiguration,
        /// The contact account; `null` when there is none. Absent on some servers.
        contact_account?: Option<Account>,
        /// Its rules. Absent before 3.4.0.
        rules?: Vec<Rule>,
    }

    /// The limits of a server, in the first version of the endpoint.
    ///
    /// See <https://docs.joinmastodon.org/entities/V1_Instance/#configuration>
    pub struct InstanceConfiguration {
        /// Limits of accounts. Absent before 4.0.0.
        accounts?: InstanceAccountConfiguration,
        /// Limits of statuses.
        statuses: InstanceStatusConfiguration,
        /// Limits of media.
        media_attachments: InstanceMediaConfiguration,
        /// Limits of polls.
        polls: InstancePollConfiguration,
    }

    /// Other URLs of a server, in the first version of the endpoint.
    ///
    /// See <https://docs.joinmastodon.org/entities/V1_Instance/#urls>
    pub struct InstanceURLs {
        /// The base URL of streaming: a `wss:` URL without a path. Absent on some servers.
        streaming_api?: String,
    }

    /// Statistics about a server, in the first version of the endpoint.
    ///
    /// See <https://docs.joinmastodon.org/entities/V1_Instance/#stats>
    pub struct InstanceStatistics {
        /// How many accounts it has.
        user_count: u64,
        /// How many statuses its accounts wrote.
        status_count: u64,
        /// How many other servers it knows.
        domain_count: u64,
    }

    /// The server.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/>
    pub struct InstanceV2 {
        /// The domain of the server's accounts.
        domain: String,
        /// Its name.
        title: String,
        /// The version of its software. Forks add to it: `4.4.0-beta.1+glitch`.
        version: String,
        /// URL of the source code of its software.
        source_url: String,
        /// A short description.
        description: String,
        /// Statistics about its use.
        usage: InstanceUsage,
        /// Its image; `null` when it has none. Absent on some servers.
        thumbnail?: Option<InstanceThumbnail>,
        /// Its icon in several sizes. Absent before 4.3.0.
        icon?: Vec<InstanceIcon>,
        /// The main languages of the server, as ISO 639-1 codes. Absent on some servers.
        languages?: Vec<String>,
        /// Its limits and URLs.
        configuration: InstanceConfigurationV2,
        /// Whether and how users can register.
        registrations: InstanceRegistrations,
        /// The version of each API that it supports: `{ mastodon: 7 }`. Absent before 4.3.0.
        api_versions?: BTreeMap<String, u64>,
        /// The year for which users can generate an annual report; `null` when there is none. Absent before
        /// 4.6.0.
        wrapstodon?: Option<u64>,
        /// How to contact its administrators.
        contact: InstanceContact,
        /// Its rules. Absent on some servers.
        rules?: Vec<Rule>,
    }

    /// The icon of a server in one size.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#InstanceIcon>
    pub struct InstanceIcon {
        /// URL of the image.
        src: String,
        /// Width and height in pixels: `36x36`.
        size: String,
    }

    /// The limits and URLs of a server.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#configuration>
    pub struct InstanceConfigurationV2 {
        /// Other URLs of it. Absent on some servers.
        urls?: InstanceURLsV2,
        /// Its public key for Web Push. Absent before 4.3.0.
        vapid?: InstanceVapidKey,
        /// Limits of accounts.
        accounts: InstanceAccountConfiguration,
        /// Limits of statuses.
        statuses: InstanceStatusConfiguration,
        /// Limits of media.
        media_attachments: InstanceMediaConfiguration,
        /// Limits of polls.
        polls: InstancePollConfiguration,
        /// Whether it translates statuses. Absent on some servers.
        translation?: InstanceTranslationConfiguration,
        /// Who may read its public timelines. Absent before 4.5.0.
        timelines_access?: InstanceTimelinesAccessConfiguration,
        /// Whether it federates only with servers that its moderators have allowed. Absent before 4.4.0.
        limited_federation?: bool,
    }

    /// The public key of a server for Web Push.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#vapid_public_key>
    pub struct InstanceVapidKey {
        /// The public key, in base64url.
        public_key: String,
    }

    /// Other URLs of a server.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#urls>
    pub struct InstanceURLsV2 {
        /// The base URL of streaming: a `wss:` URL without a path. Absent on some servers.
        streaming?: String,
        /// URL of the page with the server's operating status. Absent or `null` when there is none.
        status?: Option<String>,
        /// URL of the page about it. Absent before 4.4.0.
        about?: String,
        /// URL of its privacy policy; `null` when it has none. Absent before 4.4.0.
        privacy_policy?: Option<String>,
        /// URL of its terms of service; `null` when it has none. Absent before 4.4.0.
        terms_of_service?: Option<String>,
    }

    /// The image of a server.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#thumbnail>
    pub struct InstanceThumbnail {
        /// URL of the image.
        url: String,
        /// A blurred placeholder, for `decodeBlurhash`. Absent for the default image.
        blurhash?: Option<String>,
        /// The image in several resolutions. Absent for the default image.
        versions?: InstanceThumbnailVersions,
        /// The alternative text of the image. Absent before 4.6.0.
        description?: String,
    }

    /// The image of a server in several resolutions.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#thumbnail-versions>
    pub struct InstanceThumbnailVersions {
        /// URL of the image for screens of normal resolution.
        #[serde(rename = "@1x")]
        at1x?: String,
        /// URL of the image for screens of double resolution.
        #[serde(rename = "@2x")]
        at2x?: String,
    }

    /// Statistics about the use of a server.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#usage>
    pub struct InstanceUsage {
        /// The number of users.
        users: InstanceUsageUsers,
    }

    /// The number of users of a server.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#users>
    pub struct InstanceUsageUsers {
        /// How many were active in the last four weeks.
        active_month: u64,
    }

    /// A rule of the server.
    ///
    /// See <https://docs.joinmastodon.org/entities/Rule/>
    pub struct Rule {
        /// Identifies the rule.
        id: String,
        /// The text of the rule.
        text: String,
        /// A longer explanation; may be empty. Absent before 4.3.0.
        hint?: String,
        /// Translations of the rule, by ISO 639-1 code. Absent before 4.4.0.
        translations?: BTreeMap<String, RuleTranslation>,
    }

    /// A rule of the server in another language.
    ///
    /// See <https://docs.joinmastodon.org/entities/Rule/#translations>
    pub struct RuleTranslation {
        /// The text of the rule.
        text: String,
        /// A longer explanation; may be empty.
        hint: String,
    }

    /// Whether and how users can register.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#registrations>
    pub struct InstanceRegistrations {
        /// Whether users can register.
        enabled: bool,
        /// Whether registrations need the moderators' approval.
        approval_required: bool,
        /// Whether users must give a reason; `null` when no approval is needed. Absent before 4.4.0.
        reason_required?: Option<bool>,
        /// A message to show while registrations are closed, as HTML; `null` when there is none.
        message: Option<String>,
        /// The minimum age in years; `null` when there is none. Absent before 4.4.0.
        min_age?: Option<u64>,
        /// URL of another site where users register; `null` when they register here. Absent before 4.2.0.
        url?: Option<String>,
        /// URL where users register. Absent on most servers.
        sign_up_url?: Option<String>,
    }

    /// How to contact the administrators of a server.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#contact>
    pub struct InstanceContact {
        /// The e-mail address; may be empty.
        email: String,
        /// The account; `null` when there is none. Absent on some servers.
        account?: Option<Account>,
    }

    /// Limits of accounts.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#accounts>
    pub struct InstanceAccountConfiguration {
        /// How many hashtags a user can feature. Absent on some servers.
        max_featured_tags?: u64,
        /// How many statuses a user can pin. Absent before 4.3.0.
        max_pinned_statuses?: u64,
        /// How many characters a display name can have. Absent before 4.6.0.
        max_display_name_length?: u64,
        /// How many characters the text of a profile can have. Absent before 4.6.0.
        max_note_length?: u64,
        /// How many characters the description of a profile picture can have. Absent before 4.6.0.
        max_avatar_description_length?: u64,
        /// How many characters the description of a banner can have. Absent before 4.6.0.
        max_header_description_length?: u64,
        /// How many fields a profile can have. Absent before 4.6.0.
        max_profile_fields?: u64,
        /// How many characters the name of a profile field can have. Absent before 4.6.0.
        profile_field_name_limit?: u64,
        /// How many characters the value of a profile field can have. Absent before 4.6.0.
        profile_field_value_limit?: u64,
    }

    /// Limits of statuses.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#statuses>
    pub struct InstanceStatusConfiguration {
        /// How many characters a status can have, counted as `getStatusLength` does.
        max_characters: u64,
        /// How many media attachments a status can have.
        max_media_attachments: u64,
        /// How many characters a link counts as, whatever its length. Absent on some servers.
        characters_reserved_per_url?: u64,
        /// The MIME types that `content_type` may have. Only on glitch-soc and similar forks.
        supported_mime_types?: Vec<String>,
    }

    /// Limits of media.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#media_attachments>
    pub struct InstanceMediaConfiguration {
        /// The MIME types that can be uploaded.
        supported_mime_types: Vec<String>,
        /// How many characters a description can have. Absent before 4.4.0.
        description_limit?: u64,
        /// How large an image can be, in bytes.
        image_size_limit: u64,
        /// How many pixels an image can have, width times height. Absent on some servers.
        image_matrix_limit?: u64,
        /// How large a video or audio file can be, in bytes. Absent on some servers.
        video_size_limit?: u64,
        /// How many frames per second a video can have. Absent on some servers.
        video_frame_rate_limit?: u64,
        /// How many pixels a frame of a video can have, width times height. Absent on some servers.
        video_matrix_limit?: u64,
    }

    /// Limits of polls.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#polls>
    pub struct InstancePollConfiguration {
        /// How many options a poll can have.
        max_options: u64,
        /// How many characters an option can have.
        max_characters_per_option: u64,
        /// The minimum duration of a poll, in seconds.
        min_expiration: u64,
        /// The maximum duration of a poll, in seconds.
        max_expiration: u64,
    }

    /// Whether a server translates statuses.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#translation>
    pub struct InstanceTranslationConfiguration {
        /// Whether it does.
        enabled: bool,
    }

    /// Who may read the public timelines of a server.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#timelines_access>
    pub struct InstanceTimelinesAccessConfiguration {
        /// The public timelines.
        live_feeds: InstanceTimelinesAccessFeedConfiguration,
        /// The timelines of hashtags.
        hashtag_feeds: InstanceTimelinesAccessFeedConfiguration,
        /// The timelines of trending links.
        trending_link_feeds: InstanceTimelinesAccessFeedConfiguration,
    }

    /// Who may read a kind of timeline.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#timelines_access>
    pub struct InstanceTimelinesAccessFeedConfiguration {
        /// Its statuses from this server.
        local: TimelineAccess,
        /// Its statuses from remote servers.
        remote: TimelineAccess,
    }

    /// The activity on a server in one week.
    ///
    /// See <https://docs.joinmastodon.org/methods/instance/#activity>
    pub struct Activity {
        /// Midnight (UTC) of the week's first day, in seconds since 1970, as a string. A number on some
        /// servers.
        week: NumberOrString,
        /// How many statuses were written, as a string. A number on some servers.
        statuses: NumberOrString,
        /// How many users logged in, as a string. A number on some servers.
        logins: NumberOrString,
        /// How many users registered, as a string. A number on some servers.
        registrations: NumberOrString,
    }

    /// A remote server that this server has limited or suspended.
    ///
    /// See <https://docs.joinmastodon.org/entities/DomainBlock/>
    pub struct DomainBlock {
        /// The domain; parts of it may be hidden by `*`.
        domain: String,
        /// The SHA-256 of the domain, in hexadecimal.
        digest: String,
        /// What the block does.
        severity: DomainBlockSeverity,
        /// The reason. Absent or `null` when it is not public.
        comment?: Option<String>,
    }

    /// The page about the server.
    ///
    /// See <https://docs.joinmastodon.org/entities/ExtendedDescription/>
    pub struct ExtendedDescription {
        /// When it was last changed, ISO 8601; `null` when it was never written.
        updated_at: Option<String>,
        /// The content, as HTML; may be empty.
        content: String,
    }

    /// The server's privacy policy.
    ///
    /// See <https://docs.joinmastodon.org/entities/PrivacyPolicy/>
    pub struct PrivacyPolicy {
        /// When it was last changed, ISO 8601.
        updated_at: String,
        /// The content, as HTML.
        content: String,
    }

    /// The server's terms of service.
    ///
    /// See <https://docs.joinmastodon.org/entities/TermsOfService/>
    pub struct TermsOfService {
        /// The day from which they apply: `2026-08-01`.
        effective_date: String,
        /// Whether they apply today.
        effective: bool,
        /// The content, as HTML.
        content: String,
        /// The day from which newer terms apply. Absent or `null` when there are none.
        succeeded_by?: Option<String>,
    }

    /// What you would lose by blocking a server.
    ///
    /// Mastodon does not document it.
    pub struct DomainBlockPreview {
        /// How many accounts of the server you follow.
        following_count: u64,
        /// How many accounts of the server follow you.
        followers_count: u64,
    }

    /// An invitation to register on a server.
    ///
    /// Mastodon does not document it.
    pub struct Invite {
        /// The invite code, for `createAccount`.
        invite_code: String,
        /// URL of the server, for `createApp`.
        instance_api_url: String,
    }

    /// A donation campaign that the server shows to its users.
    ///
    /// Mastodon does not document it.
    pub struct DonationCampaign {
        /// Identifies the campaign.
        id: String,
        /// The text of the banner.
        banner_message: String,
        /// The button of the banner.
        banner_button_text: String,
        /// The text of the dialog.
        donation_message: String,
        /// The button of the dialog.
        donation_button_text: String,
        /// The text of a status that the user can publish after a donation.
        donation_success_post: String,
        /// Suggested amounts: by `one_time`, `monthly` or `yearly`, then by currency.
        amounts: BTreeMap<String, BTreeMap<String, Vec<f64>>>,
        /// The default currency.
        default_currency: String,
        /// URL where users donate.
        donation_url: String,
        /// The language of the texts. Absent on some servers.
        locale?: String,
    }

    /// A language that the server supports.
    ///
    /// See <https://docs.joinmastodon.org/methods/instance/>
    pub struct SupportedLocale {
        /// Its ISO 639-1 code.
        code: String,
        /// Its name, in English.
        name: String,
    }
}

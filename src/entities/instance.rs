//! The server itself: what it is, what it allows, its rules, its neighbors.

use std::collections::BTreeMap;

use super::declare::{entity, one_of, open_enum, typescript};
use super::{Account, NumberOrString};

one_of! {
    /// The server, in the newer or the older form.
    pub enum AnyInstance {
        /// The newer form.
        InstanceV2(InstanceV2),
        /// The older form.
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
        /// Those who are logged in.
        Authenticated = "authenticated",
        /// Nobody: it is switched off.
        Disabled = "disabled",
    }

    /// What the server does with another one.
    pub enum DomainBlockSeverity {
        /// Accounts of it are limited: only their followers come across them.
        Silence = "silence",
        /// There is no exchange with it.
        Suspend = "suspend",
        /// Nothing but what is said beside.
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
        /// What it is called.
        title: String,
        /// What it is, in a sentence. Absent before 2.9.2.
        short_description?: String,
        /// What it is, as HTML.
        ///
        /// @deprecated since 4.0.0: see `short_description`.
        description: String,
        /// The e-mail address of those who run it; may be empty. Absent on some servers.
        email?: String,
        /// The version of its software. Forks write more into it: `2.7.2 (compatible; Pleroma 2.5)`.
        version: String,
        /// Other addresses of it. Absent on some servers.
        urls?: InstanceURLs,
        /// Its size. Absent on some servers.
        stats?: InstanceStatistics,
        /// Address of its picture; `null` when it has none. Absent on some servers.
        thumbnail?: Option<String>,
        /// The languages of its people, as ISO 639-1 codes. Absent on some servers.
        languages?: Vec<String>,
        /// Whether one can register.
        registrations: bool,
        /// Whether the moderators decide on registrations. Absent before 2.9.2.
        approval_required?: bool,
        /// Whether its people can invite others. Absent before 3.1.4.
        ///
        /// @deprecated since 4.0.0: the user's role has it.
        invites_enabled?: bool,
        /// The limits that it sets. Absent before 3.4.2.
        configuration?: InstanceConfiguration,
        /// The account of those who run it; `null` when none is named. Absent on some servers.
        contact_account?: Option<Account>,
        /// Its rules. Absent before 3.4.0.
        rules?: Vec<Rule>,
    }

    /// The limits that a server sets, in the first version of the endpoint.
    ///
    /// See <https://docs.joinmastodon.org/entities/V1_Instance/#configuration>
    pub struct InstanceConfiguration {
        /// Limits of accounts. Absent before 4.0.0.
        accounts?: InstanceAccountConfiguration,
        /// Limits of posts.
        statuses: InstanceStatusConfiguration,
        /// Limits of media.
        media_attachments: InstanceMediaConfiguration,
        /// Limits of polls.
        polls: InstancePollConfiguration,
    }

    /// Other addresses of a server, in the first version of the endpoint.
    ///
    /// See <https://docs.joinmastodon.org/entities/V1_Instance/#urls>
    pub struct InstanceURLs {
        /// Where streaming connects to, as `wss:` address without path. Absent on some servers.
        streaming_api?: String,
    }

    /// The size of a server, in the first version of the endpoint.
    ///
    /// See <https://docs.joinmastodon.org/entities/V1_Instance/#stats>
    pub struct InstanceStatistics {
        /// How many accounts it has.
        user_count: u64,
        /// How many posts they wrote.
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
        /// What it is called.
        title: String,
        /// The version of its software. Forks write more into it: `4.4.0-beta.1+glitch`.
        version: String,
        /// Where the source of its software is.
        source_url: String,
        /// What it is, in a sentence.
        description: String,
        /// How much it is used.
        usage: InstanceUsage,
        /// Its picture; `null` when it has none. Absent on some servers.
        thumbnail?: Option<InstanceThumbnail>,
        /// Its icon in several sizes. Absent before 4.3.0.
        icon?: Vec<InstanceIcon>,
        /// The languages of its people, as ISO 639-1 codes. Absent on some servers.
        languages?: Vec<String>,
        /// Its limits and URLs.
        configuration: InstanceConfigurationV2,
        /// Whether and how one can register.
        registrations: InstanceRegistrations,
        /// The version of each API that it offers: `{ mastodon: 7 }`. Absent before 4.3.0.
        api_versions?: BTreeMap<String, u64>,
        /// The year on which people can have a report made; `null` for none. Absent before 4.6.0.
        wrapstodon?: Option<u64>,
        /// Who runs it.
        contact: InstanceContact,
        /// Its rules. Absent on some servers.
        rules?: Vec<Rule>,
    }

    /// The icon of a server in one size.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#InstanceIcon>
    pub struct InstanceIcon {
        /// Address of the picture.
        src: String,
        /// Width and height in pixels: `36x36`.
        size: String,
    }

    /// What a server allows and where it is.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#configuration>
    pub struct InstanceConfigurationV2 {
        /// Other addresses of it. Absent on some servers.
        urls?: InstanceURLsV2,
        /// Its key for Web Push. Absent before 4.3.0.
        vapid?: InstanceVapidKey,
        /// Limits of accounts.
        accounts: InstanceAccountConfiguration,
        /// Limits of posts.
        statuses: InstanceStatusConfiguration,
        /// Limits of media.
        media_attachments: InstanceMediaConfiguration,
        /// Limits of polls.
        polls: InstancePollConfiguration,
        /// Whether it translates posts. Absent on some servers.
        translation?: InstanceTranslationConfiguration,
        /// Who may read its public timelines. Absent before 4.5.0.
        timelines_access?: InstanceTimelinesAccessConfiguration,
        /// Whether it talks only to servers that its moderators allowed. Absent before 4.4.0.
        limited_federation?: bool,
    }

    /// The key of a server for Web Push.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#vapid_public_key>
    pub struct InstanceVapidKey {
        /// The public key, in base64url.
        public_key: String,
    }

    /// Other addresses of a server.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#urls>
    pub struct InstanceURLsV2 {
        /// Where streaming connects to, as `wss:` address without path. Absent on some servers.
        streaming?: String,
        /// A status page of the server; `null` or absent when there is none.
        status?: Option<String>,
        /// A page about it. Absent before 4.4.0.
        about?: String,
        /// The page with its privacy policy; `null` when it has none. Absent before 4.4.0.
        privacy_policy?: Option<String>,
        /// The page with its terms of service; `null` when it has none. Absent before 4.4.0.
        terms_of_service?: Option<String>,
    }

    /// The picture of a server.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#thumbnail>
    pub struct InstanceThumbnail {
        /// Address of the picture.
        url: String,
        /// A blurred placeholder, to be drawn with `decodeBlurhash`. Absent for the default picture.
        blurhash?: Option<String>,
        /// The picture for several screens. Absent for the default picture.
        versions?: InstanceThumbnailVersions,
        /// What the picture shows, in words. Absent before 4.6.0.
        description?: String,
    }

    /// The picture of a server for several screens.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#thumbnail-versions>
    pub struct InstanceThumbnailVersions {
        /// Address for a screen of the usual resolution.
        #[serde(rename = "@1x")]
        at1x?: String,
        /// Address for a screen with twice the resolution.
        #[serde(rename = "@2x")]
        at2x?: String,
    }

    /// How much a server is used.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#usage>
    pub struct InstanceUsage {
        /// By how many people.
        users: InstanceUsageUsers,
    }

    /// By how many people a server is used.
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
        /// What it says.
        text: String,
        /// A longer explanation; may be empty. Absent before 4.3.0.
        hint?: String,
        /// The same in other languages, by ISO 639-1 code. Absent before 4.4.0.
        translations?: BTreeMap<String, RuleTranslation>,
    }

    /// A rule of the server in another language.
    ///
    /// See <https://docs.joinmastodon.org/entities/Rule/#translations>
    pub struct RuleTranslation {
        /// What it says.
        text: String,
        /// A longer explanation; may be empty.
        hint: String,
    }

    /// Whether and how one can register.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#registrations>
    pub struct InstanceRegistrations {
        /// Whether one can.
        enabled: bool,
        /// Whether the moderators decide.
        approval_required: bool,
        /// Whether they want to know a reason; `null` when they do not decide. Absent before 4.4.0.
        reason_required?: Option<bool>,
        /// What is said while one cannot, as HTML; `null` for nothing.
        message: Option<String>,
        /// The age in years that one must have; `null` for any. Absent before 4.4.0.
        min_age?: Option<u64>,
        /// Where one registers instead of here; `null` for here. Absent before 4.2.0.
        url?: Option<String>,
        /// Where one registers. Absent on most servers.
        sign_up_url?: Option<String>,
    }

    /// Who runs a server.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#contact>
    pub struct InstanceContact {
        /// Their e-mail address; may be empty.
        email: String,
        /// Their account; `null` when none is named. Absent on some servers.
        account?: Option<Account>,
    }

    /// Limits of accounts.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#accounts>
    pub struct InstanceAccountConfiguration {
        /// How many hashtags one can feature. Absent on some servers.
        max_featured_tags?: u64,
        /// How many posts one can pin. Absent before 4.3.0.
        max_pinned_statuses?: u64,
        /// How many characters a display name can have. Absent before 4.6.0.
        max_display_name_length?: u64,
        /// How many characters the text of a profile can have. Absent before 4.6.0.
        max_note_length?: u64,
        /// How many characters the description of a profile picture can have. Absent before 4.6.0.
        max_avatar_description_length?: u64,
        /// How many characters the description of a banner can have. Absent before 4.6.0.
        max_header_description_length?: u64,
        /// How many rows the table in a profile can have. Absent before 4.6.0.
        max_profile_fields?: u64,
        /// How many characters its left column can have. Absent before 4.6.0.
        profile_field_name_limit?: u64,
        /// How many characters its right column can have. Absent before 4.6.0.
        profile_field_value_limit?: u64,
    }

    /// Limits of posts.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#statuses>
    pub struct InstanceStatusConfiguration {
        /// How many characters a post can have, counted as `getStatusLength` does.
        max_characters: u64,
        /// How many media it can carry.
        max_media_attachments: u64,
        /// As how many characters a link counts, however long it is. Absent on some servers.
        characters_reserved_per_url?: u64,
        /// The MIME types that `content_type` may have. Absent but on glitch-soc and its kin.
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
        /// How large a picture can be, in bytes.
        image_size_limit: u64,
        /// How many pixels a picture can have, width times height. Absent on some servers.
        image_matrix_limit?: u64,
        /// How large a video or sound can be, in bytes. Absent on some servers.
        video_size_limit?: u64,
        /// How many frames a second a video can have. Absent on some servers.
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
        /// How short it can be open, in seconds.
        min_expiration: u64,
        /// How long it can be open, in seconds.
        max_expiration: u64,
    }

    /// Whether a server translates posts.
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
        /// The timelines with everything that is public.
        live_feeds: InstanceTimelinesAccessFeedConfiguration,
        /// The timelines of hashtags.
        hashtag_feeds: InstanceTimelinesAccessFeedConfiguration,
        /// The timelines of links that trend.
        trending_link_feeds: InstanceTimelinesAccessFeedConfiguration,
    }

    /// Who may read a kind of timeline.
    ///
    /// See <https://docs.joinmastodon.org/entities/Instance/#timelines_access>
    pub struct InstanceTimelinesAccessFeedConfiguration {
        /// The posts in it that were written here.
        local: TimelineAccess,
        /// The posts in it that came from elsewhere.
        remote: TimelineAccess,
    }

    /// What happened on a server in one week.
    ///
    /// See <https://docs.joinmastodon.org/methods/instance/#activity>
    pub struct Activity {
        /// Midnight (UTC) of the week's first day, as seconds since 1970 in a string; a number on some
        /// servers.
        week: NumberOrString,
        /// How many posts were written, as a number in a string; a number on some servers.
        statuses: NumberOrString,
        /// How many people logged in, as a number in a string; a number on some servers.
        logins: NumberOrString,
        /// How many people registered, as a number in a string; a number on some servers.
        registrations: NumberOrString,
    }

    /// A server that this one has blocked or limited.
    ///
    /// See <https://docs.joinmastodon.org/entities/DomainBlock/>
    pub struct DomainBlock {
        /// The domain; parts of it may be stars.
        domain: String,
        /// The SHA-256 of the domain, in hexadecimal digits.
        digest: String,
        /// What is done with it.
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
        /// The day from which on they hold: `2026-08-01`.
        effective_date: String,
        /// Whether they hold today.
        effective: bool,
        /// The content, as HTML.
        content: String,
        /// The day from which on newer ones hold; `null` or absent when there are none.
        succeeded_by?: Option<String>,
    }

    /// What blocking a server would cost.
    ///
    /// Mastodon does not document it.
    pub struct DomainBlockPreview {
        /// How many accounts of the server you follow.
        following_count: u64,
        /// How many accounts of the server follow you.
        followers_count: u64,
    }

    /// Where an invitation to the server leads.
    ///
    /// Mastodon does not document it.
    pub struct Invite {
        /// The code, for `createAccount`.
        invite_code: String,
        /// The server, for `createApp`.
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
        /// A post that one may publish after a donation.
        donation_success_post: String,
        /// Suggested amounts: by `one_time`, `monthly` or `yearly`, then by currency.
        amounts: BTreeMap<String, BTreeMap<String, Vec<f64>>>,
        /// The currency that is offered first.
        default_currency: String,
        /// Where to donate.
        donation_url: String,
        /// The language of the texts. Absent on some servers.
        locale?: String,
    }

    /// A language that the server knows.
    ///
    /// See <https://docs.joinmastodon.org/methods/instance/>
    pub struct SupportedLocale {
        /// Its ISO 639-1 code.
        code: String,
        /// Its name, in English.
        name: String,
    }
}

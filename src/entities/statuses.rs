//! Statuses, with quotes, edits, threads, scheduled statuses and translations.

use super::declare::{entity, one_of, open_enum, typescript};
use super::{
    Account, Application, ApprovalForCurrentUser, ApprovalGroup, BooleanOrString, Collection,
    CustomEmoji, FilterResult, JsonObject, MediaAttachment, NumberOrString, Poll, PreviewCard, Tag,
};

open_enum! {
    /// Who can see a status.
    pub enum StatusVisibility {
        /// Everyone. It appears in public timelines.
        Public = "public",
        /// Everyone, but it does not appear in public timelines.
        Unlisted = "unlisted",
        /// The author's followers, and the accounts that it mentions.
        Private = "private",
        /// The accounts that it mentions.
        Direct = "direct",
        /// The members of a list. Only on some forks.
        List = "list",
        /// The users of the author's server. Only on some forks.
        Local = "local",
    }

    /// Who may quote a status.
    pub enum QuotePolicy {
        /// Everyone.
        Public = "public",
        /// The author's followers.
        Followers = "followers",
        /// Only the author.
        Nobody = "nobody",
    }

    /// The state of a quote: whether the quoted status is shown, and if not, why.
    pub enum QuoteState {
        /// The quoted author has not decided yet.
        Pending = "pending",
        /// The quoted author approved it. Only in this state is the quoted status shown.
        Accepted = "accepted",
        /// The quoted author rejected it.
        Rejected = "rejected",
        /// The quoted author approved it first, and revoked that later.
        Revoked = "revoked",
        /// The quoted status was deleted.
        Deleted = "deleted",
        /// You may not see the quoted status.
        Unauthorized = "unauthorized",
        /// You block the quoted author.
        BlockedAccount = "blocked_account",
        /// You block the quoted author's server.
        BlockedDomain = "blocked_domain",
        /// You mute the quoted author.
        MutedAccount = "muted_account",
    }
}

entity! {
    /// A status (a post).
    ///
    /// Fields that are not optional were in all statuses that were tested: of Mastodon 2.9 to 4.7, GoToSocial
    /// 0.20, Takahe 0.11 and Mitra 5.9.
    ///
    /// See <https://docs.joinmastodon.org/entities/Status/>
    pub struct Status {
        /// Identifies the status on the server that sent it. Ids grow with time.
        id: String,
        /// The ActivityPub identifier, which is the same on every server.
        uri: String,
        /// URL of the status's page; `null` when a remote server sent none.
        url: Option<String>,
        /// Who wrote it.
        account: Account,
        /// The id of the status that it replies to; `null` when it is not a reply.
        in_reply_to_id: Option<String>,
        /// The id of the account that it replies to; `null` when it is not a reply. Absent on some servers.
        in_reply_to_account_id?: Option<String>,
        /// The boosted status; `null` when it is not a boost. A boost has its own id, author and date; its
        /// content is a copy.
        reblog: Option<Box<Status>>,
        /// The text, as HTML.
        #[cfg_attr(feature = "typed", serde(default, skip_serializing_if = "Option::is_none"))]
        #[cfg_attr(feature = "npm", tsify(type = "string"))]
        content: Option<String>,
        /// When it was written, ISO 8601 in UTC.
        created_at: String,
        /// How often it was boosted, as far as the server knows.
        reblogs_count: u64,
        /// How many favourites it has, as far as the server knows.
        favourites_count: u64,
        /// Whether you have boosted it. Absent without a token.
        reblogged?: bool,
        /// Whether you have favourited it. Absent without a token.
        favourited?: bool,
        /// Whether its media should be hidden until the reader chooses to see them; with `spoiler_text`, the
        /// whole status.
        sensitive: bool,
        /// The content warning, as text; empty when there is none.
        spoiler_text: String,
        /// Who can see it.
        visibility: StatusVisibility,
        /// The accounts that it mentions.
        mentions: Vec<StatusMention>,
        /// Its images, videos and audio files.
        media_attachments: Vec<MediaAttachment>,
        /// The custom emoji used in its text and content warning.
        emojis: Vec<CustomEmoji>,
        /// The hashtags in it.
        tags: Vec<Tag>,
        /// Whether you have bookmarked it. Absent without a token and before 3.1.0.
        bookmarked?: bool,
        /// The application that it was written with. Absent or `null` for remote statuses, and when the
        /// author hides it.
        application?: Option<Application>,
        /// The main language, as an ISO 639-1 code; `null` when unknown.
        language: Option<String>,
        /// Whether you have muted its thread. Absent without a token.
        muted?: bool,
        /// Whether it is pinned to your profile. Absent for statuses that cannot be pinned and without a
        /// token.
        pinned?: bool,
        /// How many replies it has, as far as the server knows.
        #[cfg_attr(feature = "typed", serde(default, skip_serializing_if = "Option::is_none"))]
        #[cfg_attr(feature = "npm", tsify(type = "number"))]
        replies_count: Option<u64>,
        /// A preview of the first link in it; `null` when there is none (yet). Absent on older servers.
        card?: Option<PreviewCard>,
        /// Its poll; `null` when there is none. Absent on older servers.
        #[cfg_attr(feature = "npm", tsify(type = "CompletePoll | null"))]
        poll?: Option<Poll>,
        /// When it was last edited, ISO 8601; `null` when it never was. Absent before 3.5.0.
        edited_at?: Option<String>,
        /// Your filters that match it. Absent without a token and before 4.0.0; `null` on some servers.
        filtered?: Option<Vec<FilterResult>>,
        /// The status that it quotes; `null` when there is none. Absent before 4.4.0.
        quote?: Option<Box<AnyQuote>>,
        /// How often it was quoted, as far as the server knows. Absent before 4.5.0.
        quotes_count?: u64,
        /// The collections that it links to. Absent before 4.6.0.
        tagged_collections?: Vec<Collection>,
        /// Who may quote it; `null` when the server does not include it. Absent before 4.5.0.
        quote_approval?: Option<QuoteApproval>,
        /// The text as typed, for redrafting. Only in the response to a deletion.
        text?: Option<String>,
        /// Whether it waits for review as a trend. Only in `adminTrendingStatuses`.
        requires_review?: bool,
        /// Whether it stays on this server. Only on glitch-soc and GoToSocial.
        local_only?: Option<bool>,
        /// The MIME type of the text as typed; `null` for remote statuses. Only on glitch-soc and similar
        /// forks.
        content_type?: Option<String>,
        /// Who may favourite, reply to or boost it. Only on GoToSocial.
        interaction_policy?: InteractionPolicy,
        /// Extra fields of Pleroma and Akkoma. Absent on other servers.
        pleroma?: JsonObject,
    }

    /// Who may interact with a status, on GoToSocial.
    ///
    /// See <https://docs.gotosocial.org/en/latest/api/swagger/>
    pub struct InteractionPolicy {
        /// Who may favourite it.
        can_favourite: InteractionRules,
        /// Who may reply to it.
        can_reply: InteractionRules,
        /// Who may boost it.
        can_reblog: InteractionRules,
    }

    /// Who may do something with a status, on GoToSocial: `public`, `followers`, `following`,
    /// `mutuals`, `mentioned`, `author`, `me`, or the URI of an account.
    ///
    /// See <https://docs.gotosocial.org/en/latest/api/swagger/>
    pub struct InteractionRules {
        /// Who may do so without approval. Absent on newer servers.
        always?: Vec<String>,
        /// Who may do so with the author's approval. Absent on newer servers.
        with_approval?: Vec<String>,
        /// Who may do so without approval. Absent on older servers.
        automatic_approval?: Vec<String>,
        /// Who may do so with the author's approval. Absent on older servers.
        manual_approval?: Vec<String>,
    }

    /// An account that a status mentions.
    ///
    /// See <https://docs.joinmastodon.org/entities/Status/#Mention>
    pub struct StatusMention {
        /// URL of the account's profile page.
        url: String,
        /// The user name, without the domain.
        username: String,
        /// The handle: `name` for a local account, `name@domain` for a remote one.
        acct: String,
        /// The id of the account.
        id: String,
    }

    /// A quote with the quoted status in it.
    ///
    /// See <https://docs.joinmastodon.org/entities/Quote/>
    pub struct Quote {
        /// The state of the quote. `quoted_status` is set only when this is `accepted`.
        state: QuoteState,
        /// The quoted status; `null` while it must not be shown.
        quoted_status: Option<Box<Status>>,
    }

    /// A quote in a quoted status, with only the id of its own quoted status.
    ///
    /// See <https://docs.joinmastodon.org/entities/ShallowQuote/>
    pub struct ShallowQuote {
        /// The id of the quoted status; `null` while it must not be shown.
        quoted_status_id: Option<String>,
        /// The state of the quote.
        state: QuoteState,
    }

    /// Who may quote a status.
    ///
    /// See <https://docs.joinmastodon.org/entities/QuoteApproval/>
    pub struct QuoteApproval {
        /// Who may quote it without approval.
        automatic: Vec<ApprovalGroup>,
        /// Who may quote it with the author's approval.
        manual: Vec<ApprovalGroup>,
        /// Whether you may quote it.
        current_user: ApprovalForCurrentUser,
    }

    /// One version of a status in its edit history.
    ///
    /// See <https://docs.joinmastodon.org/entities/StatusEdit/>
    pub struct StatusEdit {
        /// The text, as HTML.
        content: String,
        /// The content warning; empty when there is none.
        spoiler_text: String,
        /// Whether the media were marked sensitive.
        sensitive: bool,
        /// When this version was created, ISO 8601 in UTC.
        created_at: String,
        /// Who wrote it.
        account: Account,
        /// Its media at that time.
        media_attachments: Vec<MediaAttachment>,
        /// The custom emoji used in it.
        emojis: Vec<CustomEmoji>,
        /// The poll at that time, with only its options. Absent or `null` when there was none.
        poll?: Option<Poll>,
        /// The status that it quoted. Absent or `null` when there was none.
        quote?: Option<AnyQuote>,
    }

    /// The text of a status as typed, for an editor.
    ///
    /// See <https://docs.joinmastodon.org/entities/StatusSource/>
    pub struct StatusSource {
        /// The id of the status.
        id: String,
        /// The text as typed.
        text: String,
        /// The content warning as typed; empty when there is none.
        spoiler_text: String,
        /// The MIME type of the text. Only on glitch-soc and similar forks.
        content_type?: Option<String>,
    }

    /// The thread around a status.
    ///
    /// See <https://docs.joinmastodon.org/entities/Context/>
    pub struct Context {
        /// The statuses above it, the start of the thread first.
        ancestors: Vec<Status>,
        /// The statuses below it, each reply directly after the status that it replies to.
        descendants: Vec<Status>,
    }

    /// A status that will be published later.
    ///
    /// See <https://docs.joinmastodon.org/entities/ScheduledStatus/>
    pub struct ScheduledStatus {
        /// Identifies the scheduled status. The published status gets another id.
        id: String,
        /// When it will be published, ISO 8601 in UTC.
        scheduled_at: String,
        /// The parameters of the status.
        params: ScheduledStatusParams,
        /// The media of the status.
        media_attachments: Vec<MediaAttachment>,
    }

    /// The parameters of a scheduled status. Parameters that were not set are `null`, or absent on some
    /// servers.
    ///
    /// See <https://docs.joinmastodon.org/entities/ScheduledStatus/#params>
    pub struct ScheduledStatusParams {
        /// The text as typed.
        text: String,
        /// The id of the status that it will reply to. On most servers a number, which may be too large to be
        /// exact in JavaScript.
        in_reply_to_id?: Option<NumberOrString>,
        /// The ids of its media.
        media_ids?: Option<Vec<String>>,
        /// Whether its media will be marked sensitive.
        sensitive?: Option<bool>,
        /// Who will be able to see it.
        visibility?: Option<StatusVisibility>,
        /// The idempotency key, which keeps it from being scheduled twice.
        idempotency?: Option<String>,
        /// Always `null`.
        scheduled_at?: Option<String>,
        /// The content warning.
        spoiler_text?: Option<String>,
        /// The id of the application that scheduled it: a number, unlike all other ids; a string on
        /// GoToSocial.
        ///
        /// @deprecated It is not useful for clients.
        application_id: NumberOrString,
        /// Its poll.
        poll?: Option<ScheduledStatusPoll>,
        /// Its language, as an ISO 639-1 code.
        language?: Option<String>,
        /// The ids of the accounts that it may mention. It fails if it mentions anyone else.
        allowed_mentions?: Option<Vec<String>>,
        /// Whether it counts against the rate limit of new statuses.
        ///
        /// @deprecated It is not useful for clients.
        with_rate_limit?: bool,
        /// The id of the status that it will quote. Absent before 4.4.0.
        quoted_status_id?: Option<String>,
        /// Who may quote it. Absent before 4.5.0.
        quote_approval_policy?: Option<QuotePolicy>,
    }

    /// The poll of a scheduled status, as requested. Values that were sent as form data are strings.
    ///
    /// See <https://docs.joinmastodon.org/entities/ScheduledStatus/#params>
    pub struct ScheduledStatusPoll {
        /// The options.
        options: Vec<String>,
        /// How long it will be open, in seconds.
        expires_in: NumberOrString,
        /// Whether several options may be chosen. Absent when not set.
        multiple?: Option<BooleanOrString>,
        /// Whether the results stay hidden until it closes. Absent when not set.
        hide_totals?: Option<BooleanOrString>,
    }
}

one_of! {
    /// A new status, published or scheduled.
    pub enum PostedStatus {
        /// It is published.
        Status(Status),
        /// It is scheduled.
        Scheduled(ScheduledStatus),
    }
}

one_of! {
    /// A quote: with the quoted status, or only with its id if the quote is in a quoted status.
    pub enum AnyQuote {
        /// The quoted status.
        Quote(Quote),
        /// The id of the quoted status.
        ShallowQuote(ShallowQuote),
    }
}

entity! {
    /// A translation of a status. Parts that the status does not have are absent or empty.
    ///
    /// See <https://docs.joinmastodon.org/entities/Translation/>
    pub struct Translation {
        /// The text, as HTML.
        content: String,
        /// The content warning. Absent before 4.2.0.
        spoiler_text?: String,
        /// The language that it was translated into, as an ISO 639-1 code. Absent on some servers.
        language?: String,
        /// The poll. Absent when there is none, and before 4.2.0; `null` on some servers.
        poll?: Option<TranslationPoll>,
        /// The descriptions of the media. Absent before 4.2.0.
        media_attachments?: Vec<TranslationAttachment>,
        /// The detected language of the status, as an ISO 639-1 code.
        detected_source_language: String,
        /// The translation service, such as `DeepL.com`.
        provider: String,
    }

    /// The translation of a poll.
    ///
    /// See <https://docs.joinmastodon.org/entities/Translation/#Poll>
    pub struct TranslationPoll {
        /// The id of the poll.
        id: String,
        /// The options, in the order of the original.
        options: Vec<TranslationPollOption>,
    }

    /// The translation of one option of a poll.
    ///
    /// See <https://docs.joinmastodon.org/entities/Translation/#Option>
    pub struct TranslationPollOption {
        /// The text of the option.
        title: String,
    }

    /// The translation of the description of a media attachment.
    ///
    /// See <https://docs.joinmastodon.org/entities/Translation/#Attachment>
    pub struct TranslationAttachment {
        /// The id of the attachment.
        id: String,
        /// The description (alt text).
        description: String,
    }
}

typescript! {
    DELETED_STATUS = r"
/** A deleted status. `text` is the text as typed, for redrafting; most servers leave `content` out. */
export type DeletedStatus = Omit<Status, 'content'> & { content?: string };
"
}

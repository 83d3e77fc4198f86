//! Posts, and what belongs to one: quotes, edits, the thread around it, a translation.

use super::declare::{entity, one_of, open_enum, typescript};
use super::{
    Account, Application, ApprovalForCurrentUser, ApprovalGroup, BooleanOrString, Collection,
    CustomEmoji, FilterResult, JsonObject, MediaAttachment, NumberOrString, Poll, PreviewCard, Tag,
};

open_enum! {
    /// Who sees a post.
    pub enum StatusVisibility {
        /// Everyone, and it is listed in public timelines.
        Public = "public",
        /// Everyone, but it is not listed in public timelines.
        Unlisted = "unlisted",
        /// The author's followers and those whom it mentions.
        Private = "private",
        /// The accounts that it mentions.
        Direct = "direct",
        /// The members of a list; known to some forks.
        List = "list",
        /// The people of the author's server; known to some forks.
        Local = "local",
    }

    /// Who may quote a post.
    pub enum QuotePolicy {
        /// Everyone.
        Public = "public",
        /// The author's followers.
        Followers = "followers",
        /// Nobody but the author.
        Nobody = "nobody",
    }

    /// How far a quote has come, and why the quoted post is not shown if it is not.
    pub enum QuoteState {
        /// The quoted author has not decided yet.
        Pending = "pending",
        /// The quoted author agreed: only now is the quoted post shown.
        Accepted = "accepted",
        /// The quoted author rejected it.
        Rejected = "rejected",
        /// The quoted author agreed and took it back.
        Revoked = "revoked",
        /// The quoted post is gone.
        Deleted = "deleted",
        /// You may not see the quoted post.
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
    /// A post.
    ///
    /// What is not optional was in every post that was looked at: of Mastodon 2.9 to 4.7, GoToSocial
    /// 0.20, Takahe 0.11 and Mitra 5.9.
    ///
    /// See <https://docs.joinmastodon.org/entities/Status/>
    pub struct Status {
        /// Identifies the post on the server that sent it. Ids grow with time.
        id: String,
        /// The ActivityPub identifier, the same on every server.
        uri: String,
        /// The post's page; `null` when a remote server named none.
        url: Option<String>,
        /// Who wrote it.
        account: Account,
        /// The id of the post that it replies to; `null` when it is no reply.
        in_reply_to_id: Option<String>,
        /// The id of the account that it replies to; `null` when it is no reply. Absent on some servers.
        in_reply_to_account_id?: Option<String>,
        /// The post that this one boosts; all but author and date of a boost is a copy of that.
        /// `null` when it is no boost.
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
        /// Whether it is a favourite of yours. Absent without a token.
        favourited?: bool,
        /// Whether its media, or with `spoiler_text` all of it, should be hidden until the reader chooses to see it.
        sensitive: bool,
        /// The content warning, as text; empty for none.
        spoiler_text: String,
        /// Who sees it.
        visibility: StatusVisibility,
        /// The people whom it mentions.
        mentions: Vec<StatusMention>,
        /// What it carries: pictures, videos, sounds.
        media_attachments: Vec<MediaAttachment>,
        /// The custom emoji used in its text and content warning.
        emojis: Vec<CustomEmoji>,
        /// The hashtags in it.
        tags: Vec<Tag>,
        /// Whether you have bookmarked it. Absent without a token and before 3.1.0.
        bookmarked?: bool,
        /// What it was written with. Absent or `null` for remote posts and for people who hide it.
        application?: Option<Application>,
        /// The main language, as ISO 639-1 code; `null` when unknown.
        language: Option<String>,
        /// Whether you have muted its thread. Absent without a token.
        muted?: bool,
        /// Whether it is pinned to your profile. Absent for posts that cannot be pinned and without
        /// a token.
        pinned?: bool,
        /// How many replies it has, as far as the server knows.
        #[cfg_attr(feature = "typed", serde(default, skip_serializing_if = "Option::is_none"))]
        #[cfg_attr(feature = "npm", tsify(type = "number"))]
        replies_count: Option<u64>,
        /// A preview of the first link in it; `null` when there is none (yet). Absent in old servers.
        card?: Option<PreviewCard>,
        /// The poll that it carries; `null` for none. Absent in old servers.
        #[cfg_attr(feature = "npm", tsify(type = "CompletePoll | null"))]
        poll?: Option<Poll>,
        /// When it was last changed, ISO 8601; `null` when it never was. Absent before 3.5.0.
        edited_at?: Option<String>,
        /// Your filters that it matches. Absent without a token and before 4.0.0; `null` on
        /// some servers.
        filtered?: Option<Vec<FilterResult>>,
        /// The post that it quotes; `null` when it quotes none. Absent before 4.4.0.
        quote?: Option<Box<AnyQuote>>,
        /// How often it was quoted, as far as the server knows. Absent before 4.5.0.
        quotes_count?: u64,
        /// The collections that it links to. Absent before 4.6.0.
        tagged_collections?: Vec<Collection>,
        /// Who may quote it; `null` when the server does not include it. Absent before 4.5.0.
        quote_approval?: Option<QuoteApproval>,
        /// The source text: only in the response to a deletion, for redrafting.
        text?: Option<String>,
        /// Whether it waits for review as a trend. Only in `adminTrendingStatuses`.
        requires_review?: bool,
        /// Whether it stays on this server. Absent but on glitch-soc and GoToSocial.
        local_only?: Option<bool>,
        /// The MIME type of the text as typed; `null` for remote statuses. Absent but on glitch-soc and
        /// its kin.
        content_type?: Option<String>,
        /// Who may interact with it in which way. Absent but on GoToSocial.
        interaction_policy?: InteractionPolicy,
        /// What Pleroma and Akkoma add. Absent on other servers.
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
        /// Those who may without approval. Absent in newer servers.
        always?: Vec<String>,
        /// Those who may with the author's approval. Absent in newer servers.
        with_approval?: Vec<String>,
        /// Those who may without approval. Absent in older servers.
        automatic_approval?: Vec<String>,
        /// Those who may with the author's approval. Absent in older servers.
        manual_approval?: Vec<String>,
    }

    /// An account that a post mentions.
    ///
    /// See <https://docs.joinmastodon.org/entities/Status/#Mention>
    pub struct StatusMention {
        /// The profile page of the account.
        url: String,
        /// The name without the server.
        username: String,
        /// The handle: `name` for an account of this server, `name@host` for anyone else.
        acct: String,
        /// The id of the account.
        id: String,
    }

    /// A quote with the quoted post in it.
    ///
    /// See <https://docs.joinmastodon.org/entities/Quote/>
    pub struct Quote {
        /// How far the quote has come; the post is there when it is `accepted`.
        state: QuoteState,
        /// The quoted post; `null` while it must not be shown.
        quoted_status: Option<Box<Status>>,
    }

    /// A quote within a quote: the id of the quoted post alone.
    ///
    /// See <https://docs.joinmastodon.org/entities/ShallowQuote/>
    pub struct ShallowQuote {
        /// The id of the quoted post; `null` while it must not be shown.
        quoted_status_id: Option<String>,
        /// How far the quote has come.
        state: QuoteState,
    }

    /// Who may quote a post.
    ///
    /// See <https://docs.joinmastodon.org/entities/QuoteApproval/>
    pub struct QuoteApproval {
        /// Those who may without approval.
        automatic: Vec<ApprovalGroup>,
        /// Those who may with the author's approval.
        manual: Vec<ApprovalGroup>,
        /// What this comes to for you.
        current_user: ApprovalForCurrentUser,
    }

    /// One version of a post in its history.
    ///
    /// See <https://docs.joinmastodon.org/entities/StatusEdit/>
    pub struct StatusEdit {
        /// The text, as HTML.
        content: String,
        /// The content warning; empty for none.
        spoiler_text: String,
        /// Whether the media were marked sensitive.
        sensitive: bool,
        /// When this version was made, ISO 8601 in UTC.
        created_at: String,
        /// Who wrote it.
        account: Account,
        /// What it carried.
        media_attachments: Vec<MediaAttachment>,
        /// The custom emoji used in it.
        emojis: Vec<CustomEmoji>,
        /// The poll as it was, only its options. Absent or `null` when there was none.
        poll?: Option<Poll>,
        /// The post that it quoted; `null` or absent when it quoted none.
        quote?: Option<AnyQuote>,
    }

    /// A post as it was typed, for an editor.
    ///
    /// See <https://docs.joinmastodon.org/entities/StatusSource/>
    pub struct StatusSource {
        /// The id of the post.
        id: String,
        /// The text as typed.
        text: String,
        /// The content warning as typed; empty for none.
        spoiler_text: String,
        /// The MIME type of the text. Absent but on glitch-soc and its kin.
        content_type?: Option<String>,
    }

    /// The thread around a post.
    ///
    /// See <https://docs.joinmastodon.org/entities/Context/>
    pub struct Context {
        /// The posts above it, the start of the thread first.
        ancestors: Vec<Status>,
        /// The posts below it, replies right after what they reply to.
        descendants: Vec<Status>,
    }

    /// A post that waits for its time.
    ///
    /// See <https://docs.joinmastodon.org/entities/ScheduledStatus/>
    pub struct ScheduledStatus {
        /// Identifies what waits; the post gets an id of its own.
        id: String,
        /// When it will be published, ISO 8601 in UTC.
        scheduled_at: String,
        /// What will be published.
        params: ScheduledStatusParams,
        /// What it will carry.
        media_attachments: Vec<MediaAttachment>,
    }

    /// What a scheduled post will be. What was not asked for is `null`, or absent on some servers.
    ///
    /// See <https://docs.joinmastodon.org/entities/ScheduledStatus/#params>
    pub struct ScheduledStatusParams {
        /// The text as typed.
        text: String,
        /// The id of the post that it will reply to: on most servers a number, which may be too large
        /// for JavaScript to hold exactly.
        in_reply_to_id?: Option<NumberOrString>,
        /// The ids of the media that it will carry.
        media_ids?: Option<Vec<String>>,
        /// Whether its media will be marked sensitive.
        sensitive?: Option<bool>,
        /// Who will see it.
        visibility?: Option<StatusVisibility>,
        /// The key that kept it from being scheduled twice.
        idempotency?: Option<String>,
        /// Always `null`: a scheduled post does not schedule another.
        scheduled_at?: Option<String>,
        /// The content warning.
        spoiler_text?: Option<String>,
        /// The application that scheduled it: a number, other than all other ids; a string on
        /// GoToSocial.
        ///
        /// @deprecated It is of no use to clients.
        application_id: NumberOrString,
        /// The poll that it will carry.
        poll?: Option<ScheduledStatusPoll>,
        /// Its language, as ISO 639-1 code.
        language?: Option<String>,
        /// The ids of those who may be mentioned by it; anyone else makes it fail.
        allowed_mentions?: Option<Vec<String>>,
        /// Whether it counts against the limit of posts.
        ///
        /// @deprecated It is of no use to clients.
        with_rate_limit?: bool,
        /// The id of the post that it will quote. Absent before 4.4.0.
        quoted_status_id?: Option<String>,
        /// Who may quote it. Absent before 4.5.0.
        quote_approval_policy?: Option<QuotePolicy>,
    }

    /// The poll of a scheduled post, as it was asked for: what came in a form is strings.
    ///
    /// See <https://docs.joinmastodon.org/entities/ScheduledStatus/#params>
    pub struct ScheduledStatusPoll {
        /// What there will be to choose from.
        options: Vec<String>,
        /// How long it will be open, in seconds.
        expires_in: NumberOrString,
        /// Whether several options may be chosen. Absent when not asked for.
        multiple?: Option<BooleanOrString>,
        /// Whether the results stay hidden until it closes. Absent when not asked for.
        hide_totals?: Option<BooleanOrString>,
    }
}

one_of! {
    /// A new status, or one that was scheduled.
    pub enum PostedStatus {
        /// It is published.
        Status(Status),
        /// It will be.
        Scheduled(ScheduledStatus),
    }
}

one_of! {
    /// What a post quotes: the quoted post, or within a quote its id alone.
    pub enum AnyQuote {
        /// The quoted post.
        Quote(Quote),
        /// The quoted post's id.
        ShallowQuote(ShallowQuote),
    }
}

entity! {
    /// A post in another language. What the post does not have is absent or empty.
    ///
    /// See <https://docs.joinmastodon.org/entities/Translation/>
    pub struct Translation {
        /// The text, as HTML.
        content: String,
        /// The content warning. Absent before 4.2.0.
        spoiler_text?: String,
        /// The language that it was translated into, as ISO 639-1 code. Absent on some servers.
        language?: String,
        /// The poll's options. Absent when there is no poll and before 4.2.0; `null` on some servers.
        poll?: Option<TranslationPoll>,
        /// The descriptions of the media. Absent before 4.2.0.
        media_attachments?: Vec<TranslationAttachment>,
        /// The language that it was found to be in, as ISO 639-1 code.
        detected_source_language: String,
        /// Who translated it, such as `DeepL.com`.
        provider: String,
    }

    /// A poll in another language.
    ///
    /// See <https://docs.joinmastodon.org/entities/Translation/#Poll>
    pub struct TranslationPoll {
        /// The id of the poll.
        id: String,
        /// The options, in the order of the original.
        options: Vec<TranslationPollOption>,
    }

    /// One option of a poll in another language.
    ///
    /// See <https://docs.joinmastodon.org/entities/Translation/#Option>
    pub struct TranslationPollOption {
        /// The text of the option.
        title: String,
    }

    /// The description of a media attachment in another language.
    ///
    /// See <https://docs.joinmastodon.org/entities/Translation/#Attachment>
    pub struct TranslationAttachment {
        /// The id of the attachment.
        id: String,
        /// What it shows, in words.
        description: String,
    }
}

typescript! {
    DELETED_STATUS = r"
/** A post that was deleted: `text` is its source, so that it can be written anew; most servers leave `content` out. */
export type DeletedStatus = Omit<Status, 'content'> & { content?: string };
"
}

//! The rows of the store, one struct for each table.

use std::collections::BTreeMap;

use bytes::Bytes;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::tables::Moderation;
use crate::id::Id;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools)]
pub struct Account {
    pub id: Id,
    pub username: String,
    /// The server of a remote account; `None`: it is local.
    pub domain: Option<String>,
    pub display_name: String,
    pub note: String,
    pub fields: Vec<ProfileField>,
    pub avatar: String,
    pub header: String,
    pub avatar_description: String,
    pub header_description: String,
    pub locked: bool,
    pub bot: bool,
    pub discoverable: Option<bool>,
    pub indexable: bool,
    pub hide_collections: Option<bool>,
    pub attribution_domains: Vec<String>,
    pub show_media: bool,
    pub show_media_replies: bool,
    pub show_featured: bool,
    pub created_at: Timestamp,
    pub posting: Posting,
    /// For accounts that can log in.
    pub login: Option<Login>,
    pub moderation: Moderation,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProfileField {
    pub name: String,
    pub value: String,
    pub verified_at: Option<Timestamp>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Login {
    pub email: String,
    pub password: String,
    pub is_owner: bool,
}

/// The defaults for new statuses of an account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Posting {
    pub privacy: Visibility,
    pub sensitive: bool,
    pub language: Option<String>,
    pub quote_policy: QuotePolicy,
}

impl Posting {
    pub fn in_language(language: Option<String>) -> Self {
        Self {
            privacy: Visibility::Public,
            sensitive: false,
            language,
            quote_policy: QuotePolicy::Public,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Visibility {
    Public,
    Unlisted,
    Private,
    Direct,
}

impl Visibility {
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "public" => Self::Public,
            "unlisted" => Self::Unlisted,
            "private" => Self::Private,
            "direct" => Self::Direct,
            _ => return None,
        })
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Unlisted => "unlisted",
            Self::Private => "private",
            Self::Direct => "direct",
        }
    }

    /// Whether everyone with the link can read it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Public | Self::Unlisted)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum QuotePolicy {
    Public,
    Followers,
    Nobody,
}

impl QuotePolicy {
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "public" => Self::Public,
            "followers" => Self::Followers,
            "nobody" => Self::Nobody,
            _ => return None,
        })
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Followers => "followers",
            Self::Nobody => "nobody",
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Status {
    pub id: Id,
    pub account: Id,
    pub text: String,
    pub spoiler_text: String,
    pub sensitive: bool,
    pub visibility: Visibility,
    pub language: Option<String>,
    pub created_at: Timestamp,
    pub edited_at: Option<Timestamp>,
    pub in_reply_to: Option<Id>,
    pub in_reply_to_account: Option<Id>,
    pub reblog_of: Option<Id>,
    pub media: Vec<Id>,
    pub poll: Option<Id>,
    pub quote: Option<Quote>,
    pub quote_policy: QuotePolicy,
    pub mentions: Vec<Id>,
    pub tags: Vec<String>,
    pub card: Option<Card>,
    pub app: Option<Id>,
    pub conversation: Id,
    pub pinned_at: Option<Timestamp>,
    /// The versions before each edit; empty until the first edit.
    pub history: Vec<Revision>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Quote {
    pub status: Id,
    pub revoked: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Revision {
    pub text: String,
    pub spoiler_text: String,
    pub sensitive: bool,
    pub at: Timestamp,
    pub media: Vec<Id>,
    pub poll_options: Option<Vec<String>>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Card {
    pub id: Id,
    pub url: String,
    pub title: String,
    pub description: String,
    pub provider: String,
    pub image: Option<CardImage>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CardImage {
    pub path: String,
    pub width: u32,
    pub height: u32,
    pub blurhash: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Poll {
    pub id: Id,
    pub status: Id,
    pub options: Vec<String>,
    pub multiple: bool,
    pub hide_totals: bool,
    pub expires_at: Option<Timestamp>,
    pub votes: BTreeMap<Id, Vec<usize>>,
    /// Whether its end has been announced.
    pub announced: bool,
}

impl Poll {
    pub fn expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|at| at <= now)
    }

    pub fn count(&self, option: usize) -> u64 {
        self.votes
            .values()
            .filter(|choices| choices.contains(&option))
            .count() as u64
    }

    pub fn total(&self) -> u64 {
        self.votes
            .values()
            .map(|choices| choices.len() as u64)
            .sum()
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Media {
    pub id: Id,
    pub account: Id,
    /// `None` during the processing.
    pub content: Option<MediaContent>,
    pub failed: bool,
    pub kind: MediaKind,
    pub description: Option<String>,
    pub focus: Option<(f64, f64)>,
    pub status: Option<Id>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MediaKind {
    Image,
    Gifv,
    Video,
    Audio,
}

impl MediaKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Gifv => "gifv",
            Self::Video => "video",
            Self::Audio => "audio",
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MediaContent {
    pub path: String,
    pub preview: Option<String>,
    pub blurhash: Option<String>,
    pub size: Option<(u32, u32)>,
    pub small: Option<(u32, u32)>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Notification {
    pub id: Id,
    pub to: Id,
    pub from: Id,
    pub kind: NotificationKind,
    pub status: Option<Id>,
    pub report: Option<Id>,
    pub at: Timestamp,
    /// Filtered: it waits until its request is accepted.
    pub filtered: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotificationKind {
    Mention,
    Status,
    Reblog,
    Follow,
    FollowRequest,
    Favourite,
    Poll,
    Update,
    Quote,
    QuotedUpdate,
    SignUp,
    Report,
}

impl NotificationKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mention => "mention",
            Self::Status => "status",
            Self::Reblog => "reblog",
            Self::Follow => "follow",
            Self::FollowRequest => "follow_request",
            Self::Favourite => "favourite",
            Self::Poll => "poll",
            Self::Update => "update",
            Self::Quote => "quote",
            Self::QuotedUpdate => "quoted_update",
            Self::SignUp => "admin.sign_up",
            Self::Report => "admin.report",
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Follow {
    pub reblogs: bool,
    pub notify: bool,
    pub languages: Option<Vec<String>>,
}

impl Default for Follow {
    fn default() -> Self {
        Self {
            reblogs: true,
            notify: false,
            languages: None,
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mute {
    pub notifications: bool,
    pub expires_at: Option<Timestamp>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct List {
    pub id: Id,
    pub account: Id,
    pub title: String,
    pub replies: RepliesPolicy,
    pub exclusive: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RepliesPolicy {
    List,
    Followed,
    None,
}

impl RepliesPolicy {
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "list" => Self::List,
            "followed" => Self::Followed,
            "none" => Self::None,
            _ => return None,
        })
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Followed => "followed",
            Self::None => "none",
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Filter {
    pub id: Id,
    pub account: Id,
    pub title: String,
    pub context: Vec<String>,
    pub action: String,
    pub expires_at: Option<Timestamp>,
    pub keywords: Vec<Keyword>,
    pub statuses: Vec<FilteredStatus>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Keyword {
    pub id: Id,
    pub phrase: String,
    pub whole_word: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FilteredStatus {
    pub id: Id,
    pub status: Id,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Tag {
    pub id: Id,
    pub name: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Conversation {
    pub id: Id,
    pub account: Id,
    pub thread: Id,
    pub participants: Vec<Id>,
    pub statuses: Vec<Id>,
    pub unread: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ScheduledStatus {
    pub id: Id,
    pub account: Id,
    pub at: Timestamp,
    pub draft: Draft,
}

/// A status that is not published yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Draft {
    pub account: Id,
    pub text: String,
    pub spoiler_text: String,
    pub sensitive: bool,
    pub visibility: Visibility,
    pub language: Option<String>,
    pub in_reply_to: Option<Id>,
    pub media: Vec<Id>,
    pub poll: Option<DraftPoll>,
    pub quote: Option<Id>,
    pub quote_policy: QuotePolicy,
    pub app: Option<Id>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DraftPoll {
    pub options: Vec<String>,
    pub expires_in: i64,
    pub multiple: bool,
    pub hide_totals: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Emoji {
    pub shortcode: String,
    pub path: String,
    pub category: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Announcement {
    pub id: Id,
    pub text: String,
    pub at: Timestamp,
    pub read_by: Vec<Id>,
    pub reactions: Vec<(Id, String)>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Marker {
    pub last_read: Id,
    pub version: u64,
    pub at: Timestamp,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct App {
    pub id: Id,
    pub name: String,
    pub website: Option<String>,
    pub redirect_uris: Vec<String>,
    pub scopes: Vec<String>,
    pub client_id: String,
    pub client_secret: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Token {
    pub text: String,
    pub app: Id,
    /// `None`: the token is the application's own.
    pub account: Option<Id>,
    pub scopes: Vec<String>,
    pub created_at: Timestamp,
    pub revoked: bool,
    /// The lifetime and the refresh token; `None`: it does not expire.
    pub life: Option<TokenLife>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TokenLife {
    pub seconds: i64,
    pub ends_at: Timestamp,
    pub refresh_token: String,
}

impl Token {
    pub fn is_good(&self, now: Timestamp) -> bool {
        let ended = self.life.as_ref().is_some_and(|life| life.ends_at <= now);
        !self.revoked && !ended
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PushSubscription {
    pub id: Id,
    pub endpoint: String,
    /// The keys for the encryption of messages.
    pub p256dh: String,
    pub auth: String,
    pub standard: bool,
    pub alerts: serde_json::Map<String, serde_json::Value>,
    pub policy: String,
}

/// A code that the authorize page issued, for the token endpoint.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Grant {
    pub app: Id,
    pub account: Id,
    pub redirect_uri: String,
    pub scopes: Vec<String>,
    pub challenge: Option<String>,
    pub expires_at: Timestamp,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StoredFile {
    pub content_type: String,
    pub content: FileContent,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum FileContent {
    Given(Bytes),
    /// An image of the seed, by its name.
    Painted {
        name: String,
        small: bool,
    },
}

//! All data of the instance, and the rules of who may see and change it. One lock protects it. The API uses
//! the methods of the modules below.

mod edges;
mod feeds;
mod filters;
mod notices;
pub mod oauth;
mod people;
mod publishing;
mod rows;
mod social;
mod tables;
mod visibility;

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use edges::{Edge, Edges};
pub use feeds::{Feed, Reach};
pub use publishing::Edit;
pub use rows::*;
pub use tables::*;

use crate::host::{Clock, Random};
use crate::id::{Counter, Id, Snowflakes};
use crate::picture::drawings::drawing;
use crate::picture::paintings::painting;

/// The image of the instance.
pub const THUMBNAIL: &str = "/pictures/thumbnail.png";

/// An event for the streams.
#[derive(Debug)]
pub enum Event {
    StatusCreated(Id),
    StatusEdited(Id),
    /// The status as it was, because it is no longer in the store.
    StatusDeleted(Box<Status>),
    Notified(Id),
    ConversationChanged(Id),
    FiltersChanged(Id),
    AnnouncementPublished(Id),
    AnnouncementReacted(Id, String),
    AnnouncementDeleted(Id),
    TokenRevoked(String),
    /// Filtered notifications of this account were accepted.
    NotificationsMerged(Id),
}

/// Counters for the tables whose ids are not snowflakes.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Counters {
    pub polls: Counter,
    pub notifications: Counter,
    pub lists: Counter,
    pub filters: Counter,
    pub filter_keywords: Counter,
    pub filter_statuses: Counter,
    pub tags: Counter,
    pub conversations: Counter,
    pub threads: Counter,
    pub scheduled: Counter,
    pub announcements: Counter,
    pub apps: Counter,
    pub push: Counter,
    pub cards: Counter,
    pub reports: Counter,
    pub collection_items: Counter,
    pub barriers: Counter,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Store {
    #[serde(skip)]
    pub clock: Clock,
    pub random: Random,
    /// The base of all URLs, for example `http://127.0.0.1:4100`.
    #[serde(skip)]
    pub base: String,
    /// The host and port of `base`.
    #[serde(skip)]
    pub domain: String,
    pub snowflakes: Snowflakes,
    pub counters: Counters,

    pub accounts: BTreeMap<Id, Account>,
    pub statuses: BTreeMap<Id, Status>,
    pub media: BTreeMap<Id, Media>,
    pub polls: BTreeMap<Id, Poll>,
    pub notifications: BTreeMap<Id, Notification>,
    pub lists: BTreeMap<Id, List>,
    pub filters: BTreeMap<Id, Filter>,
    pub tags: BTreeMap<Id, Tag>,
    pub conversations: BTreeMap<Id, Conversation>,
    pub scheduled: BTreeMap<Id, ScheduledStatus>,
    pub announcements: BTreeMap<Id, Announcement>,
    pub emojis: Vec<Emoji>,
    pub files: BTreeMap<String, StoredFile>,

    /// account → account
    pub follows: Edges<Follow>,
    pub follow_requests: Edges<Follow>,
    pub blocks: Edges<()>,
    pub mutes: Edges<Mute>,
    pub endorsements: Edges<()>,
    /// The accounts that a user does not want suggested, as pairs of user and account.
    pub unsuggested: BTreeSet<(Id, Id)>,
    pub notes: BTreeMap<(Id, Id), String>,
    pub domain_blocks: BTreeMap<Id, Vec<String>>,
    /// account → status
    pub favourites: Edges<()>,
    pub bookmarks: Edges<()>,
    /// account → status, with the status that is the boost
    pub reblogs: Edges<Id>,
    /// status → its replies
    pub replies: BTreeMap<Id, Vec<Id>>,
    pub muted_threads: BTreeSet<(Id, Id)>,
    /// list → account
    pub members: Edges<()>,
    /// account → tag
    pub followed_tags: Edges<()>,
    pub featured_tags: Edges<()>,
    pub markers: BTreeMap<(Id, String), Marker>,
    pub idempotency: BTreeMap<(Id, String), Id>,
    pub policies: BTreeMap<Id, NotificationPolicy>,
    /// account → account whose notifications are filtered
    pub notification_requests: Edges<()>,
    /// Pairs of accounts: the first accepted notifications from the second.
    pub welcomed: BTreeSet<(Id, Id)>,
    pub collections: BTreeMap<Id, Collection>,
    /// (account, year) → whether the report has been read
    pub annual_reports: BTreeMap<(Id, i16), bool>,
    /// status → when the refresh of its thread ends
    pub refreshes: BTreeMap<Id, Timestamp>,

    pub reports: BTreeMap<Id, Report>,
    pub barriers: Barriers,
    pub rejected_trends: BTreeSet<Trend>,

    pub apps: BTreeMap<Id, App>,
    pub tokens: BTreeMap<String, Token>,
    /// Push subscriptions, by the token that created them.
    pub push: BTreeMap<String, PushSubscription>,
    pub grants: BTreeMap<String, Grant>,
    /// The account that is logged in on the authorize page, by cookie.
    pub sessions: BTreeMap<String, Id>,

    #[serde(skip)]
    outbox: Vec<Event>,
    /// The time that the seed uses instead of the current time.
    #[serde(skip)]
    pretended: Option<Timestamp>,
}

impl Store {
    pub fn new(base: String, clock: Clock, random: Random) -> Self {
        let domain = base
            .split_once("//")
            .map_or(base.as_str(), |(_, rest)| rest)
            .split('/')
            .next()
            .unwrap_or_default()
            .to_owned();
        Self {
            clock,
            random,
            base,
            domain,
            ..Self::default()
        }
    }

    /// The data of another instance, moved to a new URL and clock.
    pub fn moved_to(self, base: String, clock: Clock) -> Self {
        let Self { random, .. } = Self::default();
        let Self {
            clock,
            base,
            domain,
            ..
        } = Self::new(base, clock, random);
        Self {
            clock,
            base,
            domain,
            ..self
        }
    }

    pub fn now(&self) -> Timestamp {
        self.pretended.unwrap_or_else(|| self.clock.now())
    }

    /// Sets the time for the seed, which creates data of earlier days.
    pub fn pretend(&mut self, time: Option<Timestamp>) {
        self.pretended = time;
    }

    pub fn new_id(&mut self) -> Id {
        match self.pretended {
            Some(time) => self.snowflakes.at(time),
            None => self.snowflakes.new_at(self.clock.now()),
        }
    }

    /// Queues an event for the streams. It is sent when the store is unlocked.
    pub fn emit(&mut self, event: Event) {
        self.outbox.push(event);
    }

    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.outbox)
    }

    /// A path on this server, such as `/@mina`. If `base` has a path, it comes first.
    pub fn link(&self, path: &str) -> String {
        let root = self
            .base
            .split_once("//")
            .and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)))
            .unwrap_or_default();
        format!("{root}{path}")
    }

    pub fn url(&self, path: &str) -> String {
        if path.contains("://") {
            path.to_owned()
        } else {
            format!("{}{path}", self.base)
        }
    }

    pub fn add_file(&mut self, path: &str, content_type: &str, bytes: impl Into<Bytes>) {
        self.files.insert(
            path.to_owned(),
            StoredFile {
                content_type: content_type.to_owned(),
                content: FileContent::Given(bytes.into()),
            },
        );
    }

    /// Stores an image of the seed, or its preview, at a path.
    pub fn hang(&mut self, path: &str, name: &str, small: bool) {
        self.files.insert(
            path.to_owned(),
            StoredFile {
                content_type: "image/png".to_owned(),
                content: FileContent::Painted {
                    name: name.to_owned(),
                    small,
                },
            },
        );
    }

    /// The media type and the bytes of the file at a path.
    pub fn file(&self, path: &str) -> Option<(String, Bytes)> {
        let Some(file) = self.files.get(path) else {
            if path == THUMBNAIL {
                return Some(("image/png".to_owned(), painting("lanterns")?.png()));
            }
            return drawing(path).map(|svg| ("image/svg+xml".to_owned(), svg.clone()));
        };
        let bytes = match &file.content {
            FileContent::Given(bytes) => bytes.clone(),
            FileContent::Painted { name, small } => {
                let painting = painting(name)?;
                if *small {
                    painting.small_png()
                } else {
                    painting.png()
                }
            }
        };
        Some((file.content_type.clone(), bytes))
    }

    /// The id of a hashtag, which is created if it does not exist.
    pub fn tag(&mut self, name: &str) -> Id {
        let name = name.trim_start_matches('#').to_lowercase();
        if let Some(tag) = self.find_tag(&name) {
            return tag.id;
        }
        let id = self.counters.tags.next();
        self.tags.insert(id, Tag { id, name });
        id
    }

    pub fn find_tag(&self, name: &str) -> Option<&Tag> {
        let name = name.trim_start_matches('#').to_lowercase();
        self.tags.values().find(|tag| tag.name == name)
    }

    /// Does what is due: publishes scheduled statuses, and announces ended polls.
    pub fn tick(&mut self) {
        let now = self.clock.now();
        let due: Vec<Id> = self
            .scheduled
            .values()
            .filter(|scheduled| scheduled.at <= now)
            .map(|scheduled| scheduled.id)
            .collect();
        for id in due {
            if let Some(scheduled) = self.scheduled.remove(&id) {
                self.publish(scheduled.draft);
            }
        }
        let ended: Vec<Id> = self
            .polls
            .values()
            .filter(|poll| poll.expired(now) && !poll.announced)
            .map(|poll| poll.id)
            .collect();
        for id in ended {
            self.announce_poll_result(id);
        }
    }
}

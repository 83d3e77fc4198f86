//! Moderation, collections, and the filtering of notifications.

use std::collections::BTreeMap;

use jiff::Timestamp;
use mastodon_wasm::entities::{
    AdminCanonicalEmailBlock, AdminDomainAllow, AdminDomainBlock, AdminEmailDomainBlock,
    AdminIpBlock, CollectionItemState,
};
use serde::{Deserialize, Serialize};

use super::{Account, Edge, Event, NotificationKind, Status, Store, Visibility};
use crate::clock;
use crate::id::Id;

/// What moderators did to an account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools)]
pub struct Moderation {
    /// Nobody sees the account or its statuses, and it cannot do anything.
    pub suspended: bool,
    /// Only its followers see its statuses in public timelines.
    pub silenced: bool,
    /// Its media are marked as sensitive.
    pub sensitized: bool,
    /// It cannot log in.
    pub disabled: bool,
}

/// What happens to a notification.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Filtering {
    #[default]
    Accept,
    Filter,
    Drop,
}

impl Filtering {
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "accept" => Self::Accept,
            "filter" => Self::Filter,
            "drop" => Self::Drop,
            _ => return None,
        })
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Filter => "filter",
            Self::Drop => "drop",
        }
    }
}

/// What happens to notifications, by kind of sender.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NotificationPolicy {
    pub not_following: Filtering,
    pub not_followers: Filtering,
    pub new_accounts: Filtering,
    pub private_mentions: Filtering,
    pub limited_accounts: Filtering,
    pub bots: Filtering,
}

impl Default for NotificationPolicy {
    fn default() -> Self {
        Self {
            not_following: Filtering::Accept,
            not_followers: Filtering::Accept,
            new_accounts: Filtering::Accept,
            private_mentions: Filtering::Filter,
            limited_accounts: Filtering::Filter,
            bots: Filtering::Accept,
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    pub id: Id,
    pub account: Id,
    pub target: Id,
    pub statuses: Vec<Id>,
    pub rules: Vec<String>,
    pub category: String,
    pub comment: String,
    pub forwarded: bool,
    pub at: Timestamp,
    pub updated_at: Timestamp,
    pub assigned: Option<Id>,
    pub resolved: Option<Resolution>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Resolution {
    pub by: Id,
    pub at: Timestamp,
}

/// Accounts that someone recommends.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Collection {
    pub id: Id,
    pub account: Id,
    pub name: String,
    pub description: String,
    pub language: Option<String>,
    pub sensitive: bool,
    pub discoverable: bool,
    pub tag: Option<String>,
    pub at: Timestamp,
    pub updated_at: Timestamp,
    pub items: Vec<CollectionItem>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CollectionItem {
    pub id: Id,
    pub account: Id,
    pub state: CollectionItemState,
    pub at: Timestamp,
}

/// What moderators blocked or allowed, as the entities of the admin API.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Barriers {
    pub domain_blocks: BTreeMap<Id, AdminDomainBlock>,
    pub domain_allows: BTreeMap<Id, AdminDomainAllow>,
    pub email_domain_blocks: BTreeMap<Id, AdminEmailDomainBlock>,
    pub ip_blocks: BTreeMap<Id, AdminIpBlock>,
    pub canonical_email_blocks: BTreeMap<Id, AdminCanonicalEmailBlock>,
}

/// Something that trends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Trend {
    Tag(Id),
    Status(Id),
    Link(String),
}

/// How long an account counts as new, in seconds.
const NEW: i64 = 30 * 24 * 3600;

impl Store {
    pub fn policy_of(&self, account: Id) -> NotificationPolicy {
        self.policies.get(&account).cloned().unwrap_or_default()
    }

    /// What the recipient's policy does to a notification.
    pub(super) fn filtering(
        &self,
        to: Id,
        kind: NotificationKind,
        from: Id,
        status: Option<Id>,
    ) -> Filtering {
        let always = matches!(
            kind,
            NotificationKind::Poll
                | NotificationKind::Update
                | NotificationKind::SignUp
                | NotificationKind::Report
        );
        let Some(sender) = self.accounts.get(&from).filter(|_| !always) else {
            return Filtering::Accept;
        };
        let follows = self.follows.has(to, from);
        let is_staff = sender.login.as_ref().is_some_and(|login| login.is_owner);
        if follows && self.follows.has(from, to) || is_staff || self.welcomed.contains(&(to, from))
        {
            return Filtering::Accept;
        }
        let policy = self.policy_of(to);
        let status = status.and_then(|id| self.statuses.get(&id));
        let private = kind == NotificationKind::Mention
            && status.is_some_and(|status| {
                status.visibility == Visibility::Direct && status.in_reply_to_account != Some(to)
            });
        let young = clock::after(sender.created_at, NEW) > self.now();
        [
            (policy.not_following, !follows),
            (policy.not_followers, !self.follows.has(from, to)),
            (policy.new_accounts, young && !follows),
            (policy.private_mentions, private && !follows),
            (
                policy.limited_accounts,
                sender.moderation.silenced && !follows,
            ),
            (policy.bots, sender.bot && !follows),
        ]
        .into_iter()
        .filter_map(|(filtering, applies)| applies.then_some(filtering))
        .max()
        .unwrap_or_default()
    }

    /// The notifications that wait until a request is accepted.
    pub fn waiting(&self, request: &Edge<()>) -> impl Iterator<Item = &super::Notification> {
        let (to, from) = (request.from, request.to);
        self.notifications
            .values()
            .filter(move |row| row.filtered && row.to == to && row.from == from)
    }

    /// Accepts an account's filtered notifications, and all later ones.
    pub fn welcome(&mut self, me: Id, from: Id) {
        self.notification_requests.remove(me, from);
        self.welcomed.insert((me, from));
        for row in self.notifications.values_mut() {
            if row.to == me && row.from == from {
                row.filtered = false;
            }
        }
        self.emit(Event::NotificationsMerged(me));
    }

    /// Deletes an account's filtered notifications.
    pub fn turn_away(&mut self, me: Id, from: Id) {
        self.notification_requests.remove(me, from);
        self.notifications
            .retain(|_, row| !(row.filtered && row.to == me && row.from == from));
    }

    pub fn owners(&self) -> Vec<Id> {
        self.accounts
            .values()
            .filter(|account| account.login.as_ref().is_some_and(|login| login.is_owner))
            .map(|account| account.id)
            .collect()
    }

    /// Whether an account is suspended or disabled.
    pub fn is_kept_out(&self, account: Id) -> bool {
        self.accounts.get(&account).is_some_and(|account| {
            let state = &account.moderation;
            state.suspended || state.disabled
        })
    }

    pub fn is_suspended(&self, account: Id) -> bool {
        self.accounts
            .get(&account)
            .is_some_and(|account| account.moderation.suspended)
    }

    /// Whether an account is hidden from a viewer because it is silenced.
    pub(super) fn is_silenced_for(&self, viewer: Option<Id>, account: Id) -> bool {
        let silenced = |account: &Account| account.moderation.silenced;
        self.accounts.get(&account).is_some_and(silenced)
            && viewer.is_none_or(|me| me != account && !self.follows.has(me, account))
    }

    pub fn bytes_of_files(&self) -> usize {
        let given = self.files.values().map(|file| match &file.content {
            super::FileContent::Given(bytes) => bytes.len(),
            super::FileContent::Painted { .. } => 0,
        });
        given.sum()
    }

    /// Deletes an account and everything that it did.
    pub fn delete_account(&mut self, id: Id) {
        let posts: Vec<Id> = self
            .statuses
            .values()
            .filter(|status| status.account == id)
            .map(|status| status.id)
            .collect();
        for post in posts {
            self.delete_status(post);
        }
        let tokens: Vec<String> = self
            .tokens
            .values()
            .filter(|token| token.account == Some(id))
            .map(|token| token.text.clone())
            .collect();
        for token in tokens {
            self.revoke(&token);
        }
        self.follows.forget(id);
        self.follow_requests.forget(id);
        self.blocks.forget(id);
        self.mutes.forget(id);
        self.endorsements.forget(id);
        self.favourites.forget(id);
        self.bookmarks.forget(id);
        self.members.forget(id);
        self.notification_requests.forget(id);
        self.notifications
            .retain(|_, row| row.from != id && row.to != id);
        self.reports
            .retain(|_, report| report.account != id && report.target != id);
        self.collections
            .retain(|_, collection| collection.account != id);
        for collection in self.collections.values_mut() {
            collection.items.retain(|item| item.account != id);
        }
        self.accounts.remove(&id);
    }

    /// The statuses of an account in a year.
    pub fn posts_of_year(&self, account: Id, year: i16) -> impl Iterator<Item = &Status> {
        self.statuses.values().filter(move |status| {
            status.account == account && clock::year(status.created_at) == year
        })
    }
}

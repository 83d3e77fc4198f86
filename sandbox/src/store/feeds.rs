//! Timelines. REST pages and streams use the same function to decide whether a status belongs to one.

use super::{RepliesPolicy, Status, Store, Visibility};
use crate::id::Id;

/// Whose statuses a public timeline has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    All,
    Local,
    Remote,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Feed {
    Home(Id),
    Public {
        reach: Reach,
        only_media: bool,
    },
    Tag {
        any: Vec<String>,
        all: Vec<String>,
        none: Vec<String>,
        reach: Reach,
        only_media: bool,
    },
    List(Id),
    Link(String),
}

impl Feed {
    pub fn tag(name: &str, reach: Reach) -> Self {
        Self::Tag {
            any: vec![name.to_lowercase()],
            all: Vec::new(),
            none: Vec::new(),
            reach,
            only_media: false,
        }
    }
}

impl Store {
    /// The statuses of a timeline as one viewer sees it, newest first.
    pub fn feed<'a>(
        &'a self,
        feed: &'a Feed,
        viewer: Option<Id>,
    ) -> impl DoubleEndedIterator<Item = &'a Status> {
        self.statuses
            .values()
            .rev()
            .filter(move |status| self.feed_has(feed, viewer, status))
    }

    pub fn feed_has(&self, feed: &Feed, viewer: Option<Id>, status: &Status) -> bool {
        if !self.visible(viewer, status) || viewer.is_some_and(|me| self.shut_out(me, status)) {
            return false;
        }
        let personal = matches!(feed, Feed::Home(_) | Feed::List(_));
        if !personal && self.is_silenced_for(viewer, status.account) {
            return false;
        }
        match feed {
            Feed::Home(me) => self.home_has(*me, status),
            Feed::List(list) => self.list_has(*list, status),
            Feed::Public { reach, only_media } => {
                let answers_another = status
                    .in_reply_to_account
                    .is_some_and(|to| to != status.account);
                self.is_broadcast(status, *reach, *only_media) && !answers_another
            }
            Feed::Tag {
                any,
                all,
                none,
                reach,
                only_media,
            } => {
                self.is_broadcast(status, *reach, *only_media)
                    && any.iter().any(|tag| status.tags.contains(tag))
                    && all.iter().all(|tag| status.tags.contains(tag))
                    && !none.iter().any(|tag| status.tags.contains(tag))
            }
            Feed::Link(url) => {
                self.is_broadcast(status, Reach::All, false)
                    && status.card.as_ref().is_some_and(|card| card.url == *url)
            }
        }
    }

    /// Whether the author or the boosted author is hidden for the viewer.
    fn shut_out(&self, me: Id, status: &Status) -> bool {
        let original = status.reblog_of.and_then(|id| self.statuses.get(&id));
        [Some(status), original]
            .into_iter()
            .flatten()
            .any(|status| status.account != me && self.hides(me, status.account))
    }

    fn is_broadcast(&self, status: &Status, reach: Reach, only_media: bool) -> bool {
        let local = self
            .accounts
            .get(&status.account)
            .is_some_and(super::Account::is_local);
        status.visibility == Visibility::Public
            && status.reblog_of.is_none()
            && (!only_media || !status.media.is_empty())
            && match reach {
                Reach::All => true,
                Reach::Local => local,
                Reach::Remote => !local,
            }
    }

    fn home_has(&self, me: Id, status: &Status) -> bool {
        if status.account == me {
            return true;
        }
        if status.visibility == Visibility::Direct || self.in_exclusive_list(me, status.account) {
            return false;
        }
        if let Some(follow) = self.follows.get(me, status.account) {
            if status.reblog_of.is_some() {
                return follow.data.reblogs;
            }
            let language_wanted = match (&follow.data.languages, &status.language) {
                (Some(wanted), Some(language)) => wanted.contains(language),
                _ => true,
            };
            return language_wanted && self.reply_is_for(me, status);
        }
        let follows_tag = |tag: &String| {
            self.find_tag(tag)
                .is_some_and(|tag| self.followed_tags.has(me, tag.id))
        };
        status.visibility == Visibility::Public
            && status.reblog_of.is_none()
            && status.tags.iter().any(follows_tag)
    }

    /// A reply is shown if it is to the viewer, to its own author, or to someone that the viewer follows.
    fn reply_is_for(&self, me: Id, status: &Status) -> bool {
        match status.in_reply_to_account {
            Some(to) => to == me || to == status.account || self.follows.has(me, to),
            None => status.in_reply_to.is_none(),
        }
    }

    fn in_exclusive_list(&self, me: Id, account: Id) -> bool {
        self.lists
            .values()
            .any(|list| list.account == me && list.exclusive && self.members.has(list.id, account))
    }

    fn list_has(&self, list: Id, status: &Status) -> bool {
        let Some(list) = self.lists.get(&list) else {
            return false;
        };
        if status.visibility == Visibility::Direct || !self.members.has(list.id, status.account) {
            return false;
        }
        match status.in_reply_to_account {
            Some(to) if to != status.account => {
                to == list.account
                    || match list.replies {
                        RepliesPolicy::List => self.members.has(list.id, to),
                        RepliesPolicy::Followed => self.follows.has(list.account, to),
                        RepliesPolicy::None => false,
                    }
            }
            _ => true,
        }
    }

    /// The statuses on a profile, newest first, before the filters of the request.
    pub fn profile(
        &self,
        account: Id,
        viewer: Option<Id>,
    ) -> impl DoubleEndedIterator<Item = &Status> {
        self.statuses.values().rev().filter(move |status| {
            status.account == account
                && self.visible(viewer, status)
                && viewer.is_none_or(|me| me == account || !self.blocks.has(account, me))
        })
    }
}

//! Follow, block, mute and vote.

use super::{Follow, Mute, NotificationKind, Store};
use crate::id::Id;

impl Store {
    /// Follows, or sends a request to a locked account. A second call changes the options.
    pub fn follow(&mut self, from: Id, to: Id, follow: Follow) {
        if self.follows.has(from, to) {
            self.follows.add(from, to, follow);
            return;
        }
        let locked = self.accounts.get(&to).is_some_and(|account| account.locked);
        if locked {
            if self.follow_requests.add(from, to, follow) {
                self.notify(to, NotificationKind::FollowRequest, from, None);
            }
        } else if self.follows.add(from, to, follow) {
            self.notify(to, NotificationKind::Follow, from, None);
        }
    }

    pub fn unfollow(&mut self, from: Id, to: Id) {
        self.follows.remove(from, to);
        self.follow_requests.remove(from, to);
        self.endorsements.remove(from, to);
        self.forget_notification(to, NotificationKind::FollowRequest, from, None);
        for list in self.lists_of(from) {
            self.members.remove(list, to);
        }
    }

    /// Accepts a follow request. Returns false if there is none.
    pub fn accept_follow(&mut self, from: Id, to: Id) -> bool {
        let Some(follow) = self.follow_requests.remove(from, to) else {
            return false;
        };
        self.follows.add(from, to, follow);
        self.forget_notification(to, NotificationKind::FollowRequest, from, None);
        self.notify(to, NotificationKind::Follow, from, None);
        true
    }

    pub fn reject_follow(&mut self, from: Id, to: Id) -> bool {
        self.forget_notification(to, NotificationKind::FollowRequest, from, None);
        self.follow_requests.remove(from, to).is_some()
    }

    pub fn block(&mut self, from: Id, to: Id) {
        self.unfollow(from, to);
        self.unfollow(to, from);
        self.blocks.add(from, to, ());
    }

    pub fn mute(&mut self, from: Id, to: Id, notifications: bool, seconds: i64) {
        let expires_at = (seconds > 0).then(|| crate::clock::after(self.clock.now(), seconds));
        self.mutes.add(
            from,
            to,
            Mute {
                notifications,
                expires_at,
            },
        );
    }

    pub fn lists_of(&self, account: Id) -> Vec<Id> {
        self.lists
            .values()
            .filter(|list| list.account == account)
            .map(|list| list.id)
            .collect()
    }

    pub fn favourite(&mut self, who: Id, status: Id) {
        let Some(author) = self.statuses.get(&status).map(|status| status.account) else {
            return;
        };
        if self.favourites.add(who, status, ()) {
            self.notify(author, NotificationKind::Favourite, who, Some(status));
        }
    }

    pub fn unfavourite(&mut self, who: Id, status: Id) {
        if self.favourites.remove(who, status).is_some()
            && let Some(author) = self.statuses.get(&status).map(|status| status.account)
        {
            self.forget_notification(author, NotificationKind::Favourite, who, Some(status));
        }
    }

    /// Stores a vote that has been checked. There is no stream event, as in Mastodon.
    pub fn vote(&mut self, who: Id, poll: Id, choices: Vec<usize>) {
        if let Some(poll) = self.polls.get_mut(&poll) {
            poll.votes.insert(who, choices);
        }
    }
}

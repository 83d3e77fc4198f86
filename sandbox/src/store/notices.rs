//! Notifications: who gets which, and who filters them.

use super::{Event, Filtering, Notification, NotificationKind, Store};
use crate::id::Id;

impl Store {
    pub fn notify(&mut self, to: Id, kind: NotificationKind, from: Id, status: Option<Id>) {
        let about_oneself = to == from && kind != NotificationKind::Poll;
        if about_oneself || !self.accounts.get(&to).is_some_and(super::Account::is_local) {
            return;
        }
        let shut_out = self.blocks.has(to, from)
            || self.blocks_domain_of(to, from)
            || self.is_muting(to, from)
                && self
                    .mutes
                    .get(to, from)
                    .is_some_and(|mute| mute.data.notifications);
        let thread = status
            .and_then(|id| self.statuses.get(&id))
            .map(|status| status.conversation);
        let thread_muted = thread.is_some_and(|thread| self.muted_threads.contains(&(to, thread)));
        let filtering = self.filtering(to, kind, from, status);
        if shut_out
            || thread_muted
            || filtering == Filtering::Drop
            || self.already_told(to, kind, from, status)
        {
            return;
        }
        let filtered = filtering == Filtering::Filter;
        if filtered {
            self.notification_requests.add(to, from, ());
        }
        self.tell(Notification {
            id: Id::default(),
            to,
            from,
            kind,
            status,
            report: None,
            at: self.now(),
            filtered,
        });
    }

    /// Notifies a moderator of a report.
    pub fn notify_of_report(&mut self, to: Id, from: Id, report: Id) {
        self.tell(Notification {
            id: Id::default(),
            to,
            from,
            kind: NotificationKind::Report,
            status: None,
            report: Some(report),
            at: self.now(),
            filtered: false,
        });
    }

    fn tell(&mut self, mut row: Notification) {
        let id = self.counters.notifications.next();
        if !row.filtered {
            self.emit(Event::Notified(id));
        }
        row.id = id;
        self.notifications.insert(id, row);
    }

    fn already_told(&self, to: Id, kind: NotificationKind, from: Id, status: Option<Id>) -> bool {
        let repeats = matches!(
            kind,
            NotificationKind::Favourite | NotificationKind::Reblog | NotificationKind::Mention
        );
        repeats
            && self.notifications.values().any(|known| {
                known.to == to && known.kind == kind && known.from == from && known.status == status
            })
    }

    /// The notifications of an account that are not filtered, newest first.
    pub fn notifications_of(&self, account: Id) -> impl DoubleEndedIterator<Item = &Notification> {
        self.all_notifications_of(account)
            .filter(|notification| !notification.filtered)
    }

    /// The same, including the filtered notifications.
    pub fn all_notifications_of(
        &self,
        account: Id,
    ) -> impl DoubleEndedIterator<Item = &Notification> {
        self.notifications
            .values()
            .rev()
            .filter(move |notification| {
                notification.to == account
                    && !self.blocks.has(account, notification.from)
                    && notification
                        .status
                        .is_none_or(|id| self.statuses.contains_key(&id))
            })
    }

    /// Removes a notification when its cause is undone.
    pub fn forget_notification(
        &mut self,
        to: Id,
        kind: NotificationKind,
        from: Id,
        status: Option<Id>,
    ) {
        self.notifications.retain(|_, known| {
            !(known.to == to && known.kind == kind && known.from == from && known.status == status)
        });
    }

    pub(super) fn announce_poll_result(&mut self, poll: Id) {
        let Some(poll) = self.polls.get_mut(&poll) else {
            return;
        };
        poll.announced = true;
        let status = poll.status;
        let mut told: Vec<Id> = poll.votes.keys().copied().collect();
        let Some(author) = self.statuses.get(&status).map(|status| status.account) else {
            return;
        };
        if !told.contains(&author) {
            told.push(author);
        }
        for account in told {
            self.notify(account, NotificationKind::Poll, author, Some(status));
        }
    }
}

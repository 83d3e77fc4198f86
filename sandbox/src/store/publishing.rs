//! Statuses: publish, boost, edit, delete.

use jiff::Timestamp;

use super::{
    Conversation, Draft, DraftPoll, Event, NotificationKind, Poll, Quote, Revision, Status, Store,
    Visibility,
};
use crate::clock;
use crate::id::Id;
use crate::text;

impl Store {
    pub fn publish(&mut self, draft: Draft) -> Id {
        let (id, at) = (self.new_id(), self.now());
        let parent = draft.in_reply_to.and_then(|id| self.statuses.get(&id));
        let in_reply_to_account = parent.map(|parent| {
            // A reply to oneself within a thread counts as a reply to the account that the thread replies to.
            if parent.account == draft.account {
                parent.in_reply_to_account.unwrap_or(parent.account)
            } else {
                parent.account
            }
        });
        let conversation = match parent {
            Some(parent) => parent.conversation,
            None => self.counters.threads.next(),
        };
        let mentions = self.people_in(&draft.text);
        let tags = text::tags(&draft.text);
        for tag in &tags {
            self.tag(tag);
        }
        let poll = draft.poll.as_ref().map(|poll| self.add_poll(id, poll, at));
        for media in &draft.media {
            if let Some(media) = self.media.get_mut(media) {
                media.status = Some(id);
            }
        }
        if let Some(parent) = draft.in_reply_to {
            self.replies.entry(parent).or_default().push(id);
        }
        let status = Status {
            id,
            account: draft.account,
            text: draft.text,
            spoiler_text: draft.spoiler_text,
            sensitive: draft.sensitive,
            visibility: draft.visibility,
            language: draft.language,
            created_at: at,
            edited_at: None,
            in_reply_to: draft.in_reply_to,
            in_reply_to_account,
            reblog_of: None,
            media: draft.media,
            poll,
            quote: draft.quote.map(|status| Quote {
                status,
                revoked: false,
            }),
            quote_policy: draft.quote_policy,
            mentions,
            tags,
            card: None,
            app: draft.app,
            conversation,
            pinned_at: None,
            history: Vec::new(),
        };
        self.insert_status(status);
        id
    }

    fn insert_status(&mut self, status: Status) {
        let (id, author) = (status.id, status.account);
        let mentioned = status.mentions.clone();
        let quoted = status
            .quote
            .as_ref()
            .and_then(|quote| self.statuses.get(&quote.status))
            .map(|quoted| quoted.account);
        let direct = status.visibility == Visibility::Direct;
        self.statuses.insert(id, status);
        self.emit(Event::StatusCreated(id));
        for person in &mentioned {
            self.notify(*person, NotificationKind::Mention, author, Some(id));
        }
        if let Some(quoted) = quoted {
            self.notify(quoted, NotificationKind::Quote, author, Some(id));
        }
        if direct {
            self.converse(id);
        } else {
            let watching: Vec<Id> = self
                .follows
                .to(author)
                .filter(|follow| follow.data.notify)
                .map(|follow| follow.from)
                .collect();
            for person in watching
                .into_iter()
                .filter(|person| !mentioned.contains(person))
            {
                self.notify(person, NotificationKind::Status, author, Some(id));
            }
        }
    }

    fn people_in(&self, text: &str) -> Vec<Id> {
        text::handles(text)
            .iter()
            .filter_map(|handle| self.account_by_handle(handle))
            .map(|account| account.id)
            .collect()
    }

    fn add_poll(&mut self, status: Id, draft: &DraftPoll, at: Timestamp) -> Id {
        let id = self.counters.polls.next();
        let expires_at = Some(clock::after(at, draft.expires_in));
        self.polls.insert(
            id,
            Poll {
                id,
                status,
                options: draft.options.clone(),
                multiple: draft.multiple,
                hide_totals: draft.hide_totals,
                expires_at,
                votes: std::collections::BTreeMap::new(),
                announced: false,
            },
        );
        id
    }

    /// Updates the conversations of everyone in a direct message.
    fn converse(&mut self, status: Id) {
        let Some(status) = self.statuses.get(&status) else {
            return;
        };
        let (id, author, thread) = (status.id, status.account, status.conversation);
        let mut everyone = status.mentions.clone();
        if !everyone.contains(&author) {
            everyone.push(author);
        }
        for owner in everyone.clone() {
            if !self
                .accounts
                .get(&owner)
                .is_some_and(super::Account::is_local)
                || owner != author && self.hides(owner, author)
            {
                continue;
            }
            let participants: Vec<Id> = everyone
                .iter()
                .copied()
                .filter(|person| *person != owner)
                .collect();
            let known = self.conversations.values_mut().find(|known| {
                known.account == owner
                    && known.thread == thread
                    && known.participants.len() == participants.len()
                    && participants
                        .iter()
                        .all(|person| known.participants.contains(person))
            });
            let conversation = if let Some(known) = known {
                known.statuses.push(id);
                known.unread = owner != author;
                known.id
            } else {
                let conversation = self.counters.conversations.next();
                self.conversations.insert(
                    conversation,
                    Conversation {
                        id: conversation,
                        account: owner,
                        thread,
                        participants,
                        statuses: vec![id],
                        unread: owner != author,
                    },
                );
                conversation
            };
            self.emit(Event::ConversationChanged(conversation));
        }
    }

    /// Boosts a status, or returns the existing boost.
    pub fn reblog(&mut self, who: Id, original: Id, visibility: Visibility) -> Option<Id> {
        if let Some(boost) = self.reblogs.get(who, original) {
            return Some(boost.data);
        }
        let status = self.statuses.get(&original)?.clone();
        let author = status.account;
        let (id, at) = (self.new_id(), self.now());
        self.reblogs.add(who, original, id);
        self.statuses.insert(
            id,
            Status {
                id,
                account: who,
                text: String::new(),
                spoiler_text: String::new(),
                visibility,
                created_at: at,
                edited_at: None,
                in_reply_to: None,
                in_reply_to_account: None,
                reblog_of: Some(original),
                media: Vec::new(),
                poll: None,
                quote: None,
                mentions: Vec::new(),
                tags: Vec::new(),
                card: None,
                app: None,
                pinned_at: None,
                history: Vec::new(),
                ..status
            },
        );
        self.emit(Event::StatusCreated(id));
        self.notify(author, NotificationKind::Reblog, who, Some(original));
        Some(id)
    }

    pub fn unreblog(&mut self, who: Id, original: Id) {
        if let Some(boost) = self.reblogs.get(who, original).map(|boost| boost.data) {
            self.delete_status(boost);
        }
    }

    pub fn edit(&mut self, id: Id, change: Edit) {
        let mentions = self.people_in(&change.text);
        let tags = text::tags(&change.text);
        for tag in &tags {
            self.tag(tag);
        }
        for media in &change.media {
            if let Some(media) = self.media.get_mut(media) {
                media.status = Some(id);
            }
        }
        let now = self.now();
        let new_poll = change
            .poll
            .as_ref()
            .map(|poll| self.add_poll(id, poll, now));
        let Some(status) = self.statuses.get_mut(&id) else {
            return;
        };
        let options = |poll: Option<Id>| {
            poll.and_then(|poll| self.polls.get(&poll))
                .map(|poll| poll.options.clone())
        };
        let poll_options = options(status.poll);
        status.history.push(Revision {
            text: std::mem::replace(&mut status.text, change.text),
            spoiler_text: std::mem::replace(&mut status.spoiler_text, change.spoiler_text),
            sensitive: status.sensitive,
            at: status.edited_at.unwrap_or(status.created_at),
            media: std::mem::replace(&mut status.media, change.media),
            poll_options,
        });
        status.sensitive = change.sensitive;
        status.language = change.language;
        status.edited_at = Some(now);
        status.tags = tags;
        let newly_mentioned: Vec<Id> = mentions
            .iter()
            .copied()
            .filter(|person| !status.mentions.contains(person))
            .collect();
        status.mentions = mentions;
        if let Some(policy) = change.quote_policy {
            status.quote_policy = policy;
        }
        let old_poll = if change.drop_poll {
            std::mem::replace(&mut status.poll, new_poll)
        } else {
            None
        };
        let author = status.account;
        if let Some(poll) = old_poll {
            self.polls.remove(&poll);
        }
        self.emit(Event::StatusEdited(id));
        for person in newly_mentioned {
            self.notify(person, NotificationKind::Mention, author, Some(id));
        }
        let boosted: Vec<Id> = self.reblogs.to(id).map(|boost| boost.from).collect();
        for person in boosted {
            self.notify(person, NotificationKind::Update, author, Some(id));
        }
        let quoted_by: Vec<(Id, Id)> = self
            .quotes_of(id)
            .map(|quote| (quote.account, quote.id))
            .collect();
        for (person, quote) in quoted_by {
            self.notify(person, NotificationKind::QuotedUpdate, author, Some(quote));
        }
    }

    /// The statuses that quote this one, newest first.
    pub fn quotes_of(&self, id: Id) -> impl DoubleEndedIterator<Item = &Status> {
        self.statuses.values().rev().filter(move |status| {
            status
                .quote
                .as_ref()
                .is_some_and(|quote| quote.status == id && !quote.revoked)
        })
    }

    /// Deletes a status with its boosts and everything that refers to it.
    pub fn delete_status(&mut self, id: Id) {
        let boosts: Vec<Id> = self.reblogs.to(id).map(|boost| boost.data).collect();
        for boost in boosts {
            self.delete_status(boost);
        }
        let Some(status) = self.statuses.remove(&id) else {
            return;
        };
        if let Some(original) = status.reblog_of {
            self.reblogs.remove(status.account, original);
            if let Some(author) = self
                .statuses
                .get(&original)
                .map(|original| original.account)
            {
                self.forget_notification(
                    author,
                    NotificationKind::Reblog,
                    status.account,
                    Some(original),
                );
            }
        }
        self.favourites.forget(id);
        self.bookmarks.forget(id);
        self.notifications
            .retain(|_, notification| notification.status != Some(id));
        if let Some(siblings) = status
            .in_reply_to
            .and_then(|parent| self.replies.get_mut(&parent))
        {
            siblings.retain(|reply| *reply != id);
        }
        for reply in self.replies.remove(&id).unwrap_or_default() {
            if let Some(reply) = self.statuses.get_mut(&reply) {
                reply.in_reply_to = None;
            }
        }
        if let Some(poll) = status.poll {
            self.polls.remove(&poll);
        }
        for conversation in self.conversations.values_mut() {
            conversation.statuses.retain(|known| *known != id);
        }
        self.conversations
            .retain(|_, conversation| !conversation.statuses.is_empty());
        self.emit(Event::StatusDeleted(Box::new(status)));
    }
}

/// The new values of an edited status.
#[derive(Clone, Debug)]
pub struct Edit {
    pub text: String,
    pub spoiler_text: String,
    pub sensitive: bool,
    pub language: Option<String>,
    pub media: Vec<Id>,
    pub poll: Option<DraftPoll>,
    /// Removes the current poll; `poll` is the new one, if any.
    pub drop_poll: bool,
    pub quote_policy: Option<super::QuotePolicy>,
}

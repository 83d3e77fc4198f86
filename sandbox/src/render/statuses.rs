use mastodon_wasm::entities::{
    AnyQuote, Application, ApprovalForCurrentUser, ApprovalGroup, BooleanOrString, NumberOrString,
    Poll, PollOption, PreviewCard, PreviewCardType, Quote, QuoteApproval, QuoteState,
    ScheduledStatus, ScheduledStatusParams, ScheduledStatusPoll, ShallowQuote, Status, StatusEdit,
    StatusMention, Tag,
};

use crate::clock;
use crate::id::Id;
use crate::store::{self, QuotePolicy, Store, Visibility};

/// How deep statuses are nested: a boost shows a quote, but the quoted status shows no further quote.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Full,
    Quoted,
}

impl Store {
    pub fn statuses_of<'a>(
        &self,
        rows: impl IntoIterator<Item = &'a store::Status>,
        viewer: Option<Id>,
    ) -> Vec<Status> {
        rows.into_iter()
            .map(|row| self.render_status(row, viewer))
            .collect()
    }

    pub fn render_status(&self, row: &store::Status, viewer: Option<Id>) -> Status {
        self.status_at(row, viewer, Depth::Full)
    }

    fn status_at(&self, row: &store::Status, viewer: Option<Id>, depth: Depth) -> Status {
        // The counts and marks of a boost are those of the boosted status.
        let original = row.reblog_of.and_then(|id| self.statuses.get(&id));
        let subject = original.unwrap_or(row);
        let author = self.accounts.get(&row.account);
        let local = author.is_some_and(store::Account::is_local);
        let acct = author.map(store::Account::acct).unwrap_or_default();
        let (uri, url) = match author.and_then(|author| author.domain.as_ref()) {
            Some(domain) => {
                let username = author.map_or("", |author| author.username.as_str());
                (
                    format!("https://{domain}/users/{username}/statuses/{}", row.id),
                    format!("{}/@{acct}/{}", self.base, row.id),
                )
            }
            None if original.is_some() => {
                let activity = format!(
                    "{}/ap/users/{}/statuses/{}/activity",
                    self.base, row.account, row.id
                );
                (activity.clone(), activity)
            }
            None => (
                format!("{}/ap/users/{}/statuses/{}", self.base, row.account, row.id),
                format!("{}/@{acct}/{}", self.base, row.id),
            ),
        };
        let mut status = Status {
            id: row.id.to_string(),
            uri,
            url: Some(url),
            account: self.account(row.account),
            in_reply_to_id: row.in_reply_to.map(|id| id.to_string()),
            in_reply_to_account_id: Some(row.in_reply_to_account.map(|id| id.to_string())),
            reblog: original.map(|original| Box::new(self.status_at(original, viewer, depth))),
            content: Some(self.content(subject)),
            created_at: clock::iso(row.created_at),
            reblogs_count: self.reblogs.count_to(subject.id),
            favourites_count: self.favourites.count_to(subject.id),
            replies_count: Some(
                self.replies
                    .get(&subject.id)
                    .map_or(0, |replies| replies.len() as u64),
            ),
            quotes_count: Some(self.quotes_of(subject.id).count() as u64),
            sensitive: subject.sensitive,
            spoiler_text: subject.spoiler_text.clone(),
            visibility: row.visibility.into(),
            mentions: self.mentions(subject),
            media_attachments: self.attachments(&subject.media),
            emojis: self.emojis_in(&[&subject.text, &subject.spoiler_text]),
            tags: self.shallow_tags(subject),
            language: subject.language.clone(),
            card: Some(subject.card.as_ref().map(|card| self.card(card))),
            poll: Some(
                subject
                    .poll
                    .and_then(|id| self.polls.get(&id))
                    .map(|poll| self.render_poll(poll, viewer)),
            ),
            edited_at: Some(subject.edited_at.map(clock::iso)),
            quote: Some(self.quote(subject, viewer, depth).map(Box::new)),
            quote_approval: Some(Some(self.quote_approval(subject, viewer))),
            tagged_collections: Some(Vec::new()),
            ..Status::default()
        };
        if local {
            status.application =
                Some(
                    row.app
                        .and_then(|id| self.apps.get(&id))
                        .map(|app| Application {
                            name: app.name.clone(),
                            website: Some(app.website.clone()),
                            ..Application::default()
                        }),
                );
        }
        if let Some(me) = viewer {
            status.favourited = Some(self.favourites.has(me, subject.id));
            status.reblogged = Some(self.reblogs.has(me, subject.id));
            status.bookmarked = Some(self.bookmarks.has(me, subject.id));
            status.muted = Some(self.muted_threads.contains(&(me, subject.conversation)));
            status.filtered = Some(Some(self.filter_results(me, subject)));
            if subject.account == me && original.is_none() {
                status.pinned = Some(subject.pinned_at.is_some());
            }
        }
        status
    }

    /// The text as HTML. Starts with a link to the quoted status, for clients without support for quotes.
    fn content(&self, row: &store::Status) -> String {
        let html = self.html(&row.text);
        let Some(quoted) = row
            .quote
            .as_ref()
            .filter(|quote| !quote.revoked)
            .and_then(|quote| self.statuses.get(&quote.status))
        else {
            return html;
        };
        let acct = self
            .accounts
            .get(&quoted.account)
            .map(store::Account::acct)
            .unwrap_or_default();
        let link = self.inline_html(&format!("{}/@{acct}/{}", self.base, quoted.id));
        format!("<p class=\"quote-inline\">RE: {link}</p>{html}")
    }

    fn mentions(&self, row: &store::Status) -> Vec<StatusMention> {
        row.mentions
            .iter()
            .filter_map(|id| self.accounts.get(id))
            .map(|account| StatusMention {
                id: account.id.to_string(),
                username: account.username.clone(),
                url: self.account_url(account),
                acct: account.acct(),
                other: serde_json::Map::new(),
            })
            .collect()
    }

    /// The hashtags of a status have only a name and a URL.
    fn shallow_tags(&self, row: &store::Status) -> Vec<Tag> {
        row.tags
            .iter()
            .map(|name| Tag {
                name: name.clone(),
                url: self.tag_url(name),
                ..Tag::default()
            })
            .collect()
    }

    fn quote(&self, row: &store::Status, viewer: Option<Id>, depth: Depth) -> Option<AnyQuote> {
        let quote = row.quote.as_ref()?;
        let quoted = self.statuses.get(&quote.status);
        let state = match quoted {
            None => QuoteState::Deleted,
            Some(_) if quote.revoked => QuoteState::Revoked,
            Some(quoted) if !self.visible(viewer, quoted) => QuoteState::Unauthorized,
            Some(quoted) => match viewer {
                Some(me) if self.blocks.has(me, quoted.account) => QuoteState::BlockedAccount,
                Some(me) if self.blocks_domain_of(me, quoted.account) => QuoteState::BlockedDomain,
                Some(me) if self.is_muting(me, quoted.account) => QuoteState::MutedAccount,
                _ => QuoteState::Accepted,
            },
        };
        let shown = quoted.filter(|_| {
            matches!(
                state,
                QuoteState::Accepted
                    | QuoteState::BlockedAccount
                    | QuoteState::BlockedDomain
                    | QuoteState::MutedAccount
            )
        });
        Some(match depth {
            Depth::Full => AnyQuote::Quote(Quote {
                state,
                quoted_status: shown
                    .map(|quoted| Box::new(self.status_at(quoted, viewer, Depth::Quoted))),
                other: serde_json::Map::new(),
            }),
            Depth::Quoted => AnyQuote::ShallowQuote(ShallowQuote {
                state,
                quoted_status_id: shown.map(|quoted| quoted.id.to_string()),
                other: serde_json::Map::new(),
            }),
        })
    }

    fn quote_approval(&self, row: &store::Status, viewer: Option<Id>) -> QuoteApproval {
        let automatic = match (row.visibility.is_open(), row.quote_policy) {
            (true, QuotePolicy::Public) => vec![ApprovalGroup::Public],
            (true, QuotePolicy::Followers) => vec![ApprovalGroup::Followers],
            _ => Vec::new(),
        };
        let current_user = match viewer {
            None => ApprovalForCurrentUser::Unknown,
            Some(me) if self.may_quote(me, row) => ApprovalForCurrentUser::Automatic,
            Some(_) => ApprovalForCurrentUser::Denied,
        };
        QuoteApproval {
            automatic,
            manual: Vec::new(),
            current_user,
            other: serde_json::Map::new(),
        }
    }

    fn card(&self, card: &store::Card) -> PreviewCard {
        let image = card.image.as_ref();
        PreviewCard {
            url: card.url.clone(),
            title: card.title.clone(),
            description: card.description.clone(),
            language: Some(Some("en".to_owned())),
            r#type: PreviewCardType::Link,
            provider_name: card.provider.clone(),
            width: image.map_or(0, |image| image.width.into()),
            height: image.map_or(0, |image| image.height.into()),
            image: Some(image.map(|image| self.url(&image.path))),
            image_description: Some(String::new()),
            blurhash: Some(image.map(|image| image.blurhash.clone())),
            published_at: Some(None),
            authors: Some(Vec::new()),
            missing_attribution: Some(Some(false)),
            ..PreviewCard::default()
        }
    }

    pub fn card_of(&self, row: &store::Status) -> Option<PreviewCard> {
        row.card.as_ref().map(|card| self.card(card))
    }

    pub fn render_poll(&self, poll: &store::Poll, viewer: Option<Id>) -> Poll {
        let expired = poll.expired(self.clock.now());
        let author = self.statuses.get(&poll.status).map(|status| status.account);
        let hidden = poll.hide_totals && !expired;
        let own = viewer.map(|me| poll.votes.get(&me).cloned().unwrap_or_default());
        Poll {
            id: Some(poll.id.to_string()),
            expires_at: Some(poll.expires_at.map(clock::iso)),
            expired: Some(expired),
            multiple: Some(poll.multiple),
            votes_count: Some(poll.total()),
            voters_count: Some(Some(poll.votes.len() as u64)),
            // The author cannot vote, so their own poll is marked as voted.
            voted: viewer.map(|me| Some(poll.votes.contains_key(&me) || author == Some(me))),
            own_votes: own
                .map(|choices| Some(choices.into_iter().map(|choice| choice as u64).collect())),
            options: poll
                .options
                .iter()
                .enumerate()
                .map(|(index, title)| PollOption {
                    title: title.clone(),
                    votes_count: Some((!hidden).then(|| poll.count(index))),
                    other: serde_json::Map::new(),
                })
                .collect(),
            emojis: Some(
                self.emojis_in(&poll.options.iter().map(String::as_str).collect::<Vec<_>>()),
            ),
            other: serde_json::Map::new(),
        }
    }

    /// All versions of a status, oldest first.
    pub fn history(&self, row: &store::Status) -> Vec<StatusEdit> {
        let poll = row
            .poll
            .and_then(|id| self.polls.get(&id))
            .map(|poll| poll.options.clone());
        let now = store::Revision {
            text: row.text.clone(),
            spoiler_text: row.spoiler_text.clone(),
            sensitive: row.sensitive,
            at: row.edited_at.unwrap_or(row.created_at),
            media: row.media.clone(),
            poll_options: poll,
        };
        row.history
            .iter()
            .chain([&now])
            .map(|revision| self.revision(row.account, revision))
            .collect()
    }

    fn revision(&self, account: Id, revision: &store::Revision) -> StatusEdit {
        let options = revision.poll_options.as_ref().map(|options| Poll {
            options: options
                .iter()
                .map(|title| PollOption {
                    title: title.clone(),
                    votes_count: None,
                    other: serde_json::Map::new(),
                })
                .collect(),
            ..Poll::default()
        });
        StatusEdit {
            content: self.html(&revision.text),
            spoiler_text: revision.spoiler_text.clone(),
            sensitive: revision.sensitive,
            created_at: clock::iso(revision.at),
            account: self.account(account),
            media_attachments: self.attachments(&revision.media),
            emojis: self.emojis_in(&[&revision.text, &revision.spoiler_text]),
            poll: options.map(Some),
            quote: None,
            other: serde_json::Map::new(),
        }
    }

    pub fn render_scheduled(&self, row: &store::ScheduledStatus) -> ScheduledStatus {
        let draft = &row.draft;
        ScheduledStatus {
            id: row.id.to_string(),
            scheduled_at: clock::iso(row.at),
            params: ScheduledStatusParams {
                text: draft.text.clone(),
                in_reply_to_id: Some(
                    draft
                        .in_reply_to
                        .map(|id| NumberOrString::String(id.to_string())),
                ),
                media_ids: Some(
                    (!draft.media.is_empty())
                        .then(|| draft.media.iter().map(ToString::to_string).collect()),
                ),
                sensitive: Some(draft.sensitive.then_some(true)),
                visibility: Some(
                    (draft.visibility != Visibility::Public).then(|| draft.visibility.into()),
                ),
                // Parameters that were not sent are null.
                idempotency: Some(None),
                scheduled_at: Some(None),
                allowed_mentions: Some(None),
                with_rate_limit: Some(false),
                spoiler_text: Some(
                    (!draft.spoiler_text.is_empty()).then(|| draft.spoiler_text.clone()),
                ),
                application_id: draft.app.map_or(0, |app| app.0).into(),
                poll: Some(draft.poll.as_ref().map(|poll| ScheduledStatusPoll {
                    options: poll.options.clone(),
                    expires_in: NumberOrString::String(poll.expires_in.to_string()),
                    multiple: Some(poll.multiple.then_some(BooleanOrString::Boolean(true))),
                    hide_totals: Some(poll.hide_totals.then_some(BooleanOrString::Boolean(true))),
                    other: serde_json::Map::new(),
                })),
                language: Some(draft.language.clone()),
                quoted_status_id: Some(draft.quote.map(|id| id.to_string())),
                quote_approval_policy: Some(Some(draft.quote_policy.as_str().into())),
                other: serde_json::Map::new(),
            },
            media_attachments: self.attachments(&draft.media),
            other: serde_json::Map::new(),
        }
    }
}

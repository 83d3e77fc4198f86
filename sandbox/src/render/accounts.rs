use jiff::Timestamp;
use mastodon_wasm::entities::{
    Account, AccountField, ApprovalForCurrentUser, ApprovalGroup, CredentialAccountSource,
    FeatureApproval, Profile, ProfileField, Relationship, Role,
};

use crate::clock;
use crate::id::Id;
use crate::picture::drawings::{MISSING_AVATAR, MISSING_HEADER};
use crate::store::{self, Store};
use crate::text;

impl Store {
    /// An account as everyone sees it. For a deleted account, an empty one instead of an error.
    pub fn account(&self, id: Id) -> Account {
        self.accounts
            .get(&id)
            .map(|account| self.render_account(account))
            .unwrap_or_default()
    }

    pub fn accounts_of(&self, ids: impl IntoIterator<Item = Id>) -> Vec<Account> {
        ids.into_iter().map(|id| self.account(id)).collect()
    }

    fn render_account(&self, row: &store::Account) -> Account {
        let url = self.account_url(row);
        let uri = match &row.domain {
            Some(domain) => format!("https://{domain}/users/{}", row.username),
            None => format!("{}/ap/users/{}", self.base, row.id),
        };
        let posts = || {
            self.statuses
                .values()
                .rev()
                .filter(|status| status.account == row.id)
        };
        let counted = posts()
            .filter(|status| status.visibility != store::Visibility::Direct)
            .count();
        let avatar = self.url(&row.avatar);
        let header = self.url(&row.header);
        Account {
            id: row.id.to_string(),
            username: row.username.clone(),
            acct: row.acct(),
            display_name: row.display_name.clone(),
            discoverable: Some(row.discoverable),
            group: Some(false),
            locked: row.locked,
            created_at: clock::iso(clock::midnight(row.created_at)),
            following_count: self.follows.count_from(row.id),
            followers_count: self.follows.count_to(row.id),
            statuses_count: counted as u64,
            note: self.html(&row.note),
            url: Some(url),
            uri: Some(uri),
            avatar_static: avatar.clone(),
            header_static: header.clone(),
            avatar,
            header,
            bot: row.bot,
            fields: fields(row, |text| self.inline_html(text)),
            emojis: self.emojis_in(&[&row.display_name, &row.note]),
            last_status_at: Some(posts().next().map(|status| clock::date(status.created_at))),
            noindex: Some(Some(!row.indexable)),
            roles: Some(Some(
                roles(row)
                    .into_iter()
                    .map(|role| Role {
                        permissions: None,
                        collection_limit: None,
                        highlighted: None,
                        ..role
                    })
                    .collect(),
            )),
            indexable: Some(row.indexable),
            hide_collections: Some(row.hide_collections),
            avatar_description: Some(row.avatar_description.clone()),
            header_description: Some(row.header_description.clone()),
            show_media: Some(row.show_media),
            show_media_replies: Some(row.show_media_replies),
            show_featured: Some(row.show_featured),
            feature_approval: Some(feature_approval(row)),
            suspended: row.moderation.suspended.then_some(true),
            limited: row.moderation.silenced.then_some(true),
            ..Account::default()
        }
    }

    /// The user's own account, with settings and role.
    pub fn credential_account(&self, id: Id) -> Account {
        let Some(row) = self.accounts.get(&id) else {
            return Account::default();
        };
        Account {
            source: Some(Some(CredentialAccountSource {
                privacy: row.posting.privacy.into(),
                sensitive: row.posting.sensitive,
                language: row.posting.language.clone(),
                note: Some(row.note.clone()),
                fields: fields(row, str::to_owned),
                follow_requests_count: Some(self.follow_requests.count_to(id)),
                indexable: Some(row.indexable),
                hide_collections: Some(row.hide_collections),
                discoverable: Some(row.discoverable),
                attribution_domains: Some(row.attribution_domains.clone()),
                quote_policy: Some(row.posting.quote_policy.as_str().into()),
                other: serde_json::Map::new(),
            })),
            role: Some(Some(roles(row).pop().unwrap_or_else(everyone))),
            ..self.render_account(row)
        }
    }

    /// The user's own account with the source texts, for editing.
    pub fn profile_of(&self, id: Id) -> Option<Profile> {
        let row = self.accounts.get(&id)?;
        let picture = |path: &str, missing: &str| (path != missing).then(|| self.url(path));
        let avatar = picture(&row.avatar, MISSING_AVATAR);
        let header = picture(&row.header, MISSING_HEADER);
        let featured = self.featured_tags.from(id);
        Some(Profile {
            id: row.id.to_string(),
            display_name: row.display_name.clone(),
            note: row.note.clone(),
            fields: row
                .fields
                .iter()
                .map(|field| ProfileField {
                    name: field.name.clone(),
                    value: field.value.clone(),
                    verified_at: field.verified_at.map(clock::iso),
                    other: serde_json::Map::new(),
                })
                .collect(),
            avatar_static: avatar.clone(),
            avatar,
            avatar_description: row.avatar_description.clone(),
            header_static: header.clone(),
            header,
            header_description: row.header_description.clone(),
            locked: row.locked,
            bot: row.bot,
            hide_collections: row.hide_collections,
            discoverable: row.discoverable,
            indexable: row.indexable,
            show_media: row.show_media,
            show_media_replies: row.show_media_replies,
            show_featured: row.show_featured,
            attribution_domains: row.attribution_domains.clone(),
            featured_tags: Some(
                featured
                    .filter_map(|edge| self.featured_tag(id, edge.to))
                    .collect(),
            ),
            formatted_note: Some(self.html(&row.note)),
            formatted_fields: Some(fields(row, |text| self.inline_html(text))),
            other: serde_json::Map::new(),
        })
    }

    pub fn html(&self, text: &str) -> String {
        text::html(text, &self.base, |handle| {
            let account = self.account_by_handle(handle)?;
            Some((self.account_url(account), account.username.clone()))
        })
    }

    /// A single line, without the `<p>` around it.
    pub fn inline_html(&self, text: &str) -> String {
        let html = self.html(text);
        html.strip_prefix("<p>")
            .and_then(|html| html.strip_suffix("</p>"))
            .unwrap_or(&html)
            .to_owned()
    }

    pub fn relationship(&self, me: Id, other: Id) -> Relationship {
        let follow = self
            .follows
            .get(me, other)
            .or_else(|| self.follow_requests.get(me, other))
            .map(|edge| &edge.data);
        let mute = self
            .mutes
            .get(me, other)
            .filter(|_| self.is_muting(me, other))
            .map(|edge| &edge.data);
        let expiry: Option<Timestamp> = mute.and_then(|mute| mute.expires_at);
        Relationship {
            id: other.to_string(),
            following: self.follows.has(me, other),
            showing_reblogs: follow.is_some_and(|follow| follow.reblogs),
            notifying: Some(follow.is_some_and(|follow| follow.notify)),
            languages: Some(follow.and_then(|follow| follow.languages.clone())),
            followed_by: self.follows.has(other, me),
            blocking: self.blocks.has(me, other),
            blocked_by: self.blocks.has(other, me),
            muting: mute.is_some(),
            muting_notifications: mute.is_some_and(|mute| mute.notifications),
            muting_expires_at: Some(expiry.map(clock::iso)),
            requested: self.follow_requests.has(me, other),
            requested_by: Some(self.follow_requests.has(other, me)),
            domain_blocking: self.blocks_domain_of(me, other),
            endorsed: self.endorsements.has(me, other),
            note: Some(self.notes.get(&(me, other)).cloned().unwrap_or_default()),
            other: serde_json::Map::new(),
        }
    }
}

fn fields(row: &store::Account, value: impl Fn(&str) -> String) -> Vec<AccountField> {
    row.fields
        .iter()
        .map(|field| AccountField {
            name: field.name.clone(),
            value: value(&field.value),
            verified_at: Some(field.verified_at.map(clock::iso)),
            other: serde_json::Map::new(),
        })
        .collect()
}

/// The default role.
pub fn everyone() -> Role {
    Role {
        id: "-99".to_owned().into(),
        permissions: Some("65536".to_owned()),
        color: Some(String::new()),
        highlighted: Some(false),
        collection_limit: Some(10),
        ..Role::default()
    }
}

pub fn roles(row: &store::Account) -> Vec<Role> {
    let is_owner = row.login.as_ref().is_some_and(|login| login.is_owner);
    let owner = Role {
        id: "3".to_owned().into(),
        name: "Owner".to_owned(),
        permissions: Some("1".to_owned()),
        color: Some(String::new()),
        highlighted: Some(true),
        collection_limit: Some(10),
        other: serde_json::Map::new(),
    };
    if is_owner { vec![owner] } else { Vec::new() }
}

fn feature_approval(row: &store::Account) -> FeatureApproval {
    if row.discoverable == Some(true) {
        FeatureApproval {
            automatic: vec![ApprovalGroup::Public],
            manual: Vec::new(),
            current_user: ApprovalForCurrentUser::Automatic,
            other: serde_json::Map::new(),
        }
    } else {
        FeatureApproval {
            automatic: Vec::new(),
            manual: Vec::new(),
            current_user: ApprovalForCurrentUser::Denied,
            other: serde_json::Map::new(),
        }
    }
}

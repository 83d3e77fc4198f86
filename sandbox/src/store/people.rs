//! Finding accounts, and their names.

use jiff::Timestamp;

use super::{Account, Moderation, Posting, Store};
use crate::id::Id;
use crate::picture::drawings::{MISSING_AVATAR, MISSING_HEADER};
use crate::text::Handle;

impl Account {
    /// A new local account with an empty profile.
    pub fn begun(id: Id, username: String, created_at: Timestamp) -> Self {
        Self {
            id,
            domain: None,
            display_name: username.clone(),
            username,
            note: String::new(),
            fields: Vec::new(),
            avatar: MISSING_AVATAR.to_owned(),
            header: MISSING_HEADER.to_owned(),
            avatar_description: String::new(),
            header_description: String::new(),
            locked: false,
            bot: false,
            discoverable: Some(true),
            indexable: true,
            hide_collections: Some(false),
            attribution_domains: Vec::new(),
            show_media: true,
            show_media_replies: true,
            show_featured: true,
            created_at,
            posting: Posting::in_language(None),
            login: None,
            moderation: Moderation::default(),
        }
    }

    /// `mina`, or `lucia@faro.example` for an account on another server.
    pub fn acct(&self) -> String {
        match &self.domain {
            Some(domain) => format!("{}@{domain}", self.username),
            None => self.username.clone(),
        }
    }

    pub fn is_local(&self) -> bool {
        self.domain.is_none()
    }
}

impl Store {
    pub fn account_by_name(&self, username: &str, domain: Option<&str>) -> Option<&Account> {
        let domain = domain.filter(|domain| !domain.eq_ignore_ascii_case(&self.domain));
        self.accounts.values().find(|account| {
            account.username.eq_ignore_ascii_case(username)
                && account.domain.as_deref().map(str::to_lowercase) == domain.map(str::to_lowercase)
        })
    }

    /// Finds an account by `mina`, `@mina`, `mina@127.0.0.1:4100` or the URL of its profile.
    pub fn account_by_acct(&self, acct: &str) -> Option<&Account> {
        let acct = acct.trim();
        let acct = acct
            .strip_prefix(&format!("{}/", self.base))
            .unwrap_or(acct)
            .trim_start_matches('@');
        match acct.split_once('@') {
            Some((username, domain)) => self.account_by_name(username, Some(domain)),
            None => self.account_by_name(acct, None),
        }
    }

    pub fn account_by_handle(&self, handle: &Handle) -> Option<&Account> {
        self.account_by_name(&handle.username, handle.host.as_deref())
    }

    pub fn account_by_login(&self, name: &str) -> Option<&Account> {
        self.accounts.values().find(|account| {
            account.login.as_ref().is_some_and(|login| {
                login.email.eq_ignore_ascii_case(name)
                    || account
                        .username
                        .eq_ignore_ascii_case(name.trim_start_matches('@'))
            })
        })
    }

    pub fn account_url(&self, account: &Account) -> String {
        format!("{}/@{}", self.base, account.acct())
    }

    /// Accounts that match all words of a query. Those that the viewer follows come first.
    pub fn search_accounts(&self, query: &str, viewer: Option<Id>, following: bool) -> Vec<Id> {
        let query = query.trim().trim_start_matches('@').to_lowercase();
        let query = query
            .strip_suffix(&format!("@{}", self.domain))
            .unwrap_or(&query)
            .to_owned();
        if query.is_empty() {
            return Vec::new();
        }
        if let Some(account) = self
            .account_by_acct(&query)
            .filter(|_| query.contains('/') || query.contains('@'))
        {
            return vec![account.id];
        }
        let follows = |account: &Account| viewer.is_some_and(|me| self.follows.has(me, account.id));
        let mut found: Vec<&Account> = self
            .accounts
            .values()
            .filter(|account| {
                let name = account.display_name.to_lowercase();
                query
                    .split_whitespace()
                    .all(|word| account.acct().to_lowercase().contains(word) || name.contains(word))
            })
            .filter(|account| !following || follows(account))
            .filter(|account| {
                viewer.is_none_or(|me| {
                    !self.blocks.has(me, account.id) && !self.blocks.has(account.id, me)
                })
            })
            .collect();
        found.sort_by_key(|account| {
            (
                !account.username.eq_ignore_ascii_case(&query),
                !follows(account),
                !account.is_local(),
                account.id,
            )
        });
        found.into_iter().map(|account| account.id).collect()
    }
}

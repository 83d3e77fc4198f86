use mastodon_wasm::entities::{self, AdminAccount, AdminReport};

use super::accounts::roles;
use crate::clock;
use crate::id::Id;
use crate::store::{self, Store};

impl Store {
    pub fn render_report(&self, row: &store::Report) -> entities::Report {
        let texts = |ids: &[Id]| ids.iter().map(ToString::to_string).collect();
        entities::Report {
            id: row.id.to_string(),
            action_taken: row.resolved.is_some(),
            action_taken_at: Some(row.resolved.as_ref().map(|done| clock::iso(done.at))),
            category: Some(row.category.as_str().into()),
            comment: row.comment.clone(),
            forwarded: Some(row.forwarded),
            created_at: clock::iso(row.at),
            status_ids: Some(texts(&row.statuses)),
            rule_ids: Some((!row.rules.is_empty()).then(|| row.rules.clone())),
            collection_ids: Some(Some(Vec::new())),
            target_account: self.account(row.target),
            other: serde_json::Map::new(),
        }
    }

    /// An account as moderators see it.
    pub fn admin_account(&self, id: Id) -> AdminAccount {
        let Some(row) = self.accounts.get(&id) else {
            return AdminAccount::default();
        };
        let state = &row.moderation;
        let own = row.login.as_ref();
        AdminAccount {
            id: row.id.to_string(),
            username: row.username.clone(),
            domain: row.domain.clone(),
            created_at: clock::iso(row.created_at),
            email: own.map(|login| login.email.clone()),
            ips: Some(Vec::new()),
            locale: own.and(row.posting.language.clone()),
            role: own.map(|_| roles(row).pop().unwrap_or_else(super::accounts::everyone)),
            confirmed: own.map(|_| true),
            approved: own.map(|_| true),
            disabled: own.map(|_| state.disabled),
            sensitized: Some(state.sensitized),
            silenced: state.silenced,
            suspended: state.suspended,
            account: self.account(row.id),
            ..AdminAccount::default()
        }
    }

    pub fn admin_report(&self, row: &store::Report, viewer: Id) -> AdminReport {
        let statuses = row.statuses.iter().filter_map(|id| self.statuses.get(id));
        let rules = super::rules().into_iter();
        AdminReport {
            id: row.id.to_string(),
            action_taken: row.resolved.is_some(),
            action_taken_at: Some(row.resolved.as_ref().map(|done| clock::iso(done.at))),
            category: Some(row.category.as_str().into()),
            comment: row.comment.clone(),
            forwarded: Some(Some(row.forwarded)),
            created_at: clock::iso(row.at),
            updated_at: clock::iso(row.updated_at),
            account: self.admin_account(row.account),
            target_account: self.admin_account(row.target),
            assigned_account: row.assigned.map(|id| self.admin_account(id)),
            action_taken_by_account: row
                .resolved
                .as_ref()
                .map(|done| self.admin_account(done.by)),
            statuses: self.statuses_of(statuses.collect::<Vec<_>>(), Some(viewer)),
            rules: Some(rules.filter(|rule| row.rules.contains(&rule.id)).collect()),
            other: serde_json::Map::new(),
        }
    }
}

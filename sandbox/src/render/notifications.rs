use mastodon_wasm::entities::{self, Conversation};

use crate::clock;
use crate::id::Id;
use crate::store::{self, NotificationKind, Store};

impl Store {
    pub fn render_notification(&self, row: &store::Notification) -> entities::Notification {
        let status = row.status.and_then(|id| self.statuses.get(&id));
        entities::Notification {
            id: row.id.to_string(),
            r#type: row.kind.as_str().into(),
            group_key: Some(group_key(row)),
            created_at: clock::iso(row.at),
            account: self.account(row.from),
            report: row
                .report
                .and_then(|id| self.reports.get(&id))
                .map(|report| self.render_report(report)),
            filtered: row.filtered.then_some(true),
            status: status.map(|status| Some(self.render_status(status, Some(row.to)))),
            ..entities::Notification::default()
        }
    }

    pub fn conversation(&self, id: Id) -> Option<Conversation> {
        let row = self.conversations.get(&id)?;
        let last = row.statuses.last().and_then(|id| self.statuses.get(id));
        Some(Conversation {
            id: row.id.to_string().into(),
            unread: row.unread,
            accounts: self.accounts_of(row.participants.iter().copied()),
            last_status: last.map(|status| self.render_status(status, Some(row.account))),
            other: serde_json::Map::new(),
        })
    }
}

/// Favourites and boosts of the same status, or follows, are one group if they are from the same hour.
pub fn group_key(row: &store::Notification) -> String {
    let hours = row.at.as_second() / 3600;
    let kind = row.kind.as_str();
    match (row.kind, row.status) {
        (NotificationKind::Favourite | NotificationKind::Reblog, Some(status)) => {
            format!("{kind}-{status}-{hours}")
        }
        (NotificationKind::Follow | NotificationKind::SignUp, _) => format!("{kind}-{hours}"),
        _ => format!("ungrouped-{}", row.id),
    }
}

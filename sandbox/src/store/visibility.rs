//! Who may see what.

use super::{QuotePolicy, Status, Store, Visibility};
use crate::id::Id;

impl Store {
    /// Whether the viewer may see this status.
    pub fn visible(&self, viewer: Option<Id>, status: &Status) -> bool {
        if self.is_suspended(status.account) {
            return false;
        }
        if let Some(original) = status.reblog_of {
            return self
                .statuses
                .get(&original)
                .is_some_and(|original| self.visible(viewer, original));
        }
        let Some(me) = viewer else {
            return status.visibility.is_open();
        };
        if me == status.account {
            return true;
        }
        if self.blocks.has(status.account, me) {
            return false;
        }
        match status.visibility {
            Visibility::Public | Visibility::Unlisted => true,
            Visibility::Private => {
                self.follows.has(me, status.account) || status.mentions.contains(&me)
            }
            Visibility::Direct => status.mentions.contains(&me),
        }
    }

    /// The status with this id, if the viewer may see it.
    pub fn status_for(&self, viewer: Option<Id>, id: Id) -> Option<&Status> {
        self.statuses
            .get(&id)
            .filter(|status| self.visible(viewer, status))
    }

    /// Whether an account is hidden from the viewer: blocked by either of them, muted, or on a blocked
    /// server.
    pub fn hides(&self, viewer: Id, account: Id) -> bool {
        self.blocks.has(viewer, account)
            || self.blocks.has(account, viewer)
            || self.is_muting(viewer, account)
            || self.blocks_domain_of(viewer, account)
    }

    pub fn is_muting(&self, viewer: Id, account: Id) -> bool {
        self.mutes
            .get(viewer, account)
            .is_some_and(|mute| mute.data.expires_at.is_none_or(|at| at > self.clock.now()))
    }

    pub fn blocks_domain_of(&self, viewer: Id, account: Id) -> bool {
        let domain = self
            .accounts
            .get(&account)
            .and_then(|account| account.domain.as_ref());
        domain.is_some_and(|domain| {
            self.domain_blocks
                .get(&viewer)
                .is_some_and(|blocked| blocked.contains(domain))
        })
    }

    /// Whether the viewer may quote this status.
    pub fn may_quote(&self, viewer: Id, status: &Status) -> bool {
        if status.account == viewer {
            return status.visibility != Visibility::Direct;
        }
        status.visibility.is_open()
            && self.visible(Some(viewer), status)
            && match status.quote_policy {
                QuotePolicy::Public => true,
                QuotePolicy::Followers => self.follows.has(viewer, status.account),
                QuotePolicy::Nobody => false,
            }
    }
}

//! Reports as moderators see them.

use super::AdminAccount;
use crate::entities::declare::entity;
use crate::entities::{ReportCategory, Rule, Status};

entity! {
    /// A report as moderators see it.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_Report/>
    pub struct AdminReport {
        /// Identifies the report.
        id: String,
        /// Whether it was resolved.
        action_taken: bool,
        /// When it was resolved, ISO 8601; `null` while it is open. Absent on older servers.
        action_taken_at?: Option<String>,
        /// What it is about. Absent before 3.5.0.
        category?: ReportCategory,
        /// The reporter's comment to the moderators; may be empty.
        comment: String,
        /// Whether the report was forwarded to the account's server; `null` when that was not requested.
        /// Absent before 4.0.0.
        forwarded?: Option<bool>,
        /// When it was created, ISO 8601 in UTC.
        created_at: String,
        /// When it was last changed, ISO 8601 in UTC.
        updated_at: String,
        /// The account that reported.
        account: AdminAccount,
        /// The reported account.
        target_account: AdminAccount,
        /// The moderator that it is assigned to; `null` when there is none.
        assigned_account: Option<AdminAccount>,
        /// The moderator who resolved it; `null` while it is open.
        action_taken_by_account: Option<AdminAccount>,
        /// The reported statuses.
        statuses: Vec<Status>,
        /// The rules that were broken. Absent before 3.5.0.
        rules?: Vec<Rule>,
    }
}

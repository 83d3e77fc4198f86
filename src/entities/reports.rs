//! Reports to the moderators, warnings and appeals.

use super::Account;
use super::declare::{entity, open_enum};

open_enum! {
    /// What a report is about.
    pub enum ReportCategory {
        /// Unwanted or repeated content.
        Spam = "spam",
        /// Something against the law.
        Legal = "legal",
        /// A breach of the server's rules.
        Violation = "violation",
        /// Something else.
        Miscellaneous = "other",
    }

    /// What the moderators did with an account.
    pub enum AccountWarningAction {
        /// Nothing except the warning.
        None = "none",
        /// Its login is disabled.
        Disable = "disable",
        /// Some of its statuses were marked sensitive.
        MarkStatusesAsSensitive = "mark_statuses_as_sensitive",
        /// Some of its statuses were deleted.
        DeleteStatuses = "delete_statuses",
        /// Its future statuses are marked sensitive.
        Sensitive = "sensitive",
        /// It is limited: only its followers see it.
        Silence = "silence",
        /// It is suspended.
        Suspend = "suspend",
    }

    /// The decision on an appeal.
    pub enum AppealState {
        /// The moderators withdrew the warning.
        Approved = "approved",
        /// The moderators rejected it.
        Rejected = "rejected",
        /// The moderators have not decided yet.
        Pending = "pending",
    }
}

entity! {
    /// Your report to the moderators.
    ///
    /// See <https://docs.joinmastodon.org/entities/Report/>
    pub struct Report {
        /// Identifies the report.
        id: String,
        /// Whether the moderators have resolved it.
        action_taken: bool,
        /// When it was resolved, ISO 8601; `null` while it is open. Absent on older servers.
        action_taken_at?: Option<String>,
        /// What it is about. Absent before 3.5.0.
        category?: ReportCategory,
        /// Your comment to the moderators; may be empty.
        comment: String,
        /// Whether the report was forwarded to the account's server. Absent before 4.0.0.
        forwarded?: bool,
        /// When you sent it, ISO 8601 in UTC.
        created_at: String,
        /// The ids of the reported statuses; `null` when there are none.
        status_ids: Option<Vec<String>>,
        /// The ids of the rules that were broken; `null` when there are none. Absent before 4.0.0.
        rule_ids?: Option<Vec<String>>,
        /// The ids of the reported collections; `null` when there are none. Absent before 4.6.0.
        collection_ids?: Option<Vec<String>>,
        /// The reported account.
        target_account: Account,
    }

    /// A warning that the moderators sent to an account.
    ///
    /// See <https://docs.joinmastodon.org/entities/AccountWarning/>
    pub struct AccountWarning {
        /// Identifies the warning.
        id: String,
        /// What the moderators did besides the warning.
        action: AccountWarningAction,
        /// What the moderators wrote.
        text: String,
        /// The ids of the statuses that it is about; `null` when there are none.
        status_ids: Option<Vec<String>>,
        /// The warned account.
        target_account: Account,
        /// The account's appeal; `null` when there is none.
        appeal: Option<Appeal>,
        /// When it was sent, ISO 8601 in UTC.
        created_at: String,
    }

    /// An appeal against a warning.
    ///
    /// See <https://docs.joinmastodon.org/entities/Appeal/>
    pub struct Appeal {
        /// The text of the appeal.
        text: String,
        /// The moderators' decision.
        state: AppealState,
    }
}

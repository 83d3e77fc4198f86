//! Reports to the moderators, and what comes of them.

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

    /// What the moderators did to an account.
    pub enum AccountWarningAction {
        /// Nothing but the warning.
        None = "none",
        /// It may not log in.
        Disable = "disable",
        /// Some of its posts were marked sensitive.
        MarkStatusesAsSensitive = "mark_statuses_as_sensitive",
        /// Some of its posts were deleted.
        DeleteStatuses = "delete_statuses",
        /// Its future posts are marked sensitive.
        Sensitive = "sensitive",
        /// It is limited: only its followers come across it.
        Silence = "silence",
        /// It is suspended.
        Suspend = "suspend",
    }

    /// What became of an appeal.
    pub enum AppealState {
        /// The moderators took the warning back.
        Approved = "approved",
        /// The moderators did not.
        Rejected = "rejected",
        /// The moderators have not decided.
        Pending = "pending",
    }
}

entity! {
    /// A report of yours to the moderators.
    ///
    /// See <https://docs.joinmastodon.org/entities/Report/>
    pub struct Report {
        /// Identifies the report.
        id: String,
        /// Whether the moderators have dealt with it.
        action_taken: bool,
        /// When they did, ISO 8601; `null` while they have not. Absent in older servers.
        action_taken_at?: Option<String>,
        /// What it is about. Absent before 3.5.0.
        category?: ReportCategory,
        /// What you wrote to them; may be empty.
        comment: String,
        /// Whether the report was forwarded to the account's server. Absent before 4.0.0.
        forwarded?: bool,
        /// When you made it, ISO 8601 in UTC.
        created_at: String,
        /// The ids of the reported posts; `null` when no post is named.
        status_ids: Option<Vec<String>>,
        /// The ids of the rules that were broken; `null` when none is named. Absent before 4.0.0.
        rule_ids?: Option<Vec<String>>,
        /// The ids of the reported collections; `null` when none is named. Absent before 4.6.0.
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
        /// What they did beside it.
        action: AccountWarningAction,
        /// What they wrote.
        text: String,
        /// The ids of the posts that it is about; `null` when it is about none.
        status_ids: Option<Vec<String>>,
        /// The warned account.
        target_account: Account,
        /// The account's appeal; `null` when it made none.
        appeal: Option<Appeal>,
        /// When it was sent, ISO 8601 in UTC.
        created_at: String,
    }

    /// What an account said against a warning.
    ///
    /// See <https://docs.joinmastodon.org/entities/Appeal/>
    pub struct Appeal {
        /// What it said.
        text: String,
        /// What became of it.
        state: AppealState,
    }
}

//! Annual reports ("Wrapstodon").

use super::declare::{entity, one_of, open_enum};
use super::{Account, JsonObject, Status};

open_enum! {
    /// What kind of user someone was in a year.
    pub enum AnnualReportArchetype {
        /// Read more than they wrote.
        Lurker = "lurker",
        /// Boosted more than they wrote.
        Booster = "booster",
        /// Published polls.
        Pollster = "pollster",
        /// Replied to others.
        Replier = "replier",
        /// Wrote statuses of their own.
        Oracle = "oracle",
    }

    /// The state of an annual report.
    pub enum AnnualReportStateName {
        /// It is ready.
        Available = "available",
        /// It is being generated.
        Generating = "generating",
        /// It can be generated on request.
        Eligible = "eligible",
        /// It cannot be generated: the year is not over, or you wrote too little in it.
        Ineligible = "ineligible",
    }
}

entity! {
    /// The annual report that a notification is about.
    ///
    /// See <https://docs.joinmastodon.org/methods/grouped_notifications/#NotificationGroup>
    pub struct AnnualReportEvent {
        /// The year, as a number in a string.
        year: String,
    }

    /// The state of an annual report.
    ///
    /// See <https://docs.joinmastodon.org/methods/annual_reports/#get-state>
    pub struct AnnualReportState {
        /// The state.
        state: AnnualReportStateName,
    }

    /// An annual report of a user.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct AnnualReport {
        /// The year.
        year: u64,
        /// The data; its format depends on `schema_version`.
        data: AnnualReportData,
        /// The version of the format of `data`: 1 before 4.6.0, 2 since.
        schema_version: u64,
        /// URL where everyone can read it; `null` when it is not public. Absent before 4.6.0.
        share_url?: Option<String>,
        /// The id of the account that it is about. Absent before 4.6.0.
        account_id?: String,
    }

    /// Annual reports, with the accounts and statuses that they refer to.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct WrappedAnnualReports {
        /// The reports.
        annual_reports: Vec<AnnualReport>,
        /// The accounts that the reports refer to, each once.
        accounts: Vec<Account>,
        /// The statuses that the reports refer to, each once.
        statuses: Vec<Status>,
    }

    /// The data of an annual report, in the first format.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct AnnualReportDataV1 {
        /// The user's archetype.
        archetype: AnnualReportArchetype,
        /// How many statuses of each kind the user wrote.
        type_distribution: AnnualReportTypeDistribution,
        /// The user's statuses with the most reactions.
        top_statuses: AnnualReportTopStatusesV1,
        /// The applications that the user wrote most statuses with.
        most_used_apps: Vec<AnnualReportNameAndCount>,
        /// The accounts that the user replied to most.
        commonly_interacted_with_accounts: Vec<AnnualReportAccountAndCount>,
        /// The activity by month.
        time_series: Vec<AnnualReportTimeSeriesEntryV1>,
        /// The hashtags that the user used most.
        top_hashtags: Vec<AnnualReportNameAndCount>,
        /// The accounts that the user boosted most.
        most_reblogged_accounts: Vec<AnnualReportAccountAndCount>,
        /// How the user compares with others on the server.
        percentiles: AnnualReportPercentiles,
    }

    /// The data of an annual report, in the second format.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct AnnualReportDataV2 {
        /// The user's archetype.
        archetype: AnnualReportArchetype,
        /// The user's statuses with the most reactions.
        top_statuses: AnnualReportTopStatusesV2,
        /// The activity by month.
        time_series: Vec<AnnualReportTimeSeriesEntryV2>,
        /// The hashtags that the user used most.
        top_hashtags: Vec<AnnualReportNameAndCount>,
    }

    /// A user's statuses with the most reactions in a year, in the first format.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct AnnualReportTopStatusesV1 {
        /// The id of the status with the most boosts; `null` when none was boosted.
        by_reblogs: Option<String>,
        /// The id of the status with the most favourites; `null` when none was favourited.
        by_favourites: Option<String>,
        /// The id of the status with the most replies; `null` when none had replies.
        by_replies: Option<String>,
    }

    /// A user's statuses with the most reactions in a year, in the second format.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct AnnualReportTopStatusesV2 {
        /// The id of the status with the most boosts; `null` when none was boosted.
        by_reblogs: Option<String>,
        /// The id of the status with the most favourites; `null` when none was favourited.
        by_favourites: Option<String>,
        /// The id of the status with the most replies; `null` when none had replies.
        by_replies: Option<String>,
    }

    /// The activity in one month, in the first format.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct AnnualReportTimeSeriesEntryV1 {
        /// The month, from 1 to 12.
        month: u64,
        /// How many statuses the user wrote.
        statuses: u64,
        /// How many accounts the user followed.
        following: u64,
        /// How many followers the user gained.
        followers: u64,
    }

    /// The activity in one month, in the second format.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct AnnualReportTimeSeriesEntryV2 {
        /// The month, from 1 to 12.
        month: u64,
        /// How many statuses the user wrote.
        statuses: u64,
        /// How many followers the user gained.
        followers: u64,
    }

    /// How many statuses of each kind a user wrote in a year.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct AnnualReportTypeDistribution {
        /// All statuses.
        total: u64,
        /// Boosts.
        reblogs: u64,
        /// Replies.
        replies: u64,
        /// Statuses that are neither boosts nor replies.
        standalone: u64,
    }

    /// How often a hashtag or an application was used in a year.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct AnnualReportNameAndCount {
        /// The name of the hashtag, without `#`, or of the application.
        name: String,
        /// How often.
        count: u64,
    }

    /// How often a user replied to or boosted an account in a year.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct AnnualReportAccountAndCount {
        /// The id of the account.
        account_id: String,
        /// How often.
        count: u64,
    }

    /// How a user compares with others on the server in a year.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct AnnualReportPercentiles {
        /// The share of users who wrote fewer statuses, in percent.
        statuses: f64,
    }
}

one_of! {
    /// The data of an annual report. The format depends on `schema_version`.
    pub enum AnnualReportData {
        /// The first format. It is tried first, because it has all fields of the second.
        V1(AnnualReportDataV1),
        /// The second format.
        V2(AnnualReportDataV2),
        /// A format of a later server.
        Other(JsonObject),
    }
}

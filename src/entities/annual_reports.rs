//! Reports on somebody's year ("Wrapstodon").

use super::declare::{entity, one_of, open_enum};
use super::{Account, JsonObject, Status};

open_enum! {
    /// What sort of writer somebody was in a year.
    pub enum AnnualReportArchetype {
        /// Read more than wrote.
        Lurker = "lurker",
        /// Boosted more than wrote.
        Booster = "booster",
        /// Made polls.
        Pollster = "pollster",
        /// Answered others.
        Replier = "replier",
        /// Wrote posts of their own.
        Oracle = "oracle",
    }

    /// How far the report on a year has come.
    pub enum AnnualReportStateName {
        /// It is there.
        Available = "available",
        /// It is being made.
        Generating = "generating",
        /// It can be made when you ask for it.
        Eligible = "eligible",
        /// It cannot be made: the year is not over, or you wrote too little in it.
        Ineligible = "ineligible",
    }
}

entity! {
    /// Says that the report on a year is there.
    ///
    /// See <https://docs.joinmastodon.org/methods/grouped_notifications/#NotificationGroup>
    pub struct AnnualReportEvent {
        /// The year, as a number in a string.
        year: String,
    }

    /// How far the report on a year has come.
    ///
    /// See <https://docs.joinmastodon.org/methods/annual_reports/#get-state>
    pub struct AnnualReportState {
        /// How far it has come.
        state: AnnualReportStateName,
    }

    /// A report on somebody's year.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct AnnualReport {
        /// The year.
        year: u64,
        /// The data; its form depends on `schema_version`.
        data: AnnualReportData,
        /// Which form `data` has: 1 before 4.6.0, 2 since.
        schema_version: u64,
        /// Where everyone can read it; `null` when it was not made public. Absent before 4.6.0.
        share_url?: Option<String>,
        /// The id of the account that it is about. Absent before 4.6.0.
        account_id?: String,
    }

    /// Reports, and once each the accounts and posts that they name.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct WrappedAnnualReports {
        /// The reports.
        annual_reports: Vec<AnnualReport>,
        /// The accounts that they name.
        accounts: Vec<Account>,
        /// The posts that they name.
        statuses: Vec<Status>,
    }

    /// The data of a report, in its first form.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct AnnualReportDataV1 {
        /// The user's archetype.
        archetype: AnnualReportArchetype,
        /// How many posts of each kind they wrote.
        type_distribution: AnnualReportTypeDistribution,
        /// Their posts with the most reactions.
        top_statuses: AnnualReportTopStatusesV1,
        /// The applications that they wrote most with.
        most_used_apps: Vec<AnnualReportNameAndCount>,
        /// The accounts that they replied to most.
        commonly_interacted_with_accounts: Vec<AnnualReportAccountAndCount>,
        /// What happened month by month.
        time_series: Vec<AnnualReportTimeSeriesEntryV1>,
        /// The hashtags that they used most.
        top_hashtags: Vec<AnnualReportNameAndCount>,
        /// The people whom they boosted most.
        most_reblogged_accounts: Vec<AnnualReportAccountAndCount>,
        /// How they compare with others on the server.
        percentiles: AnnualReportPercentiles,
    }

    /// The data of a report, in its second form.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct AnnualReportDataV2 {
        /// The user's archetype.
        archetype: AnnualReportArchetype,
        /// Their posts with the most reactions.
        top_statuses: AnnualReportTopStatusesV2,
        /// What happened month by month.
        time_series: Vec<AnnualReportTimeSeriesEntryV2>,
        /// The hashtags that they used most.
        top_hashtags: Vec<AnnualReportNameAndCount>,
    }

    /// Somebody's posts with the most reactions in a year, in the first form.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct AnnualReportTopStatusesV1 {
        /// The id of the one with the most boosts; `null` when none had any.
        by_reblogs: Option<String>,
        /// The id of the one with the most favourites; `null` when none had any.
        by_favourites: Option<String>,
        /// The id of the one with the most replies; `null` when none had any.
        by_replies: Option<String>,
    }

    /// Somebody's posts with the most reactions in a year, in the second form.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct AnnualReportTopStatusesV2 {
        /// The id of the one with the most boosts; `null` when none had any.
        by_reblogs: Option<String>,
        /// The id of the one with the most favourites; `null` when none had any.
        by_favourites: Option<String>,
        /// The id of the one with the most replies; `null` when none had any.
        by_replies: Option<String>,
    }

    /// What happened in one month, in the first form.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct AnnualReportTimeSeriesEntryV1 {
        /// The month, from 1 to 12.
        month: u64,
        /// How many posts the user wrote.
        statuses: u64,
        /// How many accounts they began to follow.
        following: u64,
        /// How many followers they won.
        followers: u64,
    }

    /// What happened in one month, in the second form.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct AnnualReportTimeSeriesEntryV2 {
        /// The month, from 1 to 12.
        month: u64,
        /// How many posts the user wrote.
        statuses: u64,
        /// How many followers they won.
        followers: u64,
    }

    /// How many posts of each kind somebody wrote in a year.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct AnnualReportTypeDistribution {
        /// All.
        total: u64,
        /// Boosts.
        reblogs: u64,
        /// Answers.
        replies: u64,
        /// Posts that are neither.
        standalone: u64,
    }

    /// How often something with a name was used in a year.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct AnnualReportNameAndCount {
        /// What: a hashtag without `#`, or an application.
        name: String,
        /// How often.
        count: u64,
    }

    /// How often somebody had to do with an account in a year.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct AnnualReportAccountAndCount {
        /// The id of the account.
        account_id: String,
        /// How often.
        count: u64,
    }

    /// How somebody compares with others on the server in a year.
    ///
    /// See <https://docs.joinmastodon.org/entities/AnnualReport/>
    pub struct AnnualReportPercentiles {
        /// The share of people, in percent, who wrote fewer posts.
        statuses: f64,
    }
}

one_of! {
    /// The data of a report: which of these depends on its `schema_version`.
    pub enum AnnualReportData {
        /// The first form. It has all fields of the second, so that it is tried first.
        V1(AnnualReportDataV1),
        /// The second form.
        V2(AnnualReportDataV2),
        /// A form of some later server.
        Other(JsonObject),
    }
}

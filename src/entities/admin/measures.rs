//! Statistics of the server, for moderators.

use crate::entities::declare::{entity, open_enum};

open_enum! {
    /// What a measure counts.
    pub enum AdminMeasureKey {
        /// Active users.
        ActiveUsers = "active_users",
        /// Users who registered.
        NewUsers = "new_users",
        /// Reactions to local statuses.
        Interactions = "interactions",
        /// New reports.
        OpenedReports = "opened_reports",
        /// Reports that were resolved.
        ResolvedReports = "resolved_reports",
        /// Accounts that used a hashtag.
        TagAccounts = "tag_accounts",
        /// Statuses with a hashtag.
        TagUses = "tag_uses",
        /// Servers on which a hashtag was used.
        TagServers = "tag_servers",
        /// Accounts of a remote server.
        InstanceAccounts = "instance_accounts",
        /// Disk space used by media of a remote server, in bytes.
        InstanceMediaAttachments = "instance_media_attachments",
        /// Reports about accounts of a remote server.
        InstanceReports = "instance_reports",
        /// Statuses from a remote server.
        InstanceStatuses = "instance_statuses",
        /// Accounts of a remote server that have local followers.
        InstanceFollows = "instance_follows",
        /// Accounts of a remote server that follow local accounts.
        InstanceFollowers = "instance_followers",
    }

    /// What a dimension counts, and by which category.
    pub enum AdminDimensionKey {
        /// Active users, by language.
        Languages = "languages",
        /// Registrations, by application.
        Sources = "sources",
        /// Statuses, by server of origin.
        Servers = "servers",
        /// Disk space, by the service that uses it.
        SpaceUsage = "space_usage",
        /// Versions of the server's software.
        SoftwareVersions = "software_versions",
        /// Statuses with a hashtag, by server.
        TagServers = "tag_servers",
        /// Statuses with a hashtag, by language.
        TagLanguages = "tag_languages",
        /// Accounts of a remote server, by number of local followers.
        InstanceAccounts = "instance_accounts",
        /// Statuses from a remote server, by language.
        InstanceLanguages = "instance_languages",
    }

    /// The length of the periods in a retention statistic.
    pub enum AdminRetentionFrequency {
        /// A day.
        Day = "day",
        /// A month.
        Month = "month",
    }
}

entity! {
    /// A count for each day.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_Measure/>
    pub struct AdminMeasure {
        /// What is counted.
        key: AdminMeasureKey,
        /// The unit, such as `bytes`; `null` for plain numbers.
        unit: Option<String>,
        /// The total, as a number in a string.
        total: String,
        /// The total as readable text. Absent or `null` for plain numbers.
        human_value?: Option<String>,
        /// The total of the previous period of the same length, as a number in a string. Absent or `null`
        /// when there is none.
        previous_total?: Option<String>,
        /// The counts by day.
        data: Vec<AdminMeasureData>,
    }

    /// The count of one day.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_Measure/#data>
    pub struct AdminMeasureData {
        /// Midnight of the day, ISO 8601.
        date: String,
        /// The count, as a number in a string.
        value: String,
    }

    /// Counts by category, such as language or server.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_Dimension/>
    pub struct AdminDimension {
        /// What is counted, and by which category.
        key: AdminDimensionKey,
        /// The categories, the largest first.
        data: Vec<AdminDimensionData>,
    }

    /// The count of one category.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_Dimension/#Data>
    pub struct AdminDimensionData {
        /// The category, for programs.
        key: String,
        /// The category, as readable text.
        human_key: String,
        /// The count, as a number in a string, or a version.
        value: String,
        /// The unit, such as `bytes`. Absent for plain numbers.
        unit?: Option<String>,
        /// The count as readable text. Absent for plain numbers.
        human_value?: Option<String>,
    }

    /// How many of the users who registered in one period were active in later periods.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_Cohort/>
    pub struct AdminRetention {
        /// The first day of the period, ISO 8601.
        period: String,
        /// The length of the periods.
        frequency: AdminRetentionFrequency,
        /// The active users, by period.
        data: Vec<AdminCohort>,
    }

    /// The users who were active in one period.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_Cohort/#CohortData>
    pub struct AdminCohort {
        /// The first day of the period, ISO 8601.
        date: String,
        /// The share of the registered users who were active, from 0 to 1.
        rate: f64,
        /// How many were active, as a number in a string.
        value: String,
    }
}

//! Numbers about the server, for moderators.

use crate::entities::declare::{entity, open_enum};

open_enum! {
    /// What a measure counts.
    pub enum AdminMeasureKey {
        /// People who were active.
        ActiveUsers = "active_users",
        /// People who registered.
        NewUsers = "new_users",
        /// Reactions to local posts.
        Interactions = "interactions",
        /// Reports that came in.
        OpenedReports = "opened_reports",
        /// Reports that were dealt with.
        ResolvedReports = "resolved_reports",
        /// People who used a hashtag.
        TagAccounts = "tag_accounts",
        /// Posts with a hashtag.
        TagUses = "tag_uses",
        /// Servers from which a hashtag was used.
        TagServers = "tag_servers",
        /// Accounts of another server.
        InstanceAccounts = "instance_accounts",
        /// Space that media of another server take, in bytes.
        InstanceMediaAttachments = "instance_media_attachments",
        /// Reports about another server's accounts.
        InstanceReports = "instance_reports",
        /// Posts from another server.
        InstanceStatuses = "instance_statuses",
        /// Accounts of another server that are followed from here.
        InstanceFollows = "instance_follows",
        /// Accounts of another server that follow somebody here.
        InstanceFollowers = "instance_followers",
    }

    /// By what a dimension sorts.
    pub enum AdminDimensionKey {
        /// Active people, by language.
        Languages = "languages",
        /// Registrations, by application.
        Sources = "sources",
        /// Posts, by the server that they came from.
        Servers = "servers",
        /// Space in use, by what takes it.
        SpaceUsage = "space_usage",
        /// Versions of the software on the server.
        SoftwareVersions = "software_versions",
        /// Posts with a hashtag, by server.
        TagServers = "tag_servers",
        /// Posts with a hashtag, by language.
        TagLanguages = "tag_languages",
        /// Accounts of another server, by how much they are followed from here.
        InstanceAccounts = "instance_accounts",
        /// Posts from another server, by language.
        InstanceLanguages = "instance_languages",
    }

    /// The length of the periods of a retention.
    pub enum AdminRetentionFrequency {
        /// A day.
        Day = "day",
        /// A month.
        Month = "month",
    }
}

entity! {
    /// Something counted day by day.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_Measure/>
    pub struct AdminMeasure {
        /// What is counted.
        key: AdminMeasureKey,
        /// The unit, such as `bytes`; `null` for plain numbers.
        unit: Option<String>,
        /// The sum, as a number in a string.
        total: String,
        /// The sum as people read it. Absent for plain numbers.
        human_value?: Option<String>,
        /// The sum of as many days before, as a number in a string; `null` or absent where there is
        /// none.
        previous_total?: Option<String>,
        /// The numbers day by day.
        data: Vec<AdminMeasureData>,
    }

    /// What was counted on one day.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_Measure/#data>
    pub struct AdminMeasureData {
        /// Midnight of the day, ISO 8601.
        date: String,
        /// How many, as a number in a string.
        value: String,
    }

    /// Something sorted by what it is.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_Dimension/>
    pub struct AdminDimension {
        /// By what it is sorted.
        key: AdminDimensionKey,
        /// The sorts, the largest first.
        data: Vec<AdminDimensionData>,
    }

    /// One sort of something.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_Dimension/#Data>
    pub struct AdminDimensionData {
        /// Which sort, for programs.
        key: String,
        /// Which sort, for people.
        human_key: String,
        /// How much of it: a number in a string, or a version.
        value: String,
        /// The unit, such as `bytes`. Absent for plain numbers.
        unit?: Option<String>,
        /// How much of it, as people read it. Absent for plain numbers.
        human_value?: Option<String>,
    }

    /// How many of those who registered in a period came back in later ones.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_Cohort/>
    pub struct AdminRetention {
        /// The first day of the period, ISO 8601.
        period: String,
        /// The length of periods.
        frequency: AdminRetentionFrequency,
        /// How many came back, period by period.
        data: Vec<AdminCohort>,
    }

    /// How many came back in one period.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_Cohort/#CohortData>
    pub struct AdminCohort {
        /// The first day of the period, ISO 8601.
        date: String,
        /// The share that came back, from 0 to 1.
        rate: f64,
        /// How many came back, as a number in a string.
        value: String,
    }
}

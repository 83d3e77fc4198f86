//! Reports, for moderators: <https://docs.joinmastodon.org/methods/admin/reports/>

use crate::api::declare::methods;
use crate::api::endpoint::{get, post, put};
use crate::entities::ReportCategory;
use crate::params::{Argument, Id, Ids, Kind, RequestOptions, WriteOptions, options};

impl Argument for ReportCategory {
    const KIND: Kind = Kind::Text;
}

options! {
    /// Options of `adminReports`.
    get AdminReportsOptions {
        /// Only reports that are resolved; those that are not when it is `false` or not said.
        resolved: bool,
        /// Only reports that this account made.
        account_id: Id,
        /// Only reports on this account.
        target_account_id: Id,
        /// Only entries older than this one.
        max_id: Id,
        /// Only entries newer than this one, beginning right after it.
        min_id: Id,
        /// Only entries newer than this one, beginning with the newest.
        since_id: Id,
        /// How many: at most 200, 100 when it is not said.
        limit: u32,
        /// Only reports that are not resolved. Since 4.6.0.
        unresolved: bool,
    }

    /// Options of `adminReportUpdate`. What is not given stays as it is.
    post AdminReportUpdateOptions {
        /// What the report is about.
        category: ReportCategory,
        /// The rules that were broken, for the category `violation`.
        rule_ids: Ids,
    }
}

methods! {
    /// The reports, the newest first.
    ///
    /// `GET /api/v1/admin/reports` · scope `admin:read:reports` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/reports/#get)
    adminReports(; AdminReportsOptions) -> "Page<AdminReport>" =
        get("/api/v1/admin/reports").since([2, 9, 1], [4, 6, 0]).page();

    /// One report.
    ///
    /// `GET /api/v1/admin/reports/{id}` · scope `admin:read:reports` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/reports/#get-one)
    adminReport(id: Id; RequestOptions) -> "AdminReport" =
        get("/api/v1/admin/reports/{id}").since([2, 9, 1], [2, 9, 1]);

    /// Changes what a report is about.
    ///
    /// `PUT /api/v1/admin/reports/{id}` · scope `admin:write:reports` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/reports/#update)
    adminReportUpdate(id: Id; AdminReportUpdateOptions) -> "AdminReport" =
        put("/api/v1/admin/reports/{id}").since([3, 5, 0], [4, 0, 0]);

    /// Takes a report on: it is yours to handle.
    ///
    /// `POST /api/v1/admin/reports/{id}/assign_to_self` · scope `admin:write:reports` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/reports/#assign_to_self)
    adminReportAssign(id: Id; WriteOptions) -> "AdminReport" =
        post("/api/v1/admin/reports/{id}/assign_to_self").since([2, 9, 1], [2, 9, 1]);

    /// Gives a report back: it is nobody's to handle.
    ///
    /// `POST /api/v1/admin/reports/{id}/unassign` · scope `admin:write:reports` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/reports/#unassign)
    adminReportUnassign(id: Id; WriteOptions) -> "AdminReport" =
        post("/api/v1/admin/reports/{id}/unassign").since([2, 9, 1], [2, 9, 1]);

    /// Closes a report.
    ///
    /// `POST /api/v1/admin/reports/{id}/resolve` · scope `admin:write:reports` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/reports/#resolve)
    adminReportResolve(id: Id; WriteOptions) -> "AdminReport" =
        post("/api/v1/admin/reports/{id}/resolve").since([2, 9, 1], [2, 9, 1]);

    /// Opens a closed report again.
    ///
    /// `POST /api/v1/admin/reports/{id}/reopen` · scope `admin:write:reports` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/reports/#reopen)
    adminReportReopen(id: Id; WriteOptions) -> "AdminReport" =
        post("/api/v1/admin/reports/{id}/reopen").since([2, 9, 1], [2, 9, 1]);
}

//! Reports, for moderators: <https://docs.joinmastodon.org/methods/admin/reports/>

use crate::api::declare::methods;
use crate::client::call::Call;
use crate::endpoint::{get, post, put};
use crate::entities::{AdminReport, ReportCategory};
use crate::error::Error;
use crate::params::{Argument, Id, Ids, Kind, RequestOptions, WriteOptions, options};

impl Argument for ReportCategory {
    const KIND: Kind = Kind::Open(Self::NAMES);
}

options! {
    /// Options of `adminReports`.
    get AdminReportsOptions {
        /// Only resolved reports. Default: `false`, only unresolved ones.
        resolved: bool,
        /// Only reports by this account.
        account_id: Id,
        /// Only reports on this account.
        target_account_id: Id,
        /// Only entries older than this one.
        max_id: Id,
        /// Only entries newer than this one, beginning right after it.
        min_id: Id,
        /// Only entries newer than this one, beginning with the newest.
        since_id: Id,
        /// How many. Default: 100, at most 200.
        limit: u32,
        /// Only unresolved reports. Since 4.6.0.
        unresolved: bool,
    }

    /// Options of `adminReportUpdate`. Fields that are left out stay as they are.
    post AdminReportUpdateOptions {
        /// The category.
        category: ReportCategory,
        /// The rules that were violated, for the category `violation`.
        rule_ids: Ids,
    }
}

/// Servers before 4.6.0 only look whether they are there.
fn drop_false_flags(call: &mut Call) -> Result<(), Error> {
    call.drop_false(&["resolved", "unresolved"]);
    Ok(())
}

methods! {
    /// The reports, newest first.
    ///
    /// `GET /api/v1/admin/reports` · scope `admin:read:reports` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/reports/#get)
    admin_reports as adminReports(; AdminReportsOptions) -> Page<AdminReport> =
        get("/api/v1/admin/reports").since([2, 9, 1], [4, 6, 0]).page() => prepare(drop_false_flags);

    /// One report.
    ///
    /// `GET /api/v1/admin/reports/{id}` · scope `admin:read:reports` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/reports/#get-one)
    admin_report as adminReport(id: Id; RequestOptions) -> AdminReport =
        get("/api/v1/admin/reports/{id}").since([2, 9, 1], [2, 9, 1]);

    /// Updates the category of a report.
    ///
    /// `PUT /api/v1/admin/reports/{id}` · scope `admin:write:reports` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/reports/#update)
    admin_report_update as adminReportUpdate(id: Id; AdminReportUpdateOptions) -> AdminReport =
        put("/api/v1/admin/reports/{id}").since([3, 5, 0], [4, 0, 0]);

    /// Assigns a report to the user.
    ///
    /// `POST /api/v1/admin/reports/{id}/assign_to_self` · scope `admin:write:reports` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/reports/#assign_to_self)
    admin_report_assign as adminReportAssign(id: Id; WriteOptions) -> AdminReport =
        post("/api/v1/admin/reports/{id}/assign_to_self").since([2, 9, 1], [2, 9, 1]);

    /// Unassigns a report.
    ///
    /// `POST /api/v1/admin/reports/{id}/unassign` · scope `admin:write:reports` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/reports/#unassign)
    admin_report_unassign as adminReportUnassign(id: Id; WriteOptions) -> AdminReport =
        post("/api/v1/admin/reports/{id}/unassign").since([2, 9, 1], [2, 9, 1]);

    /// Resolves a report.
    ///
    /// `POST /api/v1/admin/reports/{id}/resolve` · scope `admin:write:reports` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/reports/#resolve)
    admin_report_resolve as adminReportResolve(id: Id; WriteOptions) -> AdminReport =
        post("/api/v1/admin/reports/{id}/resolve").since([2, 9, 1], [2, 9, 1]);

    /// Reopens a resolved report.
    ///
    /// `POST /api/v1/admin/reports/{id}/reopen` · scope `admin:write:reports` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/reports/#reopen)
    admin_report_reopen as adminReportReopen(id: Id; WriteOptions) -> AdminReport =
        post("/api/v1/admin/reports/{id}/reopen").since([2, 9, 1], [2, 9, 1]);
}

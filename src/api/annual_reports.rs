//! Reports on a year: <https://docs.joinmastodon.org/methods/annual_reports/>

use crate::api::declare::methods;
use crate::api::endpoint::{get, post};
use crate::params::{Int, RequestOptions, WriteOptions};

methods! {
    /// The reports that were not read yet.
    ///
    /// `GET /api/v1/annual_reports` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/annual_reports/#index)
    annualReports(; RequestOptions) -> "WrappedAnnualReports" =
        get("/api/v1/annual_reports").since([4, 3, 0], [4, 3, 0]);

    /// The report on a year.
    ///
    /// `GET /api/v1/annual_reports/{year}` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/annual_reports/#get)
    ///
    /// `MastodonNotFoundError` where there is none.
    annualReport(year: Int; RequestOptions) -> "WrappedAnnualReports" =
        get("/api/v1/annual_reports/{year}").since([4, 4, 0], [4, 4, 0]);

    /// Whether there is a report on a year, or could be.
    ///
    /// `GET /api/v1/annual_reports/{year}/state` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/annual_reports/#get-state)
    ///
    /// While the server is at work on it, the answer says when to ask again: see `awaitAsyncRefresh`.
    annualReportState(year: Int; RequestOptions) -> "AnnualReportState" =
        get("/api/v1/annual_reports/{year}/state").since([4, 6, 0], [4, 6, 0]);

    /// Has the server make the report on a year, which takes it a while.
    ///
    /// `POST /api/v1/annual_reports/{year}/generate` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/annual_reports/#generate)
    annualReportGenerate(year: Int; WriteOptions) -> "void" =
        post("/api/v1/annual_reports/{year}/generate").since([4, 6, 0], [4, 6, 0]).nothing();

    /// Marks the report on a year as read.
    ///
    /// `POST /api/v1/annual_reports/{year}/read` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/annual_reports/#read)
    annualReportRead(year: Int; WriteOptions) -> "void" =
        post("/api/v1/annual_reports/{year}/read").since([4, 3, 0], [4, 3, 0]).nothing();
}

//! Annual reports: <https://docs.joinmastodon.org/methods/annual_reports/>

use crate::api::declare::methods;
use crate::endpoint::{get, post};
use crate::entities::{AnnualReportState, WrappedAnnualReports};
use crate::params::{Int, RequestOptions, WriteOptions};

methods! {
    /// The annual reports that the user has not read.
    ///
    /// `GET /api/v1/annual_reports` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/annual_reports/#index)
    annual_reports as annualReports(; RequestOptions) -> WrappedAnnualReports =
        get("/api/v1/annual_reports").since([4, 3, 0], [4, 3, 0]);

    /// The report on one year.
    ///
    /// `GET /api/v1/annual_reports/{year}` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/annual_reports/#get)
    ///
    /// `MastodonNotFoundError` if there is none.
    annual_report as annualReport(year: Int; RequestOptions) -> WrappedAnnualReports =
        get("/api/v1/annual_reports/{year}").since([4, 4, 0], [4, 4, 0]);

    /// Whether there is a report on a year, or whether it can be generated.
    ///
    /// `GET /api/v1/annual_reports/{year}/state` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/annual_reports/#get-state)
    ///
    /// While the server is generating it, the result carries an async refresh: see `awaitAsyncRefresh`.
    annual_report_state as annualReportState(year: Int; RequestOptions) -> AnnualReportState =
        get("/api/v1/annual_reports/{year}/state").since([4, 6, 0], [4, 6, 0]);

    /// Generates the report on a year, which takes the server a while.
    ///
    /// `POST /api/v1/annual_reports/{year}/generate` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/annual_reports/#generate)
    annual_report_generate as annualReportGenerate(year: Int; WriteOptions) -> Nothing =
        post("/api/v1/annual_reports/{year}/generate").since([4, 6, 0], [4, 6, 0]).nothing();

    /// Marks the report on a year as read.
    ///
    /// `POST /api/v1/annual_reports/{year}/read` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/annual_reports/#read)
    annual_report_read as annualReportRead(year: Int; WriteOptions) -> Nothing =
        post("/api/v1/annual_reports/{year}/read").since([4, 3, 0], [4, 3, 0]).nothing();
}

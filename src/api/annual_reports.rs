//! Reports on a year: <https://docs.joinmastodon.org/methods/annual_reports/>

use crate::client::{Endpoint, Mastodon, arg};
use crate::params::{Int, RequestOptions, WriteOptions};
use js_sys::Promise;
use tsify::Ts;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
impl Mastodon {
    /// The reports that were not read yet.
    ///
    /// `GET /api/v1/annual_reports` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/annual_reports/#index)
    #[wasm_bindgen(
        js_name = annualReports,
        unchecked_return_type = "Promise<WrappedAnnualReports>"
    )]
    pub fn annual_reports(&self, options: Option<Ts<RequestOptions>>) -> Promise {
        const REPORTS: Endpoint =
            Endpoint::get("annualReports", "/api/v1/annual_reports").since([4, 3, 0], [4, 3, 0]);
        self.call(&REPORTS, &[], options)
    }

    /// The report on a year.
    ///
    /// `GET /api/v1/annual_reports/{year}` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/annual_reports/#get)
    ///
    /// `MastodonNotFoundError` where there is none.
    #[wasm_bindgen(
        js_name = annualReport,
        unchecked_return_type = "Promise<WrappedAnnualReports>"
    )]
    pub fn annual_report(&self, year: Ts<Int>, options: Option<Ts<RequestOptions>>) -> Promise {
        const REPORT: Endpoint = Endpoint::get("annualReport", "/api/v1/annual_reports/{year}")
            .since([4, 4, 0], [4, 4, 0]);
        self.call(&REPORT, &[arg("year", year)], options)
    }

    /// Whether there is a report on a year, or could be.
    ///
    /// `GET /api/v1/annual_reports/{year}/state` · scope `read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/annual_reports/#get-state)
    ///
    /// While the server is at work on it, the answer says when to ask again: see `awaitAsyncRefresh`.
    #[wasm_bindgen(
        js_name = annualReportState,
        unchecked_return_type = "Promise<AnnualReportState>"
    )]
    pub fn annual_report_state(
        &self,
        year: Ts<Int>,
        options: Option<Ts<RequestOptions>>,
    ) -> Promise {
        const STATE: Endpoint =
            Endpoint::get("annualReportState", "/api/v1/annual_reports/{year}/state")
                .since([4, 6, 0], [4, 6, 0]);
        self.call(&STATE, &[arg("year", year)], options)
    }

    /// Has the server make the report on a year, which takes it a while.
    ///
    /// `POST /api/v1/annual_reports/{year}/generate` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/annual_reports/#generate)
    #[wasm_bindgen(js_name = annualReportGenerate, unchecked_return_type = "Promise<void>")]
    pub fn annual_report_generate(
        &self,
        year: Ts<Int>,
        options: Option<Ts<WriteOptions>>,
    ) -> Promise {
        const GENERATE: Endpoint = Endpoint::post(
            "annualReportGenerate",
            "/api/v1/annual_reports/{year}/generate",
        )
        .since([4, 6, 0], [4, 6, 0])
        .nothing();
        self.call(&GENERATE, &[arg("year", year)], options)
    }

    /// Marks the report on a year as read.
    ///
    /// `POST /api/v1/annual_reports/{year}/read` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/annual_reports/#read)
    #[wasm_bindgen(js_name = annualReportRead, unchecked_return_type = "Promise<void>")]
    pub fn annual_report_read(&self, year: Ts<Int>, options: Option<Ts<WriteOptions>>) -> Promise {
        const READ: Endpoint =
            Endpoint::post("annualReportRead", "/api/v1/annual_reports/{year}/read")
                .since([4, 3, 0], [4, 3, 0])
                .nothing();
        self.call(&READ, &[arg("year", year)], options)
    }
}

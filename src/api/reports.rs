//! Reports to moderators.

use crate::api::declare::methods;
use crate::api::endpoint::{get, post};
use crate::params::{Id, Ids, RequestOptions, closed, options};

closed! {
    /// What a report is about: unwanted advertising, a rule of the server, the law, or something else.
    ReportReason: "ReportReason" = "spam" | "violation" | "other" | "legal";
}

options! {
    /// Options of `report`.
    post ReportOptions {
        /// The statuses that it is about.
        status_ids: Ids,
        /// What happened: at most 1000 characters.
        comment: String,
        /// Whether the account's own server hears of it too, where that is another one.
        forward: bool,
        /// What it is about; `"other"`, or `"violation"` where there are `rule_ids`, when it is not said.
        category: ReportReason,
        /// The rules of the server that were broken, for `"violation"`.
        rule_ids: Ids,
        /// The servers to hear of it, where not only the account's own should, as domain names.
        forward_to_domains: Vec<String>,
        /// The collections that it is about.
        collection_ids: Ids,
    }
}

methods! {
    /// Reports an account to the moderators.
    ///
    /// `POST /api/v1/reports` · scope `write:reports` ·
    /// [documentation](https://docs.joinmastodon.org/methods/reports/#post)
    ///
    /// The person reported is not told. A `MastodonAPIError` with status 422 where statuses are not
    /// those of the account.
    report(account_id: Id; ReportOptions) -> "Report" =
        post("/api/v1/reports").since([1, 1, 0], [4, 6, 0]);

    /// The reports that the account has made, on servers before 2.5.0.
    ///
    /// `GET /api/v1/reports`
    ///
    /// Newer servers do not tell: `MastodonVersionError`. The server is asked for its version where
    /// that is not known.
    reports(; RequestOptions) -> "Report[]" =
        get("/api/v1/reports").since([1, 1, 0], [1, 1, 0]);
}

//! Reports to moderators.

use crate::api::declare::methods;
use crate::client::call::{Call, Work};
use crate::client::send::server_version;
use crate::endpoint::{get, post};
use crate::entities::Report;
use crate::error::{Class, Error};
use crate::params::{Id, Ids, RequestOptions, open, options};
use crate::version::Version;

open! {
    /// What a report is about: spam, a violation of the server's rules, illegal content, or other.
    ReportReason: "ReportReason" = Spam "spam" | Violation "violation" | Miscellaneous "other" | Legal "legal";
}

options! {
    /// Options of `report`.
    post ReportOptions {
        /// The statuses that it is about.
        status_ids: Ids,
        /// The comment, at most 1000 characters.
        comment: String,
        /// Whether to forward the report to the account's server, if that is another one.
        forward: bool,
        /// What it is about. Default: `"violation"` with `rule_ids`, else `"other"`.
        category: ReportReason,
        /// The rules of the server that were violated, for `"violation"`.
        rule_ids: Ids,
        /// The servers to forward it to, as domain names. Default: the account's.
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
    /// The reported account is not notified. `MastodonAPIError` with status 422 if a status is not of
    /// that account.
    report as report(account_id: Id; ReportOptions) -> Report =
        post("/api/v1/reports").since([1, 1, 0], [4, 6, 0]);

    /// The user's own reports, on servers before 2.5.0.
    ///
    /// `GET /api/v1/reports`
    ///
    /// `MastodonVersionError` for newer servers, which do not have it. The server's version is requested
    /// first if it is not known.
    reports as reports(; RequestOptions) -> Vec<Report> =
        get("/api/v1/reports").since([1, 1, 0], [1, 1, 0]) => run(reports);
}

/// The server version that no longer has the list of one's own reports.
const REMOVED: Version = Version::new(2, 5, 0);

fn reports(call: Call) -> Result<Work, Error> {
    Ok(Box::pin(async move {
        if server_version(&call.scope)
            .await?
            .is_some_and(|version| version >= REMOVED)
        {
            return Err(Error::new(
                Class::Version,
                &["reports: Mastodon removed this in 2.5.0"],
            ));
        }
        call.send().await
    }))
}

//! Statistics, for administrators: <https://docs.joinmastodon.org/methods/admin/measures/>,
//! <https://docs.joinmastodon.org/methods/admin/dimensions/>,
//! <https://docs.joinmastodon.org/methods/admin/retention/>

use crate::api::declare::methods;
use crate::client::call::Call;
use crate::endpoint::post;
use crate::entities::{AdminDimension, AdminMeasure, AdminRetention, AdminRetentionFrequency};
use crate::error::Error;
use crate::js;
use crate::params::{Argument, Domain, Id, Kind, Timestamp, options};
use js_sys::Array;

impl Argument for AdminRetentionFrequency {
    const KIND: Kind = Kind::Open(Self::NAMES);
}

options! {
    /// Options of `adminMeasures`: what to measure, at least one.
    post AdminMeasuresOptions {
        /// Active users.
        active_users: bool => "",
        /// New users.
        new_users: bool => "",
        /// Interactions: favourites, boosts and replies.
        interactions: bool => "",
        /// Opened reports.
        opened_reports: bool => "",
        /// Resolved reports.
        resolved_reports: bool => "",
        /// The accounts that used this hashtag.
        tag_accounts: Id => "",
        /// The uses of this hashtag.
        tag_uses: Id => "",
        /// The servers from which this hashtag was used.
        tag_servers: Id => "",
        /// The known accounts of this server.
        instance_accounts: Domain => "",
        /// The disk space of media from this server, in bytes.
        instance_media_attachments: Domain => "",
        /// The reports about accounts of this server.
        instance_reports: Domain => "",
        /// The known statuses of this server.
        instance_statuses: Domain => "",
        /// The accounts of this server that are followed from here.
        instance_follows: Domain => "",
        /// The accounts of this server that follow accounts here.
        instance_followers: Domain => "",
    }

    /// Options of `adminDimensions`: the dimensions, at least one.
    post AdminDimensionsOptions {
        /// The maximum length of each list. Default: 10.
        limit: u32,
        /// The languages of active users.
        languages: bool => "",
        /// The applications with which users signed up.
        sources: bool => "",
        /// The servers with the most accounts.
        servers: bool => "",
        /// The disk space by use.
        space_usage: bool => "",
        /// The versions of the server's software.
        software_versions: bool => "",
        /// The servers from which this hashtag was used.
        tag_servers: Id => "",
        /// The languages in which this hashtag was used.
        tag_languages: Id => "",
        /// The accounts of this server with the most followers here.
        instance_accounts: Domain => "",
        /// The languages of statuses from this server.
        instance_languages: Domain => "",
    }

    /// Options of `adminRetention`.
    post AdminRetentionOptions {
        /// The length of the periods. Default: `"day"`.
        frequency: AdminRetentionFrequency,
    }
}

methods! {
    /// How many of the users who signed up in a period came back in later ones.
    ///
    /// `POST /api/v1/admin/retention` · scope `admin:read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/retention/#create)
    admin_retention as adminRetention(start_at: Timestamp, end_at: Timestamp; AdminRetentionOptions) -> Vec<AdminRetention> =
        post("/api/v1/admin/retention").since([3, 5, 0], [3, 5, 0])
            .default(&[("frequency", "day")]);

    /// Measures of a time range, day by day: users, interactions, reports, the use of a hashtag, the
    /// exchange with another server.
    ///
    /// `POST /api/v1/admin/measures` · scope `admin:read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/measures/#get)
    ///
    /// `MastodonIllegalArgumentError` without a measure.
    admin_measures as adminMeasures(start_at: Timestamp, end_at: Timestamp; AdminMeasuresOptions) -> Vec<AdminMeasure> =
        post("/api/v1/admin/measures").since([3, 5, 0], [3, 5, 0]) => prepare(with_keys);

    /// Dimensions of a time range: languages, applications, servers, disk space.
    ///
    /// `POST /api/v1/admin/dimensions` · scope `admin:read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/dimensions/#get)
    ///
    /// `MastodonIllegalArgumentError` without a dimension.
    admin_dimensions as adminDimensions(start_at: Timestamp, end_at: Timestamp; AdminDimensionsOptions) -> Vec<AdminDimension> =
        post("/api/v1/admin/dimensions").since([3, 5, 0], [3, 5, 0]) => prepare(with_keys);
}

/// The server takes names in `keys`, and under a name what it is about where that is a hashtag or a
/// server.
fn with_keys(call: &mut Call) -> Result<(), Error> {
    let keys = Array::new();
    for (name, value) in call.unsent() {
        if value.is_truthy() {
            keys.push(&name.into());
        }
        if value.is_string() {
            let about = if name.starts_with("tag") {
                "id"
            } else {
                "domain"
            };
            call.request.pair(name, js::object(&[(about, value)]));
        }
    }
    if keys.length() == 0 {
        return Err(call.illegal(&["set at least one of the options"]));
    }
    call.request.pair("keys", keys);
    Ok(())
}

//! Statistics, for administrators: <https://docs.joinmastodon.org/methods/admin/measures/>,
//! <https://docs.joinmastodon.org/methods/admin/dimensions/>,
//! <https://docs.joinmastodon.org/methods/admin/retention/>

use crate::api::declare::methods;
use crate::api::endpoint::post;
use crate::entities::AdminRetentionFrequency;
use crate::params::{Argument, Id, Kind, Timestamp, options};
use wasm_bindgen::prelude::*;

impl Argument for AdminRetentionFrequency {
    const KIND: Kind = Kind::OneOf(&["day", "month"]);
}

options! {
    /// Options of `adminMeasures`: what to measure. At least one.
    post AdminMeasuresOptions {
        /// How many accounts were used.
        active_users: bool => "",
        /// How many accounts were made.
        new_users: bool => "",
        /// How many favourites, boosts and answers there were.
        interactions: bool => "",
        /// How many reports came in.
        opened_reports: bool => "",
        /// How many reports were resolved.
        resolved_reports: bool => "",
        /// How many accounts used this tag.
        tag_accounts: Id => "",
        /// How often this tag was used.
        tag_uses: Id => "",
        /// From how many servers this tag was used.
        tag_servers: Id => "",
        /// How many accounts of this server are known.
        instance_accounts: String => "",
        /// How many bytes the media of this server take.
        instance_media_attachments: String => "",
        /// How many reports there were on this server.
        instance_reports: String => "",
        /// How many statuses of this server are known.
        instance_statuses: String => "",
        /// How many from here follow somebody on this server.
        instance_follows: String => "",
        /// How many from this server follow somebody here.
        instance_followers: String => "",
    }

    /// Options of `adminDimensions`: what to count by. At least one.
    post AdminDimensionsOptions {
        /// How many rows a list has at most; 10 when it is not said.
        limit: u32,
        /// Languages of the accounts that were used.
        languages: bool => "",
        /// Applications with which accounts were made.
        sources: bool => "",
        /// Servers with the most accounts.
        servers: bool => "",
        /// What takes how much space.
        space_usage: bool => "",
        /// Versions of the software on the server.
        software_versions: bool => "",
        /// Servers from which this tag was used.
        tag_servers: Id => "",
        /// Languages in which this tag was used.
        tag_languages: Id => "",
        /// Accounts of this server with the most followers here.
        instance_accounts: String => "",
        /// Languages of the statuses from this server.
        instance_languages: String => "",
    }

    /// Options of `adminRetention`.
    post AdminRetentionOptions {
        /// How long the periods are; `"day"` when it is not said.
        frequency: AdminRetentionFrequency,
    }
}

methods! {
    /// How many of those who registered in a period came back in those after it.
    ///
    /// `POST /api/v1/admin/retention` · scope `admin:read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/retention/#create)
    adminRetention(start_at: Timestamp, end_at: Timestamp; AdminRetentionOptions) -> "AdminRetention[]" =
        post("/api/v1/admin/retention").since([3, 5, 0], [3, 5, 0])
            .default(&[("frequency", "day")]);

    /// Numbers of a span of time, day by day: of people, interactions, reports, of a tag, of another
    /// server.
    ///
    /// `POST /api/v1/admin/measures` · scope `admin:read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/measures/#get)
    ///
    /// `MastodonIllegalArgumentError` where nothing is to be measured.
    adminMeasures(start_at: Timestamp, end_at: Timestamp; AdminMeasuresOptions) -> "AdminMeasure[]" =
        post("/api/v1/admin/measures").since([3, 5, 0], [3, 5, 0]).json();

    /// What a span of time consisted of: languages, applications, servers, space.
    ///
    /// `POST /api/v1/admin/dimensions` · scope `admin:read` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/dimensions/#get)
    ///
    /// `MastodonIllegalArgumentError` where there is nothing to count by.
    adminDimensions(start_at: Timestamp, end_at: Timestamp; AdminDimensionsOptions) -> "AdminDimension[]" =
        post("/api/v1/admin/dimensions").since([3, 5, 0], [3, 5, 0]).json();
}

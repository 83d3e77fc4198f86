//! What an application needs beside requests: versions, clocks, counting, decoding.

use crate::api::declare::{methods, rows};
use crate::api::endpoint::{get, head, local};
use crate::entities::Date;
use crate::params::{Kind, Options, RequestOptions, Size, Text, closed, options};
use wasm_bindgen::prelude::*;

closed! {
    /// A kind of timeline whose access servers configure.
    ConfiguredTimeline: "ConfiguredTimeline" = "public" | "hashtag" | "trending_links";
}

options! {
    /// Options of `retrieveMastodonVersion`.
    get RetrieveMastodonVersionOptions {
        /// Reject where the server does not tell its version, instead of taking it for 1.0.0.
        fail_hard: bool => "",
    }

    /// Options of `verifyMinimumVersion`.
    get VerifyMinimumVersionOptions {
        /// Ask the server only if its version is not known yet.
        cached: bool => "",
    }

    /// Options of `timelineIsAvailable`.
    get TimelineIsAvailableOptions {
        /// Which timeline. Default: `"public"`.
        timeline: ConfiguredTimeline => "",
        /// Only the part of it from this server.
        local: bool => "",
        /// Only the part of it from other servers.
        remote: bool => "",
        /// Whether a user is logged in. Default: whether the client has a token.
        with_auth: bool => "",
        /// Reject where the server does not tell, instead of taking the timeline for available.
        fail_hard: bool => "",
    }

    /// Options of `getStatusLength`.
    bare GetStatusLengthOptions {
        /// The content warning, which counts as well.
        spoiler_text: String => "",
    }

    /// Options of `decodeBlurhash`.
    bare DecodeBlurhashOptions {
        /// Width and height in pixels, or, with `size_per_component`, per component of the hash.
        /// Default: `[16, 16]`.
        out_size: Size => "",
        /// Whether `out_size` is multiplied by the number of waves (1 to 9 each way), so that a finer
        /// hash gives a larger picture. Default: `true`.
        size_per_component: bool => "",
        /// Give linear light (a `Float32Array`, 1 is white; values may lie a little outside 0 to 1)
        /// instead of bytes of sRGB. For further calculations.
        return_linear: bool => "",
    }
}

methods! {
    /// The server's version, as it writes it: `4.5.0`, `4.4.0-beta.1+glitch`,
    /// `2.7.2 (compatible; Pleroma 2.5.0)`. The client remembers it.
    ///
    /// `GET /api/v2/instance`, `GET /api/v1/instance` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#v2)
    ///
    /// `"1.0.0"` where the server does not tell; with `fail_hard` that is an error.
    retrieve_mastodon_version as retrieveMastodonVersion(; RetrieveMastodonVersionOptions) -> String =
        local();

    /// Whether the server's version is at least this one, such as `"4.3.0"`.
    ///
    /// `GET /api/v2/instance`, `GET /api/v1/instance` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#v2)
    ///
    /// A server that does not tell counts as 1.0.0.
    verify_minimum_version as verifyMinimumVersion(version_str: Text; VerifyMinimumVersionOptions) -> bool =
        local();

    /// The time of the server's clock, to the second.
    ///
    /// `HEAD /` · public · not in Mastodon's documentation
    ///
    /// Pages do not see the header that tells it, unless they come from the server itself: the call
    /// rejects there.
    get_approx_server_time as getApproxServerTime(; RequestOptions) -> Date =
        head("/");

    /// Whether a timeline can be read, by what the server says of itself: some are for members or
    /// switched off.
    ///
    /// `GET /api/v2/instance` · public ·
    /// [documentation](https://docs.joinmastodon.org/entities/Instance/#timelines_access)
    ///
    /// `true` where the server does not tell (before 4.5.0). With neither `local` nor `remote`: whether
    /// either part can be read.
    timeline_is_available as timelineIsAvailable(; TimelineIsAvailableOptions) -> bool =
        get("/api/v2/instance");
}

rows! {
    getSupportedVersion(; &[]) = local().of_class();
    setLanguage(lang: Kind::Text; &[]) = local();
    clearCaches(; &[]) = local();
    getStatusLength(text: Kind::Text; GetStatusLengthOptions::TABLE) = local().of_class();
    decodeBlurhash(media_dict: Kind::Anything; DecodeBlurhashOptions::TABLE) = local();
}

#[wasm_bindgen(typescript_custom_section)]
const OVERLOADS: &str = include_str!("utility.d.ts");

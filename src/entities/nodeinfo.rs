//! NodeInfo: how servers of any software describe themselves.

use super::JsonObject;
use super::declare::entity;

entity! {
    /// A server's description as defined by NodeInfo 2.0, which other fediverse software supports too.
    ///
    /// See <https://nodeinfo.diaspora.software/schema.html>
    #[serde(rename_all = "camelCase")]
    pub struct Nodeinfo {
        /// The version of the schema: `2.0`.
        version: String,
        /// Its software.
        software: NodeinfoSoftware,
        /// The protocols that it supports, such as `activitypub`.
        protocols: Vec<String>,
        /// Other services that it connects to.
        services: NodeinfoServices,
        /// Statistics about its use.
        usage: NodeinfoUsage,
        /// Whether users can register.
        open_registrations: bool,
        /// Further information.
        metadata: NodeinfoMetadata,
    }

    /// The software of a server.
    ///
    /// See <https://nodeinfo.diaspora.software/schema.html>
    pub struct NodeinfoSoftware {
        /// Its name in lower case, such as `mastodon`.
        name: String,
        /// Its version, in any format.
        version: String,
        /// URL of its source code. Absent in NodeInfo 2.0.
        repository?: String,
        /// URL of its website. Absent in NodeInfo 2.0.
        homepage?: String,
    }

    /// Other services that a server connects to.
    ///
    /// See <https://nodeinfo.diaspora.software/schema.html>
    pub struct NodeinfoServices {
        /// The networks that it can publish statuses to.
        outbound: Vec<String>,
        /// The networks that it can receive statuses from.
        inbound: Vec<String>,
    }

    /// Statistics about the use of a server.
    ///
    /// See <https://nodeinfo.diaspora.software/schema.html>
    #[serde(rename_all = "camelCase")]
    pub struct NodeinfoUsage {
        /// The number of users.
        users: NodeinfoUsageUsers,
        /// How many statuses they wrote. Absent on some servers.
        local_posts?: u64,
        /// How many comments they wrote. Absent on some servers, such as Mastodon.
        local_comments?: u64,
    }

    /// The number of users of a server.
    ///
    /// See <https://nodeinfo.diaspora.software/schema.html>
    #[serde(rename_all = "camelCase")]
    pub struct NodeinfoUsageUsers {
        /// How many have an account. Absent on some servers.
        total?: u64,
        /// How many were active in the last 30 days. Absent on some servers.
        active_month?: u64,
        /// How many were active in the last 180 days. Absent on some servers.
        active_halfyear?: u64,
    }

    /// Further information about a server. It depends on the software.
    ///
    /// See <https://nodeinfo.diaspora.software/schema.html>
    #[serde(rename_all = "camelCase")]
    pub struct NodeinfoMetadata {
        /// Its name. Absent before 4.4.0.
        node_name?: String,
        /// A short description; `null` when unknown. Absent before 4.4.0.
        node_description?: Option<String>,
        /// Whether it wants to be listed in server directories. Absent when unknown.
        opt_in_server_directory?: bool,
        /// Whether it wants to be recommended to new users. Absent when unknown.
        opt_in_server_recommendation?: bool,
        /// All other fields.
        #[serde(flatten)]
        other: JsonObject,
    }
}

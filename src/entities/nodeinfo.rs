//! What servers of all kinds say of themselves.

use super::JsonObject;
use super::declare::entity;

entity! {
    /// A server's description in the form of NodeInfo 2.0, which servers of other software
    /// know too.
    ///
    /// See <https://nodeinfo.diaspora.software/schema.html>
    #[serde(rename_all = "camelCase")]
    pub struct Nodeinfo {
        /// The version of the form: `2.0`.
        version: String,
        /// What it runs.
        software: NodeinfoSoftware,
        /// The protocols that it speaks, such as `activitypub`.
        protocols: Vec<String>,
        /// Other services that it talks to.
        services: NodeinfoServices,
        /// How much it is used.
        usage: NodeinfoUsage,
        /// Whether one can register.
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
        /// Its version, in the form that it likes.
        version: String,
        /// Where its source is. Absent in NodeInfo 2.0.
        repository?: String,
        /// Its page. Absent in NodeInfo 2.0.
        homepage?: String,
    }

    /// Other services that a server talks to.
    ///
    /// See <https://nodeinfo.diaspora.software/schema.html>
    pub struct NodeinfoServices {
        /// The networks to which it can send posts.
        outbound: Vec<String>,
        /// The networks from which it can receive posts.
        inbound: Vec<String>,
    }

    /// How much a server is used.
    ///
    /// See <https://nodeinfo.diaspora.software/schema.html>
    #[serde(rename_all = "camelCase")]
    pub struct NodeinfoUsage {
        /// By how many people.
        users: NodeinfoUsageUsers,
        /// How many posts they wrote. Absent on servers that do not tell.
        local_posts?: u64,
        /// How many comments they wrote. Absent on servers that do not tell, as Mastodon.
        local_comments?: u64,
    }

    /// By how many people a server is used.
    ///
    /// See <https://nodeinfo.diaspora.software/schema.html>
    #[serde(rename_all = "camelCase")]
    pub struct NodeinfoUsageUsers {
        /// How many have an account. Absent on servers that do not tell.
        total?: u64,
        /// How many were active in the last thirty days. Absent on servers that do not tell.
        active_month?: u64,
        /// How many were active in the last 180 days. Absent on servers that do not tell.
        active_halfyear?: u64,
    }

    /// Further information about a server. It differs between kinds of servers.
    ///
    /// See <https://nodeinfo.diaspora.software/schema.html>
    #[serde(rename_all = "camelCase")]
    pub struct NodeinfoMetadata {
        /// What it is called. Absent before 4.4.0.
        node_name?: String,
        /// What it is, in a sentence. Absent before 4.4.0; `null` when unknown.
        node_description?: Option<String>,
        /// Whether it wants to be in lists of servers. Absent when unknown.
        opt_in_server_directory?: bool,
        /// Whether it wants to be recommended to newcomers. Absent when unknown.
        opt_in_server_recommendation?: bool,
        /// All that is not named above.
        #[serde(flatten)]
        other: JsonObject,
    }
}

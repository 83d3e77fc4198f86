//! Accounts as moderators see them.

use crate::entities::declare::entity;
use crate::entities::{Account, Role};

entity! {
    /// An account as moderators see it.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_Account/>
    pub struct AdminAccount {
        /// The id of the account.
        id: String,
        /// The user name, without the domain.
        username: String,
        /// The domain of a remote account; `null` for local accounts.
        domain: Option<String>,
        /// When the account was created, or first seen by this server, ISO 8601 in UTC.
        created_at: String,
        /// The user's e-mail address; `null` for remote accounts.
        email: Option<String>,
        /// The user's last IP address; `null` when unknown.
        ip: Option<String>,
        /// All IP addresses of the user. Absent before 3.5.0.
        ips?: Vec<AdminIp>,
        /// The language of the interface, as an ISO 639-1 code; `null` when not set.
        locale: Option<String>,
        /// The reason that the user gave for registering; `null` when none was required.
        invite_request: Option<String>,
        /// The role; `null` for remote accounts.
        role: Option<Role>,
        /// Whether the e-mail address was confirmed; `null` for remote accounts.
        confirmed: Option<bool>,
        /// Whether the moderators have approved it; `null` for remote accounts.
        approved: Option<bool>,
        /// Whether its login is disabled; `null` for remote accounts.
        disabled: Option<bool>,
        /// Whether its statuses are marked sensitive. Absent on older servers.
        sensitized?: bool,
        /// Whether it is limited: only its followers see it.
        silenced: bool,
        /// Whether it is suspended.
        suspended: bool,
        /// The account as everyone sees it.
        account: Account,
        /// The id of the application that registered it. Absent when no application did.
        created_by_application_id?: Option<String>,
        /// The id of the account that invited it. Absent when it was not invited.
        invited_by_account_id?: Option<String>,
    }

    /// An IP address that a user has used.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_Ip/>
    pub struct AdminIp {
        /// The IP address.
        ip: String,
        /// When it was last used, ISO 8601 in UTC.
        used_at: String,
    }
}

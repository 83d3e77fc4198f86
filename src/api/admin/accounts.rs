//! Accounts, for moderators: <https://docs.joinmastodon.org/methods/admin/accounts/>

use crate::api::declare::methods;
use crate::client::call::Call;
use crate::endpoint::{delete, get, post};
use crate::entities::AdminAccount;
use crate::error::Error;
use crate::params::{Argument, Domain, Id, Ids, Kind, RequestOptions, WriteOptions, open, options};

open! {
    /// The moderation status of an account.
    AdminAccountStatus: "AdminAccountStatus" = Active "active" | Pending "pending" | Disabled "disabled" | Sensitized "sensitized" | Silenced "silenced" | Suspended "suspended";
    /// Whether an account is on this server or on another.
    AdminAccountOrigin: "AdminAccountOrigin" = Local "local" | Remote "remote";
    /// Accounts with permissions.
    AdminAccountPermissions: "AdminAccountPermissions" = Staff "staff";
    /// A moderation action: only a message to the user (`"none"`), the account cannot be used
    /// (`"disable"`), its media are marked sensitive (`"sensitive"`), only its followers see it
    /// (`"silence"`), it is suspended and can be deleted (`"suspend"`).
    AdminAccountAction: "AdminAccountAction" = None "none" | Disable "disable" | Sensitive "sensitive" | Silence "silence" | Suspend "suspend";
}

options! {
    /// Options of `adminAccounts` and `adminAccountsV1`.
    get AdminAccountsOptions {
        /// Only accounts of this server.
        local: bool,
        /// Only accounts of other servers.
        remote: bool,
        /// Only accounts of this domain.
        by_domain: Domain,
        /// Only accounts with this status. Default: `"active"`.
        status: AdminAccountStatus => "",
        /// Only accounts whose username begins with this.
        username: String,
        /// Only accounts whose display name contains this.
        display_name: String,
        /// Only accounts whose e-mail address begins with this.
        email: String,
        /// Only accounts that were used from this IP address or network.
        ip: String,
        /// Only moderators and administrators.
        staff_only: bool => "staff",
        /// Only entries older than this one.
        max_id: Id,
        /// Only entries newer than this one, beginning right after it.
        min_id: Id,
        /// Only entries newer than this one, beginning with the newest.
        since_id: Id,
        /// How many. Default: 100, at most 200.
        limit: u32,
    }

    /// Options of `adminAccountsV2`.
    get AdminAccountsV2Options {
        /// Only accounts of this server, or only of others.
        origin: AdminAccountOrigin,
        /// Only accounts of this domain.
        by_domain: Domain,
        /// Only accounts with this status.
        status: AdminAccountStatus,
        /// Only accounts whose username begins with this.
        username: String,
        /// Only accounts whose display name contains this.
        display_name: String,
        /// Only accounts whose e-mail address begins with this.
        email: String,
        /// Only accounts that were used from this IP address or network.
        ip: String,
        /// Only moderators and administrators.
        permissions: AdminAccountPermissions,
        /// Only accounts that this one invited.
        invited_by: Id,
        /// Only accounts with one of these roles.
        role_ids: Ids,
        /// Only entries older than this one.
        max_id: Id,
        /// Only entries newer than this one, beginning right after it.
        min_id: Id,
        /// Only entries newer than this one, beginning with the newest.
        since_id: Id,
        /// How many. Default: 100, at most 200.
        limit: u32,
    }

    /// Options of `adminAccountModerate`.
    post AdminAccountModerateOptions {
        /// The action. Default: `"none"`.
        action: AdminAccountAction => "type",
        /// The report that it resolves.
        report_id: Id,
        /// The template of the message to the user.
        warning_preset_id: Id,
        /// Additional text of the message.
        text: String,
        /// Whether to send the message by e-mail. Default: `true`.
        send_email_notification: bool,
    }
}

methods! {
    /// The accounts that the server knows, with the data for moderators.
    ///
    /// `GET /api/v2/admin/accounts` · scope `admin:read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#v2)
    admin_accounts_v2 as adminAccountsV2(; AdminAccountsV2Options) -> Page<AdminAccount> =
        get("/api/v2/admin/accounts").since([2, 9, 1], [4, 0, 0]).page();

    /// One account, with the data for moderators.
    ///
    /// `GET /api/v1/admin/accounts/{id}` · scope `admin:read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#get-one)
    admin_account as adminAccount(id: Id; RequestOptions) -> AdminAccount =
        get("/api/v1/admin/accounts/{id}").since([2, 9, 1], [2, 9, 1]);

    /// Approves a pending account.
    ///
    /// `POST /api/v1/admin/accounts/{id}/approve` · scope `admin:write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#approve)
    ///
    /// `MastodonAPIError` with status 403 if the account is not pending.
    admin_account_approve as adminAccountApprove(id: Id; WriteOptions) -> AdminAccount =
        post("/api/v1/admin/accounts/{id}/approve").since([2, 9, 1], [2, 9, 1]);

    /// Rejects a pending account, which is deleted.
    ///
    /// `POST /api/v1/admin/accounts/{id}/reject` · scope `admin:write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#reject)
    ///
    /// `MastodonAPIError` with status 403 if the account is not pending.
    admin_account_reject as adminAccountReject(id: Id; WriteOptions) -> AdminAccount =
        post("/api/v1/admin/accounts/{id}/reject").since([2, 9, 1], [2, 9, 1]);

    /// Enables a disabled account.
    ///
    /// `POST /api/v1/admin/accounts/{id}/enable` · scope `admin:write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#enable)
    admin_account_enable as adminAccountEnable(id: Id; WriteOptions) -> AdminAccount =
        post("/api/v1/admin/accounts/{id}/enable").since([2, 9, 1], [2, 9, 1]);

    /// No longer marks an account's media as sensitive.
    ///
    /// `POST /api/v1/admin/accounts/{id}/unsensitive` · scope `admin:write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#unsensitive)
    admin_account_unsensitive as adminAccountUnsensitive(id: Id; WriteOptions) -> AdminAccount =
        post("/api/v1/admin/accounts/{id}/unsensitive").since([3, 3, 0], [3, 3, 0]);

    /// Unsilences a limited account.
    ///
    /// `POST /api/v1/admin/accounts/{id}/unsilence` · scope `admin:write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#unsilence)
    admin_account_unsilence as adminAccountUnsilence(id: Id; WriteOptions) -> AdminAccount =
        post("/api/v1/admin/accounts/{id}/unsilence").since([2, 9, 1], [2, 9, 1]);

    /// Unsuspends an account.
    ///
    /// `POST /api/v1/admin/accounts/{id}/unsuspend` · scope `admin:write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#unsuspend)
    ///
    /// `MastodonAPIError` with status 403 if its data has been deleted.
    admin_account_unsuspend as adminAccountUnsuspend(id: Id; WriteOptions) -> AdminAccount =
        post("/api/v1/admin/accounts/{id}/unsuspend").since([2, 9, 1], [2, 9, 1]);

    /// Deletes all data of a suspended account permanently.
    ///
    /// `DELETE /api/v1/admin/accounts/{id}` · scope `admin:write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#delete)
    ///
    /// `MastodonAPIError` with status 403 if it is not suspended.
    admin_account_delete as adminAccountDelete(id: Id; WriteOptions) -> AdminAccount =
        delete("/api/v1/admin/accounts/{id}").since([3, 3, 0], [3, 3, 0]);

    /// Takes a moderation action against an account, and sends a message to its user.
    ///
    /// `POST /api/v1/admin/accounts/{id}/action` · scope `admin:write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#action)
    admin_account_moderate as adminAccountModerate(id: Id; AdminAccountModerateOptions) -> Nothing =
        post("/api/v1/admin/accounts/{id}/action").since([2, 9, 1], [2, 9, 1]).nothing()
            .default(&[("type", "none"), ("send_email_notification", "true")]);

    /// The accounts that the server knows, with the data for moderators.
    ///
    /// `GET /api/v1/admin/accounts` · scope `admin:read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#v1)
    ///
    /// `adminAccountsV2` has more filters.
    admin_accounts as adminAccounts(; AdminAccountsOptions) -> Page<AdminAccount> =
        get("/api/v1/admin/accounts").since([2, 9, 1], [2, 9, 1]).page() => prepare(flag_status);

    /// The same as `adminAccounts`.
    ///
    /// `GET /api/v1/admin/accounts` · scope `admin:read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#v1)
    admin_accounts_v1 as adminAccountsV1(; AdminAccountsOptions) -> Page<AdminAccount> =
        get("/api/v1/admin/accounts").since([2, 9, 1], [2, 9, 1]).page() => prepare(flag_status);
}

/// The first version of the route has a flag for each status of an account.
fn flag_status(call: &mut Call) -> Result<(), Error> {
    // The server takes any value of these for "yes".
    call.drop_false(&["local", "remote", "staff_only"]);
    let status = call
        .take_text("status")
        .unwrap_or_else(|| "active".to_owned());
    let known = match AdminAccountStatus::KIND {
        Kind::Open(names) => names.iter().find(|name| **name == status),
        _ => None,
    };
    match known {
        Some(name) => call.set(name, true.into()),
        None => {
            call.request.pair(&status, true);
        }
    }
    Ok(())
}

//! Accounts, for moderators: <https://docs.joinmastodon.org/methods/admin/accounts/>

use crate::api::declare::methods;
use crate::api::endpoint::{delete, get, post};
use crate::params::{Id, Ids, RequestOptions, WriteOptions, closed, options};

closed! {
    /// What became of an account.
    AdminAccountStatus: "AdminAccountStatus" = "active" | "pending" | "disabled" | "silenced" | "suspended";
    /// Where an account is at home: on this server, or on another.
    AdminAccountOrigin: "AdminAccountOrigin" = "local" | "remote";
    /// Who may do more than others.
    AdminAccountPermissions: "AdminAccountPermissions" = "staff";
    /// What is done to an account: only its owner is written to (`"none"`), it cannot be used any more
    /// (`"disable"`), its media stand behind a warning (`"sensitive"`), only its followers see it
    /// (`"silence"`), it is taken down and can be deleted (`"suspend"`).
    AdminAccountAction: "AdminAccountAction" = "none" | "disable" | "sensitive" | "silence" | "suspend";
}

options! {
    /// Options of `adminAccounts` and `adminAccountsV1`.
    get AdminAccountsOptions {
        /// Only accounts of other servers.
        remote: bool,
        /// Only accounts of this server.
        by_domain: String,
        /// Only accounts of which this became; `"active"` when it is not said.
        status: AdminAccountStatus => "",
        /// Only accounts whose name begins so.
        username: String,
        /// Only accounts whose display name has this in it.
        display_name: String,
        /// Only accounts with an address that begins so.
        email: String,
        /// Only accounts that were used from this address or network.
        ip: String,
        /// Only moderators and administrators.
        staff_only: bool => "staff",
        /// Only entries older than this one.
        max_id: Id,
        /// Only entries newer than this one, beginning right after it.
        min_id: Id,
        /// Only entries newer than this one, beginning with the newest.
        since_id: Id,
        /// How many: at most 200, 100 when it is not said.
        limit: u32,
    }

    /// Options of `adminAccountsV2`.
    get AdminAccountsV2Options {
        /// Only accounts that are at home here or elsewhere.
        origin: AdminAccountOrigin,
        /// Only accounts of this server.
        by_domain: String,
        /// Only accounts of which this became.
        status: AdminAccountStatus,
        /// Only accounts whose name begins so.
        username: String,
        /// Only accounts whose display name has this in it.
        display_name: String,
        /// Only accounts with an address that begins so.
        email: String,
        /// Only accounts that were used from this address or network.
        ip: String,
        /// Only moderators and administrators.
        permissions: AdminAccountPermissions,
        /// Only accounts whom this one invited.
        invited_by: Id,
        /// Only accounts with one of these roles.
        role_ids: Ids,
        /// Only entries older than this one.
        max_id: Id,
        /// Only entries newer than this one, beginning right after it.
        min_id: Id,
        /// Only entries newer than this one, beginning with the newest.
        since_id: Id,
        /// How many: at most 200, 100 when it is not said.
        limit: u32,
    }

    /// Options of `adminAccountModerate`.
    post AdminAccountModerateOptions {
        /// What is done; `"none"` when it is not said.
        action: AdminAccountAction => "type",
        /// A report that is resolved by it.
        report_id: Id,
        /// The template of the letter to the account's owner.
        warning_preset_id: Id,
        /// What the letter says besides.
        text: String,
        /// Whether to send the letter; `true` when it is not said.
        send_email_notification: bool,
    }
}

methods! {
    /// The accounts that the server knows, as moderators see them.
    ///
    /// `GET /api/v2/admin/accounts` · scope `admin:read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#v2)
    adminAccountsV2(; AdminAccountsV2Options) -> "Page<AdminAccount>" =
        get("/api/v2/admin/accounts").since([2, 9, 1], [4, 0, 0]).page();

    /// One account, as moderators see it.
    ///
    /// `GET /api/v1/admin/accounts/{id}` · scope `admin:read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#get-one)
    adminAccount(id: Id; RequestOptions) -> "AdminAccount" =
        get("/api/v1/admin/accounts/{id}").since([2, 9, 1], [2, 9, 1]);

    /// Lets somebody in who asked for an account.
    ///
    /// `POST /api/v1/admin/accounts/{id}/approve` · scope `admin:write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#approve)
    ///
    /// A `MastodonAPIError` of status 403 where the account is not in the state for it.
    adminAccountApprove(id: Id; WriteOptions) -> "AdminAccount" =
        post("/api/v1/admin/accounts/{id}/approve").since([2, 9, 1], [2, 9, 1]);

    /// Turns somebody away who asked for an account. The account is deleted.
    ///
    /// `POST /api/v1/admin/accounts/{id}/reject` · scope `admin:write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#reject)
    ///
    /// A `MastodonAPIError` of status 403 where the account is not in the state for it.
    adminAccountReject(id: Id; WriteOptions) -> "AdminAccount" =
        post("/api/v1/admin/accounts/{id}/reject").since([2, 9, 1], [2, 9, 1]);

    /// Lets a disabled account be used again.
    ///
    /// `POST /api/v1/admin/accounts/{id}/enable` · scope `admin:write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#enable)
    adminAccountEnable(id: Id; WriteOptions) -> "AdminAccount" =
        post("/api/v1/admin/accounts/{id}/enable").since([2, 9, 1], [2, 9, 1]);

    /// Takes the warning off an account's media.
    ///
    /// `POST /api/v1/admin/accounts/{id}/unsensitive` · scope `admin:write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#unsensitive)
    adminAccountUnsensitive(id: Id; WriteOptions) -> "AdminAccount" =
        post("/api/v1/admin/accounts/{id}/unsensitive").since([3, 3, 0], [3, 3, 0]);

    /// Shows a limited account to everybody again.
    ///
    /// `POST /api/v1/admin/accounts/{id}/unsilence` · scope `admin:write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#unsilence)
    adminAccountUnsilence(id: Id; WriteOptions) -> "AdminAccount" =
        post("/api/v1/admin/accounts/{id}/unsilence").since([2, 9, 1], [2, 9, 1]);

    /// Brings a suspended account back.
    ///
    /// `POST /api/v1/admin/accounts/{id}/unsuspend` · scope `admin:write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#unsuspend)
    ///
    /// A `MastodonAPIError` of status 403 where its data are gone.
    adminAccountUnsuspend(id: Id; WriteOptions) -> "AdminAccount" =
        post("/api/v1/admin/accounts/{id}/unsuspend").since([2, 9, 1], [2, 9, 1]);

    /// Deletes all data of a suspended account, for good.
    ///
    /// `DELETE /api/v1/admin/accounts/{id}` · scope `admin:write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#delete)
    ///
    /// A `MastodonAPIError` of status 403 where it is not suspended.
    adminAccountDelete(id: Id; WriteOptions) -> "AdminAccount" =
        delete("/api/v1/admin/accounts/{id}").since([3, 3, 0], [3, 3, 0]);

    /// Does something about an account, and writes to its owner.
    ///
    /// `POST /api/v1/admin/accounts/{id}/action` · scope `admin:write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#action)
    adminAccountModerate(id: Id; AdminAccountModerateOptions) -> "void" =
        post("/api/v1/admin/accounts/{id}/action").since([2, 9, 1], [2, 9, 1]).nothing()
            .default(&[("type", "none"), ("send_email_notification", "true")]);

    /// The accounts that the server knows, as moderators see them.
    ///
    /// `GET /api/v1/admin/accounts` · scope `admin:read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#v1)
    ///
    /// See `adminAccountsV2`, which can look for more.
    adminAccounts(; AdminAccountsOptions) -> "Page<AdminAccount>" =
        get("/api/v1/admin/accounts").since([2, 9, 1], [2, 9, 1]).page();

    /// The same as `adminAccounts`.
    ///
    /// `GET /api/v1/admin/accounts` · scope `admin:read:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/accounts/#v1)
    adminAccountsV1(; AdminAccountsOptions) -> "Page<AdminAccount>" =
        get("/api/v1/admin/accounts").since([2, 9, 1], [2, 9, 1]).page();
}

//! Notifications: <https://docs.joinmastodon.org/methods/notifications/>, grouped ones
//! <https://docs.joinmastodon.org/methods/grouped_notifications/>.

use crate::api::declare::{methods, rows};
use crate::api::endpoint::{get, patch, post};
use crate::entities::{NotificationPolicyAction, NotificationType};
use crate::params::{
    Argument, Id, Ids, Kind, Options, PageOptions, RequestOptions, Text, WriteOptions, closed,
    options,
};
use wasm_bindgen::prelude::*;

impl Argument for Vec<NotificationType> {
    const KIND: Kind = Kind::Texts;
}
impl Argument for NotificationPolicyAction {
    const KIND: Kind = Kind::Text;
}

closed! {
    /// How much of the accounts stands beside grouped notifications: `"full"` for all of each,
    /// `"partial_avatars"` for all of the latest and the picture alone of the others.
    ExpandAccounts: "ExpandAccounts" = "full" | "partial_avatars";
}

options! {
    /// Options of `notifications`.
    get NotificationsOptions {
        /// One notification instead of the list; the other options do not count then.
        id: Id,
        /// Only what this account caused.
        account_id: Id,
        /// Only notifications older than this one.
        max_id: Id,
        /// Only notifications newer than this one, beginning right after it.
        min_id: Id,
        /// Only notifications newer than this one, beginning with the newest.
        since_id: Id,
        /// How many: at most 80, 40 when it is not said.
        limit: u32,
        /// All types but these.
        exclude_types: Vec<NotificationType>,
        /// These types alone. Since 3.5.0.
        types: Vec<NotificationType>,
        /// Mentions alone; excludes `types` and `exclude_types`. Servers before 3.5.0 are told to leave
        /// out all else, where the client knows their version.
        mentions_only: bool => "",
        /// The types that the application knows: others come with a `fallback` to show. Since 4.6.0.
        supported_types: Vec<NotificationType>,
        /// Those as well that the policy filters. (Declared in pkg-template/index.d.ts.)
        #[serde(skip)]
        include_filtered: bool,
    }

    /// Options of `groupedNotifications`.
    get GroupedNotificationsOptions {
        /// Only groups with a notification older than this one.
        max_id: Id,
        /// Only notifications newer than this one, beginning with the newest.
        since_id: Id,
        /// Only notifications newer than this one, beginning right after it.
        min_id: Id,
        /// How many groups: at most 80, 40 when it is not said.
        limit: u32,
        /// These types alone.
        types: Vec<NotificationType>,
        /// All types but these.
        exclude_types: Vec<NotificationType>,
        /// Only what this account caused.
        account_id: Id,
        /// How much of the accounts to send along; `"partial_avatars"` when it is not said.
        expand_accounts: ExpandAccounts,
        /// The types that are grouped: `favourite`, `follow` and `reblog` when it is not said. Others
        /// stand alone.
        grouped_types: Vec<NotificationType>,
        /// Those that the policy filtered as well.
        include_filtered: bool,
        /// The types that the application knows: others come with a `fallback` to show. Since 4.6.0.
        supported_types: Vec<NotificationType>,
    }

    /// Options of `groupedNotification`.
    get GroupedNotificationOptions {
        /// The types that the application knows: others come with a `fallback` to show. Since 4.6.0.
        supported_types: Vec<NotificationType>,
    }

    /// Options of `unreadGroupedNotificationsCount`.
    get UnreadGroupedNotificationsCountOptions {
        /// Where to stop counting: at most 1000, 100 when it is not said.
        limit: u32,
        /// These types alone.
        types: Vec<NotificationType>,
        /// All types but these.
        exclude_types: Vec<NotificationType>,
        /// Only what this account caused.
        account_id: Id,
        /// The types that count once a group: `favourite`, `follow` and `reblog` when it is not said.
        grouped_types: Vec<NotificationType>,
    }

    /// Options of `updateNotificationsPolicy`. What is not given stays as it is.
    post UpdateNotificationsPolicyOptions {
        /// Notifications from accounts that you do not follow.
        for_not_following: NotificationPolicyAction,
        /// Notifications from accounts that do not follow you, or only began to in the last three days.
        for_not_followers: NotificationPolicyAction,
        /// Notifications from accounts younger than thirty days.
        for_new_accounts: NotificationPolicyAction,
        /// Private mentions that answer nothing of yours, from accounts that you do not follow.
        for_private_mentions: NotificationPolicyAction,
        /// Notifications from accounts that the moderators limited.
        for_limited_accounts: NotificationPolicyAction,
    }
}

options! {
    /// Options of `notificationsUnreadCount`.
    get NotificationsUnreadCountOptions {
        /// Counts no further than this: 100 when it is not said, at most 1000. (Declared in pkg-template/index.d.ts.)
        #[serde(skip)]
        limit: u32,
        /// Only these types. (Declared in pkg-template/index.d.ts.)
        #[serde(skip)]
        types: Vec<NotificationType>,
        /// All but these types. (Declared in pkg-template/index.d.ts.)
        #[serde(skip)]
        exclude_types: Vec<NotificationType>,
        /// Only what this account caused. (Declared in pkg-template/index.d.ts.)
        #[serde(skip)]
        account_id: Id,
    }
}

methods! {
    /// How many notifications are unread: those after the marker of `notifications`.
    ///
    /// `GET /api/v1/notifications/unread_count` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#unread-count)
    ///
    /// The server counts to 100.
    notificationsUnreadCount(; NotificationsUnreadCountOptions) -> "UnreadNotificationsCount" =
        get("/api/v1/notifications/unread_count").since([4, 3, 0], [4, 3, 0]);

    /// Dismisses all notifications.
    ///
    /// `POST /api/v1/notifications/clear` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#clear)
    notificationsClear(; WriteOptions) -> "void" =
        post("/api/v1/notifications/clear").since([1, 0, 0], [1, 0, 0]).nothing();

    /// Notifications in groups, the latest first: ten people who favourited one post are one group.
    ///
    /// `GET /api/v2/notifications` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/grouped_notifications/#get-grouped)
    ///
    /// Groups name accounts and statuses by id; what they name stands once each beside them. Since
    /// 4.3.0; `MastodonNotFoundError` from servers that have no groups.
    groupedNotifications(; GroupedNotificationsOptions) -> "GroupedNotificationsResults & Paginated" =
        get("/api/v2/notifications").since([4, 3, 0], [4, 6, 0]).page().default(&[("expand_accounts", "partial_avatars")]);

    /// One group of notifications.
    ///
    /// `GET /api/v2/notifications/{group_key}` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/grouped_notifications/#get-notification-group)
    groupedNotification(group_key: Text; GroupedNotificationOptions) -> "GroupedNotificationsResults" =
        get("/api/v2/notifications/{group_key}").since([4, 3, 0], [4, 6, 0]);

    /// Dismisses a group of notifications.
    ///
    /// `POST /api/v2/notifications/{group_key}/dismiss` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/grouped_notifications/#dismiss-group)
    dismissGroupedNotification(group_key: Text; WriteOptions) -> "void" =
        post("/api/v2/notifications/{group_key}/dismiss").since([4, 3, 0], [4, 3, 0]).nothing();

    /// All accounts of a group of notifications.
    ///
    /// `GET /api/v2/notifications/{group_key}/accounts` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/grouped_notifications/#get-group-accounts)
    groupedNotificationAccounts(group_key: Text; RequestOptions) -> "Page<Account>" =
        get("/api/v2/notifications/{group_key}/accounts").since([4, 3, 0], [4, 3, 0]).page();

    /// How many groups of notifications are unread: a number.
    ///
    /// `GET /api/v2/notifications/unread_count` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/grouped_notifications/#unread-group-count)
    unreadGroupedNotificationsCount(; UnreadGroupedNotificationsCountOptions) -> "number" =
        get("/api/v2/notifications/unread_count").since([4, 3, 0], [4, 3, 0]).field("count");

    /// What happens to notifications from strangers and the like.
    ///
    /// `GET /api/v2/notifications/policy` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#get-policy)
    notificationsPolicy(; RequestOptions) -> "NotificationPolicy" =
        get("/api/v2/notifications/policy").since([4, 3, 0], [4, 3, 0]);

    /// Changes what happens to notifications from strangers and the like.
    ///
    /// `PATCH /api/v2/notifications/policy` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#update-the-filtering-policy-for-notifications)
    updateNotificationsPolicy(; UpdateNotificationsPolicyOptions) -> "NotificationPolicy" =
        patch("/api/v2/notifications/policy").since([4, 3, 0], [4, 3, 0]);

    /// Who waits with filtered notifications: a request an account.
    ///
    /// `GET /api/v1/notifications/requests` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#get-requests)
    notificationRequests(; PageOptions) -> "Page<NotificationRequest>" =
        get("/api/v1/notifications/requests").since([4, 3, 0], [4, 3, 0]).page();

    /// One request.
    ///
    /// `GET /api/v1/notifications/requests/{id}` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#get-one-request)
    notificationRequest(id: Id; RequestOptions) -> "NotificationRequest" =
        get("/api/v1/notifications/requests/{id}").since([4, 3, 0], [4, 3, 0]);

    /// Accepts a request: what was filtered from this account arrives, and is filtered no more. The
    /// server works on it for a while; see `notificationsMerged`.
    ///
    /// `POST /api/v1/notifications/requests/{id}/accept` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#accept-request)
    acceptNotificationRequest(id: Id; WriteOptions) -> "void" =
        post("/api/v1/notifications/requests/{id}/accept").since([4, 3, 0], [4, 3, 0]).nothing();

    /// Dismisses a request: what was filtered from this account is put out of sight. Later
    /// notifications of it are filtered as before.
    ///
    /// `POST /api/v1/notifications/requests/{id}/dismiss` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#dismiss-request)
    dismissNotificationRequest(id: Id; WriteOptions) -> "void" =
        post("/api/v1/notifications/requests/{id}/dismiss").since([4, 3, 0], [4, 3, 0]).nothing();

    /// Accepts several requests.
    ///
    /// `POST /api/v1/notifications/requests/accept` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#accept-multiple-requests)
    acceptMultipleNotificationRequests(ids: Ids => "id"; WriteOptions) -> "void" =
        post("/api/v1/notifications/requests/accept").since([4, 3, 0], [4, 3, 0]).nothing();

    /// Dismisses several requests.
    ///
    /// `POST /api/v1/notifications/requests/dismiss` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#dismiss-multiple-requests)
    dismissMultipleNotificationRequests(ids: Ids => "id"; WriteOptions) -> "void" =
        post("/api/v1/notifications/requests/dismiss").since([4, 3, 0], [4, 3, 0]).nothing();

    /// Whether the notifications of accepted requests have all arrived.
    ///
    /// `GET /api/v1/notifications/requests/merged` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#requests-merged)
    notificationsMerged(; RequestOptions) -> "boolean" =
        get("/api/v1/notifications/requests/merged").since([4, 3, 0], [4, 3, 0]).field("merged");

    /// Dismisses one notification.
    ///
    /// `POST /api/v1/notifications/{id}/dismiss` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#dismiss)
    ///
    /// Where the client knows that the server is older than 2.9.2:
    /// `POST /api/v1/notifications/dismiss`. `MastodonNotFoundError` where there is no such
    /// notification of yours.
    notificationsDismiss(id: Id; WriteOptions) -> "void" =
        post("/api/v1/notifications/{id}/dismiss")
            .since([1, 3, 0], [2, 9, 2]).nothing();
}

rows! {
    notifications(; NotificationsOptions::TABLE) =
        get("/api/v1/notifications").since([1, 0, 0], [4, 6, 0]).page();
}

// One name gives a page or, by `id`, one notification: overloads, which wasm-bindgen has no words for.
#[wasm_bindgen(typescript_custom_section)]
const OVERLOADS: &str = include_str!("notifications.d.ts");

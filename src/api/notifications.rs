//! Notifications: <https://docs.joinmastodon.org/methods/notifications/>, grouped ones
//! <https://docs.joinmastodon.org/methods/grouped_notifications/>.

use super::endorsements::AccountPageOptions;
use super::routes::first_found;
use crate::api::declare::methods;
use crate::client::call::{Call, Work};
use crate::endpoint::request::Request;
use crate::endpoint::{Answer, Verb, delete, get, patch, post};
use crate::entities::{
    Account, GroupedNotificationsResults, Notification, NotificationPolicy,
    NotificationPolicyAction, NotificationRequest, NotificationType, UnreadNotificationsCount,
};
use crate::error::Error;
use crate::params::{
    Argument, Id, Ids, Kind, PageOptions, RequestOptions, Text, WriteOptions, open, options,
};
use crate::version::Version;
use js_sys::Array;
use wasm_bindgen::prelude::*;

impl Argument for Vec<NotificationType> {
    const KIND: Kind = Kind::ManyOpen(NotificationType::NAMES);
}
impl Argument for NotificationPolicyAction {
    const KIND: Kind = Kind::Open(Self::NAMES);
}

open! {
    /// The accounts in grouped notifications: `"full"` for full entities, `"partial_avatars"` for the
    /// full entity of the latest and only the avatars of the others.
    ExpandAccounts: "ExpandAccounts" = Full "full" | PartialAvatars "partial_avatars";
}

options! {
    /// Options of `notifications`.
    get NotificationsOptions {
        /// One notification instead of the list; the other options are ignored then.
        id: Id,
        /// Only notifications caused by this account.
        account_id: Id,
        /// Only notifications older than this one.
        max_id: Id,
        /// Only notifications newer than this one, beginning right after it.
        min_id: Id,
        /// Only notifications newer than this one, beginning with the newest.
        since_id: Id,
        /// How many. Default: 40, at most 80.
        limit: u32,
        /// All types but these.
        exclude_types: Vec<NotificationType>,
        /// Only these types. Since 3.5.0.
        types: Vec<NotificationType>,
        /// Only mentions; excludes `types` and `exclude_types`. Of servers known to be older than 3.5.0,
        /// all other types are excluded instead.
        mentions_only: bool => "",
        /// The types that the application knows: others come with a `fallback` to show. Since 4.6.0.
        supported_types: Vec<NotificationType>,
        /// Whether to include notifications that the policy filters. Default: `false`.
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
        /// How many groups. Default: 40, at most 80.
        limit: u32,
        /// Only these types.
        types: Vec<NotificationType>,
        /// All types but these.
        exclude_types: Vec<NotificationType>,
        /// Only notifications caused by this account.
        account_id: Id,
        /// The accounts in the result. Default: `"partial_avatars"`.
        expand_accounts: ExpandAccounts,
        /// The types to group; others stay single. Default: `favourite`, `follow` and `reblog`.
        grouped_types: Vec<NotificationType>,
        /// Whether to include notifications that the policy filters. Default: `false`.
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
        /// Where to stop counting. Default: 100, at most 1000.
        limit: u32,
        /// Only these types.
        types: Vec<NotificationType>,
        /// All types but these.
        exclude_types: Vec<NotificationType>,
        /// Only notifications caused by this account.
        account_id: Id,
        /// The types that count once per group. Default: `favourite`, `follow` and `reblog`.
        grouped_types: Vec<NotificationType>,
    }

    /// Options of `updateNotificationsPolicy`. Fields that are left out stay as they are.
    post UpdateNotificationsPolicyOptions {
        /// Notifications from accounts that the user does not follow.
        for_not_following: NotificationPolicyAction,
        /// Notifications from accounts that do not follow the user, or have for less than three days.
        for_not_followers: NotificationPolicyAction,
        /// Notifications from accounts younger than thirty days.
        for_new_accounts: NotificationPolicyAction,
        /// Unsolicited private mentions from accounts that the user does not follow.
        for_private_mentions: NotificationPolicyAction,
        /// Notifications from accounts that the moderators limited.
        for_limited_accounts: NotificationPolicyAction,
        /// Notifications from bots. Since 4.6.0.
        for_bots: NotificationPolicyAction,
    }

    /// Options of `notificationsUnreadCount`.
    get NotificationsUnreadCountOptions {
        /// Where to stop counting. Default: 100, at most 1000.
        limit: u32,
        /// Only these types.
        types: Vec<NotificationType>,
        /// All types but these.
        exclude_types: Vec<NotificationType>,
        /// Only notifications caused by this account.
        account_id: Id,
    }
}

methods! {
    /// The user's notifications, newest first; with `id`, one of them.
    ///
    /// `GET /api/v1/notifications`, `GET /api/v1/notifications/{id}` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#get)
    ///
    /// Servers add types: ignore those that you do not know. `MastodonIllegalArgumentError` for
    /// `mentions_only` together with `types` or `exclude_types`.
    notifications as notifications(; NotificationsOptions) -> Page<Notification>
        where [
            "(options?: (NotificationsOptions & { id?: null }) | null): PagePromise<Notification>",
            "(options: NotificationsOptions & { id: Id }): Promise<Notification>"
        ] =
        get("/api/v1/notifications").since([1, 0, 0], [4, 6, 0]).page() => prepare(notifications);

    /// How many notifications are unread: those after the marker of `notifications`.
    ///
    /// `GET /api/v1/notifications/unread_count` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#unread-count)
    notifications_unread_count as notificationsUnreadCount(; NotificationsUnreadCountOptions) -> UnreadNotificationsCount =
        get("/api/v1/notifications/unread_count").since([4, 3, 0], [4, 3, 0]);

    /// Dismisses all notifications.
    ///
    /// `POST /api/v1/notifications/clear` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#clear)
    notifications_clear as notificationsClear(; WriteOptions) -> Nothing =
        post("/api/v1/notifications/clear").since([1, 0, 0], [1, 0, 0]).nothing();

    /// Notifications in groups, newest first: ten favourites of one status are one group.
    ///
    /// `GET /api/v2/notifications` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/grouped_notifications/#get-grouped)
    ///
    /// Groups refer by id to the accounts and statuses that are listed next to them. Since 4.3.0;
    /// `MastodonNotFoundError` from servers that have no groups.
    grouped_notifications as groupedNotifications(; GroupedNotificationsOptions) -> GroupedNotificationsResults
        where ["(options?: GroupedNotificationsOptions | null): Promise<GroupedNotificationsResults & Paginated>"] =
        get("/api/v2/notifications").since([4, 3, 0], [4, 6, 0]).page().default(&[("expand_accounts", "partial_avatars")]);

    /// One group of notifications.
    ///
    /// `GET /api/v2/notifications/{group_key}` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/grouped_notifications/#get-notification-group)
    grouped_notification as groupedNotification(group_key: Text; GroupedNotificationOptions) -> GroupedNotificationsResults =
        get("/api/v2/notifications/{group_key}").since([4, 3, 0], [4, 6, 0]);

    /// Dismisses a group of notifications.
    ///
    /// `POST /api/v2/notifications/{group_key}/dismiss` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/grouped_notifications/#dismiss-group)
    dismiss_grouped_notification as dismissGroupedNotification(group_key: Text; WriteOptions) -> Nothing =
        post("/api/v2/notifications/{group_key}/dismiss").since([4, 3, 0], [4, 3, 0]).nothing();

    /// All accounts of a group of notifications.
    ///
    /// `GET /api/v2/notifications/{group_key}/accounts` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/grouped_notifications/#get-group-accounts)
    grouped_notification_accounts as groupedNotificationAccounts(group_key: Text; AccountPageOptions) -> Page<Account> =
        get("/api/v2/notifications/{group_key}/accounts").since([4, 3, 0], [4, 3, 0]).page();

    /// How many groups of notifications are unread.
    ///
    /// `GET /api/v2/notifications/unread_count` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/grouped_notifications/#unread-group-count)
    unread_grouped_notifications_count as unreadGroupedNotificationsCount(; UnreadGroupedNotificationsCountOptions) -> f64 =
        get("/api/v2/notifications/unread_count").since([4, 3, 0], [4, 3, 0]).field("count");

    /// The policy that filters notifications, such as those from strangers.
    ///
    /// `GET /api/v2/notifications/policy` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#get-policy)
    notifications_policy as notificationsPolicy(; RequestOptions) -> NotificationPolicy =
        get("/api/v2/notifications/policy").since([4, 3, 0], [4, 3, 0]);

    /// Updates the policy that filters notifications.
    ///
    /// `PATCH /api/v2/notifications/policy` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#update-the-filtering-policy-for-notifications)
    update_notifications_policy as updateNotificationsPolicy(; UpdateNotificationsPolicyOptions) -> NotificationPolicy =
        patch("/api/v2/notifications/policy").since([4, 3, 0], [4, 3, 0]);

    /// The requests of accounts whose notifications were filtered: one per account.
    ///
    /// `GET /api/v1/notifications/requests` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#get-requests)
    notification_requests as notificationRequests(; PageOptions) -> Page<NotificationRequest> =
        get("/api/v1/notifications/requests").since([4, 3, 0], [4, 3, 0]).page();

    /// One notification request.
    ///
    /// `GET /api/v1/notifications/requests/{id}` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#get-one-request)
    notification_request as notificationRequest(id: Id; RequestOptions) -> NotificationRequest =
        get("/api/v1/notifications/requests/{id}").since([4, 3, 0], [4, 3, 0]);

    /// Accepts a notification request: the filtered notifications of this account are merged into the
    /// others, and later ones are not filtered. Merging takes a while; see `notificationsMerged`.
    ///
    /// `POST /api/v1/notifications/requests/{id}/accept` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#accept-request)
    accept_notification_request as acceptNotificationRequest(id: Id; WriteOptions) -> Nothing =
        post("/api/v1/notifications/requests/{id}/accept").since([4, 3, 0], [4, 3, 0]).nothing();

    /// Dismisses a notification request. Later notifications of this account are filtered as before.
    ///
    /// `POST /api/v1/notifications/requests/{id}/dismiss` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#dismiss-request)
    dismiss_notification_request as dismissNotificationRequest(id: Id; WriteOptions) -> Nothing =
        post("/api/v1/notifications/requests/{id}/dismiss").since([4, 3, 0], [4, 3, 0]).nothing();

    /// Accepts several notification requests.
    ///
    /// `POST /api/v1/notifications/requests/accept` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#accept-multiple-requests)
    accept_multiple_notification_requests as acceptMultipleNotificationRequests(ids: Ids => "id"; WriteOptions) -> Nothing =
        post("/api/v1/notifications/requests/accept").since([4, 3, 0], [4, 3, 0]).nothing();

    /// Dismisses several notification requests.
    ///
    /// `POST /api/v1/notifications/requests/dismiss` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#dismiss-multiple-requests)
    dismiss_multiple_notification_requests as dismissMultipleNotificationRequests(ids: Ids => "id"; WriteOptions) -> Nothing =
        post("/api/v1/notifications/requests/dismiss").since([4, 3, 0], [4, 3, 0]).nothing();

    /// Whether the notifications of accepted requests have all been merged.
    ///
    /// `GET /api/v1/notifications/requests/merged` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#requests-merged)
    notifications_merged as notificationsMerged(; RequestOptions) -> bool =
        get("/api/v1/notifications/requests/merged").since([4, 3, 0], [4, 3, 0]).field("merged");

    /// Dismisses one notification.
    ///
    /// `POST /api/v1/notifications/{id}/dismiss` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#dismiss)
    ///
    /// Servers before 2.9.2 have `POST /api/v1/notifications/dismiss` instead. `MastodonNotFoundError`
    /// if the user has no such notification.
    notifications_dismiss as notificationsDismiss(id: Id; WriteOptions) -> Nothing =
        post("/api/v1/notifications/{id}/dismiss")
            .since([1, 3, 0], [2, 9, 2]).nothing() => run(notifications_dismiss);

    /// Deletes one notification, on servers that run glitch-soc; others have `notificationsDismiss`.
    ///
    /// `DELETE /api/v1/notifications/{id}` · scope `write:notifications` ·
    /// not in Mastodon's documentation
    notifications_delete as notificationsDelete(id: Id; WriteOptions) -> Nothing =
        delete("/api/v1/notifications/{id}").since([2, 6, 0], [2, 6, 0]).nothing();

    /// Deletes several notifications, on servers that run glitch-soc.
    ///
    /// `DELETE /api/v1/notifications/destroy_multiple` · scope `write:notifications` ·
    /// not in Mastodon's documentation
    notifications_delete_multiple as notificationsDeleteMultiple(ids: Ids; WriteOptions) -> Nothing =
        delete("/api/v1/notifications/destroy_multiple").since([2, 6, 0], [2, 6, 0]).nothing();
}

/// One entry of a list where the option `id` was given: it follows the path.
pub(super) fn by_id(call: &mut Call) -> Result<(), Error> {
    if call.has("id") {
        call.request.path.push_str("/{id}");
        call.request.answer = Answer::Json;
    }
    Ok(())
}

/// Servers before this version know only what to leave out.
const TYPES: Version = Version::new(3, 5, 0);
const ALL_BUT_MENTIONS: [&str; 5] = ["follow", "favourite", "reblog", "poll", "follow_request"];

fn notifications(call: &mut Call) -> Result<(), Error> {
    if call.has("mentions_only") && (call.has("types") || call.has("exclude_types")) {
        return Err(call.illegal(&["`mentions_only` excludes `types` and `exclude_types`"]));
    }
    if call.take_flag("mentions_only") {
        if call.client().is_older(TYPES) {
            let others: Array = ALL_BUT_MENTIONS
                .iter()
                .map(|name| JsValue::from(*name))
                .collect();
            call.set("exclude_types", others.into());
        } else {
            call.set("types", Array::of1(&"mention".into()).into());
        }
    }
    by_id(call)
}

/// The server version that has a path for each notification.
const DISMISS_BY_PATH: Version = Version::new(2, 9, 2);

/// The older route has the id beside its path.
fn notifications_dismiss(call: Call) -> Result<Work, Error> {
    let id = call.get("id");
    let is_older = call.client().is_older(DISMISS_BY_PATH);
    let key = call.request.idempotency_key.clone();
    let name = call.name();
    Ok(Box::pin(async move {
        let (scope, by_path) = call.build()?;
        let mut beside = Request::new(name, Verb::Post, "/api/v1/notifications/dismiss");
        beside.answer = Answer::Nothing;
        beside.idempotency_key = key;
        beside.pair("id", id);
        let (first, second) = if is_older {
            (beside, by_path)
        } else {
            (by_path, beside)
        };
        first_found(&scope, first, second).await
    }))
}

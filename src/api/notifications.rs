//! Notifications: <https://docs.joinmastodon.org/methods/notifications/>, grouped ones
//! <https://docs.joinmastodon.org/methods/grouped_notifications/>.

use crate::client::{Endpoint, Mastodon, Version, arg, promise};
use crate::entities::{NotificationPolicyAction, NotificationType};
use crate::error::illegal;
use crate::params::{
    Argument, Id, Ids, Kind, RequestOptions, Text, TimelineId, Value, WriteOptions, closed, options,
};
use js_sys::Promise;
use tsify::Ts;
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
        max_id: TimelineId,
        /// Only notifications newer than this one, beginning right after it.
        min_id: TimelineId,
        /// Only notifications newer than this one, beginning with the newest.
        since_id: TimelineId,
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
    }

    /// Options of `groupedNotifications`.
    get GroupedNotificationsOptions {
        /// Only groups with a notification older than this one.
        max_id: TimelineId,
        /// Only notifications newer than this one, beginning with the newest.
        since_id: TimelineId,
        /// Only notifications newer than this one, beginning right after it.
        min_id: TimelineId,
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

    /// Options of `notificationRequests`.
    get NotificationRequestsOptions {
        /// Only requests older than this one.
        max_id: TimelineId,
        /// Only requests newer than this one, beginning with the newest.
        since_id: TimelineId,
        /// Only requests newer than this one, beginning right after it.
        min_id: TimelineId,
        /// How many: at most 80, 40 when it is not said.
        limit: u32,
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

/// What servers that cannot be asked for mentions are told to leave out.
const ALL_BUT_MENTIONS: [&str; 5] = ["follow", "favourite", "reblog", "poll", "follow_request"];

#[wasm_bindgen]
impl Mastodon {
    /// Notifications, or one. Documented, with its types, in notifications.d.ts.
    #[wasm_bindgen(skip_typescript)]
    pub fn notifications(&self, options: Option<Ts<NotificationsOptions>>) -> Promise {
        const LIST: Endpoint = Endpoint::get("notifications", "/api/v1/notifications")
            .since([1, 0, 0], [4, 6, 0])
            .page();
        let (client, call) = (self.client(), self.prepare(&LIST, &[], options));
        promise(async move {
            let mut call = call?;
            if call.arguments.get("mentions_only").is_some() {
                if call.arguments.sends("types") || call.arguments.sends("exclude_types") {
                    return Err(illegal(
                        LIST.name,
                        "`mentions_only` excludes `types` and `exclude_types`",
                    ));
                }
                if call.arguments.take_flag("mentions_only") {
                    let current = client
                        .known_version()
                        .is_none_or(|version| version >= Version([3, 5, 0]));
                    let (name, types): (_, &[&str]) = if current {
                        ("types", &["mention"])
                    } else {
                        ("exclude_types", &ALL_BUT_MENTIONS)
                    };
                    let types = types.iter().map(|kind| Value::Text((*kind).to_owned()));
                    call.arguments
                        .push(name, name, Value::List(types.collect()));
                }
            }
            client.run(call.by_id()).await
        })
    }

    /// How many notifications are unread: those after the marker of `notifications`.
    ///
    /// `GET /api/v1/notifications/unread_count` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#unread-count)
    ///
    /// The server counts to 100.
    #[wasm_bindgen(
        js_name = notificationsUnreadCount,
        unchecked_return_type = "Promise<UnreadNotificationsCount>"
    )]
    pub fn notifications_unread_count(&self, options: Option<Ts<RequestOptions>>) -> Promise {
        const COUNT: Endpoint = Endpoint::get(
            "notificationsUnreadCount",
            "/api/v1/notifications/unread_count",
        )
        .since([4, 3, 0], [4, 3, 0]);
        self.call(&COUNT, &[], options)
    }

    /// Dismisses all notifications.
    ///
    /// `POST /api/v1/notifications/clear` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#clear)
    #[wasm_bindgen(js_name = notificationsClear, unchecked_return_type = "Promise<void>")]
    pub fn notifications_clear(&self, options: Option<Ts<WriteOptions>>) -> Promise {
        const CLEAR: Endpoint = Endpoint::post("notificationsClear", "/api/v1/notifications/clear")
            .since([1, 0, 0], [1, 0, 0])
            .nothing();
        self.call(&CLEAR, &[], options)
    }

    /// Dismisses one notification.
    ///
    /// `POST /api/v1/notifications/{id}/dismiss` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#dismiss)
    ///
    /// Where the client knows that the server is older than 2.9.2:
    /// `POST /api/v1/notifications/dismiss`. `MastodonNotFoundError` where there is no such
    /// notification of yours.
    #[wasm_bindgen(js_name = notificationsDismiss, unchecked_return_type = "Promise<void>")]
    pub fn notifications_dismiss(&self, id: Ts<Id>, options: Option<Ts<WriteOptions>>) -> Promise {
        const DISMISS: Endpoint =
            Endpoint::post("notificationsDismiss", "/api/v1/notifications/{id}/dismiss")
                .since([1, 3, 0], [2, 9, 2])
                .nothing();
        let (client, call) = (
            self.client(),
            self.prepare(&DISMISS, &[arg("id", id)], options),
        );
        promise(async move {
            let mut call = call?;
            if client
                .known_version()
                .is_some_and(|version| version < Version([2, 9, 2]))
            {
                "/api/v1/notifications/dismiss".clone_into(&mut call.request.path);
            }
            client.run(call).await
        })
    }

    /// Notifications in groups, the latest first: ten people who favourited one post are one group.
    ///
    /// `GET /api/v2/notifications` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/grouped_notifications/#get-grouped)
    ///
    /// Groups name accounts and statuses by id; what they name stands once each beside them. Since
    /// 4.3.0; `MastodonNotFoundError` from servers that have no groups.
    #[wasm_bindgen(
        js_name = groupedNotifications,
        unchecked_return_type = "Promise<GroupedNotificationsResults & Paginated>"
    )]
    pub fn grouped_notifications(
        &self,
        options: Option<Ts<GroupedNotificationsOptions>>,
    ) -> Promise {
        const GROUPED: Endpoint = Endpoint::get("groupedNotifications", "/api/v2/notifications")
            .since([4, 3, 0], [4, 6, 0])
            .page()
            .default(&[("expand_accounts", "partial_avatars")]);
        self.call(&GROUPED, &[], options)
    }

    /// One group of notifications.
    ///
    /// `GET /api/v2/notifications/{group_key}` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/grouped_notifications/#get-notification-group)
    #[wasm_bindgen(
        js_name = groupedNotification,
        unchecked_return_type = "Promise<GroupedNotificationsResults>"
    )]
    pub fn grouped_notification(
        &self,
        group_key: Ts<Text>,
        options: Option<Ts<GroupedNotificationOptions>>,
    ) -> Promise {
        const GROUP: Endpoint =
            Endpoint::get("groupedNotification", "/api/v2/notifications/{group_key}")
                .since([4, 3, 0], [4, 6, 0]);
        self.call(&GROUP, &[arg("group_key", group_key)], options)
    }

    /// Dismisses a group of notifications.
    ///
    /// `POST /api/v2/notifications/{group_key}/dismiss` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/grouped_notifications/#dismiss-group)
    #[wasm_bindgen(js_name = dismissGroupedNotification, unchecked_return_type = "Promise<void>")]
    pub fn dismiss_grouped_notification(
        &self,
        group_key: Ts<Text>,
        options: Option<Ts<WriteOptions>>,
    ) -> Promise {
        const DISMISS: Endpoint = Endpoint::post(
            "dismissGroupedNotification",
            "/api/v2/notifications/{group_key}/dismiss",
        )
        .since([4, 3, 0], [4, 3, 0])
        .nothing();
        self.call(&DISMISS, &[arg("group_key", group_key)], options)
    }

    /// All accounts of a group of notifications.
    ///
    /// `GET /api/v2/notifications/{group_key}/accounts` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/grouped_notifications/#get-group-accounts)
    #[wasm_bindgen(
        js_name = groupedNotificationAccounts,
        unchecked_return_type = "Promise<Page<Account>>"
    )]
    pub fn grouped_notification_accounts(
        &self,
        group_key: Ts<Text>,
        options: Option<Ts<RequestOptions>>,
    ) -> Promise {
        const ACCOUNTS: Endpoint = Endpoint::get(
            "groupedNotificationAccounts",
            "/api/v2/notifications/{group_key}/accounts",
        )
        .since([4, 3, 0], [4, 3, 0])
        .page();
        self.call(&ACCOUNTS, &[arg("group_key", group_key)], options)
    }

    /// How many groups of notifications are unread: a number.
    ///
    /// `GET /api/v2/notifications/unread_count` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/grouped_notifications/#unread-group-count)
    #[wasm_bindgen(
        js_name = unreadGroupedNotificationsCount,
        unchecked_return_type = "Promise<number>"
    )]
    pub fn unread_grouped_notifications_count(
        &self,
        options: Option<Ts<UnreadGroupedNotificationsCountOptions>>,
    ) -> Promise {
        const COUNT: Endpoint = Endpoint::get(
            "unreadGroupedNotificationsCount",
            "/api/v2/notifications/unread_count",
        )
        .since([4, 3, 0], [4, 3, 0])
        .field("count");
        self.call(&COUNT, &[], options)
    }

    /// What happens to notifications from strangers and the like.
    ///
    /// `GET /api/v2/notifications/policy` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#get-policy)
    #[wasm_bindgen(
        js_name = notificationsPolicy,
        unchecked_return_type = "Promise<NotificationPolicy>"
    )]
    pub fn notifications_policy(&self, options: Option<Ts<RequestOptions>>) -> Promise {
        const POLICY: Endpoint =
            Endpoint::get("notificationsPolicy", "/api/v2/notifications/policy")
                .since([4, 3, 0], [4, 3, 0]);
        self.call(&POLICY, &[], options)
    }

    /// Changes what happens to notifications from strangers and the like.
    ///
    /// `PATCH /api/v2/notifications/policy` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#update-the-filtering-policy-for-notifications)
    #[wasm_bindgen(
        js_name = updateNotificationsPolicy,
        unchecked_return_type = "Promise<NotificationPolicy>"
    )]
    pub fn update_notifications_policy(
        &self,
        options: Option<Ts<UpdateNotificationsPolicyOptions>>,
    ) -> Promise {
        const POLICY: Endpoint =
            Endpoint::patch("updateNotificationsPolicy", "/api/v2/notifications/policy")
                .since([4, 3, 0], [4, 3, 0]);
        self.call(&POLICY, &[], options)
    }

    /// Who waits with filtered notifications: a request an account.
    ///
    /// `GET /api/v1/notifications/requests` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#get-requests)
    #[wasm_bindgen(
        js_name = notificationRequests,
        unchecked_return_type = "Promise<Page<NotificationRequest>>"
    )]
    pub fn notification_requests(
        &self,
        options: Option<Ts<NotificationRequestsOptions>>,
    ) -> Promise {
        const REQUESTS: Endpoint =
            Endpoint::get("notificationRequests", "/api/v1/notifications/requests")
                .since([4, 3, 0], [4, 3, 0])
                .page();
        self.call(&REQUESTS, &[], options)
    }

    /// One request.
    ///
    /// `GET /api/v1/notifications/requests/{id}` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#get-one-request)
    #[wasm_bindgen(
        js_name = notificationRequest,
        unchecked_return_type = "Promise<NotificationRequest>"
    )]
    pub fn notification_request(&self, id: Ts<Id>, options: Option<Ts<RequestOptions>>) -> Promise {
        const REQUEST: Endpoint =
            Endpoint::get("notificationRequest", "/api/v1/notifications/requests/{id}")
                .since([4, 3, 0], [4, 3, 0]);
        self.call(&REQUEST, &[arg("id", id)], options)
    }

    /// Accepts a request: what was filtered from this account arrives, and is filtered no more. The
    /// server works on it for a while; see `notificationsMerged`.
    ///
    /// `POST /api/v1/notifications/requests/{id}/accept` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#accept-request)
    #[wasm_bindgen(js_name = acceptNotificationRequest, unchecked_return_type = "Promise<void>")]
    pub fn accept_notification_request(
        &self,
        id: Ts<Id>,
        options: Option<Ts<WriteOptions>>,
    ) -> Promise {
        const ACCEPT: Endpoint = Endpoint::post(
            "acceptNotificationRequest",
            "/api/v1/notifications/requests/{id}/accept",
        )
        .since([4, 3, 0], [4, 3, 0])
        .nothing();
        self.call(&ACCEPT, &[arg("id", id)], options)
    }

    /// Dismisses a request: what was filtered from this account is put out of sight. Later
    /// notifications of it are filtered as before.
    ///
    /// `POST /api/v1/notifications/requests/{id}/dismiss` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#dismiss-request)
    #[wasm_bindgen(js_name = dismissNotificationRequest, unchecked_return_type = "Promise<void>")]
    pub fn dismiss_notification_request(
        &self,
        id: Ts<Id>,
        options: Option<Ts<WriteOptions>>,
    ) -> Promise {
        const DISMISS: Endpoint = Endpoint::post(
            "dismissNotificationRequest",
            "/api/v1/notifications/requests/{id}/dismiss",
        )
        .since([4, 3, 0], [4, 3, 0])
        .nothing();
        self.call(&DISMISS, &[arg("id", id)], options)
    }

    /// Accepts several requests.
    ///
    /// `POST /api/v1/notifications/requests/accept` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#accept-multiple-requests)
    #[wasm_bindgen(
        js_name = acceptMultipleNotificationRequests,
        unchecked_return_type = "Promise<void>"
    )]
    pub fn accept_multiple_notification_requests(
        &self,
        ids: Ts<Ids>,
        options: Option<Ts<WriteOptions>>,
    ) -> Promise {
        const ACCEPT: Endpoint = Endpoint::post(
            "acceptMultipleNotificationRequests",
            "/api/v1/notifications/requests/accept",
        )
        .since([4, 3, 0], [4, 3, 0])
        .nothing();
        self.call(&ACCEPT, &[arg("ids", ids).wire("id")], options)
    }

    /// Dismisses several requests.
    ///
    /// `POST /api/v1/notifications/requests/dismiss` · scope `write:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#dismiss-multiple-requests)
    #[wasm_bindgen(
        js_name = dismissMultipleNotificationRequests,
        unchecked_return_type = "Promise<void>"
    )]
    pub fn dismiss_multiple_notification_requests(
        &self,
        ids: Ts<Ids>,
        options: Option<Ts<WriteOptions>>,
    ) -> Promise {
        const DISMISS: Endpoint = Endpoint::post(
            "dismissMultipleNotificationRequests",
            "/api/v1/notifications/requests/dismiss",
        )
        .since([4, 3, 0], [4, 3, 0])
        .nothing();
        self.call(&DISMISS, &[arg("ids", ids).wire("id")], options)
    }

    /// Whether the notifications of accepted requests have all arrived.
    ///
    /// `GET /api/v1/notifications/requests/merged` · scope `read:notifications` ·
    /// [documentation](https://docs.joinmastodon.org/methods/notifications/#requests-merged)
    #[wasm_bindgen(js_name = notificationsMerged, unchecked_return_type = "Promise<boolean>")]
    pub fn notifications_merged(&self, options: Option<Ts<RequestOptions>>) -> Promise {
        const MERGED: Endpoint = Endpoint::get(
            "notificationsMerged",
            "/api/v1/notifications/requests/merged",
        )
        .since([4, 3, 0], [4, 3, 0])
        .field("merged");
        self.call(&MERGED, &[], options)
    }
}

// One name gives a page or, by `id`, one notification: overloads, which wasm-bindgen has no words for.
#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = include_str!("notifications.d.ts");

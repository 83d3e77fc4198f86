//! Notifications, single, grouped and filtered, and the policy that filters them.

use super::declare::{entity, open_enum, typescript};
use super::{
    Account, AccountWarning, AnnualReportEvent, Collection, PartialAccountWithAvatar, Report,
    Status,
};

open_enum! {
    /// The type of a notification.
    pub enum NotificationType {
        /// Someone mentioned you.
        Mention = "mention",
        /// An account published a status, and you get notifications of its statuses.
        Status = "status",
        /// Someone boosted a status of yours.
        Reblog = "reblog",
        /// Someone follows you.
        Follow = "follow",
        /// Someone requested to follow you.
        FollowRequest = "follow_request",
        /// Someone favourited a status of yours.
        Favourite = "favourite",
        /// A poll that you made or voted in has closed.
        Poll = "poll",
        /// A status that you boosted was edited.
        Update = "update",
        /// Someone registered. Only for moderators.
        AdminSignUp = "admin.sign_up",
        /// There is a new report. Only for moderators.
        AdminReport = "admin.report",
        /// You lost follows, because a server was blocked or an account suspended.
        SeveredRelationships = "severed_relationships",
        /// The moderators sent you a warning.
        ModerationWarning = "moderation_warning",
        /// Someone quoted a status of yours.
        Quote = "quote",
        /// A status that you quoted was edited.
        QuotedUpdate = "quoted_update",
        /// Your annual report is ready.
        AnnualReport = "annual_report",
        /// Someone added you to a collection.
        AddedToCollection = "added_to_collection",
        /// A collection that you are in was updated.
        CollectionUpdate = "collection_update",
    }

    /// Why you lost follows.
    pub enum RelationshipSeveranceType {
        /// The moderators blocked a server.
        DomainBlock = "domain_block",
        /// You blocked a server.
        UserDomainBlock = "user_domain_block",
        /// The moderators suspended an account.
        AccountSuspension = "account_suspension",
    }

    /// What the server does with a kind of notifications.
    pub enum NotificationPolicyAction {
        /// You get them.
        Accept = "accept",
        /// They are filtered: they wait in notification requests until you accept or dismiss these.
        Filter = "filter",
        /// They are discarded.
        Drop = "drop",
    }
}

entity! {
    /// The fields of all notifications. In TypeScript, `Notification` is a union of its types.
    ///
    /// See <https://docs.joinmastodon.org/entities/Notification/>
    #[cfg_attr(feature = "npm", tsify(rename = "AnyNotification"))]
    pub struct Notification {
        /// Identifies the notification.
        id: String,
        /// Its type.
        r#type: NotificationType,
        /// The key of its group; `ungrouped-` and its id when it has no group. Absent before 4.3.0.
        group_key?: String,
        /// When it happened, ISO 8601 in UTC.
        created_at: String,
        /// The account that caused it.
        account: Account,
        /// The status that it is about. Absent or `null` when there is none.
        status?: Option<Status>,
        /// The report, for `admin.report`. Absent for others.
        report?: Report,
        /// The lost follows, for `severed_relationships`. Absent for others.
        event?: RelationshipSeveranceEvent,
        /// The warning, for `moderation_warning`. Absent or `null` for others.
        moderation_warning?: Option<AccountWarning>,
        /// What to show when your application does not know the type. Absent before 4.6.0, and for types in
        /// `supported_types` of the request.
        fallback?: NotificationFallback,
        /// The collection, for `added_to_collection` and `collection_update`. Absent for others.
        collection?: Collection,
        /// `true` when the notification policy filters it. Absent otherwise.
        filtered?: bool,
    }

    /// What to show when an application does not know the type of a notification.
    ///
    /// See <https://docs.joinmastodon.org/entities/NotificationFallback/>
    pub struct NotificationFallback {
        /// What happened, as HTML.
        title: String,
        /// One more sentence, as HTML; `null` when there is none.
        summary: Option<String>,
        /// A longer text, as HTML. Absent or `null` when there is none.
        details?: Option<String>,
        /// Further text. Absent or `null` when there is none.
        description?: Option<String>,
    }

    /// Lost follows: accounts that you followed, and accounts that followed you.
    ///
    /// See <https://docs.joinmastodon.org/entities/RelationshipSeveranceEvent/>
    pub struct RelationshipSeveranceEvent {
        /// Identifies the event.
        id: String,
        /// Why you lost them.
        r#type: RelationshipSeveranceType,
        /// Whether the list of the lost follows was deleted.
        purged: bool,
        /// The server that was blocked, or the handle of the account that was suspended.
        target_name: String,
        /// How many followers you lost.
        followers_count: u64,
        /// How many of the accounts that you followed were lost.
        following_count: u64,
        /// When it happened, ISO 8601 in UTC.
        created_at: String,
    }

    /// A page of grouped notifications. The groups refer to accounts and statuses by id; each of these is
    /// listed once.
    ///
    /// See <https://docs.joinmastodon.org/methods/grouped_notifications/#GroupedNotificationsResults>
    pub struct GroupedNotificationsResults {
        /// The accounts that the groups refer to.
        accounts: Vec<Account>,
        /// Accounts of which only the profile picture is needed. Absent unless `expand_accounts` is
        /// `partial_avatars`.
        partial_accounts?: Vec<PartialAccountWithAvatar>,
        /// The statuses that the groups refer to.
        statuses: Vec<Status>,
        /// The groups, the latest first.
        notification_groups: Vec<NotificationGroup>,
    }

    /// Notifications of the same type about the same status or event.
    ///
    /// See <https://docs.joinmastodon.org/methods/grouped_notifications/#NotificationGroup>
    pub struct NotificationGroup {
        /// Identifies the group.
        group_key: String,
        /// How many notifications are in it.
        notifications_count: u64,
        /// Their type.
        r#type: NotificationType,
        /// The id of the latest notification in it: a number, unlike all other ids.
        most_recent_notification_id: u64,
        /// The id of its earliest notification on this page. Absent when none is on this page.
        page_min_id?: String,
        /// The id of its latest notification on this page. Absent when none is on this page.
        page_max_id?: String,
        /// When its latest notification on this page happened, ISO 8601 in UTC. Absent when none is on this
        /// page.
        latest_page_notification_at?: String,
        /// The ids of some of the accounts that caused it, the latest first.
        sample_account_ids: Vec<String>,
        /// The id of the status that it is about. Absent or `null` when there is none.
        status_id?: Option<String>,
        /// The report, for `admin.report`. Absent for others.
        report?: Report,
        /// The lost follows, for `severed_relationships`. Absent for others.
        event?: RelationshipSeveranceEvent,
        /// The warning, for `moderation_warning`. Absent or `null` for others.
        moderation_warning?: Option<AccountWarning>,
        /// What to show when your application does not know the type. Absent before 4.6.0, and for types in
        /// `supported_types` of the request.
        fallback?: NotificationFallback,
        /// The collection, for `added_to_collection` and `collection_update`. Absent for others.
        collection?: Collection,
        /// The year that it is about, for `annual_report`. Absent for others.
        annual_report?: AnnualReportEvent,
    }

    /// What the server does with notifications that you may not want.
    ///
    /// See <https://docs.joinmastodon.org/entities/NotificationPolicy/>
    pub struct NotificationPolicy {
        /// From accounts that you do not follow.
        for_not_following: NotificationPolicyAction,
        /// From accounts that do not follow you, or have for less than three days.
        for_not_followers: NotificationPolicyAction,
        /// From accounts younger than 30 days.
        for_new_accounts: NotificationPolicyAction,
        /// For direct messages from accounts that you do not follow, except replies to yours.
        for_private_mentions: NotificationPolicyAction,
        /// From accounts that the moderators have limited.
        for_limited_accounts: NotificationPolicyAction,
        /// From bots. Absent on older servers.
        for_bots?: NotificationPolicyAction,
        /// How many filtered notifications wait for your decision.
        summary: NotificationPolicySummary,
    }

    /// How many filtered notifications wait for your decision.
    ///
    /// See <https://docs.joinmastodon.org/entities/NotificationPolicy/#summary>
    pub struct NotificationPolicySummary {
        /// How many accounts they are from.
        pending_requests_count: u64,
        /// How many there are.
        pending_notifications_count: u64,
    }

    /// The first version of the notification policy. Each field says whether notifications are filtered.
    ///
    /// See <https://docs.joinmastodon.org/entities/V1_NotificationPolicy/>
    pub struct V1NotificationPolicy {
        /// From accounts that you do not follow.
        filter_not_following: bool,
        /// From accounts that do not follow you.
        filter_not_followers: bool,
        /// From new accounts.
        filter_new_accounts: bool,
        /// Direct messages from accounts that you do not follow.
        filter_private_mentions: bool,
        /// From bots. Absent before 4.6.0.
        filter_bots?: bool,
        /// How many filtered notifications wait for your decision.
        summary: NotificationPolicySummary,
    }

    /// The filtered notifications from one account, which you can accept or dismiss.
    ///
    /// See <https://docs.joinmastodon.org/entities/NotificationRequest/>
    pub struct NotificationRequest {
        /// Identifies the request.
        id: String,
        /// When its first notification was created, ISO 8601 in UTC.
        created_at: String,
        /// When its latest notification was created, ISO 8601 in UTC.
        updated_at: String,
        /// The account that the notifications are from.
        account: Account,
        /// How many notifications there are, as a number in a string.
        notifications_count: String,
        /// The latest status in them. Absent or `null` when there is none.
        last_status?: Option<Status>,
    }

    /// How many notifications are unread.
    ///
    /// See <https://docs.joinmastodon.org/methods/notifications/#unread-count>
    pub struct UnreadNotificationsCount {
        /// How many are unread, up to the requested limit.
        count: u64,
    }
}

typescript! {
    NOTIFICATION = r#"
/** A notification about a status. */
export interface StatusNotification extends AnyNotification {
  type: "mention" | "status" | "reblog" | "favourite" | "poll" | "update" | "quote" | "quoted_update";
  /** The status that it is about. */
  status: Status;
}

/** A notification that is not about a status. */
export interface AccountNotification extends AnyNotification {
  type: "follow" | "follow_request" | "admin.sign_up" | "annual_report";
}

/** There is a new report. Only for moderators. */
export interface ReportNotification extends AnyNotification {
  type: "admin.report";
  /** The report. */
  report: Report;
}

/** You lost follows. */
export interface SeveranceNotification extends AnyNotification {
  type: "severed_relationships";
  /** The lost follows. */
  event: RelationshipSeveranceEvent;
}

/** The moderators sent you a warning. */
export interface WarningNotification extends AnyNotification {
  type: "moderation_warning";
  /** The warning. */
  moderation_warning: AccountWarning;
}

/** A notification about a collection that you are in. */
export interface CollectionNotification extends AnyNotification {
  type: "added_to_collection" | "collection_update";
  /** The collection. */
  collection: Collection;
}

/**
 * The type of a notification that this package does not know, such as a fork's `pleroma:emoji_reaction`. At run
 * time it can be any string: cast it to `string` before you compare it.
 */
export type UnknownNotificationType = `${string}:${string}`;

/** A notification of a type that this package does not know. Servers add types: ignore it, or show its `fallback`. */
export interface UnknownNotification extends AnyNotification {
  type: UnknownNotificationType;
}

/**
 * A notification. Its `type` determines which other fields it has.
 *
 * See <https://docs.joinmastodon.org/entities/Notification/>
 *
 * @example
 * if (notification.type === "mention") console.log(notification.status.content);
 */
export type Notification =
  | StatusNotification
  | AccountNotification
  | ReportNotification
  | SeveranceNotification
  | WarningNotification
  | CollectionNotification
  | UnknownNotification;
"#
}

//! Notifications: one by one and grouped, filtered ones, and the policy that filters them.

use super::declare::{entity, open_enum, typescript};
use super::{
    Account, AccountWarning, AnnualReportEvent, Collection, PartialAccountWithAvatar, Report,
    Status,
};

open_enum! {
    /// The type of a notification.
    pub enum NotificationType {
        /// Somebody mentioned you.
        Mention = "mention",
        /// An account whose posts you are notified of has posted.
        Status = "status",
        /// Somebody boosted a post of yours.
        Reblog = "reblog",
        /// Somebody follows you.
        Follow = "follow",
        /// Somebody requested to follow you.
        FollowRequest = "follow_request",
        /// A post of yours is somebody's favourite.
        Favourite = "favourite",
        /// A poll that you made or voted in has closed.
        Poll = "poll",
        /// A post that you boosted was changed.
        Update = "update",
        /// Somebody registered; for moderators.
        AdminSignUp = "admin.sign_up",
        /// A report came in; for moderators.
        AdminReport = "admin.report",
        /// Follows were lost, since somebody blocked a server or suspended an account.
        SeveredRelationships = "severed_relationships",
        /// The moderators warned you.
        ModerationWarning = "moderation_warning",
        /// Somebody quoted a post of yours.
        Quote = "quote",
        /// A post that you quoted was changed.
        QuotedUpdate = "quoted_update",
        /// The report on your year is there.
        AnnualReport = "annual_report",
        /// Somebody put you into a collection.
        AddedToCollection = "added_to_collection",
        /// A collection that you are in was changed.
        CollectionUpdate = "collection_update",
    }

    /// Why follows were lost.
    pub enum RelationshipSeveranceType {
        /// The moderators blocked a server.
        DomainBlock = "domain_block",
        /// You blocked a server.
        UserDomainBlock = "user_domain_block",
        /// The moderators suspended an account.
        AccountSuspension = "account_suspension",
    }

    /// What happens to notifications of a kind.
    pub enum NotificationPolicyAction {
        /// They arrive.
        Accept = "accept",
        /// They go to the filtered ones, which wait for you as requests.
        Filter = "filter",
        /// They are thrown away.
        Drop = "drop",
    }
}

entity! {
    /// What every notification has; in TypeScript, `Notification` is one of its kinds.
    ///
    /// See <https://docs.joinmastodon.org/entities/Notification/>
    #[cfg_attr(feature = "npm", tsify(rename = "AnyNotification"))]
    pub struct Notification {
        /// Identifies the notification.
        id: String,
        /// Its type.
        r#type: NotificationType,
        /// The key of the group that it belongs to; `ungrouped-` and its id for one that stands
        /// alone. Absent before 4.3.0.
        group_key?: String,
        /// When it happened, ISO 8601 in UTC.
        created_at: String,
        /// Who did it.
        account: Account,
        /// The post that it is about. Absent or `null` where it is about none.
        status?: Option<Status>,
        /// The report, for `admin.report`. Absent for others.
        report?: Report,
        /// The loss, for `severed_relationships`. Absent for others.
        event?: RelationshipSeveranceEvent,
        /// The warning, for `moderation_warning`. Absent or `null` for others.
        moderation_warning?: Option<AccountWarning>,
        /// What to show for a type that your application does not know. Absent for types that it said
        /// it supports and before 4.6.0.
        fallback?: NotificationFallback,
        /// The collection, for `added_to_collection` and `collection_update`. Absent for others.
        collection?: Collection,
        /// `true` when the policy filters it, else absent.
        filtered?: bool,
    }

    /// What to show for a notification of a type that an application does not know.
    ///
    /// See <https://docs.joinmastodon.org/entities/NotificationFallback/>
    pub struct NotificationFallback {
        /// What happened, as HTML.
        title: String,
        /// A sentence more, as HTML; `null` for none.
        summary: Option<String>,
        /// The long form, as HTML; `null` or absent for none.
        details?: Option<String>,
        /// Further text; `null` or absent for none.
        description?: Option<String>,
    }

    /// Follows that were lost.
    ///
    /// See <https://docs.joinmastodon.org/entities/RelationshipSeveranceEvent/>
    pub struct RelationshipSeveranceEvent {
        /// Identifies the loss.
        id: String,
        /// Why they were lost.
        r#type: RelationshipSeveranceType,
        /// Whether the list has been deleted.
        purged: bool,
        /// The server that was blocked, or the handle of the account that was suspended.
        target_name: String,
        /// How many followers you lost.
        followers_count: u64,
        /// How many whom you followed you lost.
        following_count: u64,
        /// When it happened, ISO 8601 in UTC.
        created_at: String,
    }

    /// A page of grouped notifications. Accounts and posts are named by id in the groups, and stand
    /// beside them once each.
    ///
    /// See <https://docs.joinmastodon.org/methods/grouped_notifications/#GroupedNotificationsResults>
    pub struct GroupedNotificationsResults {
        /// The accounts that the groups name.
        accounts: Vec<Account>,
        /// The accounts of which only the picture is needed. Absent unless `expand_accounts` is
        /// `partial_avatars`.
        partial_accounts?: Vec<PartialAccountWithAvatar>,
        /// The posts that the groups name.
        statuses: Vec<Status>,
        /// The groups, the latest first.
        notification_groups: Vec<NotificationGroup>,
    }

    /// Notifications of one kind about one thing.
    ///
    /// See <https://docs.joinmastodon.org/methods/grouped_notifications/#NotificationGroup>
    pub struct NotificationGroup {
        /// Identifies the group.
        group_key: String,
        /// How many notifications are in it.
        notifications_count: u64,
        /// What they tell.
        r#type: NotificationType,
        /// The id of the latest of them: a number, other than all other ids.
        most_recent_notification_id: u64,
        /// The id of the earliest of them on this page. Absent when none of them is on it.
        page_min_id?: String,
        /// The id of the latest of them on this page. Absent when none of them is on it.
        page_max_id?: String,
        /// When the latest of them on this page happened, ISO 8601 in UTC. Absent when none is on it.
        latest_page_notification_at?: String,
        /// The ids of some of those who did it, the latest first.
        sample_account_ids: Vec<String>,
        /// The id of the post that they are about. Absent or `null` where they are about none.
        status_id?: Option<String>,
        /// The report, for `admin.report`. Absent for others.
        report?: Report,
        /// The loss, for `severed_relationships`. Absent for others.
        event?: RelationshipSeveranceEvent,
        /// The warning, for `moderation_warning`. Absent or `null` for others.
        moderation_warning?: Option<AccountWarning>,
        /// What to show for a type that your application does not know. Absent for types that it said
        /// it supports and before 4.6.0.
        fallback?: NotificationFallback,
        /// The collection, for `added_to_collection` and `collection_update`. Absent for others.
        collection?: Collection,
        /// Which year it is about, for `annual_report`. Absent for others.
        annual_report?: AnnualReportEvent,
    }

    /// What happens to notifications from people whom you may not want to hear.
    ///
    /// See <https://docs.joinmastodon.org/entities/NotificationPolicy/>
    pub struct NotificationPolicy {
        /// Accounts that you do not follow.
        for_not_following: NotificationPolicyAction,
        /// Those who do not follow you, or have for less than three days.
        for_not_followers: NotificationPolicyAction,
        /// Accounts younger than 30 days.
        for_new_accounts: NotificationPolicyAction,
        /// Direct messages that reply to none of yours, from accounts that you do not follow.
        for_private_mentions: NotificationPolicyAction,
        /// Accounts that the moderators have limited.
        for_limited_accounts: NotificationPolicyAction,
        /// Bots. Absent in older servers.
        for_bots?: NotificationPolicyAction,
        /// How many are waiting among the filtered ones.
        summary: NotificationPolicySummary,
    }

    /// How many notifications are waiting among the filtered ones.
    ///
    /// See <https://docs.joinmastodon.org/entities/NotificationPolicy/#summary>
    pub struct NotificationPolicySummary {
        /// How many people they are from.
        pending_requests_count: u64,
        /// How many there are.
        pending_notifications_count: u64,
    }

    /// What happens to notifications from people whom you may not want to hear, as the first version
    /// of the policy had it: whether they are filtered.
    ///
    /// See <https://docs.joinmastodon.org/entities/V1_NotificationPolicy/>
    pub struct V1NotificationPolicy {
        /// From those whom you do not follow.
        filter_not_following: bool,
        /// From those who do not follow you.
        filter_not_followers: bool,
        /// From young accounts.
        filter_new_accounts: bool,
        /// Direct messages from people whom you do not follow.
        filter_private_mentions: bool,
        /// From bots. Absent before 4.6.0.
        filter_bots?: bool,
        /// How many are waiting among the filtered ones.
        summary: NotificationPolicySummary,
    }

    /// The filtered notifications from one account, which you may accept.
    ///
    /// See <https://docs.joinmastodon.org/entities/NotificationRequest/>
    pub struct NotificationRequest {
        /// Identifies the request.
        id: String,
        /// When the first of them came, ISO 8601 in UTC.
        created_at: String,
        /// When the last of them came, ISO 8601 in UTC.
        updated_at: String,
        /// Who they are from.
        account: Account,
        /// How many there are, as a number in a string.
        notifications_count: String,
        /// The latest post among them. Absent or `null` when there is none.
        last_status?: Option<Status>,
    }

    /// How many notifications are unread.
    ///
    /// See <https://docs.joinmastodon.org/methods/notifications/#unread-count>
    pub struct UnreadNotificationsCount {
        /// How many, up to the limit that was asked for.
        count: u64,
    }
}

typescript! {
    NOTIFICATION = r#"
/** Somebody did something with a post, or wrote one. */
export interface StatusNotification extends AnyNotification {
  type: "mention" | "status" | "reblog" | "favourite" | "poll" | "update" | "quote" | "quoted_update";
  /** The post that it is about. */
  status: Status;
}

/** Somebody did something that is about no post. */
export interface AccountNotification extends AnyNotification {
  type: "follow" | "follow_request" | "admin.sign_up" | "annual_report";
}

/** A report came in; for moderators. */
export interface ReportNotification extends AnyNotification {
  type: "admin.report";
  /** The report. */
  report: Report;
}

/** Follows were lost. */
export interface SeveranceNotification extends AnyNotification {
  type: "severed_relationships";
  /** What was lost. */
  event: RelationshipSeveranceEvent;
}

/** The moderators warned you. */
export interface WarningNotification extends AnyNotification {
  type: "moderation_warning";
  /** The warning. */
  moderation_warning: AccountWarning;
}

/** A collection with you in it. */
export interface CollectionNotification extends AnyNotification {
  type: "added_to_collection" | "collection_update";
  /** The collection. */
  collection: Collection;
}

/**
 * The type of a notification that this package does not know, as forks write it (`pleroma:emoji_reaction`). At
 * run time it may be any text: to compare it with one of another form, take it as a `string`.
 */
export type UnknownNotificationType = `${string}:${string}`;

/** A notification of a type that this package does not know. Servers add types: pass over it, or show its `fallback`. */
export interface UnknownNotification extends AnyNotification {
  type: UnknownNotificationType;
}

/**
 * Something that happened and concerns you. Its `type` says what, and which further fields there are.
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

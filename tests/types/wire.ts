// What is on the wire and not in Mastodon's documentation, and what forks add: the types say it.
import type {
  Account,
  AdminDomainBlock,
  AdminDomainBlockError,
  AdminTrendingLinkPublisher,
  Announcement,
  AnyAnnouncementStatus,
  Collection,
  CollectionItem,
  Collections,
  CustomEmoji,
  DomainBlockPreview,
  FeatureApproval,
  InstanceStatusConfiguration,
  InteractionPolicy,
  Invite,
  JsonObject,
  Mastodon,
  Notification,
  NotificationFallback,
  OEmbed,
  PagePromise,
  PreviewCard,
  Status,
  Tag,
  V1NotificationPolicy,
} from "../../pkg/index.js";

/** Whether two types are one. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never;
const is = <_T extends true>(): void => {};

is<Same<PreviewCard["id"], number | undefined>>();
is<Same<PreviewCard["requires_review"], boolean | undefined>>();
is<Same<Status["requires_review"], boolean | undefined>>();
is<Same<Tag["listable"], boolean | undefined>>();
is<Same<Tag["requires_review"], boolean | undefined>>();
is<Same<AdminTrendingLinkPublisher["id"], number>>();
is<Same<CollectionItem["account_id"], string | null | undefined>>();
is<Same<Collection["description"], string | null>>();
is<Same<Account["email_subscriptions"], boolean | undefined>>();
is<Same<Notification["filtered"], boolean | undefined>>();
is<Same<CustomEmoji["featured"], boolean | undefined>>();
is<Same<NotificationFallback["details"], string | null | undefined>>();
is<Same<NotificationFallback["description"], string | null | undefined>>();
is<Same<Announcement["statuses"], AnyAnnouncementStatus[]>>();
is<Same<OEmbed["title"], string | undefined>>();
is<Same<V1NotificationPolicy["filter_bots"], boolean | undefined>>();
is<Same<keyof Collections, "collections">>();
is<Same<AdminDomainBlockError["existing_domain_block"], AdminDomainBlock>>();
"disabled" satisfies FeatureApproval["automatic"][number];
is<Same<Status["local_only"], boolean | null | undefined>>();
is<Same<Status["content_type"], string | null | undefined>>();
is<Same<InstanceStatusConfiguration["supported_mime_types"], string[] | undefined>>();
is<Same<Status["interaction_policy"], InteractionPolicy | undefined>>();
is<Same<Status["pleroma"], JsonObject | undefined>>();
is<Same<Account["pleroma"], JsonObject | undefined>>();

/** Endpoints that are not documented, by what comes back. */
export async function endpoints(m: Mastodon): Promise<void> {
  m.accountEmailSubscribe("1", "a@b.c") satisfies Promise<void>;
  m.adminTags({ limit: 100 }) satisfies PagePromise<Tag>;
  (await m.adminTag("1")) satisfies Tag;
  (await m.adminTagUpdate("1", { usable: true })) satisfies Tag;
  (await m.domainBlocksPreview("b.c")) satisfies DomainBlockPreview;
  (await m.domainBlocksPreview("b.c")).following_count satisfies number;
  (await m.peersSearch("m")) satisfies string[];
  (await m.emailCheckConfirmation()) satisfies boolean;
  (await m.donationCampaigns()) satisfies object | null;
  (await m.invite("abc")) satisfies Invite;
  (await m.invite("abc")).instance_api_url satisfies string;
  m.notificationsDelete("1") satisfies Promise<void>;
  m.notificationsDeleteMultiple(["1"]) satisfies Promise<void>;
  // The id of a card among the trends goes into the method that approves it.
  const [card] = await m.adminTrendingLinks({ limit: 1, offset: 1 });
  if (card?.id) await m.adminApproveTrendingLink(card.id);
}

/** A status full of what forks add is a status. */
export const ofAFork = (status: Status): Status => ({
  ...status,
  local_only: true,
  content_type: "text/markdown",
  pleroma: { local: true },
});

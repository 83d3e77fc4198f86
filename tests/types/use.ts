// The declarations as callers use them: what must compile, and what must not.
import Ws from "ws";
import {
  Mastodon,
  MastodonError,
  MastodonLoginError,
  type Notification,
  type Page,
  type PagePromise,
  type ScheduledStatus,
  type Status,
  type StatusUpdateOptions,
} from "../../pkg/index.js";

const m = new Mastodon({ api_base_url: "https://mastodon.example" });

/** `await` gives a page, `for await` all entries. */
export async function pages(): Promise<void> {
  const page: Page<Status> = await m.timelineHome({ limit: 40 });
  for (const status of page) status.account.acct satisfies string;
  for await (const status of m.timelineHome()) status.account.acct satisfies string;
  page.pagination.next?.path satisfies string | undefined;
}

/** Sockets of the platform, of `ws`, and what is no such class. */
export const sockets = [WebSocket, Ws].map(
  (web_socket) => new Mastodon({ api_base_url: "https://mastodon.example", web_socket }),
);
// @ts-expect-error it has no `addEventListener`
new Mastodon({ api_base_url: "https://mastodon.example", web_socket: Map });

/** Any request. */
export async function anything(): Promise<void> {
  const page = await m.request<Page<Status>>("GET", "/api/v1/timelines/bubble", { limit: 20 });
  page.pagination satisfies object;
  // @ts-expect-error a verb that there is not
  await m.request("FETCH", "/api/v1/timelines/bubble");
}

/** Options are checked by name, and `null` is none. */
export async function options(): Promise<void> {
  await m.timelineHome({ limit: null, extra: { bubble: true } });
  // @ts-expect-error a typing error
  await m.timelineHome({ limt: 20 });
  // @ts-expect-error a client needs a server
  new Mastodon({});
}

/** Errors narrow. */
export function errors(error: unknown): string {
  if (error instanceof MastodonLoginError) return error.reason;
  return error instanceof MastodonError ? error.message : "";
}

/** What an option makes of the result. */
export async function results(options: Parameters<Mastodon["statusPost"]>[1]): Promise<void> {
  (await m.statusPost("now", { visibility: "unlisted" })) satisfies Status;
  (await m.statusPost("later", { scheduled_at: new Date() })) satisfies ScheduledStatus;
  (await m.statusPost("either", options)) satisfies Status | ScheduledStatus;
  (await m.instanceTranslationLanguages()) satisfies Record<string, string[]>;
  const login = {
    api_base_url: "mastodon.example",
    client_name: "a",
    redirect_uri: "https://a.example",
  };
  (await Mastodon.startLogin({ ...login, popup: true })).api_base_url satisfies string;
  const left: Promise<void> = Mastodon.startLogin(login);
  await left;
}

/** A paginated method's promise is named, and passes for the platform's. */
export async function promises(): Promise<void> {
  const named: PagePromise<Status> = m.timelineHome();
  const plain: Promise<Page<Status>> = named;
  const [page] = await Promise.all([plain, named.catch(() => [])]);
  page satisfies Awaited<PagePromise<Status>>;
}

/** One's own account has its settings; others have none that could be relied on. */
export async function own(): Promise<void> {
  (await m.accountVerifyCredentials()).source.privacy satisfies string;
  (await m.me()).source.fields satisfies object[];
  (await m.accountUpdateCredentials({ bot: true })).source.note satisfies string | null;
  (await m.accountDeleteAvatar()).source satisfies object;
  (await m.accountDeleteHeader()).source satisfies object;
  // @ts-expect-error it is one's own alone
  (await m.account("1")).source.privacy satisfies string;
}

/** A notification narrows on its type, and types that nobody knows are left. */
export function notified(notification: Notification): string {
  // Without looking: what any of them may have.
  notification.status?.id satisfies string | undefined;
  switch (notification.type) {
    case "mention":
    case "favourite":
      return notification.status.content;
    case "admin.report":
      return notification.report.id;
    case "severed_relationships":
      return notification.event.target_name;
    case "moderation_warning":
      return notification.moderation_warning.id;
    case "added_to_collection":
      return notification.collection.name;
    case "follow":
      return notification.account.acct;
  }
  const type: string = notification.type;
  // @ts-expect-error nobody has listed them all
  notification.type satisfies "poll" | "status" | "reblog" | "update" | "quote" | "quoted_update";
  return type === "pleroma:emoji_reaction" ? notification.account.acct : "";
}

/** What every server sends is there. */
export function always(status: Status): [string, number] {
  return [status.content, status.replies_count];
}

/** A deleted post is what it was, as a draft. */
export async function deleted(): Promise<void> {
  const gone = await m.statusDelete("1");
  gone.text satisfies string | null | undefined;
  // @ts-expect-error it is in `text`
  gone.content satisfies string;
}

/** One test tells the older form of an instance from the newer. */
export async function instance(): Promise<void> {
  const about = await m.instance();
  if ("domain" in about) about.usage.users.active_month satisfies number;
  else about.uri satisfies string;
}

/** `null` where something may be taken away or not be there, `undefined` where it is not given. */
export async function nothing(maybe: string | undefined, none: null): Promise<void> {
  await m.mediaPost(new Blob(), { description: none });
  await m.timelineHome({ max_id: maybe, limit: undefined });
  await m.updateFilterV2("1", { expires_in: null });
  new Mastodon({ api_base_url: "mastodon.example", access_token: maybe });
}

/** What an edit cannot change is refused, in a variable too. */
export async function edit(options: StatusUpdateOptions): Promise<void> {
  await m.statusUpdate("1", "x", options);
  await m.statusUpdate("1", "x", { spoiler_text: "y" });
  const posting = { visibility: "public" as const, spoiler_text: "y" };
  await m.statusPost("x", posting);
  // @ts-expect-error the visibility stays
  await m.statusUpdate("1", "x", posting);
  // @ts-expect-error the same
  await m.statusUpdate("1", "x", { in_reply_to_id: "1" });
}

/** What Mastodon calls it is taken, and what the Push API gives. */
export async function names(subscription: PushSubscription): Promise<void> {
  await m.searchV2("x", { type: "accounts" });
  const data = { alerts: { mention: true }, policy: "all" };
  await m.pushSubscriptionSet(subscription.endpoint, subscription.toJSON(), { data });
  await m.authRequestUrl({ redirect_uri: "https://a.example" });
}

/** An event of a stream narrows on its name. */
export async function events(): Promise<void> {
  for await (const event of m.streamUser({ onState: (state) => console.log(state) })) {
    if (event.event === "update") event.payload.content satisfies string;
    else if (event.event === "delete") event.payload satisfies string;
    else if (event.event === "notification") event.payload.type satisfies string;
    else if (event.event === "gap") event.payload.from satisfies string | null;
  }
  for await (const { event, payload } of m.streamUser()) {
    if (event === "status.update") payload.edited_at satisfies string | null | undefined;
  }
}

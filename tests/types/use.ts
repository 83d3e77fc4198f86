// The declarations as callers use them: what must compile, and what must not.
import {
  Mastodon,
  MastodonError,
  MastodonLoginError,
  type Page,
  type PagePromise,
  type ScheduledStatus,
  type Status,
} from "../../pkg/index.js";

const m = new Mastodon({ api_base_url: "https://mastodon.example" });

/** `await` gives a page, `for await` all entries. */
export async function pages(): Promise<void> {
  const page: Page<Status> = await m.timelineHome({ limit: 40 });
  for (const status of page) status.account.acct satisfies string;
  for await (const status of m.timelineHome()) status.account.acct satisfies string;
  page.pagination.next?.path satisfies string | undefined;
}

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

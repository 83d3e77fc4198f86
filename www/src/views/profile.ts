import type { Account, Relationship, Status } from "mastodon-wasm";
import type { App, View } from "../app.ts";
import { accountRow } from "../components/account-row.ts";
import { avatar, displayName } from "../components/avatar.ts";
import { feed } from "../components/feed.ts";
import { followButton } from "../components/follow-button.ts";
import { emptyState, failedState, skeleton } from "../components/placeholder.ts";
import { statusCard } from "../components/status-card.ts";
import { toastError } from "../components/toast.ts";
import { drawEach, fill, h } from "../dom.ts";
import { richText } from "../html.ts";
import { icon } from "../icons.ts";
import { isAbort } from "../problem.ts";
import { shortCount } from "../time.ts";

const tabs = ["Posts", "Replies", "Media", "Following", "Followers"] as const;
type Tab = (typeof tabs)[number];

export function profileView(app: App, signal: AbortSignal, acct: string): View {
  const element = h("div", { class: "profile" });

  const load = async () => {
    fill(element, skeleton("profile", 1), skeleton("status", 3));
    try {
      const account = await app.m.accountLookup(acct, { signal });
      fill(element, profileHead(app, account, signal), profileTabs(app, account, signal));
    } catch (error) {
      if (!isAbort(error)) fill(element, failedState(error, load));
    }
  };

  void load();
  return {
    title: acct === app.me.acct ? "Your profile" : `@${acct}`,
    element,
    code: `const account =
  await m.accountLookup("${acct}");

await m.accountFollow(account);
await m.accountStatuses(account, {
  exclude_replies: true,
});`,
  };
}

function profileHead(app: App, account: Account, signal: AbortSignal): HTMLElement {
  const banner = h("div", { class: "profile-banner" });
  if (!account.header.endsWith("missing.png"))
    banner.append(h("img", { src: account.header, alt: "" }));
  const buttons = h("div", { class: "profile-buttons" });
  const badge = h("span");
  if (account.id !== app.me.id) void showRelationship(app, account, buttons, badge, signal);
  return h(
    "header",
    { class: "profile-head" },
    banner,
    h("div", { class: "profile-top" }, avatar(account, "large"), buttons),
    h(
      "h2",
      { class: "profile-name" },
      displayName(account),
      account.bot && h("span", { class: "badge" }, "Bot"),
    ),
    h(
      "p",
      { class: "profile-handle" },
      `@${account.acct}`,
      account.locked && icon("lock", 14),
      badge,
    ),
    h("div", { class: "content profile-note" }, richText(account.note, account.emojis)),
    account.fields.length > 0 && profileFields(account),
    h(
      "p",
      { class: "profile-counts" },
      count(account.statuses_count, "posts"),
      count(account.following_count, "following"),
      count(account.followers_count, "followers"),
    ),
  );
}

function count(number: number, noun: string): HTMLElement {
  return h("span", null, h("strong", null, shortCount(number)), ` ${noun}`);
}

function profileFields(account: Account): HTMLElement {
  return h(
    "dl",
    { class: "profile-fields" },
    account.fields.map((field) =>
      h(
        "div",
        { class: field.verified_at ? "profile-field verified" : "profile-field" },
        h("dt", null, field.name),
        h(
          "dd",
          null,
          field.verified_at && icon("check", 16),
          richText(field.value, account.emojis),
        ),
      ),
    ),
  );
}

async function showRelationship(
  app: App,
  account: Account,
  buttons: HTMLElement,
  badge: HTMLElement,
  signal: AbortSignal,
): Promise<void> {
  const note = (relationship: Relationship) => {
    badge.className = relationship.followed_by ? "badge" : "";
    fill(badge, relationship.followed_by && "Follows you");
  };
  try {
    const [relationship] = await app.m.accountRelationships(account, { signal });
    if (!relationship) return;
    note(relationship);
    fill(buttons, followButton(app, account, relationship, note));
  } catch (error) {
    toastError(error);
  }
}

function profileTabs(app: App, account: Account, signal: AbortSignal): HTMLElement {
  const place = h("div");
  let leave = new AbortController();

  const open = (tab: Tab) => {
    leave.abort();
    leave = new AbortController();
    const either = AbortSignal.any([signal, leave.signal]);
    for (const each of bar.children)
      each.setAttribute("aria-pressed", String(each.textContent === tab));
    fill(place, tabContent(app, account, tab, either));
  };

  const bar = h(
    "div",
    { class: "tabs profile-tabs", role: "group", "aria-label": "What to show" },
    tabs.map((tab) => h("button", { type: "button", onclick: () => open(tab) }, tab)),
  );
  open("Posts");
  return h("div", null, bar, place);
}

function tabContent(app: App, account: Account, tab: Tab, signal: AbortSignal): HTMLElement {
  const { m } = app;
  if (tab === "Following" || tab === "Followers") {
    return feed<Account>({
      m,
      signal,
      label: tab,
      noun: ["person", "people"],
      skeleton: "account",
      load: () => {
        const options = { limit: 40, signal };
        return tab === "Following"
          ? m.accountFollowing(account, options)
          : m.accountFollowers(account, options);
      },
      render: (each) => accountRow(each),
      empty: () =>
        emptyState("campfire", "Nobody here", "This list is empty, or not shown to others."),
    }).element;
  }
  const filters = {
    Posts: { exclude_replies: true },
    Replies: {},
    Media: { only_media: true },
  };
  const list = feed<Status>({
    m,
    signal,
    label: `${tab} of ${account.acct}`,
    noun: ["post", "posts"],
    skeleton: "status",
    load: () => m.accountStatuses(account, { limit: 20, signal, ...filters[tab] }),
    render: (status) => statusCard(app, status, signal),
    empty: () => emptyState("footprints", "Nothing here", "There are no posts of this kind."),
  });
  if (tab !== "Posts") return list.element;
  const pinned = h("div");
  void showPinned(app, account, pinned, signal);
  return h("div", null, pinned, list.element);
}

async function showPinned(
  app: App,
  account: Account,
  place: HTMLElement,
  signal: AbortSignal,
): Promise<void> {
  try {
    const statuses = await app.m.accountStatuses(account, { pinned: true, signal });
    const cards = drawEach(statuses, (status) => {
      const card = statusCard(app, status, signal);
      card.prepend(h("p", { class: "status-reason" }, icon("pin", 16), "Pinned"));
      return card;
    });
    fill(place, cards);
  } catch (error) {
    toastError(error);
  }
}

import type { Notification } from "mastodon-wasm";
import type { App, View } from "../app.ts";
import { avatarLink, displayName } from "../components/avatar.ts";
import { feed } from "../components/feed.ts";
import { emptyState } from "../components/placeholder.ts";
import { statusCard } from "../components/status-card.ts";
import { h } from "../dom.ts";
import { summary } from "../html.ts";
import { type IconName, icon } from "../icons.ts";
import { accountPath, statusPath } from "../paths.ts";
import { ageOf } from "../time.ts";

interface Kind {
  icon: IconName;
  what: string;
}

const kinds: Record<string, Kind> = {
  favourite: { icon: "star", what: "favourited your post" },
  reblog: { icon: "boost", what: "boosted your post" },
  follow: { icon: "user", what: "follows you" },
  follow_request: { icon: "user", what: "would like to follow you" },
  poll: { icon: "poll", what: "ran a poll that has ended" },
  status: { icon: "bell", what: "posted" },
  update: { icon: "pencil", what: "edited a post" },
  quote: { icon: "quote", what: "quoted your post" },
};

export function notificationsView(app: App, signal: AbortSignal): View {
  const list = feed<Notification>({
    m: app.m,
    signal,
    label: "Notifications",
    noun: ["notification", "notifications"],
    skeleton: "account",
    load: () => app.m.notifications({ limit: 30, signal }),
    render: (notification) => notificationCard(app, notification, signal),
    empty: () =>
      emptyState("campfire", "Nothing yet", "When people react to you, you will find it here."),
  });
  app.events.on("notification", (notification) => list.offer(notification), signal);
  return {
    title: "Notifications",
    element: list.element,
    onShow: () => app.events.emit("unread", 0),
    onReselect: () => {
      list.showNew();
      scrollTo({ top: 0 });
    },
    code: `const page = await m.notifications();

m.streamUser({
  onNotification({ type, account }) {},
});`,
  };
}

function notificationCard(app: App, notification: Notification, signal: AbortSignal): HTMLElement {
  const { account, status, type } = notification;
  if (type === "mention" && status) return statusCard(app, status, signal);
  // Servers add new types. For an unknown type, the account is still shown.
  const ownPoll = type === "poll" && account.id === app.me.id;
  const known = Object.hasOwn(kinds, type);
  const kind: Kind = (known && kinds[type]) || { icon: "bell", what: type.replaceAll("_", " ") };
  return h(
    "article",
    { class: known ? `notification notification-${type}` : "notification", tabindex: 0 },
    h("span", { class: "notification-icon" }, icon(kind.icon, 22)),
    h(
      "div",
      { class: "notification-text" },
      h(
        "div",
        { class: "notification-head" },
        avatarLink(account, "small"),
        ageOf(notification.created_at),
      ),
      ownPoll
        ? h("p", null, "Your poll has ended")
        : h(
            "p",
            null,
            h("a", { href: accountPath(account) }, displayName(account)),
            ` ${kind.what}`,
          ),
      status &&
        h(
          "a",
          { class: "notification-status", href: statusPath(status) },
          summary(status) || "A post without text",
        ),
    ),
  );
}

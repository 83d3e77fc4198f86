import type { Status } from "mastodon-wasm";
import type { App } from "../app.ts";
import { fill, h } from "../dom.ts";
import { type IconName, icon } from "../icons.ts";
import { shortCount } from "../time.ts";
import { confirmDialog } from "./dialog.ts";
import { type MenuItem, menu } from "./menu.ts";
import { toast, toastError } from "./toast.ts";

/** Shows a change at once, and reverts it if the instance rejects it. */
async function optimistically(
  app: App,
  status: Status,
  change: Partial<Status>,
  request: () => Promise<Status>,
): Promise<void> {
  const settle = app.statuses.patch(status.id, change);
  try {
    const answer = await request();
    app.statuses.put(answer.reblog ?? answer);
  } catch (error) {
    toastError(error, "That did not work");
  } finally {
    settle();
  }
}

export function toggleFavourite(app: App, status: Status): Promise<void> {
  const favourited = !status.favourited;
  const favourites_count = status.favourites_count + (favourited ? 1 : -1);
  return optimistically(app, status, { favourited, favourites_count }, () =>
    favourited ? app.m.statusFavourite(status) : app.m.statusUnfavourite(status),
  );
}

export function toggleBoost(app: App, status: Status): Promise<void> {
  const reblogged = !status.reblogged;
  const reblogs_count = status.reblogs_count + (reblogged ? 1 : -1);
  return optimistically(app, status, { reblogged, reblogs_count }, async () => {
    if (reblogged) return app.m.statusReblog(status);
    await app.m.statusUnreblog(status);
    // The response may still count the boost that was just removed.
    return app.m.status(status);
  });
}

export function toggleBookmark(app: App, status: Status): Promise<void> {
  const bookmarked = !status.bookmarked;
  return optimistically(app, status, { bookmarked }, () =>
    bookmarked ? app.m.statusBookmark(status) : app.m.statusUnbookmark(status),
  );
}

/** Only the author may boost a followers-only status, and nobody a direct one. */
export function mayBoost(app: App, status: Status): boolean {
  if (status.visibility === "private") return status.account.id === app.me.id;
  return status.visibility !== "direct";
}

/** The row of buttons below a status. */
export function statusActions(app: App, first: Status, signal: AbortSignal): HTMLElement {
  const element = h("div", { class: "actions" });
  let status = first;

  const reply = button("reply", "reply", "Reply", () => app.compose({ replyTo: status }));
  const boost = button("boost", "boost", "Boost", () => void toggleBoost(app, status));
  const favourite = button(
    "favourite",
    "star",
    "Favourite",
    () => void toggleFavourite(app, status),
  );
  const bookmark = button(
    "bookmark",
    "bookmark",
    "Bookmark",
    () => void toggleBookmark(app, status),
  );
  const more = h(
    "button",
    { class: "action", type: "button", "aria-label": "More" },
    icon("more", 19),
  );

  const draw = () => {
    count(reply, status.replies_count);
    press(boost, status.reblogged, status.reblogs_count);
    press(favourite, status.favourited, status.favourites_count);
    press(bookmark, status.bookmarked);
    boost.disabled = !mayBoost(app, status);
  };

  element.append(
    reply,
    boost,
    favourite,
    bookmark,
    menu(more, () => furtherActions(app, status)),
  );
  draw();
  app.statuses.watch(
    status.id,
    (next) => {
      if (!next) return;
      status = next;
      draw();
    },
    signal,
  );
  return element;
}

function button(
  kind: string,
  name: IconName,
  label: string,
  onclick: () => void,
): HTMLButtonElement {
  return h(
    "button",
    { class: `action action-${kind}`, type: "button", title: label, onclick },
    icon(name, 19),
    h("span", { class: "visually-hidden" }, label),
    h("span", { class: "action-count" }),
  );
}

function count(element: HTMLElement, number: number | undefined): void {
  const place = element.querySelector(".action-count");
  if (place) fill(place, number ? shortCount(number) : null);
}

function press(element: HTMLElement, pressed: boolean | undefined, number?: number): void {
  element.setAttribute("aria-pressed", String(pressed ?? false));
  count(element, number);
}

function furtherActions(app: App, status: Status): MenuItem[] {
  const items: MenuItem[] = [];
  const { url } = status;
  if (url) {
    items.push(
      { label: "Copy the link", icon: "link", choose: () => void copy(url) },
      {
        label: "Open on its instance",
        icon: "external",
        choose: () => void open(url, "_blank", "noopener"),
      },
    );
  }
  if (status.account.id === app.me.id) {
    items.push(
      { label: "Edit", icon: "pencil", choose: () => app.compose({ edit: status }) },
      { label: "Delete", icon: "trash", danger: true, choose: () => void remove(app, status) },
    );
  }
  return items;
}

async function copy(url: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(url);
    toast("Link copied", "link");
  } catch (error) {
    toastError(error, "The link could not be copied");
  }
}

async function remove(app: App, status: Status): Promise<void> {
  const sure = await confirmDialog(
    "Delete this post?",
    "It disappears here and on the other instances it reached.",
    "Delete",
  );
  if (!sure) return;
  try {
    await app.m.statusDelete(status);
    app.statuses.remove(status.id);
    toast("Post deleted", "trash");
  } catch (error) {
    toastError(error, "The post could not be deleted");
  }
}

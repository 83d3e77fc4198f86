import type { App } from "./app.ts";
import { openDialog } from "./components/dialog.ts";
import {
  mayBoost,
  toggleBookmark,
  toggleBoost,
  toggleFavourite,
} from "./components/status-actions.ts";
import { h } from "./dom.ts";
import { paths, statusPath } from "./paths.ts";

const help = [
  ["j", "Next post"],
  ["k", "Previous post"],
  ["o", "Open the thread"],
  ["n", "Write a post"],
  ["r", "Reply"],
  ["f", "Favourite"],
  ["b", "Boost"],
  ["d", "Bookmark"],
  ["x", "Show or hide what a warning covers"],
  [".", "Show new posts"],
  ["/", "Search"],
  ["g h", "Home"],
  ["g n", "Notifications"],
  ["?", "This list"],
] as const;

export function showKeyboardHelp(): void {
  openDialog(
    { title: "Keyboard", class: "dialog-small" },
    h(
      "dl",
      { class: "keys" },
      help.map(([keys, what]) =>
        h(
          "div",
          null,
          h(
            "dt",
            null,
            keys.split(" ").map((key) => h("kbd", null, key)),
          ),
          h("dd", null, what),
        ),
      ),
    ),
  );
}

/** Shortcuts of one key, except while the user is typing. */
export function listenToKeys(app: App, signal: AbortSignal): void {
  let prefix = "";
  const go = (path: string) => {
    location.hash = path;
  };

  const keys: Record<string, () => void> = {
    j: () => moveBy(1),
    k: () => moveBy(-1),
    n: () => app.compose(),
    "/": () => focusSearch(go),
    ".": () =>
      document.querySelector<HTMLElement>(".view:not([hidden]) .pill:not([hidden])")?.click(),
    "?": showKeyboardHelp,
    gh: () => go(paths.home),
    gn: () => go(paths.notifications),
    gl: () => go(paths.local),
    o: () => withStatus((status) => go(statusPath(status))),
    r: () => withStatus((replyTo) => app.compose({ replyTo })),
    f: () => withStatus((status) => void toggleFavourite(app, status)),
    b: () => withStatus((status) => mayBoost(app, status) && void toggleBoost(app, status)),
    d: () => withStatus((status) => void toggleBookmark(app, status)),
    x: () =>
      focusedCard()?.querySelector<HTMLElement>(".warning, .gallery-cover:not([hidden])")?.click(),
  };

  const withStatus = (
    action: (status: NonNullable<ReturnType<typeof app.statuses.get>>) => void,
  ) => {
    const status = app.statuses.get(focusedCard()?.dataset.status ?? "");
    if (status) action(status);
  };

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector("dialog[open]")) return;
      const action = keys[prefix + event.key];
      prefix = event.key === "g" && !prefix ? "g" : "";
      if (!action) return;
      event.preventDefault();
      action();
    },
    { signal },
  );
}

function isTyping(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  return element?.matches?.("input, textarea, select, [contenteditable]") ?? false;
}

function focusedCard(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>("article") ?? null;
}

function moveBy(step: 1 | -1): void {
  const cards = [...document.querySelectorAll<HTMLElement>(".view:not([hidden]) article")];
  const focused = focusedCard();
  const at = focused ? cards.indexOf(focused) : -1;
  // Without a focus, start with the first visible card.
  const inSight = cards.findIndex((card) => card.getBoundingClientRect().top > 60);
  const next = cards[at === -1 ? Math.max(0, inSight) : at + step];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "center" });
}

function focusSearch(go: (path: string) => void): void {
  const fields = [...document.querySelectorAll<HTMLInputElement>(".search-input")];
  const visible = fields.find((field) => field.checkVisibility());
  if (visible) visible.select();
  else go(paths.search);
}

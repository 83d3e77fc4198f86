import type { App, View } from "./app.ts";
import { paths } from "./paths.ts";
import { missingView } from "./views/missing.ts";
import { notificationsView } from "./views/notifications.ts";
import { profileView } from "./views/profile.ts";
import { searchView } from "./views/search.ts";
import { threadView } from "./views/thread.ts";
import {
  bookmarksView,
  favouritesView,
  federatedView,
  homeView,
  localView,
  tagView,
} from "./views/timeline.ts";

type Open = (app: App, signal: AbortSignal, argument: string) => View;

const routes: [RegExp, Open][] = [
  [/^#\/home$/, homeView],
  [/^#\/local$/, localView],
  [/^#\/public$/, federatedView],
  [/^#\/notifications$/, notificationsView],
  [/^#\/bookmarks$/, bookmarksView],
  [/^#\/favourites$/, favouritesView],
  [/^#\/search(?:\/(.+))?$/, searchView],
  [/^#\/tags\/(.+)$/, tagView],
  [/^#\/status\/(.+)$/, threadView],
  [/^#\/@(.+)$/, profileView],
];

/** These views keep their state when the user returns. */
const lasting = new Set<string>([paths.home, paths.local, paths.public, paths.notifications]);
const keptViews = 8;

interface KeptView {
  view: View;
  controller: AbortController;
  scroll: number;
}

export interface Stage {
  show(view: View, path: string): void;
}

/** Opens the view for the URL, and keeps the latest views so that the user can return to them. */
export function followAddress(app: App, stage: Stage, signal: AbortSignal): void {
  const kept = new Map<string, KeptView>();
  let current: string | undefined;
  let position = 0;

  const discard = (path: string) => {
    const entry = kept.get(path);
    entry?.controller.abort();
    entry?.view.element.remove();
    kept.delete(path);
  };

  const open = (path: string): KeptView => {
    const controller = new AbortController();
    const view = create(app, controller.signal, path);
    return { view, controller, scroll: 0 };
  };

  const follow = () => {
    const path = location.hash || paths.home;
    const returning = isReturn();
    const leaving = current && kept.get(current);
    if (leaving) leaving.scroll = scrollY;
    if (!returning && !lasting.has(path)) discard(path);
    const entry = kept.get(path) ?? open(path);
    // The order of the map is the order of use.
    kept.delete(path);
    kept.set(path, entry);
    const [oldest] = kept.keys();
    if (kept.size > keptViews && oldest) discard(oldest);
    current = path;
    stage.show(entry.view, path);
    scrollTo({ top: entry.scroll, behavior: "instant" });
    entry.view.onShow?.();
    // Home opens the stream when it knows its newest status. Without home, there is no status to
    // start after.
    if (!kept.has(paths.home)) app.goLive();
  };

  /** Whether the user moved in the history, back or forward. */
  const isReturn = () => {
    const known = history.state?.position;
    const returning = typeof known === "number" && known !== position;
    position = typeof known === "number" ? known : position + 1;
    history.replaceState({ ...history.state, position }, "");
    return returning;
  };

  const reselect = (event: MouseEvent) => {
    const link = (event.target as Element).closest?.("a");
    if (!link || !current || link.getAttribute("href") !== current) return;
    event.preventDefault();
    kept.get(current)?.view.onReselect?.();
  };

  history.scrollRestoration = "manual";
  addEventListener("hashchange", follow, { signal });
  document.addEventListener("click", reselect, { signal });
  signal.addEventListener("abort", () => {
    for (const path of [...kept.keys()]) discard(path);
  });
  follow();
}

function create(app: App, signal: AbortSignal, path: string): View {
  for (const [pattern, view] of routes) {
    const argument = decoded(pattern.exec(path)?.[1]);
    if (pattern.test(path) && argument !== undefined) return view(app, signal, argument);
  }
  return missingView();
}

/** Undefined for invalid percent-encoding: users type URLs, too. */
function decoded(text = ""): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

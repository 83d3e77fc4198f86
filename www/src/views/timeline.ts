import type { Page, Status, Stream, StreamListener, StreamOptions } from "mastodon-wasm";
import type { App, View } from "../app.ts";
import { standingComposer } from "../components/composer.ts";
import { type Feed, feed } from "../components/feed.ts";
import { emptyState } from "../components/placeholder.ts";
import { statusCard } from "../components/status-card.ts";
import { h } from "../dom.ts";
import type { Scene } from "../illustrations.ts";
import { paths } from "../paths.ts";

interface TimelineOptions {
  label: string;
  empty: { scene: Scene; title: string; text: string };
  load(): Promise<Page<Status>>;
}

function statusFeed(app: App, signal: AbortSignal, options: TimelineOptions): Feed<Status> {
  const { scene, title, text } = options.empty;
  return feed<Status>({
    m: app.m,
    signal,
    label: options.label,
    noun: ["post", "posts"],
    skeleton: "status",
    load: options.load,
    // A status is shown once, however many accounts boosted it.
    key: (status) => status.reblog?.id ?? status.id,
    render: (status) => statusCard(app, status, signal),
    empty: () => emptyState(scene, title, text),
  });
}

/** Home, local and public share a heading with tabs. */
function tabs(current: string): HTMLElement {
  const all = [
    [paths.home, "Home"],
    [paths.local, "Local"],
    [paths.public, "Federated"],
  ];
  return h(
    "nav",
    { class: "tabs", "aria-label": "Timelines" },
    all.map(([href, label]) =>
      h("a", { href, "aria-current": href === current ? "page" : null }, label),
    ),
  );
}

function reselect(list: Feed<Status>): () => void {
  return () => {
    list.showNew();
    scrollTo({ top: 0 });
  };
}

export function homeView(app: App, signal: AbortSignal): View {
  const list = statusFeed(app, signal, {
    label: "Home timeline",
    empty: {
      scene: "footprints",
      title: "Fresh snow",
      text: "Nobody has left a trace here yet. Follow some people, or look at the local timeline.",
    },
    load: async () => {
      try {
        const first = await app.m.timelineHome({ limit: 20, signal });
        app.goLive(first[0]);
        return first;
      } catch (error) {
        // The stream still delivers notifications.
        app.goLive();
        throw error;
      }
    },
  });
  app.events.on("update", (status) => list.offer(status), signal);
  app.events.on("posted", (status) => list.insert(status), signal);
  return {
    title: "Home",
    header: tabs(paths.home),
    element: h("div", null, standingComposer(app, {}), list.element),
    onReselect: reselect(list),
    code: `let page = await m.timelineHome();
m.streamUser({
  onUpdate(status) { … },
  onNotification(it) { … },
}, { resume: page[0] });

page = await m.fetchNext(page);`,
  };
}

interface PublicTimeline {
  title: string;
  path: string;
  code: string;
  load(): Promise<Page<Status>>;
  listen(listener: StreamListener, options: StreamOptions): Stream;
}

function publicView(app: App, signal: AbortSignal, timeline: PublicTimeline): View {
  let stream: Stream | undefined;
  const list = statusFeed(app, signal, {
    label: `${timeline.title} timeline`,
    empty: {
      scene: "footprints",
      title: "All quiet",
      text: "No public posts here yet. Yours could be the first.",
    },
    load: async () => {
      const first = await timeline.load();
      if (!signal.aborted) {
        stream ??= timeline.listen(
          { onUpdate: (status) => list.offer(status) },
          { resume: first[0]?.id },
        );
      }
      return first;
    },
  });
  signal.addEventListener("abort", () => stream?.close());
  return {
    title: timeline.title,
    header: tabs(timeline.path),
    element: list.element,
    onReselect: reselect(list),
    code: timeline.code,
  };
}

export function localView(app: App, signal: AbortSignal): View {
  return publicView(app, signal, {
    title: "Local",
    path: paths.local,
    load: () => app.m.timelineLocal({ limit: 20, signal }),
    listen: (listener, options) => app.m.streamLocal(listener, options),
    code: `const page = await m.timelineLocal();

m.streamLocal({
  onUpdate(status) { … },
}, { resume: page[0] });`,
  });
}

export function federatedView(app: App, signal: AbortSignal): View {
  return publicView(app, signal, {
    title: "Federated",
    path: paths.public,
    load: () => app.m.timelinePublic({ limit: 20, signal }),
    listen: (listener, options) => app.m.streamPublic(listener, options),
    code: `const page = await m.timelinePublic();

m.streamPublic({
  onUpdate(status) { … },
}, { resume: page[0] });`,
  });
}

export function tagView(app: App, signal: AbortSignal, name: string): View {
  const list = statusFeed(app, signal, {
    label: `Posts with #${name}`,
    empty: {
      scene: "footprints",
      title: `Nothing about #${name}`,
      text: "No post with this hashtag has reached this instance.",
    },
    load: () => app.m.timelineHashtag(name, { limit: 20, signal }),
  });
  return {
    title: `#${name}`,
    element: list.element,
    code: `await m.timelineHashtag("${name}");`,
  };
}

export function bookmarksView(app: App, signal: AbortSignal): View {
  const list = statusFeed(app, signal, {
    label: "Bookmarks",
    empty: {
      scene: "cairn",
      title: "No bookmarks yet",
      text: "Mark a post to find it again. Nobody else sees which ones.",
    },
    load: () => app.m.bookmarks({ limit: 20, signal }),
  });
  return { title: "Bookmarks", element: list.element, code: "await m.bookmarks();" };
}

export function favouritesView(app: App, signal: AbortSignal): View {
  const list = statusFeed(app, signal, {
    label: "Favourites",
    empty: {
      scene: "cairn",
      title: "No favourites yet",
      text: "A star tells the author that you liked their post.",
    },
    load: () => app.m.favourites({ limit: 20, signal }),
  });
  return { title: "Favourites", element: list.element, code: "await m.favourites();" };
}

import type { Mastodon, Page } from "mastodon-wasm";
import { announce } from "../announcer.ts";
import { drawEach, fill, h } from "../dom.ts";
import { icon } from "../icons.ts";
import { describe, isAbort } from "../problem.ts";
import { failedState, skeleton } from "./placeholder.ts";

interface FeedOptions<Item> {
  m: Mastodon;
  signal: AbortSignal;
  /** The name of the list, for screen readers. */
  label: string;
  /** The name of new entries, in singular and plural. */
  noun: [string, string];
  skeleton: "status" | "account";
  load(): Promise<Page<Item>>;
  /** The key by which an entry is shown only once. Default: its id. */
  key?(item: Item): string;
  render(item: Item): HTMLElement;
  empty(): HTMLElement;
}

export interface Feed<Item> {
  element: HTMLElement;
  /** Announces a new item in the pill above the list. */
  offer(item: Item): void;
  /** Puts an item on top at once. */
  insert(item: Item): void;
  showNew(): void;
  reload(): void;
}

/** A list that loads older pages at its end while the user scrolls, and shows new entries on top. */
export function feed<Item extends { id: string }>(options: FeedOptions<Item>): Feed<Item> {
  const { m, signal } = options;
  const list = h("div", { class: "feed-list", role: "feed", "aria-label": options.label });
  const notice = h("div");
  const end = h("div", { class: "feed-end" });
  const pill = h("button", {
    class: "pill",
    type: "button",
    hidden: true,
    onclick: () => showNew(),
  });
  const element = h(
    "section",
    { class: "feed", "aria-label": options.label },
    h("div", { class: "pill-place" }, pill),
    notice,
    list,
    end,
  );
  const shown = new Set<string>();
  let waiting: Item[] = [];
  let last: Page<Item> | null = null;
  let loading = false;

  const nearEnd = new IntersectionObserver(
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting)) void more();
    },
    { rootMargin: "900px" },
  );
  signal.addEventListener("abort", () => nearEnd.disconnect());

  const key = (item: Item) => options.key?.(item) ?? item.id;
  const isItem = (item: Item) => typeof item === "object" && typeof item?.id === "string";

  /** The entries that were not shown yet; marks them as shown. */
  const take = (items: Item[]) =>
    items.filter((item) => isItem(item) && !shown.has(key(item)) && shown.add(key(item)));

  const unseen = (items: Item[]) => items.filter((item) => !shown.has(key(item)));

  const append = (items: Item[]) => {
    list.append(...drawEach(take(items), options.render));
  };

  const prepend = (items: Item[]) => {
    const elements = drawEach(take(items), options.render);
    for (const each of elements) each.classList.add("arriving");
    list.prepend(...elements);
    if (elements.length === 0) return;
    list.hidden = false;
    fill(notice);
  };

  const first = async () => {
    nearEnd.disconnect();
    loading = true;
    shown.clear();
    fill(list);
    list.hidden = true;
    fill(notice, skeleton(options.skeleton, 6));
    element.setAttribute("aria-busy", "true");
    fill(end);
    try {
      last = await options.load();
      append(last);
      // The stream may have delivered some of them already.
      waiting = unseen(waiting);
      drawPill();
      list.hidden = shown.size === 0;
      fill(notice, list.hidden && options.empty());
      if (!list.hidden) {
        nearEnd.observe(end);
        drawEnd();
      }
    } catch (error) {
      if (!isAbort(error)) fill(notice, failedState(error, first));
    } finally {
      loading = false;
      element.setAttribute("aria-busy", "false");
    }
  };

  const more = async () => {
    if (loading || !last) return;
    loading = true;
    fill(end, h("span", { class: "spinner", role: "status", "aria-label": "Loading more" }));
    try {
      last = await m.fetchNext(last);
      if (last) append(last);
      drawEnd();
    } catch (error) {
      if (!isAbort(error)) fill(end, moreFailed(error));
      return;
    } finally {
      loading = false;
    }
    // The observer reports only changes: after a short page, the end may still be visible.
    nearEnd.unobserve(end);
    nearEnd.observe(end);
  };

  const drawEnd = () => {
    if (last?.pagination?.next) return fill(end);
    nearEnd.disconnect();
    fill(end, h("span", { class: "feed-rest", role: "img", "aria-label": "The end" }));
  };

  const moreFailed = (error: unknown) =>
    h(
      "div",
      { class: "feed-retry", role: "alert" },
      h("span", null, describe(error).title, " ", h("code", null, describe(error).technical)),
      h(
        "button",
        { class: "button button-small", type: "button", onclick: more },
        icon("retry", 16),
        "Try again",
      ),
    );

  const drawPill = () => {
    const [one, many] = options.noun;
    pill.hidden = waiting.length === 0;
    fill(pill, icon("arrowUp", 16), `${waiting.length} new ${waiting.length === 1 ? one : many}`);
  };

  const showNew = () => {
    prepend(waiting);
    waiting = [];
    drawPill();
    scrollTo({ top: 0, behavior: "instant" });
  };

  void first();
  return {
    element,
    showNew,
    reload: () => void first(),
    insert(item) {
      prepend([item]);
      // The stream may have been faster than the response.
      waiting = unseen(waiting);
      drawPill();
    },
    offer(item) {
      if (!isItem(item) || shown.has(key(item)) || waiting.some((each) => key(each) === key(item)))
        return;
      waiting.unshift(item);
      drawPill();
      announce(pill.textContent ?? "");
    },
  };
}

import type { SearchV2, Tag } from "mastodon-wasm";
import type { App, View } from "../app.ts";
import { accountRow } from "../components/account-row.ts";
import { emptyState, failedState, skeleton } from "../components/placeholder.ts";
import { statusCard } from "../components/status-card.ts";
import { drawEach, fill, h } from "../dom.ts";
import { icon } from "../icons.ts";
import { searchPath, tagPath } from "../paths.ts";
import { isAbort } from "../problem.ts";

export function searchView(app: App, signal: AbortSignal, query: string): View {
  const results = h("div", { class: "search-results", "aria-live": "polite" });

  const load = async () => {
    fill(results, skeleton("account", 5));
    try {
      const found = await app.m.searchV2(query, { limit: 20, signal });
      fill(results, draw(app, found, query, signal));
    } catch (error) {
      if (!isAbort(error)) fill(results, failedState(error, load));
    }
  };

  if (query) void load();
  else
    fill(
      results,
      emptyState(
        "lantern",
        "What are you looking for?",
        "People, posts and hashtags: a name, an address like @someone@example.org, or a link to a post.",
      ),
    );
  const form = searchForm(query);
  return {
    title: "Search",
    element: h("div", { class: "search" }, form, results),
    onShow: () => {
      if (!query) form.querySelector("input")?.focus();
    },
    code: `const found =
  await m.searchV2(${JSON.stringify(query || "…")});

found.accounts;
found.statuses;
found.hashtags;`,
  };
}

/** The search field, on the search page and, if there is space, beside other views. */
export function searchForm(query = ""): HTMLFormElement {
  const input = h("input", {
    class: "search-input",
    type: "search",
    value: query,
    placeholder: "Search",
    "aria-label": "Search people, posts and hashtags",
    autocomplete: "off",
    spellcheck: "false",
  });
  return h(
    "form",
    {
      class: "search-form",
      role: "search",
      onsubmit: (event) => {
        event.preventDefault();
        const text = input.value.trim();
        if (text) location.hash = searchPath(text);
      },
    },
    icon("search", 20),
    input,
  );
}

function draw(app: App, found: SearchV2, query: string, signal: AbortSignal): HTMLElement[] {
  const { accounts, hashtags, statuses } = found;
  const sections = [
    section(
      "People",
      drawEach(accounts, (account) => accountRow(account)),
    ),
    section("Hashtags", drawEach(hashtags, tagRow)),
    section(
      "Posts",
      drawEach(statuses, (status) => statusCard(app, status, signal)),
    ),
  ].filter((each) => each !== null);
  if (sections.length > 0) return sections;
  return [emptyState("lantern", "Nothing found", `Nothing here goes by “${query}”.`)];
}

function section(title: string, rows: HTMLElement[]): HTMLElement | null {
  if (rows.length === 0) return null;
  return h("section", { class: "search-section" }, h("h2", null, title), rows);
}

function tagRow(tag: Tag): HTMLElement {
  const uses = tag.history?.reduce((sum, day) => sum + Number(day.uses), 0);
  return h(
    "a",
    { class: "tag-row", href: tagPath(tag.name) },
    h("strong", null, `#${tag.name}`),
    uses ? h("span", null, `${uses} ${uses === 1 ? "post" : "posts"} this week`) : null,
  );
}

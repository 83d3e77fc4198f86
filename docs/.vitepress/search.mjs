// The search: guides first, and found by the words that people use for what they are about. The
// functions are sent to the page as text, so that each is complete in itself.
import { KEYWORDS } from "./pages.mjs";

/** The keywords of a page by the id of one of its sections, wherever the site is served. */
function keywordsOf(id) {
  const page = id.replace(/\.html.*|#.*/, "");
  return Object.entries(KEYWORDS).find(([name]) => page.endsWith(`/${name}`))?.[1] ?? "";
}

/** How the index is made and read: `Options` of MiniSearch. */
export const indexOptions = {
  fields: ["title", "titles", "text", "keywords"],
  storeFields: ["title", "titles"],
  extractField: (section, field) =>
    // The keywords are those of the page, so they belong to its first section.
    field === "keywords"
      ? section.titles.length === 0
        ? keywordsOf(section.id)
        : ""
      : section[field],
};

/** How it is searched: `SearchOptions` of MiniSearch. */
export const searchOptions = {
  prefix: true,
  fuzzy: 0.2,
  boost: { title: 4, keywords: 12, titles: 1, text: 1 },
  boostDocument: (id, term) => {
    if (id.includes("/guide/")) return 4;
    // A page that names every method would be first for most words; it is wanted for its library.
    if (id.includes("/from-")) return /^(masto|mega|pyth|migr)/.test(term) ? 4 : 0.3;
    if (!id.includes("/reference/")) return 0.7;
    // Who types the name of a method wants that method.
    return id.toLowerCase().endsWith(`#${term}`) ? 3 : 1;
  },
};

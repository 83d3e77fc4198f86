// What is in the pages for other readers than the site: plug-ins of markdown-it.
import path from "node:path";

export const REPOSITORY = "https://github.com/mastodon-wasm/mastodon-wasm";

/** Where the site is published. */
const PUBLISHED = "https://mastodon-wasm.github.io/mastodon-wasm/";

/** The demo page, which is published beside the site. */
export const DEMO = `${PUBLISHED}demo/`;

/**
 * A link from a page to a file outside docs/ works in a clone and on GitHub as it is; on the site it has
 * to lead to GitHub. The reference is on the site alone, so that a link to it is that of the published
 * site; on the site it leads to the page beside.
 */
export function repositoryLinks(md) {
  md.core.ruler.push("repository_links", ({ tokens, env }) => {
    for (const { children } of tokens) {
      for (const token of children ?? []) {
        if (token.type === "link_open") token.attrSet("href", target(token.attrGet("href"), env));
      }
    }
  });
}

/** What rustdoc reads of a block: `rust,no_run`, and lines after `# ` that only it sees. */
export function rustdocBlocks(md) {
  md.core.ruler.push("rustdoc_blocks", ({ tokens }) => {
    for (const token of tokens) {
      if (token.type !== "fence" || !/^rust\b/.test(token.info)) continue;
      token.info = token.info.replace(/^rust[\w,]*/, "rust");
      token.content = token.content.replace(/^#( .*)?\n/gm, "");
    }
  });
}

function target(href, { relativePath = "" }) {
  if (href === DEMO) return href;
  if (href.startsWith(PUBLISHED)) return href.replace(PUBLISHED, "/").replace(".html", ".md");
  if (/^([a-z]+:|[#/])/.test(href)) return href;
  const file = path.posix.join("docs", path.posix.dirname(relativePath), href);
  if (file.startsWith("docs/") && /\.md(#|$)/.test(file) && !file.startsWith("docs/README.md")) {
    return href;
  }
  const kind = /\/$|\/[^./]+$/.test(file) ? "tree" : "blob";
  return `${REPOSITORY}/${kind}/main/${file}`;
}

// A link from a page to a file outside docs/ works in a clone and on GitHub as it is. On the site it
// has to lead to GitHub.
import path from "node:path";

export const REPOSITORY = "https://github.com/mastodon-wasm/mastodon-wasm";

/** A plug-in of markdown-it. */
export function repositoryLinks(md) {
  md.core.ruler.push("repository_links", ({ tokens, env }) => {
    for (const { children } of tokens) {
      for (const token of children ?? []) {
        if (token.type === "link_open") token.attrSet("href", target(token.attrGet("href"), env));
      }
    }
  });
}

function target(href, { relativePath = "" }) {
  if (/^([a-z]+:|[#/])/.test(href)) return href;
  const file = path.posix.join("docs", path.posix.dirname(relativePath), href);
  if (file.startsWith("docs/") && /\.md(#|$)/.test(file) && !file.startsWith("docs/README.md")) {
    return href;
  }
  const kind = /\/$|\/[^./]+$/.test(file) ? "tree" : "blob";
  return `${REPOSITORY}/${kind}/main/${file}`;
}

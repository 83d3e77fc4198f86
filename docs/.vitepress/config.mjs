// The site of `npm run docs`. The pages in docs/reference/ are made by scripts/docs/reference.mjs.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";
import { DEMO, REPOSITORY, repositoryLinks, rustdocBlocks } from "./markdown.mjs";
import { sidebar } from "./pages.mjs";
import { indexOptions, searchOptions } from "./search.mjs";

const icon = readFileSync(new URL("../../www/public/favicon.svg", import.meta.url), "base64");

const built = (file) => fileURLToPath(new URL(`../../${file}`, import.meta.url));

export default defineConfig({
  title: "mastodon-wasm",
  description: "The Mastodon API client for browsers, Workers, Deno, Bun, Node and Rust",
  lang: "en-US",
  // GitHub Pages serves a project's site from a folder.
  base: process.env.DOCS_BASE ?? "/",
  srcExclude: ["README.md"],
  outDir: "../build/docs",
  cacheDir: "../.cache/vitepress",
  vite: {
    // The packages of this repository, for the example that runs in the page.
    resolve: {
      alias: [
        { find: /^mastodon-wasm$/, replacement: built("pkg/browser.js") },
        { find: /^mastodon-wasm-sandbox$/, replacement: built("pkg-sandbox/browser.js") },
      ],
    },
    build: { chunkSizeWarningLimit: 2000 },
  },
  metaChunk: true,
  head: [
    ["link", { rel: "icon", href: `data:image/svg+xml;base64,${icon}` }],
    ["meta", { name: "theme-color", content: "#6364ff" }],
  ],
  markdown: {
    config: (md) => md.use(repositoryLinks).use(rustdocBlocks),
    // The default themes have too little contrast on the site's background.
    theme: { light: "github-light-high-contrast", dark: "github-dark-default" },
    languageAlias: { mjs: "js" },
    // "Mastodon.py" is no address.
    linkify: false,
  },
  themeConfig: {
    nav: [
      { text: "Guide", link: "/guide/first-app", activeMatch: "/guide/" },
      { text: "Reference", link: "/reference/", activeMatch: "/reference/" },
      { text: "Demo", link: DEMO },
      { text: "Changelog", link: `${REPOSITORY}/blob/main/CHANGELOG.md` },
    ],
    sidebar,
    outline: { level: [2, 3] },
    socialLinks: [{ icon: "github", link: REPOSITORY }],
    editLink: { pattern: `${REPOSITORY}/edit/main/docs/:path` },
    search: {
      provider: "local",
      options: { miniSearch: { options: indexOptions, searchOptions } },
    },
    footer: { message: "MIT or Apache-2.0" },
  },
  transformPageData({ relativePath, frontmatter }) {
    if (!relativePath.startsWith("reference/")) return;
    frontmatter.pageClass = "reference";
    // Made from the package's declarations: there is nothing to edit.
    frontmatter.editLink = false;
  },
});

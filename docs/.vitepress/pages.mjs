// The pages of the site, in the order of its sidebar, and the words by which each is looked for.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AREAS } from "../../scripts/docs/areas.mjs";

/** What a page is in docs/, and what it is called in the sidebar. */
const SECTIONS = [
  [
    "Introduction",
    [
      ["guide/first-app", "Getting started"],
      ["guide/login", "Authentication (OAuth)"],
    ],
  ],
  [
    "Guides",
    [
      ["guide/pagination", "Pagination"],
      ["guide/streaming", "Streaming (WebSocket)"],
      ["guide/errors", "Error handling"],
      ["guide/rate-limits", "Rate limits"],
      ["guide/media", "Media uploads"],
      ["guide/push", "Push notifications"],
      ["guide/filters", "Filters"],
      ["guide/forks", "Servers and forks"],
      ["guide/testing", "Testing"],
    ],
  ],
  [
    "Platforms",
    [
      ["guide/cdn", "CDN and no bundler"],
      ["guide/workers", "Cloudflare Workers"],
      ["guide/deno-bun", "Deno and Bun"],
      ["guide/node", "Node.js"],
      ["guide/ssr", "Server-side rendering (SSR)"],
      ["guide/frameworks", "React, Vue, Svelte"],
      ["guide/recipes", "Recipes: caches, stores, SSR"],
      ["guide/browser-extensions", "Browser extensions (MV3)"],
      ["guide/electron", "Electron"],
      ["guide/react-native", "React Native"],
      ["guide/rust", "Rust"],
    ],
  ],
  [
    "Migration",
    [
      ["from-masto-js", "From masto.js"],
      ["from-megalodon", "From megalodon"],
      ["from-mastodon-py", "From Mastodon.py"],
    ],
  ],
  [
    "About the package",
    [
      ["compatibility", "Which server has what"],
      ["matrix", "Tested tools and runtimes"],
      ["faults", "Failure modes"],
      ["security", "Security"],
      ["benchmarks", "Benchmarks"],
      ["size", "Size"],
      ["decisions", "Design decisions"],
      ["dependencies", "Dependencies"],
      ["coverage", "Test coverage"],
    ],
  ],
];

const exists = ([page]) => existsSync(fileURLToPath(new URL(`../${page}.md`, import.meta.url)));

/** The pages written by hand: `[page, title]`. */
export const PAGES = SECTIONS.flatMap(([, pages]) => pages).filter(exists);

export const sidebar = [
  ...SECTIONS.map(([text, pages], index) => ({
    text,
    collapsed: index > 2,
    items: pages.filter(exists).map(([page, title]) => ({ text: title, link: `/${page}` })),
  })),
  {
    text: "API reference",
    collapsed: true,
    items: [
      { text: "Overview", link: "/reference/" },
      ...Object.entries(AREAS).map(([area, text]) => ({ text, link: `/reference/${area}` })),
      { text: "Entities", link: "/reference/entities" },
      { text: "Errors", link: "/reference/errors" },
      { text: "Types", link: "/reference/types" },
    ],
  },
];

/** What people type who look for a page under another name. */
export const KEYWORDS = {
  "guide/first-app":
    "install setup quick start quickstart tutorial vite npm init hello world first timeline",
  "guide/login":
    "oauth oauth2 login log in sign in token access_token pkce scopes authorize redirect callback session credentials refresh refresh_token expired",
  "guide/pagination":
    "page pages paging cursor next previous infinite scroll limit max_id min_id since_id async iterator iterate link header",
  "guide/streaming":
    "websocket websockets web socket stream realtime real-time live events listen subscribe sse eventsource reconnect gap",
  "guide/errors":
    "error errors exception exceptions try catch handling failure status code 404 401 422 timeout cancel abort abortcontroller network cors",
  "guide/rate-limits":
    "rate limit limits limiting ratelimit throttle throttling 429 too many requests retry-after backoff",
  "guide/media":
    "upload uploads uploading image images picture video audio file files attachment alt text description blurhash focus",
  "guide/push": "push web push notification notifications service worker vapid subscription",
  "guide/filters": "filter filters mute keyword hide content warning",
  "guide/forks":
    "fork forks compatibility compatible server servers version gotosocial pleroma akkoma pixelfed misskey hollo glitch-soc fedibird",
  "guide/testing": "test tests testing mock sandbox vitest jest unit test fake server ci",
  "guide/cdn":
    "cdn jsdelivr unpkg esm.sh script tag import map no bundler without build integrity sri preload csp content-security-policy",
  "guide/workers": "cloudflare worker workers edge wrangler cron bot durable object kv",
  "guide/deno-bun": "deno bun jsr runtime",
  "guide/node": "node nodejs commonjs require esm bot script server command line cli",
  "guide/ssr": "ssr server side rendering next nextjs next.js nuxt sveltekit astro remix",
  "guide/frameworks": "react vue svelte hook composable store component angular solid",
  "guide/browser-extensions":
    "browser extension chrome firefox manifest v3 mv3 web extension service worker",
  "guide/electron": "electron desktop tauri",
  "guide/react-native": "react native hermes expo ios android mobile webassembly",
  "guide/rust": "rust crate cargo leptos yew workers-rs",
  "guide/recipes": "recipe recipes example examples how to cookbook",
  compatibility: "compatibility servers which server supports table",
  "from-masto-js": "migrate migration masto masto.js",
  "from-megalodon": "migrate migration megalodon",
  "from-mastodon-py": "migrate migration python mastodon.py",
};

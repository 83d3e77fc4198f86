// From a visit to the first request, on networks as people have them: each library in a page of its own,
// one script without a bundler's help where that is possible, with empty caches, over the browser's own
// emulation of a network. All files are compressed by brotli, as CDNs do.

import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { build as bundle } from "esbuild";
import { launchChromium } from "../scripts/browser.mjs";
import { ROOT } from "../scripts/run.mjs";

const HERE = path.join(ROOT, "bench");
const ROUNDS = 9;
const MODULE = "mastodon_wasm_bg.wasm";

/** Round trips in milliseconds, and megabits a second, both ways. */
export const NETWORKS = {
  "Fast 4G": { latency: 60, megabits: 9 },
  "slow 4G": { latency: 150, megabits: 1.6 },
};

const URL_OF_API = "https://mastodon.example";

const SCRIPTS = {
  "mastodon-wasm": `
    import { init, Mastodon } from "mastodon-wasm";
    await init();
    new Mastodon({ api_base_url: "${URL_OF_API}" }).timelineHome();`,
  "masto.js": `
    import { createRestAPIClient } from "masto";
    createRestAPIClient({ url: "${URL_OF_API}" }).v1.timelines.home.list().then();`,
  megalodon: `
    import megalodon from "megalodon";
    (megalodon.default ?? megalodon)("mastodon", "${URL_OF_API}").getHomeTimeline();`,
};

/** The files of a page by name: its HTML, and what that loads. */
async function pages(folder) {
  mkdirSync(folder, { recursive: true });
  for (const [name, contents] of Object.entries(SCRIPTS)) {
    await bundle({
      stdin: { contents, resolveDir: HERE },
      outfile: path.join(folder, `${name}.js`),
      bundle: true,
      minify: true,
      format: "esm",
      platform: "browser",
      alias: { "mastodon-wasm": path.join(ROOT, "pkg", "browser.js") },
      define: { global: "globalThis", "process.env.NODE_ENV": '"production"' },
      logLevel: "error",
    });
  }
  for (const name of [MODULE, "browser.js"]) {
    cpSync(path.join(ROOT, "pkg", name), path.join(folder, name));
  }
  const script = (name) => `<script type="module" src="${name}.js"></script>`;
  const preload = `<link rel="preload" as="fetch" type="application/wasm" crossorigin href="${MODULE}">`;
  const inPage = SCRIPTS["mastodon-wasm"].replace('"mastodon-wasm"', '"./browser.js"');
  const html = {
    "mastodon-wasm": script("mastodon-wasm"),
    "mastodon-wasm, preload": preload + script("mastodon-wasm"),
    "mastodon-wasm, no bundler": `<script type="module">${inPage}</script>`,
    "mastodon-wasm, no bundler, preload": `${preload}<link rel="modulepreload" href="browser.js"><script type="module">${inPage}</script>`,
    "masto.js": script("masto.js"),
    megalodon: script("megalodon"),
  };
  for (const [name, head] of Object.entries(html)) {
    writeFileSync(path.join(folder, `${name}.html`), `<!doctype html><title>.</title>${head}`);
  }
  return Object.keys(html);
}

async function serve(folder) {
  const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm", ".html": "text/html" };
  const packed = new Map();
  const server = createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, "http://localhost").pathname.slice(1));
    const file = path.join(folder, path.basename(name));
    if (!name || !existsSync(file)) return response.writeHead(404).end();
    if (!packed.has(name)) {
      const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
      packed.set(name, brotliCompressSync(readFileSync(file), { params }));
    }
    response.writeHead(200, {
      "content-type": TYPES[path.extname(name)],
      "content-encoding": "br",
      "cache-control": "max-age=3600",
    });
    response.end(packed.get(name));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

/** Milliseconds from the visit to the first request, by network and page: `ROUNDS` of each, in turn. */
export async function networkStarts(folder) {
  const names = await pages(folder);
  const server = await serve(folder);
  const browser = await launchChromium();
  const times = {};
  try {
    for (const [network, speed] of Object.entries(NETWORKS)) {
      times[network] = Object.fromEntries(names.map((name) => [name, []]));
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const at of names.keys()) {
          const name = names[(at + round) % names.length];
          const address = `http://127.0.0.1:${server.address().port}/${encodeURIComponent(name)}.html`;
          times[network][name].push(await visit(browser, address, speed));
        }
      }
    }
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
  return times;
}

async function visit(browser, address, { latency, megabits }) {
  const context = await browser.newContext();
  try {
    const tab = await context.newPage();
    const session = await context.newCDPSession(tab);
    await session.send("Network.enable");
    const throughput = (megabits * 1e6) / 8;
    await session.send("Network.emulateNetworkConditions", {
      offline: false,
      latency,
      downloadThroughput: throughput,
      uploadThroughput: throughput,
    });
    await tab.addInitScript((api) => {
      // Whichever way a library sends, the first that goes to the API is noted, and goes nowhere.
      window.sent = new Promise((resolve) => {
        const { fetch } = window;
        window.fetch = (input, init) => {
          if (!String(input?.url ?? input).startsWith(api)) return fetch(input, init);
          resolve(performance.now());
          return new Promise(() => {});
        };
        XMLHttpRequest.prototype.send = () => resolve(performance.now());
      });
    }, URL_OF_API);
    await tab.goto(address, { waitUntil: "commit" });
    return await tab.evaluate(() => window.sent);
  } finally {
    await context.close();
  }
}

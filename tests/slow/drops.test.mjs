// A minute in which every socket is cut after a few seconds, while a thousand posts arrive: in Node and,
// at the same time, in a page in Chromium.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { test } from "node:test";
import WebSocket from "ws";
import { init, Mastodon } from "../../pkg/node.js";
import { findChromium, launchChromium } from "../../scripts/browser.mjs";
import { ROOT } from "../../scripts/run.mjs";
import { startSandbox } from "../../scripts/sandbox.mjs";
import { pause, until } from "../streaming/fake.mjs";

const POSTS = 1000;
const MINUTE = 60_000;

/** When the socket was lost that the next one replaces. */
let lost;

class Watched extends WebSocket {
  constructor(...args) {
    super(...args);
    this.addEventListener("close", () => {
      lost = Date.now();
    });
  }
}

const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm" };

/** The package as a site, on this machine: a browser lets no other site reach a server here. */
async function servePackage() {
  const server = createServer((request, response) => {
    const name = request.url.slice(1);
    response.setHeader("content-type", TYPES[path.extname(name)] ?? "text/html");
    response.end(
      name ? readFileSync(path.join(ROOT, "pkg", path.basename(name))) : "<title>.</title>",
    );
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

/** A page that listens as well; null where there is no Chromium, which is a failure under CI alone. */
async function listenInChromium(options) {
  if (!findChromium() && process.env.CI !== "true") return null;
  const server = await servePackage();
  const browser = await launchChromium();
  const stop = async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  };
  const tab = await browser.newPage();
  // A page asks for this, too.
  await tab.route("**/favicon.ico", (route) => route.abort());
  await tab.goto(`http://127.0.0.1:${server.address().port}`);
  await tab.evaluate(async (options) => {
    const { init, Mastodon } = await import("/browser.js");
    await init();
    Object.assign(window, { seen: [], gaps: [], opened: 0 });
    window.stream = new Mastodon(options).streamUser({
      onUpdate: ({ id }) => window.seen.push(id),
      onGap: (gap) => window.gaps.push(gap),
      onOpen() {
        window.opened += 1;
      },
    });
  }, options);
  await tab.waitForFunction(() => window.stream.state === "open");
  return { tab, stop };
}

/** How many clients have asked for the second of their two lists, the notifications. */
async function listsRead(sandbox) {
  const { requests } = await sandbox.control("GET", "/sandbox/state");
  const asked = ({ method, path }) => method === "GET" && path.startsWith("/api/v1/notifications");
  return requests.filter(asked).length;
}

test("none of a thousand posts is missing or doubled", { timeout: 3 * MINUTE }, async (t) => {
  await init();
  const sandbox = await startSandbox();
  const client = (username) =>
    new Mastodon({
      api_base_url: sandbox.url,
      access_token: sandbox.account(username).access_token,
      web_socket: Watched,
    });
  const [mina, theo] = [client("mina"), client("theo")];
  const page = await listenInChromium({
    api_base_url: sandbox.url,
    access_token: sandbox.account("mina").access_token,
  });
  try {
    const [seen, gaps, waits] = [[], [], []];
    const stream = mina.streamUser({
      onUpdate: ({ id }) => seen.push(id),
      onGap: (gap) => gaps.push(gap),
      onOpen() {
        if (lost) waits.push(Date.now() - lost);
      },
    });
    await until(() => stream.state === "open");
    // Each has read where its lists begin: what is cut before that is a gap.
    await until(async () => (await listsRead(sandbox)) === (page ? 2 : 1), "the lists");
    await pause(500);
    await sandbox.control("POST", "/sandbox/streaming", { drop_every_ms: 3000 });

    const posted = [];
    const begin = Date.now();
    for (let number = 0; number < POSTS; number += 1) {
      const due = begin + (number * MINUTE) / POSTS;
      if (due > Date.now()) await pause(due - Date.now());
      posted.push((await theo.statusPost(`Post ${number}`)).id);
    }
    await sandbox.control("DELETE", "/sandbox/streaming");
    await until(() => seen.length >= POSTS, "all posts", MINUTE);
    await pause(2000);
    waits.sort((a, b) => a - b);
    t.diagnostic(
      `${posted.length} posts in ${((Date.now() - begin) / 1000).toFixed(1)} s, ${seen.length} delivered, ` +
        `${new Set(seen).size} different, ${gaps.length} gaps, ${waits.length} reconnects, ` +
        `${waits[waits.length >> 1]} ms in the middle, ${waits.at(-1)} ms at most`,
    );
    // 3 s each, and waits below 1, 2, 4, 8 and 8 s: five fit, however the dice fall.
    assert.ok(waits.length >= 5, `${waits.length} reconnects`);
    assert.deepEqual(seen, posted);
    assert.deepEqual(gaps, []);
    if (!page) return t.diagnostic("no Chromium here: in Node alone");
    await page.tab.waitForFunction((posts) => window.seen.length >= posts, POSTS);
    const there = await page.tab.evaluate(() => ({
      seen: window.seen,
      gaps: window.gaps,
      opened: window.opened,
    }));
    t.diagnostic(`in Chromium: ${there.seen.length} delivered, ${there.opened - 1} reconnects`);
    assert.ok(there.opened > 5, `${there.opened - 1} reconnects`);
    assert.deepEqual(there.seen, posted);
    assert.deepEqual(there.gaps, []);
  } finally {
    await page?.stop();
    mina.close();
    theo.close();
    await sandbox.stop();
  }
});

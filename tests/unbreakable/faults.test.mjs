// The faults of faults.mjs over real sockets, in Node and in a page; and the table of them, docs/faults.md.
import assert from "node:assert/strict";
import { createReadStream, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { WebSocket, WebSocketServer } from "ws";
import * as library from "../../pkg/node.js";
import { findChromium, launchChromium } from "../../scripts/browser.mjs";
import { FAULTS, perform } from "./faults.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TABLE = path.join(ROOT, "docs/faults.md");
const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
  "access-control-max-age": "600",
  "access-control-expose-headers":
    "Link, X-RateLimit-Reset, X-RateLimit-Limit, X-RateLimit-Remaining",
};

/** What came of each fault, in Node and in the page. */
const results = new Map();

/** A server on a free port. `seen` are its requests, without those by which a browser asks for leave. */
async function serve(handle, { allowed = "*, Authorization", socket } = {}) {
  const seen = [];
  const server = createServer({ maxHeaderSize: 65_536 }, async (request, response) => {
    request.on("error", () => {});
    response.on("error", () => {});
    for (const [name, value] of Object.entries(CORS)) response.setHeader(name, value);
    response.setHeader("access-control-allow-headers", allowed);
    if (request.method === "OPTIONS") return response.writeHead(204).end();
    seen.push({ method: request.method, url: request.url, headers: request.headers });
    const count = seen.length;
    const parts = [];
    try {
      for await (const part of request) parts.push(part);
    } catch {
      return;
    }
    if (!request.socket.destroyed)
      handle(request, response, count, Buffer.concat(parts).toString());
  });
  // The token travels as the name of a subprotocol, which has to be answered.
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: ([first]) => first });
  let count = 0;
  if (socket) {
    server.on("upgrade", (...given) =>
      sockets.handleUpgrade(...given, (connection) => {
        count += 1;
        socket(connection, { count });
      }),
    );
  }
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    seen,
    url: `http://127.0.0.1:${server.address().port}`,
    stop() {
      for (const connection of sockets.clients) connection.terminate();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One fault: its servers, the caller (`run`), and what has to come of it. */
async function check(fault, run, page) {
  const other = await serve((_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end('{"id":"1"}');
  });
  const server = await serve(
    (request, response, count, body) =>
      fault.serve(request, response, { count, other: other.url, body }),
    fault,
  );
  try {
    if (fault.closed) await server.stop();
    const within = (fault.within ?? 20) * 1000;
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`not within ${within} ms`)), within);
    });
    const outcome = await Promise.race([run(server.url, other.url), late]);
    clearTimeout(timer);
    judge(fault, outcome, { requests: server.seen, elsewhere: other.seen, page });
    return outcome;
  } finally {
    if (!fault.closed) await server.stop();
    await other.stop();
  }
}

function judge({ expect }, outcome, seen) {
  const told = JSON.stringify(outcome, null, 1).slice(0, 2000);
  if (outcome.error && outcome.classes.includes("MastodonError")) assert.ok(outcome.real, told);
  assert.ok(!outcome.message?.includes("secret-token"), told);
  if (typeof expect === "function") return assert.ok(expect(outcome, seen), told);
  if ("value" in expect) return assert.deepEqual(outcome.value, expect.value, told);
  assert.ok(outcome.error, `it resolved: ${told}`);
  for (const [name, value] of Object.entries(expect)) assert.deepEqual(outcome[name], value, told);
}

/** The same in every runtime: the faults by area, each as a test. */
function suite(page, run) {
  for (const [area, faults] of Object.entries(FAULTS)) {
    // Those that wait do it together.
    const concurrency = /limits|Media|Streams|Ended/.test(area) ? 8 : 1;
    describe(area, { concurrency }, () => {
      for (const fault of faults) {
        it(fault.name, async () => {
          const outcome = await check(fault, (url, other) => run(area, fault, url, other), page);
          const key = `${area}\n${fault.name}`;
          results.set(key, { ...results.get(key), [page ? "page" : "node"]: outcome });
        });
      }
    });
  }
}

describe("in Node", () =>
  suite(false, (area, fault, url, other) => {
    // Node 20 has none of its own.
    const options = area === "Streams" ? { web_socket: WebSocket } : {};
    return perform(library, { ...fault, options: { ...options, ...fault.options } }, url, other);
  }));

describe("in a page", { skip: findChromium() ? false : "no Chromium here" }, () => {
  let browser;
  let tab;
  let site;

  before(async () => {
    browser = await launchChromium();
    site = await serve((request, response) => {
      const file = path.join(ROOT, new URL(request.url, "http://localhost").pathname);
      if (request.url === "/") {
        response.writeHead(200, { "content-type": "text/html" });
        return response.end("<!doctype html><title>Faults</title>");
      }
      if (!/^\/(pkg|tests\/unbreakable)\//.test(request.url) || !existsSync(file)) {
        return response.writeHead(404).end();
      }
      const type = file.endsWith(".wasm") ? "application/wasm" : "text/javascript";
      response.writeHead(200, { "content-type": type });
      createReadStream(file).pipe(response);
    });
    tab = await browser.newPage();
    await tab.goto(site.url);
    await tab.evaluate(async () => {
      const [library, { FAULTS, perform }] = await Promise.all([
        import("/pkg/browser.js"),
        import("/tests/unbreakable/faults.mjs"),
      ]);
      await library.init();
      window.perform = (area, name, url, other) =>
        perform(
          library,
          FAULTS[area].find((fault) => fault.name === name),
          url,
          other,
        );
    });
  });
  after(async () => {
    await browser?.close();
    await site?.stop();
  });

  suite(true, (area, fault, url, other) =>
    tab.evaluate((given) => window.perform(...given), [area, fault.name, url, other]),
  );
});

after(() => {
  const total = Object.values(FAULTS).flat().length;
  const complete = [...results.values()].filter(({ node, page }) => node && page).length === total;
  // A run that failed, or that had no browser, has nothing to say.
  if (!complete) return;
  const text = table();
  if (readFileSync(TABLE, "utf8") === text) return;
  writeFileSync(TABLE, text);
  assert.ok(process.env.CI !== "true", "docs/faults.md is not what the tests saw: commit it anew");
});

function table() {
  const lines = [
    "# Failure modes",
    "",
    "Written by `tests/unbreakable/faults.test.mjs`: each row is a server on a real socket with",
    "one fault, and the result of a call to it, in Node and in Chromium. If the two differ, both are listed.",
    "Every call ends in limited time, and no message contains a token.",
  ];
  for (const [area, faults] of Object.entries(FAULTS)) {
    lines.push("", `## ${area}`, "", "| what happens | what the caller gets |", "|---|---|");
    for (const fault of faults) {
      const { node, page } = results.get(`${area}\n${fault.name}`);
      const [first, second] = [gets(fault, node), gets(fault, page)];
      const both = first === second ? first : `${first}; in a page: ${second}`;
      lines.push(`| ${fault.name.replaceAll("|", "\\|")} | ${both} |`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function gets(fault, outcome) {
  if (!outcome.error) return fault.gets ?? "the answer";
  if (fault.gets && !/answer/.test(fault.gets)) return fault.gets;
  const status = outcome.status === undefined ? "" : `, \`status\` ${outcome.status}`;
  return `\`${outcome.error}\`${status}`;
}

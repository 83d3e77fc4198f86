// Every route of the package's methods, asked of the sandbox: what it does not answer is the list in the
// package's README.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Sandbox } from "../../pkg-sandbox/node.js";
import { inventory } from "../unbreakable/inventory.mjs";

const README = new URL("../../sandbox/wasm/package/README.md", import.meta.url);

/** What a path is asked with where a number would be none. */
const VALUES = { timeline: "home", hashtag: "ferns", name: "ferns", year: "2026" };

/** Whether somebody is there who answers, be it that there is no such thing or that it must not be. */
async function answers(sandbox, token, route) {
  const [method, path] = route.split(" ");
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => VALUES[name] ?? "1");
  const url = `${sandbox.url}${filled}`;
  const headers = { authorization: `Bearer ${token}`, accept: "application/json" };
  const response = await sandbox.fetch(url, { method, headers, redirect: "manual" });
  if (response.status === 405 || response.status === 501) return false;
  if (response.status !== 404) {
    await response.body?.cancel();
    return response.status < 500;
  }
  const text = await response.text();
  return text.startsWith("{") && JSON.parse(text).error !== "Not Found";
}

test("what the sandbox does not answer stands in its README", async (t) => {
  const sandbox = await Sandbox.start({ rate_limit: 10_000 });
  t.after(() => sandbox.close());
  const routes = [...new Set(inventory().flatMap(({ routes }) => routes))].sort();
  assert.ok(routes.length > 250, "the methods are read");
  const missing = [];
  for (const route of routes) {
    // A token for each: some of the routes end one.
    const { access_token } = await sandbox.control("POST", "/sandbox/tokens", {
      username: "mina",
      scopes: "read write follow push profile admin:read admin:write",
    });
    if (!(await answers(sandbox, access_token, route))) missing.push(route);
  }
  t.diagnostic(`${routes.length - missing.length} of ${routes.length} routes are answered`);
  const [, section] = readFileSync(README, "utf8").split("## Missing routes\n");
  const said = [...section.split("\n## ")[0].matchAll(/^- `([^`]+)`/gm)].map(([, route]) => route);
  assert.deepEqual(missing, said.sort());
});

test("a route that does not exist is not answered", async (t) => {
  const sandbox = await Sandbox.start();
  t.after(() => sandbox.close());
  const { access_token } = sandbox.as("mina");
  assert.equal(await answers(sandbox, access_token, "GET /api/v1/nowhere"), false);
  assert.equal(await answers(sandbox, access_token, "DELETE /api/v1/timelines/home"), false);
  assert.equal(await answers(sandbox, access_token, "GET /api/v1/statuses/{id}"), true);
});

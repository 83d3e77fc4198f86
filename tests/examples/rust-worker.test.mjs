// examples/rust-worker, in the Workers runtime and against the sandbox.
import assert from "node:assert/strict";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, it } from "node:test";
import { Miniflare } from "miniflare";
import { ROOT } from "../../scripts/run.mjs";
import { startSandbox } from "../../scripts/sandbox.mjs";
import { as } from "./person.mjs";
import { buildRust } from "./rust.mjs";

let sandbox;
let folder;
let worker;
let url;

before(async () => {
  folder = mkdtempSync(path.join(realpathSync(tmpdir()), "mastodon-wasm-rust-worker-"));
  await buildRust("rust-worker", path.join(folder, "build"));
  const entry = path.join(ROOT, "examples", "rust-worker", "worker.js");
  writeFileSync(path.join(folder, "worker.js"), readFileSync(entry));
  const built = readdirSync(path.join(folder, "build"), { recursive: true });
  const scripts = built.filter((file) => file.endsWith(".js"));
  sandbox = await startSandbox();
  worker = new Miniflare({
    modules: [
      { type: "ESModule", path: path.join(folder, "worker.js") },
      ...scripts.map((file) => ({ type: "ESModule", path: path.join(folder, "build", file) })),
      { type: "CompiledWasm", path: path.join(folder, "build", "rust_worker_bg.wasm") },
    ],
    modulesRoot: folder,
    compatibilityDate: "2025-09-01",
    bindings: { INSTANCE: sandbox.url, TOKEN: sandbox.account("mina").access_token },
    unsafeTriggerHandlers: true,
  });
  url = (await worker.ready).origin;
});
after(async () => {
  await worker?.dispose();
  await sandbox?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

it("serves a hashtag as a feed", async () => {
  const post = { status: "Borrowed and checked #rustworker" };
  await as(sandbox, "theo", "POST", "/api/v1/statuses", post);
  const response = await fetch(`${url}/rustworker`);
  assert.equal(response.status, 200);
  const feed = await response.json();
  assert.equal(feed.version, "https://jsonfeed.org/version/1.1");
  assert.equal(feed.items.length, 1);
  assert.match(feed.items[0].content_html, /Borrowed and checked/);
  assert.ok(feed.items[0].url);
});

it("says what went wrong, with its status", async () => {
  assert.equal((await fetch(url)).status, 404);
  await sandbox.faults({ status: 503, body: "html", times: 50 });
  const broken = await fetch(`${url}/rustworker`);
  await sandbox.clearFaults();
  assert.equal(broken.status, 503);
  assert.match(await broken.text(), /503/);
});

it("posts once a day", async () => {
  const trigger = () => fetch(`${url}/cdn-cgi/handler/scheduled`);
  await trigger();
  await trigger();
  const { id } = await as(sandbox, "mina", "GET", "/api/v1/accounts/verify_credentials");
  const posts = await as(sandbox, "mina", "GET", `/api/v1/accounts/${id}/statuses`);
  const mornings = posts.filter(({ content }) => content.includes("Good morning!"));
  assert.equal(mornings.length, 1);
  assert.equal(mornings[0].visibility, "unlisted");
});

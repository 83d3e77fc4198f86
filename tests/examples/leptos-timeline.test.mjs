// examples/leptos-timeline, in a browser and against the sandbox.
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, it } from "node:test";
import { findChromium, launchChromium } from "../../scripts/browser.mjs";
import { ROOT } from "../../scripts/run.mjs";
import { startSandbox } from "../../scripts/sandbox.mjs";
import { serveFolder } from "../browsers/site.mjs";
import { buildRust } from "./rust.mjs";

const skip = findChromium() ? false : "no Chromium or Chrome here (CHROME_PATH names one)";

let sandbox;
let folder;
let browser;
let server;

before(async () => {
  if (skip) return;
  folder = mkdtempSync(path.join(realpathSync(tmpdir()), "mastodon-wasm-leptos-"));
  await buildRust("leptos-timeline", path.join(folder, "dist"));
  const page = path.join(ROOT, "examples", "leptos-timeline", "index.html");
  copyFileSync(page, path.join(folder, "index.html"));
  [sandbox, browser] = await Promise.all([startSandbox(), launchChromium()]);
  // The page has a policy of its own.
  server = await serveFolder(folder, { policy: false });
});
after(async () => {
  await browser?.close();
  server?.stop();
  await sandbox?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

it("logs in, shows what happens, posts, and logs out", { skip, timeout: 120_000 }, async () => {
  const tab = await browser.newPage();
  const problems = [];
  tab.on("pageerror", (error) => problems.push(String(error)));
  await tab.goto(server.url);
  await tab.getByLabel("Your server").fill(sandbox.url);
  await tab.getByRole("button", { name: "Log in" }).click();
  await tab.waitForURL(`${sandbox.url}/**`);
  const { username, password } = sandbox.account("mina");
  await tab.locator("#username").fill(username);
  await tab.locator("#password").fill(password);
  await tab.getByRole("button", { name: "Log in and authorize" }).click();
  await tab.locator("article").nth(19).waitFor();
  assert.equal(new URL(tab.url()).search, "");
  for (const text of await tab.locator("article p").allTextContents()) {
    assert.doesNotMatch(text, /<\/?(p|br|span|a)\b/);
  }

  // What others do comes by itself, and what the user posts, too.
  await tab.getByLabel("What's up?").fill("Hello from Leptos");
  await tab.getByRole("button", { name: "Post" }).click();
  await tab.locator("article", { hasText: "Hello from Leptos" }).waitFor();
  assert.equal(await tab.locator("article", { hasText: "Hello from Leptos" }).count(), 1);
  const sockets = async () => (await sandbox.control("GET", "/sandbox/state")).sockets;
  assert.equal((await sockets()).length, 1);

  // The login is kept.
  await tab.reload();
  await tab.locator("article").first().waitFor();

  await tab.getByRole("button", { name: "Log out" }).click();
  await tab.getByRole("button", { name: "Log in" }).waitFor();
  // The stream ended with what showed it.
  const begin = Date.now();
  while ((await sockets()).length > 0 && Date.now() - begin < 10_000) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.deepEqual(await sockets(), []);

  await tab.getByLabel("Your server").fill("@me");
  await tab.getByRole("button", { name: "Log in" }).click();
  await tab.getByRole("alert").getByText("api_base_url").waitFor();
  assert.deepEqual(problems, []);
});

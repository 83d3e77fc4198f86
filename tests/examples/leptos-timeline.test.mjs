// examples/leptos-timeline, in a browser and against the sandbox.
import assert from "node:assert/strict";
import {
  copyFileSync,
  createReadStream,
  existsSync,
  mkdtempSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, it } from "node:test";
import { findChromium, launchChromium } from "../../scripts/browser.mjs";
import { ROOT } from "../../scripts/run.mjs";
import { startSandbox } from "../../scripts/sandbox.mjs";
import { buildRust } from "./rust.mjs";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };
const skip = findChromium() ? false : "no Chromium or Chrome here (CHROME_PATH names one)";

let sandbox;
let folder;
let browser;
let server;
let url;

before(async () => {
  if (skip) return;
  folder = mkdtempSync(path.join(realpathSync(tmpdir()), "mastodon-wasm-leptos-"));
  await buildRust("leptos-timeline", path.join(folder, "dist"));
  const page = path.join(ROOT, "examples", "leptos-timeline", "index.html");
  copyFileSync(page, path.join(folder, "index.html"));
  [sandbox, browser] = await Promise.all([startSandbox(), launchChromium()]);
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const file = path.join(folder, pathname === "/" ? "index.html" : pathname);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "text/plain" });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${server.address().port}/`;
});
after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  await sandbox?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

it("logs in, shows what happens, posts, and logs out", { skip, timeout: 120_000 }, async () => {
  const tab = await browser.newPage();
  const problems = [];
  tab.on("pageerror", (error) => problems.push(String(error)));
  await tab.goto(url);
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

// examples/plain-html, in a browser and against the sandbox.
import assert from "node:assert/strict";
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { after, before, it } from "node:test";
import { findChromium, launchChromium } from "../../scripts/browser.mjs";
import { startSandbox } from "../../scripts/sandbox.mjs";
import { copyExample } from "./example.mjs";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };
const skip = findChromium() ? false : "no Chromium or Chrome here (CHROME_PATH names one)";

let sandbox;
let project;
let browser;
let server;
let url;

before(async () => {
  if (skip) return;
  [sandbox, project, browser] = await Promise.all([
    startSandbox(),
    copyExample("plain-html"),
    launchChromium(),
  ]);
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const file = path.join(project.folder, pathname === "/" ? "index.html" : pathname);
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
  project?.remove();
});

it("shows a timeline, within its policy, and a problem in words", { skip }, async () => {
  const tab = await browser.newPage();
  const problems = [];
  tab.on("console", (message) => problems.push(message.text()));
  tab.on("pageerror", (error) => problems.push(String(error)));
  await tab.goto(url);
  await tab.getByLabel("Instance").fill(sandbox.url);
  await tab.getByRole("button", { name: "Show" }).click();
  await tab.locator("article").nth(19).waitFor();
  assert.equal(await tab.locator("article").count(), 20);
  for (const text of await tab.locator("article p").allTextContents()) {
    assert.doesNotMatch(text, /<\/?(p|br|span|a)\b/);
  }
  const drawn = () => document.querySelector("article img")?.naturalWidth > 0;
  await tab.waitForFunction(drawn);
  assert.equal(
    await tab
      .locator("article")
      .first()
      .evaluate((it) => getComputedStyle(it).display),
    "grid",
  );
  // Blocked scripts and styles would be reported here.
  assert.deepEqual(
    problems.filter((text) => !/favicon|404/.test(text)),
    [],
  );

  // One broken post takes no other along.
  await tab.route("**/api/v1/timelines/public*", async (route) => {
    const response = await route.fetch();
    const [first, ...others] = await response.json();
    await route.fulfill({ response, json: [null, { ...first, account: null }, ...others] });
  });
  await tab.getByRole("button", { name: "Show" }).click();
  await tab.waitForFunction(() => document.querySelectorAll("article").length === 19);

  await tab.getByLabel("Instance").fill("https://mastodon.example/path");
  await tab.getByRole("button", { name: "Show" }).click();
  await tab.getByText("`api_base_url` must be a server's address alone").waitFor();
});

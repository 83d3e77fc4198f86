// examples/plain-html, in a browser and against the sandbox.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { findChromium, launchChromium } from "../../scripts/browser.mjs";
import { startSandbox } from "../../scripts/sandbox.mjs";
import { changeAnswers } from "../answers.mjs";
import { serveFolder } from "../browsers/site.mjs";
import { copyExample } from "./example.mjs";

const skip = findChromium() ? false : "no Chromium or Chrome here (CHROME_PATH names one)";

let sandbox;
let project;
let browser;
let server;

before(async () => {
  if (skip) return;
  [sandbox, project, browser] = await Promise.all([
    startSandbox(),
    copyExample("plain-html"),
    launchChromium(),
  ]);
  // The page has a policy of its own.
  server = await serveFolder(project.folder, { policy: false });
});
after(async () => {
  await browser?.close();
  server?.stop();
  await sandbox?.stop();
  project?.remove();
});

it("shows a timeline, within its policy, and a problem in words", { skip }, async () => {
  const tab = await browser.newPage();
  const problems = [];
  tab.on("console", (message) => problems.push(message.text()));
  tab.on("pageerror", (error) => problems.push(String(error)));
  await tab.goto(server.url);
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
  await changeAnswers(tab, "**/api/v1/timelines/public*", ([first, ...others]) => [
    null,
    { ...first, account: null },
    ...others,
  ]);
  await tab.getByRole("button", { name: "Show" }).click();
  await tab.waitForFunction(() => document.querySelectorAll("article").length === 19);

  await tab.getByLabel("Instance").fill("https://mastodon.example/path");
  await tab.getByRole("button", { name: "Show" }).click();
  await tab.getByText("`api_base_url` must be a server's address alone").waitFor();
});

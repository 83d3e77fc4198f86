// examples/extension, loaded unpacked into Chromium, against the sandbox.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, it } from "node:test";
import { chromium } from "playwright-core";
import { CHROMIUM_FLAGS, findChromium } from "../../scripts/browser.mjs";
import { startSandbox } from "../../scripts/sandbox.mjs";
import { copyExample } from "./example.mjs";
import { as, until } from "./person.mjs";

const skip = findChromium() ? false : "no Chromium or Chrome here (CHROME_PATH names one)";

let sandbox;
let project;
let profile;
let context;
let worker;

before(async () => {
  if (skip) return;
  [sandbox, project] = await Promise.all([startSandbox(), copyExample("extension")]);
  await project.run(process.execPath, ["build.js"]);
  profile = mkdtempSync(path.join(tmpdir(), "mastodon-wasm-profile-"));
  context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    headless: false,
    args: [
      ...CHROMIUM_FLAGS,
      // The older headless mode knows no extensions.
      "--headless=new",
      "--disable-features=DisableLoadExtensionCommandLineSwitch",
      `--disable-extensions-except=${project.folder}`,
      `--load-extension=${project.folder}`,
    ],
  });
  const [running] = context.serviceWorkers();
  worker = running ?? (await context.waitForEvent("serviceworker"));
});
after(async () => {
  await context?.close();
  await sandbox?.stop();
  project?.remove();
  if (profile) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});

it("asks for no more than WebAssembly in its policy", () => {
  const file = new URL("../../examples/extension/manifest.json", import.meta.url);
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  assert.equal(manifest.manifest_version, 3);
  const { extension_pages: policy } = manifest.content_security_policy;
  assert.equal(policy, "script-src 'self' 'wasm-unsafe-eval'; object-src 'self'");
});

it("logs in by a window, keeps the login, counts, and logs out", { skip }, async () => {
  const { host } = new URL(worker.url());
  const tab = await context.newPage();
  const problems = [];
  tab.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  tab.on("pageerror", (error) => problems.push(String(error)));
  await tab.goto(`chrome-extension://${host}/page.html`);
  await tab.getByLabel("Your server").fill(sandbox.url);
  const [popup] = await Promise.all([
    tab.waitForEvent("popup"),
    tab.getByRole("button", { name: "Log in" }).click(),
  ]);
  await popup.locator("button[name=as][value=mina]").click();
  await tab.getByText("Logged in as mina").waitFor();

  // The service worker, which saw nothing of the login, has it from the storage.
  const kept = async () => JSON.stringify(await worker.evaluate(() => chrome.storage.local.get()));
  const [, token] = (await kept()).match(/access_token\W+([\w-]{20,})/);
  await as(sandbox, "mina", "POST", "/api/v1/markers", {
    notifications: {
      last_read_id: (await as(sandbox, "mina", "GET", "/api/v1/notifications"))[0]?.id ?? "1",
    },
  });
  await as(sandbox, "theo", "POST", "/api/v1/statuses", { status: "@mina hello" });
  await as(sandbox, "theo", "POST", "/api/v1/statuses", { status: "@mina hello again" });
  const badge = () => worker.evaluate(() => chrome.action.getBadgeText({}));
  await until(async () => {
    await tab.evaluate(() => chrome.runtime.sendMessage("look"));
    return (await badge()) === "2";
  }, "the badge says 2");

  // It is still there when the page comes again.
  await tab.reload();
  await tab.getByText("Logged in as mina").waitFor();
  assert.equal(await tab.locator("li").first().textContent(), "theo");
  await tab.getByRole("button", { name: "Log out" }).click();
  await tab.getByLabel("Your server").waitFor();
  assert.ok(!(await kept()).includes(token));
  assert.deepEqual(problems, []);
});

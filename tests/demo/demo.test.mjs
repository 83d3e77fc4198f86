// The demo without a server: a folder of files on a plain host, below a path, and the instance in the
// browser.
import assert from "node:assert/strict";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { launchChromium } from "../../scripts/browser.mjs";
import { buildDemo, DEMO } from "../../scripts/demo.mjs";
import { ROOT } from "../../scripts/run.mjs";
import { startSandbox } from "../../scripts/sandbox.mjs";
import { serveFolder } from "../browsers/site.mjs";
import { card, fillForm, go, picture, samplePicture, until, visit } from "../page/visitor.mjs";
import { keeps, postAsTheo } from "./tour.mjs";

const world = {};

before(async () => {
  await buildDemo();
  world.asked = [];
  world.page = await serveFolder(DEMO, {
    policy: false,
    below: "/some/where/",
    answer: ({ method, url }) => {
      world.asked.push(`${method} ${url.split("?")[0]}`);
    },
  });
  world.browser = await launchChromium();
});
after(async () => {
  await world.browser?.close();
  await world.page?.stop();
});

const home = (tab) => tab.getByRole("feed", { name: "Home timeline" }).locator("article").first();
const isLive = (tab) => tab.locator(".connection[data-state=open]:visible").waitFor();

/** Longer than elsewhere: page, worker and module compute on one machine. */
const PATIENCE = 60_000;

/** Visits. The first time in a browser, the module is fetched and compiled. */
async function arrive(t, { page = world.page, ...options } = {}) {
  const tab = await visit({ ...world, page }, t, options);
  tab.setDefaultTimeout(PATIENCE);
  await tab.getByRole("button", { name: "Enter the sandbox" }).waitFor({ timeout: PATIENCE });
  return tab;
}

/** Visits, and logs in on the instance's own page. */
async function enter(t, username, options) {
  const tab = await arrive(t, options);
  await comeIn(tab, username);
  return tab;
}

async function comeIn(tab, username, page = world.page) {
  await tab.getByRole("button", { name: "Enter the sandbox" }).click();
  await tab.waitForURL(`${page.url}instance/oauth/authorize?**`);
  await tab.locator(`button[name=as][value=${username}]`).click();
  await home(tab).waitFor();
}

/** Something that theo does meanwhile, from the same browser. */
const theoPosts = (tab, status) => tab.evaluate(postAsTheo, status);

/** Posts, through the composer, and waits until the worker has kept it. */
async function post(tab, text, file) {
  await tab.keyboard.press("n");
  const dialog = tab.getByRole("dialog", { name: "New post" });
  await dialog.getByLabel("Your post").fill(text);
  if (file) {
    await dialog.locator("input[type=file]").setInputFiles(file);
    const attachment = dialog.getByRole("group", { name: file.name });
    await attachment.getByLabel(`Description of ${file.name}`).fill("A sun above two hills");
    await attachment.getByText("Ready").waitFor();
  }
  await dialog.getByRole("button", { name: "Post", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await card(tab, text).waitFor();
  await isKept(tab, text);
}

/** Waits until a text is in the state that the worker wrote. */
const isKept = (tab, text) => until(() => tab.evaluate(keeps, text), `${text} to be kept`);

/** Ends the worker, as browsers do when it was idle. */
async function endWorker(tab) {
  const session = await tab.context().newCDPSession(tab);
  await session.send("ServiceWorker.enable");
  await session.send("ServiceWorker.stopAllWorkers");
  await session.detach();
}

describe("the demo", () => {
  it("has an instance to log in to, in the browser alone", async (t) => {
    const tab = await arrive(t);
    await tab.locator("kbd", { hasText: "fern-and-lantern" }).waitFor();
    await picture(tab, "demo-arrival");
    await comeIn(tab, "mina");
    const { search, pathname } = new URL(tab.url());
    assert.equal(search, "");
    assert.equal(pathname, "/some/where/");
    await isLive(tab);
    await picture(tab, "demo-home");
    const strangers = world.asked.filter(
      (line) =>
        !/^GET \/some\/where\/(index\.html|favicon\.svg|service-worker\.js|assets\/[\w.-]+)?$/.test(
          line,
        ),
    );
    assert.deepEqual(strangers, [], "the host was asked for something else");
  });

  it("keeps a post with a picture over a reload, and over the end of the worker", async (t) => {
    const tab = await enter(t, "mina");
    await post(tab, "A picture in the browser", samplePicture);
    const shown = () =>
      card(tab, "A picture in the browser").locator("img[alt='A sun above two hills']");
    const drawn = () =>
      until(() => shown().evaluate((image) => image.naturalWidth > 0), "the picture");
    await drawn();
    await tab.reload();
    await card(tab, "A picture in the browser").waitFor();
    await drawn();
    await endWorker(tab);
    await tab.reload();
    await card(tab, "A picture in the browser").waitFor();
    await drawn();
    await picture(tab, "demo-kept");
  });

  it("hears what others post, also after the worker was ended", async (t) => {
    const tab = await enter(t, "mina");
    await isLive(tab);
    await theoPosts(tab, "Somebody is at the door");
    await tab.getByRole("button", { name: /new posts?$/ }).click();
    await card(tab, "Somebody is at the door").waitFor();
    await isKept(tab, "Somebody is at the door");
    await endWorker(tab);
    await theoPosts(tab, "Said to a worker that begins anew");
    await tab.getByRole("button", { name: /new posts?$/ }).click();
    await card(tab, "Said to a worker that begins anew").waitFor();
    await isLive(tab);
  });

  it("hears it where ports do not tell that the worker was ended, as in other browsers", async (t) => {
    const tab = await enter(t, "mina");
    await post(tab, "Kept before the worker is ended");
    await tab.addInitScript(() => {
      const { addEventListener } = MessagePort.prototype;
      MessagePort.prototype.addEventListener = function (name, ...rest) {
        if (name !== "close") addEventListener.call(this, name, ...rest);
      };
    });
    await tab.reload();
    await isLive(tab);
    await endWorker(tab);
    await theoPosts(tab, "Said behind a silent port");
    await tab.getByRole("button", { name: /new posts?$/ }).click();
    await card(tab, "Said behind a silent port").waitFor();
    await isLive(tab);
  });

  it("works after a reload past the worker", async (t) => {
    const tab = await enter(t, "yuki");
    const session = await tab.context().newCDPSession(tab);
    await session.send("Page.reload", { ignoreCache: true });
    await tab.waitForFunction(() => document.readyState === "complete");
    await home(tab).waitFor();
    await tab
      .getByRole("button", { name: /^Your account: .*@yuki/ })
      .first()
      .waitFor();
  });

  it("shows the pages of the instance", async (t) => {
    const tab = await enter(t, "theo");
    await tab.goto(`${world.page.url}instance/@mina`);
    await tab.locator("article.post").first().waitFor();
    const portrait = tab.locator(".person img").first();
    assert.ok(
      await portrait.evaluate((image) => image.decode().then(() => image.naturalWidth > 0)),
    );
    await tab.locator("article.post a").first().click();
    await tab.waitForURL(/\/some\/where\/instance\/@mina\/\d+$/);
    await tab.locator("article.post").waitFor();
  });

  it("begins anew when it is reset", async (t) => {
    // The page tries the application that it had registered before, and registers another.
    const tab = await enter(t, "mina", { tolerate: [/status of 401 .*oauth\/token/] });
    await post(tab, "Not for long");
    await tab
      .getByRole("button", { name: /^Your account/ })
      .first()
      .click();
    await tab.getByRole("menuitem", { name: "Reset the demo" }).click();
    await tab.getByRole("dialog").getByRole("button", { name: "Reset" }).click();
    await tab.getByRole("button", { name: "Enter the sandbox" }).waitFor();
    await picture(tab, "demo-reset");
    await comeIn(tab, "mina");
    assert.equal(await card(tab, "Not for long").count(), 0);
    await post(tab, "Written after the reset");
    await endWorker(tab);
    await tab.reload();
    await card(tab, "Written after the reset").waitFor();
    assert.equal(await card(tab, "Not for long").count(), 0);
  });

  it("works where its policy is sent as headers, at the root of a host", async (t) => {
    const text = readFileSync(path.join(DEMO, "index.html"), "utf8");
    const policy = text.match(/http-equiv="Content-Security-Policy" content="([^"]+)"/)[1];
    assert.doesNotMatch(policy, /unsafe-inline|(?<!wasm-)unsafe-eval/);
    const page = await serveFolder(DEMO, {
      policy: false,
      headers: {
        "content-security-policy": policy.replaceAll("&#39;", "'"),
        "x-content-type-options": "nosniff",
      },
    });
    t.after(page.stop);
    const tab = await arrive(t, { page });
    await comeIn(tab, "yuki", page);
    await isLive(tab);
  });

  it("goes on in a newer worker, where the host has one", async (t) => {
    const folder = mkdtempSync(path.join(ROOT, "build", "demo-"));
    cpSync(DEMO, folder, { recursive: true });
    const page = await serveFolder(folder, { policy: false });
    t.after(async () => {
      await page.stop();
      rmSync(folder, { recursive: true });
    });
    const tab = await arrive(t, { page });
    await comeIn(tab, "mina", page);
    await isLive(tab);
    await post(tab, "Written to the older worker");
    const changed = tab.evaluate(
      () =>
        new Promise((resolve) => {
          navigator.serviceWorker.addEventListener("controllerchange", () => resolve(true));
        }),
    );
    appendFileSync(path.join(folder, "service-worker.js"), "\n// newer");
    await tab.evaluate(async () => (await navigator.serviceWorker.ready).update());
    assert.ok(await changed);
    await theoPosts(tab, "Said to the newer worker");
    await tab.getByRole("button", { name: /new posts?$/ }).click();
    await card(tab, "Said to the newer worker").waitFor();
    await card(tab, "Written to the older worker").waitFor();
    await isLive(tab);
  });

  it("leaves other instances alone", async (t) => {
    const tab = await arrive(t);
    const sandbox = await startSandbox();
    t.after(() => sandbox.stop());
    await tab.getByLabel("Your instance").fill(sandbox.url);
    await tab.getByRole("button", { name: "Log in", exact: true }).click();
    await tab.waitForURL(`${sandbox.url}/**`);
    await fillForm({ sandbox }, tab, "theo");
    await home(tab).waitFor();
    await isLive(tab);
    const { sockets } = await sandbox.control("GET", "/sandbox/state");
    assert.equal(sockets.length, 1);
    await go(tab, "#/local");
    await tab.getByRole("feed", { name: "Local timeline" }).locator("article").first().waitFor();
  });
});

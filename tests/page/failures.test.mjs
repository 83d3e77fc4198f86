import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  card,
  fillForm,
  go,
  logIn,
  picture,
  post,
  setUp,
  until,
  visit,
  visitAs,
} from "./visitor.mjs";

const home = { method: "GET", path: "^/api/v1/timelines/home" };

async function enter(world, tab, username) {
  await tab.getByRole("button", { name: "Enter the sandbox" }).click();
  await fillForm(world, tab, username);
}

describe("when the instance fails", () => {
  const world = setUp();

  it("shows a proxy's 503 for what it is, and tries again", async (t) => {
    await world.sandbox.faults({ match: home, status: 503, body: "html" });
    const tab = await visit(world, t, { tolerate: [/status of 503/] });
    await enter(world, tab, "mina");
    const failed = tab.getByRole("alert");
    await failed.getByText("The instance is in trouble").waitFor();
    assert.match(await failed.textContent(), /MastodonServiceUnavailableError · 503 · GET/);
    await picture(tab, "home-failed");
    await world.sandbox.clearFaults();
    await failed.getByRole("button", { name: "Try again" }).click();
    await tab.getByRole("feed", { name: "Home timeline" }).locator("article").first().waitFor();
  });

  it("shows the shape of what comes while the instance is slow", async (t) => {
    await world.sandbox.faults({ match: home, latency_ms: 2000 });
    const tab = await visit(world, t);
    await enter(world, tab, "mina");
    const feed = tab.getByRole("region", { name: "Home timeline" });
    await feed.locator(".skeleton").first().waitFor();
    assert.equal(await feed.getAttribute("aria-busy"), "true");
    await picture(tab, "home-loading");
    await feed.locator("article").first().waitFor();
    assert.equal(await feed.getAttribute("aria-busy"), "false");
  });

  it("says what is wrong with a dropped connection", async (t) => {
    const tab = await visitAs(world, t, "mina", { tolerate: [/ERR_/] });
    await world.sandbox.faults({ match: { path: "^/api/v1/bookmarks" }, drop: "before" });
    await go(tab, "#/bookmarks");
    await tab.getByRole("alert").getByText("Cannot reach the instance").waitFor();
    await picture(tab, "bookmarks-unreachable");
  });

  it("goes on scrolling after a page that failed", async (t) => {
    for (let number = 1; number <= 30; number++) await post(world, "mina", `Step ${number}`);
    const tab = await visitAs(world, t, "mina", { tolerate: [/status of 502/] });
    await world.sandbox.faults({ match: home, status: 502, body: "html" });
    const scroll = () => tab.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    const retry = tab.locator(".feed-retry").getByRole("button", { name: "Try again" });
    await until(async () => {
      await scroll();
      return retry.isVisible();
    }, "the failure to be shown");
    await world.sandbox.clearFaults();
    await retry.click();
    await until(async () => (await tab.locator("article.status").count()) > 20, "the next page");
  });

  it("asks for a pause when there were too many requests", async (t) => {
    await post(world, "theo", "Everybody likes this");
    const tab = await visitAs(world, t, "mina", { tolerate: [/status of 429/] });
    const reset = new Date(Date.now() + 60_000).toISOString();
    await world.sandbox.faults({
      match: { method: "POST", path: "/favourite$" },
      status: 429,
      headers: {
        "X-RateLimit-Limit": "300",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": reset,
      },
    });
    const button = card(tab, "Everybody likes this").getByRole("button", { name: "Favourite" });
    await button.click();
    await tab.getByRole("alert").getByText("Too many requests").waitFor();
    assert.equal(await button.getAttribute("aria-pressed"), "false");
    await picture(tab, "rate-limited");
  });

  it("keeps what was pressed while the answer to something else comes in", async (t) => {
    await post(world, "theo", "Liked and boosted");
    const tab = await visitAs(world, t, "mina");
    await world.sandbox.faults({ match: { method: "POST", path: "/reblog$" }, latency_ms: 1500 });
    const button = (name) => card(tab, "Liked and boosted").getByRole("button", { name });
    await button("Boost").click();
    const answered = tab.waitForResponse((response) => /\/favourite$/.test(response.url()));
    await button("Favourite").click();
    await answered;
    const pressed = async (name) => (await button(name).getAttribute("aria-pressed")) === "true";
    // Until the answer has been read and shown, and before that to the boost is there.
    for (let look = 0; look < 10; look += 1) {
      assert.deepEqual([await pressed("Boost"), await pressed("Favourite")], [true, true]);
      await tab.waitForTimeout(50);
    }
  });

  it("returns to the login when the token was revoked", async (t) => {
    const tab = await visit(world, t, { tolerate: [/status of 401/, /WebSocket/] });
    await logIn(world, tab, "mina");
    const { requests } = await world.sandbox.control("GET", "/sandbox/state");
    // Not just the last to some path: that may be the preflight of what is still on its way.
    const { token } = requests.findLast((request) => request.token);
    await world.sandbox.control("POST", "/sandbox/revoke", { token });
    await go(tab, "#/bookmarks");
    await tab.getByText("No longer logged in").first().waitFor();
    await picture(tab, "revoked");
    await tab.getByRole("button", { name: "Log in again" }).click();
    await tab.getByRole("button", { name: "Enter the sandbox" }).waitFor();
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { as, card, go, picture, post, setUp, until, visitAs } from "./visitor.mjs";

const isLive = (tab) => tab.locator(".connection[data-state=open]:visible").waitFor();

describe("live", () => {
  const world = setUp();

  it("hears what another person writes", async (t) => {
    const tab = await visitAs(world, t, "mina");
    await isLive(tab);
    await post(world, "theo", "Somebody is at the door");
    const pill = tab.getByRole("button", { name: "1 new post" });
    await pill.waitFor();
    await picture(tab, "new-post");
    await pill.click();
    const first = tab.getByRole("feed", { name: "Home timeline" }).locator("article").first();
    assert.match(await first.textContent(), /Somebody is at the door/);
  });

  it("misses nothing between the page and the connection", async (t) => {
    // The socket takes its time, and somebody posts meanwhile.
    await world.sandbox.faults({
      match: { path: "^/api/v1/streaming" },
      latency_ms: 3000,
      times: 1,
    });
    const tab = await visitAs(world, t, "mina");
    const feed = tab.getByRole("feed", { name: "Home timeline" });
    const newest = await feed.locator("article").first().textContent();
    await post(world, "theo", "Said while nobody listened");
    await tab.getByRole("button", { name: "1 new post" }).click();
    const [first, second] = await feed.locator("article").allTextContents();
    assert.match(first, /Said while nobody listened/);
    assert.equal(second, newest);
  });

  it("misses nothing of the local timeline, either", async (t) => {
    const tab = await visitAs(world, t, "yuki");
    await isLive(tab);
    await world.sandbox.control("POST", "/sandbox/streaming", { silent: true });
    await go(tab, "#/local");
    await tab.getByRole("feed", { name: "Local timeline" }).locator("article").first().waitFor();
    await post(world, "theo", "Said to a deaf socket");
    await world.sandbox.control("POST", "/sandbox/streaming", { silent: false, drop: true });
    await tab.getByRole("button", { name: "1 new post" }).click();
    await card(tab, "Said to a deaf socket").waitFor();
  });

  it("hears edits, deletions and reactions", async (t) => {
    const { id } = await post(world, "theo", "The hut is opne");
    const own = await post(world, "mina", "A post that somebody likes");
    const tab = await visitAs(world, t, "mina");
    await isLive(tab);
    await as(world, "theo", "PUT", `/api/v1/statuses/${id}`, { status: "The hut is open" });
    await card(tab, "The hut is open").waitFor();
    await as(world, "theo", "DELETE", `/api/v1/statuses/${id}`);
    await card(tab, "The hut is open").waitFor({ state: "detached" });

    await as(world, "theo", "POST", `/api/v1/statuses/${own.id}/favourite`);
    await tab.locator(".unread:visible", { hasText: "1" }).waitFor();
    await tab.getByRole("link", { name: /Notifications/ }).click();
    await tab
      .locator("article.notification-favourite", { hasText: "A post that somebody likes" })
      .first()
      .waitFor();
    await tab.locator(".unread").waitFor({ state: "hidden" });
    await picture(tab, "notifications");
  });

  it("hears the local timeline", async (t) => {
    const tab = await visitAs(world, t, "theo");
    await go(tab, "#/local");
    await tab.getByRole("feed", { name: "Local timeline" }).locator("article").first().waitFor();
    await until(async () => {
      const { sockets } = await world.sandbox.control("GET", "/sandbox/state");
      return sockets.some(({ streams }) => streams.some(([name]) => name === "public:local"));
    }, "the subscription");
    await post(world, "yuki", "Heard by the neighbours");
    await tab.getByRole("button", { name: "1 new post" }).click();
    await card(tab, "Heard by the neighbours").waitFor();
  });

  it("shows that the connection is lost, and comes back", async (t) => {
    const tab = await visitAs(world, t, "mina", { tolerate: [/WebSocket connection/] });
    await isLive(tab);
    await world.sandbox.control("POST", "/sandbox/streaming", { drop: true, refuse_for_ms: 2500 });
    await tab
      .locator(".connection:is([data-state=waiting], [data-state=connecting]):visible")
      .waitFor();
    await picture(tab, "reconnecting");
    await isLive(tab);
    await post(world, "theo", "Heard after the storm");
    await tab.getByRole("button", { name: /new post/ }).click();
    await card(tab, "Heard after the storm").waitFor();
  });
});

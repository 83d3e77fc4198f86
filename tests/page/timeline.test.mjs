import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { as, card, go, picture, post, setUp, until, visitAs } from "./visitor.mjs";

describe("reading", () => {
  const world = setUp();

  it("goes on for as long as one scrolls", async (t) => {
    for (let number = 1; number <= 65; number++)
      await post(world, "mina", `Mile ${number} of the walk`);
    const tab = await visitAs(world, t, "mina");
    const feed = tab.getByRole("feed", { name: "Home timeline" });
    await until(async () => {
      await tab.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      return (await feed.locator("article").count()) > 65;
    }, "more than three pages");
    const cards = await feed
      .locator("article")
      .evaluateAll((all) => all.map(({ dataset }) => ({ ...dataset })));
    assert.equal(new Set(cards.map(({ status }) => status)).size, cards.length, "no post twice");
    const ids = cards.map(({ entry }) => entry);
    assert.deepEqual(
      ids,
      [...ids].sort((a, b) => (BigInt(a) < BigInt(b) ? 1 : -1)),
      "newest first",
    );
  });

  it("comes back to where one was", async (t) => {
    const tab = await visitAs(world, t, "mina");
    await card(tab, "Mile 50 of the walk").scrollIntoViewIfNeeded();
    const before = await tab.evaluate(() => scrollY);
    await card(tab, "Mile 50 of the walk").click();
    await tab.getByRole("heading", { name: "Thread" }).waitFor();
    await tab.goBack();
    await until(
      async () => Math.abs((await tab.evaluate(() => scrollY)) - before) < 50,
      "the old place",
    );
  });

  for (const [name, endpoint] of [
    ["Favourite", "favourited"],
    ["Boost", "reblogged"],
    ["Bookmark", "bookmarked"],
  ]) {
    it(`shows at once that a post is ${endpoint}`, async (t) => {
      const { id } = await post(world, "theo", `To be ${endpoint}`);
      const tab = await visitAs(world, t, "mina");
      const button = card(tab, `To be ${endpoint}`).getByRole("button", { name });
      await world.sandbox.faults({
        match: { method: "POST", path: `^/api/v1/statuses/${id}` },
        latency_ms: 1500,
      });
      await button.click();
      assert.equal(await button.getAttribute("aria-pressed"), "true");
      await until(
        async () => (await as(world, "mina", "GET", `/api/v1/statuses/${id}`))[endpoint],
        "the instance to know",
      );
      assert.equal(await button.getAttribute("aria-pressed"), "true");

      await world.sandbox.clearFaults();
      await button.click();
      assert.equal(await button.getAttribute("aria-pressed"), "false");
      await until(
        async () => !(await as(world, "mina", "GET", `/api/v1/statuses/${id}`))[endpoint],
        "the instance to know",
      );
    });
  }

  it("takes a favourite back when the instance refuses", async (t) => {
    await post(world, "theo", "Hard to like");
    const tab = await visitAs(world, t, "mina", { tolerate: [/status of 500/] });
    await world.sandbox.faults({
      match: { method: "POST", path: "/favourite$" },
      status: 500,
      latency_ms: 400,
    });
    const button = card(tab, "Hard to like").getByRole("button", { name: "Favourite" });
    await button.click();
    assert.equal(await button.getAttribute("aria-pressed"), "true");
    await until(
      async () => (await button.getAttribute("aria-pressed")) === "false",
      "the old state",
    );
    assert.match(await tab.getByRole("alert").textContent(), /MastodonInternalServerError · 500/);
  });

  it("votes", async (t) => {
    const { poll } = await post(world, "theo", "Tea or coffee?", {
      poll: { options: ["Tea", "Coffee"], expires_in: 3600 },
    });
    const tab = await visitAs(world, t, "mina");
    const asked = card(tab, "Tea or coffee?");
    await asked.getByLabel("Tea").check();
    await asked.getByRole("button", { name: "Vote" }).click();
    await asked.getByText("100 %").waitFor();
    await asked.getByText("your choice").waitFor({ state: "attached" });
    const seen = await as(world, "theo", "GET", `/api/v1/polls/${poll.id}`);
    assert.deepEqual(
      seen.options.map((option) => option.votes_count),
      [1, 0],
    );
    await picture(tab, "voted");
  });

  it("finds people, hashtags and posts", async (t) => {
    await post(world, "theo", "Looking at #cloudberries near the bog");
    const tab = await visitAs(world, t, "mina");
    await tab.keyboard.press("/");
    await tab.keyboard.type("cloudberries");
    await tab.keyboard.press("Enter");
    await tab.getByRole("heading", { name: "Hashtags" }).waitFor();
    await picture(tab, "search");
    await tab.getByRole("link", { name: "#cloudberries" }).first().click();
    await card(tab, "near the bog").waitFor();

    await go(tab, "#/search/yuki");
    await tab.getByRole("heading", { name: "People" }).waitFor();
    await tab.getByRole("link", { name: "@yuki" }).first().click();
    await tab.getByRole("heading", { name: "Yuki Tanabe" }).waitFor();
  });

  it("follows and unfollows", async (t) => {
    const { id } = world.sandbox.account("yuki");
    const tab = await visitAs(world, t, "theo");
    await go(tab, "#/@yuki");
    const relationship = async () => {
      const [found] = await as(world, "theo", "GET", `/api/v1/accounts/relationships?id[]=${id}`);
      return found.following || found.requested;
    };
    const button = tab.locator(".follow");
    await button.waitFor();
    const before = await relationship();
    await button.click();
    await until(async () => (await relationship()) !== before, "the instance to know");
    await until(
      async () => (await button.getAttribute("aria-pressed")) === String(!before),
      "the button to show it",
    );
    await picture(tab, "profile");
  });

  it("covers what is sensitive until one asks", async (t) => {
    const tab = await visitAs(world, t, "mina");
    await tab.locator(".connection[data-state=open]:visible").waitFor();
    await post(world, "theo", "What happens in the end", { spoiler_text: "Spoilers" });
    await tab.getByRole("button", { name: "1 new post" }).click();
    const warned = card(tab, "Spoilers");
    assert.ok(await warned.getByText("What happens in the end").isHidden());
    const toggle = warned.getByRole("button", { name: "Spoilers" });
    await toggle.click();
    await warned.getByText("What happens in the end").waitFor();
    await toggle.click();
    assert.ok(await warned.getByText("What happens in the end").isHidden());
  });
});

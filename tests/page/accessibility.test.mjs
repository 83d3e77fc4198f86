import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, it } from "node:test";
import { card, go, picture, post, setUp, until, visit, visitAs } from "./visitor.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What stands in the way of people who use the page with other means than a mouse and good eyes. */
async function obstacles(tab) {
  await tab.evaluate(`${axe}; undefined`);
  const { violations } = await tab.evaluate(() =>
    axe.run(document, { resultTypes: ["violations"], preload: false }),
  );
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map((node) => `${impact} ${id}: ${node.target.join(" ")} ${node.failureSummary}`),
  );
}

async function overflow(tab) {
  return tab.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}

const settled = (tab) =>
  until(
    async () => (await tab.locator(".skeleton:visible, .spinner:visible").count()) === 0,
    "everything to load",
  );

const views = {
  home: "#/home",
  local: "#/local",
  notifications: "#/notifications",
  profile: "#/@theo",
  search: "#/search/theo",
  bookmarks: "#/bookmarks",
  lost: "#/nowhere",
};

/** Where the obstacles are looked for, which takes its time: once in each theme and each layout. */
const screens = [
  { screen: "wide", theme: "light", width: 1280, height: 900, search: true },
  { screen: "wide", theme: "dark", width: 1280, height: 900 },
  { screen: "medium", theme: "light", width: 820, height: 1100 },
  { screen: "phone", theme: "light", width: 390, height: 844 },
  { screen: "phone", theme: "dark", width: 390, height: 844, search: true },
  { screen: "small", theme: "light", width: 360, height: 640 },
];

describe("for everybody", () => {
  const world = setUp();

  for (const { screen, search, ...options } of screens) {
    const what = search ? "is whole and without obstacles" : "is whole";
    it(`${what} on a ${screen} screen, ${options.theme}`, async (t) => {
      const { id } = await post(world, "theo", `Seen on a ${screen} ${options.theme} screen @mina`);
      const look = async (tab, name) => {
        await settled(tab);
        await picture(tab, `${name}-${screen}-${options.theme}`);
        assert.equal(await overflow(tab), 0, `${name} is wider than the screen`);
        if (search) assert.deepEqual(await obstacles(tab), [], name);
      };
      const outside = await visit(world, t, options);
      await outside.getByRole("button", { name: "Enter the sandbox" }).waitFor();
      await look(outside, "login");

      const inside = await visitAs(world, t, "mina", options);
      for (const [name, hash] of Object.entries({ ...views, thread: `#/status/${id}` })) {
        await go(inside, hash);
        await inside.locator(".view:not([hidden])").waitFor();
        await look(inside, name);
      }
      await go(inside, "#/home");
      await inside.keyboard.press("n");
      const dialog = inside.getByRole("dialog");
      await dialog.getByRole("button", { name: "Add a poll" }).click();
      await look(inside, "composer");
      await inside.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
    });
  }

  it("can be used with the keyboard alone", async (t) => {
    await post(world, "theo", "Reached by key, older");
    await post(world, "theo", "Reached by key, newer");
    const tab = await visitAs(world, t, "mina");
    const focused = () =>
      tab.evaluate(() => document.activeElement?.closest("article")?.textContent ?? "");
    await tab.keyboard.press("j");
    assert.match(await focused(), /newer/);
    await tab.keyboard.press("j");
    assert.match(await focused(), /older/);
    await tab.keyboard.press("k");
    assert.match(await focused(), /newer/);
    await tab.keyboard.press("f");
    const favourite = card(tab, "Reached by key, newer").getByRole("button", { name: "Favourite" });
    assert.equal(await favourite.getAttribute("aria-pressed"), "true");
    await tab.keyboard.press("b");
    const boost = card(tab, "Reached by key, newer").getByRole("button", { name: "Boost" });
    assert.equal(await boost.getAttribute("aria-pressed"), "true");
    await tab.keyboard.press("r");
    await tab.getByRole("dialog", { name: "Reply" }).waitFor();
    await tab.keyboard.press("Escape");
    await tab.keyboard.press("?");
    await tab.getByRole("dialog", { name: "Keyboard" }).waitFor();
    await picture(tab, "keyboard");
    await tab.keyboard.press("Escape");
    await tab.keyboard.press("o");
    await tab.getByRole("heading", { name: "Thread" }).waitFor();
  });

  it("keeps the colours that the visitor chose", async (t) => {
    const tab = await visitAs(world, t, "mina", { theme: "light" });
    const paper = () => tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await tab.getByRole("button", { name: "Dark", exact: true }).click();
    const dark = await paper();
    assert.notEqual(dark, light);
    await tab.reload();
    await tab.getByRole("feed", { name: "Home timeline" }).waitFor();
    assert.equal(await paper(), dark);
  });
});

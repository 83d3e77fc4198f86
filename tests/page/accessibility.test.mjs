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
    axe.run(document, { resultTypes: ["violations"] }),
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

const screens = {
  wide: { width: 1280, height: 900 },
  medium: { width: 820, height: 1100 },
  phone: { width: 390, height: 844 },
  small: { width: 360, height: 640 },
};

describe("for everybody", () => {
  const world = setUp();

  for (const theme of ["light", "dark"]) {
    for (const [screen, size] of Object.entries(screens)) {
      it(`is whole and accessible on a ${screen} screen, ${theme}`, async (t) => {
        const { id } = await post(world, "theo", `Seen on a ${screen} ${theme} screen @mina`);
        const tab = await visit(world, t, { ...size, theme });
        const check = async (name) => {
          await settled(tab);
          await picture(tab, `${name}-${screen}-${theme}`);
          assert.equal(await overflow(tab), 0, `${name} is wider than the screen`);
          assert.deepEqual(await obstacles(tab), [], name);
        };
        await tab.getByRole("button", { name: "Enter the sandbox" }).waitFor();
        await check("login");
        await tab.close();

        const inside = await visitAs(world, t, "mina", { ...size, theme });
        const look = async (name) => {
          await settled(inside);
          await picture(inside, `${name}-${screen}-${theme}`);
          assert.equal(await overflow(inside), 0, `${name} is wider than the screen`);
          assert.deepEqual(await obstacles(inside), [], name);
        };
        for (const [name, hash] of Object.entries({ ...views, thread: `#/status/${id}` })) {
          await go(inside, hash);
          await inside.locator(".view:not([hidden])").waitFor();
          await look(name);
        }
        await go(inside, "#/home");
        await inside.keyboard.press("n");
        await inside.getByRole("dialog").waitFor();
        await inside.getByRole("dialog").getByRole("button", { name: "Add a poll" }).click();
        await look("composer");
        await inside.keyboard.press("Escape");
      });
    }
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
    await tab.getByRole("button", { name: "Dark" }).click();
    const dark = await paper();
    assert.notEqual(dark, light);
    await tab.reload();
    await tab.getByRole("feed", { name: "Home timeline" }).waitFor();
    assert.equal(await paper(), dark);
  });
});

// The site that `npm run docs` shows: nothing is missing in the reference, and the search knows it all.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { inflateSync } from "node:zlib";
import { ReflectionKind } from "typedoc";
import { areaOf } from "../../scripts/docs/areas.mjs";
import { ownMethods } from "../../scripts/docs/declarations.mjs";
import { pythonMethods } from "../../scripts/docs/mastodon-py.mjs";
import { buildSite, GUIDES, SITE, titleOf } from "../../scripts/docs/site.mjs";
import { ROOT } from "../../scripts/run.mjs";

let project;
let client;
const own = ownMethods();

// Rejects where TypeDoc warns, as of a link that leads nowhere.
before(async () => {
  project = await buildSite();
  client = project
    .getReflectionsByKind(ReflectionKind.Class)
    .find((reflection) => reflection.name === "Mastodon");
});

test("every method is on the page of the class, with what it does", () => {
  const page = readFileSync(path.join(SITE, "classes/Reference.Mastodon.html"), "utf8");
  const methods = new Map(client.children.map((child) => [child.name, child]));
  for (const name of [...pythonMethods().map(({ here }) => here), ...own.keys()]) {
    const signatures = methods.get(name)?.signatures ?? [];
    assert.ok(signatures.length > 0, `${name} is not there`);
    assert.ok(
      signatures.some(({ comment }) => comment?.summary.some(({ text }) => text.trim())),
      `${name} says nothing of itself`,
    );
    assert.ok(page.includes(`id="${name.toLowerCase()}"`), `${name} is not on the page`);
  }
});

test("every method is in its part of the page", () => {
  const nowhere = [...own.keys()].filter((name) => !areaOf(name));
  assert.deepEqual(nowhere, [], "scripts/docs/areas.mjs has to say where they belong");
  const parts = client.categories.map(({ title }) => title);
  assert.ok(!parts.includes("Other"), "what is in no part is under Other");
});

test("every guide is there, under its title", () => {
  const titles = project.documents.map(({ name }) => name);
  assert.deepEqual(titles, GUIDES.map(titleOf));
  const index = readFileSync(path.join(ROOT, "docs/README.md"), "utf8");
  for (const guide of GUIDES) {
    assert.ok(
      index.includes(`](${path.relative("docs", guide)})`),
      `docs/README.md lacks ${guide}`,
    );
  }
  for (const name of readdirSync(path.join(ROOT, "docs/guide"))) {
    assert.ok(GUIDES.includes(`docs/guide/${name}`), `docs/guide/${name} is not in the site`);
  }
});

test("the search finds methods, options, entities and guides", () => {
  const script = readFileSync(path.join(SITE, "assets/search.js"), "utf8");
  const [, packed] = script.match(/window\.searchData = "([^"]+)"/);
  const { rows } = JSON.parse(inflateSync(Buffer.from(packed, "base64")));
  const names = new Set(rows.map(({ name }) => name));
  for (const name of [...own.keys(), "StatusPostOptions", "Status", "MastodonAPIError"]) {
    assert.ok(names.has(name), name);
  }
  for (const guide of GUIDES) assert.ok(names.has(titleOf(guide)), guide);
});

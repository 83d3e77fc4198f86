// The pages for those who come from elsewhere: all methods, and what they are called here.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { sizes } from "../../scripts/build.mjs";
import { exportedNames, ownMethods } from "../../scripts/docs/declarations.mjs";
import { mastoMethods, mastoTypes } from "../../scripts/docs/masto-js.mjs";
import { extractPythonMethods, pythonMethods } from "../../scripts/docs/mastodon-py.mjs";
import { tables } from "../../scripts/docs/tables.mjs";
import { ROOT } from "../../scripts/run.mjs";

const AGAIN = "npm run docs -- --tables makes it anew";
let pages;

before(async () => {
  pages = new Map(await tables());
});

for (const file of ["docs/from-mastodon-py.md", "docs/from-masto-js.md", "README.md"]) {
  test(`${file} is what the declarations say`, () => {
    const committed = readFileSync(path.join(ROOT, file), "utf8");
    if (committed === pages.get(file)) return;
    const lines = pages.get(file).split("\n");
    const first = committed.split("\n").findIndex((line, index) => line !== lines[index]);
    assert.fail(`${file}:${first + 1} should be\n  ${lines[first]}\n${AGAIN}`);
  });
}

test("every method of Mastodon.py has its row, and ours stands in it", () => {
  const text = pages.get("docs/from-mastodon-py.md");
  const own = ownMethods();
  const methods = pythonMethods();
  assert.equal(methods.length, 287);
  for (const { name, here } of methods) {
    const prefix = own.get(here).isStatic ? "Mastodon." : "";
    const rows = text
      .split("\n")
      .filter((line) => line.startsWith(`| \`${name}(`) && line.includes(`| \`${prefix}${here}(`));
    assert.equal(rows.length, 1, name);
  }
});

test("every method of masto.js has its row", async () => {
  const text = pages.get("docs/from-masto-js.md");
  const methods = await mastoMethods();
  assert.ok(methods.length > 250, `${methods.length} methods`);
  for (const { call } of methods) assert.ok(text.includes(`\n| \`${call}\` |`), call);
});

test("every type of masto.js has its row", () => {
  const text = pages.get("docs/from-masto-js.md");
  const names = mastoTypes();
  assert.ok(names.length > 150, `${names.length} types`);
  const own = exportedNames();
  for (const name of names) {
    const [, here] = text.match(new RegExp(`^\\| \`${name}\` \\| \`(\\w+)\` \\|`, "m")) ?? [];
    assert.ok(own.has(here), `${name}: ${here}`);
  }
});

test("every method is in one area of the README", () => {
  const sum = [...pages.get("README.md").matchAll(/^\| [^|`]+ \| (\d+) \| /gm)];
  const methods = [...ownMethods().values()].length;
  assert.equal(
    sum.reduce((all, [, count]) => all + Number(count), 0),
    methods,
  );
});

test("the extract about Mastodon.py is the description's", (context) => {
  const now = extractPythonMethods();
  if (!now && process.env.CI !== "true") return context.skip("../shared is not here");
  assert.ok(now, "../shared is not here");
  const committed = JSON.parse(readFileSync(path.join(ROOT, "docs/data/mastodon-py.json"), "utf8"));
  assert.deepEqual(committed, now, AGAIN);
});

test("docs/size.md tells the size of what is built", () => {
  const [, told] = readFileSync(path.join(ROOT, "docs/size.md"), "utf8").match(
    /\*\*([\d,]+) bytes/,
  );
  const { total } = sizes();
  const off = Math.abs(Number(told.replaceAll(",", "")) - total) / total;
  assert.ok(off < 0.01, `${told} there, ${total} here: npm run weigh -- --write makes it anew`);
});

test("the sizes of other clients are those of the benchmarks", () => {
  const read = (file) => readFileSync(path.join(ROOT, file), "utf8");
  for (const [client, digits] of [
    ["masto.js", 1],
    ["megalodon", 0],
  ]) {
    const row = new RegExp(`^\\| ${client} \\| ([\\d,]+) \\| ([\\d,]+) \\|$`, "m");
    const [, bytes] = read("docs/benchmarks.md").match(row) ?? [];
    assert.ok(bytes, client);
    const size = (Number(bytes.replaceAll(",", "")) / 1024).toFixed(digits);
    assert.match(read("README.md"), new RegExp(`^\\| ${client} \\d+ \\| ${size} KB \\|`, "m"));
    assert.match(read("pkg-template/README.md"), new RegExp(`${client} \\d+ has ${size} KB`));
  }
});

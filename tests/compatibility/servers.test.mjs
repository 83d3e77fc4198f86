// The package with each kind of server that the sandbox can be; and the table of that,
// docs/compatibility.md. With WRITE_COMPATIBILITY the table is written instead of compared.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { ROOT } from "../../scripts/run.mjs";
import { SHELLS } from "../shells.mjs";
import { checks, open, perform } from "./perform.mjs";
import { DATA, data, PAGE, page, SERVERS } from "./report.mjs";

/** What came of the checks, for each shell of the sandbox by preset and name of the check. */
const results = new Map();
const versions = new Map();

const worlds = new Map();
after(() => Promise.all([...worlds.values()].map((world) => world.stop())));

/** Each kind of server in each shell. */
const ALL = Object.keys(SHELLS).flatMap((shell) =>
  SERVERS.map(({ preset, name }) => ({ shell, preset, key: `${name}, ${shell}` })),
);

const tried = (key, check) =>
  it(`${check.area}: ${check.name}`, async () => {
    results.get(key).set(check.name, await perform(check, worlds.get(key)));
  });

// Side by side: most of the time they wait for streams that are polled.
describe("the package", { concurrency: true }, () => {
  for (const { shell, preset, key } of ALL) {
    describe(`with ${key}`, { concurrency: 1 }, () => {
      before(async () => {
        const world = await open(SHELLS[shell], preset);
        worlds.set(key, world);
        versions.set(preset, world.version);
        results.set(key, new Map());
      });
      for (const check of checks.filter(({ inPage }) => !inPage)) tried(key, check);
    });
  }
});

// A document would be one for all of them.
describe("the package in a page", () => {
  before(() => {
    globalThis.document = {};
  });
  after(() => {
    delete globalThis.document;
  });
  for (const { key } of ALL) {
    describe(`with ${key}`, () => {
      for (const check of checks.filter(({ inPage }) => inPage)) tried(key, check);
    });
  }
});

/** What came of the checks in a shell, by preset. */
const found = (shell) =>
  new Map(
    ALL.filter((one) => one.shell === shell).map(({ preset, key }) => [preset, results.get(key)]),
  );

describe("docs/compatibility.md", () => {
  it("has a name for each row", () => {
    const names = checks.map(({ name }) => name);
    assert.deepEqual([...new Set(names)], names);
  });

  it("and its data are what was found", () => {
    const missing = ALL.filter(({ key }) => results.get(key)?.size !== checks.length);
    assert.deepEqual(missing, [], "not everything could be tried");
    const [first, ...others] = Object.keys(SHELLS).map(found);
    for (const other of others) assert.deepEqual(other, first, "one shell answers otherwise");
    const all = data(first, versions);
    const files = [
      [PAGE, page(all)],
      [DATA, `${JSON.stringify(all, null, 1)}\n`],
    ];
    for (const [file, text] of files) {
      if (process.env.WRITE_COMPATIBILITY) {
        writeFileSync(file, text);
        continue;
      }
      const committed = readFileSync(file, "utf8").split("\n");
      const line = text.split("\n").findIndex((line, index) => line !== committed[index]);
      const name = path.relative(ROOT, file);
      const again = "npm run compatibility -- --write makes it anew";
      assert.equal(line, -1, `${name}:${line + 1} should be\n${text.split("\n")[line]}\n${again}`);
      assert.equal(text.split("\n").length, committed.length, `${name}; ${again}`);
    }
  });
});

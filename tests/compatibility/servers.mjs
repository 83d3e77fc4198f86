// The package with each kind of server that the sandbox can be; and the table of that,
// docs/compatibility.md.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { ROOT } from "../../scripts/run.mjs";
import { checks, open, perform } from "./perform.mjs";
import { DATA, data, PAGE, page, SERVERS } from "./report.mjs";

/**
 * Tries every check with every kind of server, which `start` (one of `SHELLS`) starts, and compares what
 * comes of it with the committed table; with `write`, the table is written instead.
 */
export function compareServers(start, { write = false } = {}) {
  /** What came of the checks, by preset and name of the check. */
  const results = new Map();
  const versions = new Map();
  const worlds = new Map();
  after(() => Promise.all([...worlds.values()].map((world) => world.stop())));

  const tried = (preset, check) =>
    it(`${check.area}: ${check.name}`, async () => {
      results.get(preset).set(check.name, await perform(check, worlds.get(preset)));
    });

  // Side by side: they wait for streams that are polled, and do that together.
  describe("the package", { concurrency: true }, () => {
    for (const { preset, name } of SERVERS) {
      describe(`with ${name}`, { concurrency: 1 }, () => {
        before(async () => {
          const world = await open(start, preset);
          worlds.set(preset, world);
          versions.set(preset, world.version);
          results.set(preset, new Map());
        });
        for (const check of checks.filter(({ inPage }) => !inPage)) tried(preset, check);
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
    for (const { preset, name } of SERVERS) {
      describe(`with ${name}`, () => {
        for (const check of checks.filter(({ inPage }) => inPage)) tried(preset, check);
      });
    }
  });

  describe("docs/compatibility.md", () => {
    it("has a name for each row", () => {
      const names = checks.map(({ name }) => name);
      assert.deepEqual([...new Set(names)], names);
    });

    it("and its data are what was found", () => {
      const missing = SERVERS.filter(({ preset }) => results.get(preset)?.size !== checks.length);
      assert.deepEqual(missing, [], "not everything could be tried");
      const all = data(results, versions);
      const files = [
        [PAGE, page(all)],
        [DATA, `${JSON.stringify(all, null, 1)}\n`],
      ];
      for (const [file, text] of files) {
        if (write) {
          writeFileSync(file, text);
          continue;
        }
        const committed = readFileSync(file, "utf8").split("\n");
        const line = text.split("\n").findIndex((line, index) => line !== committed[index]);
        const name = path.relative(ROOT, file);
        const again = "npm run compatibility -- --write makes it anew";
        assert.equal(
          line,
          -1,
          `${name}:${line + 1} should be\n${text.split("\n")[line]}\n${again}`,
        );
        assert.equal(text.split("\n").length, committed.length, `${name}; ${again}`);
      }
    });
  });
}

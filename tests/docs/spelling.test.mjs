// The spelling of pages and comments: American English, and the project's own words in docs/words.txt.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/run.mjs";

const CSPELL = path.join(ROOT, "node_modules/cspell/bin.mjs");

/** What the spell checker prints: a line for each word that it does not know. */
function unknownWords(args, input) {
  try {
    execFileSync(process.execPath, [CSPELL, "--no-progress", "--no-summary", ...args], {
      cwd: ROOT,
      encoding: "utf8",
      input,
      stdio: ["pipe", "pipe", "pipe"],
    });
    return [];
  } catch ({ status, stdout, stderr }) {
    if (status !== 1) throw new Error(`cspell: ${stderr}`);
    return stdout.trim().split("\n");
  }
}

test("pages and comments have no unknown word", () => {
  assert.deepEqual(unknownWords([]), []);
});

test("the spell checker finds a mistake, and British spelling", () => {
  const found = unknownWords(["stdin://page.md"], "A behaviour that is wrnog.\n");
  assert.equal(found.length, 2);
});

test("docs/words.txt is in order, without repetition", () => {
  const words = readFileSync(path.join(ROOT, "docs/words.txt"), "utf8").trim().split("\n").slice(1);
  const sorted = [...new Set(words)].sort((one, other) =>
    one.localeCompare(other, "en", { sensitivity: "base" }),
  );
  assert.deepEqual(words, sorted);
});

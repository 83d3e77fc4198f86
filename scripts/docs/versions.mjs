// Which version of Mastodon has a method: the `since` of its row in src/api/.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../run.mjs";

const ROW = /\bas (\w+)\([^;]*;[^=]*?=\s*[^;]*?\.since\(\[([\d, ]+)\],\s*\[([\d, ]+)\]\)/g;

let versions;

/** `{ since, changed }` of a method, such as `"4.3.0"`; undefined if its row has none. */
export function versionOf(name) {
  versions ??= readVersions();
  return versions.get(name);
}

function readVersions() {
  const folder = path.join(ROOT, "src/api");
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".rs"));
  const found = new Map();
  for (const file of files) {
    for (const [, name, since, changed] of read(path.join(folder, file)).matchAll(ROW)) {
      found.set(name, { since: dotted(since), changed: dotted(changed) });
    }
  }
  return found;
}

/** A file without its comments, so that a semicolon always ends a row. */
const read = (file) => readFileSync(file, "utf8").replace(/^\s*\/\/.*$/gm, "");

const dotted = (numbers) =>
  numbers
    .split(",")
    .map((number) => number.trim())
    .join(".");

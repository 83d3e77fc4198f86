// The layers of the crate: src/lib.rs lists them, and no file imports a layer above its own or beside it.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/run.mjs";

const SRC = path.join(ROOT, "src");
const read = (name) => readFileSync(path.join(SRC, name), "utf8");

/** The modules by the line that they stand in, the highest first. */
function layers() {
  const [, listed] = read("lib.rs").match(
    /# The layers\n\/\/!\n\/\/! ```text\n([\s\S]*?)\n\/\/! ```/,
  );
  const lines = listed.split("\n").map((line) => line.slice(4).split(/ {2,}/)[0].split(" "));
  return new Map(lines.flatMap((names, line) => names.map((name) => [name, line])));
}

/** Without comments, tests, and the bodies of macros, which are the code of those who use them. */
function code(text) {
  return text
    .replace(/\/\/.*$/gm, "")
    .replace(/#\[cfg\(test\)\]\s*mod \w+ \{[\s\S]*$/, "")
    .replaceAll("$crate::", "");
}

/** The modules of the crate that a text names. */
function imported(text) {
  const grouped = [...text.matchAll(/\bcrate::\{([\s\S]*?)\};/g)].flatMap(([, names]) =>
    names
      .replace(/\{[^{}]*\}/g, "")
      .split(",")
      .map((name) => name.trim().match(/^\w*/)[0]),
  );
  const single = [...text.matchAll(/\bcrate::(\w+)/g)].map(([, name]) => name);
  return new Set([...grouped, ...single].filter(Boolean));
}

const layer = layers();
const files = readdirSync(SRC, { recursive: true })
  .map((name) => name.replaceAll(path.sep, "/"))
  .filter((name) => name.endsWith(".rs") && name !== "lib.rs");

test("every module is in one layer", () => {
  const modules = new Set(files.map((name) => name.split(/[/.]/)[0]));
  assert.deepEqual([...layer.keys()].sort(), [...modules].sort());
});

test("no layer imports one above it or beside it", () => {
  const wrong = [];
  let imports = 0;
  for (const name of files) {
    const own = name.split(/[/.]/)[0];
    for (const other of imported(code(read(name)))) {
      if (other === own) continue;
      imports += 1;
      // What is no layer, lib.rs hands out.
      if (!(layer.get(other) > layer.get(own))) wrong.push(`${name} imports ${other}`);
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(imports > 400, `only ${imports} imports were found`);
});

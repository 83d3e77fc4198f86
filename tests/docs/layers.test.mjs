// The layers of the crate: src/lib.rs lists them, and no file imports a layer above its own or beside it.
// The sandbox has no list, and no circle.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { ROOT } from "../../scripts/run.mjs";

/** The files of a crate by their names below its `src/`, without comments, tests and macros. */
function crate(folder) {
  const src = path.join(ROOT, folder, "src");
  const names = readdirSync(src, { recursive: true }).map((name) => name.replaceAll(path.sep, "/"));
  const files = names.filter((name) => name.endsWith(".rs") && !/^(lib|main)\.rs$/.test(name));
  return new Map(files.map((name) => [name, code(readFileSync(path.join(src, name), "utf8"))]));
}

/** The module that a file belongs to. */
const moduleOf = (name) => name.split(/[/.]/)[0];

/** The modules by the line that they stand in, the highest first. */
function layers() {
  const text = readFileSync(path.join(ROOT, "src", "lib.rs"), "utf8");
  const [, listed] = text.match(/# The layers\n\/\/!\n\/\/! ```text\n([\s\S]*?)\n\/\/! ```/);
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
const files = crate("");

test("every module is in one layer", () => {
  const modules = new Set([...files.keys()].map(moduleOf));
  assert.deepEqual([...layer.keys()].sort(), [...modules].sort());
});

test("no layer imports one above it or beside it", () => {
  const wrong = [];
  let imports = 0;
  for (const [name, text] of files) {
    const own = moduleOf(name);
    for (const other of imported(text)) {
      if (other === own) continue;
      imports += 1;
      // What is no layer, lib.rs hands out.
      if (!(layer.get(other) > layer.get(own))) wrong.push(`${name} imports ${other}`);
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(imports > 400, `only ${imports} imports were found`);
});

/** A circle of modules that import each other, or undefined. */
function circle(imports) {
  const done = new Set();
  const visit = (name, way) => {
    if (way.includes(name)) return [...way.slice(way.indexOf(name)), name];
    if (done.has(name)) return undefined;
    for (const other of imports.get(name) ?? []) {
      const found = other !== name && visit(other, [...way, name]);
      if (found) return found;
    }
    done.add(name);
    return undefined;
  };
  for (const name of imports.keys()) {
    const found = visit(name, []);
    if (found) return found;
  }
  return undefined;
}

test("no modules of the sandbox import each other in a circle", () => {
  const imports = new Map();
  for (const [name, text] of crate("sandbox")) {
    const own = moduleOf(name);
    imports.set(own, new Set([...(imports.get(own) ?? []), ...imported(text)]));
  }
  assert.ok(imports.size > 30);
  assert.equal(circle(imports)?.join(" → "), undefined);
  imports.get("store").add("api");
  assert.match(circle(imports).join(" → "), /store → api/, "a circle would be found");
});

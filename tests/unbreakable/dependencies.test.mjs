// What the package is made with: allowed licences, known places, and a reason for each dependency.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const read = (name) => readFileSync(path.join(ROOT, name), "utf8");
const json = (name) => JSON.parse(read(name));

const RUST = [
  "Cargo.toml",
  "fuzz/Cargo.toml",
  "npm/Cargo.toml",
  "sandbox/Cargo.toml",
  "sandbox/wasm/Cargo.toml",
];
/** Programs of their own, to copy: what they use is their readers' choice. */
const EXAMPLES = ["examples/leptos-timeline/Cargo.toml", "examples/rust-worker/Cargo.toml"];
const NPM = [".", "bench", "tests/examples", "tests/package/runtimes"];

/** Beside those of deny.toml, what tools may be that are run and never shipped. */
const TOOLS = [
  "BSD-2-Clause",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "ISC",
  "LGPL-3.0-or-later",
  "MPL-2.0",
  "NCSA",
  "Python-2.0",
];

/** Word lists of the spell checker, which only reads them: each with the license that it may have. */
const WORD_LISTS = {
  "node_modules/@cspell/dict-django": "WTFPL",
  "node_modules/@cspell/dict-en-common-misspellings": "CC BY-SA 4.0",
};

/** The licences that deny.toml allows. */
function allowed() {
  const [, list] = read("deny.toml").match(/^\[licenses\][^[]*^allow = \[([^\]]*)\]/ms);
  return [...list.matchAll(/"([^"]+)"/g)].map(([, name]) => name);
}

/** Whether an expression such as `(MIT OR Apache-2.0) AND Unicode-3.0` is met. */
function meets(expression, allow) {
  const words = expression
    .replaceAll("/", " OR ")
    .replace(/([()])/g, " $1 ")
    .trim()
    .split(/\s+/);
  const either = () => {
    let met = both();
    while (words[0] === "OR") {
      words.shift();
      met = both() || met;
    }
    return met;
  };
  const both = () => {
    let met = one();
    while (words[0] === "AND") {
      words.shift();
      met = one() && met;
    }
    return met;
  };
  const one = () => {
    let name = words.shift();
    if (name === "(") {
      const met = either();
      words.shift();
      return met;
    }
    if (words[0] === "WITH") name += ` ${words.splice(0, 2).join(" ")}`;
    return allow.includes(name);
  };
  return either();
}

describe("dependencies", () => {
  it("licences are read as they are meant", () => {
    const allow = ["MIT", "Apache-2.0 WITH LLVM-exception"];
    assert.ok(meets("MIT OR GPL-3.0", allow));
    assert.ok(meets("Apache-2.0/MIT", allow));
    assert.ok(meets("(GPL-3.0 OR MIT) AND Apache-2.0 WITH LLVM-exception", allow));
    assert.ok(!meets("MIT AND GPL-3.0", allow));
    assert.ok(!meets("Apache-2.0", allow));
  });

  it("crates have an allowed licence, and come from crates.io", () => {
    const crates = (folder) => {
      const given = ["metadata", "--format-version", "1", "--locked"];
      const options = { cwd: path.join(ROOT, folder), maxBuffer: 1 << 27, stdio: "pipe" };
      const { packages } = JSON.parse(execFileSync("cargo", given, options));
      return packages.filter(({ source }) => source !== null);
    };
    const shipped = crates(".");
    assert.ok(shipped.length > 100);
    // The fuzzing is a workspace of its own, and is never shipped.
    for (const [found, allow] of [
      [shipped, allowed()],
      [crates("fuzz"), [...allowed(), ...TOOLS]],
    ]) {
      for (const { name, license, source } of found) {
        assert.ok(license && meets(license, allow), `${name}: ${license}`);
        assert.equal(source, "registry+https://github.com/rust-lang/crates.io-index", name);
      }
    }
    for (const lock of ["Cargo.lock", "fuzz/Cargo.lock"]) {
      for (const [, source] of read(lock).matchAll(/^source = "(.*)"$/gm)) {
        assert.equal(source, "registry+https://github.com/rust-lang/crates.io-index");
      }
    }
  });

  it("npm packages have an allowed licence and a hash, and come from the registry", () => {
    for (const folder of NPM) {
      const { packages } = json(path.join(folder, "package-lock.json"));
      for (const [name, entry] of Object.entries(packages)) {
        if (name === "" || entry.link) continue;
        if (WORD_LISTS[name]) {
          assert.equal(entry.license, WORD_LISTS[name], name);
          continue;
        }
        const { license, integrity, resolved } = entry;
        assert.ok(
          license && meets(license, [...allowed(), ...TOOLS]),
          `${folder}: ${name}: ${license}`,
        );
        assert.match(integrity ?? "", /^sha512-/, `${folder}: ${name}`);
        assert.doesNotMatch(resolved ?? "", /^(git|file)|github/, `${folder}: ${name}`);
      }
    }
  });

  it("the package itself depends on nothing", () => {
    const manifest = json("pkg/package.json");
    for (const kind of ["dependencies", "peerDependencies", "optionalDependencies"]) {
      assert.deepEqual(Object.keys(manifest[kind] ?? {}), [], kind);
    }
    assert.deepEqual(Object.keys(manifest.scripts ?? {}), [], "nothing runs on installation");
  });

  it("each has its reason in docs/dependencies.md, and none is there without being used", () => {
    const used = new Set();
    for (const name of RUST) {
      for (const [, kind, body] of read(name).matchAll(
        /^\[(.*)\]\n([^[]*(?:\[[^\]]*\][^[]*)*?)(?=^\[|(?![\s\S]))/gm,
      )) {
        if (!/dependencies$/.test(kind)) continue;
        for (const [, crate] of body.matchAll(/^([\w-]+) = /gm)) used.add(crate);
      }
    }
    used.delete("mastodon-wasm");
    used.delete("mastodon-sandbox");
    for (const folder of NPM) {
      const { dependencies, devDependencies, optionalDependencies } = json(
        path.join(folder, "package.json"),
      );
      for (const kind of [dependencies, devDependencies, optionalDependencies]) {
        for (const name of Object.keys(kind ?? {})) used.add(name);
      }
    }
    const told = [...read("docs/dependencies.md").matchAll(/^\| ([^|]+) \| [^|]+ \|$/gm)]
      .flatMap(([, names]) => names.split(", "))
      .filter((name) => !/^(crate|npm package)$/.test(name));
    // One crate may have a reason in two places.
    assert.deepEqual([...new Set(told)].sort(), [...used].sort());
  });

  it("no manifest is forgotten here", () => {
    const files = execFileSync("git", ["ls-files", "*package-lock.json", "*Cargo.toml"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    const known = [
      ...RUST,
      ...EXAMPLES,
      ...NPM.map((folder) => path.join(folder, "package-lock.json")),
    ];
    assert.deepEqual(files.trim().split("\n").sort(), known.sort());
  });
});

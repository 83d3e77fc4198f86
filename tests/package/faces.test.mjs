// The crate has two faces: the class for JavaScript and the client for Rust. Neither costs the other
// anything: the module of the npm package is the same, byte for byte, without the code of the client for
// Rust; and a program in Rust gets no class. What one can do the other can.
import assert from "node:assert/strict";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, it } from "node:test";
import { Mastodon } from "../../pkg/node.js";
import { documentCrate } from "../../scripts/document-crate.mjs";
import { capture, ROOT, run } from "../../scripts/run.mjs";

const TARGET = "wasm32-unknown-unknown";
let tree;

before(() => {
  // In one place both times: where a crate lies is in its names.
  tree = mkdtempSync(path.join(realpathSync(tmpdir()), "mastodon-wasm-faces-"));
  const parts = [
    "Cargo.toml",
    "Cargo.lock",
    "src",
    "js",
    "npm",
    "sandbox/Cargo.toml",
    "sandbox/src",
    "sandbox/wasm/Cargo.toml",
    "sandbox/wasm/src",
    "tests/entities.rs",
  ];
  for (const name of parts)
    cpSync(path.join(ROOT, name), path.join(tree, name), { recursive: true });
});
after(() => rmSync(tree, { recursive: true, force: true }));

/** Not optimised: nothing is left out that is there. */
async function module(...features) {
  const crate = ["--manifest-path", path.join(tree, "Cargo.toml"), "-p", "mastodon-wasm"];
  const env = { CARGO_TARGET_DIR: path.join(ROOT, "target") };
  const flags = ["--lib", "--target", TARGET, ...features];
  await run("cargo", ["rustc", ...crate, ...flags, "--crate-type", "cdylib"], { env });
  const file = path.join(env.CARGO_TARGET_DIR, TARGET, "debug", "mastodon_wasm.wasm");
  return readFileSync(file);
}

const NPM = ["--no-default-features", "--features", "npm"];

it("the module of npm is the same without the code for Rust", async () => {
  const whole = await module(...NPM);
  assert.ok(whole.length > 100_000);
  rmSync(path.join(tree, "src", "typed.rs"));
  rmSync(path.join(tree, "src", "typed"), { recursive: true });
  // A comment, so that it is compiled anew.
  const changed = path.join(tree, "src", "lib.rs");
  cpSync(path.join(ROOT, "src", "lib.rs"), changed);
  appendFileSync(changed, "\n// Without the client for Rust.\n");
  const without = await module(...NPM);
  assert.equal(Buffer.compare(whole, without), 0, `${whole.length} and ${without.length} bytes`);
});

it("nothing for Rust is among the dependencies of the module", async () => {
  const args = ["tree", "-p", "mastodon-wasm", "-e", "normal,no-proc-macro", "--target", TARGET];
  const names = (text) => [...text.matchAll(/([\w-]+) v\d/g)].map(([, name]) => name);
  const rust = names(await capture("cargo", args));
  for (const name of ["serde_json", "futures-core"]) assert.ok(rust.includes(name), name);
  for (const name of ["tsify", "lol_alloc"]) assert.ok(!rust.includes(name), name);
  const direct = await capture("cargo", [...args, ...NPM, "--depth", "1"]);
  for (const name of ["serde", "serde_json", "futures-core"]) {
    assert.ok(!names(direct).includes(name), name);
  }
});

/** What has another name in Rust, or is a part of what a method returns. */
const OTHERWISE = {
  connect: "struct.Mastodon.html#method.new",
  fetchNext: "struct.Page.html#method.next",
  fetchPrevious: "struct.Page.html#method.prev",
  fetchRemaining: "struct.Page.html#method.into_stream",
  getPaginationInfo: "struct.Page.html#structfield.pagination",
  paginationIterator: "struct.Page.html#method.into_stream_towards",
  paginationPageIterator: "struct.Page.html#method.into_pages_towards",
  // Streams share their socket anyway.
  streamOpenWebsocket: "struct.Mastodon.html#method.stream",
};

it("whatever the class can do has its place in the client for Rust", async () => {
  await documentCrate(TARGET);
  const folder = path.join(ROOT, "target", TARGET, "doc", "mastodon_wasm");
  const places = new Map();
  const has = (place) => {
    const [file, id] = place.split("#");
    if (!places.has(file)) {
      const page = readFileSync(path.join(folder, file), "utf8");
      places.set(file, new Set([...page.matchAll(/ id="([\w.]+)"/g)].map(([, id]) => id)));
    }
    return places.get(file).has(id);
  };
  const own = (object) =>
    Object.entries(Object.getOwnPropertyDescriptors(object))
      .filter(
        ([name, { value, get }]) => (typeof value === "function" || get) && /^[a-z]/.test(name),
      )
      .map(([name]) => name);
  // What JavaScript wants of any class, and what wasm-bindgen puts there.
  const language = ["constructor", "prototype", "toString", "toJSON", "free", "invoke"];
  const names = [...new Set([...own(Mastodon), ...own(Mastodon.prototype)])].filter(
    (name) => !language.includes(name),
  );
  assert.ok(names.length > 300, `${names.length} methods`);
  const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const place = (name) => OTHERWISE[name] ?? `struct.Mastodon.html#method.${snake(name)}`;
  assert.deepEqual(
    names.filter((name) => !has(place(name))),
    [],
  );
  const stale = Object.keys(OTHERWISE).filter((name) => !names.includes(name));
  assert.deepEqual(stale, []);
});

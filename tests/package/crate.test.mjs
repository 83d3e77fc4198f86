// The crate as it is published: packed, unpacked, and built into a program of somebody else's, which then
// talks to the sandbox.
import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, it } from "node:test";
import { pathToFileURL } from "node:url";
import { capture, ROOT, run } from "../../scripts/run.mjs";
import { startSandbox } from "../../scripts/sandbox.mjs";

const TARGET = "wasm32-unknown-unknown";
/** With the examples, which are compiled the same way. */
const CARGO_TARGET_DIR = path.join(ROOT, "target", "examples");

let folder;
let crate;
let sandbox;

before(async () => {
  folder = mkdtempSync(path.join(realpathSync(tmpdir()), "mastodon-wasm-crate-"));
  const pack = ["package", "-p", "mastodon-wasm", "--allow-dirty", "--no-verify"];
  await run("cargo", pack, { env: { CARGO_TARGET_DIR } });
  const packed = path.join(CARGO_TARGET_DIR, "package");
  const [, version] = readFileSync(path.join(ROOT, "Cargo.toml"), "utf8").match(
    /^version = "(.+)"$/m,
  );
  await run("tar", ["-xzf", path.join(packed, `mastodon-wasm-${version}.crate`), "-C", folder]);
  crate = path.join(folder, `mastodon-wasm-${version}`);
  sandbox = await startSandbox();
});
after(async () => {
  await sandbox?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

it("holds what it is built of, and nothing else", () => {
  const top = readdirSync(crate).sort();
  const expected = [
    "CHANGELOG.md",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "js",
  ];
  for (const name of [...expected, "src"]) assert.ok(top.includes(name), name);
  for (const name of ["tests", "docs", "sandbox", "www", "pkg-template", "scripts"])
    assert.ok(!top.includes(name), name);
  for (const name of readdirSync(path.join(ROOT, "js")).filter((name) => name.endsWith(".js")))
    assert.ok(existsSync(path.join(crate, "js", name)), name);
});

it("builds into somebody's program, which runs", async () => {
  const project = path.join(folder, "project");
  mkdirSync(path.join(project, "src"), { recursive: true });
  writeFileSync(
    path.join(project, "Cargo.toml"),
    `[package]
name = "project"
version = "0.1.0"
edition = "2024"

[workspace]

[lib]
crate-type = ["cdylib"]

[dependencies]
mastodon-wasm = { path = ${JSON.stringify(crate)} }
wasm-bindgen = "0.2"
wasm-bindgen-futures = "0.4"

[profile.release]
opt-level = "z"
lto = true
codegen-units = 1
panic = "abort"
`,
  );
  writeFileSync(
    path.join(project, "src", "lib.rs"),
    `use mastodon_wasm::{Error, Mastodon};
use mastodon_wasm::options::{MastodonOptions, TimelineOptions};
use wasm_bindgen::prelude::*;

async fn names(server: &str) -> Result<Vec<String>, Error> {
    let mastodon = Mastodon::new(server, &MastodonOptions::default())?;
    let options = TimelineOptions::default().limit(5);
    let page = mastodon.timeline_public(&options).await?;
    Ok(page.iter().map(|status| status.account.acct.clone()).collect())
}

#[wasm_bindgen]
pub async fn authors(server: String) -> Result<Vec<String>, JsError> {
    Ok(names(&server).await?)
}
`,
  );
  // The versions of this repository: wasm-bindgen must be that of its tool.
  writeFileSync(path.join(project, "Cargo.lock"), readFileSync(path.join(ROOT, "Cargo.lock")));
  const manifest = ["--manifest-path", path.join(project, "Cargo.toml")];
  const env = { CARGO_TARGET_DIR };
  await run("cargo", ["build", ...manifest, "--release", "--target", TARGET], { env });
  const wasm = path.join(CARGO_TARGET_DIR, TARGET, "release", "project.wasm");
  const out = path.join(project, "out");
  await run("wasm-bindgen", ["--target", "web", "--out-dir", out, wasm]);
  writeFileSync(path.join(project, "package.json"), '{ "type": "module" }');

  const glue = await import(pathToFileURL(path.join(out, "project.js")));
  glue.initSync({ module: readFileSync(path.join(out, "project_bg.wasm")) });
  const authors = await glue.authors(sandbox.url);
  assert.equal(authors.length, 5);
  await assert.rejects(glue.authors("http://127.0.0.1:1"), /got no response/);
  const declared = readFileSync(path.join(out, "project.d.ts"), "utf8");
  assert.ok(!declared.includes("timelineHome"), "the class for JavaScript is in it");
});

it("says what docs.rs and crates.io want to know", async () => {
  const metadata = await capture("cargo", ["metadata", "--format-version", "1", "--no-deps"]);
  const own = JSON.parse(metadata).packages.find(({ name }) => name === "mastodon-wasm");
  for (const key of ["description", "license", "readme", "rust_version"]) assert.ok(own[key], key);
  assert.ok(own.keywords.length > 2 && own.categories.length > 0);
  const { "default-target": target, targets, features } = own.metadata.docs.rs;
  assert.deepEqual([target, targets, features], [TARGET, [], ["typed"]]);
  assert.equal(own.documentation, "https://docs.rs/mastodon-wasm");
  assert.notDeepEqual(own.publish, []);
});

// A bundler that left the module behind: what `init` says then.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { runInNewContext } from "node:vm";
import { build } from "esbuild";

const PACKAGE = fileURLToPath(new URL("../../pkg/", import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), "mastodon-wasm-bundled-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The browser's entry in one file, made by esbuild as it is; the module is not beside it. */
async function bundle(format, entry = "browser.js") {
  const outfile = path.join(folder, `${format}-${entry.replace(/js$/, "mjs")}`);
  await build({
    entryPoints: [path.join(PACKAGE, entry)],
    outfile,
    format,
    globalName: "library",
    bundle: true,
    platform: "browser",
    logLevel: "silent",
  });
  return outfile;
}

const lost = (error) => {
  assert.equal(error.name, "MastodonError");
  assert.match(error.message, /could not be loaded.*mastodon-wasm\/inline/);
  assert.ok(error.cause);
  return true;
};

describe("a bundle without the module", () => {
  it("names the entry that needs no file, where there is an address", async () => {
    const { init } = await import(pathToFileURL(await bundle("esm")).href);
    await assert.rejects(init(), lost);
    // And again: a failure is not kept.
    await assert.rejects(init(), lost);
  });

  it("does so where a page comes in the module's place", async () => {
    const { init } = await import(`${pathToFileURL(await bundle("esm")).href}?page`);
    const html = { headers: { "content-type": "text/html" } };
    await assert.rejects(init(new Response("<!doctype html>", html)), lost);
    await assert.rejects(init(new Response("", { status: 404 })), lost);
  });

  it("does so in a classic script, which has no address", async () => {
    const script = readFileSync(await bundle("iife"), "utf8");
    const platform = { URL, Response, TextDecoder, TextEncoder, fetch, setTimeout, console };
    const context = { ...platform, WebAssembly };
    const library = runInNewContext(`${script};library`, context);
    const started = library.init();
    assert.equal(typeof started.then, "function");
    await assert.rejects(started, lost);
  });

  it("is whole with that entry", async () => {
    const { init, Mastodon } = await import(pathToFileURL(await bundle("esm", "inline.js")).href);
    await init();
    assert.ok(new Mastodon({ api_base_url: "https://mastodon.example" }));
  });

  it("says the same of bytes that are no module, at once", async () => {
    const { initSync } = await import(`${pathToFileURL(await bundle("esm")).href}?bytes`);
    assert.throws(() => initSync(new Uint8Array([1, 2, 3])), lost);
  });
});

// `npm run build`: the crate becomes the npm package in pkg/.
//
//   Rust ─ wasm-pack ─► build/web (wasm, glue, snippets) ─ esbuild, with pkg-template/mastodon.js ─► pkg/
import { createHash } from "node:crypto";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { capture, duration, ROOT, run } from "./run.mjs";
import { setup } from "./setup.mjs";

/** Bytes that a page loads, wasm and JavaScript together, gzip -9. */
export const BUDGET = 48 * 1024;

/** `npm run build -- --dev`: compiled in seconds, not optimised, for trying things out. */
const DEV = process.argv.includes("--dev");

const at = (...names) => path.join(ROOT, ...names);
const NAME = "mastodon_wasm";
const WASM = `${NAME}_bg.wasm`;
/** What pkg/ was made of. */
const STAMP = at("build", "inputs");

/** Builds. With `ifChanged`, only when something that it is made of is not as at the last time. */
export async function build({ ifChanged = false } = {}) {
  const begin = Date.now();
  await setup();
  const inputs = await fingerprint();
  if (ifChanged && existsSync(STAMP) && readFileSync(STAMP, "utf8") === inputs) {
    console.log("build: pkg/ is up to date");
    return;
  }
  rmSync(STAMP, { force: true });
  await compile();
  await declarations();
  await assemble();
  writeFileSync(STAMP, inputs);
  report();
  console.log(`build: pkg/ is ready, ${duration(Date.now() - begin)}`);
}

async function fingerprint() {
  const hash = createHash("sha256");
  hash.update(`${await capture("rustc", ["--version"])} dev:${DEV}`);
  const folders = ["src", "pkg-template"].flatMap((folder) =>
    readdirSync(at(folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(ROOT, path.join(entry.parentPath ?? entry.path, entry.name))),
  );
  const files = ["Cargo.toml", "Cargo.lock", "package-lock.json", "scripts/build.mjs"];
  for (const name of [...files, ...folders].sort()) {
    hash.update(`\n${name}\n`).update(readFileSync(at(name)));
  }
  return hash.digest("hex");
}

/** build/web: the optimised module and its glue. What to optimise how stands in Cargo.toml. */
async function compile() {
  rmSync(at("build", "web"), { recursive: true, force: true });
  const out = ["--target", "web", "--out-dir", "build/web", "--out-name", NAME];
  await run("wasm-pack", [
    "build",
    DEV ? "--dev" : "--release",
    "--mode",
    "no-install",
    "--no-pack",
    "--no-gitignore",
    ...out,
  ]);
}

/**
 * build/bundler: the declarations alone. Those of the target `web` also describe its loader and
 * every export of the module; those of `bundler` are the API and nothing else.
 */
async function declarations() {
  const metadata = JSON.parse(
    await capture("cargo", ["metadata", "--format-version", "1", "--no-deps"]),
  );
  const compiled = path.join(
    metadata.target_directory,
    "wasm32-unknown-unknown",
    DEV ? "debug" : "release",
    `${NAME}.wasm`,
  );
  await run("wasm-bindgen", [
    "--target",
    "bundler",
    "--out-dir",
    "build/bundler",
    "--out-name",
    NAME,
    compiled,
  ]);
}

async function assemble() {
  const { build: bundle } = await import("esbuild");
  rmSync(at("pkg"), { recursive: true, force: true });
  mkdirSync(at("pkg"));
  cpSync(at("pkg-template"), at("pkg"), { recursive: true });
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(at(name), at("pkg", name));

  for (const [format, file] of [
    ["esm", "mastodon.js"],
    ["cjs", "mastodon.cjs"],
  ]) {
    await bundle({
      absWorkingDir: ROOT,
      entryPoints: ["pkg-template/mastodon.js"],
      outfile: `pkg/${file}`,
      allowOverwrite: true,
      bundle: true,
      format,
      // Neutral: the package's own entries say what belongs to which runtime.
      platform: "neutral",
      target: "es2022",
      minify: true,
      sourcemap: true,
      legalComments: "none",
      logLevel: "warning",
      plugins: [gluePlugin],
    });
  }

  const module = readFileSync(at("build", "web", WASM));
  writeFileSync(at("pkg", WASM), module);
  writeFileSync(at("pkg", `${NAME}_base64.js`), `export default "${module.toString("base64")}";\n`);

  // CommonJS callers under TypeScript's `node16` want declarations of their own.
  copyFileSync(at("build", "bundler", `${NAME}.d.ts`), at("pkg", `${NAME}.d.ts`));
  copyFileSync(at("build", "bundler", `${NAME}.d.ts`), at("pkg", `${NAME}.d.cts`));
  const index = readFileSync(at("pkg-template", "index.d.ts"), "utf8");
  writeFileSync(at("pkg", "index.d.cts"), index.replace(`./${NAME}.js`, `./${NAME}.cjs`));

  const manifest = JSON.parse(readFileSync(at("pkg-template", "package.json"), "utf8"));
  manifest.version = readFileSync(at("Cargo.toml"), "utf8").match(/^version = "(.+)"$/m)[1];
  writeFileSync(at("pkg", "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);

  const { wasm, js, total } = sizes();
  const sentence =
    `The module is ${kilobytes(wasm)}, the JavaScript around it ${kilobytes(js)}, ` +
    `${kilobytes(total)} together (minified, gzip -9).`;
  const readme = readFileSync(at("pkg-template", "README.md"), "utf8");
  writeFileSync(at("pkg", "README.md"), readme.replace("{{SIZE}}", sentence));
}

/**
 * Finds the glue, and takes the modules that Rust imports from src/ instead of from wasm-bindgen's
 * copies, so that they are one module with what pkg-template/ imports.
 */
const gluePlugin = {
  name: "glue",
  setup(builder) {
    builder.onResolve({ filter: /^mastodon-wasm-glue$/ }, () => ({
      path: at("build", "web", `${NAME}.js`),
    }));
    builder.onResolve({ filter: /^\.\/snippets\/[^/]+\/src\// }, ({ path: name }) => ({
      path: at(name.replace(/^\.\/snippets\/[^/]+\//, "")),
    }));
  },
};

/** The sizes of what is in pkg/, as `{ wasm, js, total }` in bytes of gzip -9. */
export function sizes() {
  const gzip = (name) => gzipSync(readFileSync(at("pkg", name)), { level: 9 }).length;
  const wasm = gzip(WASM);
  const js = gzip("mastodon.js") + gzip("browser.js");
  return { wasm, js, total: wasm + js };
}

function report() {
  const size = sizes();
  const raw = readFileSync(at("pkg", WASM)).length;
  writeFileSync(
    at("build", "size.json"),
    `${JSON.stringify({ ...size, budget: BUDGET }, null, 2)}\n`,
  );
  const line = (name, bytes, more = "") =>
    console.log(`  ${name.padEnd(10)} ${kilobytes(bytes).padStart(9)}   ${more}`);
  console.log("\nSize, gzip -9");
  line("wasm", size.wasm, `(${kilobytes(raw)} uncompressed)`);
  line("JavaScript", size.js);
  line("together", size.total, `of ${kilobytes(BUDGET)}`);
  console.log();
}

function kilobytes(bytes) {
  return `${(bytes / 1024).toFixed(1)} KB`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build().catch((error) => {
    console.error(`build: ${error.message}`);
    process.exit(1);
  });
}

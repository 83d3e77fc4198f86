// `npm run build`: builds the npm package in pkg/ from the crate.
//
//   Rust ─ wasm-pack ─► build/glue (wasm, glue, snippets) ─ wasm-opt ─► module and new names
//                                     └─ esbuild, with pkg-template/ and the names ─► pkg/
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

/**
 * The maximum number of bytes that a page loads, wasm and JavaScript together, after gzip -9.
 * `npm test` fails above it. The goal, and ways to reach it, are in docs/decisions.md ("The size").
 */
export const BUDGET = 164 * 1024;

/** `npm run build -- --dev`: compiles in seconds and does not optimize, for trying things out. */
const DEV = process.argv.includes("--dev");

const at = (...names) => path.join(ROOT, ...names);
/** The crate that becomes the module. */
const CRATE = at("npm");
const NAME = "mastodon_wasm";
const WASM = `${NAME}_bg.wasm`;
/** esbuild's report about the contents of the JavaScript. */
export const METAFILE = at("build", "metafile.json");
/** Inputs of every build. */
const MADE_WITH = ["Cargo.toml", "Cargo.lock", "package-lock.json"];
/** The file with the digest of the inputs of pkg/. */
const STAMP = at("build", "inputs");

/** Builds the package. With `ifChanged`, only if an input has changed since the last build. */
export async function build({ ifChanged = false } = {}) {
  const begin = Date.now();
  await setup();
  const inputs = await fingerprint(["src", "npm", "js", "pkg-template"], ["scripts/build.mjs"]);
  if (ifChanged && existsSync(STAMP) && readFileSync(STAMP, "utf8") === inputs) {
    report();
    console.log("build: pkg/ is up to date");
    return;
  }
  rmSync(STAMP, { force: true });
  await compile();
  await optimise();
  await assemble();
  writeFileSync(STAMP, inputs);
  report();
  console.log(`build: pkg/ is ready, ${duration(Date.now() - begin)}`);
}

/** A digest of the inputs of a build: all files in these folders, and these files. */
export async function fingerprint(folders, files) {
  const hash = createHash("sha256");
  hash.update(`${await capture("rustc", ["--version"])} dev:${DEV}`);
  const inside = folders.flatMap((folder) =>
    readdirSync(at(folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(ROOT, path.join(entry.parentPath ?? entry.path, entry.name))),
  );
  for (const name of [...MADE_WITH, ...files, ...inside].sort()) {
    hash.update(`\n${name}\n`).update(readFileSync(at(name)));
  }
  return hash.digest("hex");
}

/**
 * Builds the module, its glue and its declarations in build/glue. With the target `bundler`, the
 * glue leaves the loading to us (pkg-template/mastodon.js), and the declarations contain only the
 * API.
 */
async function compile() {
  rmSync(at("build", "glue"), { recursive: true, force: true });
  const wasmPack = ["build", "--mode", "no-install", "--no-pack", "--no-gitignore", "--no-opt"];
  const out = ["--target", "bundler", "--out-dir", at("build", "glue"), "--out-name", NAME];
  if (DEV) return run("wasm-pack", [...wasmPack, ...out, "--dev", CRATE]);

  // The standard library is compiled with the crate, so that a panic is only a trap. The code that
  // would format its message is left out: 9 KB (docs/decisions.md).
  const std = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];
  const env = {
    RUSTC_BOOTSTRAP: "1",
    RUSTFLAGS: [
      "-Zunstable-options -Cpanic=immediate-abort",
      // Leaves out the locations of panics and the output of Debug, because nobody sees them.
      "-Zlocation-detail=none -Zfmt-debug=none",
      // JavaScript values are stored in a list of the glue, not in a table of the module.
      "-Ctarget-feature=-reference-types",
    ].join(" "),
    // Separate from the target folder of `cargo test`, which uses the precompiled standard library.
    CARGO_TARGET_DIR: at("target", "package"),
  };
  try {
    await run("wasm-pack", [...wasmPack, ...out, "--release", CRATE, "--", ...std], { env });
  } catch (error) {
    if (error.output?.includes(`could not compile \`mastodon-wasm`)) throw error;
    console.log(
      "build: this compiler does not build its standard library so; trying with the one that it " +
        "has, which makes the module larger",
    );
    await run("wasm-pack", [...wasmPack, ...out, "--release", CRATE]);
  }
}

/**
 * Features that every supported runtime has had for years. Otherwise wasm-opt does not use them.
 */
export const FEATURES = [
  "--enable-bulk-memory",
  "--enable-nontrapping-float-to-int",
  "--enable-reference-types",
  "--enable-sign-ext",
  "--enable-mutable-globals",
  "--enable-multivalue",
];

/** Writes build/module.wasm, and the short names of its imports and exports to build/names.json. */
async function optimise() {
  const glued = at("build", "glue", WASM);
  if (DEV) {
    copyFileSync(glued, at("build", "module.wasm"));
    const module = new WebAssembly.Module(readFileSync(glued));
    const imports = WebAssembly.Module.imports(module).map((i) => [i.module, i.name, i.name]);
    writeFileSync(at("build", "names.json"), JSON.stringify({ imports, exports: [] }));
    return;
  }
  const small = at("build", "module.wasm");
  const strip = ["--strip-debug", "--strip-producers", "--strip-target-features"];
  await run("wasm-opt", [
    ...["--flatten", "--rereloop", "-Os", "-Oz", "--converge", "--traps-never-happen"],
    // The first kilobyte is only the end of the stack, so no data is there.
    ...["--low-memory-unused", "--zero-filled-memory", ...strip],
    ...[...FEATURES, glued, "-o", small],
  ]);
  const rename = "--minify-imports-and-exports-and-modules";
  const names = await capture("wasm-opt", [rename, ...FEATURES, small, "-o", small]);
  if (!names) throw new Error("wasm-opt failed");
  writeFileSync(at("build", "names.json"), names);
}

/** The version in the manifest of a crate. */
export const version = (manifest = "Cargo.toml") =>
  readFileSync(at(manifest), "utf8").match(/^version = "(.+)"$/m)[1];

async function assemble() {
  const { build: bundle } = await import("esbuild");
  rmSync(at("pkg"), { recursive: true, force: true });
  mkdirSync(at("pkg"));
  cpSync(at("pkg-template"), at("pkg"), { recursive: true });
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(at(name), at("pkg", name));

  const names = JSON.parse(readFileSync(at("build", "names.json"), "utf8"));
  const renamed = Object.fromEntries(names.exports);
  for (const [format, file] of [
    // A page waits for each imported file in turn, so the browser entry is a single file.
    ["esm", "browser.js"],
    ["esm", "mastodon.js"],
    ["cjs", "mastodon.cjs"],
  ]) {
    const { metafile } = await bundle({
      absWorkingDir: ROOT,
      metafile: true,
      entryPoints: [`pkg-template/${file.replace(".cjs", ".js")}`],
      outfile: `pkg/${file}`,
      allowOverwrite: true,
      bundle: true,
      format,
      // Neutral, because the package's own entries handle the differences between runtimes.
      platform: "neutral",
      target: "es2022",
      minify: true,
      // For an uncaught error, Node prints the whole line, which could have 60 KB.
      lineLimit: 300,
      sourcemap: true,
      legalComments: "none",
      logLevel: "warning",
      define: { PACKAGE_VERSION: JSON.stringify(version()) },
      // wasm-bindgen names a module once for each import that needs no glue.
      logOverride: { "duplicate-object-key": "silent" },
      // The glue calls the module's exports by their new names.
      ...(names.exports.length && {
        mangleProps: new RegExp(`^(${Object.keys(renamed).join("|")})$`),
        mangleCache: renamed,
      }),
      plugins: [gluePlugin(names.imports)],
    });
    if (file === "browser.js") writeFileSync(METAFILE, JSON.stringify(metafile));
  }

  const module = readFileSync(at("build", "module.wasm"));
  writeFileSync(at("pkg", WASM), module);
  const base64 = JSON.stringify(module.toString("base64"));
  writeFileSync(at("pkg", `${NAME}_base64.js`), `export default ${base64};\n`);
  writeFileSync(at("pkg", `${NAME}_base64.cjs`), `module.exports = ${base64};\n`);

  // With TypeScript's `node16`, CommonJS callers need separate declarations.
  const declarations = readFileSync(at("build", "glue", `${NAME}.d.ts`), "utf8");
  for (const ending of ["d.ts", "d.cts"]) {
    writeFileSync(at("pkg", `${NAME}.${ending}`), allowUndefined(declarations));
  }
  const index = readFileSync(at("pkg-template", "index.d.ts"), "utf8");
  writeFileSync(at("pkg", "index.d.cts"), index.replaceAll(`./${NAME}.js`, `./${NAME}.cjs`));

  const manifest = JSON.parse(readFileSync(at("pkg-template", "package.json"), "utf8"));
  manifest.version = version();
  writeFileSync(at("pkg", "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);

  const { wasm, js, total } = sizes();
  const sentence =
    `The module is ${kilobytes(wasm)}, the JavaScript around it ${kilobytes(js)}, ` +
    `${kilobytes(total)} together (minified, gzip -9).`;
  const readme = readFileSync(at("pkg-template", "README.md"), "utf8");
  writeFileSync(at("pkg", "README.md"), readme.replace("{{SIZE}}", sentence));
}

/**
 * Allows `undefined` for options, which means that the option is not given. With
 * `exactOptionalPropertyTypes`, TypeScript otherwise rejects it. tsify cannot declare that.
 */
function allowUndefined(declarations) {
  return declarations.replace(
    /^export interface (\w*(Options|Attributes)|NewPoll) \{\n[\s\S]*?^\}/gm,
    (block) => block.replace(/^( +\w+\?: .*) \| null;$/gm, "$1 | null | undefined;"),
  );
}

/**
 * Resolves the glue, and generates the object of the module's imports under their new names.
 *
 * What Rust imports from js/ is also resolved to js/ itself, not to wasm-bindgen's copies. So
 * pkg-template/ and the glue share one copy of each file.
 */
const gluePlugin = (imports) => ({
  name: "glue",
  setup(builder) {
    const glue = at("build", "glue", `${NAME}_bg.js`);
    const find = (name) =>
      name === `./${NAME}_bg.js` ? glue : at(name.replace(/^\.\/snippets\/[^/]+\//, ""));
    // Source maps contain these paths, so they must not show where the package was built.
    const fromRoot = (file) => `./${path.relative(ROOT, file).replaceAll(path.sep, "/")}`;
    builder.onResolve({ filter: /^mastodon-wasm-glue$/ }, () => ({ path: glue }));
    builder.onResolve({ filter: /^mastodon-wasm-imports$/ }, () => ({
      path: "imports",
      namespace: "glue",
    }));
    builder.onLoad({ filter: /.*/, namespace: "glue" }, () => {
      const lines = imports.map(
        ([from, name], index) =>
          `import { ${name} as i${index} } from ${JSON.stringify(fromRoot(find(from)))};`,
      );
      const entries = imports.map(([, , name], index) => `${JSON.stringify(name)}: i${index}`);
      // wasm-opt puts all imports into one module, whose name is "a".
      const modules = DEV ? [...new Set(imports.map(([from]) => from))] : ["a"];
      const objects = modules.map((from) => {
        const own = DEV ? entries.filter((_, index) => imports[index][0] === from) : entries;
        return `${JSON.stringify(from)}: { ${own.join(", ")} }`;
      });
      return {
        contents: `${lines.join("\n")}\nexport default { ${objects.join(", ")} };`,
        resolveDir: ROOT,
      };
    });
    builder.onResolve({ filter: /^\.\/snippets\/[^/]+\/js\// }, ({ path: name }) => ({
      path: find(name),
    }));
  },
});

/** The sizes of the files in pkg/, as `{ wasm, js, total }` in bytes after gzip -9. */
export function sizes() {
  const gzip = (name) => gzipSync(readFileSync(at("pkg", name)), { level: 9 }).length;
  const wasm = gzip(WASM);
  const js = gzip("browser.js");
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

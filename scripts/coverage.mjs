// `npm run coverage`: what the tests run of the crate, natively and in the package; writes
// docs/coverage.md. The lines of native tests are LLVM's (cargo-llvm-cov, installed if it is
// missing). In the package it counts functions (scripts/coverage/instrument.mjs), in Node and in
// Chromium.
//
//   npm run coverage                      everything; makes pkg/ unusable until npm run build
//   npm run coverage -- --only package    without native tests, and without writing the page
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { instrument, PREFIX } from "./coverage/instrument.mjs";
import { ROOT, run, which } from "./run.mjs";

const PAGE = path.join(ROOT, "docs", "coverage.md");
const LCOV = path.join(ROOT, "target", "coverage.lcov");
const RECORD = new URL("./coverage/record.mjs", import.meta.url).href;
const WASM = path.join(ROOT, "pkg", "mastodon_wasm_bg.wasm");

/**
 * The tests that run the package in Node and in Chromium. Other runtimes cannot be instrumented.
 */
const SUITES = [
  ...["client", "methods", "utility"].map((name) => `tests/package/${name}.test.mjs`),
  ...["browsers", "login", "streaming", "page"].flatMap(testsIn),
  ...["arguments", "random", "faults"].map((name) => `tests/unbreakable/${name}.test.mjs`),
];

const { values } = parseArgs({ options: { only: { type: "string" } } });

const files = sources();
const inPackage = await packageRuns();
if (values.only === "package") {
  for (const { name, known, ran } of inPackage.values()) {
    console.log(`${name.padEnd(32)} ${share(ran.size, known.size).padStart(6)}  of ${known.size}`);
  }
} else {
  writePage(inPackage, await nativeRuns());
}

function testsIn(folder) {
  return readdirSync(path.join(ROOT, "tests", folder))
    .filter((name) => name.endsWith(".test.mjs") && name !== "memory.test.mjs")
    .map((name) => `tests/${folder}/${name}`);
}

/** The files of the crate, by their module path: `client::send` → `client/send.rs`. */
function sources() {
  const names = readdirSync(path.join(ROOT, "src"), { recursive: true })
    .map((name) => name.replaceAll(path.sep, "/"))
    .filter((name) => name.endsWith(".rs"));
  return new Map(names.map((name) => [name.replace(/\.rs$/, "").replaceAll("/", "::"), name]));
}

/**
 * Where a function of the module is defined, as `{ file, name }`. For example,
 * `<mastodon_wasm::client::scope::Scope>::run` is `run` in `client/scope.rs`.
 *
 * Undefined for generic code of other crates, and for the methods that rows export.
 */
function placeOf(symbol) {
  if (
    !/^<*mastodon_wasm::/.test(symbol) ||
    /<(impl )?mastodon_wasm::client::Mastodon>/.test(symbol)
  )
    return undefined;
  // Closures, and the state machine of an `async fn`, count as their function.
  let plain = symbol.replace(/::\{[^}]*\}/g, "");
  for (let before; before !== plain; ) {
    before = plain;
    plain = plain.replace(/::<[^<>]*>/g, "").replace(/<([^<>]*?)(?: as [^<>]*)?>/g, "$1");
  }
  const parts = plain.split("::").slice(1);
  const name = parts.at(-1);
  // Functions that wasm-bindgen and the compiler add.
  if (/^__|\s|abi$|^call_once$/.test(name)) return undefined;
  for (let length = parts.length - 1; length > 0; length--) {
    const file = files.get(parts.slice(0, length).join("::"));
    if (file) return { file, name };
  }
  return { file: "lib.rs", name };
}

/** Builds an instrumented package and runs its tests. By file: `{ name, known, ran }`. */
async function packageRuns() {
  await run(process.execPath, ["scripts/build.mjs", "--dev"]);
  const module = instrument(readFileSync(WASM));
  writeFileSync(WASM, module);
  const base64 = JSON.stringify(module.toString("base64"));
  writeFileSync(WASM.replace("_bg.wasm", "_base64.js"), `export default ${base64};\n`);
  writeFileSync(WASM.replace("_bg.wasm", "_base64.cjs"), `module.exports = ${base64};\n`);
  // So that the next build does not reuse this package.
  rmSync(path.join(ROOT, "build", "inputs"), { force: true });

  const folder = mkdtempSync(path.join(tmpdir(), "coverage-"));
  mkdirSync(folder, { recursive: true });
  const env = { COVERAGE_FOLDER: folder, NODE_OPTIONS: `--import=${RECORD}` };
  const { code } = await run(process.execPath, ["--test", ...SUITES], { env, check: false });
  if (code !== 0) console.log("coverage: some tests failed; the module is slower than usual");

  const found = new Map();
  const add = (exported, set) => {
    const place = placeOf(exported.slice(PREFIX.length).replace(/^\d+:/, ""));
    if (!place) return;
    if (!found.has(place.file)) {
      found.set(place.file, { name: place.file, known: new Set(), ran: new Set() });
    }
    found.get(place.file)[set].add(place.name);
  };
  for (const { name } of WebAssembly.Module.exports(new WebAssembly.Module(module))) {
    if (name.startsWith(PREFIX)) add(name, "known");
  }
  for (const file of readdirSync(folder)) {
    for (const name of JSON.parse(readFileSync(path.join(folder, file)))) add(name, "ran");
  }
  rmSync(folder, { recursive: true });
  return found;
}

/** What native tests run. By file: `{ lines, run, known, ran }`. */
async function nativeRuns() {
  if (!which("cargo-llvm-cov")) {
    console.log("coverage: cargo install cargo-llvm-cov");
    await run("rustup", ["component", "add", "llvm-tools"]);
    await run("cargo", ["install", "--locked", "cargo-llvm-cov"]);
  }
  await run("cargo", ["llvm-cov", "-p", "mastodon-wasm", "--lcov", "--output-path", LCOV]);
  const found = new Map();
  for (const record of readFileSync(LCOV, "utf8").split("end_of_record")) {
    const name = record.match(/^SF:.*\/src\/(.*)$/m)?.[1];
    if (!name) continue;
    const lines = [...record.matchAll(/^DA:\d+,(\d+)/gm)].map(([, count]) => Number(count));
    const functions = [...record.matchAll(/^FNDA:(\d+),(.*)$/gm)]
      .map(([, count, symbol]) => ({ count: Number(count), parts: identifiers(symbol) }))
      .filter(({ parts }) => parts.length > 0 && !parts.includes("tests"));
    found.set(name, {
      lines: lines.length,
      run: lines.filter(Boolean).length,
      known: new Set(functions.map(({ parts }) => parts.at(-1))),
      ran: new Set(functions.filter(({ count }) => count).map(({ parts }) => parts.at(-1))),
    });
  }
  return found;
}

/**
 * The identifiers in a mangled name, in order (Rust's v0: `_RNvNtCs…_13mastodon_wasm4http4read`).
 */
function identifiers(symbol) {
  const found = [];
  for (let at = symbol.indexOf("_R") + 2; at < symbol.length; ) {
    const rest = symbol.slice(at);
    const [skipped] = rest.match(/^[sB][0-9a-zA-Z]*_/) ?? [];
    const [digits] = rest.match(/^\d+/) ?? [];
    if (skipped) at += skipped.length;
    else if (digits) {
      const begin = at + digits.length + (symbol[at + digits.length] === "_" ? 1 : 0);
      at = begin + Number(digits);
      if (Number(digits) > 0) found.push(symbol.slice(begin, at));
    } else at += 1;
  }
  return found;
}

/** The functions that run at compile time: those that generate the table of methods. */
function compiled(file) {
  const text = readFileSync(path.join(ROOT, "src", file), "utf8");
  return new Set([...text.matchAll(/\bconst fn (\w+)/g)].map(([, name]) => name));
}

function share(part, whole) {
  return whole === 0 ? "" : `${Math.round((100 * part) / whole)} %`;
}

function writePage(inPackage, natively) {
  const sum = { lines: 0, run: 0, known: 0, ran: 0 };
  const rows = [...new Set([...natively.keys(), ...inPackage.keys()])].sort().map((file) => {
    const native = natively.get(file) ?? { lines: 0, run: 0, known: new Set(), ran: new Set() };
    const packaged = inPackage.get(file) ?? { known: new Set(), ran: new Set() };
    const known = new Set([...native.known, ...packaged.known]);
    const byCompiler = compiled(file);
    const missing = [...known].filter(
      (name) => !native.ran.has(name) && !packaged.ran.has(name) && !byCompiler.has(name),
    );
    sum.lines += native.lines;
    sum.run += native.run;
    sum.known += known.size;
    sum.ran += known.size - missing.length;
    const cells = [
      `\`${file}\``,
      native.lines || "",
      share(native.run, native.lines),
      known.size,
      share(packaged.ran.size, packaged.known.size),
      share(known.size - missing.length, known.size),
      missing.map((name) => `\`${name}\``).join(", "),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  writeFileSync(
    PAGE,
    `# Coverage of the Rust code

Written by \`npm run coverage\`. Native tests run ${share(sum.run, sum.lines)} of the lines that they compile, tests among them. Native tests, the tests of the package in Node and those in Chromium together run ${share(sum.ran, sum.known)} of the functions.

Lines are LLVM's. Of the package there are functions only: LLVM's instrumentation of WebAssembly needs a clang of exactly the compiler's LLVM, so \`scripts/coverage/instrument.mjs\` has each function of the crate set a global when it runs. Functions of one name in a file count as one, closures and \`async\` parts as their function; what only the compiler runs (\`const fn\`) counts as run; methods that rows export, and files of declarations alone, are left out. Tests by wasm-bindgen-test (\`tests/browser.rs\`), in Workers, Deno and Bun are not counted.

| file | lines | run natively | functions | run in the package | run anywhere | run nowhere |
|---|---:|---:|---:|---:|---:|---|
${rows.join("\n")}
`,
  );
  console.log("docs/coverage.md is written");
}

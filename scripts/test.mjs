// `npm test`: all tests. A failed step stops only those that need its result.
//
//   npm test                       everything
//   npm test -- --only rust,page   only these steps, with the existing build
//   npm test -- --list             lists the steps
//   npm run test:slow              the step that this leaves out: a minute of waiting, and speed
//
// A missing browser is installed if possible. With CI=true, nothing may be missing: what is skipped
// on your machine, without a browser or ../shared, is a failure there.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { findChromium, installBrowser } from "./browser.mjs";
import { BUDGET, build, sizes } from "./build.mjs";
import { buildSandboxPackage } from "./build-sandbox.mjs";
import { conformance } from "./conformance.mjs";
import { documentCrate } from "./document-crate.mjs";
import { duration, ROOT, run } from "./run.mjs";
import { buildSandbox, startSandbox } from "./sandbox.mjs";
import { buildPage } from "./serve.mjs";
import { npmPackages, setup } from "./setup.mjs";
import { currentStep, performSteps } from "./steps.mjs";

const CI = process.env.CI === "true";
const WASM_TARGET = "wasm32-unknown-unknown";

/**
 * The time limits of a test program, and of a file of Node's tests. If one hangs, its name is
 * printed.
 */
const LIMIT = 25 * 60_000;
const FILE_LIMIT = 8 * 60_000;

/**
 * Each step's `run` resolves to its counts, `{ passed, failed, skipped }`, or to nothing if there
 * is nothing to count. It rejects if something fails.
 *
 * `needs`: steps that must succeed first. `holds`: folders in which it runs cargo, one step at a
 * time. `chromium`: it needs a Chromium.
 *
 * Two steps run at a time, in this order (scripts/steps.mjs): first those that take long or that
 * others need.
 */
const steps = [
  { name: "format", about: "rustfmt, biome", run: format },
  { name: "build", about: "the package, the sandbox in both forms, the page", run: buildAll },
  {
    name: "clippy",
    about: "clippy and rustdoc, for this machine and for WebAssembly",
    holds: ["target"],
    run: clippy,
  },
  { name: "rust", about: "cargo test", holds: ["target"], run: rust },
  {
    name: "browser",
    about: "the crate's browser tests, in headless Chromium",
    holds: ["target"],
    chromium: true,
    run: browser,
  },
  {
    name: "examples",
    about: "the examples",
    needs: ["build"],
    holds: ["target/examples"],
    chromium: true,
    run: examples,
  },
  {
    name: "package",
    about: "the packed package in each runtime",
    needs: ["build"],
    holds: ["target", "target/examples"],
    chromium: true,
    run: packages,
  },
  {
    name: "suite",
    about: "what pages do with the package, in headless Chromium",
    needs: ["build"],
    chromium: true,
    run: suite,
  },
  {
    name: "page",
    about: "the demo page in headless Chromium",
    needs: ["build"],
    chromium: true,
    run: page,
  },
  {
    name: "demo",
    about: "the demo without a server, in headless Chromium",
    needs: ["build"],
    chromium: true,
    run: demo,
  },
  {
    name: "login",
    about: "logging in, in headless Chromium",
    needs: ["build"],
    chromium: true,
    run: login,
  },
  {
    name: "docs",
    about: "the documentation: tables, code, site",
    needs: ["build"],
    chromium: true,
    run: docs,
  },
  {
    name: "hostile",
    about: "hostile servers, pages, packages",
    needs: ["build"],
    chromium: true,
    run: hostile,
  },
  {
    name: "unbreakable",
    about: "faults and bad arguments",
    needs: ["build"],
    chromium: true,
    run: unbreakable,
  },
  {
    name: "sandbox",
    about: "the sandbox as WebAssembly, in this process and as a command",
    needs: ["build"],
    chromium: true,
    run: sandboxPackage,
  },
  { name: "streams", about: "streams, over real sockets too", needs: ["build"], run: streams },
  {
    name: "soak",
    about: "days of streams, with given time",
    needs: ["build"],
    chromium: true,
    run: soak,
  },
  {
    name: "compatibility",
    about: "other kinds of servers, and the table of them",
    needs: ["build"],
    run: compatibility,
  },
  {
    name: "types",
    about: "TypeScript: the page, the JavaScript of the package, its declarations",
    needs: ["build"],
    run: types,
  },
  { name: "conformance", about: "../shared/conformance", needs: ["build"], run: recordings },
  { name: "size", about: "the size against the budget", needs: ["build"], run: size },
  { name: "scripts", about: "this command itself", needs: ["build"], run: scripts },
  {
    name: "slow",
    about: "a minute of dropped sockets, and ratios of speed (only by its name)",
    needs: ["build"],
    byName: true,
    chromium: true,
    run: slow,
  },
  {
    name: "secrets",
    about: "no secret in what the tests printed",
    needs: ["build"],
    last: true,
    run: secrets,
  },
];

/** The output of test programs, by step. */
const printed = new Map();

/** Not run, for a reason that is not a fault of the code. */
class Skip extends Error {}

function skip(reason) {
  throw CI ? new Error(reason) : new Skip(reason);
}

function needChromium() {
  if (!findChromium()) skip("no Chromium or Chrome here");
}

async function format() {
  await run("cargo", ["fmt", "--all", "--check"]);
  await run("biome", ["check", "--error-on-warnings", ...(CI ? ["--colors=off"] : [])]);
}

async function clippy() {
  const strict = ["--", "-D", "warnings"];
  await run("cargo", ["clippy", "--workspace", "--all-targets", ...strict]);
  const module = ["-p", "mastodon-wasm", "-p", "mastodon-wasm-npm"];
  const wasm = ["--target", WASM_TARGET, "--features", "mastodon-wasm/npm"];
  await run("cargo", ["clippy", ...module, ...wasm, ...strict]);
  // The features that programs in Rust use.
  const typed = ["-p", "mastodon-wasm", "--lib", "--test", "typed"];
  await run("cargo", ["clippy", ...typed, "--target", WASM_TARGET, ...strict]);
  await documentCrate();
  await documentCrate(WASM_TARGET);
}

function rust() {
  // The same random cases in every run, so that a failure comes from the change.
  // `PROPTEST_RNG_SEED` and `PROPTEST_CASES` choose others.
  const { PROPTEST_RNG_SEED = "1" } = process.env;
  return counted(cargoCounts, "cargo", ["test", "--workspace", "--no-fail-fast"], {
    PROPTEST_RNG_SEED,
  });
}

async function browser() {
  needChromium();
  await buildSandbox();
  const sandbox = await startSandbox();
  try {
    const { access_token, password } = sandbox.account("mina");
    const crate = ["-p", "mastodon-wasm", "--target", WASM_TARGET, "--features", "npm"];
    return await counted(
      cargoCounts,
      "cargo",
      ["test", ...crate, "--test", "browser", "--test", "typed"],
      {
        CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: `node ${path.join(ROOT, "scripts", "wasm-test-runner.mjs")}`,
        SANDBOX_URL: sandbox.url,
        SANDBOX_TOKEN: access_token,
        SANDBOX_PASSWORD: password,
      },
    );
  } finally {
    await sandbox.stop();
  }
}

async function buildAll() {
  await build({ ifChanged: true });
  await buildSandbox();
  await buildSandboxPackage({ ifChanged: true });
  await buildPage();
}

async function types() {
  const tsc = ["node_modules/typescript/bin/tsc", "--noEmit"];
  for (const project of ["www", "www/worker", "js", "tests/types"]) {
    await run(process.execPath, [...tsc, "-p", project]);
  }
  javascriptIsSmall();
}

/** The maximum number of lines in the package's own JavaScript: the logic is in Rust. */
const JAVASCRIPT_LINES = 700;

function javascriptIsSmall() {
  let lines = 0;
  for (const folder of ["js", "pkg-template"]) {
    for (const name of readdirSync(path.join(ROOT, folder)).filter((name) => /js$/.test(name))) {
      const text = readFileSync(path.join(ROOT, folder, name), "utf8");
      if (!text.startsWith("// @ts-check")) throw new Error(`${folder}/${name} is not checked`);
      lines += text.split("\n").filter((line) => !/^\s*(\/\/|\/\*|\*|$)/.test(line)).length;
    }
  }
  console.log(`${lines} lines of JavaScript in the package; at most ${JAVASCRIPT_LINES}`);
  if (lines > JAVASCRIPT_LINES) throw new Error("the package has too much JavaScript");
  const inside = readdirSync(path.join(ROOT, "src"), { recursive: true });
  const strays = inside.filter((name) => /\.[mc]?js$/.test(name));
  if (strays.length > 0) throw new Error(`JavaScript in src/: ${strays}`);
}

async function packages() {
  await npmPackages("tests/package/runtimes", "Node 24, Deno and Bun, 400 MB");
  return nodeTests("tests/package");
}

function suite() {
  needChromium();
  return nodeTests("tests/browsers");
}

function page() {
  needChromium();
  return nodeTests("tests/page");
}

function demo() {
  needChromium();
  return nodeTests("tests/demo");
}

function login() {
  needChromium();
  return nodeTests("tests/login");
}

function streams() {
  return nodeTests("tests/streaming");
}

function soak() {
  return nodeTests("tests/soak");
}

function compatibility() {
  return nodeTests("tests/compatibility");
}

async function sandboxPackage() {
  await npmPackages("bench", "masto.js, megalodon, blurhash");
  await npmPackages("tests/package/runtimes", "Node 24, Deno and Bun, 400 MB");
  await npmPackages("tests/examples", "wrangler and the Workers runtime, 200 MB");
  // The tests of the native server also run with the command of the npm package.
  const env = { SANDBOX_SCRIPT: path.join(ROOT, "pkg-sandbox", "cli.js") };
  const api = await counted(cargoCounts, "cargo", ["test", "--workspace", "--test", "api"], env);
  const own = await nodeTests("tests/sandbox");
  return Object.fromEntries(Object.keys(own).map((name) => [name, own[name] + api[name]]));
}

async function examples() {
  await npmPackages("tests/examples", "wrangler and the Workers runtime, 200 MB");
  return nodeTests("tests/examples");
}

function unbreakable() {
  if (CI) needChromium();
  // Two files at once: one can compute while the other waits for servers.
  return nodeTests("tests/unbreakable", ["--test-concurrency=2"]);
}

function hostile() {
  if (CI) needChromium();
  return nodeTests("tests/hostile");
}

function docs() {
  return nodeTests("tests/docs");
}

function scripts() {
  return nodeTests("tests/scripts");
}

function slow() {
  return nodeTests("tests/slow");
}

async function recordings() {
  const shared = path.join(ROOT, "..", "shared", "conformance");
  if (!existsSync(shared)) skip("../shared is not here: the recordings are not replayed");
  await conformance();
}

async function size() {
  const { total } = sizes();
  console.log(`${total} bytes, gzip -9; the budget: ${BUDGET}`);
  if (total > BUDGET) {
    throw new Error(
      `wasm and JavaScript together are ${total - BUDGET} bytes more than they may be`,
    );
  }
}

/**
 * Tests log in and cause errors in all suites, so secrets that leak into messages are found here.
 */
async function secrets() {
  const sandbox = await startSandbox();
  await sandbox.stop();
  const { accounts, client_secret } = sandbox;
  const words = accounts.flatMap(({ password, access_token }) => [password, access_token]);
  const cases = { passed: 0, failed: 0 };
  for (const [name, output] of printed) {
    const found = [client_secret, ...words].filter((word) => output.includes(word));
    if (found.length > 0) console.log(`${name} printed ${found.join(", ")}`);
    cases[found.length > 0 ? "failed" : "passed"] += 1;
  }
  return cases;
}

function nodeTests(folder, flags = []) {
  const files = readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith(".test.mjs"))
    .map((name) => path.join(folder, name));
  if (files.length === 0) throw new Error(`no tests in ${folder}`);
  return counted(nodeCounts, process.execPath, [
    "--test",
    "--test-reporter=spec",
    `--test-timeout=${FILE_LIMIT}`,
    ...flags,
    ...files,
  ]);
}

async function counted(count, program, args, env) {
  const { code, output } = await run(program, args, { env, check: false, limit: LIMIT });
  const step = currentStep();
  printed.set(step, (printed.get(step) ?? "") + output);
  const cases = count(output);
  if (code !== 0 && cases.failed === 0) {
    throw Object.assign(new Error(`${path.basename(program)} ended with status ${code}`), {
      cases,
    });
  }
  return cases;
}

/**
 * Counts the lines `test result: ok. 3 passed; 0 failed; 1 ignored; …`, one for each test program.
 */
function cargoCounts(output) {
  const cases = { passed: 0, failed: 0, skipped: 0 };
  for (const line of output.matchAll(
    /^test result: .*?(\d+) passed; (\d+) failed; (\d+) ignored/gm,
  )) {
    cases.passed += Number(line[1]);
    cases.failed += Number(line[2]);
    cases.skipped += Number(line[3]);
  }
  return cases;
}

/** Reads the lines `ℹ pass 3` at the end of the output of Node's test runner. */
function nodeCounts(output) {
  const last = (word) => Number(output.match(new RegExp(`^ℹ ${word} (\\d+)$`, "m"))?.[1] ?? 0);
  return {
    passed: last("pass"),
    failed: last("fail") + last("cancelled"),
    skipped: last("skipped") + last("todo"),
  };
}

async function main() {
  const { values } = parseArgs({
    options: { only: { type: "string" }, list: { type: "boolean" } },
  });
  if (values.list) {
    for (const { name, about } of steps) console.log(`${name.padEnd(14)} ${about}`);
    return true;
  }
  const only = values.only?.split(",");
  const unknown = only?.filter((name) => !steps.some((step) => step.name === name));
  if (unknown?.length) throw new Error(`no such step: ${unknown.join(", ")} (see --list)`);
  const chosen = steps.filter(({ name, byName }) => (only ? only.includes(name) : !byName));

  await setup();
  if (chosen.some(({ chromium }) => chromium)) await installBrowser();

  return summary(await performSteps(chosen, perform));
}

async function perform({ name, about, needs = [], run: work }, results) {
  console.log(`\n━━ ${name}: ${about} ${"━".repeat(Math.max(3, 70 - name.length - about.length))}`);
  const broken = needs.find((need) => results.has(need) && results.get(need).state !== "ok");
  const begin = Date.now();
  const result = { state: "ok", cases: {}, note: "" };
  try {
    if (broken) throw new Error(`not run, since ${broken} failed`);
    result.cases = (await work()) ?? {};
    if (result.cases.failed) result.state = "failed";
  } catch (error) {
    result.state = error instanceof Skip ? "skipped" : "failed";
    result.cases = error.cases ?? {};
    result.note = error.message;
    console.log(`${name}: ${error.message}`);
  }
  result.time = Date.now() - begin;
  console.log(`── ${name}: ${result.state} after ${duration(result.time)}`);
  return result;
}

function summary(results) {
  console.log(`\n━━ summary ${"━".repeat(62)}`);
  const sum = { passed: 0, failed: 0, skipped: 0 };
  let good = true;
  for (const [name, { state, cases, note, time }] of results) {
    const { passed = 0, failed = 0, skipped = 0 } = cases;
    sum.passed += passed;
    // A step that fails without a failed case, such as the formatter, counts as one failure.
    sum.failed += failed || (state === "failed" ? 1 : 0);
    sum.skipped += skipped;
    good &&= state !== "failed";
    const counts = passed + failed + skipped > 0 ? `${passed} passed, ${failed} failed` : "";
    const more = [counts, skipped ? `${skipped} skipped` : "", note].filter(Boolean).join(", ");
    console.log(`${name.padEnd(14)} ${state.padEnd(8)} ${duration(time).padStart(12)}   ${more}`);
  }
  sayWithoutBrowser(results);
  console.log(
    `\n${sum.passed} passed, ${sum.failed} failed${sum.skipped ? `, ${sum.skipped} skipped` : ""}`,
  );
  return good;
}

function sayWithoutBrowser(results) {
  if (findChromium()) return;
  const wanting = steps
    .filter(({ name, chromium }) => {
      const result = chromium && results.get(name);
      return result && (result.state === "skipped" || result.cases.skipped > 0);
    })
    .map(({ name }) => name);
  if (wanting.length === 0) return;
  console.log(
    `\nThere is no browser here, and none could be installed. Not run, or not all of it: ${wanting.join(", ")}.\n` +
      "Install Chromium or Chrome (Debian: apt-get install chromium), or set CHROME_PATH to one, then:\n" +
      `  npm test -- --only ${wanting.join()}`,
  );
}

const good = await main().catch((error) => {
  console.error(`test: ${error.message}`);
  console.log("\n0 passed, 1 failed");
  return false;
});
process.exit(good ? 0 : 1);

// `npm run test:matrix`: the packed package with the tools that people use. It takes ten minutes
// and is not part of `npm test`; continuous integration runs it afterwards (.ci/run).
//
//   npm run test:matrix                      everything, and rewrites docs/matrix.md
//   npm run test:matrix -- --only "vite|jest"  cases whose name matches; writes no file
//   npm run test:matrix -- --newest          with the newest versions; if all pass,
//                                            writes them into tests/matrix/versions.json
//   npm run test:matrix -- --list
//
// The output of each case is in test-results/matrix/. With CI=true, nothing may be missing, and
// docs/ is not changed.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { installBrowser, installOtherBrowsers } from "./browser.mjs";
import { duration, ROOT } from "./run.mjs";
import { npmPackages } from "./setup.mjs";

const CI = process.env.CI === "true";
const LOGS = path.join(ROOT, "test-results", "matrix");
const TABLE = path.join(ROOT, "docs", "matrix.md");
/** Cases that run at the same time: one can install while the other builds. */
const AT_ONCE = 2;
/** The time limit for each case, in milliseconds. */
const LIMIT = 6 * 60_000;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    newest: { type: "boolean" },
    list: { type: "boolean" },
  },
});

try {
  process.exit((await main()) ? 0 : 1);
} catch (error) {
  console.error(`matrix: ${error.message}`);
  console.log("\n0 passed, 1 failed");
  process.exit(1);
}

async function main() {
  if (!existsSync(path.join(ROOT, "pkg", "package.json")))
    throw new Error("there is no package to try: npm run build");
  await npmPackages("tests/package/runtimes", "Node 24, Deno and Bun, 400 MB");
  const only = new RegExp(values.only ?? "", "i");
  const { default: all } = await import("../tests/matrix/cases.mjs");
  const cases = all.filter((each) => only.test(`${each.group}: ${each.name}`));
  if (values.list) {
    for (const { group, name } of cases) console.log(`${group.padEnd(14)} ${name}`);
    return true;
  }
  if (cases.length === 0) throw new Error(`no case matches ${values.only}`);
  if (CI) {
    await installBrowser();
    await installOtherBrowsers();
  }
  return perform(cases);
}

async function perform(cases) {
  const { VERSIONS, versions } = await import("../tests/matrix/project.mjs");
  const { createWorld } = await import("../tests/matrix/world.mjs");
  rmSync(LOGS, { recursive: true, force: true });
  mkdirSync(LOGS, { recursive: true });
  versions.newest = values.newest;

  const begin = Date.now();
  const results = [];
  const next = cases.entries();
  const lane = async () => {
    // Each case has its own sandbox and browsers, so that it does not see posts and resets of the
    // other one.
    const world = await createWorld();
    for (const [at, each] of next) {
      results[at] = await attempt(each, world);
      say(results[at]);
    }
    await world.stop();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));

  const count = (state) => results.filter((result) => result.state === state).length;
  const [passed, failed, missing] = ["pass", "fail", "missing"].map(count);
  const time = duration(Date.now() - begin);
  const summary = `${passed} passed, ${failed} failed, ${missing} missing, in ${time}`;
  const whole = !values.only && !CI;
  if (whole) writeFileSync(TABLE, table(results, summary));
  if (whole && values.newest && failed + missing === 0) {
    const before = new Date(begin).toISOString();
    const packages = Object.fromEntries(Object.entries(versions.found).sort());
    writeFileSync(VERSIONS, `${JSON.stringify({ before, packages }, null, 2)}\n`);
    console.log("\nmatrix: tests/matrix/versions.json has these versions now");
  }
  console.log(`\nmatrix: ${time}`);
  console.log(`${passed} passed, ${failed} failed${missing ? `, ${missing} skipped` : ""}`);
  return failed === 0;
}

function say({ group, name, version, state, note, time }) {
  const what = `${group}: ${name}${version ? ` (${version})` : ""}`;
  const more = note ? `\n${" ".repeat(20)} ${note}` : "";
  console.log(`${state.padEnd(8)} ${duration(time).padStart(9)}  ${what}${more}`);
}

async function attempt(
  { group, name, missing, version, versionOf, versionIn, run, ...about },
  world,
) {
  const { createProject } = await import("../tests/matrix/project.mjs");
  const started = Date.now();
  const result = { group, name, state: "pass", note: "" };
  const lacking = missing?.();
  if (lacking) return { ...result, state: CI ? "fail" : "missing", note: lacking, time: 0 };
  let project;
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(reject, LIMIT, new Error(`not done after ${duration(LIMIT)}`));
  });
  const work = async () => {
    project = await createProject(about);
    result.version =
      (await versionIn?.(world)) ?? (await versionOf?.()) ?? (version && project.version(version));
    result.note = (await run(project, world)) ?? "";
  };
  try {
    await Promise.race([work(), late]);
  } catch (error) {
    result.state = "fail";
    result.note = error.message.replace(/\s+/g, " ").slice(0, 300);
    const log = `${project?.log() ?? error.log ?? ""}\n${error.stack}`;
    writeFileSync(path.join(LOGS, `${name.replace(/\W+/g, "-")}.log`), log);
  } finally {
    clearTimeout(timer);
    await project?.remove();
  }
  return { ...result, time: Date.now() - started };
}

function table(results, summary) {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, "pkg", "package.json")));
  const cell = (text) => text.replaceAll("|", "\\|");
  const rows = results.map(({ group, name, version, state, note, time }) =>
    [group, name, version ?? "", [state, note].filter(Boolean).join(": "), duration(time)]
      .map(cell)
      .join(" | "),
  );
  return `# Tested tools and runtimes

Written by \`npm run test:matrix\`: the packed package ${version}, installed into a project of each kind, which is built and run. Each project loads the package, reads a home timeline with a token, gets a typed error, and receives an event of a stream, against the [sandbox](../sandbox/README.md); the tools and compilers run their own checks. Bundled pages run in Chromium, under \`script-src 'self' 'wasm-unsafe-eval'\`, and so does [the suite](../tests/browsers/suite.js), the same in each browser.

On ${new Date().toISOString().slice(0, 10)}: ${summary}.

| | with | version | result | time |
|---|---|---|---|---|
${rows.map((row) => `| ${row} |`).join("\n")}
`;
}

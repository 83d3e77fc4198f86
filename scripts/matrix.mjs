// `npm run test:matrix`: the packed package with what people use it with, in the newest versions that
// the registry has. Slow (about eight minutes), and not a part of `npm test`.
//
//   npm run test:matrix                      all of it, and docs/matrix.md anew
//   npm run test:matrix -- --only "vite|jest"  those whose name matches, and no file
//   npm run test:matrix -- --list
//
// What a case printed is in test-results/matrix/.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { duration, ROOT } from "./run.mjs";
import { npmPackages } from "./setup.mjs";

const GROUPS = ["bundlers", "frameworks", "runtimes", "runners", "tools", "pages"];
const LOGS = path.join(ROOT, "test-results", "matrix");
const TABLE = path.join(ROOT, "docs", "matrix.md");

const { values } = parseArgs({ options: { only: { type: "string" }, list: { type: "boolean" } } });

if (!existsSync(path.join(ROOT, "pkg", "package.json"))) {
  console.error("matrix: there is no package to try: npm run build");
  process.exit(1);
}
await npmPackages("tests/package/runtimes", "Node 24, Deno and Bun, 400 MB");
const cases = [];
for (const group of GROUPS) {
  const { default: some } = await import(`../tests/matrix/${group}.mjs`);
  cases.push(...some);
}
const only = new RegExp(values.only ?? "", "i");
const chosen = cases.filter(({ name, group }) => only.test(`${group}: ${name}`));
if (values.list) {
  for (const { group, name } of chosen) console.log(`${group.padEnd(14)} ${name}`);
  process.exit();
}

const { createProject } = await import("../tests/matrix/project.mjs");
const { createWorld } = await import("../tests/matrix/world.mjs");
rmSync(LOGS, { recursive: true, force: true });
mkdirSync(LOGS, { recursive: true });

const begin = Date.now();
const world = await createWorld();
const results = [];
for (const each of chosen) {
  const result = await attempt(each);
  results.push(result);
  const { group, name, version, state, note, time } = result;
  const what = `${group}: ${name}${version ? ` (${version})` : ""}`;
  console.log(
    `${state.padEnd(8)} ${duration(time).padStart(9)}  ${what}${note ? `\n${" ".repeat(20)} ${note}` : ""}`,
  );
}
await world.stop();

const count = (state) => results.filter((result) => result.state === state).length;
const summary = `${count("pass")} passed, ${count("fail")} failed, ${count("missing")} missing, in ${duration(Date.now() - begin)}`;
if (!values.only) writeFileSync(TABLE, table());
console.log(`\n${summary}`);
process.exit(count("fail") > 0 ? 1 : 0);

async function attempt({ group, name, missing, version, versionOf, versionIn, run, ...about }) {
  const started = Date.now();
  const result = { group, name, state: "pass", note: "" };
  const lacking = missing?.();
  let project;
  try {
    if (lacking) return { ...result, state: "missing", note: lacking, time: 0 };
    project = await createProject(about);
    result.version =
      (await versionIn?.(world)) ?? (await versionOf?.()) ?? (version && project.version(version));
    result.note = (await run(project, world)) ?? "";
  } catch (error) {
    result.state = "fail";
    result.note = error.message.replace(/\s+/g, " ").slice(0, 300);
    if (project)
      writeFileSync(
        path.join(LOGS, `${name.replace(/\W+/g, "-")}.log`),
        `${project.log()}\n${error.stack}`,
      );
  } finally {
    await project?.remove();
  }
  return { ...result, time: Date.now() - started };
}

function table() {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, "pkg", "package.json")));
  const cell = (text) => text.replaceAll("|", "\\|");
  const rows = results.map(({ group, name, version, state, note, time }) =>
    [group, name, version ?? "", [state, note].filter(Boolean).join(": "), duration(time)]
      .map(cell)
      .join(" | "),
  );
  return `# Where it works

Written by \`npm run test:matrix\`: the packed package ${version}, installed into a project of each kind, which is built and run. Everywhere it loads, reads the timeline of somebody who is logged in, gets a typed error, and hears an event of a stream, against the [sandbox](../sandbox/README.md); the tools and compilers check what is theirs to check. Bundled pages run in Chromium, under \`script-src 'self' 'wasm-unsafe-eval'\`.

On ${new Date().toISOString().slice(0, 10)}: ${summary}.

| | with | version | result | time |
|---|---|---|---|---|
${rows.map((row) => `| ${row} |`).join("\n")}
`;
}

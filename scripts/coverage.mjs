// `npm run coverage`: which lines of the crate its native tests run; writes docs/coverage.md. Brings
// cargo-llvm-cov with it, which takes some minutes the first time.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT, run, which } from "./run.mjs";

const TABLE = path.join(ROOT, "docs", "coverage.md");
const DATA = path.join(ROOT, "target", "coverage.lcov");

const COMPILER = "the compiler runs it: what it makes is the package's table of methods";
const GUARD = "guards against what cannot be, which the lints ask for";

/** Why lines are not run by native tests, and what runs them instead. */
const ELSEWHERE = {
  "api.rs": "hands out the table, without which no test of the package runs",
  "api/endpoint.rs": COMPILER,
  "api/table.rs": COMPILER,
  "auth.rs": COMPILER,
  "params/table.rs": COMPILER,
  "entities/declare.rs": "defaults and printing, which the sandbox uses: its tests",
  "params/bridge.rs": "the border to JavaScript: `tests/browser.rs`",
  "streaming/bridge.rs": "the border to JavaScript: `tests/streaming/`",
  "streaming/connection.rs":
    "options that change on an open socket: `tests/streaming/events.test.mjs`",
  "streaming/hub.rs": GUARD,
  "streaming/lane.rs": `${GUARD}; entries older than what was asked for, a far end that REST does not tell`,
  "streaming/model.rs": "what it prints when it fails",
  "streaming/refusal.rs": "what it prints when it fails",
  "streaming/sequence.rs": GUARD,
};

if (!which("cargo-llvm-cov")) {
  console.log("coverage: cargo install cargo-llvm-cov");
  await run("rustup", ["component", "add", "llvm-tools"]);
  await run("cargo", ["install", "cargo-llvm-cov"]);
}
await run("cargo", ["llvm-cov", "-p", "mastodon-wasm", "--lcov", "--output-path", DATA]);

const files = readFileSync(DATA, "utf8")
  .split("end_of_record")
  .map((record) => ({
    name: record.match(/^SF:.*\/src\/(.*)$/m)?.[1],
    lines: [...record.matchAll(/^DA:(\d+),(\d+)/gm)].map(([, line, count]) => [line, +count]),
  }))
  .filter(({ name }) => name);
const share = (lines) =>
  `${((100 * lines.filter(([, count]) => count).length) / lines.length).toFixed(0)} %`;
const unexplained = [];
const rows = files.map(({ name, lines }) => {
  const missing = lines.filter(([, count]) => !count);
  if (missing.length && !ELSEWHERE[name]) unexplained.push(`${name}: ${missing.map(([at]) => at)}`);
  const why = missing.length ? ELSEWHERE[name] : "";
  return `| \`${name}\` | ${lines.length} | ${share(lines)} | ${why} |`;
});
writeFileSync(
  TABLE,
  `# Coverage of the Rust code

Written by \`npm run coverage\`: the lines that \`cargo test\` runs natively, ${share(files.flatMap(({ lines }) => lines))} of all, tests among them. The last column has what runs the others. Files of declarations alone have no lines that run, and are not here. The JavaScript has its own tests, in \`tests/\`.

| file | lines | run natively | the others |
|---|---:|---:|---|
${rows.join("\n")}
`,
);
console.log("docs/coverage.md is written");
if (unexplained.length) {
  console.error(`without a test or a reason:\n${unexplained.join("\n")}`);
  process.exit(1);
}

// Runs the tools of ../shared/conformance on pkg/. Expected failures are in tests/conformance.json,
// with their exact text and a reason. It is an error if a failure is not in this list, if one in
// the list does not happen, or if fewer cases pass.
//
//   npm run conformance              compares
//   npm run conformance -- --update  also stores the new counts (not failures: they need a reason)
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT, run } from "./run.mjs";

const SHARED = path.join(ROOT, "..", "shared");
const KEPT = path.join(ROOT, "tests", "conformance.json");
const RECORDINGS = ["--recordings", path.join(SHARED, "recordings")];

/** The failures that a tool prints, one on each line: `method: what is wrong`. */
const printed = (output) =>
  [...output.matchAll(/^(?!doc comments|accepted|no sample)(\w+): (.+)$/gm)].map((line) => line[0]);

/**
 * The same for the types tool, which prints the entity, and below it what is wrong. Omits how
 * often.
 */
const printedBelow = (output) =>
  [...output.matchAll(/^(\w+) \(\d+ sample\(s\)\):\n((?: {2}.+\n)+)/gm)].map(
    ([, entity, lines]) => {
      const wrong = lines.trim().split("\n");
      return `${entity}: ${wrong.map((line) => line.trim().replace(/ \(×.*\)$/, "")).join("; ")}`;
    },
  );

/**
 * `failures` reads the failures from the output, and from the results file of a tool with `json`.
 */
const TOOLS = {
  signatures: { args: [], failures: printed },
  calls: {
    args: RECORDINGS,
    json: true,
    failures: (_, { results }) =>
      results
        .filter(({ outcome }) => outcome === "fail")
        .map(({ method, call, difference }) => `${method}, ${call}: ${difference}`),
  },
  types: { args: RECORDINGS, failures: printedBelow },
};

/** Rejects if a count got worse, or if the failures are not the expected ones. */
export async function conformance({ update = false } = {}) {
  const kept = JSON.parse(readFileSync(KEPT, "utf8"));
  const wrong = [];
  for (const name of Object.keys(TOOLS)) {
    const now = await measure(name);
    const before = kept[name];
    console.log(
      `${name.padEnd(11)} ${now.passed} passed, ${now.failed} failed, ${now.skipped} skipped ` +
        `(kept: ${before.passed} passed, ${Object.keys(before.expected).length} expected to fail)`,
    );
    wrong.push(...compare(name, before, now, update));
    if (update) kept[name] = { ...before, passed: now.passed, skipped: now.skipped };
  }
  if (update) writeFileSync(KEPT, `${JSON.stringify(kept, null, 2)}\n`);
  if (wrong.length) throw new Error(`not as in tests/conformance.json\n  ${wrong.join("\n  ")}`);
}

/** Runs a tool. Resolves to its counts, and its failures as texts. */
async function measure(name) {
  const { args, json, failures } = TOOLS[name];
  const folder = mkdtempSync(path.join(tmpdir(), "conformance-"));
  const file = path.join(folder, "results.json");
  try {
    const { code, output } = await run(
      process.execPath,
      // Runs in the repository's folder, where the tools look for TypeScript 5.
      [
        path.join(SHARED, "conformance", `${name}.mjs`),
        ...["--package", "pkg", ...args, ...(json ? ["--json", file] : [])],
      ],
      { check: false, show: false },
    );
    const counts = output.trimEnd().match(/(\d+) passed, (\d+) failed, (\d+) skipped$/);
    if (!counts) throw new Error(`${name} ended with status ${code}:\n${output.slice(-2000)}`);
    const [passed, failed, skipped] = counts.slice(1).map(Number);
    const found = failures(output, json && JSON.parse(readFileSync(file, "utf8")));
    if (found.length !== failed) {
      throw new Error(`${name} counts ${failed} failures and names ${found.length}:\n${output}`);
    }
    return { passed, failed, skipped, failures: found };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compare(name, before, now, update) {
  const wrong = [];
  const note = (what) => wrong.push(`${name}: ${what}`);
  for (const failure of now.failures) {
    if (!before.expected[failure]) note(`not expected: ${failure}`);
  }
  for (const failure of Object.keys(before.expected)) {
    if (!now.failures.includes(failure)) note(`expected, and did not fail so: ${failure}`);
  }
  if (!update && now.passed < before.passed) note(`${now.passed} passed, ${before.passed} before`);
  if (!update && now.skipped > before.skipped) {
    note(`${now.skipped} skipped, ${before.skipped} before`);
  }
  return wrong;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await conformance({ update: process.argv.includes("--update") }).catch((error) => {
    console.error(`conformance: ${error.message}`);
    process.exit(1);
  });
}

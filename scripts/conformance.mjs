// Runs the tools of ../shared/conformance on pkg/ and holds their numbers against those in
// tests/conformance.json: what passed once has to go on passing.
//
//   npm run conformance              compares
//   npm run conformance -- --update  and keeps the new numbers
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT, run } from "./run.mjs";

const SHARED = path.join(ROOT, "..", "shared");
const KEPT = path.join(ROOT, "tests", "conformance.json");
const TOOLS = {
  signatures: [],
  calls: ["--recordings", path.join(SHARED, "recordings")],
  types: ["--recordings", path.join(SHARED, "recordings")],
};

/** Rejects when a number got worse. */
export async function conformance({ update = false } = {}) {
  const kept = existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, "utf8")) : {};
  const now = {};
  const worse = [];
  for (const [tool, more] of Object.entries(TOOLS)) {
    const script = path.join(SHARED, "conformance", `${tool}.mjs`);
    // The tools look for TypeScript 5 in the current folder.
    const args = [script, "--package", "pkg", ...more];
    const { code, output } = await run(process.execPath, args, { check: false, show: false });
    const counts = output.trimEnd().match(/(\d+) passed, (\d+) failed, (\d+) skipped$/);
    if (!counts) throw new Error(`${tool} ended with status ${code}:\n${output.slice(-2000)}`);
    const [passed, failed, skipped] = counts.slice(1).map(Number);
    now[tool] = { passed, failed, skipped };
    const before = kept[tool];
    const change = before ? ` (kept: ${before.passed} passed, ${before.failed} failed)` : "";
    console.log(
      `${tool.padEnd(11)} ${passed} passed, ${failed} failed, ${skipped} skipped${change}`,
    );
    if (before && (passed < before.passed || failed > before.failed)) {
      worse.push(tool);
      console.log(output);
    }
  }
  if (update) writeFileSync(KEPT, `${JSON.stringify(now, null, 2)}\n`);
  else if (worse.length) throw new Error(`worse than tests/conformance.json: ${worse.join(", ")}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await conformance({ update: process.argv.includes("--update") }).catch((error) => {
    console.error(`conformance: ${error.message}`);
    process.exit(1);
  });
}

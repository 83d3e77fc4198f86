// Continuous integration: all of `npm test` and then the matrix, whatever the tests came to. The last
// line counts both; the exit status says whether all is well.
import { run } from "./run.mjs";

const sum = { passed: 0, failed: 0, skipped: 0 };
let good = true;
for (const part of ["test", "matrix"]) {
  console.log(`\n━━━━ scripts/${part}.mjs`);
  const { code, output } = await run(process.execPath, [`scripts/${part}.mjs`], { check: false });
  const last = output.trimEnd().split("\n").at(-1);
  const counts = last.match(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/)?.slice(1) ?? [];
  const [passed = 0, failed = 0, skipped = 0] = counts.map((text) => Number(text ?? 0));
  if (code !== 0 || counts.length === 0) good = false;
  sum.passed += passed;
  // One that ended before it could count is a failure by itself.
  sum.failed += failed || (code !== 0 || counts.length === 0 ? 1 : 0);
  sum.skipped += skipped;
}
const skipped = sum.skipped ? `, ${sum.skipped} skipped` : "";
console.log(`\n${sum.passed} passed, ${sum.failed} failed${skipped}`);
process.exit(good ? 0 : 1);

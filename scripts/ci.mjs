// Continuous integration: `npm test`, then the slow tests that it leaves out, then the matrix, even
// if one of them fails. The last line has the sum of all counts; the exit status is 0 if all
// passed.
import { run } from "./run.mjs";

const sum = { passed: 0, failed: 0, skipped: 0 };
let good = true;
for (const part of ["test.mjs", "test.mjs --only slow", "matrix.mjs"]) {
  console.log(`\n━━━━ scripts/${part}`);
  const { code, output } = await run(process.execPath, `scripts/${part}`.split(" "), {
    check: false,
  });
  const last = output.trimEnd().split("\n").at(-1);
  const counts = last.match(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/)?.slice(1) ?? [];
  const [passed = 0, failed = 0, skipped = 0] = counts.map((text) => Number(text ?? 0));
  if (code !== 0 || counts.length === 0) good = false;
  sum.passed += passed;
  // A part that ended before it printed its counts is one failure.
  sum.failed += failed || (code !== 0 || counts.length === 0 ? 1 : 0);
  sum.skipped += skipped;
}
const skipped = sum.skipped ? `, ${sum.skipped} skipped` : "";
console.log(`\n${sum.passed} passed, ${sum.failed} failed${skipped}`);
process.exit(good ? 0 : 1);

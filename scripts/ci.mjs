// Continuous integration: all of `npm test`, then what that leaves out because it is slow, then the
// matrix, whatever each came to. The last line counts them all; the exit status says whether all is well.
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
  // One that ended before it could count is a failure by itself.
  sum.failed += failed || (code !== 0 || counts.length === 0 ? 1 : 0);
  sum.skipped += skipped;
}
const skipped = sum.skipped ? `, ${sum.skipped} skipped` : "";
console.log(`\n${sum.passed} passed, ${sum.failed} failed${skipped}`);
process.exit(good ? 0 : 1);

// What docs/benchmarks.md says of memory, as a bound.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { it } from "node:test";
import { fileURLToPath } from "node:url";

it("20,000 calls leave memory where it was", () => {
  const program = fileURLToPath(new URL("../../bench/node.mjs", import.meta.url));
  const given = ["--expose-gc", program, "memory", "20000"];
  const seen = JSON.parse(execFileSync(process.execPath, given, { encoding: "utf8" }));
  const [warm, last] = [seen[1], seen.at(-1)];
  assert.equal(last.calls, 20_000);
  assert.equal(last.wasm, warm.wasm, JSON.stringify(seen));
  assert.ok(last.heap - warm.heap < 1_000_000, JSON.stringify(seen));
});

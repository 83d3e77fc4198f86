// `npm run fuzz`: coverage-guided fuzzing of the parts of the crate that need no platform
// (cargo-fuzz). The targets, and what they check, are in src/fuzz/.
//
//   npm run fuzz                              lists the targets
//   npm run fuzz -- redact --minutes 5        fuzzes one of them
//   npm run fuzz -- redact --keep             keeps the inputs that cover new code
//
// What it finds goes to build/fuzz. `--keep` puts the smallest set of inputs with the same coverage
// into fuzz/corpus, which `cargo test` replays. An input that breaks something ends the run; it is
// printed and stored in fuzz/artifacts. Once the bug is fixed, add it to fuzz/corpus.
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { ROOT, run } from "./run.mjs";
import { setupFuzzing } from "./setup.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: "string", default: "5" }, keep: { type: "boolean" } },
});
const targets = readdirSync(path.join(ROOT, "fuzz", "fuzz_targets")).map(
  (file) => path.parse(file).name,
);
const [target] = positionals;
if (!targets.includes(target)) {
  console.log(`targets: ${targets.join(", ")}`);
  process.exit(positionals.length > 0 ? 1 : 0);
}
const seconds = Number(values.minutes) * 60;
if (!(seconds > 0)) throw new Error(`--minutes ${values.minutes} is no time`);

await setupFuzzing();
const kept = path.join(ROOT, "fuzz", "corpus", target);
const found = path.join(ROOT, "build", "fuzz", target);
for (const folder of [kept, found]) mkdirSync(folder, { recursive: true });

if (values.keep) {
  // Only inputs that reach new branches. Counting how often branches run would keep ten times as
  // many.
  const fewest = `${found}.fewest`;
  rmSync(fewest, { recursive: true, force: true });
  mkdirSync(fewest, { recursive: true });
  await fuzz([fewest, kept, found], ["-merge=1", "-use_counters=0"]);
  rmSync(kept, { recursive: true });
  cpSync(fewest, kept, { recursive: true });
  rmSync(found, { recursive: true });
  renameSync(fewest, found);
  console.log(`${readdirSync(kept).length} inputs kept in fuzz/corpus/${target}`);
} else {
  await fuzz([found, kept], [`-max_total_time=${seconds}`, "-print_final_stats=1"]);
}

async function fuzz(folders, options) {
  // The crate has no unsafe code that a sanitizer could check, and stable Rust has no sanitizers.
  const how = ["--sanitizer", "none"];
  // Inputs need not be longer, and one that takes ten seconds is a failure.
  const limits = ["-max_len=2048", "-timeout=10", "-rss_limit_mb=1024"];
  const { code } = await run(
    "cargo",
    ["fuzz", "run", ...how, target, ...folders, "--", ...limits, ...options],
    { check: false },
  );
  if (code !== 0) process.exit(code);
}

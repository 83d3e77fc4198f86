// `npm run fuzz`: arbitrary input for the parts of the crate that need no platform, guided by what of
// the code it reaches (cargo-fuzz). The targets and what they check are in src/fuzz/.
//
//   npm run fuzz                              the names of the targets
//   npm run fuzz -- redact --minutes 5        one of them
//   npm run fuzz -- redact --keep             keep the inputs that reach something new
//
// What it finds while it runs goes to build/fuzz. `--keep` puts the fewest of these that reach all of it
// into fuzz/corpus, which `cargo test` replays. An input that breaks something ends the run: it is shown,
// and lies in fuzz/artifacts; put it into fuzz/corpus once it is mended.
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
  // As many as reach every branch; counting how often each is taken would keep ten times as many.
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
  // The crate has no unsafe code for a sanitizer to look at, and stable Rust has none.
  const how = ["--sanitizer", "none"];
  // Texts have no need to be longer, and what takes a second for one is too slow.
  const limits = ["-max_len=2048", "-timeout=10", "-rss_limit_mb=1024"];
  const { code } = await run(
    "cargo",
    ["fuzz", "run", ...how, target, ...folders, "--", ...limits, ...options],
    { check: false },
  );
  if (code !== 0) process.exit(code);
}

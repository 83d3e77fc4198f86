// `npm run soak`: days of streams in a few minutes, in Node (tests/soak/simulation.js).
//
//   npm run soak                            30 minutes
//   npm run soak -- --minutes 5 --seed 7
//   npm run soak -- --days 3                three days, however long they take
//   npm run soak -- --days 3 --verbose      also prints all events
//
// It ends after the first day on which an event was missing, repeated or out of order. The printed
// seed reproduces it.

import { parseArgs } from "node:util";
import FakeTimers from "@sinonjs/fake-timers";
import { watched } from "../tests/memory.mjs";
import { Simulation } from "../tests/soak/simulation.js";
import { duration } from "./run.mjs";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    days: { type: "string" },
    verbose: { type: "boolean" },
    seed: { type: "string", default: String(Date.now() % 1e6) },
  },
});
/** How many more bytes may be in use than after the second day. */
const MORE = { heap: 8 << 20, module: 1 << 20 };

const { loaded, used } = await watched(async () => {
  const { init, Mastodon } = await import("../pkg/node.js");
  await init();
  return Mastodon;
});
const { Sandbox } = await import("../pkg-sandbox/node.js");

let warm;
const begin = performance.now();
const seed = Number(values.seed);
const turn = () => new Promise((resolve) => setImmediate(resolve));
const log = values.verbose ? console.log : undefined;
const simulation = new Simulation({ Mastodon: loaded, Sandbox, FakeTimers, seed, turn, log });
const done = () =>
  values.days
    ? simulation.figures.days >= Number(values.days)
    : performance.now() - begin > Number(values.minutes) * 60_000;

console.log(`seed ${seed}`);
await simulation.start();
try {
  while (!done()) {
    const complaints = await simulation.day();
    const now = used();
    if (simulation.figures.days === 2) warm = now;
    for (const [what, more] of Object.entries(MORE)) {
      const grown = now[what] - (warm?.[what] ?? Number.POSITIVE_INFINITY);
      if (grown > more) complaints.push(`memory: the ${what} grew by ${grown} bytes`);
    }
    console.log(JSON.stringify({ ...simulation.figures, ...now }));
    if (complaints.length === 0) continue;
    console.log(complaints.slice(0, 20).join("\n"));
    process.exitCode = 1;
    break;
  }
} finally {
  simulation.stop();
}
console.log(`${simulation.figures.days} days in ${duration(performance.now() - begin)}`);

// Runs steps, two at a time: one can compute while the other waits for a socket or a timer. The
// output of a step stays together: the first one prints at once, the others when they are done.
import { AsyncLocalStorage } from "node:async_hooks";

/** With more, pages and servers would be too slow for the timeouts of tests. */
const AT_ONCE = 2;

const printing = new AsyncLocalStorage();

/**
 * The output of the started steps, in order: the first one is `live`, the others are stored in
 * `held`.
 */
const prints = [];

for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write.bind(stream);
  stream.write = (text, ...more) => {
    const print = printing.getStore();
    if (!print || print.live) return write(text, ...more);
    print.held.push(() => write(text));
    const written = more.find((each) => typeof each === "function");
    if (written) process.nextTick(written);
    return true;
  };
}

// No output is lost if the process is ended early.
process.on("exit", () => prints.forEach(show));

function show(print) {
  print.live = true;
  for (const write of print.held.splice(0)) write();
}

/** The name of the step from which this is called. */
export const currentStep = () => printing.getStore()?.name;

/**
 * Runs all steps. Resolves to their results by name, in the order of `steps`.
 * `perform(step, results)` runs one of them, with the results so far, and must not reject.
 *
 * A step starts when those that it `needs` are done, and no running step `holds` the same. A step
 * that is `last` starts when all others are done.
 */
export async function performSteps(steps, perform) {
  const names = steps.map(({ name }) => name);
  const results = new Map();
  const waiting = [...steps];
  const running = new Map();

  const canBegin = ({ needs = [], holds = [], last }) =>
    needs.every((name) => results.has(name) || !names.includes(name)) &&
    [...running.keys()].every((other) => !other.holds?.some((what) => holds.includes(what))) &&
    (!last || (running.size === 0 && waiting.every((other) => other.last)));

  async function begin(step) {
    const print = { name: step.name, held: [], live: prints.length === 0, done: false };
    prints.push(print);
    results.set(step.name, await printing.run(print, perform, step, results));
    running.delete(step);
    print.done = true;
    while (prints[0]?.done) {
      prints.shift();
      if (prints[0]) show(prints[0]);
    }
  }

  while (waiting.length + running.size > 0) {
    const next = running.size < AT_ONCE && waiting.find(canBegin);
    if (next) {
      waiting.splice(waiting.indexOf(next), 1);
      running.set(next, begin(next));
    } else {
      await Promise.race(running.values());
    }
  }
  return new Map(names.map((name) => [name, results.get(name)]));
}

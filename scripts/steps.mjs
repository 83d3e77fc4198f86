// Performs steps, two at a time: while one waits for a socket or a timer, the other computes. What each
// prints stays together: the one that began first prints at once, the others when it is done.
import { AsyncLocalStorage } from "node:async_hooks";

/** More would slow those down whose pages and servers have to answer within seconds. */
const AT_ONCE = 2;

const printing = new AsyncLocalStorage();

/** What steps that began print, in that order: the first one `live`, the others into `held`. */
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

// Nothing is lost where somebody ends it all.
process.on("exit", () => prints.forEach(show));

function show(print) {
  print.live = true;
  for (const write of print.held.splice(0)) write();
}

/** The name of the step that calls this. */
export const currentStep = () => printing.getStore()?.name;

/**
 * Performs all of them; resolves to their results by name, in the order given. `perform(step, results)`
 * performs one of them: it is given the results until then, and does not reject.
 *
 * A step begins when those that it `needs` are done, and no other one holds what it `holds`; one that is
 * `last` begins when all others are done.
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

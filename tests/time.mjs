// Time that nobody waits for. Within a suite that asks for it, the clock stands while anything is to be
// done, and then goes on to the next timer at once: what waits for a minute is done in milliseconds, in
// the same order. For suites whose servers are functions in this process; a real socket takes real time.
import { after, before } from "node:test";
import FakeTimers from "@sinonjs/fake-timers";

/** Turns of the event loop without a timer after which nothing is to be done but to wait. */
const TURNS = 12;

const turn = setImmediate;
const wait = setTimeout;

/** Call it in a `describe`, or at the top of a file: timers, `Date` and `performance` are the clock's. */
export function givenTime() {
  let clock;
  let ended;

  before(() => {
    clock = FakeTimers.install({
      now: Date.now(),
      toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"],
      shouldClearNativeTimers: true,
    });
    ended = goOn(clock);
  });

  after(async () => {
    const last = clock;
    clock = undefined;
    last.uninstall();
    await ended;
  });

  async function goOn(mine) {
    while (clock === mine) {
      for (let left = TURNS; left > 0; left -= 1) await new Promise((resolve) => turn(resolve));
      if (clock !== mine) return;
      if (mine.countTimers() > 0) mine.next();
      // Nothing to wait for but what this clock does not know of.
      else await new Promise((resolve) => wait(resolve, 1));
    }
  }
}

// The life of one call: it may be aborted, run out of time, or outlive its client. Whatever a call
// waits for, it waits in `run`: what ends the call ends the waiting, even where a `fetch` that someone
// passed in never settles.
import { create, READ_TIMEOUT } from "../error.js";

/** The longest time that `setTimeout` can count. */
const LONGEST_TIMER = 2 ** 31 - 1;

const timer = (seconds, callback) => setTimeout(callback, Math.min(seconds * 1000, LONGEST_TIMER));

export class Scope {
  /** Whether the call is over; what it waits for then rejects with the reason. */
  over = false;
  /** Whether that was for want of time. */
  timedOut = false;
  #name;
  #given;
  #timer;
  #controller = new AbortController();
  #reason;
  #waiting = [];

  /** Opens the scope of a call. A signal that is aborted already throws its reason. */
  constructor(state, name, signal, timeout) {
    this.state = state;
    this.#name = name;
    if (signal?.aborted) throw signal.reason;
    this.#given = signal;
    signal?.addEventListener("abort", this.#aborted);
    if (timeout) {
      this.#timer = timer(timeout, () => {
        this.timedOut = true;
        this.#late("timeout");
      });
    }
    state.running.add(this);
  }

  /** The signal to pass to `fetch`. */
  get signal() {
    return this.#controller.signal;
  }

  #aborted = () => this.end(this.#given.reason);

  #late(option) {
    this.end(create(READ_TIMEOUT, `${this.#name}: no answer within \`${option}\``));
  }

  /** Ends the call: what it waits for is aborted, and it rejects with `reason`. */
  end(reason) {
    this.over = true;
    this.#reason = reason;
    for (const reject of this.#waiting) reject(reason);
    this.#controller.abort(reason);
  }

  /** Waits for something for as long as the call lives. */
  run(work) {
    return new Promise((resolve, reject) => {
      if (this.over) reject(this.#reason);
      this.#waiting.push(reject);
      work.then(resolve, reject);
    });
  }

  /** The same, for at most as long as one request may take. */
  async request(work) {
    const due = timer(this.state.request_timeout, () => this.#late("request_timeout"));
    try {
      return await this.run(work);
    } finally {
      clearTimeout(due);
    }
  }

  /** Waits, for as long as the call lives. */
  async sleep(milliseconds) {
    let due;
    try {
      await this.run(
        new Promise((resolve) => {
          due = timer(milliseconds / 1000, resolve);
        }),
      );
    } finally {
      clearTimeout(due);
    }
  }

  /** The call has its result: nothing of it is left behind. */
  close() {
    clearTimeout(this.#timer);
    this.#given?.removeEventListener("abort", this.#aborted);
    this.state.running.delete(this);
  }
}

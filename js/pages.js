// @ts-check
// The protocol of async iterators. Not Rust: a JavaScript generator implements all of it.

/**
 * Yields the entries of the lists that `next` resolves to, until it resolves to undefined. Whenever the
 * loop ends, `next(true)` releases what the iterator holds.
 *
 * @param {(end: boolean) => Promise<unknown[] | undefined>} next
 */
export async function* generate(next) {
  try {
    for (;;) {
      const values = await next(false);
      if (values === undefined) return;
      yield* values;
    }
  } finally {
    await next(true);
  }
}

/**
 * Makes the result of a paginated method iterable: `for await (const status of timelineHome())`.
 *
 * @param {Promise<unknown>} promise
 * @param {(
 *   promise: Promise<unknown>,
 *   signal: AbortSignal | undefined,
 *   deadline: number,
 *   newer: boolean,
 * ) => AsyncIterator<unknown>} iterate
 * @param {AbortSignal | undefined} signal the signal of the call, which ends the loop too
 * @param {number} deadline when the call's `timeout` ends the loop, in milliseconds since 1970
 * @param {boolean} newer whether the loop goes on to newer pages, not to older ones
 */
export const makeIterable = (promise, iterate, signal, deadline, newer) =>
  Object.defineProperty(promise, Symbol.asyncIterator, {
    value: () => iterate(promise, signal, deadline, newer),
    configurable: true,
  });

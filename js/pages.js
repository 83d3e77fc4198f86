// @ts-check
// The protocol of async iterators. Not Rust: a generator of the engine does all of it.

/**
 * Yields the entries of the lists that `next` resolves to, until it resolves to undefined.
 *
 * @param {() => Promise<unknown[] | undefined>} next
 */
export async function* generate(next) {
  for (;;) {
    const values = await next();
    if (values === undefined) return;
    yield* values;
  }
}

/**
 * Makes the result of a paginated method iterable: `for await (const status of timelineHome())`.
 *
 * @param {Promise<unknown>} promise
 * @param {(client: number, promise: Promise<unknown>) => AsyncIterator<unknown>} iterate
 * @param {number} client
 */
export const makeIterable = (promise, iterate, client) =>
  Object.defineProperty(promise, Symbol.asyncIterator, {
    value: () => iterate(client, promise),
    configurable: true,
  });

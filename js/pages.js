// @ts-check
// The async iterator's protocol. Not Rust: a generator of the engine is all that it takes.

/**
 * Yields what `next` gives, a list at a time, until it gives none.
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
 * Lets what a paginated method returns be iterated: `for await (const status of timelineHome())`.
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

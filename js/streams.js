// @ts-check
// Well-known symbols, and promises that listeners return. Not Rust: wasm-bindgen names methods by texts,
// and each of these is one line of the engine's own.

/**
 * Gives the class of a stream its symbols: `for await (const event of stream)`, `using`. What was freed
 * would have nothing behind it any more: freeing closes instead.
 *
 * @param {any} stream
 */
export function completeStream({ constructor: { prototype } }) {
  prototype.release ??= prototype.free;
  prototype.free = prototype.close;
  prototype[Symbol.asyncIterator] = prototype.iterate;
  if (Symbol.dispose) prototype[Symbol.dispose] = prototype.close;
}

/**
 * Frees what the module holds of a stream that is over, now and not when the engine collects garbage.
 * What is left says that it is closed. Later, since a method of it may be running.
 *
 * @param {any} stream
 * @param {boolean} failed
 * @param {unknown} reason
 */
export function releaseStream(stream, failed, reason) {
  queueMicrotask(() => {
    stream.release();
    const iterate = async function* () {
      if (failed) throw reason;
      yield* [];
    };
    const close = () => {};
    const left = { state: "closed", close, free: close, iterate };
    for (const [name, value] of Object.entries(left))
      Object.defineProperty(stream, name, { value });
    Object.defineProperty(stream, Symbol.asyncIterator, { value: iterate });
    if (Symbol.dispose) Object.defineProperty(stream, Symbol.dispose, { value: close });
  });
}

/**
 * The same for the iterator.
 *
 * @param {any} iterator
 */
export function completeIterator({ constructor: { prototype } }) {
  prototype.free = prototype.return;
  /** @this {unknown} */
  prototype[Symbol.asyncIterator] = function () {
    return this;
  };
}

/**
 * Reports what a listener's promise rejects with.
 *
 * @param {unknown} result
 * @param {(cause: unknown, listener: unknown) => void} failed
 * @param {unknown} listener
 */
export const watch = (result, failed, listener) => {
  Promise.resolve(result).then(undefined, (cause) => failed(cause, listener));
};

/** For errors of sockets that were dropped: in Node, one that nobody listens to ends the process. */
export const ignore = () => {};

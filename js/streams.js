// @ts-check
// Well-known symbols, and the promises of listeners. Not Rust: wasm-bindgen cannot use a symbol as a method's
// name, and each of these is one line of JavaScript.

/**
 * Adds the symbols to the class of a stream, for `for await (const event of stream)` and `using`. A freed
 * object would refer to released memory, so `free` closes the stream instead.
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
 * Frees the memory of a closed stream, without waiting for the garbage collector. The object remains, in the
 * state `closed`. This happens in a microtask, because one of its methods may be running.
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
 * Adds the symbols to the class of an iterator, in the same way.
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
 * Reports the error if a listener's promise rejects.
 *
 * @param {unknown} result
 * @param {(cause: unknown, listener: unknown) => void} failed
 * @param {unknown} listener
 */
export const watch = (result, failed, listener) => {
  Promise.resolve(result).then(undefined, (cause) => failed(cause, listener));
};

/** Listens to errors of sockets that were dropped: in Node, an error without a listener ends the process. */
export const ignore = () => {};

// What every entry of the package is made of. The build joins this file, the glue that wasm-bindgen
// writes and the modules that Rust imports into one file.
import * as glue from "mastodon-wasm-glue";

export * from "mastodon-wasm-glue";
export {
  MastodonAPIError,
  MastodonBadGatewayError,
  MastodonError,
  MastodonGatewayTimeoutError,
  MastodonIllegalArgumentError,
  MastodonInternalServerError,
  MastodonIOError,
  MastodonMalformedEventError,
  MastodonNetworkError,
  MastodonNotFoundError,
  MastodonRatelimitError,
  MastodonReadTimeout,
  MastodonServerError,
  MastodonServiceUnavailableError,
  MastodonUnauthorizedError,
  MastodonVersionError,
} from "../src/error.js";

let loaded = false;
let loading;

/**
 * Loads the WebAssembly module once; later calls get the first one's promise. After a failure the
 * next call tries again.
 */
export function init(source = init.source?.()) {
  loading ??= load(source).catch((cause) => {
    loading = undefined;
    throw cause;
  });
  return loading;
}

async function load(source) {
  if (loaded) return;
  if (source === undefined) {
    throw new TypeError(
      "init() needs the WebAssembly module here: its URL, its bytes or a WebAssembly.Module",
    );
  }
  try {
    await glue.default({ module_or_path: source });
  } catch (cause) {
    const from = typeof source === "string" || source instanceof URL ? ` from ${source}` : "";
    throw new Error(`mastodon-wasm could not be loaded${from}: ${cause.message}`, { cause });
  }
  loaded = true;
}

/** The same at once, for runtimes that have the module or its bytes at hand. */
export function initSync(module) {
  if (loaded) return;
  glue.initSync({ module });
  loaded = true;
}

function ready() {
  if (!loaded) throw new Error("mastodon-wasm is not loaded yet: call `await init()` first");
}

// Before the module is there, the class would fail somewhere inside the glue.
export const Mastodon = new Proxy(glue.Mastodon, {
  construct(target, args, newTarget) {
    ready();
    return Reflect.construct(target, args, newTarget);
  },
  get(target, key, receiver) {
    const value = Reflect.get(target, key, receiver);
    if (loaded || key === "prototype" || !Object.hasOwn(target, key) || typeof value !== "function")
      return value;
    if (key === "connect") return (...args) => init().then(() => target.connect(...args));
    return ready;
  },
});
glue.Mastodon.prototype.constructor = Mastodon;

for (const [name, exported] of Object.entries(glue)) {
  const prototype = exported?.prototype;
  if (!prototype) continue;
  // Minifying took the names away that a console shows.
  Object.defineProperty(exported, "name", { value: name });
  if (typeof prototype.close !== "function") continue;
  // wasm-bindgen's `free()` takes the memory away at once, also from a call that is still running.
  // Ours ends the client or stream; its memory goes when the garbage collector finds it.
  prototype.free = prototype.close;
  if (Symbol.dispose) prototype[Symbol.dispose] = prototype.close;
}

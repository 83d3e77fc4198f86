// @ts-check
// The loader, used by every entry of the package. Not Rust: it loads the module. The build bundles this file,
// wasm-bindgen's glue and the files of js/ into one.
import { __wbg_set_wasm, Mastodon } from "mastodon-wasm-glue";
import imports from "mastodon-wasm-imports";
import { MastodonError } from "../js/errors.js";
import { setServer } from "../js/runtime.js";

export {
  MastodonAPIError,
  MastodonBadGatewayError,
  MastodonError,
  MastodonGatewayTimeoutError,
  MastodonIllegalArgumentError,
  MastodonInternalServerError,
  MastodonIOError,
  MastodonLoginError,
  MastodonMalformedEventError,
  MastodonNetworkError,
  MastodonNotFoundError,
  MastodonRatelimitError,
  MastodonReadTimeout,
  MastodonServerError,
  MastodonServiceUnavailableError,
  MastodonUnauthorizedError,
  MastodonVersionError,
} from "../js/errors.js";
export { Mastodon };

let loaded = false;
/** @type {Promise<void> | undefined} */
let loading;

// Until the module is loaded, any call into it throws an error that says what to do.
__wbg_set_wasm(
  new Proxy(
    {},
    {
      get() {
        throw new MastodonError("mastodon-wasm is not loaded yet: call `await init()` first");
      },
    },
  ),
);

/**
 * Loads the WebAssembly module once. Later calls return the promise of the first one. After a failure, the
 * next call tries again.
 *
 * @type {{ (source?: any): Promise<void>, source?: () => unknown }}
 */
export const init = (source) => {
  loading ??= load(source).catch((cause) => {
    loading = undefined;
    throw cause;
  });
  return loading;
};

/** @param {any} source */
async function load(source) {
  if (loaded) return;
  try {
    // A bundler may have left no valid URL, so this may throw.
    source ??= init.source?.();
    if (source !== undefined) return start(await instantiate(source));
  } catch (cause) {
    throw failure(cause, source);
  }
  throw new MastodonError(
    "init() needs the WebAssembly module here: its URL, its bytes or a WebAssembly.Module",
  );
}

/**
 * @param {unknown} cause
 * @param {unknown} source
 */
function failure(cause, source) {
  const from = typeof source === "string" || source instanceof URL ? ` from ${source}` : "";
  return new MastodonError(
    `mastodon-wasm could not be loaded${from}: ${/** @type {Error} */ (cause).message}. Where a bundler leaves the module behind, import "mastodon-wasm/inline"`,
    { cause },
  );
}

/** @param {any} source */
async function instantiate(source) {
  if (typeof source === "string" || source instanceof URL) source = fetch(source);
  source = await source;
  if (source instanceof Response) {
    if (!source.ok) throw new Error(`the server returned ${source.status}`);
    // Compiled while it is downloaded, if the server sends `application/wasm`.
    if (/^application\/wasm/.test(source.headers.get("content-type") ?? "")) {
      return (await WebAssembly.instantiateStreaming(source, imports)).instance;
    }
    source = await source.arrayBuffer();
  }
  const made = /** @type {any} */ (await WebAssembly.instantiate(source, imports));
  return made.instance ?? made;
}

/**
 * Loads the module synchronously, in runtimes that have the module or its bytes.
 *
 * @param {BufferSource | WebAssembly.Module} source
 * @param {boolean} [server] Whether this is a server runtime. The package's own entries set it.
 */
export function initSync(source, server) {
  if (loaded) return;
  if (server) setServer();
  try {
    const module = source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source);
    start(new WebAssembly.Instance(module, imports));
  } catch (cause) {
    throw failure(cause, source);
  }
}

/** @param {WebAssembly.Instance} instance */
function start({ exports }) {
  __wbg_set_wasm(exports);
  // Exists only if the module has start code.
  /** @type {any} */ (exports).__wbindgen_start?.();
  loaded = true;
}

// `connect` loads the module first, if it is not loaded yet.
const { connect } = Mastodon;
Mastodon.connect = async (/** @type {unknown} */ options) => {
  await init();
  return connect(options);
};

// A freed client would refer to released memory: calls on it must reject, not trap. The memory is released
// with the object.
Mastodon.prototype.free = Mastodon.prototype.close;
if (Symbol.dispose) Mastodon.prototype[Symbol.dispose] = Mastodon.prototype.close;
// Set again, because a minifier removes the name that consoles show.
Object.defineProperty(Mastodon, "name", { value: "Mastodon" });

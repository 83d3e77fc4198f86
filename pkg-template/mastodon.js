// What every entry of the package is made of. The build joins this file, the glue that wasm-bindgen
// writes and the modules that Rust imports into one file.
import { __wbg_set_wasm, StreamHub } from "mastodon-wasm-glue";
import imports from "mastodon-wasm-imports";
import { login } from "../src/auth/login.js";
import { connect, Mastodon, start as startClient } from "../src/client.js";
import { addStreams } from "../src/streaming/driver.js";

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
export { Mastodon };

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
    start(await instantiate(source));
  } catch (cause) {
    const from = typeof source === "string" || source instanceof URL ? ` from ${source}` : "";
    throw new Error(`mastodon-wasm could not be loaded${from}: ${cause.message}`, { cause });
  }
}

async function instantiate(source) {
  if (typeof source === "string" || source instanceof URL) source = fetch(source);
  source = await source;
  if (source instanceof Response) {
    if (!source.ok) throw new Error(`the server answered ${source.status}`);
    // Compiled while it arrives, where the server says what it is.
    if (/^application\/wasm/.test(source.headers.get("content-type"))) {
      return (await WebAssembly.instantiateStreaming(source, imports)).instance;
    }
    source = await source.arrayBuffer();
  }
  const made = await WebAssembly.instantiate(source, imports);
  return made.instance ?? made;
}

/** The same at once, for runtimes that have the module or its bytes at hand. */
export function initSync(source) {
  if (loaded) return;
  const module = source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source);
  start(new WebAssembly.Instance(module, imports));
}

function start({ exports }) {
  __wbg_set_wasm(exports);
  exports.__wbindgen_start();
  loaded = true;
  startClient(login);
  addStreams(Mastodon, StreamHub);
}

/** Loads the module first where that was not done yet. */
Mastodon.connect = async (options) => {
  await init();
  return connect(options);
};

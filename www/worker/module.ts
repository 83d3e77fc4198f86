// The WebAssembly module, kept by this worker: it starts often, and without the network, too.
import init from "mastodon-wasm-sandbox/glue.js";
import { provide } from "mastodon-wasm-sandbox/sandbox.js";

declare const self: ServiceWorkerGlobalScope;

const CACHE = "mastodon-wasm-demo";
const address = new URL(MODULE, self.registration.scope).href;

provide(() => init({ module_or_path: fetchModule() }));

/** Keeps the module, and no older one. */
export async function fetchModule(): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(address);
  if (kept) return kept;
  for (const old of await cache.keys()) await cache.delete(old);
  await cache.add(address);
  return (await cache.match(address)) ?? fetch(address);
}

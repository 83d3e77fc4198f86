/** Whether this is Cloudflare's runtime. */
export const isWorker = () => globalThis.navigator?.userAgent === "Cloudflare-Workers";

/** Whether this is a server's runtime, or a worker on the edge, and not a page of a browser. */
export const isServer = () =>
  isWorker() ||
  (!globalThis.document &&
    !!(globalThis.process?.versions?.node || globalThis.Deno || globalThis.Bun));

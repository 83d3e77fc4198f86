/** Whether this is a server's runtime, or a worker on the edge, and not a page of a browser. */
export const isServer = () =>
  globalThis.navigator?.userAgent === "Cloudflare-Workers" ||
  (!globalThis.document &&
    !!(globalThis.process?.versions?.node || globalThis.Deno || globalThis.Bun));

// @ts-check
// Which runtime this is. Not Rust: the package's entries know it, and set it before the module is loaded.

let server = !globalThis.location;

/** For the entries of Node, Deno, Bun and Workers. */
export function setServer() {
  server = true;
}

/** Whether this is a server's runtime, or a worker on the edge, and not a browser's. */
export const isServer = () => server;

/** Whether this is a page: what is sent from here may need a preflight. */
export const isPage = () => "document" in globalThis;

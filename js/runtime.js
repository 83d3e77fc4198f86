// @ts-check
// The kind of runtime. Not Rust: the package's entries know it, and set it before the module is loaded.

let server = !globalThis.location;

/** Called by the entries of Node, Deno, Bun and Workers. */
export function setServer() {
  server = true;
}

/** Whether this is a server runtime or an edge worker, not a browser. */
export const isServer = () => server;

/** Whether this is a page. Its requests may need a CORS preflight. */
export const isPage = () => "document" in globalThis;

// The messages between page and Service Worker, which are about sockets. Everything else is requests.

/** To the worker; a `MessagePort` comes with the first. */
export type ToWorker =
  | { kind: "socket"; id: string; url: string; protocols: string[] }
  /** These sockets are still open: a browser stops a worker without messages for half a minute. */
  | { kind: "alive"; ids: string[] }
  /** A page that was loaded past the worker (Shift and reload) wants it back. */
  | { kind: "claim" };

/** From the worker: it was ended meanwhile, and knows nothing of these sockets. */
export interface Lost {
  kind: "lost";
  ids: string[];
}

/** Through the port of a socket, to the worker. */
export type ToSocket =
  | { kind: "send"; data: string | ArrayBuffer }
  | { kind: "close"; code?: number };

/** Through the port of a socket, to the page. */
export type FromSocket =
  | { kind: "open"; protocol: string }
  | { kind: "message"; data: string }
  | { kind: "close"; code: number; wasClean: boolean };

/** How often a page says which sockets it still wants. */
export const ALIVE_EVERY = 5_000;

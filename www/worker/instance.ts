// The instance, and its state: restored if there is one, stored shortly after a change.
import { Sandbox } from "mastodon-wasm-sandbox";
import { readState, writeState } from "./state.ts";

declare const self: ServiceWorkerGlobalScope;

const WRITE_AFTER = 300;

/** Below this path of the worker's scope are the instance's own pages and files. */
const BELOW = new URL("instance", self.registration.scope);

/** The paths that clients request at the origin of an instance. */
const OF_ORIGIN = /^\/(api|oauth|\.well-known|nodeinfo)\//;

let starting: Promise<Sandbox> | undefined;

/** The instance, which starts with the first request. */
export function instance(): Promise<Sandbox> {
  starting ??= start().catch((error) => {
    starting = undefined;
    throw error;
  });
  return starting;
}

async function start(): Promise<Sandbox> {
  const sandbox = await Sandbox.start({ url: BELOW.href, life: true });
  try {
    const state = await readState();
    if (state) await sandbox.restore(state);
  } catch (error) {
    // A state of an older version, or no storage (a private window): the initial state.
    console.warn("the instance begins anew", error);
  }
  return sandbox;
}

/** Whether a request is for the instance; anything else is for the network. */
export function isForInstance(address: string): boolean {
  const { origin, pathname } = new URL(address);
  return (
    origin === BELOW.origin &&
    (pathname.startsWith(`${BELOW.pathname}/`) || OF_ORIGIN.test(pathname))
  );
}

let writing: Promise<void> | undefined;

/** Writes the state after a moment, for all changes until then. Resolves when it is written. */
export function keepState(): Promise<void> {
  writing ??= new Promise((resolve) => setTimeout(resolve, WRITE_AFTER)).then(async () => {
    writing = undefined;
    try {
      const sandbox = await instance();
      await writeState(await sandbox.snapshot());
    } catch (error) {
      console.warn("the state of the instance is not kept", error);
    }
  });
  return writing;
}

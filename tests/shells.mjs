// The sandbox in both of its shells, for suites that are run with each: behind a port, and in this process.
import { startSandbox } from "../scripts/sandbox.mjs";

export const SHELLS = { "behind a port": startSandbox, "in this process": startInProcess };

/** What `startSandbox` resolves to, and `client`: what a client of it needs besides. */
export async function startInProcess(options) {
  const { Sandbox } = await import("../pkg-sandbox/node.js");
  const sandbox = await Sandbox.start(options);
  return {
    url: sandbox.url,
    client: { fetch: sandbox.fetch, web_socket: sandbox.WebSocket },
    account: (name) => sandbox.people.find(({ username }) => username === name),
    control: (method, path, body) => sandbox.control(method, path, body),
    faults: (fault) => sandbox.faults(fault),
    clearFaults: () => sandbox.clearFaults(),
    reset: () => sandbox.reset(),
    stop: async () => sandbox.close(),
  };
}

// The sandbox in both of its shells, for suites that are run with each: behind a port, and in this process.
import { startSandbox } from "../scripts/sandbox.mjs";

/** Each starts a sandbox, of another kind where there is a `preset`. */
export const SHELLS = { "behind a port": startBehindPort, "in this process": startInProcess };

/**
 * What `startSandbox` resolves to, and what reaches it: `fetch` as the platform has it, and in `client` what
 * a client takes for that.
 */
async function startBehindPort({ preset } = {}) {
  const sandbox = await startSandbox({ args: preset ? ["--preset", preset] : [] });
  return { ...sandbox, fetch, client: {} };
}

export async function startInProcess(options = {}) {
  const { Sandbox } = await import("../pkg-sandbox/node.js");
  const sandbox = await Sandbox.start(options);
  return {
    url: sandbox.url,
    fetch: sandbox.fetch,
    client: { fetch: sandbox.fetch, web_socket: sandbox.WebSocket },
    account: (name) => sandbox.people.find(({ username }) => username === name),
    control: (method, path, body) => sandbox.control(method, path, body),
    faults: (fault) => sandbox.faults(fault),
    clearFaults: () => sandbox.clearFaults(),
    reset: () => sandbox.reset(),
    stop: async () => sandbox.close(),
  };
}

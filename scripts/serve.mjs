// Builds the demo page, and serves it with the headers that it needs (see www/vite.config.ts).
import path from "node:path";
import { ROOT } from "./run.mjs";

const WWW = path.join(ROOT, "www");

/** Builds www/dist, from www/ and the package in pkg/. */
export async function buildPage() {
  const { build } = await vite();
  await build({ root: WWW, configFile: path.join(WWW, "vite.config.ts"), logLevel: "warn" });
}

/**
 * Serves the built page on 127.0.0.1, on `port` or the next free one.
 *
 * `sandbox`: what `startSandbox()` resolved to; the page then offers to log in there. Resolves to
 * `{ url, stop }`.
 */
export async function servePage({ sandbox, port = 0 } = {}) {
  if (sandbox) {
    const { url, accounts } = sandbox;
    // www/vite.config.ts serves this to the page as /sandbox.json.
    process.env.MASTODON_SANDBOX = JSON.stringify({
      url,
      accounts: accounts.map(({ username, password, display_name }) => ({
        username,
        password,
        display_name,
      })),
    });
  }
  const { preview } = await vite();
  const server = await preview({
    root: WWW,
    configFile: path.join(WWW, "vite.config.ts"),
    logLevel: "warn",
    preview: { host: "127.0.0.1", port, strictPort: false, open: false },
  });
  const { port: taken } = server.httpServer.address();
  return { url: `http://127.0.0.1:${taken}/`, stop: () => server.close() };
}

// Imported late, because `npm start` loads this file before `npm ci` has run.
const vite = () => import("vite");

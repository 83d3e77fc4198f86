// Starts a sandbox, for tests and for `npm start`.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { capture, run } from "./run.mjs";

let binary;

/** Compiles the sandbox if it has changed. Resolves to the path of the program. */
export async function buildSandbox() {
  await run("cargo", ["build", "-p", "mastodon-sandbox", "--profile", "sandbox"]);
  return sandboxBinary();
}

/** The path of the program, which may not be built yet. */
export async function sandboxBinary() {
  if (!binary) {
    const metadata = await capture("cargo", ["metadata", "--format-version", "1", "--no-deps"]);
    const program = process.platform === "win32" ? "mastodon-sandbox.exe" : "mastodon-sandbox";
    binary = path.join(JSON.parse(metadata).target_directory, "sandbox", program);
  }
  return binary;
}

/**
 * Starts a sandbox on a free port of 127.0.0.1. It ends with `stop()`, and whenever this process
 * ends.
 *
 * Resolves to what the sandbox prints (`url`, `streaming_url`, `accounts` with `username`,
 * `password`, `access_token`, …) and
 * - `account(username)`: one of the accounts that can log in;
 * - `control(method, path, body?)`: calls an endpoint under `/sandbox` (see sandbox/README.md), and
 *   resolves to the parsed response;
 * - `faults(fault)`: injects a fault into requests; `clearFaults()` removes all;
 * - `reset()`: restores the initial state;
 * - `stop()`.
 */
export async function startSandbox({ life = false, args = [] } = {}) {
  const program = await sandboxBinary();
  if (!existsSync(program)) await buildSandbox();
  const flags = ["--json", "--until-stdin-closes", ...(life ? ["--life"] : []), ...args];
  const child = spawn(program, flags, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([
    new Promise((resolve) => lines.once("line", resolve)),
    new Promise((_, reject) => child.once("error", reject)),
    ended.then((status) => {
      throw new Error(`the sandbox ended with status ${status} before it was ready`);
    }),
  ]);
  // Nobody reads the rest, but a full pipe would block the sandbox.
  child.stdout.resume();
  const about = JSON.parse(first);

  async function control(method, path, body) {
    const response = await fetch(new URL(path, about.url), {
      method,
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  return {
    ...about,
    ended,
    account(username) {
      const account = about.accounts.find((candidate) => candidate.username === username);
      if (!account) throw new Error(`nobody in the sandbox is called ${username}`);
      return account;
    },
    control,
    faults: (fault) => control("POST", "/sandbox/faults", fault),
    clearFaults: () => control("DELETE", "/sandbox/faults"),
    reset: () => control("POST", "/sandbox/reset", {}),
    async stop() {
      child.stdin.end();
      const patience = setTimeout(() => child.kill("SIGKILL"), 3000);
      await ended;
      clearTimeout(patience);
    },
  };
}

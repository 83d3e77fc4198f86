// Throw-away projects with the package installed from its tarball, as users have it.
import { execFile, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile);
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SCENARIO = fileURLToPath(new URL("scenario.js", import.meta.url));
const QUIET = ["--no-audit", "--no-fund", "--loglevel=error"];

/** Packs pkg/ as `npm publish` would; resolves to npm's account of the tarball. */
export async function pack(folder) {
  const args = ["pack", path.join(ROOT, "pkg"), "--pack-destination", folder, "--json"];
  const { stdout } = await execute("npm", args);
  // An array up to npm 11, an object by package name from npm 12 on.
  return Object.values(JSON.parse(stdout))[0];
}

/**
 * Makes a project with the package installed, `scenario.js` and the files given (name → text).
 * Resolves to `{ folder, write, run, remove }`.
 */
export async function createProject(files = {}) {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "mastodon-wasm-"));
  const { filename } = await pack(folder);
  const write = (name, text) => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  write("package.json", JSON.stringify({ name: "project", private: true, type: "module" }));
  cpSync(SCENARIO, path.join(folder, "scenario.js"));
  for (const [name, text] of Object.entries(files)) write(name, text);
  // The package depends on nothing, so that no registry is needed.
  await execute("npm", ["install", "--offline", ...QUIET, `./${filename}`], { cwd: folder });
  return {
    folder,
    write,
    /** Runs a program here; resolves to what it prints. */
    async run(program, args, env) {
      const { stdout } = await execute(program, args, {
        cwd: folder,
        env: { ...process.env, ...env },
        timeout: 60_000,
      });
      return stdout;
    },
    /** Starts a program here that goes on running. */
    start: (program, args, options) => spawn(program, args, { cwd: folder, ...options }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Where the sandbox is and who asks, for `scenario`. */
export function caller(sandbox) {
  return { url: sandbox.url, access_token: sandbox.account("mina").access_token };
}

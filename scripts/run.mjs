// Runs other programs, with their output shown or captured. All of them end with this process.
import { AsyncResource } from "node:async_hooks";
import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

const running = new Set();

process.on("exit", () => {
  for (const end of running) end("SIGTERM");
});
// By default, a signal would end this process without the `exit` event above.
for (const [signal, status] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
]) {
  process.on(signal, () => process.exit(status));
}

// npm may be killed by a signal that it cannot forward. (Its shell forwards nothing, so scripts in
// package.json use `exec`.)
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || process.exit(143), 300).unref();
}

/**
 * Runs a program and resolves to `{ code, output }`; `output` is stdout and stderr together.
 *
 * `show`: print the output as it arrives (default: yes). `check`: reject if the exit status is not
 * 0 (default: yes). `limit`: the timeout in milliseconds. It ends the program and everything that
 * it started, and adds a line to the output.
 */
export function run(
  program,
  args = [],
  { cwd = ROOT, env, show = true, check = true, limit } = {},
) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      // A separate process group, so that all of it can be ended.
      detached: limit !== undefined,
    });
    const end = (signal) => {
      try {
        if (limit === undefined) child.kill(signal);
        else process.kill(-child.pid, signal);
      } catch {
        // it has ended
      }
    };
    running.add(end);
    let output = "";
    // Keeps the async context of the caller, which decides where the output goes
    // (scripts/steps.mjs).
    const add = AsyncResource.bind((text, to) => {
      output += text;
      if (show) to.write(text);
    });
    const collect = (stream, to) => {
      stream.setEncoding("utf8");
      stream.on("data", (text) => add(text, to));
    };
    collect(child.stdout, process.stdout);
    collect(child.stderr, process.stderr);
    let late = false;
    const timer =
      limit !== undefined &&
      setTimeout(() => {
        late = true;
        add(`\n${path.basename(program)}: not done after ${duration(limit)}\n`, process.stderr);
        end("SIGTERM");
        setTimeout(end, 10_000, "SIGKILL").unref();
      }, limit);
    const ended = () => {
      running.delete(end);
      clearTimeout(timer);
    };
    child.on("error", (error) => {
      ended();
      if (check) reject(error);
      else resolve({ code: 127, output: String(error) });
    });
    child.on("close", (status, signal) => {
      ended();
      const code = late ? 124 : (status ?? 1);
      if (!check || code === 0) return resolve({ code, output });
      const why = signal ? `was ended by ${signal}` : `ended with status ${code}`;
      const error = new Error(`${[path.basename(program), ...args].join(" ")} ${why}`);
      error.output = output;
      reject(error);
    });
  });
}

/** The output of a program, trimmed; `undefined` if it is missing or fails. */
export async function capture(program, args = [], options = {}) {
  const { code, output } = await run(program, args, { ...options, show: false, check: false });
  return code === 0 ? output.trim() : undefined;
}

/** The full path of a program in the PATH. */
export function which(program) {
  for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
    if (!folder) continue;
    const file = path.join(folder, program);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // the next folder
    }
  }
  return undefined;
}

/** Adds a folder at the front of the PATH of all programs started from now on. */
export function prependPath(folder) {
  process.env.PATH = `${folder}${path.delimiter}${process.env.PATH ?? ""}`;
}

/** `1.2 s`, `3 min 4 s` */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

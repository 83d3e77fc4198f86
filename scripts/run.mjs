// Runs other programs: with their output shown, or captured; none outlives this process.
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
// A signal's default action would end this process without the event above.
for (const [signal, status] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
]) {
  process.on(signal, () => process.exit(status));
}

// npm may be ended in a way that it cannot pass on. (Its shell would not pass anything on: that is
// what `exec` in package.json is for.)
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || process.exit(143), 300).unref();
}

/**
 * Runs a program and resolves to `{ code, output }`; `output` is stdout and stderr together.
 *
 * `show`: pass the output on while it comes (default: yes). `check`: reject when the exit status is
 * not 0 (default: yes). `limit`: after so many milliseconds it is ended, with all that it started, and
 * the output says so.
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
      // A group of its own, to be ended as a whole.
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
    // Where this was called from decides where it is shown (scripts/steps.mjs).
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

/** What a program prints, trimmed; `undefined` when it is not there or fails. */
export async function capture(program, args = [], options = {}) {
  const { code, output } = await run(program, args, { ...options, show: false, check: false });
  return code === 0 ? output.trim() : undefined;
}

/** The full path of a program on the PATH. */
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

/** Puts a folder in front of the PATH of everything that this process starts. */
export function prependPath(folder) {
  process.env.PATH = `${folder}${path.delimiter}${process.env.PATH ?? ""}`;
}

/** `1.2 s`, `3 min 4 s` */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

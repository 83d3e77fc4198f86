// Installs the missing tools of a build, and prints what it installs. It uses only Node, because it
// runs before `npm install`.
//
// Tools are installed into .cache/tools of the repository, so none of your own are replaced.
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { capture, duration, prependPath, ROOT, run, which } from "./run.mjs";

const TOOLS = path.join(ROOT, ".cache", "tools");
const WASM_TARGET = "wasm32-unknown-unknown";
/** 0.15 is the first version that accepts `omit-default-module-path`. */
const WASM_PACK = "0.15.1";
const CARGO_FUZZ = "0.13.1";

const say = (text) => console.log(`setup: ${text}`);

/** Installs everything that `build` needs. */
export async function setup() {
  checkNode();
  await rust();
  prependPath(path.join(ROOT, "node_modules", ".bin"));
  prependPath(path.join(TOOLS, "bin"));
  // The packages are downloaded while the tools are compiled.
  await Promise.all([
    npmPackages(
      ".",
      "about 500 MB, mostly the WebAssembly optimiser and the Workers runtime of the tests",
    ),
    tools(),
  ]);
}

async function tools() {
  await cargoTool(
    "wasm-bindgen-cli",
    "wasm-bindgen",
    wasmBindgenVersion(),
    (found, wanted) => found === wanted,
  );
  await cargoTool("wasm-pack", "wasm-pack", WASM_PACK, sameMinorOrNewer);
}

/** Installs everything that fuzzing needs. */
export async function setupFuzzing() {
  await rust();
  if (!which("c++")) {
    throw new Error(
      "libFuzzer is C++: install your system's compiler (Debian, Ubuntu: apt-get install g++)",
    );
  }
  prependPath(path.join(TOOLS, "bin"));
  await cargoTool("cargo-fuzz", "cargo-fuzz", CARGO_FUZZ, sameMinorOrNewer);
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Node 20.19 or later is needed; this is ${process.versions.node}`);
  }
}

async function rust() {
  if (!which("rustup") && !which("cargo")) {
    throw new Error("Rust is missing: install rustup from https://rustup.rs and run this again");
  }
  const wanted = cargoToml().match(/^rust-version = "(.+)"$/m)[1];
  const found = (await capture("rustc", ["--version"]))?.match(/^rustc (\S+)/)?.[1];
  if (!found || !sameMinorOrNewer(found, wanted)) {
    say(
      `Rust ${wanted} or later is needed (here: ${found ?? "none"}): rustup toolchain install stable`,
    );
    const add = [
      "--profile",
      "minimal",
      "-c",
      "rustfmt",
      "-c",
      "clippy",
      "-c",
      "rust-src",
      "-t",
      WASM_TARGET,
    ];
    await run("rustup", ["toolchain", "install", "stable", ...add]);
    process.env.RUSTUP_TOOLCHAIN = "stable";
  }
  if (process.platform === "linux" && !which("cc")) {
    throw new Error(
      "Rust needs a C linker, and there is no `cc` here: install your system's C compiler " +
        "(Debian, Ubuntu: apt-get install gcc libc6-dev) and run this again",
    );
  }
  const sysroot = await capture("rustc", ["--print", "sysroot"]);
  if (!existsSync(path.join(sysroot, "lib", "rustlib", WASM_TARGET))) {
    say(`rustup target add ${WASM_TARGET}`);
    await run("rustup", ["target", "add", WASM_TARGET]);
  }
  if (!existsSync(path.join(sysroot, "lib", "rustlib", "src", "rust", "library"))) {
    say("rustup component add rust-src (the package is built with a standard library of its own)");
    await run("rustup", ["component", "add", "rust-src"]);
  }
}

/** Running installations, by folder: steps that run at the same time may need the same one. */
const installing = new Map();

/** Runs `npm ci` in a folder if its packages are missing, or older than its lock file. */
export function npmPackages(folder, about) {
  if (!installing.has(folder)) {
    const done = installPackages(folder, about).finally(() => installing.delete(folder));
    installing.set(folder, done);
  }
  return installing.get(folder);
}

async function installPackages(folder, about) {
  const at = path.join(ROOT, folder);
  const lock = path.join(at, "package-lock.json");
  // npm writes this file at the end of an installation.
  const installed = path.join(at, "node_modules", ".package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  say(`npm ci${folder === "." ? "" : ` in ${folder}`} (${about})`);
  // Vite, which builds the page in this process, leaves NODE_ENV=production behind.
  const quiet = ["--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  // Never `npm install`: it accepts packages that are not in the lock file or were replaced since.
  try {
    await run("npm", ["ci", ...quiet], { cwd: at });
  } catch (error) {
    const where = folder === "." ? "" : ` in ${folder}`;
    throw new Error(
      `${error.message}. If package.json was changed${where}, \`npm install\` there brings the lock ` +
        "file up to date; a package whose hash differs is none to install",
    );
  }
}

async function cargoTool(crate, program, wanted, isGood) {
  const found = (await capture(program, ["--version"]))?.match(/\d+\.\d+\.\d+/)?.[0];
  if (found && isGood(found, wanted)) return;
  say(
    `cargo install ${crate} ${wanted} into .cache/tools (here: ${found ?? "none"}); takes a few minutes, once`,
  );
  const begin = Date.now();
  const build = path.join(TOOLS, "build");
  const install = (...flags) =>
    run(
      "cargo",
      ["install", crate, "--version", wanted, "--root", TOOLS, "--force", "--quiet", ...flags],
      {
        env: {
          // Tools that run for a second do not need minutes of optimization.
          CARGO_PROFILE_RELEASE_OPT_LEVEL: "1",
          CARGO_PROFILE_RELEASE_LTO: "off",
          CARGO_PROFILE_RELEASE_CODEGEN_UNITS: "16",
          CARGO_TARGET_DIR: build,
        },
      },
    );
  try {
    await install("--locked");
  } catch (error) {
    // A tool's lock file may name a version that is no longer in the registry.
    if (!/failed to select a version|no matching package/.test(error.output ?? "")) throw error;
    say(`the lock file of ${crate} cannot be resolved: its dependencies are taken as they are now`);
    await install();
  }
  rmSync(build, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  say(`${crate} installed in ${duration(Date.now() - begin)}`);
}

/** The command line tool and the crate must have the same version. */
function wasmBindgenVersion() {
  const lock = readFileSync(path.join(ROOT, "Cargo.lock"), "utf8");
  return lock.match(/name = "wasm-bindgen"\nversion = "(.+)"/)[1];
}

function cargoToml() {
  return readFileSync(path.join(ROOT, "Cargo.toml"), "utf8");
}

function sameMinorOrNewer(found, wanted) {
  const [a, b] = [found, wanted].map((version) => version.split(".").map(Number));
  return a[0] === b[0] ? a[1] >= b[1] : a[0] > b[0];
}

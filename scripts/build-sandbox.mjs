// `npm run build:sandbox`: builds the sandbox as WebAssembly, as the npm package
// `mastodon-wasm-sandbox` in pkg-sandbox/.
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { FEATURES, fingerprint, version } from "./build.mjs";
import { capture, duration, ROOT, run } from "./run.mjs";
import { setup } from "./setup.mjs";

const at = (...names) => path.join(ROOT, ...names);
const CRATE = "mastodon_wasm_sandbox";
const OUT = at("pkg-sandbox");

/** The file with the digest of the inputs of pkg-sandbox/. */
const STAMP = at("build", "sandbox-inputs");

/** Builds the package. With `ifChanged`, only if an input has changed since the last build. */
export async function buildSandboxPackage({ ifChanged = false } = {}) {
  const begin = Date.now();
  await setup();
  const inputs = await fingerprint(
    ["src", "js", "sandbox/src", "sandbox/wasm"],
    ["sandbox/Cargo.toml", "scripts/build-sandbox.mjs"],
  );
  if (ifChanged && existsSync(OUT) && existsSync(STAMP) && readFileSync(STAMP, "utf8") === inputs) {
    console.log("build:sandbox: pkg-sandbox/ is up to date");
    return;
  }
  rmSync(STAMP, { force: true });
  const target = "wasm32-unknown-unknown";
  // Separate from the target folder of `cargo test`, because the enabled features differ.
  const env = {
    CARGO_TARGET_DIR: at("target", "sandbox-package"),
    CARGO_ENCODED_RUSTFLAGS: await remapped(),
  };
  const crate = ["-p", "mastodon-wasm-sandbox", "--profile", "sandbox-package", "--target", target];
  await run("cargo", ["build", ...crate], { env });
  const module = at("target", "sandbox-package", target, "sandbox-package", `${CRATE}.wasm`);
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT);
  cpSync(at("sandbox", "wasm", "package"), OUT, { recursive: true });
  await run("wasm-bindgen", [module, "--target", "web", "--out-dir", OUT, "--out-name", "glue"]);
  const glue = path.join(OUT, "glue_bg.wasm");
  const strip = ["--strip-debug", "--strip-producers"];
  await run("wasm-opt", ["-Os", ...strip, ...FEATURES, glue, "-o", glue]);

  for (const name of ["LICENSE-MIT", "LICENSE-APACHE"])
    copyFileSync(at(name), path.join(OUT, name));
  const manifest = JSON.parse(readFileSync(path.join(OUT, "package.json"), "utf8"));
  manifest.version = version("sandbox/wasm/Cargo.toml");
  writeFileSync(path.join(OUT, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  mkdirSync(at("build"), { recursive: true });
  writeFileSync(STAMP, inputs);
  const bytes = readFileSync(glue);
  const kilobytes = (count) => `${Math.round(count / 1024)} KB`;
  console.log(
    `pkg-sandbox/ is ready: ${kilobytes(bytes.length)} of WebAssembly, ` +
      `${kilobytes(gzipSync(bytes, { level: 9 }).length)} gzip -9; ${duration(Date.now() - begin)}`,
  );
}

/** Panic messages contain paths of source files; removes the folders of this machine from them. */
async function remapped() {
  const cargo = process.env.CARGO_HOME ?? path.join(homedir(), ".cargo");
  const sysroot = (await capture("rustc", ["--print", "sysroot"])).trim();
  const folders = {
    [ROOT]: ".",
    [path.join(cargo, "registry", "src")]: "crates",
    [sysroot]: "rust",
  };
  const flags = Object.entries(folders).map(([from, to]) => `--remap-path-prefix=${from}=${to}`);
  const given = process.env.RUSTFLAGS?.split(" ").filter(Boolean) ?? [];
  return [...given, ...flags].join("\u001f");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildSandboxPackage().catch((error) => {
    console.error(`build:sandbox: ${error.message}`);
    process.exit(1);
  });
}

// Examples in Rust, built where they are, as their READMEs say; what is built lies in target/examples.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { ROOT, run } from "../../scripts/run.mjs";

const TARGET = "wasm32-unknown-unknown";
const CARGO_TARGET_DIR = path.join(ROOT, "target", "examples");

/**
 * Builds an example into `out` (a folder) and makes its module small; resolves to its bytes, as they are
 * and after gzip -9.
 */
export async function buildRust(name, out) {
  const example = path.join(ROOT, "examples", name);
  const flags = ["--release", "--locked", "--target", TARGET];
  await run("cargo", ["build", ...flags], { cwd: example, env: { CARGO_TARGET_DIR } });
  const file = name.replaceAll("-", "_");
  // A program keeps its name, a library gets underscores.
  const built = path.join(CARGO_TARGET_DIR, TARGET, "release");
  const wasm = path.join(built, name === "rust-worker" ? `${file}.wasm` : `${name}.wasm`);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await run("wasm-bindgen", ["--target", "web", "--no-typescript", "--out-dir", out, wasm]);
  const module = path.join(out, path.basename(wasm).replace(".wasm", "_bg.wasm"));
  await run("wasm-opt", ["-Oz", module, "-o", module]);
  const bytes = readFileSync(module);
  const size = { bytes: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
  console.log(`${name}: ${size.bytes} bytes, ${size.gzip} after gzip -9`);
  return size;
}

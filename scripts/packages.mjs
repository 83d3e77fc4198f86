// The packages for the site and the demo. Existing ones are used as they are, so with the published
// ones in pkg/ and pkg-sandbox/, Rust is not needed. Missing ones are built.
import { existsSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./run.mjs";

const there = (file) => existsSync(path.join(ROOT, file));

/** Builds the missing packages. */
export async function needPackages() {
  if (!there("pkg/index.d.ts")) {
    const { build } = await import("./build.mjs");
    await build({ ifChanged: true });
  }
  if (!there("pkg-sandbox/glue_bg.wasm")) {
    const { buildSandboxPackage } = await import("./build-sandbox.mjs");
    await buildSandboxPackage({ ifChanged: true });
  }
}

// The packages that the site and the demo are made from: taken as they are where they are, so that whoever
// unpacks the published ones into pkg/ and pkg-sandbox/ needs no Rust; else built.
import { existsSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./run.mjs";

const there = (file) => existsSync(path.join(ROOT, file));

/** Builds those that are not there. */
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

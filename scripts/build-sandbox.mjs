// `npm run build:sandbox`: the sandbox as WebAssembly becomes the npm package `mastodon-wasm-sandbox` in
// pkg-sandbox/.
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { duration, ROOT, run } from "./run.mjs";
import { setup } from "./setup.mjs";

const at = (...names) => path.join(ROOT, ...names);
const CRATE = "mastodon_wasm_sandbox";
const OUT = at("pkg-sandbox");

export async function buildSandboxPackage() {
  const begin = Date.now();
  await setup();
  const target = "wasm32-unknown-unknown";
  // Apart from what `cargo test` compiles, since other features are on.
  const env = { CARGO_TARGET_DIR: at("target", "sandbox-package") };
  const crate = ["-p", "mastodon-wasm-sandbox", "--profile", "sandbox-package", "--target", target];
  await run("cargo", ["build", ...crate], { env });
  const module = at("target", "sandbox-package", target, "sandbox-package", `${CRATE}.wasm`);
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT);
  cpSync(at("sandbox", "wasm", "package"), OUT, { recursive: true });
  await run("wasm-bindgen", [module, "--target", "web", "--out-dir", OUT, "--out-name", "glue"]);
  const glue = path.join(OUT, "glue_bg.wasm");
  const features = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
  ];
  const more = ["--enable-mutable-globals", "--enable-multivalue", "--enable-reference-types"];
  await run("wasm-opt", [
    "-Os",
    "--strip-debug",
    "--strip-producers",
    ...features,
    ...more,
    glue,
    "-o",
    glue,
  ]);

  for (const name of ["LICENSE-MIT", "LICENSE-APACHE"])
    copyFileSync(at(name), path.join(OUT, name));
  const manifest = JSON.parse(readFileSync(path.join(OUT, "package.json"), "utf8"));
  const toml = readFileSync(at("sandbox", "wasm", "Cargo.toml"), "utf8");
  manifest.version = toml.match(/^version = "(.+)"$/m)[1];
  writeFileSync(path.join(OUT, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  const bytes = readFileSync(glue);
  const kilobytes = (count) => `${Math.round(count / 1024)} KB`;
  console.log(
    `pkg-sandbox/ is ready: ${kilobytes(bytes.length)} of WebAssembly, ` +
      `${kilobytes(gzipSync(bytes, { level: 9 }).length)} gzip -9; ${duration(Date.now() - begin)}`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildSandboxPackage().catch((error) => {
    console.error(`build:sandbox: ${error.message}`);
    process.exit(1);
  });
}

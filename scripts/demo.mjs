// `npm run demo`: the demo page as static files, with its instance in a Service Worker.
//
//   npm run demo                  builds it into build/demo and serves it
//   npm run demo -- --port 4000   at this port; default: 8083, or the next free one
//   npm run demo -- --build       only builds it, for any static host and any path
import { createHash } from "node:crypto";
import { copyFileSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { needPackages } from "./packages.mjs";
import { portOf } from "./port.mjs";
import { duration, ROOT } from "./run.mjs";

const PORT = 8083;
const WWW = path.join(ROOT, "www");
const WORKER = path.join(WWW, "worker");
const SANDBOX = path.join(ROOT, "pkg-sandbox");

export const DEMO = path.join(ROOT, "build", "demo");

const vitePlace = {
  root: WWW,
  configFile: path.join(WWW, "vite.config.ts"),
  mode: "demo",
  logLevel: "warn",
};

/** Builds the demo into build/demo. */
export async function buildDemo() {
  const vite = await import("vite");
  const esbuild = await import("esbuild");
  await vite.build({ ...vitePlace, build: { outDir: DEMO, emptyOutDir: true } });
  const module = readFileSync(path.join(SANDBOX, "glue_bg.wasm"));
  const hash = createHash("sha256").update(module).digest("hex").slice(0, 12);
  const name = `assets/sandbox-${hash}.wasm`;
  copyFileSync(path.join(SANDBOX, "glue_bg.wasm"), path.join(DEMO, name));
  await esbuild.build({
    entryPoints: [path.join(WORKER, "service-worker.ts")],
    outfile: path.join(DEMO, "service-worker.js"),
    bundle: true,
    minify: true,
    // A single classic script, because not all browsers support modules as Service Workers.
    format: "iife",
    target: "es2022",
    logLevel: "error",
    alias: {
      "mastodon-wasm-sandbox": path.join(SANDBOX, "sandbox.js"),
      "mastodon-wasm-sandbox/sandbox.js": path.join(SANDBOX, "sandbox.js"),
      "mastodon-wasm-sandbox/glue.js": path.join(SANDBOX, "glue.js"),
    },
    define: { MODULE: JSON.stringify(name), "import.meta.url": "self.location.href" },
  });
}

/** The total size of what a visitor loads, compressed as hosts send it. */
function weigh() {
  const files = readdirSync(DEMO, { recursive: true })
    .map((name) => path.join(DEMO, name))
    .filter((file) => statSync(file).isFile());
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
}

async function demo() {
  const { values } = parseArgs({
    options: { build: { type: "boolean" }, port: { type: "string" } },
  });
  const port = portOf(values.port);
  const begin = Date.now();
  await needPackages();
  await buildDemo();
  console.log(
    `demo: ${path.relative(ROOT, DEMO)}/, ${Math.round(weigh() / 1024)} KB gzip -9, built in ${duration(Date.now() - begin)}`,
  );
  if (values.build) return;

  const { preview } = await import("vite");
  const server = await preview({
    ...vitePlace,
    build: { outDir: DEMO },
    preview: { host: "127.0.0.1", port: port ?? PORT, strictPort: port !== undefined, open: false },
  });
  const address = server.httpServer.address();
  console.log(`\n  Demo   http://127.0.0.1:${address.port}/\n\nStop with Ctrl-C.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await demo().catch((error) => {
    console.error(`demo: ${error.message}`);
    process.exit(1);
  });
}

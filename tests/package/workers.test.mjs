// Cloudflare Workers: bundled as wrangler does it, run by the real runtime.
import assert from "node:assert/strict";
import { once } from "node:events";
import { copyFileSync, mkdirSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, it } from "node:test";
import { build } from "esbuild";
import workerd from "workerd";
import { startSandbox } from "../../scripts/sandbox.mjs";
import { caller, createProject } from "./project.mjs";
import { expected } from "./scenario.js";

const WORKER = `
import * as library from "mastodon-wasm";
import { scenario } from "./scenario.js";

// At module scope, where Workers allow neither requests nor timers nor random numbers.
const mastodon = new library.Mastodon({ api_base_url: "https://mastodon.example" });

export default {
  async fetch(request, env) {
    return Response.json(await scenario(library, JSON.parse(env.CALLER)));
  },
};
`;

const config = (bindings) => `
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "dist/worker.js"),
    (name = "mastodon_wasm_bg.wasm", wasm = embed "dist/mastodon_wasm_bg.wasm"),
  ],
  bindings = [${Object.entries(bindings)
    .map(([name, text]) => `(name = "${name}", text = ${JSON.stringify(text)})`)
    .join(", ")}],
  compatibilityDate = "2025-01-01",
);
`;

describe("in a Worker", () => {
  let sandbox;
  let project;
  let server;
  let url;

  before(async () => {
    sandbox = await startSandbox();
    project = await createProject({
      "worker.js": WORKER,
      "config.capnp": config({ CALLER: JSON.stringify(caller(sandbox)) }),
    });
    await bundle(project.folder);
    server = project.start(workerd.default, ["serve", "config.capnp", "--control-fd=3"], {
      stdio: ["ignore", "inherit", "inherit", "pipe"],
    });
    const [line] = await Promise.race([
      once(createInterface({ input: server.stdio[3] }), "line"),
      once(server, "exit").then(([status]) => assert.fail(`workerd ended with status ${status}`)),
    ]);
    url = `http://127.0.0.1:${JSON.parse(line).port}/`;
  });
  after(async () => {
    server?.kill();
    await sandbox?.stop();
    project?.remove();
  });

  it("loads, asks and gets a typed error", async () => {
    const response = await fetch(url);
    assert.equal(response.status, 200, await response.clone().text());
    assert.deepEqual(await response.json(), expected);
  });
});

/** As wrangler: the condition `workerd`, and a .wasm that is imported becomes a module of its own. */
async function bundle(folder) {
  const wasm = {
    name: "wasm",
    setup(builder) {
      builder.onResolve({ filter: /\.wasm$/ }, ({ path: name, resolveDir }) => {
        const file = path.basename(name);
        mkdirSync(path.join(folder, "dist"), { recursive: true });
        copyFileSync(path.join(resolveDir, name), path.join(folder, "dist", file));
        return { path: `./${file}`, external: true };
      });
    },
  };
  await build({
    absWorkingDir: folder,
    entryPoints: ["worker.js"],
    outdir: "dist",
    bundle: true,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    platform: "neutral",
    plugins: [wasm],
    logLevel: "warning",
  });
}

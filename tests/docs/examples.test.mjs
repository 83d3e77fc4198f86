// The code in the documentation: all of it compiles, and what says so runs and prints what it says.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { transformSync } from "esbuild";
import ts from "typescript";
import { ROOT } from "../../scripts/run.mjs";
import { sandboxBinary, startSandbox } from "../../scripts/sandbox.mjs";
import { blocksOf, FOLDER, PAGES, write } from "./blocks.mjs";

const execute = promisify(execFile);
const SERVER = "https://mastodon.social";
const blocks = PAGES.flatMap(blocksOf);

before(() => write(blocks));

describe("the code in the documentation", () => {
  it("compiles", () => {
    const files = blocks.filter(({ run }) => run !== "run unchecked").map(({ file }) => file);
    assert.ok(files.length > 0);
    assert.deepEqual(compile(files), []);
  });
});

/** The codes of "implicitly has an 'any' type", no mistake in JavaScript: `async scheduled(event, env)`. */
const isImplicitAny = ({ code, file }) =>
  code >= 7000 && code < 7100 && file?.fileName.endsWith(".js");

/** What TypeScript has to say against the files, with page and line. */
function compile(files) {
  const program = ts.createProgram(
    ["globals.d.ts", ...files].map((file) => path.join(FOLDER, file)),
    {
      strict: true,
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
      types: ["node"],
      typeRoots: [path.join(ROOT, "node_modules/@types")],
      allowJs: true,
      checkJs: true,
      noEmit: true,
    },
  );
  const faults = ts.getPreEmitDiagnostics(program).filter((fault) => !isImplicitAny(fault));
  return faults.map(({ file, start, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, "\n");
    const block = blocks.find(
      (candidate) => candidate.file === path.basename(file?.fileName ?? ""),
    );
    if (!block) return `${file?.fileName}: ${text}`;
    return `${block.page}:${block.line + file.getLineAndCharacterOfPosition(start).line}: ${text}`;
  });
}

describe("what the documentation runs", () => {
  let sandbox;
  before(async () => {
    sandbox = await startSandbox();
    writeFileSync(path.join(FOLDER, "prelude.mjs"), PRELUDE);
  });
  after(() => sandbox?.stop());

  for (const block of blocks.filter(({ run }) => run)) {
    it(`${block.page}:${block.line} (${block.run})`, async () => {
      await sandbox.reset();
      if (block.run === "run life") {
        await sandbox.control("POST", "/sandbox/life", { on: true, every_ms: 300 });
      }
      const printed = await run(block, sandbox);
      if (block.code.includes("env.KV.put")) assert.match(printed, /^kept \w+ \d+$/m);
      if (block.output === undefined) return;
      const pattern = block.output.trim().split("…").map(escaped).join(".*");
      assert.match(printed.trim(), new RegExp(`^${pattern}$`, "s"));
    });
  }
});

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Runs a block in a process of its own; resolves to what it prints. */
async function run({ file, code, run: mark }, sandbox) {
  const name = file.replace(/\.[tj]s$/, "");
  const put = (suffix, text) => {
    writeFileSync(path.join(FOLDER, name + suffix), text);
    return path.join(FOLDER, name + suffix);
  };
  const source = transformSync(code.replaceAll(SERVER, sandbox.url), { loader: "ts" }).code;
  let program = put(".run.mjs", source);
  if (mark === "run worker") program = put(".worker.mjs", asWorker(`./${name}.run.mjs`));
  const { access_token } = sandbox.account("mina");
  // A test in the documentation is to print what it prints by itself.
  const { NODE_TEST_CONTEXT, ...environment } = process.env;
  const prelude = path.join(FOLDER, "prelude.mjs");
  const { stdout } = await execute(process.execPath, ["--import", prelude, program], {
    cwd: FOLDER,
    timeout: 20_000,
    env: {
      ...environment,
      MASTODON_URL: sandbox.url,
      MASTODON_TOKEN: access_token,
      // Where `mastodon-sandbox` is.
      PATH: `${path.dirname(await sandboxBinary())}${path.delimiter}${process.env.PATH}`,
    },
  });
  return stdout;
}

const PRELUDE = `
import WebSocket from "ws";
import { Mastodon } from "mastodon-wasm";

globalThis.WebSocket ??= WebSocket;
globalThis.mastodon = new Mastodon({
  api_base_url: process.env.MASTODON_URL,
  access_token: process.env.MASTODON_TOKEN,
});
[globalThis.post] = await mastodon.timelineHome({ limit: 1 });
`;

/** A program that calls a Worker's module as the runtime does. */
const asWorker = (module) => `
import worker from "${module}";

const kept = new Map();
const env = {
  INSTANCE: process.env.MASTODON_URL,
  TOKEN: process.env.MASTODON_TOKEN,
  KV: {
    get: async (key) => kept.get(key) ?? null,
    put: async (key, value) => void kept.set(key, value),
    delete: async (key) => void kept.delete(key),
  },
};
const context = { waitUntil() {}, passThroughOnException() {} };
await worker.scheduled?.({ cron: "* * * * *", scheduledTime: Date.now() }, env, context);
const answer = await worker.fetch?.(new Request("https://worker.example/"), env, context);
for (const [key, value] of kept) console.log("kept", key, value);
if (answer) console.log(answer.status, await answer.text());
`;

describe("links in the documentation", () => {
  const linked = [...PAGES, "CONTRIBUTING.md", "CHANGELOG.md", "sandbox/README.md"];
  for (const page of linked.filter((file) => existsSync(path.join(ROOT, file)))) {
    it(`of ${page} lead somewhere`, () => {
      const text = readFileSync(path.join(ROOT, page), "utf8").replace(/^```[\s\S]*?^```/gm, "");
      const broken = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, target]) => target)
        .filter((target) => !/^(https?:|#|mailto:)/.test(target))
        .filter((target) => {
          const [file] = target.split("#");
          return !existsSync(path.join(ROOT, path.dirname(page), file));
        });
      assert.deepEqual(broken, []);
    });
  }
});

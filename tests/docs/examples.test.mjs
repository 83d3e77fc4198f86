// The code in the documentation: all of it compiles, and what says so runs and prints what it says.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
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
    assert.ok(files.some((file) => file.endsWith(".tsx")));
    assert.deepEqual(compile(files), []);
  });
});

/** The codes of "implicitly has an 'any' type", no mistake in JavaScript: `async scheduled(event, env)`. */
const isImplicitAny = ({ code, file }) =>
  code >= 7000 && code < 7100 && /\.jsx?$/.test(file?.fileName ?? "");

/** What TypeScript has to say against the files, with page and line. */
function compile(files) {
  const program = ts.createProgram(
    ["globals.d.ts", "modules.d.ts", ...files].map((file) => path.join(FOLDER, file)),
    {
      strict: true,
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
      types: ["node"],
      typeRoots: [path.join(ROOT, "node_modules/@types")],
      jsx: ts.JsxEmit.Preserve,
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
  it("is compared with what it prints, in places", () => {
    assert.ok(blocks.filter(({ output }) => output !== undefined).length >= 10);
  });
  before(async () => {
    sandbox = await startSandbox();
  });
  after(() => sandbox?.stop());

  for (const page of PAGES) {
    const ours = blocks.filter((block) => block.page === page && block.run);
    let results;
    for (const [index, block] of ours.entries()) {
      it(`${page}:${block.line} (${block.run})`, async () => {
        results ??= run(ours, sandbox);
        const { printed, error } = (await results)[index];
        assert.equal(error, undefined);
        if (/\bkv\.put/i.test(block.code)) assert.match(printed, /^kept \w+ \d+$/m);
        if (block.output === undefined) return;
        const pattern = block.output.trim().split("…").map(escaped).join(".*");
        assert.match(printed.trim(), new RegExp(`^${pattern}$`, "s"));
      });
    }
  }
});

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Runs the blocks of a page, in a process of its own; resolves to `{ printed, error }` of each. */
async function run(ours, sandbox) {
  const parts = ours.map(({ file, code, run: mark }) => {
    const source = transformSync(code.replaceAll(SERVER, sandbox.url), { loader: "ts" }).code;
    const name = file.replace(/\.[tj]sx?$/, ".run.mjs");
    writeFileSync(path.join(FOLDER, name), source);
    return [`./${name}`, mark];
  });
  // In the folder, where it finds the package as its blocks do.
  const program = path.join(FOLDER, "page.mjs");
  copyFileSync(path.join(ROOT, "tests/docs/page.mjs"), program);
  const { access_token } = sandbox.account("mina");
  // A test in the documentation is to print what it prints by itself.
  const { NODE_TEST_CONTEXT, ...environment } = process.env;
  const { stdout } = await execute(process.execPath, [program, JSON.stringify(parts)], {
    cwd: FOLDER,
    timeout: 90_000,
    env: {
      ...environment,
      MASTODON_URL: sandbox.url,
      MASTODON_TOKEN: access_token,
      // Where `mastodon-sandbox` is.
      PATH: `${path.dirname(await sandboxBinary())}${path.delimiter}${process.env.PATH}`,
    },
  });
  return JSON.parse(stdout);
}

/** The anchors that GitHub gives the headings of a page. */
function anchorsOf(file) {
  const text = readFileSync(file, "utf8").replace(/^```[\s\S]*?^```/gm, "");
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replace(/\s/g, "-"),
    ),
  );
}

describe("links in the documentation", () => {
  const linked = [...PAGES, "CONTRIBUTING.md", "CHANGELOG.md", "sandbox/README.md"];
  for (const page of linked.filter((file) => existsSync(path.join(ROOT, file)))) {
    it(`of ${page} lead somewhere`, () => {
      const text = readFileSync(path.join(ROOT, page), "utf8").replace(/^```[\s\S]*?^```/gm, "");
      const broken = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, target]) => target)
        .filter((target) => !/^(https?:|mailto:)/.test(target))
        .filter((target) => {
          const [name, anchor] = target.split("#");
          const file = name ? path.join(ROOT, path.dirname(page), name) : path.join(ROOT, page);
          if (!existsSync(file)) return true;
          return anchor && file.endsWith(".md") && !anchorsOf(file).has(anchor);
        });
      assert.deepEqual(broken, []);
    });
  }
});

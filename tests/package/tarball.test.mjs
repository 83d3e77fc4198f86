// What is published: the files, and declarations that hold under each way TypeScript resolves them.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { createProject, pack } from "./project.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

describe("the tarball", () => {
  let about;
  let folder;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "mastodon-wasm-pack-"));
    about = await pack(folder);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("has every file that package.json names, and no other kind", () => {
    const names = about.files.map((file) => file.path);
    const manifest = JSON.parse(readFileSync(path.join(ROOT, "pkg", "package.json"), "utf8"));
    const named = JSON.stringify(manifest.exports).match(/(?<="\.\/)[^"]+\.[a-z]+(?="[,}])/g);
    assert.ok(named.length > 8, named.join());
    for (const name of [...named, "README.md", "LICENSE-MIT", "LICENSE-APACHE"]) {
      assert.ok(names.includes(name), `${name} is not in the tarball`);
    }
    const kinds =
      /^(LICENSE-\w+|README\.md|package\.json|\w+\.(js|cjs|d\.ts|d\.cts|wasm|js\.map|cjs\.map))$/;
    assert.deepEqual(
      names.filter((name) => !kinds.test(name)),
      [],
    );
  });

  it("has the version of the crate", () => {
    const cargo = readFileSync(path.join(ROOT, "Cargo.toml"), "utf8");
    assert.equal(about.version, cargo.match(/^version = "(.+)"$/m)[1]);
  });
});

describe("the declarations", () => {
  const require = createRequire(import.meta.url);
  const compilers = [
    ["TypeScript 5", path.dirname(require.resolve("typescript/package.json"))],
    ["TypeScript 7", path.dirname(require.resolve("typescript7/package.json"))],
  ];
  const USE = `
    const app: Promise<void> = init();
    export async function posts(token: string): Promise<string[]> {
      await app;
      const m = new Mastodon({ api_base_url: "https://mastodon.example", access_token: token });
      const page = await m.timelineHome({ limit: 40 });
      try {
        await m.statusPost("Hello", { visibility: "unlisted" });
      } catch (error) {
        if (error instanceof MastodonNotFoundError) return [String(error.status)];
      }
      // @ts-expect-error: no such option
      await m.timelineHome({ limt: 40 });
      return page.map((status) => status.account.acct);
    }
  `;
  const IMPORT = 'import { init, Mastodon, MastodonNotFoundError } from "mastodon-wasm";\n';
  const uses = {
    // name: file, resolution
    "a bundler": ["main.ts", { module: "esnext", moduleResolution: "bundler" }],
    "Node's ES modules": ["main.mts", { module: "node16", moduleResolution: "node16" }],
    "Node's CommonJS": ["main.cts", { module: "node16", moduleResolution: "node16" }],
  };
  let project;

  before(async () => {
    project = await createProject();
    for (const [file] of Object.values(uses)) project.write(file, IMPORT + USE);
  });
  after(() => project?.remove());

  for (const [compiler, home] of compilers) {
    for (const [name, [file, resolution]] of Object.entries(uses)) {
      it(`${compiler}, ${name}`, async () => {
        project.write(
          "tsconfig.json",
          JSON.stringify({
            compilerOptions: {
              target: "es2022",
              lib: ["es2022", "dom", "dom.iterable"],
              types: [],
              strict: true,
              exactOptionalPropertyTypes: true,
              skipLibCheck: false,
              noEmit: true,
              ...resolution,
            },
            files: [file],
          }),
        );
        const tsc = path.join(home, "bin", "tsc");
        await project.run(process.execPath, [tsc, "-p", "."]).catch((error) => {
          assert.fail(error.stdout || error.message);
        });
      });
    }
  }
});

// Tools that look at the package, and compilers that read its declarations.
import assert from "node:assert/strict";
import { createServer } from "node:http";

/** Uses what people use: results, pages, options, errors, streams. */
const CONSUMER = `
import { init, Mastodon, MastodonNotFoundError, type Page, type Status } from "mastodon-wasm";

export async function posts(token: string): Promise<string[]> {
  await init();
  const m = new Mastodon({ api_base_url: "https://mastodon.example", access_token: token });
  const page: Page<Status> = await m.timelineHome({ limit: 40 });
  for await (const status of m.paginationIterator(page)) console.log(status.account.acct);
  const stream = m.streamUser({ onNotification: (notification) => console.log(notification.type) });
  for await (const event of stream) {
    if (event.event === "update") console.log(event.payload.account.acct);
  }
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

const RESOLUTIONS = {
  "main.ts": { module: "esnext", moduleResolution: "bundler" },
  "main.mts": { module: "node16", moduleResolution: "node16" },
  "main.cts": { module: "node16", moduleResolution: "node16" },
};

const typescript = (name, range) => ({
  name,
  packages: { typescript: range },
  version: "typescript",
  files: Object.fromEntries(Object.keys(RESOLUTIONS).map((file) => [file, CONSUMER])),
  async run(project) {
    for (const [file, resolution] of Object.entries(RESOLUTIONS)) {
      const compilerOptions = {
        target: "es2022",
        lib: ["es2022", "dom", "dom.iterable"],
        types: [],
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        noEmit: true,
        ...resolution,
      };
      project.write("tsconfig.json", JSON.stringify({ compilerOptions, files: [file] }));
      await project.run("tsc", ["-p", "."]);
    }
  },
});

export default [
  typescript("TypeScript 5.4, skipLibCheck off", "~5.4"),
  typescript("TypeScript 5.9, skipLibCheck off", "~5.9"),
  typescript("TypeScript, the newest, skipLibCheck off", "*"),
  {
    name: "publint, strict",
    packages: { publint: "*" },
    version: "publint",
    run: (project) => project.run("publint", ["--strict", project.tarball]).then(() => {}),
  },
  {
    name: "are the types wrong?",
    packages: { "@arethetypeswrong/cli": "*" },
    version: "@arethetypeswrong/cli",
    async run(project) {
      // `slim` and `inline` are ES modules only, and who resolves as Node 10 did knows no subpaths.
      const args = ["--no-emoji", "--profile", "node16", "--ignore-rules", "cjs-resolves-to-esm"];
      args.push("--exclude-entrypoints", "./mastodon_wasm_bg.wasm");
      await project.run("attw", [project.tarball, ...args]);
    },
  },
  {
    name: "npm publish --dry-run",
    async run(project) {
      const args = ["publish", project.tarball, "--dry-run", "--json"];
      const published = Object.values(JSON.parse(await project.run("npm", args)));
      const { files } = published[0]?.files ? published[0] : { files: published.at(-1) };
      assert.ok(Array.isArray(files) && files.some(({ path }) => path === "mastodon_wasm_bg.wasm"));
    },
  },
  {
    name: "npm publish, without a statement of where it was built: refused",
    async run(project) {
      const manifest = JSON.parse(project.read("node_modules/mastodon-wasm/package.json"));
      assert.deepEqual(manifest.publishConfig, { access: "public", provenance: true });
      const asked = [];
      const registry = createServer((request, response) => {
        asked.push(request.method);
        response.writeHead(request.method === "GET" ? 404 : 200).end("{}");
      });
      await new Promise((resolve) => registry.listen(0, "127.0.0.1", resolve));
      const host = `127.0.0.1:${registry.address().port}`;
      const publish = (...more) => {
        const where = [`--registry=http://${host}/`, `--//${host}/:_authToken=none`];
        return project.run("npm", ["publish", project.tarball, ...where, ...more]);
      };
      await assert.rejects(publish());
      assert.match(project.log(), /provenance/i);
      assert.ok(!asked.includes("PUT"), asked.join());
      // What keeps it back is that, and nothing else.
      await publish("--provenance=false");
      assert.ok(asked.includes("PUT"), asked.join());
      registry.close();
    },
  },
].map((each) => ({ group: "tools", ...each }));

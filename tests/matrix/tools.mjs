// Tools that look at the package, and compilers that read its declarations.
import assert from "node:assert/strict";
import { createServer } from "node:http";

/** Uses what people use: results, pages, options, errors, streams. */
const CONSUMER = `
import {
  init,
  type LoginStorage,
  Mastodon,
  MastodonNotFoundError,
  type Page,
  type Status,
} from "mastodon-wasm";

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

/** What is given as \`undefined\` is not given, and a store of any kind keeps logins. */
export async function saved(storage: LoginStorage, max_id: string | undefined): Promise<number> {
  const m = await Mastodon.restore({ storage });
  const notifications = (await m?.notifications({ max_id, limit: undefined })) ?? [];
  const posts = notifications.map((one) => (one.type === "mention" ? one.status.content : ""));
  return posts.join("").length;
}
`;

const RESOLUTIONS = {
  "main.ts": { module: "esnext", moduleResolution: "bundler" },
  "main.mts": { module: "node16", moduleResolution: "node16" },
  "main.cts": { module: "node16", moduleResolution: "node16" },
};

const DOM = ["dom", "dom.iterable"];

/** Compiles it with the platform's types, or with those of a package in their place. */
const typescript = (range, name, types = {}) => ({
  name: `TypeScript ${name}, skipLibCheck off`,
  packages: { typescript: range, ...types },
  version: "typescript",
  files: Object.fromEntries(Object.keys(RESOLUTIONS).map((file) => [file, CONSUMER])),
  async run(project) {
    const packages = Object.keys(types);
    for (const [file, resolution] of Object.entries(RESOLUTIONS)) {
      const compilerOptions = {
        target: "es2022",
        lib: ["es2022", ...(packages.length === 0 ? DOM : [])],
        types: packages.map((each) => each.replace("@types/", "")),
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

const WORKERS = { "@cloudflare/workers-types": "*" };
const NODE = { "@types/node": "*" };

export default [
  typescript("~5.4", "5.4"),
  typescript("~5.9", "5.9"),
  typescript("*", "(the newest)"),
  typescript("~5.4", "5.4, Workers' types and no DOM", WORKERS),
  typescript("~5.9", "5.9, Workers' types and no DOM", WORKERS),
  typescript("*", "(the newest), Workers' types and no DOM", WORKERS),
  // Node's types themselves want a newer one than 5.4.
  typescript("~5.9", "5.9, Node's types and no DOM", NODE),
  typescript("*", "(the newest), Node's types and no DOM", NODE),
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

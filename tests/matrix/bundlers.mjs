// Bundlers, each as its own documentation has it: what they make is served under a strict policy and
// run in Chromium.
import assert from "node:assert/strict";
import { copyFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const page = (script) => `<!doctype html>
<meta charset="utf-8">
<title>Test</title>
<link rel="icon" href="data:,">
${script}
`;
const module = (source) => page(`<script type="module" src="${source}"></script>`);

const main = (specifier) => `
import * as library from "${specifier}";
import { scenario } from "./scenario.js";
window.scenario = (caller) => scenario(library, caller);
`;

const WASM = "node_modules/mastodon-wasm/mastodon_wasm_bg.wasm";

const vite = (major) => [
  {
    name: `Vite ${major}, built`,
    packages: { vite: major },
    version: "vite",
    files: { "index.html": module("./main.js"), "main.js": main("mastodon-wasm") },
    async run(project, world) {
      await project.run("vite", ["build"]);
      await world.works(await world.serve(project.path("dist")));
    },
  },
  {
    name: `Vite ${major}, in development`,
    packages: { vite: major },
    version: "vite",
    files: { "index.html": module("./main.js"), "main.js": main("mastodon-wasm") },
    async run(project, world) {
      const args = ["--host", "127.0.0.1", "--port", "0"];
      const [, url] = await project.start("vite", args, /(http:\/\/127\.0\.0\.1:\d+\/)/);
      await world.works(url);
    },
  },
];

/** webpack and Rspack take the same configuration. */
const webpackConfig = `
export default {
  mode: "production",
  entry: "./main.js",
  output: { path: import.meta.dirname + "/dist", filename: "main.js" },
};
`;

export default [
  ...vite("8"),
  ...vite("7"),
  ...vite("6"),
  {
    name: "webpack 5",
    packages: { webpack: "5", "webpack-cli": "*" },
    version: "webpack",
    files: { "main.js": main("mastodon-wasm"), "webpack.config.js": webpackConfig },
    async run(project, world) {
      await project.run("webpack", []);
      project.write("dist/index.html", page('<script src="./main.js"></script>'));
      await world.works(await world.serve(project.path("dist")));
    },
  },
  {
    name: "Rspack 2",
    packages: { "@rspack/core": "2", "@rspack/cli": "2" },
    version: "@rspack/core",
    files: { "main.js": main("mastodon-wasm"), "rspack.config.js": webpackConfig },
    async run(project, world) {
      await project.run("rspack", ["build"]);
      project.write("dist/index.html", page('<script src="./main.js"></script>'));
      await world.works(await world.serve(project.path("dist")));
    },
  },
  {
    name: "Rollup 4, with its plug-in for assets",
    packages: {
      rollup: "4",
      "@rollup/plugin-node-resolve": "16",
      "@web/rollup-plugin-import-meta-assets": "2",
    },
    version: "rollup",
    files: {
      "main.js": main("mastodon-wasm"),
      "rollup.config.js": `
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { importMetaAssets } from "@web/rollup-plugin-import-meta-assets";
export default {
  input: "main.js",
  output: { dir: "dist", format: "es" },
  plugins: [nodeResolve({ browser: true }), importMetaAssets()],
};
`,
    },
    async run(project, world) {
      await project.run("rollup", ["-c"]);
      project.write("dist/index.html", module("./main.js"));
      await world.works(await world.serve(project.path("dist")));
    },
  },
  {
    name: "Rollup 4, the module inline",
    packages: { rollup: "4", "@rollup/plugin-node-resolve": "16" },
    version: "rollup",
    files: { "main.js": main("mastodon-wasm/inline") },
    async run(project, world) {
      await project.run("rollup", ["main.js", "-d", "dist", "-p", "node-resolve"]);
      project.write("dist/index.html", module("./main.js"));
      await world.works(await world.serve(project.path("dist")));
    },
  },
  {
    name: "esbuild, the module copied beside the script",
    packages: { esbuild: "*" },
    version: "esbuild",
    files: { "main.js": main("mastodon-wasm") },
    async run(project, world) {
      await project.run("esbuild", ["main.js", "--bundle", "--format=esm", "--outdir=dist"]);
      copyFileSync(project.path(WASM), project.path("dist/mastodon_wasm_bg.wasm"));
      project.write("dist/index.html", module("./main.js"));
      await world.works(await world.serve(project.path("dist")));
    },
  },
  {
    name: "esbuild, the module as a file, with /slim",
    packages: { esbuild: "*" },
    version: "esbuild",
    files: {
      "main.js": `
import * as slim from "mastodon-wasm/slim";
import wasm from "mastodon-wasm/mastodon_wasm_bg.wasm";
import { scenario } from "./scenario.js";
const library = { ...slim, init: () => slim.init(new URL(wasm, import.meta.url)) };
window.scenario = (caller) => scenario(library, caller);
`,
    },
    async run(project, world) {
      const args = ["main.js", "--bundle", "--format=esm", "--outdir=dist", "--loader:.wasm=file"];
      await project.run("esbuild", args);
      project.write("dist/index.html", module("./main.js"));
      await world.works(await world.serve(project.path("dist")));
    },
  },
  {
    name: "esbuild, the module inline",
    packages: { esbuild: "*" },
    version: "esbuild",
    files: { "main.js": main("mastodon-wasm/inline") },
    async run(project, world) {
      await project.run("esbuild", ["main.js", "--bundle", "--format=esm", "--outdir=dist"]);
      project.write("dist/index.html", module("./main.js"));
      await world.works(await world.serve(project.path("dist")));
    },
  },
  {
    name: "Parcel 2",
    packages: { parcel: "2" },
    version: "parcel",
    files: { "index.html": module("./main.js"), "main.js": main("mastodon-wasm") },
    async run(project, world) {
      await project.run("parcel", ["build", "index.html", "--no-cache"]);
      // Parcel writes a script of its own into the page.
      await world.works(await world.serve(project.path("dist"), { policy: false }));
      return "its inline script needs its digest in a strict policy";
    },
  },
  {
    name: "no bundler, an import map",
    files: {
      // The map's digest is in the policy of the server: see world.mjs.
      "index.html": page(
        '<script type="importmap">{"imports":{"mastodon-wasm":"./node_modules/mastodon-wasm/browser.js"}}</script><script type="module" src="./main.js"></script>',
      ),
      "main.js": main("mastodon-wasm"),
    },
    run: async (project, world) => world.works(await world.serve(project.folder)),
  },
  {
    name: "Vite 8 and React: examples/vite-react",
    copy: fileURLToPath(new URL("../../examples/vite-react", import.meta.url)),
    packages: {
      "@types/react": "19",
      "@types/react-dom": "19",
      "@vitejs/plugin-react": "6",
      typescript: "5",
      vite: "8",
    },
    version: "react",
    async run(project, world) {
      await project.run("npm", ["run", "build"]);
      const browser = await world.browser("Chromium");
      const { tab, complaints } = await browser.page(
        await world.serve(project.path("dist"), { policy: false }),
      );
      await tab.getByLabel("Your server").fill(world.sandbox.url);
      await tab.getByRole("button", { name: "Log in" }).click();
      await tab.locator("button[name=as][value=mina]").click();
      await tab.locator("article").nth(19).waitFor();
      await tab.getByRole("button", { name: "More" }).click();
      await tab.locator("article").nth(39).waitFor();
      await world.friend.post("Hello from the matrix, by a stream");
      await tab.getByText("Hello from the matrix, by a stream").waitFor();
      await tab.reload();
      await tab.locator("article").nth(19).waitFor();
      await tab.getByRole("button", { name: "Log out" }).click();
      await tab.getByLabel("Your server").waitFor();
      await tab.close();
      assert.deepEqual(
        complaints.filter((text) => !text.includes("404")), // a favicon
        [],
      );
    },
  },
].map((each) => ({ group: "bundlers", ...each }));

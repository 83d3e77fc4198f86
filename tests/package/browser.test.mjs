// Web pages: with Vite (built and in development), and without any bundler.
import assert from "node:assert/strict";
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import * as vite8 from "vite";
import * as vite7 from "vite7";
import { launchChromium } from "../../scripts/browser.mjs";
import { startSandbox } from "../../scripts/sandbox.mjs";
import { caller, createProject } from "./project.mjs";
import { expected } from "./scenario.js";

const page = (head) => `<!doctype html>
<meta charset="utf-8">
<title>Test</title>
${head}
`;
const script = (specifier) => `
import * as library from "${specifier}";
import { scenario } from "./scenario.js";
window.scenario = (caller) => scenario(library, caller);
window.library = library;
`;

/** No inline script, no eval, no other origin but the sandbox. */
const CSP =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' http://127.0.0.1:*";
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

describe("in a web page", () => {
  let sandbox;
  let browser;
  const projects = [];
  const servers = [];

  before(async () => {
    sandbox = await startSandbox();
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    for (const server of servers) await server.close();
    await sandbox?.stop();
    for (const project of projects) project.remove();
  });

  async function project(files) {
    const made = await createProject(files);
    projects.push(made);
    return made.folder;
  }

  /** Serves a folder as a plain web server does, with the policy above. */
  async function serve(folder) {
    const server = createServer((request, response) => {
      const file = path.join(folder, new URL(request.url, "http://localhost").pathname);
      if (!file.startsWith(folder) || !existsSync(file)) return response.writeHead(404).end();
      response.writeHead(200, {
        "content-type": TYPES[path.extname(file)] ?? "application/octet-stream",
        "content-security-policy": CSP,
      });
      createReadStream(file).pipe(response);
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    servers.push({ close: () => new Promise((resolve) => server.close(resolve)) });
    return `http://127.0.0.1:${server.address().port}`;
  }

  async function open(url) {
    const tab = await browser.newPage();
    const problems = [];
    tab.on("pageerror", (error) => problems.push(error.message));
    tab.on("console", (message) => {
      // Chromium itself reports the 404 that the scenario asks for.
      if (message.type() === "error" && !message.text().includes("404"))
        problems.push(message.text());
    });
    await tab.goto(url);
    await tab
      .waitForFunction(() => window.scenario, null, { timeout: 20_000 })
      .catch((error) => {
        throw new Error([error.message, ...problems].join("\n"));
      });
    return { tab, problems };
  }

  async function works(url) {
    const { tab, problems } = await open(url);
    assert.deepEqual(await tab.evaluate((who) => window.scenario(who), caller(sandbox)), expected);
    assert.deepEqual(problems, []);
    await tab.close();
  }

  it("Vite, built, no plug-in and no configuration", async () => {
    const root = await project({
      "index.html": page('<script type="module" src="./main.js"></script>'),
      "main.js": script("mastodon-wasm"),
    });
    await vite8.build({ root, configFile: false, logLevel: "warn" });
    await works(`${await serve(path.join(root, "dist"))}/index.html`);
  });

  // Vite 8 finds the module beside the script; before, it moved the script away (see browser.js).
  for (const vite of [vite8, vite7]) {
    it(`Vite ${vite.version} in development, no plug-in and no configuration`, async () => {
      const root = await project({
        "index.html": page('<script type="module" src="./main.js"></script>'),
        "main.js": script("mastodon-wasm"),
      });
      const server = await vite.createServer({
        root,
        configFile: false,
        logLevel: "warn",
        server: { host: "127.0.0.1", port: 0 },
      });
      servers.push(server);
      await server.listen();
      await works(server.resolvedUrls.local[0]);
    });
  }

  it("no bundler: a module script under a strict Content-Security-Policy", async () => {
    const root = await project({
      "index.html": page('<script type="module" src="./main.js"></script>'),
      "main.js": script("./node_modules/mastodon-wasm/browser.js"),
    });
    await works(`${await serve(root)}/index.html`);
  });

  it("no bundler, the module inline: no second file is fetched", async () => {
    const root = await project({
      "index.html": page('<script type="module" src="./main.js"></script>'),
      "main.js": script("./node_modules/mastodon-wasm/inline.js"),
    });
    const { tab } = await open(`${await serve(root)}/index.html`);
    const fetched = [];
    tab.on("request", (request) => fetched.push(request.url()));
    assert.deepEqual(await tab.evaluate((who) => window.scenario(who), caller(sandbox)), expected);
    assert.deepEqual(
      fetched.filter((url) => url.endsWith(".wasm")),
      [],
    );
    await tab.close();
  });

  it("says what to do before init(), and tries again after a failed load", async () => {
    const root = await project({
      "index.html": page('<script type="module" src="./main.js"></script>'),
      "main.js": script("./node_modules/mastodon-wasm/browser.js"),
    });
    const { tab } = await open(`${await serve(root)}/index.html`);
    const early = await tab.evaluate(async () => {
      const { Mastodon } = window.library;
      const attempts = [
        () => new Mastodon({ api_base_url: "https://mastodon.example" }),
        () => Mastodon.createApp("Test", { api_base_url: "https://mastodon.example" }),
      ];
      return Promise.all(attempts.map(async (attempt) => attempt()).map((p) => p.catch(String)));
    });
    for (const message of early) assert.match(message, /call `await init\(\)` first/);

    await tab.route("**/*.wasm", (route) => route.fulfill({ status: 404, body: "gone" }));
    const failed = await tab.evaluate(() => window.library.init().catch((error) => error.message));
    assert.match(failed, /could not be loaded from http:.*mastodon_wasm_bg\.wasm/);
    await tab.unroute("**/*.wasm");
    assert.deepEqual(await tab.evaluate((who) => window.scenario(who), caller(sandbox)), expected);
    await tab.close();
  });

  it("connect() loads by itself, once for all who wait", async () => {
    const root = await project({
      "index.html": page('<script type="module" src="./main.js"></script>'),
      "main.js": script("./node_modules/mastodon-wasm/browser.js"),
    });
    const { tab } = await open(`${await serve(root)}/index.html`);
    const fetched = [];
    tab.on("request", (request) => fetched.push(request.url()));
    const connected = await tab.evaluate(async ({ url, access_token }) => {
      const { init, Mastodon } = window.library;
      const [one, two] = await Promise.all([
        Mastodon.connect({ api_base_url: url, access_token }),
        Mastodon.connect({ api_base_url: url, access_token }),
        init(),
      ]);
      return [one, two].map((m) => m instanceof Mastodon && m.constructor === Mastodon);
    }, caller(sandbox));
    assert.deepEqual(connected, [true, true]);
    assert.equal(fetched.filter((url) => url.endsWith(".wasm")).length, 1);
    await tab.close();
  });
});

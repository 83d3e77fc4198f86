// What the cases of the matrix share: a sandbox, browsers, a web server.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { CHROMIUM_FLAGS, findChromium } from "../../scripts/browser.mjs";
import { startSandbox } from "../../scripts/sandbox.mjs";
import { BROWSERS } from "./browsers.mjs";
import { expected } from "./scenario.js";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/** No eval and no script but the server's own files; the map of the case that has one, by its digest. */
function policy(file) {
  const [, map] =
    readFileSync(file, "utf8").match(/<script type="importmap">(.*?)<\/script>/s) ?? [];
  const digest = map && ` 'sha256-${createHash("sha256").update(map).digest("base64")}'`;
  return `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'${digest ?? ""}; connect-src 'self' http://127.0.0.1:* ws://127.0.0.1:*; img-src data:; style-src 'self'`;
}

export async function createWorld() {
  const sandbox = await startSandbox();
  const mina = sandbox.account("mina").access_token;
  const theo = sandbox.account("theo").access_token;
  const caller = { url: sandbox.url, access_token: mina, friend: theo };
  const browsers = new Map();
  const servers = [];

  /** A browser that stays open until the end. */
  async function browser(name) {
    if (!browsers.has(name)) browsers.set(name, await BROWSERS[name].launch());
    return browsers.get(name);
  }

  return {
    sandbox,
    caller,
    browser,
    /** How Chromium is started. */
    chromium: { executablePath: findChromium(), args: CHROMIUM_FLAGS },
    friend: {
      async post(status) {
        const response = await fetch(`${sandbox.url}/api/v1/statuses`, {
          method: "POST",
          headers: { authorization: `Bearer ${theo}` },
          body: new URLSearchParams({ status }),
        });
        assert.ok(response.ok);
      },
    },
    serve,
    works,
    async stop() {
      for (const each of browsers.values()) await each.close().catch(console.error);
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
      await sandbox.stop();
    },
  };

  /** Serves a folder as a plain web server does, under a strict policy; resolves to the address. */
  async function serve(folder, { policy: strict = true } = {}) {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url, "http://localhost");
      const file = path.join(folder, pathname.endsWith("/") ? `${pathname}index.html` : pathname);
      if (!existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
      response.writeHead(200, {
        "content-type": TYPES[path.extname(file)] ?? "application/octet-stream",
        ...(strict && file.endsWith(".html") && { "content-security-policy": policy(file) }),
      });
      createReadStream(file).pipe(response);
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    servers.push(server);
    return `http://127.0.0.1:${server.address().port}/`;
  }

  /** Opens a page that offers `window.scenario`, and sees whether everything works there. */
  async function works(url, name = "Chromium") {
    const page = await (await browser(name)).page(url);
    try {
      const ready = `new Promise((resolve) => {
        const begin = Date.now();
        const timer = setInterval(() => {
          if (!window.scenario && Date.now() - begin < 20000) return;
          clearInterval(timer);
          resolve(!!window.scenario);
        }, 50);
      })`;
      if (!(await page.call(ready))) throw new Error(`the page does not start: ${page.complaints}`);
      assert.deepEqual(await page.call(`window.scenario(${JSON.stringify(caller)})`), expected);
      // Chromium itself reports the 404 that the scenario asks for.
      const others = (page.complaints ?? []).filter((text) => !text.includes("404"));
      assert.deepEqual(others, []);
    } finally {
      await page.close();
    }
  }
}

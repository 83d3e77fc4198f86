// What the cases of the matrix share: a sandbox, browsers, a web server.
import assert from "node:assert/strict";
import { CHROMIUM_FLAGS, findChromium } from "../../scripts/browser.mjs";
import { startSandbox } from "../../scripts/sandbox.mjs";
import { BROWSERS } from "../browsers/browsers.mjs";
import { serveFolder } from "../browsers/site.mjs";
import { expected } from "./scenario.js";

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
      for (const server of servers) server.stop();
      await sandbox.stop();
    },
  };

  /** Serves a folder until the end; resolves to the address. */
  async function serve(folder, options) {
    const server = await serveFolder(folder, options);
    servers.push(server);
    return server.url;
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

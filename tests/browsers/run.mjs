// The suite in a browser: its site, its sandbox, and who clicks on the server's page.
import { cpSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { serveFolder } from "./site.mjs";
import { cases } from "./suite.js";

const HERE = fileURLToPath(new URL(".", import.meta.url));

const IMPORTS = {
  "mastodon-wasm": "./node_modules/mastodon-wasm/browser.js",
  "mastodon-wasm/inline": "./node_modules/mastodon-wasm/inline.js",
  "mastodon-wasm/slim": "./node_modules/mastodon-wasm/slim.js",
};

const PAGE = `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<title>The suite</title>
<link rel="icon" href="data:,">
<script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>
<script type="module" src="/page.js"></script>
`;

/** The buttons of the server's page: the first that is there is clicked. */
const BUTTONS = {
  agree: ["button[name=as][value=mina]", "button[value=allow]"],
  deny: ["button[value=deny]"],
};

const READY = "!!window.suite";

/**
 * Makes a site of a folder that has the package in its node_modules. Resolves to
 * `{ run(browser, index), stop }`; `run` resolves to `{ name, ok, error, cannot }`.
 */
export async function openSite(folder, sandbox) {
  for (const name of ["page.js", "suite.js", "worker.js"])
    cpSync(path.join(HERE, name), path.join(folder, name));
  cpSync(path.join(HERE, "../matrix/scenario.js"), path.join(folder, "scenario.js"));
  writeFileSync(path.join(folder, "index.html"), PAGE);
  const about = {
    url: sandbox.url,
    mina: sandbox.account("mina").access_token,
    theo: sandbox.account("theo").access_token,
    closed: await closedServer(),
  };

  /** The sandbox lets no page of another origin control it, and has no CORS headers on its files. */
  function answer(asked, response) {
    if (asked.url === "/about.json") {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(about));
    } else if (/^\/(sandbox|system)\//.test(asked.url)) {
      const headers = { "content-type": "application/json" };
      const on = request(new URL(asked.url, sandbox.url), { method: asked.method, headers });
      on.on("response", (said) => {
        const type = said.headers["content-type"];
        response.writeHead(said.statusCode, type && { "content-type": type });
        said.pipe(response);
      });
      on.on("error", () => response.destroy());
      asked.pipe(on);
    } else return false;
    return true;
  }

  const site = await serveFolder(folder, { answer });

  async function run(browser, index) {
    const { name, steps } = cases[index];
    await sandbox.reset();
    for (const what of ["behaviour", "streaming"])
      await sandbox.control("DELETE", `/sandbox/${what}`);
    const page = await browser.page(site.url);
    try {
      await until(page, READY, "the page does not start");
      await page.call("void (localStorage.clear(), sessionStorage.clear())");
      for (const [number, step] of steps.entries()) {
        if (typeof step === "function") {
          const call = `window.suite(${index}, ${number})`;
          if (steps[number + 1] in BUTTONS) {
            // It leaves the page, and may take its answer along.
            await page.call(`void ${call}.then(({ error }) => (window.failed ??= error))`);
            continue;
          }
          const { error, cannot } = await page.call(call);
          if (error || cannot) return { name, ok: !error, error, cannot };
        } else {
          if (step in BUTTONS) await decide(page, step);
          else await page.call("void setTimeout(() => location.reload(), delete window.suite)");
          await until(page, READY, "the page does not come back");
        }
      }
      return { name, ok: true };
    } catch (error) {
      return { name, ok: false, error: error.message };
    } finally {
      await page.close().catch(() => {});
    }
  }

  return { run, stop: site.stop };
}

/** What a person does on the server's page. */
async function decide(page, what) {
  const there = `window.failed ?? (location.pathname === "/oauth/authorize" && document.readyState === "complete")`;
  const failed = await until(page, there, "the page does not leave for the server's");
  if (failed !== true) throw new Error(failed);
  const button = BUTTONS[what].map((each) => `document.querySelector(${JSON.stringify(each)})`);
  await page.call(`void setTimeout((button) => button.click(), 0, ${button.join(" ?? ")})`);
}

/** Asks the page until it says something true; between two pages it may say nothing at all. */
async function until(page, expression, otherwise) {
  let last = "";
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    const late = new Promise((resolve) => setTimeout(resolve, 2000));
    const value = await Promise.race([page.call(expression), late]).catch((error) => {
      last = error.message;
    });
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error(`${otherwise} ${last} ${page.complaints ?? ""}`.trim());
}

/** The address of a port on which nobody listens. */
async function closedServer() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

// A small site that logs people in, a sandbox to log in to, and a browser to do it with.
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { after, before, beforeEach } from "node:test";
import { fileURLToPath } from "node:url";
import { launchChromium } from "../../scripts/browser.mjs";
import { startSandbox } from "../../scripts/sandbox.mjs";

const PKG = fileURLToPath(new URL("../../pkg", import.meta.url));
const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm" };

/** What every page of the site does: as an application would, it finishes a login when it starts. */
const PAGE = `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<title>A site</title>
<script type="module">
import * as library from "/pkg/browser.js";

const { init, Mastodon } = library;
// What a test can see of a result: who is logged in, or how it failed.
window.show = async (promise) => {
  try {
    const client = await promise;
    if (!(client instanceof Mastodon)) return client ?? null;
    const { access_token } = client.persistableLoginCredentials();
    const { acct } = await client.accountVerifyCredentials();
    window.client = client;
    return { acct, access_token };
  } catch (error) {
    const { name, message, reason, status } = error;
    const seen = JSON.stringify({ ...error, message, stack: error.stack, cause: String(error.cause) });
    return { failed: reason ?? name, name, message, status, seen };
  }
};
window.Mastodon = Mastodon;
window.ready = init();
if (!window.hold) window.finished = ready.then(() => show(Mastodon.finishLogin()));
</script>
`;

/** Everything that the tests of a file share; made before them and stopped after them. */
export function setUp() {
  const world = {};
  let server;
  before(async () => {
    server = createServer((request, response) => {
      const { pathname } = new URL(request.url, "http://site");
      const file = path.join(PKG, pathname.replace("/pkg/", ""));
      if (!pathname.startsWith("/pkg/")) {
        const page = world.blank ? "<title>Not yet</title>" : PAGE;
        response.writeHead(200, { "content-type": "text/html" }).end(page);
      } else if (existsSync(file)) {
        response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "text/plain" });
        createReadStream(file).pipe(response);
      } else {
        response.writeHead(404).end();
      }
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    world.site = `http://127.0.0.1:${server.address().port}`;
    world.sandbox = await startSandbox();
    world.browser = await launchChromium();
  });
  after(async () => {
    await world.browser?.close();
    server?.closeAllConnections();
    server?.close();
    await world.sandbox?.stop();
  });
  beforeEach(async () => {
    await world.sandbox.reset();
    await world.sandbox.control("DELETE", "/sandbox/behaviour");
  });
  return world;
}

/** A visitor of their own: an empty browser profile. Closed with the test. */
export async function newVisitor(world, t) {
  const context = await world.browser.newContext();
  t.after(() => context.close());
  return context;
}

/** Opens a page of the site and waits until it has looked for a login to finish. */
export async function open(world, visitor, address = "/") {
  const tab = await visitor.newPage();
  await tab.goto(world.site + address);
  await outcome(tab);
  return tab;
}

/** What the page's own `finishLogin` came to. */
export async function outcome(tab) {
  await tab.waitForFunction(() => window.finished);
  return tab.evaluate(() => window.finished);
}

/** The options of a login to the sandbox. */
export const login = (world, options) => ({
  api_base_url: world.sandbox.url,
  client_name: "A site",
  redirect_uri: `${world.site}/callback`,
  scopes: ["read", "write"],
  ...options,
});

/** Begins a login that leaves the page; resolves to the address of the server's page. */
export async function leave(world, tab, options) {
  const begun = tab.evaluate((given) => show(Mastodon.startLogin(given)), login(world, options));
  const gone = tab.waitForURL(`${world.sandbox.url}/oauth/authorize?**`).then(() => undefined);
  // Leaving the page may take the answer along.
  const failed = await Promise.race([
    gone,
    begun.catch(() => gone).then((result) => result ?? gone),
  ]);
  if (failed) throw new Error(failed.message);
  return new URL(tab.url());
}

/** Agrees on the server's page. */
export async function agree(tab, username) {
  const someone = tab.locator(`button[name=as][value=${username}]`);
  const another = tab.getByRole("button", { name: "Use another account" });
  await someone.or(another).first().waitFor();
  if (!(await someone.isVisible())) await another.click();
  await someone.click();
}

/** All of a login by redirect; resolves to what came of it. */
export async function logIn(world, tab, username = "mina", options = {}) {
  await leave(world, tab, options);
  await agree(tab, username);
  await tab.waitForURL(`${world.site}/**`);
  return outcome(tab);
}

/** Agrees, and stops where the page of the site would load; resolves to its address, with the code in it. */
export async function comeBack(world, tab, username) {
  world.blank = true;
  await agree(tab, username);
  await tab.waitForURL(`${world.site}/callback?**`);
  world.blank = false;
  return tab.url();
}

/** What the page has in its storages. */
export const storages = (tab) =>
  tab.evaluate(() => ({ local: { ...localStorage }, session: { ...sessionStorage } }));

/** The requests that the sandbox saw, `"POST /oauth/token 200"`. */
export async function requests(world, matching = /./) {
  const { requests: seen } = await world.sandbox.control("GET", "/sandbox/state");
  const lines = seen.map(({ method, path: where, status }) => `${method} ${where} ${status}`);
  return lines.filter((line) => matching.test(line) && !line.startsWith("OPTIONS"));
}

// A line of docs/security.md that takes a Worker to show.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, it } from "node:test";
import { createProject } from "../package/project.mjs";
import { bundle, startWorker } from "./example.mjs";

// Before 2025-09-01 the platform's fetch carries the token along.
const COMPATIBILITY_DATE = "2025-01-01";
const WORKER = `
import { Mastodon } from "mastodon-wasm";

export default {
  async fetch(request, env) {
    const mastodon = new Mastodon({ api_base_url: env.HOME, access_token: "secret-token" });
    return Response.json(await mastodon.timelineHome().catch(String));
  },
};
`;

const heard = [];
const servers = [];
let project;
const workers = [];

async function listen(answer) {
  const server = createServer(answer);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push(server);
  return `http://127.0.0.1:${server.address().port}`;
}

before(async () => {
  const other = await listen((request, response) => {
    heard.push(request.headers.authorization);
    response.end("[]");
  });
  const HOME = await listen((_, response) => response.writeHead(307, { location: other }).end());
  project = await createProject({
    "worker.js": WORKER,
    "wrangler.json": JSON.stringify({
      name: "redirect",
      main: "worker.js",
      compatibility_date: COMPATIBILITY_DATE,
    }),
  });
  await bundle(project);
  // What runtime it is, the package's entry knows: there may be no `navigator` to tell.
  for (const compatibilityFlags of [[], ["no_global_navigator"]]) {
    const bindings = { HOME };
    const options = { bindings, compatibilityDate: COMPATIBILITY_DATE, compatibilityFlags };
    workers.push(await startWorker(project, options));
  }
});
after(async () => {
  for (const { worker } of workers) await worker.dispose();
  for (const server of servers) server.close();
  project?.remove();
});

it("takes no token along a redirect to another server in a Worker", async () => {
  for (const { url } of workers) assert.deepEqual(await (await fetch(url)).json(), []);
  assert.deepEqual(heard, [undefined, undefined]);
});

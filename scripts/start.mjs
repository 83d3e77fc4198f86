// `npm start`: from a fresh clone to a page with a timeline, until you stop it.
import { build } from "./build.mjs";
import { duration } from "./run.mjs";
import { buildSandbox, startSandbox } from "./sandbox.mjs";
import { buildPage, servePage } from "./serve.mjs";

const PAGE_PORT = 8080;
const SANDBOX_PORT = 8081;

try {
  await start();
} catch (error) {
  console.error(`start: ${error.message}`);
  process.exit(1);
}

async function start() {
  const begin = Date.now();
  await build({ ifChanged: true });
  console.log("start: the sandbox (cargo build -p mastodon-sandbox --profile sandbox)");
  await buildSandbox();
  console.log("start: the page (vite build)");
  await buildPage();

  const sandbox = await startSandbox({ life: true, args: ["--port", String(SANDBOX_PORT)] });
  sandbox.ended.then((status) => {
    console.error(`start: the sandbox ended by itself, status ${status}`);
    process.exit(1);
  });
  const page = await servePage({ sandbox, port: PAGE_PORT });

  const width = Math.max(...sandbox.accounts.map(({ username }) => username.length));
  console.log(`
Ready after ${duration(Date.now() - begin)}.

  Page      ${page.url}
  Sandbox   ${sandbox.url}

  Log in as
${sandbox.accounts.map(({ username, password }) => `    ${username.padEnd(width)}   ${password}`).join("\n")}

Stop with Ctrl-C.
`);
}

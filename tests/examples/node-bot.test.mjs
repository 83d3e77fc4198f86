// examples/node-bot, against the sandbox. mina is the bot.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";
import { after, before, it } from "node:test";
import { startSandbox } from "../../scripts/sandbox.mjs";
import { copyExample } from "./example.mjs";
import { as, until } from "./person.mjs";

let sandbox;
let project;
let bot;

before(async () => {
  sandbox = await startSandbox();
  project = await copyExample("node-bot");
  // Its other dependency, which is ours too: nothing is asked of a registry.
  const ws = path.dirname(createRequire(import.meta.url).resolve("ws/package.json"));
  symlinkSync(ws, path.join(project.folder, "node_modules", "ws"));
});
after(async () => {
  bot?.kill("SIGKILL");
  await sandbox?.stop();
  project?.remove();
});

async function start() {
  const { access_token } = sandbox.account("mina");
  const env = { ...process.env, INSTANCE: sandbox.url, TOKEN: access_token };
  bot = project.start(process.execPath, ["bot.js"], { env });
  let said = "";
  bot.stdout.on("data", (text) => {
    said += text;
  });
  // Node shows the line of an uncaught error, which is long where code is minified.
  createInterface({ input: bot.stderr }).on("line", (line) => console.error(line.slice(0, 200)));
  await until(() => said.includes("listening"), "the bot to listen");
}

const mention = (name) => as(sandbox, name, "POST", "/api/v1/statuses", { status: "@mina roll!" });

async function answers() {
  const { id } = sandbox.account("mina");
  const posts = await as(sandbox, "mina", "GET", `/api/v1/accounts/${id}/statuses`);
  return posts.filter(({ content }) => content.includes("🎲")).map((post) => post.in_reply_to_id);
}

it("answers what comes, and what came while it was off, each once", async () => {
  await mention("theo"); // before it was there
  await start();
  const first = await mention("theo");
  await until(async () => (await answers()).length === 1, "an answer");
  const cursor = () => readFileSync(path.join(project.folder, "cursor.txt"), "utf8");
  const kept = await until(async () => {
    const [newest] = await as(sandbox, "mina", "GET", "/api/v1/notifications?limit=1");
    return newest.id === cursor() && newest.id;
  }, "the cursor");

  bot.kill("SIGTERM");
  const [status] = await once(bot, "exit");
  assert.equal(status, 0, "it ends when it is told to");
  const second = await mention("yuki");
  assert.equal(cursor(), kept);
  await start();
  await until(async () => (await answers()).length === 2, "the second answer");
  assert.deepEqual(await answers(), [second.id, first.id]);
});

it("ends with an error when the token is revoked", async () => {
  const { access_token } = sandbox.account("mina");
  await sandbox.control("POST", "/sandbox/revoke", { token: access_token });
  const [status] = await once(bot, "exit");
  assert.equal(status, 1);
});

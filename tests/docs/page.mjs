// Runs the blocks of a page one after the other, against a sandbox that is as at its start each time,
// and prints what each of them printed. Arguments: `[[module, mark], …]` in JSON.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Mastodon } from "mastodon-wasm";
import WebSocket from "ws";

const { MASTODON_URL, MASTODON_TOKEN } = process.env;

globalThis.WebSocket ??= WebSocket;
globalThis.mastodon = new Mastodon({ api_base_url: MASTODON_URL, access_token: MASTODON_TOKEN });

const print = process.stdout.write.bind(process.stdout);
const results = [];
for (const [module, mark] of JSON.parse(process.argv[2])) {
  await control("reset", {});
  await control("life", { on: mark === "run life", every_ms: 300 });
  [globalThis.post] = await globalThis.mastodon.timelineHome({ limit: 1 });
  results.push(await perform(module, mark));
}
print(JSON.stringify(results), () => process.exit());

async function perform(module, mark) {
  let printed = "";
  process.stdout.write = (text) => {
    printed += text;
    return true;
  };
  try {
    if (mark === "run alone") await alone(module);
    else {
      const { default: worker } = await import(module);
      if (mark === "run worker") await asWorker(worker);
    }
    return { printed };
  } catch (error) {
    return { printed, error: String(error.stack ?? error) };
  } finally {
    process.stdout.write = print;
  }
}

async function control(name, body) {
  const response = await fetch(new URL(`/sandbox/${name}`, MASTODON_URL), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`/sandbox/${name}: ${response.status}`);
}

/** A program that has a process to itself, such as a test. */
async function alone(module) {
  const { stdout } = await promisify(execFile)(process.execPath, [module], { timeout: 30_000 });
  console.log(stdout);
}

/** What the runtime of Workers does with a module's export. */
async function asWorker(worker) {
  const kept = new Map();
  const env = {
    INSTANCE: MASTODON_URL,
    TOKEN: MASTODON_TOKEN,
    KV: {
      get: async (key) => kept.get(key) ?? null,
      put: async (key, value) => void kept.set(key, value),
      delete: async (key) => void kept.delete(key),
    },
  };
  const context = { waitUntil() {}, passThroughOnException() {} };
  if (worker.scheduled) {
    const event = { cron: "* * * * *", scheduledTime: Date.now() };
    await worker.scheduled(event, env, context);
    // A second run, with something to do.
    await control("life", { once: "mention", to: "mina" });
    await worker.scheduled(event, env, context);
  }
  for (const [key, value] of kept) console.log("kept", key, value);
  const answer = await worker.fetch?.(new Request("https://worker.example/"), env, context);
  if (answer) console.log(answer.status, await answer.text());
}

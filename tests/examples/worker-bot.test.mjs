// examples/worker-bot, in the Workers runtime and against the sandbox. mina is the bot.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { roll } from "../../examples/worker-bot/src/dice.js";
import { startSandbox } from "../../scripts/sandbox.mjs";
import { bundle, copyExample, startWorker } from "./example.mjs";
import { as, until } from "./person.mjs";

const CURSOR = "last notification";

describe("worker-bot", () => {
  let sandbox;
  let project;
  let worker;
  let kv;
  let storage;
  let url;

  before(async () => {
    sandbox = await startSandbox();
    project = await copyExample("worker-bot");
    await bundle(project);
  });
  after(async () => {
    await sandbox?.stop();
    project?.remove();
  });
  beforeEach(async () => {
    storage = mkdtempSync(path.join(tmpdir(), "mastodon-wasm-kv-"));
    await sandbox.reset();
    await sandbox.control("DELETE", "/sandbox/behaviour");
    await sandbox.control("DELETE", "/sandbox/rate_limit");
    await sandbox.control("DELETE", "/sandbox/streaming");
    await start();
  });
  afterEach(async () => {
    await worker?.dispose();
    worker = undefined;
    rmSync(storage, { recursive: true, force: true });
  });

  /** Starts the Worker, or starts it anew as a deployment would: what is in KV stays. */
  async function start() {
    await worker?.dispose();
    ({ worker, url } = await startWorker(project, {
      bindings: { INSTANCE: sandbox.url, TOKEN: sandbox.account("mina").access_token },
      kvNamespaces: ["KV"],
      kvPersist: storage,
      durableObjects: { LISTENER: { className: "Listener", useSQLite: true } },
      unsafeTriggerHandlers: true,
    }));
    kv = await worker.getKVNamespace("KV");
  }

  /** Once, an answer of the bot's is not taken. */
  const refuseAnAnswer = (fault) =>
    sandbox.faults({
      match: {
        method: "POST",
        path: "^/api/v1/statuses",
        token: sandbox.account("mina").access_token,
      },
      times: 1,
      ...fault,
    });

  async function minute() {
    const response = await fetch(new URL("/cdn-cgi/handler/scheduled", url));
    return { outcome: await response.text(), status: response.status };
  }

  const mention = (username, text = "@mina 2d6", more) =>
    as(sandbox, username, "POST", "/api/v1/statuses", { status: text, ...more });

  /** What the bot wrote since, oldest first. */
  async function answers() {
    const { id } = sandbox.account("mina");
    const posts = await as(sandbox, "mina", "GET", `/api/v1/accounts/${id}/statuses?limit=40`);
    return posts.filter(({ content }) => /🎲|2d6/.test(content)).reverse();
  }

  const answered = (count) =>
    until(async () => {
      const all = await answers();
      return all.length >= count && all;
    }, `${count} answers`);

  const sockets = async () => (await sandbox.control("GET", "/sandbox/state")).sockets;

  it("answers each mention once, and nothing that was there before", async () => {
    await mention("theo", "@mina 2d6, from before your time");
    assert.equal((await minute()).outcome, "ok");
    assert.deepEqual(await answers(), []);

    const asked = [await mention("theo"), await mention("yuki", "@mina what do you do?")];
    await minute();
    const [first, second, ...others] = await answered(2);
    assert.deepEqual(others, []);
    assert.deepEqual(
      [first, second].map((post) => post.in_reply_to_id),
      asked.map(({ id }) => id),
    );
    assert.match(first.content, /@<span>theo<\/span>.*🎲 (\d) \+ (\d) = (\d+)/s);
    assert.match(second.content, /Write something like 2d6/);
    assert.equal(first.visibility, "unlisted");
    await minute();
    assert.equal((await answers()).length, 2);
  });

  it("keeps what is private private", async () => {
    await minute();
    await mention("theo", "@mina d20", { visibility: "direct" });
    await minute();
    const [{ visibility }] = await answered(1);
    assert.equal(visibility, "direct");
  });

  it("goes on where it stopped, and posts nothing twice", async () => {
    await stopListening();
    await minute();
    const cursor = await kv.get(CURSOR);
    for (let number = 0; number < 4; number += 1) await mention("theo", `@mina d6 (${number})`);
    await refuseAnAnswer({ after: 2, status: 503 });
    assert.notEqual((await minute()).outcome, "ok");
    assert.equal((await answers()).length, 2);
    assert.ok((await kv.get(CURSOR)) > cursor);
    await minute();
    assert.equal((await answers()).length, 4);
    // The accident that the keys are for: everything was answered, and the cursor was not written.
    await kv.put(CURSOR, cursor);
    await minute();
    assert.equal((await answers()).length, 4);
  });

  it("does not stumble over a mention that cannot be answered", async () => {
    await stopListening();
    await minute();
    const gone = await mention("theo", "@mina d6, no, forget it");
    await mention("theo", "@mina d6");
    await refuseAnAnswer({ status: 422 });
    assert.equal((await minute()).outcome, "ok");
    const [{ in_reply_to_id }, ...others] = await answers();
    assert.deepEqual(others, []);
    assert.notEqual(in_reply_to_id, gone.id);
  });

  it("leaves to the next minute what the rate limit does not allow", async () => {
    await stopListening();
    await minute();
    for (let number = 0; number < 6; number += 1) await mention("theo", `@mina d6 (${number})`);
    // 20 are kept in reserve; the notifications are one request, who we are another.
    await sandbox.control("POST", "/sandbox/rate_limit", { limit: 24, window_ms: 600_000 });
    assert.equal((await minute()).outcome, "ok");
    await sandbox.control("DELETE", "/sandbox/rate_limit");
    const before = (await answers()).length;
    assert.ok(before > 0 && before < 6, `${before} answers`);
    await minute();
    assert.equal((await answers()).length, 6);
  });

  it("listens between the minutes, and catches up after a lost connection", async () => {
    await minute();
    await until(async () => (await sockets()).length === 1, "a socket");
    await mention("theo", "@mina d6 at once");
    await answered(1);
    await sandbox.control("POST", "/sandbox/streaming", { drop: true, refuse_for_ms: 1500 });
    await until(async () => (await sockets()).length === 0, "no socket");
    await mention("yuki", "@mina d6 while nobody listens");
    await answered(2);
    await minute();
    assert.equal((await answers()).length, 2);
    await until(
      async () => (await sockets()).length === 1,
      "one socket, however often it is asked for",
    );
  });

  it("leaves to the next minute what the listener could not answer", async () => {
    await minute();
    await until(async () => (await sockets()).length === 1, "a socket");
    await refuseAnAnswer({ status: 503 });
    const asked = [await mention("theo"), await mention("yuki"), await mention("theo")];
    await until(async () => (await sockets()).length === 0, "the end of the stream");
    assert.deepEqual(await answers(), []);
    await minute();
    assert.deepEqual(
      (await answered(3)).map((post) => post.in_reply_to_id),
      asked.map(({ id }) => id),
    );
    await until(async () => (await sockets()).length === 1, "a socket again");
  });

  it("catches up after a deployment", async () => {
    await minute();
    await until(async () => (await sockets()).length === 1, "a socket");
    await mention("theo", "@mina d6");
    await answered(1);
    const latest = await until(async () => {
      const cursor = await kv.get(CURSOR);
      return cursor !== "0" && cursor;
    }, "a cursor");
    await start();
    assert.equal(await kv.get(CURSOR), latest);
    await mention("yuki", "@mina d6 meanwhile");
    // The stream alone, without the minute's own look at the mentions.
    const listeners = await worker.getDurableObjectNamespace("LISTENER");
    await listeners.get(listeners.idFromName("listener")).listen();
    const [, { in_reply_to_account_id }] = await answered(2);
    assert.equal(in_reply_to_account_id, sandbox.account("yuki").id);
  });

  it("does not talk with other bots", async () => {
    await minute();
    await as(sandbox, "theo", "PATCH", "/api/v1/accounts/update_credentials", { bot: true });
    await mention("theo");
    await mention("yuki");
    await minute();
    const [{ in_reply_to_account_id }, ...others] = await answered(1);
    assert.equal(in_reply_to_account_id, sandbox.account("yuki").id);
    assert.deepEqual(others, []);
  });

  /** Sockets are refused from now on, so that the minutes are alone. */
  async function stopListening() {
    await sandbox.control("POST", "/sandbox/streaming", {
      drop: true,
      refuse_for_ms: 60_000,
      refuse_status: 503,
    });
  }
});

describe("the dice of worker-bot", () => {
  it("fall as they should", () => {
    for (let time = 0; time < 200; time += 1) {
      const [, one, two, sum] = roll("<p>2D6</p>")
        .match(/^🎲 (\d) \+ (\d) = (\d+)$/)
        .map(Number);
      assert.equal(one + two, sum);
      assert.ok(Math.min(one, two) >= 1 && Math.max(one, two) <= 6);
    }
    assert.match(roll("<p>@mina <b>d20</b>!</p>"), /^🎲 \d+$/);
    for (const nonsense of ["", "hello", "0d0", "101d6", "d", "9999d6", "word6"]) {
      assert.match(roll(nonsense), /^Write something/, nonsense);
    }
  });
});

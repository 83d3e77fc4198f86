// A minute in which every socket is cut after a few seconds, while a thousand posts arrive.
import assert from "node:assert/strict";
import { test } from "node:test";
import WebSocket from "ws";
import { init, Mastodon } from "../../pkg/node.js";
import { startSandbox } from "../../scripts/sandbox.mjs";
import { pause, until } from "./fake.mjs";

const POSTS = 1000;
const MINUTE = 60_000;

/** When the socket was lost that the next one replaces. */
let lost;

class Watched extends WebSocket {
  constructor(...args) {
    super(...args);
    this.addEventListener("close", () => {
      lost = Date.now();
    });
  }
}

test("none of a thousand posts is missing or doubled", { timeout: 3 * MINUTE }, async (t) => {
  await init();
  const sandbox = await startSandbox();
  const client = (username) =>
    new Mastodon({
      api_base_url: sandbox.url,
      access_token: sandbox.account(username).access_token,
      web_socket: Watched,
    });
  const [mina, theo] = [client("mina"), client("theo")];
  try {
    const [seen, gaps, waits] = [[], [], []];
    const stream = mina.streamUser({
      onUpdate: ({ id }) => seen.push(id),
      onGap: (gap) => gaps.push(gap),
      onOpen() {
        if (lost) waits.push(Date.now() - lost);
      },
    });
    await until(() => stream.state === "open");
    await pause(500);
    await sandbox.control("POST", "/sandbox/streaming", { drop_every_ms: 3000 });

    const posted = [];
    const begin = Date.now();
    for (let number = 0; number < POSTS; number += 1) {
      const due = begin + (number * MINUTE) / POSTS;
      if (due > Date.now()) await pause(due - Date.now());
      posted.push((await theo.statusPost(`Post ${number}`)).id);
    }
    await sandbox.control("DELETE", "/sandbox/streaming");
    await until(() => seen.length >= POSTS, "all posts", MINUTE);
    await pause(2000);
    waits.sort((a, b) => a - b);
    t.diagnostic(
      `${posted.length} posts in ${((Date.now() - begin) / 1000).toFixed(1)} s, ${seen.length} delivered, ` +
        `${new Set(seen).size} different, ${gaps.length} gaps, ${waits.length} reconnects, ` +
        `${waits[waits.length >> 1]} ms in the middle, ${waits.at(-1)} ms at most`,
    );
    // 3 s each, and waits below 1, 2, 4, 8 and 8 s: five fit, however the dice fall.
    assert.ok(waits.length >= 5, `${waits.length} reconnects`);
    assert.deepEqual(seen, posted);
    assert.deepEqual(gaps, []);
  } finally {
    mina.close();
    theo.close();
    await sandbox.stop();
  }
});

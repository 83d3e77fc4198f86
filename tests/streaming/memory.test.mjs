// What a hundred thousand events, and streams that come and go, leave behind: nothing.
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { watched } from "../memory.mjs";

const EVENTS = 100_000;

const {
  loaded: { fake, pause, status, until },
  used,
} = await watched(() => import("./fake.mjs"));
const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;

test("a hundred thousand events leave nothing behind", async (t) => {
  const { m, opened } = await fake();
  t.after(() => m.close());
  let [heard, id] = [0, 113_000_000_000_000_000n];
  const note = () => {
    heard += 1;
  };
  m.streamUser({ onUpdate: note, onStatusUpdate: note, onDelete: note, onNotification: note });
  m.streamPublic({ onUpdate: note });
  const socket = await opened();
  await pause(50);
  /** Ten events, of which one has come before. */
  const ten = () => {
    for (let left = 3; left > 0; left -= 1) {
      id += 65_536n;
      socket.update(id);
      socket.update(id, ["public"]);
    }
    socket.update(id);
    socket.event("status.update", status(id, { edited_at: "2026-01-01T00:00:00.000Z" }));
    socket.event("notification", { id: String(id) });
    socket.event("delete", String(id));
  };
  const all = (events) => {
    for (let sent = 0; sent < events; sent += 10) ten();
  };

  all(EVENTS / 10);
  const before = used();
  heard = 0;
  const begin = performance.now();
  all(EVENTS);
  const seconds = (performance.now() - begin) / 1000;
  assert.equal(heard, EVENTS * 0.9);
  const after = used();
  t.diagnostic(
    `${EVENTS} events in ${seconds.toFixed(1)} s; the heap grew by ` +
      `${((after.heap - before.heap) / 1024).toFixed(0)} KB, the module's memory by ` +
      `${(after.module - before.module) / 1024} KB of ${after.module / 1024}`,
  );
  assert.equal(after.module, before.module);
  // A byte an event would be 100 KB; the engine's own caches move by more than that.
  assert.ok(after.heap - before.heap < 1 << 20, `${after.heap - before.heap} bytes more`);
});

test("nor do streams that come and go, and signs of life, beside one that stays", async (t) => {
  const { m, opened } = await fake();
  let heard = 0;
  m.streamUser({
    onUpdate() {
      heard += 1;
    },
  });
  t.after(() => m.close());
  const socket = await opened();
  await pause(50);
  // Its subscription is beyond doubt.
  socket.update(1);
  const refusal = { error: "Unknown stream type", status: 400 };
  const all = async (rounds) => {
    for (let round = 0; round < rounds; round += 1) {
      m.streamHashtag(`tag${round}`, {}).close();
      socket.frame(refusal);
      if (round % 100 === 0) await pause(0);
    }
    socket.sent.length = 0;
  };
  await all(2000);
  const before = used();
  await all(20_000);
  const after = used();
  t.diagnostic(`the heap grew by ${((after.heap - before.heap) / 1024).toFixed(0)} KB`);
  assert.equal(after.module, before.module);
  assert.ok(after.heap - before.heap < 1 << 20, `${after.heap - before.heap} bytes more`);
  socket.update(2);
  assert.equal(heard, 2);
});

test("streams that come and go leave nothing behind", async () => {
  const { m, sockets, opened } = await fake();
  const { signal } = new AbortController();
  const idle = timers();
  let before;
  for (let round = 0; round < 300; round += 1) {
    const streams = [
      m.streamUser({}, { signal }),
      m.streamHashtag(`tag${round}`, {}),
      m.streamUser({}, { resume: "5" }),
    ];
    if (round % 3 > 0) {
      const socket = await opened();
      socket.update(round);
    }
    for (const stream of streams) stream.close();
    if (round === 100) before = used();
    // What the fake remembers is none of the package's.
    sockets.length = 0;
  }
  await until(() => timers() <= idle, "no timers");
  assert.equal(used().module, before.module);
  assert.equal(getEventListeners(signal, "abort").length, 0);
  m.close();
});

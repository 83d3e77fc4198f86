import assert from "node:assert/strict";
import { test } from "node:test";
import { givenTime } from "../time.mjs";
import { fake, pause, recorder, status, until } from "./fake.mjs";

givenTime();

const withoutEvents = (requests) => requests.filter(({ path }) => !path.includes("timelines"));

/** A stream of public posts that knows of one, and its first socket. */
async function listening() {
  const world = await fake();
  world.statuses.push(status(1));
  const listener = recorder();
  world.m.streamPublic(listener);
  const first = await world.opened();
  await until(() => world.requests.some(({ path }) => path.includes("timelines")));
  await pause(20);
  return { world, listener, first };
}

test("what was missed is fetched, and merged with what arrives", async () => {
  const world = await fake();
  const { m, opened, statuses, notifications } = world;
  statuses.push(status(100));
  notifications.push({ id: "10" });
  const listener = recorder();
  const stream = m.streamUser(listener);
  const first = await opened();
  await until(() => world.requests.some(({ path }) => path.endsWith("notifications")));
  await pause(20);
  const post = (id, socket) => {
    statuses.push(status(id));
    socket?.update(id);
  };
  post(101, first);
  first.drop();
  assert.equal(stream.state, "waiting");
  for (let id = 102; id < 200; id += 1) post(id);
  notifications.push({ id: "11" }, { id: "12" });
  const lost = Date.now();
  const second = await opened(2);
  assert.ok(Date.now() - lost < 1100, "the first retry comes within a second");
  post(200, second);
  second.update(150);
  second.event("delete", "101");
  await until(() => listener.ids("delete").length > 0);
  post(201, second);
  const expected = Array.from({ length: 101 }, (_, at) => String(101 + at));
  assert.deepEqual(listener.ids("update"), expected);
  assert.deepEqual(listener.ids("notification"), ["11", "12"]);
  assert.deepEqual(listener.ids("gap"), []);
  assert.deepEqual(listener.ids("open").length, 2);
  m.close();
});

test("edits and deletions that were missed are found", async () => {
  const { world, listener, first } = await listening();
  const { m, statuses } = world;
  for (const id of [2, 3, 4, 5]) {
    statuses.push(status(id));
    first.update(id, ["public"]);
  }
  first.event("delete", "5", ["public"]);
  first.drop();
  statuses.splice(0, 5, status(1), status(2), status(4, { edited_at: "2026-01-01T00:00:00.000Z" }));
  await until(() => listener.ids("status.update").length > 0);
  assert.deepEqual(listener.ids("delete"), ["5", "3"]);
  assert.deepEqual(listener.ids("status.update"), ["4"]);
  m.close();
});

test("a gap larger than the limit is reported, and the stream goes on behind it", async () => {
  const world = await fake();
  const { m, opened, statuses } = world;
  statuses.push(status(1000));
  const listener = recorder();
  m.streamPublic(listener, { backfill_limit: 50 });
  const first = await opened();
  await until(() => world.requests.some(({ path }) => path.includes("timelines")));
  await pause(20);
  first.drop();
  for (let id = 1001; id <= 1300; id += 1) statuses.push(status(id));
  await until(() => listener.ids("update").includes("1300"));
  const ids = listener.ids("update");
  assert.deepEqual(
    ids.slice(0, 50),
    Array.from({ length: 50 }, (_, at) => String(1001 + at)),
  );
  assert.deepEqual(listener.ids("gap"), [{ from: "1050", to: "1300" }]);
  assert.equal(ids.length, 51);
  m.close();
});

test("an earlier run is continued", async () => {
  const world = await fake();
  const { m, statuses, notifications } = world;
  for (let id = 1; id <= 90; id += 1) statuses.push(status(id));
  notifications.push({ id: "5" }, { id: "6" }, { id: "7" });
  const listener = recorder();
  m.streamUser(listener, { resume: "30", resume_notification: { id: "6" } });
  await until(() => listener.ids("notification").length > 0);
  assert.deepEqual(
    listener.ids("update"),
    Array.from({ length: 60 }, (_, at) => String(31 + at)),
  );
  assert.deepEqual(listener.ids("notification"), ["7"]);
  assert.deepEqual(listener.ids("gap"), []);
  m.close();
});

test("requests that fail are tried again while events wait, and given up with a gap", async () => {
  const { world, listener, first } = await listening();
  const { m, opened, statuses } = world;
  let failures = 0;
  world.answer = ({ path }) => {
    if (!path.includes("timelines")) return;
    failures += 1;
    return new Response("<html>", { status: 502, headers: { "content-type": "text/html" } });
  };
  first.drop();
  statuses.push(status(2), status(3));
  await pause(60_000);
  assert.deepEqual(listener.ids("gap"), [], "nothing waits");
  assert.ok(failures > 4 && failures < 10, `${failures} requests in a minute`);
  const second = await opened(2);
  second.update(3, ["public"]);
  await pause(29_000);
  assert.deepEqual(listener.ids("gap"), []);
  await pause(2_000);
  assert.deepEqual(listener.heard.slice(-2), [
    ["gap", { from: "1", to: "3" }],
    ["update", "3"],
  ]);
  m.close();
});

test("a refusal ends its stream and leaves the others", async () => {
  const world = await fake();
  const { m, opened } = world;
  const refusal = { error: "Not authorized to stream this list", status: 401 };
  world.onmessage = (socket, { type, stream, list }) => {
    if (type === "subscribe" && stream === "list" && list !== "1") socket.frame(refusal);
  };
  const [user, good, bad, worse] = [recorder(), recorder(), recorder(), recorder()];
  m.streamUser(user);
  m.streamList("1", good);
  const refused = m.streamList("2", bad);
  m.streamList("3", worse);
  const iterator = refused[Symbol.asyncIterator]();
  const socket = await opened();
  await until(
    () => bad.ids("abort").length + worse.ids("abort").length === 2,
    "both are refused",
    15_000,
  );
  socket.update(1);
  socket.update(2, ["list", "1"]);
  assert.deepEqual(user.ids("update"), ["1"]);
  assert.deepEqual(good.ids("update"), ["2"]);
  await assert.rejects(iterator.next(), {
    name: "MastodonUnauthorizedError",
    status: 401,
    error: refusal.error,
  });
  assert.equal(refused.state, "closed");
  assert.equal(world.sockets.length, 1);
  m.close();
});

test("a token that is not good ends everything", async () => {
  const world = await fake();
  world.handshake = "refuse";
  world.answer = ({ path }) =>
    path.endsWith("verify_credentials") &&
    Response.json({ error: "The access token was revoked" }, { status: 401 });
  const errors = [];
  const stream = world.m.streamUser({ onAbort: (error) => errors.push(error) });
  const held = world.m.streamOpenWebsocket({ onAbort: (error) => errors.push(error) });
  await until(() => errors.length === 2);
  assert.ok(
    errors.every(({ name, status }) => name === "MastodonUnauthorizedError" && status === 401),
  );
  assert.equal(stream.state, "closed");
  assert.equal(held.state, "closed");
  await pause(1200);
  assert.equal(world.sockets.length, 1);
  assert.ok(world.requests.every(({ url }) => !url.includes("fake-token")));
  world.m.close();
});

test("the token goes into the URL only when the subprotocol is what fails", async () => {
  const world = await fake();
  world.handshake = ({ url }) => (url.includes("access_token") ? "open" : "refuse");
  const stream = world.m.streamUser({});
  await until(() => stream.state === "open", "open", 10_000);
  const tokens = world.sockets.map(({ url, protocols }) => [
    url.split("?")[1],
    protocols && String(protocols),
  ]);
  assert.deepEqual(tokens, [
    [undefined, "fake-token"],
    [undefined, "fake-token"],
    ["access_token=fake-token", undefined],
  ]);
  assert.equal(world.requests.filter(({ path }) => path.endsWith("verify_credentials")).length, 2);
  // What worked once is not doubted.
  world.socket.drop();
  await until(() => world.sockets.length === 4);
  assert.ok(world.socket.url.includes("access_token"));
  world.m.close();
});

test("while nothing answers, nothing is blamed", async () => {
  const world = await fake();
  world.handshake = "refuse";
  world.answer = () => new TypeError("fetch failed");
  const listener = recorder();
  const stream = world.m.streamUser(listener);
  await pause(1500);
  assert.deepEqual(listener.heard, []);
  assert.equal(stream.state, "waiting");
  world.handshake = "open";
  world.answer = undefined;
  await until(() => stream.state === "open", "open", 20_000);
  world.m.close();
});

test("polling takes over where sockets are refused, and hands back", async () => {
  const world = await fake();
  world.handshake = "refuse";
  world.statuses.push(status(1));
  const listener = recorder();
  const stream = world.m.streamPublic(listener);
  await until(() => stream.state === "polling", "polling", 15_000);
  world.statuses.push(status(2), status(3));
  world.handshake = "open";
  await until(() => stream.state === "open", "open", 30_000);
  world.socket.update(4, ["public"]);
  await until(() => listener.ids("update").length === 3, "all three");
  assert.deepEqual(listener.ids("update"), ["2", "3", "4"]);
  world.m.close();
});

test("without sockets and without polling there is no stream", async () => {
  const world = await fake({ web_socket: undefined });
  const own = globalThis.WebSocket;
  assert.equal(own, undefined, "this platform has no WebSocket");
  const listener = recorder();
  world.m.streamUser(listener, { polling: false });
  await until(() => listener.ids("abort").length === 1);
  assert.equal(listener.ids("abort")[0].name, "MastodonNetworkError");
  const polled = world.m.streamUser({});
  await until(() => polled.state === "polling");
  world.m.close();
});

test("a silent socket is asked, and replaced when it does not answer", async () => {
  const world = await fake();
  let answers = true;
  world.onmessage = (socket, { stream }) => {
    if (answers && stream === "ping") socket.frame({ error: "Unknown stream type", status: 400 });
  };
  const listener = recorder();
  const stream = world.m.streamUser(listener, { idle_timeout: 0.2 });
  await until(() => world.sent.filter(({ stream }) => stream === "ping").length >= 2);
  assert.equal(world.sockets.length, 1);
  assert.equal(stream.state, "open");
  assert.deepEqual(listener.ids("abort"), []);
  answers = false;
  const asked = Date.now();
  await until(() => world.sockets.length === 2, "a second socket", 15_000);
  assert.ok(Date.now() - asked > 9000);
  assert.equal(world.sockets[0].closed, true);
  world.m.close();
});

test("a socket that never opens is given up", async () => {
  const world = await fake();
  world.handshake = "hang";
  world.m.streamUser({}, { timeout: 0.2 });
  await until(() => world.sockets.length === 2);
  assert.equal(world.sockets[0].closed, true);
  world.m.close();
});

test("waking up connects at once", async () => {
  const listeners = new Map();
  globalThis.addEventListener = (type, listener) => listeners.set(type, listener);
  globalThis.removeEventListener = (type) => listeners.delete(type);
  try {
    const world = await fake();
    world.handshake = "refuse";
    world.answer = () => new TypeError("fetch failed");
    const stream = world.m.streamUser({});
    await until(() => world.sockets.length >= 0 && stream.state === "waiting");
    await pause(3000);
    world.handshake = "open";
    world.answer = undefined;
    listeners.get("online")();
    await until(() => stream.state === "open", "open", 300);
    world.m.close();
    assert.equal(listeners.size, 0);
  } finally {
    delete globalThis.addEventListener;
    delete globalThis.removeEventListener;
  }
});

test("the health of the streaming server is asked there, without the token", async () => {
  const world = await fake();
  world.answer = ({ path }) => path.endsWith("/health") && new Response("OK");
  assert.equal(await world.m.streamHealthy(), true);
  const { url, init } = world.requests.at(-1);
  assert.equal(url, "https://stream.fake.example/api/v1/streaming/health");
  assert.equal(new Headers(init.headers).get("authorization"), null);
  world.answer = ({ path }) => path.endsWith("/health") && new Response("down", { status: 503 });
  assert.equal(await world.m.streamHealthy(), false);
  assert.deepEqual(withoutEvents(world.requests).at(-1).url, url);
});

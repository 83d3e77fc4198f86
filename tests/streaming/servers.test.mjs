// Streams of servers that are not as Mastodon documents itself, and of some that mean harm.
import assert from "node:assert/strict";
import { test } from "node:test";
import { givenTime } from "../time.mjs";
import { fake, pause, recorder, status, until } from "./fake.mjs";

givenTime();

/** Statuses with these ids, the newest first, as a response. */
const page = (ids) => Response.json(ids.map((id) => status(id)).reverse());

test("nothing that a server sends throws out of a handler", async (t) => {
  const logged = t.mock.method(console, "error", () => {});
  const { m, opened } = await fake();
  const listener = recorder({ onError: () => {} });
  m.streamUser(listener);
  const socket = await opened();
  const trap = { toString: 1, valueOf: 1, [Symbol.toPrimitive]: 1 };
  const values = [trap, [trap], null, true, -0.5, "", "x".repeat(1e6), [], {}, "\ud800", 2 ** 60];
  const events = [
    ...["update", "status.update", "delete", "notification", "conversation", "announcement.delete"],
    ...["brand.new", "__proto__", "toString"],
  ];
  for (const event of events) {
    for (const value of values) {
      for (const payload of [
        value,
        { id: value },
        { id: "1", edited_at: value },
        { last_status: value },
        { last_status: { id: value } },
      ]) {
        socket.frame({ stream: ["user"], event, payload });
        socket.frame({ stream: ["user"], event, payload: JSON.stringify(payload) ?? "" });
      }
      socket.frame({ stream: value, event, payload: "{}" });
      socket.frame({ stream: [value, value], event, payload: "{}" });
      socket.frame({ stream: ["user"], event: value, payload: "{}" });
      socket.frame({ error: value, status: value });
      socket.frame({ error: "no", status: value });
    }
  }
  const again = recorder();
  m.streamUser(again);
  socket.update("999999999999999999");
  await pause(10);
  assert.ok(again.ids("update").includes("999999999999999999"));
  assert.equal(logged.mock.callCount(), 0);
  m.close();
});

test("a page of entries that are none is survived", async () => {
  for (const body of ['{"0":{"id":"2"},"2":{"id":{"toString":1}}}', "[null,7,{}]", "null", '"x"']) {
    const world = await fake({ web_socket: undefined });
    world.answer = ({ path }) => path.includes("timelines") && new Response(body);
    const stream = world.m.streamPublic({}, { resume: "1" });
    await until(() => world.requests.some(({ path }) => path.includes("timelines")));
    await pause(20);
    assert.equal(stream.state, "polling");
    world.m.close();
  }
});

test("of sixty missed, none is lost where `min_id` is read as `since_id`", async () => {
  const world = await fake();
  const { m, opened, statuses } = world;
  statuses.push(status(1000));
  world.answer = ({ path, query }) => {
    if (!path.includes("timelines")) return;
    const [after, before] = [Number(query.get("min_id") ?? 0), Number(query.get("max_id") ?? 1e9)];
    const ids = statuses.map(({ id }) => Number(id)).filter((id) => id > after && id < before);
    return page(ids.slice(-Number(query.get("limit"))));
  };
  const listener = recorder();
  m.streamPublic(listener);
  const first = await opened();
  await pause(50);
  first.drop();
  for (let id = 1001; id <= 1060; id += 1) statuses.push(status(id));
  await until(() => listener.ids("update").length === 60, "all sixty");
  assert.deepEqual(
    listener.ids("update"),
    Array.from({ length: 60 }, (_, at) => String(1001 + at)),
  );
  assert.deepEqual(listener.ids("gap"), []);
  m.close();
});

test("what the server no longer has is a gap", async () => {
  const world = await fake();
  const { m, opened, statuses } = world;
  statuses.push(status(1000));
  world.answer = ({ path, query }) => {
    if (!path.includes("timelines")) return;
    const kept = statuses.slice(-400).map(({ id }) => Number(id));
    const limit = Number(query.get("limit"));
    const before = kept.filter((id) => id < Number(query.get("max_id") ?? 1e9));
    if (!query.has("min_id")) return page(before.slice(-limit));
    return page(before.filter((id) => id > Number(query.get("min_id"))).slice(0, limit));
  };
  const listener = recorder();
  m.streamPublic(listener);
  const first = await opened();
  await pause(50);
  first.drop();
  for (let id = 1001; id <= 2000; id += 1) statuses.push(status(id));
  await until(() => listener.ids("update").includes("2000"), "the last", 10_000);
  assert.deepEqual(listener.ids("gap"), [{ from: "1000", to: "1601" }]);
  assert.equal(listener.ids("update").length, 400);
  m.close();
});

test("an empty list is asked for without a cursor, a tag that nobody used is one", async () => {
  const world = await fake();
  const { m, opened, statuses } = world;
  world.answer = ({ path }) =>
    path.includes("timelines") &&
    statuses.length === 0 &&
    Response.json({ error: "not found" }, { status: 404 });
  const listener = recorder();
  m.streamHashtag("moss", listener);
  const first = await opened();
  await until(() => world.requests.some(({ path }) => path.includes("timelines")));
  await pause(20);
  first.drop();
  statuses.push(status(1), status(2));
  await until(() => listener.ids("update").length === 2, "both");
  assert.deepEqual(listener.ids("update"), ["1", "2"]);
  assert.deepEqual(listener.ids("gap"), []);
  assert.ok(world.requests.every(({ query }) => query.get("min_id") !== "0"));
  m.close();
});

test("any 401 of a list that is polled ends its stream", async () => {
  const world = await fake({ web_socket: undefined });
  world.answer = ({ path }) =>
    path.includes("timelines") &&
    Response.json({ error: "The access token was revoked" }, { status: 401 });
  const listener = recorder();
  const stream = world.m.streamUser(listener);
  await until(() => listener.ids("abort").length > 0, "the end");
  assert.equal(listener.ids("abort")[0].name, "MastodonUnauthorizedError");
  assert.equal(stream.state, "closed");
  world.m.close();
});

test("a token that is refused with 422 ends the stream once a list confirms it", async () => {
  for (const confirmed of [true, false]) {
    const world = await fake();
    world.handshake = "refuse";
    world.answer = ({ path }) =>
      (path.endsWith("verify_credentials") || (confirmed && path.includes("timelines"))) &&
      Response.json({ error: "invalid token" }, { status: 422 });
    const listener = recorder();
    const stream = world.m.streamUser(listener);
    await pause(200);
    assert.equal(stream.state, confirmed ? "closed" : "waiting");
    assert.equal(listener.ids("abort").length, confirmed ? 1 : 0);
    world.m.close();
  }
});

test("notifications and deletions reach all that they concern", async () => {
  const { m, opened } = await fake();
  const [user, notifications, local] = [recorder(), recorder(), recorder()];
  m.streamUser(user);
  m.streamUserNotifications(notifications);
  m.streamLocal(local);
  const socket = await opened();
  await pause(20);
  socket.event("notification", { id: "5", type: "mention" });
  socket.event("notification", { id: "5", type: "mention" }, ["user:notification"]);
  assert.deepEqual(notifications.ids("notification"), ["5"]);
  assert.deepEqual(user.ids("notification"), ["5"]);
  socket.update(7);
  socket.update(7, ["public:local"]);
  socket.event("delete", "7");
  socket.event("delete", "7", ["public:local"]);
  socket.event("delete", "8");
  assert.deepEqual(local.ids("delete"), ["7"]);
  assert.deepEqual(user.ids("delete"), ["7", "8"]);
  m.close();
});

test("every change of the state is told", async () => {
  const world = await fake();
  const states = [];
  const stream = world.m.streamUser({ onState: (state, label) => states.push([state, label[0]]) });
  const first = await world.opened();
  first.drop();
  await until(() => states.length >= 4, "four states");
  stream.close();
  assert.deepEqual(
    states.map(([state]) => state),
    ["open", "waiting", "connecting", "open", "closed"],
  );
  assert.ok(states.every(([, label]) => label === "user"));
  world.m.close();
});

test("a stream that is over says so, and why", async () => {
  const world = await fake();
  const controller = new AbortController();
  const stream = world.m.streamUser(null, { signal: controller.signal });
  await world.opened();
  controller.abort(new Error("enough"));
  await pause(10);
  assert.equal(stream.state, "closed");
  stream.close();
  stream.free?.();
  await assert.rejects(
    async () => {
      for await (const _ of stream);
    },
    { message: "enough" },
  );
  world.m.close();
});

test("a time is no place to resume from where ids are no snowflakes", async () => {
  const world = await fake();
  world.statuses.push(status("01JD4ZV5C7Q9M3J4K5T6W7X8Y9"));
  const listener = recorder();
  const stream = world.m.streamPublic(listener, { resume: new Date(0) });
  await until(() => listener.ids("abort").length > 0, "the end");
  const [error] = listener.ids("abort");
  assert.equal(error.name, "MastodonIllegalArgumentError");
  assert.match(error.message, /resume/);
  assert.equal(stream.state, "closed");
  assert.deepEqual(listener.ids("update"), []);
  world.m.close();
});

test("an id of another kind of server is no place to resume from", async () => {
  for (const resume of ["01JD4ZV5C7Q9M3J4K5T6W7X8Y9", "2026-11-30T08:21:59.791Z"]) {
    const world = await fake();
    world.statuses.push(status(1));
    const listener = recorder();
    world.m.streamPublic(listener, { resume });
    await until(() => listener.ids("abort").length > 0, "the end");
    assert.match(listener.ids("abort")[0].message, /`resume` is no id of this server/);
    world.m.close();
  }
});

test("a place to resume from that is ahead of the server loses nothing later", async () => {
  const world = await fake();
  world.statuses.push(status(5), status(6));
  const listener = recorder();
  world.m.streamPublic(listener, { resume: "900", polling: false });
  await world.opened();
  const asked = () => world.requests.filter(({ path }) => path.endsWith("/public")).length;
  // The newest is asked for, and again once the server has taken up the subscription.
  await until(() => asked() >= 3, "the list");
  await pause(1200);
  world.statuses.push(status(7));
  world.socket.drop();
  await until(() => listener.ids("update").length > 0, "what was missed");
  assert.deepEqual(listener.ids("update"), ["7"]);
  world.m.close();
});

test("a stream opened while another one catches up begins there", async () => {
  const world = await fake();
  world.statuses.push(status(1));
  const [first, second] = [recorder(), recorder()];
  const { m } = world;
  m.streamPublic(first);
  await world.opened();
  await pause(50);
  world.handshake = "refuse";
  world.socket.drop();
  world.statuses.push(status(2), status(3));
  m.streamPublic(second);
  world.handshake = "open";
  await until(() => first.ids("update").length === 2, "what was missed", 10_000);
  await until(() => world.sent.length >= 2);
  await pause(50);
  world.socket.update(4, ["public"]);
  await until(() => first.ids("update").length === 3, "what comes", 10_000);
  assert.deepEqual([first.ids("update"), second.ids("update")], [["2", "3", "4"], ["4"]]);
  m.close();
});

test("a stream without polling is not said to poll, and ends where there is no socket", async () => {
  const world = await fake({ web_socket: undefined });
  const [polled, refused] = [recorder(), recorder()];
  const stream = world.m.streamPublic(polled);
  await until(() => stream.state === "polling");
  const other = world.m.streamUser(refused, { polling: false });
  assert.notEqual(other.state, "polling");
  await until(() => refused.ids("abort").length > 0, "the end");
  assert.match(refused.ids("abort")[0].message, /`polling` is off/);
  assert.equal(stream.state, "polling");
  world.m.close();
});

test("an event without its entity is none", async () => {
  const world = await fake();
  const listener = recorder();
  const errors = [];
  world.m.streamUser({ ...listener, onError: (error) => errors.push(error.name) });
  const socket = await world.opened();
  for (const payload of [undefined, "null", "5"]) socket.event("update", payload);
  socket.update(1);
  await until(() => listener.ids("update").length > 0);
  assert.deepEqual(listener.ids("update"), ["1"]);
  assert.deepEqual(errors, Array(3).fill("MastodonMalformedEventError"));
  world.m.close();
});

test("a timeline that grows faster than it is read is asked in rounds", async () => {
  const world = await fake();
  world.statuses.push(status(1));
  let newest = 1;
  let asks = 0;
  world.answer = ({ path, query }) => {
    if (!path.includes("timelines")) return;
    asks += 1;
    newest += 100;
    const after = Number(query.get("min_id") ?? newest - 2);
    return page(Array.from({ length: Number(query.get("limit")) }, (_, at) => after + 1 + at));
  };
  world.m.streamPublic({}, { backfill_limit: 1, resume: "1" });
  await pause(3000);
  assert.ok(asks < 20, `${asks} requests in 3 s`);
  world.m.close();
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { givenTime } from "../time.mjs";
import { fake, pause, recorder, status, until } from "./fake.mjs";

givenTime();

test("one socket carries all streams, the same one twice", async () => {
  const { m, sockets, opened, ...world } = await fake();
  const [one, two, list] = [recorder(), recorder(), recorder()];
  m.streamUser(one);
  m.streamUser(two);
  m.streamList("501", list);
  const socket = await opened();
  assert.equal(sockets.length, 1);
  assert.equal(socket.url, "wss://stream.fake.example/api/v1/streaming");
  assert.equal(String(socket.protocols), "fake-token");
  assert.deepEqual(socket.sent, [
    { type: "subscribe", stream: "user" },
    { type: "subscribe", stream: "list", list: "501" },
  ]);
  socket.update(7);
  socket.update(8, ["list", "501"]);
  socket.update(9, ["list:501"]);
  socket.update(10, ["list", "502"]);
  assert.deepEqual(one.ids("update"), ["7"]);
  assert.deepEqual(two.ids("update"), ["7"]);
  assert.deepEqual(list.ids("update"), ["8", "9"]);
  assert.ok(world.requests.every(({ url }) => !url.includes("fake-token")));
  m.close();
});

test("the last one to close closes the socket", async () => {
  const { m, opened, sockets } = await fake();
  const streams = [m.streamUser({}), m.streamUser({}), m.streamPublic({})];
  const socket = await opened();
  streams[0].close();
  assert.equal(socket.sent.length, 2);
  streams[1].close();
  assert.deepEqual(socket.sent.at(-1), { type: "unsubscribe", stream: "user" });
  assert.equal(socket.closed, undefined);
  streams[2].close();
  streams[2].close();
  assert.equal(socket.closed, true);
  assert.deepEqual(
    streams.map(({ state }) => state),
    ["closed", "closed", "closed"],
  );
  await pause(50);
  assert.equal(sockets.length, 1);
  m.streamDirect({});
  await until(() => sockets.length === 2, "a new stream opens a new socket");
  m.close();
});

test("every stream has its name", async () => {
  const { m, opened } = await fake();
  const listener = {};
  m.streamUser(listener);
  m.streamUserNotifications(listener);
  m.streamPublic(listener);
  m.streamPublic(listener, { only_media: true });
  m.streamPublic(listener, { local: true });
  m.streamLocal(listener, { only_media: true });
  m.streamPublic(listener, { remote: true });
  m.streamPublic(listener, { remote: true, only_media: true });
  m.streamHashtag("Rust", listener);
  m.streamHashtag("rust", listener, { local: true });
  m.streamList({ id: "7" }, listener);
  m.streamDirect(listener);
  m.streamLocal(listener);
  const { sent } = await opened();
  assert.deepEqual(
    sent.map(({ type, ...rest }) => Object.values(rest).join(" ")),
    [
      ...[
        "user",
        "user:notification",
        "public",
        "public:media",
        "public:local",
        "public:local:media",
      ],
      ...[
        "public:remote",
        "public:remote:media",
        "hashtag rust",
        "hashtag:local rust",
        "list 7",
        "direct",
      ],
    ],
  );
  m.close();
});

test("every event reaches its method, payloads as they were sent", async () => {
  const { m, opened } = await fake();
  const listener = recorder();
  const events = [];
  const stream = m.streamUser(listener);
  const reading = (async () => {
    for await (const event of stream) events.push(event);
  })();
  const socket = await opened();
  socket.event("update", status("113999999999999999"));
  socket.event(
    "status.update",
    status("113999999999999999", { edited_at: "2026-01-01T00:00:00.000Z" }),
  );
  socket.event("delete", "113999999999999999");
  socket.frame('{"stream":["user"],"event":"delete","payload":113999999999999997}');
  socket.event("delete", '"01JD4ZV5C7Q9M3J4K5T6W7X8Y9"');
  socket.event("notification", { id: "34975861", type: "mention" });
  socket.event("conversation", { id: "5", last_status: status(77) });
  socket.event("announcement", { id: "3", content: "" });
  socket.event("announcement.reaction", { name: "👍", count: 2, announcement_id: "3" });
  socket.event("announcement.delete", "113999999999999995");
  socket.event("filters_changed");
  socket.event("notifications_merged", "1");
  socket.event("brand.new", { id: "x" });
  socket.event("brand.newer", "113999999999999993");
  stream.close();
  await reading;
  assert.deepEqual(listener.heard, [
    ["open", undefined],
    ["update", "113999999999999999"],
    ["status.update", "113999999999999999"],
    ["delete", "113999999999999999"],
    ["delete", "113999999999999997"],
    ["delete", "01JD4ZV5C7Q9M3J4K5T6W7X8Y9"],
    ["notification", "34975861"],
    ["conversation", "5"],
    ["announcement", "3"],
    ["announcement.reaction", { name: "👍", count: 2, announcement_id: "3" }],
    ["announcement.delete", "113999999999999995"],
    ["filters_changed", undefined],
    ["notifications_merged", undefined],
    ["brand.new", { id: "x" }],
    ["brand.newer", "113999999999999993"],
  ]);
  assert.equal(events.length, 14);
  assert.deepEqual(events[0], {
    event: "update",
    stream: ["user"],
    payload: status("113999999999999999"),
  });
  assert.deepEqual(events[10], { event: "filters_changed", stream: ["user"], payload: undefined });
});

test("what is no message of ours is survived", async (t) => {
  const errors = t.mock.method(console, "error", () => {});
  const { m, opened } = await fake();
  const wrong = [];
  const listener = recorder({ onError: (error) => wrong.push(error) });
  m.streamUser(listener);
  const socket = await opened();
  for (const frame of [
    "",
    "null",
    "7",
    "[]",
    "{",
    '{"event":7}',
    '{"event":"update"}',
    '{"stream":7,"event":"delete","payload":"1"}',
  ]) {
    socket.frame(frame);
  }
  socket.frame({ stream: ["user"], event: "update", payload: "{broken" });
  socket.frame({ stream: ["user"], event: "update", payload: "null" });
  socket.frame({ stream: ["user"], event: "update", payload: '{"id":5}' });
  socket.update(6);
  assert.deepEqual(listener.ids("update").slice(-2), [5, "6"]);
  assert.deepEqual(
    wrong.map(({ name }) => name),
    // Without a payload, with half of one, and with none that is a status.
    Array(3).fill("MastodonMalformedEventError"),
  );
  assert.equal(errors.mock.callCount(), 0);
  m.close();
});

test("a listener that throws is reported and stops nothing", async (t) => {
  const errors = t.mock.method(console, "error", () => {});
  const { m, opened } = await fake();
  const [caught, heard] = [[], []];
  m.streamUser({
    onUpdate: () => {
      throw new Error("at once");
    },
    onDelete: async () => {
      throw new Error("later");
    },
    onError: (error) => {
      caught.push(error.message);
      throw new Error("in onError");
    },
    onNotification: ({ id }) => heard.push(id),
  });
  const socket = await opened();
  socket.update(1);
  socket.event("delete", "1");
  await pause(10);
  socket.event("notification", { id: "2" });
  assert.deepEqual(caught, ["at once", "later"]);
  assert.deepEqual(heard, ["2"]);
  assert.equal(errors.mock.callCount(), 4);
  m.close();
});

test("a listener may close, open and end what it likes", async () => {
  const { m, opened, sockets } = await fake();
  const heard = [];
  const first = m.streamUser({
    onUpdate({ id }) {
      heard.push(`first ${id}`);
      first.close();
      m.streamUser({
        onUpdate({ id }) {
          heard.push(`second ${id}`);
          m.close();
        },
      });
    },
  });
  const other = m.streamUser({ onUpdate: ({ id }) => heard.push(`other ${id}`) });
  const socket = await opened();
  socket.update(1);
  await pause(20);
  socket.update(2);
  await pause(20);
  assert.deepEqual(heard, ["first 1", "other 1", "other 2", "second 2"]);
  assert.equal(first.state, "closed");
  assert.equal(other.state, "closed");
  assert.equal(sockets.length, 1);
  assert.throws(() => m.streamUser(), { name: "MastodonError", message: /streamUser/ });
});

test("a stream can be closed at any moment", async () => {
  for (const handshake of ["open", "refuse", "hang"]) {
    for (const after of [0, 1, 5, 30]) {
      const world = await fake();
      world.handshake = handshake;
      const { m, sockets } = world;
      const stream = m.streamUser({});
      if (after > 0) await pause(after);
      stream.close();
      assert.equal(stream.state, "closed");
      const count = sockets.length;
      await pause(20);
      assert.equal(sockets.length, count, `${handshake} after ${after} ms`);
      assert.ok(sockets.every(({ closed }) => closed));
    }
  }
});

test("loops end with the stream, streams with their last loop", async () => {
  const { m, opened } = await fake();
  const stream = m.streamUser();
  const one = stream[Symbol.asyncIterator]();
  const two = stream[Symbol.asyncIterator]();
  const socket = await opened();
  const waiting = two.next();
  socket.update(1);
  socket.update(2);
  assert.equal((await waiting).value.payload.id, "1");
  assert.equal((await one.next()).value.payload.id, "1");
  await one.return();
  assert.equal(stream.state, "open");
  assert.deepEqual(await one.next(), { value: undefined, done: true });
  assert.equal((await two.next()).value.payload.id, "2");
  await two.return();
  assert.equal(stream.state, "closed");
  assert.equal(socket.closed, true);

  // One with a listener stays open without a loop; the client's end ends what waits.
  const listened = m.streamUser({});
  await listened[Symbol.asyncIterator]().return();
  assert.notEqual(listened.state, "closed");
  const last = listened[Symbol.asyncIterator]().next();
  m.close();
  assert.deepEqual(await last, { value: undefined, done: true });
});

test("an iterator holds so many and says what it dropped", async () => {
  const { m, opened } = await fake();
  const stream = m.streamUser(null, { buffer_limit: 3 });
  const iterator = stream[Symbol.asyncIterator]();
  const socket = await opened();
  socket.update(1);
  assert.equal((await iterator.next()).value.payload.id, "1");
  for (const id of [2, 3, 4, 5, 6]) socket.update(id);
  const { value } = await iterator.next();
  assert.deepEqual(value, { event: "gap", stream: ["user"], payload: { from: "1", to: "4" } });
  const rest = [];
  for (let left = 3; left > 0; left -= 1) rest.push((await iterator.next()).value.payload.id);
  assert.deepEqual(rest, ["4", "5", "6"]);
  m.close();
});

test("a gap of what was dropped is between ids of one kind", async () => {
  const { m, opened } = await fake();
  const iterator = m.streamUser(null, { buffer_limit: 2 })[Symbol.asyncIterator]();
  const socket = await opened();
  const read = async () => (await iterator.next()).value;
  socket.update(900);
  await read();
  socket.event("notification", { id: "77", type: "follow" });
  await read();
  for (const id of [1001, 1002, 1003]) socket.update(id);
  assert.deepEqual((await read()).payload, { from: "900", to: "1002" });
  assert.deepEqual([(await read()).payload.id, (await read()).payload.id], ["1002", "1003"]);
  for (const id of ["78", "79", "80"]) socket.event("notification", { id, type: "follow" });
  assert.deepEqual((await read()).payload, { from: "77", to: "79" });
  m.close();
});

test("who waits gets the event, however few are kept", async () => {
  const { m, opened } = await fake();
  const iterator = m.streamUser(null, { buffer_limit: 0 })[Symbol.asyncIterator]();
  const socket = await opened();
  for (const id of ["1", "2"]) {
    const waiting = iterator.next();
    socket.update(id);
    assert.equal((await waiting).value.payload.id, id);
  }
  m.close();
});

test("a signal ends a stream with its reason", async () => {
  const { m, opened } = await fake();
  const controller = new AbortController();
  const listener = recorder();
  const stream = m.streamUser(listener, { signal: controller.signal });
  const iterator = stream[Symbol.asyncIterator]();
  await opened();
  const waiting = iterator.next();
  controller.abort(new Error("enough"));
  await assert.rejects(waiting, { message: "enough" });
  assert.equal(stream.state, "closed");
  assert.deepEqual(listener.ids("abort"), []);
  assert.throws(() => m.streamUser(null, { signal: controller.signal }), { message: "enough" });
  m.close();
});

test("bad arguments are refused at once", async () => {
  const { m, sockets } = await fake();
  const illegal = (call, message) =>
    assert.throws(call, { name: "MastodonIllegalArgumentError", message });
  illegal(() => m.streamHashtag(""), /streamHashtag: `tag`/);
  illegal(() => m.streamHashtag("#rust"), /`tag`/);
  illegal(() => m.streamHashtag(7), /`tag` must be a hashtag/);
  illegal(() => m.streamList(""), /streamList: `id`/);
  illegal(() => m.streamUser("listener"), /streamUser: `listener`/);
  const listener = /`listener` must be an object with methods such as onUpdate/;
  illegal(() => m.streamUser(() => {}), listener);
  illegal(() => m.streamUser(class Bot {}), listener);
  illegal(() => m.streamPublic({ local: true }), listener);
  illegal(() => m.streamUser({ onUpdates() {} }), listener);
  illegal(() => m.streamUser({}, { idle_timout: 3 }), /did you mean `idle_timeout`/);
  illegal(() => m.streamUser({}, { idle_timeout: 0 }), /idle_timeout/);
  illegal(() => m.streamPublic({}, { local: true, remote: true }), /exclude each other/);
  await pause(10);
  assert.equal(sockets.length, 0);
});

test("a socket whose loop is left keeps the streams that are heard", async () => {
  const { m, opened } = await fake();
  const held = m.streamOpenWebsocket();
  const own = recorder();
  const heard = held.subscribe("user", null, own);
  const unheard = held.subscribe("public");
  const socket = await opened();
  const loop = held[Symbol.asyncIterator]();
  socket.update(1, ["public"]);
  assert.equal((await loop.next()).value.payload.id, "1");
  await loop.return();
  socket.update(2);
  assert.deepEqual(own.ids("update"), ["2"]);
  assert.deepEqual([held.state, heard.state], ["open", "open"]);
  const last = unheard[Symbol.asyncIterator]();
  await last.return();
  assert.equal(unheard.state, "closed", "nobody hears it");
  heard.close();
  assert.equal(held.state, "closed", "nor the socket any more");
  assert.equal(socket.closed, true);
  m.close();
});

test("nothing is opened on what is being closed", async () => {
  const { m, opened, sockets } = await fake();
  for (const [close, open, message] of [
    [(held) => held.close(), (held) => held.subscribe("public"), /this socket was closed/],
    [() => m.close(), () => m.streamPublic({}), /this client was closed/],
  ]) {
    const held = m.streamOpenWebsocket({});
    let refused;
    const onState = (state) => {
      if (state !== "closed") return;
      try {
        open(held);
      } catch (error) {
        refused = error.message;
      }
    };
    held.subscribe("user", null, { onState });
    await opened();
    close(held);
    assert.match(refused, message);
  }
  assert.ok(sockets.every(({ closed }) => closed));
});

test("a socket is held for streams that come and go", async () => {
  const { m, opened, sockets } = await fake();
  const [handle, own] = [recorder(), recorder()];
  const held = m.streamOpenWebsocket(handle);
  await until(() => held.state === "open");
  const tagged = held.subscribe("hashtag", { tag: "Rust" });
  held.subscribe("public:local", null, own);
  const socket = await opened();
  assert.deepEqual(socket.sent, [
    { type: "subscribe", stream: "hashtag", tag: "rust" },
    { type: "subscribe", stream: "public:local" },
  ]);
  const iterator = tagged[Symbol.asyncIterator]();
  socket.update(1, ["hashtag", "rust"]);
  socket.update(2, ["public:local"]);
  assert.deepEqual((await iterator.next()).value.stream, ["hashtag", "rust"]);
  held.unsubscribe("hashtag", { tag: "RUST" });
  assert.equal(tagged.state, "closed");
  assert.deepEqual(handle.heard, [
    ["open", undefined],
    ["update", "1"],
  ]);
  assert.deepEqual(own.heard, [
    ["open", undefined],
    ["update", "2"],
  ]);
  const illegal = (message) => ({ name: "MastodonIllegalArgumentError", message });
  assert.throws(() => held.subscribe("list", {}), illegal(/`list` must be an id/));
  assert.throws(() => held.subscribe("hashtag", {}), illegal(/`tag` must be a hashtag/));
  assert.throws(() => held.subscribe("usr"), illegal(/did you mean `user`/));
  assert.throws(() => held.subscribe("public:locl"), illegal(/did you mean `public:local`/));
  // Forks have these.
  for (const name of ["public:nobot", "public:bot:media", "public:allow_local_only:media"])
    held.subscribe(name).close();
  held.close();
  assert.equal(sockets.length, 1);
  assert.equal(socket.closed, true);
  assert.throws(() => held.subscribe("user"), /closed/);
});

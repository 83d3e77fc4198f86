// Streams belong to the token that they were opened with.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fake, recorder, until } from "./fake.mjs";

const APP = { client_id: "app", client_secret: "its-secret" };

/** A server that gives tokens: each login another one. */
async function world(options) {
  const made = await fake({ ...APP, ...options });
  let logins = 0;
  made.answer = ({ path }) => {
    if (path === "/oauth/token") {
      logins += 1;
      return Response.json({ access_token: `token-${logins}`, scope: "read" });
    }
    if (path === "/oauth/revoke") return Response.json({});
    if (path === "/.well-known/oauth-authorization-server")
      return new Response("{}", { status: 404 });
  };
  return made;
}

const logIn = (m, more) =>
  m.logIn({ username: "theo@fake.example", password: "night", scopes: ["read"], ...more });
const tokens = ({ sockets }) => sockets.map(({ protocols }) => protocols && String(protocols));

test("end with a reason when the client gets another one", async () => {
  const made = await world();
  const { m } = made;
  const listener = recorder();
  const stream = m.streamUser(listener);
  const looped = assert.rejects(
    async () => {
      for await (const _ of m.streamPublic());
    },
    { name: "MastodonError", message: /another token/ },
  );
  await made.opened();
  await logIn(m);
  await looped;
  assert.equal(stream.state, "closed");
  assert.match(listener.ids("abort")[0].message, /open the stream again/);
  const mine = recorder();
  m.streamUser(mine);
  await until(() => mine.ids("open").length === 1, "open");
  assert.deepEqual(tokens(made), ["fake-token", "token-1"]);
  made.sockets[0].update(1);
  made.socket.update(2);
  assert.deepEqual([listener.ids("update"), mine.ids("update")], [[], ["2"]]);
  m.close();
});

for (const [change, leave, why] of [
  ["another one", logIn, "abort"],
  ["none any more", (m) => m.revokeAccessToken(), "state"],
]) {
  test(`are opened anew by the listeners of the old ones: ${change}`, async () => {
    const made = await world();
    const { m } = made;
    const anew = recorder();
    const reopened = [];
    const again = () => {
      if (reopened.length === 0) reopened.push(m.streamUser(anew));
    };
    const listener = {
      onAbort: () => why === "abort" && again(),
      onState: (state) => why === "state" && state === "closed" && again(),
    };
    m.streamUser(listener);
    m.streamPublic(listener);
    const old = await made.opened();
    await leave(m);
    await until(() => anew.ids("open").length === 1, "open");
    assert.equal(made.sockets.length, 2);
    assert.equal(old.closed, true);
    assert.notEqual(tokens(made)[1], "fake-token");
    old.update(1);
    made.socket.update(2);
    assert.deepEqual(anew.ids("update"), ["2"]);
    m.close();
  });
}

test("outlive a list that was refused before the first one", async () => {
  const made = await world({ access_token: undefined });
  const { m } = made;
  const answer = made.answer;
  let refuse;
  made.answer = (request) => {
    if (!request.path.startsWith("/api/v1/timelines/") || refuse) return answer(request);
    return new Promise((resolve) => {
      refuse = () => resolve(Response.json({ error: "no token" }, { status: 401 }));
    });
  };
  const listener = recorder();
  const stream = m.streamPublic(listener);
  await made.opened();
  await until(() => refuse !== undefined, "the list");
  await logIn(m);
  refuse();
  await until(() => made.sockets.length === 2 && made.socket.sent.length > 0, "another socket");
  await until(() => stream.state === "open", "open");
  assert.deepEqual(listener.ids("abort"), []);
  m.close();
});

test("go on when it is refreshed", async () => {
  const made = await world();
  const { m } = made;
  const stream = m.streamUser({});
  await made.opened();
  await m.logIn({ refresh_token: "another-secret", scopes: ["read"] });
  assert.equal(stream.state, "open");
  assert.equal(made.sockets.length, 1);
  m.close();
});

test("take up the first one that the client gets", async () => {
  const made = await world({ access_token: undefined });
  const { m } = made;
  const listener = recorder();
  m.streamPublic(listener);
  await made.opened();
  await logIn(m);
  await until(() => made.sockets.length === 2 && made.socket.sent.length > 0, "another socket");
  assert.deepEqual(tokens(made), [undefined, "token-1"]);
  assert.deepEqual(listener.ids("abort"), []);
  m.close();
});

for (const [name, leave] of [
  ["revokeAccessToken", (m) => m.revokeAccessToken()],
  ["logOut", (m) => m.logOut()],
]) {
  test(`close with ${name}, and loops end`, async () => {
    const made = await world();
    const { m } = made;
    const listener = recorder();
    const streams = [
      m.streamUser(listener, { polling: false }),
      m.streamPublic(null, { polling: true }),
    ];
    const looped = streams[1][Symbol.asyncIterator]().next();
    await made.opened();
    await leave(m);
    assert.deepEqual(await looped, { value: undefined, done: true });
    assert.deepEqual(
      streams.map(({ state }) => state),
      ["closed", "closed"],
    );
    assert.deepEqual(listener.ids("abort"), []);
    assert.equal(made.sockets[0].closed, true);
    assert.equal(made.sockets.length, 1);
    m.close();
  });
}

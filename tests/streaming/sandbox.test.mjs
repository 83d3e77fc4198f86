// Streams of the package against a server with Mastodon's behaviour: over real sockets, and in this process.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { init } from "../../pkg/node.js";
import { clientsOf } from "../clients.mjs";
import { SHELLS } from "../shells.mjs";
import { givenTime } from "../time.mjs";
import { pause, recorder, until } from "./fake.mjs";

for (const [shell, start] of Object.entries(SHELLS))
  describe(shell, () => {
    // Sockets and ports take real time.
    if (shell === "in this process") givenTime();

    let sandbox;
    let people;

    const client = (username, options) => people.client(username, options);

    const hurt = (body) => sandbox.control("POST", "/sandbox/streaming", body);
    const behave = (body) => sandbox.control("POST", "/sandbox/behaviour", body);
    const state = () => sandbox.control("GET", "/sandbox/state");
    const sockets = async () => (await state()).sockets;
    const subscribed = (count) =>
      until(async () => (await sockets())[0]?.streams.length === count, `${count} subscriptions`);

    /** What a stream of a user has missed is known once it has read where its two lists begin. */
    async function listsRead() {
      const last = ({ method, path }) =>
        method === "GET" && path.startsWith("/api/v1/notifications");
      await until(async () => (await state()).requests.some(last), "the lists");
      // On its way back.
      await pause(100);
    }

    before(async () => {
      await init();
      sandbox = await start();
      people = clientsOf(sandbox);
    });
    beforeEach(async () => {
      people.close();
      await sandbox.control("DELETE", "/sandbox/behaviour");
      await sandbox.control("DELETE", "/sandbox/streaming");
      await sandbox.reset();
    });
    after(async () => {
      people.close();
      await sandbox.stop();
    });

    test("a post arrives, its edit, and its end", async () => {
      const [mina, theo] = [client("mina"), client("theo")];
      const listener = recorder();
      const stream = mina.streamUser(listener);
      await until(() => stream.state === "open");
      await subscribed(1);
      const { id } = await theo.statusPost("Hello, @mina");
      await until(() => listener.ids("notification").length > 0, "a notification");
      await theo.statusUpdate(id, "Hello again, @mina");
      await theo.statusDelete(id);
      await until(() => listener.ids("delete").length > 0, "a deletion");
      assert.deepEqual(listener.ids("update"), [id]);
      assert.deepEqual(listener.ids("status.update"), [id]);
      assert.deepEqual(listener.ids("delete"), [id]);
      assert.deepEqual(listener.ids("gap"), []);
    });

    test("one socket for all, by the subprotocol", async () => {
      const mina = client("mina");
      const streams = [
        mina.streamUser({}),
        mina.streamPublic({}),
        mina.streamHashtag("Rust", {}),
        mina.streamUser({}),
      ];
      await until(() => streams.every(({ state }) => state === "open"));
      await subscribed(3);
      const [socket, ...others] = await sockets();
      assert.deepEqual(others, []);
      assert.equal(socket.via, "subprotocol");
      assert.deepEqual(socket.streams.map(String).sort(), ["hashtag,rust", "public", "user"]);
      streams[2].close();
      await subscribed(2);
      const [after] = await sockets();
      assert.deepEqual(after.streams.map(String).sort(), ["public", "user"]);
      mina.close();
      await until(async () => (await sockets()).length === 0, "no socket");
    });

    test("somebody else's list is refused, and nothing else", async () => {
      const [mina, theo] = [client("mina"), client("theo")];
      const { id } = await theo.listCreate("mine alone");
      const [user, list] = [recorder(), recorder()];
      const stream = mina.streamUser(user);
      const refused = mina.streamList(id, list);
      await until(() => list.ids("abort").length > 0, "a refusal");
      const [error] = list.ids("abort");
      assert.equal(error.name, "MastodonUnauthorizedError");
      assert.equal(refused.state, "closed");
      await theo.statusPost("still there?");
      await until(() => user.ids("update").length === 1, "the post");
      assert.equal(stream.state, "open");
    });

    test("a token that is revoked ends the stream", async () => {
      const made = await sandbox.control("POST", "/sandbox/tokens", {
        username: "mina",
        scopes: "read",
      });
      const mina = client("mina", { access_token: made.access_token });
      const listener = recorder();
      const stream = mina.streamUser(listener);
      await until(() => stream.state === "open");
      await sandbox.control("POST", "/sandbox/revoke", { token: made.access_token });
      await until(() => listener.ids("abort").length > 0, "the end", 10_000);
      const [error] = listener.ids("abort");
      assert.equal(error.name, "MastodonUnauthorizedError");
      assert.equal(error.status, 401);
      assert.equal(stream.state, "closed");
    });

    test("a server that does not echo the subprotocol gets the token in the query", async () => {
      await behave({ echo_subprotocol: false });
      const mina = client("mina");
      const stream = mina.streamUser({});
      await until(() => stream.state === "open", "open", 15_000);
      await subscribed(1);
      const [socket] = await sockets();
      assert.equal(socket.via, "query");
    });

    test("GoToSocial's labels and address are understood", async () => {
      await behave({ preset: "gotosocial", streaming_url: sandbox.url.replace(/^https?/, "wss") });
      const mina = client("mina");
      const { id } = await mina.listCreate("friends");
      await mina.listAccountsAdd(id, [await mina.accountLookup("theo")]);
      const listener = recorder();
      const stream = mina.streamList(id, listener);
      await until(() => stream.state === "open");
      await subscribed(1);
      await client("theo").statusPost("through a list");
      await until(() => listener.ids("update").length === 1, "the post");
    });

    test("polling replaces sockets that are refused", async () => {
      await hurt({ refuse_for_ms: 600_000 });
      const [mina, theo] = [client("mina"), client("theo")];
      const listener = recorder();
      const stream = mina.streamUser(listener);
      await until(() => stream.state === "polling", "polling", 20_000);
      await listsRead();
      const { id } = await theo.statusPost("by post");
      await until(() => listener.ids("update").includes(id), "the post", 20_000);
      assert.equal(stream.state, "polling");
    });

    test("what was missed while a socket was down is there, edits and deletions too", async () => {
      const [mina, theo] = [client("mina"), client("theo")];
      const listener = recorder();
      const stream = mina.streamUser(listener);
      await until(() => stream.state === "open");
      await listsRead();
      const ids = [];
      const post = async (text) => ids.push((await theo.statusPost(text)).id);
      await post("to be edited");
      await post("to be deleted");
      await until(() => listener.ids("update").length === 2);
      await hurt({ refuse_for_ms: 1500, drop: true });
      await until(() => stream.state !== "open");
      await theo.statusUpdate(ids[0], "edited");
      await theo.statusDelete(ids[1]);
      for (let left = 30; left > 0; left -= 1) await post(`missed ${left}`);
      await until(() => listener.ids("update").length === 32, "all posts", 20_000);
      await until(() => listener.ids("status.update").length > 0, "the edit");
      assert.deepEqual(listener.ids("update"), ids);
      assert.deepEqual(listener.ids("delete"), [ids[1]]);
      assert.deepEqual(listener.ids("status.update"), [ids[0]]);
      assert.deepEqual(listener.ids("gap"), []);
    });
  });

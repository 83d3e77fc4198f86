// The package mastodon-wasm-sandbox, in this process: with this package's client, with another one, and
// alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createRestAPIClient } from "masto";
import { Mastodon, MastodonServiceUnavailableError } from "../../pkg/node.js";
import { Sandbox } from "../../pkg-sandbox/node.js";
import { callEverything, PEOPLE } from "./calls.mjs";
import { openedStream } from "./streams.mjs";

const NOON = Date.parse("2026-08-01T12:00:00Z");

async function start(t, options) {
  const sandbox = await Sandbox.start(options);
  t.after(() => sandbox.close());
  return sandbox;
}

test("a client posts, reads, and sends a picture", async (t) => {
  const sandbox = await start(t);
  const mina = new Mastodon(sandbox.as("mina"));
  const [painted] = (await mina.timelinePublic()).flatMap((status) => status.media_attachments);
  assert.ok(painted.url.startsWith(`${sandbox.url}/`));
  const picture = await sandbox.fetch(painted.url);
  assert.equal(picture.headers.get("content-type"), "image/png");
  const media = await mina.mediaPost(await picture.blob(), {
    description: "A face",
    synchronous: true,
  });
  const posted = await mina.statusPost("With a picture", { media_ids: [media.id] });
  assert.equal(posted.media_attachments[0].description, "A face");
  const theo = new Mastodon(sandbox.as("theo"));
  const [first] = await theo.accountStatuses(posted.account.id);
  assert.equal(first.id, posted.id);
  const bytes = await (await sandbox.fetch(posted.media_attachments[0].url)).arrayBuffer();
  assert.ok(bytes.byteLength > 100);
});

test("what happens comes through a stream, and the end of one is heard", async (t) => {
  const sandbox = await start(t);
  const mina = new Mastodon(sandbox.as("mina"));
  const heard = [];
  const stream = await openedStream(mina, (status) => heard.push(status.content));
  const posted = await mina.statusPost("Through the air");
  while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(heard, [posted.content]);
  stream.close();

  const bare = new sandbox.WebSocket(
    `${sandbox.url.replace("http", "ws")}/api/v1/streaming?stream=user`,
    sandbox.as("mina").access_token,
  );
  await new Promise((resolve) => bare.addEventListener("open", resolve));
  const closed = new Promise((resolve) => bare.addEventListener("close", resolve));
  await sandbox.control("POST", "/sandbox/streaming", { close: 1001 });
  const { code, wasClean } = await closed;
  assert.deepEqual([code, wasClean, bare.readyState], [1001, true, 3]);

  const stranger = new sandbox.WebSocket(`${sandbox.url.replace("http", "ws")}/api/v1/streaming`);
  const refused = await new Promise((resolve) => stranger.addEventListener("close", resolve));
  assert.equal(refused.code, 1006);
});

test("a socket that is cut ends without a word", async (t) => {
  const sandbox = await start(t);
  const { access_token, web_socket } = sandbox.as("yuki");
  const socket = new web_socket(
    `${sandbox.url.replace("http", "ws")}/api/v1/streaming`,
    access_token,
  );
  await new Promise((resolve) => socket.addEventListener("open", resolve));
  const closed = new Promise((resolve) => socket.addEventListener("close", resolve));
  await sandbox.control("POST", "/sandbox/streaming", { drop: true });
  assert.equal((await closed).code, 1006);
});

test("faults break what they are for, and connections", async (t) => {
  const sandbox = await start(t);
  const mina = new Mastodon({ ...sandbox.as("mina"), ratelimit_method: "throw" });
  await sandbox.faults({ status: 503, times: 1, match: { path: "^/api/v1/timelines" } });
  await assert.rejects(mina.timelineHome(), MastodonServiceUnavailableError);
  assert.ok((await mina.timelineHome()).length > 0);
  await sandbox.faults({ drop: "before", times: 1 });
  await assert.rejects(sandbox.fetch(`${sandbox.url}/api/v2/instance`), {
    name: "TypeError",
    message: "fetch failed",
  });
  await sandbox.faults({ drop: "middle", times: 1 });
  const half = await sandbox.fetch(`${sandbox.url}/api/v2/instance`);
  await assert.rejects(half.text(), TypeError);
});

test("one read in so many is dropped, where a server does that", async (t) => {
  const sandbox = await start(t);
  await sandbox.behaviour({ drop_read_in: 3 });
  const read = () => sandbox.fetch(`${sandbox.url}/api/v2/instance`).then(({ status }) => status);
  const came = [];
  for (let count = 0; count < 6; count += 1) came.push(await read().catch(({ name }) => name));
  assert.deepEqual(came, [200, 200, "TypeError", 200, 200, "TypeError"]);
});

test("a reset brings everything back", async (t) => {
  const sandbox = await start(t);
  const mina = new Mastodon(sandbox.as("mina"));
  const before = await mina.timelineHome();
  const posted = await mina.statusPost("Not for long");
  await sandbox.faults({ status: 500 });
  await sandbox.reset();
  const after = await mina.timelineHome();
  assert.ok(after.every((status) => status.id !== posted.id));
  assert.deepEqual(
    after.map(({ content }) => content),
    before.map(({ content }) => content),
  );
});

test("the same seed and time give the same ids, times and tokens", async (t) => {
  const history = async () => {
    const sandbox = await start(t, { seed: 7, now: NOON });
    const mina = new Mastodon(sandbox.as("mina"));
    const posted = await mina.statusPost("Again and again");
    const { client_id } = await Mastodon.createApp("twin", {
      api_base_url: sandbox.url,
      fetch: sandbox.fetch,
    });
    return [
      posted.id,
      posted.created_at,
      client_id,
      (await mina.timelineHome()).map(({ id }) => id),
    ];
  };
  const one = await history();
  assert.deepEqual(await history(), one);
  assert.equal(new Date(one[1]).getTime(), NOON);
});

test("a clock that stands is moved, and scheduled posts come", async (t) => {
  const sandbox = await start(t, { now: NOON });
  const mina = new Mastodon(sandbox.as("mina"));
  await mina.statusPost("In an hour", { scheduled_at: new Date(NOON + 3_600_000) });
  const { id } = await mina.me();
  const texts = async () => (await mina.accountStatuses(id)).map(({ content }) => content).join();
  assert.ok(!(await texts()).includes("In an hour"));
  sandbox.advance(3_600_001);
  assert.ok((await texts()).includes("In an hour"));
  const going = await start(t);
  assert.throws(() => going.advance(5), /start it with `now`/);
});

test("masto.js finds what it looks for", async (t) => {
  const sandbox = await start(t);
  const { access_token: accessToken, api_base_url: url } = sandbox.as("theo");
  t.mock.method(globalThis, "fetch", sandbox.fetch);
  const masto = createRestAPIClient({ url, accessToken });
  const me = await masto.v1.accounts.verifyCredentials();
  assert.equal(me.username, "theo");
  const posted = await masto.v1.statuses.create({ status: "By another client" });
  assert.match(posted.content, /By another client/);
});

test("a request that is given up is given up", async (t) => {
  const sandbox = await start(t);
  await sandbox.faults({ latency_ms: 2_000 });
  const signal = AbortSignal.timeout(20);
  const begin = performance.now();
  await assert.rejects(sandbox.fetch(`${sandbox.url}/api/v2/instance`, { signal }), {
    name: "TimeoutError",
  });
  assert.ok(performance.now() - begin < 1500);
});

test("another sandbox goes on from a snapshot", async (t) => {
  const one = await start(t, { now: NOON, people: ["ada"] });
  const mina = new Mastodon(one.as("mina"));
  const [painted] = (await mina.timelinePublic()).flatMap((status) => status.media_attachments);
  const picture = await (await one.fetch(painted.preview_url)).blob();
  const media = await mina.mediaPost(picture, { synchronous: true });
  const kept = await mina.statusPost("To be kept", { media_ids: [media.id] });
  const token = await one.control("POST", "/sandbox/tokens", { username: "theo" });
  await one.behaviour({ streaming: false });
  one.advance(60_000);
  const snapshot = await one.snapshot();
  assert.deepEqual(await one.snapshot(), snapshot, "the same state gives the same bytes");
  const timeline = await mina.timelineHome();
  const next = await mina.statusPost("The next one");

  // As it comes back from a store of the browser, and in a sandbox that began otherwise.
  const two = await start(t, { now: 0, seed: 9 });
  const elsewhere = new Mastodon(two.as("mina"));
  const socket = new two.WebSocket(
    `${two.url.replace("http", "ws")}/api/v1/streaming`,
    two.as("mina").access_token,
  );
  await new Promise((resolve) => socket.addEventListener("open", resolve));
  const cut = new Promise((resolve) => socket.addEventListener("close", resolve));
  await two.restore(structuredClone(snapshot));
  await cut;
  assert.deepEqual(await elsewhere.timelineHome(), timeline);
  assert.equal((await elsewhere.statusPost("The next one")).id, next.id);
  const { url } = (await elsewhere.status(kept.id)).media_attachments[0];
  const there = await (await two.fetch(url)).arrayBuffer();
  assert.deepEqual(there, await picture.arrayBuffer());
  const theo = new Mastodon({ ...two.as("theo"), access_token: token.access_token });
  assert.equal((await theo.me()).username, "theo");
  assert.equal(two.as("ada").access_token, one.as("ada").access_token);
  assert.equal((await two.control("GET", "/sandbox/behaviour")).streaming, false);

  await two.reset();
  assert.ok((await elsewhere.timelineHome()).every((status) => status.id !== kept.id));
  assert.throws(() => two.as("ada"), /nobody in the sandbox is called "ada"/);
});

test("a snapshot has whatever can be made", async (t) => {
  const one = await start(t, { now: NOON, people: PEOPLE, rate_limit: 10_000 });
  await callEverything(one, one.fetch);
  const snapshot = await one.snapshot();
  const two = await start(t, { now: NOON });
  await two.restore(snapshot);
  assert.deepEqual(await two.snapshot(), snapshot);
});

test("what is no snapshot changes nothing", async (t) => {
  const sandbox = await start(t);
  const { id } = await new Mastodon(sandbox.as("mina")).statusPost("Still here");
  const bytes = (text) => new TextEncoder().encode(text);
  await assert.rejects(sandbox.restore(bytes("{}")), /this is no snapshot of a sandbox/);
  await assert.rejects(sandbox.restore("{}"), /takes the bytes/);
  await assert.rejects(
    sandbox.restore(bytes("mastodon-wasm-sandbox 0.0.1\n")),
    /this snapshot was made by version 0\.0\.1, and this is \d+\.\d+\.\d+/,
  );
  const half = (await sandbox.snapshot()).slice(0, 500);
  await assert.rejects(sandbox.restore(half), /this snapshot cannot be read/);
  assert.equal((await new Mastodon(sandbox.as("theo")).status(id)).id, id);
});

test("people who are asked for are there", async (t) => {
  const sandbox = await start(t, {
    people: [
      "ada",
      { username: "grace", display_name: "Grace", note: "Compiles.", follows: ["mina", "ada"] },
      { username: "eve", locked: true, bot: true, password: "apple" },
    ],
  });
  const names = sandbox.people.map(({ username, password }) => [username, password]);
  assert.deepEqual(names.slice(3), [
    ["ada", "ada-password"],
    ["grace", "grace-password"],
    ["eve", "apple"],
  ]);
  const grace = new Mastodon(sandbox.as("grace"));
  const me = await grace.me();
  assert.equal(me.display_name, "Grace");
  const followed = (await grace.accountFollowing(me.id)).map(({ username }) => username).sort();
  assert.deepEqual(followed, ["ada", "mina"]);
  assert.ok((await grace.timelineHome()).some(({ account }) => account.username === "mina"));
  const eve = await new Mastodon(sandbox.as("eve")).me();
  assert.deepEqual([eve.locked, eve.bot, eve.statuses_count], [true, true, 0]);
  await new Mastodon(sandbox.as("ada")).statusPost("Not for long");
  await sandbox.reset();
  assert.equal((await new Mastodon(sandbox.as("ada")).me()).statuses_count, 0);

  const refused = (people, why) => assert.rejects(Sandbox.start({ people }), why);
  await refused(["mina"], /Sandbox\.start: people\[0\]: there is a mina already/);
  await refused(["a b"], /people\[0\]: "a b" is no username/);
  await refused([{ username: "ada", follows: ["eve"] }], /ada cannot follow "eve"; there are/);
  await refused([{ name: "ada" }], /people\[0\]: unknown field `name`/);
  await refused("ada", /people is an array/);
});

test("a start and a reset are quick", async (t) => {
  const sandbox = await start(t);
  // The processor's time, and the best of many: the machine may do other things too, and the engine
  // is still compiling at first.
  const cost = async (action) => {
    const costs = [];
    for (let time = 0; time < 150; time += 1) {
      const before = process.cpuUsage();
      await action();
      const { user, system } = process.cpuUsage(before);
      costs.push((user + system) / 1000);
    }
    return Math.min(...costs);
  };
  const warm = await cost(async () => (await Sandbox.start()).close());
  const reset = await cost(() => sandbox.reset());
  t.diagnostic(`start ${warm.toFixed(1)} ms, reset ${reset.toFixed(1)} ms`);
  assert.ok(warm < 50, `a start takes ${warm} ms`);
  assert.ok(reset < 5, `a reset takes ${reset} ms`);
});

test("what does not fit is said", async (t) => {
  await assert.rejects(Sandbox.start({ sede: 1 }), /unknown option "sede"/);
  await assert.rejects(Sandbox.start({ url: "https://sandbox.test/?a=b" }), /is an origin/);
  await assert.rejects(Sandbox.start({ url: "mailto:a@sandbox.test" }), /is an origin/);
  for (const rate_limit of [null, "x", -1, 1.5])
    await assert.rejects(Sandbox.start({ rate_limit }), /rate_limit is a whole number/);
  await assert.rejects(Sandbox.start({ now: "soon" }), /now is a date/);
  await assert.rejects(Sandbox.start({ preset: "friendica" }), /unknown preset/);
  const sandbox = await start(t);
  assert.throws(
    () => sandbox.as("nobody"),
    /nobody in the sandbox is called "nobody"; there are mina/,
  );
  await assert.rejects(sandbox.fetch("https://elsewhere.example/"), /elsewhere/);
  sandbox.close();
  await assert.rejects(sandbox.fetch(`${sandbox.url}/api/v2/instance`), /closed/);
});

test("a login goes through its pages", async (t) => {
  const sandbox = await start(t);
  const redirect = "https://app.example/back";
  const { client_id, client_secret } = await Mastodon.createApp("visitor", {
    api_base_url: sandbox.url,
    redirect_uris: redirect,
    fetch: sandbox.fetch,
  });
  const asked = new URLSearchParams({
    client_id,
    redirect_uri: redirect,
    response_type: "code",
    scope: "read write follow push",
  });
  const page = await sandbox.fetch(`${sandbox.url}/oauth/authorize?${asked}`);
  assert.match(await page.text(), /<form/);
  const [{ username, password }] = sandbox.people;
  const form = new URLSearchParams({ ...Object.fromEntries(asked), username, password });
  const answer = await sandbox.fetch(`${sandbox.url}/oauth/authorize`, {
    method: "POST",
    body: form,
    redirect: "manual",
  });
  const code = new URL(answer.headers.get("location")).searchParams.get("code");
  const client = new Mastodon({
    api_base_url: sandbox.url,
    client_id,
    client_secret,
    fetch: sandbox.fetch,
  });
  await client.logIn({ code, redirect_uri: redirect });
  assert.equal((await client.me()).username, username);
});

test("one below a path gives out addresses below it, and clients ask at its origin", async (t) => {
  const sandbox = await start(t, { url: "https://example.org/demo/instance" });
  const { api_base_url } = sandbox.as("mina");
  assert.equal(api_base_url, "https://example.org");
  const mina = new Mastodon({ ...sandbox.as("mina"), version_check_mode: "none" });
  const me = await mina.accountVerifyCredentials();
  assert.equal(me.url, "https://example.org/demo/instance/@mina");
  assert.equal((await mina.instance()).domain, "example.org");
  const page = await (await sandbox.fetch(me.url)).text();
  assert.match(page, /href="\/demo\/instance\/@mina\/\d+"/);
  assert.equal((await sandbox.fetch(me.avatar)).status, 200);
  const first = await mina.timelinePublic({ limit: 2 });
  assert.equal((await mina.fetchNext(first)).length, 2);
  const app = await Mastodon.createApp("An app", {
    api_base_url,
    fetch: sandbox.fetch,
    redirect_uris: ["https://example.org/"],
  });
  const asking = new Mastodon({ ...sandbox.as("mina"), ...app, access_token: undefined });
  const form = await asking.authRequestUrl({ redirect_uris: "https://example.org/" });
  assert.ok(form.startsWith("https://example.org/demo/instance/oauth/authorize?"), form);
  assert.match(
    await (await sandbox.fetch(form)).text(),
    /action="\/demo\/instance\/oauth\/authorize"/,
  );
  const heard = [];
  const stream = await openedStream(mina, (status) => heard.push(status.id));
  const posted = await mina.statusPost("From below");
  while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(heard, [posted.id]);
  stream.close();
});

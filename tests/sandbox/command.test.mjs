// The command of the package: the same instance behind a port.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { test } from "node:test";
import WebSocket from "ws";
import { Mastodon } from "../../pkg/node.js";
import { sandboxBinary } from "../../scripts/sandbox.mjs";
import { openedStream } from "./streams.mjs";

/** A client that is not ours, where the benchmarks have it. */
const { default: megalodon } = createRequire(new URL("../../bench/package.json", import.meta.url))(
  "megalodon",
);

const CLI = new URL("../../pkg-sandbox/cli.js", import.meta.url).pathname;

/** The commands, as they are started: the package's, and the native one. */
const COMMANDS = {
  "mastodon-wasm-sandbox": [process.execPath, CLI],
  "mastodon-sandbox": [await sandboxBinary()],
};

const command = (t, ...args) => started(t, COMMANDS["mastodon-wasm-sandbox"], args);

async function started(t, [program, ...before], args) {
  const child = spawn(program, [...before, "--json", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.after(() => child.kill());
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return JSON.parse(line);
}

test("a client reaches it over the network, streams too", async (t) => {
  const { url, accounts } = await command(t);
  const { access_token } = accounts.find(({ username }) => username === "mina");
  const mina = new Mastodon({ api_base_url: url, access_token, web_socket: WebSocket });
  const heard = [];
  const stream = await openedStream(mina, (status) => heard.push(status.id));
  const posted = await mina.statusPost("Over a port");
  while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(heard, [posted.id]);
  stream.close();
  const strangers = new WebSocket(`${url.replace("http", "ws")}/api/v1/streaming`);
  const [error] = await once(strangers, "error");
  assert.match(error.message, /401/);
});

test("another name that leads here gets nothing", async (t) => {
  const { url } = await command(t);
  const { port } = new URL(url);
  const asked = request({ port, path: "/sandbox/state", headers: { host: "evil.example" } });
  asked.end();
  const [response] = await once(asked, "response");
  assert.equal(response.statusCode, 421);
});

test("the sandbox judges who gets a socket, as it judges all requests", async (t) => {
  const { url, accounts } = await command(t);
  const address = `${url.replace("http", "ws")}/api/v1/streaming?access_token=${accounts[0].access_token}`;
  const refused = async (options) => {
    const [{ message }] = await once(new WebSocket(address, options), "error");
    return message;
  };
  assert.match(await refused({ headers: { host: "evil.example" } }), /421/);
  const fault = (body) =>
    fetch(`${url}/sandbox/faults`, { method: "POST", body: JSON.stringify(body) });
  await fault({ status: 503, times: 1, match: { path: "^/api/v1/streaming" } });
  assert.match(await refused(), /503/);
  await fault({ drop: "before", times: 1, match: { path: "^/api/v1/streaming" } });
  assert.match(await refused(), /hang up|ECONNRESET/);
  const socket = new WebSocket(address);
  await once(socket, "open");
  await fetch(`${url}/sandbox/streaming`, { method: "POST", body: '{"close":1001}' });
  assert.deepEqual((await once(socket, "close"))[0], 1001);
});

test("wrong arguments, and a port in use, are told in a line", async (t) => {
  const { port } = new URL((await command(t)).url);
  for (const [args, why] of [
    [["--port", "abc"], /^--port is a whole number/],
    [["--port", "99999"], /^--port is a whole number/],
    [["--port", ""], /^--port is a whole number/],
    [["--seed", "-1"], /--seed/],
    [["--speed", "3"], /--speed/],
    [["--port", port], /EADDRINUSE/],
  ]) {
    const child = spawn(process.execPath, [CLI, ...args]);
    t.after(() => child.kill());
    let said = "";
    child.stderr.on("data", (bytes) => {
      said += bytes;
    });
    const [code] = await once(child, "close");
    assert.equal(code, 2, args.join(" "));
    assert.match(said, why);
    assert.doesNotMatch(said, /\n {4}at /, "no stack");
  }
});

test("a path that begins with two slashes is no host", async (t) => {
  const { url } = await command(t);
  assert.equal((await fetch(`${url}//api/v1/instance`)).status, 404);
  assert.equal((await fetch(`${url}//`)).status, 404);
});

test("a connection that a fault cuts is cut", async (t) => {
  const { url } = await command(t, "--seed", "3");
  const fault = JSON.stringify({ drop: "before", match: { path: "^/api/v2" } });
  assert.equal((await fetch(`${url}/sandbox/faults`, { method: "POST", body: fault })).status, 200);
  await assert.rejects(fetch(`${url}/api/v2/instance`), TypeError);
});

test("megalodon finds what it looks for", async (t) => {
  const { url, accounts } = await command(t);
  const { access_token } = accounts.find(({ username }) => username === "theo");
  const client = megalodon("mastodon", url, access_token);
  assert.equal((await client.verifyAccountCredentials()).data.username, "theo");
  const { data: posted } = await client.postStatus("By another client");
  assert.match(posted.content, /By another client/);
  const { data: home } = await client.getHomeTimeline({ limit: 1 });
  assert.equal(home[0].id, posted.id);
  const { data: about } = await client.getInstance();
  assert.ok(about.uri);
});

for (const [name, [program, ...before]] of Object.entries(COMMANDS)) {
  test(`${name} has the people who are asked for`, async (t) => {
    const start = (people) => started(t, [program, ...before], ["--people", people]);
    const names = ({ accounts }) => accounts.slice(3).map(({ username }) => username);
    const { url, accounts } = await start("ada, grace");
    assert.deepEqual(names({ accounts }), ["ada", "grace"]);
    const { access_token } = accounts[3];
    const ada = new Mastodon({ api_base_url: url, access_token });
    assert.equal((await ada.me()).username, "ada");
    assert.deepEqual(names(await start('["ada", {"username": "eve", "locked": true}]')), [
      "ada",
      "eve",
    ]);

    const refused = async (people, why) => {
      const child = spawn(program, [...before, "--people", people]);
      t.after(() => child.kill());
      let said = "";
      child.stderr.on("data", (bytes) => {
        said += bytes;
      });
      assert.equal((await once(child, "close"))[0], 2, `${people}: ${said}`);
      assert.match(said, why);
    };
    await refused("a b", /people\[0\]: "a b" is no username/);
    await refused("ada,mina", /people\[1\]: there is a mina already/);
    await refused('[{"name": "ada"}]', /people\[0\]: unknown field `name`/);
    await refused("[", /people|JSON/);
  });
}

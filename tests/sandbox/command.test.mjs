// The command of the package: the same instance behind a port.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { createInterface } from "node:readline";
import { test } from "node:test";
import WebSocket from "ws";
import { Mastodon } from "../../pkg/node.js";
import { openedStream } from "./streams.mjs";

const CLI = new URL("../../pkg-sandbox/cli.js", import.meta.url).pathname;

async function command(t, ...args) {
  const child = spawn(process.execPath, [CLI, "--json", ...args], {
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

test("a connection that a fault cuts is cut", async (t) => {
  const { url } = await command(t, "--seed", "3");
  const fault = JSON.stringify({ drop: "before", match: { path: "^/api/v2" } });
  assert.equal((await fetch(`${url}/sandbox/faults`, { method: "POST", body: fault })).status, 200);
  await assert.rejects(fetch(`${url}/api/v2/instance`), TypeError);
});

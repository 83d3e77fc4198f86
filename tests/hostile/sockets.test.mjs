// Frames of every odd shape, through sockets that throw what a listener throws: those of `ws` and of Node
// itself. None ends the process, none ends the stream, and the next good event arrives.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { WebSocketServer } from "ws";

const TOKEN = "token-of-mina";
const PROGRAM = fileURLToPath(new URL("listener.mjs", import.meta.url));

/** As JSON: values that break what turns them into a text, a number or a key. */
const EVIL = [
  '{"toString":1}',
  '{"toString":{},"valueOf":{}}',
  '{"toString":null,"valueOf":null,"toJSON":1}',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  "[]",
  "[[[]]]",
  "[null]",
  '[{"toString":1},{"toString":1}]',
  "null",
  "true",
  "0",
  "-1",
  "1e999",
  "12345678901234567890123",
  '""',
  '"__proto__"',
  '"hasOwnProperty"',
  '"\\ud800"',
  '"\\u0000"',
  `"${"x".repeat(100_000)}"`,
  `${"[".repeat(2000)}${"]".repeat(2000)}`,
  `${'{"a":'.repeat(2000)}1${"}".repeat(2000)}`,
];

const KINDS = [
  "update",
  "status.update",
  "delete",
  "notification",
  "conversation",
  "announcement",
  "announcement.reaction",
  "announcement.delete",
  "filters_changed",
  "notifications_merged",
  "brand.new",
  "__proto__",
  "constructor",
];

const text = (json) => JSON.stringify(json);

/** All frames: each evil value in each place of an envelope, and in each field of an entity. */
function* frames() {
  for (const evil of EVIL) {
    yield evil;
    yield `{"event":${evil},"stream":["user"],"payload":"{}"}`;
    yield `{"error":${evil},"status":${evil}}`;
    yield `{"error":${evil}}`;
    yield `{"error":"no","status":${evil}}`;
    yield `{"stream":${evil},"event":${evil},"payload":${evil},"error":${evil},"status":${evil}}`;
    for (const kind of KINDS) {
      yield `{"event":${text(kind)},"stream":${evil},"payload":"{}"}`;
      yield `{"event":${text(kind)},"stream":["user",${evil}],"payload":"{}"}`;
      yield `{"event":${text(kind)},"stream":[${evil}],"payload":"{}"}`;
      yield `{"event":${text(kind)},"stream":["user"],"payload":${evil}}`;
      yield `{"event":${text(kind)},"stream":["user"],"payload":${text(evil)}}`;
      for (const field of ["id", "edited_at", "status", "last_status", "account", "type"]) {
        const entity = `{"id":"1","${field}":${evil}}`;
        yield `{"event":${text(kind)},"stream":["user"],"payload":${text(entity)}}`;
        yield `{"event":${text(kind)},"stream":["user"],"payload":${entity}}`;
        const nested = `{"id":"1","last_status":{"id":${evil},"edited_at":${evil}},"status":{"id":${evil}}}`;
        yield `{"event":${text(kind)},"stream":["user"],"payload":${text(nested)}}`;
      }
    }
  }
  yield "";
  yield "{";
  yield Buffer.from([0xff, 0xfe, 0xfd]);
  yield Buffer.alloc(0);
  yield Buffer.from('{"event":"update","stream":["user"],"payload":"{}"}');
}

describe("frames of every shape", () => {
  let server;
  let url;
  let sent = 0;

  before(async () => {
    server = createServer((request, response) => {
      const { pathname } = new URL(request.url, "http://localhost");
      const answer = pathname.includes("instance") ? { version: "4.5.0" } : { id: "1" };
      const list = pathname.includes("timelines") || pathname.includes("notifications");
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(list ? [] : answer));
    });
    const sockets = new WebSocketServer({
      server,
      handleProtocols: ([first]) => first,
    });
    sockets.on("connection", (socket) => {
      socket.on("error", () => {});
      socket.once("message", () => {
        // From here on the subscription is a confirmed one, which no refusal ends.
        socket.send('{"stream":["user"],"event":"update","payload":"{\\"id\\":\\"1\\"}"}');
        for (const frame of frames()) {
          socket.send(frame);
          sent += 1;
        }
        // Longer than any id before it: it is the newest.
        const good = JSON.stringify({ id: "9".repeat(30) });
        socket.send(JSON.stringify({ stream: ["user"], event: "update", payload: good }));
      });
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${server.address().port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const node = Number(process.versions.node.split(".")[0]);
  for (const [name, flags] of Object.entries({
    ws: [],
    "Node's own": node < 22 ? ["--experimental-websocket"] : [],
  })) {
    it(`do not end a process that listens: ${name}`, async () => {
      sent = 0;
      const child = spawn(process.execPath, [...flags, PROGRAM, url, TOKEN, name], {
        stdio: ["ignore", "pipe", "pipe"],
      });
      const output = [];
      child.stdout.on("data", (data) => output.push(String(data)));
      child.stderr.on("data", (data) => output.push(String(data)));
      const code = await new Promise((resolve) => child.on("close", resolve));
      assert.equal(code, 0, output.join("").slice(-3000));
      assert.ok(sent > 5000, `${sent} frames`);
      assert.match(output.join(""), /the good one arrived/);
    });
  }
});

// How servers answer where a WebSocket begins, over real sockets.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import WebSocket, { WebSocketServer } from "ws";
import { init, Mastodon } from "../../pkg/node.js";
import { recorder, status, until } from "./fake.mjs";

/** A client that is refused may cut the connection before it is ended: no failure of the server's. */
const survive = (socket) => socket.on("error", () => {});

/** A client of a server that begins to listen. */
async function clientOf(server) {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  await init();
  return new Mastodon({
    api_base_url: `http://127.0.0.1:${server.address().port}`,
    access_token: "tok-secret",
    web_socket: WebSocket,
  });
}

test("the token stays out of the URL where the upgrade is answered with 404", async () => {
  const asked = [];
  const server = createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    const { address, port } = server.address();
    const urls = { streaming: `ws://${address}:${port}` };
    if (request.url.includes("instance")) {
      return response.end(JSON.stringify({ version: "4.4.0", configuration: { urls } }));
    }
    response.end(request.url.includes("verify") ? '{"id":"1"}' : "[]");
  });
  server.on("upgrade", (request, socket) => {
    survive(socket);
    asked.push(request.url);
    socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
  });
  const m = await clientOf(server);
  const stream = m.streamUser({});
  await until(() => asked.length >= 4, "four attempts", 30_000);
  assert.ok(
    asked.every((url) => !url.includes("tok-secret")),
    asked.join(" "),
  );
  assert.equal(stream.state, "polling");
  m.close();
  server.closeAllConnections();
  server.close();
});

test("a server that ignores `subscribe` gets the stream in the URL, and its frames no label", async () => {
  const asked = [];
  const server = createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(request.url.includes("instance") || request.url.includes("verify") ? "{}" : "[]");
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    survive(socket);
    asked.push(request.url);
    const named = new URL(request.url, "http://x").searchParams.get("stream");
    if (!named) return socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    sockets.handleUpgrade(request, socket, head, (open) => {
      open.send(JSON.stringify({ event: "update", payload: JSON.stringify(status(7)) }));
    });
  });
  const m = await clientOf(server);
  const listener = recorder();
  m.streamHashtag("moss", listener);
  await until(() => listener.ids("update").length === 1, "the post", 30_000);
  assert.ok(asked.at(-1).endsWith("?stream=hashtag&tag=moss"), asked.at(-1));
  m.close();
  for (const open of sockets.clients) open.terminate();
  server.closeAllConnections();
  server.close();
});

#!/usr/bin/env node
// @ts-check
// `npx mastodon-wasm-sandbox`: the sandbox on a port, for programs that accept no custom `fetch`.
import { createServer, STATUS_CODES } from "node:http";
import { Readable } from "node:stream";
import { parseArgs } from "node:util";
import { WebSocketServer } from "ws";
import { Sandbox } from "./node.js";
import { openSocket } from "./sandbox.js";

const USAGE = `mastodon-wasm-sandbox: a small Mastodon in memory

  --port N         port of 127.0.0.1; 0 takes a free one (0)
  --seed N         tokens and codes are made from it (1)
  --preset NAME    the server that it behaves like (mastodon)
  --people LIST    additional accounts: usernames with commas between them, or the
                   JSON array that \`Sandbox.start\` takes
  --life           accounts post, favourite, boost, mention and follow by themselves
  --json           print one line of JSON instead of text
`;

const OPTIONS = /** @type {const} */ ({
  port: { type: "string", default: "0" },
  seed: { type: "string", default: "1" },
  preset: { type: "string" },
  people: { type: "string" },
  life: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
});

/** @param {unknown} error @returns {never} */
function stop(error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(2);
}

/** @param {string} name @param {string} text @param {number} most */
function count(name, text, most) {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(number <= most))
    stop(`--${name} is a whole number from 0 to ${most}, not ${text || "empty"}`);
  return number;
}

const { values } = parse();

function parse() {
  try {
    return parseArgs({ options: OPTIONS });
  } catch (error) {
    return stop(error);
  }
}

if (values.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}

const port = count("port", values.port, 65_535);
const seed = count("seed", values.seed, Number.MAX_SAFE_INTEGER);
const server = createServer();
await new Promise((resolve, reject) => {
  server.once("error", reject);
  server.listen(port, "127.0.0.1", () => resolve(undefined));
}).catch(stop);
const address = server.address();
if (address === null || typeof address === "string") throw new Error("there is no port");
const url = `http://127.0.0.1:${address.port}`;
const sandbox = await start().catch(stop);

async function start() {
  return Sandbox.start({
    url,
    seed,
    life: values.life,
    ...(values.people === undefined ? {} : { people: listed(values.people) }),
    ...(values.preset === undefined ? {} : { preset: values.preset }),
  });
}

/** @param {string} text */
function listed(text) {
  return text.startsWith("[") ? JSON.parse(text) : text.split(",").map((name) => name.trim());
}

server.on("request", async (request, response) => {
  const leaving = new AbortController();
  response.on("close", () => leaving.abort());
  try {
    const body = ["GET", "HEAD"].includes(request.method ?? "GET")
      ? undefined
      : Readable.toWeb(request);
    const init = /** @type {RequestInit} */ ({
      method: request.method,
      headers: headers(request),
      body,
      duplex: "half",
      redirect: "manual",
      signal: leaving.signal,
    });
    // A path that begins with two slashes is no host.
    const answer = await sandbox.fetch(url + (request.url ?? "/"), init);
    response.writeHead(answer.status, [...answer.headers].flat());
    if (answer.body === null) response.end();
    else for await (const piece of answer.body) response.write(piece);
    response.end();
  } catch {
    // A fault dropped the connection, or the client disconnected.
    response.destroy();
  }
});

const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => false });
server.on("upgrade", async (request, socket, head) => {
  /** @type {import("ws").WebSocket | undefined} */
  let outer;
  let closing = false;
  /** Frames that arrive before the client's socket is open. @type {[string, (string | number)?][]} */
  const early = [];
  /** @type {import("./socket.js").Told} */
  const told = (kind, what) => {
    if (!outer) early.push([kind, what]);
    else if (kind === "text") outer.send(String(what));
    else if (kind === "ping") outer.ping();
    else if (kind === "close") outer.close(typeof what === "number" ? what : undefined);
    else if (!closing) outer.terminate();
    closing ||= kind === "close";
  };
  try {
    const target = request.url ?? "/";
    const inner = await openSocket(sandbox, target, headers(request).flat(), told);
    sockets.options.handleProtocols = () => inner.protocol ?? false;
    sockets.handleUpgrade(request, socket, head, (opened) => {
      outer = opened;
      for (const [kind, what] of early) told(/** @type {"text"} */ (kind), what);
      opened.on("message", (data, binary) => inner.send(binary ? undefined : String(data)));
      opened.on("close", () => inner.close());
    });
  } catch (status) {
    if (typeof status !== "number") return socket.destroy();
    const end = "Connection: close\r\nContent-Length: 0\r\n\r\n";
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${end}`);
  }
});

/**
 * The headers of the request, including `host`, which the sandbox checks. A missing user agent is sent as an
 * empty one, because otherwise `fetch` would add its own.
 * @param {import("node:http").IncomingMessage} request
 * @returns {[string, string][]}
 */
function headers(request) {
  const { "user-agent": agent = [""], ...others } = request.headersDistinct;
  return Object.entries({ "user-agent": agent, ...others }).flatMap(([name, all]) =>
    (all ?? []).map((value) => /** @type {[string, string]} */ ([name, value])),
  );
}

const streaming_url = url.replace("http", "ws");
if (values.json) {
  console.log(JSON.stringify({ url, streaming_url, accounts: sandbox.people }));
} else {
  const people = sandbox.people.map(
    ({ username, password, access_token }) =>
      `  ${username.padEnd(6)} ${password.padEnd(20)} ${access_token}`,
  );
  console.log(
    `The sandbox is at ${url}\n\nAccounts (user name, password, access token):\n${people.join("\n")}\n\nStop it with Ctrl-C.`,
  );
}
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
  process.on(signal, () => process.exit(0));
}

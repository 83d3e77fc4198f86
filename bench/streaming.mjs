// How many events a second a client takes, beside a bare `ws` loop that parses twice and masto.js; what a million
// events leave behind; and how long a client is without a socket when it loses one.
//
//   node bench/streaming.mjs [events in a round] [events for memory]
import { once } from "node:events";
import { createServer } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { createStreamingAPIClient } from "masto";
import WebSocket, { WebSocketServer } from "ws";

const EVENTS = Number(process.argv[2] ?? 50_000);
const MANY = Number(process.argv[3] ?? 1_000_000);
const ROUNDS = 5;
const CLIENTS = 40;

/** A status as large as Mastodon's are. */
function status(id) {
  const account = {
    id: "109",
    username: "theo",
    acct: "theo@sandbox.example",
    display_name: "Theo Lindqvist",
    note: `<p>${"builds synthesisers and travels by train ".repeat(6)}</p>`,
    url: "https://sandbox.example/@theo",
    avatar: "https://sandbox.example/avatars/original/missing.png",
    header: "https://sandbox.example/headers/original/missing.png",
    followers_count: 12,
    statuses_count: 4711,
    emojis: [],
    fields: [{ name: "web", value: "https://theo.example", verified_at: null }],
  };
  return {
    id,
    created_at: "2026-01-01T00:00:00.000Z",
    edited_at: null,
    visibility: "public",
    content: `<p>${"A few lines about modular synthesis. ".repeat(12)}</p>`,
    uri: `https://sandbox.example/users/theo/statuses/${id}`,
    account,
    media_attachments: [],
    mentions: [],
    tags: [],
    emojis: [],
    card: null,
    poll: null,
    reblog: null,
  };
}

/** Sends so many events when it is asked to. Another thread, so that sending costs no time here. */
function serve() {
  const server = createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(
      request.url.includes("timelines") || request.url.includes("notifications") ? "[]" : "{}",
    );
  });
  const sockets = new Set();
  new WebSocketServer({ server }).on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  let id = 113_000_000_000_000_000n;
  parentPort.on("message", async (events) => {
    if (events === "drop") {
      for (const socket of sockets) socket.terminate();
      return;
    }
    for (let sent = 0; sent < events; ) {
      const chunk = Math.min(500, events - sent);
      for (let left = chunk; left > 0; left -= 1) {
        id += 65_536n;
        const payload = JSON.stringify(status(String(id)));
        const frame = JSON.stringify({ stream: ["user"], event: "update", payload });
        for (const socket of sockets) if (socket.readyState === 1) socket.send(frame);
      }
      sent += chunk;
      while ([...sockets].some((socket) => socket.bufferedAmount > 1 << 20)) {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }
  });
  server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const middle = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];

/** The package, and the memory of its module. */
async function load() {
  let memory;
  const { Instance } = WebAssembly;
  WebAssembly.Instance = class extends Instance {
    constructor(...args) {
      super(...args);
      memory = Object.values(this.exports).find((own) => own instanceof WebAssembly.Memory);
    }
  };
  const { init, Mastodon } = await import("../pkg/node.js");
  WebAssembly.Instance = Instance;
  await init();
  return { Mastodon, memory };
}

async function measure() {
  const { Mastodon, memory } = await load();
  const worker = new Worker(new URL(import.meta.url), { workerData: "serve" });
  const [port] = await once(worker, "message");

  /** Events a second, from the first to the last. */
  async function rate(take, events = EVENTS, patience = 300) {
    let left = events;
    let begin;
    const done = new Promise((resolve) => {
      take(() => {
        begin ??= performance.now();
        left -= 1;
        if (left === 0) resolve();
      });
    });
    await pause(patience);
    worker.postMessage(events);
    await done;
    return (events * 1000) / (performance.now() - begin);
  }

  async function bare() {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    let id;
    const result = await rate((count) => {
      socket.onmessage = ({ data }) => {
        const { payload } = JSON.parse(data);
        id = JSON.parse(payload).id;
        count(id);
      };
    });
    socket.close();
    return result;
  }

  const client = () =>
    new Mastodon({
      api_base_url: `http://127.0.0.1:${port}`,
      access_token: "token",
      web_socket: WebSocket,
    });

  async function ours() {
    const m = client();
    const result = await rate((count) => m.streamUser({ onUpdate: ({ id }) => count(id) }));
    m.close();
    return result;
  }

  /** masto.js hands events out by an iterator alone, and connects a second later. */
  async function peer() {
    const streaming = createStreamingAPIClient({
      streamingApiUrl: `ws://127.0.0.1:${port}`,
      accessToken: "token",
      implementation: WebSocket,
    });
    const take = async (count) => {
      for await (const { payload } of streaming.user.subscribe()) count(payload.id);
    };
    const result = await rate(take, EVENTS, 2500);
    streaming.close();
    return result;
  }

  const [theirs, own, peers] = [[], [], []];
  // In turns, so that what else the machine does hits all.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const turn = [await bare(), await ours(), await peer()];
    if (round === 0) continue;
    theirs.push(turn[0]);
    own.push(turn[1]);
    peers.push(turn[2]);
  }
  console.log(`Events a second, ${EVENTS} each, the middle of ${ROUNDS} rounds in turns`);
  console.log(`  bare ws, two JSON.parse   ${Math.round(middle(theirs))}`);
  console.log(`  streamUser                ${Math.round(middle(own))}`);
  console.log(`  masto.js                  ${Math.round(middle(peers))}`);
  console.log(`  streamUser to bare ws     ${(middle(own) / middle(theirs)).toFixed(2)}`);

  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  const used = () => {
    collect();
    const heap = `${(process.memoryUsage().heapUsed / 1e6).toFixed(1)} MB`;
    return `${heap.padStart(9)}   ${`${memory.buffer.byteLength / 1024} KB`.padStart(9)}`;
  };
  const m = client();
  let count;
  const stream = m.streamUser({ onUpdate: ({ id }) => count?.(id) });
  const standing = async (streams) => {
    while (streams.some(({ state }) => state !== "open")) await pause(10);
  };
  await standing([stream]);
  await rate((next) => {
    count = next;
  }, 10_000);
  console.log(`\nMemory          heap   the module's`);
  console.log(`  after 10000 events ${used()}`);
  await rate((next) => {
    count = next;
  }, MANY);
  console.log(`  and ${MANY} more ${used()}`);
  m.close();

  const clients = Array.from({ length: CLIENTS }, client);
  let lost;
  const waits = [];
  const streams = clients.map((own) =>
    own.streamUser({
      onOpen() {
        if (lost) waits.push(Date.now() - lost);
      },
    }),
  );
  await standing(streams);
  await pause(200);
  lost = Date.now();
  worker.postMessage("drop");
  while (waits.length < CLIENTS) await pause(10);
  console.log(`\nWithout a socket, after ${CLIENTS} clients lost theirs at once`);
  console.log(
    `  ${Math.min(...waits)} ms at least, ${middle(waits)} ms in the middle, ${Math.max(...waits)} ms at most`,
  );
  for (const own of clients) own.close();
  await worker.terminate();
}

if (isMainThread) await measure();
else if (workerData === "serve") serve();

// Every loop that a server can drive has a pause between its rounds and an end: a server that says "again"
// for ever gets so many requests, and no more.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Mastodon, MastodonError } from "../../pkg/node.js";
import { fake, pause, recorder, status, until } from "../streaming/fake.mjs";
import { givenTime } from "../time.mjs";

givenTime();

const HOME = "https://home.example";

/** A client of a server that answers everything so, and how often it was asked. */
function client(answer, options = {}) {
  const asked = [];
  const fetch = async (url, init) => {
    asked.push(performance.now());
    return answer(new URL(url), asked.length, init);
  };
  const m = new Mastodon({ api_base_url: HOME, access_token: "token", fetch, ...options });
  return { m, asked };
}

/** What came of a promise within so many seconds; `undefined` where nothing did. */
async function within(seconds, promise) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, seconds * 1000);
  });
  const caught = promise.catch((error) => {
    assert.ok(error instanceof MastodonError, error?.stack);
    return error;
  });
  const result = await Promise.race([caught, late]);
  clearTimeout(timer);
  return result;
}

const limits = (more) => ({ "x-ratelimit-limit": "300", "x-ratelimit-remaining": "0", ...more });

describe("a server that refuses for ever", { concurrency: true }, () => {
  for (const [what, headers] of Object.entries({
    "with nothing": {},
    "with `Retry-After: 0`": { "retry-after": "0" },
    "with a reset that is over": limits({ "x-ratelimit-reset": "2020-01-01T00:00:00Z" }),
    "with a reset of now": limits({ "x-ratelimit-reset": new Date().toISOString() }),
    "with a reset of 0": limits({ "x-ratelimit-reset": "0" }),
  })) {
    for (const code of [429, 503]) {
      it(`${code} ${what}`, async () => {
        const { m, asked } = client(() => Response.json({}, { status: code, headers }), {
          request_timeout: 3,
        });
        const error = await within(10, m.timelineHome());
        assert.equal(error?.status, code);
        assert.ok(asked.length <= 4, `${asked.length} requests`);
        for (const [at, time] of asked.entries()) {
          if (at > 0) assert.ok(time - asked[at - 1] > 900, "asked again within the second");
        }
      });
    }
  }

  for (const mode of ["wait", "pace"]) {
    it(`nothing is left until the year 9999, \`${mode}\``, async () => {
      const headers = limits({ "x-ratelimit-reset": "9999-01-01T00:00:00Z" });
      const { m, asked } = client(() => Response.json([], { headers }), {
        request_timeout: 2,
        ratelimit_method: mode,
      });
      const begin = performance.now();
      for (let call = 0; call < 3; call += 1) await within(10, m.timelineHome());
      assert.equal(asked.length, 3);
      assert.ok(performance.now() - begin < 9000, "it held for longer than it may");
    });
  }

  it("415, 401, 404 and dropped connections", async () => {
    for (const code of [415, 401, 404, 421, 425, 408]) {
      const { m, asked } = client(() => Response.json({}, { status: code }), {
        client_id: "a",
        client_secret: "b",
        refresh_token: "c",
      });
      for (const work of [() => m.statusPost("a"), () => m.mediaPost(new Blob(["a"]))]) {
        asked.length = 0;
        await within(5, work());
        assert.ok(asked.length <= 4, `${code}: ${asked.length} requests`);
      }
    }
    const { m, asked } = client(() => Promise.reject(new TypeError("fetch failed")));
    await within(5, m.statusPost("a"));
    assert.ok(asked.length <= 4, `${asked.length} requests`);
  });

  it("redirects in a circle, and to ever new addresses", async () => {
    for (const location of [() => "/api/v1/timelines/home", (count) => `/api/v1/x${count}`]) {
      const { m, asked } = client((_, count) => {
        return new Response(null, { status: 307, headers: { location: location(count) } });
      });
      await within(5, m.timelineHome());
      assert.ok(asked.length <= 21, `${asked.length} requests`);
    }
  });

  it("a token that it renews and refuses again", async () => {
    const { m, asked } = client(
      ({ pathname }) =>
        pathname === "/oauth/token"
          ? Response.json({ access_token: "new", refresh_token: "more", expires_in: 0 })
          : Response.json({}, { status: 401 }),
      { client_id: "a", client_secret: "b", refresh_token: "c" },
    );
    await within(5, m.timelineHome());
    assert.ok(asked.length <= 4, `${asked.length} requests`);
  });
});

describe("a server that is never done", { concurrency: true }, () => {
  it("a refresh that runs for ever, and wants to be asked at once", async () => {
    for (const retry of ["0", "-1", "1e-9", "x"]) {
      const headers = { "mastodon-async-refresh": `id="a", retry=${retry}` };
      const { m, asked } = client(({ pathname }) =>
        pathname.includes("async_refreshes")
          ? Response.json({ async_refresh: { id: "a", status: "running", retry: 0 } })
          : Response.json({ ancestors: [], descendants: [] }, { headers }),
      );
      const thread = await m.statusContext("1");
      assert.equal(await within(10, m.awaitAsyncRefresh(thread, { timeout: 2.5 })), null);
      assert.ok(asked.length <= 4, `${asked.length} requests`);
      assert.equal(await within(10, m.awaitAsyncRefresh(thread, { max_attempts: 1 })), null);
    }
  });

  it("a refresh that runs for ever ends by itself", async () => {
    const headers = { "mastodon-async-refresh": 'id="a", retry=5' };
    const { m, asked } = client(({ pathname }) =>
      pathname.includes("async_refreshes")
        ? Response.json({ async_refresh: { id: "a", status: "running" } })
        : Response.json({ ancestors: [], descendants: [] }, { headers }),
    );
    const thread = await m.statusContext("1");
    assert.equal(await m.awaitAsyncRefresh(thread), null);
    assert.ok(asked.length > 100 && asked.length < 800, `${asked.length} requests`);
  });

  it("a file that is never processed", async () => {
    const { m, asked } = client(({ pathname }) =>
      Response.json({ id: "1", url: null }, { status: pathname === "/api/v2/media" ? 202 : 206 }),
    );
    await within(10, m.mediaPost(new Blob(["a"]), { synchronous: true, timeout: 2.5 }));
    assert.ok(asked.length <= 5, `${asked.length} requests`);
  });

  it("a body without end", async () => {
    for (const [code, most] of [
      [200, 1_200_000],
      [500, 200_000],
      [404, 200_000],
    ]) {
      let bytes = 0;
      let cancelled = false;
      const endless = () =>
        new ReadableStream({
          pull(controller) {
            bytes += 16_384;
            controller.enqueue(new Uint8Array(16_384).fill(97));
          },
          cancel() {
            cancelled = true;
          },
        });
      const { m } = client(() => new Response(endless(), { status: code }), {
        max_response_size: 1_000_000,
      });
      const error = await within(20, m.timelineHome());
      assert.ok(error instanceof MastodonError, "it ended well");
      assert.ok(bytes < most, `${bytes} bytes`);
      assert.ok(cancelled, "the rest is still read");
    }
  });

  it("a body that comes all at once", async () => {
    const body = JSON.stringify({ error: "a".repeat(3_000_000) });
    const { m } = client(() => new Response(body, { status: 422 }));
    const error = await within(20, m.timelineHome());
    assert.equal(error.body.length, 65_536);
    assert.ok(error.message.length < 1000);
  });

  it("a body without end ends at 64 MiB where nothing is said", async () => {
    let bytes = 0;
    const chunk = new Uint8Array(1_048_576).fill(97);
    const endless = new ReadableStream({
      pull(controller) {
        bytes += chunk.length;
        controller.enqueue(chunk);
      },
    });
    const { m } = client(() => new Response(endless));
    const error = await within(60, m.timelineHome());
    assert.match(error.message, /max_response_size/);
    assert.ok(bytes <= 68 * 1_048_576, `${bytes} bytes`);
  });
});

describe("pages without end", () => {
  const link = (target) => ({ link: `<${HOME}/api/v1/timelines/home?${target}>; rel="next"` });

  it("in a circle", async () => {
    const { m, asked } = client(({ searchParams }) =>
      Response.json([{ id: "1" }], {
        headers: link(`max_id=${(Number(searchParams.get("max_id")) + 1) % 3}`),
      }),
    );
    await within(5, m.fetchRemaining(await m.timelineHome()));
    assert.ok(asked.length <= 5, `${asked.length} requests`);
    asked.length = 0;
    const all = async () => {
      for await (const _ of m.timelineHome()) assert.ok(asked.length < 10);
    };
    await within(5, all());
    assert.ok(asked.length <= 5, `${asked.length} requests`);
  });

  it("that are empty", async () => {
    const { m, asked } = client((_, count) =>
      Response.json([], { headers: link(`max_id=${count}`) }),
    );
    await within(5, m.fetchRemaining(await m.timelineHome()));
    assert.ok(asked.length <= 13, `${asked.length} requests`);
  });

  it("that are ever new: one list has an end, and is not slow to reach it", async () => {
    const { m, asked } = client((_, count) =>
      Response.json([{ id: String(count) }], {
        headers: link(`max_id=${count}&x=${"a".repeat(2000)}`),
      }),
    );
    // No clock of the test's: this takes what it takes.
    const begin = process.hrtime.bigint();
    const error = await within(120, m.fetchRemaining(await m.timelineHome()));
    assert.match(error?.message ?? "it did not end", /more than 10,000 pages/);
    assert.ok(process.hrtime.bigint() - begin < 120n * 1_000_000_000n, "it was slow");
    assert.ok(asked.length <= 10_002, `${asked.length} requests`);
  });
});

describe("streams", { concurrency: true }, () => {
  /** Requests and sockets of so many seconds. */
  async function storm(options, drive, seconds = 5) {
    const world = await fake(options);
    const stop = drive(world);
    world.m.streamUser(recorder());
    await pause(seconds * 1000);
    world.m.close();
    clearInterval(stop);
    return { requests: world.requests.length, sockets: world.sockets.length };
  }

  it("a socket that is refused, one that closes at once, one that hangs", async () => {
    for (const handshake of [
      "refuse",
      (socket) => {
        setTimeout(() => {
          socket.open();
          socket.drop();
        });
      },
      (socket) => {
        setTimeout(() => {
          socket.open();
          socket.frame({ error: "no", status: 503 });
          socket.drop();
        });
      },
    ]) {
      const { requests, sockets } = await storm({}, (world) => {
        world.handshake = handshake;
      });
      assert.ok(sockets <= 14, `${sockets} sockets`);
      assert.ok(requests <= 40, `${requests} requests`);
    }
  });

  it("a gap after each page of what was missed", async () => {
    let id = 1000;
    const { requests, sockets } = await storm({}, (world) => {
      // Every list has always something newer, and never what was asked for.
      world.answer = ({ path }) => {
        if (!path.startsWith("/api/v1/timelines/")) return undefined;
        id += 100;
        return Response.json(Array.from({ length: 40 }, (_, at) => status(id - at)));
      };
      return setInterval(() => {
        id += 1000;
        world.socket?.update(id);
        world.socket?.drop();
      }, 20);
    });
    assert.ok(sockets <= 14, `${sockets} sockets`);
    assert.ok(requests <= 200, `${requests} requests`);
  });

  it("events that say that everything changed", async () => {
    const { requests } = await storm({}, (world) =>
      setInterval(() => {
        for (let count = 0; count < 100; count += 1) {
          world.socket?.event("filters_changed");
          world.socket?.event("notifications_merged");
          world.socket?.frame({ error: "Missing access token", status: 401 });
          world.socket?.frame({ error: "Not found", status: 404 });
        }
      }, 10),
    );
    assert.ok(requests <= 60, `${requests} requests`);
  });

  it("polling of a server that answers at once", async () => {
    const { requests, sockets } = await storm(
      {},
      (world) => {
        world.handshake = "refuse";
        world.answer = ({ path }) =>
          path === "/api/v2/instance" ? Response.json({ version: "4.5.0" }) : undefined;
      },
      8,
    );
    assert.ok(sockets <= 16, `${sockets} sockets`);
    assert.ok(requests <= 40, `${requests} requests`);
  });

  it("what nobody reads is bounded", async () => {
    const world = await fake();
    const stream = world.m.streamUser(undefined, { buffer_limit: 100 });
    const iterator = stream[Symbol.asyncIterator]();
    const socket = await world.opened();
    for (let id = 1; id <= 5000; id += 1) socket.update(id);
    const seen = [];
    for (let count = 0; count < 101; count += 1) seen.push((await iterator.next()).value.event);
    assert.ok(seen.includes("gap"));
    const more = await Promise.race([iterator.next(), pause(300)]);
    assert.equal(more, undefined, "it kept more than it may");
    world.m.close();
  });

  it("a token that was refused ends it", async () => {
    const world = await fake();
    const heard = recorder();
    world.handshake = "refuse";
    world.answer = () => Response.json({ error: "The access token was revoked" }, { status: 401 });
    world.m.streamUser(heard);
    await until(() => heard.heard.some(([name]) => name === "abort"), "the end");
    const { length } = world.requests;
    await pause(3000);
    assert.equal(world.requests.length, length);
    world.m.close();
  });
});

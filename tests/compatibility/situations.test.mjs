// What servers do that is none server's own: a kind of answer, and what the package makes of it. The
// servers are a `fetch` each.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import * as library from "../../pkg/node.js";
import { fake, until } from "../streaming/fake.mjs";
import { givenTime } from "../time.mjs";

const { Mastodon } = library;
const BASE = "https://birch.example";
const json = (body, status = 200, headers = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", ...headers },
  });

givenTime();
before(() => library.init());

/** A client of a server that is one function; `asked` is what it was asked. */
function client(answer, options = {}) {
  const asked = [];
  const fetch = async (address, init) => {
    const url = new URL(address);
    const headers = new Headers(init.headers);
    const request = {
      url,
      line: `${init.method} ${url.pathname}`,
      query: url.searchParams,
      type: headers.get("content-type")?.split(";")[0] ?? null,
      headers,
      body: init.body,
      at: Date.now(),
    };
    asked.push(request);
    return answer(request, asked.length);
  };
  const m = new Mastodon({ api_base_url: BASE, access_token: "a-good-token", fetch, ...options });
  return { m, asked };
}

const rejection = (promise) =>
  promise.then(
    () => assert.fail("it should have been refused"),
    (error) => error,
  );

async function collect(iterable, most = 1000) {
  const items = [];
  for await (const item of iterable) {
    items.push(item);
    if (items.length >= most) break;
  }
  return items;
}

describe("what is sent", () => {
  it("can take away what was there: null and [] arrive", async () => {
    const { m, asked } = client(() => json({ id: "1", keywords: [] }));
    await m.updateFilterV2("1", { expires_in: null });
    await m.accountUpdateCredentials({ fields: [] });
    await m.accountUpdateCredentials({ attribution_domains: [] });
    await m.accountFollow("2", { languages: [] });
    await m.accountFollow("2", { languages: undefined, notify: true });
    const sent = asked.map(({ body }) => JSON.parse(body));
    assert.equal(sent[0].expires_in, null);
    assert.deepEqual(Object.keys(sent[1]), ["fields_attributes"]);
    assert.deepEqual(Object.keys(sent[1].fields_attributes), []);
    assert.deepEqual(sent[2], { attribution_domains: [] });
    assert.deepEqual(sent[3], { languages: [] });
    assert.deepEqual(sent[4], { notify: true });
  });

  it("is JSON, a form for OAuth, multipart with files", async () => {
    const { m, asked } = client(
      ({ line }) =>
        json(line.includes("oauth/token") ? { access_token: "t", scope: "read" } : { id: "1" }),
      { client_id: "c", client_secret: "secret" },
    );
    await m.listCreate("Gardeners");
    await m.pollVote("1", [0]);
    await m.report("2", { comment: "x" });
    await m.accountUpdateCredentials({ note: "x" });
    await m.accountUpdateCredentials({ avatar: new Uint8Array([137, 80, 78, 71]) });
    await m.logIn({ code: "c", redirect_uri: "https://app.example/" });
    const types = asked.filter(({ line }) => !line.includes("well-known")).map(({ type }) => type);
    assert.deepEqual(types, [
      ...Array(4).fill("application/json"),
      "multipart/form-data",
      "application/x-www-form-urlencoded",
    ]);
  });

  it("is a form once the server refused JSON, from then on", async () => {
    const { m, asked } = client(({ type }) =>
      type === "application/json" ? json({ error: "no JSON" }, 415) : json({ id: "1" }),
    );
    await m.listCreate("One");
    await m.listCreate("Two");
    await m.statusPost("Three");
    const form = "application/x-www-form-urlencoded";
    assert.deepEqual(
      asked.map(({ type }) => type),
      ["application/json", form, form, form],
    );
    assert.equal(new URLSearchParams(asked[1].body).get("title"), "One");
  });

  it("stands in the address where it deletes", async () => {
    const { m, asked } = client(() => json({}));
    await m.listAccountsDelete("1", ["2", "3"]);
    await m.domainUnblock("elm.example");
    assert.deepEqual(asked[0].query.getAll("account_ids[]"), ["2", "3"]);
    assert.equal(asked[1].query.get("domain"), "elm.example");
    for (const { body, type } of asked) assert.deepEqual([body ?? null, type], [null, null]);
  });

  it("asks for JSON, each time", async () => {
    const { m, asked } = client(() => json({ id: "1", access_token: "t", scope: "read" }), {
      client_id: "c",
      client_secret: "secret",
    });
    await m.timelineHome();
    await m.statusPost("x");
    await m.mediaPost(new Uint8Array(4), { mime_type: "image/png" });
    await m.logInApp({ scopes: ["read"] });
    await m.request("GET", "/api/v1/timelines/bubble");
    await m.oauthAuthorizationServerInfo();
    for (const { headers, line } of asked)
      assert.match(headers.get("accept") ?? "", /application\/json/, line);
  });

  it("asks for JSON where a stream finds out why its socket failed, too", async () => {
    const world = await fake();
    world.handshake = "refuse";
    const stream = world.m.streamUser({});
    const probed = ({ path }) => path.endsWith("/verify_credentials");
    await until(() => world.requests.some(probed), "the probe");
    await until(() => stream.state === "polling", "polling", 20_000);
    stream.close();
    for (const { path, init } of world.requests)
      assert.match(new Headers(init.headers).get("accept") ?? "", /application\/json/, path);
  });

  it("is bytes with their type through a fetch that was given", async () => {
    for (const wrap of [
      (fetch) => fetch,
      (fetch) => (url, init) => fetchOfRequest(fetch, url, init),
    ]) {
      const seen = [];
      const m = new Mastodon({
        api_base_url: BASE,
        access_token: "a-good-token",
        fetch: wrap(recorder(seen)),
      });
      await m.mediaPost(new Blob([new Uint8Array([1, 2, 3])], { type: "image/png" }), {
        description: "Ä & b",
      });
      const [{ contentType, bytes }] = seen;
      const form = await new Response(bytes, {
        headers: { "content-type": contentType },
      }).formData();
      assert.deepEqual([...new Uint8Array(await form.get("file").arrayBuffer())], [1, 2, 3]);
      assert.equal(form.get("description"), "Ä & b");
    }
  });

  /** Notes what a `fetch` of another make can read: no FormData of the platform. */
  function recorder(seen) {
    return async (url, init) => {
      assert.ok(!(init.body instanceof FormData), "only the platform's own fetch knows it");
      seen.push({
        contentType: new Headers(init.headers).get("content-type"),
        bytes: await new Response(init.body).arrayBuffer(),
      });
      return json({ id: "1", url: `${url}` });
    };
  }

  async function fetchOfRequest(fetch, url, init) {
    const request = new Request(url, init);
    const body = new Uint8Array(await request.arrayBuffer());
    return fetch(request.url, { headers: request.headers, body });
  }

  it("leaves out for strangers what needs a token", async () => {
    const { m, asked } = client(() => json({ accounts: [], statuses: [], hashtags: [] }), {
      access_token: undefined,
    });
    await m.search("moss");
    await m.searchV2("moss");
    for (const { query } of asked) assert.equal(query.get("resolve"), null);
    const known = client(() => json({ accounts: [], statuses: [], hashtags: [] }));
    await known.m.search("moss");
    assert.equal(known.asked[0].query.get("resolve"), "true");
  });

  it("names a domain as Mastodon wants it, also where it came with its scheme", async () => {
    const { m, asked } = client(() => json([]));
    const day = new Date(0);
    await m.adminMeasures(day, day, { instance_follows: "https://elm.example" });
    await m.adminDimensions(day, day, { instance_languages: "https://elm.example/" });
    await m.domainBlock("https://elm.example");
    assert.equal(JSON.parse(asked[0].body).instance_follows.domain, "elm.example");
    assert.equal(JSON.parse(asked[1].body).instance_languages.domain, "elm.example");
    assert.equal(JSON.parse(asked[2].body).domain, "elm.example");
  });
});

describe("a post in a page whose preflight refuses the header", () => {
  /** What a browser does with a preflight that allows only these headers. */
  const page = (allowed) => {
    const posts = [];
    const answer = ({ headers, line }) => {
      const safe = ["accept"];
      const refused = [...headers.keys()].filter(
        (name) => !safe.includes(name) && !allowed.includes(name),
      );
      if (refused.length > 0) throw new TypeError("Failed to fetch");
      if (line === "POST /api/v1/statuses") posts.push(headers.has("idempotency-key"));
      return json({ id: "1", version: "4.3.0" });
    };
    return { answer, posts };
  };

  it("is sent without it, once, and so are later ones", async () => {
    globalThis.document = {};
    try {
      const { answer, posts } = page(["content-type", "authorization"]);
      const { m } = client(answer);
      assert.equal((await m.statusPost("x")).id, "1");
      assert.equal((await m.statusPost("y")).id, "1");
      assert.deepEqual(posts, [false, false]);
    } finally {
      delete globalThis.document;
    }
  });

  it("is not sent anew where nothing answers at all", async () => {
    globalThis.document = {};
    try {
      let posts = 0;
      const { m } = client(({ line }) => {
        if (line.startsWith("POST")) posts += 1;
        throw new TypeError("Failed to fetch");
      });
      assert.equal((await rejection(m.statusPost("x"))).name, "MastodonNetworkError");
      assert.equal(posts, 1);
    } finally {
      delete globalThis.document;
    }
  });
});

describe("a version that says nothing", () => {
  const VERSIONS = [
    "0.20.1+git-57cb4fe",
    "0.0.1.0",
    "takahe/0.11.0",
    "",
    "unknown",
    null,
    4,
    "4.0.0 (not true; really snac/2.94)",
  ];
  const calls = {
    search: (m) => m.search("moss", { offset: 20, result_type: "statuses" }),
    mediaPost: (m) =>
      m.mediaPost(new Uint8Array(9), {
        mime_type: "video/mp4",
        thumbnail: new Uint8Array(9),
        thumbnail_mime_type: "image/png",
      }),
    statusCard: (m) => m.statusCard("5"),
    notificationsDismiss: (m) => m.notificationsDismiss("7"),
    suggestions: (m) => m.suggestions(),
    trends: (m) => m.trends(),
    trendingTags: (m) => m.trendingTags(),
    notifications: (m) => m.notifications({ mentions_only: true }),
    instance: (m) => m.instance(),
    streamHealthy: (m) => m.streamHealthy(),
  };
  const routes = new Map([
    ["GET /api/v2/search", { accounts: [], statuses: [], hashtags: [] }],
    ["POST /api/v2/media", { id: "1" }],
    ["GET /api/v1/statuses/5", { id: "5", card: { title: "a card" } }],
    ["POST /api/v1/notifications/7/dismiss", {}],
    ["GET /api/v2/suggestions", []],
    ["GET /api/v1/trends/tags", []],
    ["GET /api/v1/notifications", []],
    ["GET /api/v1/timelines/home", []],
  ]);

  for (const version of VERSIONS) {
    it(`${JSON.stringify(version)}: what works before it is known works after`, async () => {
      const server = ({ line, query }) => {
        if (/instance$/.test(line)) return json({ version, configuration: {}, urls: {} });
        if (line.endsWith("/streaming/health")) return new Response("OK");
        if (line === "GET /api/v1/notifications") {
          assert.deepEqual(query.getAll("types[]"), ["mention"]);
        }
        return routes.has(line) ? json(routes.get(line)) : json({ error: "no route" }, 404);
      };
      const { m } = client(server);
      const told = async () => {
        const all = [];
        for (const [name, call] of Object.entries(calls)) {
          const value = await call(m).catch((error) => assert.fail(`${name}: ${error}`));
          all.push([name, JSON.stringify(value)]);
        }
        return all;
      };
      const first = await told();
      await m.retrieveMastodonVersion();
      assert.deepEqual(await told(), first);
      const checked = client(server, { version_check_mode: "created" });
      await checked.m.timelineHome();
    });
  }

  it("does not hide that one of two routes is all there is, and which it is is remembered", async () => {
    for (const [there, call] of [
      ["GET /api/v1/suggestions", (m) => m.suggestions()],
      ["GET /api/v2/suggestions", (m) => m.suggestions()],
      ["GET /api/v1/trends", (m) => m.trendingTags()],
      ["GET /api/v1/trends/tags", (m) => m.trendingTags()],
      ["POST /api/v1/media", (m) => m.mediaPost(new Uint8Array(4), { mime_type: "image/png" })],
      ["POST /api/v2/media", (m) => m.mediaPost(new Uint8Array(4), { mime_type: "image/png" })],
      ["GET /api/v1/instance", (m) => m.instance()],
      ["GET /api/v2/instance", (m) => m.instance()],
    ]) {
      for (const mastodon_version of [undefined, "2.0.0", "4.5.0"]) {
        const { m, asked } = client(
          ({ line }) => (line === there ? json([]) : json({ error: "no route" }, 404)),
          { mastodon_version },
        );
        const name = `${there}, ${mastodon_version}`;
        await call(m).catch((error) => assert.fail(`${name}: ${error}`));
        const before = asked.length;
        await call(m);
        assert.deepEqual(
          asked.slice(before).map(({ line }) => line),
          [there],
          name,
        );
      }
    }
  });
});

describe("pages that lead nowhere", () => {
  const rows = (...ids) => ids.map((id) => ({ id: String(id), name: `tag${id}` }));
  const next = (query) => ({ link: `<${BASE}/api/v1/timelines/home?${query}>; rel="next"` });

  it("end where `offset` is ignored", async () => {
    const answer = ({ line }) =>
      json(/search/.test(line) ? { accounts: rows(11), statuses: [], hashtags: [] } : rows(11));
    const { m, asked } = client(answer);
    const walks = [
      async () => collect(m.paginationIterator(await m.trendingStatuses())),
      async () => collect(m.paginationIterator(await m.directory())),
      async () =>
        collect(m.paginationPageIterator(await m.search("x", { result_type: "accounts" }))),
      async () => m.fetchRemaining(await m.trendingStatuses()),
      async () => collect(m.trendingTags()),
    ];
    for (const walk of walks) {
      asked.length = 0;
      await walk();
      assert.ok(asked.length <= 3, `${asked.length} requests: ${walk}`);
    }
  });

  it("end where they lead to each other", async () => {
    const circle = { 1: "max_id=2", 2: "max_id=3", 3: "max_id=1" };
    const { m, asked } = client(({ query }) => {
      const at = query.get("max_id") ?? "1";
      return json(rows(at), 200, next(circle[at]));
    });
    assert.equal((await m.fetchRemaining(await m.timelineHome())).length, 4);
    assert.ok(asked.length <= 4);
  });

  it("end after ten empty ones", async () => {
    const { m, asked } = client(({ query }) => {
      const at = Number(query.get("max_id") ?? 10_000);
      return json([], 200, next(`max_id=${at - 1}`));
    });
    assert.deepEqual(await collect(m.timelineHome()), []);
    assert.ok(asked.length <= 11, `${asked.length} requests`);
    asked.length = 0;
    await m.fetchRemaining(await m.timelineHome());
    assert.ok(asked.length <= 11, `${asked.length} requests`);
  });

  it("go on over empty ones that have more behind them", async () => {
    const { m } = client(({ query }) => {
      const at = Number(query.get("max_id") ?? 10);
      return json(at === 5 ? rows(5) : [], 200, at > 1 ? next(`max_id=${at - 1}`) : {});
    });
    assert.deepEqual(
      (await collect(m.timelineHome())).map(({ id }) => id),
      ["5"],
    );
  });

  it("are followed on our own server, whatever a proxy made of its address", async () => {
    for (const other of [
      "http://birch.example",
      "http://birch.example:3000",
      "https://birch.example:8443",
      "http://127.0.0.1:4000",
      "http://localhost:4000",
    ]) {
      const { m, asked } = client(({ query }) =>
        query.has("max_id")
          ? json(rows(1))
          : json(rows(2), 200, { link: `<${other}/api/v1/timelines/home?max_id=2>; rel="next"` }),
      );
      const page = await m.fetchNext(await m.timelineHome());
      assert.equal(page[0].id, "1", other);
      assert.equal(asked[1].url.origin, BASE, other);
    }
  });

  it("know a parameter with an index, and an empty cursor is none", async () => {
    const { m, asked } = client(({ query }) =>
      query.has("max_id")
        ? json([], 200, { link: `<${BASE}/api/v1/notifications?max_id=>; rel="next"` })
        : json(rows(2), 200, {
            link: `<${BASE}/api/v1/notifications?types%5B0%5D=mention&max_id=2>; rel="next"`,
          }),
    );
    const first = await m.notifications({ types: ["mention"] });
    const second = await m.fetchNext(first);
    assert.equal(asked[1].url.searchParams.getAll("types[]").join(), "mention");
    assert.equal([...asked[1].query.keys()].filter((name) => name.startsWith("types")).length, 1);
    assert.equal(second.pagination.next, null);
    assert.equal(await m.fetchNext(second), null);
  });

  it("say so where they are no lists", async () => {
    for (const body of [{ 0: { id: "1" }, 2: { id: "3" } }, {}, null, "hello"]) {
      const { m } = client(() => json(body));
      for (const walk of [
        async () => collect(m.timelineHome()),
        async () => collect(m.paginationIterator(await m.timelineHome())),
        async () => collect(m.paginationPageIterator(await m.timelineHome())),
        async () => m.fetchRemaining(await m.timelineHome()),
        async () => m.fetchNext(await m.timelineHome()),
      ]) {
        const told = await walk().catch((error) => error);
        // A list with gaps may be read as one; nothing of this may be a bare TypeError.
        const fine = Array.isArray(told) || told === null || told instanceof library.MastodonError;
        assert.ok(fine, `${JSON.stringify(body)}: ${told?.stack ?? told}`);
      }
    }
  });
});

describe("limits", () => {
  it("of uploads hold back uploads alone", async () => {
    const reset = new Date(Date.now() + 1_800_000).toISOString();
    const spent = {
      "x-ratelimit-limit": "30",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": reset,
    };
    const { m } = client(({ line }) =>
      line.includes("media") ? json({ id: "1" }, 200, spent) : json([]),
    );
    await m.mediaPost(new Uint8Array(4), { mime_type: "image/png" });
    const begin = Date.now();
    await m.timelineHome();
    await m.statusPost("x");
    assert.ok(Date.now() - begin < 1000);
    const more = m.mediaPost(new Uint8Array(4), { mime_type: "image/png", timeout: 0.2 });
    assert.equal((await rejection(more)).name, "MastodonReadTimeout");
  });

  it("of deletions hold back deletions alone", async () => {
    const reset = new Date(Date.now() + 1_800_000).toISOString();
    const { m } = client(
      ({ line }) =>
        line.startsWith("DELETE")
          ? json({ error: "Too many requests" }, 429, {
              "x-ratelimit-limit": "30",
              "x-ratelimit-remaining": "0",
              "x-ratelimit-reset": reset,
            })
          : json([]),
      { ratelimit_method: "throw" },
    );
    assert.equal((await rejection(m.statusDelete("1"))).name, "MastodonRatelimitError");
    await m.timelineHome();
    await m.statusPost("x");
  });

  for (const status of [429, 503]) {
    it(`are waited for where ${status} says Retry-After`, async () => {
      const { m, asked } = client((_, count) =>
        count === 1 ? json({ error: "slow down" }, status, { "retry-after": "2" }) : json([]),
      );
      await m.timelineHome();
      assert.equal(asked.length, 2);
      const waited = asked[1].at - asked[0].at;
      assert.ok(waited >= 1900 && waited < 4000, `${waited} ms`);
    });
  }

  it("that end in a moment are asked about once a second at most", async () => {
    const { m, asked } = client((_, count) =>
      count <= 2
        ? json({ error: "Too many requests" }, 429, {
            "x-ratelimit-limit": "300",
            "x-ratelimit-remaining": "0",
            "x-ratelimit-reset": new Date(Date.now() + 5).toISOString(),
          })
        : json([]),
    );
    await m.timelineHome();
    const gaps = asked.slice(1).map(({ at }, index) => at - asked[index].at);
    assert.ok(gaps.length === 2 && gaps.every((gap) => gap >= 950), gaps.join());
  });
});

describe("refusals", () => {
  for (const [body, words] of [
    [{ error: "No moss" }, "No moss"],
    [{ error: { message: "No moss" } }, "No moss"],
    [{ success: false, error: { message: "No moss" } }, "No moss"],
    [{ message: "No moss" }, "No moss"],
    [{ code: "rest_forbidden", message: "No moss", data: { status: 403 } }, "No moss"],
    [{ message: "", errors: { status: ["No moss"] } }, "No moss"],
    [{ errors: { status: ["No moss"] } }, "No moss"],
    [{ errors: ["No moss"] }, "No moss"],
    [{ detail: "No moss" }, "No moss"],
    [{ type: "about:blank", title: "No moss", status: 403 }, "No moss"],
    ["No moss", "No moss"],
    [["No moss"], "No moss"],
    [{ error: ["No moss", "No fern"] }, "No moss"],
    [{ error: { code: 7, msg: "No moss" } }, "No moss"],
    [{ detail: [{ loc: ["body", "status"], msg: "No moss" }] }, "No moss"],
  ]) {
    it(`have their words in ${JSON.stringify(body)}`, async () => {
      const { m } = client(() => json(body, 403));
      const error = await rejection(m.timelineHome());
      assert.equal(error.status, 403);
      assert.match(error.error ?? "", new RegExp(words));
      assert.match(error.message, new RegExp(words));
    });
  }

  it("have their words in plain text, and not in a page", async () => {
    const plain = client(() => new Response("Invalid Bearer token", { status: 400 }));
    assert.match((await rejection(plain.m.timelineHome())).message, /Invalid Bearer token/);
    const html = { "content-type": "text/html" };
    const page = client(
      () => new Response("<!DOCTYPE html><title>x</title>", { status: 502, headers: html }),
    );
    const error = await rejection(page.m.timelineHome());
    assert.equal(error.name, "MastodonBadGatewayError");
    assert.doesNotMatch(error.message, /DOCTYPE/);
  });

  it("say the same thing once", async () => {
    const { m } = client(() =>
      json({ error: "post not found", error_description: "post not found" }, 404),
    );
    const { message } = await rejection(m.status("1"));
    assert.equal(message.split("post not found").length, 2, message);
  });

  it("keep class and status where the body never ends", async () => {
    const endless = () =>
      new Response(
        new ReadableStream({
          async pull(controller) {
            await new Promise((resolve) => setTimeout(resolve, 5));
            controller.enqueue(new Uint8Array(4096).fill(32));
          },
        }),
        { status: 502 },
      );
    const fast = client(endless);
    const error = await rejection(fast.m.timelineHome({ timeout: 10 }));
    assert.equal(error.name, "MastodonBadGatewayError");
    assert.ok((error.body ?? "").length <= 65_536);
    const mute = client(() => new Response(new ReadableStream({}), { status: 502 }));
    const late = await rejection(mute.m.timelineHome({ timeout: 0.3 }));
    assert.equal(late.name, "MastodonBadGatewayError");
    assert.equal(late.status, 502);
  });

  it("tell at a timeout what was asked", async () => {
    const { m } = client(() => new Promise(() => {}));
    const { name, message } = await rejection(m.timelineHome({ timeout: 0.1 }));
    assert.equal(name, "MastodonReadTimeout");
    assert.match(message, /GET/);
    assert.match(message, /https:\/\/birch\.example\/api\/v1\/timelines\/home/);
  });

  it("show no secret: not a password, not a token, not who is in an address", async () => {
    const secrets = /hunter2hunter2|t0ken-t0ken/;
    const errors = [];
    for (const make of [
      () => new Mastodon({ api_base_url: "https://ada:hunter2hunter2@elm.example" }),
      () => new Mastodon({ api_base_url: "ftp://ada:hunter2hunter2@elm.example/x" }),
    ]) {
      try {
        make();
        assert.fail("user info in an address");
      } catch (error) {
        errors.push(error);
      }
    }
    const { m } = client(({ headers }) => json({ error: headers.get("authorization") }, 401), {
      access_token: "t0ken-t0ken",
      client_id: "c",
      client_secret: "s",
    });
    errors.push(await rejection(m.timelineHome()));
    errors.push(await rejection(m.logIn({ username: "ada", password: "hunter2hunter2" })));
    errors.push(await rejection(m.logIn({ username: 5, password: "hunter2hunter2" })));
    errors.push(await rejection(m.logIn({ username: "ada", pasword: "hunter2hunter2" })));
    errors.push(
      await rejection(
        Mastodon.createApp("x", { api_base_url: "https://ada:hunter2hunter2@elm.example" }),
      ),
    );
    errors.push(await rejection(m.domainBlock("https://ada:hunter2hunter2@elm.example/x")));
    for (const error of errors) {
      const shown = `${error.stack} ${error.message} ${JSON.stringify(error)} ${error.cause?.stack}`;
      assert.doesNotMatch(shown, secrets);
    }
  });

  it("have what the caller's own accessor threw as their cause", async () => {
    const { m } = client(() => json([], 200, { "mastodon-async-refresh": 'id="a", retry=1' }));
    const own = new Error("mine");
    const trap = new Proxy([], {
      get() {
        throw own;
      },
      has() {
        throw own;
      },
      getOwnPropertyDescriptor() {
        throw own;
      },
      ownKeys() {
        throw own;
      },
    });
    for (const call of [
      () => m.awaitAsyncRefresh(trap),
      () => m.fetchRemaining(trap),
      () => m.fetchNext(trap),
      () =>
        m.timelineHome({
          get limit() {
            throw own;
          },
        }),
    ]) {
      const error = await rejection(Promise.resolve().then(call));
      assert.equal(error.name, "MastodonIllegalArgumentError", `${call}`);
      assert.equal(error.cause, own, `${call}`);
    }
  });
});

describe("a token that expires", () => {
  it("says when, as a number or as a text", async () => {
    for (const [expires_in, kept] of [
      [3600, 3600],
      ["3600", 3600],
      ["soon", undefined],
      [0, undefined],
      [null, undefined],
    ]) {
      const { m } = client(
        ({ line }) =>
          line.endsWith("/oauth/token")
            ? json({ access_token: "t-one", scope: "read", expires_in, refresh_token: "r-one" })
            : json({}, 404),
        { access_token: undefined, client_id: "c", client_secret: "s-one" },
      );
      await m.logIn({ code: "c", scopes: ["read"], redirect_uri: "https://app.example/" });
      const credentials = m.persistableLoginCredentials();
      assert.equal(credentials.expires_in, kept, JSON.stringify(expires_in));
      assert.equal(credentials.refresh_token, "r-one");
    }
  });
});

describe("ids", () => {
  it("that are numbers too large for JavaScript are refused in words that say so", async () => {
    const { m, asked } = client(() => json({ id: "1" }));
    const { name, message } = await rejection(m.status(Number("115599430123094065")));
    assert.equal(name, "MastodonIllegalArgumentError");
    assert.match(message, /too large|digits|string/i);
    await rejection(m.status({ id: Number("115599430123094065") }));
    assert.equal(asked.length, 0);
    await m.status(5);
    await m.status(115_599_430_123_094_065n);
    await m.status({ id: 7 });
    assert.deepEqual(
      asked.map(({ line }) => line.split("/").at(-1)),
      ["5", "115599430123094065", "7"],
    );
  });

  it("of an application may be a number", async () => {
    const { asked } = client(() => json({}));
    const fetch = async (url, init) => {
      asked.push({ url, body: init.body });
      if (/v1\/apps$/.test(url)) return json({ id: 12, client_id: 12, client_secret: "secret" });
      return json({ access_token: "t", scope: "read" });
    };
    const app = await Mastodon.createApp("A program", { api_base_url: BASE, fetch });
    const m = new Mastodon({ ...app, api_base_url: BASE, fetch });
    await m.logIn({ code: "c", scopes: ["read"], redirect_uri: "https://app.example/" });
    assert.equal(new URLSearchParams(asked.at(-1).body).get("client_id"), "12");
  });

  it("that carry no time take none: a Date is refused once that is known", async () => {
    for (const [ids, refused] of [
      [["01KB7XGZ3T9W5Q8R6Y2N4M1P0A"], true],
      [["019ad1f0-5c7e-72e8-a8ae-d2a6abf70001"], true],
      [["AbCdEf0123456789Xy"], true],
      [["115599430123094065"], false],
      [[], false],
    ]) {
      const { m, asked } = client(() => json(ids.map((id) => ({ id }))));
      const hour = new Date(Date.now() - 3_600_000);
      await m.timelineHome({ max_id: hour });
      const told = await m.timelineHome({ min_id: hour }).catch((error) => error);
      assert.equal(told instanceof library.MastodonIllegalArgumentError, refused, ids.join());
      if (refused) assert.match(told.message, /`min_id` is a time/);
      assert.equal(asked.length, refused ? 1 : 2);
      await m.timelineHome({ max_id: ids[0] ?? "1" });
    }
  });

  it("of every other alphabet go through a path as they are", async () => {
    const { m, asked } = client(() => json({ id: "1" }));
    for (const id of [
      "01KB7XGZ3T9W5Q8R6Y2N4M1P0A",
      "019ad1f0-5c7e-72e8-a8ae-d2a6abf70001",
      "AbCdEf0123456789Xy",
      "2026-11-29T15:19:11.328Z/favourite/019ad1f0-5c7e-72e8-a8ae-d2a6abf70001",
    ]) {
      await m.notifications({ id });
      assert.equal(decodeURIComponent(asked.at(-1).url.pathname.split("/").at(-1)), id);
    }
  });
});

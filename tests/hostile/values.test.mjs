// What a caller passes on from elsewhere, and what lies in a storage that others write to, may be anything
// as well: names that pollute, texts that end a header, addresses with a password in them, objects that
// throw when they are looked at.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, afterEach, before, describe, it } from "node:test";
import { Mastodon, MastodonError, MastodonIllegalArgumentError } from "../../pkg/node.js";

const HOME = "https://home.example";
const natives = Reflect.ownKeys(Object.prototype).length;

function client(answer = () => Response.json({ id: "1" }), options = {}) {
  const asked = [];
  const fetch = async (url, init) => {
    asked.push({ url: new URL(url), ...init });
    return answer(new URL(url), init);
  };
  const m = new Mastodon({ api_base_url: HOME, access_token: "secret-token", fetch, ...options });
  return { m, asked };
}

const ended = async (work) => {
  try {
    return await work();
  } catch (error) {
    assert.ok(error instanceof MastodonError, error?.stack ?? String(error));
    return error;
  }
};

afterEach(() => {
  assert.equal({}.polluted, undefined);
  assert.equal([].polluted, undefined);
  assert.equal(Reflect.ownKeys(Object.prototype).length, natives);
});

const NAMES = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "then",
  "toJSON",
];
/** An object with an own property of that name, as `JSON.parse` makes it. */
const own = (name, value) => JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`);

describe("names that pollute", () => {
  it("are names like any other in what is sent", async () => {
    for (const name of NAMES) {
      const evil = { polluted: 1 };
      for (const work of [
        (m) => m.markersSet([name, `${name}[polluted]`, `[${name}]`], ["1", "2", "3"]),
        (m) => m.markersSet(`__proto__[x]`, "1"),
        (m) => m.statusPost("a", { extra: own(name, evil) }),
        (m) =>
          m.statusPost("a", { extra: { [`${name}[polluted]`]: 1, [`a[${name}][polluted]`]: 1 } }),
        (m) => m.timelineHome({ extra: own(name, "1") }),
        (m) => m.request("POST", "/api/v1/x", own(name, evil)),
        (m) => m.request("GET", "/api/v1/x", own(name, [evil])),
        (m) => m.statusPost("a", own(name, evil)),
        (m) => m.accountUpdateCredentials({ fields: [[name, name]] }),
        (m) => m.mediaPost(new Blob(["a"]), { extra: own(name, evil) }),
      ]) {
        for (const form of [false, true]) {
          const { m } = client((_, init) =>
            form && /json/.test(init.headers["Content-Type"] ?? "")
              ? new Response("", { status: 415 })
              : Response.json({}),
          );
          await ended(() => work(m));
        }
      }
    }
  });

  it("are names like any other in what a server sends", async () => {
    for (const name of NAMES) {
      const link = `<${HOME}/x?${name}=1&${name}[polluted]=1&a[${name}]=1>; rel="next"`;
      const { m, asked } = client(() =>
        Response.json([own(name, { polluted: 1 })], { headers: { link } }),
      );
      const page = await m.timelineHome();
      await ended(() => m.fetchNext(page));
      assert.equal(asked.at(-1).url.searchParams.get(name), "1");
      const stored = JSON.parse(JSON.stringify(page.pagination));
      await ended(() => m.fetchNext(stored));
      const headers = { [name === "__proto__" ? "x-proto" : name]: "1" };
      const failing = client(() =>
        Response.json(own(name, own(name, 1)), { status: 400, headers }),
      );
      await ended(() => failing.m.timelineHome());
    }
  });

  it("are names like any other in the options of a client", async () => {
    for (const name of NAMES) {
      const options = { ...own(name, { polluted: 1, allow_http: true }), api_base_url: HOME };
      await ended(async () => new Mastodon(options));
      // Nothing counts that is not the object's own.
      const inherited = Object.create({ access_token: "not-mine" });
      inherited.api_base_url = HOME;
      await ended(async () => new Mastodon(inherited));
    }
    assert.throws(
      () =>
        new Mastodon(
          JSON.parse('{"api_base_url":"http://evil.example","__proto__":{"allow_http":true}}'),
        ),
    );
  });
});

describe("texts that end a header", () => {
  const ENDS = [
    "a\r\nX-Evil: 1",
    "a\nX-Evil: 1",
    "a\rX",
    "a\0b",
    "a\u2028b",
    "\u0100",
    "a\r\n\r\nbody",
  ];

  it("are refused wherever a header is made of an option", async () => {
    for (const text of ENDS) {
      for (const work of [
        () => client(undefined, { access_token: text }).m.timelineHome(),
        () => client(undefined, { user_agent: text }).m.timelineHome(),
        () => client().m.statusPost("a", { idempotency_key: text }),
      ]) {
        const error = await ended(work);
        assert.ok(error instanceof MastodonIllegalArgumentError, `${JSON.stringify(text)}: taken`);
      }
    }
  });

  it("stay in their part of a form with files", async () => {
    for (const text of ENDS) {
      const { m, asked } = client();
      const file = new File(["content"], `x"; filename="evil\r\nX-Evil: 1`, { type: "image/png" });
      await ended(() => m.mediaPost(file, { description: text, file_name: text }));
      await ended(() => m.mediaPost(file, { description: text, extra: { [`a"${text}`]: text } }));
      for (const { body } of asked) {
        const sent = body instanceof Uint8Array ? new TextDecoder("latin1").decode(body) : "";
        const boundary = sent.slice(0, sent.indexOf("\r\n"));
        for (const part of sent.split(boundary)) {
          const [head] = part.split("\r\n\r\n");
          assert.doesNotMatch(head, /^X-Evil/im);
        }
      }
    }
  });

  it("come from no answer either", async () => {
    for (const text of ENDS) {
      const headers = { "mastodon-async-refresh": `id="${encodeURI(text)}"` };
      const { m, asked } = client(() => Response.json({ ancestors: [] }, { headers }));
      await ended(() => m.searchV2("a"));
      const granting = client(
        ({ pathname }) =>
          Response.json(pathname === "/oauth/token" ? { access_token: text, scope: "read" } : {}),
        { client_id: "a", client_secret: "b" },
      );
      const error = await ended(() =>
        granting.m.logIn({ username: "a", password: "password", scopes: ["read"] }),
      );
      assert.ok(error instanceof MastodonError, "a token that is none was taken");
      for (const { headers } of [...asked, ...granting.asked])
        for (const value of Object.values(headers)) assert.match(value, /^[\x20-\x7e]*$/);
    }
  });
});

describe("objects that throw when they are looked at", () => {
  const trap = new Error("a trap");
  const boom = () => {
    throw trap;
  };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const TRAPS = {
    getter: Object.defineProperty({}, "id", { get: boom, enumerable: true }),
    proxy: new Proxy({}, { get: boom, ownKeys: boom, has: boom, getOwnPropertyDescriptor: boom }),
    revoked: revoked.proxy,
    text: { toString: boom, valueOf: boom, [Symbol.toPrimitive]: boom },
    list: new Proxy([], { get: boom }),
    endless: new Proxy(
      {},
      {
        ownKeys: () => ["a"],
        get: (_, name) => (name === "then" ? undefined : TRAPS.endless),
        getOwnPropertyDescriptor: () => ({
          value: TRAPS.endless,
          enumerable: true,
          configurable: true,
        }),
      },
    ),
  };

  it("end in an error of ours, and nothing is sent", async () => {
    for (const [what, value] of Object.entries(TRAPS)) {
      for (const work of [
        (m) => m.status(value),
        (m) => m.statusPost(value),
        (m) => m.statusPost("a", value),
        (m) => m.statusPost("a", { poll: value }),
        (m) => m.statusPost("a", { media_ids: [value] }),
        (m) => m.statusReply(value, "a"),
        (m) => m.fetchNext(value),
        (m) => m.fetchRemaining(value),
        (m) => m.accountUpdateCredentials({ fields: value }),
        (m) => m.mediaPost(value),
        (m) => m.accountInCollections(value),
        (m) => m.accountInCollections(null),
        (m) => m.filtersApply([value], [value], "home"),
        (m) => m.filtersApply(value, value, "home"),
        (m) => m.decodeBlurhash(value),
        (m) => m.pushSubscriptionDecryptPush(value, value, value, value),
        (m) => m.pushSubscriptionSet("https://a.example", value, value),
        (m) => m.request("POST", "/api/v1/x", value),
        (m) => m.awaitAsyncRefresh(value),
        (m) => m.getAsyncRefreshInfo(value),
        (m) => m.getPaginationInfo(value, "next"),
      ]) {
        const { m } = client(() => Response.json({}));
        const result = await ended(() => work(m));
        if (result instanceof MastodonError) assert.ok(!/trap/.test(result.message), what);
      }
      await ended(async () => new Mastodon(value));
      await ended(async () => new Mastodon({ api_base_url: value }));
      await ended(async () => new Mastodon({ api_base_url: HOME, storage: value, fetch: value }));
    }
  });

  it("are the caller's listeners, too: the next call goes on", async () => {
    const headers = {
      "x-ratelimit-limit": "300",
      "x-ratelimit-remaining": "299",
      "x-ratelimit-reset": new Date(Date.now() + 60_000).toISOString(),
    };
    const { m } = client(() => Response.json({ id: "1" }, { headers }), { on_ratelimit: boom });
    const log = console.error;
    console.error = () => {};
    try {
      assert.deepEqual(await m.status("1"), { id: "1" });
    } finally {
      console.error = log;
    }
  });

  it("a `fetch` that gives what is no response ends in an error of ours", async () => {
    for (const value of [
      undefined,
      null,
      5,
      "x",
      {},
      [],
      { status: "200" },
      { status: 200 },
      { status: 200, headers: null },
      { status: 200, headers: {}, text: 5 },
      ...Object.values(TRAPS),
    ]) {
      const m = new Mastodon({ api_base_url: HOME, fetch: async () => value });
      const result = await m.timelineHome().then(
        () => undefined,
        (error) => error,
      );
      if (result !== undefined && result !== trap)
        assert.ok(result instanceof Error, `${String(result)}`);
    }
  });
});

describe("addresses and secrets that callers pass", () => {
  it("with a user and a password in them are refused without showing it", async () => {
    for (const address of [
      "https://mina:hunter22@home.example",
      "mina:hunter22@home.example",
      "https://:hunter22@home.example/",
      new URL("https://mina:hunter22@home.example"),
    ]) {
      const error = await ended(async () => new Mastodon({ api_base_url: address }));
      assert.ok(error instanceof MastodonIllegalArgumentError);
      assert.doesNotMatch(`${error.message}${error.stack}`, /hunter22/);
    }
  });

  it("a password of nothing but syntax gives an error of ours", async () => {
    for (const password of ['":"a', '","a":"', "\\", '"', "}{", "***", "null", "a".repeat(5)]) {
      for (const status of [200, 400, 401, 422, 500]) {
        const { m } = client(
          () =>
            Response.json(
              { error: password, details: { [password]: [{ error: password }] } },
              { status },
            ),
          { client_id: "a", client_secret: "b" },
        );
        await ended(() => m.logIn({ username: "a", password, scopes: ["read"] }));
        await ended(() =>
          m.createAccount("a", password, "a@b.example", { agreement: true, scopes: ["read"] }),
        );
      }
    }
  });
});

describe("a storage that somebody changed", () => {
  const whole = {
    account: "mina@home.example",
    api_base_url: HOME,
    client_id: "a",
    client_secret: "b",
    access_token: "secret-token",
    scopes: "read",
  };
  const EVIL = [
    ...["", "{", "null", "5", "[]", "{}", "[null]", "[5]", '["a"]', "[[]]", '{"length":1}', "[{}]"],
    `${"[".repeat(50_000)}`,
    `${"[".repeat(50_000)}${"]".repeat(50_000)}`,
    JSON.stringify([{ ...whole, api_base_url: "http://evil.example" }]),
    JSON.stringify([{ ...whole, api_base_url: "https://evil.example/path" }]),
    JSON.stringify([{ ...whole, api_base_url: "javascript:alert(1)" }]),
    JSON.stringify([{ ...whole, access_token: "a\r\nX-Evil: 1" }]),
    JSON.stringify([{ ...whole, access_token: { toString: 1 } }]),
    ...Object.keys(whole).flatMap((name) =>
      ['{"toString":1}', "[]", "5", "null", '"__proto__"', '""'].map((value) =>
        JSON.stringify([whole]).replace(new RegExp(`"${name}":"[^"]*"`), `"${name}":${value}`),
      ),
    ),
    '[{"__proto__":{"polluted":1}}]',
    JSON.stringify([whole]).replace(
      "{",
      '{"__proto__":{"polluted":1},"expires_at":"x","refresh_token":{},',
    ),
  ];

  it("counts as nothing, or as a login that is whole", async () => {
    for (const text of EVIL) {
      const stored = new Map([["mastodon-wasm:logins", text]]);
      const asked = [];
      const fetch = async (url, init) => {
        asked.push([new URL(url), init.headers]);
        return Response.json({}, { status: 401 });
      };
      const saved = await ended(() => Mastodon.savedLogins({ storage: stored }));
      assert.ok(Array.isArray(saved), text.slice(0, 200));
      assert.doesNotMatch(JSON.stringify(saved), /secret-token|X-Evil/);
      for (const options of [{}, { account: "mina@home.example" }, { account: "__proto__" }]) {
        const m = await ended(() => Mastodon.restore({ storage: stored, fetch, ...options }));
        if (m === null || m instanceof Error) continue;
        await ended(() => m.timelineHome());
        await ended(() => m.logOut());
      }
      for (const [url, headers] of asked) {
        assert.equal(url.origin, HOME, text.slice(0, 200));
        assert.match(headers.Authorization ?? "", /^(Bearer [!-~]+)?$/);
      }
    }
  });

  it("that throws, hangs up or answers nonsense ends in an error of ours", async () => {
    const boom = () => {
      throw new Error("no");
    };
    for (const get of [
      boom,
      () => Promise.reject(new Error("no")),
      () => ({ toString: 1 }),
      () => 5,
      async () => [whole],
    ]) {
      for (const set of [boom, () => Promise.reject(new Error("no")), () => {}]) {
        const storage = { get, set, delete: set };
        await ended(() => Mastodon.restore({ storage }));
        await ended(() => Mastodon.savedLogins({ storage }));
        await ended(() => Mastodon.restore({ storage, account: "a" }));
      }
    }
  });
});

describe("redirects between real servers", () => {
  const heard = [];
  const servers = [];
  let other;
  let home;
  before(async () => {
    const listen = async (answer) => {
      const server = createServer(answer);
      await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
      servers.push(server);
      return `http://127.0.0.1:${server.address().port}`;
    };
    other = await listen((request, response) => {
      let body = "";
      request.on("data", (data) => {
        body += data;
      });
      request.on("end", () => {
        heard.push({ ...request.headers, body });
        response.setHeader("content-type", "application/json").end("[]");
      });
    });
    home = await listen((request, response) => {
      const status = Number(request.headers["idempotency-key"] ?? 307);
      response.writeHead(status, { location: `${other}/elsewhere` }).end();
    });
  });
  after(() => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  it("take no token, no cookie and no secret of a login along", async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      const m = new Mastodon({
        api_base_url: home,
        access_token: "secret-token",
        client_id: "a",
        client_secret: "secret-of-the-application",
      });
      await ended(() => m.statusPost("a", { idempotency_key: String(status) }));
      await ended(() => m.timelineHome());
      await ended(() => m.logIn({ username: "a", password: "secret-password", scopes: ["read"] }));
      await ended(() => m.revokeAccessToken());
    }
    assert.ok(heard.length >= 10);
    for (const headers of heard) assert.doesNotMatch(JSON.stringify(headers), /secret/);
  });
});

// Every parser of a server's text gets a megabyte of each of its own characters, and has to be done in a
// time that a plain scan of the text, measured in the same run, allows: what is quadratic takes minutes.
// What only a page asks for (host-meta, the address of a login) is held to the same natively: see
// src/login/address.rs and src/login/callback.rs.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Mastodon } from "../../pkg/node.js";

const HOME = "https://home.example";
const LENGTH = 1_000_000;
/** How many times as long as a look at each character a parser may take; and what a busy machine adds. */
const TIMES = 400;
const BUSY = 1500;

const long = (piece, length = LENGTH) => piece.repeat(Math.ceil(length / piece.length));

/** How long it takes to look at each character. */
function scan(text) {
  const begin = performance.now();
  let found = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) === 0xfffe) found += 1;
  }
  assert.equal(found, 0);
  return performance.now() - begin;
}

const client = (answer, options = {}) =>
  new Mastodon({
    api_base_url: HOME,
    access_token: "secret-token-of-mina",
    client_id: "a",
    client_secret: "secret-of-the-application",
    fetch: async (url, init) => answer(new URL(url), init),
    ...options,
  });
const header =
  (name, body = []) =>
  (text) =>
    client(() => {
      const response = Response.json(body);
      // Not what a header may hold, but what a `fetch` that somebody passes may give.
      const headers = {
        get: (wanted) => (wanted === name ? text : response.headers.get(wanted)),
        *[Symbol.iterator]() {
          yield [name, text];
        },
      };
      return { status: 200, headers, body: response.body };
    });
const json = (make) => (text) => client(() => Response.json(make(text)));

const MARKUP = ["<", ">", "<>", "<a", "</p>", "&", "&#", "&#x", "&amp;", "‹", '"', "'", "a ", "é"];
const PAIRS = [",", ";", "=", '"', " ", "\\", "a=", "a=1,", "a=1;", '="', '""', "a"];
const ADDRESS = [
  "/",
  "//",
  "://",
  ":",
  "?",
  "#",
  "@",
  "%",
  "%2",
  ".",
  "..",
  "a.",
  "[",
  "\\",
  "&a=",
  " ",
];
const NUMBERS = ["0", "9", ".", "-", "+", " ", "1.", "e", ":", "T", "("];
const JSON_TEXT = ["[", "{", '"', "\\", ",", ":", "0", "[]", "\\u", "a", " ", "null"];

const PARSERS = {
  "Link header": [
    [...PAIRS, ...ADDRESS, "<", ">", "<>", "<a>;rel=next,", "rel=", 'rel="next"'],
    (text) => header("link")(text).timelineHome(),
  ],
  "Link header, as long as it may be": [
    [...PAIRS, ...ADDRESS],
    (text) => header("link")(`<${HOME}/?${text.slice(0, 65_000)}>;rel=next`).timelineHome(),
  ],
  "Mastodon-Async-Refresh": [
    [...PAIRS, 'id="', "retry="],
    (text) => header("mastodon-async-refresh", {})(text).statusContext("1"),
  ],
  limits: [NUMBERS, (text) => header("x-ratelimit-reset", {})(text).status("1")],
  "Content-Type": [
    [...PAIRS, "html", "htm"],
    (text) => header("content-type", "")(text).status("1"),
  ],
  version: [
    [...NUMBERS, "+", "(compatible; ", "4.4.0+"],
    (text) => json((version) => ({ version }))(text).verifyMinimumVersion("4.0.0"),
  ],
  "whether a post is sent twice": [
    [...NUMBERS, "+", "compatible", "hollo"],
    (text) => {
      let posts = 0;
      const m = client(({ pathname }) => {
        if (pathname === "/api/v1/statuses" && posts++ === 0) throw new TypeError("fetch failed");
        return Response.json({ version: text });
      });
      return m.statusPost("a");
    },
  ],
  "nodeinfo's addresses": [
    ADDRESS,
    (text) => {
      const rel = "http://nodeinfo.diaspora.software/ns/schema/2.0";
      return json((href) => ({ links: [{ rel, href }] }))(text).instanceNodeinfo();
    },
  ],
  "metadata's addresses": [
    ADDRESS,
    (text) => {
      const m = json((token_endpoint) => ({ token_endpoint }))(`https://${text}`);
      return m.logIn({ username: "a", password: "password" });
    },
  ],
  "scopes that were granted": [
    [" ", ",", "a ", "a,", "a", "é", "\t"],
    (text) =>
      json((scope) => ({ scope, access_token: "new" }))(text).logIn({
        username: "a",
        password: "password",
        scopes: ["read"],
      }),
  ],
  "a filter's text": [
    MARKUP,
    (text) => {
      const filters = [{ phrase: "spiders", context: ["home"], whole_word: true }];
      const status = { id: "1", content: text, spoiler_text: text };
      return client(() => Response.json([])).filtersApply([status], filters, "home");
    },
  ],
  "a filter's keywords": [
    [...MARKUP, "aaaa", "aaab "],
    (text) => {
      const filters = Array.from({ length: 50 }, (_, at) => ({
        phrase: `${text.slice(0, 20_000)}${at}`,
        context: ["home"],
        whole_word: at % 2 === 0,
      }));
      const status = { id: "1", content: text.slice(0, 20_000) };
      return client(() => Response.json([])).filtersApply([status], filters, "home");
    },
  ],
  "an error's body": [
    [...MARKUP, ...JSON_TEXT, "secret-token-of-min", "%73", "\\u0073", "c2VjcmV0"],
    (text) =>
      client(
        () => new Response(text, { status: 400, headers: { "content-type": "text/plain" } }),
      ).status("1"),
  ],
  "an error's words": [
    [...MARKUP, "secret-token-of-min", "%73", "\\u0073"],
    (text) =>
      client(() =>
        Response.json({ error: text, errors: { [text]: [text] } }, { status: 422 }),
      ).status("1"),
  ],
  "an error's headers": [
    [...PAIRS, "secret-token-of-min", "%73"],
    (text) => {
      const headers = { "x-a": text.slice(0, 60_000), "x-b": text.slice(0, 60_000) };
      return client(() => Response.json({}, { status: 400, headers })).status("1");
    },
  ],
  "a body that is no JSON": [JSON_TEXT, (text) => client(() => new Response(text)).status("1")],
  "the health of a server": [
    [...JSON_TEXT, "OK", "status"],
    (text) => client(() => new Response(text)).instanceHealth(),
  ],
  "the length of a status": [
    [
      "(",
      "((a)",
      "a.",
      "@",
      "@a@b-",
      "://",
      "https://e.co",
      "?!",
      "x=&",
      "\u0301",
      "👩\u200d",
      "ж.",
    ],
    async (text) => Mastodon.getStatusLength(text),
  ],
  "a blurhash": [
    ["0", "~", "L", "é", "%"],
    (text) => client(() => Response.json({})).decodeBlurhash(text, { out_size: [4, 4] }),
  ],
  "the headers of a push message": [
    [...PAIRS, "salt=", "dh=A;", "A"],
    async (text) => {
      const m = client(() => Response.json({}));
      const [mine] = await m.pushSubscriptionGenerateKeys();
      return m.pushSubscriptionDecryptPush(new TextEncoder().encode(text), mine, text, text);
    },
  ],
  "whom a reply mentions": [
    ["@", "@a@b ", " ", "a"],
    (text) => {
      const account = { id: "1", acct: text };
      const mentions = [{ id: "2", acct: text }];
      const status = { id: "1", account, mentions, visibility: "public", spoiler_text: "" };
      return client(() => Response.json({ id: "9" })).statusReply(status, "a");
    },
  ],
  "an address that was typed": [
    ADDRESS,
    async (text) => new Mastodon({ api_base_url: `https://a${text}` }),
  ],
};

/** A socket that a test feeds. */
class Socket extends EventTarget {
  static last;
  readyState = 1;
  constructor(url) {
    super();
    Socket.last = this;
    this.url = url;
    setTimeout(() => this.dispatchEvent(new Event("open")));
  }
  send() {
    this.asked?.();
  }
  close() {}
  feed(data) {
    this.dispatchEvent(Object.assign(new Event("message"), { data }));
  }
}

async function bounded(what, piece, text, work) {
  const limit = scan(text) * TIMES + BUSY;
  const begin = performance.now();
  try {
    await work(text);
  } catch {
    // That it is refused is for other tests to say; here it has to be done.
  }
  const took = performance.now() - begin;
  assert.ok(took < limit, `${what}, ${JSON.stringify(piece)}: ${Math.round(took)} ms`);
}

describe("a megabyte", () => {
  for (const [what, [pieces, work]] of Object.entries(PARSERS)) {
    it(`is nothing for ${what}`, async () => {
      for (const piece of new Set(pieces)) await bounded(what, piece, long(piece), work);
    });
  }

  it("is nothing for the address of a stream", async () => {
    for (const piece of ADDRESS) {
      await bounded("streaming", piece, long(piece), async (text) => {
        const instance = { configuration: { urls: { streaming: `wss://a${text}` } } };
        const m = client(() => Response.json(instance), { web_socket: Socket });
        Socket.last = undefined;
        m.streamUser({ onAbort() {} });
        for (let turn = 0; !Socket.last && turn < 100; turn += 1) {
          await new Promise((resolve) => setTimeout(resolve, 2));
        }
        m.close();
        assert.ok(Socket.last.url.length < 3000);
      });
    }
  });

  it("is nothing for the frames of a stream", async (t) => {
    const m = client(() => Response.json({ configuration: {} }), { web_socket: Socket });
    Socket.last = undefined;
    const seen = [];
    m.streamUser({ onUnknownEvent() {}, onDelete() {}, onUpdate: ({ id }) => seen.push(id) });
    while (!Socket.last) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, 50));
    const frames = {
      event: (event) => ({ event, stream: ["user"], payload: "{}" }),
      name: (name) => ({ event: "update", stream: [name], payload: '{"id":"1"}' }),
      parameter: (name) => ({ event: "update", stream: ["list", name], payload: '{"id":"1"}' }),
      payload: (payload) => ({ event: "update", stream: ["user"], payload }),
      id: (payload) => ({ event: "delete", stream: ["user"], payload }),
      "id of an entity": (id) => ({
        event: "update",
        stream: ["user"],
        payload: JSON.stringify({ id, edited_at: id }),
      }),
      error: (error) => ({ error, status: 400 }),
    };
    t.after(() => m.close());
    Socket.last.feed(JSON.stringify(frames.payload('{"id":"1"}')));
    for (const piece of [...JSON_TEXT, ...ADDRESS, "list:", "9", "z"]) {
      const text = long(piece);
      await bounded("frame", piece, text, async () => Socket.last.feed(text));
      for (const [what, frame] of Object.entries(frames)) {
        const data = JSON.stringify(frame(text));
        await bounded(what, piece, text, async () => Socket.last.feed(data));
      }
    }
    Socket.last.feed(JSON.stringify(frames.payload('{"id":"2"}')));
    assert.equal(seen.at(-1), "2");
  });
});

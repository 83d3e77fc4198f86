// A server may answer anything. Every method of the package is called against one that puts each of a
// list of evil values into every field that the package's own declarations name: a call ends with a value
// or with an error of ours, nothing is polluted, and no token leaves.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { Mastodon, MastodonError } from "../../pkg/node.js";
import { VALID } from "../unbreakable/garbage.mjs";
import { inventory } from "../unbreakable/inventory.mjs";

const HOME = "https://home.example";
const TOKEN = "secret-token-of-mina";
/** Longer than any call here may take, on a slow machine that is busy. */
const PATIENCE = 20_000;

/** Every name of a field in the package's declarations: what it may read is among them. */
const FIELDS = [
  ...new Set(
    [
      ...readFileSync(new URL("../../pkg/mastodon_wasm.d.ts", import.meta.url), "utf8").matchAll(
        /^\s+(?:readonly )?"?([a-z_]\w*)"?\??:/gm,
      ),
    ].map(([, name]) => name),
  ),
  ...["async_refresh", "links", "rel", "href", "subject", "aliases", "issuer", "token_endpoint"],
  ...["authorization_endpoint", "revocation_endpoint", "userinfo_endpoint", "streaming"],
  ...["streaming_api", "errors", "detail", "message", "title", "error", "error_description"],
];

/** As JSON, since some of it JavaScript could not write. */
const EVIL = {
  "an object that is no text": '{"toString":1}',
  "an object that is no number": '{"valueOf":{},"toString":{}}',
  "a list": "[[]]",
  "a list of nothing": "[null]",
  nothing: "null",
  true: "true",
  "minus zero": "-0",
  infinity: "1e999",
  "a number that is not exact": "9007199254740993",
  "a small number": "-1.5e-300",
  "an empty text": '""',
  "the name of a prototype": '"__proto__"',
  constructor: '"constructor"',
  "a prototype": '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
  "half a character": '"\\ud800"',
  "control characters": '"\\u0000\\u001b]0;owned\\u0007\\u009b2J"',
  "an address elsewhere": '"x:http://169.254.169.254/latest"',
  "a script": '"javascript:alert(1)"',
  "digits without end": `"${"9".repeat(400)}"`,
};

const SHAPES = {
  "in place of it all": (value) => value,
  "in every field": (value) => object(value),
  "in every field of a list": (value) => `[${object(value)}]`,
  "in the fields of every field": (value) => object(object(value, INNER)),
  "in the fields of a list in every field": (value) => object(`[${object(value, INNER)}]`),
};
const object = (value, names = FIELDS) =>
  `{${names.map((name) => `${JSON.stringify(name)}:${value}`).join()}}`;
/** What is read of what lies within a field. */
const INNER = [
  ...[
    "id",
    "url",
    "acct",
    "username",
    "account",
    "status",
    "last_status",
    "mastodon",
    "urls",
    "rel",
  ],
  ...[
    "streaming",
    "streaming_api",
    "href",
    "title",
    "error",
    "message",
    "keyword",
    "phrase",
    "name",
  ],
  ...["value", "visibility", "content", "text", "description", "mentions", "bot", "x", "y"],
];

const HEADERS = {
  link: '<x:http://169.254.169.254/>; rel="next", <javascript:alert(1)>; rel="prev", <<>;rel=next',
  "mastodon-async-refresh": 'id="../../x", retry=-1, result_count=1e9',
  "x-ratelimit-limit": "1e9",
  "x-ratelimit-remaining": "-1",
  "x-ratelimit-reset": "toString",
  "retry-after": "Infinity",
};

const storage = { getItem: () => null, setItem() {}, removeItem() {} };
const KEYS = {
  public: Buffer.alloc(65, 4).toString("base64url"),
  auth: Buffer.alloc(16, 2).toString("base64url"),
};
/** What a method needs where a value of the right type is not enough to have it ask the server. */
const NEEDS = {
  __proto__: null,
  adminMeasures: { options: { active_users: true } },
  adminDimensions: { options: { languages: true } },
  createApp: { options: { api_base_url: HOME } },
  logIn: { options: { username: "a", password: "b" } },
  request: { verb: "GET", path: "/api/v1/timelines/home" },
  markersSet: { timelines: ["home"], last_read_ids: ["1"] },
  pushSubscriptionSet: { encrypt_params: { pubkey: KEYS.public, auth: KEYS.auth } },
  adminCreateDomainBlock: { domain: "evil.example" },
  createAccount: { options: {} },
};
/** Sockets, and what asks no server or is for pages. */
const LEFT_OUT =
  /^(\[|stream|constructor$|connect$|startLogin|finishLogin|restore|savedLogins|close$|free$)/;

const valid = (kind) => {
  if (typeof kind === "string") return VALID[kind]();
  if (kind.options) return {};
  const one = (kind.choices ?? kind.known ?? kind.several ?? kind.severalKnown)[0];
  return kind.several || kind.severalKnown ? [one] : one;
};

describe("whatever a server answers", () => {
  const methods = inventory().filter(({ name }) => !LEFT_OUT.test(name));
  const natives = Reflect.ownKeys(Object.prototype).length;
  let body;
  let asked;
  let sent = 0;

  const fetch = async (url, init) => {
    asked += 1;
    sent += 1;
    const { origin } = new URL(url);
    const told = JSON.stringify([init.headers, String(init.body)]);
    if (origin !== HOME) assert.ok(!told.includes(TOKEN), `the token went to ${url}`);
    // A method that goes on and on would show here.
    assert.ok(asked < 200, `${asked} requests of one call`);
    return new Response(body, { headers: HEADERS });
  };
  const client = () =>
    new Mastodon({
      api_base_url: HOME,
      access_token: TOKEN,
      client_id: "client",
      client_secret: "secret-of-the-application",
      storage,
      fetch,
    });

  async function call(method) {
    const needs = NEEDS[method.name] ?? {};
    const values = method.parameters.map((each) =>
      each.required || needs[each.name] ? (needs[each.name] ?? valid(each.kind)) : undefined,
    );
    if (method.name === "createApp") values[1] = { ...values[1], fetch };
    const m = client();
    asked = 0;
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${method.name} hangs`)), PATIENCE);
    });
    try {
      const target = method.static ? Mastodon : m;
      const running = target[method.name](...values);
      const value = await Promise.race([
        method.returns === "iterator" ? running.next() : running,
        late,
      ]);
      if (value?.pagination?.next) await m.fetchNext(value);
    } catch (error) {
      if (!(error instanceof MastodonError)) throw new Error(method.name, { cause: error });
    } finally {
      clearTimeout(timer);
      m.close();
    }
    return asked;
  }

  let unhandled;
  before(() => {
    unhandled = (error) => {
      throw error;
    };
    process.on("unhandledRejection", unhandled);
  });
  after(() => process.off("unhandledRejection", unhandled));

  for (const [what, value] of Object.entries(EVIL)) {
    it(`${what}, every method ends as it should`, async () => {
      for (const [where, shape] of Object.entries(SHAPES)) {
        body = shape(value);
        const silent = [];
        for (const method of methods) {
          try {
            if ((await call(method)) === 0) silent.push(method.name);
          } catch (error) {
            throw new Error(`${what} ${where}: ${error.message}`, { cause: error });
          }
        }
        // Else this test would show nothing.
        assert.ok(silent.length < 60, `asked nothing: ${silent}`);
      }
      assert.equal({}.polluted, undefined);
      assert.equal(Reflect.ownKeys(Object.prototype).length, natives);
    });
  }
  after(() => assert.ok(sent > 10_000, `${sent} requests`));
});

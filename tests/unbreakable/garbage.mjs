// What a careless or malicious caller passes, and for which kinds of parameters it is none.

/** Something right for each kind of parameter. */
export const VALID = {
  anything: () => ({ id: "1" }),
  blurhash: () => "LEHV6nWB2yk8pyo0adR*.7kCMdnj",
  boolean: () => true,
  clientId: () => "client",
  day: () => "2026-01-31",
  domain: () => "example.org",
  edits: () => [],
  factor: () => 2,
  file: () => new Blob(["file"], { type: "image/png" }),
  filePart: () => "image/png",
  function: () => () => {},
  hashtag: () => "tag",
  header: () => "text",
  id: () => "1",
  ids: () => ["1", "2"],
  keywords: () => [{ keyword: "word" }],
  list: () => [],
  listener: () => ({}),
  number: () => 1,
  numbers: () => [1, 2],
  object: () => ({ id: "1", visibility: "public", account: { acct: "a" }, mentions: [] }),
  page: () => ({ next: null, prev: null }),
  pair: () => [0.5, 0.5],
  pairs: () => [["name", "value"]],
  poll: () => ({ options: ["a", "b"], expires_in: 300 }),
  record: () => ({ name: "value" }),
  refreshing: () => "1",
  secret: () => "token",
  seconds: () => 5,
  signal: () => new AbortController().signal,
  text: () => "text",
  texts: () => ["text"],
  time: () => new Date(0),
  timelineId: () => "1",
  verifier: () => "v".repeat(43),
  url: () => "https://mastodon.example",
};

/** Kinds whose methods look into what they get: an object of any sort may suit them or not. */
const OPEN = [
  ...[
    "anything",
    "object",
    "listener",
    "page",
    "refreshing",
    "list",
    "edits",
    "blurhash",
    "record",
  ],
  "clientId",
];

/** Strings on which there are rules of their own, or a set of names to which servers may add. */
const WORDS = ["known", "severalKnown", "filePart", "verifier", "domain", "clientId"];

/** A string that is an id, and no word of a closed set. */
const STRING = {
  sent: ["text", "texts", "id", "ids", "timelineId", "hashtag"],
  either: ["anything", "refreshing", "blurhash", "url", ...WORDS],
};
/** A string that a header can carry besides. */
const HEADER = { sent: [...STRING.sent, "header"], either: [...STRING.either, "secret"] };
/** A string that is no id. */
const BLANK = {
  either: ["text", "texts", "anything", "blurhash", "url", "header", "secret", "hashtag", ...WORDS],
};
const BIG = ["number", "seconds", "factor", "anything"];
const NOTHING = { either: ["anything"] };
const AN_OBJECT = { either: OPEN };
/** What has no keys of its own is an options object without options. */
const NO_KEYS = { either: [...OPEN, "options", "poll", "keywords"] };

class Thrown extends Error {}

/** An object on which nothing can be done without it throwing. */
const hostile = () =>
  new Proxy(
    {},
    new Proxy(
      {},
      {
        get: (_, trap) => () => {
          throw new Thrown(trap);
        },
      },
    ),
  );

function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function cyclic() {
  const value = { list: [] };
  value.self = value;
  value.list.push(value);
  return value;
}

function cyclicList() {
  const list = [];
  list.push(list);
  return list;
}

function detached() {
  const buffer = new ArrayBuffer(64);
  structuredClone(buffer, { transfer: [buffer] });
  return buffer;
}

function detachedView() {
  const view = new Uint8Array(64);
  structuredClone(view.buffer, { transfer: [view.buffer] });
  return view;
}

const row = (name, make, { sent = [], either = [] } = NOTHING) => ({ name, make, sent, either });
const value = (name, given, kinds) => row(name, () => given, kinds);

/**
 * Each with the kinds of parameters that take it (`sent`), and those for which both are right
 * (`either`). All others must refuse it.
 */
export const GARBAGE = [
  value("NaN", NaN),
  value("Infinity", Infinity),
  value("-Infinity", -Infinity),
  value("-1", -1, { either: ["number", "anything"] }),
  value("-0", -0, { either: ["number", "numbers", "id", "ids", "timelineId", ...OPEN] }),
  value("0.1 + 0.2", 0.1 + 0.2, { either: ["number", "seconds", "factor", "anything"] }),
  value("a number past the safe ones", 2 ** 53 + 2, { either: BIG }),
  value("1e300", 1e300, { either: BIG }),
  value("5n", 5n, { sent: ["id", "ids", "timelineId"], either: OPEN }),
  value("-(2n ** 80n)", -(2n ** 80n), { either: ["id", "ids", "timelineId", ...OPEN] }),
  value("an empty string", "", BLANK),
  value("white space", " \t\n\u2003", BLANK),
  value("a dot", ".", BLANK),
  value("two dots", "..", BLANK),
  value("a path upwards", "../../../oauth/token", HEADER),
  value("the characters of URLs", "a/b\\c?d=e&f#g;h%2e%2F%zz+i:@[]{}|^`<>\"'", HEADER),
  value("a URL of elsewhere", "https://evil.example/x?y#z", HEADER),
  value("line feeds and a zero", "a\r\nX-Evil: 1\r\n\r\n\0b", STRING),
  value("a lone surrogate", "a\ud800b\udc00", STRING),
  value("right to left, emoji, no character", "\u202e🏳️‍🌈\ufffe\u{10ffff}e\u0301", STRING),
  value("__proto__", "__proto__", HEADER),
  value("constructor", "constructor", HEADER),
  value("10 kB of text", "ab/é".repeat(2 ** 11), HEADER),
  // In one place of thirty-one: it takes a while to encode and to look at.
  { ...value("1 MB of text", "ab/é".repeat(2 ** 18), HEADER), every: 31 },
  value("a symbol", Symbol("garbage")),
  value("true, as a string", "true", HEADER),
  value("a function", () => "1", { either: ["function", "signal", ...OPEN] }),
  value("a class", class Garbage {}, { either: ["function", ...OPEN] }),
  row("a Date that is none", () => new Date(NaN), NO_KEYS),
  row("the last Date of all", () => new Date(8.64e15), {
    either: [...NO_KEYS.either, "time", "day", "timelineId"],
  }),
  row("a cyclic object", cyclic, AN_OBJECT),
  row("a cyclic list", cyclicList, { either: OPEN }),
  row("an id in an id in an id", () => ({ id: { id: { id: "1" } } }), AN_OBJECT),
  row("an object without a prototype", () => Object.assign(Object.create(null), { id: "7" }), {
    sent: ["id", "ids", "timelineId"],
    either: [...OPEN, "options", "keywords"],
  }),
  row(
    "__proto__ as a key",
    () => JSON.parse('{"__proto__":{"polluted":true},"id":null}'),
    AN_OBJECT,
  ),
  row("a getter that throws", getter, AN_OBJECT),
  row("a proxy that throws", hostile, { either: OPEN }),
  row("a list of garbage", () => [NaN, Symbol("garbage"), {}, () => {}], { either: OPEN }),
  row("an empty list", () => [], {
    either: [...OPEN, "ids", "texts", "numbers", "pairs", "keywords", "several", "severalKnown"],
  }),
  row("a list with holes", () => Object.assign([], { length: 10_000 }), { either: OPEN }),
  row("a list inside a list", () => [["1"]], { either: OPEN }),
  row("something like a list", () => ({ length: 1, 0: "1" }), AN_OBJECT),
  row("a string in an object", () => new String("1"), { either: [...OPEN, "url"] }),
  row("a promise that nobody awaited", () => Promise.resolve("1"), NO_KEYS),
  row(
    "what turns itself into a string",
    () => ({ toString: () => "1", valueOf: () => 1 }),
    AN_OBJECT,
  ),
  row("a Map", () => new Map([["id", "1"]]), NO_KEYS),
  row("a regular expression", () => /1/g, NO_KEYS),
  row("an ArrayBuffer", () => new ArrayBuffer(8), { either: [...NO_KEYS.either, "file"] }),
  row("a detached ArrayBuffer", detached, { either: [...NO_KEYS.either, "file"] }),
  row("a detached array of bytes", detachedView, { either: [...NO_KEYS.either, "file"] }),
  row("a revoked proxy", revoked, { either: OPEN }),
  row("an aborted signal that is none", () => ({ aborted: "yes" }), AN_OBJECT),
];

function getter() {
  const thrower = {
    enumerable: true,
    get() {
      throw new Thrown("getter");
    },
  };
  return Object.defineProperties({}, { id: thrower, length: thrower, limit: thrower });
}

/** Whether it is what the two rows throw that throw something: it comes back as the cause. */
export const isThrown = (error) => error instanceof Thrown;

/** What an options object is, where it is none. */
export const kindName = (kind) => {
  if (typeof kind === "string") return kind;
  return Object.keys(kind)[0];
};

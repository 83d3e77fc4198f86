// No error shows a secret: not in its message, stack, fields or cause, in no encoding that a server may
// write it back in, and not the part of it that came before a body broke off. Nothing that a server says
// steers the terminal that shows it.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { Mastodon, MastodonError } from "../../pkg/node.js";

const HOME = "https://home.example";
const TOKEN = "tök-like/+=token~1234567890".replace("ö", "o");
const SECRET = 's3cr3t"of\\the/application&+';
const PASSWORD = 'pass "word": <ä> %41';
const CODE = "c0de/with+special=chars";
const ALL = { TOKEN, SECRET, PASSWORD, CODE };

const utf8 = (text) => Buffer.from(text);
/** How servers write back what they were sent. */
const ENCODINGS = {
  plain: (text) => text,
  percent: encodeURIComponent,
  "percent, in small letters": (text) =>
    encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
  form: (text) => new URLSearchParams({ "": text }).toString().slice(1),
  JSON: (text) => JSON.stringify(text).slice(1, -1),
  "JSON with escaped slashes": (text) => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/"),
  "JSON of ASCII alone": (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replace(/[^ -~]|[<>&']/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`),
  HTML: (text) => text.replace(/["&<>']/g, (c) => `&#${c.charCodeAt(0)};`),
  "HTML by names": (text) =>
    text.replace(/["&<>]/g, (c) => ({ '"': "&quot;", "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]),
  base64: (text) => utf8(text).toString("base64"),
  "base64 behind an id": (text) => utf8(`client:${text}`).toString("base64"),
  base64url: (text) => utf8(`x${text}y`).toString("base64url"),
};

const client = (fetch) =>
  new Mastodon({
    api_base_url: HOME,
    access_token: TOKEN,
    client_id: "client",
    client_secret: SECRET,
    fetch,
  });

const CALLS = {
  timelineHome: (m) => m.timelineHome(),
  statusPost: (m) => m.statusPost("hello"),
  logInByPassword: (m) => m.logIn({ username: "mina", password: PASSWORD, scopes: ["read"] }),
  logInByCode: (m) => m.logIn({ code: CODE, scopes: ["read"] }),
  createAccount: (m) =>
    m.createAccount("mina", PASSWORD, "mina@example.org", { agreement: true, scopes: ["read"] }),
  revokeAccessToken: (m) => m.revokeAccessToken(),
};

/** Everything that an error shows or holds, the chain of its causes included. */
function shown(error) {
  const texts = [];
  const seen = new Set();
  const walk = (value) => {
    if (typeof value === "string") texts.push(value);
    if (value === null || typeof value !== "object" || seen.has(value)) return;
    seen.add(value);
    for (const key of Reflect.ownKeys(value)) {
      texts.push(String(key));
      walk(value[key]);
    }
  };
  walk(error);
  return [...texts, error.message, error.stack, String(error), JSON.stringify(error)];
}

async function rejection(promise) {
  const error = await promise.then(
    () => assert.fail("it should have failed"),
    (reason) => reason,
  );
  assert.ok(error instanceof MastodonError, error?.stack);
  return error;
}

/** What must not be among the texts: a secret, and what it is in any encoding. */
function hides(texts, secrets, where) {
  for (const [name, secret] of Object.entries(secrets)) {
    for (const [encoding, encode] of Object.entries(ENCODINGS)) {
      // The neighbours of what is in base64 share its first and last characters.
      const core = /base64/.test(encoding) ? encode(secret).slice(4, -4) : encode(secret);
      const found = texts.find((text) => text.includes(core));
      assert.equal(found, undefined, `${where}: ${name}, ${encoding}`);
    }
  }
}

describe("a secret that the server writes back", () => {
  for (const [encoding, encode] of Object.entries(ENCODINGS)) {
    it(`is in no error: ${encoding}`, async () => {
      // What is an escape of JSON already is none that JSON escapes again.
      const json = (text) =>
        encoding.startsWith("JSON") ? text : JSON.stringify(text).slice(1, -1);
      const bodies = [
        (text) =>
          `{"error":"${json(text)}","error_description":"${json(text)}","details":{"a":[{"error":"${json(text)}"}]}}`,
        (text) => `{"errors":[{"message":"${json(text)}"}],"title":"${json(text)}"}`,
        (text) => `<h1>${text}</h1>`,
        (text) => text,
      ];
      let errors = 0;
      for (const body of bodies) {
        for (const [status, type] of [
          [200, "application/json"],
          [400, "application/json"],
          [422, "application/json"],
          [500, "text/html"],
          [403, "text/plain"],
          [307, "text/plain"],
        ]) {
          for (const [name, call] of Object.entries(CALLS)) {
            const told = {};
            const m = client(async (_, init) => {
              for (const secret of toldIn(init)) told[secret] = secret;
              const echoed = Object.keys(told)
                .map((secret) => `<${encode(secret)}>`)
                .join(" ");
              const headers = { "content-type": type, "x-echo": encodeURIComponent(echoed) };
              return new Response(body(echoed), { status, headers });
            });
            const error = await call(m).then(
              () => undefined,
              (reason) => reason,
            );
            if (!error) continue;
            errors += 1;
            assert.ok(error instanceof MastodonError, error?.stack);
            hides(shown(error), told, `${name} ${status} ${body("…")}`);
          }
        }
      }
      assert.ok(errors > 100, `${errors} errors`);
    });
  }
});

/** The secrets that a request tells the server. */
function toldIn({ headers, body }) {
  const text = String(body ?? "");
  const values = text.startsWith("{")
    ? Object.values(JSON.parse(text))
    : [...new URLSearchParams(text).values()];
  if (headers.Authorization) values.push(headers.Authorization.slice("Bearer ".length));
  return Object.values(ALL).filter((secret) => values.includes(secret));
}

describe("a new secret in an answer that breaks off", () => {
  const fresh = "brand-new-token-of-mina";
  const whole = JSON.stringify({ access_token: fresh, client_id: "a", client_secret: fresh });

  it("is in no error, however much of it came", async () => {
    const calls = {
      ...CALLS,
      createApp: (_, fetch) => Mastodon.createApp("App", { api_base_url: HOME, fetch }),
    };
    for (const name of ["logInByPassword", "logInByCode", "createAccount", "createApp"]) {
      for (let length = 18; length < whole.length; length += 1) {
        const part = whole.slice(0, length);
        const broken = () =>
          new ReadableStream({
            start(controller) {
              controller.enqueue(new TextEncoder().encode(part));
            },
            pull(controller) {
              controller.error(new TypeError(`terminated: ${part}`));
            },
          });
        for (const body of [() => part, broken]) {
          const fetch = async (url) =>
            /oauth-authorization-server/.test(url)
              ? Response.json({})
              : new Response(body(), { headers: { "x-token": part.slice(-20) } });
          const error = await rejection(calls[name](client(fetch), fetch));
          const texts = shown({
            ...error,
            headers: undefined,
            message: error.message,
            stack: error.stack,
            cause: error.cause,
          });
          const some = part.slice(0, 40).match(/brand-new.*/)?.[0] ?? "brand-new";
          assert.ok(!texts.some((text) => text.includes(some.slice(0, 9))), `${name}: ${part}`);
        }
      }
    }
  });

  it("is not in the part of a body that is kept", async () => {
    // The body of an error is cut at 64 KiB: in the middle of the token.
    for (let over = 1; over < TOKEN.length; over += 1) {
      const body = " ".repeat(65_536 - over) + TOKEN.repeat(3);
      const m = client(async () => new Response(body, { status: 400 }));
      const error = await rejection(m.timelineHome());
      const kept = error.body.trim();
      assert.ok(!(kept.length >= 4 && TOKEN.startsWith(kept)), kept);
    }
  });
});

describe("what a server says", () => {
  it("steers no terminal", async () => {
    const evil = "\u001b[2J\u001b]0;owned\u0007\u009b31m\r\u202e\u2066x\u0000";
    const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
    const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
    for (const status of [200, 400, 401, 404, 422, 429, 500, 503]) {
      for (const body of [
        JSON.stringify({ error: evil, error_description: evil, message: evil }),
        JSON.stringify({ errors: { [evil]: [evil] } }),
        evil,
        `{"a":${evil}`,
      ]) {
        for (const type of ["application/json", "text/plain", "text/html"]) {
          const fetch = async () =>
            new Response(body, { status, headers: { "content-type": type } });
          const m = new Mastodon({ api_base_url: HOME, ratelimit_method: "throw", fetch });
          const error = await m.timelinePublic().catch((reason) => reason);
          if (!(error instanceof Error)) continue;
          assert.doesNotMatch(error.message, control);
          // Its fields are the server's words as they are; who prints them escapes what steers.
          assert.doesNotMatch(inspect(error), steering);
          assert.doesNotMatch(String(error.cause?.stack ?? ""), control);
        }
      }
    }
    const named = { token_endpoint: `https://evil.example/${evil}`, version: evil };
    const m = new Mastodon({
      api_base_url: HOME,
      client_id: "a",
      client_secret: "b",
      version_check_mode: "created",
      fetch: async () => Response.json(named),
    });
    for (const work of [
      () => m.logIn({ username: "a", password: "b" }),
      () => m.status(evil),
      () => m.timeline(evil),
      () => m.statusPost("a", { [evil]: 1 }),
      () => m.statusPost("a", { visibility: `publi${evil}` }),
      () => m.instanceNodeinfo({ schema: evil }),
      () => m.verifyMinimumVersion(evil),
    ]) {
      const error = await work().catch((reason) => reason);
      if (error instanceof Error) assert.doesNotMatch(error.message, control);
    }
  });
});

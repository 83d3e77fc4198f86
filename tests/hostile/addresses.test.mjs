// Addresses that a server names: in nodeinfo, in a `Link` header, in a stored page, in metadata, for its
// streams, in a redirect. What is sent there carries no secret unless it is the client's own origin; what
// is sent at all is encrypted, or stays on this machine.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Mastodon, MastodonError } from "../../pkg/node.js";

const HOME = "https://home.example";
const SECRETS = ["secret-token-of-mina", "secret-of-the-application", "secret-password"];
const [TOKEN, SECRET, PASSWORD] = SECRETS;

/** Not the client's own origin, in every spelling that somebody might fall for. */
const ELSEWHERE = [
  "x:http://169.254.169.254/latest",
  "x:https://evil.example/",
  "https://evil.example/api",
  "//evil.example/api",
  "\\\\evil.example\\api",
  "/\\evil.example/api",
  "/\t/evil.example/api",
  "\n//evil.example/api",
  "https:evil.example",
  "https:/\\evil.example",
  "https://home.example@evil.example/",
  "https://home.example:secret@evil.example/",
  "https://home.example.evil.example/",
  "https://home.example:444/api",
  "https://user:word@home.example/api",
  "http://home.example/api",
  "http://169.254.169.254/latest",
  "http://127.0.0.1:8080/admin",
  "http://localhost/admin",
  "http://[::1]/admin",
  "http://0x7f.1/admin",
  "blob:https://home.example/8f2b",
  "filesystem:https://home.example/temporary/x",
  "data:application/json,[]",
  "javascript:alert(1)",
  "file:///etc/passwd",
  "ftp://home.example/",
  "gopher://home.example/",
  "ws://home.example/",
  "wss://evil.example/",
  "about:blank",
  "https://",
  "https://%00/",
  "https://home.example%2eevil.example/",
  "https://home。example/",
  "https://xn--/",
  "",
  " ",
];

/** A client whose server answers so, and what was asked, of whom. */
function client(answer, options = {}) {
  const asked = [];
  const fetch = async (url, init = {}) => {
    asked.push({ url, told: JSON.stringify([init.headers, String(init.body ?? "")]) });
    return answer(new URL(url), init);
  };
  const m = new Mastodon({
    api_base_url: HOME,
    access_token: TOKEN,
    client_id: "client",
    client_secret: SECRET,
    fetch,
    ...options,
  });
  return { m, asked };
}

/** Nothing that was asked gave anything away. */
function check(asked, where) {
  for (const { url, told } of asked) {
    const { origin, protocol, username } = new URL(url);
    assert.equal(protocol, "https:", `${where}: ${url}`);
    assert.equal(username, "", `${where}: ${url}`);
    if (origin === HOME) continue;
    for (const secret of SECRETS) assert.ok(!told.includes(secret), `${where}: ${url} was told it`);
    assert.ok(!/authorization/i.test(told), `${where}: ${url}`);
  }
}

const ended = (promise) =>
  promise.catch((error) => {
    assert.ok(error instanceof MastodonError, error?.stack ?? String(error));
    return error;
  });

describe("an address that the server names", () => {
  it("in nodeinfo", async () => {
    const rel = "http://nodeinfo.diaspora.software/ns/schema/2.0";
    for (const href of ELSEWHERE) {
      const { m, asked } = client(() => Response.json({ links: [{ rel, href }], version: "2.0" }));
      await ended(m.instanceNodeinfo());
      // The document is the client's own server's, or nobody's.
      for (const { url } of asked) assert.equal(new URL(url).origin, HOME, href);
      check(asked, href);
    }
  });

  it("in a Link header", async () => {
    for (const target of ELSEWHERE) {
      if (/[\n]/.test(target) || /[^\x20-\x7e\t]/.test(target)) continue;
      const headers = { link: `<${target}>; rel="next", <${target}>; rel="prev"` };
      const { m, asked } = client(() => Response.json([{ id: "1" }], { headers }));
      const page = await m.timelineHome();
      await ended(m.fetchNext(page));
      await ended(m.fetchPrevious(page));
      await ended(m.fetchRemaining(page));
      for (const { url } of asked) assert.equal(new URL(url).origin, HOME, target);
      check(asked, target);
    }
  });

  it("in a stored page that was changed", async () => {
    const page = (info) => ({ next: info, prev: info });
    for (const target of ELSEWHERE) {
      for (const info of [
        { method: "timelineHome", path: target, params: {} },
        { method: "timelineHome", path: `/${target}`, params: {} },
        { method: "timelineHome", path: "/api/v1/timelines/home", params: {}, origin: target },
        { method: "timelineHome", path: "/x", params: { url: target, "": target } },
        { method: target, path: "/x", params: [target], __proto__: { path: target } },
      ]) {
        const { m, asked } = client(() => Response.json([]));
        await ended(m.fetchNext(page(info)));
        await ended(m.fetchPrevious(JSON.parse(JSON.stringify(page(info)))));
        for (const { url } of asked) assert.equal(new URL(url).origin, HOME, target);
        check(asked, target);
      }
    }
  });

  it("in its metadata", async () => {
    for (const target of ELSEWHERE) {
      const answer = ({ pathname }) =>
        pathname.startsWith("/.well-known/")
          ? Response.json({
              issuer: target,
              authorization_endpoint: target,
              token_endpoint: target,
              revocation_endpoint: target,
              userinfo_endpoint: target,
            })
          : Response.json({ access_token: "new", scope: "read" });
      const { m, asked } = client(answer);
      await ended(m.logIn({ username: "mina", password: PASSWORD, scopes: ["read"] }));
      const address = await ended(
        m.authRequestUrl({ scopes: ["read"], code_verifier: "a".repeat(43) }),
      );
      if (typeof address === "string") assert.equal(new URL(address).origin, HOME, target);
      await ended(m.oauthUserinfo());
      await ended(m.revokeAccessToken());
      for (const { url } of asked) assert.equal(new URL(url).origin, HOME, target);
      check(asked, target);
    }
  });

  it("for its streams: encrypted, or not at all", async () => {
    for (const target of ELSEWHERE) {
      for (const instance of [
        { version: "4.5.0", configuration: { urls: { streaming: target } } },
        { version: "3.5.0", urls: { streaming_api: target } },
      ]) {
        const opened = [];
        class Socket extends EventTarget {
          constructor(url) {
            super();
            opened.push(url);
          }
          send() {}
          close() {}
        }
        const { m, asked } = client(() => Response.json(instance), { web_socket: Socket });
        m.streamUser({ onAbort() {} });
        for (let wait = 0; opened.length === 0 && wait < 200; wait += 1) {
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
        m.close();
        assert.ok(opened.length > 0, `no socket: ${target}`);
        for (const url of opened) {
          const { protocol, username, search, pathname } = new URL(url);
          assert.deepEqual([protocol, username, search], ["wss:", "", ""], `${target}: ${url}`);
          assert.match(pathname, /\/api\/v1\/streaming$/);
        }
        check(asked, target);
      }
    }
  });

  it("in a redirect", async () => {
    for (const location of ELSEWHERE) {
      if (/[\n]/.test(location) || /[^\x20-\x7e\t]/.test(location)) continue;
      for (const status of [301, 302, 303, 307, 308]) {
        const answer = ({ origin, pathname }) =>
          origin === HOME && pathname.startsWith("/api/v1/")
            ? new Response(null, { status, headers: { location } })
            : Response.json([]);
        for (const work of [
          (m) => m.timelineHome({ max_id: "1" }),
          (m) => m.statusPost("for your eyes only", { visibility: "direct" }),
          (m) => m.statusDelete("1"),
          (m) => m.createAccount("mina", PASSWORD, "mina@example.org", { agreement: true }),
        ]) {
          const { m, asked } = client(answer);
          await ended(work(m));
          check(asked, `${status} ${location}`);
          assert.ok(asked.length < 25, `${asked.length} requests`);
        }
        // What carries a secret in its body is not sent on, not even to https.
        for (const work of [
          (m) => m.logIn({ username: "mina", password: PASSWORD, scopes: ["read"] }),
          (m) => m.revokeAccessToken(),
        ]) {
          const always = () => new Response(null, { status, headers: { location } });
          const { m, asked } = client(always);
          await ended(work(m));
          for (const { url, told } of asked) {
            assert.ok(new URL(url).origin === HOME || told === '[{},""]' || !/secret/.test(told));
          }
          check(asked, `${status} ${location}`);
        }
      }
    }
  });

  it("is followed where it is the client's own", async () => {
    const headers = { link: `<${HOME.toUpperCase()}/api/v1/timelines/home?max_id=7>; rel="next"` };
    const { m, asked } = client(() => Response.json([{ id: "1" }], { headers }));
    await m.fetchNext(await m.timelineHome());
    assert.equal(asked.at(-1).url, `${HOME}/api/v1/timelines/home?max_id=7`);
    assert.match(asked.at(-1).told, /secret-token/);
  });
});

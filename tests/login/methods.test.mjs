// The methods of OAuth, in Node and against the sandbox: what programs without a page use.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { inspect } from "node:util";
import { SHELLS } from "../shells.mjs";

// RFC 7636, appendix B.
const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob";

for (const [shell, start] of Object.entries(SHELLS))
  describe(`the methods of OAuth, ${shell}`, () => {
    let sandbox;
    let Mastodon;
    let api_base_url;
    let connection;
    before(async () => {
      sandbox = await start();
      api_base_url = sandbox.url;
      connection = { api_base_url, ...sandbox.client };
      ({ Mastodon } = await import("../../pkg/node.js"));
    });
    after(() => sandbox?.stop());
    beforeEach(() => sandbox.reset());

    const scopes = ["read", "write", "profile"];
    const register = (options) =>
      Mastodon.createApp("A program", { api_base_url, fetch: sandbox.fetch, scopes, ...options });
    const client = async (options) => new Mastodon({ ...(await register(options)), ...connection });

    /** What a person does on the server's page, who then copies the code. */
    async function agree(url, username = "mina") {
      const body = new URL(url).searchParams;
      body.set("as", username);
      const address = `${api_base_url}/oauth/authorize`;
      const answer = await sandbox.fetch(address, { method: "POST", body, redirect: "manual" });
      return new URL(answer.headers.get("location"), api_base_url).searchParams.get("code");
    }

    const rejection = (promise) =>
      promise.then(
        () => assert.fail("it should have been refused"),
        (error) => error,
      );

    it("register an application, with one address to return to or several", async () => {
      const app = await register();
      assert.equal(app.name, "A program");
      assert.deepEqual(app.redirect_uris, [OUT_OF_BAND]);
      assert.ok(app.client_id && app.client_secret);
      const uris = ["https://a.example/cb", "https://b.example/cb"];
      assert.deepEqual((await register({ redirect_uris: uris })).redirect_uris, uris);
      assert.equal((await register({ website: "https://a.example" })).website, "https://a.example");
      const { status } = await rejection(register({ scopes: "nonsense" }));
      assert.equal(status, 422);
    });

    it("log a person in who copies the code", async () => {
      const m = await client();
      const url = await m.authRequestUrl({ scopes, code_verifier: VERIFIER, state: "s t" });
      const query = Object.fromEntries(new URL(url).searchParams);
      const { client_id } = m.persistableLoginCredentials();
      assert.deepEqual(query, {
        response_type: "code",
        client_id,
        code_challenge: CHALLENGE,
        code_challenge_method: "S256",
        redirect_uri: OUT_OF_BAND,
        scope: "read write profile",
        state: "s t",
      });
      const code = await agree(url);
      const token = await m.logIn({ code, code_verifier: VERIFIER, scopes });
      assert.equal((await m.accountVerifyCredentials()).acct, "mina");
      assert.equal(m.persistableLoginCredentials().access_token, token);
      assert.equal((await m.appVerifyCredentials()).name, "A program");
      assert.equal((await m.oauthUserinfo()).preferred_username, "mina");

      const credentials = JSON.parse(JSON.stringify(m.persistableLoginCredentials()));
      const again = new Mastodon({ ...credentials, ...sandbox.client });
      assert.equal((await again.accountVerifyCredentials()).acct, "mina");
      await again.revokeAccessToken();
      assert.equal((await rejection(m.accountVerifyCredentials())).status, 401);
      const { name } = await rejection(again.revokeAccessToken());
      assert.equal(name, "MastodonIllegalArgumentError");
    });

    it("give no token for a code without its verifier", async () => {
      const m = await client();
      for (const code_verifier of [undefined, "x".repeat(43)]) {
        const code = await agree(await m.authRequestUrl({ scopes, code_verifier: VERIFIER }));
        const { name, error } = await rejection(m.logIn({ code, code_verifier, scopes }));
        assert.equal(name, "MastodonAPIError");
        assert.match(error, /invalid_(grant|request)/);
        assert.equal(m.persistableLoginCredentials().access_token, undefined);
      }
    });

    it("take the server's old address without asking where they are told to", async () => {
      const m = await client();
      await sandbox.control("DELETE", "/sandbox/requests");
      const url = await m.authRequestUrl({ skip_server_info: true, force_login: true, lang: "de" });
      assert.match(url, /\/oauth\/authorize\?.*force_login=true&.*lang=de/);
      const { requests } = await sandbox.control("GET", "/sandbox/state");
      assert.deepEqual(requests, []);
    });

    it("refuse a verifier that is none, or that has a challenge beside it", async () => {
      const m = await client();
      for (const options of [
        { code_verifier: "" },
        { code_verifier: "a".repeat(42) },
        { code_verifier: "a".repeat(129) },
        { code_verifier: "ä".repeat(43) },
        { code_verifier: "+".repeat(43) },
        { code_verifier: VERIFIER, code_challenge: CHALLENGE },
        { code_challenge: CHALLENGE, code_challenge_method: "plain" },
      ]) {
        const { name } = await rejection(m.authRequestUrl(options));
        assert.equal(name, "MastodonIllegalArgumentError", JSON.stringify(options));
      }
    });

    it("log in by password, and say so when it is wrong", async () => {
      const m = await client();
      const { password } = sandbox.account("theo");
      await m.logIn({ username: "theo", password, scopes });
      assert.equal((await m.accountVerifyCredentials()).acct, "theo");
      const wrong = await rejection(
        (await client()).logIn({ username: "theo", password: "hunter2" }),
      );
      assert.equal(wrong.name, "MastodonAPIError");
      assert.equal(wrong.error, "invalid_grant");
      assert.doesNotMatch(JSON.stringify(wrong) + wrong.stack, /hunter2/);
    });

    it("get a token for the application alone", async () => {
      const m = await client();
      await m.logInApp({ scopes });
      assert.equal((await m.appVerifyCredentials()).name, "A program");
      const stranger = new Mastodon({
        ...connection,
        client_id: "nobody",
        client_secret: "nothing",
      });
      const { name, error } = await rejection(stranger.logInApp({ scopes }));
      assert.deepEqual([name, error], ["MastodonUnauthorizedError", "invalid_client"]);
    });

    it("ask for a refresh where servers have one, and say so where not", async () => {
      const { error } = await rejection(
        (await client()).logIn({ refresh_token: "refresh-me", scopes }),
      );
      assert.equal(error, "unsupported_grant_type");
    });

    it("need an application, and something to log in with", async () => {
      const nobody = new Mastodon(connection);
      for (const attempt of [
        () => nobody.logIn({ code: "c" }),
        () => nobody.logInApp(),
        () => nobody.authRequestUrl(),
        () => nobody.createAccount("a", "b", "c"),
        () => nobody.revokeAccessToken(),
        async () => (await client()).logIn(),
        async () => (await client()).logIn({ username: "mina" }),
      ]) {
        assert.equal((await rejection(attempt())).name, "MastodonIllegalArgumentError");
      }
    });

    it("tell what the server says of its OAuth, which may be nothing", async () => {
      const m = await client();
      const info = await m.oauthAuthorizationServerInfo();
      assert.equal(info.token_endpoint, `${api_base_url}/oauth/token`);
      await sandbox.control("POST", "/sandbox/behaviour", { oauth_metadata: false });
      assert.deepEqual(await m.oauthAuthorizationServerInfo(), {});
      await sandbox.control("DELETE", "/sandbox/behaviour");
      await sandbox.faults({ status: 503 });
      assert.equal((await rejection(m.oauthAuthorizationServerInfo())).status, 503);
      await sandbox.clearFaults();
    });

    it("show a client's secrets nowhere but where they are asked for", async () => {
      const m = new Mastodon({
        ...connection,
        client_id: "public-half",
        client_secret: "secret-half",
        access_token: "secret-token",
      });
      const shown = [String(m), JSON.stringify(m), inspect(m, { depth: 9, showHidden: true })];
      shown.push(JSON.stringify(Object.entries(m)));
      for (const text of shown) assert.doesNotMatch(text, /secret-(half|token)/);
      assert.deepEqual(m.persistableLoginCredentials(), {
        api_base_url,
        client_id: "public-half",
        client_secret: "secret-half",
        access_token: "secret-token",
      });
    });

    it("leave what is a page's to pages", async () => {
      const { message } = await rejection(Mastodon.startLogin({ api_base_url, client_name: "A" }));
      assert.match(message, /startLogin needs a web page/);
      assert.equal(await Mastodon.finishLogin(), null);
      const none = await rejection(Mastodon.restore());
      assert.equal(none.name, "MastodonIllegalArgumentError");
      assert.match(none.message, /there is no localStorage here: pass `storage`/);
      assert.equal(await Mastodon.restore({ storage: new Map() }), null);
      assert.deepEqual(await Mastodon.savedLogins({ storage: new Map() }), []);
      for (const attempt of [
        () => Mastodon.restore({ storage: {} }),
        () => Mastodon.restore({ storag: new Map() }),
        () => Mastodon.finishLogin({ signl: null, signal: 5 }),
        () => Mastodon.savedLogins({ store: new Map() }),
      ]) {
        assert.equal((await rejection(attempt())).name, "MastodonIllegalArgumentError");
      }
    });
  });

describe("a server that is made for one test", () => {
  const base = "https://home.example";
  /** A client of it, and what it was asked. */
  async function client(respond, options) {
    const { Mastodon } = await import("../../pkg/node.js");
    const asked = [];
    const fetch = async (url, { method, headers, body }) => {
      const { pathname } = new URL(url);
      const sent = Object.fromEntries(new URLSearchParams(body));
      asked.push({ line: `${method} ${pathname}`, sent, token: headers.Authorization });
      return respond({ pathname, sent, token: headers.Authorization });
    };
    const keys = { api_base_url: base, client_id: "id", client_secret: "secret", fetch };
    return { asked, Mastodon, m: new Mastodon({ ...keys, ...options }), fetch };
  }
  const nothing = () => Response.json({ error: "no" }, { status: 404 });
  const rejection = (promise) =>
    promise.then(
      () => assert.fail("it should have been refused"),
      (error) => error,
    );

  it("may grant less than was asked for, and name it in many ways", async () => {
    for (const [scope, scopes] of [
      ["read write follow", ["read", "write", "follow"]],
      ["read,write", ["read", "write"]],
      ["read  write ", ["read", "write"]],
      [
        ["read", "write"],
        ["read", "write"],
      ],
      ["", ["read", "push"]],
      [null, ["read", "push"]],
      [{ toString: 1 }, ["read", "push"]],
      [undefined, ["read", "push"]],
    ]) {
      const { m } = await client(({ pathname }) =>
        pathname === "/oauth/token" ? Response.json({ access_token: "t", scope }) : nothing(),
      );
      assert.equal(m.scopes, null);
      assert.equal(await m.logIn({ code: "c", scopes: ["read", "push"] }), "t");
      assert.deepEqual(m.scopes, scopes, JSON.stringify(scope));
    }
  });

  it("may give what is no token", async () => {
    for (const answer of [
      ...[undefined, null, [], {}, 7, "t"],
      ...[1, "", { toString: 1 }, "a b", "a\r\nX-Evil: 1"].map((access_token) => ({
        access_token,
      })),
    ]) {
      const { m } = await client(({ pathname }) =>
        pathname === "/oauth/token" ? Response.json(answer ?? null) : nothing(),
      );
      const error = await rejection(m.logIn({ code: "c" }));
      assert.equal(error.name, "MastodonAPIError");
      assert.equal(error.message, "logIn: the server's response has no token");
      assert.equal(m.persistableLoginCredentials().access_token, undefined);
    }
  });

  it("may name endpoints: its own count, and nothing is sent to others", async () => {
    const at = async (token_endpoint) => {
      const { m, asked } = await client(({ pathname }) =>
        /well-known/.test(pathname)
          ? Response.json({ token_endpoint })
          : Response.json({ access_token: "t" }),
      );
      const failed = await m.logIn({ code: "c" }).then(
        () => undefined,
        (error) => error,
      );
      return failed ? [failed.name, asked.length] : asked.at(-1).line;
    };
    assert.equal(await at(`${base}/o/t?v=2`), "POST /o/t");
    assert.equal(await at("https://HOME.example:443/o/{t}"), "POST /o/%7Bt%7D");
    for (const none of [undefined, null, ""]) assert.equal(await at(none), "POST /oauth/token");
    for (const other of [
      ...["https://evil.example/oauth/token", "http://home.example/oauth/token"],
      ...["https://home.example:8443/oauth/token", "https://home.example@evil.example/oauth/token"],
      ...["https://home.example.evil.example/oauth/token", "//evil.example/oauth/token"],
      ...["https://user:word@home.example/oauth/token", "/oauth/token", "javascript:alert(1)"],
      ...[{}, { toString: 1 }, 7, ["https://home.example/o"]],
    ]) {
      assert.deepEqual(await at(other), ["MastodonError", 1], JSON.stringify(other));
    }
  });

  it("may break off in a response with a secret: no error keeps a part of it", async () => {
    const broken = '{"access_token":"new-and-secret","client_secret":"new-and-secret';
    const { m, Mastodon, fetch } = await client(({ pathname }) =>
      /well-known/.test(pathname) ? nothing() : new Response(broken),
    );
    for (const attempt of [
      m.logIn({ code: "c" }),
      m.logInApp(),
      Mastodon.createApp("A", { api_base_url: base, fetch }),
    ]) {
      const error = await rejection(attempt);
      assert.equal(error.status, 200);
      assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /new-and/);
    }
  });

  it("gets the redirect URI with every grant", async () => {
    const { m, asked } = await client(({ pathname }) =>
      pathname === "/oauth/token" ? Response.json({ access_token: "t" }) : nothing(),
    );
    for (const call of [
      (more) => m.logIn({ code: "c", ...more }),
      (more) => m.logIn({ username: "u", password: "word", ...more }),
      (more) => m.logIn({ refresh_token: "r", ...more }),
      (more) => m.logInApp(more),
    ]) {
      await call({});
      assert.equal(asked.at(-1).sent.redirect_uri, OUT_OF_BAND);
      await call({ redirect_uri: "https://app.example/cb" });
      assert.equal(asked.at(-1).sent.redirect_uri, "https://app.example/cb");
    }
    const url = await m.authRequestUrl({ redirect_uri: "https://app.example/cb" });
    assert.equal(new URL(url).searchParams.get("redirect_uri"), "https://app.example/cb");
  });

  it("may revoke no tokens: logOut is done all the same, and other refusals are told", async () => {
    for (const [status, done] of [
      [404, true],
      [405, true],
      [501, true],
      [403, false],
      [500, false],
    ]) {
      const answer = ({ pathname }) =>
        pathname === "/oauth/revoke" ? Response.json({}, { status }) : Response.json({});
      const { m } = await client(answer, { access_token: "t-one" });
      const failed = await m.logOut().then(
        () => undefined,
        (error) => error.status,
      );
      assert.equal(failed, done ? undefined : status);
      assert.equal(m.persistableLoginCredentials().access_token, undefined);
    }
    const { m, asked } = await client(
      ({ pathname, token }) =>
        pathname === "/oauth/revoke" && !token
          ? Response.json({}, { status: 401 })
          : Response.json({}),
      { access_token: "t-one" },
    );
    await m.logOut();
    assert.equal(asked.at(-1).token, "Bearer t-one", "where the token itself must ask");
  });

  describe("whose tokens end", () => {
    /** Gives `token-1`, `token-2` and so on; only the last one is good. */
    function expiring() {
      let count = 0;
      return ({ pathname, sent, token }) => {
        if (pathname === "/oauth/token") {
          if (sent.grant_type === "refresh_token" && sent.refresh_token !== `refresh-${count}`)
            return Response.json({ error: "invalid_grant" }, { status: 400 });
          count += 1;
          const refresh_token = `refresh-${count}`;
          return Response.json({ access_token: `token-${count}`, expires_in: 600, refresh_token });
        }
        if (pathname === "/oauth/revoke") return Response.json({});
        if (token && token !== `Bearer token-${count}`)
          return Response.json({ error: "The access token expired" }, { status: 401 });
        return Response.json(/well-known/.test(pathname) ? {} : { id: "1", username: "mina" });
      };
    }
    const refreshes = (asked) => asked.filter(({ sent }) => sent.grant_type === "refresh_token");

    it("is asked for one refresh by all calls that meet the end", async () => {
      const respond = expiring();
      let ended = false;
      const { m, asked } = await client((request) => {
        if (ended && request.token === "Bearer token-1" && request.pathname !== "/oauth/token")
          return Response.json({ error: "expired" }, { status: 401 });
        return respond(request);
      });
      await m.logIn({ code: "c", redirect_uri: "https://app.example/cb" });
      const { refresh_token, expires_in } = m.persistableLoginCredentials();
      assert.deepEqual([refresh_token, expires_in], ["refresh-1", 600]);
      ended = true;
      const all = await Promise.all(Array.from({ length: 5 }, () => m.accountVerifyCredentials()));
      assert.deepEqual(new Set(all.map(({ id }) => id)), new Set(["1"]));
      const [refresh, ...more] = refreshes(asked);
      assert.deepEqual(more, []);
      assert.deepEqual(refresh.sent, {
        grant_type: "refresh_token",
        refresh_token: "refresh-1",
        redirect_uri: "https://app.example/cb",
        client_id: "id",
        client_secret: "secret",
      });
      const kept = m.persistableLoginCredentials();
      assert.deepEqual([kept.access_token, kept.refresh_token], ["token-2", "refresh-2"]);
      assert.deepEqual(m.scopes, ["read", "write", "follow", "push"], "as they were");
    });

    it("is not asked again with a refresh token that it does not take", async () => {
      const { m, asked } = await client(
        ({ pathname }) =>
          pathname === "/oauth/token"
            ? Response.json({ error: "invalid_grant" }, { status: 400 })
            : Response.json({ error: "expired" }, { status: 401 }),
        { access_token: "token-1", refresh_token: "used-up-token" },
      );
      for (let call = 0; call < 3; call += 1) {
        const { name } = await rejection(m.accountVerifyCredentials());
        assert.equal(name, "MastodonUnauthorizedError");
      }
      assert.equal(refreshes(asked).length, 1);
      const shown = inspect(await rejection(m.accountVerifyCredentials()), { depth: 9 });
      assert.doesNotMatch(shown, /used-up/);
    });

    it("is asked once a call at most", async () => {
      const { m, asked } = await client(
        ({ pathname }) =>
          pathname === "/oauth/token"
            ? Response.json({ access_token: `t-${Math.random()}`, refresh_token: "r" })
            : Response.json({ error: "expired" }, { status: 401 }),
        { access_token: "t-1", refresh_token: "r" },
      );
      await rejection(m.accountVerifyCredentials());
      assert.equal(refreshes(asked).length, 1);
    });

    it("renews the login where it is kept, which other clients of it find there", async () => {
      const respond = expiring();
      let ended;
      const { Mastodon, fetch, asked } = await client((request) =>
        request.token === ended && request.pathname !== "/oauth/token"
          ? Response.json({ error: "expired" }, { status: 401 })
          : respond(request),
      );
      const storage = new Map();
      const first = new Mastodon({
        ...{ api_base_url: base, client_id: "id", client_secret: "secret", fetch },
      });
      await first.logIn({ code: "c", scopes: ["read"] });
      const { access_token, refresh_token } = first.persistableLoginCredentials();
      const login = { account: "mina@home.example", api_base_url: base, scopes: "read" };
      const keys = { client_id: "id", client_secret: "secret", access_token, refresh_token };
      storage.set("mastodon-wasm:logins", JSON.stringify([{ ...login, ...keys }]));
      const [one, two] = [
        await Mastodon.restore({ storage, fetch }),
        await Mastodon.restore({ storage, fetch }),
      ];
      assert.deepEqual(one.scopes, ["read"]);
      ended = "Bearer token-1";
      await one.accountVerifyCredentials();
      const [kept] = JSON.parse(storage.get("mastodon-wasm:logins"));
      assert.deepEqual([kept.access_token, kept.refresh_token], ["token-2", "refresh-2"]);
      await two.accountVerifyCredentials();
      assert.equal(two.persistableLoginCredentials().access_token, "token-2");
      assert.equal(refreshes(asked).length, 1);
      // One that missed it ends the login as well.
      const late = await Mastodon.restore({ storage, fetch });
      ended = "Bearer token-2";
      await one.accountVerifyCredentials();
      await late.logOut();
      assert.deepEqual([...storage], []);
      const revoked = asked.filter(({ line }) => line === "POST /oauth/revoke");
      assert.deepEqual(
        revoked.map(({ sent }) => sent.token),
        ["token-2", "token-3"],
      );
    });

    it("gets no new life for a login that ended meanwhile", async () => {
      const respond = expiring();
      const storage = new Map();
      let ended;
      const { Mastodon, fetch, asked } = await client(async (request) => {
        if (request.sent.grant_type === "refresh_token")
          await new Promise((resolve) => setTimeout(resolve, 50));
        return request.token === ended && request.pathname !== "/oauth/token"
          ? Response.json({ error: "expired" }, { status: 401 })
          : respond(request);
      });
      const keys = { client_id: "id", client_secret: "secret", fetch };
      const m = new Mastodon({ api_base_url: base, ...keys });
      await m.logIn({ code: "c" });
      const { fetch: _, ...kept } = { ...keys, ...m.persistableLoginCredentials() };
      storage.set(
        "mastodon-wasm:logins",
        JSON.stringify([{ account: "mina@home.example", ...kept }]),
      );
      const restored = await Mastodon.restore({ storage, fetch });
      ended = "Bearer token-1";
      const call = rejection(restored.accountVerifyCredentials());
      await new Promise((resolve) => setTimeout(resolve, 20));
      await restored.logOut();
      await call;
      assert.equal(restored.persistableLoginCredentials().access_token, undefined);
      assert.deepEqual([...storage], []);
      const revoked = asked.filter(({ line }) => line === "POST /oauth/revoke");
      assert.deepEqual(revoked.map(({ sent }) => sent.token).sort(), ["token-1", "token-2"]);
    });

    it("says so to the client that is made again", async () => {
      const { m } = await client(
        ({ pathname }) =>
          pathname === "/oauth/token"
            ? Response.json({ access_token: "t", refresh_token: "r-one", expires_in: 60 })
            : nothing(),
        {},
      );
      await m.logIn({ code: "c" });
      const { Mastodon } = await import("../../pkg/node.js");
      const again = new Mastodon(JSON.parse(JSON.stringify(m.persistableLoginCredentials())));
      const kept = again.persistableLoginCredentials();
      assert.deepEqual([kept.refresh_token, kept.expires_in], ["r-one", 60]);
      assert.doesNotMatch(JSON.stringify(again) + inspect(again, { depth: 9 }), /r-one/);
    });
  });
});

describe("createAccount", () => {
  /** A server that hears what is asked, and answers with `account`. */
  async function create(account, options = { agreement: true }) {
    const { Mastodon } = await import("../../pkg/node.js");
    const asked = [];
    const fetch = async (url, { headers, body, redirect }) => {
      const { pathname } = new URL(url);
      asked.push({
        pathname,
        redirect,
        headers,
        sent:
          pathname === "/oauth/token"
            ? Object.fromEntries(new URLSearchParams(body))
            : JSON.parse(body),
      });
      if (pathname === "/oauth/token")
        return Response.json({ access_token: "app", scope: "read write" });
      return account();
    };
    const m = new Mastodon({
      api_base_url: "https://home.example",
      client_id: "id",
      client_secret: "secret",
      fetch,
    });
    const scopes = ["read", "write"];
    const result = await m
      .createAccount("mina", "correct horse", "mina@example.org", { scopes, ...options })
      .catch((error) => error);
    return { m, asked, result };
  }

  it("asks as the application, and keeps the new token", async () => {
    const { m, asked, result } = await create(
      () => Response.json({ access_token: "new", scope: "read write" }),
      { agreement: true, date_of_birth: new Date("2000-02-29T00:00:00Z"), reason: "I like it" },
    );
    assert.equal(result, "new");
    assert.equal(m.persistableLoginCredentials().access_token, "new");
    const [token, account] = asked;
    assert.deepEqual(token.sent, {
      client_id: "id",
      client_secret: "secret",
      grant_type: "client_credentials",
      redirect_uri: OUT_OF_BAND,
      scope: "read write",
    });
    assert.equal(account.headers.Authorization, "Bearer app");
    assert.deepEqual(account.sent, {
      locale: "en",
      username: "mina",
      password: "correct horse",
      email: "mina@example.org",
      agreement: true,
      reason: "I like it",
      date_of_birth: "2000-02-29",
    });
    assert.deepEqual([token.redirect, account.redirect], ["manual", "manual"]);
  });

  it("asks for what the application was registered for", async () => {
    const { Mastodon } = await import("../../pkg/node.js");
    const asked = [];
    const fetch = async (url, { body }) => {
      asked.push(new URLSearchParams(body).get("scope"));
      if (new URL(url).pathname === "/api/v1/apps")
        return Response.json({
          client_id: 7,
          client_secret: "s",
          scopes: ["read", "write:accounts"],
        });
      return Response.json({ access_token: "t" });
    };
    const api_base_url = "https://home.example";
    const app = await Mastodon.createApp("A", { api_base_url, fetch });
    const m = new Mastodon({ api_base_url, ...app, fetch });
    await m.createAccount("mina", "correct horse", "mina@example.org", { agreement: true });
    assert.equal(asked[1], "read write:accounts");
    await m.createAccount("mina", "correct horse", "mina@example.org", { scopes: ["write"] });
    assert.equal(asked[3], "write");
  });

  it("says what is wrong with each field, and hides the password", async () => {
    const details = { username: [{ error: "ERR_TAKEN", description: "has already been taken" }] };
    const error = "Validation failed: correct horse is no password";
    const { m, result } = await create(() => Response.json({ error, details }, { status: 422 }));
    assert.equal(result.name, "MastodonAPIError");
    assert.equal(result.status, 422);
    assert.deepEqual(result.details, details);
    assert.equal(result.error, "Validation failed: *** is no password");
    assert.equal(m.persistableLoginCredentials().access_token, undefined);
  });
});

// The methods of OAuth, in Node and against the sandbox: what programs without a page use.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { inspect } from "node:util";
import { startSandbox } from "../../scripts/sandbox.mjs";

// RFC 7636, appendix B.
const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob";

describe("the methods of OAuth", () => {
  let sandbox;
  let Mastodon;
  let api_base_url;
  before(async () => {
    sandbox = await startSandbox();
    api_base_url = sandbox.url;
    ({ Mastodon } = await import("../../pkg/node.js"));
  });
  after(() => sandbox?.stop());
  beforeEach(() => sandbox.reset());

  const scopes = ["read", "write", "profile"];
  const register = (options) =>
    Mastodon.createApp("A program", { api_base_url, scopes, ...options });
  const client = async (options) => new Mastodon({ ...(await register(options)), api_base_url });

  /** What a person does on the server's page, who then copies the code. */
  async function agree(url, username = "mina") {
    const body = new URL(url).searchParams;
    body.set("as", username);
    const address = `${api_base_url}/oauth/authorize`;
    const answer = await fetch(address, { method: "POST", body, redirect: "manual" });
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

    const again = new Mastodon(JSON.parse(JSON.stringify(m.persistableLoginCredentials())));
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
    const stranger = new Mastodon({ api_base_url, client_id: "nobody", client_secret: "nothing" });
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
    const nobody = new Mastodon({ api_base_url });
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
      api_base_url,
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
    assert.match(message, /startLogin is for web pages/);
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
        sent: Object.fromEntries(new URLSearchParams(body)),
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
      scope: "read write",
    });
    assert.equal(account.headers.Authorization, "Bearer app");
    assert.deepEqual(account.sent, {
      locale: "en",
      username: "mina",
      password: "correct horse",
      email: "mina@example.org",
      agreement: "true",
      reason: "I like it",
      date_of_birth: "2000-02-29",
    });
    assert.deepEqual([token.redirect, account.redirect], ["manual", "manual"]);
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

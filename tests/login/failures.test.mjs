// The two calls of a login, when something is wrong: what is said, and what is not done.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { describe, it } from "node:test";
import { changeAnswers } from "../answers.mjs";
import {
  agree,
  comeBack,
  leave,
  logIn,
  login,
  newVisitor,
  open,
  outcome,
  requests,
  setUp,
  storages,
} from "./site.mjs";

const tokens = (world) => requests(world, /^POST \/oauth\/token/);

describe("a login that comes back wrong", () => {
  const world = setUp();

  it("with another state: nothing is exchanged, and the right one is spent too", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await leave(world, tab);
    const back = await comeBack(world, tab, "mina");
    const wrong = new URL(back);
    wrong.searchParams.set("state", "somebody-else's");
    await tab.goto(wrong.href);
    const { failed, name } = await outcome(tab);
    assert.deepEqual([failed, name], ["wrong_state", "MastodonLoginError"]);
    assert.equal(tab.url(), `${world.site}/callback`);
    await tab.goto(back);
    assert.equal((await outcome(tab)).failed, "spent_state");
    assert.deepEqual(await tokens(world), []);
    assert.deepEqual((await storages(tab)).session, {});
  });

  it("without a state", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await leave(world, tab);
    const back = new URL(await comeBack(world, tab, "mina"));
    back.searchParams.delete("state");
    await tab.goto(back.href);
    assert.equal((await outcome(tab)).failed, "missing_state");
    assert.deepEqual(await tokens(world), []);
  });

  it("from another server than it was sent to", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await leave(world, tab);
    const back = new URL(await comeBack(world, tab, "mina"));
    back.searchParams.set("iss", "https://evil.example");
    await tab.goto(back.href);
    assert.equal((await outcome(tab)).failed, "wrong_state");
    assert.deepEqual(await tokens(world), []);
  });

  it("where none was begun", async (t) => {
    const tab = await open(world, await newVisitor(world, t), "/callback?code=c&state=s&a=1");
    assert.equal((await outcome(tab)).failed, "spent_state");
    assert.equal(tab.url(), `${world.site}/callback?a=1`);
    assert.deepEqual(await tokens(world), []);
  });

  it("denied by the person", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await leave(world, tab);
    await tab.getByRole("button", { name: "Deny" }).click();
    await tab.waitForURL(`${world.site}/**`);
    const { failed, message } = await outcome(tab);
    assert.equal(failed, "access_denied");
    assert.match(message, /access was denied on the server's page: access_denied: The resource/);
    assert.equal(tab.url(), `${world.site}/callback`);
  });

  it("refused by the server for a reason of its own", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    const { searchParams } = await leave(world, tab);
    const state = searchParams.get("state");
    const error = "error=temporarily_unavailable&error_description=Come+back+later";
    await tab.goto(`${world.site}/callback?${error}&state=${state}`);
    const { failed, message } = await outcome(tab);
    assert.equal(failed, "refused");
    assert.match(message, /temporarily_unavailable: Come back later$/);
  });

  it("with a code that was used", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    const { searchParams } = await leave(world, tab);
    const back = await comeBack(world, tab, "mina");
    // Somebody was faster. Without the verifier they get nothing, but the code is gone.
    const { local } = await storages(tab);
    const app = JSON.parse(Object.values(local)[0]);
    const theft = await fetch(`${world.sandbox.url}/oauth/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "authorization_code",
        client_id: searchParams.get("client_id"),
        client_secret: app.client_secret,
        redirect_uri: searchParams.get("redirect_uri"),
        code: new URL(back).searchParams.get("code"),
        code_verifier: "a".repeat(43),
      }),
    });
    assert.equal(theft.status, 400);
    await tab.goto(back);
    const { failed, name, status } = await outcome(tab);
    assert.deepEqual([failed, name, status], ["expired_code", "MastodonLoginError", 400]);
    assert.equal(await tab.evaluate(() => Mastodon.restore()), null);
  });

  it("where the server forgot the application meanwhile: the next login registers anew", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await leave(world, tab);
    const back = await comeBack(world, tab, "mina");
    await world.sandbox.reset();
    await tab.goto(back);
    const { failed, name, status } = await outcome(tab);
    assert.deepEqual([failed, name, status], ["stale_app", "MastodonLoginError", 401]);
    assert.deepEqual((await storages(tab)).local, {});
    assert.equal((await logIn(world, tab)).acct, "mina");
  });

  it("with less than was asked for: that is a login, and its client says what it may do", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await leave(world, tab);
    await changeAnswers(tab, `${world.sandbox.url}/oauth/token`, (token) => ({
      ...token,
      scope: "read",
    }));
    await agree(tab, "mina");
    await tab.waitForURL(`${world.site}/**`);
    assert.equal((await outcome(tab)).acct, "mina");
    const scopes = await tab.evaluate(async () => [
      window.client.scopes,
      (await Mastodon.restore()).scopes,
    ]);
    assert.deepEqual(scopes, [["read"], ["read"]]);
  });

  it("refused by a server that sends no state back", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await leave(world, tab);
    await tab.goto(`${world.site}/callback?error=access_denied`);
    const { failed, name } = await outcome(tab);
    assert.deepEqual([failed, name], ["access_denied", "MastodonLoginError"]);
    assert.equal(tab.url(), `${world.site}/callback`);
    assert.deepEqual((await storages(tab)).session, {});
  });

  it("to another page without state: what is there is that page's own", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await leave(world, tab);
    const back = await comeBack(world, tab, "mina");
    for (const own of ["/elsewhere?error=not_found", "/elsewhere?code=SUMMER20"]) {
      await tab.goto(world.site + own);
      assert.equal(await outcome(tab), null);
      assert.equal(tab.url(), world.site + own);
    }
    await tab.goto(back);
    assert.equal((await outcome(tab)).acct, "mina");
  });

  it("without the name of its server, which the server promised", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await changeAnswers(
      tab,
      `${world.sandbox.url}/.well-known/oauth-authorization-server`,
      (metadata) => ({ ...metadata, authorization_response_iss_parameter_supported: true }),
    );
    await leave(world, tab);
    const back = new URL(await comeBack(world, tab, "mina"));
    back.searchParams.delete("iss");
    await tab.goto(back.href);
    assert.equal((await outcome(tab)).failed, "missing_iss");
    assert.deepEqual(await tokens(world), []);
  });

  it("in letters that are escaped: they are taken out all the same", async (t) => {
    const visitor = await newVisitor(world, t);
    const tab = await open(world, visitor, "/callback?a=%63&c%6fde=c&%73tate=s&error%5Furi=u");
    assert.equal((await outcome(tab)).failed, "spent_state");
    assert.equal(tab.url(), `${world.site}/callback?a=%63`);
  });

  it("to a tab whose storage was damaged", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await leave(world, tab);
    const back = await comeBack(world, tab, "mina");
    for (const damage of ["", "{", "7", "null", "[]", '{"state":{}}', "api_base_url"]) {
      await tab.evaluate(
        ([damage, key]) => {
          const whole = JSON.stringify({
            ...{
              client_id: "i",
              client_secret: "s",
              app_key: "k",
              redirect_uri: "r",
              return_to: "",
            },
            ...{
              scopes: "read",
              state: "s",
              code_verifier: "v",
              api_base_url: "javascript:alert(1)",
            },
          });
          sessionStorage.setItem(key, damage === "api_base_url" ? whole : damage);
        },
        [damage, "mastodon-wasm:login"],
      );
      await tab.goto(back);
      assert.equal((await outcome(tab)).failed, "spent_state", damage);
    }
    assert.deepEqual(await tokens(world), []);
  });

  it("whose account cannot be read: the token, which nobody will use, is revoked", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await leave(world, tab);
    await world.sandbox.faults({ match: { path: "verify_credentials" }, times: 1, status: 503 });
    await agree(tab, "mina");
    await tab.waitForURL(`${world.site}/**`);
    assert.equal((await outcome(tab)).name, "MastodonServiceUnavailableError");
    assert.deepEqual(await requests(world, /revoke/), ["POST /oauth/revoke 200"]);
    assert.equal((await storages(tab)).local["mastodon-wasm:logins"], undefined);
  });

  it("that cannot be kept: the token is revoked", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await leave(world, tab);
    await tab.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    });
    await agree(tab, "mina");
    await tab.waitForURL(`${world.site}/**`);
    const { failed, name, message } = await outcome(tab);
    assert.deepEqual([failed, name], ["storage", "MastodonLoginError"]);
    assert.match(message, /the storage cannot be used: it threw/);
    assert.deepEqual(await requests(world, /revoke/), ["POST /oauth/revoke 200"]);
  });

  it("by the back button, after it was finished", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await logIn(world, tab);
    await tab.goBack();
    await tab.waitForURL(`${world.sandbox.url}/oauth/**`);
    await tab.reload();
    await tab.getByRole("button", { name: "Authorize" }).click();
    await tab.waitForURL(`${world.site}/**`);
    assert.equal(await outcome(tab), null, "so that `?? restore()` is reached");
    assert.equal(tab.url(), `${world.site}/callback`);
    assert.equal((await tab.evaluate(() => show(Mastodon.restore()))).acct, "mina");
  });

  it("after the person went back and began again: the last one counts", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await leave(world, tab);
    await tab.goBack();
    await tab.waitForURL(`${world.site}/**`);
    await outcome(tab);
    assert.equal((await logIn(world, tab, "theo")).acct, "theo");
  });

  it("reloaded in the middle: nothing is half done, and it can begin again", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await leave(world, tab);
    await world.sandbox.faults({ match: { path: "^/oauth/token" }, times: 1, latency_ms: 3000 });
    await agree(tab, "mina");
    await tab.waitForRequest(`${world.sandbox.url}/oauth/token`);
    assert.equal(tab.url(), `${world.site}/callback`, "the code is out of the address already");
    await tab.reload();
    assert.equal(await outcome(tab), null);
    const { local, session } = await storages(tab);
    assert.deepEqual(session, {});
    assert.equal(local["mastodon-wasm:logins"], undefined);
    assert.equal((await logIn(world, tab)).acct, "mina");
  });
});

describe("a login that cannot begin", () => {
  const world = setUp();
  const start = (tab, options) =>
    tab.evaluate((given) => show(Mastodon.startLogin(given)), login(world, options));

  it("says what is wrong with its options, and sends nothing", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    for (const [options, message] of [
      [{ api_base_url: "@mina" }, /`api_base_url` must be a server, such as "mastodon.social"/],
      [{ api_base_url: undefined }, /`api_base_url` must be a server/],
      [{ api_base_url: 7 }, /`api_base_url` must be a server/],
      [{ api_base_url: "http://mastodon.example" }, /`api_base_url` must be https/],
      [{ api_base_url: "ftp://mastodon.example" }, /`api_base_url` must be https/],
      [{ client_name: undefined }, /`client_name` must be/],
      [{ redirect_uri: "https://evil.example/" }, /`redirect_uri` must be a page of http/],
      [{ redirect_uri: "javascript:alert(1)" }, /`redirect_uri` must be a page of http/],
      [{ return_to: "https://evil.example/" }, /`return_to` must be a page of http/],
      [{ return_to: "//evil.example/" }, /`return_to` must be a page of http/],
      [{ return_to: "javascript:alert(1)" }, /`return_to` must be a page of http/],
      [{ storage: {} }, /`storage` must be something with getItem/],
      [{ scopes: 5 }, /`scopes` must be a string/],
      [{ redirect_url: "/" }, /unknown option `redirect_url` .*did you mean `redirect_uri`/],
    ]) {
      const result = await start(tab, options);
      assert.equal(result.name, "MastodonIllegalArgumentError", JSON.stringify([options, result]));
      assert.match(result.message, message);
    }
    assert.deepEqual(await requests(world, /oauth|apps/), []);
    assert.equal(new URL(tab.url()).origin, world.site);
  });

  it("says that the browser keeps the storage from the page", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await tab.evaluate(() =>
      Object.defineProperty(window, "localStorage", {
        get() {
          throw new DOMException("denied", "SecurityError");
        },
      }),
    );
    const { failed, name, message } = await start(tab);
    assert.deepEqual([failed, name], ["storage", "MastodonLoginError"]);
    assert.match(message, /the browser blocks localStorage for this page/);
    const restored = await tab.evaluate(() => show(Mastodon.restore()));
    assert.match(restored.message, /pass `storage`/);
  });

  it("says that the browser keeps the tab's storage from the page, before it leaves", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await tab.evaluate(() =>
      Object.defineProperty(window, "sessionStorage", {
        get() {
          throw new DOMException("denied", "SecurityError");
        },
      }),
    );
    const { failed, message } = await start(tab);
    assert.equal(failed, "storage");
    assert.match(message, /allow it, or use `popup`/);
    assert.deepEqual(await requests(world, /oauth|apps/), []);
  });

  it("says that the page is not safe enough for PKCE", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await tab.evaluate(() => Object.defineProperty(crypto, "subtle", { value: undefined }));
    assert.match(
      (await start(tab)).message,
      /PKCE needs WebCrypto, which browsers offer only over https/,
    );
  });

  it("says that nothing answers", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    const { name, message } = await start(tab, { api_base_url: "http://127.0.0.1:1" });
    assert.equal(name, "MastodonNetworkError");
    assert.match(message, /http:\/\/127\.0\.0\.1:1\/api\/v1\/apps got no response/);
  });

  it("says that the server refused the application", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    const { name, status } = await start(tab, { scopes: ["read", "no_such_scope"] });
    assert.deepEqual([name, status], ["MastodonAPIError", 422]);
  });

  it("does not wait for a rate limit while a person does", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await world.sandbox.faults({
      match: { path: "^/api/v1/apps" },
      status: 429,
      headers: { "x-ratelimit-reset": new Date(Date.now() + 600_000).toISOString() },
    });
    assert.equal((await start(tab)).name, "MastodonRatelimitError");
  });

  it("sends nothing to an endpoint on another server", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    const reached = [];
    await tab.route("https://evil.example/**", (route) => {
      reached.push(route.request().url());
      return route.abort();
    });
    const metadata = (named) =>
      changeAnswers(
        tab,
        `${world.sandbox.url}/.well-known/oauth-authorization-server`,
        (metadata) => ({ ...metadata, ...named }),
        { times: 4 },
      );
    await metadata({ authorization_endpoint: "https://evil.example/authorize" });
    const { name, message } = await start(tab);
    assert.equal(name, "MastodonError");
    assert.match(message, /names a `authorization_endpoint` on another server/);
    assert.equal(new URL(tab.url()).origin, world.site);

    await tab.unrouteAll();
    await tab.route("https://evil.example/**", (route) => route.abort());
    await leave(world, tab);
    const back = await comeBack(world, tab, "mina");
    const before = await tokens(world);
    await metadata({ token_endpoint: "https://evil.example/token" });
    await tab.goto(back);
    assert.match((await outcome(tab)).message, /names a `token_endpoint` on another server/);
    assert.deepEqual(reached, []);
    assert.deepEqual(await tokens(world), before);
  });
});

describe("secrets", () => {
  const world = setUp();

  it("are not carried along by a redirect", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    const seen = [];
    const other = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      response.writeHead(200, { "access-control-allow-origin": "*" }).end("{}");
    });
    await new Promise((resolve) => other.listen(0, "127.0.0.1", resolve));
    t.after(() => other.close());
    const location = `http://127.0.0.1:${other.address().port}/`;
    const fault = { status: 307, headers: { location } };

    await world.sandbox.faults({ match: { path: "^/api/v1/apps" }, ...fault });
    const begun = await tab.evaluate((given) => show(Mastodon.startLogin(given)), login(world));
    assert.match(begun.message, /a redirect, which is not followed/);
    await world.sandbox.clearFaults();

    await leave(world, tab);
    await world.sandbox.faults({ match: { path: "^/oauth/token" }, ...fault });
    await agree(tab, "mina");
    await tab.waitForURL(`${world.site}/**`);
    assert.match((await outcome(tab)).message, /a redirect, which is not followed/);
    await world.sandbox.clearFaults();

    await logIn(world, tab);
    await world.sandbox.faults({ match: { path: "^/oauth/revoke" }, ...fault });
    const ended = await tab.evaluate(() => show(window.client.logOut()));
    assert.match(ended.message, /a redirect, which is not followed/);
    assert.deepEqual(seen, []);
  });

  it("show in no error, also where the server echoes them", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    const secrets = [];
    await leave(world, tab);
    await tab.route(`${world.sandbox.url}/oauth/token`, (route) => {
      const sent = new URLSearchParams(route.request().postData());
      for (const name of ["code", "code_verifier", "client_secret"]) secrets.push(sent.get(name));
      return route.fulfill({
        status: 400,
        headers: { "access-control-allow-origin": "*", "x-echo": sent.get("code") },
        json: { error: "nonsense", error_description: `What is ${[...sent.values()].join()}?` },
      });
    });
    await agree(tab, "mina");
    await tab.waitForURL(`${world.site}/**`);
    const { name, seen } = await outcome(tab);
    assert.equal(name, "MastodonAPIError");
    assert.match(seen, /\*\*\*/);
    assert.equal(secrets.filter(Boolean).length, 3);
    for (const secret of secrets) assert.ok(!seen.includes(secret));
  });

  it("go to the server in bodies alone: not in an address, not to a log", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    const logged = [];
    tab.on("console", (message) => logged.push(message.text()));
    const asked = [];
    tab.context().on("request", (request) => asked.push(request));
    const { access_token } = await logIn(world, tab);
    await tab.evaluate(() => window.client.logOut());
    const token = asked.find((request) => request.url().endsWith("/oauth/token"));
    const sent = new URLSearchParams(token.postData());
    const hidden = [access_token, sent.get("code_verifier"), sent.get("client_secret")];
    for (const request of asked) {
      const { referer = "" } = request.headers();
      for (const secret of hidden) assert.ok(!request.url().includes(secret), request.url());
      // The code is in the one address that brings it, and goes on to nobody.
      assert.ok(!referer.includes(sent.get("code")), referer);
    }
    assert.deepEqual(logged, []);
    assert.equal(await tab.evaluate(() => JSON.stringify(history.state)), "null");
  });
});

describe("servers that keep their answers from web pages", () => {
  const world = setUp();

  it("are named as such, with what to do", async (t) => {
    await world.sandbox.control("POST", "/sandbox/behaviour", { oauth_cors: false });
    const tab = await open(world, await newVisitor(world, t));
    const { name, message } = await logIn(world, tab);
    assert.equal(name, "MastodonNetworkError");
    assert.match(message, /is up, but its \/oauth\/token sends no CORS headers/);
    assert.match(message, /server of your own/);
  });

  it("can be logged out of all the same", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await logIn(world, tab);
    await world.sandbox.control("POST", "/sandbox/behaviour", { oauth_cors: false });
    const result = await tab.evaluate(async () => [
      await show(window.client.logOut()),
      await Mastodon.restore(),
    ]);
    assert.deepEqual(result, [null, null]);
    assert.deepEqual(await requests(world, /^POST \/oauth\/revoke/), ["POST /oauth/revoke 200"]);
  });
});

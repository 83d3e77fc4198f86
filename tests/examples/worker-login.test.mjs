// examples/worker-login, in the Workers runtime and against the sandbox's OAuth.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { getCookie, setCookie, sign, verify } from "../../examples/worker-login/src/cookie.js";
import { findChromium, launchChromium } from "../../scripts/browser.mjs";
import { startSandbox } from "../../scripts/sandbox.mjs";
import { bundle, copyExample, startWorker } from "./example.mjs";

const COOKIE_SECRET = "a secret for tests, of more than 32 characters";

describe("worker-login", () => {
  let sandbox;
  let project;
  let worker;
  let url;

  before(async () => {
    sandbox = await startSandbox();
    project = await copyExample("worker-login");
    await bundle(project);
    ({ worker, url } = await startWorker(project, {
      kvNamespaces: ["KV"],
      bindings: { COOKIE_SECRET },
    }));
  });
  after(async () => {
    await worker?.dispose();
    await sandbox?.stop();
    project?.remove();
  });
  beforeEach(async () => {
    const kv = await worker.getKVNamespace("KV");
    for (const { name } of (await kv.list()).keys) await kv.delete(name);
    await sandbox.reset();
  });

  /** A browser's part: cookies, and redirects one at a time. */
  function visitor() {
    const cookies = new Map();
    const seen = [];
    return {
      cookies,
      /** Every `Set-Cookie` so far. */
      seen,
      async ask(target, { form, ...options } = {}) {
        const address = new URL(target, url);
        const response = await fetch(address, {
          method: form ? "POST" : "GET",
          body: form && new URLSearchParams(form),
          redirect: "manual",
          headers: {
            cookie: [...cookies].map((pair) => pair.join("=")).join("; "),
            ...(form && { origin: url }),
            ...options.headers,
          },
        });
        for (const line of response.headers.getSetCookie()) {
          seen.push(line);
          const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
          if (/Max-Age=0/.test(line)) cookies.delete(name);
          else cookies.set(name, value);
        }
        return response;
      },
      /** Begins a login; resolves to the address of the server's page. */
      async leave() {
        const response = await this.ask("/login", { form: { server: sandbox.url } });
        assert.equal(response.status, 303, await response.clone().text());
        return new URL(response.headers.get("location"));
      },
    };
  }

  /** What the person answers on the server's page; resolves to where that sends them. */
  async function answer(page, decision = { as: "mina" }) {
    const body = new URLSearchParams([...page.searchParams, ...Object.entries(decision)]);
    const target = new URL("/oauth/authorize", sandbox.url);
    const response = await fetch(target, { method: "POST", body, redirect: "manual" });
    return new URL(response.headers.get("location"));
  }

  async function requests(path) {
    const state = await sandbox.control("GET", "/sandbox/state");
    return state.requests.filter((request) => request.path === path);
  }

  async function refused(response, status, message) {
    assert.equal(response.status, status);
    assert.match(await response.text(), message);
    const kv = await worker.getKVNamespace("KV");
    assert.deepEqual((await kv.list({ prefix: "session" })).keys, []);
  }

  it("logs a person in, knows them the next time, and out again", async () => {
    const mina = visitor();
    assert.match(await (await mina.ask("/")).text(), /Your server/);
    const page = await mina.leave();
    assert.equal(page.origin, sandbox.url);
    assert.equal(page.searchParams.get("code_challenge_method"), "S256");
    assert.equal(page.searchParams.get("redirect_uri"), `${url}/callback`);
    const back = await mina.ask(await answer(page));
    assert.equal(back.status, 303);
    assert.equal(back.headers.get("location"), url);
    const host = new URL(sandbox.url).host;
    assert.match(await (await mina.ask("/")).text(), new RegExp(`<strong>mina@${host}</strong>`));

    // The way in is used up, and what the browser holds is no token.
    assert.deepEqual([...mina.cookies.keys()], ["session"]);
    const kv = await worker.getKVNamespace("KV");
    const { keys } = await kv.list({ prefix: "session " });
    assert.equal(keys.length, 1);
    assert.ok(!keys[0].name.includes(mina.cookies.get("session")));
    const { credentials } = await kv.get(keys[0].name, "json");
    assert.ok(!mina.seen.join().includes(credentials.access_token));
    assert.ok(!mina.seen.join().includes(credentials.client_secret));
    for (const line of mina.seen) assert.match(line, /; Path=\/; HttpOnly; SameSite=Lax; Max-Age=/);

    const session = mina.cookies.get("session");
    await mina.ask("/logout", { form: {} });
    assert.equal(mina.cookies.size, 0);
    mina.cookies.set("session", session);
    assert.match(await (await mina.ask("/")).text(), /Your server/);
    const token = { authorization: `Bearer ${credentials.access_token}` };
    const verify = `${sandbox.url}/api/v1/accounts/verify_credentials`;
    assert.equal((await fetch(verify, { headers: token })).status, 401, "the token is revoked");
  });

  it("registers once, and keeps people apart", async () => {
    const people = ["mina", "theo"].map((name) => [name, visitor()]);
    for (const [name, person] of people)
      await person.ask(await answer(await person.leave(), { as: name }));
    for (const [name, person] of people) {
      assert.match(await (await person.ask("/")).text(), new RegExp(`<strong>${name}@`));
    }
    assert.equal((await requests("/api/v1/apps")).length, 1);
  });

  it("takes no answer with another state, or with none", async () => {
    for (const state of ["somebody-else's", undefined]) {
      const mina = visitor();
      const back = await answer(await mina.leave());
      const wrong = new URL(back);
      if (state) wrong.searchParams.set("state", state);
      else wrong.searchParams.delete("state");
      await refused(await mina.ask(wrong), 400, /belongs to no login/);
      await refused(await mina.ask(back), 400, /belongs to no login/, "spent");
    }
    assert.deepEqual(await requests("/oauth/token"), []);
  });

  it("takes no answer in another browser than the one that left", async () => {
    const attacker = visitor();
    const back = await answer(await attacker.leave(), { as: "theo" });
    await refused(await visitor().ask(back), 400, /belongs to no login/);
    const mina = visitor();
    await mina.leave();
    await refused(await mina.ask(back), 400, /belongs to no login/);
    assert.deepEqual(await requests("/oauth/token"), []);
  });

  it("takes no cookie that somebody wrote or changed", async () => {
    const mina = visitor();
    const back = await answer(await mina.leave());
    const [content, signature] = mina.cookies.get("login").split(".");
    const own = JSON.parse(atob(content.replaceAll("-", "+").replaceAll("_", "/")));
    const changed = (change) =>
      btoa(JSON.stringify({ ...own, ...change }))
        .replaceAll("+", "-")
        .replaceAll("/", "_")
        .replaceAll("=", "");
    for (const cookie of [
      `${changed({ value: { ...own.value, api_base_url: "https://evil.example" } })}.${signature}`,
      `${changed({ expires: own.expires + 1000 })}.${signature}`,
      `${content}.${signature.slice(0, -4)}AAAA`,
      `${content}.`,
      content,
      `${content}.%%%`,
      `${content}.${signature.slice(0, 5)}`,
      "",
      ".",
    ]) {
      mina.cookies.set("login", cookie);
      await refused(await mina.ask(back), 400, /belongs to no login/);
    }
    assert.deepEqual(await requests("/oauth/token"), []);
  });

  it("takes no answer of another server", async () => {
    const mina = visitor();
    const back = await answer(await mina.leave());
    back.searchParams.set("iss", "https://evil.example");
    await refused(await mina.ask(back), 400, /another server/);
    assert.deepEqual(await requests("/oauth/token"), []);
  });

  it("says so when the person says no", async () => {
    const mina = visitor();
    const back = await answer(await mina.leave(), { decision: "deny" });
    assert.equal(back.searchParams.get("error"), "access_denied");
    await refused(await mina.ask(back), 403, /You said no/);
    assert.equal(mina.cookies.size, 0);
  });

  it("takes a code once, and no session id from the browser", async () => {
    const mina = visitor();
    mina.cookies.set("session", "chosen-by-somebody-else");
    const page = await mina.leave();
    const login = mina.cookies.get("login");
    const back = await answer(page);
    assert.equal((await mina.ask(back)).status, 303);
    assert.notEqual(mina.cookies.get("session"), "chosen-by-somebody-else");
    // A thief of address and cookie comes too late.
    const thief = visitor();
    thief.cookies.set("login", login);
    const late = await thief.ask(back);
    assert.equal(late.status, 400);
    assert.equal(thief.cookies.size, 0);
  });

  it("spends its login before the exchange, also where that fails", async () => {
    const mina = visitor();
    const page = await mina.leave();
    const login = mina.cookies.get("login");
    const back = await answer(page);
    await sandbox.faults({ match: { path: "^/oauth/token" }, status: 503, body: "html" });
    const failed = await mina.ask(back);
    await sandbox.clearFaults();
    assert.ok(failed.status >= 400);
    assert.equal(mina.cookies.size, 0, "the browser keeps the cookie");
    const asked = (await requests("/oauth/token")).length;
    mina.cookies.set("login", login);
    await refused(await mina.ask(back), 400, /used before/);
    assert.equal((await requests("/oauth/token")).length, asked);
  });

  it("registers anew where the server forgot the application", async () => {
    const mina = visitor();
    const back = await answer(await mina.leave());
    await sandbox.reset();
    await refused(await mina.ask(back), 400, /invalid_client/);
    assert.equal((await mina.ask(await answer(await mina.leave()))).status, 303);
  });

  it("takes no form of another site", async () => {
    for (const origin of ["https://evil.example", "null"]) {
      const response = await visitor().ask("/login", {
        form: { server: sandbox.url },
        headers: { origin },
      });
      await refused(response, 403, /another site/);
    }
    assert.deepEqual(await requests("/api/v1/apps"), []);
  });

  it("says what is wrong with an address, and shows nothing of it as HTML", async () => {
    const form = { server: "http://<script>alert(1)</script>" };
    const response = await visitor().ask("/login", { form });
    assert.equal(response.status, 400);
    assert.doesNotMatch(await response.text(), /<script/);
    const none = await visitor().ask("/login", { form: { server: "http://127.0.0.1:1" } });
    await refused(none, 502, /got no response/);
  });

  const skip = findChromium() ? false : "no Chromium or Chrome here (CHROME_PATH names one)";
  it("works in a browser, whose scripts see no cookie", { skip }, async (t) => {
    const browser = await launchChromium();
    t.after(() => browser.close());
    const tab = await browser.newPage();
    await tab.goto(url);
    await tab.getByLabel("Your server").fill(sandbox.url);
    await tab.getByRole("button", { name: "Log in" }).click();
    await tab.locator("button[name=as][value=mina]").click();
    await tab.getByText("You are mina@").waitFor();
    assert.equal(tab.url(), `${url}/`);
    assert.equal(await tab.evaluate(() => document.cookie), "");
    await tab.getByRole("button", { name: "Log out" }).click();
    await tab.getByLabel("Your server").waitFor();
    assert.deepEqual(await tab.context().cookies(url), []);
  });
});

describe("the cookies of worker-login", () => {
  it("hold for their time, and under their secret", async () => {
    const value = { state: "s", name: "Müller 🐘" };
    assert.deepEqual(await verify(COOKIE_SECRET, await sign(COOKIE_SECRET, value, 60)), value);
    assert.equal(await verify(COOKIE_SECRET, await sign(COOKIE_SECRET, value, 0)), undefined);
    const other = await sign(COOKIE_SECRET.toUpperCase(), value, 60);
    assert.equal(await verify(COOKIE_SECRET, other), undefined);
    for (const secret of [undefined, "", "short"]) {
      await assert.rejects(sign(secret, value, 60), /COOKIE_SECRET must have 32 characters/);
    }
  });

  it("are Secure and this host's alone, except on this machine", () => {
    const online = new URL("https://app.example/callback");
    const cookie = setCookie(online, "login", "value", 600);
    assert.equal(cookie, "__Host-login=value; Path=/; HttpOnly; SameSite=Lax; Max-Age=600; Secure");
    const headers = { cookie: "a=b; login=planted; __Host-login=value" };
    assert.equal(getCookie(new Request(online, { headers }), "login"), "value");
    assert.doesNotMatch(
      setCookie(new URL("http://127.0.0.1:8787"), "login", "v", 1),
      /Secure|Host/,
    );
  });
});

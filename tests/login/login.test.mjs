// The two calls of a login, in a browser and against the sandbox's OAuth: the way there and back.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
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

describe("a login by redirect", () => {
  const world = setUp();

  it("leaves with state and S256, and comes back as somebody", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    const asked = (await leave(world, tab)).searchParams;
    assert.equal(asked.get("code_challenge_method"), "S256");
    assert.match(asked.get("code_challenge"), /^[\w-]{43}$/);
    assert.match(asked.get("state"), /^[\w-]{43}$/);
    assert.equal(asked.get("response_type"), "code");
    assert.equal(asked.get("scope"), "read write");
    assert.equal(asked.get("redirect_uri"), `${world.site}/callback`);
    await agree(tab, "mina");
    await tab.waitForURL(`${world.site}/**`);
    const { acct, access_token } = await outcome(tab);
    assert.equal(acct, "mina");
    assert.equal(tab.url(), `${world.site}/callback`);

    // What is left behind: the login, and nothing of the way to it.
    const { local, session } = await storages(tab);
    assert.deepEqual(session, {});
    const [kept] = JSON.parse(local["mastodon-wasm:logins"]);
    assert.equal(kept.access_token, access_token);
    assert.equal(kept.account, `mina@${new URL(world.sandbox.url).host}`);
    assert.doesNotMatch(JSON.stringify(local), /verifier|state/);
  });

  it("makes state and verifier anew each time, and registers once", async (t) => {
    const visitor = await newVisitor(world, t);
    const seen = [];
    for (const username of ["mina", "theo"]) {
      const tab = await open(world, visitor);
      const asked = (await leave(world, tab)).searchParams;
      seen.push(asked.get("state"), asked.get("code_challenge"));
      await agree(tab, username);
      await tab.waitForURL(`${world.site}/**`);
      assert.equal((await outcome(tab)).acct, username);
    }
    assert.equal(new Set(seen).size, 4);
    assert.equal((await requests(world, /^POST \/api\/v1\/apps /)).length, 1);
  });

  it("registers for each redirect and each set of scopes", async (t) => {
    const visitor = await newVisitor(world, t);
    for (const options of [
      { scopes: ["read"] },
      { scopes: ["read", "write"] },
      { scopes: ["write", "read"] },
      { scopes: ["read"], redirect_uri: `${world.site}/other` },
    ]) {
      await leave(world, await open(world, visitor), options);
    }
    assert.equal((await requests(world, /^POST \/api\/v1\/apps /)).length, 3);
  });

  it("keeps the page's own parameters, and returns to this page when nothing is said", async (t) => {
    const tab = await open(world, await newVisitor(world, t), "/app?tab=a%20b#top");
    await leave(world, tab, { redirect_uri: undefined });
    assert.equal(new URL(tab.url()).searchParams.get("redirect_uri"), `${world.site}/app`);
    const own = await open(world, await newVisitor(world, t));
    const redirect_uri = `${world.site}/callback?tab=a%20b&flag`;
    assert.equal((await logIn(world, own, "mina", { redirect_uri })).acct, "mina");
    assert.equal(own.url(), redirect_uri);
  });

  it("goes to return_to: within the page, or to another", async (t) => {
    const visitor = await newVisitor(world, t);
    const within = await open(world, visitor);
    const { acct } = await logIn(world, within, "mina", { return_to: "/callback?view=home#new" });
    assert.equal(acct, "mina");
    assert.equal(within.url(), `${world.site}/callback?view=home#new`);

    const other = await open(world, visitor);
    await leave(world, other, { return_to: `${world.site}/elsewhere` });
    await agree(other, "theo");
    await other.waitForURL(`${world.site}/elsewhere`);
    assert.equal(await outcome(other), null);
    assert.equal((await other.evaluate(() => show(Mastodon.restore()))).acct, "theo");
  });

  it("takes an address as people type it", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    const profile = `${world.sandbox.url}/@mina?page=2#top`;
    assert.equal((await logIn(world, tab, "mina", { api_base_url: profile })).acct, "mina");
  });

  it("finds the server of a handle where WebFinger says it is", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await tab.route("https://friends.example/.well-known/webfinger**", (route) => {
      const { searchParams } = new URL(route.request().url());
      assert.equal(searchParams.get("resource"), "acct:mina@friends.example");
      const links = [{ rel: "self", href: `${world.sandbox.url}/ap/users/1` }];
      return route.fulfill({ json: { links }, headers: { "access-control-allow-origin": "*" } });
    });
    const { acct } = await logIn(world, tab, "mina", { api_base_url: "@mina@friends.example" });
    assert.equal(acct, "mina");
  });

  it("finds the server of a domain where host-meta says it is", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    const headers = { "access-control-allow-origin": "*" };
    await tab.route("https://friends.example/**", (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname !== "/.well-known/host-meta")
        return route.fulfill({ status: 404, headers, contentType: "text/html", body: "a blog" });
      const template = `${world.sandbox.url}/.well-known/webfinger?resource={uri}`;
      const body = `<XRD><Link rel="lrdd" template="${template}"/></XRD>`;
      return route.fulfill({ headers, contentType: "application/xrd+xml", body });
    });
    const { acct } = await logIn(world, tab, "mina", { api_base_url: "friends.example" });
    assert.equal(acct, "mina");
  });

  it("says what else can be typed where a domain has no server", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await tab.route("https://friends.example/**", (route) =>
      route.fulfill({ status: 404, headers: { "access-control-allow-origin": "*" }, body: "" }),
    );
    const options = login(world, { api_base_url: "friends.example" });
    const { name, message } = await tab.evaluate(
      (given) => show(Mastodon.startLogin(given)),
      options,
    );
    assert.equal(name, "MastodonNotFoundError");
    assert.match(message, /enter a full handle \(@user@domain\)/);
  });

  it("works with servers that have no metadata, ignore PKCE, or know few headers", async (t) => {
    await world.sandbox.control("POST", "/sandbox/behaviour", {
      oauth_metadata: false,
      pkce: "ignore",
      allowed_headers: "few",
    });
    const tab = await open(world, await newVisitor(world, t));
    assert.equal((await logIn(world, tab)).acct, "mina");
  });

  it("works with a token that may not read the account", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await leave(world, tab, { scopes: ["write:statuses"] });
    await agree(tab, "mina");
    await tab.waitForURL(`${world.site}/**`);
    // The page's own look at the account fails; the login did not.
    await outcome(tab);
    const [{ account, ...others }] = await tab.evaluate(() => Mastodon.savedLogins());
    assert.equal(account, new URL(world.sandbox.url).host);
    assert.deepEqual(others, { api_base_url: world.sandbox.url });
  });

  it("registers anew where the server forgot the application", async (t) => {
    const visitor = await newVisitor(world, t);
    const first = await leave(world, await open(world, visitor));
    await world.sandbox.reset();
    const tab = await open(world, visitor);
    const second = await leave(world, tab);
    assert.notEqual(first.searchParams.get("client_id"), second.searchParams.get("client_id"));
    await agree(tab, "mina");
    await tab.waitForURL(`${world.site}/**`);
    assert.equal((await outcome(tab)).acct, "mina");
  });

  it("gives two callers in one page the same answer", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await leave(world, tab);
    await tab.addInitScript(() => {
      window.hold = true;
    });
    await agree(tab, "mina");
    await tab.waitForURL(`${world.site}/**`);
    const same = await tab.evaluate(async () => {
      await window.ready;
      const [one, two] = await Promise.all([Mastodon.finishLogin(), Mastodon.finishLogin()]);
      return one instanceof Mastodon && one === two;
    });
    assert.equal(same, true);
  });

  it("does not disturb a page that has a code of its own", async (t) => {
    const tab = await open(world, await newVisitor(world, t), "/?code=SUMMER20&q=shoes");
    assert.equal(await outcome(tab), null);
    assert.equal(tab.url(), `${world.site}/?code=SUMMER20&q=shoes`);
  });
});

describe("a login in a window", () => {
  const world = setUp();

  /** Begins a login with a click, as browsers want it; resolves to the window. */
  async function openWindow(tab, options) {
    const given = login(world, { popup: true, ...options });
    await tab.evaluate((given) => {
      const button = document.body.appendChild(document.createElement("button"));
      button.onclick = () => {
        window.popped = show(Mastodon.startLogin(given));
      };
    }, given);
    const [popup] = await Promise.all([tab.waitForEvent("popup"), tab.locator("button").click()]);
    await popup.waitForURL(`${world.sandbox.url}/oauth/authorize?**`);
    return popup;
  }

  it("resolves to the client, leaves the page where it is, and closes", async (t) => {
    const tab = await open(world, await newVisitor(world, t), "/?view=home#top");
    const popup = await openWindow(tab);
    assert.equal(new URL(popup.url()).searchParams.get("code_challenge_method"), "S256");
    assert.equal(await popup.evaluate(() => window.opener), null, "the server has no hold of us");
    const closed = popup.waitForEvent("close");
    await agree(popup, "mina");
    assert.equal((await tab.evaluate(() => window.popped)).acct, "mina");
    await closed;
    assert.equal(tab.url(), `${world.site}/?view=home#top`);
    const { local, session } = await storages(tab);
    assert.deepEqual(session, {});
    assert.match(local["mastodon-wasm:logins"], /mina@/);
  });

  it("works where the server cuts its pages off from ours", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    // The page is in the background then, as it is behind a real window.
    await tab.evaluate(() => {
      document.hasFocus = () => false;
    });
    await tab.context().route(`${world.sandbox.url}/oauth/authorize?**`, async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), "cross-origin-opener-policy": "same-origin" };
      await route.fulfill({ response, headers });
    });
    const popup = await openWindow(tab);
    await agree(popup, "mina");
    assert.equal((await tab.evaluate(() => window.popped)).acct, "mina");
  });

  it("fails when the person closes the window", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    const popup = await openWindow(tab);
    await popup.close();
    assert.equal((await tab.evaluate(() => window.popped)).failed, "popup_closed");
  });

  it("fails when the person says no", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    const popup = await openWindow(tab);
    const closed = popup.waitForEvent("close");
    await popup.getByRole("button", { name: "Deny" }).click();
    assert.equal((await tab.evaluate(() => window.popped)).failed, "access_denied");
    await closed;
  });

  it("fails when the server's refusal has no state", async (t) => {
    const visitor = await newVisitor(world, t);
    const tab = await open(world, visitor);
    const popup = await openWindow(tab);
    const closed = popup.waitForEvent("close");
    await popup.goto(`${world.site}/callback?error=access_denied`).catch(() => {});
    assert.equal((await tab.evaluate(() => window.popped)).failed, "access_denied");
    await closed;
    // With nobody waiting, it is the page's own.
    const other = await open(world, visitor, "/callback?error=not_found");
    assert.equal(await outcome(other), null);
    assert.equal(other.url(), `${world.site}/callback?error=not_found`);
  });

  it("fails where the browser opens no window", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    const result = await tab.evaluate(
      (given) => {
        window.open = () => null;
        return show(Mastodon.startLogin(given));
      },
      login(world, { popup: true }),
    );
    assert.equal(result.failed, "popup_blocked");
    assert.deepEqual(await requests(world, /oauth|apps/), []);
  });

  it("ends with its signal; the window is the person's to close", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await tab.evaluate(
      (given) => {
        window.controller = new AbortController();
        const button = document.body.appendChild(document.createElement("button"));
        button.onclick = () => {
          const { signal } = window.controller;
          window.popped = Mastodon.startLogin({ ...given, signal }).catch((reason) => reason);
        };
      },
      login(world, { popup: true }),
    );
    const [popup] = await Promise.all([tab.waitForEvent("popup"), tab.locator("button").click()]);
    await popup.waitForURL(`${world.sandbox.url}/oauth/authorize?**`);
    const reason = await tab.evaluate(() => {
      window.controller.abort("enough");
      return window.popped;
    });
    assert.equal(reason, "enough");
    await agree(popup, "mina");
    await popup.waitForURL(`${world.site}/**`);
    assert.equal((await outcome(popup)).failed, "popup_alone");
  });

  it("says in the window that the page which opened it is gone", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    const popup = await openWindow(tab);
    await tab.reload();
    await agree(popup, "mina");
    await popup.waitForURL(`${world.site}/**`);
    assert.equal((await outcome(popup)).failed, "popup_alone");
    assert.equal(popup.url(), `${world.site}/callback`);
    // Nobody had the verifier any more: no token came of it.
    assert.deepEqual(await requests(world, /^POST \/oauth\/token 200/), []);
  });
});

describe("several tabs", () => {
  const world = setUp();

  it("log two people in at once, each where they began", async (t) => {
    const visitor = await newVisitor(world, t);
    const one = await open(world, visitor);
    const two = await open(world, visitor);
    await leave(world, one);
    await leave(world, two);
    await agree(two, "theo");
    await two.waitForURL(`${world.site}/**`);
    assert.equal((await outcome(two)).acct, "theo");
    await agree(one, "mina");
    await one.waitForURL(`${world.site}/**`);
    assert.equal((await outcome(one)).acct, "mina");
    const host = new URL(world.sandbox.url).host;
    const saved = await one.evaluate(() => Mastodon.savedLogins());
    assert.deepEqual(
      saved.map(({ account }) => account),
      [`mina@${host}`, `theo@${host}`],
    );
  });

  it("do not finish each other's login", async (t) => {
    const visitor = await newVisitor(world, t);
    const one = await open(world, visitor);
    const two = await open(world, visitor);
    await leave(world, one);
    const back = await comeBack(world, one, "mina");
    await two.goto(back);
    assert.equal((await outcome(two)).failed, "spent_state");
  });
});

describe("what is kept", () => {
  const world = setUp();

  it("brings people back, the last one first, and one by name", async (t) => {
    const visitor = await newVisitor(world, t);
    const host = new URL(world.sandbox.url).host;
    for (const username of ["mina", "theo"]) {
      await logIn(world, await open(world, visitor), username);
    }
    const tab = await open(world, visitor);
    const restore = (options) => tab.evaluate((given) => show(Mastodon.restore(given)), options);
    assert.equal((await restore()).acct, "theo");
    assert.equal((await restore({ account: `mina@${host}` })).acct, "mina");
    assert.equal((await restore()).acct, "mina", "who was asked for comes first from then on");
    assert.equal(await restore({ account: `yuki@${host}` }), null);

    const saved = await tab.evaluate(() => Mastodon.savedLogins());
    assert.match(saved[0].display_name, /^Mina Okafor/);
    assert.match(saved[0].avatar, /^http/);
    assert.deepEqual(Object.keys(saved[0]).sort(), [
      "account",
      "api_base_url",
      "avatar",
      "display_name",
    ]);
  });

  it("is forgotten and revoked at log out, one person at a time", async (t) => {
    const visitor = await newVisitor(world, t);
    await logIn(world, await open(world, visitor), "mina");
    const tab = await open(world, visitor);
    const { access_token } = await logIn(world, tab, "theo");
    const after = await tab.evaluate(async () => {
      const { client } = window;
      await client.logOut();
      await client.logOut(); // once more does no harm
      return [await show(Mastodon.restore()), client.persistableLoginCredentials()];
    });
    assert.equal(after[0].acct, "mina");
    assert.equal(after[1].access_token, undefined);
    const answer = await fetch(`${world.sandbox.url}/api/v1/accounts/verify_credentials`, {
      headers: { authorization: `Bearer ${access_token}` },
    });
    assert.equal(answer.status, 401);
  });

  it("is forgotten here even where the server cannot be told", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await logIn(world, tab);
    await world.sandbox.faults({ match: { path: "^/oauth/revoke" }, status: 503 });
    const result = await tab.evaluate(async () => [
      await show(window.client.logOut()),
      await Mastodon.restore(),
      localStorage.getItem("mastodon-wasm:logins"),
    ]);
    assert.equal(result[0].name, "MastodonServiceUnavailableError");
    assert.deepEqual(result.slice(1), [null, null]);
  });

  it("may be kept elsewhere: in a Map, or in what answers later", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    await tab.evaluate(() => sessionStorage.setItem("kv", "{}"));
    await tab.addInitScript(() => {
      // Workers KV in shape: asynchronous, with `put`. What it has outlives the page.
      const all = () => JSON.parse(sessionStorage.getItem("kv"));
      const later = (value) => new Promise((resolve) => setTimeout(resolve, 5, value));
      const keep = (change) => later(sessionStorage.setItem("kv", JSON.stringify(change)));
      window.kv = {
        get: (key) => later(all()[key] ?? null),
        put: (key, value) => keep({ ...all(), [key]: value }),
        delete: (key) => keep({ ...all(), [key]: undefined }),
      };
      window.hold = true;
    });
    await tab.reload();
    const given = login(world, {});
    const gone = tab.waitForURL(`${world.sandbox.url}/oauth/authorize?**`);
    await tab
      .evaluate(async (given) => {
        await window.ready;
        return Mastodon.startLogin({ ...given, storage: window.kv });
      }, given)
      .catch(() => {});
    await gone;
    await agree(tab, "mina");
    await tab.waitForURL(`${world.site}/**`);
    const result = await tab.evaluate(async () => {
      await window.ready;
      const finished = await show(Mastodon.finishLogin({ storage: window.kv }));
      const elsewhere = await Mastodon.restore();
      const restored = await show(Mastodon.restore({ storage: window.kv }));
      await window.client.logOut();
      const map = new Map();
      return [
        finished.acct,
        elsewhere,
        restored.acct,
        await Mastodon.restore({ storage: window.kv }),
        await Mastodon.restore({ storage: map }),
        Object.keys(localStorage),
      ];
    });
    assert.deepEqual(result, ["mina", null, "mina", null, null, []]);
  });

  it("does not come back while it is forgotten", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    const { access_token } = await logIn(world, tab);
    const host = new URL(world.sandbox.url).host;
    const left = await tab.evaluate(async (account) => {
      // Everything takes its time, as in a database.
      const map = new Map(Object.entries(localStorage));
      const later = (value) => new Promise((resolve) => setTimeout(resolve, 5, value));
      const storage = {
        get: (key) => later(map.get(key) ?? null),
        put: (key, value) => later().then(() => map.set(key, value)),
        delete: (key) => later().then(() => map.delete(key)),
      };
      const key = "mastodon-wasm:logins";
      const other = { ...JSON.parse(map.get(key))[0], account: "somebody@else.example" };
      map.set(key, JSON.stringify([{ ...other, access_token: "x" }, ...JSON.parse(map.get(key))]));
      const client = await Mastodon.restore({ storage, account });
      const restore = () => Mastodon.restore({ storage, account });
      await Promise.all([restore(), client.logOut(), restore(), later().then(restore)]);
      return map.get(key);
    }, `mina@${host}`);
    assert.ok(!left.includes(access_token), left);
    assert.equal(JSON.parse(left).length, 1);
  });

  it("may be damaged without harm", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    for (const rubbish of [
      ...["", "{", "null", "7", "{}", "[null, 1, {}]"],
      ...[
        { access_token: "t", api_base_url: "https://home.example" },
        { account: {}, access_token: "t", api_base_url: "https://home.example" },
        { account: "a", access_token: { toString: 1 }, api_base_url: "https://home.example" },
        { account: "a", access_token: "t\r\nX: 1", api_base_url: "https://home.example" },
        { account: "a", access_token: "t", api_base_url: "javascript:alert(1)" },
        { account: "a", access_token: "t", api_base_url: "http://home.example" },
        { account: "a", access_token: "t", api_base_url: 7 },
      ].map((login) => JSON.stringify([login])),
    ]) {
      const restored = await tab.evaluate((text) => {
        localStorage.setItem("mastodon-wasm:logins", text);
        return Mastodon.restore();
      }, rubbish);
      assert.equal(restored, null, rubbish);
    }
    assert.equal((await logIn(world, tab)).acct, "mina");
  });
});

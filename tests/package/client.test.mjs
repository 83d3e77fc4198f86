// A client's own behaviour, with a `fetch` of the test's that stands for the server.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { init, Mastodon } from "../../pkg/node.js";
import { givenTime } from "../time.mjs";

givenTime();

await init();

/** A client, and the list of what its `fetch` was called with. */
function client(answer = () => new Response("[]"), more = {}) {
  const seen = [];
  const fetch = async (url, init) => {
    seen.push([url, init]);
    return answer(url, init);
  };
  const m = new Mastodon({
    api_base_url: "Example.ORG/",
    access_token: "t0ken",
    fetch,
    user_agent: "test",
    ...more,
  });
  return { m, seen };
}

describe("a request", () => {
  it("is what the table says, and nothing that was not asked for", async () => {
    const { m, seen } = client();
    const options = { limit: 5, only_media: false, max_id: { id: "7" }, min_id: null };
    await m.timelineHome(options);
    const [[url, init]] = seen;
    assert.equal(
      url,
      "https://example.org/api/v1/timelines/home?limit=5&only_media=false&max_id=7",
    );
    // Outside browsers, redirects are followed by the package: nothing else keeps the token from them.
    assert.deepEqual(Object.keys(init).sort(), ["headers", "method", "redirect", "signal"]);
    assert.equal(init.redirect, "manual");
    assert.deepEqual(init.headers, {
      Accept: "application/json",
      Authorization: "Bearer t0ken",
      "User-Agent": "test",
    });
  });

  it("keeps each value in its segment of the path", async () => {
    const { m, seen } = client();
    await m.status("1/../2?x#y%\ud800👍");
    assert.equal(
      seen[0][0],
      "https://example.org/api/v1/statuses/1%2F..%2F2%3Fx%23y%25%EF%BF%BD%F0%9F%91%8D",
    );
    for (const bad of ["", ".", "..", " "]) {
      await assert.rejects(m.status(bad), { name: "MastodonIllegalArgumentError" });
    }
    assert.equal(seen.length, 1);
  });

  it("has headers that can be sent", async () => {
    const { m, seen } = client();
    for (const idempotency_key of ["a\nb", "é😀"]) {
      await assert.rejects(m.statusPost("x", { idempotency_key }), {
        name: "MastodonIllegalArgumentError",
        message: /idempotency_key/,
      });
    }
    assert.equal(seen.length, 0);
    assert.throws(() => client(undefined, { user_agent: "a\nb" }), { message: /user_agent/ });
  });

  it("is sent once more where the connection dropped and that does no harm", async () => {
    const { m, seen } = client(() => {
      throw new TypeError("Failed to fetch");
    });
    await assert.rejects(m.timelineHome(), {
      name: "MastodonNetworkError",
      message: /https:\/\/example\.org\/api\/v1\/timelines\/home/,
    });
    assert.equal(seen.length, 2);
    await assert.rejects(m.statusReblog("1"), { name: "MastodonNetworkError" });
    assert.equal(seen.length, 3);
  });
});

describe("a redirect that the platform leaves to us", () => {
  const to = (location) => (url) =>
    url.endsWith("/home")
      ? new Response(null, { status: 302, headers: { location } })
      : new Response("[7]");

  it("is followed on the client's own server", async () => {
    const { m, seen } = client(to("/api/v1/timelines/elsewhere?a=b"));
    assert.deepEqual(await m.timelineHome(), [7]);
    assert.equal(seen[1][0], "https://example.org/api/v1/timelines/elsewhere?a=b");
  });

  it("is followed to another server without the token", async () => {
    for (const location of ["https://moved.example/x", "//moved.example/x"]) {
      const { m, seen } = client(to(location));
      assert.deepEqual(await m.timelineHome(), [7]);
      assert.equal(seen[1][0], "https://moved.example/x");
      assert.equal(seen[1][1].headers.Authorization, undefined);
    }
  });

  it("is an error where it leaves encryption, or leads nowhere", async () => {
    for (const location of [
      "http://example.org/x",
      "http://127.0.0.1/x",
      "https://[",
      "ftp://a.example/",
    ]) {
      const { m, seen } = client(to(location));
      await assert.rejects(m.timelineHome(), { name: "MastodonAPIError", status: 302 });
      assert.equal(seen.length, 1, location);
    }
    const { m, seen } = client(to("/api/v1/timelines/home"));
    await assert.rejects(m.timelineHome(), {
      name: "MastodonNetworkError",
      message: /redirected too many times/,
    });
    assert.equal(seen.length, 21);
  });
});

describe("a page", () => {
  it("is the server's JSON with what follows", async () => {
    const headers = { Link: '<https://example.org/api/v1/timelines/home?max_id=3>; rel="next"' };
    const { m } = client(() => new Response('[{"id":"3","new":1}]', { headers }));
    const page = await m.timelineHome({ limit: 1 });
    assert.equal(JSON.stringify(page), '[{"id":"3","new":1}]');
    assert.deepEqual(page.pagination, {
      next: {
        method: "timelineHome",
        path: "/api/v1/timelines/home",
        params: { limit: "1", max_id: "3" },
      },
      prev: null,
    });
  });
});

describe("a failure", () => {
  for (const [status, body, type, name] of [
    [401, '{"error":"t0ken"}', "application/json", "MastodonUnauthorizedError"],
    [503, "<h1>t0ken</h1>", "text/html", "MastodonServiceUnavailableError"],
    [404, "", "text/plain", "MastodonNotFoundError"],
    [422, '{"error":"x","details":{}}', "application/json", "MastodonAPIError"],
    [200, "", "application/json", "MastodonAPIError"],
    [200, "<title>Log in</title>", "text/html", "MastodonAPIError"],
    [200, '{"a":', "application/json", "MastodonAPIError"],
    [204, null, "application/json", "MastodonAPIError"],
  ]) {
    it(`of ${status} with ${JSON.stringify(body)} is a ${name} without secrets`, async () => {
      const headers = { "content-type": type };
      const { m } = client(() => new Response(body, { status, headers }));
      const error = await m.timelineHome().catch((error) => error);
      assert.equal(error.name, name);
      assert.equal(error.status, status);
      assert.ok(!`${error.message}${error.stack}${JSON.stringify(error)}`.includes("t0ken"));
    });
  }
});

describe("a call", () => {
  it("ends when it is told to, also where fetch does not", async () => {
    const { m } = client(() => new Promise(() => {}));
    await assert.rejects(m.timelineHome({ timeout: 0.05 }), { name: "MastodonReadTimeout" });
    const aborted = m.timelineHome({ signal: AbortSignal.abort("mine") });
    await assert.rejects(aborted, (reason) => reason === "mine");
    const controller = new AbortController();
    setTimeout(() => controller.abort("later"), 20);
    const later = m.timelineHome({ signal: controller.signal });
    await assert.rejects(later, (reason) => reason === "later");
    setTimeout(() => m.close(), 20);
    await assert.rejects(m.timelineHome(), /closed/);
    await assert.rejects(m.timelineHome(), /closed/);
  });

  it("takes no time that can only be meant in milliseconds", async () => {
    const { m, seen } = client();
    await assert.rejects(m.timelineHome({ timeout: 5000 }), {
      name: "MastodonIllegalArgumentError",
      message: /seconds.*3600/,
    });
    assert.equal(seen.length, 0);
    await m.timelineHome({ timeout: 3600 });
  });

  it("ends with its request's time", async () => {
    const { m } = client(() => new Promise(() => {}), { request_timeout: 0.05 });
    await assert.rejects(m.timelineHome(), {
      name: "MastodonReadTimeout",
      message: /request_timeout/,
    });
  });

  it("waits for the limit", async () => {
    let limited = true;
    const { m, seen } = client(() => {
      const reset = new Date(Date.now() + 80).toISOString();
      const headers = { "x-ratelimit-reset": reset };
      const answer = new Response("[]", limited ? { status: 429, headers } : {});
      limited = false;
      return answer;
    });
    const begin = Date.now();
    await m.timelineHome();
    assert.equal(seen.length, 2);
    assert.ok(Date.now() - begin >= 80);
  });

  it("is spread over the time that is left, also among others at once", async () => {
    const times = [];
    const reset = Date.now() + 4000;
    const { m } = client(
      () => {
        times.push(Date.now());
        const headers = {
          "x-ratelimit-limit": "300",
          "x-ratelimit-remaining": "19",
          "x-ratelimit-reset": new Date(reset).toISOString(),
        };
        return new Response("[]", { headers });
      },
      { ratelimit_method: "pace" },
    );
    await m.timelineHome();
    await Promise.all(Array.from({ length: 12 }, () => m.timelineHome()));
    const gaps = times.slice(1).map((time, index) => time - times[index]);
    // 4000 ms / 19 / 1.1, and a little less time for the last ones.
    assert.ok(gaps.length === 12 && Math.min(...gaps) >= 150, gaps.join(" "));
  });

  it("keeps no time for calls that are aborted while they wait", async () => {
    const reset = new Date(Date.now() + 60_000).toISOString();
    const headers = { "x-ratelimit-limit": "300", "x-ratelimit-remaining": "59" };
    const { m } = client(
      () => new Response("[]", { headers: { ...headers, "x-ratelimit-reset": reset } }),
      { ratelimit_method: "pace" },
    );
    await m.timelineHome();
    const controller = new AbortController();
    const { signal } = controller;
    const aborted = Array.from({ length: 30 }, () => m.timelineHome({ signal }).catch(() => {}));
    controller.abort();
    await Promise.all(aborted);
    const begin = Date.now();
    await m.timelineHome();
    assert.ok(Date.now() - begin < 2000, `${Date.now() - begin} ms`);
  });

  it("needs its client", async () => {
    const { m, seen } = client();
    const { timelineHome } = m;
    assert.throws(() => timelineHome(), TypeError);
    assert.equal(seen.length, 0);
  });
});

describe("an address", () => {
  const make = (api_base_url) => new Mastodon({ api_base_url }).api_base_url;
  for (const [typed, origin] of [
    ["mastodon.social", "https://mastodon.social"],
    [" HTTPS://Mastodon.Social/ ", "https://mastodon.social"],
    ["http://localhost:3000", "http://localhost:3000"],
    ["http://127.0.0.1:1", "http://127.0.0.1:1"],
    ["bücher.example", "https://xn--bcher-kva.example"],
    [new URL("https://mastodon.social"), "https://mastodon.social"],
  ]) {
    it(`is an origin: ${typed}`, () => {
      assert.equal(make(typed), origin);
    });
  }
  for (const typed of [
    "",
    "http://mastodon.social",
    "https://a@mastodon.social",
    "https://mastodon.social/path",
    "https://mastodon.social/?",
    "https://mastodon.social/#",
    "ftp://mastodon.social",
    "https://",
    "http://127.0.0.1.example.org",
    7,
    undefined,
  ]) {
    it(`is nothing else: ${JSON.stringify(typed)}`, () => {
      assert.throws(() => make(typed), { name: "MastodonIllegalArgumentError" });
    });
  }
});

describe("what Mastodon documents and Mastodon.py does not offer", () => {
  for (const [name, values, line] of [
    [
      "accountFollow",
      ["1", { languages: ["de"] }],
      '/api/v1/accounts/1/follow {"languages":["de"]}',
    ],
    [
      "emailResendConfirmation",
      [{ email: "a@b.c" }],
      '/api/v1/emails/confirmations {"email":"a@b.c"}',
    ],
    ["endorsements", [{ limit: 3 }], "/api/v1/endorsements limit=3"],
    ["notifications", [{ include_filtered: true }], "/api/v1/notifications include_filtered=true"],
    [
      "notificationsUnreadCount",
      [{ types: ["poll"], limit: 9 }],
      "/api/v1/notifications/unread_count types[]=poll&limit=9",
    ],
    [
      "searchV2",
      ["x", { following: true, resolve: false, exclude_unreviewed: false }],
      "/api/v2/search q=x&following=true&resolve=false&exclude_unreviewed=false",
    ],
    ["statusRebloggedBy", ["1", { max_id: "2" }], "/api/v1/statuses/1/reblogged_by max_id=2"],
    ["statusFavouritedBy", ["1", { limit: 2 }], "/api/v1/statuses/1/favourited_by limit=2"],
    ["suggestionsV2", [{ limit: 2 }], "/api/v2/suggestions limit=2"],
    [
      "timelineHashtag",
      ["a", { any: ["b"], all: ["c"], none: ["d"] }],
      "/api/v1/timelines/tag/a any[]=b&all[]=c&none[]=d",
    ],
    ["oembed", ["https://x", { maxwidth: 9 }], "/api/oembed url=https://x&maxwidth=9"],
    ["adminTrendingLinkPublishers", [], "/api/v1/admin/trends/links/publishers "],
    [
      "adminApproveTrendingLinkPublisher",
      ["1"],
      "/api/v1/admin/trends/links/publishers/1/approve ",
    ],
  ]) {
    it(`is sent by ${name}`, async () => {
      const { m, seen } = client(() => new Response("{}"));
      await m[name](...values);
      const [[url, { body = "" }]] = seen;
      const { pathname, searchParams } = new URL(url);
      assert.equal(`${pathname} ${body || decodeURIComponent(searchParams)}`, line);
    });
  }
});

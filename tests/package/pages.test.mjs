// What a paginated method returns: a promise of the first page that walks all of them; any other call,
// with pages; and copies, which are no pages.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Mastodon, MastodonIllegalArgumentError } from "../../pkg/node.js";

const HOME = "https://mastodon.example";
const PAGES = { "": ["1", "2"], 2: ["3", "4"], 4: ["5"] };

/** A client whose lists have three pages, and the requests that it made. */
function client() {
  const lines = [];
  const fetch = async (url, { method, body }) => {
    const { pathname, searchParams } = new URL(url);
    lines.push([method, pathname, body ?? decodeURIComponent(searchParams)].join(" ").trim());
    const ids = PAGES[searchParams.get("max_id") ?? ""];
    const last = ids.at(-1);
    const link = `<${HOME}${pathname}?max_id=${last}>; rel="next"`;
    const headers = last === "5" ? {} : { link };
    return Response.json(
      ids.map((id) => ({ id })),
      { headers },
    );
  };
  return { m: new Mastodon({ api_base_url: HOME, access_token: "t", fetch }), lines };
}

describe("what a paginated method returns", () => {
  it("is a promise of the first page, asked for at the call", async () => {
    const { m, lines } = client();
    const promised = m.timelineHome({ limit: 2 });
    assert.ok(promised instanceof Promise);
    await new Promise((resolve) => setTimeout(resolve));
    assert.deepEqual(lines, ["GET /api/v1/timelines/home limit=2"]);
    const page = await promised;
    assert.ok(Array.isArray(page) && page.length === 2);
    assert.deepEqual(page.pagination.next.params, { limit: "2", max_id: "2" });
  });

  it("walks all pages, and asks for one only when it is needed", async () => {
    const { m, lines } = client();
    const seen = [];
    for await (const { id } of m.timelineHome()) {
      seen.push(`${id} after ${lines.length}`);
    }
    assert.deepEqual(seen, ["1 after 1", "2 after 1", "3 after 2", "4 after 2", "5 after 3"]);
    const { m: other, lines: asked } = client();
    for await (const { id } of other.timelineHome()) if (id === "2") break;
    assert.equal(asked.length, 1);
  });

  it("can be both: the walk begins with the answer that is there", async () => {
    const { m, lines } = client();
    const promised = m.favourites();
    const page = await promised;
    assert.equal(lines.length, 1);
    const all = [];
    for await (const { id } of promised) all.push(id);
    assert.deepEqual([page.length, all.join(""), lines.length], [2, "12345", 3]);
  });

  it("rejects the loop as it rejects the promise", async () => {
    const { m } = client();
    const walk = async () => {
      for await (const _ of m.timelineHome({ limt: 1 }));
    };
    await assert.rejects(walk(), MastodonIllegalArgumentError);
  });
});

describe("any other call", () => {
  it("has pages, for a list", async () => {
    const { m, lines } = client();
    const page = await m.request("GET", "/api/v1/timelines/bubble", { limit: 20 });
    const next = await m.fetchNext(page);
    assert.deepEqual(
      next.map(({ id }) => id),
      ["3", "4"],
    );
    assert.deepEqual(lines, [
      "GET /api/v1/timelines/bubble limit=20",
      "GET /api/v1/timelines/bubble limit=20&max_id=2",
    ]);
  });

  it("has a body as JSON, where it writes", async () => {
    const { m, lines } = client();
    await m.request("POST", "/api/v1/pleroma/mascot", { name: "fox", tags: [] });
    await m.request("POST", "/api/v1/x", { "media_ids[]": ["1"], "poll[options][]": "a" });
    assert.deepEqual(lines, [
      'POST /api/v1/pleroma/mascot {"name":"fox","tags":[]}',
      'POST /api/v1/x {"media_ids":["1"],"poll":{"options":["a"]}}',
    ]);
  });

  it("has parameters by name, and no other form of them", async () => {
    const { m, lines } = client();
    for (const params of [new URLSearchParams("a=b"), new Map([["a", "b"]]), new FormData(), []]) {
      const error = await m.request("POST", "/api/v1/x", params).catch((thrown) => thrown);
      assert.ok(error instanceof MastodonIllegalArgumentError, `${error}`);
      assert.match(error.message, /`params` must be a plain object/);
    }
    assert.deepEqual(lines, []);
  });

  it("stays on its server, and has a verb that there is", async () => {
    const { m, lines } = client();
    for (const [verb, path] of [
      ["GET", "https://evil.example/"],
      ["GET", "//evil.example/"],
      ["FETCH", "/api/v1/x"],
    ]) {
      const error = await m.request(verb, path).catch((thrown) => thrown);
      assert.ok(error instanceof MastodonIllegalArgumentError, `${verb} ${path}: ${error}`);
    }
    assert.deepEqual(lines, []);
  });

  it("has a way for parameters of forks in every method", async () => {
    const { m, lines } = client();
    await m.timelineHome({ limit: 1, extra: { with_muted: true } });
    await m.statusPost("x", { extra: { preview: true } });
    assert.deepEqual(lines, [
      "GET /api/v1/timelines/home limit=1&with_muted=true",
      'POST /api/v1/statuses {"status":"x","preview":true}',
    ]);
  });
});

describe("a copy of a page", () => {
  const COPIES = {
    "an empty list": () => [],
    filter: (page) => page.filter(() => true),
    spread: (page) => [...page],
    JSON: (page) => JSON.parse(JSON.stringify(page)),
    structuredClone: (page) => structuredClone(page),
  };
  for (const [name, copy] of Object.entries(COPIES)) {
    it(`is no end of the list: ${name}`, async () => {
      const { m } = client();
      const copied = copy(await m.timelineHome());
      const iterate = async (iterator) => {
        for await (const _ of iterator);
      };
      for (const attempt of [
        () => m.fetchNext(copied),
        () => m.fetchPrevious(copied),
        () => m.fetchRemaining(copied),
        async () => iterate(m.paginationIterator(copied)),
        async () => iterate(m.paginationPageIterator(copied)),
      ]) {
        await assert.rejects(attempt(), {
          name: "MastodonIllegalArgumentError",
          message: /a copy of a page.*keep its `pagination`/,
        });
      }
    });
  }

  it("is a page again with its pagination", async () => {
    const { m } = client();
    const page = await m.timelineHome();
    const kept = JSON.parse(JSON.stringify({ posts: page, pagination: page.pagination }));
    assert.equal((await m.fetchNext(kept.pagination)).length, 2);
    assert.equal((await m.fetchNext(kept)).length, 2);
  });
});

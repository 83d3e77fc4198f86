// Loops over the pages of a list: what ends them, what keeps them alive, and which pages they ask for.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Mastodon } from "../../pkg/node.js";
import { collect } from "../memory.mjs";

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const HOME = "https://mastodon.example";

/** A server whose ids count down to 1, with as many entries on a page as `limit` says. */
function server({ link = (path, next) => `<${HOME}${path}?max_id=${next}>; rel="next"` } = {}) {
  const requests = [];
  const fetch = async (url, init) => {
    const { pathname, search, searchParams: given } = new URL(url);
    requests.push({ line: pathname + decodeURIComponent(search), signal: init.signal });
    const number = (name, otherwise) => Number(given.get(name) ?? otherwise);
    const newest = number("max_id", 1001) - 1;
    const oldest = Math.max(newest - number("limit", 2) + 1, number("since_id", 0) + 1, 1);
    const ids = [];
    for (let id = newest; id >= oldest; id -= 1) ids.push({ id: String(id) });
    const headers = ids.length > 0 ? { link: link(pathname, oldest) } : {};
    return Response.json(ids, { headers });
  };
  const client = () => new Mastodon({ api_base_url: HOME, access_token: "t", fetch });
  return { client, requests, lines: () => requests.map(({ line }) => line) };
}

/** The ids that a loop yields, and what it rejects with. */
async function loop(list, body = () => {}) {
  const ids = [];
  try {
    for await (const { id } of list) {
      ids.push(Number(id));
      if ((await body(ids)) === "break") break;
    }
  } catch (error) {
    return { ids, error };
  }
  return { ids };
}

describe("a loop over a list", () => {
  it("ends with the signal of its call, also after the first page", async () => {
    const { client, requests } = server();
    const controller = new AbortController();
    const { signal } = controller;
    const reason = new Error("enough");
    const { ids, error } = await loop(client().timelineHome({ signal }), (ids) => {
      if (ids.length === 3) controller.abort(reason);
    });
    // The page that was there is not taken back.
    assert.deepEqual(ids, [1000, 999, 998, 997]);
    assert.equal(error, reason);
    // One that was under way is aborted.
    assert.ok(requests.length === 2 || requests[2].signal.aborted);
    assert.ok(requests.length <= 3, `${requests.length} requests`);
  });

  it("ends with the time of its call", async () => {
    const { client } = server();
    const { ids, error } = await loop(client().timelineHome({ timeout: 1 }), (ids) =>
      ids.length === 1 ? pause(1100) : undefined,
    );
    assert.equal(error?.name, "MastodonReadTimeout");
    assert.deepEqual(ids, [1000, 999]);
  });

  it("holds its client, when nobody else does", async () => {
    const { client } = server();
    const open = () => client().timelineHome();
    const list = open();
    for (let round = 0; round < 3; round += 1) {
      await pause(10);
      collect();
    }
    const { ids, error } = await loop(list, async (ids) => {
      collect();
      await pause(1);
      return ids.length === 5 ? "break" : undefined;
    });
    assert.deepEqual([ids, error], [[1000, 999, 998, 997, 996], undefined]);
    assert.deepEqual((await loop(list, () => "break")).ids, [1000], "a second time");
  });

  it("leaves nothing on a signal, however it is left", async () => {
    const { client } = server();
    const m = client();
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...args) => {
      listeners += 1;
      addEventListener.apply(signal, args);
    };
    signal.removeEventListener = (...args) => {
      listeners -= 1;
      removeEventListener.apply(signal, args);
    };
    for (let round = 0; round < 20; round += 1) {
      await loop(m.timelineHome({ signal }), () => "break");
      await loop(
        m.paginationIterator(await m.timelineHome(), { signal, timeout: 60 }),
        () => "break",
      );
    }
    const { error } = await loop(m.timelineHome({ signal }), () => {
      throw new Error("the body's own");
    });
    assert.equal(error.message, "the body's own");
    assert.equal(listeners, 0);
  });

  it("goes on to newer pages with `min_id`, in order of time", async () => {
    const lines = [];
    const fetch = async (url) => {
      const { pathname, search, searchParams } = new URL(url);
      lines.push(search);
      const after = Number(searchParams.get("min_id"));
      const ids = [1, 2, 3].map((step) => after + step).filter((id) => id <= 1000);
      const link = `<${HOME}${pathname}?max_id=${ids[0]}>; rel="next", <${HOME}${pathname}?min_id=${ids.at(-1)}>; rel="prev"`;
      const headers = ids.length > 0 ? { link } : {};
      return Response.json(
        ids.reverse().map((id) => ({ id: String(id) })),
        { headers },
      );
    };
    const m = new Mastodon({ api_base_url: HOME, access_token: "t", fetch });
    const { ids, error } = await loop(m.timelineHome({ min_id: "992", limit: 3 }));
    assert.deepEqual(ids, [993, 994, 995, 996, 997, 998, 999, 1000]);
    assert.equal(error, undefined);
    assert.equal(lines[1], "?limit=3&min_id=995");
    assert.deepEqual(
      (await m.timelineHome({ min_id: "992", limit: 3 }))[0].id,
      "995",
      "newest first",
    );
  });

  it("says how to go over pages that are objects", async () => {
    const link = `<${HOME}/api/v2/notifications?max_id=1>; rel="next"`;
    const fetch = async () => Response.json({ notification_groups: [] }, { headers: { link } });
    const m = new Mastodon({ api_base_url: HOME, access_token: "t", fetch });
    const page = await m.groupedNotifications();
    const { error } = await loop(m.paginationIterator(page));
    assert.equal(error.name, "MastodonIllegalArgumentError");
    assert.match(error.message, /use `paginationPageIterator`/);
  });

  it("is refused once its client is closed", async () => {
    const { client, requests } = server();
    const m = client();
    const list = m.timelineHome();
    await list;
    m.close();
    assert.match((await loop(list)).error.message, /closed/);
    assert.equal(requests.length, 1);
  });

  it("takes no time that can only be meant in milliseconds", async () => {
    const { client } = server();
    const m = client();
    const page = await m.timelineHome();
    assert.throws(() => m.paginationIterator(page, { timeout: 30_000 }), {
      name: "MastodonIllegalArgumentError",
      message: /`timeout` is in seconds/,
    });
  });

  it("goes over what PHP makes of a list with gaps", async () => {
    const fetch = async () => Response.json({ 0: { id: "5" }, 2: { id: "3" } });
    const m = new Mastodon({ api_base_url: HOME, fetch });
    assert.deepEqual(await loop(m.timelineHome()), { ids: [5, 3] });
  });
});

describe("the next page", () => {
  it("keeps to what the caller wanted nothing older than", async () => {
    const { client, lines } = server();
    assert.deepEqual(await loop(client().timelineHome({ since_id: "995", limit: 2 })), {
      ids: [1000, 999, 998, 997, 996],
    });
    assert.deepEqual(lines(), [
      "/api/v1/timelines/home?since_id=995&limit=2",
      "/api/v1/timelines/home?limit=2&since_id=995&max_id=999",
      "/api/v1/timelines/home?limit=2&since_id=995&max_id=997",
      "/api/v1/timelines/home?limit=2&since_id=995&max_id=996",
    ]);
  });

  it("does so in lists whose newer pages have `since_id` for a cursor, too", async () => {
    const link = (path, next) =>
      `<${HOME}${path}?max_id=${next}>; rel="next", <${HOME}${path}?since_id=${next + 1}>; rel="prev"`;
    const { client } = server({ link });
    const { ids } = await loop(client().mutes({ since_id: "994", limit: 2 }));
    assert.deepEqual(ids, [1000, 999, 998, 997, 996, 995]);
  });

  it("is bounded by `min_id`, too, which is no cursor of older pages", async () => {
    const { client, lines } = server();
    const m = client();
    const page = await m.timelineHome({ min_id: "997", limit: 2 });
    await m.fetchNext(page);
    assert.equal(lines()[1], "/api/v1/timelines/home?limit=2&since_id=997&max_id=999");
  });

  it("is not bounded by a cursor of the server's", async () => {
    for (const cursor of ["since_id", "min_id"]) {
      const { client, lines } = server({
        link: (path, next) =>
          `<${HOME}${path}?max_id=${next}>; rel="next", <${HOME}${path}?${cursor}=999>; rel="prev"`,
      });
      const m = client();
      const newer = await m.fetchPrevious(await m.timelineHome());
      await m.fetchNext(newer);
      assert.deepEqual(lines().slice(1), [
        `/api/v1/timelines/home?${cursor}=999`,
        `/api/v1/timelines/home?max_id=${cursor === "since_id" ? 1000 : 999}`,
      ]);
    }
  });

  it("has the parameters that are passed with it", async () => {
    const { client, lines } = server();
    const m = client();
    const page = await m.timelineHome({ limit: 1 });
    await m.fetchNext(page, { extra: { limit: 3, with_muted: true } });
    await loop(m.paginationIterator(page, { extra: { with_muted: true } }), ({ length }) =>
      length === 3 ? "break" : undefined,
    );
    assert.deepEqual(lines().slice(1), [
      "/api/v1/timelines/home?max_id=1000&limit=3&with_muted=true",
      "/api/v1/timelines/home?limit=1&max_id=1000&with_muted=true",
      "/api/v1/timelines/home?limit=1&with_muted=true&max_id=999",
    ]);
    assert.deepEqual(page.pagination.next.params, { limit: "1", max_id: "1000" });
  });

  it("keeps the filters of a search, whose cursor is its offset", async () => {
    const lines = [];
    const fetch = async (url) => {
      lines.push(decodeURIComponent(new URL(url).search));
      return Response.json({ accounts: [], hashtags: [], statuses: [{ id: "4" }, { id: "5" }] });
    };
    const m = new Mastodon({ api_base_url: HOME, access_token: "t", fetch });
    const options = { result_type: "statuses", max_id: "500", min_id: "3" };
    await m.fetchNext(await m.search("x", options));
    assert.match(lines[1], /max_id=500/);
    assert.match(lines[1], /min_id=3/);
    assert.match(lines[1], /offset=2/);
  });

  it("leads back to where it came from, in lists that are counted", async () => {
    const lines = [];
    const all = Array.from({ length: 23 }, (_, index) => ({ name: `t${index}` }));
    const fetch = async (url) => {
      const { search, searchParams } = new URL(url);
      lines.push(search);
      const offset = Number(searchParams.get("offset") ?? 0);
      return Response.json(all.slice(offset, offset + 10));
    };
    const m = new Mastodon({ api_base_url: HOME, fetch });
    let page = await m.trendingTags();
    for (let round = 0; round < 3; round += 1) page = await m.fetchNext(page);
    assert.deepEqual(page, []);
    const back = [];
    for await (const own of m.paginationPageIterator(page, { direction: "previous" })) {
      back.push(own.map(({ name }) => name).join(" "));
    }
    const names = all.map(({ name }) => name);
    assert.deepEqual(back, [
      "",
      names.slice(20).join(" "),
      names.slice(10, 20).join(" "),
      names.slice(0, 10).join(" "),
    ]);
  });

  it("keeps the query of a path that was redirected, or asked for", async () => {
    const lines = [];
    const fetch = async (url) => {
      const { pathname, search } = new URL(url);
      lines.push(pathname + search);
      if (pathname.endsWith("/home")) {
        const location = `${pathname}/${search}`;
        return new Response(null, { status: 308, headers: { location } });
      }
      const link = `<${url.split("?")[0]}?max_id=5>; rel="next"`;
      return Response.json([{ id: "5" }], { headers: { link } });
    };
    const m = new Mastodon({ api_base_url: HOME, access_token: "t", fetch });
    await m.fetchNext(await m.timelineHome({ limit: 1 }));
    await m.fetchNext(await m.request("GET", "/api/v1/bubble?limit=5&a%5B%5D=1", { b: 2 }));
    assert.deepEqual(lines, [
      "/api/v1/timelines/home?limit=1",
      "/api/v1/timelines/home/?limit=1",
      "/api/v1/timelines/home/?limit=1&max_id=5",
      "/api/v1/bubble?limit=5&a%5B%5D=1&b=2",
      "/api/v1/bubble?limit=5&a%5B%5D=1&b=2&max_id=5",
    ]);
  });
});

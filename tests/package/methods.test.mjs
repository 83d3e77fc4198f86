// Methods that are more than one request, or put one together: against a `fetch` that answers as told.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as library from "../../pkg/node.js";
import { givenTime } from "../time.mjs";

givenTime();

const { Mastodon } = library;
const HOME = "https://mastodon.example";

const json =
  (body, status = 200, headers = {}) =>
  () =>
    new Response(JSON.stringify(body), { status, headers });
const dropped = () => {
  throw new TypeError("connection dropped");
};

/** A client whose requests are answered in turn, and what it sent. */
function client(answers, options = {}) {
  const sent = [];
  const fetch = async (url, init) => {
    const { pathname, searchParams } = new URL(url);
    // Through a `fetch` that was given, multipart goes as bytes with their type.
    const body =
      init.body instanceof Uint8Array
        ? await new Response(init.body, { headers: init.headers }).formData()
        : (init.body ?? null);
    sent.push({
      line: `${init.method} ${pathname}`,
      query: Object.fromEntries(searchParams),
      body: typeof body === "string" && body.startsWith("{") ? JSON.parse(body) : body,
      key: new Headers(init.headers).get("idempotency-key"),
    });
    assert.ok(sent.length <= answers.length, `one request too many: ${sent.at(-1).line}`);
    return answers[sent.length - 1]();
  };
  const m = new Mastodon({ api_base_url: HOME, access_token: "token", fetch, ...options });
  return { m, sent, lines: () => sent.map(({ line }) => line) };
}

const illegal = (words) => (error) =>
  error instanceof library.MastodonIllegalArgumentError && words.test(error.message);

describe("statusPost", () => {
  it("is tried once more with the same key when the connection drops", async () => {
    const { m, sent, lines } = client([dropped, json({ version: "4.5.0" }), json({ id: "1" })]);
    assert.deepEqual(await m.statusPost("Hello"), { id: "1" });
    assert.ok(sent[0].key.length > 15);
    assert.equal(sent[2].key, sent[0].key);
    const [post] = lines();
    assert.deepEqual(lines(), [post, "GET /api/v2/instance", post]);
  });

  it("is sent once to a server that does not honour the key", async () => {
    const { m, lines } = client([dropped, json({ version: "0.20.1+git-57cb4fe" })]);
    await assert.rejects(m.statusPost("Hello"), library.MastodonNetworkError);
    assert.equal(lines().length, 2);
  });

  it("says so where a server posts it without its poll", async (t) => {
    const warn = t.mock.method(console, "warn", () => {});
    const { m } = client([json({ id: "1", poll: null }), json({ id: "2", poll: { id: "3" } })]);
    const poll = m.makePoll(["Tea", "Coffee"], 300);
    await m.statusPost("x", { poll });
    await m.statusPost("x", { poll });
    assert.equal(warn.mock.callCount(), 1);
  });

  it("has another key each time, or the caller's", async () => {
    const { m, sent } = client([json({}), json({}), json({})]);
    await m.statusPost("a");
    await m.toot("b");
    await m.statusPost("c", { idempotency_key: "mine" });
    assert.notEqual(sent[0].key, sent[1].key);
    assert.equal(sent[2].key, "mine");
  });

  it("sends a poll, a time and media as JSON", async () => {
    const { m, sent } = client([json({})]);
    const poll = m.makePoll(["Tea", "Coffee"], 300, { multiple: true });
    const scheduled_at = new Date("2030-01-02T03:04:05.000Z");
    await m.statusPost("x", { poll, scheduled_at, media_ids: [{ id: "1" }, 2], sensitive: false });
    assert.deepEqual(sent[0].body, {
      status: "x",
      poll: { options: ["Tea", "Coffee"], expires_in: 300, multiple: true, hide_totals: false },
      scheduled_at: "2030-01-02T03:04:05.000Z",
      media_ids: ["1", "2"],
      sensitive: false,
    });
  });

  it("keeps to the dialect of the server", async () => {
    const { m } = client([]);
    await assert.rejects(m.statusPost("x", { quote_id: "1" }), illegal(/fedibird/));
    await assert.rejects(
      m.statusPost("x", { content_type: "text/markdown", strict_content_type: true }),
      illegal(/pleroma/),
    );
    const pleroma = client([json({})], { feature_set: "pleroma" });
    await pleroma.m.statusPost("x", { content_type: "text/markdown", strict_content_type: true });
    assert.deepEqual(pleroma.sent[0].body, { status: "x", content_type: "text/markdown" });
  });

  it("refuses what it does not know before anything is sent", async () => {
    const { m } = client([]);
    await assert.rejects(
      m.statusPost("x", { visiblity: "public" }),
      illegal(/did you mean `visibility`/),
    );
    await assert.rejects(m.statusPost("x", { visibility: "pubic" }), illegal(/one of public/));
    await assert.rejects(m.statusPost("x", { poll: { answers: [] } }), illegal(/answers/));
    await assert.rejects(m.statusPost(), illegal(/status/));
  });
});

describe("statusReply", () => {
  const status = {
    id: "7",
    account: { id: "2", acct: "ada@else.example" },
    mentions: [
      { id: "1", acct: "me" },
      { id: "3", acct: "bob" },
      { id: "2", acct: "ada@else.example" },
    ],
    visibility: "unlisted",
    spoiler_text: "food",
  };

  it("mentions everybody but oneself, and asks once who that is", async () => {
    const { m, sent, lines } = client([json({ id: "1" }), json({}), json({})]);
    await m.statusReply(status, "Thanks");
    await m.statusReply(status, "Hm", { untag: true, visibility: "direct", spoiler_text: "" });
    assert.deepEqual(lines(), [
      "GET /api/v1/accounts/verify_credentials",
      "POST /api/v1/statuses",
      "POST /api/v1/statuses",
    ]);
    assert.deepEqual(sent[1].body, {
      status: "@ada@else.example @bob Thanks",
      in_reply_to_id: "7",
      visibility: "unlisted",
      spoiler_text: "food",
    });
    assert.deepEqual(sent[2].body, {
      status: "@ada@else.example Hm",
      in_reply_to_id: "7",
      visibility: "direct",
      spoiler_text: "",
    });
    assert.ok(sent[1].key && sent[1].key !== sent[2].key);
  });

  it("of a boost is one to the boosted status", async () => {
    const { m, sent } = client([json({ id: "1" }), json({})]);
    const boost = { ...status, id: "9", account: { id: "5", acct: "booster" }, reblog: status };
    await m.statusReply(boost, "Thanks", { untag: true });
    assert.deepEqual(
      [sent[1].body.status, sent[1].body.in_reply_to_id],
      ["@ada@else.example Thanks", "7"],
    );
  });

  it("wants the whole status", async () => {
    const { m } = client([]);
    await assert.rejects(m.statusReply("7", "x"), illegal(/to_status.*statusPost.*in_reply_to_id/));
    await assert.rejects(m.statusReply({ id: "7" }, "x"), illegal(/to_status/));
    const trap = Object.defineProperty({ id: "7" }, "account", {
      get() {
        throw new RangeError("trap");
      },
    });
    await assert.rejects(m.statusReply(trap, "x"), (error) => error.cause instanceof RangeError);
  });
});

describe("statusUpdate", () => {
  it("keeps media whose description changes", async () => {
    const { m, sent } = client([json({}), json({})]);
    const thumbnail = new Uint8Array([0xff, 0xd8, 0xff, 0xe0]);
    const edit = await m.generateMediaEditAttributes("2", {
      description: "A cat",
      focus: [0.5, -1],
      thumbnail,
    });
    assert.deepEqual(edit, {
      id: "2",
      description: "A cat",
      focus: "0.5,-1",
      thumbnail: "data:image/jpeg;base64,/9j/4A==",
    });
    await m.statusUpdate("9", "x", { media_ids: ["1", "2"], media_attributes: [edit] });
    assert.equal(sent[0].line, "PUT /api/v1/statuses/9");
    assert.deepEqual(sent[0].body, {
      status: "x",
      media_ids: ["1", "2"],
      media_attributes: [edit],
    });
    await m.statusUpdate("9", "x", { media_attributes: [edit] });
    assert.deepEqual(sent[1].body.media_ids, ["2"]);
  });
});

describe("mediaPost", () => {
  const bytes = () => new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);

  it("resolves with the first answer", async () => {
    const { m, sent } = client([json({ id: "5", url: null }, 202)]);
    const data = bytes();
    const media = m.mediaPost(data, { description: "A dot", focus: [0, 1] });
    data.fill(0);
    assert.deepEqual(await media, { id: "5", url: null });
    const file = sent[0].body.get("file");
    assert.equal(file.type, "image/png");
    assert.equal(file.name, "file.png");
    assert.deepEqual(new Uint8Array(await file.arrayBuffer()), bytes());
    assert.equal(sent[0].body.get("description"), "A dot");
    assert.equal(sent[0].body.get("focus"), "0,1");
  });

  it("waits until the file is processed", async () => {
    const { m, lines } = client([
      json({ id: "5", url: null }, 202),
      json({ id: "5", url: null }, 206),
      json({ id: "5", url: "https://files.example/5" }),
    ]);
    const media = await m.mediaPost(new Blob([bytes()], { type: "image/png" }), {
      synchronous: true,
    });
    assert.equal(media.url, "https://files.example/5");
    assert.deepEqual(lines(), ["POST /api/v2/media", "GET /api/v1/media/5", "GET /api/v1/media/5"]);
  });

  it("asks nothing more where the file is ready at once", async () => {
    const { m } = client([json({ id: "5", url: "https://files.example/5" })]);
    await m.mediaPost(bytes(), { synchronous: true });
  });

  it("rejects where processing fails, and where time is up", async () => {
    const failing = client([json({ id: "5" }, 202), json({ error: "broken" }, 422)]);
    await assert.rejects(
      failing.m.mediaPost(bytes(), { synchronous: true }),
      (error) => error instanceof library.MastodonAPIError && error.status === 422,
    );
    const slow = client([json({ id: "5" }, 202)]);
    await assert.rejects(
      slow.m.mediaPost(bytes(), { synchronous: true, timeout: 0.1 }),
      library.MastodonReadTimeout,
    );
  });

  it("takes name and type as they are given", async () => {
    const { m, sent } = client([json({}), json({})]);
    await m.mediaPost(new File([bytes()], "dot.png", { type: "image/png" }));
    await m.mediaPost(bytes(), {
      file_name: "cat.webm",
      mime_type: "video/webm",
      thumbnail: bytes(),
      thumbnail_mime_type: "image/x-dot",
    });
    assert.equal(sent[0].body.get("file").name, "dot.png");
    const [file, thumbnail] = [sent[1].body.get("file"), sent[1].body.get("thumbnail")];
    assert.deepEqual(
      [file.name, file.type, thumbnail.type],
      ["cat.webm", "video/webm", "image/x-dot"],
    );
  });
});

describe("older servers", () => {
  const missing = json({ error: "Not found" }, 404);

  it("are asked in their form once they turn out to be old", async () => {
    const found = { accounts: [], statuses: [], hashtags: ["cats"] };
    const { m, lines } = client([missing, json(found)]);
    assert.deepEqual(await m.search("cats"), found);
    assert.deepEqual(lines(), ["GET /api/v2/search", "GET /api/v1/search"]);
  });

  it("are asked in their form at once where the version is known", async () => {
    const { m, lines } = client([json([{ id: "1" }]), json([]), json({ id: "1" }), json({})], {
      mastodon_version: "2.4.0",
    });
    assert.deepEqual(await m.suggestions(), [{ id: "1" }]);
    await m.trendingTags();
    await m.mediaPost(new Blob(["x"]));
    await m.statusCard("4");
    assert.deepEqual(lines(), [
      "GET /api/v1/suggestions",
      "GET /api/v1/trends",
      "POST /api/v1/media",
      "GET /api/v1/statuses/4/card",
    ]);
    await assert.rejects(m.search("x", { offset: 1 }), library.MastodonVersionError);
    await assert.rejects(
      m.mediaPost(new Blob(["x"]), { thumbnail: new Blob(["y"]) }),
      library.MastodonVersionError,
    );
  });

  it("are tried where the version is known to be new, too: servers say what they like", async () => {
    const { m } = client([missing, missing], { mastodon_version: "4.5.0" });
    await assert.rejects(m.suggestions(), library.MastodonNotFoundError);
  });

  it("tell of the first refusal where they have neither form", async () => {
    const { m } = client([missing, missing]);
    await assert.rejects(m.trends(), (error) => error.path === "/api/v1/trends/tags");
  });

  it("have reports; newer ones do not", async () => {
    const old = client([json([])], { mastodon_version: "2.4.3" });
    assert.deepEqual(await old.m.reports(), []);
    const current = client([json({ version: "4.5.0" })]);
    await assert.rejects(current.m.reports(), library.MastodonVersionError);
  });
});

describe("search", () => {
  it("says what it says by default, and goes on by offset where it has a type", async () => {
    const { m, sent } = client([json({ accounts: [{ id: "1" }] }), json({ accounts: [] })]);
    const plain = await m.search("x");
    assert.deepEqual(sent[0].query, { q: "x", resolve: "true", exclude_unreviewed: "true" });
    assert.deepEqual(plain.pagination, { next: null, prev: null });
    const { m: other, sent: asked } = client([
      json({ accounts: [{ id: "1" }] }),
      json({ accounts: [] }),
    ]);
    const page = await other.searchV2("x", { result_type: "accounts", resolve: false });
    assert.deepEqual(asked[0].query, {
      q: "x",
      resolve: "false",
      exclude_unreviewed: "true",
      type: "accounts",
    });
    await other.fetchNext(page);
    assert.equal(asked[1].query.offset, "1");
  });
});

describe("timeline", () => {
  it("finds the path of a name", async () => {
    const { m, sent, lines } = client(Array(7).fill(json([])));
    await m.timeline();
    await m.timeline({ timeline: "local", only_media: true });
    await m.timeline({ timeline: "tag/c d" });
    await m.timeline({ timeline: "list/5" });
    await m.timeline({ timeline: "link?url=https://a.example/?b=c" });
    await m.timelineLocal({ max_id: new Date(0) });
    await m.timelineLink("https://a.example/");
    assert.deepEqual(lines(), [
      "GET /api/v1/timelines/home",
      "GET /api/v1/timelines/public",
      "GET /api/v1/timelines/tag/c%20d",
      "GET /api/v1/timelines/list/5",
      "GET /api/v1/timelines/link",
      "GET /api/v1/timelines/public",
      "GET /api/v1/timelines/link",
    ]);
    assert.deepEqual(sent[1].query, { local: "true", only_media: "true" });
    assert.deepEqual(sent[4].query, { url: "https://a.example/?b=c" });
    assert.deepEqual(sent[5].query, { local: "true", max_id: "0" });
    await assert.rejects(m.timeline({ timeline: "tag/#x" }), illegal(/#/));
    await assert.rejects(m.timelineHashtag("#x"), illegal(/hashtag/));
    await assert.rejects(m.tagFollow("#x"), illegal(/hashtag/));
  });
});

describe("markers", () => {
  it("are set each under its timeline", async () => {
    const { m, sent } = client([json({}), json({}), json({})]);
    await m.markersSet(["home", "notifications"], ["1", { id: "2" }]);
    assert.deepEqual(sent[0].body, {
      home: { last_read_id: "1" },
      notifications: { last_read_id: "2" },
    });
    await m.markersSet("home", "3");
    assert.deepEqual(sent[1].body, { home: { last_read_id: "3" } });
    await assert.rejects(m.markersSet(["home"], ["1", "2"]), illegal(/same length/));
    await m.markersGet();
    assert.equal(sent[2].line, "GET /api/v1/markers");
  });
});

describe("follows", () => {
  it("follows the first account found", async () => {
    const { m, sent, lines } = client([json([{ id: "4" }]), json({ following: true }), json([])]);
    await m.follows("ada@else.example");
    assert.deepEqual(lines(), ["GET /api/v1/accounts/search", "POST /api/v1/accounts/4/follow"]);
    assert.equal(sent[0].query.q, "ada@else.example");
    await assert.rejects(m.follows("nobody"), {
      name: "MastodonNotFoundError",
      status: 404,
      method: "GET",
      path: "/api/v1/accounts/search",
    });
  });
});

describe("accountUpdateCredentials", () => {
  it("sends rows and settings under their names, pictures as files", async () => {
    const { m, sent } = client([json({}), json({})]);
    await m.accountUpdateCredentials({ fields: [["a", "b"]], default_privacy: "private" });
    assert.deepEqual(sent[0].body, {
      fields_attributes: { 0: { name: "a", value: "b" } },
      source: { privacy: "private" },
    });
    await m.profileUpdate({ avatar: new Blob(["x"]), avatar_mime_type: "image/gif", bot: true });
    assert.equal(sent[1].line, "PATCH /api/v1/profile");
    assert.equal(sent[1].body.get("avatar").type, "image/gif");
    assert.equal(sent[1].body.get("bot"), "true");
  });

  it("takes all rows away, also beside a picture", async () => {
    const { m, sent } = client([json({}), json({})]);
    await m.accountUpdateCredentials({ fields: [] });
    assert.deepEqual(sent[0].body, { fields_attributes: {} });
    await m.accountUpdateCredentials({ fields: [], avatar: new Blob(["x"]) });
    assert.equal(sent[1].body.get("fields_attributes[0][name]"), "");
  });
});

describe("a flag that is false", () => {
  it("is not sent to servers that only look whether it is there", async () => {
    const { m, sent } = client([json([]), json([])]);
    await m.adminAccounts({ local: false, remote: false, staff_only: false });
    assert.deepEqual(sent[0].query, { active: "true" });
    await m.adminReports({ resolved: false });
    assert.deepEqual(sent[1].query, {});
  });
});

describe("a server that refuses a body", () => {
  it("is not taken for one that reads forms alone, where the body was a file", async () => {
    const { m, sent, lines } = client([json({}, 415), json({})]);
    const avatar = new Blob(["x"]);
    await assert.rejects(m.accountUpdateCredentials({ avatar }), { status: 415 });
    await m.pollVote("9", [0]);
    assert.deepEqual(lines(), [
      "PATCH /api/v1/accounts/update_credentials",
      "POST /api/v1/polls/9/votes",
    ]);
    assert.deepEqual(sent[1].body, { choices: [0] });
  });

  it("is sent forms once it has taken one", async () => {
    const { m, sent } = client([json({}, 415), json({}, 415), json({}, 415), json({}), json({})]);
    await assert.rejects(m.pollVote("9", [0]), { status: 415 });
    await m.pollVote("9", [0]);
    await m.pollVote("9", [0]);
    const forms = sent.map(({ body }) => typeof body === "string");
    assert.deepEqual(forms, [false, true, false, true, true]);
  });
});

describe("makePoll", () => {
  it("puts a poll together, or throws", () => {
    const { m } = client([]);
    assert.deepEqual(m.makePoll("One", 60), {
      options: ["One"],
      expires_in: 60,
      multiple: false,
      hide_totals: false,
    });
    assert.throws(() => m.makePoll(["a"], "soon"), illegal(/expires_in/));
    assert.throws(() => m.makePoll(["a"], 60, { multipel: true }), illegal(/did you mean/));
  });
});

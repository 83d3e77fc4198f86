// What a client decides by itself, without a server: versions, limits, addresses, links, encodings.
import "./source.mjs";
import assert from "node:assert/strict";
import { describe, it } from "node:test";

const source = (name) => import(`../../src/${name}.js`);
const { parseVersion, printVersion } = await source("client/version");
const { afterRefusal, beforeRequest, LONGEST, resetAt } = await source("client/ratelimit");
const { isLoopback } = await source("client/base_url");
const { parseLink } = await source("page");
const { parse: parseRefresh } = await source("async_refresh");
const { body, form } = await source("params/encode");
const { address } = await source("api/statuses");
const { isVerifier } = await source("api/authentication");

const NOW = Date.parse("2026-09-21T14:13:20.000Z");

describe("versions", () => {
  for (const [text, version] of [
    ["4.4.3", "4.4.3"],
    ["4.5.0-beta.2", "4.5.0"],
    ["4.3.1+glitch", "4.3.1"],
    ["4.4.0-beta.1+glitch", "4.4.0"],
    ["2.7.2 (compatible; Pleroma 2.5.0)", "2.7.2"],
    ["3.5.3 (compatible; Akkoma)", "3.5.3"],
    ["0.20.1+git-57cb4fe", "0.20.1"],
    ["0.8.1+3.1.0", "3.1.0"],
    ["4.2.0rc1", "4.2.0"],
    ["4.2rc1.7", "4.2.0"],
    ["v3.2", "3.2.0"],
    ["4", "4.0.0"],
    ["4.10.12", "4.10.12"],
    ["", "0.0.0"],
    ["nightly", "0.0.0"],
    ["+", "0.0.0"],
    ["999999.1.1", "999.1.1"],
  ]) {
    it(`reads ${version} in ${JSON.stringify(text)}`, () => {
      assert.equal(printVersion(parseVersion(text)), version);
    });
  }
});

describe("rate limits", () => {
  it("have a reset in ISO 8601, in epoch seconds or in seconds that are left", () => {
    assert.equal(resetAt("2026-09-21T14:13:20.000Z", NOW, 0), NOW);
    const epoch = String(NOW / 1000 + 60);
    assert.equal(resetAt(epoch, NOW, 0), NOW + 60_000);
    assert.equal(resetAt(epoch, NOW, 60_000), NOW);
    assert.equal(resetAt("30", NOW, 99), NOW + 30_000);
    for (const nonsense of ["soon", " ", "", undefined, "9".repeat(400)])
      assert.equal(resetAt(nonsense, NOW, 0), undefined);
  });

  it("are waited for only when nothing is left", () => {
    const limit = { remaining: 1, reset: NOW + 5000 };
    assert.equal(beforeRequest(limit, "wait", NOW, NOW, 1.1), 0);
    limit.remaining = 0;
    assert.equal(beforeRequest(limit, "wait", NOW, NOW, 1.1), 5000);
    assert.equal(beforeRequest(limit, "throw", NOW, NOW, 1.1), 0);
    assert.equal(beforeRequest(limit, "wait", NOW + 6000, NOW, 1.1), 0);
    limit.reset = NOW + 1e9;
    assert.equal(beforeRequest(limit, "pace", NOW, NOW, 1.1), LONGEST);
    assert.equal(beforeRequest(undefined, "pace", NOW, NOW, 1.1), 0);
  });

  it("are paced over the time that is left", () => {
    const limit = { remaining: 10, reset: NOW + 11_000 };
    assert.equal(beforeRequest(limit, "pace", NOW, NOW - 100, 1), 1000);
    assert.equal(beforeRequest(limit, "pace", NOW, NOW - 5000, 1), 0);
  });

  it("without a usable reset are asked about five times", () => {
    const waits = [0, 1, 2, 3, 4, 5, 6].map((attempt) => afterRefusal(NOW - 1, NOW, attempt));
    assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000, undefined, undefined]);
    assert.equal(afterRefusal(NOW + 400, NOW, 6), 500);
    assert.equal(afterRefusal(undefined, NOW, 0), 1000);
  });
});

describe("loopback", () => {
  it("is this machine and nothing else", () => {
    for (const host of ["localhost", "127.0.0.1", "127.1.2.3", "[::1]", "app.localhost"])
      assert.ok(isLoopback(host), host);
    for (const host of [
      "127.0.0.1.example.org",
      "localhost.example.org",
      "10.0.0.1",
      "[::2]",
      "notlocalhost",
      "127.0.0.a",
      "127.0.0",
    ])
      assert.ok(!isLoopback(host), host);
  });
});

describe("links", () => {
  const next = "https://a.example/api/v1/timelines/home?limit=2&max_id=1";
  const prev = "https://a.example/api/v1/timelines/home?limit=2&min_id=9";
  for (const header of [
    `<${next}>; rel="next", <${prev}>; rel="prev"`,
    `<${next}>;rel=next,<${prev}>;REL="Prev"`,
    `<${next}>; title="x"; rel="start next" , <${prev}>; rel=previous; foo`,
  ]) {
    it(`are read: ${header}`, () => {
      const found = parseLink(header);
      assert.deepEqual([found.next, found.prev], [next, prev]);
    });
  }
  it("may have commas in them", () => {
    assert.equal(parseLink('</x?ids=1,2>; rel="next"').next, "/x?ids=1,2");
  });
  it("are none in nonsense", () => {
    for (const header of [
      "",
      "<",
      ">",
      "<>",
      "rel=next",
      "<https://x> rel next",
      "<https://x>; rel=last",
      '<https://x; rel="next"',
      ',;=<<>>""',
      "<>; rel=next",
    ]) {
      const { next, prev } = parseLink(header);
      assert.deepEqual([next, prev], [undefined, undefined], header);
    }
  });
  it("count once", () => {
    assert.equal(parseLink("<a>; rel=next, <b>; rel=next").next, "a");
  });
});

describe("the header of asynchronous refreshes", () => {
  it("is read", () => {
    const id = "ImNvbnRleHQ6MTEz==--abc";
    const header = `id="${id}", retry=3, result_count=2`;
    assert.deepEqual(parseRefresh(header), { id, retry: 3, result_count: 2 });
    assert.deepEqual(parseRefresh('id="x"'), { id: "x" });
    assert.equal(parseRefresh("retry=3"), undefined);
    assert.equal(parseRefresh(""), undefined);
    assert.equal(parseRefresh(undefined), undefined);
  });
});

describe("parameters", () => {
  it("are a form with the brackets of Rails", () => {
    const text = form([
      ["status", "Grüße & mehr=\n"],
      ["media_ids", ["1", "2"]],
      ["sensitive", false],
      ["poll", { options: ["a b"], expires_in: 60 }],
    ]);
    assert.deepEqual(
      [...new URLSearchParams(text)],
      [
        ["status", "Grüße & mehr=\n"],
        ["media_ids[]", "1"],
        ["media_ids[]", "2"],
        ["sensitive", "false"],
        ["poll[options][]", "a b"],
        ["poll[expires_in]", "60"],
      ],
    );
  });

  it("are JSON, in which brackets open objects", () => {
    const pairs = [
      ["data[alerts][follow]", true],
      ["data[alerts][poll]", false],
      ["data[policy]", "all"],
      ["keys", ["a", { n: 1.5 }]],
      ["empty", []],
      ["text", '"\\\n\u0001\u2028é'],
    ];
    const [text, type] = body({ verb: "POST", json: true, pairs });
    assert.equal(type, "application/json");
    assert.deepEqual(JSON.parse(text), {
      data: { alerts: { follow: true, poll: false }, policy: "all" },
      keys: ["a", { n: 1.5 }],
      empty: [],
      text: '"\\\n\u0001\u2028é',
    });
  });

  it("are multipart where there is a file, and nothing where there are none", () => {
    const pairs = [
      ["file", new Blob(["x"], { type: "image/png" })],
      ["focus", "0,1"],
    ];
    const [data, type] = body({ verb: "POST", json: true, pairs });
    assert.equal(type, undefined);
    assert.equal(data.get("focus"), "0,1");
    assert.equal(data.get("file").name, "file.png");
    assert.deepEqual(body({ verb: "POST", pairs: [] }), []);
    assert.deepEqual(body({ verb: "GET", pairs }), []);
  });
});

describe("a reply", () => {
  it("begins with those whom it is to, each once, oneself only as the author", () => {
    const to = [
      ["1", "mina"],
      ["2", "theo"],
      ["1", "mina"],
      ["3", "me"],
    ];
    assert.equal(address(to, "3", "Yes"), "@mina @theo Yes");
    assert.equal(address(to, "1", "Yes"), "@mina @theo @me Yes");
  });
});

describe("verifiers", () => {
  it("are as RFC 7636 has them", () => {
    assert.ok(isVerifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
    assert.ok(isVerifier("~".repeat(128)));
    for (const text of [
      "",
      "short",
      "a".repeat(42),
      "a".repeat(129),
      "ä".repeat(43),
      "+".repeat(43),
    ])
      assert.ok(!isVerifier(text), text);
  });
});

// Methods that work something out, in part without the server: lengths, filters, pictures, push
// messages, versions; against published vectors where there are any.
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

/** A client whose requests are answered in turn, and the lines of what it sent. */
function client(answers = [], options = {}) {
  const lines = [];
  const fetch = async (url, init) => {
    assert.equal(new URL(url).origin, HOME);
    lines.push(`${init.method} ${url.slice(HOME.length)}${init.body ? ` ${init.body}` : ""}`);
    assert.ok(lines.length <= answers.length, `one request too many: ${lines.at(-1)}`);
    return answers[lines.length - 1]();
  };
  const m = new Mastodon({ api_base_url: HOME, access_token: "token", fetch, ...options });
  return { m, lines };
}

const illegal = (words) => (error) =>
  error instanceof library.MastodonIllegalArgumentError && words.test(error.message);

describe("getStatusLength", () => {
  const count = (text, options) => Mastodon.getStatusLength(text, options);

  it("counts a link as 23", () => {
    for (const link of [
      "https://e.co",
      "HTTPS://EXAMPLE.COM",
      "https://example.com/path_(with)_pairs",
      "https://example.com?x=1&y=%20",
      "https://example.com:8080/",
      "http://例え.jp/あ",
      "https://example.com/@user@host.example",
      `https://${"a".repeat(500)}.com`,
    ]) {
      assert.equal(count(link), 23, link);
    }
  });

  it("counts letters of a query that are not ASCII as text, as Mastodon's own page does", () => {
    const link = "https://sub.sub2.Путин.рф/увидимся/в?Гааге=военный#преступник";
    assert.equal(count(link), 48);
    assert.equal(count(link, { spoiler_text: "what" }), 52);
  });

  it("leaves punctuation after a link to the sentence", () => {
    assert.equal(count("(see https://example.com.)"), 30);
    assert.equal(count("https://example.com#part"), 23 + 5);
  });

  it("takes for no link what the server takes for none", () => {
    for (const text of [
      "https://localhost/a",
      "xhttps://example.com",
      "ftp://example.com",
      "http://192.168.0.1/",
      "http://user:pass@host.example/",
    ]) {
      assert.equal(count(text), text.length, text);
    }
  });

  it("counts of a mention what is before the server", () => {
    assert.equal(count("@bob@example.com"), 4);
    assert.equal(count("@a@b.co, @c@d.ef."), 7);
    for (const text of ["a@example.com", "/@bob@example.com", "@bob@example.com@x"]) {
      assert.equal(count(text), text.length, text);
    }
  });

  it("counts what is drawn as one character as one", () => {
    assert.equal(count("👩‍👩‍👧‍👦🇩🇪e\u0301✊🏿\r\nñ"), 6);
    assert.equal(count("\u0301", { spoiler_text: "e" }), 1);
  });

  it("comes near where the platform cannot segment", () => {
    const { Segmenter } = Intl;
    Intl.Segmenter = undefined;
    try {
      assert.equal(count("👩‍👩‍👧‍👦🇩🇪e\u0301✊🏿\r\nab"), 7);
    } finally {
      Intl.Segmenter = Segmenter;
    }
  });

  it("is done with a megabyte of anything at once", () => {
    for (const part of ["(", "a.", "@a", "@a@b-", "https://", "(a", "x=&"]) {
      const begin = Date.now();
      count(`https://e.com/${part.repeat(1e6 / part.length)}`);
      assert.ok(Date.now() - begin < 3000, part);
    }
  });

  it("throws for what is no text", () => {
    assert.throws(() => count(5), illegal(/`text` must be a string, got 5/));
    assert.throws(() => count("x", { spoiler: "y" }), illegal(/unknown option/));
  });
});

describe("filtersApply", () => {
  const status = (content, more) => ({ id: "1", content, spoiler_text: "", ...more });
  const filter = (phrase, more) => ({
    phrase,
    context: ["home"],
    whole_word: true,
    expires_at: null,
    ...more,
  });
  const passes = async (object, ...filters) => {
    const { m } = client();
    return (await m.filtersApply([object], filters, "home")).length === 1;
  };

  it("looks into the text, not into its HTML", async () => {
    assert.ok(!(await passes(status("<a>#<span>rust</span></a>"), filter("#rust"))));
    assert.ok(!(await passes(status("this &amp; that"), filter("this & that"))));
    assert.ok(await passes(status('<p class="secret">x</p>'), filter("secret")));
    assert.ok(!(await passes(status("<p>one</p><p>two</p>"), filter("two"))));
  });

  it("looks into warnings, descriptions, polls and boosts", async () => {
    for (const more of [
      { spoiler_text: "spiders" },
      { media_attachments: [{ description: "two spiders" }] },
      { poll: { options: [{ title: "spiders" }] } },
      { reblog: status("spiders") },
    ]) {
      assert.ok(!(await passes(status("x", more), filter("Spiders"))), JSON.stringify(more));
      assert.ok(!(await passes({ id: "9", status: status("x", more) }, filter("spiders"))));
    }
    assert.ok(await passes({ id: "9", type: "follow" }, filter("spiders")));
  });

  it("knows words in any script", async () => {
    assert.ok(await passes(status("rusty"), filter("rust")));
    assert.ok(!(await passes(status("rusty"), filter("rust", { whole_word: false }))));
    assert.ok(await passes(status("naïve"), filter("na")));
    assert.ok(!(await passes(status("I write c++."), filter("c++"))));
  });

  it("passes over other places, ended filters, and filters without words", async () => {
    assert.ok(await passes(status("x"), filter("x", { context: ["public"] })));
    assert.ok(await passes(status("x"), filter("x", { expires_at: "2001-01-01T00:00:00Z" })));
    assert.ok(await passes(status("x"), filter("")));
    assert.ok(await passes(status("x")));
  });

  it("takes filters of the second version, with their statuses", async () => {
    const v2 = { context: ["home"], keywords: [], statuses: [] };
    const keywords = [{ keyword: "x", whole_word: false }];
    assert.ok(await passes(status("axe"), v2));
    assert.ok(!(await passes(status("axe"), { ...v2, keywords })));
    assert.ok(!(await passes(status("y"), { ...v2, statuses: [{ id: "7", status_id: "1" }] })));
  });

  it("decodes numeric entities", async () => {
    assert.ok(!(await passes(status("a&#x27;b &#128569;"), filter("a'b 😹"))));
  });

  it("is not spoiled by filters of forks that have null for a list or a text", async () => {
    const v2 = { context: ["home"], keywords: [{ keyword: "x", whole_word: false }] };
    const nothing = [
      { ...v2, context: null },
      { ...v2, keywords: null, statuses: null },
      { ...v2, keywords: [null, { keyword: null }, { keyword: { toString: 1 } }] },
      { ...v2, keywords: [], statuses: [null, { status_id: null }] },
    ];
    assert.ok(await passes(status("x"), ...nothing));
    assert.ok(!(await passes(status("x"), ...nothing, v2)));
    assert.ok(await passes({ id: "1", content: null, media_attachments: null, poll: null }, v2));
    assert.ok(await passes({ id: "1", content: { toString: 1 }, spoiler_text: 5 }, v2));
  });

  it("is done with 200 keywords in 20 KB at once", async () => {
    const keywords = Array.from({ length: 200 }, (_, at) => ({
      keyword: `${"a".repeat(40)}${at}`,
      whole_word: true,
    }));
    const filters = [{ context: ["home"], keywords }];
    const begin = performance.now();
    assert.ok(await passes(status("a".repeat(20_000)), ...filters));
    assert.ok(await passes(status("‹".repeat(160_000)), ...filters));
    assert.ok(performance.now() - begin < 3000);
  });

  it("refuses what is no list, and gives what an accessor threw as the cause", async () => {
    const { m } = client();
    await assert.rejects(m.filtersApply(null, [], "home"), illegal(/`objects` must be a list/));
    await assert.rejects(m.filtersApply([], [], "attic"), illegal(/one of home/));
    const cause = new Error("mine");
    const object = {
      get status() {
        throw cause;
      },
    };
    await assert.rejects(m.filtersApply([object], [filter("x")], "home"), (error) => {
      assert.equal(error.cause, cause);
      return illegal(/could not be read/)(error);
    });
  });
});

describe("decodeBlurhash", () => {
  const HASH = "LEHV6nWB2yk8pyo0adR*.7kCMdnj";

  it("gives pixels that ImageData takes, with their width and height", async () => {
    const { m } = client();
    const pixels = await m.decodeBlurhash({ blurhash: HASH });
    assert.ok(pixels instanceof Uint8ClampedArray);
    // 4 by 3 waves, 16 pixels for each.
    assert.deepEqual([pixels.width, pixels.height, pixels.length], [64, 48, 64 * 48 * 4]);
    assert.ok(pixels.every((value, at) => at % 4 < 3 || value === 255));
  });

  it("gives linear light on demand: the same picture", async () => {
    const { m } = client();
    const options = { out_size: [20, 10], size_per_component: false };
    const pixels = await m.decodeBlurhash(HASH, options);
    const light = await m.decodeBlurhash(HASH, { ...options, return_linear: true });
    assert.ok(light instanceof Float32Array);
    for (const [at, value] of light.entries()) {
      const part = Math.min(1, Math.max(0, value));
      const byte = 255 * (part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055);
      assert.ok(Math.abs(byte - pixels[at]) < 0.51, `${at}: ${byte}, ${pixels[at]}`);
    }
  });

  it("refuses what is no hash and no size", async () => {
    const { m } = client();
    for (const bad of [undefined, null, 5, {}, { blurhash: null }, "x", `${HASH}x`]) {
      await assert.rejects(m.decodeBlurhash(bad), illegal(/must be a blurhash/));
    }
    for (const out_size of [
      [0, 1],
      [1.5, 2],
      [-1, 1],
      [1e5, 1],
      [1, 4e9],
    ]) {
      await assert.rejects(m.decodeBlurhash(HASH, { out_size }), illegal(/out_size/));
    }
  });
});

describe("pushSubscriptionDecryptPush", () => {
  const encoder = new TextEncoder();
  const bytes = (text) => new Uint8Array(Buffer.from(text, "base64url"));
  /** The vectors' texts are no JSON: the error holds what they say. */
  const plain = async (...args) => {
    const { m } = client();
    const error = await m.pushSubscriptionDecryptPush(...args).then(assert.fail, (e) => e);
    return error.cause.message;
  };

  it("opens the message of RFC 8291", async () => {
    const body = bytes(
      "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
    );
    const keys = {
      privkey: "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
      auth: "BTBZMqHH6r4Tts7J_aSIgg",
    };
    assert.match(await plain(body, keys, null, null), /When I gr/);
  });

  it("opens the message of the draft", async () => {
    const keys = {
      privkey: "9FWl15_QUQAWDaD3k3l50ZBZQJ4au27F1V4F0uLSD_M",
      auth: "R29vIGdvbyBnJyBqb29iIQ",
    };
    const text = await plain(
      bytes("6nqAQUME8hNqw5J3kl8cpVVJylXKYqZOeseZG8UueKpA"),
      keys,
      "keyid=p256dh; salt=lngarbyKfMoi9Z75xYXmkg",
      "keyid=p256dh; dh=BNoRDbb84JGm8g5Z5CFxurSqsXWJ11ItfXEWYVLE85Y7CYkDjXsIEc4aqxYaQ1G8BqkXCJ6DPpDrWtdWj_mugHU",
    );
    assert.match(text, /I am the/);
  });

  it("opens what is encrypted for keys of its own", async () => {
    const { m } = client();
    const [mine, { pubkey, auth }] = await m.pushSubscriptionGenerateKeys();
    const message = { title: "Grüße", notification_id: 7 };
    const body = await encrypt(encoder.encode(JSON.stringify(message)), bytes(pubkey), bytes(auth));
    assert.deepEqual(await m.pushSubscriptionDecryptPush(body, mine, "", ""), message);

    body[body.length - 1] ^= 1;
    await assert.rejects(
      m.pushSubscriptionDecryptPush(body, mine, "", ""),
      illegal(/cannot be decrypted with these keys/),
    );
  });

  it("opens what came with a key whose public half the platform does not tell", async () => {
    // Firefox, with a key that came without it.
    const { subtle } = crypto;
    const exportKey = Object.getOwnPropertyDescriptor(SubtleCrypto.prototype, "exportKey");
    const { m } = client();
    const [{ d, auth }, { pubkey }] = await m.pushSubscriptionGenerateKeys();
    const body = await encrypt(encoder.encode("[1]"), bytes(pubkey), bytes(auth));
    subtle.exportKey = async () => {
      throw new DOMException("not extractable");
    };
    try {
      for (const data of [body, body.buffer, new DataView(body.buffer)])
        assert.deepEqual(
          await m.pushSubscriptionDecryptPush(data, { privkey: d, auth }, "", ""),
          [1],
        );
    } finally {
      delete subtle.exportKey;
    }
    assert.deepEqual(
      Object.getOwnPropertyDescriptor(SubtleCrypto.prototype, "exportKey"),
      exportKey,
    );
  });

  it("refuses records that are too long, or not the last", async () => {
    const { m } = client();
    const [mine, { pubkey, auth }] = await m.pushSubscriptionGenerateKeys();
    const text = encoder.encode("[1]");
    const open = (body) => m.pushSubscriptionDecryptPush(body, mine, "", "");
    const fine = await encrypt(text, bytes(pubkey), bytes(auth));
    assert.deepEqual(await open(fine), [1]);
    const small = await encrypt(text, bytes(pubkey), bytes(auth), { size: 22 });
    const other = await encrypt(text, bytes(pubkey), bytes(auth), { end: 1 });
    for (const body of [small, other, fine.slice(0, 90), new Uint8Array(9)])
      await assert.rejects(open(body), illegal(/cannot be decrypted with these keys/));
  });

  /** RFC 8291, the sender's side. */
  async function encrypt(text, theirs, auth, { size = 4096, end = 2 } = {}) {
    const { subtle } = crypto;
    const curve = { name: "ECDH", namedCurve: "P-256" };
    const pair = await subtle.generateKey(curve, true, ["deriveBits"]);
    const own = new Uint8Array(await subtle.exportKey("raw", pair.publicKey));
    const peer = await subtle.importKey("raw", theirs, curve, false, []);
    const shared = await subtle.deriveBits({ name: "ECDH", public: peer }, pair.privateKey, 256);
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const derive = async (from, secret, info, length) => {
      const key = await subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
      const how = { name: "HKDF", hash: "SHA-256", salt: from, info };
      return subtle.deriveBits(how, key, length * 8);
    };
    const info = new Uint8Array([...encoder.encode("WebPush: info\0"), ...theirs, ...own]);
    const secret = await derive(auth, shared, info, 32);
    const bits = await derive(salt, secret, encoder.encode("Content-Encoding: aes128gcm\0"), 16);
    const iv = await derive(salt, secret, encoder.encode("Content-Encoding: nonce\0"), 12);
    const key = await subtle.importKey("raw", bits, "AES-GCM", false, ["encrypt"]);
    const padded = new Uint8Array([...text, end, 0, 0, 0]);
    const box = new Uint8Array(await subtle.encrypt({ name: "AES-GCM", iv }, key, padded));
    return new Uint8Array([...salt, 0, 0, size >> 8, size & 255, own.length, ...own, ...box]);
  }
});

describe("pushSubscriptionSet", () => {
  it("sends keys, alerts and policy where the server looks for them", async () => {
    const { m, lines } = client([json({ id: 1 })]);
    const keys = { pubkey: "BA", auth: "aa" };
    await m.pushSubscriptionSet("https://push.example/x", keys, {
      mention_events: true,
      admin_sign_up_events: false,
      policy: "followed",
      standard: true,
    });
    assert.deepEqual(JSON.parse(lines[0].split(" ")[2]), {
      subscription: {
        endpoint: "https://push.example/x",
        keys: { p256dh: "BA", auth: "aa" },
        standard: true,
      },
      data: { alerts: { mention: true, "admin.sign_up": false }, policy: "followed" },
    });
  });

  it("wants both parts of the key", async () => {
    const { m } = client();
    await assert.rejects(
      m.pushSubscriptionSet("https://push.example", { pubkey: "BA" }),
      illegal(/`pubkey` and `auth`/),
    );
  });
});

describe("parameters", () => {
  it("are JSON, and a form with the brackets of Rails where the server reads no JSON", async () => {
    const { m, lines } = client([json({}, 415), json({ id: "1" })]);
    await m.statusPost("Grüße & mehr=\n", {
      media_ids: ["1", "2"],
      sensitive: false,
      poll: { options: ["a b"], expires_in: 60 },
    });
    const [asJson, asForm] = lines.map((line) => line.slice("POST /api/v1/statuses ".length));
    assert.deepEqual(JSON.parse(asJson), {
      status: "Grüße & mehr=\n",
      media_ids: ["1", "2"],
      sensitive: false,
      poll: { options: ["a b"], expires_in: 60 },
    });
    assert.deepEqual([...new URLSearchParams(asForm)].sort(), [
      ["media_ids[]", "1"],
      ["media_ids[]", "2"],
      ["poll[expires_in]", "60"],
      ["poll[options][]", "a b"],
      ["sensitive", "false"],
      ["status", "Grüße & mehr=\n"],
    ]);
  });
});

describe("awaitAsyncRefresh", () => {
  const header = { "mastodon-async-refresh": 'id="abc==--1", retry=0, result_count=2' };
  const running = json({ async_refresh: { id: "abc==--1", status: "running" } });
  const finished = json({ async_refresh: { id: "abc==--1", status: "finished" } });
  const question = "GET /api/v1_alpha/async_refreshes/abc%3D%3D--1";

  it("asks until the server is done, then makes the first call again", async () => {
    const whole = { ancestors: [], descendants: [{ id: "2" }] };
    const first = json({ ancestors: [], descendants: [] }, 200, header);
    const { m, lines } = client([first, running, finished, json(whole)]);
    const thread = await m.statusContext("1");
    assert.deepEqual(await m.getAsyncRefreshInfo(thread), [
      { id: "abc==--1", status: "running", result_count: 2 },
      0,
    ]);
    const again = await m.awaitAsyncRefresh(thread);
    assert.deepEqual(again, whole);
    assert.equal(again.pagination, undefined);
    const call = "GET /api/v1/statuses/1/context";
    assert.deepEqual(lines, [call, question, question, call]);
  });

  it("gives null when its attempts or its time are used up", async () => {
    const { m } = client([json({}, 200, header), running, running]);
    const thread = await m.statusContext("1");
    assert.equal(await m.awaitAsyncRefresh(thread, { max_attempts: 2 }), null);
    const slow = json({}, 200, { "mastodon-async-refresh": 'id="abc"' });
    const other = client([slow]);
    const result = await other.m.statusContext("1");
    assert.equal(await other.m.awaitAsyncRefresh(result, { timeout: 0.05 }), null);
  });

  it("gives a complete result as it is, and stops with its signal", async () => {
    const { m, lines } = client([json({ id: "1" }), json({}, 200, header)]);
    const status = await m.status("1");
    assert.equal(await m.awaitAsyncRefresh(status), status);
    assert.equal(await m.getAsyncRefreshInfo(status), null);
    assert.equal(lines.length, 1);
    const thread = await m.statusContext("1");
    const reason = new Error("enough");
    await assert.rejects(
      m.awaitAsyncRefresh(thread, { signal: AbortSignal.abort(reason) }),
      (error) => error === reason,
    );
  });

  it("takes the result or the id for a question alone", async () => {
    const { m, lines } = client([json({}, 200, header), finished, finished]);
    const thread = await m.statusContext("1");
    assert.equal((await m.getAsyncRefreshStatus(thread)).status, "finished");
    assert.equal((await m.getAsyncRefreshStatus("abc==--1")).status, "finished");
    assert.deepEqual(lines.slice(1), [question, question]);
    await assert.rejects(m.getAsyncRefreshStatus({}), illegal(/`result_or_id` must be an id/));
  });
});

describe("instance", () => {
  it("asks for the older form where there is no newer one", async () => {
    const { m, lines } = client([json({}, 404), json({ uri: "old" })]);
    assert.deepEqual(await m.instance(), { uri: "old" });
    assert.deepEqual(lines, ["GET /api/v2/instance", "GET /api/v1/instance"]);
    const known = client([json({ uri: "old" })], { mastodon_version: "3.5.0" });
    await known.m.instance();
    assert.deepEqual(known.lines, ["GET /api/v1/instance"]);
  });

  it("finds nodeinfo, and asks nobody else for it", async () => {
    const rel = "http://nodeinfo.diaspora.software/ns/schema/2.0";
    const known = json({ links: [{ rel, href: "https://elsewhere.example/nodeinfo/2.0?x=1" }] });
    const { m, lines } = client([known, json({ version: "2.0" }), json({}), json({ links: [5] })]);
    assert.deepEqual(await m.instanceNodeinfo(), { version: "2.0" });
    assert.deepEqual(lines, ["GET /.well-known/nodeinfo", "GET /nodeinfo/2.0?x=1"]);
    const missing = { name: "MastodonAPIError", message: /the server has no `/ };
    await assert.rejects(m.instanceNodeinfo({ schema: "x" }), missing);
    await assert.rejects(m.instanceNodeinfo(), missing);
    const newer = rel.replace("2.0", "2.1");
    const other = client([json({ links: [{ rel: newer, href: "/nodeinfo/2.1" }] }), json({})]);
    await other.m.instanceNodeinfo();
    assert.equal(other.lines[1], "GET /nodeinfo/2.1");
  });

  it("has the terms of a day in the path", async () => {
    const { m, lines } = client([json({}), json({}), json({})]);
    await m.instanceTermsOfService();
    await m.instanceTermsOfService({ date: "2025-08-17" });
    await m.instanceTermsOfService({ date: new Date("2025-08-17T10:00:00Z") });
    const path = "GET /api/v1/instance/terms_of_service";
    assert.deepEqual(lines, [path, `${path}/2025-08-17`, `${path}/2025-08-17`]);
  });

  it("is well when it says so", async () => {
    for (const [body, well] of [
      ["OK", true],
      ['"OK"', true],
      ["success", true],
      ['{"status":"OK"}', true],
      ["not ok", false],
      ["<html>Log in</html>", false],
      ["", false],
    ]) {
      const { m } = client([() => new Response(body)]);
      assert.equal(await m.instanceHealth(), well, body);
    }
    const { m } = client([() => new Response("no", { status: 500 })]);
    await assert.rejects(m.instanceHealth(), library.MastodonInternalServerError);
  });

  it("is compared by its version, and asked once", async () => {
    const version = json({ version: "4.3.1+glitch" });
    const { m, lines } = client([version, version, version]);
    assert.equal(await m.verifyMinimumVersion("4.3.0", { cached: true }), true);
    assert.equal(await m.verifyMinimumVersion("4.4.0", { cached: true }), false);
    assert.equal(lines.length, 1);
    assert.equal(await m.verifyMinimumVersion("4.3.1"), true);
    assert.equal(await m.retrieveMastodonVersion(), "4.3.1+glitch");
    assert.equal(lines.length, 3);
    await assert.rejects(m.verifyMinimumVersion("new"), illegal(/version_str/));
  });

  it("is taken for 1.0.0 where it does not tell, or is an error", async () => {
    const silent = () => client([json({}, 404), json({}, 404)]).m;
    assert.equal(await silent().retrieveMastodonVersion(), "1.0.0");
    await assert.rejects(
      silent().retrieveMastodonVersion({ fail_hard: true }),
      library.MastodonVersionError,
    );
  });

  it("is not known for good where the server cannot tell just now", async () => {
    const failing = () => [json({}, 503), json({}, 503)];
    const version = json({ version: "2.0.0" });
    const unavailable = { name: "MastodonServiceUnavailableError", status: 503 };
    const options = { version_check_mode: "created", ratelimit_method: "throw" };
    const { m, lines } = client([...failing(), json([]), version], options);
    await m.groupedNotifications();
    assert.match(lines[2], /^GET \/api\/v2\/notifications\?/);
    // Not with every call.
    await new Promise((resolve) => setTimeout(resolve, 61_000));
    await assert.rejects(m.groupedNotifications(), library.MastodonVersionError);
    const asked = client([...failing(), ...failing(), ...failing()], options).m;
    await assert.rejects(asked.retrieveMastodonVersion({ fail_hard: true }), unavailable);
    await assert.rejects(asked.verifyMinimumVersion("4.0.0"), unavailable);
    assert.equal(await asked.retrieveMastodonVersion(), "1.0.0");
  });

  it("says which timelines can be read", async () => {
    const timelines_access = {
      live_feeds: { local: "public", remote: "authenticated" },
      hashtag_feeds: { local: "disabled", remote: "disabled" },
    };
    const ask = async (options, access = timelines_access) => {
      const answer = json({ configuration: { timelines_access: access } });
      return client([answer]).m.timelineIsAvailable(options);
    };
    assert.equal(await ask(), true);
    assert.equal(await ask({ remote: true }), true);
    assert.equal(await ask({ remote: true, with_auth: false }), false);
    assert.equal(await ask({ local: true, with_auth: false }), true);
    assert.equal(await ask({ timeline: "hashtag" }), false);
    assert.equal(await ask({ timeline: "trending_links" }), true);
    assert.equal(await ask({}, null), true);
    const { m } = client([json({}, 404), json({}, 404)]);
    assert.equal(await m.timelineIsAvailable(), true);
    await assert.rejects(m.timelineIsAvailable({ fail_hard: true }), library.MastodonNotFoundError);
  });

  it("tells the time", async () => {
    const date = "Sat, 01 Aug 2026 13:51:02 GMT";
    const { m } = client([() => new Response(null, { headers: { date } }), () => new Response()]);
    assert.deepEqual(await m.getApproxServerTime(), new Date(date));
    await assert.rejects(m.getApproxServerTime(), /no `Date` header/);
  });
});

describe("notifications", () => {
  it("are a page, or one by its id", async () => {
    const link = `<${HOME}/api/v1/notifications?max_id=1>; rel="next"`;
    const { m, lines } = client([json([{ id: "2" }], 200, { link }), json({ id: "2" })]);
    const page = await m.notifications({ types: ["mention", "poll"], limit: 1 });
    assert.equal(page.pagination.next.params.max_id, "1");
    const one = await m.notifications({ id: page[0] });
    assert.equal(one.pagination, undefined);
    assert.deepEqual(lines, [
      "GET /api/v1/notifications?types%5B%5D=mention&types%5B%5D=poll&limit=1",
      "GET /api/v1/notifications/2",
    ]);
  });

  it("can be mentions alone, also of old servers", async () => {
    const { m, lines } = client([json([])]);
    await m.notifications({ mentions_only: true });
    assert.deepEqual(lines, ["GET /api/v1/notifications?types%5B%5D=mention"]);
    const old = client([json([])], { mastodon_version: "3.4.0" });
    await old.m.notifications({ mentions_only: true });
    assert.match(old.lines[0], /exclude_types%5B%5D=follow&exclude_types%5B%5D=favourite/);
    await assert.rejects(
      m.notifications({ mentions_only: false, types: ["poll"] }),
      illegal(/excludes `types`/),
    );
  });

  it("are dismissed where servers have it", async () => {
    const { m, lines } = client([json({})]);
    assert.equal(await m.notificationsDismiss(5), undefined);
    const old = client([json({})], { mastodon_version: "2.8.0" });
    await old.m.notificationsDismiss("5");
    assert.deepEqual(
      [...lines, ...old.lines],
      ["POST /api/v1/notifications/5/dismiss", 'POST /api/v1/notifications/dismiss {"id":"5"}'],
    );
  });
});

describe("what moderators ask for", () => {
  it("has a flag for the status of accounts", async () => {
    const { m, lines } = client([json([]), json([])]);
    await m.adminAccounts();
    await m.adminAccounts({ status: "suspended", remote: true, staff_only: true, limit: 3 });
    assert.deepEqual(lines, [
      "GET /api/v1/admin/accounts?active=true",
      "GET /api/v1/admin/accounts?remote=true&staff=true&limit=3&suspended=true",
    ]);
  });

  it("names what to measure", async () => {
    const { m, lines } = client([json([])]);
    await m.adminMeasures(new Date(0), "1970-02-01", {
      new_users: true,
      interactions: false,
      tag_uses: 7,
      instance_follows: "a.example",
    });
    assert.deepEqual(JSON.parse(lines[0].split(" ")[2]), {
      start_at: "1970-01-01T00:00:00.000Z",
      end_at: "1970-02-01",
      tag_uses: { id: "7" },
      instance_follows: { domain: "a.example" },
      keys: ["new_users", "tag_uses", "instance_follows"],
    });
    await assert.rejects(m.adminDimensions(new Date(0), new Date()), illegal(/at least one/));
  });

  it("blocks servers by their names, also where they come as an address", async () => {
    const { m, lines } = client([json({})]);
    await m.adminCreateDomainBlock("https://a.example");
    assert.deepEqual(lines, ['POST /api/v1/admin/domain_blocks {"domain":"a.example"}']);
    await assert.rejects(m.adminCreateDomainBlock("https://a.example/b"), illegal(/a domain/));
  });
});

describe("accountInCollections", () => {
  it("stands null for the own account, and refuses no id", async () => {
    const { m, lines } = client([json({ id: "7" }), json({ collections: [] })]);
    await m.accountInCollections(null);
    assert.deepEqual(lines, [
      "GET /api/v1/accounts/verify_credentials",
      "GET /api/v1/accounts/7/in_collections",
    ]);
    await assert.rejects(m.accountInCollections(), illegal(/`id` must be an id/));
  });
});

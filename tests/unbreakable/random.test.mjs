// What strangers write is read by rules that have to hold for anything: seeded random texts for the Link
// header, versions, the limit's reset, base URLs, parameters, the length of a status, filters, blurhashes,
// push messages, ids, answers, the words of errors and the frames of a stream. The seed is fixed, so that
// what fails here fails again. What needs no platform is fuzzed by coverage, too (src/fuzz/).
//
//   FUZZ_RUNS=20000 FUZZ_SEED=7 node --test tests/unbreakable/random.test.mjs     more, and others
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import * as library from "../../pkg/node.js";
import { request as encrypted } from "../../sandbox/wasm/package/push.js";

const { Mastodon, MastodonError, MastodonIllegalArgumentError } = library;
const HOME = "https://mastodon.example";
const NUM_RUNS = Number(process.env.FUZZ_RUNS ?? 150);

fc.configureGlobal({ numRuns: NUM_RUNS, seed: Number(process.env.FUZZ_SEED ?? 20261123) });

/** A client whose requests are all answered so. */
const client = (answer, options) =>
  new Mastodon({
    api_base_url: HOME,
    access_token: "secret-token",
    fetch: async () => answer(),
    ...options,
  });
const json = (value, headers) => () => Response.json(value, { headers });

/** What a header can carry. */
const headerText = (parts) =>
  fc
    .array(fc.oneof(fc.constantFrom(...parts), fc.string({ unit: "binary-ascii", maxLength: 8 })), {
      maxLength: 12,
    })
    .map((all) =>
      all
        .join("")
        .replace(/[^\x20-\x7e]/g, "")
        .trim(),
    );
/** Any text at all, lone surrogates included, with some of these pieces in it. */
const anyText = (...parts) =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom("", ...parts),
        fc.string({ unit: "binary", maxLength: 6 }),
        fc.string16bits?.() ?? fc.string(),
      ),
      {
        maxLength: 8,
      },
    )
    .map((all) => all.join(""));

const ours = async (work) => {
  try {
    return await work();
  } catch (error) {
    assert.ok(error instanceof MastodonError, error?.stack ?? String(error));
    return error;
  }
};

describe("the Link header", () => {
  const pieces = [
    "<",
    ">",
    ";",
    ",",
    " ",
    'rel="next"',
    "rel=prev",
    "rel=",
    '"',
    "\\",
    `${HOME}/api/v1/x?max_id=1`,
    "/a",
    "?",
    "&",
    "%",
    "//evil.example",
    "max_id=",
    "[]",
  ];

  it("of any text gives a page, and never a way to elsewhere", () =>
    fc.assert(
      fc.asyncProperty(headerText(pieces), async (link) => {
        const sent = [];
        const m = client(json([{ id: "1" }], link ? { link } : {}), {
          fetch: async (url) => {
            sent.push(new URL(url).origin);
            return Response.json([{ id: "1" }], { headers: link ? { link } : {} });
          },
        });
        const page = await m.timelineHome({ limit: 2 });
        assert.deepEqual(page, [{ id: "1" }]);
        const { next, prev } = page.pagination ?? {};
        for (const info of [next, prev]) {
          if (!info) continue;
          assert.ok(info.path.startsWith("/"));
          assert.deepEqual(JSON.parse(JSON.stringify(info)), { ...info });
        }
        await ours(() => m.fetchNext(page));
        await ours(() => m.fetchPrevious(page));
        assert.deepEqual([...new Set(sent)], [HOME]);
      }),
    ));

  it("of a server gives its cursor back, whatever is in it", () =>
    fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
        fc.boolean(),
        async (cursor, quoted) => {
          const query = new URLSearchParams({ limit: "2", max_id: cursor });
          const rel = quoted ? 'rel="next"' : "rel=next";
          const link = `<${HOME}/api/v1/timelines/home?${query}>; ${rel}, <${HOME}/api/v1/timelines/home?min_id=1>; rel="prev"`;
          const page = await client(json([], { link })).timelineHome({ limit: 2, max_id: "9" });
          assert.equal(
            page.pagination.next.params.max_id,
            new URLSearchParams(`${query}`).get("max_id"),
          );
          assert.equal(page.pagination.prev.params.min_id, "1");
          assert.equal("max_id" in page.pagination.prev.params, false);
        },
      ),
    ));
});

describe("versions", () => {
  const number = fc.nat({ max: 40 });
  const triple = fc.tuple(number, number, number);
  const suffix = fc.constantFrom(
    "",
    "+glitch",
    "-beta.1",
    " (compatible; Pleroma 2.5.0)",
    "rc1",
    "-alpha.1+x.9.9.9",
  );

  it("compare as numbers, with whatever behind them", () =>
    fc.assert(
      fc.asyncProperty(triple, triple, suffix, async (has, wants, more) => {
        const m = client(json({ version: has.join(".") + more }));
        const enough = await m.verifyMinimumVersion(wants.join("."));
        const place = has.findIndex((part, at) => part !== wants[at]);
        assert.equal(enough, place < 0 || has[place] > wants[place]);
      }),
    ));

  it("of any text are survived", () =>
    fc.assert(
      fc.asyncProperty(
        anyText(".", "4", "4.3", "-", "+", "999999999999999999999", "(compatible; "),
        async (version) => {
          const m = client(json({ version }));
          assert.equal(typeof (await ours(() => m.retrieveMastodonVersion())), "string");
          const enough = await ours(() => m.verifyMinimumVersion("4.0.0"));
          assert.ok(typeof enough === "boolean" || enough instanceof MastodonError);
          await ours(() => m.verifyMinimumVersion(version));
        },
      ),
    ));

  it("of any other kind are survived, too", () =>
    fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (instance) => {
        const m = client(json(instance), { version_check_mode: "created" });
        await ours(() => m.timelineHome());
        await ours(() => m.instance());
      }),
    ));
});

describe("the limit's headers", () => {
  const time = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  const value = fc.oneof(
    time,
    fc.integer().map(String),
    fc.double().map(String),
    headerText(["2026-", "T", ":", "Z", "+00:00", "1790000000"]),
  );

  it("of any text give a limit that is whole, or none", () =>
    fc.assert(
      fc.asyncProperty(value, value, value, async (limit, remaining, reset) => {
        const headers = {
          "x-ratelimit-limit": limit,
          "x-ratelimit-remaining": remaining,
          "x-ratelimit-reset": reset,
        };
        const m = client(json({ id: "1" }, headers), { ratelimit_method: "throw" });
        assert.deepEqual(await m.status("1"), { id: "1" });
        if (m.ratelimit === null) return;
        assert.ok(Number.isFinite(m.ratelimit.limit) && Number.isFinite(m.ratelimit.remaining));
        assert.ok(m.ratelimit.reset instanceof Date && !Number.isNaN(m.ratelimit.reset.getTime()));
      }),
    ));

  it("of a 429 reject with what it is", () =>
    fc.assert(
      fc.asyncProperty(value, async (reset) => {
        const answer = () =>
          Response.json({}, { status: 429, headers: { "x-ratelimit-reset": reset } });
        const error = await client(answer, { ratelimit_method: "throw" })
          .status("1")
          .catch((thrown) => thrown);
        assert.equal(error.name, "MastodonRatelimitError");
        assert.equal(error.status, 429);
      }),
    ));
});

describe("base URLs", () => {
  const parts = [
    "https://",
    "http://",
    "HTTP:",
    "//",
    "/",
    "\\",
    "@",
    ":",
    "#",
    "?",
    "..",
    "localhost",
    "127.0.0.1",
    "127.0.0.1.evil.example",
    "[::1]",
    "mastodon.example",
    "münchen.example",
    "javascript:",
    "data:",
    " ",
    "\n",
    "%2e",
    "user",
    "0x7f.1",
    "。",
  ];

  it("are an origin that is safe to send a token to, or refused", () =>
    fc.assert(
      fc.property(anyText(...parts), (api_base_url) => {
        let m;
        try {
          m = new Mastodon({ api_base_url, access_token: "secret-token" });
        } catch (error) {
          assert.ok(error instanceof MastodonIllegalArgumentError, error.stack);
          assert.ok(!error.message.includes("secret-token"));
          return;
        }
        const url = new URL(m.api_base_url);
        assert.equal(url.origin, m.api_base_url);
        const loopback = /^(127\.\d+\.\d+\.\d+|\[::1\]|([^.]+\.)*localhost)$/.test(url.hostname);
        assert.ok(url.protocol === "https:" || (url.protocol === "http:" && loopback), url.href);
      }),
    ));
});

describe("base URLs that are good", () => {
  const label = fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9-]{0,8}[A-Za-z0-9])?$/);
  const host = fc
    .tuple(fc.array(label, { minLength: 1, maxLength: 3 }), fc.stringMatching(/^[a-zA-Z]{2,6}$/))
    .map(([labels, last]) => [...labels, last].join("."))
    .filter((name) => URL.canParse(`https://${name}`));

  it("are the platform's origin, written with a scheme, a slash and blanks or without", () =>
    fc.assert(
      fc.property(
        fc.oneof(
          host,
          fc.ipV4().map((address) => `${address}`),
        ),
        fc.option(fc.integer({ min: 1, max: 65_535 })),
        fc.constantFrom("", "https://", "HTTPS://"),
        fc.constantFrom("", "/"),
        fc.constantFrom("", " ", "\n"),
        (name, port, scheme, slash, blank) => {
          const authority = port === null ? name : `${name}:${port}`;
          const typed = `${blank}${scheme}${authority}${slash}${blank}`;
          const { origin } = new URL(`https://${authority}`);
          const { api_base_url } = new Mastodon({ api_base_url: typed });
          assert.equal(api_base_url, origin);
          assert.equal(new Mastodon({ api_base_url }).api_base_url, origin);
          for (const more of ["path", "?a=b", "#a", "?"]) {
            const refused = { api_base_url: `https://${authority}/${more}` };
            assert.throws(() => new Mastodon(refused), MastodonIllegalArgumentError);
          }
        },
      ),
    ));
});

describe("nested parameters", () => {
  const name = fc.stringMatching(/^[a-z_]{1,6}$/);
  // What a query can say: no empty objects, and null is an empty text.
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.string({ unit: "grapheme", maxLength: 8 }),
      fc.integer(),
      fc.boolean(),
      fc.array(tie("leaf"), { maxLength: 3 }),
      fc.dictionary(name, tie("value"), { minKeys: 1, maxKeys: 3 }),
    ),
    leaf: fc.oneof(fc.string({ unit: "grapheme", maxLength: 8 }), fc.integer()),
  }));

  /** As Rails reads a query. */
  function read(pairs) {
    const tree = {};
    for (const [key, text] of pairs) {
      const [first, ...rest] = key.split(/[[\]]+/).filter((part, at) => at === 0 || part !== "");
      const list = key.endsWith("[]");
      const path = [first, ...rest];
      let inner = tree;
      for (const part of path.slice(0, -1)) {
        inner[part] ??= {};
        inner = inner[part];
      }
      const last = path.at(-1);
      if (!list) inner[last] = text;
      else if (text === "" && inner[last] === undefined) inner[last] = [];
      else inner[last] = [...(inner[last] ?? []), text];
    }
    return tree;
  }
  const asTexts = (of) => {
    // A list of one empty text and an empty list are the same in a query.
    if (Array.isArray(of)) return of.length === 1 && of[0] === "" ? [] : of.map(String);
    if (typeof of !== "object") return String(of);
    return Object.fromEntries(Object.entries(of).map(([key, part]) => [key, asTexts(part)]));
  };
  // An empty text in front of others looks like the empty list.
  const isClear = (of) =>
    typeof of !== "object" ||
    (Array.isArray(of) ? of.length < 2 || of[0] !== "" : Object.values(of).every(isClear));

  it("are read back as they were, from a query and from JSON", () =>
    fc.assert(
      fc.asyncProperty(
        fc.dictionary(name, value.filter(isClear), { minKeys: 1, maxKeys: 4 }),
        async (params) => {
          let sent;
          const fetch = async (url, { body }) => {
            sent = body ?? new URL(url).searchParams;
            return Response.json({});
          };
          const m = client(undefined, { fetch });
          await m.request("GET", "/api/v1/x", params);
          assert.deepEqual(read(sent), asTexts(params));
          await m.request("POST", "/api/v1/x", params);
          assert.deepEqual(JSON.parse(sent), JSON.parse(JSON.stringify(params)));
        },
      ),
    ));
});

describe("ids and text", () => {
  it("are one segment of the path, and come back as they were", () =>
    fc.assert(
      fc.asyncProperty(
        anyText("/", "..", ".", "%2e", "%", "?", "#", "\\", "\0", "\r\n"),
        async (id) => {
          let sent;
          const fetch = async (url) => {
            sent = new URL(url);
            assert.equal(sent.href, url);
            return Response.json({ id: "1" });
          };
          const m = client(undefined, { fetch });
          const result = await ours(() => m.status(id));
          if (result instanceof MastodonIllegalArgumentError) {
            assert.match(id, /^[\s\u0085]*\.{0,2}[\s\u0085]*$/);
            return;
          }
          const segments = sent.pathname.split("/");
          assert.equal(segments.length, 5);
          assert.equal(decodeURIComponent(segments[4]), wellFormed(id));
        },
      ),
    ));

  it("come back as they were from a query, a form and JSON", () =>
    fc.assert(
      fc.asyncProperty(anyText("&", "=", "+", "%20", "[]", '"', "\\", "\u2028"), async (text) => {
        const seen = [];
        const fetch = async (url, { body }) => {
          if (body instanceof FormData) seen.push(body.get("status") ?? body.get("title"));
          else if (body?.startsWith?.("{"))
            seen.push(JSON.parse(body).status ?? JSON.parse(body).title);
          else if (body)
            seen.push(
              new URLSearchParams(String(body)).get("status") ??
                new URLSearchParams(String(body)).get("title"),
            );
          else seen.push(new URL(url).searchParams.get("q"));
          return Response.json({ id: "1" });
        };
        const m = client(undefined, { fetch, mastodon_version: "4.5.0" });
        for (const work of [
          () => m.statusPost(text),
          () => m.listCreate(text),
          () => m.accountSearch(text),
        ]) {
          const result = await ours(work);
          if (!(result instanceof MastodonError)) assert.equal(seen.pop(), wellFormed(text));
        }
      }),
    ));
});

describe("the length of a status", () => {
  const grapheme = new Intl.Segmenter();
  const count = (text) => [...grapheme.segment(text)].length;
  const letters = fc.string({
    unit: fc.constantFrom(..."abcdefgh ÄÖ漢字🦣".match(/./gu), "🏳️‍🌈", "e\u0301"),
    maxLength: 60,
  });

  it("is that of its characters, where there is nothing to shorten", () =>
    fc.assert(
      fc.property(letters, (text) => assert.equal(Mastodon.getStatusLength(text), count(text))),
    ));

  it("counts a link as 23, and a mention without its server", () =>
    fc.assert(
      fc.property(letters, fc.stringMatching(/^[a-z]{1,40}$/), (text, path) => {
        const before = `${text.trim()} `;
        const link = Mastodon.getStatusLength(`${before}https://mastodon.example/${path}`);
        assert.equal(link, count(before) + 23);
        const mention = Mastodon.getStatusLength(`${before}@${path}@mastodon.example`);
        assert.equal(mention, count(before) + path.length + 1);
      }),
    ));

  it("is what the eye counts, in any script, with the content warning before it", () =>
    fc.assert(
      fc.property(
        anyText("🏳️‍🌈", "\u0301", "\u200d", "👩", "🇩", "🇪", "각", "ᄀ", "नि", "กำ", "\r", "\n", "a"),
        anyText("\u0301", "\u200d", "🇩", "\r", "x"),
        (text, spoiler_text) => {
          const plain = (of) => wellFormed(of).replace(/[:@]/g, "");
          const [status, warning] = [plain(text), plain(spoiler_text)];
          assert.equal(
            Mastodon.getStatusLength(status, { spoiler_text: warning }),
            count(warning + status),
          );
        },
      ),
    ));

  it("of any text is a whole number, in a moment", () =>
    fc.assert(
      fc.property(
        anyText("https://", "http://a.b/", "@", "@a@b.c", ".", "www.", "://", "()", "#"),
        (text) => {
          const length = Mastodon.getStatusLength(text.repeat(50));
          assert.ok(Number.isSafeInteger(length) && length >= 0);
        },
      ),
      { numRuns: Math.min(NUM_RUNS, 2000) },
    ));

  it("of what makes regular expressions slow is told in a moment, too", () => {
    for (const piece of [
      "@",
      "a@",
      "@a",
      "@a@",
      "http://",
      "https://a",
      ".",
      "a.",
      "/",
      "://",
      "#",
      "\u200d",
      "(",
      "@a.a",
    ]) {
      const begin = performance.now();
      Mastodon.getStatusLength(piece.repeat(50_000));
      assert.ok(performance.now() - begin < 3000, JSON.stringify(piece));
    }
  });
});

describe("filters", () => {
  const word = /[\p{Alphabetic}\p{M}\p{N}\p{Pc}]/u;
  const piece = fc.oneof(
    fc.constantFrom(
      ..."abc",
      "ab",
      "A",
      "É",
      "é",
      "#",
      "_",
      " ",
      "\n",
      "\u00a0",
      "漢",
      "字",
      "🦣",
      "ı",
      "ß",
    ),
    fc.stringMatching(/^[a-c]{0,3}$/),
  );
  const text = (maxLength) => fc.array(piece, { maxLength }).map((all) => all.join(""));

  /** The definition: tried at every place. */
  function found(keyword, whole_word, plain) {
    const prepare = (of) => of.toLowerCase().replace(/[\s\u0085]+/gu, " ");
    const wanted = prepare(keyword).trim();
    const all = prepare(plain);
    if (wanted === "") return false;
    const [first, last] = [[...wanted][0], [...wanted].at(-1)];
    for (let at = all.indexOf(wanted); at >= 0; at = all.indexOf(wanted, at + 1)) {
      const before = [...all.slice(0, at)].at(-1) ?? "";
      const behind = [...all.slice(at + wanted.length)][0] ?? "";
      const inside = word.test(first) && word.test(before);
      const goesOn = word.test(last) && word.test(behind);
      if (!whole_word || !(inside || goesOn)) return true;
    }
    return false;
  }

  it("keep what a search at every place does not find", () =>
    fc.assert(
      fc.asyncProperty(
        text(4),
        fc.boolean(),
        fc.array(fc.tuple(text(12), text(6), text(6)), { minLength: 1, maxLength: 4 }),
        async (keyword, whole_word, posts) => {
          const escaped = (of) => of.replace(/&/g, "&amp;").replace(/</g, "&lt;");
          const objects = posts.map(([content, spoiler_text, description], at) => ({
            id: String(at),
            content: `<p>${escaped(content)}</p>`,
            spoiler_text,
            media_attachments: [{ description }],
          }));
          const filter = {
            id: "1",
            title: "t",
            context: ["home"],
            expires_at: null,
            filter_action: "hide",
            keywords: [{ id: "1", keyword, whole_word }],
            statuses: [],
          };
          const kept = await client(json({})).filtersApply(objects, [filter], "home");
          const wanted = objects.filter((_, at) => {
            const [content, ...others] = posts[at];
            return !found(keyword, whole_word, [`${content}\n`, ...others].join("\n"));
          });
          assert.deepEqual(kept, wanted);
        },
      ),
    ));

  it("of any kind are applied or refused", () =>
    fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), fc.string(), async (a, b, context) => {
        const m = client(json({}));
        for (const [objects, list] of [
          [a, b],
          [[a], [b]],
          [[{ status: a }], [{ context: [context], keywords: b, statuses: a }]],
        ]) {
          const kept = await ours(() => m.filtersApply(objects, list, context));
          if (!(kept instanceof MastodonError))
            assert.ok(kept.every((each) => objects.includes(each)));
        }
      }),
    ));
});

describe("push messages", () => {
  const decrypt = (m, { headers, body }, keys) =>
    ours(() =>
      m.pushSubscriptionDecryptPush(
        body,
        keys,
        headers.encryption ?? "",
        headers["crypto-key"] ?? "",
      ),
    );

  it("say what was encrypted, and nothing once a byte of them is another", async () => {
    const m = client(json({}));
    const [keys, { pubkey, auth }] = await m.pushSubscriptionGenerateKeys();
    const [others] = await m.pushSubscriptionGenerateKeys();
    const curve = { name: "ECDSA", namedCurve: "P-256" };
    const instance = await crypto.subtle.generateKey(curve, true, ["sign", "verify"]);
    const raw = await crypto.subtle.exportKey("raw", instance.publicKey);
    const { d: private_key } = await crypto.subtle.exportKey("jwk", instance.privateKey);
    const server_key = Buffer.from(raw).toString("base64url");
    const from = { server_key, private_key, subject: "mailto:a@example.org", expires: 2e9 };
    const endpoint = "https://push.example/1";
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue(),
        fc.boolean(),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (payload, standard, place, change) => {
          const to = { ...from, endpoint, p256dh: pubkey, auth, payload, standard };
          const message = await encrypted(to);
          assert.equal(JSON.stringify(await decrypt(m, message, keys)), JSON.stringify(payload));
          assert.ok((await decrypt(m, message, others)) instanceof MastodonIllegalArgumentError);
          const body = message.body.slice();
          // The size of a record may be larger than it is.
          const at = place % body.length;
          if (standard && at >= 16 && at < 20) return;
          body[at] ^= change;
          const damaged = await decrypt(m, { ...message, body }, keys);
          assert.ok(damaged instanceof MastodonIllegalArgumentError, String(damaged));
        },
      ),
      { numRuns: Math.min(NUM_RUNS, 500) },
    );
  });

  it("of any bytes, headers and keys are refused", () =>
    fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        headerText([
          "salt=",
          "dh=",
          "rs=",
          ";",
          ",",
          '"',
          "AAAAAAAAAAAAAAAAAAAAAA",
          "keyid=p256dh",
        ]),
        headerText(["dh=", `dh=${"A".repeat(87)}`, ";", "p256ecdsa=", '"']),
        fc.oneof(fc.jsonValue(), fc.record({ privkey: fc.string(), auth: fc.string() })),
        async (body, encryption, key, params) => {
          const message = { body, headers: { encryption, "crypto-key": key } };
          const result = await decrypt(client(json({})), message, params);
          assert.ok(result instanceof MastodonIllegalArgumentError, String(result));
        },
      ),
    ));
});

describe("blurhashes", () => {
  const DIGITS =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
  const number = (text) => [...text].reduce((sum, digit) => sum * 83 + DIGITS.indexOf(digit), 0);
  const write = (value, length) =>
    Array.from(
      { length },
      (_, at) => DIGITS[Math.floor(value / 83 ** (length - 1 - at)) % 83],
    ).join("");
  const hash = fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
    .chain(([across, down]) =>
      fc.tuple(
        fc.constant(write((down - 1) * 9 + across - 1, 1)),
        fc.nat(82).map((most) => write(most, 1)),
        fc.nat(0xffffff).map((color) => write(color, 4)),
        fc.array(
          fc.nat(19 ** 3 - 1).map((part) => write(part, 2)),
          {
            minLength: across * down - 1,
            maxLength: across * down - 1,
          },
        ),
      ),
    )
    .map((parts) => parts.flat().join(""));

  /** The definition, word for word and slow. */
  function decode(text, width, height) {
    const size = number(text[0]);
    const [across, down] = [(size % 9) + 1, Math.floor(size / 9) + 1];
    const most = (number(text[1]) + 1) / 166;
    const linear = (value) =>
      value <= 10.31475 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    const signed = (value) => Math.sign(value) * value * value;
    const average = number(text.slice(2, 6));
    const colors = [[average >> 16, (average >> 8) & 255, average & 255].map(linear)];
    for (let at = 6; at < text.length; at += 2) {
      const part = number(text.slice(at, at + 2));
      colors.push(
        [Math.floor(part / 361), Math.floor(part / 19) % 19, part % 19].map(
          (each) => signed((each - 9) / 9) * most,
        ),
      );
    }
    const pixels = [];
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const sum = [0, 0, 0];
        for (let j = 0; j < down; j += 1) {
          for (let i = 0; i < across; i += 1) {
            const basis =
              Math.cos((Math.PI * x * i) / width) * Math.cos((Math.PI * y * j) / height);
            for (const at of sum.keys()) sum[at] += colors[j * across + i][at] * basis;
          }
        }
        for (const light of sum) {
          const value = Math.max(0, Math.min(1, light));
          pixels.push(
            Math.round(
              (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055) * 255,
            ),
          );
        }
        pixels.push(255);
      }
    }
    return pixels;
  }

  it("are decoded as they are defined", () =>
    fc.assert(
      fc.asyncProperty(
        hash,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        async (text, width, height) => {
          const m = client(json({}));
          const pixels = await m.decodeBlurhash(text, {
            out_size: [width, height],
            size_per_component: false,
          });
          const wanted = decode(text, width, height);
          assert.equal(pixels.length, wanted.length);
          const worst = Math.max(...wanted.map((value, at) => Math.abs(value - pixels[at])));
          assert.ok(worst <= 1, `${text} at ${width}×${height}: off by ${worst}`);
        },
      ),
      { numRuns: Math.min(NUM_RUNS, 2000) },
    ));

  it("of any text are decoded or refused", () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          anyText("L", "0", "~"),
          fc.string({ unit: fc.constantFrom(...DIGITS), maxLength: 170 }),
        ),
        async (text) => {
          const result = await ours(() =>
            client(json({})).decodeBlurhash(text, { out_size: [4, 4], size_per_component: false }),
          );
          if (!(result instanceof MastodonError)) assert.equal(result.length, 64);
        },
      ),
    ));

  it("into no more pixels than there is memory for", async () => {
    const m = client(json({}));
    for (const out_size of [
      [0, 5],
      [1.5, 2],
      [-1, 4],
      [1e9, 1e9],
      [2 ** 31, 2],
      [NaN, 1],
    ]) {
      const result = await ours(() =>
        m.decodeBlurhash("LEHV6nWB2yk8pyo0adR*.7kCMdnj", { out_size, size_per_component: false }),
      );
      assert.ok(result instanceof MastodonIllegalArgumentError, `${out_size}: ${result}`);
    }
    assert.equal(
      (
        await m.decodeBlurhash("LEHV6nWB2yk8pyo0adR*.7kCMdnj", {
          out_size: [4, 4],
          size_per_component: false,
        })
      ).length,
      64,
    );
  });
});

describe("answers", () => {
  it("are what the server sent, whatever that is", () =>
    fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const text = JSON.stringify(value);
        const result = await client(
          () => new Response(text, { headers: { "content-type": "application/json" } }),
        ).status("1");
        assert.equal(JSON.stringify(result), text);
      }),
    ));

  it("of any status and body end as a value or an error that knows the status", () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 200, max: 599 }),
        fc.oneof(anyText('{"error":"', '"}', "<html>", "null"), fc.json()),
        headerText(["text/html", "application/json", ";", "charset="]),
        async (status, body, type) => {
          const empty = [204, 205, 304].includes(status);
          const answer = () =>
            new Response(empty ? null : body, {
              status,
              headers: type ? { "content-type": type } : {},
            });
          const result = await client(answer, { ratelimit_method: "throw" })
            .status("1")
            .then(
              () => undefined,
              (error) => error,
            );
          if (result === undefined) assert.ok(status < 300);
          else {
            assert.ok(result instanceof MastodonError, result?.stack);
            assert.equal(result.status, status);
          }
        },
      ),
    ));
});

describe("the words of an error", () => {
  const words = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 30 })
    .filter((text) => text.trim() !== "" && !/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(text));
  /** Every shape that servers use, with these words in it. */
  const shapes = [
    (text) => ({ error: text }),
    (text) => ({ error: { message: text } }),
    (text) => ({ error: { description: text } }),
    (text) => ({ message: text }),
    (text) => ({ detail: text }),
    (text) => ({ detail: [{ loc: ["query"], msg: text }] }),
    (text) => ({ errors: { name: [text] } }),
    (text) => ({ errors: [{ message: text }] }),
    (text) => ({ type: "about:blank", title: text }),
    (text) => [text],
    (text) => text,
  ];

  it("are found in every shape, whatever stands beside them", () =>
    fc.assert(
      fc.asyncProperty(
        words,
        fc.constantFrom(...shapes),
        fc.dictionary(fc.stringMatching(/^x_[a-z]{1,5}$/), fc.jsonValue(), { maxKeys: 3 }),
        fc.constantFrom(400, 403, 404, 422, 500, 503),
        async (text, shape, more, status) => {
          const body = shape(text);
          const whole =
            typeof body === "object" && !Array.isArray(body) ? { ...body, ...more } : body;
          const answer = () => Response.json(whole, { status });
          const error = await ours(() =>
            client(answer, { ratelimit_method: "throw" }).statusFavourite("1"),
          );
          assert.equal(error.status, status);
          assert.equal(error.error.trim(), text.trim());
          assert.ok(error.message.includes(text.trim()), error.message);
          assert.equal(error.body, JSON.stringify(whole));
        },
      ),
    ));

  it("show no token, wherever in the answer it is written back, and in whatever escape", () => {
    const token = "s3cr3t/t+ken=&<x>";
    const forms = [
      token,
      encodeURIComponent(token),
      [...token].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""),
      token.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;"),
      btoa(`Bearer ${token}`),
    ];
    const around = anyText('{"error":"', '"}', "<p>", "\\", "%", "&", "s3cr");
    return fc.assert(
      fc.asyncProperty(around, fc.constantFrom(...forms), around, async (before, form, behind) => {
        const body = `${before}${form}${behind}`;
        const text = () =>
          new Response(body, { status: 400, headers: { "content-type": "text/plain" } });
        const quoted = () =>
          Response.json({ error: body, details: { a: [body] } }, { status: 422 });
        for (const answer of [text, quoted]) {
          const error = await ours(() =>
            client(answer, { access_token: token }).statusFavourite("1"),
          );
          const { message, stack, details } = error;
          const shown = [message, stack, error.error, error.body, JSON.stringify(details)].join(
            "\n",
          );
          for (const each of [token, form]) assert.ok(!shown.includes(each), shown);
        }
      }),
    );
  });
});

describe("frames of a stream", () => {
  /** A socket that opens at once; what it is fed, the stream reads. */
  function world() {
    const sockets = [];
    class Socket extends EventTarget {
      readyState = 0;
      constructor() {
        super();
        sockets.push(this);
        queueMicrotask(() => {
          this.readyState = 1;
          this.dispatchEvent(new Event("open"));
          this.onopen?.(new Event("open"));
        });
      }
      send() {}
      close() {
        this.readyState = 3;
      }
      feed(data) {
        const event = new MessageEvent("message", { data });
        this.dispatchEvent(event);
        this.onmessage?.(event);
      }
    }
    const fetch = async (url) =>
      Response.json(/instance/.test(url) ? { urls: {}, configuration: {} } : []);
    return { m: client(undefined, { fetch, web_socket: Socket }), sockets };
  }
  const event = fc.constantFrom(
    "update",
    "delete",
    "notification",
    "status.update",
    "conversation",
    "announcement.delete",
    "filters_changed",
    "xyzzy",
    "",
  );
  const payload = fc.oneof(
    fc.json(),
    fc.string(),
    fc.jsonValue(),
    fc.constantFrom("113000000000000000000001", 12345678901234567890n.toString(), undefined),
  );
  const stream = fc.oneof(
    fc.constantFrom(["user"], "user", ["list", "1"], ["list:1"], [], undefined),
    fc.jsonValue(),
  );
  const frame = fc.oneof(
    fc
      .record({ event, stream, payload }, { requiredKeys: [] })
      .map((value) => JSON.stringify(value)),
    fc
      .record(
        { error: fc.jsonValue(), status: fc.oneof(fc.constantFrom(400, 401, "x"), fc.jsonValue()) },
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify(value)),
    fc.json(),
    anyText("{", "}", '"event":"update"', '"payload":', "[", "null", ":thump"),
    fc.uint8Array().map((bytes) => bytes.buffer),
    fc.constantFrom(undefined, null, 5),
  );

  it("of any kind are survived, and the next good one arrives", async () => {
    const { m, sockets } = world();
    const log = console.error;
    console.error = () => {};
    try {
      const seen = [];
      let opened;
      const open = () =>
        new Promise((resolve) => {
          opened = resolve;
        });
      const start = () => {
        const ready = open();
        m.streamUser({
          onUpdate: ({ id }) => seen.push(id),
          onOpen: () => opened(),
          onError() {},
          onAbort() {},
        });
        return ready;
      };
      await start();
      let id = 113_000_000_000_000_000n;
      await fc.assert(
        fc.asyncProperty(fc.array(frame, { maxLength: 6 }), async (frames) => {
          const socket = sockets.at(-1);
          for (const data of frames) socket.feed(data);
          await new Promise((resolve) => setImmediate(resolve));
          // A refusal ends a stream that was not confirmed yet: then there is a new one.
          if (socket.readyState !== 1 || sockets.at(-1) !== socket) await start();
          id += 65_536n;
          const good = {
            stream: ["user"],
            event: "update",
            payload: JSON.stringify({ id: String(id) }),
          };
          sockets.at(-1).feed(JSON.stringify(good));
          await new Promise((resolve) => setImmediate(resolve));
          assert.ok(seen.includes(String(id)), "the good one did not arrive");
        }),
      );
    } finally {
      console.error = log;
      m.close();
    }
  });
});

/** As an encoder leaves it: no half of a character alone. */
function wellFormed(text) {
  return text.replace(
    /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    "\ufffd",
  );
}

// What the package has to do in a page, the same in every browser: page.js runs it there, run.mjs
// drives it. A case is a name, the entry of the package that it is about, and its steps in a page of its
// own: functions, and between them what a person does ("agree", "deny", "reload"), after which the page
// is a new one.

const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"; // RFC 7636, appendix B
const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const BLURHASH = "LEHV6nWB2yk8pyo0adR*.7kCMdnj";
const WASM = "/node_modules/mastodon-wasm/mastodon_wasm_bg.wasm";

export const cases = [];
const testOf = (entry, name, ...steps) => cases.push({ name, entry, steps });
const test = (name, ...steps) => testOf("mastodon-wasm", name, ...steps);

/** Thrown by a step where the browser has no such thing: no failure, and shown with its reason. */
export class Cannot extends Error {}

// --- what a case asserts with

const show = (value) =>
  (value instanceof Error ? String(value) : JSON.stringify(value)) ?? "undefined";

function ok(value, message) {
  if (!value) throw new Error(message);
}

function same(actual, expected, what = "it") {
  const [is, should] = [actual, expected].map(show);
  if (is !== should) throw new Error(`${what} is ${is}, and should be ${should}`);
}

function matches(text, pattern) {
  ok(pattern.test(text), `${show(text)} does not match ${pattern}`);
}

async function refusal(promise) {
  const value = await promise.then(
    (value) => ({ value }),
    (error) => ({ error }),
  );
  ok("error" in value, `it should have been refused, and gave ${show(value.value)}`);
  return value.error;
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function until(condition, what, milliseconds = 15_000) {
  for (const end = Date.now() + milliseconds; !(await condition()); await pause(20)) {
    ok(Date.now() < end, `no ${what} within ${milliseconds} ms`);
  }
}

/** The files of the module that this page has fetched. */
const modules = () =>
  performance
    .getEntriesByType("resource")
    .map(({ name }) => new URL(name).pathname)
    .filter((name) => name.endsWith(".wasm"));

const bytesOf = async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer());
const illegal = "MastodonIllegalArgumentError";

/** The requests that the server saw, `"GET /api/v1/statuses/1"`, without those of browsers for leave. */
async function requests({ state }) {
  const { requests } = await state();
  return requests
    .filter(({ method }) => method !== "OPTIONS")
    .map(({ method, path }) => `${method} ${path}`);
}

// --- loading

test("before init() it says what to do", async ({ library, url }) => {
  const { Mastodon } = library;
  for (const early of [
    () => new Mastodon({ api_base_url: url }),
    () => Mastodon.createApp("Test", { api_base_url: url }),
    () => Mastodon.getSupportedVersion(),
  ]) {
    const error = await refusal((async () => early())());
    matches(error.message, /call `await init\(\)` first/);
  }
  same(modules(), []);
});

test("init() fetches the module beside the script, once for all who wait", async (world) => {
  const { init, Mastodon } = world.library;
  const options = { api_base_url: world.url, access_token: world.mina };
  const [, , one, two] = await Promise.all([
    init(),
    init(),
    Mastodon.connect(options),
    Mastodon.connect(options),
  ]);
  await init();
  same(modules(), [WASM]);
  for (const client of [one, two]) {
    ok(client instanceof Mastodon, "connect() gives no client");
    same((await client.accountVerifyCredentials()).username, "mina");
  }
  same(Mastodon.name, "Mastodon");
});

for (const [what, make] of Object.entries({
  "an address as text": () => WASM,
  "a URL": () => new URL(WASM, location.href),
  "a Response": () => fetch(WASM).then((response) => response),
  "the promise of a Response": () => ({ later: fetch(WASM) }),
  "a Response that does not say what it is": async () => new Response(await bytesOf(WASM)),
  "an ArrayBuffer": async () => (await bytesOf(WASM)).buffer,
  "a typed array": () => bytesOf(WASM),
  "a WebAssembly.Module": async () => WebAssembly.compile(await bytesOf(WASM)),
})) {
  testOf("mastodon-wasm/slim", `/slim loads ${what}`, async ({ library, url, mina }) => {
    const { init, Mastodon } = library;
    same((await refusal(init())).name, "MastodonError");
    const source = await make();
    await init(source.later ?? source);
    const client = new Mastodon({ api_base_url: url, access_token: mina });
    same((await client.accountVerifyCredentials()).username, "mina");
  });
}

testOf("mastodon-wasm/slim", "/slim loads at once with initSync()", async (world) => {
  const { init, initSync, Mastodon } = world.library;
  initSync(await bytesOf(WASM));
  const client = new Mastodon({ api_base_url: world.url, access_token: world.mina });
  await init();
  same((await client.accountVerifyCredentials()).username, "mina");
});

testOf("mastodon-wasm/inline", "/inline fetches nothing", async ({ client }) => {
  same((await (await client()).accountVerifyCredentials()).username, "mina");
  same(modules(), []);
});

test("after a load that failed the next one tries again", async ({ library, closed }) => {
  const { init, Mastodon } = library;
  const missing = new URL("/nowhere.wasm", location.href);
  for (const [source, pattern] of [
    [missing, /could not be loaded from http:.*nowhere\.wasm: the server returned 404/],
    [`${closed}/module.wasm`, /could not be loaded from http:.*module\.wasm: \S/],
    [new Uint8Array([0, 97, 115, 109]), /could not be loaded: \S/],
  ]) {
    const [one, two] = await Promise.all([refusal(init(source)), refusal(init(source))]);
    ok(one === two, "two who waited got two errors");
    matches(one.message, pattern);
    ok(one.cause instanceof Error, "the cause is missing");
  }
  await init();
  matches(Mastodon.getSupportedVersion(), /^\d+\.\d+/);
});

test("a worker of the page has it all", async ({ url, mina, theo }) => {
  const worker = new Worker("/worker.js", { type: "module" });
  const said = new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(`the worker failed: ${message}`));
  });
  worker.postMessage({ url, access_token: mina, friend: theo });
  const result = await said;
  worker.terminate();
  same(result, {
    username: "mina",
    posts: 3,
    next: "object",
    error: "MastodonNotFoundError",
    status: 404,
    typed: true,
    event: "update",
  });
});

// --- requests

test("pages lead to the next, to the one before, and to the end", async ({ client }) => {
  const mastodon = await client();
  const first = await mastodon.timelineHome({ limit: 5 });
  same(first.length, 5);
  const second = await mastodon.fetchNext(first);
  same(second.length, 5);
  const ids = [...first, ...second].map(({ id }) => id);
  same(new Set(ids).size, 10);
  same(ids, ids.toSorted?.((a, b) => (BigInt(a) < BigInt(b) ? 1 : -1)) ?? ids);
  const back = await mastodon.fetchPrevious(second);
  same(
    back.map(({ id }) => id),
    first.map(({ id }) => id),
  );
  const seen = [];
  for await (const { id } of mastodon.paginationIterator(first)) {
    seen.push(id);
    if (seen.length === 12) break;
  }
  same(seen.slice(0, 10), ids);
  const me = await mastodon.me();
  const all = await mastodon.fetchRemaining(await mastodon.accountStatuses(me, { limit: 7 }));
  ok(all.length > 7 && new Set(all.map(({ id }) => id)).size === all.length, `${all.length} posts`);
  const once = await mastodon.accountStatuses(me, { limit: 40 });
  same(
    all.map(({ id }) => id),
    once.map(({ id }) => id),
  );
});

const FIELDS = "status method path error error_description details body headers".split(" ");

test("a status of the server is an error of its class", async ({ client, library, fault }) => {
  const mastodon = await client({ ratelimit_method: "throw" });
  const stranger = await client({ access_token: "token-of-nobody" });
  const real = [
    [404, "MastodonNotFoundError", () => mastodon.status("1"), "GET", "/api/v1/statuses/1"],
    [
      401,
      "MastodonUnauthorizedError",
      () => stranger.timelineHome(),
      "GET",
      "/api/v1/timelines/home",
    ],
    [422, "MastodonAPIError", () => mastodon.statusPost(""), "POST", "/api/v1/statuses"],
  ];
  const faulty = {
    400: "MastodonAPIError",
    403: "MastodonAPIError",
    410: "MastodonAPIError",
    429: "MastodonRatelimitError",
    500: "MastodonInternalServerError",
    502: "MastodonBadGatewayError",
    503: "MastodonServiceUnavailableError",
    504: "MastodonGatewayTimeoutError",
    520: "MastodonServerError",
  };
  const html = ([status, name]) => [
    Number(status),
    name,
    async () => {
      const body = Number(status) > 500 ? "html" : "json";
      await fault({
        match: { path: "^/api/v1/bookmarks" },
        times: 1,
        status: Number(status),
        body,
      });
      return mastodon.bookmarks();
    },
    "GET",
    "/api/v1/bookmarks",
  ];
  for (const [status, name, call, method, path] of [...real, ...Object.entries(faulty).map(html)]) {
    const error = await refusal(call());
    same([error.status, error.name, error.method, error.path], [status, name, method, path]);
    same(Object.keys(error), FIELDS, `the fields of a ${status}`);
    ok(
      error instanceof library[name] && error instanceof library.MastodonError,
      `${name}: its class`,
    );
    ok(error.body.length > 0 && error.headers["content-type"], `${status}: no body or no headers`);
    same(typeof error.error, status > 500 ? "object" : "string", `${status}: the server's words`);
    ok(!JSON.stringify(error).includes("token-of-nobody"), "the token is in the error");
  }
  same((await mastodon.bookmarks()).length >= 0, true);
});

test("a body that makes no sense is an error that says so", async ({ client, fault }) => {
  const mastodon = await client();
  for (const [body, pattern] of [
    ["broken_json", /returned 200: a body that is not JSON/],
    ["empty", /returned 200: an empty body instead of JSON/],
    ["login", /returned 200: a web page instead of JSON/],
  ]) {
    await fault({ match: { path: "^/api/v1/preferences" }, times: 1, status: 200, body });
    const error = await refusal(mastodon.preferences());
    same([error.name, error.status], ["MastodonAPIError", 200]);
    matches(error.message, pattern);
  }
});

test("a connection that is cut: what may be repeated is, and once", async ({ client, fault }) => {
  const mastodon = await client();
  const path = "^/api/v1/(statuses$|markers|timelines)";
  const text = `Cut off, ${Date.now()}`;
  await fault({ match: { method: "POST", path }, times: 1, drop: "after" });
  const { id } = await mastodon.statusPost(text);
  const mine = await mastodon.accountStatuses(await mastodon.me(), { limit: 5 });
  same(
    mine.filter(({ content }) => content.includes(text)).map((status) => status.id),
    [id],
  );
  await fault({ match: { method: "GET", path }, drop: "before" });
  const cut = await refusal(mastodon.timelineHome());
  same(
    [cut.name, cut.status, cut.path],
    ["MastodonNetworkError", undefined, "/api/v1/timelines/home"],
  );
  ok(cut.cause instanceof Error, "the cause is missing");
});

test("an answer that breaks off is a network error", async ({ client, fault }) => {
  const mastodon = await client();
  await fault({ match: { method: "GET", path: "^/api/v1/timelines" }, drop: "middle" });
  const error = await refusal(mastodon.timelineHome());
  same(error.name, "MastodonNetworkError");
});

test("nobody listens there", async ({ client, library, closed }) => {
  const error = await refusal((await client({ api_base_url: closed })).timelinePublic());
  same([error.name, error.method], ["MastodonNetworkError", "GET"]);
  ok(error instanceof library.MastodonIOError, "its class");
  ok(error.message.includes(`${closed}/api/v1/timelines/public`), error.message);
  matches(error.message, /or the server's CORS headers do not allow this page/);
});

test("an answer without CORS headers is a network error", async ({ client, fault }) => {
  await fault({ cors: false });
  const error = await refusal((await client()).timelineHome());
  same([error.name, error.status], ["MastodonNetworkError", undefined]);
  matches(error.message, /CORS/);
});

test("time that is over: of a request, and of a call", async ({ client, library, fault }) => {
  await fault({ match: { path: "^/api/v1/bookmarks" }, latency_ms: 4000 });
  const hasty = await client({ request_timeout: 0.3 });
  const patient = await client();
  for (const call of [() => hasty.bookmarks(), () => patient.bookmarks({ timeout: 0.3 })]) {
    const begin = performance.now();
    const error = await refusal(call());
    const took = performance.now() - begin;
    same(error.name, "MastodonReadTimeout");
    ok(error instanceof library.MastodonNetworkError, "its class");
    ok(took > 250 && took < 3000, `after ${took} ms`);
  }
});

test("a signal ends a call, with its own reason", async (world) => {
  const mastodon = await world.client();
  const reason = { mine: true };
  await world.forget();
  same(await refusal(mastodon.bookmarks({ signal: AbortSignal.abort(reason) })), reason);
  same((await refusal(mastodon.bookmarks({ signal: AbortSignal.abort() }))).name, "AbortError");
  same(await requests(world), []);

  await world.fault({ match: { path: "^/api/v1/bookmarks" }, latency_ms: 4000 });
  const begin = performance.now();
  const controller = new AbortController();
  const running = refusal(mastodon.bookmarks({ signal: controller.signal }));
  await pause(200);
  controller.abort(reason);
  ok((await running) === reason, "another reason");
  const late = await refusal(mastodon.bookmarks({ signal: AbortSignal.timeout(100) }));
  same(late.name, "TimeoutError");
  ok(performance.now() - begin < 3000, "it waited for the server");
});

test("free() ends what runs, and what comes", async ({ client, fault }) => {
  await fault({ match: { path: "^/api/v1/bookmarks" }, latency_ms: 4000 });
  const mastodon = await client();
  const stream = mastodon.streamUser();
  const running = refusal(mastodon.bookmarks());
  await pause(200);
  const begin = performance.now();
  mastodon.free();
  const error = await running;
  ok(performance.now() - begin < 1000, "it waited for the server");
  same(error.name, "MastodonError");
  matches(error.message, /closed while this call was running/);
  matches((await refusal(mastodon.bookmarks())).message, /this client was closed/);
  same(stream.state, "closed");
});

test("bad arguments are named, and never sent", async (world) => {
  const mastodon = await world.client();
  const { Mastodon } = world.library;
  const mine = new Error("mine");
  const getter = {
    get limit() {
      throw mine;
    },
  };
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const traps = new Proxy(
    {},
    {
      get: () => () => {
        throw mine;
      },
    },
  ); // prettier-ignore
  const hostile = new Proxy({}, traps);
  await world.forget();
  const attempts = [
    [
      () => mastodon.timelineHome({ limt: 5 }),
      /unknown option `limt` for timelineHome; did you mean `limit`\?/,
    ],
    [() => mastodon.statusPost("x", { visiblity: "public" }), /did you mean `visibility`\?/],
    [
      () => mastodon.timelineHome({ limit: "many" }),
      /`limit` must be a whole number, 0 or more, got "many"/,
    ],
    [() => mastodon.timelineHome({ limit: -1 }), /`limit` must be a whole number/],
    [() => mastodon.timelineHome({ limit: 1.5 }), /`limit` must be a whole number/],
    [() => mastodon.timelineHome("5"), /timelineHome: `options` must be/],
    [() => mastodon.status(""), /`id` must be an id/],
    [() => mastodon.status(2 ** 60), /`id` must be an id/],
    [() => mastodon.status(Symbol("1")), /`id` must be an id/],
    [() => mastodon.status(".."), /`id` must be an id/],
    [() => mastodon.statusPost("x", { visibility: "unlistd" }), /`visibility` must be/],
    [
      () => mastodon.statusPost("x", { scheduled_at: new Date(Number.NaN) }),
      /`scheduled_at` must be/,
    ],
    [() => mastodon.mediaPost("/etc/passwd"), /`media_file` must be/],
    [() => mastodon.timelineHome(getter), /`limit` could not be read|could not be read/, mine],
    [() => mastodon.timelineHome(proxy), /timelineHome: `options`/],
    [() => mastodon.timelineHome(hostile), /could not be read/, mine],
    [() => mastodon.bookmarks({ signal: {} }), /`signal` must be/],
    [() => mastodon.bookmarks({ timeout: 0 }), /`timeout` must be/],
  ];
  for (const [call, pattern, cause] of attempts) {
    const error = await refusal(call());
    same(error.name, illegal, String(call));
    matches(error.message, pattern);
    if (cause) ok(error.cause === cause, `${call}: another cause`);
  }
  for (const options of [
    undefined,
    {},
    { api_base_url: "http://mastodon.example" },
    { api_base_url: "x y" },
  ]) {
    let error;
    try {
      new Mastodon(options);
    } catch (thrown) {
      error = thrown;
    }
    same(error?.name, illegal, show(options));
  }
  same(await requests(world), []);
});

test("the rate limit is shown, and waited for", async ({ client, control }) => {
  const told = [];
  const mastodon = await client({ on_ratelimit: (limit) => told.push(limit) });
  await mastodon.bookmarks();
  const { limit, remaining, reset } = mastodon.ratelimit;
  same(limit, 7500);
  ok(remaining < limit && reset instanceof Date && reset > new Date(), show(mastodon.ratelimit));
  same(told.length, 1);
  await control("POST", "rate_limit", { limit: 3, window_ms: 2500 });
  const begin = performance.now();
  for (let count = 0; count < 4; count += 1) await mastodon.bookmarks();
  const took = performance.now() - begin;
  ok(took > 500 && took < 12_000, `four requests, of which three are allowed: ${took} ms`);
  await control("POST", "rate_limit", { limit: 1, window_ms: 60_000 });
  const proud = await client({ ratelimit_method: "throw" });
  const errors = [
    await proud.bookmarks().catch((error) => error),
    await refusal(proud.bookmarks()),
  ];
  same(errors[1].name, "MastodonRatelimitError");
  same(errors[1].status, 429);
});

/** A picture of the browser's own making. */
async function picture(type = "image/png") {
  const canvas = Object.assign(document.createElement("canvas"), { width: 8, height: 6 });
  const context = canvas.getContext("2d");
  context.fillStyle = "rgb(200, 30, 60)";
  context.fillRect(0, 0, 8, 6);
  return new Promise((resolve) => canvas.toBlob(resolve, type));
}

test("files of every kind arrive as they are", async (world) => {
  const mastodon = await world.client();
  const blob = await picture();
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const around = new Uint8Array(bytes.length + 20);
  around.set(bytes, 10);
  const description = 'A "red" square: Größe 8×6\r\n🟥 & more';
  for (const [kind, file] of Object.entries({
    File: new File([blob], 'naïve "name".png', { type: "image/png" }),
    Blob: blob,
    ArrayBuffer: bytes.buffer,
    "Uint8Array of a larger buffer": around.subarray(10, 10 + bytes.length),
    DataView: new DataView(around.buffer, 10, bytes.length),
  })) {
    await world.forget();
    const options = { description, focus: [0.25, -0.5], synchronous: true };
    const media = await mastodon.mediaPost(file, options);
    same(media.type, "image", kind);
    same(media.description.replaceAll("\r", ""), description.replaceAll("\r", ""), kind);
    same(media.meta.focus, { x: 0.25, y: -0.5 }, kind);
    const [{ headers }] = (await world.state()).requests.filter(({ method }) => method === "POST");
    matches(headers["content-type"], /^multipart\/form-data; ?boundary=\S+$/);
    const stored = await bytesOf(new URL(media.url).pathname);
    same([...stored], [...bytes], `the ${kind} as stored`);
  }
  const empty = await refusal(mastodon.mediaPost(new Blob([], { type: "image/png" })));
  same(empty.status, 422);
});

test("a buffer that was handed over is refused, and one that changes was read", async ({
  client,
}) => {
  const mastodon = await client();
  const bytes = new Uint8Array(await (await picture()).arrayBuffer());
  const upload = mastodon.mediaPost(bytes, { synchronous: true });
  bytes.fill(0);
  same((await upload).type, "image");
  const gone = bytes.buffer;
  structuredClone(gone, { transfer: [gone] });
  const error = await refusal(mastodon.mediaPost(gone));
  same(error.name, illegal);
});

test("ids are texts, numbers that are exact, BigInts and entities", async ({ client }) => {
  const mastodon = await client();
  const [status] = await mastodon.timelineHome({ limit: 1 });
  ok(BigInt(status.id) > 2n ** 53n, `${status.id} would fit a number`);
  for (const id of [status.id, BigInt(status.id), status]) {
    same((await mastodon.status(id)).id, status.id);
  }
  const me = await mastodon.me();
  same((await mastodon.account(BigInt(me.id))).id, me.id);
  const older = await mastodon.timelineHome({ max_id: BigInt(status.id), limit: 3 });
  ok(
    older.every(({ id }) => BigInt(id) < BigInt(status.id)),
    "max_id was not heeded",
  );
});

test("dates go out in UTC, to the millisecond", async (world) => {
  const mastodon = await world.client();
  const date = new Date(Date.now() + 3_600_000);
  const scheduled = await mastodon.statusPost("Later", { scheduled_at: date });
  same(new Date(scheduled.scheduled_at).getTime(), date.getTime());
  const moved = new Date(date.getTime() + 60_123);
  const changed = await mastodon.scheduledStatusUpdate(scheduled, moved);
  same(new Date(changed.scheduled_at).getTime(), moved.getTime());
  await mastodon.scheduledStatusDelete(scheduled);
  same(await mastodon.scheduledStatuses(), []);
});

test("text is text, in whatever script", async ({ client }) => {
  const mastodon = await client();
  const text = "Größe & 100% = 5+3? #日本語 🏳️‍🌈 𝔘𝔫𝔦 \u202e؟ ‹script›;\n«second line»";
  const { id } = await mastodon.statusPost(text, { spoiler_text: "Ключ: ä=1&b", language: "de" });
  const source = await mastodon.statusSource(id);
  same([source.text, source.spoiler_text], [text, "Ключ: ä=1&b"]);
  const poll = { options: ["ja & nein", "ß=ẞ"], expires_in: 3600, multiple: true };
  const status = await mastodon.statusPost("Which?", { poll });
  same(
    status.poll.options.map(({ title }) => title),
    poll.options,
  );
  same(status.poll.multiple, true);
});

test("an idempotency key makes one post of two", async (world) => {
  const mastodon = await world.client();
  const options = { idempotency_key: `key-${Date.now()}` };
  const one = await mastodon.statusPost("Once", options);
  const two = await mastodon.statusPost("Once", options);
  same(two.id, one.id);
  await world.forget();
  const three = await mastodon.statusPost("Once");
  const four = await mastodon.statusPost("Once");
  ok(three.id !== four.id, "two calls, one post");
  const sent = (await world.state()).requests.filter(({ method }) => method === "POST");
  const keys = sent.map(({ headers }) => headers["idempotency-key"]);
  same(keys.length, 2);
  ok(keys[0] && keys[1] && keys[0] !== keys[1], show(keys));
});

// --- streams

/** Waits until the streams are open, and the server has taken up so many subscriptions: it does not say so. */
async function open(world, streams, subscriptions = streams.length) {
  await until(() => streams.every(({ state }) => state === "open"), "open stream", 25_000);
  const there = ({ sockets }) => sockets.flatMap(({ streams }) => streams).length;
  await until(async () => there(await world.state()) === subscriptions, "subscription");
}

test("a stream: a post, its edit, its end, for all who listen on one socket", async (world) => {
  const [mina, theo] = [await world.client(), await world.friend()];
  const heard = [];
  const streams = ["one", "two"].map((name) =>
    mina.streamUser({
      onUpdate: ({ id }) => heard.push(`${name} update ${id}`),
      onStatusUpdate: ({ id }) => heard.push(`${name} edit ${id}`),
      onDelete: (id) => heard.push(`${name} delete ${id}`),
    }),
  );
  const hashtag = mina.streamHashtag("Everywhere");
  // Two of them are one subscription.
  await open(world, [...streams, hashtag], 2);
  const { sockets } = await world.state();
  same(sockets.length, 1, "the number of sockets");
  const looped = (async () => {
    for await (const { event, stream, payload } of hashtag) return [event, stream, payload.id];
  })();
  const { id } = await theo.statusPost("Hello #everywhere");
  await theo.statusUpdate(id, "Hello again #everywhere");
  await theo.statusDelete(id);
  await until(() => heard.filter((line) => line.includes("delete")).length === 2, "end of it");
  for (const name of ["one", "two"]) {
    same(
      heard.filter((line) => line.startsWith(name)),
      ["update", "edit", "delete"].map((event) => `${name} ${event} ${id}`),
    );
  }
  same(await looped, ["update", ["hashtag", "everywhere"], id]);
  same(hashtag.state, "closed", "a stream whose loop was left");
  streams[0].close();
  same(
    streams.map(({ state }) => state),
    ["closed", "open"],
  );
  streams[1].close();
  await until(async () => (await world.state()).sockets.length === 0, "end of the socket");
});

test("a socket is cut: it comes back, and nothing is lost or doubled", async (world) => {
  const answered = [];
  const counting = async (...given) => {
    const response = await fetch(...given);
    answered.push(String(given[0]));
    return response;
  };
  const [mina, theo] = [await world.client({ fetch: counting }), await world.friend()];
  const [heard, gaps] = [[], []];
  let opened = 0;
  const stream = mina.streamUser({
    onUpdate: ({ id }) => heard.push(id),
    onGap: (gap) => gaps.push(gap),
    onOpen() {
      opened += 1;
    },
  });
  await open(world, [stream]);
  const posted = [];
  const post = async () => posted.push((await theo.statusPost(`Post ${posted.length}`)).id);
  await post();
  await until(() => heard.length === 1, "first post");
  // Cut before it knows where the stream begins, it would have to report a gap.
  await until(() => answered.some((url) => url.includes("/notifications")), "where it begins");
  await pause(200);
  await world.control("POST", "streaming", { drop: true, refuse_for_ms: 1200 });
  for (let count = 0; count < 5; count += 1) await post();
  await until(() => heard.length === 6, "post from the gap", 25_000);
  // REST may have brought them, where the socket was refused often enough.
  await until(() => opened === 2, "second socket", 25_000);
  await world.control("POST", "streaming", { close: 1001 });
  await until(() => stream.state !== "open", "end of the socket");
  await post();
  await until(() => opened === 3, "third socket", 25_000);
  await post();
  await until(() => heard.length >= 8, "last post");
  await pause(300);
  same(heard, posted);
  same(gaps, []);
  stream.close();
});

test("a server that echoes no subprotocol is listened to all the same", async (world) => {
  await world.control("POST", "behaviour", { echo_subprotocol: false });
  const [mina, theo] = [await world.client(), await world.friend()];
  const heard = [];
  const stream = mina.streamUser({ onUpdate: ({ id }) => heard.push(id) });
  await open(world, [stream]);
  const { id } = await theo.statusPost("Without an echo");
  await until(() => heard.length > 0, "post");
  same(heard, [id]);
  stream.close();
});

test("a revoked token ends a stream with the reason", async (world) => {
  const token = (await world.control("POST", "tokens", { username: "mina" })).access_token;
  const mastodon = await world.client({ access_token: token });
  const aborted = [];
  const stream = mastodon.streamUser({ onAbort: (error) => aborted.push(error) });
  await open(world, [stream]);
  await world.control("POST", "revoke", { token });
  await until(() => aborted.length > 0, "end", 25_000);
  same([aborted[0].name, aborted[0].status], ["MastodonUnauthorizedError", 401]);
  ok(!JSON.stringify(aborted[0]).includes(token), "the token is in the error");
  same(stream.state, "closed");
  const list = await (await world.friend()).listCreate("mine alone");
  const refused = (await world.client()).streamList(list);
  const error = await refusal(refused[Symbol.asyncIterator]().next());
  matches(error.message, /refused the stream/);
});

test("a listener that throws is reported, and stops nothing", async (world) => {
  const [mina, theo] = [await world.client(), await world.friend()];
  const mine = new Error("a listener's own");
  const [heard, told] = [[], []];
  const stream = mina.streamUser({
    onUpdate(status) {
      heard.push(status.id);
      throw mine;
    },
    onError: (error) => told.push(error),
  });
  await open(world, [stream]);
  await theo.statusPost("one");
  await theo.statusPost("two");
  await until(() => heard.length === 2, "second post");
  ok(told.length === 2 && told.every((error) => error === mine), `${told.length} reports`);
  same(world.printed.filter((line) => line.includes("a listener's own")).length, 2);
  const controller = new AbortController();
  const other = mina.streamPublic({}, { signal: controller.signal });
  const next = refusal(other[Symbol.asyncIterator]().next());
  controller.abort(mine);
  ok((await next) === mine, "another reason");
  mina.close();
  same([stream.state, other.state], ["closed", "closed"]);
});

// --- what is worked out in the page

test("a blurhash is drawn on a canvas", async ({ client }) => {
  const mastodon = await client();
  const options = { out_size: [32, 24], size_per_component: false };
  const pixels = await mastodon.decodeBlurhash(BLURHASH, options);
  same([pixels.width, pixels.height, pixels.length], [32, 24, 32 * 24 * 4]);
  // As another decoder has it, one more or less in rounding.
  const near = (at, wanted) => {
    const is = [...pixels.subarray(at * 4, at * 4 + 4)];
    ok(
      is.every((value, index) => Math.abs(value - wanted[index]) <= 1),
      `${is}, not ${wanted}`,
    );
  };
  near(0, [135, 164, 177, 255]);
  near(32 * 24 - 1, [132, 142, 147, 255]);
  const canvas = Object.assign(document.createElement("canvas"), { width: 32, height: 24 });
  const context = canvas.getContext("2d");
  context.putImageData(new ImageData(pixels, pixels.width), 0, 0);
  const at = (5 * 32 + 5) * 4;
  same([...context.getImageData(5, 5, 1, 1).data], [...pixels.subarray(at, at + 4)]);
});

test("a text is counted as the server counts it", async ({ library }) => {
  await library.init();
  const { getStatusLength } = library.Mastodon;
  for (const [text, length] of [
    ["Hello", 5],
    ["🏳️‍🌈👩‍👩‍👧‍👦e\u0301", 3],
    ["look: https://example.com/a/very/long/path?with=a&query=1", 29],
    ["@somebody@far.away.example hi", 12],
  ]) {
    same(getStatusLength(text), length, text);
  }
  same(getStatusLength("Hello", { spoiler_text: "👋🏽!" }), 7);
});

const unbase = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

/** The sender's side of RFC 8291. */
async function encrypt(text, theirs, auth) {
  const { subtle } = crypto;
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const pair = await subtle.generateKey(curve, true, ["deriveBits"]);
  const own = new Uint8Array(await subtle.exportKey("raw", pair.publicKey));
  const peer = await subtle.importKey("raw", theirs, curve, false, []);
  const shared = await subtle.deriveBits({ name: "ECDH", public: peer }, pair.privateKey, 256);
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const utf8 = new TextEncoder();
  const derive = async (from, secret, info, length) => {
    const key = await subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
    return subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: from, info }, key, length * 8);
  };
  const info = new Uint8Array([...utf8.encode("WebPush: info\0"), ...theirs, ...own]);
  const secret = await derive(auth, shared, info, 32);
  const bits = await derive(salt, secret, utf8.encode("Content-Encoding: aes128gcm\0"), 16);
  const iv = await derive(salt, secret, utf8.encode("Content-Encoding: nonce\0"), 12);
  const key = await subtle.importKey("raw", bits, "AES-GCM", false, ["encrypt"]);
  const padded = new Uint8Array([...utf8.encode(text), 2, 0, 0]);
  const box = new Uint8Array(await subtle.encrypt({ name: "AES-GCM", iv }, key, padded));
  return new Uint8Array([...salt, 0, 0, 16, 0, own.length, ...own, ...box]);
}

test("push messages: keys of the browser's cryptography, and what they open", async ({
  client,
}) => {
  const mastodon = await client();
  const [mine, { pubkey, auth }] = await mastodon.pushSubscriptionGenerateKeys();
  same([unbase(pubkey).length, unbase(pubkey)[0], unbase(auth).length], [65, 4, 16]);
  const message = { title: "Grüße", notification_id: 7 };
  const body = await encrypt(JSON.stringify(message), unbase(pubkey), unbase(auth));
  const kept = JSON.parse(JSON.stringify(mine));
  for (const data of [body, body.buffer]) {
    same(await mastodon.pushSubscriptionDecryptPush(data, kept, "", ""), message);
  }
  body[body.length - 1] ^= 1;
  const error = await refusal(mastodon.pushSubscriptionDecryptPush(body, kept, "", ""));
  same(error.name, illegal);

  same(error.cause.name, "OperationError");
});

test("push messages for a private key that is a number, as other programs keep it", async (world) => {
  const mastodon = await world.client();
  // The texts of these two are no JSON, which shows only once they are open.
  const cause = async (...parameters) =>
    (await refusal(mastodon.pushSubscriptionDecryptPush(...parameters))).cause.name;
  const rfc8291 = unbase(
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
  );
  const keys = {
    privkey: "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
    auth: "BTBZMqHH6r4Tts7J_aSIgg",
  };
  const drafts = {
    privkey: "9FWl15_QUQAWDaD3k3l50ZBZQJ4au27F1V4F0uLSD_M",
    auth: "R29vIGdvbyBnJyBqb29iIQ",
  };
  same(await cause(rfc8291, keys, "", ""), "SyntaxError");
  const draft = [
    "keyid=p256dh; salt=lngarbyKfMoi9Z75xYXmkg",
    "keyid=p256dh; dh=BNoRDbb84JGm8g5Z5CFxurSqsXWJ11ItfXEWYVLE85Y7CYkDjXsIEc4aqxYaQ1G8BqkXCJ6DPpDrWtdWj_mugHU",
  ];
  const walrus = unbase("6nqAQUME8hNqw5J3kl8cpVVJylXKYqZOeseZG8UueKpA");
  same(await cause(walrus, drafts, ...draft), "SyntaxError");
  same(await cause(walrus, keys, ...draft), "OperationError");
});

// --- logging in

/** Begins a login, which leaves the page; what keeps it from leaving is told to who waits for that. */
async function leave({ library, url }, more) {
  await library.init();
  const options = {
    api_base_url: url,
    client_name: "A site",
    redirect_uri: "/",
    scopes: ["read", "write"],
    ...more,
  };
  library.Mastodon.startLogin(options).catch((error) => {
    window.failed = String(error);
  });
}

/** What the server's page was asked with. */
async function asked({ state }) {
  const { requests } = await state();
  const { query } = requests.findLast(
    ({ method, path }) => `${method} ${path}` === "GET /oauth/authorize",
  );
  return new URLSearchParams(query);
}

const logins = () => JSON.parse(localStorage.getItem("mastodon-wasm:logins"));
const tokenRequests = async (world) =>
  (await requests(world)).filter((line) => line === "POST /oauth/token").length;

test(
  "a login: there and back, restored, and logged out",
  (world) => leave(world, { redirect_uri: "/?view=home" }),
  "agree",
  async (world) => {
    const { library, url, printed } = world;
    const query = await asked(world);
    same([query.get("response_type"), query.get("scope")], ["code", "read write"]);
    same(query.get("code_challenge_method"), "S256");
    for (const name of ["code_challenge", "state"]) matches(query.get(name), /^[\w-]{43}$/);
    matches(location.search, /^\?view=home&code=/);
    const code = new URLSearchParams(location.search).get("code");

    const { init, Mastodon } = library;
    await init();
    const [mastodon, other] = await Promise.all([Mastodon.finishLogin(), Mastodon.finishLogin()]);
    ok(mastodon === other, "two who asked got two clients");
    same((await mastodon.accountVerifyCredentials()).acct, "mina");
    same([location.pathname, location.search], ["/", "?view=home"]);
    same({ ...sessionStorage }, {}, "what is left of the way");
    same(await Mastodon.finishLogin(), null);

    const [{ access_token, client_secret, account }] = logins();
    same(account, `mina@${new URL(url).host}`);
    const secrets = [access_token, client_secret, code, query.get("state")];
    // A stack names the address that its script came from, with the code in it, which is spent.
    const spent = /(code|state)=[\w-]+/g;
    const [shown] = await Mastodon.savedLogins();
    same([shown.account, shown.api_base_url], [account, url]);
    const error = await refusal(mastodon.status("1"));
    const texts = [
      ...[mastodon, shown, error].map((value) => JSON.stringify(value)),
      ...[
        `${mastodon}`,
        error.stack.replace(spent, ""),
        location.href,
        document.referrer,
        ...printed,
      ],
      JSON.stringify(Object.getOwnPropertyNames(mastodon).map((name) => mastodon[name])),
    ];
    for (const secret of secrets) {
      ok(secret?.length > 20, "no secret to look for");
      const shows = texts.find((text) => text.includes(secret));
      ok(!shows, `a secret is shown: ${shows}`);
    }
    same(await tokenRequests(world), 1, "the number of exchanges");
  },
  "reload",
  async ({ library }) => {
    const { init, Mastodon } = library;
    await init();
    const token = logins()[0].access_token;
    const mastodon = await Mastodon.restore();
    same((await mastodon.me()).acct, "mina");
    await mastodon.logOut();
    same([localStorage.getItem("mastodon-wasm:logins"), await Mastodon.restore()], [null, null]);
    const late = new Mastodon({ api_base_url: mastodon.api_base_url, access_token: token });
    same((await refusal(late.timelineHome())).status, 401);
  },
);

test(
  "a login that comes back with another state is not finished, then or later",
  (world) => leave(world),
  "agree",
  async (world) => {
    const { init, Mastodon } = world.library;
    await init();
    const right = location.href;
    const wrong = new URL(right);
    wrong.searchParams.set("state", "somebody-else's");
    history.replaceState(null, "", wrong);
    const error = await refusal(Mastodon.finishLogin());
    same([error.reason, error.name, location.search], ["wrong_state", "MastodonLoginError", ""]);
    history.replaceState(null, "", right);
    same((await refusal(Mastodon.finishLogin())).reason, "spent_state");
    same([logins(), await tokenRequests(world)], [null, 0]);
  },
);

test(
  "a login that the person denies",
  (world) => leave(world),
  "deny",
  async (world) => {
    const { init, Mastodon } = world.library;
    await init();
    const error = await refusal(Mastodon.finishLogin());
    same([error.reason, error.name], ["access_denied", "MastodonLoginError"]);
    same([location.search, logins(), await tokenRequests(world)], ["", null, 0]);
  },
);

test(
  "a login that is kept in a Map, or in a storage of one's own",
  (world) => leave(world),
  "agree",
  async ({ library, url }) => {
    const { init, Mastodon } = library;
    await init();
    const map = new Map();
    const mastodon = await Mastodon.finishLogin({ storage: map });
    same(logins(), null);
    same([...map.keys()], ["mastodon-wasm:logins"]);
    const text = map.get("mastodon-wasm:logins");
    const later = {
      getItem: async (key) => pause(1).then(() => (key === "mastodon-wasm:logins" ? text : null)),
      setItem: async () => {},
      removeItem: async () => {},
    };
    for (const storage of [map, later]) {
      const account = `mina@${new URL(url).host}`;
      same(
        (await Mastodon.savedLogins({ storage })).map((login) => login.account),
        [account],
      );
      same((await (await Mastodon.restore({ storage, account })).me()).acct, "mina");
      same(await Mastodon.restore({ storage, account: "nobody@nowhere.example" }), null);
    }
    const bad = await refusal(Mastodon.restore({ storage: {} }));
    same(bad.name, illegal);
    await mastodon.logOut();
    same([...map], []);
  },
);

test("a login in a window that the browser does not open", async (world) => {
  const { init, Mastodon } = world.library;
  await init();
  window.open = () => null;
  const options = { api_base_url: world.url, client_name: "A site", popup: true };
  same((await refusal(Mastodon.startLogin(options))).reason, "popup_blocked");
  same(await requests(world), []);
});

test("the address for a login has the challenge of its verifier", async ({ library, url }) => {
  const { init, Mastodon } = library;
  await init();
  const app = await Mastodon.createApp("A program", { api_base_url: url, scopes: ["read"] });
  const mastodon = new Mastodon({ ...app, api_base_url: url });
  const options = { scopes: ["read"], code_verifier: VERIFIER, state: "s t" };
  const query = new URL(await mastodon.authRequestUrl(options)).searchParams;
  same(query.get("code_challenge"), CHALLENGE);
  same([query.get("code_challenge_method"), query.get("state")], ["S256", "s t"]);
});

test("no secret is printed, in errors or by way of debug_requests", async (world) => {
  const { mina, printed, fault } = world;
  const mastodon = await world.client({ debug_requests: true });
  const json = { error: mina, error_description: `Who is ${mina}?` };
  await fault({ match: { path: "^/api/v1/bookmarks" }, status: 400, body: { json } });
  const error = await refusal(mastodon.bookmarks());
  matches(error.body, /\*\*\*/);
  same(printed, [`GET ${world.url}/api/v1/bookmarks`]);
  for (const text of [
    error.message,
    error.stack,
    JSON.stringify(error),
    `${mastodon}`,
    JSON.stringify(mastodon),
  ])
    ok(!text.includes(mina), text);
  same(mastodon.persistableLoginCredentials().access_token, mina);
});

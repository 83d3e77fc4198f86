// What servers and networks do wrong, and what a caller gets of it. Each fault has the server's half
// (`serve`, run by Node) and the caller's (`call`, run by Node and by a page), so that this file imports
// nothing.
//
// serve(request, response, { count, other, hold, body })  `count` is 1 for the first request; `other`
//     the address of another server; `hold(…)` keeps what must not be collected or has to be ended
// socket(connection, { count })                           the server's half of a WebSocket; without it
//     the request for one is any other request
// call(m, { library, url, other })                        resolves to something that JSON can carry
// expect   what comes of it: `{ error, …fields }`, `{ value }`, or a function of the outcome and of
//          what the servers saw
// gets     what the table says of it, where that is more than the outcome shows
// options  more for the client; within: seconds; allowed: the headers that CORS lets pass

const json = (response, value, status = 200, headers = {}) => {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(typeof value === "string" ? value : JSON.stringify(value));
};
/** A server that says this of its version, and everything else as `serve` does. */
const asServer = (version, serve) => (request, response, seen) =>
  /\/instance$/.test(request.url) ? json(response, { version }) : serve(request, response, seen);
const posts = (requests) => requests.filter(({ method }) => method === "POST");
const asMastodon = (serve) => asServer("4.5.0", serve);
const text = (response, status, type, body, headers = {}) => {
  response.writeHead(status, type ? { "content-type": type, ...headers } : headers);
  response.end(body);
};
const html = (response, status) =>
  text(response, status, "text/html", "<!doctype html><title>Sorry</title><h1>Sorry</h1>");

const STATUS = { id: "1", content: "<p>1</p>" };
const status = (m) => m.status("1");
const post = (m) => m.statusPost("Hello");
const favourite = (m) => m.statusFavourite("1");
const home = (m) => m.timelineHome();

const api = (code, more) => ({ error: "MastodonAPIError", status: code, ...more });
const network = { error: "MastodonNetworkError" };
const timeout = { error: "MastodonReadTimeout" };
const fine = { value: STATUS };
/** An error of a status, for an HTML page, plain text and nothing at all. */
const refusals = (code, error, name = "") =>
  Object.entries({
    "a web page": (_, response) => html(response, code),
    "plain text": (_, response) => text(response, code, "text/plain", "sorry"),
    nothing: (_, response) => text(response, code),
    "broken JSON": (_, response) => json(response, '{"error":"so', code),
  }).map(([what, serve]) => ({
    name: `${code}${name} with ${what}`,
    serve,
    call: status,
    expect: { error, status: code, method: "GET", path: "/api/v1/statuses/1" },
  }));

/** A 429 with these headers, then (unless `always`) the answer. */
const limited =
  (headers, { always = false, times = 1 } = {}) =>
  (_, response, { count }) =>
    always || count <= times
      ? json(response, { error: "Too many requests" }, 429, headers())
      : json(response, STATUS);
const LIMIT = { "x-ratelimit-limit": "300", "x-ratelimit-remaining": "0" };
const iso = (seconds) => () => ({
  ...LIMIT,
  "x-ratelimit-reset": new Date(Date.now() + seconds * 1000).toISOString(),
});
const epoch = (seconds) => () => ({
  ...LIMIT,
  "x-ratelimit-reset": String(Math.ceil(Date.now() / 1000) + seconds),
});
/** The same from a server whose clock is wrong, and says so. */
const skewed = (hours, seconds) => () => ({
  ...LIMIT,
  date: new Date(Date.now() + hours * 3_600_000).toUTCString(),
  "x-ratelimit-reset": new Date(Date.now() + hours * 3_600_000 + seconds * 1000).toISOString(),
});
const waited = (least, most) => (outcome) =>
  JSON.stringify(outcome.value) === JSON.stringify(STATUS) &&
  outcome.seconds >= least &&
  outcome.seconds <= most;

/** A call that is ended from outside after a while. */
const ended = (end, milliseconds, call) => async (m, context) => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const running = call(m, { ...context, signal: controller.signal });
  running.catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  if (end === "abort") controller.abort(reason);
  else m[end]();
  const begin = performance.now();
  const error = await running.then(
    () => "it resolved",
    (thrown) => thrown,
  );
  if (performance.now() - begin > 2000) return "it took its time";
  if (end === "abort") return error === reason ? "the reason" : String(error);
  if (!(error instanceof context.library.MastodonError)) return String(error);
  const later = await m.status("1").catch((thrown) => thrown);
  return later instanceof context.library.MastodonError ? "ended" : `later: ${later}`;
};
const with_signal =
  (name, ...values) =>
  (m, { signal }) =>
    m[name](...values, signal ? { signal } : {});

/** The same call, ended in each of the three ways. */
const endings = (name, milliseconds, serve, call, options) =>
  ["abort", "close", "free"].map((end) => ({
    name: `${end === "abort" ? "aborted" : `${end}()`} ${name}`,
    serve,
    call: ended(end, milliseconds, call),
    expect: { value: end === "abort" ? "the reason" : "ended" },
    gets: end === "abort" ? "the signal's `reason`, at once" : "an error that says so, at once",
    options,
  }));

const silence = () => {};
const half = (_, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write('{"id":"1",');
};
const upload = (m, more) =>
  m.mediaPost(new Blob(["file"], { type: "image/png" }), { synchronous: true, ...more });

const logIn = (m) => m.logIn({ code: "1", redirect_uri: "https://a.example", scopes: ["read"] });
const createApp = (_, { library, url }) =>
  library.Mastodon.createApp("app", {
    api_base_url: url,
    redirect_uris: ["https://a.example"],
    scopes: ["read"],
  });
/** A token's answer, or what happens instead; undefined is a web page. No server here has metadata. */
const token = (value, code) => (request, r) => {
  if (request.url !== "/oauth/token") return json(r, { error: "no" }, 404);
  if (value === undefined) return html(r, code);
  if (value === "reset") return request.socket.resetAndDestroy();
  if (value === "silence") return;
  if (value !== "break off") return json(r, value, code);
  r.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  r.write('{"access_token":"granted');
  setTimeout(() => request.socket.destroy(), 50);
};
/** A server whose token has ended, and what comes of a refresh. */
const renewed = (value, code) => (request, r, seen) => {
  if (/^\/(oauth|\.well-known)\//.test(request.url)) return token(value, code)(request, r, seen);
  if (request.headers.authorization === "Bearer renewed") return json(r, STATUS);
  json(r, { error: "The access token expired" }, 401);
};

const update = (id) =>
  JSON.stringify({ stream: ["user"], event: "update", payload: JSON.stringify({ id }) });
/** A home timeline that goes up to 3, and to 1 when somebody begins to listen. */
const timeline = (request) => {
  const { pathname, searchParams } = new URL(request.url, "http://a");
  if (!/home$/.test(pathname)) return [];
  if (searchParams.get("limit") === "1") return [{ id: "1" }];
  const after = Number(searchParams.get("min_id") ?? 0);
  return ["3", "2", "1"].filter((id) => Number(id) > after).map((id) => ({ id }));
};
/** The ids of the first updates of one's own stream. */
const updates = (m, count, options) =>
  new Promise((resolve, reject) => {
    const seen = [];
    const onUpdate = ({ id }) => seen.push(id) === count && resolve(seen);
    m.streamUser({ onUpdate, onAbort: reject, onError() {} }, options);
  });
const firstUpdate = (m, options) => updates(m, 1, options).then(([id]) => id);

/** As servers write them, and whether that is at least Mastodon 1.0. */
const VERSIONS = {
  "4.4.3": true,
  "4.5.0-beta.2": true,
  "4.3.1+glitch": true,
  "2.7.2 (compatible; Pleroma 2.5.0)": true,
  "3.5.3 (compatible; Akkoma)": true,
  "0.20.1+git-57cb4fe": false,
  "": false,
};

export const FAULTS = {
  "Bodies of good answers": [
    { name: "200 with nothing", serve: (_, r) => text(r, 200), call: status, expect: api(200) },
    { name: "204", serve: (_, r) => text(r, 204), call: status, expect: api(204) },
    {
      name: "200 with white space",
      serve: (_, r) => json(r, " \n "),
      call: status,
      expect: api(200),
    },
    { name: "200 with a web page", serve: (_, r) => html(r, 200), call: status, expect: api(200) },
    {
      name: "JSON as `text/plain`",
      serve: (_, r) => text(r, 200, "text/plain", JSON.stringify(STATUS)),
      call: status,
      expect: fine,
    },
    {
      name: "JSON as `text/html`",
      serve: (_, r) => text(r, 200, "text/html", JSON.stringify(STATUS)),
      call: status,
      expect: fine,
    },
    {
      name: "JSON without a content type",
      serve: (_, r) => text(r, 200, undefined, JSON.stringify(STATUS)),
      call: status,
      expect: fine,
    },
    {
      name: "JSON with a byte order mark",
      serve: (_, r) => json(r, `\ufeff${JSON.stringify(STATUS)}`),
      call: status,
      expect: fine,
    },
    {
      name: "JSON that stops half way, complete as an answer",
      serve: (_, r) => json(r, '[{"id":"1"},{"id"'),
      call: home,
      expect: api(200),
    },
    {
      name: "no JSON as `application/json`",
      serve: (_, r) => json(r, "<<not json>>"),
      call: status,
      expect: api(200),
    },
    {
      name: "invalid UTF-8 inside a string",
      serve: (_, r) => {
        r.writeHead(200, { "content-type": "application/json" });
        r.end(Buffer.from('{"id":"1","content":"a\xff\xfeb"}', "latin1"));
      },
      call: status,
      expect: { value: { id: "1", content: "a\ufffd\ufffdb" } },
      gets: "the answer, with U+FFFD for what is no character",
    },
    {
      name: "50 MB of JSON",
      serve: (_, r) => {
        const entry = `{"id":"1","content":"${"x".repeat(50_000)}"}`;
        json(r, `[${Array(1000).fill(entry).join()}]`);
      },
      call: async (m) => (await m.timelineHome()).length,
      expect: { value: 1000 },
    },
    {
      name: "100,000 lists within each other",
      serve: (_, r) => json(r, "[".repeat(100_000) + "]".repeat(100_000)),
      call: (m) => m.status("1").then((value) => Array.isArray(value)),
      expect: (outcome) => outcome.value === true || outcome.error === "MastodonAPIError",
    },
    {
      name: "an answer that says gzip and is not",
      serve: (_, r) => json(r, STATUS, 200, { "content-encoding": "gzip" }),
      call: status,
      expect: network,
    },
    {
      name: "`__proto__` as a key",
      serve: (_, r) => json(r, '{"id":"1","__proto__":{"polluted":true}}'),
      call: async (m) => {
        const value = await m.status("1");
        return [
          {}.polluted ?? null,
          Object.keys(value),
          Object.getPrototypeOf(value) === Object.prototype,
        ];
      },
      expect: { value: [null, ["id", "__proto__"], true] },
    },
    {
      name: "dates that are none, or empty",
      serve: (_, r) => json(r, { id: "1", created_at: "", edited_at: "0000-00-00" }),
      call: status,
      expect: { value: { id: "1", created_at: "", edited_at: "0000-00-00" } },
    },
    {
      name: "206, while a timeline is being put together",
      serve: (_, r) => json(r, [], 206),
      call: home,
      expect: { value: [] },
    },
    {
      name: "103 before the answer",
      serve: (_, r) => {
        r.writeEarlyHints({ link: "</style.css>; rel=preload; as=style" });
        json(r, STATUS);
      },
      call: status,
      expect: fine,
    },
  ],

  Refusals: [
    {
      name: "401",
      serve: (_, r) => json(r, { error: "The access token is invalid" }, 401),
      call: status,
      expect: {
        error: "MastodonUnauthorizedError",
        status: 401,
        said: "The access token is invalid",
      },
    },
    {
      name: "403",
      serve: (_, r) => json(r, { error: "not allowed" }, 403),
      call: favourite,
      expect: api(403, { method: "POST", path: "/api/v1/statuses/1/favourite" }),
    },
    ...refusals(404, "MastodonNotFoundError"),
    {
      name: "422 with details",
      serve: (_, r) =>
        json(
          r,
          { error: "no", details: { username: [{ error: "ERR_TAKEN", description: "is taken" }] } },
          422,
        ),
      call: post,
      expect: api(422, {
        details: { username: [{ error: "ERR_TAKEN", description: "is taken" }] },
      }),
    },
    {
      name: "418 in plain text, for want of a `User-Agent` (GoToSocial)",
      serve: (request, r) =>
        request.headers["user-agent"]
          ? json(r, STATUS)
          : text(r, 418, "text/plain", "I'm a teapot"),
      call: status,
      expect: fine,
    },
    {
      name: "400 for a JSON content type with an empty body (GoToSocial)",
      serve: (request, r, { body }) =>
        /json/.test(request.headers["content-type"]) && body === ""
          ? json(r, { error: "Bad Request" }, 400)
          : json(r, STATUS),
      call: favourite,
      expect: fine,
    },
    {
      name: "no CORS for other headers than three (GoToSocial)",
      allowed: "Authorization, Content-Type, Idempotency-Key",
      serve: (_, r) => json(r, STATUS),
      call: post,
      expect: fine,
    },
    {
      name: "no CORS at all (Pixelfed's `/oauth/token`)",
      serve: (_, r) => {
        for (const name of r.getHeaderNames()) r.removeHeader(name);
        json(r, { access_token: "token", scope: "read", token_type: "Bearer" });
      },
      call: (m) => m.logIn({ code: "1", redirect_uri: "https://app.example", scopes: ["read"] }),
      expect: (outcome, { page }) =>
        page
          ? outcome.error === "MastodonNetworkError" && /CORS/.test(outcome.message)
          : outcome.value === "token",
    },
    {
      name: "500 in JSON",
      serve: (_, r) => json(r, { error: "oh" }, 500),
      call: status,
      expect: { error: "MastodonInternalServerError", status: 500, said: "oh" },
    },
    ...refusals(502, "MastodonBadGatewayError"),
    ...refusals(503, "MastodonServiceUnavailableError"),
    ...refusals(504, "MastodonGatewayTimeoutError").slice(0, 1),
    ...refusals(520, "MastodonServerError", " (Cloudflare)").slice(0, 1),
    {
      name: "503 whose body breaks off",
      serve: (_, r) => {
        r.writeHead(503, { "content-type": "text/html", "content-length": "1000" });
        r.write("<h1>");
        setTimeout(() => r.socket.destroy(), 50);
      },
      call: status,
      expect: { error: "MastodonServiceUnavailableError", status: 503 },
    },
    {
      name: "502 with 50 MB of a web page",
      serve: (_, r) => text(r, 502, "text/html", "x".repeat(50_000_000)),
      call: status,
      expect: { error: "MastodonBadGatewayError", status: 502, bodyLength: 65_536 },
    },
    {
      name: "the token itself, in the answer and its headers",
      serve: (_, r) =>
        json(r, { error: "bad: secret-token", secret: "secret-token" }, 403, {
          "x-request-id": "secret-token",
          "access-control-expose-headers": "*",
        }),
      call: status,
      expect: (outcome) =>
        outcome.status === 403 && !JSON.stringify(outcome).includes("secret-token"),
      gets: "`MastodonAPIError`, the token blanked in all of it",
    },
    {
      name: "500 to a repeated `Idempotency-Key` (after a connection that dropped)",
      serve: asMastodon((request, r, { count }) =>
        count === 1 ? request.socket.destroy() : json(r, { error: "oh" }, 500),
      ),
      call: post,
      expect: (outcome, { requests }) =>
        outcome.error === "MastodonInternalServerError" &&
        posts(requests).length === 2 &&
        requests[0].headers["idempotency-key"] === requests.at(-1).headers["idempotency-key"],
    },
  ],

  Connections: [
    {
      name: "reset before the answer, once, to a GET",
      serve: (request, r, { count }) =>
        count === 1 ? request.socket.resetAndDestroy() : json(r, STATUS),
      call: status,
      expect: fine,
      gets: "the answer, asked for once more",
    },
    {
      name: "reset before the answer, each time",
      serve: (request) => request.socket.resetAndDestroy(),
      call: status,
      expect: (outcome, { requests, page }) =>
        outcome.error === "MastodonNetworkError" && (page || requests.length === 2),
      gets: "`MastodonNetworkError` after two tries",
    },
    {
      name: "reset before the answer, to a POST",
      serve: (request) => request.socket.resetAndDestroy(),
      call: favourite,
      // Chromium itself repeats a request whose connection was one it had kept.
      expect: (outcome, { requests, page }) =>
        outcome.error === "MastodonNetworkError" && (page || requests.length === 1),
      gets: "`MastodonNetworkError`, asked once",
    },
    {
      name: "reset before the answer, to a status",
      serve: asMastodon((request, r, { count }) =>
        count === 1 ? request.socket.resetAndDestroy() : json(r, STATUS),
      ),
      call: post,
      expect: (outcome, { requests }) =>
        outcome.value?.id === "1" &&
        requests[0].headers["idempotency-key"] === requests.at(-1).headers["idempotency-key"],
      gets: "the answer, asked for once more under the same `Idempotency-Key`",
    },
    {
      name: "reset before the answer, to a status, by a server that ignores `Idempotency-Key`",
      serve: asServer("0.20.1+git-57cb4fe", (request, r) =>
        request.method === "POST" ? request.socket.resetAndDestroy() : json(r, STATUS),
      ),
      call: post,
      // Chromium repeats by itself what a connection that was used before dropped.
      expect: (outcome, { requests }) =>
        outcome.error === "MastodonNetworkError" &&
        /may have processed it/.test(outcome.message) &&
        posts(requests).length <= 2,
      gets: "`MastodonNetworkError`, which says that it may have been posted",
    },
    {
      name: "reset in the middle of the body",
      serve: (request, r) => {
        half(request, r);
        setTimeout(() => request.socket.resetAndDestroy(), 50);
      },
      call: status,
      expect: (outcome, { requests }) =>
        outcome.error === "MastodonNetworkError" && outcome.status === 200 && requests.length === 1,
      gets: "`MastodonNetworkError`, `status` 200",
    },
    {
      name: "closed in the middle of a chunked body",
      serve: (request, r) => {
        r.writeHead(200, { "content-type": "application/json" });
        r.write('[{"id":"1"}');
        setTimeout(() => request.socket.destroy(), 50);
      },
      call: home,
      expect: { error: "MastodonNetworkError", status: 200 },
    },
    {
      name: "closed between two requests",
      serve: (request, r) => {
        json(r, STATUS);
        r.on("finish", () => request.socket.destroy());
      },
      call: async (m) => [await m.status("1"), await m.status("2"), await m.status("3")].length,
      expect: { value: 3 },
    },
    {
      name: "nobody there",
      serve: silence,
      closed: true,
      call: status,
      expect: network,
    },
    {
      name: "an answer that is no HTTP",
      serve: (request) => request.socket.end("SSH-2.0-OpenSSH_9.2\r\n\r\n"),
      call: status,
      // Chromium takes it for HTTP/0.9 on some ports.
      expect: (outcome) => /^Mastodon(Network|API)Error$/.test(outcome.error),
      gets: "`MastodonNetworkError`",
    },
    {
      name: "1 MB of headers",
      serve: (request) =>
        request.socket.end(`HTTP/1.1 200 OK\r\nx: ${"y".repeat(1_000_000)}\r\n\r\n{}`),
      call: status,
      expect: network,
    },
    {
      name: "no answer, ever (`timeout`)",
      serve: silence,
      call: (m) => m.status("1", { timeout: 0.2 }),
      expect: timeout,
    },
    {
      name: "no answer, ever (`request_timeout`)",
      serve: silence,
      call: status,
      options: { request_timeout: 0.2 },
      expect: timeout,
    },
    {
      name: "half an answer, and no more (`timeout`)",
      serve: half,
      call: (m) => m.status("1", { timeout: 0.2 }),
      expect: timeout,
    },
    {
      name: "a byte now and then, for ever (`timeout`)",
      serve: (request, r) => {
        r.writeHead(200, { "content-type": "application/json" });
        const timer = setInterval(() => r.write(" "), 20);
        request.socket.on("close", () => clearInterval(timer));
      },
      call: (m) => m.status("1", { timeout: 0.3 }),
      expect: timeout,
    },
  ],

  "Other places": [
    {
      name: "302 to the same server",
      serve: (request, r) =>
        request.url === "/moved"
          ? json(r, STATUS)
          : text(r, 302, undefined, "", { location: "/moved" }),
      call: status,
      expect: fine,
    },
    {
      name: "302 to another server",
      serve: (_, r, { other }) => text(r, 302, undefined, "", { location: `${other}/elsewhere` }),
      call: status,
      expect: (outcome, { elsewhere }) =>
        (outcome.value || outcome.error === "MastodonNetworkError") &&
        elsewhere.every(({ headers }) => !headers.authorization),
      gets: "as `fetch` does; the token does not go along",
    },
    {
      name: "307 to another server, for a POST",
      serve: (_, r, { other }) => text(r, 307, undefined, "", { location: `${other}/elsewhere` }),
      call: favourite,
      expect: (outcome, { elsewhere }) =>
        (outcome.value || outcome.error === "MastodonNetworkError") &&
        elsewhere.every(({ headers }) => !headers.authorization),
      gets: "as `fetch` does; the token does not go along",
    },
    {
      name: "302 to a login page",
      serve: (request, r) =>
        request.url === "/auth/sign_in"
          ? html(r, 200)
          : text(r, 302, undefined, "", { location: "/auth/sign_in" }),
      call: home,
      expect: api(200),
    },
    {
      name: "302 in a circle",
      serve: (request, r) => text(r, 302, undefined, "", { location: request.url }),
      call: status,
      expect: network,
    },
    {
      name: "307 to another server, for a password",
      serve: (request, r, { other }) =>
        /^\/\.well-known/.test(request.url)
          ? json(r, { error: "no" }, 404)
          : text(r, 307, undefined, "", { location: `${other}/elsewhere` }),
      call: (m) => m.logIn({ username: "a", password: "b", scopes: ["read"] }),
      expect: (outcome, { elsewhere }) =>
        outcome.error === "MastodonAPIError" && elsewhere.length === 0,
      gets: "`MastodonAPIError`: nothing is sent there",
    },
    {
      name: "`Link` to another port of this machine, as behind a proxy",
      serve: (_, r, { other, count }) =>
        json(r, [STATUS], 200, {
          link: count === 1 ? `<${other}/api/v1/timelines/home?max_id=1>; rel="next"` : "",
        }),
      call: async (m) => (await m.fetchNext(await m.timelineHome())).length,
      expect: (outcome, { requests, elsewhere }) =>
        outcome.value === 1 && requests.length === 2 && elsewhere.length === 0,
      gets: "the page, from the client's own server",
    },
    {
      name: "`Link` to another server",
      serve: (_, r) =>
        json(r, [STATUS], 200, { link: '<https://other.example/api/x?max_id=1>; rel="next"' }),
      call: async (m) => m.fetchNext(await m.timelineHome()),
      expect: (outcome, { elsewhere }) =>
        outcome.classes?.includes("MastodonError") && elsewhere.length === 0,
      gets: "an error; nothing is sent there",
    },
    {
      name: "`Link` to another server, through an iterator",
      serve: (_, r) =>
        json(r, [STATUS], 200, { link: '<https://other.example/api/x?max_id=1>; rel="next"' }),
      call: async (m) => {
        const all = [];
        for await (const one of m.paginationIterator(await m.timelineHome())) all.push(one);
        return all.length;
      },
      expect: (outcome, { elsewhere }) =>
        outcome.classes?.includes("MastodonError") && elsewhere.length === 0,
      gets: "an error; nothing is sent there",
    },
    {
      name: "`Link` that is none",
      serve: (_, r) =>
        json(r, [STATUS], 200, { link: '<<>;; rel=next, ,;"<h ttp://[>; rel="prev"; next' }),
      call: async (m) => (await m.timelineHome()).length,
      expect: { value: 1 },
    },
    {
      name: "`Link` to the page itself",
      serve: (request, r) =>
        json(r, [STATUS], 200, {
          link: `<http://${request.headers.host}/api/v1/timelines/home?max_id=1>; rel="next"`,
        }),
      call: async (m) => (await m.fetchRemaining(await m.timelineHome())).length,
      expect: (outcome, { requests }) => outcome.value <= 3 && requests.length <= 3,
      gets: "what there is; the loop ends",
    },
    {
      name: "empty pages that go on for ever",
      serve: (request, r, { count }) =>
        json(r, [], 200, {
          link: `<http://${request.headers.host}/api/v1/timelines/home?max_id=${count}>; rel="next"`,
        }),
      call: async (m) => (await m.fetchRemaining(await m.timelineHome())).length,
      expect: (outcome, { requests }) => outcome.value === 0 && requests.length === 11,
      gets: "what there is; the loop ends after ten",
    },
    {
      name: "counted pages from a server that ignores `offset`",
      serve: (_, r) => json(r, [{ name: "a" }, { name: "b" }]),
      call: async (m) => {
        const all = [];
        for await (const { name } of m.trendingTags({ limit: 2 })) all.push(name);
        return all;
      },
      expect: (outcome, { requests }) =>
        JSON.stringify(outcome.value) === '["a","b"]' && requests.length <= 3,
      gets: "what there is; the loop ends",
    },
    {
      name: "`Link` with a cursor, after the caller's own",
      serve: (request, r) => {
        const cursors = new URL(request.url, "http://a").searchParams.getAll("max_id");
        const link = `<http://${request.headers.host}/api/v1/timelines/home?max_id=5>; rel="next"`;
        json(
          r,
          cursors.map((id) => ({ id })),
          200,
          { link },
        );
      },
      call: async (m) => m.fetchNext(await m.timelineHome({ max_id: "9" })),
      expect: { value: [{ id: "5" }] },
      gets: "the next page, the cursor sent once",
    },
  ],

  "Rate limits": [
    ...[
      ["ISO 8601", iso(1)],
      ["epoch seconds", epoch(1)],
      ["no reset", () => ({})],
    ].flatMap(([kind, headers]) => [
      {
        name: `429 with ${kind}, \`wait\``,
        serve: limited(headers),
        call: status,
        expect: waited(0.5, 8),
        gets: "the answer, after the wait",
      },
      {
        name: `429 with ${kind}, \`throw\``,
        serve: limited(headers),
        call: status,
        options: { ratelimit_method: "throw" },
        expect: { error: "MastodonRatelimitError", status: 429 },
      },
      {
        name: `429 with ${kind}, \`pace\``,
        serve: limited(headers),
        call: status,
        options: { ratelimit_method: "pace" },
        expect: kind === "no reset" ? { error: "MastodonRatelimitError" } : waited(0.5, 8),
        gets: kind === "no reset" ? undefined : "the answer, after the wait",
      },
    ]),
    {
      name: "429 with a reset in the past, always",
      serve: limited(iso(-100), { always: true }),
      call: (m) => m.status("1", { timeout: 1.5 }),
      expect: (outcome, { requests }) =>
        outcome.error === "MastodonReadTimeout" && requests.length <= 3,
      gets: "backs off; `MastodonReadTimeout` when the `timeout` is over",
    },
    {
      name: "429 with a reset in the year 9999",
      serve: limited(() => ({ ...LIMIT, "x-ratelimit-reset": "9999-12-31T23:59:59.999Z" })),
      call: (m) => m.status("1", { timeout: 0.3 }),
      expect: timeout,
    },
    {
      name: "429 with headers that are no numbers",
      serve: limited(() => ({
        "x-ratelimit-limit": "a",
        "x-ratelimit-remaining": "",
        "x-ratelimit-reset": "soon",
      })),
      call: status,
      options: { ratelimit_method: "throw" },
      expect: { error: "MastodonRatelimitError", status: 429 },
    },
    {
      name: "429 with a web page",
      serve: (_, r) => html(r, 429),
      call: status,
      options: { ratelimit_method: "throw" },
      expect: { error: "MastodonRatelimitError", status: 429 },
    },
    {
      name: "a server's clock that is an hour slow",
      serve: limited(skewed(-1, 1)),
      call: status,
      expect: waited(0.5, 8),
      gets: "the answer, after the wait",
    },
    {
      name: "a server's clock that is an hour fast (a page does not see it, and waits for its `timeout`)",
      serve: limited(skewed(1, 1)),
      call: (m) => m.status("1", { timeout: 3 }),
      expect: (outcome, seen) =>
        seen.page ? outcome.error === "MastodonReadTimeout" : waited(0.5, 3)(outcome),
      gets: "the answer, after the wait",
    },
    {
      name: "503 with `Retry-After` (a page does not see it)",
      serve: (_, r, { count }) =>
        count === 1 ? json(r, { error: "later" }, 503, { "retry-after": "1" }) : json(r, STATUS),
      call: status,
      expect: (outcome, { page }) => (page ? outcome.status === 503 : waited(0.5, 8)(outcome)),
      gets: "the answer, after the wait",
    },
    {
      name: "nothing left, said with a good answer",
      serve: (_, r, { count }) => json(r, STATUS, 200, count === 1 ? iso(1)() : {}),
      call: async (m) => {
        await m.status("1");
        const { limit, remaining, reset } = m.ratelimit;
        const begin = performance.now();
        const value = await m.status("1");
        const late = performance.now() - begin > 400;
        return [limit, remaining, reset instanceof Date, late, value.id];
      },
      expect: { value: [300, 0, true, true, "1"] },
      gets: "the answer; the next call waits",
    },
  ],

  Media: [
    {
      name: "202, then 206, then 200",
      serve: (request, r, { count }) =>
        request.method === "POST"
          ? json(r, { id: "1", url: null }, 202)
          : json(
              r,
              { id: "1", url: count > 2 ? "https://x.example/1" : null },
              count > 2 ? 200 : 206,
            ),
      call: (m) => upload(m).then(({ url }) => url),
      expect: { value: "https://x.example/1" },
    },
    {
      name: "422 while it is being processed",
      serve: (request, r) =>
        request.method === "POST"
          ? json(r, { id: "1", url: null }, 202)
          : json(r, { error: "Error processing thumbnail" }, 422),
      call: (m) => upload(m),
      expect: api(422),
    },
    {
      name: "206, for ever (`timeout`)",
      serve: (request, r) => json(r, { id: "1", url: null }, request.method === "POST" ? 202 : 206),
      call: (m) => upload(m, { timeout: 0.5 }),
      expect: timeout,
    },
  ],

  Versions: [
    ...Object.entries(VERSIONS).map(([version, enough]) => ({
      name: version ? `\`${version}\`` : "an empty string",
      serve: (_, r) => json(r, { version, configuration: {} }),
      call: async (m) => [await m.retrieveMastodonVersion(), await m.verifyMinimumVersion("1.0.0")],
      expect: { value: [version, enough] },
      gets: `the version as it is; ${enough ? "new enough" : "too old"} for \`verifyMinimumVersion("1.0.0")\``,
    })),
    {
      name: "no `/api/v2/instance` (404)",
      serve: (request, r) =>
        request.url === "/api/v1/instance"
          ? json(r, { version: "3.5.3" })
          : json(r, { error: "no" }, 404),
      call: (m) => m.retrieveMastodonVersion(),
      expect: { value: "3.5.3" },
      gets: "what `/api/v1/instance` says",
    },
  ],

  Logins: [
    {
      name: "a code that was used (`logIn`)",
      serve: token({ error: "invalid_grant", error_description: "It was used" }, 400),
      call: logIn,
      expect: api(400, { said: "invalid_grant" }),
    },
    {
      name: "an application that the server has forgotten (`logIn`)",
      serve: token({ error: "invalid_client" }, 401),
      call: logIn,
      expect: { error: "MastodonUnauthorizedError", status: 401 },
    },
    {
      name: "a web page instead of a token (`logIn`)",
      serve: token(undefined, 200),
      call: logIn,
      expect: api(200, { body: "" }),
    },
    {
      name: "an answer without a token (`logIn`)",
      serve: token({ token_type: "Bearer", scope: "read" }, 200),
      call: logIn,
      expect: api(200, { body: "" }),
    },
    {
      name: "503 (`logIn`)",
      serve: token({ error: "later" }, 503),
      call: logIn,
      expect: { error: "MastodonServiceUnavailableError", status: 503 },
    },
    {
      name: "reset before the answer (`logIn`)",
      serve: token("reset"),
      call: logIn,
      // Chromium itself repeats a request whose connection was one it had kept.
      expect: (outcome, { requests, page }) =>
        outcome.error === "MastodonNetworkError" && (page || posts(requests).length === 1),
      gets: "`MastodonNetworkError`; the code, which may be spent, is sent once",
    },
    {
      name: "an answer that breaks off within the token (`logIn`)",
      serve: token("break off"),
      call: logIn,
      expect: (outcome) =>
        outcome.error === "MastodonNetworkError" && !JSON.stringify(outcome).includes("granted"),
      gets: "`MastodonNetworkError`, without what came of it",
    },
    {
      name: "less than was asked for is granted (`logIn`)",
      serve: token({ access_token: "granted", token_type: "Bearer", scope: "read" }, 200),
      call: async (m) => [
        await m.logIn({ code: "1", redirect_uri: "https://a.example", scopes: ["read", "write"] }),
        m.scopes,
      ],
      expect: { value: ["granted", ["read"]] },
      gets: "the token; `scopes` of the client says what was granted",
    },
    {
      name: "registrations are closed (`createApp`)",
      serve: (_, r) => json(r, { error: "This action is not allowed" }, 403),
      call: createApp,
      expect: api(403),
    },
    {
      name: "an application without its credentials (`createApp`)",
      serve: (_, r) => json(r, { id: "1", name: "app" }),
      call: createApp,
      expect: { value: { id: "1", name: "app" } },
    },
    {
      name: "a token that ended, and a refresh token",
      serve: renewed({ access_token: "renewed", token_type: "Bearer", scope: "read" }, 200),
      call: status,
      options: { refresh_token: "refresh" },
      expect: (outcome, { requests }) =>
        outcome.value?.id === "1" && requests.at(-1).headers.authorization === "Bearer renewed",
      gets: "the answer, asked for once more with the new token",
    },
    {
      name: "a token that ended, and a refresh that is refused",
      serve: renewed({ error: "invalid_grant" }, 400),
      call: status,
      options: { refresh_token: "refresh" },
      expect: { error: "MastodonUnauthorizedError", status: 401 },
    },
    {
      name: "a token that ended, and a new one that is refused, too",
      serve: renewed({ access_token: "worse", token_type: "Bearer", scope: "read" }, 200),
      call: status,
      options: { refresh_token: "refresh" },
      expect: (outcome, { requests }) =>
        outcome.error === "MastodonUnauthorizedError" &&
        requests.filter(({ url }) => url === "/oauth/token").length === 1,
      gets: "`MastodonUnauthorizedError`, after one refresh",
    },
    {
      name: "a token that ended, and a refresh without an answer (`timeout`)",
      serve: renewed("silence"),
      call: (m) => m.status("1", { timeout: 0.5 }),
      options: { refresh_token: "refresh" },
      expect: timeout,
    },
    {
      name: "20 calls whose token ended",
      serve: renewed({ access_token: "renewed", token_type: "Bearer", scope: "read" }, 200),
      call: async (m) => {
        const all = await Promise.all(Array.from({ length: 20 }, () => m.status("1")));
        return all.every(({ id }) => id === "1");
      },
      options: { refresh_token: "refresh" },
      expect: (outcome, { requests }) =>
        outcome.value === true && requests.filter(({ url }) => url === "/oauth/token").length === 1,
      gets: "the answers, after one refresh",
    },
  ],

  Streams: [
    {
      name: "401 to the socket and to REST",
      serve: (_, r) => json(r, { error: "The access token was revoked" }, 401),
      call: (m) => firstUpdate(m),
      expect: { error: "MastodonUnauthorizedError", status: 401 },
    },
    {
      name: "frames that are no events, and then one",
      serve: (_, r) => json(r, []),
      socket: (connection) => {
        for (const frame of ["", "{", "null", "[1]", '{"event":5}', '{"event":"new.kind"}']) {
          connection.send(frame);
        }
        connection.send(Buffer.from([0xff, 0xfe]));
        connection.send('{"stream":["user"],"event":"update","payload":"{broken"}');
        connection.send(update("1"));
      },
      call: (m) => firstUpdate(m),
      expect: { value: "1" },
      gets: "the event; what cannot be read goes to `onError`",
    },
    {
      name: "an event twice",
      serve: (_, r) => json(r, []),
      socket: (connection) => {
        for (const id of ["1", "1", "2", "1", "3"]) connection.send(update(id));
      },
      call: (m) => updates(m, 3),
      expect: { value: ["1", "2", "3"] },
      gets: "each event once",
    },
    {
      name: "a socket that drops, and events meanwhile",
      serve: (request, r) => json(r, timeline(request)),
      socket: (connection, { count }) => {
        if (count > 1) return connection.send(update("4"));
        connection.send(update("1"));
        setTimeout(() => connection.terminate(), 50);
      },
      call: (m) => updates(m, 4),
      expect: { value: ["1", "2", "3", "4"] },
      gets: "all events in order; those that were missed come from REST",
    },
    {
      name: "a socket that drops, and events that are gone",
      serve: (request, r) => {
        const begins = /limit=1$/.test(request.url);
        const list = begins ? [{ id: "1" }] : [{ id: "9" }, { id: "8" }];
        json(r, /home/.test(request.url) ? list : []);
      },
      socket: (connection, { count }) => {
        if (count > 1) return;
        connection.send(update("1"));
        setTimeout(() => connection.terminate(), 50);
      },
      call: (m) =>
        new Promise((resolve, reject) => {
          const onGap = ({ from, to }) => from && resolve([from, to]);
          m.streamUser({ onUpdate() {}, onGap, onAbort: reject }, { backfill_limit: 2 });
        }),
      expect: { value: ["1", "8"] },
      gets: "a gap between what came before and after",
    },
    {
      name: "a subscription that the server refuses",
      serve: (_, r) => json(r, []),
      socket: (connection) =>
        connection.on("message", (text) => {
          const { stream } = JSON.parse(text);
          if (stream === "user") connection.send(update("1"));
          else connection.send('{"error":"Not authorized to stream this list","status":401}');
        }),
      call: async (m) => {
        const own = firstUpdate(m);
        const refused = await new Promise((resolve) => {
          m.streamList("5", { onUpdate() {}, onAbort: resolve });
        });
        return [await own, refused.name, refused.status];
      },
      expect: { value: ["1", "MastodonUnauthorizedError", 401] },
      gets: "that stream ends with the error; the others go on",
    },
    {
      name: "10,000 events in one go",
      serve: (_, r) => json(r, []),
      socket: (connection) => {
        for (let id = 1; id <= 10_000; id += 1) connection.send(update(String(id)));
      },
      call: async (m) => (await updates(m, 10_000)).at(-1),
      expect: { value: "10000" },
      gets: "all of them",
    },
  ],

  "Ended from outside": [
    {
      name: "aborted before it began",
      serve: (_, r) => json(r, STATUS),
      call: async (m) => {
        const reason = new Error("enough");
        const signal = AbortSignal.abort(reason);
        return (await m.status("1", { signal }).catch((error) => error)) === reason;
      },
      expect: (outcome, { requests }) => outcome.value === true && requests.length === 0,
      gets: "the signal's `reason`; nothing is sent",
    },
    ...endings("while the server is silent", 150, silence, with_signal("status", "1")),
    ...endings("in the middle of the body", 150, half, with_signal("status", "1")),
    ...endings("while it waits for a limit", 300, limited(iso(60)), with_signal("status", "1")),
    ...endings(
      "while media are processed",
      300,
      (request, r) => json(r, { id: "1", url: null }, request.method === "POST" ? 202 : 206),
      (m, { signal }) => upload(m, signal ? { signal } : {}),
    ),
    ...endings(
      "between two tries",
      150,
      (request, _, { count }) => count === 1 && request.socket.destroy(),
      with_signal("status", "1"),
    ),
    {
      name: "a signal that outlives 200 calls",
      serve: (_, r) => json(r, STATUS),
      call: async (m) => {
        const { signal } = new AbortController();
        let listeners = 0;
        const { addEventListener, removeEventListener } = signal;
        signal.addEventListener = function (...given) {
          listeners += 1;
          return addEventListener.apply(this, given);
        };
        signal.removeEventListener = function (...given) {
          listeners -= 1;
          return removeEventListener.apply(this, given);
        };
        for (let at = 0; at < 20; at += 1) {
          await Promise.all(Array.from({ length: 10 }, () => m.status("1", { signal })));
        }
        return listeners <= 0;
      },
      expect: { value: true },
      gets: "no listener is left on it",
    },
  ],

  "Many at once": [
    {
      name: "1,000 calls, half of them refused",
      serve: (request, r) => (/[02468]$/.test(request.url) ? json(r, STATUS) : html(r, 503)),
      call: async (m) => {
        const ids = Array.from({ length: 1000 }, (_, at) => String(at));
        const all = await Promise.allSettled(ids.map((id) => m.status(id)));
        return [
          all.filter(({ value }) => value?.id === "1").length,
          all.filter(({ reason }) => reason?.status === 503).length,
        ];
      },
      expect: { value: [500, 500] },
      gets: "each its own answer",
      within: 40,
    },
    {
      name: "1,000 calls, and `close()` in the middle of them",
      serve: (_, r, { count }) => {
        if (count < 100) json(r, STATUS);
      },
      call: async (m, { library }) => {
        const all = Array.from({ length: 1000 }, () => m.status("1").catch((error) => error));
        setTimeout(() => m.close(), 500);
        const ends = await Promise.all(all);
        return ends.every((end) => end.id === "1" || end instanceof library.MastodonError);
      },
      expect: { value: true },
      gets: "an answer or an error, all of them",
      within: 40,
    },
  ],
};

/** Makes a client, lets the caller's half happen, and says what came of it in words of JSON. */
export async function perform(library, { call, options }, url, other) {
  const m = new library.Mastodon({
    api_base_url: url,
    client_id: "client",
    client_secret: "client-secret",
    access_token: "secret-token",
    ...options,
  });
  const begin = performance.now();
  const outcome = {};
  try {
    outcome.value = (await call(m, { library, url, other })) ?? null;
  } catch (error) {
    const classes = [];
    for (let each = error; each?.name; each = Object.getPrototypeOf(each)) {
      const { name } = each.constructor;
      if (name === "Error" || name === "Object") break;
      if (!classes.includes(each.name)) classes.push(each.name);
    }
    Object.assign(outcome, {
      error: error?.name,
      classes,
      real: error instanceof Error && error instanceof (library[error.name] ?? Error),
      message: error?.message ?? String(error),
      status: error?.status,
      method: error?.method,
      path: error?.path,
      said: error?.error,
      details: error?.details,
      body: error?.body?.slice(0, 1000),
      bodyLength: error?.body?.length,
      headers: error?.headers,
    });
  }
  outcome.seconds = (performance.now() - begin) / 1000;
  // Whatever happened to this one, the next client is not harmed; and this one ends.
  m.close();
  return outcome;
}

// A `fetch` that answers everything at once, and looks at each request as a strict server would.
import assert from "node:assert/strict";

export const HOME = "https://mastodon.example";

/** What the package asks for by itself, whichever method was called. */
const DISCOVERY = [
  "GET /api/v1/instance",
  "GET /api/v2/instance",
  "GET /.well-known/oauth-authorization-server",
  "GET /.well-known/nodeinfo",
  "GET /nodeinfo/2.0",
  "GET /api/v1/accounts/verify_credentials",
  "GET /api/v1/apps/verify_credentials",
  "POST /oauth/token",
];

const INSTANCE = { version: "4.5.0", urls: {}, configuration: { urls: {} }, api_versions: {} };

/** One object that is a little of everything that is asked for. */
const ANSWER = {
  id: "1",
  url: "https://mastodon.example/1",
  access_token: "token",
  client_id: "client",
  client_secret: "secret",
  token_type: "Bearer",
  version: "4.5.0",
  async_refresh: { id: "1", status: "finished", result_count: 0 },
  account: { id: "1", acct: "a", fields: [] },
  fields: [],
  text: "",
  media_attachments: [],
};

export class World {
  requests = [];

  fetch = async (url, init = {}) => {
    this.requests.push({ url, ...init });
    const { pathname } = new URL(url);
    const body = /\/api\/v[12]\/instance$/.test(pathname)
      ? INSTANCE
      : pathname === "/.well-known/nodeinfo"
        ? {
            links: [
              {
                rel: "http://nodeinfo.diaspora.software/ns/schema/2.0",
                href: `${HOME}/nodeinfo/2.0`,
              },
            ],
          }
        : pathname === "/.well-known/oauth-authorization-server"
          ? { issuer: HOME }
          : pathname === "/oauth/token"
            ? { ...ANSWER, scope: field(init.body, "scope") ?? "read write follow push" }
            : ANSWER;
    return Response.json(body, { headers: { date: new Date().toUTCString() } });
  };

  take() {
    return this.requests.splice(0);
  }
}

function field(body, name) {
  if (body instanceof FormData) return body.get(name);
  const text = String(body);
  return text.startsWith("{") ? JSON.parse(text)[name] : new URLSearchParams(text).get(name);
}

const matches = (route, verb, segments) => {
  const [method, path] = route.split(" ");
  const wanted = path.split("/");
  return (
    method === verb &&
    wanted.length === segments.length &&
    wanted.every((part, at) => /^\{.*\}$/.test(part) || part === segments[at])
  );
};

/**
 * Checks that a request is well-formed and goes where a method of these routes may go. Returns
 * every value in it, decoded.
 */
export function inspect(request, routes) {
  assert.equal(typeof request.url, "string");
  const url = new URL(request.url);
  assert.equal(url.href, request.url, "the URL is written as it is sent");
  assert.equal(url.origin, HOME);
  assert.equal(url.username + url.password + url.hash, "");
  const segments = url.pathname.split("/");
  assert.ok(
    [...routes, ...DISCOVERY].some((route) => matches(route, request.method, segments)),
    `${request.method} ${url.pathname.slice(0, 200)} is none of ${routes.join(", ")}`,
  );
  const headers = new Headers(request.headers);
  if (headers.has("authorization")) assert.equal(headers.get("authorization"), "Bearer token");
  const values = [
    ...segments.slice(1).map(decodeURIComponent),
    ...url.searchParams.values(),
    ...headers.values(),
    ...bodyValues(request.body, headers.get("content-type")),
  ];
  for (const value of values) {
    assert.ok(value.isWellFormed?.() ?? true);
    assert.doesNotMatch(
      value.slice(0, 100),
      /^(\[object |undefined$|null$|NaN$|-?Infinity$|Symbol\(|function|class |\(\) =>)/,
      "a value of JavaScript's was printed into the request",
    );
  }
  return values;
}

function bodyValues(body, type) {
  if (body === undefined || body === null) return [];
  if (body instanceof FormData) {
    return [...body.values()].filter((value) => typeof value === "string");
  }
  if (body instanceof Blob) return [];
  if (body instanceof Uint8Array) return partValues(body, type);
  const text = String(body);
  assert.ok(text.isWellFormed?.() ?? true);
  if (/json/.test(type)) return leaves(JSON.parse(text));
  return [...new URLSearchParams(text).values()];
}

/** The texts of a form that was sent as bytes, as it is where a `fetch` was passed in. */
function partValues(body, type) {
  const boundary = `--${/boundary=(.+)$/.exec(type)[1]}`;
  return new TextDecoder()
    .decode(body)
    .split(boundary)
    .filter((part) => /name="/.test(part) && !/filename="/.test(part))
    .map((part) => part.slice(part.indexOf("\r\n\r\n") + 4, -2));
}

const leaves = (value) =>
  value !== null && typeof value === "object"
    ? Object.values(value).flatMap(leaves)
    : value === null
      ? []
      : [String(value)];

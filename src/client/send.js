// The one place that sends.

import { attach as attachRefresh } from "../async_refresh.js";
import { create, VERSION } from "../error.js";
import { exchange as fetchReply, read, unreachable } from "../http.js";
import { attach as attachPage } from "../page.js";
import { body, form, reads } from "../params/encode.js";
import { request as ask } from "./call.js";
import { afterRefusal, beforeRequest, resetAt } from "./ratelimit.js";
import { isWorker } from "./runtime.js";
import { parseVersion, printVersion } from "./version.js";

/** Sends a request and gives what its method returns. */
export async function send(scope, request) {
  const { state } = scope;
  const needed = neededVersion(state, request);
  const have = needed ? await serverVersion(scope) : 0;
  if (needed > have) throw tooOld(request.name, needed, have);
  let [since, older] = request.before || [];
  if (older && state.version !== undefined) {
    if (state.version < since) request.path = older;
    older = undefined;
  }
  let reply = await exchange(scope, request);
  // A server that has not said its version may be an old one.
  if (reply.status === 404 && older) {
    const newer = request.path;
    request.path = older;
    const second = await exchange(scope, request);
    // Where it has neither, the first refusal is the one to tell of.
    if (second.status === 404) request.path = newer;
    else reply = second;
  }
  return answer(state, request, reply);
}

/** What a method returns for an answer. */
export function answer(state, request, reply) {
  const value = read(reply, request.answer === "n", request, state.origin, secrets(state, request));
  if (/[po]/.test(request.answer)) attachPage(value, reply.header("link"), request, state.origin);
  if (request.field) return value?.[request.field];
  attachRefresh(value, reply.header("mastodon-async-refresh"), request);
  return value;
}

/**
 * Sends a request until there is an answer that stands: the limit is waited for, a connection that
 * dropped is tried once more where that does no harm. Any status counts as an answer.
 */
export async function exchange(scope, request) {
  const { state } = scope;
  const method = state.ratelimit_method;
  let again = request.repeatable;
  let hops = 5;
  for (let refusals = 0; ; ) {
    const wait = beforeRequest(
      state.ratelimit,
      method,
      Date.now(),
      state.lastRequest,
      state.ratelimit_pacefactor,
    );
    if (wait) await scope.sleep(wait);
    state.lastRequest = Date.now();
    let reply;
    try {
      reply = await scope.request(start(scope, request));
    } catch (cause) {
      // The end of the call is no failure of the network, and comes out as it went in.
      if (scope.over) throw cause;
      if (!again) throw unreachable(request, state.origin, secrets(state, request), cause);
      again = false;
      continue;
    }
    const target = redirected(state, request, reply);
    if (target && hops) {
      hops -= 1;
      request = target;
      continue;
    }
    const reset = noteRatelimit(state, reply);
    if (reply.status !== 429 || method === "throw") return reply;
    const pause =
      method === "pace" && reset === undefined
        ? undefined
        : afterRefusal(reset, Date.now(), refusals);
    if (pause === undefined) return reply;
    refusals += 1;
    await scope.sleep(pause);
  }
}

/**
 * The request that a redirect leads to, where it was not followed: Workers may take the token along to
 * another server, so that only what stays on this one is followed, and here.
 */
function redirected(state, request, { redirect, header }) {
  if (!redirect || request.secrets.length || !reads(request.verb)) return;
  const base = state.origin + request.path;
  const location = header("location");
  if (!location || !URL.canParse(location, base)) return;
  const url = new URL(location, base);
  if (url.origin === state.origin)
    return { ...request, path: url.pathname + url.search, pairs: [] };
}

/** Calls `fetch`: the one given, else the platform's as it is now. */
function start(scope, request) {
  const { state } = scope;
  const { verb, path, key, auth } = request;
  let url = path;
  // The streaming server may have an address of its own.
  if (path[0] === "/") url = state.origin + path;
  if (state.debug_requests) console.debug(verb, state.origin + path);
  const [content, type] = body(request);
  const headers = {};
  const token = auth === undefined ? state.access_token : auth;
  if (token) headers.Authorization = `Bearer ${token}`;
  if (state.user_agent) headers["User-Agent"] = state.user_agent;
  if (key) headers["Idempotency-Key"] = key;
  if (type) headers["Content-Type"] = type;
  const init = { method: verb, headers, signal: scope.signal };
  if (content !== undefined) init.body = content;
  // A redirect would carry what is secret in the body elsewhere.
  if (request.secrets.length || isWorker()) init.redirect = "manual";
  return fetchReply(state.fetch ?? globalThis.fetch, url + query(request), init);
}

/** The query of a request that has its parameters there. */
export function query({ verb, path, pairs }) {
  const text = reads(verb) && form(pairs);
  return text ? (path.includes("?") ? "&" : "?") + text : "";
}

/** What must not show in an error of a request. */
const secrets = (state, request) =>
  [state.access_token, state.client_secret, request.auth, ...request.secrets].filter(Boolean);

/** Keeps what the headers say of the limit; gives the time of its reset. */
function noteRatelimit(state, { header }) {
  const text = header("x-ratelimit-reset");
  if (!text) return;
  const now = Date.now();
  const skew = Date.parse(header("date")) - now;
  // A second of rounding is no skew.
  const reset = resetAt(text, now, Math.abs(skew) > 1500 ? skew : 0);
  const number = (name) => {
    const text = header(`x-ratelimit-${name}`)?.trim();
    return /^\d+$/.test(text) ? Number(text) : undefined;
  };
  const [limit, remaining] = [number("limit"), number("remaining")];
  if (reset !== undefined && limit !== undefined && remaining !== undefined) {
    state.ratelimit = { limit, remaining, reset };
    try {
      state.on_ratelimit?.(shown(state.ratelimit));
    } catch (thrown) {
      // A callback that throws is its owner's; the call goes on.
      console.error(thrown);
    }
  }
  return reset;
}

/** A rate limit as callers see it. */
export const shown = (limit) => (limit ? { ...limit, reset: new Date(limit.reset) } : null);

/** The version that a request is refused below, where the client was asked to. */
function neededVersion({ version_check_mode: mode }, { created, changed }) {
  return mode === "changed" ? changed : mode === "created" ? created : undefined;
}

/** The error for a server that is too old. */
export const tooOld = (method, needed, have) =>
  create(
    VERSION,
    `${method} needs Mastodon ${printVersion(needed)}, the server has ${printVersion(have)}`,
  );

/** Whether the server is known to be older than a version. */
export const isOlder = (state, version) => state.version < version;

/** Remembers the server's version. */
export function setVersion(state, text) {
  if (!state.givenVersion) state.version = parseVersion(text);
}

/** The server's version; the server is asked once. One that does not say has 1.0.0. */
export async function serverVersion(scope) {
  const { state } = scope;
  if (state.version === undefined) setVersion(state, (await askVersion(scope)) ?? "1");
  return state.version;
}

/** What the instance calls its version: the newer form is asked for first. */
export async function askVersion(scope) {
  for (const version of ["v2", "v1"]) {
    const request = ask("retrieveMastodonVersion", `/api/${version}/instance`);
    const reply = await exchange(scope, request);
    try {
      const text = answer(scope.state, request, reply).version;
      if (typeof text === "string") return text;
    } catch {
      // The older form may be there.
    }
  }
  return undefined;
}

/** The id of the account that the token belongs to; the server is asked once for each token. */
export async function ownId(scope) {
  const { state } = scope;
  const token = state.access_token;
  if (state.own?.token !== token || !state.own) {
    const path = "/api/v1/accounts/verify_credentials";
    const { id } = await send(scope, ask("accountVerifyCredentials", path));
    state.own = { token, id: String(id) };
  }
  return state.own.id;
}

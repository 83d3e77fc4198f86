// The requests of OAuth, and where they go. No page, no storage.
import { illegal, request } from "../client/call.js";
import { answer, exchange } from "../client/send.js";
import { API, create, NETWORK } from "../error.js";

const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (c) => ({ "+": "-", "/": "_" })[c] ?? "");

/** 256 random bits, as text that fits a URL. */
export const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** The challenge that S256 makes of a verifier (RFC 7636). */
export async function challenge(verifier) {
  if (!globalThis.crypto?.subtle) {
    throw create(
      0,
      "PKCE needs WebCrypto, which a page has on https or on an address of this machine",
    );
  }
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return base64url(new Uint8Array(digest));
}

/**
 * The path of an endpoint: the one that the server's metadata names, else the one that all servers had
 * before there was metadata. Secrets go there, so that it must be the server's own.
 */
export function endpoint(metadata, name, path, origin) {
  const named = metadata?.[name];
  if (!named) return path;
  const url = URL.canParse(named) && new URL(named);
  if (url?.origin === origin) return url.pathname + url.search;
  throw create(
    0,
    `${origin} names a \`${name}\` on another server, ${named}: nothing is sent there. If the instance has moved, use its new address`,
  );
}

const FOLLOW = ["blocks", "follows", "mutes"].flatMap((what) => [`read:${what}`, `write:${what}`]);

/** Whether the granted scopes cover the one asked for: `read` covers `read:accounts`. */
const covers = (granted, asked) =>
  granted.some(
    (scope) =>
      scope === asked ||
      asked.startsWith(`${scope}:`) ||
      (scope === "follow" && FOLLOW.includes(asked)),
  ) ||
  (asked === "follow" && FOLLOW.every((part) => covers(granted, part)));

/** The token in an answer, if it may do all that was asked for. */
export function tokenOf(answer, asked, { name: method, path }) {
  // What stands for the answer in an error: its body is a secret.
  const about = {
    status: 200,
    method: "POST",
    path,
    error: null,
    error_description: null,
    details: null,
    body: "",
    headers: {},
  };
  const token = answer?.access_token;
  if (typeof token !== "string" || !token) {
    throw create(API, `${method}: the server answered without a token`, undefined, about);
  }
  // A server that does not say has granted what was asked for (RFC 6749, 5.1).
  const granted = typeof answer.scope === "string" ? answer.scope.split(" ") : asked.split(" ");
  const missing = asked.split(" ").filter((scope) => scope && !covers(granted, scope));
  if (missing.length) {
    const message = `${method}: the server granted less than was asked for, without ${missing.join(" ")}`;
    throw create(API, message, undefined, { ...about, reason: "missing_scope" });
  }
  return token;
}

/** The error for an answer that the server gives, but not to web pages. */
const closed = (error, { name: method, path }, origin) =>
  create(
    NETWORK,
    `${method}: ${origin} is up, but its ${path} sends no CORS headers, so that a web page cannot see the answer. Call this from a server of your own, or use a token that the person made in the settings of their account`,
    error,
    { ...error },
  );

/** Where a server sends a person whose application has no page: it shows the code instead. */
export const OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob";

/** Takes the scopes out of the arguments of a call. */
export const takeScopes = (call) =>
  (call.take("scopes") ?? ["read", "write", "follow", "push"]).join(" ");

/** Sends a call to the endpoint that the server names, where it names one. */
export async function discover(call, name) {
  const { scope, state } = call;
  let metadata;
  try {
    const path = "/.well-known/oauth-authorization-server";
    const question = request(call.name, path, { auth: null });
    metadata = answer(state, question, await exchange(scope, question));
  } catch (error) {
    // Some servers keep it from web pages: whether the server is there at all shows with the request
    // that matters. A call that is over ends here.
    if (scope.over) throw error;
  }
  call.path = endpoint(metadata, name, call.path, state.origin);
}

/** Refuses a client that has no application. */
export function needsApplication({ name, state }) {
  if (!state.client_id || !state.client_secret) {
    throw illegal(
      name,
      "the client has no `client_id` and `client_secret`; `createApp` gives them",
    );
  }
}

/** What a parameter must be called not to be seen. */
const SECRETS = ["password", "code", "refresh_token", "code_verifier"];

/** Keeps the secrets among a request's parameters out of errors, and from being redirected elsewhere. */
export function hideSecrets(call) {
  for (const [name, value] of call.pairs) if (SECRETS.includes(name)) call.secrets.push(value);
}

/** Adds a parameter that must not be seen. */
export function addSecret(call, name, value) {
  call.secrets.push(value);
  call.pairs.push([name, value]);
}

/** Makes a call a request of the application: its id and secret go along instead of the client's token. */
export function asApplication(call) {
  // What discovery named may have braces of its own.
  const { path } = call;
  call.build().path = path;
  call.auth = null;
  hideSecrets(call);
  call.pairs.push(["client_id", call.state.client_id]);
  addSecret(call, "client_secret", call.state.client_secret);
  return call;
}

/** Sends a request of OAuth. Where there is no answer, finds out whether there is a server. */
export async function sendOAuth(call) {
  const { name, scope, state } = call;
  let reply;
  try {
    reply = await exchange(scope, call);
  } catch (failed) {
    try {
      await exchange(scope, request(name, "/api/v1/instance", { auth: null }));
    } catch {
      throw failed;
    }
    throw closed(failed, call, state.origin);
  }
  return answer(state, call, reply);
}

/** Asks for a token that may do all that is asked for. */
export async function token(call, grant, scopes) {
  asApplication(call).pairs.push(["grant_type", grant], ["scope", scopes]);
  return tokenOf(await sendOAuth(call), scopes, call);
}

// OAuth: the parts that only look at JavaScript values. No page, no storage.
import { create, NETWORK } from "../error.js";

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
export function tokenOf(answer, asked, method, path) {
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
    throw create(5, `${method}: the server answered without a token`, undefined, about);
  }
  // A server that does not say has granted what was asked for (RFC 6749, 5.1).
  const granted = typeof answer.scope === "string" ? answer.scope.split(" ") : asked.split(" ");
  const missing = asked.split(" ").filter((scope) => scope && !covers(granted, scope));
  if (missing.length) {
    const message = `${method}: the server granted less than was asked for, without ${missing.join(" ")}`;
    throw create(5, message, undefined, { ...about, reason: "missing_scope" });
  }
  return token;
}

/** The error for an answer that the server gives, but not to web pages. */
export const closed = (error, method, origin, path) =>
  create(
    NETWORK,
    `${method}: ${origin} is up, but its ${path} sends no CORS headers, so that a web page cannot see the answer. Call this from a server of your own, or use a token that the person made in the settings of their account`,
    error,
    { ...error },
  );

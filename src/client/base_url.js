// The address of a server, as people type it.
import { refused } from "../error.js";
import { inspect } from "./call.js";

/** Hosts that need no encryption: what is sent there does not leave the machine. */
export const isLoopback = (host) => /^(127(\.\d+){3}|\[::1\]|(.+\.)?localhost)$/.test(host);

/** [origin, scheme, host], or why there is none. */
function parse(value) {
  const text = (value instanceof URL ? value.href : value)?.trim?.();
  if (!text) return 'the address of a server, such as "https://mastodon.social"';
  let url;
  try {
    url = new URL(text.includes("://") ? text : `https://${text}`);
  } catch {
    return "a URL";
  }
  // Chromium lets a space in a host pass, as %20.
  if (url.host.includes("%")) return "a URL";
  if (!/^https?:$/.test(url.protocol)) return "https";
  // All that is not the origin shows as a difference here, an empty query included.
  if (url.href !== `${url.origin}/`)
    return "a server's address alone, without user, path, query or fragment";
  return url;
}

/**
 * The origin that an `api_base_url` means. A scheme is added where there is none; the platform's URL
 * lower-cases the host and encodes international names. An origin is all that it may be: a path, a
 * query or a user name in it would end up somewhere.
 */
export function originOf(method, value, allowHttp) {
  const url = inspect(method, "api_base_url", () => parse(value));
  if (url.origin) {
    if (url.protocol === "https:" || allowHttp || isLoopback(url.hostname)) return url.origin;
  }
  const expected = url.origin ? "https (or pass `allow_http: true`)" : url;
  throw refused(method, "api_base_url", expected, value);
}
